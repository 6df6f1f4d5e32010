package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"

	"github.com/cspkit/partner"
)

// How many there are of each. A contact has a number of its own. A profile is
// some 2 KB, and was just read when a host asks for it: more of them would
// measure how fast memory is.
const (
	contactsMade = 20_000
	profilesMade = 1_000
)

// A dialled is a number in each form in which people write it.
type dialled struct {
	region   string // "DE"
	e164     string // "+4930123456"
	spaced   string // "+49 30 123456"
	national string // "030 123456"
}

// dialledNumbers are the shared work: valid lines and mobiles of a dozen
// countries. The last digits of each are drawn at random. The few of which
// phonenumbers does not read its own national form are left out.
var dialledNumbers = sync.OnceValue(func() []dialled {
	random := rand.New(rand.NewPCG(1, 2))
	seen := make(map[string]bool)
	var all []dialled
	for i := 0; len(all) < contactsMade; i++ {
		at := countries[i%len(countries)]
		kind := phonenumbers.FIXED_LINE
		if i/len(countries)%3 == 2 {
			kind = phonenumbers.MOBILE
		}
		n := phonenumbers.GetExampleNumberForType(at.code, kind)
		const drawn = 1_000_000
		value := n.GetNationalNumber()/drawn*drawn + random.Uint64N(drawn)
		n.NationalNumber = &value
		d := dialled{
			region: at.code, e164: phonenumbers.Format(n, phonenumbers.E164),
			spaced:   phonenumbers.Format(n, phonenumbers.INTERNATIONAL),
			national: phonenumbers.Format(n, phonenumbers.NATIONAL),
		}
		if seen[d.e164] || !phonenumbers.IsValidNumber(n) || normalizeWithPhonenumbers(d.national, d.region) != d.e164 {
			continue
		}
		seen[d.e164] = true
		all = append(all, d)
	}
	shuffle(all)
	for i, n := range all { // one after the other in memory, as a database gives them
		all[i] = dialled{n.region, strings.Clone(n.e164), strings.Clone(n.spaced), strings.Clone(n.national)}
	}
	return all
})

// person is a first, a middle and a last name.
type person [3]string

// country is where partners are, and what people there are called. In all, one
// name in three has letters outside ASCII.
type country struct {
	code, city string
	people     [3]person
}

var countries = [...]country{
	{"US", "Redmond", [3]person{{"Ada", "Q", "Placeholder"}, {"Robin", "", "Specimen-Smith"}, {"Alex", "J", "O'Example"}}},
	{"GB", "Reading", [3]person{{"Sam", "", "Placeholder"}, {"Zoë", "Ann", "Specimen"}, {"Brian", "O", "Example"}}},
	{"DE", "München", [3]person{{"Jürgen", "", "Mustermann"}, {"Erika", "", "Mustermann"}, {"Max", "", "Beispiel"}}},
	{"FR", "Paris", [3]person{{"Hélène", "", "Modele"}, {"Luc", "", "Modele"}, {"Marie", "Claire", "Modele"}}},
	{"ES", "Madrid", [3]person{{"José", "María", "Muestra"}, {"Ana", "", "Ejemplo"}, {"Pablo", "", "Muestra"}}},
	{"IT", "Milano", [3]person{{"Mario", "", "Esempio"}, {"Niccolò", "", "Modello"}, {"Anna", "", "Esempio"}}},
	{"NL", "Utrecht", [3]person{{"Jan", "de", "Voorbeeld"}, {"Anouk", "", "Voorbeeld"}, {"Chloë", "", "van Model"}}},
	{"PL", "Kraków", [3]person{{"Łukasz", "", "Przykład"}, {"Anna", "Maria", "Wzorowa"}, {"Jan", "", "Wzorowy"}}},
	{"BR", "São Paulo", [3]person{{"João", "", "Exemplo"}, {"Carla", "", "Modelo"}, {"Paulo", "", "Modelo"}}},
	{"JP", "東京", [3]person{{"太郎", "", "見本"}, {"Hanako", "", "Mihon"}, {"花子", "", "見本"}}},
	{"IN", "Pune", [3]person{{"Asha", "", "Namuna"}, {"Ravi", "K", "Namuna"}, {"Meera", "", "Udaharan"}}},
	{"BG", "София", [3]person{{"Иван", "", "Примеров"}, {"Мария", "", "Образцова"}, {"Ivan", "", "Primerov"}}},
}

// mailboxes are a team's, so that no contact is advised of its own.
var mailboxes = [...]string{
	"soc", "security", "it-security", "csirt", "noc", "security.alerts", "incident-response", "abuse", "sicherheit",
	"seguridad", "Security", "ops+security",
}

// domains have two levels to five. They are Microsoft's own for examples.
var domains = [...]string{
	"contoso.com", "fabrikam.com", "mail.adatum.com", "emea.litwareinc.com", "it.proseware.com",
	"security.treyresearch.net", "sec.eu.tailspintoys.com", "cloud.wingtiptoys.com", "adventure-works.com",
	"it.emea.northwindtraders.com",
	"mail.sec.apac.woodgrovebank.com", "lucernepublishing.com",
}

// homeOf returns the country of a contact: that of its number.
func homeOf(region string) country {
	for _, c := range countries {
		if c.code == region {
			return c
		}
	}
	panic("a number of no country")
}

// goodContacts are the shared work: contacts such as partners have, in E.164.
// One in eight is a group. Check finds nothing in them, not even advice.
var goodContacts = sync.OnceValue(func() []partner.SecurityContact {
	all := make([]partner.SecurityContact, contactsMade)
	for i, n := range dialledNumbers() {
		home := homeOf(n.region)
		address := mailboxes[i/3%len(mailboxes)] + "@"
		if i%3 == 0 {
			address += fmt.Sprintf("csp-%d.", i%1000)
		}
		address += domains[i%len(domains)]
		if i%8 == 5 {
			all[i] = partner.NewGroupContact(fmt.Sprintf("%s SOC %d", home.city, i%100), address, n.e164)
			continue
		}
		p := home.people[i/8%len(home.people)]
		all[i] = partner.SecurityContact{FirstName: p[0], MiddleName: p[1], LastName: p[2], Email: address, Phone: n.e164}
	}
	for i := range all {
		for _, text := range textsOf(&all[i]) {
			*text = strings.Clone(*text) // likewise
		}
	}
	return all
})

func textsOf(c *partner.SecurityContact) [5]*string {
	return [...]*string{&c.FirstName, &c.MiddleName, &c.LastName, &c.Email, &c.Phone}
}

// badContacts are the shared work: contacts with one fault, with two, or with
// one in every field. The tags see a fault in each of these fields too.
var badContacts = sync.OnceValue(func() []partner.SecurityContact {
	faults := []func(*partner.SecurityContact){
		func(c *partner.SecurityContact) { c.FirstName = "" },
		func(c *partner.SecurityContact) { c.MiddleName = strings.Repeat("n", 129) },
		func(c *partner.SecurityContact) { c.LastName = "" },
		func(c *partner.SecurityContact) { c.Email = "" },
		func(c *partner.SecurityContact) { c.Email = "the front desk" },
		func(c *partner.SecurityContact) { c.Email = "soc@@contoso.com" },
		func(c *partner.SecurityContact) { c.Phone = "" },
		func(c *partner.SecurityContact) { c.Phone = "0800 CALL US" },
		func(c *partner.SecurityContact) { c.Phone = "4255550100" + "x" },
	}
	var all []partner.SecurityContact
	for i, c := range goodContacts()[:4000] {
		faults[i%len(faults)](&c)
		if i/len(faults)%2 == 1 {
			faults[(i+4)%len(faults)](&c)
		}
		all = append(all, c)
	}
	for range 64 {
		all = append(all, partner.SecurityContact{}, partner.SecurityContact{
			MiddleName: strings.Repeat("n", 129), Email: "soc", Phone: "soc",
		})
	}
	shuffle(all)
	return all
})

// profiles are the shared work: profiles as Partner Center gives them, whose
// numbers but that of the security contact are national. Check finds nothing.
var profiles = sync.OnceValue(func() []*partner.LegalProfile {
	types := partner.PartnerTypes()
	byRegion := make(map[string][]dialled)
	for _, n := range dialledNumbers() {
		byRegion[n.region] = append(byRegion[n.region], n)
	}
	next := make(map[string]int)
	all := make([]*partner.LegalProfile, profilesMade)
	for i := range all {
		c := goodContacts()[i]
		home := homeOf(dialledNumbers()[i].region)
		numbers := byRegion[home.code]
		number := func() string {
			next[home.code]++
			return numbers[next[home.code]%len(numbers)].national
		}
		address := func(who person) partner.Address {
			return partner.Address{
				Country: home.code, City: home.city, AddressLine1: fmt.Sprintf("%d Example Way", i%300), PostalCode: "98052",
				FirstName: who[0], MiddleName: who[1], LastName: who[2], Phone: number(),
			}
		}
		primary := home.people[(i+1)%len(home.people)]
		all[i] = &partner.LegalProfile{
			TenantID: fmt.Sprintf("00000000-0000-4000-8000-%012d", i), PartnerType: types[i%len(types)],
			LegalBusiness: partner.LegalBusiness{
				CompanyName: fmt.Sprintf("Contoso %s %d", home.city, i), Address: address(home.people[i%len(home.people)]),
				CompanyApproverAddress: address(home.people[(i+2)%len(home.people)]),
				CompanyApproverEmail:   fmt.Sprintf("approver-%d@%s", i, domains[(i+5)%len(domains)]),
				VettingStatus:          "authorized", VettingSubStatus: "none",
			},
			PrimaryContact: partner.PrimaryContact{
				FirstName: primary[0], MiddleName: primary[1], LastName: primary[2],
				Email: fmt.Sprintf("account-%d@%s", i, domains[(i+7)%len(domains)]), Phone: number(),
			},
			SecurityContact: c,
		}
		for f := range partner.AllFields().All() {
			all[i].SetValue(f, strings.Clone(all[i].Value(f)))
		}
	}
	return all
})
