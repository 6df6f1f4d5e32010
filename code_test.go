package partner

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
)

// adviceCodes are the rules that leave a value usable. All others are errors.
var adviceCodes = []Code{
	CodeEmailUnattended, CodeEmailConsumerProvider, CodeEmailGuestAccount, CodeEmailReservedDomain, CodeEmailOnMicrosoft,
	CodeEmailPersonalMailbox,
	CodePhoneUnassigned, CodePhonePremiumRate, CodePhoneNotALine,
	CodeContactSameAsPrimary,
}

// declaredCodes reads the constants from the source, so that none can be forgotten in a table of this file.
func declaredCodes(t *testing.T) []Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	var codes []Code
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
			codes = append(codes, Code(text))
		}
	}
	require.NotEmpty(t, codes)
	return codes
}

func TestEveryCodeHasARule(t *testing.T) {
	t.Parallel()
	_, unknown := Code("").rule()
	said := map[string]Code{}
	for _, code := range declaredCodes(t) {
		severity, message := code.rule()
		want := SeverityError
		if slices.Contains(adviceCodes, code) {
			want = SeverityAdvice
		}
		assert.Equal(t, want, severity, code)

		assert.NotEqual(t, unknown, message, "%s: the table has no row for it", code)
		assert.NotContains(t, said, message, "%s: people must be able to tell two rules apart", code)
		said[message] = code

		assert.True(t, unicode.IsUpper([]rune(message)[0]), "%s: a sentence begins with a capital", code)
		assert.Equal(t, 1, strings.Count(message+" ", ". "), "%s: one sentence", code)
		assert.True(t, strings.HasSuffix(message, "."), "%s: a sentence ends with a full stop", code)
		assert.NotContains(t, message, "%", "%s: a sentence never repeats the value, so it has no verbs", code)
	}
	assert.Len(t, said, len(slices.Compact(slices.Sorted(maps.Values(said)))), "each code is declared once")
}

func TestUnknownCodeIsAnError(t *testing.T) {
	t.Parallel()
	for _, code := range []Code{"", "name", "email.unattended ", "EMAIL.UNATTENDED", "phone.new_rule"} {
		severity, message := code.rule()
		assert.Equal(t, SeverityError, severity, "%q: a code that was forgotten in the table must let nothing through", code)
		assert.NotEmpty(t, message, "%q", code)
	}
}

// The codes of a field come in the order of the constants: that is what Findings promises, and what the lists that give the bits of
// the internal packages their meaning rely on.
func TestListsOfCodesAreInOrder(t *testing.T) {
	t.Parallel()
	order := map[Code]int{}
	for i, code := range declaredCodes(t) {
		order[code] = i
	}
	for _, list := range [][]Code{codesOf(nameMeaning), codesOf(emailMeaning), codesOf(phoneMeaning), adviceCodes} {
		assert.True(t, slices.IsSortedFunc(list, func(a, b Code) int { return order[a] - order[b] }), "%v", list)
	}
}

func codesOf(m meaning) (codes []Code) {
	for _, f := range m {
		codes = append(codes, f.Code)
	}
	return codes
}

// Each code is the answer to some input: none is dead, and a host that lists them sees what can happen.
func TestEveryCodeCanBeFound(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 201)
	moved := LegalProfile{TenantID: "5f0c3f6e-0d3a-4c5e-9b1a-7e2d4c6b8a90", PartnerType: IndirectReseller}
	allow := AuthorizerFunc(func(context.Context, Request) error { return nil })
	_, err := Revise(t.Context(), allow, Actor{}, LegalProfile{}, moved)
	immutable, ok := errors.AsType[*InvalidError](err)
	require.True(t, ok)

	seen := map[Code]bool{}
	for _, fs := range []Findings{
		SecurityContact{}.Check(),
		SecurityContact{FirstName: long, MiddleName: "<", LastName: "\x00", Email: "x", Phone: "x"}.Check(),
		SecurityContact{Email: "é@contoso.com", Phone: "4255550100"}.Check(),
		SecurityContact{Email: "soc@" + long + long, Phone: "+1425555010"}.Check(),
		SecurityContact{FirstName: "Ada", Email: "ada.noreply@gmail.com", Phone: "+15555550100"}.Check(),
		SecurityContact{Email: "rex_fabrikam.com#EXT#@contoso.onmicrosoft.com", Phone: "+19002345678"}.Check(),
		SecurityContact{Email: "soc@example.com"}.Check(),
		SecurityContact{Phone: "+447640123456"}.Check(),
		LegalProfile{}.Check(),
		LegalProfile{LegalBusiness: LegalBusiness{Address: Address{Country: "ZZ", City: long, State: "\n"}}}.Check(),
		LegalProfile{
			PrimaryContact:  PrimaryContact{Email: "ada@contoso.com"},
			SecurityContact: SecurityContact{Email: "ada@contoso.com"},
		}.Check(),
		immutable.Findings,
		Incident{Reference: "http://contoso.com", RespondBy: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}.Check(),
	} {
		for _, f := range fs {
			severity, message := f.Code.rule()
			assert.Equal(t, Finding{Path: f.Path, Code: f.Code, Severity: severity, Message: message}, f, "all follows from the code")
			seen[f.Code] = true
		}
	}
	assert.ElementsMatch(t, declaredCodes(t), slices.Collect(maps.Keys(seen)))
}
