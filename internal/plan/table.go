package plan

import (
	_ "embed" // world.table
	"encoding/binary"
)

// world is the automaton: the rows of its states, and after them one byte for
// each state, its mark. A row is the ten states that a digit leads to, each as
// where its own row begins. That is a little-endian number of steps, which
// saves a multiplication for each digit.
//
//go:embed world.table
var world string

const (
	rowSize  = 10 * 2
	step     = 4 // so that the last row, too, is within 16 bits
	rowSteps = rowSize / step
)

// dead is the row from which nothing leads away. No number begins with 0, and
// so it is the first that is reached from the start.
const dead = 1 * rowSteps

// The mark of a number's state.
const (
	codeEnds    = 0x80 // the digits are a calling code
	bare        = 0x40 // see WrittenBare
	maxVerdict  = 0x07
	numberStart = 0
)

// The mark of a state of prefixes: Kinds, and above them an index of rewrites.
const (
	kindBits = 4
	maxKinds = 1<<kindBits - 1
)

// MaxStates is how many states a table has room for.
const MaxStates = 1 << 16 / rowSteps

// judge is Judge by the table.
func judge(digits string) Verdict { return verdictAt(follow(numberStart, digits)) }

// writtenBare is WrittenBare by the table.
func writtenBare(digits string) bool { return mark(world, follow(numberStart, digits))&bare != 0 }

// follow returns the row that digits lead to from row.
func follow(row uint, digits string) uint {
	table := world
	for i := range len(digits) {
		digit := digits[i] - '0'
		if digit > 9 || row == dead {
			return dead
		}
		row = next(table, row, digit)
	}
	return row
}

// verdictAt returns the verdict on the numbers that lead to row.
func verdictAt(row uint) Verdict { return Verdict(mark(world, row) & maxVerdict) }

// codeLen is CodeLen by the table.
func codeLen(digits string) int {
	table, row := world, uint(numberStart)
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

// rowOf returns the row of a state.
func rowOf(state uint16) uint { return uint(state) * rowSteps }

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
	Next [10]uint16 // by digit
	Mark byte       // see NumberMark and PrefixMark
}

// NumberMark returns the mark of the state that a number leads to.
func NumberMark(verdict Verdict, isCode, isBare bool) byte {
	m := byte(verdict)
	if isCode {
		m |= codeEnds
	}
	if isBare {
		m |= bare
	}
	return m
}

// PrefixMark returns the mark of the state that a prefix leads to. The index is
// that of its Rewrite, 0 being none.
func PrefixMark(kinds Kinds, rewrite int) byte { return byte(kinds) | byte(rewrite<<kindBits) }

// MaxRewrites is how many there can be, none included.
const MaxRewrites = 1 << (8 - kindBits)

// Encode returns states, the first of which is the start, as the bytes of a
// table. There may be MaxStates of them.
func Encode(states []State) []byte {
	bytes := make([]byte, 0, len(states)*(rowSize+1))
	for _, s := range states {
		for _, state := range s.Next {
			bytes = binary.LittleEndian.AppendUint16(bytes, state*rowSteps)
		}
	}
	for _, s := range states {
		bytes = append(bytes, s.Mark)
	}
	return bytes
}
