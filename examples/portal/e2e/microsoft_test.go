//go:build !race

package e2e_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/partnertest"
)

// adventureID is the tenant of Adventure Works.
const adventureID = "c0570000-0000-4000-8000-000000000001"

// microsoft issues tokens, and answers as Microsoft Graph does.
type microsoft struct {
	*httptest.Server
	t *testing.T

	mu       sync.Mutex
	alerts   []alert.Alert
	resolved map[string]string // the reason, by the last part of the path
}

func newMicrosoft(t *testing.T) *microsoft {
	t.Helper()
	m := &microsoft{t: t, resolved: map[string]string{}}
	m.Server = httptest.NewServer(m)
	t.Cleanup(m.Close)
	return m
}

func (m *microsoft) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case r.URL.Path == "/token":
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"access_token":"only-for-graph","token_type":"Bearer","expires_in":3600}`)
	case !assert.Equal(m.t, "Bearer only-for-graph", r.Header.Get("Authorization")):
		w.WriteHeader(http.StatusUnauthorized)
	case r.Method == http.MethodGet:
		_, _ = w.Write(partnertest.GraphAlerts(m.alerts...))
	default:
		var said map[string]string
		assert.NoError(m.t, json.NewDecoder(r.Body).Decode(&said))
		m.resolved[r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]] = said["resolvedReason"]
		w.WriteHeader(http.StatusNoContent)
	}
}

func (m *microsoft) sees(alerts ...alert.Alert) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.alerts = append(m.alerts, alerts...)
}

func (m *microsoft) reason(id string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.resolved[id]
}
