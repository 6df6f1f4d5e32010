package words

import (
	"sync"

	"golang.org/x/text/language"
)

// For returns the language that fits a tag of BCP 47 best, or English.
func For(tag string) *Language {
	if l, ok := Fit(tag); ok {
		return l
	}
	return English()
}

// Fit returns the language that fits a tag of BCP 47 best. If none does, or it
// is no tag, ok is false.
func Fit(tag string) (l *Language, ok bool) {
	if l, ok := fitSimple(tag); ok {
		return l, true
	}
	parsed, err := language.Parse(tag)
	if err != nil {
		return nil, false
	}
	_, at, confidence := matcher().Match(parsed)
	if confidence == language.No {
		return nil, false
	}
	return languages[at], true
}

// fitSimple does the same for nearly all tags, in a fraction of the time: those
// of the languages, and one with another region, such as "de-AT". No language
// is here twice, so the region decides nothing.
func fitSimple(tag string) (l *Language, ok bool) {
	for _, l := range languages {
		if l.Tag == tag {
			return l, true
		}
	}
	if len(tag) != len("de-AT") || tag[2] != '-' {
		return nil, false
	}
	for _, l := range languages {
		if l.Tag[:2] == tag[:2] {
			_, err := language.ParseRegion(tag[3:])
			return l, err == nil
		}
	}
	return nil, false
}

// matcher is made when the first tag comes that is not simply one of ours.
var matcher = sync.OnceValue(func() language.Matcher {
	tags := make([]language.Tag, len(languages))
	for i, l := range languages {
		tags[i] = language.MustParse(l.Tag)
	}
	return language.NewMatcher(tags)
})

// IsTag reports whether text is a tag of BCP 47 that is known, and not longer
// than RFC 5646 section 4.4.1 asks to make room for.
func IsTag(text string) bool {
	const limit = 35
	if len(text) > limit || len(text) == 0 {
		return false
	}
	if _, ok := fitSimple(text); ok {
		return true
	}
	for i := range len(text) {
		if text[i] == '_' { // which package language forgives
			return false
		}
	}
	_, err := language.Parse(text)
	return err == nil
}
