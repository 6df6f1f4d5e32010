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
	// filterBits are the bits of a hash that name a bit of the filter.
	filterBits = 20
)

// Finder finds the duplicates of one file. Make it with New.
type Finder struct {
	advice row.Advice
	place  func(place int) string // what is said of a place
	byRow  bool
	few    map[uint64]uint32
	table  []uint64
	filter []uint64 // a bit for each mailbox in the table
	size   int
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
		first, known := f.first(m.Hash, min(place, mostPlace))
		if !known {
			res.Forgotten++
		}
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

// first returns the place at which the mailbox with the hash stood first. If
// this is the first, it is 0. Known reports whether the mailbox is remembered.
func (f *Finder) first(hash uint64, place uint32) (first uint32, known bool) {
	if f.table == nil {
		if first, ok := f.few[hash]; ok {
			return first, true
		}
		if f.few[hash] = place; len(f.few) > few {
			f.grow()
		}
		return 0, true
	}
	if !f.isNew(hash) {
		if s := f.table[f.slot(hash)]; s != 0 {
			return uint32(s & mostPlace), true
		}
	}
	if f.size == Most {
		return 0, false
	}
	f.put(hash, place)
	return 0, true
}

// isNew reports whether no mailbox in the table has the hash. It looks at a
// small part of memory, and does not know of all.
func (f *Finder) isNew(hash uint64) bool {
	bit := hash >> (64 - filterBits)
	return f.filter[bit/64]&(1<<(bit%64)) == 0
}

// put remembers a mailbox.
func (f *Finder) put(hash uint64, place uint32) {
	f.table[f.slot(hash)] = hash&^mostPlace | uint64(place)
	bit := hash >> (64 - filterBits)
	f.filter[bit/64] |= 1 << (bit % 64)
	f.size++
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
	f.table, f.filter = make([]uint64, slots), make([]uint64, 1<<filterBits/64)
	for hash, place := range f.few {
		f.put(hash, place)
	}
	f.few = nil
}
