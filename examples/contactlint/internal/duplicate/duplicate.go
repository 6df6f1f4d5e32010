// Package duplicate finds mailboxes that stand in a file before. It remembers
// hashes alone, and only so many, so that its memory does not grow with the
// file.
package duplicate

import (
	"strconv"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// Most is how many mailboxes of a file are remembered. They take 2 MiB. Later
// ones are compared with them, and not with one another.
const Most = 1 << 17

// few is how many are kept in a map, which is smaller. The table starts when
// there are more.
const few = 1 << 12

// A slot of the table holds the upper bits of a hash, and a place in the lower
// ones. Which slot it is tells the lower bits of the hash. That two mailboxes
// have the same hash happens once in some billion rows.
const (
	slots     = 2 * Most
	placeBits = 28
	mostPlace = 1<<placeBits - 1
)

// Finder finds the duplicates of one file. Make it with New.
type Finder struct {
	advice row.Advice
	place  func(place int) string // what is said of a place
	byRow  bool
	few    map[uint64]uint32
	table  []uint64
	size   int
	lost   int
	merged []row.Finding
}

// New returns a Finder. Element names a row by its number, the first being 1.
// If it is nil, the line names a row.
func New(advice row.Advice, element func(row int) string) *Finder {
	f := &Finder{advice: advice, few: map[uint64]uint32{}, byRow: element != nil}
	f.place = func(row int) string { return "at " + element(row) }
	if element == nil {
		f.place = func(line int) string { return "in line " + strconv.Itoa(line) }
	}
	return f
}

// Add adds to res what it finds. The chunks come in the order of the file.
func (f *Finder) Add(res *row.Result) {
	f.merged = f.merged[:0]
	done := 0
	for i := range res.Mailboxes {
		m := &res.Mailboxes[i]
		place := m.Line
		if f.byRow {
			place = m.Row
		}
		first := f.first(m.Hash, min(place, mostPlace))
		if first == 0 {
			continue
		}
		at := row.Finding{Finding: row.Advise(m.Path(), row.CodeDuplicate), Line: int(m.Line), Row: int(m.Row)}
		at.Column = int(m.Column)
		at.Message = "The same mailbox stands " + f.place(int(first)) + " already."
		if len(res.Pointers) > 0 {
			at.Pointer = res.Pointers[i]
		}
		if f.advice == row.AdviceFails {
			at.Severity = partner.SeverityError
		}
		f.merged = append(append(f.merged, res.Findings[done:m.After]...), at)
		done = int(m.After)
		res.Raise(m.Worst, at.Severity)
	}
	if len(f.merged) > 0 {
		f.merged = append(f.merged, res.Findings[done:]...)
		res.Findings, f.merged = f.merged, res.Findings
	}
}

// Lost returns how many mailboxes were not remembered.
func (f *Finder) Lost() int { return f.lost }

// first returns the place at which the mailbox with the hash stood first. If
// this is the first, it is remembered, and 0 is returned.
func (f *Finder) first(hash uint64, place uint32) uint32 {
	if f.table == nil {
		if first, ok := f.few[hash]; ok {
			return first
		}
		if f.few[hash] = place; len(f.few) > few {
			f.grow()
		}
		return 0
	}
	i := f.slot(hash)
	if s := f.table[i]; s != 0 {
		return uint32(s & mostPlace)
	}
	if f.size == Most {
		f.lost++
		return 0
	}
	f.table[i] = hash&^mostPlace | uint64(place)
	f.size++
	return 0
}

// slot returns where a hash is in the table, or would be.
func (f *Finder) slot(hash uint64) int {
	i := int(hash % slots)
	for f.table[i] != 0 && (f.table[i]^hash)>>placeBits != 0 {
		i = (i + 1) % slots
	}
	return i
}

// grow moves what is in the map to the table.
func (f *Finder) grow() {
	f.table, f.size = make([]uint64, slots), len(f.few)
	for hash, place := range f.few {
		f.table[f.slot(hash)] = hash&^mostPlace | uint64(place)
	}
	f.few = nil
}
