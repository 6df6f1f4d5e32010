package dialplan

import (
	"fmt"
	"regexp/syntax"
	"slices"
)

// Patterns are regular expressions matched side by side, each against all
// digits from the first to the last. They are the instructions that package
// regexp/syntax makes of each, one after the other.
//
// A set of instructions says how far each pattern is. It is sorted and holds
// only instructions that read a digit, and ends.
type Patterns struct {
	code  []syntax.Inst
	Start []uint32 // the set before the first digit
}

// NewPatterns compiles expressions. A condition that is not about a digit, such
// as an anchor, is an error.
func NewPatterns(expressions []string) (*Patterns, error) {
	p := new(Patterns)
	slices.Sort(expressions)
	for _, e := range slices.Compact(expressions) {
		if err := p.add(e); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// add adds a pattern.
func (p *Patterns) add(expression string) error {
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
	p.Start = p.follow(p.Start, first+uint32(prog.Start))
	slices.Sort(p.Start)
	return nil
}

// follow adds to set what the instruction at leads to without a digit.
func (p *Patterns) follow(set []uint32, at uint32) []uint32 {
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

// Step returns where digit leads from set.
func (p *Patterns) Step(set []uint32, digit int) (next []uint32) {
	for _, at := range set {
		if in := &p.code[at]; in.Op != syntax.InstMatch && in.MatchRune('0'+rune(digit)) {
			next = p.follow(next, in.Out)
		}
	}
	slices.Sort(next)
	return slices.Compact(next)
}

// Matched returns the ends of the patterns that match what led to set.
func (p *Patterns) Matched(set []uint32) (ends []uint32) {
	for _, at := range set {
		if p.code[at].Op == syntax.InstMatch {
			ends = append(ends, at)
		}
	}
	return ends
}

// Begin reports whether some digits that a pattern matches begin with digits.
func (p *Patterns) Begin(digits string) bool {
	set := p.Start
	for i := range len(digits) {
		set = p.Step(set, int(digits[i]-'0'))
	}
	return len(set) > 0
}
