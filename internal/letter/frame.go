package letter

import "strings"

// Frame is what depends on the language of a letter, beside its words. It is
// made once for each language.
type Frame struct {
	colon                 string // behind a label and a heading
	pageStart, bodyStart  string
	labelStart, labelEnd  string
	listStart, quoteStart string
}

// NewFrame returns the frame for the language of a BCP 47 tag. Colon is what
// the language puts behind a label: ":" or " :".
func NewFrame(tag string, rightToLeft bool, colon string) *Frame {
	direction, side := "ltr", strings.NewReplacer()
	if rightToLeft {
		direction, side = "rtl", mirror
	}
	name := strings.NewReplacer("{lang}", tag, "{dir}", direction)
	return &Frame{
		colon:      colon,
		pageStart:  name.Replace(pageStart),
		bodyStart:  name.Replace(bodyStart),
		labelStart: side.Replace(labelStart),
		labelEnd:   side.Replace(labelEnd),
		listStart:  side.Replace(listStart),
		quoteStart: side.Replace(quoteStart),
	}
}

// mirror turns the styles that name a side.
var mirror = strings.NewReplacer(
	"text-align:left", "text-align:right",
	"border-left", "border-right",
	"padding:6px 16px 6px 0", "padding:6px 0 6px 16px",
	"padding:0 0 0 32px", "padding:0 32px 0 0",
	"padding:0 0 0 16px", "padding:0 16px 0 0",
)

// Heading returns the words as a heading. Like Say, it is called once.
func (f *Frame) Heading(words string) *Heading {
	return &Heading{text: words + f.colon + "\n", page: headStart + Say(words).page + headEnd}
}

// Label returns the words as a label. They are the program's own, without what
// HTML gives a meaning. Like Say, it is called once.
func (f *Frame) Label(words string) *Label {
	return &Label{
		text:   words + f.colon + " ",
		fact:   factEnd + f.labelStart + words + f.labelEnd + valueStart,
		detail: detailEnd + detailStart + words + f.colon + " " + valueStart,
	}
}
