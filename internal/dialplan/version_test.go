package dialplan

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestVersion(t *testing.T) {
	t.Parallel()
	const cache = "/home/ada/go/pkg/mod/"
	dep := func(path, version string, replace *debug.Module) *debug.BuildInfo {
		return &debug.BuildInfo{Deps: []*debug.Module{
			{Path: "example.com/other", Version: "v1.0.0"}, {Path: path, Version: version, Replace: replace},
		}}
	}
	tests := []struct {
		name, why string
		info      *debug.BuildInfo
		file      string
		want      string
	}{
		{"module", "the usual case", dep(library, "v1.8.1", nil), cache + library + "@v1.8.1/p.go", "v1.8.1"},
		{"vendored", "the path names no version", dep(library, "v1.8.1", nil), "/src/vendor/" + library + "/p.go", "v1.8.1"},
		{
			"other version", "replaced by it", dep(library, "v1.8.1", &debug.Module{Path: library, Version: "v1.8.0"}), "",
			"v1.8.0",
		},
		{"fork", "has its own version numbers",
			dep(library, "v1.8.1", &debug.Module{Path: "example.com/fork", Version: "v1.8.1"}),
			cache + "example.com/fork@v1.8.1/p.go", ""},
		{"directory", "may hold anything", dep(library, "v1.8.1", &debug.Module{Path: "../phonenumbers"}), "/src/p.go", ""},
		{"directory of the same name", "may hold anything", dep(library, "v1.8.1", &debug.Module{Path: library}), "", ""},
		{"workspace", "a module that is worked on", dep(library, "(devel)", nil), "/src/phonenumbers/p.go", ""},

		{"test binary", "names no modules", &debug.BuildInfo{}, cache + library + "@v1.8.1/p.go", "v1.8.1"},
		{"test binary, trimmed", "-trimpath leaves the module", &debug.BuildInfo{}, library + "@v1.8.1/p.go", "v1.8.1"},
		{"test binary, fork", "another path", &debug.BuildInfo{}, cache + "example.com/fork@v1.8.1/p.go", ""},
		{"test binary, vendored", "no version in it", &debug.BuildInfo{}, "/src/vendor/" + library + "/p.go", ""},
		{"no modules", "another build system", nil, "external/phonenumbers/p.go", ""},
		{"nothing", "as from a stripped program", nil, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, version(tt.info, tt.file), tt.why)
		})
	}
}

func TestLinked(t *testing.T) {
	t.Parallel()
	assert.Equal(t, worldVersion, Linked(), "the table is not of the version in go.mod: run go generate ./internal/...")
}

// Where another version is linked, the answers are the library's and the table
// is not looked at. Not parallel: it says so of the whole test binary.
func TestOtherVersion(t *testing.T) {
	stored := world
	t.Cleanup(func() { world, linked = stored, Linked; tableIs.Store(unknown) })
	for _, v := range []string{"", "v1.8.0", worldVersion + "-pre"} {
		asked := 0
		world = ""
		tableIs.Store(unknown)
		linked = func() string { asked++; return v }
		for range 2 {
			for digits, want := range map[string]Verdict{
				"14255550100": Valid, "15555550100": Unassigned, "19002345678": PremiumRate, "447640123456": NotALine,
				"1911": Impossible,
			} {
				assert.Equal(t, want, Judge(digits), digits)
			}
			assert.Equal(t, 2, CodeLen("4915"))
			assert.Equal(t, 0, CodeLen("999"))
			assert.True(t, WrittenBare("8613912345678"))
			assert.False(t, WrittenBare("861012345678"))
			argentina := Lookup("ar")
			require.NotNil(t, argentina)
			assert.Equal(t, Region{Code: "54", HasPrefix: true, LongestFixed: 10, rules: argentina.rules}, *argentina)
			assert.Equal(t, Prefixes{National: 1 << 1, Rewrite: &Rewrite{1, 2, "9"}, RewriteEnd: 5},
				prefixes(argentina, "0111523456789"))
			assert.Equal(t, Valid, argentina.Judge([]byte("91123456789")))
			assert.Nil(t, Lookup("ZZ"))
		}
		assert.Equal(t, 1, asked, "the version is looked at once")
	}

	world, linked = stored, func() string { return worldVersion }
	tableIs.Store(unknown)
	assert.Equal(t, Valid, Judge("14255550100"))
	world = ""
	assert.Panics(t, func() { Judge("14255550100") }, "with the version of the table, the table is read")
}
