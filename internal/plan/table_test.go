package plan

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// to returns the state that digit leads to from state.
func to(state int, digit byte) int { return int(next(world, uint(state*rowSteps), digit) / rowSteps) }

// markOf returns the mark of state.
func markOf(state int) byte { return mark(world, uint(state*rowSteps)) }

// ways returns the first digits, by length and then by value, that lead to each state.
func ways() []string {
	ways, found := make([]string, worldStates), make([]bool, worldStates)
	found[0] = true
	for queue := []int{0}; len(queue) > 0; queue = queue[1:] {
		for digit := range byte(10) {
			state := to(queue[0], digit)
			if !found[state] {
				found[state] = true
				ways[state] = ways[queue[0]] + string('0'+rune(digit))
				queue = append(queue, state)
			}
		}
	}
	return ways
}

// tails returns, for each state, digits that lead on from it to a number in use, or "" where there are none.
func tails() []string {
	tails := make([]string, worldStates)
	for changed := true; changed; {
		changed = false
		for state := range worldStates {
			for digit := range byte(10) {
				after := to(state, digit)
				inUse := Verdict(markOf(after)&^codeEnds) > Unassigned
				if tails[state] == "" && (inUse || tails[after] != "") {
					changed = true
					tails[state] = string('0'+rune(digit)) + tails[after]
				}
			}
		}
	}
	return tails
}

// One number ends with each step of the automaton. Where it is not possible yet, one more goes on from there to a number in
// use, if any. The library must agree with both.
func TestEveryStep(t *testing.T) {
	t.Parallel()
	ways, tails := ways(), tails()
	for state := range worldStates {
		for digit := range byte(10) {
			digits := ways[state] + string('0'+rune(digit))
			require.Equal(t, Ask(digits), judge(digits), "+%s", digits)
			if tail := tails[to(state, digit)]; tail != "" && judge(digits) == Impossible {
				require.Equal(t, Ask(digits+tail), judge(digits+tail), "+%s", digits+tail)
			}
		}
	}
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

// The table is as small as it can be: every state is reached, and no two are alike.
func TestSmallest(t *testing.T) {
	t.Parallel()
	require.Len(t, world, worldStates*(rowSize+1))
	assert.Less(t, len(world), 200<<10, "every program carries it")
	for state, way := range ways()[1:] {
		assert.NotEmpty(t, way, "state %d", state+1)
	}
	alike := make(map[string]int, worldStates)
	for state := range worldStates {
		s := world[state*rowSize:][:rowSize] + string(rune(markOf(state)))
		other, ok := alike[s]
		assert.False(t, ok, "states %d and %d", other, state)
		alike[s] = state
	}
}
