package dialplan

import (
	_ "embed" // world.table
	"encoding/binary"
)

// world is the automaton, in four parts:
//
//   - a row for each state: the ten states that a digit leads to, each as where
//     its own row begins. That is a little-endian number of steps, which saves
//     a multiplication for each digit;
//   - a mark for each state, one byte;
//   - the ends of each open state, eight bytes;
//   - the state to which each of the first three digits of a number lead, by
//     their value, as in a row. It saves two steps of most numbers.
//
// A state is open if it does not matter which digits follow, but only how many.
// Most numbers reach one half-way, behind their area code, and are read no
// further. The open states are the last ones. Half a byte of their ends stands
// for each number of digits that may follow, none first. It is the outcome.
//
//go:embed world.table
var world string

const (
	rowSize  = 10 * 2
	step     = 4 // so that the last row, too, is within 16 bits
	rowSteps = rowSize / step
	endsSize = 8

	firstMark = worldStates * rowSize
	firstEnds = firstMark + worldStates
	firstJump = firstEnds + (worldStates-worldOpen)*endsSize
	openRow   = worldOpen * rowSteps // of the first open state
)

// dead is the row from which nothing leads away. No number begins with 0, and
// so it is the first open one that is reached from the start.
const dead = openRow

// The mark of a number's state. What it says of the number is the outcome.
const (
	codeEnds    = 0x80 // the digits are a calling code
	outcomeBits = 4
	maxOutcome  = 1<<outcomeBits - 1
	bare        = 0x08 // see WrittenBare
	maxVerdict  = 0x07
	numberStart = 0
	jumpDigits  = 3 // those of a jump
)

// The mark of a state of prefixes: Kinds, and above them an index of rewrites.
const (
	kindBits = 4
	maxKinds = 1<<kindBits - 1
)

// MaxStates is how many states a table has room for.
const MaxStates = 1 << 16 / rowSteps

// judge is Judge by the table.
func judge[D Digits](digits D) Verdict { return Verdict(outcomeOf(digits) & maxVerdict) }

// writtenBare is WrittenBare by the table.
func writtenBare[D Digits](digits D) bool { return outcomeOf(digits)&bare != 0 }

// outcomeOf returns that of a number, whose digits stand behind a "+".
func outcomeOf[D Digits](digits D) byte {
	if len(digits) < jumpDigits {
		return outcome(numberStart, digits)
	}
	return outcome(jump(world, digits[0], digits[1], digits[2]), digits[jumpDigits:])
}

// jump returns the row to which the first digits of a number lead.
func jump(table string, first, second, third byte) uint16 {
	return at(table, firstJump+2*(100*uint(first-'0')+10*uint(second-'0')+uint(third-'0')))
}

// outcome returns that of the number that digits lead to from row. There must
// be nothing but digits.
func outcome[D Digits](row uint16, digits D) byte {
	table := world
	for i := range len(digits) {
		if uint(row) >= openRow {
			return outcomeOpen(table, row, uint(len(digits)-i))
		}
		row = next(table, row, digits[i]-'0')
	}
	return mark(table, row) & maxOutcome
}

// outcomeOpen returns that of the number to which more digits lead from the row
// of an open state.
func outcomeOpen(table string, row uint16, more uint) byte {
	if more > MaxDigits {
		return 0
	}
	two := table[firstEnds+uint(row-openRow)/rowSteps*endsSize+more/2]
	return two >> (more % 2 * outcomeBits) & maxOutcome
}

// codeLen is CodeLen by the table.
func codeLen[D Digits](digits D) int {
	table, row := world, uint16(numberStart)
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
func rowOf(state uint16) uint16 { return state * rowSteps }

// next returns the row that digit leads to from row.
func next(table string, row uint16, digit byte) uint16 {
	return at(table, uint(row)*step+uint(digit)*2)
}

// at returns the row that stands at i.
func at(table string, i uint) uint16 {
	_ = table[i+1] // one check of the bounds, and one load
	return uint16(table[i]) | uint16(table[i+1])<<8
}

// mark returns the byte of the state whose row is row.
func mark(table string, row uint16) byte { return table[firstMark+uint(row)/rowSteps] }

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

// Encode returns states as the bytes of a table. The first is the start of a
// number, and those from the index open on are open. There may be MaxStates of
// them.
func Encode(states []State, open int) []byte {
	bytes := make([]byte, 0, len(states)*(rowSize+1+endsSize))
	for _, s := range states {
		for _, state := range s.Next {
			bytes = binary.LittleEndian.AppendUint16(bytes, state*rowSteps)
		}
	}
	for _, s := range states {
		bytes = append(bytes, s.Mark)
	}
	for _, s := range states[open:] {
		var ends uint64
		for n := range MaxDigits + 1 {
			ends |= uint64(s.Mark&maxOutcome) << (n * outcomeBits)
			s = states[s.Next[0]]
		}
		bytes = binary.LittleEndian.AppendUint64(bytes, ends)
	}
	for n := range 1000 {
		state := states[numberStart].Next[n/100]
		state = states[state].Next[n/10%10]
		bytes = binary.LittleEndian.AppendUint16(bytes, states[state].Next[n%10]*rowSteps)
	}
	return bytes
}
