package cli

import (
	"bufio"
	"errors"
	"fmt"
	"net/url"
	"os"
	"reflect"
	goruntime "runtime"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// configFile is the file of --config, as a source of flags. Its lines are
//
//	# a comment, or nothing
//	name = value     as --name value; a value has no quotes
//
// A flag that may be repeated may be so here. Any other name stands once.
//
//	a flag, or its twin, is set by   what counts
//	the command line                 that
//	a variable                       that
//	the file                         that
//	nothing                          the default
//
// Twins are smtp-password and smtp-password-file, and so on.
type configFile struct {
	path   string
	values map[string]string
}

// maxConfig is the longest line of a file, in bytes.
const maxConfig = maxValue

// configPath is the value of --config, which is needed before flags are parsed.
func configPath(args []string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--config="); ok {
			return value
		}
		if arg == "--config" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return os.Getenv("PORTAL_CONFIG")
}

// read reads the file for commands with these flags. What it does not know is
// refused: a name that is misspelled would leave a default in its place.
func (c *configFile) read(path string, flags map[string]*kong.Flag) error {
	if path == "" {
		return nil
	}
	c.path = path
	file, err := os.Open(path)
	if err != nil {
		return &problem{"--config cannot be read", readable(err)}
	}
	defer func() { _ = file.Close() }()
	c.values = map[string]string{}
	seen := map[string]int{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, maxConfig)
	number := 0
	wrong := func(format string, args ...any) error {
		return &problem{fmt.Sprintf("--config %s, line %d", path, number), fmt.Errorf(format, args...)}
	}
	for lines.Scan() {
		number++
		line := strings.TrimSpace(lines.Text())
		if number == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		flag := flags[name]
		switch {
		case !ok: // the line may be a secret that was broken in two
			return wrong("is not like name = value. A comment begins with #")
		case flag == nil:
			return wrong("%.40q is no name of a flag. Names are as in portal --help, without the --", name)
		case value == "":
			return wrong("%s has no value. Leave the line out for the default", name)
		case len(value) > 1 && strings.ContainsRune(`"'`, rune(value[0])) && value[len(value)-1] == value[0]:
			return wrong("the value of %s is in quotes, which would be part of it: leave them out", name)
		case seen[name] > 0 && flag.Target.Kind() != reflect.Slice:
			return wrong("%s stands in line %d too", name, seen[name])
		case seen[name] > 0:
			value = c.values[name] + "," + value
		}
		seen[name], c.values[name] = number, value
	}
	if err := lines.Err(); err != nil {
		return &problem{"--config cannot be read", err}
	}
	return c.checkMode(file)
}

// checkMode refuses a file that others can read, if it holds a secret, and one
// that others can write: they would decide where mail goes.
func (c *configFile) checkMode(file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return &problem{"--config cannot be read", err}
	}
	if goruntime.GOOS == "windows" || !info.Mode().IsRegular() { // the one has no such modes, the other is a pipe
		return nil
	}
	mode := info.Mode().Perm()
	if mode&0o022 != 0 {
		return &problem{"--config " + c.path, errors.New("can be written by others: chmod go-w it")}
	}
	if mode&0o004 == 0 {
		return nil
	}
	for name, value := range c.values {
		if isSecret(name, value) {
			return &problem{"--config " + c.path, fmt.Errorf("holds a secret in %s, and everybody on this machine can read "+
				"it: chmod o-r it, or name a file with %s-file", name, name)}
		}
	}
	return nil
}

// isSecret reports whether a value is one, or holds one.
func isSecret(name, value string) bool {
	if strings.HasSuffix(name, "-password") || strings.HasSuffix(name, "-secret") {
		return true
	}
	u, err := url.Parse(value)
	if !strings.Contains(value, "://") {
		return false
	}
	if err != nil { // what cannot be read may hold one
		return true
	}
	_, password := u.User.Password()
	return password || u.Query().Has("password")
}

// Validate has nothing to say: read has looked.
func (c *configFile) Validate(*kong.Application) error { return nil }

// Resolve returns the value of a flag that neither the command line nor a
// variable sets.
func (c *configFile) Resolve(ctx *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
	value, ok := c.values[flag.Name]
	if !ok || isInEnvironment(flag) {
		return nil, nil
	}
	twin, isFile := strings.CutSuffix(flag.Name, "-file")
	if !isFile {
		twin += "-file"
	}
	for _, other := range parent.Flags {
		if other.Name == twin && (isInEnvironment(other) || slices.ContainsFunc(ctx.Path, func(p *kong.Path) bool {
			return p.Flag == other && !p.Resolved
		})) {
			return nil, nil
		}
	}
	return value, nil
}

func isInEnvironment(flag *kong.Flag) bool {
	return slices.ContainsFunc(flag.Envs, func(name string) bool { _, ok := os.LookupEnv(name); return ok })
}

// flagsOf returns the flags of some commands, by name.
func flagsOf(app *kong.Application, commands ...string) map[string]*kong.Flag {
	flags := map[string]*kong.Flag{}
	for _, node := range app.Children {
		if !slices.Contains(commands, node.Name) {
			continue
		}
		for _, flag := range node.Flags {
			flags[flag.Name] = flag
		}
	}
	return flags
}
