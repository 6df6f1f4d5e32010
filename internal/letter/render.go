package letter

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/cspkit/partner/internal/line"
)

// Render returns the subject, the text and the HTML of a letter that is not
// open. Lines end with LF. The three share one string.
func (l *Letter) Render() (subject, text, page string) {
	var b strings.Builder
	b.Grow(l.text.used + l.page.used)
	b.Write(l.text.bytes())
	b.Write(l.page.bytes())
	all, end := b.String(), l.text.used
	return cmp.Or(l.finished, all[:l.cut]), all[l.cut:end], all[end:]
}

// AppendSubject appends the subject to the reader who has own.
func (l *Letter) AppendSubject(b []byte, own *Values) []byte {
	start := len(b)
	b = l.subject.appendTo(b, own)
	if text := b[start:]; !isFinished(text) {
		b = append(b[:start], finish(string(text))...)
	}
	return b
}

// AppendText appends the text to the reader who has own.
func (l *Letter) AppendText(b []byte, own *Values) []byte { return l.text.appendTo(b, own) }

// AppendHTML appends the HTML to the reader who has own.
func (l *Letter) AppendHTML(b []byte, own *Values) []byte {
	page, from := l.page.bytes(), 0
	for _, m := range l.page.marks[:l.page.open] {
		b = append(b, page[from:m.at]...)
		if m.place == subjectPlace {
			var subject [256]byte
			b = appendEscaped(b, l.AppendSubject(subject[:0], own))
		} else {
			b = own[m.place].appendEscaped(b)
		}
		from = m.at
	}
	return append(b, page[from:]...)
}

// subjectLimit, in code points, keeps a subject within the 998 octets of a line
// that mail servers take (RFC 5322 section 2.1.1), even if it is sent as UTF-8
// with four octets for each.
const subjectLimit = 200

// isFinished reports whether finish has nothing to do, as for most.
func isFinished(text []byte) bool {
	return len(text) <= subjectLimit && !bytes.Contains(text, []byte(line.EncodedWord))
}

// finish returns the subject that text makes: one that no mail program decodes,
// and not too long.
func finish(text string) string { return line.Header(text, subjectLimit) }

// The page as the mail program shows it, light or dark.
//
//   - Text and links have no colour of their own, for none has a contrast of
//     4.5:1 on white and on black. They take that of the mail program.
//   - The colours of lines have 3:1 on both.
//   - Styles stand inline, for many programs drop a style sheet.
//   - Nothing is loaded.
//   - A value stands in a <span> with a direction of its own: Hebrew or Arabic
//     does not reorder what stands around it.
const (
	pageStart = `<!DOCTYPE html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>`
	bodyStart = `</title>
</head>
<body style="margin:0;padding:24px 16px">
<div lang="{lang}" dir="{dir}" style="max-width:600px;margin:0 auto;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
`
	pageEnd = `</div>
</body>
</html>
`

	alertStart = `<p style="border:2px solid #d1603d;border-radius:6px;padding:12px 16px;` +
		`margin:0 0 24px;font-weight:bold">`
	paragraphStart = `<p style="margin:0 0 16px">`
	paragraphEnd   = "</p>\n"
	titleStart     = `<h1 style="margin:0 0 12px;font-size:24px;line-height:1.25">`
	titleEnd       = "</h1>\n"
	headStart      = `<h2 style="margin:28px 0 8px;font-size:18px;line-height:1.3">`
	headEnd        = "</h2>\n"

	valueStart = `<span dir="auto">`
	langStart  = `<span lang="`
	langEnd    = `" dir="auto">`
	valueEnd   = "</span>"

	tableStart = `<table style="border-collapse:collapse;width:100%;margin:0 0 16px;` +
		`border-top:1px solid #8a8a8a;border-bottom:1px solid #8a8a8a">` + "\n"
	labelStart = `<tr><th scope="row" style="text-align:left;vertical-align:top;font-weight:normal;` +
		`padding:6px 16px 6px 0;white-space:nowrap">`
	labelEnd = `</th><td style="text-align:left;vertical-align:top;font-weight:bold;` +
		`padding:6px 0;width:100%;overflow-wrap:anywhere">`
	factEnd  = valueEnd + "</td></tr>\n"
	tableEnd = "</table>\n"

	detailStart = `<p style="margin:0 0 4px;font-size:14px;overflow-wrap:anywhere">`
	detailEnd   = valueEnd + paragraphEnd

	listStart = `<ol style="margin:0 0 16px;padding:0 0 0 32px">` + "\n"
	itemStart = `<li style="margin:0 0 10px;overflow-wrap:anywhere">`
	itemEnd   = "</li>\n"
	listEnd   = "</ol>\n"

	quoteStart = `<div style="margin:0 0 16px;padding:0 0 0 16px;` +
		`border-left:3px solid #8a8a8a;overflow-wrap:anywhere">` + "\n"
	quoteLineEnd = "<br>\n"
	quoteEnd     = "</div>\n"

	linkStart  = `<a href="`
	linkMiddle = `">`
	linkEnd    = "</a>"
)
