package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/policyfile"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// verifyCommand has the commands about the verification of contacts.
type verifyCommand struct {
	Begin  verifyBegin  `cmd:"" help:"Begin to ask contacts that were here before the portal asked."`
	Status verifyStatus `cmd:"" help:"Say how many contacts are confirmed, due, overdue and so on."`
}

// verificationFlags say when contacts are asked.
type verificationFlags struct {
	VerificationPolicy string `placeholder:"FILE" help:"${verification_policy}"`
}

// policy reads the file.
func (f verificationFlags) policy() (attest.Policy, error) {
	if f.VerificationPolicy == "" {
		return attest.Policy{}, nil
	}
	data, err := os.ReadFile(f.VerificationPolicy)
	if err != nil {
		return attest.Policy{}, &problem{"--verification-policy cannot be read", readable(err)}
	}
	p, err := policyfile.Verification(data)
	if err != nil {
		return attest.Policy{}, &problem{"--verification-policy", err}
	}
	return p, nil
}

type verifyBegin struct {
	databaseFlags `embed:""`
	All           bool   `env:"-" help:"${verify_all}"`
	Tenant        string `env:"-" placeholder:"ID" help:"The one of the partner with this tenant ID, at once."`
	PerDay        int    `default:"200" placeholder:"N" help:"How many are asked on each day, with --all. Default: 200."`
}

// Run sets when contacts are asked. The portal and its workers ask.
func (c *verifyBegin) Run(rt *runtime) (err error) {
	switch {
	case c.All == (c.Tenant != ""):
		return &problem{"--all or --tenant", errors.New("must be given, and not both: it says whose contact is asked")}
	case c.PerDay < 1 || c.PerDay > 1_000_000:
		return &problem{"--per-day", errors.New("must be 1 to 1000000")}
	}
	db, err := c.open(rt.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	n, last, err := db.BeginVerification(rt.ctx, c.Tenant, c.PerDay)
	switch {
	case errors.Is(err, host.ErrNotFound):
		return &problem{"--tenant", errors.New("is no partner with a security contact")}
	case err != nil:
		return err
	case n == 0:
		fmt.Fprintln(rt.stdout, "Nothing to begin: every contact is asked already, or will be.")
	case c.Tenant != "":
		fmt.Fprintln(rt.stdout, "The contact is asked as soon as the portal runs.")
	default:
		fmt.Fprintf(rt.stdout, "%d contacts will be asked, the last one on %s.\n", n,
			last.UTC().Format("2 Jan 2006, 15:04 UTC"))
	}
	return nil
}

type verifyStatus struct {
	databaseFlags `embed:""`
}

// stateWords are what people call the states, with what each means.
var stateWords = map[host.ContactState]string{
	host.ContactVerified:   "confirmed",
	host.ContactDue:        "to confirm again",
	host.ContactUnverified: "entered, not confirmed yet",
	host.ContactUnasked:    "not asked yet",
	host.ContactOverdue:    "not confirmed in time",
	host.ContactDoubted:    "said to be wrong",
	host.ContactBouncing:   "mail comes back",
}

// Run prints one line for each state.
func (c *verifyStatus) Run(rt *runtime) (err error) {
	db, err := c.open(rt.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	counts, err := db.ContactCounts(rt.ctx)
	if err != nil {
		return err
	}
	for _, state := range host.ContactStates() {
		fmt.Fprintf(rt.stdout, "%-28s %d\n", stateWords[state], counts[state])
	}
	return nil
}

// contacts collects how many security contacts are in each state.
type contacts struct {
	db   *store.DB
	log  *slog.Logger
	desc *prometheus.Desc

	mu     sync.Mutex
	read   time.Time // when counts were
	counts map[host.ContactState]int
}

// contactsRead is how long the counts stay the same, however often somebody
// asks.
const contactsRead = 30 * time.Second

func newContacts(db *store.DB, log *slog.Logger) *contacts {
	return &contacts{db: db, log: log, desc: prometheus.NewDesc("portal_contacts",
		"Security contacts by whether somebody reads their address: verified, due, unverified, unasked, overdue, doubted "+
			"or bouncing. All processes on the database see the same, at most half a minute later.",
		[]string{"state"}, nil)}
}

func (c *contacts) Describe(ch chan<- *prometheus.Desc) { ch <- c.desc }

// Collect leaves the numbers out where the database does not answer.
func (c *contacts) Collect(ch chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.read) > contactsRead {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		counts, err := c.db.ContactCounts(ctx)
		if err != nil {
			c.log.Error("the number of contacts is not known", "error", err)
			return
		}
		c.read, c.counts = time.Now(), counts
	}
	for _, state := range host.ContactStates() {
		ch <- prometheus.MustNewConstMetric(c.desc, prometheus.GaugeValue, float64(c.counts[state]), string(state))
	}
}
