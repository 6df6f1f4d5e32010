package row

import (
	"slices"
	"strings"

	"github.com/cspkit/partner"
)

// The rules for rows that cannot be read as a contact at all. They are errors.
const (
	CodeSyntax   partner.Code = "row.syntax"
	CodeColumns  partner.Code = "row.columns"
	CodeType     partner.Code = "row.type"
	CodeEncoding partner.Code = "row.encoding"
	CodeNUL      partner.Code = "row.nul"
	CodeTooLong  partner.Code = "row.too_long"
)

// What the tool advises on a row. The other rules for what stands in a row are
// the library's.
const (
	CodeDuplicate   partner.Code = "contact.duplicate"
	CodeRepeated    partner.Code = "json.repeated"
	CodeSpreadsheet partner.Code = "cell.spreadsheet"
	CodeSplitName   partner.Code = "name.split"
	CodeFullName    partner.Code = "name.in_one"
	CodeGarbled     partner.Code = "name.garbled"
)

// rules is the table of this tool's own codes.
var rules = [...]struct {
	code    partner.Code
	message string
}{
	{
		CodeSyntax,
		"The row cannot be read: a quote or bracket stands where none may, or is never closed, or text is left over.",
	},
	{CodeColumns, "The row has more cells with text than the header has columns."},
	{CodeType, "A contact is a JSON object, and its fields are JSON strings."},
	{
		CodeEncoding,
		"The row holds bytes that are no text in the encoding of the file; save it as UTF-8, or see --encoding.",
	},
	{CodeNUL, "The row holds a NUL byte, which no text has."},
	{CodeTooLong, "The row is longer than 1 MiB."},
	{CodeDuplicate, "The same mailbox stands in the file already."},
	{CodeRepeated, "The field stands in the object more than once; the last one counts."},
	{CodeSplitName, "The whole name stands in one cell, so it is split into a first and a last name."},
	{CodeFullName, "The whole name stands in one text, so it is read as that of a group."},
	{CodeGarbled, "A program may have spoiled the name."},
	{CodeSpreadsheet, "A spreadsheet has changed the cell; the value is still to be read in it."},
}

// Codes returns the codes that a row can break: those of rows that cannot be
// read, those of the library on a contact or a profile, and this tool's advice.
func Codes() []partner.Code {
	var codes []partner.Code
	for _, r := range rules {
		if strings.HasPrefix(string(r.code), "row.") {
			codes = append(codes, r.code)
		}
	}
	for _, c := range partner.Codes() {
		about, _, _ := strings.Cut(string(c), ".")
		switch {
		case c == partner.CodeTenantImmutable, c == partner.CodePartnerTypeImmutable: // of revisions
		case slices.Contains([]string{"name", "email", "phone", "tenant", "partner_type", "field", "country"}, about),
			c == partner.CodeContactMissing, c == partner.CodeContactSameAsPrimary:
			codes = append(codes, c)
		}
	}
	return append(codes, CodeDuplicate, CodeRepeated, CodeSplitName, CodeFullName, CodeGarbled, CodeSpreadsheet)
}

// Severity returns that of a code, of this tool's or the library's.
func Severity(code partner.Code) partner.Severity {
	switch code {
	case CodeDuplicate, CodeRepeated, CodeSpreadsheet, CodeSplitName, CodeFullName, CodeGarbled:
		return partner.SeverityAdvice
	}
	return code.Severity()
}

// Advise returns the finding of one of the tool's own codes at a field.
func Advise(path string, code partner.Code) partner.Finding {
	return partner.Finding{Path: path, Code: code, Severity: Severity(code), Message: Message(code)}
}

// Message returns the sentence of a code, of this tool's or the library's.
func Message(code partner.Code) string {
	for _, r := range rules {
		if r.code == code {
			return r.message
		}
	}
	return code.Message()
}
