// Command sbom tells what is linked into a Go program: a CycloneDX document,
// and the licences of all modules in it. The program itself says which modules
// those are. The same program gives the same files.
//
//	sbom -module DIR -sbom FILE -licenses FILE PROGRAM
package main

import (
	"bytes"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
)

func main() {
	module := flag.String("module", ".", "the folder of the program's module")
	sbom := flag.String("sbom", "", "the CycloneDX file to write")
	licenses := flag.String("licenses", "", "the file with licences to write")
	flag.Parse()
	if flag.NArg() != 1 || *sbom == "" || *licenses == "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*module, *sbom, *licenses, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

func run(module, sbom, licenses, program string) error {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return err
	}
	if err := clean(info); err != nil {
		return err
	}
	text, err := json.MarshalIndent(document(info, filepath.Base(program)), "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(sbom, append(text, '\n'), 0o644); err != nil {
		return err
	}
	all, err := licencesOf(module, info)
	if err != nil {
		return err
	}
	return os.WriteFile(licenses, all, 0o644)
}

// clean refuses a program of changes that nobody has committed.
func clean(info *debug.BuildInfo) error {
	for _, s := range info.Settings {
		if s.Key == "vcs.modified" && s.Value != "false" {
			return errors.New("the program was built from a tree with changes")
		}
	}
	return nil
}

type (
	bom struct {
		Format     string      `json:"bomFormat"`
		Spec       string      `json:"specVersion"`
		Version    int         `json:"version"`
		Metadata   metadata    `json:"metadata"`
		Components []component `json:"components"`
	}
	metadata struct {
		Component component `json:"component"`
	}
	component struct {
		Type       string     `json:"type"`
		Name       string     `json:"name"`
		Version    string     `json:"version"`
		PURL       string     `json:"purl,omitempty"`
		Hashes     []hash     `json:"hashes,omitempty"`
		Properties []property `json:"properties,omitempty"`
	}
	hash struct {
		Algorithm string `json:"alg"`
		Content   string `json:"content"`
	}
	property struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
)

// document has no time and no number of its own, so that it is the same each
// time.
func document(info *debug.BuildInfo, name string) bom {
	self := component{Type: "application", Name: name, Version: info.Main.Version}
	for _, s := range info.Settings {
		if slices.Contains([]string{"GOOS", "GOARCH", "vcs.revision", "vcs.time", "-trimpath", "CGO_ENABLED"}, s.Key) {
			self.Properties = append(self.Properties, property{"build:" + s.Key, s.Value})
		}
	}
	b := bom{Format: "CycloneDX", Spec: "1.6", Version: 1, Metadata: metadata{self}}
	b.Components = append(b.Components, component{
		Type: "library", Name: "std", Version: info.GoVersion,
		PURL: "pkg:golang/std@" + strings.TrimPrefix(info.GoVersion, "go"),
	})
	for _, m := range info.Deps {
		c := component{Type: "library", Name: m.Path, Version: m.Version, PURL: "pkg:golang/" + m.Path + "@" + m.Version}
		if sum, ok := strings.CutPrefix(m.Sum, "h1:"); ok { // of all files of the module, as in go.sum
			if raw, err := base64.StdEncoding.DecodeString(sum); err == nil {
				c.Hashes = []hash{{"SHA-256", hex.EncodeToString(raw)}}
			}
		}
		b.Components = append(b.Components, c)
	}
	return b
}

// licenceName is what a file with a licence is called.
var licenceName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([-_.].*)?$`)

// licencesOf are the licences of Go and of the modules, in their order. A
// module without one is an error: nobody may pass it on.
func licencesOf(module string, info *debug.BuildInfo) ([]byte, error) {
	goroot, err := output(module, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	var all bytes.Buffer
	if err := add(&all, "Go "+info.GoVersion, strings.TrimSpace(goroot)); err != nil {
		return nil, err
	}
	for _, m := range info.Deps {
		dir, err := output(module, "go", "list", "-m", "-f", "{{.Dir}}", m.Path)
		if err != nil {
			return nil, err
		}
		if err := add(&all, m.Path+" "+m.Version, strings.TrimSpace(dir)); err != nil {
			return nil, err
		}
	}
	return all.Bytes(), nil
}

func add(all *bytes.Buffer, name, dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	found := false
	for _, f := range files {
		if f.IsDir() || !licenceName.MatchString(f.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return err
		}
		found = true
		fmt.Fprintf(all, "%s\n%s, %s\n%s\n\n%s\n", strings.Repeat("=", 80), name, f.Name(), strings.Repeat("=", 80),
			bytes.TrimSpace(text))
	}
	if !found {
		return fmt.Errorf("%s has no licence", name)
	}
	return nil
}

func output(dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return string(out), nil
}
