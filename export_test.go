package partner

import (
	"github.com/cspkit/partner/internal/letter"
	"github.com/cspkit/partner/internal/words"
)

// CountNormalized returns how often each field was normalised while f ran. It
// changes the rules for that time: the test that calls it must not be parallel.
func CountNormalized(f func()) int {
	n := 0
	seen := map[*rule]func(string) string{}
	var p LegalProfile
	for field := range AllFields().All() {
		_, _, _, r := p.leaves().row(field)
		if _, ok := seen[r]; ok {
			continue
		}
		normalize := r.normalize
		seen[r] = normalize
		r.normalize = func(text string) string {
			n++
			return normalize(text)
		}
	}
	defer func() {
		for r, normalize := range seen {
			r.normalize = normalize
		}
	}()
	f()
	return n
}

// MessageIn is the message of n in a language that need not be one of ours.
func MessageIn(n Notification, l *words.Language) Message {
	var written letter.Letter
	own, p := n.own(), newPhrases(l)
	written.Begin(&own, false, p.frame)
	n.write(&written, p)
	var m Message
	m.Subject, m.Text, m.HTML = written.Render()
	written.Close()
	return m
}
