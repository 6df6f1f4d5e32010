package store

import (
	"cmp"
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
//	{toeach}     the deliveries of the incident in $2 to the partners whose IDs are
//	             in the JSON array in $1, each as d. Who is looked up by their
//	             IDs, however many deliveries the incident has
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
		"{toeach}", "jsonb_each(?1) AS e CROSS JOIN deliveries AS d ON d.incident_id = ?2 AND d.partner_tenant_id = e.value ->> 'id'",
		"{terms}", "json_each(i.data, '$.terms') AS t",
		"{key}", "text",
		"{clustered}", "WITHOUT ROWID",
		"{lock}", "", // whoever writes is alone
		"{skip}", "",
		"$", "?",
	)
	postgresDialect = strings.NewReplacer(
		"{each}", "(SELECT value FROM json_array_elements($1::json) WHERE "+few("value")+") AS e",
		"{toeach}", `json_array_elements($1::json) AS e(value) CROSS JOIN LATERAL (SELECT * FROM deliveries AS one
			WHERE one.incident_id = $2 AND one.partner_tenant_id = e.value ->> 'id' OFFSET 0) AS d`,
		"{terms}", "json_array_elements_text(i.data -> 'terms') AS t(value)",
		"{key}", `text COLLATE "C"`,
		"{clustered}", "",
		"{lock}", "FOR UPDATE",
		"{skip}", "FOR UPDATE SKIP LOCKED",
	)
)

// few is true of every row, and PostgreSQL believes that one in two hundred has
// it. It knows nothing of an array, and reckons with a hundred elements. While
// a table is small it would then read all of it, rather than look up each. It
// keeps to that as the table grows, until somebody analyzes it.
func few(column string) string { return "CASE WHEN " + column + " IS NULL THEN 0 ELSE 0 END = 0" }

// columns is {each: …}. PostgreSQL reads each element once for all its columns,
// where each e.value ->> reads it anew. That is much of what wide rows cost.
var columns = regexp.MustCompile(`\{each: ([^}]*)\}`)

// dialect is what one database makes of a statement.
type dialect struct {
	words *strings.Replacer
	rows  func(names, kinds []string) string
	known *sync.Map // by the statement: those with {each: …}
}

var (
	onSQLite = dialect{sqliteDialect, func(names, kinds []string) string {
		list := make([]string, len(names))
		for i, name := range names {
			arrow := " ->> "
			if kinds[i] == "json" {
				arrow = " -> "
			}
			list[i] = "value" + arrow + "'" + name + "' AS " + name
		}
		return "(SELECT " + strings.Join(list, ", ") + " FROM jsonb_each($1)) AS e"
	}, new(sync.Map)}
	onPostgres = dialect{postgresDialect, func(names, kinds []string) string {
		list := make([]string, len(names))
		for i, name := range names {
			list[i] = name + " " + kinds[i]
		}
		return "(SELECT * FROM json_to_recordset($1::json) AS every(" + strings.Join(list, ", ") + ") WHERE " +
			few(names[0]) + ") AS e"
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
		var names, kinds []string
		for column := range strings.SplitSeq(columns.FindStringSubmatch(found)[1], ",") {
			name, kind, _ := strings.Cut(strings.TrimSpace(column), " ")
			names, kinds = append(names, name), append(kinds, cmp.Or(kind, "text"))
		}
		return d.rows(names, kinds)
	})
	whole = d.words.Replace(whole)
	d.known.Store(statement, whole)
	return whole
}
