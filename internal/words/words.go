// Package words holds what people read in messages and findings, in each
// language: one file for each, which holds sentences and no code.
//
// A sentence may have places, such as "{company}", which are filled with
// values. No sentence depends on a number, so no language needs plurals.
package words

// Language is everything that is said in one language. No text is empty.
type Language struct {
	Tag         string // BCP 47: "pt-BR"
	Name        string // in the language itself: "Português (Brasil)"
	RightToLeft bool

	Letter    Letter
	Date      Date
	Kinds     map[string]string // an incident's kind, such as "credential_compromise", as people say it
	Sentences map[string]string // a code, such as "name.missing": the sentence of its finding
	Refused   string            // that of a code which is not known
	Actions   Actions
	Webhook   Webhook
}

// Letter is what messages say.
type Letter struct {
	// What begins the subject, and the subject itself in pieces. A piece is left
	// out if its value is blank. The order of the pieces is that of the fields.
	Drill, Resolved, Unanswered string
	Subject                     string
	SubjectSeverity             string // {severity}
	SubjectCompany              string // {company}
	SubjectTenant               string // {tenant}
	SubjectTitle                string // {title}
	SubjectContactCompany       string // {company}; behind the subjects of Contact

	Title, TitleDrill, TitleOver, TitleDrillOver string

	IsDrill, DrillSteps      string
	IsUpdate, NobodyAnswered string
	AllClear                 string

	// As what the recipient is written to.
	AsSecurityContact, AsAdminAgent, AsGlobalAdmin, AsStandIn, AsSubscriber, AsOther string

	// Whose tenant is hit: while it goes on, and once it is over.
	ImpactsOwn, ImpactsOther   string
	ImpactsCustomer            string // {rights}
	ImpactedOwn, ImpactedOther string
	ImpactedCustomer           string // {rights}
	Reseller                   string // a right, as it stands in {rights}
	DelegatedAdmin             string
	GranularAdmin              string
	Comma, And                 string // between the rights, and before the last
	Between                    string // between two sentences: a space, or nothing
	HowToAnswer                string
	AnswerOnPage, AnswerByCode string
	AnswerOnIt, AnswerReads    string
	AnswerConfirms             string
	Actions, Summary, Details  string
	Company, Tenant, Incident  string
	Severity                   string
	RespondBy, Respond, AtOnce string
	WaitingSince               string
	Page, Code                 string
	Reference, Kind, Detected  string
	ImpactedTenant, OwnTenant  string
	IncidentID, Notification   string
	Informational, Low         string
	Medium, High               string
	Appointed, Replaced        Contact
	Updated, Confirm, Lapsed   Contact
	Duties                     string // the heading
	DutyIncidents, DutyFraud   string
	Colon                      string // behind a label and a heading
}

// Contact is what a message about a security contact says.
type Contact struct {
	Subject  string
	What     string
	Question string // a heading
	Act      string // what to do, below it
}

// Date is how a time is written. It is always in UTC and has 24 hours.
type Date struct {
	Form     string     // {weekday}, {day}, {month}, {year}, {time}
	Weekdays [7]string  // from Sunday on
	Months   [12]string // as they stand behind a day
}

// Actions are the steps for Microsoft's alerts.
type Actions struct {
	Subscription  string // {id}; as it stands in {subscription}
	Subscriptions string // of a customer, where it is not known which
	StartWith     string // {resources}; ends a step
	More          string // {resources}, {count}; as it stands in {resources}

	Open        string // {subscription}, {start}
	Stop        string
	Credentials string
	Recovery    string
	Logs        string
	Cancel      string
	After       string
	Report      string

	AdvisoryRead    string
	AdvisoryDo      string // {subscription}, {start}
	AdvisoryAlert   string
	AdvisoryResolve string

	OtherOpen string // {subscription}, {start}
	OtherAsk  string

	Look map[string]string // by the type of the alert
}

// Webhook is what the bodies for chats say beside a message.
type Webhook struct {
	Fallback  string // where a program shows no blocks
	Answer    string // on a button
	Reference string
}

// languages are all, English first and the others by their tags. It is the one
// place to add another.
var languages = [...]*Language{&en, &de, &es, &fr, &it, &ja, &nl, &pl, &ptBR}

// Languages returns all, English first.
func Languages() []*Language { return languages[:] }

// English is what is spoken where no other language fits.
func English() *Language { return &en }
