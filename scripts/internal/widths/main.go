// Widths lists the lines of Go files that are too wide. Its arguments are files
// and directories, which it walks:
//
//	go run ./scripts/internal/widths .
//
// A comment on lines of its own has at most 80 characters, counted from its
// start. Any other line has at most 120. A tab counts as one.
//
// These may be wider:
//   - a comment line that ends with an address, if a line break in front of it
//     would not help
//   - a directive, such as //go:generate or //nolint
//   - the output of an example
//   - what lies between the backquotes of a string of several lines
//   - generated files, and everything in testdata
package main

import (
	"bytes"
	"fmt"
	"go/scanner"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	commentWidth = 80
	lineWidth    = 120
)

var (
	generated = regexp.MustCompile(`^// Code generated .* DO NOT EDIT\.$`)
	directive = regexp.MustCompile(`^//(line |export |extern |nolint\b|[a-z0-9]+:[a-z0-9])`)
	output    = regexp.MustCompile(`(?i)^//[[:space:]]*(unordered )?output:`)
	address   = regexp.MustCompile(`^\W*[a-z]+://\S+$`)
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run returns the exit status: 1 for lines that are too wide, 2 for what cannot
// be read.
func run(paths []string, stdout, stderr io.Writer) int {
	status := 0
	for _, path := range paths {
		err := filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
			switch name := filepath.Base(file); {
			case err != nil:
				return err
			case entry.IsDir() && file != path && (name == "testdata" || strings.HasPrefix(name, ".")):
				return fs.SkipDir
			case entry.IsDir() || filepath.Ext(name) != ".go":
				return nil
			}
			src, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			for _, f := range check(file, src) {
				status = max(status, 1)
				if _, err := fmt.Fprintf(stdout, "%s:%d: %s\n", file, f.number, f.message); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			_, _ = fmt.Fprintln(stderr, "widths:", err)
			status = 2
		}
	}
	return status
}

// fault is a line that is too wide.
type fault struct {
	number  int // from 1
	message string
}

// check returns the faults of a file, one for each line that is too wide.
func check(name string, src []byte) []fault {
	lines := bytes.Split(src, []byte("\n"))
	limits, isGenerated := limitsOf(name, src, lines)
	if isGenerated {
		return nil
	}
	var faults []fault
	for i, text := range lines {
		text = bytes.TrimSuffix(text, []byte("\r"))
		l := limits[i]
		if l.until > 0 {
			text = text[:l.until-1]
		}
		what, most := "line", lineWidth
		if l.comment {
			what, most = "comment", commentWidth
		}
		if n := utf8.RuneCount(text[l.from:]); n > most {
			faults = append(faults, fault{i + 1, fmt.Sprintf("a %s of %d characters, at most %d", what, n, most)})
		}
	}
	return faults
}

// limit says what of a line is measured, and by which width. The zero value
// measures the whole line as code.
type limit struct {
	from    int  // bytes in front that do not count
	until   int  // bytes up to which it counts, plus one; zero for the whole line
	comment bool // it is a line of a comment, with nothing else on it
}

// free is the limit of a line that may have any width.
var free = limit{until: 1}

// limitsOf returns the limit of each line, and whether the file is generated.
func limitsOf(name string, src []byte, lines [][]byte) (limits []limit, isGenerated bool) {
	files := token.NewFileSet()
	file := files.AddFile(name, -1, len(src))
	var s scanner.Scanner
	s.Init(file, src, func(token.Position, string) {}, scanner.ScanComments) // mistakes are the compiler's to report

	limits = make([]limit, len(lines))
	isTest := strings.HasSuffix(name, "_test.go")
	outputUntil := 0 // the next line, if it is a comment, belongs to an output
	started := false // the package clause was there
	for {
		pos, tok, text := s.Scan()
		if tok == token.EOF {
			return limits, false
		}
		at := file.PositionFor(pos, false)
		first, column := at.Line-1, at.Column-1
		last := first + strings.Count(text, "\n")
		switch {
		case tok == token.PACKAGE:
			started = true
		case tok == token.STRING && last > first:
			limits[first].until = column + 2 // with the backquote
			for i := first + 1; i <= last; i++ {
				limits[i] = free
			}
		case tok == token.COMMENT && !started && generated.MatchString(text):
			return nil, true
		case tok == token.COMMENT && len(bytes.TrimSpace(lines[first][:column])) == 0:
			if isTest && output.MatchString(text) || outputUntil == first && outputUntil > 0 {
				outputUntil = last + 1
				limits[first] = free
				continue
			}
			comment(limits[first:last+1], lines[first:last+1], text)
		}
	}
}

// comment sets the limits of the lines of a comment that begins its line.
func comment(limits []limit, lines [][]byte, text string) {
	if directive.MatchString(text) {
		limits[0] = free
		return
	}
	end := bytes.TrimSpace(lines[len(lines)-1])
	if strings.HasPrefix(text, "/*") && !bytes.HasSuffix(end, []byte("*/")) {
		return // code follows
	}
	for i, line := range lines {
		trimmed := bytes.TrimSpace(line)
		if isAddress(string(trimmed)) {
			limits[i] = free
			continue
		}
		limits[i] = limit{from: len(line) - len(bytes.TrimLeft(line, " \t")), comment: true}
	}
}

// isAddress reports whether a comment line ends with an address that a line
// break in front of it would not make fit: too little stands before it, or it
// is too long even alone.
func isAddress(line string) bool {
	words := strings.Fields(strings.TrimPrefix(line, "//"))
	if len(words) == 0 {
		return false
	}
	end := words[len(words)-1]
	alone := utf8.RuneCountInString("// " + end)
	return address.MatchString(end) && (len(words) <= 2 || alone > commentWidth)
}
