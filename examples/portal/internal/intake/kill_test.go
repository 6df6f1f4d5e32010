package intake_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/intake"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
	"github.com/cspkit/partner/internal/race"
)

const victimEnv = "PORTAL_TEST_IMPORT"

// TestVictim is the process that is killed: it saves an import, and says on
// standard output when it has begun.
func TestVictim(t *testing.T) {
	url, id, ok := strings.Cut(os.Getenv(victimEnv), "|")
	if !ok {
		return // it is only run by TestKilled
	}
	db, err := store.Open(t.Context(), url, nil)
	require.NoError(t, err)
	s := intake.New(intake.Options{Store: db})
	go func() {
		for {
			if done, here := s.Progress(id); here && done > 0 {
				fmt.Println("half")
				return
			}
		}
	}()
	require.NoError(t, s.Save(t.Context(), id, false, host.AuditEntry{}))
}

// TestKilled: a portal that is killed while it saves an import leaves the old
// state behind, or the new one, and never half of it.
func TestKilled(t *testing.T) {
	t.Parallel()
	for name, place := range map[string]func(testing.TB) string{
		"sqlite": storetest.SQLite, "postgres": storetest.PostgreSQL,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, place(t))
			var file strings.Builder
			file.WriteString("Tenant ID,Company,Customer tenant ID\n")
			n := 2000 / race.Every
			for i := range n {
				fmt.Fprintf(&file, "5eed0000-0000-4000-8000-%012x,Reseller %d,\n", i, i)
			}
			i := d.read(t, file.String(), host.ImportOptions{})
			require.NoError(t, d.db.Close())

			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestVictim$")
			cmd.Env = append(os.Environ(), victimEnv+"="+d.url+"|"+i.ID)
			out, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			_, _ = out.Read(make([]byte, 5)) // until it has begun, or has ended
			_ = cmd.Process.Kill()
			_ = cmd.Wait()

			d.reopen(t)
			found, err := d.db.ListPartners(t.Context(), store.PartnerList{Limit: 1000})
			require.NoError(t, err)
			saved, err := d.db.Import(t.Context(), i.ID)
			require.NoError(t, err)
			if saved.State == host.ImportSaved {
				assert.Len(t, found.Partners, min(n, 1000), "all of it")
				return
			}
			assert.Empty(t, found.Partners, "nothing of it")
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute) // the server may not know yet that its client is gone
			defer cancel()
			require.NoError(t, d.Save(ctx, i.ID, false, host.AuditEntry{}), "and it can be saved again")
			found, err = d.db.ListPartners(t.Context(), store.PartnerList{Limit: 1000})
			require.NoError(t, err)
			assert.Len(t, found.Partners, min(n, 1000))
		})
	}
}

// reopen opens the database again.
func (d *desk) reopen(t testing.TB) {
	t.Helper()
	var err error
	d.db, err = store.Open(t.Context(), d.url, nil)
	require.NoError(t, err)
	d.db.SetQueue(d)
	d.Service = intake.New(intake.Options{Store: d.db})
}
