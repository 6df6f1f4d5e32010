package phone_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/internal/phone"
)

func TestNormalizeKeepsDigits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why, in, want string
	}{
		{"trunk zero", "typed, so kept: without it this is another number", "+44 020 7946 0958", "+4402079460958"},
		{"Italian zero", "part of the number", "+39 02 1234 5678", "+390212345678"},
		{"too short", "a wrong length is no reason not to write it well", "+1 425", "+1425"},
		{"calling code only", "the same", "+49", "+49"},
		{"not geographic", "a calling code of no country", "+800 1234 5678", "+80012345678"},
		{"unknown calling code", "may not be a number at all", "+999 1234 5678", "+999 1234 5678"},
		{"prefix after plus", "no calling code begins with 0", "+00 44 20 7946 0958", "+00 44 20 7946 0958"},
		{"zero before the code", "01 is not 1", "+01 425 555 0100", "+01 425 555 0100"},
		{"no plus", "nobody says which country", "425 555 0100", "425 555 0100"},
		{"no plus, URI", "the same", "tel:425-555-0100", "tel:425-555-0100"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, phone.Normalize(tt.in, ""), tt.why)
		})
	}
}

func TestNormalizeNational(t *testing.T) {
	t.Parallel()
	const asTyped = ""
	tests := []struct {
		name, why, region, in, want string
	}{
		{"without national prefix", "a national number", "US", "(425) 555-0100", "+14255550100"},
		{"with national prefix", "which is dropped", "GB", "020 7946 0958", "+442079460958"},
		{"national prefix in parentheses", "they mean nothing without a plus", "GB", "(0) 20 7946 0958", "+442079460958"},
		{"with extension", "kept apart", "US", "425-555-0100 x12", "+14255550100;ext=12"},
		{"lower case", "regions come in any case", "gb", "020 7946 0958", "+442079460958"},
		{"mixed case", "regions come in any case", "gB", "020 7946 0958", "+442079460958"},
		{"with plus", "the region is not asked", "GB", "+1 425 555 0100", "+14255550100"},
		{"Italy", "no national prefix: the zero stays", "IT", "02 1234 5678", "+390212345678"},
		{"Japan", "full-width, as typed there", "JP", "０３（１２３４）５６７８", "+81312345678"},
		{"Japan, em dash", "a keyboard's dash", "JP", "03—1234—5678", "+81312345678"},
		{"Gabon", "the zero is no national prefix", "GA", "06 03 12 34", "+24106031234"},
		{"Gabon, old form", "a zero before some numbers", "GA", "0 11 12 34 56", "+24111123456"},

		{"no region", "nobody says which country", "", "020 7946 0958", asTyped},
		{"unknown region", "the same", "ZZ", "020 7946 0958", asTyped},
		{"world", "not a country", "001", "020 7946 0958", asTyped},
		{"alpha-3", "regions are alpha-2", "GBR", "020 7946 0958", asTyped},
		{"dotless i", "not ASCII, so not Italy", "ıT", "02 1234 5678", asTyped},
		{"region with a space", "not trimmed", "GB ", "020 7946 0958", asTyped},

		{"a, plus forgotten", "there is no other reading", "GB", "447171717171", "+447171717171"},
		{"a, also d", "+49 1845 269422 or 0491845 269422?", "DE", "491845269422", asTyped},
		{"a, also d, grouped", "+49 4437 0642344 or 04944 370642344?", "DE", "49 44370642344", asTyped},
		{"a, also c", "both are one number", "US", "1-800-555-0199", "+18005550199"},
		{"a, also c, area in parentheses", "both are one number", "US", "1 (425) 555-0100", "+14255550100"},
		{"a, zero in parentheses", "no zero is dropped without a plus", "GB", "44 (0)20 7946 0958", asTyped},
		{"a, unassigned", "a possible length is not enough", "FR", "33 0 12 34 56 78", asTyped},

		{"b, 00", "the international prefix of most countries", "DE", "0044 20 7946 0958", "+442079460958"},
		{"b, 00 in North America", "understood everywhere", "US", "00 44 20 7946 0958", "+442079460958"},
		{"b, 011", "that of North America", "US", "011 44 20 7946 0958", "+442079460958"},
		{"b, 011 elsewhere", "it is not the region's own", "GB", "011 1 425 555 0100", asTyped},
		{"b, 0011", "that of Australia", "AU", "0011 44 20 7946 0958", "+442079460958"},
		{"b, 010", "that of Japan", "JP", "010 44 20 7946 0958", "+442079460958"},
		{"b, 810", "that of Russia", "RU", "810 44 20 7946 0958", "+442079460958"},
		{"b, a carrier's", "Hong Kong has several", "HK", "006 44 20 7946 0958", "+442079460958"},
		{"b, own country", "any country", "FR", "0033 1 23 45 67 89", "+33123456789"},
		{"b, own country, longer prefix", "any country", "AU", "0011 61 2 1234 5678", "+61212345678"},
		{"b, unassigned", "a possible length is not enough", "DE", "0044 411 111 1111", asTyped},
		{"b, national prefix from abroad", "never dialled so", "DE", "0044 020 7946 0958", asTyped},
		{"b, also d", "8108… is a number of Russia, 810 800… of the world", "RU", "810 800 1234 5678", asTyped},
		{"b, also c", "00 690 2200 or 0 0690 2200?", "RW", "00690 2200", asTyped},

		{"c, Hungary", "a prefix of two digits", "HU", "06 1 234 5678", "+3612345678"},
		{"c, Russia", "the prefix 8", "RU", "8 (301) 123-45-67", "+73011234567"},
		{"c, Belarus", "8 0, of which 8 is a form too", "BY", "8 0152 45-09-11", "+375152450911"},
		{"c, Belarus, 0", "another form", "BY", "0152 45-09-11", "+375152450911"},
		{"c, Lithuania, 8", "the old form", "LT", "8 312 34567", "+37031234567"},
		{"c, Lithuania, 0", "the new form", "LT", "0 312 34567", "+37031234567"},
		{"c, Argentina, mobile", "15 at home is 9 from abroad", "AR", "011 15-2345-6789", "+5491123456789"},
		{"c, Argentina, mobile without 0", "the same", "AR", "11 15-2345-6789", "+5491123456789"},
		{"c, Argentina, long area code", "the same", "AR", "0221 15-456-7890", "+5492214567890"},
		{"c, Argentina, fixed line", "no 15, no 9", "AR", "011 2345-6789", "+541123456789"},
		{"c, Argentina, without area code", "which area?", "AR", "15-4412-3456", asTyped},
		{"c, carrier", "15 is a carrier, São Paulo 11", "BR", "0 15 11 2345 6789", asTyped},
		{"c, longer", "the area code that the Bahamas put before it", "BS", "345 6789", asTyped},
		{"c, unassigned", "ranges change: its length is enough", "GB", "0411 111 1111", "+444111111111"},
		{"c, unassigned, digit left out", "its length is that of no number", "FR", "01 23 45 67 8", asTyped},
		{"c, unassigned, carrier", "5 is a carrier, Bogotá 601", "CO", "0 5 601 234 5678", asTyped},

		{"d, as long as they are", "no area code is left out", "ZA", "730907611", "+27730907611"},
		{"d, as long as the longest", "no area code is left out", "GB", "20 7946 0958", "+442079460958"},
		{"d, shorter", "which area?", "DE", "7654321", asTyped},
		{"d, shorter, impossible", "which area?", "GB", "496 0860", asTyped},
		{"d, shorter, with area code", "nobody knows that it is one", "DE", "30 901820", asTyped},
		{"d, written bare", "no prefix belongs there", "CN", "139 1234 5678", "+8613912345678"},
		{"d, written bare and short", "no prefix belongs there", "AU", "13 12 34", "+61131234"},
		{"d, no prefix in the plan", "nothing is left out", "DK", "32 12 34 56", "+4532123456"},
		{"d, unassigned, no prefix in the plan", "its length is enough", "LV", "9212 3456", "+37192123456"},
		{"d, unassigned, North America", "its length is enough", "US", "(555) 555-0100", "+15555550100"},
		{"d, unassigned, elsewhere", "a prefix belongs there", "GB", "411 111 1111", asTyped},
		{"d, valid", "counts before a possible one of (c)", "BY", "8100401243", "+3758100401243"},
		{"d, area code 000", "none begins with 0", "US", "000-000-0000", asTyped},
		{"d, local", "which area?", "US", "555-0100", asTyped},
		{"d, too long", "not a number of the country", "US", "425 555 01000", asTyped},
		{"d, one digit", "nothing to read", "FR", "1", asTyped},

		{"abroad, North America", "with a plus it is a Danish number", "US", "4586884307", asTyped},
		{"abroad, North America, as in Denmark", "with a plus it is a Danish number", "US", "45 86 88 43 07", asTyped},
		{"abroad, North America, as there", "nobody in Denmark writes so", "US", "458-688-4307", "+14586884307"},
		{"abroad, North America, one gap", "nobody in Denmark writes so", "US", "(458) 6884307", "+14586884307"},
		{"abroad, North America, with 1", "not by itself", "US", "14586884307", "+14586884307"},
		{"abroad, voicemail", "with a plus it is a French number", "IT", "331 0123 4501", asTyped},
		{"abroad, valid", "it counts all the same", "IT", "328 123 4567", "+393281234567"},
		{"abroad, unassigned", "with a plus it is a British number", "MX", "44 2079 4609 58", asTyped},
		{"abroad, unassigned, 011", "behind it is an American number", "KP", "011 425 555 0100", asTyped},

		{"emergency", "cannot be called from abroad", "US", "911", asTyped},
		{"emergency with zeros", "the same", "AU", "000", asTyped},
		{"short", "possible by its length", "DE", "116 117", asTyped},
		{"short and ordinary", "the only such number", "DE", "22 7700", asTyped},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.want == asTyped {
				tt.want = tt.in
			}
			assert.Equal(t, tt.want, phone.Normalize(tt.in, tt.region), tt.why)
		})
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why, in string
		want          phone.Faults
	}{
		{"North America", "well formed", "+1 425 555 0100", 0},
		{"Great Britain", "well formed", "+44 20 7946 0958", 0},
		{"Italy", "a zero that belongs to the number", "+39 02 1234 5678", 0},
		{"with extension", "not judged", "+1 425 555 0100 x0", 0},
		{"fifteen digits", "the longest of E.164", "+49 30 123 456 789 01", 0},
		{"freephone", "of no country", "+800 1234 5678", 0},
		{"satellite", "of no country", "+870 301 234 567", 0},
		{"short and ordinary", "the only such number", "+49 227700", 0},

		{"national", "nobody says which country", "020 7946 0958", phone.CountryCode},
		{"emergency", "the same", "112", phone.CountryCode},
		{"plus forgotten", "not guessed", "44 20 7946 0958", phone.CountryCode},
		{"international prefix", "depends on where one stands", "0044 20 7946 0958", phone.CountryCode},

		{"unknown calling code", "no such country", "+999 1234 5678", phone.Impossible},
		{"zero", "no calling code begins with it", "+044 20 7946 0958", phone.Impossible},
		{"zero before the code", "01 is not 1", "+01 425 555 0100", phone.Impossible},
		{"half a calling code", "nothing there", "+4", phone.Impossible},
		{"calling code only", "nothing behind it", "+49", phone.Impossible},
		{"too short", "a digit is missing", "+1 425 555 010", phone.Impossible},
		{"too long", "a digit too much", "+1 425 555 01000", phone.Impossible},
		{"local", "the area code is missing", "+1 555 0100", phone.Impossible},
		{"length between", "seven and nine digits exist, eight do not", "+44 2079 4609", phone.Impossible},
		{"trunk zero", "makes it too long", "+44 020 7946 0958", phone.Impossible},
		{"national prefix", "no German number begins with 0", "+49 030 123456", phone.Impossible},
		{"zeros only", "the same", "+49 0000000", phone.Impossible},
		{"area code 000", "none begins with 0", "+1 000 000 0000", phone.Impossible},
		{"area code 123", "none begins with 1", "+1 123 555 0100", phone.Impossible},
		{"exchange code 055", "none begins with 0", "+1 425 055 0100", phone.Impossible},
		{"exchange code 155", "none begins with 1", "+1 425 155 0100", phone.Impossible},
		{"emergency", "cannot be called from abroad", "+1 911", phone.Impossible},
		{"short", "possible by its length only", "+49 116 117", phone.Impossible},
		{"short in another region", "75123 is one of Åland, with Finland's calling code", "+358 75123", phone.Impossible},
		{"sixteen digits", "German numbers may be as long, E.164 may not", "+49 30 123 456 789 012", phone.Impossible},

		{"unassigned", "no area code 555", "+1 555 555 0100", phone.Unassigned},
		{"unassigned, national prefix", "Russian numbers may begin with 8", "+7 899 123 4567", phone.Unassigned},
		{"premium rate", "the caller pays", "+1 900 234 5678", phone.PremiumRate},
		{"premium rate of the world", "the caller pays", "+979 123 456 789", phone.PremiumRate},
		{"pager", "nobody answers", "+44 76 4012 3456", phone.NotALine},
		{"voicemail", "nobody answers", "+41 860 123 456 789", phone.NotALine},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, phone.Check(tt.in), tt.why)
			assert.Equal(t, tt.want, phone.Check(phone.Normalize(tt.in, "")), "the verdict is that of the normalized number")
		})
	}
}

func TestCheckNational(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why, region, in string
		want                  phone.Faults
	}{
		{"as Partner Center writes", "no prefix, no separators", "US", "4255550100", 0},
		{"trunk prefix", "as it is dialled", "GB", "020 7946 0958", 0},
		{"lower case", "regions come in any case", "gb", "020 7946 0958", 0},
		{"trunk prefix and calling code", "the same number in both readings", "US", "1 425 555 0100", 0},
		{"plus forgotten", "one possible reading will do", "FR", "33 1 23 45 67 89", 0},
		{"own country as from abroad", "one possible reading will do", "FR", "00 33 1 23 45 67 89", 0},
		{"plus forgotten, unassigned", "one possible reading will do", "AU", "61 6 1234 5678", 0},
		{"own country as from most others", "one possible reading will do", "US", "00 1 425 555 0100", 0},
		{"international prefix of the number's own", "Bulgaria has numbers that begin so", "BG", "00800 204 8946", 0},
		{"international prefix", "Normalize reads it", "FR", "00 44 20 7946 0958", 0},
		{"international prefix, unassigned", "possible will do", "FR", "00 44 411 111 1111", 0},
		{"Argentina, mobile", "15 at home is 9 from abroad", "AR", "011 15-2345-6789", 0},
		{"Argentina, mobile without area code", "possible by its length", "AR", "15-4412-3456", 0},
		{"without national prefix", "as Partner Center writes", "DE", "30901820", 0},
		{"local", "some German numbers are as short", "DE", "7654321", 0},
		{"two readings", "one possible reading will do", "DE", "491845269422", 0},
		{"digits of another country", "one possible reading will do", "US", "4586884307", 0},
		{"zero in parentheses", "dropped, as in Check", "US", "+31 (0)20 123 4567", 0},
		{"short and ordinary", "the only such number", "DE", "227700", 0},
		{"with plus", "of any country", "US", "+44 20 7946 0958", 0},
		{"advice", "not given", "US", "+1 900 234 5678", 0},
		{"unassigned", "advice is not given", "US", "555 555 0100", 0},

		{"no region", "nobody says which country", "", "4255550100", phone.CountryCode},
		{"unknown region", "the same", "ZZ", "4255550100", phone.CountryCode},
		{"no region, with plus", "none is needed", "", "+1 425 555 0100", 0},
		{"too short", "a digit is missing", "US", "425 555 010", phone.Impossible},
		{"too long", "a digit too much", "US", "425 555 01000", phone.Impossible},
		{"too long for the scheme", "no possible reading", "US", "425 555 0100 0000 00", phone.Impossible},
		{"local", "the area code is missing", "US", "555 0100", phone.Impossible},
		{
			"local of one area", "the area code is missing, though the Bahamas have no other", "BS", "345 6789",
			phone.Impossible,
		},
		{"area code 000", "none begins with 0", "US", "000-000-0000", phone.Impossible},
		{
			"international prefix of North America", "it is not the region's own", "IT", "011 39 02 1234 5678", phone.Impossible,
		},
		{"one digit", "nothing to read", "US", "1", phone.Impossible},
		{"international prefix only", "nothing to read", "FR", "00", phone.Impossible},
		{"trunk zero from abroad", "never dialled so", "FR", "0044 020 7946 0958", phone.Impossible},
		{"emergency", "connects to no one in particular", "US", "911", phone.Impossible},
		{"short", "possible by its length only", "DE", "116 117", phone.Impossible},
		{
			"short, though another reading is possible", "Jersey's local numbers have six digits too", "JE", "118 000",
			phone.Impossible,
		},
		{"with plus, too short", "as Check", "US", "+1 425 555 010", phone.Impossible},
		{"with plus, unknown calling code", "as Check", "US", "+999 1234 5678", phone.Impossible},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, phone.CheckNational(tt.in, tt.region), tt.why)
		})
	}
}
