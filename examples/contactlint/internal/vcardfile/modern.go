package vcardfile

import (
	"io"
	"mime/quotedprintable"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// modern returns a card in the syntax of version 3.0. It rewrites what version
// 2.1 alone has:
//   - a parameter without a name, as in TEL;WORK:, is a type;
//   - a value in quoted-printable, which may go on in the next line after =.
func modern(card string) string {
	if !strings.Contains(card, ";") {
		return card
	}
	var b strings.Builder
	lines := strings.Split(card, "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSuffix(lines[i], "\r")
		head, value, ok := splitHead(line)
		if !ok || !strings.Contains(head, ";") || strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			b.WriteString(line + "\n")
			continue
		}
		params := splitParams(head)
		printable, charset := false, ""
		kept := params[:1]
		for _, p := range params[1:] {
			name, text, named := strings.Cut(p, "=")
			switch {
			case strings.EqualFold(p, "QUOTED-PRINTABLE"),
				strings.EqualFold(name, "ENCODING") && strings.EqualFold(text, "QUOTED-PRINTABLE"):
				printable = true
			case strings.EqualFold(name, "CHARSET"):
				charset = text
			case named, p == "":
				kept = append(kept, p)
			default:
				kept = append(kept, "TYPE="+p)
			}
		}
		for printable && strings.HasSuffix(value, "=") && i+1 < len(lines) {
			i++
			value = strings.TrimSuffix(value, "=") + strings.TrimSuffix(lines[i], "\r")
		}
		if printable {
			value = unprintable(value, charset)
		}
		b.WriteString(strings.Join(kept, ";") + ":" + value + "\n")
	}
	return b.String()
}

// splitHead parts a line at the colon before its value, which stands in no
// quotes.
func splitHead(line string) (head, value string, ok bool) {
	quoted := false
	for i := range len(line) {
		switch line[i] {
		case '"':
			quoted = !quoted
		case ':':
			if !quoted {
				return line[:i], line[i+1:], true
			}
		}
	}
	return line, "", false
}

// splitParams parts the name of a property and its parameters.
func splitParams(head string) (parts []string) {
	quoted, start := false, 0
	for i := range len(head) {
		switch {
		case head[i] == '"':
			quoted = !quoted
		case head[i] == ';' && !quoted:
			parts = append(parts, head[start:i])
			start = i + 1
		}
	}
	return append(parts, head[start:])
}

// unprintable decodes a value. What cannot be decoded stays as it is, and is
// found wrong later.
func unprintable(value, charset string) string {
	text, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(value)))
	if err != nil {
		return value
	}
	if charset != "" {
		if e, err := htmlindex.Get(charset); err == nil {
			if decoded, err := e.NewDecoder().Bytes(text); err == nil {
				text = decoded
			}
		}
	}
	return strings.NewReplacer("\\", "\\\\", "\r\n", "\\n", "\n", "\\n", ",", "\\,").Replace(string(text))
}
