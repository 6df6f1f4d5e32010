package dialplan

import (
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"

	"github.com/nyaruka/phonenumbers"
)

const library = "github.com/nyaruka/phonenumbers"

// Linked returns the version of phonenumbers that the program was built with,
// "v1.8.1". It is "" where that cannot be told:
//
//   - the program was built without modules;
//   - a directory is in the place of the module, by replace or a workspace;
//   - a fork is, which has version numbers of its own;
//   - it is a test binary, built from a vendor directory.
//
// In other programs, a vendor directory is taken to hold what go.mod says.
func Linked() string {
	info, _ := debug.ReadBuildInfo()
	parse := reflect.ValueOf(phonenumbers.Parse).Pointer()
	file, _ := runtime.FuncForPC(parse).FileLine(parse)
	return version(info, file)
}

// version returns the version that the build information names. A test binary
// has none (go.dev/issue/33976). Then it is the version in the path of a source
// file of the library, if that came from the module cache.
func version(info *debug.BuildInfo, file string) string {
	if info != nil {
		for _, m := range info.Deps {
			if m.Path == library {
				return versionOf(m)
			}
		}
	}
	_, rest, _ := strings.Cut(file, library+"@")
	v, _, _ := strings.Cut(rest, "/")
	return v
}

func versionOf(m *debug.Module) string {
	if m.Replace != nil {
		m = m.Replace
	}
	if m.Path != library || m.Version == "(devel)" {
		return ""
	}
	return m.Version
}

// linked tells the version. A test says otherwise.
var linked = Linked

// tableIs is what is known of the table: is it of the version that is linked?
var tableIs atomic.Uint32

const (
	unknown uint32 = iota // not looked at yet
	ofLinked
	ofOther
)

// isCurrent reports whether the table is of the version that is linked. It
// looks at the first call.
func isCurrent() bool {
	if known := tableIs.Load(); known != unknown {
		return known == ofLinked
	}
	return lookAtVersion()
}

// lookAtVersion finds out for isCurrent. Who comes at the same time finds the
// same.
func lookAtVersion() bool {
	if linked() != worldVersion {
		tableIs.Store(ofOther)
		return false
	}
	tableIs.Store(ofLinked)
	return true
}
