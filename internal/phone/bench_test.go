package phone_test

import (
	"testing"

	"github.com/cspkit/partner/internal/phone"
)

func BenchmarkCheck(b *testing.B) {
	for _, bb := range []struct{ name, number string }{
		{"normal", "+14255550100"},
		{"spaced", "+44 20 7946 0958"},
		{"extension", "+14255550100;ext=12"},
		{"unassigned", "+15555550100"},
		{"full-width", "＋１４２５５５５０１００"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				phone.Check(bb.number)
			}
		})
	}
}

func BenchmarkNormalize(b *testing.B) {
	for _, bb := range []struct{ name, number, region string }{
		{"normal", "+14255550100", ""},
		{"spaced", "+44 20 7946 0958", ""},
		{"extension", "+14255550100;ext=12", ""},
		{"national", "(425) 555-0100", "US"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				phone.Normalize(bb.number, bb.region)
			}
		})
	}
}

func BenchmarkCheckNational(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		phone.CheckNational("(425) 555-0100", "US")
	}
}
