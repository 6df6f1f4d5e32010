package row

import (
	"hash/maphash"
	"strings"
	"unicode/utf8"

	"github.com/cspkit/partner"
)

// A Mailbox is that of one row. It is small, for each row has one.
type Mailbox struct {
	Hash   uint64 // the same for addresses that differ only in case or in spelling
	Line   uint32
	Row    uint32           // counts from the start of the chunk
	After  uint32           // how many findings come before one on it
	Column uint16           // CSV: as in a Finding
	Worst  partner.Severity // of the findings on this row; 0 is none
	Field  partner.Field    // of a profile; 0 in a contact
}

// Path is that of a finding on the mailbox.
func (m Mailbox) Path() string {
	if m.Field == 0 {
		return "/email"
	}
	return m.Field.String()
}

// seed makes the hashes of each run differ, so that nobody can write a file
// whose mailboxes have one hash.
var seed = maphash.MakeSeed()

// remember adds the mailbox of a row, if mail can be sent to it.
func (o Options) remember(res *Result, m Mailbox, email string, found partner.Findings) {
	if o.Advice == HideAdvice {
		return
	}
	for _, f := range found {
		if f.Severity != partner.SeverityAdvice && strings.HasPrefix(string(f.Code), "email.") && f.Path == m.Path() {
			return
		}
	}
	after := len(res.Findings)
	for m.Worst != 0 && after > 0 && res.Findings[after-1].Row == res.Rows && isPhone(res.Findings[after-1].Path) {
		after--
	}
	m.Hash, m.Row, m.After = hash(email), uint32(res.Rows), uint32(after)
	res.Mailboxes = append(res.Mailboxes, m)
}

// isPhone reports whether a finding is on the field after the address.
func isPhone(path string) bool { return path == "/phoneNumber" || path == contactPath+"/phoneNumber" }

func hash(email string) uint64 {
	for i := range len(email) {
		if c := email[i]; c <= ' ' || c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			email = strings.ToLower(partner.NormalizeEmail(email))
			break
		}
	}
	return maphash.String(seed, email)
}
