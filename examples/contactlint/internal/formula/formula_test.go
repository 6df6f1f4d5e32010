package formula_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/examples/contactlint/internal/formula"
)

func TestNeutralize(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ cell, want, why string }{
		{"", "", "nothing to run"},
		{"Ada", "Ada", "a name"},
		{"=1+1", "'=1+1", "a formula"},
		{"+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0", "it starts a formula, and a program"},
		{"-12.50", "'-12.50", "nobody can tell it from a formula"},
		{"@SUM(A1)", "'@SUM(A1)", "an old form of one"},
		{"\t=1", "'\t=1", "a spreadsheet drops the tab"},
		{"＝1", "'＝1", "a full-width form"},
		{"\u00a0\ufeff =1", "'\u00a0\ufeff =1", "it looks past what cannot be seen"},
		{"'=1", "'=1", "marked already"},
		{"+14255550100", "+14255550100", "a phone number runs nothing"},
		{"+14255550100;ext=12", "+14255550100;ext=12", "nor does one with an extension"},
		{"+1-4255550100", "'+1-4255550100", "a sum, if it is not in E.164"},
		{"+", "'+", "no number"},
		{"+1;ext=A1", "'+1;ext=A1", "no extension"},
	} {
		got := formula.Neutralize(tt.cell)
		assert.Equal(t, tt.want, got, tt.why)
		assert.Equal(t, got, formula.Neutralize(got), "twice is once")
	}
}

func TestReveal(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ cell, want, why string }{
		{"'=1", "=1", "the mark of Neutralize"},
		{"'\x19", "\x19", "here, too"},
		{"' =1", "' =1", "a value that has a space at its edge is not written"},
		{"''=1", "''=1", "two marks are text"},
		{"'s Hertogenbosch", "'s Hertogenbosch", "a town"},
		{"'", "'", "nothing is marked"},
		{"'+14255550100", "'+14255550100", "Neutralize marks no phone number"},
		{"=1", "=1", "no mark"},
	} {
		assert.Equal(t, tt.want, formula.Reveal(tt.cell), tt.why)
	}
}

func TestTel(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "tel:+14255550100", formula.Tel("+14255550100"))
	assert.Equal(t, "tel:+14255550100", formula.Tel(formula.Tel("+14255550100")), "twice is once")
	assert.Equal(t, "425 555 0100", formula.Tel("425 555 0100"), "no number in E.164")
	assert.Equal(t, "+49 0171 1234567", formula.Tel("+49 0171 1234567"), "RFC 3966 has no spaces")
}
