package main

import (
	"fmt"
	"regexp/syntax"
	"slices"
)

// patterns are regular expressions matched side by side, each against all digits from the first to the last: the
// instructions that package regexp/syntax makes of each, one after the other. A set of them says how far each
// pattern is; it is sorted and holds only instructions that read a digit, and InstMatch.
type patterns struct {
	code  []syntax.Inst
	start []uint32 // the set before the first digit
}

func newPatterns(expressions []string) (*patterns, error) {
	p := new(patterns)
	slices.Sort(expressions)
	for _, e := range slices.Compact(expressions) {
		if err := p.add(e); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// add adds a pattern. An anchor or another condition within it is an error, for it needs more than the digits before.
func (p *patterns) add(expression string) error {
	tree, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return err
	}
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return err
	}
	first := uint32(len(p.code))
	for _, in := range prog.Inst {
		switch in.Op {
		case syntax.InstEmptyWidth:
			return fmt.Errorf("%s: a condition that is not about a digit", expression)
		case syntax.InstAlt, syntax.InstAltMatch:
			in.Arg += first
		}
		in.Out += first
		p.code = append(p.code, in)
	}
	p.start = p.follow(p.start, first+uint32(prog.Start))
	slices.Sort(p.start)
	return nil
}

// follow adds to set what the instruction at leads to without a digit.
func (p *patterns) follow(set []uint32, at uint32) []uint32 {
	seen := []uint32{at}
	for i := 0; i < len(seen); i++ {
		var out []uint32
		switch in := p.code[seen[i]]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			out = []uint32{in.Out, in.Arg}
		case syntax.InstCapture, syntax.InstNop:
			out = []uint32{in.Out}
		case syntax.InstFail:
		default:
			set = append(set, seen[i])
		}
		for _, at := range out {
			if !slices.Contains(seen, at) {
				seen = append(seen, at)
			}
		}
	}
	return set
}

// step returns where digit leads from set.
func (p *patterns) step(set []uint32, digit int) (next []uint32) {
	for _, at := range set {
		if in := &p.code[at]; in.Op != syntax.InstMatch && in.MatchRune('0'+rune(digit)) {
			next = p.follow(next, in.Out)
		}
	}
	slices.Sort(next)
	return slices.Compact(next)
}

// matched returns the ends of the patterns that match what led to set.
func (p *patterns) matched(set []uint32) (ends []uint32) {
	for _, at := range set {
		if p.code[at].Op == syntax.InstMatch {
			ends = append(ends, at)
		}
	}
	return ends
}
