package main

import (
	"fmt"

	"github.com/cspkit/partner/internal/plan"
)

// A compiler makes the automaton from its ends back to its start. States with the same verdict that lead to the same states
// are one: as the length of a number is limited, this gives the smallest automaton there is.
type compiler struct {
	plans  map[string]*patterns
	states []plan.State
	ids    map[plan.State]uint16
}

// dead is the state from which nothing leads away: whatever follows, the number is Impossible. It is the first one made.
const dead = 0

// compile returns the states of the automaton of all plans, the start first.
func compile(plans map[string]*patterns) ([]plan.State, error) {
	c := compiler{plans: plans, states: make([]plan.State, 1), ids: map[plan.State]uint16{{}: dead}}
	start := c.prefix("")
	if len(c.states) > plan.MaxStates {
		return nil, fmt.Errorf("%d states are too many for a table, which has room for %d", len(c.states), plan.MaxStates)
	}
	return fromStart(c.states, start), nil
}

// id returns the state that is like s.
func (c *compiler) id(s plan.State) uint16 {
	id, ok := c.ids[s]
	if !ok {
		id = uint16(len(c.states))
		c.ids[s] = id
		c.states = append(c.states, s)
	}
	return id
}

// prefix returns the state after digits that begin a calling code.
func (c *compiler) prefix(digits string) uint16 {
	if p, ok := c.plans[digits]; ok {
		w := walk{c, p, make(map[position]uint16), make(map[position]plan.Verdict)}
		return w.state(digits, p.start, true)
	}
	var s plan.State
	if len(digits) < plan.MaxCodeLen {
		for d := range s.Next {
			s.Next[d] = c.prefix(digits + string(rune('0'+d)))
		}
	}
	return c.id(s)
}

// A walk goes through the numbers of one calling code.
type walk struct {
	*compiler
	*patterns
	seen     map[position]uint16
	verdicts map[position]plan.Verdict
}

// A position is all that can matter of digits: how many they are, and a set of instructions of the patterns.
type position struct {
	length int
	set    string
}

// state returns the state after digits, which lead to set. Its verdict is what the library says of these very digits, and
// holds for all that are as many and match the same patterns: that is all the library looks at, in whatever order.
func (w *walk) state(digits string, set []uint32, codeEnds bool) uint16 {
	at := position{len(digits), key(set)}
	if id, ok := w.seen[at]; ok {
		return id
	}
	meaning := position{len(digits), key(w.matched(set))}
	verdict, ok := w.verdicts[meaning]
	if !ok {
		verdict = plan.Ask(digits)
		w.verdicts[meaning] = verdict
	}
	s := plan.State{Verdict: verdict, CodeEnds: codeEnds}
	if len(digits) < plan.MaxDigits {
		for d := range s.Next {
			s.Next[d] = w.state(digits+string(rune('0'+d)), w.step(set, d), false)
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

// fromStart returns states in the order in which they are reached from start: by length of the digits, then by digits.
func fromStart(states []plan.State, start uint16) (ordered []plan.State) {
	order := []uint16{start}
	number := map[uint16]uint16{start: 0}
	for i := 0; i < len(order); i++ {
		s := states[order[i]]
		for d, next := range s.Next {
			if _, ok := number[next]; !ok {
				number[next] = uint16(len(order))
				order = append(order, next)
			}
			s.Next[d] = number[next]
		}
		ordered = append(ordered, s)
	}
	return ordered
}
