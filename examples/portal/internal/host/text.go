package host

import (
	"strconv"
	"strings"
)

// Count is a number with its noun: "1 person", "12 people".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Number writes a whole number as people read it: "12,000".
func Number(n int) string {
	if n < 0 {
		return "−" + Number(-n)
	}
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// Some lists the first names of so many: "Contoso", "Contoso and Fabrikam",
// "Contoso, Fabrikam and 198 others".
func Some(names []string, all int) string {
	others := all - len(names)
	switch {
	case others > 0:
		return strings.Join(names, ", ") + " and " + Count(others, "other", "others")
	case len(names) > 1:
		last := len(names) - 1
		return strings.Join(names[:last], ", ") + " and " + names[last]
	default:
		return strings.Join(names, "")
	}
}
