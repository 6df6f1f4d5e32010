// Package dialplan knows the numbering plans of the world.
//
// It answers two kinds of questions:
//
//   - Of the digits after a "+": what do the plans say of this number?
//     See [Judge], [CodeLen] and [WrittenBare].
//   - Of the digits that somebody dials in a region: what can stand in front
//     of the number? See [Lookup] and [Region.Prefixes].
//
// # The table
//
// The rules come from [github.com/nyaruka/phonenumbers], which keeps them as
// some 3,500 regular expressions. Here they are compiled to the smallest
// automaton over digits that gives the same answers. Each digit leads from one
// state to another. The last state holds the answer. Numbers start at state 0,
// and what is dialled in a region starts at the state of the region.
//
// The states are the file world.table. It is read where the program was loaded:
// nothing is unpacked, built or allocated, and importing costs nothing. [Ask]
// puts the same question to the library. That takes several hundred times as
// long, and what it answers is right by definition.
//
// The table is written by the command in gen. A test makes it again and
// compares. Others compare it with the library: for a number through each step
// of the automaton, for the examples of the plans, and for random numbers:
//
//	go test ./internal/dialplan -run TestJudgeRandom -v -numbers 2000000
//
// # Another version of phonenumbers
//
// When phonenumbers changes in go.mod, run
//
//	go generate ./internal/...
//
// and commit world.table and world.go with it.
//
// A program may link another version than that of the table, or one that cannot
// be told (see [Linked]). Then every answer comes from the library: the plans
// are those that the host chose, at the library's speed.
package dialplan

//go:generate go run ./gen

// Verdict says what the numbering plans know of a number.
type Verdict uint8

// What a number can be. The zero value is the strictest. It is for
//
//   - an unknown calling code;
//   - a length that the calling code does not use, or over 15 digits;
//   - a short or emergency number;
//   - a national prefix after the calling code, as in +49 0, where no valid
//     number begins so;
//   - a North American area or exchange code that begins with 0 or 1.
//
// A number in a known range is Impossible only by its length.
const (
	Impossible  Verdict = iota
	Unassigned          // possible, but in no known range
	Valid               // in a range that is neither of these:
	PremiumRate         // the caller pays extra
	NotALine            // a pager or a voicemail box
)

// Limits of what follows a "+".
const (
	MaxDigits  = 15 // of E.164: some countries have longer numbers, which cannot be dialled from abroad
	MaxCodeLen = 3  // of a calling code
)

// NorthAmerica is the calling code of the North American plan.
const NorthAmerica = "1"

// Digits are ASCII digits, in a string or still in the buffer of a reader.
type Digits interface{ string | []byte }

// Judge returns the verdict on digits, the ASCII digits after a "+", exactly as
// they stand. Nothing is left out. There must be nothing but digits: it does
// not look for anything else.
func Judge[D Digits](digits D) Verdict {
	if !isCurrent() {
		return Ask(string(digits))
	}
	return judge(digits)
}

// CodeLen returns how many of digits, those after a "+", are the calling code:
// 1 to MaxCodeLen, or 0 where none is known.
func CodeLen[D Digits](digits D) int {
	if !isCurrent() {
		return askCodeLen(string(digits))
	}
	return codeLen(digits)
}

// WrittenBare reports whether a valid number, the digits after a "+", is
// written without a national prefix in its own country.
//
// It may be asked only where the region has such a prefix, and the number is
// shorter than the longest fixed-line number there: for others the table does
// not know.
func WrittenBare[D Digits](digits D) bool {
	if !isCurrent() {
		return AskWrittenBare(string(digits))
	}
	return writtenBare(digits)
}
