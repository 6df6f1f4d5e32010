package api_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// A program hands in a list: nothing is saved until it says so, and the
// security contact of a partner that is here stays as it is.
func TestImports(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	token := s.token(t, host.ScopePartnersWrite)
	const csv = "Content-Type: text/csv"
	const path, fabrikam = "/api/v1/imports", host.FabrikamTenantID
	list := "Tenant ID,Company name,Country,Security contact,E-mail,Phone\n" +
		"4e1ec10d-0000-4000-8000-00000000000a,Relecloud,DE,Relecloud SOC,soc@relecloud.com,030 901820\n" +
		fabrikam + ",Fabrikam,,Somebody Else,else@fabrikam.com,+14255550100\n"
	type imported struct {
		ID     string           `json:"id"`
		State  host.ImportState `json:"state"`
		Wrong  int              `json:"wrong"`
		Kept   int              `json:"kept"`
		Counts []struct{ New, Changed, Same int }
	}
	take := func(body string) (i imported) {
		a := s.ask(t, "POST", path, token, body, csv)
		require.Equal(t, 200, a.status, a.body)
		require.NoError(t, json.Unmarshal([]byte(a.body), &i))
		assert.Equal(t, path+"/"+i.ID, a.header.Get("Location"))
		return i
	}
	i := take(list)
	assert.Equal(t, host.ImportReady, i.State)
	assert.Equal(t, 1, i.Counts[0].New)
	assert.Equal(t, 1, i.Kept)
	_, err := s.db.Profile(t.Context(), "4e1ec10d-0000-4000-8000-00000000000a")
	require.ErrorIs(t, err, host.ErrNotFound)
	a := s.ask(t, "GET", path+"/"+i.ID+"/problems?severity=advice", token, "")
	assert.Contains(t, a.body, `"contact.kept"`)
	a = s.ask(t, "POST", path+"/"+i.ID+"/save", token, "")
	require.Equal(t, 200, a.status, a.body)
	p, err := s.db.Profile(t.Context(), "4e1ec10d-0000-4000-8000-00000000000a")
	require.NoError(t, err)
	assert.Equal(t, "+4930901820", p.SecurityContact.Phone)
	p, err = s.db.Profile(t.Context(), fabrikam)
	require.NoError(t, err)
	assert.NotEqual(t, "else@fabrikam.com", p.SecurityContact.Email)
	assert.Equal(t, 409, s.ask(t, "POST", path+"/"+i.ID+"/save", token, "").status, "once")
	assert.Contains(t, s.ask(t, "GET", path+"/"+i.ID, token, "").body, `"saved"`)

	wrong := take(list + "x,Nobody,,,,\n")
	assert.Equal(t, 1, wrong.Wrong)
	assert.Equal(t, 422, s.ask(t, "POST", path+"/"+wrong.ID+"/save", token, "").status)
	assert.Equal(t, 422, s.ask(t, "POST", path, token, "Name\nA\n", csv).status)
	assert.Equal(t, 415, s.plainWith(t, path, token, list, "Content-Type: text/html"))
	assert.Equal(t, 404, s.ask(t, "GET", path+"/none", token, "").status)
	assert.Equal(t, 400, s.ask(t, "POST", path+"?country=Atlantis", token, list, csv).status)
}

func (s *server) plainWith(t testing.TB, path, token, body, header string) int {
	t.Helper()
	return s.send(t, "POST", path, token, body, header).status
}
