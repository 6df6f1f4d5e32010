package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// ErrStale says that somebody changed what an import changes, after its file
// was read.
var ErrStale = errors.New("portal: what the import changes was changed meanwhile")

// AuditImport is the action of an import that is saved, in the audit log.
const AuditImport = "import"

// SaveImport does all that an import would do, in one transaction, and records
// it in the audit log. If somebody changed what it changes since the file was
// read, the error is [ErrStale] and nothing is stored. Whoever saves it a
// second time changes nothing.
//
//	a partner that is new     is stored as [DB.AddPartner] does. Nobody is told
//	another security contact  as [DB.SaveRevision] does: people are told
//	any other change          a revision
func (db *DB) SaveImport(ctx context.Context, id string, entry host.AuditEntry, progress func(done int)) error {
	i, err := db.Import(ctx, id)
	if err != nil {
		return err
	}
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		state, err := first(ctx, tx, text, `SELECT state FROM imports WHERE id = $1 {lock}`, id)
		switch {
		case err != nil:
			return err
		case state == string(host.ImportSaved):
			return nil
		case state != string(host.ImportReady) && state != string(host.ImportSaving):
			return host.ErrNotFound
		}
		s := importing{DB: db, tx: tx, of: i, done: progress}
		if err := s.save(ctx); err != nil {
			return err
		}
		_, err = tx.exec(ctx, `UPDATE imports SET state = 'saved', saved_at = $2 WHERE id = $1`, id, micros(db.now()))
		if err != nil {
			return err
		}
		entry.Action, entry.Outcome, entry.Subject = AuditImport, host.AuditDone, id
		entry.Result = i.Counts.Result("import-saved")
		return db.audit(ctx, tx, entry)
	})
	err = db.readBack(ctx, err, func(ctx context.Context, tx *Tx) (bool, error) {
		state, err := first(ctx, tx, text, `SELECT state FROM imports WHERE id = $1`, id)
		return state == string(host.ImportSaved), err
	})
	return wrap(err, "save import %q", id)
}

// importing is an import that is being saved.
type importing struct {
	*DB
	tx   *Tx
	of   host.Import
	done func(n int)
	n    int
}

// all runs a statement that must reach as many rows as there are items.
func (s *importing) all(ctx context.Context, want int, statement string, args ...any) error {
	n, err := s.tx.exec(ctx, statement, args...)
	if err == nil && int(n) != want {
		err = ErrStale
	}
	s.step(want)
	return err
}

func (s *importing) step(n int) {
	s.n += n
	if s.done != nil {
		s.done(s.n)
	}
}

func (s *importing) save(ctx context.Context) error {
	id, counts := s.of.ID, s.of.Counts
	const these = ` FROM import_items AS i WHERE i.import_id = $1 AND i.kind = `
	err := s.all(ctx, counts.Count(host.ImportPartner, host.ImportNew),
		`INSERT INTO partners (tenant_id, sort_name, staff, profile, language, coverage, entered_in)
		SELECT i.subject, i.data ->> 'sort_name', i.data -> 'staff', i.data -> 'profile', i.data ->> 'language',
			COALESCE(i.data ->> 'coverage', ''), i.import_id`+these+
			`'partner' AND i.verdict = 'new' ON CONFLICT (tenant_id) DO NOTHING`, id)
	if err == nil {
		err = s.changed(ctx)
	}
	for _, statement := range []string{
		`INSERT INTO contacts (tenant_id, address, sort_name) SELECT i.subject, i.data ->> 'email', i.data ->> 'sort_name'` +
			these + `'partner' AND i.verdict = 'new' AND COALESCE(i.data ->> 'email', '') <> ''`,
		`DELETE FROM partner_terms WHERE tenant_id IN (SELECT i.subject` + these + `'partner' AND i.verdict = 'changed')`,
		`INSERT INTO partner_terms (term, tenant_id) SELECT t.value, i.subject FROM import_items AS i, {terms}
			WHERE i.import_id = $1 AND i.kind = 'partner' AND i.verdict <> 'same' ON CONFLICT DO NOTHING`,
	} {
		if err == nil {
			_, err = s.tx.exec(ctx, statement, id)
		}
	}
	if err == nil {
		_, err = s.tx.exec(ctx, `INSERT INTO relationships (tenant_id, partner_id, rights)
			SELECT i.subject, i.subject, e.value -> 'rights' FROM import_items AS i, {each}
			WHERE i.import_id = $2 AND i.kind = 'partner' AND i.verdict = 'new' ON CONFLICT (tenant_id, partner_id) DO NOTHING`,
			asJSON([]relationshipRow{{}}), id)
	}
	if err != nil {
		return err
	}
	for _, step := range []struct {
		kind      host.ImportKind
		verdict   host.ImportVerdict
		statement string
	}{
		{host.ImportCustomer, host.ImportNew, `INSERT INTO customers (tenant_id, sort_name, name)
			SELECT i.subject, i.data ->> 'sort_name', i.data ->> 'name'` + these +
			`'customer' AND i.verdict = 'new' ON CONFLICT (tenant_id) DO NOTHING`},
		{host.ImportCustomer, host.ImportChanged,
			`UPDATE customers SET sort_name = i.data ->> 'sort_name', name = i.data ->> 'name'` +
				these + `'customer' AND i.verdict = 'changed' AND customers.tenant_id = i.subject AND customers.name = i.base`},
		{host.ImportRelationship, host.ImportNew, `INSERT INTO relationships (tenant_id, partner_id, rights)
			SELECT substr(i.subject, 1, 36), substr(i.subject, 38), i.data -> 'rights'` + these +
			`'relationship' AND i.verdict = 'new' ON CONFLICT (tenant_id, partner_id) DO NOTHING`},
		{host.ImportRelationship, host.ImportChanged, `UPDATE relationships SET rights = i.data -> 'rights'` + these +
			`'relationship' AND i.verdict = 'changed' AND relationships.tenant_id = substr(i.subject, 1, 36)
			AND relationships.partner_id = substr(i.subject, 38) AND CAST(relationships.rights AS text) = i.base`},
	} {
		if err := s.all(ctx, counts.Count(step.kind, step.verdict), step.statement, id); err != nil {
			return err
		}
	}
	return nil
}

// changed saves what changes of partners that are here.
func (s *importing) changed(ctx context.Context) error {
	id, n := s.of.ID, s.of.Counts.Count(host.ImportPartner, host.ImportChanged)
	if n == 0 {
		return nil
	}
	told, err := s.contacts(ctx)
	if err != nil {
		return err
	}
	err = s.all(ctx, n-told, `UPDATE partners SET profile = i.data -> 'profile',
			sort_name = i.data ->> 'sort_name', staff = i.data -> 'staff', language = i.data ->> 'language',
			coverage = COALESCE(i.data ->> 'coverage', '')
		FROM import_items AS i
		WHERE i.import_id = $1 AND i.kind = 'partner' AND i.verdict = 'changed' AND NOT i.contact
		AND partners.tenant_id = i.subject AND CAST(partners.profile AS text) = i.base
		AND CAST(partners.staff AS text) = i.base2`, id)
	if err != nil {
		return err
	}
	const revisions = `INSERT INTO revisions (tenant_id, number, id, saved_at, by_name, revision)
		SELECT i.subject, COALESCE((SELECT MAX(r.number) FROM revisions AS r WHERE r.tenant_id = i.subject), 0) + 1,
			i.import_id || '-' || i.at_row, CAST($2 AS bigint), CAST($3 AS text), i.data -> 'revision' FROM import_items AS i
		WHERE i.import_id = $1 AND i.kind = 'partner' AND i.verdict = 'changed' AND NOT i.contact
			AND i.data -> 'revision' IS NOT NULL`
	if _, err := s.tx.exec(ctx, revisions, id, micros(s.now()), s.of.By.Name); err != nil {
		return err
	}
	_, err = s.tx.exec(ctx, `UPDATE contacts SET sort_name = i.data ->> 'sort_name' FROM import_items AS i
		WHERE i.import_id = $1 AND i.kind = 'partner' AND i.verdict = 'changed' AND contacts.tenant_id = i.subject`, id)
	return err
}

// contacts saves the revisions that change a security contact, one by one, and
// returns how many there are.
func (s *importing) contacts(ctx context.Context) (n int, err error) {
	type change struct {
		subject, base string
		base2         string
		row           int
		data          ImportedPartner
	}
	after := ""
	for {
		const statement = `SELECT subject, base, base2, at_row, data FROM import_items WHERE import_id = $1 AND kind = 'partner'
			AND contact AND subject > $2 ORDER BY subject LIMIT 200`
		all, err := list(ctx, s.tx, func(rs rows) (c change, err error) {
			return c, rs.Scan(&c.subject, &c.base, &c.base2, &c.row, asJSON(&c.data))
		}, statement, s.of.ID, after)
		if err != nil || len(all) == 0 {
			return n, err
		}
		for _, c := range all {
			const still = `UPDATE partners SET staff = i.data -> 'staff', language = i.data ->> 'language' FROM import_items AS i
				WHERE i.import_id = $1 AND i.kind = 'partner' AND i.subject = $2 AND partners.tenant_id = i.subject
				AND CAST(partners.profile AS text) = i.base AND CAST(partners.staff AS text) = i.base2`
			if err := s.all(ctx, 1, still, s.of.ID, c.subject); err != nil {
				return n, err
			}
			if c.data.Revision == nil {
				return n, fmt.Errorf("%w: an import without its revision", ErrCorrupt)
			}
			revision := s.of.ID + "-" + cmp.Or(fmt.Sprint(c.row), c.subject)
			if err := s.saveRevision(ctx, s.tx, revision, *c.data.Revision, s.of.By); err != nil {
				return n, err
			}
			n, after = n+1, c.subject
		}
	}
}
