package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// How long what an import holds is kept. Its numbers stay.
const (
	unsavedImports = 24 * time.Hour
	savedImports   = 30 * 24 * time.Hour
)

// ImportStored is what is stored of what a piece of a file speaks of, and what
// rows of the file before it have said.
type ImportStored struct {
	Partners      map[string]StoredPartner // by tenant
	Customers     map[string]string        // the name, by tenant
	Relationships map[string]StoredRights  // by the customer's tenant, a blank, and the partner's
	Staged        map[string]host.ImportItem
}

// StoredPartner is a partner as it is stored. Text is its profile, byte for
// byte, and StaffText its people.
type StoredPartner struct {
	Profile         partner.LegalProfile
	Language        string
	Text, StaffText string
	staff           []staff
}

// StoredRights are rights as they are stored.
type StoredRights struct {
	Rights partner.Rights
	Text   string
}

// What is stored of an item.
type (
	// ImportedPartner is a partner as it is after an import.
	ImportedPartner struct {
		SortName string               `json:"sort_name"`
		Staff    []staff              `json:"staff"`
		Profile  partner.LegalProfile `json:"profile"`
		Terms    []string             `json:"terms"`
		Coverage host.CoverageClass   `json:"coverage"`
		Email    string               `json:"email"` // of the security contact
		Language string               `json:"language"`
		Revision *partner.Revision    `json:"revision,omitempty"` // of a partner that is here
		Changes  []host.ImportChange  `json:"-"`                  // of its people
	}
	// ImportedCustomer is a customer.
	ImportedCustomer struct {
		SortName string `json:"sort_name"`
		Name     string `json:"name"`
	}
	// ImportedRelationship is what a partner may do at a customer.
	ImportedRelationship struct {
		Rights partner.Rights `json:"rights"`
	}
)

// NewImportedCustomer is a customer as it is after an import.
func NewImportedCustomer(name string) ImportedCustomer {
	return ImportedCustomer{SortName: plain(sortName(name)), Name: name}
}

// NewImportedPartner is a partner as it is after an import: with the people who
// were there, and those whom the file names.
func NewImportedPartner(
	after partner.LegalProfile, before StoredPartner, admin, agent partner.Recipient, language string,
) ImportedPartner {
	p := ImportedPartner{
		SortName: plain(sortName(after.CompanyName)), Staff: append([]staff{}, before.staff...), Profile: after,
		Email: after.SecurityContact.Email, Language: cmp.Or(language, before.Language),
		Coverage: classOfProfile(after),
	}
	if p.Language != before.Language {
		p.Changes = append(p.Changes, host.ImportChange{Label: "Language", Before: before.Language, After: p.Language})
	}
	p.add(admin, "Global admin", func(s *staff) *bool { return &s.GlobalAdmin })
	p.add(agent, "Admin agent", func(s *staff) *bool { return &s.Enrolled })
	p.Terms = termsOf(&p.Profile, p.Staff)
	return p
}

// add adds somebody, or a part that somebody plays.
func (p *ImportedPartner) add(who partner.Recipient, label string, part func(*staff) *bool) {
	if who.Email == "" {
		return
	}
	at := slices.IndexFunc(p.Staff, func(s staff) bool { return sameAddress(s.Email, who.Email) })
	if at < 0 {
		sum := sha256.Sum256([]byte(p.Profile.TenantID + " " + strings.ToLower(who.Email)))
		p.Staff = append(p.Staff, staff{
			ID: p.Profile.TenantID + "/" + hex.EncodeToString(sum[:8]), Name: plain(who.Name), Email: who.Email,
		})
		at = len(p.Staff) - 1
	}
	if is := part(&p.Staff[at]); !*is {
		*is = true
		p.Changes = append(p.Changes, host.ImportChange{Label: label, After: who.Email})
	}
}

// BeginImport stores that an import begins, and forgets what old ones hold.
func (db *DB) BeginImport(ctx context.Context, i host.Import) error {
	now := db.now()
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		const old = `SELECT id FROM imports WHERE saved_at = 0 AND begun_at < $1 AND begun_at > $3
			OR saved_at > 0 AND begun_at < $2 AND begun_at > $3`
		unsaved, saved := now.Add(-unsavedImports), now.Add(-savedImports)
		for _, table := range []string{"import_items", "import_problems"} {
			_, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE import_id IN (`+old+`)`, micros(unsaved), micros(saved),
				micros(saved.Add(-savedImports)))
			if err != nil {
				return err
			}
		}
		const statement = `INSERT INTO imports (id, state, file_name, by_person, channel, options, layout, counts, begun_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
		_, err := tx.exec(ctx, statement, i.ID, string(host.ImportReading), i.FileName, asJSON(i.By), string(i.Channel),
			asJSON(i.Options), asJSON(i.Layout), asJSON(i.Counts), micros(now))
		return err
	})
	return wrap(err, "begin import %q", i.ID)
}

const selectImport = `SELECT id, state, file_name, by_person, channel, options, layout, counts, problem, begun_at, saved_at
	FROM imports `

func scanImport(rs rows) (host.Import, error) {
	var i host.Import
	var begun, saved int64
	err := rs.Scan(&i.ID, &i.State, &i.FileName, asJSON(&i.By), &i.Channel, asJSON(&i.Options), asJSON(&i.Layout),
		asJSON(&i.Counts), &i.Problem, &begun, &saved)
	i.Begun, i.Saved = fromMicros(begun), fromMicros(saved)
	return i, err
}

// Import returns an import, or an error that is host.ErrNotFound.
func (db *DB) Import(ctx context.Context, id string) (host.Import, error) {
	i, err := first(ctx, db.engine.reader(), scanImport, selectImport+`WHERE id = $1`, id)
	return i, wrap(err, "import %q", id)
}

// EnteredBy returns the import that entered a partner, or an error that is
// host.ErrNotFound if none did.
func (db *DB) EnteredBy(ctx context.Context, tenantID string) (host.Import, error) {
	i, err := first(ctx, db.engine.reader(), scanImport,
		selectImport+`WHERE id = (SELECT entered_in FROM partners WHERE tenant_id = $1)`, tenantKey(tenantID))
	return i, wrap(err, "import of partner %q", tenantID)
}

// Imports returns the newest imports. A limit of 0 is 50.
func (db *DB) Imports(ctx context.Context, limit int) ([]host.Import, error) {
	all, err := list(ctx, db.engine.reader(), scanImport, selectImport+`ORDER BY begun_at DESC, id DESC LIMIT $1`,
		page(limit))
	return all, wrap(err, "imports")
}

// ImportStored reads what is stored of the partners, customers and
// relationships with these keys.
func (db *DB) ImportStored(
	ctx context.Context, importID string, partners, customers, relationships []string,
) (ImportStored, error) {
	s := ImportStored{
		Partners: map[string]StoredPartner{}, Customers: map[string]string{}, Relationships: map[string]StoredRights{},
		Staged: map[string]host.ImportItem{},
	}
	r := db.engine.reader()
	read := func(statement string, ids []string, scan func(rs rows) error, args ...any) error {
		if len(ids) == 0 {
			return nil
		}
		rs, err := r.query(ctx, statement, append([]any{asJSON(keys(ids))}, args...)...)
		return each(rs, err, scan)
	}
	// SQLite reads the tables of a CROSS JOIN in their order: the keys first.
	err := read(`SELECT p.tenant_id, CAST(p.profile AS text), CAST(p.staff AS text), p.language
		FROM {each} CROSS JOIN partners AS p WHERE p.tenant_id = e.value ->> 'id'`, partners, func(rs rows) error {
		var id string
		var p StoredPartner
		if err := rs.Scan(&id, &p.Text, &p.StaffText, &p.Language); err != nil {
			return err
		}
		if !readInto(&p.Profile, &p.Text) || !readInto(&p.staff, &p.StaffText) {
			return ErrCorrupt
		}
		s.Partners[id] = p
		return nil
	})
	if err == nil {
		err = read(`SELECT c.tenant_id, c.name FROM {each} CROSS JOIN customers AS c
			WHERE c.tenant_id = e.value ->> 'id'`, customers,
			func(rs rows) error {
				var id, name string
				err := rs.Scan(&id, &name)
				s.Customers[id] = name
				return err
			})
	}
	if err == nil {
		err = read(`SELECT e.value ->> 'id', CAST(r.rights AS text) FROM {each} CROSS JOIN relationships AS r
			WHERE r.tenant_id = substr(e.value ->> 'id', 1, 36) AND r.partner_id = substr(e.value ->> 'id', 38)`, relationships,
			func(rs rows) error {
				var key string
				var rights StoredRights
				err := rs.Scan(&key, &rights.Text)
				if err == nil && !readInto(&rights.Rights, &rights.Text) {
					err = ErrCorrupt
				}
				s.Relationships[key] = rights
				return err
			})
	}
	for kind, ids := range map[host.ImportKind][]string{
		host.ImportPartner: partners, host.ImportCustomer: customers, host.ImportRelationship: relationships,
	} {
		if err != nil {
			break
		}
		err = read(`SELECT i.kind, i.subject, i.at_row, i.name, i.wanted FROM {each} CROSS JOIN import_items AS i
			WHERE i.import_id = $2 AND i.kind = $3 AND i.subject = e.value ->> 'id'`, ids, func(rs rows) error {
			var i host.ImportItem
			err := rs.Scan(&i.Kind, &i.Key, &i.Row, &i.Name, &i.Wanted)
			s.Staged[string(i.Kind)+i.Key] = i
			return err
		}, importID, string(kind))
	}
	return s, wrap(err, "what import %q speaks of", importID)
}

// StageImport stores what a piece of a file would do. Nothing of it is seen
// outside of the import.
func (db *DB) StageImport(
	ctx context.Context, importID string, items []host.ImportItem, problems []host.ImportProblem,
) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		if len(items) > 0 {
			const statement = `INSERT INTO import_items (import_id, kind, subject, at_row, at_line, name, verdict, wanted, note,
					contact, changes, base, base2, data)
				SELECT $2, e.value ->> 'kind', e.value ->> 'key', CAST(e.value ->> 'row' AS bigint),
					CAST(e.value ->> 'line' AS bigint), e.value ->> 'name', e.value ->> 'verdict', e.value ->> 'wanted',
					e.value ->> 'note', CAST(e.value ->> 'contact' AS boolean), e.value -> 'changes', e.value ->> 'base',
					e.value ->> 'base2', e.value -> 'data' FROM {each}`
			for i := range items {
				items[i].Name = plain(items[i].Name)
			}
			if _, err := tx.exec(ctx, statement, asJSON(items), importID); err != nil {
				return err
			}
		}
		return insertProblems(ctx, tx, importID, problems)
	})
	return wrap(err, "piece of import %q", importID)
}

func insertProblems(ctx context.Context, tx *Tx, importID string, problems []host.ImportProblem) error {
	if len(problems) == 0 {
		return nil
	}
	const statement = `INSERT INTO import_problems (import_id, at_row, at_line, name, wrong, findings)
		SELECT $2, CAST(e.value ->> 'row' AS bigint), CAST(e.value ->> 'line' AS bigint), e.value ->> 'name',
			CAST(e.value ->> 'wrong' AS boolean), e.value -> 'findings' FROM {each} WHERE TRUE
		ON CONFLICT (import_id, at_row) DO UPDATE SET wrong = excluded.wrong, findings = excluded.findings`
	_, err := tx.exec(ctx, statement, asJSON(problems), importID)
	return err
}

// FinishReading ends the reading of a file. Rights of a partner who is neither
// stored nor in the file are wrong. Unknown is what is said of such a row.
func (db *DB) FinishReading(
	ctx context.Context, i host.Import, unknown host.ImportFinding,
) (host.Import, error) {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		for {
			const orphans = `SELECT i.subject, i.at_row, i.at_line, i.name FROM import_items AS i
				WHERE i.import_id = $1 AND i.kind = 'relationship' AND i.verdict = 'new'
				AND NOT EXISTS (SELECT 1 FROM partners AS p WHERE p.tenant_id = substr(i.subject, 38))
				AND NOT EXISTS (SELECT 1 FROM import_items AS o
					WHERE o.import_id = i.import_id AND o.kind = 'partner' AND o.subject = substr(i.subject, 38))
				ORDER BY i.subject LIMIT 1000`
			var lost []string
			problems, err := list(ctx, tx, func(rs rows) (host.ImportProblem, error) {
				var subject string
				p := host.ImportProblem{Wrong: true, Findings: []host.ImportFinding{unknown}}
				err := rs.Scan(&subject, &p.Row, &p.Line, &p.Name)
				lost = append(lost, subject)
				return p, err
			}, orphans, i.ID)
			if err != nil {
				return err
			}
			if len(lost) == 0 {
				break
			}
			if err := dropItems(ctx, tx, i.ID, lost); err != nil {
				return err
			}
			if err := insertProblems(ctx, tx, i.ID, problems); err != nil {
				return err
			}
		}
		if err := countImport(ctx, tx, &i); err != nil {
			return err
		}
		i.State = host.ImportReady
		const statement = `UPDATE imports SET state = $2, counts = e.value -> 'counts', layout = e.value -> 'layout'
			FROM {each} WHERE imports.id = $3 AND imports.state = 'reading'`
		n, err := tx.exec(ctx, statement, asJSON([]map[string]any{{"counts": i.Counts, "layout": i.Layout}}),
			string(i.State), i.ID)
		if err == nil && n == 0 {
			err = host.ErrNotFound
		}
		return err
	})
	return i, wrap(err, "finish reading import %q", i.ID)
}

// dropItems drops rights, and customers that are new in the same row, and that
// no other row speaks of.
func dropItems(ctx context.Context, tx *Tx, importID string, relationships []string) error {
	const rights = `DELETE FROM import_items WHERE import_id = $2 AND kind = 'relationship'
		AND subject IN (SELECT e.value ->> 'id' FROM {each})`
	if _, err := tx.exec(ctx, rights, asJSON(keys(relationships)), importID); err != nil {
		return err
	}
	const customers = `DELETE FROM import_items WHERE import_id = $2 AND kind = 'customer' AND verdict <> 'same'
		AND subject IN (SELECT substr(e.value ->> 'id', 1, 36) FROM {each})
		AND NOT EXISTS (SELECT 1 FROM import_items AS o WHERE o.import_id = $2 AND o.kind = 'relationship'
			AND o.subject > import_items.subject || ' ' AND o.subject < import_items.subject || '!')`
	_, err := tx.exec(ctx, customers, asJSON(keys(relationships)), importID)
	return err
}

// countImport counts what an import would do.
func countImport(ctx context.Context, tx *Tx, i *host.Import) error {
	c := &i.Counts
	c.Verdicts, c.Kept = map[host.ImportKind]map[host.ImportVerdict]int{}, 0
	rs, err := tx.query(ctx, `SELECT kind, verdict, note = 'contact.kept', COUNT(*) FROM import_items WHERE import_id = $1
		GROUP BY kind, verdict, note = 'contact.kept'`, i.ID)
	err = each(rs, err, func(rs rows) error {
		var kind host.ImportKind
		var verdict host.ImportVerdict
		var kept bool
		var n int
		err := rs.Scan(&kind, &verdict, &kept, &n)
		if c.Verdicts[kind] == nil {
			c.Verdicts[kind] = map[host.ImportVerdict]int{}
		}
		c.Verdicts[kind][verdict] += n
		if kept {
			c.Kept += n
		}
		return err
	})
	if err != nil {
		return err
	}
	c.Wrong, c.Advice = 0, 0
	rs, err = tx.query(ctx, `SELECT wrong, COUNT(*) FROM import_problems WHERE import_id = $1 GROUP BY wrong`, i.ID)
	return each(rs, err, func(rs rows) error {
		var wrong bool
		var n int
		err := rs.Scan(&wrong, &n)
		if wrong {
			c.Wrong = n
		} else {
			c.Advice = n
		}
		return err
	})
}

// EndImport notes that an import failed, or is stale, and why.
func (db *DB) EndImport(ctx context.Context, id string, state host.ImportState, problem string) error {
	_, err := db.engine.exec(ctx, `UPDATE imports SET state = $2, problem = $3 WHERE id = $1 AND state <> 'saved'`,
		id, string(state), problem)
	return wrap(err, "end import %q", id)
}

// SavingImport notes that an import is about to be saved. It reports false if
// it is not ready: it is saved, or never will be. One that was being saved when
// the portal was killed is ready.
func (db *DB) SavingImport(ctx context.Context, id string) (bool, error) {
	n, err := db.engine.exec(ctx, `UPDATE imports SET state = 'saving' WHERE id = $1 AND state IN ('ready', 'saving')`, id)
	return n > 0, wrap(err, "save import %q", id)
}

// ImportItems returns items of an import with a verdict in the order of the
// file, after one of them. A limit of 0 is 50.
func (db *DB) ImportItems(
	ctx context.Context, id string, v host.ImportVerdict, after host.ImportItem, limit int,
) ([]host.ImportItem, error) {
	const statement = `SELECT kind, subject, at_row, at_line, name, verdict, note, changes FROM import_items
		WHERE import_id = $1 AND verdict = $2 AND (at_row, kind, subject) > ($3, $4, $5)
		ORDER BY at_row, kind, subject LIMIT $6`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.ImportItem, error) {
		var i host.ImportItem
		err := rs.Scan(&i.Kind, &i.Key, &i.Row, &i.Line, &i.Name, &i.Verdict, &i.Note, asJSON(&i.Changes))
		return i, err
	}, statement, id, string(v), after.Row, string(after.Kind), after.Key, page(limit))
	return all, wrap(err, "items of import %q", id)
}

// ImportProblems returns rows of which something is to be said, after a row.
func (db *DB) ImportProblems(
	ctx context.Context, id string, wrong bool, after, limit int,
) ([]host.ImportProblem, error) {
	const statement = `SELECT at_row, at_line, name, wrong, findings FROM import_problems
		WHERE import_id = $1 AND wrong = $2 AND at_row > $3 ORDER BY at_row LIMIT $4`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.ImportProblem, error) {
		var p host.ImportProblem
		err := rs.Scan(&p.Row, &p.Line, &p.Name, &p.Wrong, asJSON(&p.Findings))
		return p, err
	}, statement, id, wrong, after, page(limit))
	return all, wrap(err, "rows of import %q", id)
}
