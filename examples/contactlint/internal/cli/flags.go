// Package cli is the command: its flags, its help, and what it does with each
// file.
package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/internal/columns"

	"github.com/cspkit/partner/examples/contactlint/internal/csvfile"
	"github.com/cspkit/partner/examples/contactlint/internal/input"
	"github.com/cspkit/partner/examples/contactlint/internal/jsonfile"
	"github.com/cspkit/partner/examples/contactlint/internal/report"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
	"github.com/cspkit/partner/examples/contactlint/internal/vcardfile"
)

// flags are what the user wrote.
type flags struct {
	Files []fileName `arg:"" name:"file" help:"Files to check; - is standard input."`

	Format   string       `enum:",csv,json,jsonl,vcf" default:"" placeholder:"csv|json|jsonl|vcf" help:"${helpFormat}"`
	Comma    comma        `placeholder:"CHAR" help:"${helpComma}"`
	Encoding encodingName `placeholder:"NAME" help:"${helpEncoding}"`
	Columns  bool         `help:"${helpColumns}"`
	Map      []assignment `sep:"none" placeholder:"FIELD=HEADER" help:"${helpMap}"`

	Region       region `placeholder:"US" help:"${helpRegion}"`
	RegionColumn string `placeholder:"HEADER" help:"${helpRegionColumn}"`

	Advice      row.Advice    `enum:"error,show,hide" default:"show" help:"${helpAdvice}"`
	Fix         fileName      `placeholder:"OUT" complete:"file" help:"${helpFix}"`
	Phones      string        `enum:"e164,tel" default:"e164" help:"${helpPhones}"`
	SafeCells   bool          `help:"${helpSafeCells}"`
	Output      report.Output `enum:"text,json,jsonl,sarif" default:"text" help:"${helpOutput}"`
	MaxFindings int           `placeholder:"N" help:"Show the first N findings only. All are counted. Default: all."`
	Quiet       bool          `short:"q" help:"No summary and no progress bar."`

	Completion completion  `placeholder:"bash|zsh|fish" help:"Print the completion script of a shell and exit."`
	Version    versionFlag `help:"Print the version and exit."`
}

// helps are the sentences of flags that are too long for a tag.
var helps = kong.Vars{
	"helpFormat": "Format of the files. Default: by the extension, .csv .tsv .txt, .json, .jsonl .ndjson, " +
		".vcf; each also with .gz.",
	"helpComma": "What stands between the cells of CSV: a character, or the word tab. " +
		"Default: the comma, semicolon or tab with which the header makes sense.",
	"helpEncoding": "Encoding of the files, such as windows-1252, windows-1250 (Polish), cp850, cp437, cp852, cp866 " +
		"(DOS), shift_jis. Default: UTF-8, or UTF-16 where it is known by its first bytes. CSV that cannot be either " +
		"is read as windows-1252 or shift_jis. That is a guess, and said; --fix leaves cells with anything but ASCII " +
		"as they are then.",
	"helpColumns": "Print how the columns of CSV are understood, and which are not, and exit.",
	"helpMap": "Say which column of CSV is a field: --map email=Mail --map firstName=\"Given Name\". May be repeated. " +
		"Of two columns for one field the first that holds something counts. Nothing after = says that there is none. " +
		"Fields: firstName, middleName, lastName, fullName, email, phoneNumber, country.",
	"helpRegion": "Country whose national phone numbers are accepted, as two letters. " +
		"Default: none, a number needs + and country code. Do not give one for a file of several countries: " +
		"a number of another country may pass for one of this.",
	"helpRegionColumn": "Column of CSV with the country of each row, for its national phone number: codes (SE) or " +
		"names (Sweden, Schweden). Where it is blank, --region counts.",
	"helpAdvice": "What becomes of advice: error, show or hide (default show).",
	"helpFix": "Write the file, repaired and normalised, to the file OUT, which is replaced if it is there. Takes one " +
		"input file, which stays as it is.",
	"helpPhones":    "How --fix writes phone numbers to CSV: e164, +14255550100, or tel, tel:+14255550100 (default e164).",
	"helpSafeCells": "With --fix, put a ' before each cell of CSV that a spreadsheet might run. Other programs see it.",
	"helpOutput":    "How findings are written: text, json, jsonl or sarif (default text).",
}

// errUsage is matched by what is wrong with the flags together.
var errUsage = errors.New("usage")

// Validate is called by kong.
func (f *flags) Validate() error {
	stdins := 0
	for _, name := range f.Files {
		if name == input.Stdin {
			stdins++
		}
	}
	switch {
	case stdins > 1:
		return fmt.Errorf("%w: standard input can be named once", errUsage)
	case stdins > 0 && f.Format == "":
		return fmt.Errorf("%w: say what standard input is: --format csv, json, jsonl or vcf", errUsage)
	case f.Fix != "" && len(f.Files) != 1:
		return fmt.Errorf("%w: --fix takes one input file; run it once for each", errUsage)
	case f.Fix == input.Stdin:
		return fmt.Errorf("%w: --fix writes a file that is whole or not there, so it needs a name", errUsage)
	case f.Columns && f.Fix != "":
		return fmt.Errorf("%w: --columns prints and exits; leave --fix out", errUsage)
	case f.MaxFindings < 0:
		return fmt.Errorf("%w: --max-findings must be 0 (all) or more", errUsage)
	}
	return nil
}

// fileName is a name as the user wrote it. It need not be UTF-8. Kong would
// make another name of one that is not.
type fileName string

// Decode is called by kong.
func (n *fileName) Decode(ctx *kong.DecodeContext) error {
	token, err := ctx.Scan.PopValue("file name")
	if err != nil {
		return err
	}
	name, _ := token.Value.(string)
	if name == "" {
		return errors.New("the name is empty; is a variable not set?")
	}
	*n = fileName(name)
	return nil
}

// region is a country in which national numbers are read.
type region string

// UnmarshalText accepts the code of a country, in any case of letters.
func (r *region) UnmarshalText(text []byte) error {
	code := strings.ToUpper(string(text))
	if len(text) != len(code) || !slices.Contains(partner.Countries(), code) {
		return fmt.Errorf("%s is no country; give its code of two letters, such as GB for the United Kingdom", text)
	}
	*r = region(code)
	return nil
}

// comma is a flag.
type comma byte

// UnmarshalText accepts a character, the word tab and the two characters \t.
func (c *comma) UnmarshalText(text []byte) error {
	switch s := string(text); {
	case s == "tab", s == `\t`:
		*c = '\t'
	case len(s) == 1 && csvfile.IsComma(s[0]):
		*c = comma(s[0])
	default:
		return errors.New("give one ASCII character that is no quote, or the word tab")
	}
	return nil
}

// extensions are the formats of files.
var extensions = map[string]string{
	".csv": "csv", ".tsv": "csv", ".txt": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
	".vcf": "vcf", ".vcard": "vcf",
}

// format returns the format of the file with the name, or "".
func (f *flags) format(name string) string {
	return cmp.Or(f.Format, extensions[input.Extension(name)])
}

// formatOf returns what reads the file with the name.
func (f *flags) formatOf(name string) (func(bom string, guessed bool) row.Format, error) {
	switch f.format(name) {
	case "csv":
		return func(bom string, guessed bool) row.Format {
			o := f.csv()
			o.Guessed = guessed
			return csvfile.New(bom, o)
		}, nil
	case "json":
		return func(bom string, _ bool) row.Format { return jsonfile.NewDocument(bom) }, nil
	case "jsonl":
		return func(bom string, _ bool) row.Format { return jsonfile.Lines{BOM: bom} }, nil
	case "vcf":
		if f.Fix != "" {
			return nil, errors.New("vCards are checked, and not fixed; export the contacts as CSV, and fix that file")
		}
		return func(string, bool) row.Format { return &vcardfile.File{} }, nil
	}
	if input.IsWorkbook(name) {
		return nil, input.ErrWorkbook
	}
	return nil, errors.New("the extension tells no format: use --format csv, json, jsonl or vcf")
}

// csv returns what the flags say of a CSV file.
func (f *flags) csv() csvfile.Options {
	o := csvfile.Options{
		Comma: byte(f.Comma), RegionColumn: f.RegionColumn, Tel: f.Phones == "tel", SafeCells: f.SafeCells,
		Incomplete: f.Columns,
	}
	for _, a := range f.Map {
		o.Map = append(o.Map, csvfile.Assignment(a))
	}
	return o
}

// assignment is the column of a field.
type assignment csvfile.Assignment

// UnmarshalText accepts the name of a field, "=" and a header.
func (a *assignment) UnmarshalText(text []byte) error {
	name, header, ok := strings.Cut(string(text), "=")
	for _, field := range columns.Fields() {
		if ok && strings.EqualFold(field.String(), strings.TrimSpace(name)) {
			*a = assignment{Field: field, Header: strings.TrimSpace(header)}
			return nil
		}
	}
	var names []string
	for _, field := range columns.Fields() {
		names = append(names, field.String())
	}
	return fmt.Errorf("write FIELD=HEADER, and one of these fields: %s", strings.Join(names, ", "))
}

// encodingName is a flag.
type encodingName string

// UnmarshalText accepts the name of an encoding.
func (e *encodingName) UnmarshalText(text []byte) error {
	name, err := input.Encoding(string(text))
	*e = encodingName(name)
	return err
}

// versionFlag prints the version when kong meets it.
type versionFlag bool

// BeforeReset is called by kong.
func (versionFlag) BeforeReset(app *kong.Kong) error {
	if _, err := fmt.Fprintln(app.Stdout, app.Model.Name, version()); err != nil {
		return err
	}
	app.Exit(exitClean)
	return nil
}
