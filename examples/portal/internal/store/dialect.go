package store

import "strings"

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
//	{terms}      the texts of the array "terms" in i.data, each as t.value
//	{lock}       rows that are read to be written
//	{skip}       the same, but for those that another has locked
//
// What else is written is common to both: JSON columns with -> and ->>,
// generated columns, RETURNING, ON CONFLICT, row values.
var (
	sqliteDialect = strings.NewReplacer(
		"{each}", "json_each(?1) AS e",
		"{toeach}", "json_each(?1) AS e CROSS JOIN deliveries AS d ON d.incident_id = ?2 AND d.partner_tenant_id = e.value ->> 'id'",
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
