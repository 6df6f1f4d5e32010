package formula_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/formula"
)

func TestNeutralize(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, cell, want, why string }{
		{"text", "Ada", "Ada", ""},
		{"empty", "", "", ""},
		{"inside", "a=1", "a=1", "only the start makes a formula"},
		{"equals", "=1", "'=1", ""},
		{"plus", "+1", "'+1", "Lotus 1-2-3 wrote them so, and they still work"},
		{"minus", "-1", "'-1", ""},
		{"at", "@SUM(1)", "'@SUM(1)", ""},
		{"tab", "\t=1", "'\t=1", "skipped by some"},
		{"line end", "\r=1", "'\r=1", "skipped by some"},
		{"full-width", "＝1", "'＝1", "what a Japanese keyboard writes"},
		{"after spaces", " \u00a0=1", "' \u00a0=1", "skipped by some"},
		{"apostrophe", "'s Hertogenbosch", "'s Hertogenbosch", "a town"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, formula.Neutralize(tt.cell), tt.why)
			assert.Equal(t, tt.cell, formula.Reveal(tt.want), "read back")
		})
	}
}

// The reason for tel: is that it is read as the same number by whoever follows RFC 3966, as partner does.
func TestPhonesStayPhones(t *testing.T) {
	t.Parallel()
	for _, phone := range []string{"+14255550100", "+14255550100;ext=12"} {
		cell := formula.NeutralizePhone(phone)
		assert.Equal(t, "tel:"+phone, cell)
		assert.Equal(t, phone, partner.SecurityContact{Phone: cell}.Normalize("").Phone)
	}
	assert.Equal(t, "'=1", formula.NeutralizePhone("=1"))
}

func FuzzReveal(f *testing.F) {
	f.Add("'=1")
	f.Fuzz(func(t *testing.T, cell string) {
		once := formula.Neutralize(cell)
		require.Equal(t, once, formula.Neutralize(once))
		if formula.Reveal(cell) == cell { // a cell that looks neutralised is taken for one
			require.Equal(t, cell, formula.Reveal(once))
		}
	})
}
