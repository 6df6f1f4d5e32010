package cli

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/internal/columns"

	"github.com/cspkit/partner/examples/contactlint/internal/header"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

const description = "Check files of security contacts of Cloud Solution Provider (CSP) partners, and say what is " +
	"wrong with which row."

// helpWidth is the greatest length of a line: a terminal of 80 columns shows it
// without wrapping.
const helpWidth = 79

// lesson is what stands after the flags in the help. Its tables are made from
// those that the program works with.
const lesson = `
What is checked:
  Each row is a contact: first, middle (optional) and last name, e-mail address
  and phone number. An error makes a contact unusable. Advice leaves it usable.
  No message repeats what stands in a row. Headers are repeated, unless the
  first line may be a contact.

Formats:
  csv    A header, then a contact a row. UTF-8, or UTF-16 as spreadsheets save
         it, or --encoding. Lines end with LF, CRLF, CR CR LF or CR. A first
         line such as sep=; says what stands between cells. Rows without any
         text are passed over, and so are lines before the header and those
         that Salesforce writes below a report.
  json   An array of objects, an object with one as APIs answer ("value",
         "results", "records", "data"), or one object.
  jsonl  An object a line.
  vcf    vCards of versions 2.1 to 4.0. They are checked, and not fixed.
  Each may be compressed by gzip: contacts.csv.gz.
%s
Columns of CSV:
%s  --columns shows how a file is understood. For any other header use --map.
  Of several columns for an e-mail address or a phone number, the first that
  holds something counts, work before private. The summary says which they are.
  A column with the whole name is split, or read as the name of a group. Advice
  says so.

Findings:
  file:row:column: code: message
  row     The number of the line in which the row starts. The first line of the
          file is 1.
  column  CSV: the number of the cell in its row. The first is 1, and so is the
          whole row. JSON: the path of the field. "/value/16/mail" is in the
          17th element of the array "value", "/email" in the object of a
          line. vCard: the property. "/TEL/1" is the second phone number.
  --output json, jsonl and sarif say the same to programs. The summary goes to
  standard error, and into the document of json.

Rows that cannot be read. The rest goes on:
%s
What can be wrong with a contact. The message in a report is often closer: it
names the cause, such as a letter in a phone number.
%s
Fixed files:
  --fix writes the file again. What has one reading only is repaired: the
  address in "SOC <soc@contoso.com>", a number that a spreadsheet has made a
  formula.
  Names get one spelling of spaces and accents, phone numbers become
  +14255550100, in the column that counts. What has two readings is reported
  and stays. CSV keeps its encoding, separators, line ends and quotes; cells
  that are no field, and rows that cannot be read, stay as they are. JSON
  keeps every other byte. A name that ends in .gz makes a compressed file. The
  file appears when it is whole, or not at all. With --fix, what is repaired is
  no error any more.
  To open the file in a spreadsheet, use --phones tel. To be safe from what
  strangers wrote into it, use --safe-cells, which changes cells.

Exit status:
  0  everything was checked, and there is no error
  1  everything was checked, and there are errors; with --advice error, advice
     is one
  2  something was not checked or not written, such as the next page of an
     answer, the run was interrupted, or the command line is wrong

Examples:
  contactlint contacts.csv
  contactlint --columns contacts.csv
  contactlint --map email=Mail --map phoneNumber="Direct line" contacts.csv
  contactlint --region-column Country --fix clean.csv contacts.csv
  contactlint --advice hide --output sarif partners/*.json > contactlint.sarif
  curl -s https://portal.contoso.com/export.csv | contactlint --format csv -
  source <(contactlint --completion bash)
`

// printHelp prints kong's help and then the lesson.
func printHelp(options kong.HelpOptions, ctx *kong.Context) error {
	if err := kong.DefaultHelpPrinter(options, ctx); err != nil {
		return err
	}
	_, err := fmt.Fprintf(ctx.Stdout, lesson, fieldNames(), headerTable(), rowTable(), contactTable())
	return err
}

// fieldNames says how the fields of a JSON object are named.
func fieldNames() string {
	var names []string
	for _, n := range header.Names {
		names = append(names, n.Path[1:])
	}
	last := len(names) - 1
	return hang("  ", "The fields of an object are named "+strings.Join(names[:last], ", ")+" and "+names[last]+", or as "+
		"Microsoft Graph names those of a user or a contact, or as the APIs of HubSpot, Salesforce, Dynamics 365, "+
		"Zoho CRM, Pipedrive, Zendesk, Freshdesk, ServiceNow, Mailchimp and Google do. A legal profile is read in both "+
		"spellings of Partner Center. A null is as good as no field. Other columns and fields are passed over, and --fix "+
		"keeps them.")
}

func headerTable() string {
	return hang("  ", "Known are firstName, middleName (optional), lastName, email and phoneNumber, other words for "+
		"them in ten languages, and the tables of "+strings.Join(columns.Exports(), ", ")+". Case, accents, spaces and "+
		"punctuation do not matter.")
}

func rowTable() string     { return ruleTable(true) }
func contactTable() string { return ruleTable(false) }

// ruleTable lists the codes on whole rows, or those on what stands in them.
func ruleTable(ofRows bool) string {
	var b strings.Builder
	for _, code := range row.Codes() {
		if strings.HasPrefix(string(code), "row.") != ofRows {
			continue
		}
		message := row.Message(code)
		if row.Severity(code) == partner.SeverityAdvice {
			message += " (advice)"
		}
		b.WriteString(hang(fmt.Sprintf("  %-23s ", code), message))
	}
	return b.String()
}

// hang returns the text after the term, in lines that start under its first
// word.
func hang(term, text string) string {
	lines, line := "", term
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
		case len(line)+1+len(word) > helpWidth:
			lines, line = lines+line+"\n", strings.Repeat(" ", len(term))
		default:
			line += " "
		}
		line += word
	}
	return lines + line + "\n"
}
