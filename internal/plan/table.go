package plan

import (
	_ "embed" // world.table
	"encoding/binary"
)

// world is the automaton of all calling codes: the rows of its states, each the ten states that a digit leads to, as
// little-endian numbers; after them one byte for each state, its verdict and codeEnds. State 0 is the start.
//
//go:embed world.table
var world string

const (
	rowSize  = 10 * 2
	codeEnds = 0x80
)

// judge is Judge by the table.
func judge(digits string) Verdict {
	state := 0
	for i := range len(digits) {
		digit := digits[i] - '0'
		if digit > 9 {
			return Impossible
		}
		state = next(state, digit)
	}
	return Verdict(mark(state) &^ codeEnds)
}

// codeLen is CodeLen by the table.
func codeLen(digits string) int {
	state := 0
	for i := range min(MaxCodeLen, len(digits)) {
		digit := digits[i] - '0'
		if digit > 9 {
			return 0
		}
		state = next(state, digit)
		if mark(state)&codeEnds != 0 {
			return i + 1
		}
	}
	return 0
}

func next(state int, digit byte) int {
	at := state*rowSize + int(digit)*2
	return int(world[at]) | int(world[at+1])<<8
}

func mark(state int) byte { return world[worldStates*rowSize+state] }

// A State is one of an automaton that Encode writes as a table.
type State struct {
	Next     [10]uint16 // by digit
	Verdict  Verdict    // on the digits that lead here
	CodeEnds bool       // these digits are a calling code
}

// Encode returns states, the first of which is the start, as the bytes of a table.
func Encode(states []State) []byte {
	bytes := make([]byte, 0, len(states)*(rowSize+1))
	for _, s := range states {
		for _, state := range s.Next {
			bytes = binary.LittleEndian.AppendUint16(bytes, state)
		}
	}
	for _, s := range states {
		mark := byte(s.Verdict)
		if s.CodeEnds {
			mark |= codeEnds
		}
		bytes = append(bytes, mark)
	}
	return bytes
}
