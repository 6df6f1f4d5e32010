package store_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

func TestCompanies(t *testing.T) {
	t.Parallel()
	real := partner.LegalProfile{TenantID: "3F1C7A52-9B1E-4C55-8F0A-6D2B7E4C9A10"}
	for _, tt := range []struct {
		name           string
		fill           func(*store.DB) error
		madeUp, others bool
		why            string
	}{
		{"none", func(*store.DB) error { return nil }, false, false, ""},
		{"demonstration", func(db *store.DB) error { return db.Seed(t.Context()) }, true, false, ""},
		{"load", func(db *store.DB) error { return db.SeedPartners(t.Context(), real.TenantID, 20) }, true, false, ""},
		{"real", func(db *store.DB) error { return db.AddPartner(t.Context(), real, nil) }, false, true, ""},
		{"both", func(db *store.DB) error {
			if err := db.AddPartner(t.Context(), real, nil); err != nil {
				return err
			}
			return db.SeedPartners(t.Context(), real.TenantID, 1)
		}, true, true, "one made-up company is enough"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			db, err := store.Open(t.Context(), ":memory:", nil)
			require.NoError(t, err)
			t.Cleanup(func() { assert.NoError(t, db.Close()) })
			require.NoError(t, tt.fill(db))
			madeUp, others, err := db.Companies(t.Context())
			require.NoError(t, err)
			assert.Equal(t, [2]bool{tt.madeUp, tt.others}, [2]bool{madeUp, others}, tt.why)
		})
	}
}

func TestUnverified(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, url, server, why string }{
		{"default", "postgres://u:p@db.example/x", "db.example", "prefer: encrypted by whoever answers, or not at all"},
		{"off", "postgres://u:p@db.example/x?sslmode=disable", "db.example", ""},
		{"encrypted", "postgres://u:p@db.example/x?sslmode=require", "db.example", "by whoever answers"},
		{"authority alone", "postgres://u:p@db.example/x?sslmode=verify-ca", "db.example", "anybody's certificate"},
		{"verified", "postgres://u:p@db.example/x?sslmode=verify-full", "", ""},
		{"this machine", "postgres://u:p@127.0.0.1/x?sslmode=disable", "", ""},
		{"this machine by name", "postgres://u:p@localhost/x", "", ""},
		{"this machine, version 6", "postgres://u:p@[::1]:5432/x", "", ""},
		{"socket", "postgres://u@/x?host=/var/run/postgresql", "", ""},
		{"one of two", "postgres://u:p@localhost,db.example/x?sslmode=disable", "db.example", ""},
		{"two verified", "postgres://u:p@a.example,b.example/x?sslmode=verify-full", "", ""},
		{"looks local", "postgres://u:p@localhost.example/x", "localhost.example", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server, err := store.Unverified(tt.url)
			require.NoError(t, err)
			assert.Equal(t, tt.server, server, tt.why)
		})
	}
}
