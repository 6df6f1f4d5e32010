package columns

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Region returns the country that a cell names, as an ISO 3166-1 code of two
// letters: "SE" for "Sweden", "Sverige", "Suède", "SE" and "SWE". It knows the
// names that golang.org/x/text/language/display has in the languages of the
// table, and a few that people use in English. It returns "" for any other
// text.
func Region(cell string) string {
	cell = strings.TrimSpace(cell)
	if cell == "" || len(cell) > 128 {
		return ""
	}
	if code := regions()[key(cell)]; code != "" {
		return code
	}
	return codeAndName(cell)
}

// codeAndName reads a code beside a name, as lists to choose from have them:
// "DE - Germany", "Germany (DE)". Both must be of one country.
func codeAndName(cell string) string {
	before, after, ok := strings.Cut(cell, "(")
	if ok {
		after, ok = strings.CutSuffix(strings.TrimSpace(after), ")")
	} else {
		before, after, ok = strings.Cut(cell, " - ")
	}
	code := regions()[key(before)]
	if !ok || code == "" || code != regions()[key(after)] {
		return ""
	}
	return code
}

// tableLanguages are the languages of the words.
var tableLanguages = [...]language.Tag{
	language.English, language.German, language.French, language.Spanish, language.Portuguese,
	language.EuropeanPortuguese, language.Italian, language.Dutch, language.Polish, language.Swedish, language.Japanese,
}

// spoken are names that display does not have.
var spoken = map[string]string{
	"USA": "US", "U.S.A.": "US", "United States of America": "US", "America": "US", "UK": "GB", "U.K.": "GB",
	"Great Britain": "GB", "Britain": "GB", "England": "GB", "Scotland": "GB", "Wales": "GB", "Northern Ireland": "GB",
	"Holland": "NL", "The Netherlands": "NL", "Czech Republic": "CZ", "Republic of Ireland": "IE", "Korea": "KR",
	"Republic of Korea": "KR", "Russian Federation": "RU", "Viet Nam": "VN", "Türkiye": "TR", "Turkey": "TR",
	"UAE": "AE", "Hong Kong": "HK", "Macau": "MO", "Taiwan": "TW", "Macedonia": "MK", "Ivory Coast": "CI",
	"PRC": "CN", "BRD": "DE", "GER": "DE", "Bosnia and Herzegovina": "BA", "Hong Kong SAR": "HK", "Macao SAR": "MO",
	"Korea (South)": "KR", "South Korea": "KR", "Korea (North)": "KP",

	// The signs that vehicles carry abroad, as tables in German have them. Other
	// signs are the codes of two letters, or are rare.
	"A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "FL": "LI", "H": "HU", "I": "IT", "L": "LU", "N": "NO",
	"P": "PT", "S": "SE", "SLO": "SI",

	// ISO 3166-1 puts the word to sort by first.
	"Bolivia, Plurinational State of": "BO", "Congo, Democratic Republic of the": "CD",
	"Congo, The Democratic Republic of the": "CD", "Iran, Islamic Republic of": "IR",
	"Korea, Democratic People's Republic of": "KP", "Korea, Republic of": "KR", "Lao People's Democratic Republic": "LA",
	"Macedonia, the former Yugoslav Republic of": "MK", "Micronesia, Federated States of": "FM",
	"Moldova, Republic of": "MD", "Netherlands, Kingdom of the": "NL", "Palestine, State of": "PS",
	"Palestinian Territory, Occupied": "PS", "Syrian Arab Republic": "SY", "Taiwan, Province of China": "TW",
	"Tanzania, United Republic of": "TZ", "Venezuela, Bolivarian Republic of": "VE", "Virgin Islands, British": "VG",
	"Virgin Islands, U.S.": "VI", "Brunei Darussalam": "BN", "Holy See": "VA", "Cabo Verde": "CV",
	"United Kingdom of Great Britain and Northern Ireland": "GB", "Falkland Islands (Malvinas)": "FK",

	// What countries call themselves, in languages that are not in the table.
	"Россия": "RU", "Российская Федерация": "RU", "Україна": "UA", "Česko": "CZ", "Česká republika": "CZ",
	"Slovensko": "SK", "Slovenská republika": "SK", "Magyarország": "HU", "Suomi": "FI", "Ελλάδα": "GR", "România": "RO",
	"България": "BG", "Hrvatska": "HR", "Slovenija": "SI", "Srbija": "RS", "Eesti": "EE", "Latvija": "LV",
	"Lietuva": "LT", "Ísland": "IS", "中国": "CN", "中國": "CN", "台灣": "TW", "香港": "HK", "대한민국": "KR", "한국": "KR",
}

// regions returns all names by their key.
var regions = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	add := func(name, code string) {
		if k := key(name); k != "" && names[k] == "" {
			names[k] = code
		}
	}
	var codes []string
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := language.ParseRegion(string(a) + string(b))
			if err != nil || !r.IsCountry() || r.Canonicalize() != r || r.String() != string(a)+string(b) {
				continue
			}
			codes = append(codes, r.String())
			add(r.String(), r.String())
		}
	}
	for _, code := range codes {
		if three := language.MustParseRegion(code).ISO3(); three != "ZZZ" {
			add(three, code)
		}
	}
	for name, code := range spoken {
		add(name, code)
	}
	for _, tag := range tableLanguages {
		namer := display.Regions(tag)
		for _, code := range codes {
			add(namer.Name(language.MustParseRegion(code)), code)
		}
	}
	return names
})
