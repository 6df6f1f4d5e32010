package queue_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
)

// What a worker process is told: see startWorker.
const (
	workerID       = "QUEUE_TEST_WORKER_ID"
	workerDatabase = "QUEUE_TEST_WORKER_DATABASE"
	workerSMTP     = "QUEUE_TEST_WORKER_SMTP"
)

// TestMain runs the tests, or is a worker of one of them.
func TestMain(m *testing.M) {
	if id := os.Getenv(workerID); id != "" {
		if err := work(id, os.Getenv(workerDatabase), os.Getenv(workerSMTP)); err != nil {
			fmt.Fprintln(os.Stderr, "worker:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// work is a worker process: a store, a queue and a sender, as the portal has
// them, until its input ends, which is when the test does.
func work(id, database, address string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	db, err := store.Open(ctx, database, nil)
	if err != nil {
		return err
	}
	sender, err := mail.NewSender(mail.SenderOptions{Server: address, From: "alerts@contoso.example"})
	if err != nil {
		return err
	}
	q, err := queue.New(db, sender, &queue.Options{ID: id, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	if err != nil {
		return err
	}
	if err := q.Start(ctx); err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	return nil
}

const customerTenant = "10ad0000-0000-4000-8000-00000000c057"

// onEach runs a test on both databases.
func onEach(t *testing.T, f func(t *testing.T, database string)) {
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		f(t, storetest.SQLite(t))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		f(t, storetest.PostgreSQL(t))
	})
}

func open(t *testing.T, database string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), database, nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// start runs a queue until the end of the test. Its log is written to the
// buffer that it returns.
func start(t *testing.T, db *store.DB, n partner.Notifier, opts queue.Options) (*queue.Queue, *logBuffer) {
	t.Helper()
	log := &logBuffer{}
	opts.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	q, err := queue.New(db, n, &opts)
	require.NoError(t, err)
	require.NoError(t, q.Start(context.WithoutCancel(t.Context())))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience)
		defer cancel()
		require.NoError(t, q.Stop(ctx))
	})
	return q, log
}

type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// incident concerns the partners of the customer.
func incident(id string) partner.Incident {
	return partner.Incident{
		ID: id, TenantID: customerTenant, Kind: partner.CredentialCompromise, Severity: partner.IncidentHigh,
		Title: "Wobblestone outage", Summary: "The Frumpletonic engine stopped.", Actions: []string{"Turn the grindelwort"},
		DetectedAt: time.Date(2026, time.January, 15, 9, 30, 0, 0, time.UTC),
	}
}

var operator = host.Person{Actor: partner.Actor{ID: "op-1"}, Name: "Robin Specimen", Operator: true}

// raise makes n partners and an incident that concerns them.
func raise(t *testing.T, db *store.DB, id string, n int) {
	t.Helper()
	require.NoError(t, db.SeedPartners(t.Context(), customerTenant, n))
	require.NoError(t, db.CreateIncident(t.Context(), incident(id), operator))
}

// patience is how long a test waits for what comes: a limit on what hangs, not
// on what is slow.
const patience = 5 * time.Minute

// await returns once the condition holds, or fails.
func await(t *testing.T, what string, condition func() bool) {
	t.Helper()
	require.Eventually(t, condition, patience, 50*time.Millisecond, what)
}

// counts are those of an incident.
func counts(t *testing.T, db *store.DB, id string) host.Counts {
	t.Helper()
	c, err := db.Counts(context.WithoutCancel(t.Context()), id)
	require.NoError(t, err)
	return c
}

// sink is a mail server that counts how often each Message-ID came.
type sink struct {
	address string
	delay   time.Duration // before it takes a message

	mu    sync.Mutex
	mails int
	seen  map[string]int
}

func newSink(t *testing.T, delay time.Duration) *sink {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &sink{address: listener.Addr().String(), delay: delay, seen: map[string]int{}}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return sinkSession{s}, nil }))
	server.Domain = "localhost"
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener)
	}()
	t.Cleanup(func() {
		_ = server.Close()
		_ = listener.Close()
		<-done
	})
	return s
}

func (s *sink) taken() (mails, different int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails, len(s.seen)
}

type sinkSession struct{ sink *sink }

func (sinkSession) Reset()                               {}
func (sinkSession) Logout() error                        { return nil }
func (sinkSession) Mail(string, *smtp.MailOptions) error { return nil }
func (sinkSession) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (s sinkSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	time.Sleep(s.sink.delay)
	_, rest, _ := bytes.Cut(raw, []byte("Message-ID: <"))
	id, _, _ := bytes.Cut(rest, []byte("@"))
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	s.sink.mails++
	s.sink.seen[string(id)]++
	return nil
}

func contains(log *logBuffer, text string) bool { return strings.Contains(log.String(), text) }

// run runs one statement beside the store, as an administrator would.
func run(t *testing.T, db *store.DB, statement string) {
	t.Helper()
	writer, pg := db.Pools()
	var err error
	if pg != nil {
		_, err = pg.Exec(t.Context(), statement)
	} else {
		_, err = writer.ExecContext(t.Context(), statement)
	}
	require.NoError(t, err)
}
