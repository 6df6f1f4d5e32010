package store

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Profile returns the legal profile of a tenant, or an error that is
// host.ErrNotFound.
func (db *DB) Profile(ctx context.Context, tenantID string) (partner.LegalProfile, error) {
	p, err := readProfile(ctx, db.engine.reader(), tenantID, "")
	return p, wrap(err, "profile of %q", tenantID)
}

// readProfile reads a profile. To write it afterwards, give "{lock}" as lock.
func readProfile(ctx context.Context, r runner, tenantID, lock string) (partner.LegalProfile, error) {
	return first(ctx, r, func(rs rows) (partner.LegalProfile, error) {
		var p partner.LegalProfile
		err := rs.Scan(asJSON(&p))
		return p, err
	}, `SELECT profile FROM partners WHERE tenant_id = $1 `+lock, tenantKey(tenantID))
}

// SaveRevision does these things in one transaction:
//   - it stores the revision with who made it and when
//   - it makes rev.After the profile, and has it found by what is in it
//   - it begins a new record of a contact whose address is changed
//   - it puts the notices into the queue
//   - it tells a new security contact of the partner's cases that are not over
//
// It returns the ID of the stored revision. If the stored profile's ETag is no
// longer that of rev.Before, the error is host.ErrConflict and nothing is
// stored. If there is no profile, it is host.ErrNotFound.
func (db *DB) SaveRevision(ctx context.Context, rev partner.Revision, by host.Person) (id string, err error) {
	uid, err := uuid.NewV7()
	if err != nil {
		return "", wrap(err, "ID of a revision")
	}
	id = uid.String()
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error { return db.saveRevision(ctx, tx, id, rev, by) })
	err = db.readBack(ctx, err, func(ctx context.Context, tx *Tx) (bool, error) {
		if _, err := readProfile(ctx, tx, rev.TenantID, "{lock}"); err != nil {
			return false, err
		}
		found, err := list(ctx, tx, text, `SELECT id FROM revisions WHERE id = $1`, id)
		return len(found) > 0, err
	})
	if err != nil {
		return "", wrap(err, "revision of %q", rev.TenantID)
	}
	return id, nil
}

func (db *DB) saveRevision(ctx context.Context, tx *Tx, id string, rev partner.Revision, by host.Person) error {
	rev.TenantID = tenantKey(rev.TenantID)
	rev.Before.TenantID, rev.After.TenantID = tenantKey(rev.Before.TenantID), tenantKey(rev.After.TenantID)
	stored, err := readProfile(ctx, tx, rev.TenantID, "{lock}")
	if err != nil {
		return err
	}
	if stored.ETag() != rev.Before.ETag() {
		return host.ErrConflict
	}
	if rev.Before.TenantID != rev.TenantID || rev.After.TenantID != rev.TenantID {
		return errors.New("it is about the profile of another tenant")
	}
	const profile = `UPDATE partners SET profile = $2, sort_name = $3, coverage = $4 WHERE tenant_id = $1`
	_, err = tx.exec(ctx, profile, rev.TenantID, asJSON(rev.After), sortName(rev.After.CompanyName),
		string(classOfProfile(rev.After)))
	if err != nil {
		return err
	}
	if err := db.relist(ctx, tx, rev); err != nil {
		return err
	}
	const revision = `INSERT INTO revisions (tenant_id, number, id, saved_at, by_name, revision)
		SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5 FROM revisions WHERE tenant_id = $1`
	if _, err := tx.exec(ctx, revision, rev.TenantID, id, micros(db.now()), by.Name, asJSON(rev)); err != nil {
		return err
	}
	if err := db.contactChanged(ctx, tx, rev); err != nil {
		return err
	}
	if err := db.appoint(ctx, tx, rev); err != nil {
		return err
	}
	notices := rev.Notices(id)
	if len(notices) == 0 {
		return nil
	}
	if err := db.needQueue(); err != nil {
		return err
	}
	deliveries := make([]deliveryRow, len(notices))
	for i, n := range notices {
		deliveries[i] = newRow(n, noticeWhy[n.Topic])
	}
	if _, err := db.insertDeliveries(ctx, tx, deliveries); err != nil {
		return err
	}
	return db.queue.InsertDeliveries(ctx, tx, notices)
}

const selectRevision = `SELECT id, saved_at, by_name, revision FROM revisions `

func scanRevision(rs rows) (host.StoredRevision, error) {
	var r host.StoredRevision
	var at int64
	err := rs.Scan(&r.ID, &at, &r.ByName, asJSON(&r.Revision))
	r.At = fromMicros(at)
	return r, err
}

// Revisions returns up to limit revisions of a tenant's profile, the newest
// first: those older than the one with the ID before, or from the newest on
// where it is "". A limit of 0 is 50.
func (db *DB) Revisions(ctx context.Context, tenantID, before string, limit int) ([]host.StoredRevision, error) {
	const older = `WHERE tenant_id = $1
		AND ($2 = '' OR number < (SELECT number FROM revisions WHERE tenant_id = $1 AND id = $2))
		ORDER BY number DESC LIMIT $3`
	all, err := list(ctx, db.engine.reader(), scanRevision, selectRevision+older, tenantKey(tenantID), before, page(limit))
	return all, wrap(err, "revisions of %q", tenantID)
}

// RevisionNames returns the names of those who changed a tenant's profile,
// sorted.
func (db *DB) RevisionNames(ctx context.Context, tenantID string) ([]string, error) {
	const statement = `SELECT DISTINCT by_name FROM revisions WHERE tenant_id = $1 ORDER BY by_name`
	all, err := list(ctx, db.engine.reader(), text, statement, tenantKey(tenantID))
	return all, wrap(err, "who changed the profile of %q", tenantID)
}

// Revision returns one revision of a tenant's profile. The error is
// host.ErrNotFound also where it is another tenant's.
func (db *DB) Revision(ctx context.Context, tenantID, id string) (host.StoredRevision, error) {
	const one = `WHERE tenant_id = $1 AND id = $2`
	r, err := first(ctx, db.engine.reader(), scanRevision, selectRevision+one, tenantKey(tenantID), id)
	return r, wrap(err, "revision %q", id)
}

// RevisionsByID returns the revisions with these IDs, whosever they are. It
// reads each by its key.
func (db *DB) RevisionsByID(ctx context.Context, ids []string) (map[string]host.StoredRevision, error) {
	found := map[string]host.StoredRevision{}
	if len(ids) == 0 {
		return found, nil
	}
	all, err := list(ctx, db.engine.reader(), scanRevision, `SELECT r.id, r.saved_at, r.by_name, r.revision
		FROM {each} JOIN revisions AS r ON r.id = e.value ->> 'id'`, asJSON(keys(ids)))
	for _, r := range all {
		found[r.ID] = r
	}
	return found, wrap(err, "revisions")
}

// lookedInto is how many rows a search looks into. In them it finds a part of
// a name. Of all others it finds the beginning, for that is in an index.
const lookedInto = 2000

// Tenants returns partners and customers sorted by name, at most limit. A limit
// of 0 is 50. A search of "" finds all. Case does not matter, and any other
// finds:
//
//	the beginning of a name or of a tenant ID
//	a part of the name among the first 2,000 partners and customers
//	of a partner, also the beginning of a later word of its name
func (db *DB) Tenants(ctx context.Context, search string, limit int) ([]host.Tenant, error) {
	const (
		order = ` ORDER BY sort_name, tenant_id LIMIT $2`
		begin = ` AS t WHERE sort_name >= $1 AND sort_name < $3` + order
		id    = ` AS t WHERE tenant_id >= $1 AND tenant_id < $3 LIMIT $2`
		part  = ` ORDER BY sort_name, tenant_id LIMIT $5) AS t WHERE sort_name LIKE '%' || $4 || '%' ESCAPE '\'` + order
		p     = `SELECT tenant_id, sort_name, company_name AS name, TRUE AS partner FROM partners`
		c     = `SELECT tenant_id, sort_name, name, FALSE AS partner FROM customers`
		cut   = `SELECT tenant_id, sort_name, name, partner FROM (`
		word  = cut + `SELECT p.tenant_id, p.sort_name, p.company_name AS name, TRUE AS partner
			FROM (SELECT tenant_id FROM partner_terms WHERE term >= $1 AND term < $3 ORDER BY term, tenant_id LIMIT $5) AS w
			JOIN partners AS p ON p.tenant_id = w.tenant_id WHERE p.sort_name LIKE '%' || $4 || '%' ESCAPE '\'
			ORDER BY p.sort_name, p.tenant_id LIMIT $2) AS t`
	)
	var pieces []string
	for i, piece := range []string{
		p + begin, p + id, cut + p + part, word, c + begin, c + id, cut + c + part,
	} {
		pieces = append(pieces, `SELECT * FROM (`+piece+`) AS piece_`+strconv.Itoa(i))
	}
	name := plain(sortName(search))
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.Tenant, error) {
		var t host.Tenant
		var sorted string
		err := rs.Scan(&t.ID, &sorted, &t.Name, &t.Partner)
		return t, err
	}, strings.Join(pieces, ` UNION `)+order, name, page(limit), name+"\U0010FFFF", likeEscaper.Replace(name), lookedInto)
	return all, wrap(err, "tenants")
}

// likeEscaper makes a text mean itself in a pattern of LIKE.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
