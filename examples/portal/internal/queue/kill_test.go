package queue_test

import (
	"context"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
)

const (
	recipients = 900
	killAt     = 300 // mails that came
	// Then somebody works on them at once: together less than a minute.
	comesBack = 55 * time.Second
)

// skipIfShort keeps the tests that take a minute out of the runs that repeat
// what another run has shown.
func skipIfShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it takes a minute: go test without -short runs it")
	}
}

// startWorker starts this test binary as a worker process. It ends with the
// test, whatever becomes of it.
func startWorker(t *testing.T, id, database, address string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), workerID+"="+id, workerDatabase+"="+database, workerSMTP+"="+address)
	cmd.Stdout, cmd.Stderr = io.Discard, t.Output()
	input, err := cmd.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = input.Close()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return cmd
}

// The worker that dies leads, which is the worst case: somebody else must find
// out, take the lead, and then look for its jobs.
func TestAKilledWorkerOnPostgreSQLLosesNothing(t *testing.T) {
	t.Parallel()
	skipIfShort(t)
	database := storetest.PostgreSQL(t)
	db, mails := prepare(t, database)
	workers := map[string]*exec.Cmd{}
	for _, id := range []string{"first", "second"} {
		workers[id] = startWorker(t, id, database, mails.address)
	}
	await(t, "somebody leads", func() bool { return workers[leader(t, database)] != nil })
	raise(t, db, "INC-kill", recipients)
	awaitMails(t, mails, killAt)
	dead := leader(t, database)
	require.Contains(t, workers, dead)
	require.NoError(t, workers[dead].Process.Kill()) // SIGKILL
	expectEverything(t, db, mails, dead)
}

// One process alone is killed, and another is started in its place.
func TestAKilledProcessOnSQLiteLosesNothing(t *testing.T) {
	t.Parallel()
	skipIfShort(t)
	database := storetest.SQLite(t)
	db, mails := prepare(t, database)
	raise(t, db, "INC-kill", recipients)
	worker := startWorker(t, "first", database, mails.address)
	awaitMails(t, mails, killAt)
	require.NoError(t, worker.Process.Kill())
	_ = worker.Wait()
	startWorker(t, "second", database, mails.address)
	expectEverything(t, db, mails, "first")
}

// prepare returns a database in which incidents may be raised, and the mail
// server of its workers.
func prepare(t *testing.T, database string) (*store.DB, *sink) {
	t.Helper()
	mails := newSink(t, 2*time.Millisecond)
	db := open(t, database)
	_, err := queue.New(db, nil, &queue.Options{InsertOnly: true})
	require.NoError(t, err)
	return db, mails
}

func awaitMails(t *testing.T, mails *sink, n int) {
	t.Helper()
	await(t, "the workers send", func() bool {
		sent, _ := mails.taken()
		return sent >= n
	})
}

// expectEverything waits until the jobs of the dead worker are back, every
// recipient has a mail, and every delivery is known to be sent.
func expectEverything(t *testing.T, db *store.DB, mails *sink, dead string) {
	t.Helper()
	killed := time.Now()
	before, _ := mails.taken()
	require.Less(t, before, recipients, "the worker was killed too late to show anything")
	held := heldBy(t, db, dead)
	await(t, "the jobs come back", func() bool { return heldBy(t, db, dead) == 0 })
	back := time.Since(killed)
	assert.Less(t, back, comesBack, "until the jobs of the killed worker were back")
	await(t, "every delivery is sent", func() bool {
		return counts(t, db, "INC-kill")[host.DeliverySent] == recipients
	})
	sent, different := mails.taken()
	assert.Equal(t, recipients, different, "recipients with a mail")
	t.Logf("killed after %d mails, with %d jobs; these were back after %.0f s; %d recipients, %d came twice, "+
		"all sent %.0f s after the kill",
		before, held, back.Seconds(), different, sent-different, time.Since(killed).Seconds())
}

// heldBy is the number of jobs that a worker has begun and not ended.
func heldBy(t *testing.T, db *store.DB, id string) (n int) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	writer, pg := db.Pools()
	var err error
	if pg != nil {
		const running = `SELECT count(*) FROM river_job
WHERE state = 'running' AND attempted_by[array_upper(attempted_by, 1)] = $1`
		err = pg.QueryRow(ctx, running, id).Scan(&n)
	} else {
		const running = `SELECT count(*) FROM river_job WHERE state = 'running' AND attempted_by ->> '$[#-1]' = ?1`
		err = writer.QueryRowContext(ctx, running, id).Scan(&n)
	}
	require.NoError(t, err)
	return n
}

// leader is the ID of the worker that River's maintenance runs in.
func leader(t *testing.T, database string) (id string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	conn, err := pgx.Connect(ctx, database)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close(ctx)) }()
	err = conn.QueryRow(ctx, `SELECT coalesce(max(leader_id), '') FROM river_leader WHERE expires_at > now()`).Scan(&id)
	require.NoError(t, err)
	return id
}
