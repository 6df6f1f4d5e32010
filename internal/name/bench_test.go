package name_test

import (
	"testing"

	"github.com/cspkit/partner/internal/name"
)

func BenchmarkCheck(b *testing.B) {
	for _, bm := range []struct{ name, in string }{
		{"ascii", "Ada Lovelace"},
		{"latin", "José Núñez"},
		{"han", "李小龍"},
		{"persian", "علی\u200cرضا"},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				name.Check(bm.in, 128)
			}
		})
	}
}

func BenchmarkNormalize(b *testing.B) {
	for _, bm := range []struct{ name, in string }{
		{"ascii", "Ada Lovelace"},
		{"latin", "José Núñez"},
		{"spaces", "  Ada   Lovelace "},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				name.Normalize(bm.in)
			}
		})
	}
}
