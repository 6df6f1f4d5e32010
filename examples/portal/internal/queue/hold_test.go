package queue

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const refused = "the mail server refused the sender (550 5.1.0)"

func newHold(now *time.Time) *hold {
	return &hold{
		now: func() time.Time { return *now }, pauses: []time.Duration{time.Minute, 2 * time.Minute},
		log: slog.New(slog.DiscardHandler),
	}
}

// What closes the way for everybody, and what does not.
func TestManyGetTheSameRefusal(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why string
		answers   func(i int) answer
		n         int
		closes    bool
	}{
		{"one in ten is gone", "each of them is", func(i int) answer {
			if i%10 == 0 {
				return answer{fmt.Sprint(i), refused, true}
			}
			return answer{id: fmt.Sprint(i)}
		}, 500, false},
		{"all, but few", "they may all be gone", func(i int) answer { return answer{fmt.Sprint(i), refused, true} },
			manyAtLeast - 1, false},
		{"all", "it is the sender", func(i int) answer { return answer{fmt.Sprint(i), refused, true} }, manyAtLeast, true},
		{"half", "it is the sender", func(i int) answer {
			if i%2 == 0 {
				return answer{id: fmt.Sprint(i)}
			}
			return answer{fmt.Sprint(i), refused, false}
		}, 2 * manyAtLeast, true},
		{"one recipient again and again", "it is one", func(int) answer { return answer{"1", refused, false} }, 500, false},
		{"each another", "they are each their own",
			func(i int) answer { return answer{fmt.Sprint(i), fmt.Sprint(i), true} }, 500, false},
		{"after many that were taken", "what was is no excuse", func(i int) answer {
			if i < 500 {
				return answer{id: fmt.Sprint(i)}
			}
			return answer{fmt.Sprint(i), refused, true}
		}, 500 + window, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			now := time.Unix(0, 0)
			h := newHold(&now)
			for i := range test.n {
				h.tried(test.answers(i))
			}
			assert.Equal(t, test.closes, h.paused(), test.why)
		})
	}
}

func TestARefusalIsToldOnce(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	h := newHold(&now)
	assert.True(t, h.news(refused))
	assert.False(t, h.news(refused))
	assert.True(t, h.news("another"))
	now = now.Add(sayAgain)
	assert.True(t, h.news(refused))
	for i := range 10 * window {
		h.news(fmt.Sprint(i))
	}
	assert.LessOrEqual(t, len(h.said), window+1, "a server that says something else each time fills no memory")
}

func TestAPauseEndsWithOneThatIsTaken(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	h := newHold(&now)
	var reopened []string
	for i := range manyAtLeast {
		assert.False(t, h.common(refused))
		ok, _ := h.enter()
		require.True(t, ok)
		reopened = h.tried(answer{fmt.Sprint(i), refused, i%2 == 0})
	}
	assert.Equal(t, []string{"0", "2", "4", "6", "8"}, reopened, "these had not failed for good")
	assert.True(t, h.common(refused), "nobody fails because of it now")
	assert.Equal(t, []string{"late"}, h.tried(answer{"late", refused, true}), "it was under way")
	assert.Empty(t, h.tried(answer{id: "late too"}))
	require.True(t, h.paused(), "what was under way ends no pause")
	ok, wait := h.enter()
	assert.False(t, ok)
	assert.Equal(t, time.Minute, wait)

	probe := func(refusal string) {
		t.Helper()
		ok, _ := h.enter()
		require.True(t, ok, "one may")
		ok, wait := h.enter()
		assert.False(t, ok, "and no other meanwhile")
		assert.Equal(t, time.Second, wait)
		h.tried(answer{"probe", refusal, false})
	}
	now = now.Add(time.Minute)
	probe(refused)
	_, wait = h.enter()
	assert.Equal(t, 2*time.Minute, wait, "the same again: for longer")
	now = now.Add(2 * time.Minute)
	ok, _ = h.enter()
	require.True(t, ok)
	h.leave() // it could not try
	probe("")
	for range 20 {
		ok, _ := h.enter()
		assert.True(t, ok, "everybody may")
	}
}
