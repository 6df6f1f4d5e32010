package columns

import (
	"strings"
	"unicode"
)

// A Name is a whole name in parts.
type Name struct{ First, Last string }

// SplitName reads a whole name, without spaces at its ends. Group says that it
// is the name of a group, which has no parts: then both are the whole name.
//
//   - "Contoso SOC" has a word that groups have, such as SOC, Team or GmbH. It
//     is a group.
//   - "Contoso" is a single word. It is a group.
//   - "Provström, Ada" has the last name before the comma.
//   - "山田 太郎" is written in Han, kana or Hangul. The last name comes first.
//   - "Ada Maria Exempel" has the last name after the last space.
func SplitName(full string) (name Name, group bool) {
	words := strings.Fields(full)
	if before, after, ok := strings.Cut(full, ","); ok && !isGroup(full) {
		before, after = strings.TrimSpace(before), strings.TrimSpace(after)
		if before != "" && after != "" && !strings.Contains(after, ",") {
			return Name{after, before}, false
		}
	}
	if len(words) < 2 || isGroup(full) {
		return Name{full, full}, true
	}
	if strings.ContainsFunc(full, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	}) {
		return Name{strings.Join(words[1:], " "), words[0]}, false
	}
	last := len(words) - 1
	return Name{strings.Join(words[:last], " "), words[last]}, false
}

// isGroup reports whether one of the words of a name is one that groups have.
func isGroup(full string) bool {
	for word := range strings.FieldsFuncSeq(full, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if groupWords[strings.ToLower(word)] {
			return true
		}
	}
	return false
}

// groupWords are words of names that persons do not have.
var groupWords = func() map[string]bool {
	const all = `soc noc cert csirt psirt cirt irt team desk helpdesk servicedesk security incident response abuse support
		service services center centre department dept group office operations ops admin administrators hotline
		gmbh ag kg inc llc ltd limited corp corporation company co ab oy as bv nv sa srl spa sarl plc
		sicherheit abteilung gruppe équipe equipe sécurité equipo seguridad sicurezza squadra segurança beveiliging
		bezpieczeństwo zespół säkerhet avdelning grupp セキュリティ チーム 株式会社`
	m := map[string]bool{}
	for _, word := range strings.Fields(all) {
		m[word] = true
	}
	return m
}()
