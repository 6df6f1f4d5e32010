package formula_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/formula"
)

func TestConceal(t *testing.T) {
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
		{"vertical tab", "\v=1", "'\v=1", "a control character, as any other"},
		{"delete", "\x7f=1", "'\x7f=1", "likewise"},
		{"C1 control", "\u0085=1", "'\u0085=1", "likewise"},
		{"byte order mark", "\ufeff=1", "'\ufeff=1", "nobody sees it"},
		{"zero-width space", " \u200b=1", "' \u200b=1", "likewise"},
		{"invisible alone", "\u200bAda", "\u200bAda", "no formula"},
		{"no UTF-8", "\xff=1", "\xff=1", "no formula"},
		{"full-width", "＝1", "'＝1", "what a Japanese keyboard writes"},
		{"after spaces", " \u00a0=1", "' \u00a0=1", "skipped by some"},
		{"marked", "'=1", "''=1", "or it would be read as =1"},
		{"marked, spaces after", "' =1", "'' =1", "so would this, as soon as it is trimmed"},
		{"marked twice", "''=1", "'''=1", ""},
		{"apostrophe", "'s Hertogenbosch", "'s Hertogenbosch", "a town"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, formula.Conceal(tt.cell), tt.why)
			assert.Equal(t, tt.cell, formula.Reveal(tt.want), "read back")
		})
	}
}

// The reason for tel: is RFC 3966. Whoever follows it reads the same number, as
// the library does.
func TestPhonesStayPhones(t *testing.T) {
	t.Parallel()
	for _, phone := range []string{"+14255550100", "+14255550100;ext=12"} {
		cell := formula.ConcealPhone(phone)
		assert.Equal(t, "tel:"+phone, cell)
		assert.Equal(t, phone, partner.SecurityContact{Phone: cell}.Normalize("").Phone)
	}
	assert.Equal(t, "'=1", formula.ConcealPhone("=1"))
}

// Whatever a value is, its cell starts no formula and is read back as the
// value. What is neutral stays as it is.
func FuzzConceal(f *testing.F) {
	for _, s := range []string{"'=1", "' =1", "''", "'", "＋", "\u3000'\t"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		cell := formula.Conceal(value)
		require.Equal(t, value, formula.Reveal(cell))
		require.NotRegexp(t, `^[\p{Zs}\p{Cf}]*[-=+@\p{Cc}＝＋－＠]`, cell)
		require.Equal(t, cell, formula.Neutralize(cell))
		require.NotRegexp(t, "^[ \u00a0\u3000]*[-=+@\t\r\n＝＋－＠]", formula.Neutralize(value))
	})
}
