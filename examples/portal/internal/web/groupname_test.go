package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// rowNames are the headings of the rows of the page's tables.
func (a answer) rowNames() string {
	var names []string
	for _, n := range a.nodes(func(n *html.Node) bool { return n.Data == "th" && attr(n, "scope") == "row" }) {
		names = append(names, text(n))
	}
	return strings.Join(names, ", ")
}

// A group has one name, which is three fields of the profile. Whoever renames
// it sees one.
func TestAGroupsNameIsOneRow(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, as string
		pairs    []string
		want     string
	}{
		{"group renamed", globalAdmin, []string{"group", "Night Shift"}, "Group name"},
		{"group renamed and moved", globalAdmin,
			[]string{"group", "Night Shift", "securityContact-email", "csirt@contoso.com"}, "Group name, E-mail"},
		{
			"first contact", tailspin,
			[]string{"group", "Tailspin CERT", "securityContact-email", "cert@tailspintoys.com",
				"securityContact-phoneNumber", "+14255550188"}, "Group name, E-mail, Phone",
		},
		{
			"group to person", globalAdmin,
			[]string{"kind", "person", "securityContact-firstName", "Ada", "securityContact-middleName", "King",
				"securityContact-lastName", "Lovelace"}, "Group name, First name, Middle name, Last name",
		},
		{"another field only", globalAdmin, []string{"securityContact-phoneNumber", "+14255550177"}, "Phone"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			at := legal + "/security-contact"
			review := p.post(tc.as, at+"/review", with(p.get(tc.as, at+"/edit").form(at+"/review"), tc.pairs...))
			require.Equal(t, http.StatusOK, review.StatusCode, review.words())
			assert.Equal(t, tc.want, review.rowNames())
		})
	}
}

func TestAGroupsNameIsOneRowInHistoryAndConflict(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := legal + "/security-contact"
	mine := with(p.get(globalAdmin, at+"/edit").form(at+"/review"), "group", "Day Shift",
		"securityContact-phoneNumber", "+14255550177")
	require.Equal(t, http.StatusSeeOther, p.update(globalAdmin, "security-contact", "group", "Night Shift").StatusCode)
	revision, _ := p.newest()
	page := p.get(globalAdmin, revision)
	assert.True(t, strings.HasPrefix(page.rowNames(), "Group name, "), page.rowNames())
	assert.Contains(t, p.get(globalAdmin, legal+"/history").words(),
		"Group name Contoso Security Operations became → Night Shift")
	assert.Contains(t, page.words(), "Night Shift")

	conflict := p.post(globalAdmin, at+"/review", mine)
	require.Equal(t, http.StatusConflict, conflict.StatusCode)
	assert.Equal(t, "Group name, Phone", conflict.rowNames())
	assert.Contains(t, conflict.words(), "Group name Day Shift Night Shift Yours, because you changed it")

	person := p.post(globalAdmin, at+"/review",
		with(mine, "kind", "person", "securityContact-firstName", "Ada", "securityContact-middleName", "King",
			"securityContact-lastName", "Lovelace"))
	assert.Equal(t, "First name, Middle name, Last name, Phone", person.rowNames(), "a person's names are three")
}
