package letter

// Prose is the program's own words, with one space between two. Nothing in it
// comes from outside. The zero Prose is none.
type Prose struct{ text, page string }

// Say returns words as prose. Call it once for each text, and keep the result.
func Say(words string) Prose { return Prose{text: words, page: string(appendEscaped(nil, words))} }

// Heading is prose over what follows.
type Heading struct{ text, page string }

// Label is what stands before a value, such as "Company", in each part that has
// labels.
type Label struct {
	text         string // "Company: "
	fact, detail string // in the page: from the end of the row before it up to the value
}
