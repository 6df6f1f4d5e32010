// Package automaton looks at a text at a few instructions a byte. It tells
// whether the text is like most, so that the full rule need not look at it.
package automaton

// A State is what the bytes so far come to. There are ten at most: the
// multiples of [Size], from 0 on. State 0 is for good: no row leads away.
type State uint64

// Size is the difference of two states that follow each other.
const Size = 6

// A Row says where one byte leads. The state to which it leads from another
// stands in six bits, at the bit that is the other's number. So a step is a
// single shift. Where nothing is said, a row leads to state 0.
type Row uint64

// Lead makes the row lead from each of some states to another. From each of
// them it may lead to one.
func (r *Row) Lead(to State, from ...State) {
	for _, s := range from {
		*r |= Row(to) << s
	}
}

// Mark is a bit of a row that is the user's.
const Mark Row = 1 << 63

// Rows has the row of each byte.
type Rows [256]Row

// Next returns the state to which r leads from s. What stands above it does not
// count: see [State.Plain].
func (s State) Next(r Row) State { return State(r >> (s % 64)) }

// Plain returns the state alone.
func (s State) Plain() State { return s % 64 }

// Walk returns the state to which s leads from at.
func (rows *Rows) Walk(s string, at State) State {
	for i := range len(s) {
		at = at.Next(rows[s[i]])
	}
	return at.Plain()
}
