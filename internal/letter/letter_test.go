package letter_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/letter"
)

// Short names for what every test writes.
var (
	say     = letter.Say
	clean   = letter.Clean
	frame   = letter.NewFrame("en", false, ":")
	heading = frame.Heading
	label   = frame.Label
)

func TestSubject(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 200)
	tests := []struct{ name, text, want, why string }{
		{"empty", "", "", "none was set"},
		{"words", "New details of Contoso", "New details of Contoso", "as it is"},
		{"lines", "a\r\nBcc: b", "a Bcc: b", "one line"},
		{"encoded word", "=?utf-8?B?YQ==?=", "= ?utf-8?B?YQ== ?=", "a mail program would show what it decodes"},
		{"encoded word twice", "=?=?a", "= ?= ?a", "each of them"},
		{"hidden encoded word", "==??", "== ??", "taking it apart makes no other"},
		{"control inside", "=\x00?", "= ?", "a space stands where the control was"},
		{"bidi control inside", "=\u202E?", "= ?", "dropping the control must not make one"},
		{"as long as may be", long, long, "200 code points"},
		{"longer", long + "é", long[:2*199] + "…", "cut to 200"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			subject, _, page := write("", func(*letter.Letter) {}, letter.Piece{Value: letter.Clean(tt.text)})
			assert.Equal(t, tt.want, subject, tt.why)
			assert.Equal(t, tt.want, parse(t, page).title(), "the page has the same title")
		})
	}

	t.Run("on one line of a mail server", func(t *testing.T) {
		t.Parallel()
		subject, _, _ := write(strings.Repeat("\U0001D11E", 1000), func(*letter.Letter) {})
		assert.LessOrEqual(t, len("Subject: "+subject), 998,
			"RFC 5322 section 2.1.1, were it sent as UTF-8 and not folded")
	})
}

func TestParts(t *testing.T) {
	t.Parallel()
	hostile := "a\r\nb: <b title=\"x\" id='y'>&lt;\u202E\xff"
	tests := []struct {
		name  string
		write func(*letter.Letter)
		text  string
		page  string // what is left of the body without styles
		why   string
	}{
		{"nothing", func(*letter.Letter) {}, "", "", "an empty letter"},
		{"alert", func(l *letter.Letter) { l.Alert(say("Read this.")) },
			"Read this.\n", "<p>Read this.</p>", "prose"},
		{"title", func(l *letter.Letter) { l.Title(say("It is Contoso's")) },
			"It is Contoso's\n", "<h1>It is Contoso&#39;s</h1>", "the one heading of the first level"},
		{"paragraphs", func(l *letter.Letter) { l.Paragraph(say("One.")); l.Paragraph(say("Two.")) },
			"One.\n\nTwo.\n", "<p>One.</p><p>Two.</p>", "a blank line between parts"},
		{"heading", func(l *letter.Letter) { l.Heading(heading("If so")); l.Paragraph(say("Then.")) },
			"If so:\nThen.\n", "<h2>If so</h2><p>Then.</p>", "no blank line between a heading and what it heads"},
		{"facts", func(l *letter.Letter) {
			l.Facts(letter.Field{Label: label("A"), Value: clean("1")}, letter.Field{Label: label("B"), Value: clean(" ")},
				letter.Field{Label: label("C"), Value: clean(hostile)})
		},
			"A: 1\nC: a b: <b title=\"x\" id='y'>&lt;\uFFFD\n",
			`<table><tr><th scope="row">A</th><td><span dir="auto">1</span></td></tr><tr><th scope="row">C</th><td><span ` +
				`dir="auto">` +
				"a b: &lt;b title=&#34;x&#34; id=&#39;y&#39;&gt;&amp;lt;\uFFFD</span></td></tr></table>",
			"a table with the labels as headings; what is blank is left out"},
		{"no facts", func(l *letter.Letter) { l.Facts(letter.Field{Label: label("A")}); l.Facts() },
			"", "", "no empty table"},
		{"details", func(l *letter.Letter) {
			l.Details(heading("More"), letter.Field{Label: label("A"), Value: clean(hostile)}, letter.Field{Label: label("B")},
				letter.Field{Label: label("C"), Value: clean("3")})
		},
			"More:\nA: a b: <b title=\"x\" id='y'>&lt;\uFFFD\nC: 3\n",
			`<h2>More</h2><p>A: <span dir="auto">` +
				"a b: &lt;b title=&#34;x&#34; id=&#39;y&#39;&gt;&amp;lt;\uFFFD</span></p>" +
				`<p>C: <span dir="auto">3</span></p>`,
			"a value never stands in the label's text"},
		{"no details", func(l *letter.Letter) {
			l.Details(heading("More"), letter.Field{Label: label("A"), Value: clean("\n")})
		}, "", "",
			"no heading over nothing"},
		{"link", func(l *letter.Letter) {
			l.Facts(letter.Field{Label: label("A"), Value: clean("https://contoso.com/?a=b&c='"), Link: true},
				letter.Field{Label: label("B"), Link: true})
		},
			"A: https://contoso.com/?a=b&c='\n",
			`<table><tr><th scope="row">A</th><td><a href="https://contoso.com/?a=b&c='"><span dir="auto">` +
				"https://contoso.com/?a=b&amp;c=&#39;</span></a></td></tr></table>",
			"the reader sees where it leads; what is blank is left out"},
		{"links between facts", func(l *letter.Letter) {
			link := letter.Field{Label: label("L"), Value: clean("https://contoso.com/"), Link: true}
			fact := letter.Field{Label: label("A"), Value: clean("1")}
			l.Facts(fact, link, link, fact)
		},
			"A: 1\nL: https://contoso.com/\nL: https://contoso.com/\nA: 1\n",
			`<table><tr><th scope="row">A</th><td><span dir="auto">1</span></td></tr>` + strings.Repeat(
				`<tr><th scope="row">L</th><td><a href="https://contoso.com/"><span dir="auto">`+
					`https://contoso.com/</span></a></td></tr>`, 2) +
				`<tr><th scope="row">A</th><td><span dir="auto">1</span></td></tr></table>`,
			"each row ends before the next begins"},
		{"links elsewhere", func(l *letter.Letter) {
			l.Details(heading("More"), letter.Field{Label: label("A"), Value: clean("https://contoso.com/"), Link: true})
		},
			"More:\nA: https://contoso.com/\n",
			`<h2>More</h2><p>A: <a href="https://contoso.com/"><span dir="auto">https://contoso.com/</span></a></p>`,
			"each part with labels knows them"},
		{"numbered", func(l *letter.Letter) { l.Numbered(heading("Do"), []string{"x", " ", hostile, "z"}, letter.Lang{}) },
			"Do:\n1. x\n2. a b: <b title=\"x\" id='y'>&lt;\uFFFD\n3. z\n",
			`<h2>Do</h2><ol><li><span dir="auto">x</span></li><li><span dir="auto">` +
				"a b: &lt;b title=&#34;x&#34; id=&#39;y&#39;&gt;&amp;lt;\uFFFD</span></li>" +
				`<li><span dir="auto">z</span></li></ol>`,
			"a blank value takes no number"},
		{"many numbered", func(l *letter.Letter) {
			l.Numbered(heading("Do"), slices.Repeat([]string{"x"}, 11), letter.Lang{})
		},
			"Do:\n1. x\n2. x\n3. x\n4. x\n5. x\n6. x\n7. x\n8. x\n9. x\n10. x\n11. x\n",
			`<h2>Do</h2><ol>` + strings.Repeat(`<li><span dir="auto">x</span></li>`, 11) + `</ol>`,
			"of more than one digit as well"},
		{"nothing numbered", func(l *letter.Letter) {
			l.Numbered(heading("Do"), []string{"", " "}, letter.Lang{})
			l.Numbered(heading("Do"), nil, letter.Lang{})
		},
			"", "", "no heading over nothing"},
		{"quoted", func(l *letter.Letter) { l.Quoted(heading("Said"), "\nFrom <x>\n\n.\n", letter.Lang{}) },
			"Said:\n  From <x>\n\n  .\n",
			`<h2>Said</h2><div><span dir="auto">From &lt;x&gt;</span><br><span dir="auto"></span><br><span ` +
				`dir="auto">.</span><br></div>`,
			"lines are kept and set in, so that none can start a header or a separator of mailboxes"},
		{"nothing quoted", func(l *letter.Letter) { l.Quoted(heading("Said"), " \n ", letter.Lang{}) }, "", "",
			"no heading over nothing"},
		{"in the order given", func(l *letter.Letter) { l.Paragraph(say("Z")); l.Alert(say("A")); l.Title(say("M")) },
			"Z\n\nA\n\nM\n", "<p>Z</p><p>A</p><h1>M</h1>", "the writer decides"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			subject, text, page := write("", tt.write)
			assert.Empty(t, subject, "none was set")
			assert.Equal(t, tt.text, text, tt.why)
			assert.Equal(t, tt.page, parse(t, page).body(), tt.why)
		})
	}
}

func TestProseIsFilled(t *testing.T) {
	t.Parallel()
	word := func(n int) string { return strings.Repeat("x", n) }
	tests := []struct{ name, prose, want, why string }{
		{"as wide as may be", word(40) + " " + word(31), word(40) + " " + word(31), "72 octets"},
		{"one wider", word(40) + " " + word(32), word(40) + "\n" + word(32), "73"},
		{"three words", word(40) + " " + word(30) + " x", word(40) + " " + word(30) + "\nx", "the spaces count"},
		{"a full line, and the next", word(40) + " " + word(31) + " " + word(40) + " " + word(31),
			word(40) + " " + word(31) + "\n" + word(40) + " " + word(31), "each line counts from its own start"},
		{"a word too wide", "a " + word(80) + " b", "a\n" + word(80) + "\nb", "is not broken"},
		{"a word too wide first", word(80), word(80), "no blank line before it"},
		{"words too wide", word(80) + " " + word(80) + " b", word(80) + "\n" + word(80) + "\nb",
			"each on a line of its own"},
		{"nothing", "", "", "an empty line"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, add := range []func(*letter.Letter, ...letter.Prose){(*letter.Letter).Paragraph, (*letter.Letter).Alert,
				(*letter.Letter).Title} {
				_, text, _ := write("", func(l *letter.Letter) { add(l, say(tt.prose)) })
				assert.Equal(t, tt.want+"\n", text, tt.why)
			}
		})
	}
}

func TestValuesAreNotFilled(t *testing.T) {
	t.Parallel()
	long := strings.TrimSpace(strings.Repeat("https://contoso.com/x ", 20))
	_, text, _ := write("", func(l *letter.Letter) {
		l.Facts(letter.Field{Label: label("A"), Value: clean(long)})
		l.Details(heading("B"), letter.Field{Label: label("A"), Value: clean(long)})
		l.Numbered(heading("C"), []string{long}, letter.Lang{})
		l.Quoted(heading("D"), long, letter.Lang{})
	})
	assert.Equal(t, "A: "+long+"\n\nB:\nA: "+long+"\n\nC:\n1. "+long+"\n\nD:\n  "+long+"\n", text,
		"a value that goes on in a line of its own could pass for a part of the letter")
}

// Rendering reads only: the same letter comes out again.
func TestRenderTwice(t *testing.T) {
	t.Parallel()
	var l letter.Letter
	writeEveryPart(&l, &texts{}, false)
	subject, text, page := l.Render()
	again, textAgain, pageAgain := l.Render()
	assert.Equal(t, [...]string{subject, text, page}, [...]string{again, textAgain, pageAgain})
	require.True(t, utf8.ValidString(page))
}

// write writes a letter to one reader who has nothing of his own, and renders
// it.
func write(subject string, parts func(*letter.Letter), values ...letter.Piece) (rendered, text, page string) {
	var l letter.Letter
	l.Begin(&letter.Values{}, false, frame)
	l.Subject(say(subject), values...)
	parts(&l)
	l.End()
	return l.Render()
}

// texts are what one reader has in the places.
type texts [7]string

func (t *texts) values() *letter.Values {
	var values letter.Values
	for place, text := range t {
		values[place] = letter.Clean(text)
	}
	return &values
}

// writeEveryPart writes a letter that uses every part, with places wherever
// there may be one.
func writeEveryPart(l *letter.Letter, own *texts, open bool) {
	l.Begin(own.values(), open, frame)
	l.Subject(say("Every part"), letter.Piece{Before: " for ", Place: 1},
		letter.Piece{Before: " (", Value: letter.Clean("A & B"), After: ")"})
	l.Alert(say("Alert."))
	l.Title(say("Title"))
	l.Paragraph(say("Paragraph."))
	l.Heading(heading("Heading"))
	l.Facts(letter.Field{Label: label("Fact"), Value: clean("value")}, letter.Field{Label: label("Own"), Place: 2})
	if l.Has(5) {
		l.Paragraph(say("Follow this."))
	}
	l.Facts(letter.Field{Label: label("Link"), Place: 5, Link: true}, letter.Field{Label: label("Code"), Place: 6})
	l.Details(heading("Details"), letter.Field{Label: label("Detail"), Value: clean("value")},
		letter.Field{Label: label("Own"), Place: 3}, letter.Field{Label: label("Again"), Place: 4})
	l.Numbered(heading("Numbered"), []string{"value"}, letter.Lang{})
	l.Quoted(heading("Quoted"), "value", letter.Lang{})
	l.End()
}

func everyPart() (subject, text, page string) {
	var l letter.Letter
	writeEveryPart(&l, &texts{1: "Contoso", 2: "two", 3: "three", 4: "four", 5: "https://contoso.com/",
		6: "six"}, false)
	return l.Render()
}
