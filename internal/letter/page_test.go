package letter_test

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// What a mail program is given: elements and attributes that all of them show,
// and nothing that is run or loaded.
func TestPageIsPlain(t *testing.T) {
	t.Parallel()
	allowed := map[string]string{ // element: attributes
		"html": "lang dir", "head": "", "title": "", "body": "style", "meta": "charset name content",
		"div": "lang dir style",
		"p":   "style", "h1": "style", "h2": "style", "ol": "style", "li": "style", "br": "", "span": "dir",
		"table": "style", "tbody": "", "tr": "", "th": "scope style", "td": "style", "a": "href",
	}
	_, _, text := everyPart()
	require.True(t, strings.HasPrefix(text, "<!DOCTYPE html>\n"), "standards mode")
	for n := range parse(t, text).root.Descendants() {
		switch n.Type {
		case html.ElementNode:
			attributes, ok := allowed[n.Data]
			assert.True(t, ok, "<%s> is not for mail", n.Data)
			for _, a := range n.Attr {
				assert.Contains(t, strings.Fields(attributes), a.Key, "<%s>", n.Data)
				assert.NotContains(t, a.Val, "url(", "nothing is loaded")
			}
		default:
			assert.NotEqual(t, html.CommentNode, n.Type, "comments are instructions to some mail programs")
		}
	}
}

func TestPageIsAccessible(t *testing.T) {
	t.Parallel()
	_, _, text := everyPart()
	p := parse(t, text)
	assert.Equal(t, "Every part for Contoso (A & B)", p.title(), "a page has a title")
	for _, element := range []string{"html", "div"} {
		n := p.find(element)[0]
		assert.Equal(t, "en", attribute(n, "lang"),
			"a screen reader knows the language; mail programs that drop <html> leave the <div>")
		assert.Equal(t, "ltr", attribute(n, "dir"), "and the direction")
	}
	assert.Len(t, p.find("h1"), 1, "one heading for the whole")
	assert.NotEmpty(t, p.find("h2"), "and headings to jump to")
	for _, n := range p.find("th") {
		assert.Equal(t, "row", attribute(n, "scope"), "a label is read out with its value")
	}
	for _, n := range p.find("span") {
		assert.Equal(t, "auto", attribute(n, "dir"), "a value has a direction of its own")
	}
	assert.Len(t, p.find("ol"), 1, "a screen reader says how many steps there are")

	metas := map[string]string{}
	for _, n := range p.find("meta") {
		metas[attribute(n, "name")] = attribute(n, "content")
	}
	assert.Equal(t, "light dark", metas["color-scheme"], "the page follows the reader's choice")
	assert.Equal(t, "light dark", metas["supported-color-schemes"], "as older programs call it")
	assert.Equal(t, "width=device-width, initial-scale=1", metas["viewport"],
		"a phone shows it at its own width, and it can be enlarged")
}

var (
	declaration = regexp.MustCompile(`([a-z-]+):([^;]+)`)
	colour      = regexp.MustCompile(`#[0-9a-f]{6}\b`)
)

// The page is shown on white and, by programs in dark mode, on black or nearly
// so. WCAG 2 asks for a contrast of 4.5:1 for text (1.4.3) and of 3:1 for lines
// (1.4.11). No colour has 4.5:1 on both, so text has none of its own.
func TestColours(t *testing.T) {
	t.Parallel()
	require.InDelta(t, 21, contrast(t, "#ffffff", "#000000"), 0.01, "the formula of WCAG 2")
	require.InDelta(t, 4.54, contrast(t, "#767676", "#ffffff"), 0.01, "its well-known grey")

	_, _, text := everyPart()
	lines := 0
	for n := range parse(t, text).root.Descendants() {
		for _, d := range declaration.FindAllStringSubmatch(attribute(n, "style"), -1) {
			property, value := d[1], d[2]
			least := 4.5
			switch property {
			case "border", "border-top", "border-bottom", "border-left":
				least = 3
				lines++
				require.Regexp(t, colour, value, "a line has a colour that this test can judge")
			case "color", "background", "background-color", "opacity", "filter":
				assert.Fail(t, "text takes the colours of the mail program", "<%s> %s", n.Data, d[0])
			}
			for _, c := range colour.FindAllString(value, -1) {
				for _, ground := range []string{"#ffffff", "#121212", "#000000"} {
					assert.GreaterOrEqual(t, contrast(t, c, ground), least, "<%s> %s on %s", n.Data, d[0], ground)
				}
			}
		}
	}
	assert.NotZero(t, lines, "the alert and the quotation are set off by lines")
}

// contrast is the contrast ratio of WCAG 2.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	light, dark := luminance(t, a), luminance(t, b)
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

// luminance is the relative luminance of WCAG 2 of a colour such as "#8a8a8a".
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		require.NoError(t, err)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// page is a parsed page.
type page struct{ root *html.Node }

func parse(t *testing.T, text string) page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	require.NoError(t, err)
	return page{root}
}

func (p page) find(element string) []*html.Node {
	var found []*html.Node
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == element {
			found = append(found, n)
		}
	}
	return found
}

func (p page) title() string {
	var b strings.Builder
	for n := range p.find("title")[0].Descendants() {
		b.WriteString(n.Data)
	}
	return b.String()
}

// body writes what stands in the outer <div> without styles, line ends and what
// the parser adds.
func (p page) body() string {
	var b strings.Builder
	var write func(*html.Node)
	write = func(n *html.Node) {
		for c := range n.ChildNodes() {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(html.EscapeString(strings.ReplaceAll(c.Data, "\n", "")))
			case c.Data == "tbody":
				write(c)
			case c.Data == "br":
				b.WriteString("<br>")
			default:
				b.WriteString("<" + c.Data)
				for _, a := range c.Attr {
					if a.Key != "style" {
						fmt.Fprintf(&b, " %s=%q", a.Key, a.Val)
					}
				}
				b.WriteString(">")
				write(c)
				b.WriteString("</" + c.Data + ">")
			}
		}
	}
	write(p.find("div")[0])
	return b.String()
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
