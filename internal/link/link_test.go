package link_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/internal/link"
)

func TestMixesScripts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, url, why string
		want           bool
	}{
		{"Latin", "https://microsoft.com/", "one script", false},
		{"Latin with digits and hyphen", "https://a-1.contoso.com/", "digits and hyphens go with every script", false},
		{"Latin with marks", "https://b\u00fccher.example/", "ü is Latin", false},
		{"Latin with a combining mark", "https://bu\u0308cher.example/", "a mark is inherited", false},
		{"Cyrillic о", "https://micr\u043esoft.com/", "it looks like the Latin o", true},
		{"Cyrillic о, upper case", "https://MICR\u041eSOFT.com/", "in any case of letters", true},
		{"Cyrillic о in A-labels", "https://xn--micrsoft-qbh.com/", "what people see of it is mixed", true},
		{"Cyrillic о in A-labels, upper case", "https://XN--MICRSOFT-QBH.com/", "A-labels have no case", true},
		{"Greek ο", "https://micr\u03bfsoft.com/", "it looks like the Latin o", true},
		{"Cyrillic and Greek", "https://\u043a\u03bf\u0442.example/", "no Latin letter is needed", true},
		{"Cyrillic alone", "https://\u043f\u043e\u0447\u0442\u0430.example/", "one script to a label", false},
		{"Cyrillic below Latin", "https://\u043f\u043e\u0447\u0442\u0430.contoso.com/",
			"labels may differ from each other", false},
		{"last label", "https://contoso.\u0441om/", "each label is looked at", true},
		{"in a full name", "https://micr\u043esoft.com./", "the root has no letters", true},
		{"Japanese", "https://\u65e5\u672c\u306e\u30c6\u30b9\u30c8.example/", "Han, Hiragana and Katakana", false},
		{"Japanese and Latin", "https://\u65e5\u672c\u306e\u30c6test.example/", "as Japanese is written", false},
		{"Korean", "https://\u97d3\uad6d.example/", "Han and Hangul", false},
		{"Chinese with Bopomofo", "https://\u6f22\u3105.example/", "Han and Bopomofo", false},
		{"Hangul and Hiragana", "https://\uad6d\u306e.example/", "no language writes them together", true},
		{"Hangul and Bopomofo", "https://\uad6d\u3105.example/", "no language writes them together", true},
		{"Han and Cyrillic", "https://\u65e5\u043e.example/", "no language writes them together", true},
		{"no code point", "https://a\U000e0fff.example/", "what has no script goes with none", true},
		{"bad A-label", "https://xn--\u00fc.example/", "looked at as it stands", false},
		{"in the path", "https://contoso.com/micr\u043esoft", "only a host is somebody's", false},
		{"IP address", "https://[2001:db8::1]/", "no letters that could mislead", false},
		{"no URL", "https://%zz/", "that is another finding", false},
		{"empty", "", "nothing is mixed", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, link.MixesScripts(tt.url), tt.why)
		})
	}
}

// Incident has the whole table: its references follow this rule.
func TestValid(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"https://contoso.com": true, "https://contoso.com.:8443/a?b#c": true,
		"": false, "http://contoso.com": false, "https://": false, "https://a..b/": false,
		"https://u@contoso.com/":  false,
		"https://contoso.com/a b": false, "https://contoso.com/\"": false, "https://contoso.com:0/": false,
		"https://a.\u200b.b/":      false,
		"https://contoso.com/\xff": false, "https://contoso.com/%zz": false, "/a": false,
	} {
		assert.Equal(t, want, link.Valid(s), "%q", s)
	}
}
