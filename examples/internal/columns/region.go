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
	return regions()[key(cell)]
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
	"PRC": "CN", "BRD": "DE",
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
