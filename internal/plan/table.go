package plan

import (
	_ "embed" // world.table
	"encoding/binary"
)

// world is the automaton of all calling codes: the rows of its states, and after them one byte for each state, its verdict and
// codeEnds. A row is the ten states that a digit leads to, each as where its own row begins: a little-endian number of steps,
// which saves a multiplication for each digit. State 0 is the start.
//
//go:embed world.table
var world string

const (
	rowSize  = 10 * 2
	step     = 4 // so that the last row, too, is within 16 bits
	rowSteps = rowSize / step
	codeEnds = 0x80
)

// MaxStates is how many states a table has room for.
const MaxStates = 1 << 16 / rowSteps

// judge is Judge by the table.
func judge(digits string) Verdict {
	table, row := world, uint(0)
	for i := range len(digits) {
		digit := digits[i] - '0'
		if digit > 9 {
			return Impossible
		}
		row = next(table, row, digit)
	}
	return Verdict(mark(table, row) &^ codeEnds)
}

// codeLen is CodeLen by the table.
func codeLen(digits string) int {
	table, row := world, uint(0)
	for i := range min(MaxCodeLen, len(digits)) {
		digit := digits[i] - '0'
		if digit > 9 {
			return 0
		}
		row = next(table, row, digit)
		if mark(table, row)&codeEnds != 0 {
			return i + 1
		}
	}
	return 0
}

// next returns the row that digit leads to from row.
func next(table string, row uint, digit byte) uint {
	at := row*step + uint(digit)*2
	_ = table[at+1] // one check of the bounds, and one load
	return uint(table[at]) | uint(table[at+1])<<8
}

// mark returns the byte of the state whose row is row.
func mark(table string, row uint) byte { return table[worldStates*rowSize+row/rowSteps] }

// A State is one of an automaton that Encode writes as a table.
type State struct {
	Next     [10]uint16 // by digit
	Verdict  Verdict    // on the digits that lead here
	CodeEnds bool       // these digits are a calling code
}

// Encode returns states, the first of which is the start, as the bytes of a table. There may be MaxStates of them.
func Encode(states []State) []byte {
	bytes := make([]byte, 0, len(states)*(rowSize+1))
	for _, s := range states {
		for _, state := range s.Next {
			bytes = binary.LittleEndian.AppendUint16(bytes, state*rowSteps)
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
