package dialplan

import (
	"fmt"
	"regexp/syntax"
	"slices"
)

// A form is one of the ways to match a regular expression over digits: what may
// stand in each place, and which places the groups of the expression take.
type form struct {
	places []places
	groups map[int]span
	ends   bool // no digit may follow
}

// places is a set of digits, one bit for each.
type places uint16

// span is a part of a form, from its first place to the one behind the last.
type span struct{ start, end int }

// maxForms is far more than any plan has: those of Argentina are about 600.
const maxForms = 10_000

// formsOf returns all forms of a regular expression, in the order in which
// package regexp prefers them. An expression that has no longest match is an
// error.
func formsOf(expression string) ([]form, error) {
	tree, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return nil, err
	}
	forms, err := expand(tree)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", expression, err)
	}
	return forms, nil
}

func expand(tree *syntax.Regexp) (forms []form, err error) {
	switch tree.Op {
	case syntax.OpEmptyMatch:
		return []form{{}}, nil
	case syntax.OpEndText:
		return []form{{ends: true}}, nil
	case syntax.OpLiteral, syntax.OpCharClass:
		return []form{{places: placesOf(tree)}}, nil
	case syntax.OpQuest:
		return repeat(tree.Sub[0], 0, 1)
	case syntax.OpRepeat:
		return repeat(tree.Sub[0], tree.Min, tree.Max)
	case syntax.OpCapture:
		forms, err = expand(tree.Sub[0])
		for i, f := range forms {
			forms[i] = f.behind(form{groups: map[int]span{tree.Cap: {0, len(f.places)}}})
		}
		return forms, err
	case syntax.OpAlternate:
		for _, sub := range tree.Sub {
			more, err := expand(sub)
			if err != nil {
				return nil, err
			}
			forms = append(forms, more...)
		}
		return forms, nil
	case syntax.OpConcat:
		forms = []form{{}}
		for _, sub := range tree.Sub {
			next, err := expand(sub)
			if err != nil {
				return nil, err
			}
			if forms, err = concat(forms, next); err != nil {
				return nil, err
			}
		}
		return forms, nil
	}
	return nil, fmt.Errorf("%s is no list of prefixes", tree.Op)
}

// placesOf returns the digits of a literal, or of a class of characters.
func placesOf(tree *syntax.Regexp) (all []places) {
	if tree.Op == syntax.OpLiteral {
		for _, r := range tree.Rune {
			all = append(all, digitsBetween(r, r))
		}
		return all
	}
	var class places
	for i := 0; i < len(tree.Rune); i += 2 {
		class |= digitsBetween(tree.Rune[i], tree.Rune[i+1])
	}
	return []places{class}
}

func digitsBetween(low, high rune) (set places) {
	for d := range 10 {
		if r := rune('0' + d); low <= r && r <= high {
			set |= 1 << d
		}
	}
	return set
}

// repeat returns the forms of tree, from most times to least.
func repeat(tree *syntax.Regexp, least, most int) (forms []form, err error) {
	if most < 0 {
		return nil, fmt.Errorf("%s has no longest match", tree)
	}
	once, err := expand(tree)
	if err != nil {
		return nil, err
	}
	times := []form{{}}
	for n := 0; n <= most; n++ {
		if n >= least {
			forms = append(slices.Clone(times), forms...)
		}
		if times, err = concat(times, once); err != nil {
			return nil, err
		}
	}
	return forms, nil
}

// concat returns each of first with each of second behind it.
func concat(first, second []form) (forms []form, err error) {
	if len(first)*len(second) > maxForms {
		return nil, fmt.Errorf("over %d forms", maxForms)
	}
	for _, f := range first {
		for _, s := range second {
			forms = append(forms, s.behind(f))
		}
	}
	return forms, nil
}

// behind returns first and f as one form.
func (f form) behind(first form) form {
	joined := form{slices.Concat(first.places, f.places), make(map[int]span), first.ends || f.ends}
	for group, s := range first.groups {
		joined.groups[group] = s
	}
	for group, s := range f.groups {
		joined.groups[group] = span{s.start + len(first.places), s.end + len(first.places)}
	}
	return joined
}

// matches reports whether digits are of the form, all of them.
func (f form) matches(digits string) bool {
	if len(digits) != len(f.places) {
		return false
	}
	for i, set := range f.places {
		if set>>(digits[i]-'0')&1 == 0 {
			return false
		}
	}
	return true
}

// expression returns a regular expression that matches what f matches.
func (f form) expression() string {
	var text []byte
	for _, set := range f.places {
		text = append(text, '[')
		for d := range 10 {
			if set>>d&1 != 0 {
				text = append(text, '0'+byte(d))
			}
		}
		text = append(text, ']')
	}
	return string(text)
}
