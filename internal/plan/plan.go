// Package plan knows the numbering plans of the world: what may stand behind the "+" of a telephone number.
//
// # The table
//
// The rules come from [github.com/nyaruka/phonenumbers], which keeps them as some 3,500 regular expressions. Here they are
// compiled, for all calling codes at once, to the smallest automaton over digits that gives the library's answers: from
// state 0 each digit leads to another state, and the last one holds the [Verdict]. Its 7,000 states are the file world.table,
// about 150 kB, which [Judge] reads where the program was loaded: nothing is unpacked, built or allocated, and importing
// costs nothing. [Ask] puts the same question to the library. It takes several hundred times as long, and what it answers
// is right by definition.
//
// The table is written by the command in gen. A test makes it again and compares; others compare Judge with Ask for a number
// through each step of the automaton, for the examples of the numbering plans, and for numbers at random:
//
//	go test ./internal/plan -run TestJudgeRandom -v -numbers 2000000
//
// # Another version of phonenumbers
//
// When phonenumbers changes in go.mod, run
//
//	go generate ./internal/...
//
// and commit world.table and world.go with it. Where a program links another version than that of the table, or one that
// cannot be told (see [Linked]), Judge and CodeLen ask the library: the numbering plans are always those that the host chose,
// at the library's speed.
package plan

//go:generate go run ./gen

// Verdict says what the numbering plans know of a number.
type Verdict uint8

// What a number can be. The zero value is the strictest.
const (
	Impossible  Verdict = iota // unknown calling code, a length its country does not use, over 15 digits, or short or emergency
	Unassigned                 // possible, but in no known range
	Valid                      // in a range that is neither of these:
	PremiumRate                // the caller pays extra
	NotALine                   // a pager or a voicemail box
)

// Limits of what follows a "+".
const (
	MaxDigits  = 15 // of E.164: some countries have longer numbers, which cannot be dialled from abroad
	MaxCodeLen = 3  // of a calling code
)

// Judge returns the verdict on digits, the ASCII digits after a "+", exactly as they stand: a trunk prefix is not left out,
// and anything else in them is Impossible. By the table it does not allocate.
func Judge(digits string) Verdict {
	if !isCurrent() {
		return Ask(digits)
	}
	return judge(digits)
}

// CodeLen returns how many of digits, those after a "+", are the calling code: 1 to MaxCodeLen, or 0 where none is known.
func CodeLen(digits string) int {
	if !isCurrent() {
		return askCodeLen(digits)
	}
	return codeLen(digits)
}
