package partner_test

import (
	"errors"
	"log/slog"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-playground/validator/v10"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// ada is a good contact without advice, so that each test spoils it in one
// place.
func ada() partner.SecurityContact {
	return partner.SecurityContact{
		FirstName: "Ada", MiddleName: "King", LastName: "Lovelace", Email: "soc@contoso.com", Phone: "+14255550100",
	}
}

func TestNewGroupContact(t *testing.T) {
	t.Parallel()
	c := partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")
	assert.Equal(t, partner.SecurityContact{
		FirstName: "Contoso SOC", MiddleName: "Contoso SOC", LastName: "Contoso SOC", Email: "soc@contoso.com",
		Phone: "+14255550100",
	}, c, "Partner Center wants the name in the first and the middle name, and requires a last name")
	assert.True(t, c.IsGroup())
	assert.Empty(t, c.Check(), "a group's contact is complete")
}

func TestContactIsZero(t *testing.T) {
	t.Parallel()
	assert.True(t, partner.SecurityContact{}.IsZero())
	for name, c := range map[string]partner.SecurityContact{
		"first name": {FirstName: "x"}, "middle name": {MiddleName: "x"}, "last name": {LastName: "x"}, "email": {Email: "x"},
		"phone": {Phone: "x"},
		"blank": {FirstName: " "},
	} {
		assert.False(t, c.IsZero(), "%s is set", name)
	}
	assert.True(t, partner.SecurityContact{FirstName: " ", Email: " ", Phone: "\u00a0"}.Normalize("").IsZero(),
		"blanks are nothing once normalised")
}

func TestContactNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                string
		first, middle, last string
		group               bool
		display             string
		why                 string
	}{
		{"person", "Ada", "King", "Lovelace", false, "Ada King Lovelace", "three names"},
		{"no middle name", "Ada", "", "Lovelace", false, "Ada Lovelace", "one space between two names"},
		{"blank middle name", "Ada", " ", "Lovelace", false, "Ada Lovelace", "a blank is no name"},
		{"first name only", "Ada", "", "", false, "Ada", "no space after it"},
		{"last name only", "", "", "Lovelace", false, "Lovelace", "no space before it"},
		{"nobody", "", "", "", false, "", "no name"},
		{"spaces", "  Ada", "King ", " Love\u00a0 lace", false, "Ada King Love lace", "normalised"},
		{"not UTF-8", " Ada ", "", "Love\xfflace", false, "Ada Love\xfflace", "one bad name does not spoil the others"},
		{"group", "Contoso SOC", "Contoso SOC", "Contoso SOC", true, "Contoso SOC", "a group's name once"},
		{
			"group with another last name", "Contoso SOC", "Contoso SOC", "Team", true, "Contoso SOC",
			"first and middle name make a group",
		},
		{
			"group in two spellings", "Contoso SOC", " contoso\u00a0 soc ", "", true, "Contoso SOC", "normalised, ignoring case",
		},
		{"group beyond ASCII", "ÉQUIPE", "e\u0301quipe", "", true, "ÉQUIPE", "one Unicode form, ignoring case"},
		{"group beyond case", "Straße", "STRASSE", "", false, "Straße STRASSE", "other letters are another name"},
		{"same last name", "Ada", "King", "Ada", false, "Ada King Ada", "only the middle name tells"},
		{"two blanks", " ", "\u200b", "SOC", false, "SOC", "no name is no group's name"},
		{"nobody twice", "", "", "Lovelace", false, "Lovelace", "no name is no group's name"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := partner.SecurityContact{FirstName: tt.first, MiddleName: tt.middle, LastName: tt.last}
			assert.Equal(t, tt.group, c.IsGroup(), tt.why)
			assert.Equal(t, tt.display, c.DisplayName(), tt.why)
			assert.Equal(t, tt.group, c.Normalize("").IsGroup(), "normalising changes neither")
			assert.Equal(t, tt.display, c.Normalize("").DisplayName(), "normalising changes neither")
		})
	}
}

func TestContactNormalize(t *testing.T) {
	t.Parallel()
	typed := partner.SecurityContact{
		FirstName: "  Jose\u0301 ", MiddleName: "\u00a0", LastName: "de\u3000 la\u200b  Cruz",
		Email: " Jose.Cruz@CONTOSO.com ",
		Phone: "(425) 555-0100 ext. 12",
	}
	want := partner.SecurityContact{
		FirstName: "José", LastName: "de la Cruz", Email: "Jose.Cruz@contoso.com", Phone: "+14255550100;ext=12",
	}
	unread := want
	unread.Phone = typed.Phone
	tests := []struct {
		name, region string
		want         partner.SecurityContact
		why          string
	}{
		{"own country", "US", want, "a national number gets its country code, and keeps its extension"},
		{"small letters", "us", want, "any case"},
		{"none", "", unread, "without a country a national number stays as it is typed"},
		{"unknown", "ZZ", unread, "an unknown country reads nothing"},
		{"a word", "USA", unread, "alpha-3 is another code"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := typed.Normalize(tt.region)
			assert.Equal(t, tt.want, got, tt.why)
			assert.Equal(t, got, got.Normalize(tt.region), "normalising twice is normalising once")
			assert.Equal(t, got, got.Normalize(""), "and needs no country the second time")
		})
	}

	international := ada()
	international.Phone = "tel:+49 (30) 23125-555"
	assert.Equal(t, "+493023125555", international.Normalize("US").Phone, "an international number needs no country")
	bad := partner.SecurityContact{FirstName: "\xff ", LastName: "<\t>", Email: "no @address", Phone: "call me"}
	assert.Equal(t, bad, bad.Normalize("US"), "what cannot be read stays as it was, for Check to report")
}

func TestContactCheck(t *testing.T) {
	t.Parallel()
	x := strings.Repeat("語", 130)
	type contact = *partner.SecurityContact
	tests := []struct {
		name string
		edit func(c contact)
		want []string
		why  string
	}{
		{"good", func(contact) {}, nil, "nothing is wrong"},
		{
			"zero", func(c contact) { *c = partner.SecurityContact{} },
			[]string{"/firstName name.missing", "/lastName name.missing", "/email email.missing", "/phoneNumber phone.missing"},
			"the middle name is optional",
		},
		{"no middle name", func(c contact) { c.MiddleName = "" }, nil, "optional for a person"},
		{"blank names", func(c contact) { c.FirstName, c.MiddleName, c.LastName = " ", "\u200b", "\u00a0" },
			[]string{"/firstName name.missing", "/lastName name.missing"}, "blanks are nothing"},
		{"a letter", func(c contact) { c.FirstName, c.LastName = "X", "李" }, nil, "names are short"},
		{
			"128 code points", func(c contact) { c.FirstName, c.MiddleName, c.LastName = x[:384], x[:384], x[:384] }, nil,
			"names are long",
		},
		{
			"129 code points", func(c contact) { c.FirstName, c.MiddleName, c.LastName = x[:387], x[:387], x[:387] },
			[]string{"/firstName name.too_long", "/middleName name.too_long", "/lastName name.too_long"}, "over the limit",
		},
		{"spaces around 128", func(c contact) { c.LastName = "  " + x[:384] + " " }, nil, "formatting is never an error"},
		{
			"every fault of a name", func(c contact) { c.MiddleName = strings.Repeat("<", 129) },
			[]string{"/middleName name.too_long", "/middleName name.character", "/middleName name.no_letter"},
			"all at once, in the order of the codes",
		},
		{
			"a link", func(c contact) { c.FirstName = "https://contoso.com" }, []string{"/firstName name.character"},
			"a name is no place for one",
		},
		{
			"people", func(c contact) { c.FirstName, c.MiddleName, c.LastName = "Null", "May", "O'Brien" }, nil,
			"these are names",
		},

		{"no address", func(c contact) { c.Email = "  " }, []string{"/email email.missing"}, "blanks are nothing"},
		{
			"display name", func(c contact) { c.Email = "SOC <soc@contoso.com>" }, []string{"/email email.syntax"},
			"one plain address",
		},
		{
			"two addresses", func(c contact) { c.Email = "soc@contoso.com,noc@contoso.com" }, []string{"/email email.syntax"},
			"one plain address",
		},
		{
			"line break", func(c contact) { c.Email = "soc@contoso.com\r\nBcc: x@contoso.com" }, []string{"/email email.syntax"},
			"a mail header must not be broken out of",
		},
		{
			"every fault of an address", func(c contact) { c.Email = "sécurité@" + strings.Repeat("x", 250) },
			[]string{"/email email.non_ascii_local", "/email email.too_long", "/email email.domain"},
			"all at once, in the order of the codes",
		},
		{"capitals and spaces", func(c contact) { c.Email = " SOC@Contoso.COM " }, nil, "formatting is never an error"},

		{
			"nobody reads it", func(c contact) { c.Email = "no-reply@contoso.com" }, []string{"/email email.unattended"},
			"advice",
		},
		{
			"consumer", func(c contact) { c.Email = "contoso.soc@gmail.com" }, []string{"/email email.consumer_provider"},
			"advice",
		},
		{
			"own first name", func(c contact) { c.Email = "ada@contoso.com" }, []string{"/email email.personal_mailbox"},
			"a list is preferred",
		},
		{
			"own last name", func(c contact) { c.Email = "a.lovelace2@contoso.com" }, []string{"/email email.personal_mailbox"},
			"a list is preferred",
		},
		{"own middle name", func(c contact) { c.Email = "king@contoso.com" }, nil, "the rule looks at first and last name"},
		{
			"team of that name", func(c contact) { c.Email = "ada.security@contoso.com" }, nil,
			"a word says that it is a team's",
		},
		{"another's name", func(c contact) { c.Email = "grace@contoso.com" }, nil, "nobody knows whose that is"},
		{
			"all advice on an address", func(c contact) { c.Email = "ada-noreply@gmail.com" },
			[]string{"/email email.unattended", "/email email.consumer_provider", "/email email.personal_mailbox"},
			"in the order of the codes",
		},
		{
			"no advice on no address", func(c contact) { c.Email = "ada.noreply@gmail..com" },
			[]string{"/email email.domain"}, "an error comes first",
		},
		{
			"group called like its mailbox",
			func(c contact) { *c = partner.NewGroupContact("Ada", "ada@contoso.com", "+14255550100") },
			nil, "a group's mailbox is never one person's",
		},
		{
			"group at a consumer provider",
			func(c contact) { *c = partner.NewGroupContact("Contoso", "noreply@gmail.com", "+14255550100") },
			[]string{"/email email.unattended", "/email email.consumer_provider"}, "other advice holds for groups, too",
		},

		{"no phone", func(c contact) { c.Phone = "\u3000" }, []string{"/phoneNumber phone.missing"}, "blanks are nothing"},
		{"formatted", func(c contact) { c.Phone = "tel:+1 (425) 555-0100 x12" }, nil, "formatting is never an error"},
		{
			"national", func(c contact) { c.Phone = "425-555-0100" }, []string{"/phoneNumber phone.country_code"},
			"nobody abroad can call it",
		},
		{"words", func(c contact) { c.Phone = "1-800-CONTOSO" }, []string{"/phoneNumber phone.syntax"}, "digits only"},
		{
			"too short", func(c contact) { c.Phone = "+1425555010" }, []string{"/phoneNumber phone.impossible"},
			"no US number has nine digits",
		},
		{
			"unassigned", func(c contact) { c.Phone = "+15555550100" }, []string{"/phoneNumber phone.unassigned"},
			"advice: plans change",
		},
		{"premium", func(c contact) { c.Phone = "+19002345678" }, []string{"/phoneNumber phone.premium_rate"}, "advice"},
		{
			"pager", func(c contact) { c.Phone = "+447640123456" }, []string{"/phoneNumber phone.not_a_line"},
			"advice: nobody answers",
		},

		{
			"everything", func(c contact) {
				*c = partner.SecurityContact{FirstName: "<", MiddleName: "<", LastName: "<", Email: "<", Phone: "<"}
			}, []string{
				"/firstName name.character", "/firstName name.no_letter", "/middleName name.character",
				"/middleName name.no_letter", "/lastName name.character", "/lastName name.no_letter", "/email email.syntax",
				"/phoneNumber phone.syntax",
			}, "in field order",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := ada()
			tt.edit(&c)
			fs := c.Check()
			assert.Equal(t, tt.want, found(fs), tt.why)
			assert.Equal(t, fs, c.Normalize("").Check(), "the normalised contact is judged")
			assert.Equal(t, fs.Err(), c.Validate(), "Validate is what Check finds, without the advice")
		})
	}
}

// The rules by themselves give what the contact's fields get, at the path "".
func TestRulesByThemselves(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		check func(string) partner.Findings
		field func(text string) partner.SecurityContact
		path  string
		texts []string
	}{
		{
			"name", partner.CheckName,
			func(text string) partner.SecurityContact { return partner.SecurityContact{FirstName: text} },
			"/firstName", someNames,
		},
		{
			"e-mail", partner.CheckEmail,
			func(text string) partner.SecurityContact { return partner.SecurityContact{Email: text} },
			"/email", someEmails,
		},
		{
			"phone", partner.CheckPhone,
			func(text string) partner.SecurityContact { return partner.SecurityContact{Phone: text} },
			"/phoneNumber", somePhones,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, text := range tt.texts {
				var want partner.Findings
				for _, f := range tt.field(text).Check() {
					if f.Path == tt.path {
						f.Path = ""
						want = append(want, f)
					}
				}
				assert.Equal(t, want, tt.check(text), "%q", text)
			}
		})
	}
	for _, text := range slices.Concat(someNames, someEmails, somePhones) {
		for _, region := range []string{"", "US", "de", "ZZ"} {
			want := partner.SecurityContact{
				FirstName: text, MiddleName: text, LastName: text, Email: text, Phone: text,
			}.Normalize(region)
			name, email, phone := partner.NormalizeName(text), partner.NormalizeEmail(text), partner.NormalizePhone(text, region)
			assert.Equal(t, want, partner.SecurityContact{
				FirstName: name, MiddleName: name, LastName: name, Email: email, Phone: phone,
			},
				"%q in %q", text, region)
		}
	}
}

func TestNationalNumberIsGoodOnceItsCountryIsKnown(t *testing.T) {
	t.Parallel()
	c := ada()
	c.Phone = "425 555 0100"
	assert.Equal(t, []string{"/phoneNumber phone.country_code"}, found(c.Check()))
	assert.Empty(t, c.Normalize("US").Check(), "normalise with a region first")
}

func TestCheckAllocatesFindingsOnly(t *testing.T) {
	for _, tt := range []struct {
		name, why string
		contact   partner.SecurityContact
		want      float64
	}{
		{"group", "nothing is found", partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"), 0},
		{"person", "nothing is found", ada(), 0},
		{"name with marks", "nothing is found", partner.SecurityContact{
			FirstName: "José", MiddleName: "Ž.", LastName: "Nguyễn", Email: "security@contoso.com", Phone: "+14255550100",
		}, 0},
		{
			"in other scripts", "nothing is found",
			partner.NewGroupContact("मानव Οδός 東京", "security@contoso.com", "+14255550100"), 0,
		},
		{
			"as it was typed", "case and surplus spaces cost nothing",
			partner.NewGroupContact("SOC", " SOC@Contoso.COM ", "+1 (425) 555-0100"), 0,
		},
		{"zero", "four findings, one slice", partner.SecurityContact{}, 1},
		{"faulty", "seven findings, one slice", partner.SecurityContact{
			FirstName: "<Ada>", MiddleName: "\x00", LastName: "://", Email: "ada@localhost", Phone: "555-0100",
		}, 1},
	} {
		assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { tt.contact.Check() }), tt.want, "%s: %s", tt.name, tt.why)
	}
}

// taught returns a validator that knows the rules.
func taught(t testing.TB, options ...validator.Option) *validator.Validate {
	t.Helper()
	v := validator.New(options...)
	require.NoError(t, partner.RegisterRules(v))
	return v
}

// verdicts lists what a validator found wrong, "Email email.syntax", by the
// place of the struct in which it is.
func verdicts(t testing.TB, err error) map[string][]string {
	t.Helper()
	places := map[string][]string{}
	if err == nil {
		return places
	}
	faults, ok := errors.AsType[validator.ValidationErrors](err)
	require.True(t, ok, "%v", err)
	for _, f := range faults {
		place := strings.TrimSuffix(f.StructNamespace(), "."+f.StructField())
		places[place] = append(places[place], f.Field()+" "+f.Tag())
	}
	return places
}

// goNames are the fields of a contact by their paths.
var goNames = func() map[string]string {
	paths := map[string]string{}
	for f := range reflect.TypeFor[partner.SecurityContact]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		paths["/"+name] = f.Name
	}
	return paths
}()

// verdictOf is what Check finds wrong with c, in the words of a validator.
func verdictOf(c partner.SecurityContact) []string {
	var list []string
	for _, f := range c.Check().Errors() {
		list = append(list, goNames[f.Path]+" "+string(f.Code))
	}
	return list
}

// The texts from which contacts are made: good, bad, and good ones oddly
// written.
var (
	someNames = []string{
		"", " ", "Ada", " Ada  King ", "李小龍", "Contoso SOC", "contoso soc", "O'Brien", "<b>", "x://y", "=?utf-8?q?x?=",
		"...", "a\u202eb", "A\u200dda", "\ufffd", "\xff", "Jose\u0301", "tab\there", strings.Repeat("x", 128),
		strings.Repeat("語", 129), "Null",
	}
	someEmails = []string{
		"", "  ", "soc@contoso.com", " SOC@CONTOSO.COM ", "ada@contoso.com", "noreply@gmail.com", "x", "a@b", "a@@b.com",
		"a b@contoso.com", "ädä@contoso.com", "a@bücher.example", "a@127.0.0.1", "a@[127.0.0.1]", "a@-b.com", "a@b_c.com",
		strings.Repeat("a", 65) + "@contoso.com",
		"a@" + strings.Repeat("b.", 130) + "com", "a@contoso.com\n", "a@contoso.com\x00", `"a"@contoso.com`,
		"a@contoso.com\xff",
	}
	somePhones = []string{
		"", "\u00a0", "+14255550100", "+1 (425) 555-0100 ext. 12", "tel:+14255550100;ext=7", "4255550100", "+1425", "911",
		"+911", "1-800-CONTOSO", "+49 (0)30 23125 555", "+19002345678", "+15555550100", "++1",
		"+1 425 555 0100 / +1 425 555 0101", "＋１４２５５５５０１００", "x12", "+999123456",
	}
)

// someContact returns a contact of which most fields are good, for a good
// contact is one of many.
func someContact(random *rand.Rand) partner.SecurityContact {
	one := func(good string, odd []string) string {
		if random.IntN(3) > 0 {
			return good
		}
		text := odd[random.IntN(len(odd))]
		if random.IntN(4) == 0 { // and what nobody thought of
			at := random.IntN(len(text) + 1)
			text = text[:at] + string(rune(random.IntN(0x3000))) + text[at:]
		}
		return text
	}
	good := ada()
	return partner.SecurityContact{
		FirstName: one(good.FirstName, someNames), MiddleName: one(good.MiddleName, someNames),
		LastName: one(good.LastName, someNames),
		Email:    one(good.Email, someEmails), Phone: one(good.Phone, somePhones),
	}
}

// Whatever the contact, and wherever it stands, a validator that was taught
// says what Check says.
func TestTaughtValidatorAgreesWithCheck(t *testing.T) {
	t.Parallel()
	type inner struct{ Contact partner.SecurityContact }
	type host struct {
		partner.SecurityContact
		Value    partner.SecurityContact
		Pointer  *partner.SecurityContact
		Required *partner.SecurityContact `validate:"required"`
		Nested   struct{ Deep *inner }
		List     []partner.SecurityContact          `validate:"dive"`
		Pointers []*partner.SecurityContact         `validate:"len=2,dive"`
		Array    [1]partner.SecurityContact         `validate:"dive"`
		Lists    [][]inner                          `validate:"dive,dive"`
		ByName   map[string]partner.SecurityContact `validate:"dive"`
		Any      any
		Profile  partner.LegalProfile
		Note     string `validate:"required"`
	}
	places := []string{
		"host.SecurityContact", "host.Value", "host.Pointer", "host.Required", "host.Nested.Deep.Contact", "host.List[0]",
		"host.List[1]", "host.Pointers[0]", "host.Pointers[1]", "host.Array[0]", "host.Lists[0][1].Contact",
		"host.ByName[soc]", "host.Any", "host.Profile.SecurityContact",
	}

	validators := []*validator.Validate{
		taught(t), taught(t, validator.WithRequiredStructEnabled()), taught(t, validator.WithPrivateFieldValidation()),
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	good, bad := 0, 0
	for n := range 200 {
		contacts := make([]partner.SecurityContact, len(places))
		want := map[string][]string{}
		for i, place := range places {
			contacts[i] = someContact(random)
			if list := verdictOf(contacts[i]); list == nil {
				good++
			} else {
				bad++
				want[place] = list
			}
		}
		h := host{
			SecurityContact: contacts[0], Value: contacts[1], Pointer: &contacts[2], Required: &contacts[3], List: contacts[5:7],
			Pointers: []*partner.SecurityContact{&contacts[7], &contacts[8]}, Array: [1]partner.SecurityContact{contacts[9]},
			Lists:  [][]inner{{{ada()}, {contacts[10]}}},
			ByName: map[string]partner.SecurityContact{"soc": contacts[11], "noc": ada()},
			Any:    contacts[12], Note: "x",
		}
		h.Nested.Deep = &inner{contacts[4]}
		h.Profile.SecurityContact = contacts[13]
		v := validators[n%len(validators)]
		require.Equal(t, want, verdicts(t, v.Struct(h)), "seed %d: %+q", seed, contacts)

		alone := map[string][]string{}
		if list := want[places[0]]; list != nil {
			alone["SecurityContact"] = list
		}
		require.Equal(t, alone, verdicts(t, v.Struct(contacts[0])), "seed %d: %+q", seed, contacts[0])
	}
	assert.Greater(t, good, 200, "seed %d: the test is about good contacts", seed)
	assert.Greater(t, bad, 200, "seed %d: and about bad ones", seed)
}

func TestTaughtValidatorSeesUnexportedFields(t *testing.T) {
	t.Parallel()
	type host struct{ contact, Other partner.SecurityContact }
	h := host{
		contact: partner.SecurityContact{FirstName: "Ada", MiddleName: "<", LastName: "King", Email: "x"}, Other: ada(),
	}
	want := map[string][]string{"host.contact": verdictOf(h.contact)}
	assert.Equal(t, want, verdicts(t, taught(t, validator.WithPrivateFieldValidation()).Struct(h)), "where it is asked to")
	assert.NoError(t, taught(t).Struct(h), "and only there")
}

// The contact is judged as a whole, so that a validator need not go from field
// to field. A host may still have rules of its own for a field.
func TestTaughtValidatorLooksAtNoField(t *testing.T) {
	t.Parallel()
	var looked []string
	v := validator.New()
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		looked = append(looked, f.Name)
		return ""
	})
	v.RegisterStructValidationMapRules(map[string]string{"MiddleName": "required"}, partner.SecurityContact{})
	require.NoError(t, partner.RegisterRules(v))
	assert.Equal(t, []string{"MiddleName"}, looked, "the one with a rule of the host's own")
	c := ada()
	c.MiddleName = ""
	assert.Equal(t, map[string][]string{"SecurityContact": {"MiddleName required"}}, verdicts(t, v.Struct(c)))
}

func TestOptionalContactInAHostsStruct(t *testing.T) {
	t.Parallel()
	v := taught(t, validator.WithRequiredStructEnabled())
	zero := verdictOf(partner.SecurityContact{})
	type asked struct{ Contact partner.SecurityContact }
	type optional struct {
		Contact partner.SecurityContact `validate:"omitempty"`
	}
	type pointer struct{ Contact *partner.SecurityContact }
	type skipped struct {
		Contact partner.SecurityContact `validate:"-"`
	}
	assert.Equal(t, map[string][]string{"asked.Contact": zero}, verdicts(t, v.Struct(asked{})),
		"a contact that is there is judged")
	assert.Empty(t, verdicts(t, v.Struct(optional{})), "omitempty: none is as good as a whole one")
	assert.NotEmpty(t, verdicts(t, v.Struct(optional{partner.SecurityContact{FirstName: "Ada"}})),
		"but half of one is not")
	assert.Empty(t, verdicts(t, v.Struct(pointer{})), "nil is no contact")
	assert.Empty(t, verdicts(t, v.Struct(skipped{})), "the host may look away")
}

func TestValidatorReportsTheValueAndItsField(t *testing.T) {
	t.Parallel()
	c := partner.SecurityContact{FirstName: "<1>", MiddleName: "<2>", LastName: "<3>", Email: "<4>", Phone: "<5>"}
	faults, ok := errors.AsType[validator.ValidationErrors](taught(t).Struct(c))
	require.True(t, ok)
	for i, f := range faults {
		want := reflect.ValueOf(c).FieldByName(f.StructField())
		require.True(t, want.IsValid(), "%s is a Go name", f.StructField())
		assert.Equal(t, want.Interface(), f.Value(), "the host can show what was typed")
		assert.Equal(t, f.StructField(), f.Field())
		assert.Empty(t, f.Param(), "the code says it all")
		assert.Equal(t, []string{"FirstName", "MiddleName", "LastName", "Email", "Phone"}[i], f.Field(), "in field order")
	}
	assert.Len(t, faults, 5)
}

func TestTagsForHostsOwnFields(t *testing.T) {
	t.Parallel()
	v := taught(t)
	// The first name, the address and the number of an otherwise good contact are
	// judged as Check judges them.
	judged := map[string]struct {
		texts []string
		set   func(c *partner.SecurityContact, text string)
	}{
		"partner_name":  {someNames, func(c *partner.SecurityContact, text string) { c.FirstName = text }},
		"partner_email": {someEmails, func(c *partner.SecurityContact, text string) { c.Email = text }},
		"partner_phone": {somePhones, func(c *partner.SecurityContact, text string) { c.Phone = text }},
	}
	type word string
	for tag, j := range judged {
		for _, text := range j.texts {
			c := ada()
			j.set(&c, text)
			want := c.Validate() == nil
			assert.Equal(t, want, v.Var(text, tag) == nil, "%s of %q", tag, text)
			assert.Equal(t, want, v.Var(word(text), tag) == nil, "%s of a type of the host's own, %q", tag, text)
			assert.Equal(t, want, v.Var(&text, tag) == nil, "%s of a pointer to %q", tag, text)
			assert.Equal(t, want || text == "", v.Var(text, "omitempty,"+tag) == nil, "%s, where none is needed, of %q", tag,
				text)
		}
		for _, odd := range []any{5, true, 1.5, []string{"Ada"}, map[string]string{}, []byte("Ada"), (*string)(nil)} {
			assert.NotPanics(t, func() { assert.Error(t, v.Var(odd, tag), "%s: %T is no text", tag, odd) })
		}
	}

	type form struct {
		Name  string `validate:"partner_name"`
		Email string `validate:"partner_email"`
		Phone string `validate:"partner_phone"`
	}
	require.NoError(t, v.Struct(form{"Ada", "ada@gmail.com", "+19002345678"}), "advice is no error")
	assert.Equal(t, map[string][]string{"form": {"Name partner_name", "Email partner_email", "Phone partner_phone"}},
		verdicts(t, v.Struct(form{})))
}

func TestRegisterRules(t *testing.T) {
	t.Parallel()
	v := taught(t)
	require.NoError(t, partner.RegisterRules(v), "twice is once")
	assert.Equal(t, map[string][]string{"SecurityContact": verdictOf(partner.SecurityContact{})},
		verdicts(t, v.Struct(partner.SecurityContact{})))
	assert.Panics(t, func() { _ = partner.RegisterRules(nil) }, "a mistake of the programmer")

	var calls sync.WaitGroup
	for range 8 {
		calls.Go(func() { assert.Error(t, v.Struct(partner.LegalProfile{}), "one validator serves all requests") })
	}
	calls.Wait()
}

// A validator keeps what it knows of a type from the first time. Taught too
// late, it would let every contact pass.
func TestRegisterRulesTooLate(t *testing.T) {
	t.Parallel()
	v := validator.New()
	require.NoError(t, v.Struct(partner.SecurityContact{}), "not yet taught")
	require.Error(t, partner.RegisterRules(v))
}

// A log line tells whether there is a contact, and never who it is.
func TestContactLogValue(t *testing.T) {
	t.Parallel()
	group := partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")
	for _, tt := range []struct {
		name  string
		value slog.LogValuer
		want  string
		why   string
	}{
		{"person", ada(), "[set=true group=false]", "a missing contact is worth a line in a log, a name is not"},
		{"group", group, "[set=true group=true]", "nor is a group's name"},
		{"none", partner.SecurityContact{}, "[set=false group=false]", "nobody"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, tt.value.LogValue().String(), tt.why)
		})
	}
}

func BenchmarkContactCheck(b *testing.B) {
	for _, bm := range []struct {
		name    string
		contact partner.SecurityContact
	}{
		{"group", partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")},
		{"person", ada()},
		{"zero", partner.SecurityContact{}},
		{"faulty", partner.SecurityContact{FirstName: "<Ada>", LastName: "://", Email: "ada@localhost", Phone: "555-0100"}},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bm.contact.Check()
			}
		})
	}
}
