package email_test

import (
	"testing"

	"github.com/cspkit/partner/internal/email"
)

func BenchmarkCheck(b *testing.B) {
	for _, bm := range []struct{ name, in string }{
		{"ascii", "security@contoso.example"},
		{"u-label", "security@bücher.example"},
		{"a-label", "security@xn--bcher-kva.example"},
		{"syntax", "Security <security@contoso.example>"},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				email.Check(bm.in)
			}
		})
	}
}

func BenchmarkNormalize(b *testing.B) {
	for _, bm := range []struct{ name, in string }{
		{"ascii", "security@contoso.example"},
		{"upper", "Security@Contoso.Example"},
		{"u-label", "security@BÜCHER.example"},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				email.Normalize(bm.in)
			}
		})
	}
}

func BenchmarkExamine(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		email.Examine("security@contoso.example", "Ada", "Lovelace")
	}
}

func BenchmarkKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		email.Key("security@contoso.example")
	}
}
