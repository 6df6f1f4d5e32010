package dialplan

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"testing"
	"unsafe"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/race"
)

// to returns the state that digit leads to from state.
func to(state int, digit byte) int { return int(next(world, uint16(state*rowSteps), digit) / rowSteps) }

// markOf returns the mark of state.
func markOf(state int) byte { return mark(world, uint16(state*rowSteps)) }

// prefixes returns what digits, dialled in r, can begin with.
func prefixes(r *Region, digits string) (p Prefixes) {
	r.Prefixes([]byte(digits), &p)
	return p
}

// follow returns the state that digits lead to from state.
func follow(state int, digits string) int {
	for i := range len(digits) {
		state = to(state, digits[i]-'0')
	}
	return state
}

// ways returns each state that is reached from start, with the first digits, by
// length and then by value, that lead there.
func ways(start int) map[int]string {
	ways := map[int]string{start: ""}
	for queue := []int{start}; len(queue) > 0; queue = queue[1:] {
		for digit := range byte(10) {
			state := to(queue[0], digit)
			if _, found := ways[state]; !found {
				ways[state] = ways[queue[0]] + string('0'+rune(digit))
				queue = append(queue, state)
			}
		}
	}
	return ways
}

// tails returns digits that lead on from each of states to a number in use, if
// there are some.
func tails(states map[int]string) map[int]string {
	tails := make(map[int]string)
	for changed := true; changed; {
		changed = false
		for state := range states {
			for digit := range byte(10) {
				after := to(state, digit)
				inUse := Verdict(markOf(after)&maxVerdict) > Unassigned
				if tails[state] == "" && (inUse || tails[after] != "") {
					changed = true
					tails[state] = string('0'+rune(digit)) + tails[after]
				}
			}
		}
	}
	return tails
}

// One number ends with each step of the automaton. Where it is not possible
// yet, one more goes on from there to a number in use, if any. The library must
// agree with both.
func TestEveryStep(t *testing.T) {
	t.Parallel()
	ways := ways(0)
	tails := tails(ways)
	require.Greater(t, len(ways), 5000)
	for state, way := range ways {
		if state%race.Every != 0 {
			continue
		}
		for digit := range byte(10) {
			digits := way + string('0'+rune(digit))
			require.Equal(t, Ask(digits), judge(digits), "+%s", digits)
			if tail := tails[to(state, digit)]; tail != "" && judge(digits) == Impossible {
				require.Equal(t, Ask(digits+tail), judge(digits+tail), "+%s", digits+tail)
			}
		}
	}
}

// A number in each state that a valid one leads to is written as the library
// writes it.
func TestEveryWrittenForm(t *testing.T) {
	t.Parallel()
	bare, prefixed := 0, 0
	for _, id := range regionIDs(t) {
		r := Lookup(id)
		for _, way := range ways(int(r.numbers)) {
			number := r.Code + way
			if !r.HasPrefix || len(way) >= int(r.LongestFixed) || judge(number) < Valid {
				continue // never asked
			}
			require.Equal(t, AskWrittenBare(number), writtenBare(number), "+%s", number)
			if writtenBare(number) {
				bare++
			} else {
				prefixed++
			}
		}
	}
	assert.Greater(t, bare, 20)
	assert.Greater(t, prefixed, 100)
}

// regionIDs returns the regions that the library knows.
func regionIDs(t *testing.T) []string {
	t.Helper()
	ids := slices.Sorted(maps.Keys(phonenumbers.GetSupportedRegions()))
	require.Greater(t, len(ids), 240)
	return ids
}

func TestEveryRegion(t *testing.T) {
	t.Parallel()
	known := phonenumbers.GetSupportedRegions()
	for first := byte('A'); first <= 'Z'; first++ {
		for second := byte('A'); second <= 'Z'; second++ {
			id := string([]byte{first, second})
			r, asked := Lookup(id), AskRegion(id)
			require.Equal(t, known[id], r != nil, id)
			require.Equal(t, known[id], asked != nil, id)
			if known[id] {
				require.Equal(t, asked.Code, r.Code, id)
				require.Equal(t, asked.HasPrefix, r.HasPrefix, id)
				require.Equal(t, asked.LongestFixed, r.LongestFixed, id)
				require.Equal(t, strconv.Itoa(phonenumbers.GetCountryCodeForRegion(id)), r.Code, id)
				require.Equal(t, phonenumbers.GetNddPrefixForRegion(id, false) != "", r.HasPrefix, id)
			}
		}
	}
}

// What is dialled ends with each step of a region's automaton: the library must
// agree.
func TestEveryPrefix(t *testing.T) {
	t.Parallel()
	steps := 0
	for _, id := range regionIDs(t) {
		table := Lookup(id)
		library := AskRegion(id)
		for state, way := range ways(int(table.prefixes)) {
			if state*rowSteps == dead || state%race.Every != 0 {
				continue
			}
			for digit := range byte(10) {
				steps++
				digits := way + string('0'+rune(digit))
				got, want := prefixes(table, digits), prefixes(library, digits)
				require.Equal(t, want, got, "%s: %s", id, digits)
			}
		}
	}
	assert.Greater(t, steps*race.Every, 20_000)
}

func TestEveryCallingCode(t *testing.T) {
	t.Parallel()
	codes := 0
	for length := range 5 {
		for i, end := 0, pow10(length); i < end; i++ {
			digits := fmt.Sprintf("%0*d", length, i)[:length]
			require.Equal(t, askCodeLen(digits), codeLen(digits), "+%s", digits)
			if codeLen(digits) == length {
				codes++
			}
		}
	}
	assert.Greater(t, codes, 200)
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

// The table is as small as it can be: every state is reached, and no two are
// alike.
func TestSmallest(t *testing.T) {
	t.Parallel()
	require.Len(t, world, worldStates*(rowSize+1)+(worldStates-worldOpen)*endsSize+2*1000)
	assert.Less(t, len(world)+int(unsafe.Sizeof(regions)), 400_000, "every program carries it")
	reached := ways(0)
	for _, id := range regionIDs(t) {
		r := Lookup(id)
		maps.Copy(reached, ways(int(r.prefixes)))
	}
	assert.Len(t, reached, worldStates)
	alike := make(map[string]int, worldStates)
	for state := range worldStates {
		s := world[state*rowSize:][:rowSize] + string(rune(markOf(state)))
		other, ok := alike[s]
		assert.False(t, ok, "states %d and %d", other, state)
		alike[s] = state
	}
}

// A national prefix behind the calling code is Impossible exactly where no
// valid number begins with it.
func TestEveryTrunk(t *testing.T) {
	t.Parallel()
	impossible, begins := 0, 0
	for _, id := range regionIDs(t) {
		trunk := phonenumbers.GetNddPrefixForRegion(id, true)
		if trunk == "" {
			continue
		}
		r := Lookup(id)
		code, _ := strconv.Atoi(r.Code)
		begun := false
		for state := range ways(follow(int(r.numbers), trunk)) {
			begun = begun || Verdict(markOf(state)&maxVerdict) >= Valid
		}
		assert.Equal(t, !begun, slices.Contains(Trunks(code), trunk), id)
		if begun {
			begins++
		} else {
			impossible++
		}
	}
	assert.NotZero(t, begins)
	assert.NotZero(t, impossible)
}

// From the dead state nothing leads away, and nothing is possible there.
func TestDead(t *testing.T) {
	t.Parallel()
	assert.Equal(t, map[int]string{dead / rowSteps: ""}, ways(dead/rowSteps))
	assert.Zero(t, markOf(dead/rowSteps))
}

// Every open state, and no other, leads on in the same way with every digit, to
// a state that is open. Its ends say what a number is there, for each number of
// digits that follow.
func TestOpen(t *testing.T) {
	t.Parallel()
	for state := range worldStates {
		same := true
		for digit := range byte(10) {
			same = same && to(state, digit) == to(state, 0)
		}
		open := state >= worldOpen
		require.Equal(t, same && to(state, 0) >= worldOpen, open, "state %d", state)
		if !open {
			continue
		}
		for n, at := 0, state; n <= MaxDigits+1; n++ {
			got := outcomeOpen(world, uint16(state*rowSteps), uint(n))
			require.Equal(t, markOf(at)&maxOutcome, got, "state %d, and %d digits", state, n)
			at = to(at, 0)
		}
	}
}

// The first digits of a number lead at once to where they lead step by step.
func TestJump(t *testing.T) {
	t.Parallel()
	for n := range 1000 {
		digits := fmt.Sprintf("%03d", n)
		assert.Equal(t, follow(numberStart, digits), int(jump(world, digits[0], digits[1], digits[2])/rowSteps), digits)
	}
}

// Digits have at most one Rewrite, for Prefixes has room for one.
func TestOneRewrite(t *testing.T) {
	t.Parallel()
	rewritten := 0
	for _, id := range regionIDs(t) {
		r := Lookup(id)
		for state := range ways(int(r.prefixes)) {
			if markOf(state)>>kindBits == 0 {
				continue
			}
			rewritten++
			for after := range ways(state) {
				only := after == state || markOf(after)>>kindBits == 0
				assert.True(t, only, "%s: state %d after %d", id, after, state)
			}
		}
	}
	assert.NotZero(t, rewritten)
}
