package phone_test

import (
	"testing"

	"github.com/nyaruka/phonenumbers"

	"github.com/cspkit/partner/internal/phone"
)

// spellings are the ways in which a number reaches this package.
var spellings = []struct{ name, number, region string }{
	{"E.164", "+14255550100", "US"},
	{"spaced", "+49 30 901820", "DE"},
	{"extension", "+14255550100;ext=12", "US"},
	{"unassigned", "+15555550100", "US"},
	{"full-width", "＋１４２５５５５０１００", "US"},
	{"national US", "(425) 555-0100", "US"},
	{"national GB", "020 7946 0958", "GB"},
	{"national JP", "03-1234-5678", "JP"},
	{"national AR", "011 15-2345-6789", "AR"},
	{"national digits", "4255550100", "US"},
}

func BenchmarkNormalize(b *testing.B) {
	for _, s := range spellings {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				phone.Normalize(s.number, s.region)
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, s := range spellings {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				phone.Check(s.number)
			}
		})
	}
}

func BenchmarkCheckNational(b *testing.B) {
	for _, s := range spellings {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				phone.CheckNational(s.number, s.region)
			}
		})
	}
}

// What a host would write with phonenumbers alone.
func BenchmarkLibrary(b *testing.B) {
	for _, s := range spellings {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if n, err := phonenumbers.Parse(s.number, s.region); err == nil && phonenumbers.IsValidNumber(n) {
					phonenumbers.Format(n, phonenumbers.E164)
				}
			}
		})
	}
}
