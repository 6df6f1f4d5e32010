package web_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The history tells through what, which fields, before and after. Its filters
// are those of its files too.
func TestHistoryIsFilteredAndExported(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const history = legal + "/history"
	assert.Contains(t, p.get(globalAdmin, history).words(), "Nothing has been changed yet")
	require.Equal(t, http.StatusSeeOther, p.update(globalAdmin, "business", "address-city", "=Bellevue").StatusCode)
	require.Equal(t, http.StatusSeeOther,
		p.update(globalAdmin, "security-contact", "securityContact-phoneNumber", "+14255550177").StatusCode)
	for _, tc := range []struct {
		name, why, query string
		city, phone      bool
	}{
		{"all", "nothing is chosen", "", true, true},
		{"a field", "one is named by its ID", "?field=securityContact-phoneNumber", false, true},
		{"a section", "any field of it", "?field=business", true, false},
		{"another field", "nothing of it was changed", "?field=address-country", false, false},
		{"who", "everything is hers", "?who=Gita+Global", true, true},
		{"nobody", "nobody is called so", "?who=Nobody", false, false},
		{"when", "it was today", "?since=30d", true, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			page := p.get(globalAdmin, history+tc.query).words()
			file := p.get(globalAdmin, history+".csv"+tc.query)
			lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\uFEFF"))).ReadAll()
			require.NoError(t, err)
			var objects []map[string]string
			require.NoError(t, json.Unmarshal([]byte(p.get(globalAdmin, history+".json"+tc.query).Body), &objects))
			n := 0
			for is, says := range map[string]bool{"Redmond became → =Bellevue": tc.city, "became → +1 425-555-0177": tc.phone} {
				if says {
					n++
					assert.Contains(t, page, is, tc.why)
				} else {
					assert.NotContains(t, page, is, tc.why)
				}
			}
			assert.Len(t, lines, n+1, tc.why)
			assert.Len(t, objects, n, tc.why)
			if n == 0 {
				assert.Contains(t, page, "No change fits")
			}
		})
	}
	file := p.get(globalAdmin, history+".csv?field=business").Body
	assert.Contains(t, file,
		`Gita Global,Portal,"Legal business profile, City",Redmond,'=Bellevue,Account verification may follow`)
	assert.Contains(t, p.get(globalAdmin, history+".json?field=business").Body, `"channel":"portal"`)
	assert.Contains(t, p.get(globalAdmin, history+"?field=business").words(), "Gita Global Portal")
	for as, status := range map[string]int{user: http.StatusForbidden, operator: http.StatusNotFound} {
		assert.Equal(t, status, p.get(as, history+".csv").StatusCode, as)
	}
	assert.NotContains(t, p.get(fabrikam, history+".json").Body, "Bellevue", "another company's")
}

// Each page on the way to Legal info shows all below it, with how it stands.
func TestSettings(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, path := range []string{"/settings", "/settings/account", "/settings/account/profile"} {
		page := p.get(globalAdmin, path)
		for _, says := range []string{"Legal info", "Security contact: Contoso Security Operations", "Webhooks",
			"None is on", "History"} {
			assert.Contains(t, page.words(), says, path)
		}
		assert.Contains(t, p.get(tailspin, path).words(), "No security contact", path)
		assert.Contains(t, p.get(user, path).words(), "Only administrators and agents", path)
	}
}
