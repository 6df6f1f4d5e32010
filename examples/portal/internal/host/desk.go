package host

import (
	"log/slog"
	"net/url"
	"slices"
	"time"

	"github.com/cspkit/partner/alert"
)

// IncidentStands is whether an incident goes on.
type IncidentStands string

// What an incident may be.
const (
	StandsOpen      IncidentStands = "open"
	StandsResolved  IncidentStands = "resolved"
	StandsCancelled IncidentStands = "cancelled"
)

// Stands returns what an incident is after a version of the kind.
func (k VersionKind) Stands() IncidentStands {
	switch k {
	case VersionAllClear:
		return StandsResolved
	case VersionCancel:
		return StandsCancelled
	default:
		return StandsOpen
	}
}

// The kinds of what happened with an incident, beside those of versions and
// those of the events of cases.
const (
	LogNote     = "note"     // somebody wrote something down
	LogOwner    = "owner"    // somebody else looks after it; Said is the name, "" for nobody
	LogReminded = "reminded" // somebody reminded those who have not answered; Said is how many people
	LogStep     = "step"     // a step of the cases told the next ones; Said is which
)

// LogEntry is one thing that happened with an incident.
type LogEntry struct {
	ID          string
	At          time.Time
	Kind        string // a [VersionKind], the kind of a case's event, or one of those above
	CaseID      string // "": it is about the incident as a whole, or about several partners
	CompanyName string // whose case it is; of several, the first few: "Contoso, Fabrikam and 12 others"
	ByName      string
	Said        string // the note, the answer, the new owner
}

// LogValue tells the ID and the kind.
func (e LogEntry) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", e.ID), slog.String("kind", e.Kind))
}

// Drills is whether a list holds drills. It stands so in addresses.
type Drills string

// What a list may hold.
const (
	RealFirst  Drills = ""    // all: what is real comes first where the list is sorted by urgency
	RealOnly   Drills = "no"  // no drills
	DrillsOnly Drills = "yes" // nothing but drills
)

// Owner is the operator who looks after an incident. The zero Owner is nobody.
type Owner struct{ ID, Name string }

// LogValue tells the ID.
func (o Owner) LogValue() slog.Value { return slog.StringValue(o.ID) }

// SavedForm is the form of an incident that somebody saved: a draft to go on
// with, or a template to begin from. All operators share them.
type SavedForm struct {
	ID       string
	Template bool
	Title    string
	Form     url.Values
	SavedAt  time.Time
	ByName   string
}

// LogValue tells the ID.
func (f SavedForm) LogValue() slog.Value { return slog.StringValue(f.ID) }

// Undelivered is a message that could not be delivered.
type Undelivered struct {
	Delivery
	IncidentTitle string // "": it is a notice about a contact
}

// OpenCase is a case in which nobody has answered, and until when somebody
// must.
type OpenCase struct {
	ID            string
	IncidentID    string
	IncidentTitle string
	Drill         bool
	CompanyName   string
	PartnerTenant string // its tenant ID
	Exhausted     bool   // nobody is left to tell
	OpenedAt      time.Time
	RespondBy     time.Time
	NextAt        time.Time // when the next is told; zero: nobody is left
}

// LogValue tells the ID.
func (c OpenCase) LogValue() slog.Value { return slog.StringValue(c.ID) }

// Part is how a partner stands with an incident, as people ask for it.
type Part string

// The parts. A partner is in the first of them that holds. What counts is what
// was done of the incident as it goes on: since it was raised or reopened, and
// not for its all-clear.
const (
	PartAnswered Part = "answered" // somebody there has answered
	PartReached  Part = "reached"  // somebody there was sent it
	PartTrying   Part = "trying"   // it is on its way to somebody, or somebody is to be called
	PartFailed   Part = "failed"   // it was refused, or came back
	PartSpared   Part = "spared"   // it was not needed any more: it was over, or the contact is another
	PartNobody   Part = "nobody"   // there is nobody to tell
	PartNoRights Part = "norights" // the partner holds no rights over the tenant, and need not be told
)

// Parts are all parts, in their order.
func Parts() []Part {
	return []Part{PartAnswered, PartReached, PartTrying, PartFailed, PartSpared, PartNobody, PartNoRights}
}

var partStates = map[Part][]DeliveryState{
	PartReached:  {DeliverySent},
	PartTrying:   {DeliveryWaiting, DeliveryCall, DeliveryRetrying, DeliveryUnknown},
	PartFailed:   {DeliveryFailed, DeliveryBounced},
	PartSpared:   {DeliveryWithdrawn},
	PartNobody:   {DeliveryNobody},
	PartNoRights: {DeliveryNobody},
}

// States are those of the deliveries by which a partner is in the part. An
// answer needs none, so PartAnswered has none.
func (p Part) States() []DeliveryState { return slices.Clone(partStates[p]) }

// Progress is how far an incident has come.
type Progress struct {
	Messages  Counts       // of all versions, with a row for each partner that nobody was told at
	Partners  map[Part]int // each partner is in one part
	CountedAt time.Time    // when a worker counted Partners; zero: they are as of now
}

// Told reports whether somebody is told of an incident at the partner: it has a
// security contact that can be used.
func (c Coverage) Told() bool { return c.Class().Told() }

// CoverageClass is what a partner's contact amounts to. "" is not known.
type CoverageClass string

// The classes.
const (
	CoverageMissing CoverageClass = "missing" // there is none, and nobody is told
	CoverageErrors  CoverageClass = "errors"  // it cannot be used, or mail to it comes back
	CoverageAdvice  CoverageClass = "advice"  // it could be better
	CoverageGood    CoverageClass = "good"
)

// CoverageClasses are all classes, the worst first.
func CoverageClasses() []CoverageClass {
	return []CoverageClass{CoverageMissing, CoverageErrors, CoverageAdvice, CoverageGood}
}

// Class is what the contact amounts to, by its profile and its address.
func (c Coverage) Class() CoverageClass { return c.OfProfile().At(c.Address) }

// At is what a contact whose profile is of the class amounts to, as its address
// stands:
//
//	            mail to it    it is doubted, or        any other
//	            came back     not confirmed in time    state
//	missing     missing       missing                  missing
//	errors      errors        errors                   errors
//	advice      errors        advice                   advice
//	good        errors        advice                   good
func (c CoverageClass) At(address ContactState) CoverageClass {
	if !c.Told() {
		return c
	}
	switch address {
	case ContactBouncing:
		return CoverageErrors
	case ContactDoubted, ContactOverdue:
		return CoverageAdvice
	default:
		return c
	}
}

// OfProfile is what the contact amounts to, by the findings on it.
func (c Coverage) OfProfile() CoverageClass {
	switch {
	case c.Unreadable:
		return CoverageErrors
	case c.Contact.IsZero(): // also where none is required: nobody is told
		return CoverageMissing
	case len(c.Findings.Errors()) > 0:
		return CoverageErrors
	case len(c.Findings.Advice()) > 0:
		return CoverageAdvice
	default:
		return CoverageGood
	}
}

// Told reports whether a contact of the class is told of incidents.
func (c CoverageClass) Told() bool { return c == CoverageAdvice || c == CoverageGood }

// Numbers are those of all partners, as of a time. They are counted now and
// then.
type Numbers struct {
	At       time.Time // zero: nobody has counted yet
	Partners int
	Covered  int // whose contact can be told
	Contacts map[ContactState]int
	Coverage map[CoverageClass]int
	// Response is how fast Microsoft's alerts of the last 30 days were answered, by
	// the strictest reading. Counted of 0: there were none.
	Response alert.Response
}

// CoverageDay is how many partners could be told at the end of a day.
type CoverageDay struct {
	Day      time.Time // its beginning, in UTC
	Partners int
	Covered  int
}
