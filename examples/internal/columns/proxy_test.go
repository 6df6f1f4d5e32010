package columns_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/examples/internal/columns"
)

func TestPrimaryAddress(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, cell, why string
		want            string
		listed          int
	}{
		{"one", "SMTP:soc@contoso.com", "an account without aliases", "soc@contoso.com", 1},
		{"semicolon", "smtp:ada@contoso.com;SMTP:soc@contoso.com", "as csvde writes it", "soc@contoso.com", 2},
		{
			"plus", "SMTP:soc+alerts@contoso.com+smtp:ada@contoso.com",
			"as Microsoft 365 writes it; a plus in an address parts nothing", "soc+alerts@contoso.com", 2,
		},
		{
			"other kinds", "SIP:ada@contoso.com, X500:/o=Contoso/cn=ada, SMTP:soc@contoso.com, EUM:1234;phone-context=x",
			"they are no mailbox", "soc@contoso.com", 4,
		},
		{"lower case", "smtp:soc@contoso.com|sip:ada@contoso.com", "the only mailbox", "soc@contoso.com", 2},
		{"no primary", "smtp:soc@contoso.com;smtp:noc@contoso.com", "it has two readings", "", 2},
		{"two primaries", "SMTP:soc@contoso.com;SMTP:noc@contoso.com", "the same", "", 2},
		{"spaces", "  SMTP:soc@contoso.com smtp:ada@contoso.com\n", "PowerShell joins with a space", "soc@contoso.com", 2},
		{"no mailbox", "SIP:ada@contoso.com", "nobody gets mail by SIP", "", 0},
		{"an address", "soc@contoso.com", "no list", "", 0},
		{"two addresses", "soc@contoso.com;noc@contoso.com", "no list of an account", "", 0},
		{"a link", "mailto:soc@contoso.com", "no list", "", 0},
		{"blank", " ", "", "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, listed := columns.PrimaryAddress(tt.cell)
			assert.Equal(t, tt.want, got, tt.why)
			assert.Equal(t, tt.listed, listed, tt.why)
		})
	}
	assert.True(t, columns.IsProxies("Proxy addresses"))
	assert.True(t, columns.IsProxies("proxyAddresses"))
	assert.False(t, columns.IsProxies("E-mail"))
}

// What stands in square brackets is a name of its own, or a note.
func TestBrackets(t *testing.T) {
	t.Parallel()
	m := columns.Read([]string{
		"Nom d'utilisateur [userPrincipalName] Obligatoire", "Prénom [givenName]", "Last Name [Required]",
		"[required *] Contact: Email Address", "Recovery Email [MUST BE", "Téléphone [x]",
	})
	var fields []columns.Field
	for _, c := range m.Columns {
		fields = append(fields, c.Field)
	}
	assert.Equal(t, []columns.Field{
		columns.Email, columns.FirstName, columns.LastName, columns.Email, 0, columns.Phone,
	}, fields)
	assert.Equal(t, columns.SignIn, m.Columns[0].Kind)
}
