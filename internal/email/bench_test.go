package email_test

import (
	"testing"

	"github.com/cspkit/partner/internal/email"
)

var addresses = []struct{ name, in string }{
	{"ascii", "security@contoso.com"},
	{"upper", "Security@Contoso.COM"},
	{"u-label", "security@bücher.com"},
	{"a-label", "security@xn--bcher-kva.com"},
	{"syntax", "Security <security@contoso.com>"},
}

func BenchmarkValid(b *testing.B) {
	for _, bm := range addresses {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				email.Valid(bm.in)
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, bm := range addresses {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				email.Check(bm.in)
			}
		})
	}
}

func BenchmarkNormalize(b *testing.B) {
	for _, bm := range addresses {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				email.Normalize(bm.in)
			}
		})
	}
}

func BenchmarkExamine(b *testing.B) {
	for _, bm := range []struct{ name, in, first, last string }{
		{"team", "security@contoso.com", "Ada", "Lovelace"},
		{"person", "ada.lovelace@contoso.com", "Ada", "Lovelace"},
		{"han", "security@contoso.com", "小明", "李"},
		{"u-label", "security@bücher.com", "Ada", "Lovelace"},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				email.Examine(bm.in, bm.first, bm.last)
			}
		})
	}
}

func BenchmarkKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		email.Key("security@contoso.com")
	}
}
