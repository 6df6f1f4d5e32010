package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// personalNames are those of the values that can be erased.
var personalNames = []string{"address", "name", "person"}

func personal(e host.AuditEntry) map[string]string {
	return map[string]string{"address": e.Address, "name": e.Name, "person": e.PersonID}
}

// sum is a hash over texts that cannot be moved from one to the next.
func sum(texts ...string) string {
	h := sha256.New()
	for _, text := range texts {
		fmt.Fprintf(h, "%d:%s,", len(text), text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// auditHash is that of a row after the one whose hash is before.
func auditHash(before string, e host.AuditEntry, digests map[string]string) string {
	texts := []string{before, strconv.FormatInt(e.Number, 10), strconv.FormatInt(micros(e.At), 10), e.Action,
		string(e.Outcome), strconv.Itoa(e.Status), e.Subject, e.TenantID, e.Channel, e.Request}
	for _, name := range personalNames {
		texts = append(texts, digests[name]) // "" where there is no such value
	}
	if e.Result != "" { // older entries have none
		texts = append(texts, e.Result)
	}
	return sum(texts...)
}

// Audit appends an entry to the audit log, and sets its number and time.
func (db *DB) Audit(ctx context.Context, e host.AuditEntry) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error { return db.audit(ctx, tx, e) })
	return wrap(err, "audit")
}

func (db *DB) audit(ctx context.Context, tx *Tx, e host.AuditEntry) error {
	var before string
	_, err := first(ctx, tx, func(rs rows) (struct{}, error) { return struct{}{}, rs.Scan(&e.Number, &before) },
		`SELECT number, hash FROM audit_head WHERE one = 1 {lock}`)
	if err != nil {
		return err
	}
	e.Number++
	e.At = fromMicros(micros(db.now()))
	for _, text := range []*string{&e.Action, &e.Subject, &e.TenantID, &e.Channel, &e.Request, &e.Result, &e.PersonID,
		&e.Name, &e.Address} {
		*text = plain(*text) // as it is stored
	}
	digests, salts := map[string]string{}, map[string]string{}
	for name, value := range personal(e) {
		if value != "" {
			salts[name] = rand.Text()
			digests[name] = sum(salts[name], value)
		}
	}
	hash := auditHash(before, e, digests)
	const row = `INSERT INTO audit_log (number, at, action, outcome, status, subject, tenant_id, channel, request, digests, hash,
			result)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	_, err = tx.exec(ctx, row, e.Number, micros(e.At), e.Action, string(e.Outcome), e.Status, e.Subject, e.TenantID,
		e.Channel, e.Request, asJSON(digests), hash, e.Result)
	if err != nil {
		return err
	}
	if err := auditAbout(ctx, tx, e); err != nil {
		return err
	}
	for _, name := range personalNames {
		if digests[name] == "" {
			continue
		}
		_, err := tx.exec(ctx, `INSERT INTO audit_personal (number, name, salt, value) VALUES ($1, $2, $3, $4)`,
			e.Number, name, salts[name], personal(e)[name])
		if err != nil {
			return err
		}
	}
	_, err = tx.exec(ctx, `UPDATE audit_head SET number = $1, hash = $2 WHERE one = 1`, e.Number, hash)
	return err
}

// auditAbout notes what an entry concerns beside its subject, so that a search
// finds it:
//
//	it is about              it concerns
//	a case, a call, a mail   the incident and the partner
//	an alert                 the incident that came of it
//	anything else            nothing more
func auditAbout(ctx context.Context, tx *Tx, e host.AuditEntry) error {
	if e.Subject == "" {
		return nil
	}
	const statement = `INSERT INTO audit_about (about, number, action)
		SELECT about, CAST($2 AS bigint), CAST($3 AS text) FROM (
			SELECT d.incident_id AS about FROM deliveries AS d WHERE d.id = $1
			UNION SELECT d.partner_tenant_id FROM deliveries AS d WHERE d.id = $1
			UNION SELECT c.incident_id FROM cases AS c WHERE c.id = $1
			UNION SELECT c.partner_tenant_id FROM cases AS c WHERE c.id = $1
			UNION SELECT t.incident_id FROM alerts AS t WHERE t.id = $1) AS found
		WHERE about IS NOT NULL AND about <> ''`
	_, err := tx.exec(ctx, statement, e.Subject, e.Number, e.Action)
	return err
}

// AuditHead is the last entry that was verified. Kept elsewhere, it shows later
// that nobody has written the log anew.
type AuditHead struct {
	Number int64
	Hash   string
	Erased int64 // entries with a personal value that is erased
}

// auditPage is the number of entries that are read at a time.
const auditPage = 1000

// VerifyAudit reads the whole log, and calls problem for each entry that was
// altered and each that is missing. Known is a head of before that must still
// be there; the zero one is none. What somebody erased is no problem.
func (db *DB) VerifyAudit(
	ctx context.Context, known AuditHead, problem func(number int64, what string),
) (head AuditHead, err error) {
	head, err = readAudit(ctx, db.engine.reader(), known, problem)
	return head, wrap(err, "verify the audit log")
}

// verifyAudit counts the problems of the whole log.
func verifyAudit(ctx context.Context, read runner) (head AuditHead, problems int, err error) {
	head, err = readAudit(ctx, read, AuditHead{}, func(int64, string) { problems++ })
	return head, problems, err
}

func readAudit(
	ctx context.Context, read runner, known AuditHead, problem func(number int64, what string),
) (head AuditHead, err error) {
	found := known.Number == 0
	for {
		page, err := auditRows(ctx, read, head.Number, auditPage)
		if err != nil {
			return head, err
		}
		for _, row := range page {
			for n := head.Number + 1; n < row.Number; n++ {
				if row.Number-n > auditPage {
					problem(n, fmt.Sprintf("is missing, and all up to %d", row.Number-1))
					break
				}
				problem(n, "is missing")
			}
			gap := row.Number != head.Number+1
			if !gap && auditHash(head.Hash, row.AuditEntry, row.digests) != row.Hash {
				problem(row.Number, "was altered")
			}
			if what := row.alteredValue(); what != "" {
				problem(row.Number, "has another "+what+" than was recorded")
			}
			if len(row.values) < len(row.digests) {
				head.Erased++
			}
			head.Number, head.Hash = row.Number, row.Hash
			if row.Number == known.Number {
				found = true
				if row.Hash != known.Hash {
					problem(row.Number, "is another than it was: the log was written anew")
				}
			}
		}
		if len(page) < auditPage {
			break
		}
	}
	last, err := first(ctx, read, func(rs rows) (h AuditHead, err error) {
		return h, rs.Scan(&h.Number, &h.Hash)
	}, `SELECT number, hash FROM audit_head WHERE one = 1`)
	switch {
	case err != nil:
		return head, err
	case last.Number > head.Number:
		problem(last.Number, "is missing, the last one")
	case last.Number == head.Number && last.Hash != head.Hash:
		problem(last.Number, "is another than the last one that was recorded")
	}
	if !found {
		problem(known.Number, "is missing: the log was cut off")
	}
	return head, nil
}

// auditRow is an entry as it is stored.
type auditRow struct {
	host.AuditEntry
	digests map[string]string
	values  map[string][2]string // salt and value, by name
}

// alteredValue is the name of a personal value that is not what was recorded.
func (r auditRow) alteredValue() string {
	for _, name := range personalNames {
		if v, ok := r.values[name]; ok && sum(v[0], v[1]) != r.digests[name] {
			return name
		}
	}
	return ""
}

func auditRows(ctx context.Context, read runner, after int64, limit int) ([]auditRow, error) {
	page, err := list(ctx, read, func(rs rows) (r auditRow, err error) {
		var at int64
		var outcome string
		err = rs.Scan(&r.Number, &at, &r.Action, &outcome, &r.Status, &r.Subject, &r.TenantID, &r.Channel, &r.Request,
			asJSON(&r.digests), &r.Hash, &r.Result)
		r.At, r.Outcome, r.values = fromMicros(at), host.AuditOutcome(outcome), map[string][2]string{}
		return r, err
	}, `SELECT number, at, action, outcome, status, subject, tenant_id, channel, request, digests, hash, result
		FROM audit_log WHERE number > $1 ORDER BY number LIMIT $2`, after, limit)
	if err != nil || len(page) == 0 {
		return page, err
	}
	type value struct {
		number            int64
		name, salt, value string
	}
	values, err := list(ctx, read, func(rs rows) (v value, err error) {
		return v, rs.Scan(&v.number, &v.name, &v.salt, &v.value)
	}, `SELECT number, name, salt, value FROM audit_personal WHERE number BETWEEN $1 AND $2`,
		page[0].Number, page[len(page)-1].Number)
	for _, v := range values {
		i, found := slices.BinarySearchFunc(page, v.number, func(r auditRow, n int64) int { return int(r.Number - n) })
		if !found {
			continue
		}
		page[i].values[v.name] = [2]string{v.salt, v.value}
		switch v.name {
		case "person":
			page[i].PersonID = v.value
		case "name":
			page[i].Name = v.value
		case "address":
			page[i].Address = v.value
		}
	}
	return page, err
}

// AuditEntries returns the entries after a number, the oldest first, at most
// limit.
func (db *DB) AuditEntries(ctx context.Context, after int64, limit int) ([]host.AuditEntry, error) {
	rs, err := auditRows(ctx, db.engine.reader(), after, page(limit))
	var entries []host.AuditEntry
	for _, r := range rs {
		entries = append(entries, r.AuditEntry)
	}
	return entries, wrap(err, "audit entries")
}
