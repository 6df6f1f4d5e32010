package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Erasure says who somebody is whose data goes. One of the two is enough.
type Erasure struct {
	PersonID string // the object ID of somebody who signs in
	Email    string // the address of somebody who is written to
}

// Erased is how much went.
type Erased struct {
	Entries int64 // of the audit log
	Rows    int64 // of all other tables
}

// StillNeededError says that somebody's data is in use. To take it away would
// leave somebody untold, or come back by itself.
type StillNeededError struct {
	Partners, Deliveries, Cases int
}

func (e *StillNeededError) Error() string {
	var why []string
	for _, one := range []struct {
		n    int
		text string
	}{
		{e.Partners, "%d partners name the person in their profile, among their people or as the contact for a customer: " +
			"let them change that"},
		{e.Deliveries, "%d messages or calls to the person are not done: wait for them"},
		{e.Cases, "%d open cases tell the person: resolve them"},
	} {
		if one.n > 0 {
			why = append(why, fmt.Sprintf(one.text, one.n))
		}
	}
	return strings.Join(why, "; ")
}

// Erase takes a person out of the whole database, but for what is still needed:
// then it changes nothing, and the error is a [*StillNeededError].
//
//	what                            becomes
//	the entries of the audit log    entries without a person: the chain is whole
//	whom a delivery, case or        nobody: name, address and phone are empty
//	revision names
//	an answer to a mail to the      one without a name and a client's address
//	person
//	the name of who did something   empty, also for others of the same name
//	sessions, drafts, done jobs     nothing: the row goes
//
// Of any other text the address and the ID are cut out, in whatever table it
// stands.
func (db *DB) Erase(ctx context.Context, who Erasure) (Erased, error) {
	e := &eraser{who: Erasure{strings.ToLower(who.PersonID), strings.ToLower(strings.TrimSpace(who.Email))}}
	for _, needle := range []string{e.who.PersonID, e.who.Email} {
		if needle != "" {
			e.needles = append(e.needles, needle)
		}
	}
	if len(e.needles) == 0 {
		return Erased{}, wrap(errors.New("nobody is named"), "erase")
	}
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		e.tx, e.done = tx, Erased{}
		return e.run(ctx)
	})
	if err != nil {
		return Erased{}, wrap(err, "erase")
	}
	if on, ok := db.engine.(*sqliteEngine); ok {
		// What was there before stays in the file until it is written anew.
		if _, err := on.exec(ctx, `VACUUM`); err != nil {
			return e.done, wrap(err, "everything is erased, but the file could not be written anew")
		}
		var busy, pages, moved int
		err := on.writer().QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved)
		if err == nil && busy != 0 {
			err = errors.New("somebody reads it")
		}
		if err != nil {
			return e.done, wrap(err, "everything is erased, but the file beside it, -wal, could not be written anew")
		}
	}
	return e.done, nil
}

// eraser is one erasure, in one transaction.
type eraser struct {
	tx      *Tx
	who     Erasure
	needles []string // what is looked for, in lower case
	names   []string // of the person, as the audit log knows them
	told    []string // deliveries to the person
	done    Erased
}

func (e *eraser) run(ctx context.Context) (err error) {
	if err := e.stillNeeded(ctx); err != nil {
		return err
	}
	if e.who.PersonID != "" {
		if e.names, err = list(ctx, e.tx, text, `SELECT DISTINCT value FROM audit_personal WHERE name = 'name'
			AND number IN (SELECT number FROM audit_personal WHERE name = 'person' AND value = $1)`, e.who.PersonID); err != nil {
			return err
		}
	}
	if e.who.Email != "" {
		if e.told, err = list(ctx, e.tx, text, `SELECT id FROM deliveries WHERE `+holds("recipient", 1)+` OR `+
			holds("sent_to", 1), pattern(e.who.Email)); err != nil {
			return err
		}
	}
	for _, step := range []func(context.Context) error{e.audit, e.rowsOf, e.answers, e.jobs, e.everywhere} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// holds is a condition: the text or document in a column has the parameter in
// it, in small letters or capitals.
func holds(column string, parameter int) string {
	return fmt.Sprintf(`LOWER(CAST(%s AS text)) LIKE $%d ESCAPE '\'`, column, parameter)
}

// pattern is a text as LIKE finds it, also in a document.
func pattern(s string) string {
	quoted, _ := json.Marshal(s)
	s = string(bytes.Trim(quoted, `"`))
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s) + "%"
}

// stillNeeded looks for what the portal needs the person for.
func (e *eraser) stillNeeded(ctx context.Context) error {
	if e.who.Email == "" {
		return nil
	}
	var needed StillNeededError
	for _, one := range []struct {
		n    *int
		what string
	}{
		{&needed.Partners, `partners WHERE ` + holds("profile", 1) + ` OR ` + holds("staff", 1) +
			` OR tenant_id IN (SELECT tenant_id FROM customer_contacts WHERE ` + holds("email", 1) + `)`},
		{&needed.Deliveries, `deliveries WHERE state IN ('waiting', 'retrying', 'unknown', 'call') AND ` +
			holds("recipient", 1)},
		{&needed.Cases, `cases WHERE state NOT IN ('resolved', 'cancelled') AND ` + holds("opened", 1)},
	} {
		var err error
		if *one.n, err = first(ctx, e.tx, integer, `SELECT count(*) FROM `+one.what, pattern(e.who.Email)); err != nil {
			return err
		}
	}
	if needed != (StillNeededError{}) {
		return &needed
	}
	return nil
}

// audit takes away the personal values of the person's entries, and any other
// that has the address in it.
func (e *eraser) audit(ctx context.Context) error {
	const theirs = `SELECT number FROM audit_personal WHERE name = 'person' AND value = $1`
	for _, needle := range e.needles {
		numbers, err := list(ctx, e.tx, integer, theirs+` UNION SELECT number FROM audit_personal WHERE `+holds("value", 2),
			needle, pattern(needle))
		if err != nil {
			return err
		}
		e.done.Entries += int64(len(numbers))
		set := make([]erasedRow, len(numbers))
		for i, n := range numbers {
			set[i].Number = n
		}
		const gone = `DELETE FROM audit_personal WHERE number IN (SELECT CAST(e.value ->> 'number' AS bigint) FROM {each})`
		if _, err := e.tx.exec(ctx, gone, asJSON(set)); err != nil {
			return err
		}
	}
	return nil
}

// erasedRow names one for a statement.
type erasedRow struct {
	Number int    `json:"number,omitempty"`
	ID     string `json:"id,omitempty"`
}

// rowsOf takes away what is the person's own and lasts for hours.
func (e *eraser) rowsOf(ctx context.Context) error {
	for _, needle := range e.needles {
		for _, statement := range []string{
			`DELETE FROM sessions WHERE ` + holds("person", 1) + ` OR ` + holds("person_id", 1),
			`DELETE FROM drafts WHERE ` + holds("owner", 1) + ` OR ` + holds("form", 1),
			`DELETE FROM colleagues WHERE ` + holds("id", 1),
		} {
			n, err := e.tx.exec(ctx, statement, pattern(needle))
			if err != nil {
				return err
			}
			e.done.Rows += n
		}
	}
	return nil
}

// answers leaves of an answer by mail that there was one.
func (e *eraser) answers(ctx context.Context) error {
	set := make([]erasedRow, len(e.told))
	for i, id := range e.told {
		set[i].ID = id
	}
	for _, statement := range []string{
		`UPDATE incident_log SET by_name = '' WHERE by_name <> '' AND (incident_id, id) IN (
			SELECT c.incident_id, c.id || ' ' || v.source FROM case_events AS v JOIN cases AS c ON c.id = v.case_id
			WHERE v.notification_id IN (SELECT e.value ->> 'id' FROM {each}))`,
		`UPDATE case_events SET by_id = '', by_name = '', address = ''
			WHERE notification_id IN (SELECT e.value ->> 'id' FROM {each}) AND (by_name <> '' OR address <> '')`,
		`UPDATE contact_answers SET by_name = '', from_address = ''
			WHERE notification_id IN (SELECT e.value ->> 'id' FROM {each}) AND (by_name <> '' OR from_address <> '')`,
	} {
		n, err := e.tx.exec(ctx, statement, asJSON(set))
		if err != nil {
			return err
		}
		e.done.Rows += n
	}
	return nil
}

// jobs takes away those that are done: what is to be done is still needed.
func (e *eraser) jobs(ctx context.Context) error {
	column := "args"
	if e.tx.SQL() != nil {
		column = "json(args)"
	}
	there, err := e.table(ctx, "river_job")
	if err != nil || !there {
		return err
	}
	for _, needle := range e.needles {
		n, err := e.tx.exec(ctx, `DELETE FROM river_job WHERE CAST(state AS text) IN ('completed', 'cancelled', 'discarded')
			AND `+holds(column, 1), pattern(needle))
		if err != nil {
			return err
		}
		e.done.Rows += n
	}
	return nil
}

func (e *eraser) table(ctx context.Context, name string) (bool, error) {
	all, err := e.columns(ctx)
	return slices.ContainsFunc(all, func(c textColumn) bool { return c.table == name }), err
}

// textColumn is one that may hold what somebody typed.
type textColumn struct {
	table, name string
	document    bool // JSON
}

// columns are those of all tables, whoever made them.
func (e *eraser) columns(ctx context.Context) ([]textColumn, error) {
	statement := `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns AS c
		JOIN information_schema.tables AS t USING (table_schema, table_name)
		WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
		ORDER BY c.table_name, c.ordinal_position`
	if e.tx.SQL() != nil {
		statement = `SELECT t.name, c.name, c.type FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
			WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid`
	}
	return list(ctx, e.tx, func(rs rows) (c textColumn, err error) {
		var kind string
		err = rs.Scan(&c.table, &c.name, &kind)
		c.document = strings.HasPrefix(strings.ToLower(kind), "json")
		return c, err
	}, statement)
}

// namesWho are columns with the name of whoever did something.
var namesWho = []string{"by_name", "raised_by", "created_by", "revoked_by", "owner_name"}

// everywhere goes through all columns. Those of the audit log stay as they are:
// its hashes cover them, and what is personal does not stand there.
func (e *eraser) everywhere(ctx context.Context) error {
	all, err := e.columns(ctx)
	if err != nil {
		return err
	}
	for _, c := range all {
		if strings.HasPrefix(c.table, "river_") || strings.HasPrefix(c.table, "audit_") {
			continue
		}
		column := `"` + c.name + `"`
		if slices.Contains(namesWho, c.name) {
			for _, name := range e.names {
				n, err := e.tx.exec(ctx, `UPDATE "`+c.table+`" SET `+column+` = '' WHERE `+column+` = $1`, name)
				if err != nil {
					return err
				}
				e.done.Rows += n
			}
		}
		for _, needle := range e.needles {
			if err := e.column(ctx, c, needle); err != nil {
				return fmt.Errorf("table %s: %w", c.table, err)
			}
		}
	}
	return nil
}

// column takes a text out of one column. Rows with the same value change
// together, for a table may have no key.
func (e *eraser) column(ctx context.Context, c textColumn, needle string) error {
	column := `"` + c.name + `"`
	const cast = `CAST(%s AS text)`
	as := fmt.Sprintf(cast, column)
	values, err := list(ctx, e.tx, text, `SELECT DISTINCT `+as+` FROM "`+c.table+`" WHERE `+holds(column, 1),
		pattern(needle))
	if err != nil {
		return err
	}
	set := "$1"
	if c.document {
		set = "CAST($1 AS json)"
		if e.tx.SQL() != nil {
			set = "$1"
		}
	}
	for _, value := range values {
		var without string
		if c.document {
			without = e.document(value)
		} else {
			without = cutOut(value, needle)
		}
		n, err := e.tx.exec(ctx, `UPDATE "`+c.table+`" SET `+column+` = `+set+` WHERE `+as+` = $2`, without, value)
		if err != nil {
			return err
		}
		e.done.Rows += n
	}
	return nil
}

// cutOut takes a text out of another, in small letters or capitals.
func cutOut(s, needle string) string {
	for {
		i := strings.Index(strings.ToLower(s), needle)
		if i < 0 || len(strings.ToLower(s)) != len(s) { // letters whose small one is longer: nothing of it is kept
			if i >= 0 {
				return ""
			}
			return s
		}
		s = s[:i] + s[i+len(needle):]
	}
}

// personalKeys are the members of an object that say who somebody is.
var personalKeys = []string{"name", "firstName", "middleName", "lastName", "displayName", "email", "phoneNumber"}

// document returns JSON without the person. What cannot be read is emptied.
func (e *eraser) document(text string) string {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return "null"
	}
	said := map[string]bool{}
	e.about(v, func(o map[string]any) {
		for _, key := range personalKeys {
			if s, ok := o[key].(string); ok && s != "" {
				said[s] = true
			}
		}
	})
	out, err := json.Marshal(e.without(v, said))
	if err != nil {
		return "null"
	}
	return string(out)
}

// about calls found for each object that is about the person.
func (e *eraser) about(v any, found func(map[string]any)) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			e.about(one, found)
		}
	case map[string]any:
		for key, one := range v {
			e.about(one, found)
			if s, ok := one.(string); !ok || !slices.Contains(e.needles, strings.ToLower(s)) {
				continue
			}
			// "companyApproverEmail" is about who stands in "companyApproverAddress".
			prefix, isOther := strings.CutSuffix(key, "Email")
			if other, ok := v[prefix+"Address"].(map[string]any); isOther && ok {
				found(other)
			} else {
				found(v)
			}
		}
	}
}

// without returns v with no text that has the address or the ID in it. An
// object that says nothing of a person but what was said of this one is
// emptied: it is the person without the address.
func (e *eraser) without(v any, said map[string]bool) any {
	switch v := v.(type) {
	case string:
		for _, needle := range e.needles {
			v = cutOut(v, needle)
		}
		return v
	case []any:
		for i, one := range v {
			v[i] = e.without(one, said)
		}
	case map[string]any:
		same := 0
		for _, key := range personalKeys {
			switch s, _ := v[key].(string); {
			case said[s]:
				same++
			case s != "":
				same -= len(personalKeys)
			}
		}
		for key, one := range v {
			if _, isText := one.(string); isText && same > 0 && slices.Contains(personalKeys, key) {
				v[key] = ""
				continue
			}
			v[key] = e.without(one, said)
		}
	}
	return v
}
