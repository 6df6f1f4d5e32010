package store

import (
	"regexp"
	"strings"
	"sync"
)

// Every statement stands once in this package, with $1 for its first parameter,
// and serves both databases. This table is all in which they differ:
//
//	word         stands for
//	$            the mark of a parameter
//	{key}        text that is compared byte by byte, in no language's order
//	{clustered}  a table that is its own primary key
//	{each}       the elements of the JSON array in $1, each as e.value
//	{toeach}     the deliveries of the incident in $2 to the partners whose
//	             IDs are in the JSON array in $1, each as d. They are looked
//	             up by partner, however many deliveries the incident has
//	{each: …}    the same with columns: "{each: id, n bigint}" has e.id and
//	             e.n. A column is text where no type is named
//	{terms}      the texts of the array "terms" in i.data, each as t.value
//	{lock}       rows that are read to be written
//	{skip}       the same, but for those that another has locked
//
// What else is written is common to both: JSON columns with -> and ->>,
// generated columns, RETURNING, ON CONFLICT, row values.
var (
	sqliteDialect = strings.NewReplacer(
		"{each}", "jsonb_each(?1) AS e", // which does not write an element as text for each ->>
		"{toeach}", `jsonb_each(?1) AS e CROSS JOIN deliveries AS d
			ON d.incident_id = ?2 AND d.partner_tenant_id = e.value ->> 'id'`,
		"{terms}", "json_each(i.data, '$.terms') AS t",
		"{key}", "text",
		"{clustered}", "WITHOUT ROWID",
		"{lock}", "", // whoever writes is alone
		"{skip}", "",
		"$", "?",
	)
	postgresDialect = strings.NewReplacer(
		"{each}", "json_array_elements($1::json) AS e(value)",
		"{toeach}", `json_array_elements($1::json) AS e(value) CROSS JOIN LATERAL (SELECT * FROM deliveries AS one
			WHERE one.incident_id = $2 AND one.partner_tenant_id = e.value ->> 'id' OFFSET 0) AS d`,
		"{terms}", "json_array_elements_text(i.data -> 'terms') AS t(value)",
		"{key}", `text COLLATE "C"`,
		"{clustered}", "",
		"{lock}", "FOR UPDATE",
		"{skip}", "FOR UPDATE SKIP LOCKED",
	)
)

// columns is {each: …}. PostgreSQL reads each element once for all its columns,
// where each e.value ->> reads it anew. That is much of what wide rows cost.
var columns = regexp.MustCompile(`\{each: ([^}]*)\}`)

// column is how one database has a column of {each: …}, and what stands before
// and behind all of them.
type dialect struct {
	words         *strings.Replacer
	before, after string
	column        func(name, kind string) string
	known         *sync.Map // by the statement: those with {each: …}
}

var (
	onSQLite = dialect{sqliteDialect, "(SELECT ", " FROM jsonb_each($1)) AS e", func(name, kind string) string {
		if kind == "json" {
			return "value -> '" + name + "' AS " + name
		}
		return "value ->> '" + name + "' AS " + name
	}, new(sync.Map)}
	onPostgres = dialect{postgresDialect, "json_to_recordset($1::json) AS e(", ")", func(name, kind string) string {
		return name + " " + kind
	}, new(sync.Map)}
)

// write is a statement as the database knows it.
func (d dialect) write(statement string) string {
	if !strings.Contains(statement, "{each: ") {
		return d.words.Replace(statement)
	}
	if known, ok := d.known.Load(statement); ok {
		return known.(string)
	}
	whole := columns.ReplaceAllStringFunc(statement, func(found string) string {
		list := strings.Split(columns.FindStringSubmatch(found)[1], ",")
		for i, column := range list {
			name, kind, _ := strings.Cut(strings.TrimSpace(column), " ")
			if kind == "" {
				kind = "text"
			}
			list[i] = d.column(name, kind)
		}
		return d.before + strings.Join(list, ", ") + d.after
	})
	whole = d.words.Replace(whole)
	d.known.Store(statement, whole)
	return whole
}
