package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// document is a value that is stored as its JSON.
type document struct{ v any }

// asJSON is v as a parameter of a statement, or what v points to as the target
// of a column.
func asJSON(v any) document { return document{v} }

// Format prints no part of the document, whatever the verb: a driver puts the
// parameters that it cannot write into its error.
func (d document) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "a document") }

// Value returns the JSON.
func (d document) Value() (driver.Value, error) {
	data, err := json.Marshal(d.v)
	return string(data), err
}

// Scan reads what Value wrote. A null leaves the target as it is. The error
// names no part of the document, for that may be personal.
func (d document) Scan(src any) error {
	var err error
	switch src := src.(type) {
	case nil:
	case string:
		err = json.Unmarshal([]byte(src), d.v)
	case []byte:
		err = json.Unmarshal(src, d.v)
	default:
		err = ErrCorrupt
	}
	if err != nil {
		return ErrCorrupt
	}
	return nil
}

// micros is a time as it is stored. The zero time is 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicros(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

// plain is text that every database can hold: it has no NUL, with which a text
// ends in SQLite, and is UTF-8. Anything else becomes U+FFFD, as it does in
// JSON.
func plain(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", "\uFFFD"), "\uFFFD")
}

// plainTexts makes every text among the parameters of a statement plain. An ID
// that nobody can have is then not found. Otherwise it would be an error of one
// database and a shorter ID to the other.
func plainTexts(args []any) []any {
	for i, arg := range args {
		if s, ok := arg.(string); ok {
			args[i] = plain(s)
		}
	}
	return args
}
