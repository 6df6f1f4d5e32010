package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// session tells an open page who has signed in, so that it can say when that is
// nobody or somebody else by now. Nobody is led to the page to sign in on, as
// everywhere.
func (w *Web) session(rw http.ResponseWriter, r *http.Request) error {
	p, _ := host.PersonFrom(r.Context())
	rw.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(rw).Encode(struct {
		Who string `json:"who"`
	}{whoIs(p)})
}

// whoIs tells people apart, and tells nothing else of them.
func whoIs(p host.Person) string {
	sum := sha256.Sum256([]byte(p.Actor.TenantID + "\n" + p.Actor.ID))
	return hex.EncodeToString(sum[:8])
}
