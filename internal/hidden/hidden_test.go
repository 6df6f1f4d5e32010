package hidden_test

import (
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/internal/hidden"
)

type person struct{ Name string }

func (p person) LogValue() slog.Value { return slog.GroupValue(slog.Bool("set", p.Name != "")) }

func (p person) Format(s fmt.State, _ rune) { hidden.Format(s, "person", p) }

type lodger struct{ person }

func (l lodger) Format(s fmt.State, _ rune) { hidden.Format(s, "house.lodger", l) }

func TestFormat(t *testing.T) {
	t.Parallel()
	p := person{"Ada"}
	const want = "partner.person[set=true]"
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%20v"} {
		assert.Equal(t, want, fmt.Sprintf(verb, p), "%s shows the log value", verb)
	}
	assert.Equal(t, want, fmt.Sprint(&p), "a pointer shows the same")
	assert.Equal(t, "{"+want+"}", fmt.Sprint(struct{ P person }{p}), "so does a value in a struct")
	assert.Equal(t, "house.lodger[set=true]", fmt.Sprint(lodger{p}), "a type of another package has its own")
	assert.Equal(t, "["+want+"]", fmt.Sprint([]person{p}), "and in a slice")
}
