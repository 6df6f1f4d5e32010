package letter

import (
	"html"
	"strconv"
	"strings"
)

// Render returns the subject, the text and the HTML. Lines end with LF.
func (l *Letter) Render() (subject, text, page string) {
	return l.subject, l.text(), l.html()
}

// textWidth is the width to which prose is filled, in octets, as RFC 5322 section 2.1.1 advises with room for quoting. Values
// are not filled: what continues on a line of its own could pass for a part of the letter, and a link would break.
const textWidth = 72

func (l *Letter) text() string {
	var b strings.Builder
	for i, p := range l.parts {
		if i > 0 && l.parts[i-1].kind != heading {
			b.WriteByte('\n')
		}
		switch p.kind {
		case alert, title, paragraph:
			fill(&b, p.prose)
		case heading:
			b.WriteString(p.prose + ":\n")
		case facts, details:
			for _, f := range p.list {
				b.WriteString(f.Label + ": " + f.Value + "\n")
			}
		case numbered:
			for n, s := range p.lines {
				b.WriteString(strconv.Itoa(n+1) + ". " + s + "\n")
			}
		case quoted:
			for _, s := range p.lines {
				if s != "" {
					b.WriteString("  " + s)
				}
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

// fill writes prose in lines of at most textWidth.
func fill(b *strings.Builder, prose string) {
	width := 0
	for word := range strings.FieldsSeq(prose) {
		switch {
		case width == 0:
		case width+1+len(word) > textWidth:
			b.WriteByte('\n')
			width = 0
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += len(word)
	}
	b.WriteByte('\n')
}

// The text of the page has no colour of its own, for none has a contrast of 4.5:1 on white and on black: it takes that of the
// mail program, which may show the page light or dark. The colours of lines have 3:1 on both. Styles stand inline, for many
// programs drop a style sheet; nothing is loaded.
const (
	pageStart = `<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>`
	bodyStart = `</title>
</head>
<body style="margin:0;padding:24px 16px">
<div lang="en" dir="ltr" style="max-width:600px;margin:0 auto;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
`
	pageEnd = `</div>
</body>
</html>
`

	alertStyle  = `border:2px solid #d1603d;border-radius:6px;padding:12px 16px;margin:0 0 24px;font-weight:bold`
	titleStyle  = `margin:0 0 12px;font-size:24px;line-height:1.25`
	proseStyle  = `margin:0 0 16px`
	headStyle   = `margin:28px 0 8px;font-size:18px;line-height:1.3`
	tableStyle  = `border-collapse:collapse;width:100%;margin:0 0 16px;border-top:1px solid #8a8a8a;border-bottom:1px solid #8a8a8a`
	labelStyle  = `text-align:left;vertical-align:top;font-weight:normal;padding:6px 16px 6px 0;white-space:nowrap`
	valueStyle  = `text-align:left;vertical-align:top;font-weight:bold;padding:6px 0;width:100%;overflow-wrap:anywhere`
	listStyle   = `margin:0 0 16px;padding:0 0 0 32px`
	itemStyle   = `margin:0 0 10px;overflow-wrap:anywhere`
	quoteStyle  = `margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #8a8a8a;overflow-wrap:anywhere`
	detailStyle = `margin:0 0 4px;font-size:14px;overflow-wrap:anywhere`
)

func (l *Letter) html() string {
	var b strings.Builder
	b.WriteString(pageStart + html.EscapeString(l.subject) + bodyStart)
	for _, p := range l.parts {
		switch p.kind {
		case alert:
			element(&b, "p", alertStyle, p.prose)
		case title:
			element(&b, "h1", titleStyle, p.prose)
		case paragraph:
			element(&b, "p", proseStyle, p.prose)
		case heading:
			element(&b, "h2", headStyle, p.prose)
		case facts:
			b.WriteString(`<table style="` + tableStyle + `">` + "\n")
			for _, f := range p.list {
				b.WriteString(`<tr><th scope="row" style="` + labelStyle + `">` + f.Label + `</th><td style="` + valueStyle + `">` +
					isolate(f.Value) + "</td></tr>\n")
			}
			b.WriteString("</table>\n")
		case details:
			for _, f := range p.list {
				b.WriteString(`<p style="` + detailStyle + `">` + f.Label + ": " + isolate(f.Value) + "</p>\n")
			}
		case numbered:
			b.WriteString(`<ol style="` + listStyle + `">` + "\n")
			for _, s := range p.lines {
				b.WriteString(`<li style="` + itemStyle + `">` + isolate(s) + "</li>\n")
			}
			b.WriteString("</ol>\n")
		case quoted:
			b.WriteString(`<div style="` + quoteStyle + `">` + "\n")
			for _, s := range p.lines {
				b.WriteString(isolate(s) + "<br>\n")
			}
			b.WriteString("</div>\n")
		}
	}
	b.WriteString(pageEnd)
	return b.String()
}

// element writes prose, which holds nothing to escape but an apostrophe.
func element(b *strings.Builder, tag, style, prose string) {
	b.WriteString("<" + tag + ` style="` + style + `">` + html.EscapeString(prose) + "</" + tag + ">\n")
}

// isolate returns a value as escaped text whose direction is its own: Hebrew or Arabic does not reorder what stands around it.
func isolate(value string) string { return `<span dir="auto">` + html.EscapeString(value) + "</span>" }
