package host

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/cspkit/partner"
)

// ImportState is how far an import has come.
type ImportState string

// The states. One that is being saved is so until the transaction with all of
// it is committed: if the portal is killed before, it is ready again.
const (
	ImportReading ImportState = "reading" // the file is being read, or was cut off
	ImportReady   ImportState = "ready"   // it was read, and nothing is saved
	ImportSaving  ImportState = "saving"
	ImportSaved   ImportState = "saved"
	ImportStale   ImportState = "stale"  // somebody changed what it changes; nothing is saved
	ImportFailed  ImportState = "failed" // the file cannot be read; nothing is saved
)

// Import is a file with partners, customers and the rights between them.
type Import struct {
	ID       string
	State    ImportState
	FileName string // as it was sent
	Layout   ImportLayout
	By       Person // who sent it; the roles are left out
	Channel  partner.Channel
	Options  ImportOptions
	Problem  string // why it failed or is stale, for people
	Begun    time.Time
	Saved    time.Time    // zero: it is not
	Counts   ImportCounts // as of when it was read
}

// LogValue tells the ID and the state.
func (i Import) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", i.ID), slog.String("state", string(i.State)))
}

// ImportOptions say how a file is read and what may be saved of it.
type ImportOptions struct {
	// CustomersOf is the partner whose customers the file lists. "": the file says
	// it in each row, or lists partners.
	CustomersOf string `json:"customersOf,omitempty"`
	// Country is where phone numbers are, in rows that name no country.
	Country string `json:"country,omitempty"`
	// ReplaceContacts has a security contact that differs replaced. Without, it
	// stays as it is, and the report says so.
	ReplaceContacts bool `json:"replaceContacts,omitempty"`
	// API says that it came by the API, which adds no contact to a partner that is
	// here.
	API bool `json:"api,omitempty"`
}

// ImportLayout is how a file was understood.
type ImportLayout struct {
	Format   string         `json:"format"`            // "CSV" or "JSON"
	Export   string         `json:"export,omitempty"`  // the program that it is from
	Encoding string         `json:"encoding"`          // "UTF-8"
	Columns  []ImportColumn `json:"columns,omitempty"` // in their order
}

// ImportColumn is a column of a file.
type ImportColumn struct {
	Header string `json:"header"`
	Field  string `json:"field,omitempty"` // "" if it is not understood
}

// ImportCounts are the numbers of an import.
type ImportCounts struct {
	Rows     int                                  `json:"rows"`
	Wrong    int                                  `json:"wrong"`    // rows that cannot be saved
	Advice   int                                  `json:"advice"`   // rows of which something is to be said
	Verdicts map[ImportKind]map[ImportVerdict]int `json:"verdicts"` // of partners, customers and relationships
	Kept     int                                  `json:"kept"`     // security contacts that differ and stay
	Codes    map[string]int                       `json:"codes,omitempty"`
}

// Count is the number of one kind with a verdict.
func (c ImportCounts) Count(k ImportKind, v ImportVerdict) int { return c.Verdicts[k][v] }

// Of is the number of all kinds with a verdict.
func (c ImportCounts) Of(v ImportVerdict) (n int) {
	for _, of := range c.Verdicts {
		n += of[v]
	}
	return n
}

// Result is that of an entry of the audit log about the import, with a code.
func (c ImportCounts) Result(code string) string {
	return fmt.Sprintf("%s new=%d changed=%d same=%d kept=%d wrong=%d", code, c.Of(ImportNew), c.Of(ImportChanged),
		c.Of(ImportSame), c.Kept, c.Wrong)
}

// ImportKind is what an item of an import is.
type ImportKind string

// The kinds, in the order in which they are saved.
const (
	ImportPartner      ImportKind = "partner"
	ImportCustomer     ImportKind = "customer"
	ImportRelationship ImportKind = "relationship"
)

// ImportKinds are all kinds.
func ImportKinds() []ImportKind {
	return []ImportKind{ImportPartner, ImportCustomer, ImportRelationship}
}

// ImportVerdict is what saving an item does.
type ImportVerdict string

// The verdicts.
const (
	ImportNew     ImportVerdict = "new"
	ImportChanged ImportVerdict = "changed"
	ImportSame    ImportVerdict = "same" // it is so already
)

// ImportItem is a partner, a customer, or the rights of a partner over a
// customer, as a file has it.
type ImportItem struct {
	Kind    ImportKind     `json:"kind"`
	Key     string         `json:"key"` // the tenant; of rights, the customer's and the partner's
	Row     int            `json:"row"` // the first that says so; 1 is the first below the header
	Line    int            `json:"line"`
	Name    string         `json:"name"`
	Verdict ImportVerdict  `json:"verdict"`
	Wanted  string         `json:"wanted"` // a digest of what the file says, to compare rows with each other
	Changes []ImportChange `json:"changes"`
	Note    string         `json:"note"` // the code of what is to be said, or ""
	// Base is what is stored and was compared with. If another stands there when
	// the import is saved, nothing is.
	Base  string `json:"base"`
	Base2 string `json:"base2"` // of a partner: its people
	Data  any    `json:"data"`  // what is stored: see package store
	// Contact says that the security contact changes, so that people are told.
	Contact bool `json:"contact"`
}

// ImportChange is a value before and after.
type ImportChange struct {
	Label  string `json:"label"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// ImportProblem is a row of which something is to be said.
type ImportProblem struct {
	Row      int             `json:"row"`
	Line     int             `json:"line"`
	Name     string          `json:"name"` // what the row is about
	Wrong    bool            `json:"wrong"`
	Findings []ImportFinding `json:"findings"`
}

// ImportFinding is one thing that is to be said of a row.
type ImportFinding struct {
	Column   string           `json:"column"` // its header; "" is the whole row
	Code     string           `json:"code"`
	Value    string           `json:"value,omitempty"` // what the cell says, cut to a length; "": it is of no help
	Message  string           `json:"message"`
	Severity partner.Severity `json:"severity"`
	// Partner is the tenant ID of a partner who is here, and whom this is about.
	Partner     string `json:"partner,omitempty"`
	PartnerName string `json:"partnerName,omitempty"`
}

// LogValue leaves out what the cell says.
func (f ImportFinding) LogValue() slog.Value {
	return slog.GroupValue(slog.String("column", f.Column), slog.String("code", f.Code))
}
