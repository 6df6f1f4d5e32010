package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cspkit/partner/examples/contactlint/internal/sample"
	"github.com/cspkit/partner/internal/race"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"contactlint": main})
}

// The scripts run the command as a user does. Beside testscript's own commands
// they have:
//
//	write FILE TEXT [TIMES]   append a text with the escapes of Go, so often
//	sample FILE ROWS          write a file of contacts
//	oneline FILE              assert that the text is one line
//
// The files of testdata/exports are in the directory exports.
func TestScripts(t *testing.T) {
	t.Parallel()
	dir, files := "testdata/script", []string(nil)
	if race.Enabled {
		// Those in which goroutines do something new. The others only run the tool
		// often, which starts slowly then.
		dir = ""
		for _, name := range []string{"broken", "csv", "fix", "json", "output", "packed", "signal", "terminal"} {
			files = append(files, filepath.Join("testdata", "script", name+".txtar"))
		}
	}
	testscript.Run(t, testscript.Params{
		Dir: dir, Files: files,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GORACE", os.Getenv("GORACE"))
			return os.CopyFS(filepath.Join(env.WorkDir, "exports"), os.DirFS("testdata/exports"))
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"write": func(ts *testscript.TestScript, _ bool, args []string) {
				text, err := strconv.Unquote(`"` + strings.ReplaceAll(args[1], `"`, `\"`) + `"`)
				ts.Check(err)
				times := 1
				if len(args) > 2 {
					times, err = strconv.Atoi(args[2])
					ts.Check(err)
				}
				f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
				ts.Check(err)
				_, err = f.WriteString(strings.Repeat(text, times))
				ts.Check(err)
				ts.Check(f.Close())
			},
			"sample": func(ts *testscript.TestScript, _ bool, args []string) {
				rows, err := strconv.Atoi(args[1])
				ts.Check(err)
				f, err := os.Create(ts.MkAbs(args[0]))
				ts.Check(err)
				ts.Check(sample.CSV(f, rows))
				ts.Check(f.Close())
			},
			// Of the last command, the file is stdout or stderr.
			"oneline": func(ts *testscript.TestScript, _ bool, args []string) {
				text := ts.ReadFile(args[0])
				if strings.Count(text, "\n") != 1 {
					ts.Fatalf("%s", fmt.Sprintf("%s is no single line:\n%s", args[0], text))
				}
			},
		},
	})
}
