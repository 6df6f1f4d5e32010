package jsonfile

import (
	"encoding/json"
	"strings"
)

// What is here finds its way in text that encoding/json has found valid. It
// checks nothing.

// skipBlanks returns where the blanks at i end.
func skipBlanks(text string, i int) int {
	for strings.IndexByte(blanks, text[i]) >= 0 {
		i++
	}
	return i
}

// skipValue returns where the value ends that starts at i, inside an object or
// an array.
func skipValue(text string, i int) int {
	if strings.IndexByte(`"{[`, text[i]) < 0 { // a number, or a word such as null
		return i + strings.IndexAny(text[i:], ",]}"+blanks)
	}
	for depth := 0; ; i++ {
		switch text[i] {
		case '"':
			i = closingQuote(text, i)
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if depth == 0 {
			return i + 1
		}
	}
}

// closingQuote returns where the quote is that closes the one at i.
func closingQuote(text string, i int) int {
	for {
		i++
		switch text[i] {
		case '"':
			return i
		case '\\':
			i++
		}
	}
}

// unquote returns the text of a string in its quotes.
func unquote(quoted string) string {
	if strings.IndexByte(quoted, '\\') < 0 {
		return quoted[1 : len(quoted)-1]
	}
	var text string
	if err := json.Unmarshal([]byte(quoted), &text); err != nil {
		panic(err) // the string was found valid
	}
	return text
}
