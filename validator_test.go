package partner_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/go-playground/validator/v10"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// taught returns a validator that knows the rules.
func taught(t testing.TB, options ...validator.Option) *validator.Validate {
	t.Helper()
	v := validator.New(options...)
	require.NoError(t, partner.RegisterRules(v))
	return v
}

// verdicts lists what a validator found wrong, "Email email.syntax", by the place of the struct in which it is.
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

// The texts from which contacts are made: good, bad, and good ones oddly written.
var (
	someNames = []string{
		"", " ", "Ada", " Ada  King ", "李小龍", "Contoso SOC", "contoso soc", "O'Brien", "<b>", "x://y", "=?utf-8?q?x?=", "...", "a\u202eb",
		"A\u200dda", "\ufffd", "\xff", "Jose\u0301", "tab\there", strings.Repeat("x", 128), strings.Repeat("語", 129), "Null",
	}
	someEmails = []string{
		"", "  ", "soc@contoso.com", " SOC@CONTOSO.COM ", "ada@contoso.com", "noreply@gmail.com", "x", "a@b", "a@@b.com", "a b@contoso.com",
		"ädä@contoso.com", "a@bücher.example", "a@127.0.0.1", "a@[127.0.0.1]", "a@-b.com", "a@b_c.com", strings.Repeat("a", 65) + "@contoso.com",
		"a@" + strings.Repeat("b.", 130) + "com", "a@contoso.com\n", "a@contoso.com\x00", `"a"@contoso.com`, "a@contoso.com\xff",
	}
	somePhones = []string{
		"", "\u00a0", "+14255550100", "+1 (425) 555-0100 ext. 12", "tel:+14255550100;ext=7", "4255550100", "+1425", "911", "+911", "1-800-CONTOSO",
		"+49 (0)30 23125 555", "+19002345678", "+15555550100", "++1", "+1 425 555 0100 / +1 425 555 0101", "＋１４２５５５５０１００", "x12", "+999123456",
	}
)

// someContact returns a contact of which most fields are good, for a good contact is one of many.
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
		FirstName: one(good.FirstName, someNames), MiddleName: one(good.MiddleName, someNames), LastName: one(good.LastName, someNames),
		Email: one(good.Email, someEmails), Phone: one(good.Phone, somePhones),
	}
}

// Whatever the contact, and wherever it stands, a validator that was taught says what Check says.
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
		"host.SecurityContact", "host.Value", "host.Pointer", "host.Required", "host.Nested.Deep.Contact", "host.List[0]", "host.List[1]",
		"host.Pointers[0]", "host.Pointers[1]", "host.Array[0]", "host.Lists[0][1].Contact", "host.ByName[soc]", "host.Any",
		"host.Profile.SecurityContact",
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
			Lists: [][]inner{{{ada()}, {contacts[10]}}}, ByName: map[string]partner.SecurityContact{"soc": contacts[11], "noc": ada()},
			Any: contacts[12], Note: "x",
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
	h := host{contact: partner.SecurityContact{FirstName: "Ada", MiddleName: "<", LastName: "King", Email: "x"}, Other: ada()}
	want := map[string][]string{"host.contact": verdictOf(h.contact)}
	assert.Equal(t, want, verdicts(t, taught(t, validator.WithPrivateFieldValidation()).Struct(h)), "where it is asked to")
	assert.NoError(t, taught(t).Struct(h), "and only there")
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
	assert.Equal(t, map[string][]string{"asked.Contact": zero}, verdicts(t, v.Struct(asked{})), "a contact that is there is judged")
	assert.Empty(t, verdicts(t, v.Struct(optional{})), "omitempty: none is as good as a whole one")
	assert.NotEmpty(t, verdicts(t, v.Struct(optional{partner.SecurityContact{FirstName: "Ada"}})), "but half of one is not")
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
	// The first name, the address and the number of an otherwise good contact are judged as Check judges them.
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
			assert.Equal(t, want || text == "", v.Var(text, "omitempty,"+tag) == nil, "%s, where none is needed, of %q", tag, text)
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
	assert.Equal(t, map[string][]string{"form": {"Name partner_name", "Email partner_email", "Phone partner_phone"}}, verdicts(t, v.Struct(form{})))
}

func TestRegisterRules(t *testing.T) {
	t.Parallel()
	v := taught(t)
	require.NoError(t, partner.RegisterRules(v), "twice is once")
	assert.Equal(t, map[string][]string{"SecurityContact": verdictOf(partner.SecurityContact{})}, verdicts(t, v.Struct(partner.SecurityContact{})))
	assert.Panics(t, func() { _ = partner.RegisterRules(nil) }, "a mistake of the programmer")

	var calls sync.WaitGroup
	for range 8 {
		calls.Go(func() { assert.Error(t, v.Struct(partner.LegalProfile{}), "one validator serves all requests") })
	}
	calls.Wait()
}

// A validator keeps what it knows of a type from the first time. Taught too late, it would let every contact pass.
func TestRegisterRulesTooLate(t *testing.T) {
	t.Parallel()
	v := validator.New()
	require.NoError(t, v.Struct(partner.SecurityContact{}), "not yet taught")
	require.Error(t, partner.RegisterRules(v))
}

func TestUntaughtValidatorHasNoOpinion(t *testing.T) {
	t.Parallel()
	for _, options := range [][]validator.Option{
		nil, {validator.WithRequiredStructEnabled()}, {validator.WithPrivateFieldValidation(), validator.WithRequiredStructEnabled()},
	} {
		v := validator.New(options...)
		for name, typ := range exportedStructs(t) {
			zero, full := reflect.New(typ), reflect.New(typ)
			fill(full.Elem(), name)
			for _, value := range []reflect.Value{zero, zero.Elem(), full, full.Elem()} {
				require.NotPanics(t, func() {
					assert.NoError(t, v.Struct(value.Interface()), "%s carries no tags", name)
				}, "%s must not make a host's validator panic", name)
			}
		}
	}
}
