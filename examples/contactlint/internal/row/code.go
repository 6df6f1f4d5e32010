package row

import "github.com/cspkit/partner"

// The rules for rows that cannot be read as a contact at all. The rules for what stands in a row are partner's.
const (
	CodeSyntax    partner.Code = "row.syntax"
	CodeColumns   partner.Code = "row.columns"
	CodeType      partner.Code = "row.type"
	CodeDuplicate partner.Code = "row.duplicate"
	CodeEncoding  partner.Code = "row.encoding"
	CodeNUL       partner.Code = "row.nul"
	CodeTooLong   partner.Code = "row.too_long"
)

// A Rule is a code of this tool and what it tells.
type Rule struct {
	Code    partner.Code
	Message string // one English sentence, as in partner.Finding
}

// Rules lists the codes of this tool, all of them errors.
var Rules = [...]Rule{
	{CodeSyntax, "The row cannot be read: a quote or bracket stands where none may, or is never closed, or text is left over."},
	{CodeColumns, "The row has more or fewer cells than the header."},
	{CodeType, "A contact is a JSON object, and its fields are JSON strings."},
	{CodeDuplicate, "A field of the contact stands in the object twice."},
	{CodeEncoding, "The row is not valid UTF-8 or UTF-16; save the file as UTF-8."},
	{CodeNUL, "The row holds a NUL byte, which no text has."},
	{CodeTooLong, "The row is longer than 1 MiB."},
}

// ruleFinding returns the finding of a rule of this tool, wherever it stands.
func ruleFinding(code partner.Code) partner.Finding {
	for _, r := range Rules {
		if r.Code == code {
			return partner.Finding{Code: code, Severity: partner.SeverityError, Message: r.Message}
		}
	}
	panic("row: no rule " + string(code))
}
