package partner_test

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// adviceCodes are the rules that leave a value usable. All others are errors.
var adviceCodes = []partner.Code{
	partner.CodeEmailUnattended, partner.CodeEmailConsumerProvider, partner.CodeEmailGuestAccount,
	partner.CodeEmailReservedDomain, partner.CodeEmailOnMicrosoft, partner.CodeEmailPersonalMailbox,
	partner.CodePhoneUnassigned, partner.CodePhonePremiumRate, partner.CodePhoneNotALine,
	partner.CodeContactSameAsPrimary, partner.CodeIncidentReferenceHost,
	partner.CodeContactUnverified, partner.CodeContactDue, partner.CodeContactOverdue, partner.CodeContactBouncing,
}

// elsewhere are the codes that other packages find, and show to be found.
var elsewhere = []partner.Code{
	partner.CodeEscalationSteps, partner.CodeEscalationTimeout, partner.CodeEscalationRepeat,
	partner.CodeContactUnverified, partner.CodeContactDue, partner.CodeContactOverdue, partner.CodeContactBouncing,
}

// declaredCodes reads the constants from the source, so that none can be
// forgotten in a table of this file.
func declaredCodes(t *testing.T) []partner.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	var codes []partner.Code
	for _, declaration := range file.Decls {
		consts, ok := declaration.(*ast.GenDecl)
		if !ok || consts.Tok != token.CONST {
			continue
		}
		for _, spec := range consts.Specs {
			constant := spec.(*ast.ValueSpec)
			require.True(t, strings.HasPrefix(constant.Names[0].Name, "Code"), "code.go declares codes only")
			text, err := strconv.Unquote(constant.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			codes = append(codes, partner.Code(text))
		}
	}
	require.NotEmpty(t, codes)
	return codes
}

func TestEveryCodeHasARule(t *testing.T) {
	t.Parallel()
	unknown := partner.Code("").Message()
	said := map[string]partner.Code{}
	for _, code := range declaredCodes(t) {
		want := partner.SeverityError
		if slices.Contains(adviceCodes, code) {
			want = partner.SeverityAdvice
		}
		assert.Equal(t, want, code.Severity(), code)

		message := code.Message()
		assert.NotEqual(t, unknown, message, "%s: the table has no row for it", code)
		assert.NotContains(t, said, message, "%s: people must be able to tell two rules apart", code)
		said[message] = code

		assert.True(t, unicode.IsUpper([]rune(message)[0]), "%s: a sentence begins with a capital", code)
		assert.Equal(t, 1, strings.Count(message+" ", ". ")-strings.Count(message, "ext. "), "%s: one sentence", code)
		assert.True(t, strings.HasSuffix(message, "."), "%s: a sentence ends with a full stop", code)
		assert.NotContains(t, message, "%", "%s: a sentence never repeats the value, so it has no verbs", code)
		for _, jargon := range []string{"UUID", "URL", "RFC", "ISO", "ASCII", "UTC", "octet", "zone", "pointer", "E.164"} {
			assert.NotContains(t, message, jargon, "%s: the sentence is for a person", code)
		}
	}
	assert.Len(t, said, len(slices.Compact(slices.Sorted(maps.Values(said)))), "each code is declared once")
}

func TestCodesAreAllInOrder(t *testing.T) {
	t.Parallel()
	assert.Equal(t, declaredCodes(t), partner.Codes(),
		"a host that lists the rules sees each, in the order of the constants")
	partner.Codes()[0] = "spoiled"
	assert.Equal(t, declaredCodes(t), partner.Codes(), "the slice is the caller's")
}

func TestUnknownCodeIsAnError(t *testing.T) {
	t.Parallel()
	for _, code := range []partner.Code{"", "name", "email.unattended ", "EMAIL.UNATTENDED", "phone.new_rule"} {
		assert.Equal(t, partner.SeverityError, code.Severity(), "%q: what is unknown lets nothing through", code)
		assert.NotEmpty(t, code.Message(), "%q", code)
	}
}

// Each code is the answer to some input: none is dead, and a host that lists
// them sees what can happen.
func TestEveryCodeCanBeFound(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 201)
	moved := partner.LegalProfile{TenantID: "5f0c3f6e-0d3a-4c5e-9b1a-7e2d4c6b8a90", PartnerType: partner.IndirectReseller}
	allow := partner.AuthorizerFunc(func(context.Context, partner.Request) error { return nil })
	_, err := partner.Revise(t.Context(), allow, partner.Actor{}, partner.LegalProfile{}, moved)
	immutable, ok := errors.AsType[*partner.InvalidError](err)
	require.True(t, ok)

	seen := map[partner.Code]bool{}
	for _, fs := range []partner.Findings{
		partner.SecurityContact{}.Check(),
		partner.SecurityContact{FirstName: long, MiddleName: "<", LastName: "\x00", Email: "x", Phone: "x"}.Check(),
		partner.SecurityContact{Email: "é@contoso.com", Phone: "4255550100"}.Check(),
		partner.SecurityContact{Email: "soc@" + long + long, Phone: "+1425555010"}.Check(),
		partner.SecurityContact{FirstName: "Ada", Email: "ada.noreply@gmail.com", Phone: "+15555550100"}.Check(),
		partner.SecurityContact{Phone: "+19002345678"}.Check(),
		partner.SecurityContact{Phone: "+447640123456"}.Check(),
		partner.LegalProfile{}.Check(),
		partner.LegalProfile{
			LegalBusiness: partner.LegalBusiness{Address: partner.Address{Country: "ZZ", City: long, State: "\n"}},
		}.Check(),
		partner.LegalProfile{
			PrimaryContact:  partner.PrimaryContact{Email: "ada@contoso.com"},
			SecurityContact: partner.SecurityContact{Email: "ada@contoso.com"},
		}.Check(),
		immutable.Findings,
		partner.Incident{Reference: "https://micr\u043esoft.com", TenantName: "\n", Status: "closed", Version: -1}.Check(),
		partner.SecurityContact{Email: "x#EXT#@contoso.onmicrosoft.com"}.Check(),
		partner.SecurityContact{Email: "soc@example.com"}.Check(),
		partner.Incident{Translations: map[string]partner.IncidentText{"x": {}}}.Check(),
		partner.Incident{Reference: "http://contoso.com", RespondBy: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}.Check(),
	} {
		for _, f := range fs {
			assert.Equal(t, partner.Finding{Path: f.Path, Code: f.Code, Severity: f.Code.Severity(), Message: f.Code.Message()},
				f, "all follows from the code")
			seen[f.Code] = true
		}
	}
	assert.ElementsMatch(t, declaredCodes(t), append(slices.Collect(maps.Keys(seen)), elsewhere...))
}
