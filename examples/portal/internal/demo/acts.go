package demo

import (
	"slices"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

const (
	olu  = "Olu Operator"
	gita = "Gita Global"
	fay  = "Fay Fabrikam"
)

// The tenants beside those that package host names.
const (
	northwindTenantID = "a0174214-d000-4000-8000-000000000004"
	litwareTenantID   = "117a4a4e-0000-4000-8000-000000000005"
	wingtipTenantID   = "71297170-0000-4000-8000-000000000006"
	adatumTenantID    = "5eed0000-0000-4000-8000-fada70000001"
	vanArsdelTenantID = "5eed0000-0000-4000-8000-fa2a25de0002"
	margieTenantID    = "5eed0000-0000-4000-8000-f3a26e000003"
	lucerneTenantID   = "5eed0000-0000-4000-8000-f10ce27e0004"

	adventureTenantID = "c0570000-0000-4000-8000-000000000001"
	alpineTenantID    = "c0570000-0000-4000-8000-000000000002"
	prosewareTenantID = "c0570000-0000-4000-8000-000000000003"
	relecloudTenantID = "c0570000-0000-4000-8000-000000000005"
	schoolTenantID    = "c0570000-0000-4000-8000-000000000006"
)

// neighbours are partners in other countries, and a customer of theirs.
func (w *world) neighbours() error {
	for _, n := range []struct {
		tenantID, name, domain, country, city, code string
		contact                                     partner.SecurityContact
	}{
		{adatumTenantID, "A. Datum", "adatum.com", "DE", "Berlin", "10117",
			partner.NewGroupContact("A. Datum Bereitschaft", "csirt@adatum.com", "+493023125042")},
		{vanArsdelTenantID, "VanArsdel", "vanarsdelltd.com", "GB", "London", "EC1A 1BB",
			partner.NewGroupContact("VanArsdel Cyber Desk", "security@vanarsdelltd.com", "+442079460018")},
		{margieTenantID, "Margie's Travel", "margiestravel.com", "AU", "Sydney", "2000",
			partner.SecurityContact{FirstName: "Mia", LastName: "Example", Email: "mia@margiestravel.com",
				Phone: "+61255501234"}},
		{lucerneTenantID, "Lucerne Publishing", "lucernepublishing.com", "FR", "Paris", "75001",
			partner.NewGroupContact("Lucerne Astreinte", "astreinte@lucernepublishing.com", "+33199001234")},
	} {
		p := partner.LegalProfile{
			TenantID: n.tenantID, PartnerType: partner.IndirectReseller,
			LegalBusiness: partner.LegalBusiness{
				CompanyName: n.name, VettingStatus: "authorized", VettingSubStatus: "none",
				Address: partner.Address{
					Country: n.country, City: n.city, AddressLine1: "1 Example Street", PostalCode: n.code,
					FirstName: "Robin", LastName: "Specimen",
				},
			},
			PrimaryContact: partner.PrimaryContact{
				FirstName: "Robin", LastName: "Specimen", Email: "robin.specimen@" + n.domain, Phone: n.contact.Phone,
			},
			SecurityContact: n.contact,
		}
		people := []host.Staff{
			{TenantID: n.tenantID, ID: n.tenantID + "/0", GlobalAdmin: true,
				Recipient: partner.Recipient{Name: "Kim Specimen", Email: "kim.specimen@" + n.domain}},
			{TenantID: n.tenantID, ID: n.tenantID + "/1", Enrolled: true,
				Recipient: partner.Recipient{Name: n.name + " agents", Email: "azure-agents@" + n.domain}},
		}
		if err := w.db.AddPartner(w.ctx, p, people); err != nil {
			return err
		}
	}
	for _, late := range latecomers {
		p := partner.LegalProfile{
			TenantID: late.tenantID, PartnerType: partner.IndirectReseller,
			LegalBusiness: partner.LegalBusiness{
				CompanyName: late.name, VettingStatus: "authorized", VettingSubStatus: "none",
				Address: partner.Address{Country: "US", City: "Redmond", State: "WA", AddressLine1: "2 Example Way"},
			},
			PrimaryContact: partner.PrimaryContact{
				FirstName: "Robin", LastName: "Specimen", Email: "robin.specimen@" + late.domain, Phone: "4255550103",
			},
		}
		if err := w.db.AddPartner(w.ctx, p,
			[]host.Staff{{TenantID: late.tenantID, ID: late.tenantID + "/0", GlobalAdmin: true,
				Recipient: partner.Recipient{Name: "Kim Specimen", Email: "kim.specimen@" + late.domain}}}); err != nil {
			return err
		}
	}
	return w.db.AddCustomer(w.ctx, host.Customer{TenantID: schoolTenantID, Name: "School of Fine Art",
		Partners: []host.CustomerPartner{
			{PartnerTenantID: adatumTenantID, Rights: partner.Reseller | partner.GranularAdmin},
			{PartnerTenantID: vanArsdelTenantID, Rights: partner.Reseller},
			{PartnerTenantID: margieTenantID, Rights: partner.DelegatedAdmin},
			{PartnerTenantID: lucerneTenantID, Rights: partner.Reseller | partner.DelegatedAdmin},
			{PartnerTenantID: host.ContosoTenantID, Rights: partner.Reseller},
		}})
}

// latecomers are partners that got a security contact during the last months.
var latecomers = []struct{ tenantID, name, domain string }{
	{"5eed0000-0000-4000-8000-fc0407000005", "Coho Winery", "cohowinery.com"},
	{"5eed0000-0000-4000-8000-f60de5000006", "Graphic Design Institute", "graphicdesigninstitute.com"},
	{"5eed0000-0000-4000-8000-f04a6e000007", "Humongous Insurance", "humongousinsurance.com"},
}

const day = 24 * time.Hour

// acts are what happened, the oldest first. The words stand where somebody
// looks for what went wrong.
func (w *world) acts() []act {
	var all []act
	add := func(ago time.Duration, what string, do func() error) { all = append(all, act{ago, what, do}) }
	asked := func(ago time.Duration, tenantID, what string) {
		add(ago, what, func() error { return w.begin(tenantID) })
	}
	said := func(ago time.Duration, tenantID, name string, said host.ContactSaid) {
		add(ago, name+" answers", func() error { return w.confirm(tenantID, name, said) })
	}
	raised := func(i partner.Incident) {
		ago := w.db.Now().Sub(i.DetectedAt) - 20*time.Minute
		add(ago, i.ID, func() error { return w.raise(i) })
		for _, later := range []time.Duration{61 * time.Minute, 121 * time.Minute, 6*time.Hour + time.Minute, day +
			time.Minute} {
			if later < ago { // whoever is next is told
				add(ago-later, i.ID+" goes on", nil)
			}
		}
	}
	answered := func(ago time.Duration, incident, tenantID, name string, kind escalation.EventKind, said string) {
		add(ago, name+" answers", func() error { return w.answers(incident, tenantID, name, kind, said) })
	}
	now := w.db.Now()

	// A year of contacts.
	asked(352*day, northwindTenantID, "Northwind is asked")
	said(351*day, northwindTenantID, "Nora Example", host.ContactRight)
	add(300*day, "Contoso's phone", func() error {
		return w.revise(gita, "primary-contact", func(p *partner.LegalProfile) { p.PrimaryContact.Phone = "(425) 555-0142" })
	})
	add(210*day, "Contoso's contact", func() error {
		return w.revise(gita, "security-contact", func(p *partner.LegalProfile) {
			p.SecurityContact = partner.SecurityContact{
				FirstName: "Sam", LastName: "Specimen", Email: "sam.specimen@contoso.com", Phone: "+14255550107",
			}
		})
	})
	said(209*day, host.ContosoTenantID, "Sam Specimen", host.ContactRight)
	add(120*day, "Contoso moves", func() error {
		return w.revise(gita, "business", func(p *partner.LegalProfile) { p.Address.AddressLine2 = "Floor 4" })
	})
	asked(100*day, adatumTenantID, "A. Datum is asked")
	said(99*day, adatumTenantID, "Anke Example", host.ContactRight)
	add(60*day, "Fabrikam's phone", func() error {
		return w.revise(fay, "security-contact", func(p *partner.LegalProfile) { p.SecurityContact.Phone = "+15035550143" })
	})
	add(41*day, "Contoso's group", func() error {
		return w.revise(gita, "security-contact", func(p *partner.LegalProfile) {
			p.SecurityContact = partner.NewGroupContact("Contoso Security Operations", "soc@contoso.com", "+14255550100;ext=24")
		})
	})
	said(40*day-5*time.Hour, host.ContosoTenantID, "Cora Example", host.ContactRight)
	for i, late := range latecomers { // they had no contact at first
		ago := time.Duration(70-25*i) * day
		add(ago, late.name, func() error { return w.appoint(late.tenantID, late.name, late.domain) })
		if i < len(latecomers)-1 {
			said(ago-7*time.Hour, late.tenantID, "Kim Specimen", host.ContactRight)
		}
	}
	asked(30*day, vanArsdelTenantID, "VanArsdel is asked")
	said(30*day-3*time.Hour, vanArsdelTenantID, "Vik Example", host.ContactRight)
	asked(25*day, wingtipTenantID, "Wingtip is asked")
	asked(20*day, host.FabrikamTenantID, "Fabrikam is asked")
	asked(15*day-40*time.Minute, litwareTenantID, "Litware is asked")
	asked(9*day, margieTenantID, "Margie is asked")
	said(8*day, margieTenantID, "Mia Example", host.ContactWrong)
	for _, ago := range []time.Duration{13 * day, 10 * day, 7 * day, 5 * day, 20 * time.Hour} {
		add(ago, "contacts are asked again", nil)
	}

	// Drills, one of them this autumn.
	spring := drill(now.Add(-160*day), "INC-DRILL-SPRING26", schoolTenantID, "School of Fine Art",
		"Rehearsal: a stranger signs in as an administrator")
	raised(spring)
	answered(160*day-50*time.Minute, spring.ID, adatumTenantID, "Anke Example", escalation.EventAcknowledged, "I am on it")
	answered(160*day-55*time.Minute, spring.ID, vanArsdelTenantID, "Vik Example", escalation.EventAcknowledged,
		"I am on it")
	answered(160*day-3*time.Hour, spring.ID, lucerneTenantID, "Luc Example", escalation.EventAcknowledged, "I am on it")
	answered(160*day-2*time.Hour, spring.ID, host.ContosoTenantID, "Sam Specimen", escalation.EventAcknowledged,
		"I am on it")
	w.clear(add, 159*day, spring.ID)
	autumn := drill(now.Add(-34*day), "INC-DRILL-AUTUMN26", adventureTenantID, "Adventure Works",
		"Rehearsal: an invoice nobody ordered")
	raised(autumn)
	answered(34*day-29*time.Minute, autumn.ID, host.ContosoTenantID, "Cora Example", escalation.EventAcknowledged,
		"I am on it")
	answered(34*day-5*time.Hour, autumn.ID, host.FabrikamTenantID, "Fay Fabrikam", escalation.EventAcknowledged,
		"I am on it")
	w.clear(add, 33*day, autumn.ID)

	// What is over.
	malware := partner.Incident{
		ID: "INC-MALWARE-ALPINE", TenantID: alpineTenantID, TenantName: "Alpine Ski House", Kind: partner.Malware,
		Severity: partner.IncidentMedium, Title: "A support tool brought malware along",
		Summary:    "A remote support tool of a supplier was replaced with one that opens a door to strangers.",
		Actions:    []string{"Remove the tool from every machine.", "Look for sign-ins by its account since 1 October."},
		DetectedAt: now.Add(-19 * day), RespondBy: now.Add(-18 * day),
	}
	raised(malware)
	answered(19*day-45*time.Minute, malware.ID, northwindTenantID, "Nora Example", escalation.EventAcknowledged,
		"I am on it")
	answered(19*day-10*time.Hour, malware.ID, northwindTenantID, "Nora Example", escalation.EventResolved,
		"It is resolved")
	answered(19*day-7*time.Hour, malware.ID, host.FabrikamTenantID, "Fay Fabrikam", escalation.EventAcknowledged,
		"I am on it")
	add(19*day-8*time.Hour, "the scope is known", func() error {
		return w.version(malware.ID, host.VersionUpdate, func(i *partner.Incident) {
			i.Summary += "\nThe supplier has withdrawn it. Four machines had it."
		})
	})
	w.clear(add, 17*day, malware.ID)
	phishing := partner.Incident{
		ID: "INC-PHISHING-WOODGROVE", TenantID: prosewareTenantID, TenantName: "Proseware", Kind: partner.Phishing,
		Severity: partner.IncidentLow, Title: "A page that looks like Proseware's sign-in",
		Summary:    "A page was found that asks for passwords in the colours of Proseware.",
		Actions:    []string{"Tell your customer's people not to type anything there."},
		DetectedAt: now.Add(-9 * day),
	}
	raised(phishing)
	add(9*day-50*time.Minute, "it was their own rehearsal", func() error {
		return w.version(phishing.ID, host.VersionCancel, func(*partner.Incident) {})
	})

	// What goes on.
	fraud := partner.Incident{
		ID: "INC-FRAUD-SCHOOL", TenantID: schoolTenantID, TenantName: "School of Fine Art",
		Kind: partner.AzureFraud + ".network_connections_to_crypto_mining_pools", Severity: partner.IncidentHigh,
		Title:   "Virtual machines connect to crypto mining pools",
		Summary: "Sixteen machines of a size that nobody used before were started in two regions.",
		Actions: []string{"Stop the machines that nobody ordered.", "Look at who started them, and block the account.",
			"Reset what that account could read."},
		DetectedAt: now.Add(-27 * time.Hour), RespondBy: now.Add(-3 * time.Hour),
		Reference: "https://security.example/advisories/57",
	}
	raised(fraud)
	answered(26*time.Hour, fraud.ID, adatumTenantID, "Anke Example", escalation.EventAcknowledged, "I am on it")
	answered(14*time.Hour, fraud.ID, adatumTenantID, "Anke Example", escalation.EventResolved, "It is resolved")
	answered(25*time.Hour, fraud.ID, host.ContosoTenantID, "Cora Example", escalation.EventAcknowledged, "I am on it")
	answered(21*time.Hour+10*time.Minute, fraud.ID, host.ContosoTenantID, "Cora Example", escalation.EventResolved,
		"It is resolved")
	stolen := partner.Incident{
		ID: "INC-CREDENTIALS-ADVENTURE", TenantID: adventureTenantID, TenantName: "Adventure Works",
		Kind: partner.CredentialCompromise, Severity: partner.IncidentHigh,
		Title:   "An administrator's password was used from two continents",
		Summary: "Sign-ins were seen from Lisbon and from Lagos within three minutes. The account holds privileged roles.",
		Actions: []string{"Block the account.", "Revoke its sessions.",
			"Call the customer on a number that you already have."},
		DetectedAt: now.Add(-3 * time.Hour).Add(-10 * time.Minute), RespondBy: now.Add(9 * time.Hour),
		Reference: "https://security.example/advisories/61",
	}
	raised(stolen)
	answered(150*time.Minute, stolen.ID, host.ContosoTenantID, "Cora Example", escalation.EventAcknowledged, "I am on it")
	spread := partner.Incident{
		ID: "INC-ACCESS-SCHOOL", TenantID: schoolTenantID, TenantName: "School of Fine Art",
		Kind: partner.UnauthorizedAccess, Severity: partner.IncidentMedium,
		Title:      "A mailbox forwards to an address outside",
		Summary:    "A rule that sends every invoice to a stranger was made in the mailbox of the accounts department.",
		Actions:    []string{"Delete the rule.", "Reset the password of the mailbox.", "Look for the same rule elsewhere."},
		DetectedAt: now.Add(-102 * time.Minute), RespondBy: now.Add(5 * time.Hour),
	}
	raised(spread)
	answered(70*time.Minute, spread.ID, vanArsdelTenantID, "Vik Example", escalation.EventAcknowledged, "I am on it")
	answered(65*time.Minute, spread.ID, host.ContosoTenantID, "Cora Example", escalation.EventAcknowledged, "I am on it")
	answered(72*time.Minute, spread.ID, lucerneTenantID, "Luc Example", escalation.EventAcknowledged, "I am on it")
	own := partner.Incident{
		ID: "INC-EXPOSURE-CONTOSO", TenantID: host.ContosoTenantID, Kind: partner.DataExposure,
		Severity:   partner.IncidentHigh,
		Title:      "A storage account can be read by anybody",
		Summary:    "The account contosobackups answers without a password since this morning.",
		Actions:    []string{"Close public access to the account.", "Find out what was read, and by whom."},
		DetectedAt: now.Add(-32 * time.Minute), RespondBy: now.Add(11 * time.Hour),
	}
	raised(own)

	for week := range 13 { // how many can be told, week by week
		add(time.Duration(13-week)*7*day, "partners are counted", func() error { return w.db.KeepNumbers(w.ctx) })
	}

	// Alerts, what comes of them, and what waits to be sent.
	add(90*day, "the rules for alerts", w.rules)
	add(5*day, "a template", w.draft)
	add(48*time.Minute, "alerts come in", w.takeAlerts)

	// Calls, and people at the desk.
	add(19*day-3*time.Hour, "Fabrikam is called", func() error {
		return w.called(host.FabrikamTenantID, host.CallReached, "On the phone: Reached")
	})
	add(100*time.Minute, "Fabrikam does not answer the phone", func() error {
		return w.called(host.FabrikamTenantID, host.CallNotReached, "On the phone: Not reached")
	})
	for ago, who := range map[time.Duration]string{
		300*day + time.Hour: gita, 210*day + time.Hour: gita, 120*day + time.Hour: gita, 60*day + time.Hour: fay, 41*day +
			time.Hour: gita,
		19 * day: olu, 9 * day: olu, 27 * time.Hour: olu, 3*time.Hour + 5*time.Minute: olu,
	} {
		add(ago, "sign-in", func() error { return w.audit(who, "POST /sign-in/demo", "") })
	}
	add(40*day, "the report", func() error { return w.audit(olu, "GET /coverage.csv", "") })
	slices.SortStableFunc(all, func(a, b act) int { return int((b.ago - a.ago) / time.Second) })
	return all
}

// clear sends the all-clear.
func (w *world) clear(add func(time.Duration, string, func() error), ago time.Duration, id string) {
	add(ago, id+" is over", func() error {
		return w.version(id, host.VersionAllClear, func(i *partner.Incident) {
			i.Summary, i.Actions = "It is over. Thank you.", nil
		})
	})
}

func drill(at time.Time, id, tenantID, tenantName, title string) partner.Incident {
	return partner.Incident{
		ID: id, TenantID: tenantID, TenantName: tenantName, Kind: partner.CredentialCompromise,
		Severity: partner.IncidentHigh, Title: title, Drill: true,
		Summary:    "Nothing has happened. We want to know how long it takes until somebody answers.",
		Actions:    []string{"Answer this mail with the code in it.", "Tell your colleagues who else should get it."},
		DetectedAt: at, RespondBy: at.Add(day),
	}
}
