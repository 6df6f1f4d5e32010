// Package policyfile reads the operator's own policies from JSON, with
// durations as people write them: "30d", "1h30m". An error is a sentence for
// the operator that says where it is wrong, and what to write there.
package policyfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// longest is the longest duration. Nobody plans for longer.
const longest = 100 * 365 * 24 * time.Hour

// Duration reads a duration: whole days and, behind them or alone, what
// time.ParseDuration reads. "365d", "1d12h", "90m". A day has 24 hours. It is
// not below zero.
func Duration(text string) (time.Duration, error) {
	wrong := fmt.Errorf("%s is no duration: write a number and d, h, m or s, such as 30d or 12h", strconv.Quote(text))
	days, rest, hasDays := strings.Cut(text, "d")
	if !hasDays {
		days, rest = "0", text
	}
	n, err := strconv.ParseUint(days, 10, 32)
	if err != nil || strings.ContainsAny(rest, "+-") || text == "" {
		return 0, wrong
	}
	var d time.Duration
	if rest != "" {
		if d, err = time.ParseDuration(rest); err != nil {
			return 0, wrong
		}
	}
	const day = 24 * time.Hour
	if n > uint64(longest/day) || d > longest-time.Duration(n)*day {
		return 0, fmt.Errorf("%s is longer than 100 years", strconv.Quote(text))
	}
	return time.Duration(n)*day + d, nil
}

// decode reads one JSON object into v. A name that v does not know is an error:
// it would be a part of the policy that nobody follows.
func decode(data []byte, v any) error {
	decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(v)
	if err == nil && decoder.Decode(new(any)) != io.EOF {
		err = errors.New("there is something behind the end of the policy")
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		line := 1 + bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n"))
		return fmt.Errorf("it is no JSON, in line %d: %w", line, err)
	}
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%s must be %s, and is a %s", kind.Field, kindWords(kind.Type.Kind().String()), kind.Value)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("it is no JSON: it ends too early")
	}
	if err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	return nil
}

func kindWords(kind string) string {
	switch kind {
	case "string":
		return `text in quotes, such as "30d"`
	case "slice":
		return "a list in [ ]"
	default:
		return "an object in { }"
	}
}
