package intake

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// Options are the options of [New].
type Options struct {
	Store *store.DB // required
	// ReplaceContacts lets an import replace security contacts that differ, if
	// whoever imports says so. Without, none is.
	ReplaceContacts bool
	Log             *slog.Logger // default: nothing is logged
}

// Service reads imports and saves them. It may be used from several goroutines.
type Service struct {
	opts    Options
	running sync.WaitGroup
	mu      sync.Mutex
	saving  map[string]*atomic.Int64 // how much of each import is done
	closing context.Context
	stop    context.CancelFunc
}

// New returns a service. It is to be closed.
func New(opts Options) *Service {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	s := &Service{opts: opts, saving: map[string]*atomic.Int64{}}
	s.closing, s.stop = context.WithCancel(context.Background())
	return s
}

// Close breaks off what is being saved, of which nothing is stored then, and
// waits for it.
func (s *Service) Close() {
	s.stop()
	s.running.Wait()
}

// MayReplaceContacts reports whether the operator's policy lets an import
// replace security contacts.
func (s *Service) MayReplaceContacts() bool { return s.opts.ReplaceContacts }

// batch is how many rows are compared and stored at a time.
const batch = 500

// partnerUnknown is said of rights of a partner who is nowhere.
var partnerUnknown = finding("", "partner.unknown",
	"The partner is neither here nor in the file. Import the partner first, or in the same file.")

// Read reads a file, compares it with what is stored, and keeps what saving it
// would do. It saves nothing. A file that cannot be read is a [FileError], and
// the import says so.
func (s *Service) Read(ctx context.Context, file io.Reader, i host.Import) (host.Import, error) {
	i.ID, i.State = strings.ToLower(rand.Text()), host.ImportReading
	i.Options.CustomersOf = partner.TenantKey(strings.TrimSpace(i.Options.CustomersOf))
	i.Options.API = i.Channel == partner.API
	i.Options.ReplaceContacts = i.Options.ReplaceContacts && s.opts.ReplaceContacts
	f, err := Open(file, i.Options)
	if err != nil {
		return i, err
	}
	i.Layout = f.Layout
	if err := s.opts.Store.BeginImport(ctx, i); err != nil {
		return i, err
	}
	if err := s.read(ctx, f, &i); err != nil {
		problem := "The file could not be read to its end. Nothing of it is saved."
		if wrong, ok := errors.AsType[*FileError](err); ok {
			problem = wrong.Text
		}
		again := context.WithoutCancel(ctx)
		return i, errors.Join(err, s.opts.Store.EndImport(again, i.ID, host.ImportFailed, problem))
	}
	i.Layout = f.Layout // of JSON it is known after the first row
	return s.opts.Store.FinishReading(ctx, i, partnerUnknown)
}

func (s *Service) read(ctx context.Context, f *File, i *host.Import) error {
	rows := make([]Row, 0, batch)
	alike := newAlike()
	var broken error
	for row, err := range f.Rows() {
		if err != nil {
			broken = err
			break
		}
		i.Counts.Rows++
		if rows = append(rows, row); len(rows) == batch {
			if err := s.stage(ctx, f, i, rows, alike); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	if broken != nil {
		return broken
	}
	if i.Counts.Rows == 0 {
		return unreadable("The file has no rows below its header.")
	}
	return s.stage(ctx, f, i, rows, alike)
}

// stage compares rows with what is stored, and keeps what comes of it.
func (s *Service) stage(ctx context.Context, f *File, i *host.Import, rows []Row, alike *alike) error {
	if len(rows) == 0 {
		return nil
	}
	var partners, customers, relationships []string
	for _, r := range rows {
		if r.Partner != nil {
			partners = append(partners, r.Partner.Profile.TenantID)
		}
		if r.Customer != nil {
			customers = append(customers, r.Customer.TenantID)
		}
		if r.Relationship != nil {
			relationships = append(relationships, relationshipKey(r.Relationship.CustomerID, r.Relationship.PartnerID))
		}
	}
	stored, err := s.opts.Store.ImportStored(ctx, i.ID, partners, customers, relationships)
	if err != nil {
		return err
	}
	if err := alike.look(ctx, s.opts.Store, rows, stored.Partners); err != nil {
		return err
	}
	by := i.By.Actor
	by.Channel = i.Channel
	c := comparison{options: i.Options, header: f.places, by: by, stored: stored, staged: stored.Staged, alike: alike}
	var problems []host.ImportProblem
	for _, r := range rows {
		if problem, any := c.row(r); any {
			problems = append(problems, problem)
		}
	}
	return s.opts.Store.StageImport(ctx, i.ID, c.items, problems)
}

// The reasons why an import is not saved.
var (
	ErrWrongRows = errors.New("portal: rows of the import are wrong")
	ErrNotReady  = errors.New("portal: the import is not ready to be saved")
)

// Save saves an import as a whole, or nothing of it. If rows are wrong, it
// saves the others only if leave is set: otherwise the error is [ErrWrongRows].
func (s *Service) Save(ctx context.Context, id string, leave bool, entry host.AuditEntry) error {
	if err := s.begin(ctx, id, leave); err != nil {
		return err
	}
	return s.save(ctx, id, entry)
}

// SaveBeside is Save, and goes on after it has returned: see
// [Service.Progress].
func (s *Service) SaveBeside(ctx context.Context, id string, leave bool, entry host.AuditEntry) error {
	if err := s.begin(ctx, id, leave); err != nil {
		return err
	}
	s.running.Go(func() { _ = s.save(s.closing, id, entry) }) // it has logged why
	return nil
}

func (s *Service) begin(ctx context.Context, id string, leave bool) error {
	i, err := s.opts.Store.Import(ctx, id)
	if err != nil {
		return err
	}
	if i.Counts.Wrong > 0 && !leave {
		return ErrWrongRows
	}
	ready, err := s.opts.Store.SavingImport(ctx, id)
	if err == nil && !ready {
		err = ErrNotReady
	}
	return err
}

func (s *Service) save(ctx context.Context, id string, entry host.AuditEntry) error {
	done := &atomic.Int64{}
	s.mu.Lock()
	s.saving[id] = done
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.saving, id)
		s.mu.Unlock()
	}()
	err := s.opts.Store.SaveImport(ctx, id, entry, func(n int) { done.Store(int64(n)) })
	state, problem := host.ImportReady, "The portal could not save it. Nothing of it is saved: try again."
	entry.Action, entry.Subject, entry.Outcome = store.AuditImport, id, host.AuditFailed
	switch {
	case err == nil:
		return nil
	case errors.Is(err, store.ErrStale):
		entry.Outcome, entry.Result = host.AuditRefused, "import-stale"
		state, problem = host.ImportStale, "Somebody changed what this import changes after the file was read. "+
			"Nothing of it is saved. Send the file again, to see what it would change now."
	case errors.Is(err, context.Canceled):
		problem = ""
	}
	s.opts.Log.LogAttrs(ctx, slog.LevelWarn, "import not saved", slog.String("import", id), slog.Any("error", err))
	ctx = context.WithoutCancel(ctx)
	return errors.Join(err, s.opts.Store.EndImport(ctx, id, state, problem), s.opts.Store.Audit(ctx, entry))
}

// Progress returns how many items of an import are done, if it is being saved
// here.
func (s *Service) Progress(id string) (done int, here bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, here := s.saving[id]
	if !here {
		return 0, false
	}
	return int(n.Load()), true
}
