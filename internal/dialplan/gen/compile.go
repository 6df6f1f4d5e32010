package main

import (
	"fmt"
	"slices"

	"github.com/cspkit/partner/internal/dialplan"
)

// A compiler makes the automaton from its ends back to its starts. States with
// the same mark that lead to the same states are one: as the length of a number
// is limited, this gives the smallest automaton there is.
type compiler struct {
	numberings map[string]numbering
	rewrites   []dialplan.Rewrite // the first is none
	states     []dialplan.State
	ids        map[dialplan.State]uint16
}

// dead is the state from which nothing leads away: whatever follows, the number
// is Impossible. It is the first one made.
const dead = 0

// An automaton is what a compiler makes.
type automaton struct {
	states   []dialplan.State   // the first is the start of a number
	open     int                // the first open one: from there on all are
	regions  []uint16           // for each region, where what is dialled there starts, and where its numbers do
	rewrites []dialplan.Rewrite // the first is none
}

// compile returns the automaton of all numberings and all regions.
func compile(numberings map[string]numbering, regions []region) (automaton, error) {
	c := compiler{
		numberings: numberings,
		rewrites:   make([]dialplan.Rewrite, 1),
		states:     make([]dialplan.State, 1),
		ids:        map[dialplan.State]uint16{{}: dead},
	}
	starts := []uint16{c.code("")}
	for _, r := range regions {
		starts = append(starts, c.region(r), c.code(r.Code()))
	}
	switch {
	case len(c.states) > dialplan.MaxStates:
		return automaton{}, fmt.Errorf("%d states, of %d that a table has room for", len(c.states), dialplan.MaxStates)
	case len(c.rewrites) > dialplan.MaxRewrites:
		return automaton{}, fmt.Errorf("%d rewrites, of %d that a mark has room for", len(c.rewrites), dialplan.MaxRewrites)
	}
	states, open, starts := ordered(c.states, starts)
	return automaton{states, open, starts[1:], c.rewrites}, nil
}

// id returns the state that is like s.
func (c *compiler) id(s dialplan.State) uint16 {
	id, ok := c.ids[s]
	if !ok {
		id = uint16(len(c.states))
		c.ids[s] = id
		c.states = append(c.states, s)
	}
	return id
}

// code returns the state after digits that begin a calling code.
func (c *compiler) code(digits string) uint16 {
	if n, ok := c.numberings[digits]; ok {
		w := walk{c, n.Patterns, c.numberMark(n, len(digits)), make(map[position]uint16), make(map[position]byte)}
		return w.state(digits, n.Start)
	}
	var s dialplan.State
	if len(digits) < dialplan.MaxCodeLen {
		for d := range s.Next {
			s.Next[d] = c.code(digits + string(rune('0'+d)))
		}
	}
	return c.id(s)
}

// numberMark returns the marks of a numbering's states.
func (c *compiler) numberMark(n numbering, codeLen int) func(digits string) byte {
	return func(digits string) byte {
		verdict := dialplan.Ask(digits)
		bare := verdict >= dialplan.Valid && len(digits)-codeLen <= n.askBare && dialplan.AskWrittenBare(digits)
		return dialplan.NumberMark(verdict, len(digits) == codeLen, bare)
	}
}

// region returns the state at which what is dialled in r starts.
func (c *compiler) region(r region) uint16 {
	w := walk{c, r.Patterns, c.prefixMark(r), make(map[position]uint16), make(map[position]byte)}
	return w.state("", r.Start)
}

// prefixMark returns the marks of a region's states.
func (c *compiler) prefixMark(r region) func(digits string) byte {
	return func(digits string) byte {
		kinds, rewrite := r.Ask(digits)
		index := slices.Index(c.rewrites, rewrite)
		if index < 0 {
			index = len(c.rewrites)
			c.rewrites = append(c.rewrites, rewrite)
		}
		return dialplan.PrefixMark(kinds, index)
	}
}

// A walk goes through the numbers of one calling code, or what is dialled in
// one region.
type walk struct {
	*compiler
	patterns *dialplan.Patterns
	ask      func(digits string) byte // the mark
	seen     map[position]uint16
	marks    map[position]byte
}

// A position is all that can matter of digits: how many they are, and a set of
// instructions of the patterns.
type position struct {
	length int
	set    string
}

// state returns the state after digits, which lead to set. Its mark is what the
// library says of these very digits. It holds for all that are as many and
// match the same patterns, for the library looks at nothing else.
func (w *walk) state(digits string, set []uint32) uint16 {
	at := position{len(digits), key(set)}
	if id, ok := w.seen[at]; ok {
		return id
	}
	meaning := position{len(digits), key(w.patterns.Matched(set))}
	mark, ok := w.marks[meaning]
	if !ok {
		mark = w.ask(digits)
		w.marks[meaning] = mark
	}
	s := dialplan.State{Mark: mark}
	if len(digits) < dialplan.MaxDigits {
		for d := range s.Next {
			s.Next[d] = w.state(digits+string(rune('0'+d)), w.patterns.Step(set, d))
		}
	}
	id := w.id(s)
	w.seen[at] = id
	return id
}

// key returns set as a string, which a map can have as a key.
func key(set []uint32) string {
	bytes := make([]byte, 0, 3*len(set))
	for _, at := range set {
		bytes = append(bytes, byte(at), byte(at>>8), byte(at>>16))
	}
	return string(bytes)
}

// ordered returns states and starts in the order in which they are reached:
// from one start after the other, by length of the digits, then by digits. The
// open states come last. Open is the first of them.
func ordered(states []dialplan.State, starts []uint16) (inOrder []dialplan.State, open int, startsInOrder []uint16) {
	var closed, opened []uint16
	seen := make(map[uint16]bool)
	for _, start := range starts {
		for queue := []uint16{start}; len(queue) > 0; queue = queue[1:] {
			at := queue[0]
			if seen[at] {
				continue
			}
			seen[at] = true
			if isOpen(states, at) {
				opened = append(opened, at)
			} else {
				closed = append(closed, at)
			}
			queue = append(queue, states[at].Next[:]...)
		}
	}
	number := make(map[uint16]uint16)
	for i, at := range slices.Concat(closed, opened) {
		number[at] = uint16(i)
	}
	for _, at := range slices.Concat(closed, opened) {
		s := states[at]
		for d, next := range s.Next {
			s.Next[d] = number[next]
		}
		inOrder = append(inOrder, s)
	}
	for _, start := range starts {
		startsInOrder = append(startsInOrder, number[start])
	}
	return inOrder, len(closed), startsInOrder
}

// isOpen reports whether it does not matter which digits follow the state, but
// only how many.
func isOpen(states []dialplan.State, at uint16) bool {
	for at != dead {
		next := states[at].Next
		for _, other := range next {
			if other != next[0] {
				return false
			}
		}
		at = next[0]
	}
	return true
}
