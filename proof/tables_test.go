package proof

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// constantsOf reads the constants of a type from the source of package partner,
// in their order, so that none can be forgotten in a table.
func constantsOf[T ~string](t *testing.T, typ string) []T {
	t.Helper()
	var values []T
	for _, file := range sourcesOfPartner(t) {
		for _, declaration := range file.Decls {
			consts, ok := declaration.(*ast.GenDecl)
			if !ok || consts.Tok != token.CONST {
				continue
			}
			for _, spec := range consts.Specs {
				constant := spec.(*ast.ValueSpec)
				if name, ok := constant.Type.(*ast.Ident); !ok || name.Name != typ {
					continue
				}
				text, err := strconv.Unquote(constant.Values[0].(*ast.BasicLit).Value)
				require.NoError(t, err, "%s is a text", typ)
				values = append(values, T(text))
			}
		}
	}
	require.NotEmpty(t, values, "the source has constants of type %s", typ)
	return values
}

// sourcesOfPartner parses the files of package partner, without its tests.
func sourcesOfPartner(t *testing.T) []*ast.File {
	t.Helper()
	names, err := filepath.Glob("../*.go")
	require.NoError(t, err)
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		files = append(files, file)
	}
	return files
}

// What a list returns is what the source declares, in the order of the source.
func TestListsHaveEveryConstant(t *testing.T) {
	t.Parallel()
	assert.Equal(t, constantsOf[partner.Topic](t, "Topic"), partner.Topics())
	assert.Equal(t, constantsOf[partner.IncidentKind](t, "IncidentKind"), partner.IncidentKinds())
	assert.Equal(t, constantsOf[partner.IncidentSeverity](t, "IncidentSeverity"), partner.IncidentSeverities())
	assert.Equal(t, []partner.IncidentStatus{partner.IncidentResolved},
		constantsOf[partner.IncidentStatus](t, "IncidentStatus"), "a new status needs words of its own in messages")
}

// Each medium has an address of its own. One that has no row in the table would
// take the address of a medium that the library does not know.
func TestEveryMediumHasAnAddress(t *testing.T) {
	t.Parallel()
	want := map[partner.Medium]string{
		partner.MediumMail:    "soc@contoso.com",
		partner.MediumPhone:   "+14255550100",
		partner.MediumWebhook: "https://contoso.com/hook",
	}
	declared := constantsOf[partner.Medium](t, "Medium")
	assert.Len(t, declared, len(want), "a new medium is listed here")
	for _, medium := range declared {
		r := partner.Recipient{
			Medium: medium,
			Email:  "soc@contoso.com", Phone: "+14255550100", URL: "https://contoso.com/hook",
		}
		assert.Equal(t, want[medium], r.Address(), "%q has all of them", medium)
		for _, field := range []*string{&r.Email, &r.Phone, &r.URL} {
			if *field == want[medium] {
				*field = ""
			}
		}
		assert.Empty(t, r.Address(), "%q does without its own address", medium)
	}
}

// distinct holds that no text comes twice. Two words that read alike would be
// one word to a person.
type distinct map[string]string

func (d distinct) add(t *testing.T, text, of string) {
	t.Helper()
	assert.NotEmpty(t, text, of)
	other, taken := d[text]
	assert.False(t, taken, "%q says %q, as %q does", of, text, other)
	d[text] = of
}

// A constant without a row reads as the unknown one does. So each must read in
// another way than all others, and than an unknown one.
func TestEveryConstantHasWordsOfItsOwn(t *testing.T) {
	t.Parallel()
	incident := dispatchIncident()

	gaps := distinct{}
	for _, gap := range append(constantsOf[partner.Gap](t, "Gap"), "weather") {
		gaps.add(t, partner.Route{Gap: gap}.Why(), string(gap))
	}

	one, many, letters := distinct{}, distinct{}, distinct{}
	for _, audience := range append(constantsOf[partner.Audience](t, "Audience"), "weather") {
		r := partner.Recipient{Audience: audience, Email: "soc@contoso.com"}
		n := partner.Notification{Topic: partner.TopicIncident, Incident: incident, Recipient: r}
		letters.add(t, n.Message().Text, string(audience))
		other := r
		other.Email = "noc@contoso.com"
		told, _, _ := strings.Cut(partner.Route{Recipients: []partner.Recipient{r}}.Why(), " told,")
		one.add(t, told, string(audience))
		told, _, _ = strings.Cut(partner.Route{Recipients: []partner.Recipient{r, other}}.Why(), " told,")
		many.add(t, told, string(audience))
	}

	subjects, texts := distinct{}, distinct{}
	for _, topic := range partner.Topics() {
		m := partner.Notification{Topic: topic, CompanyName: "Contoso"}.Message()
		subjects.add(t, m.Subject, string(topic))
		texts.add(t, m.Text, string(topic))
	}
	assert.Equal(t, partner.Notification{Topic: partner.TopicIncident}.Message(),
		partner.Notification{Topic: "weather"}.Message(), "an unknown topic is written as an incident")

	kinds := distinct{}
	for _, kind := range partner.IncidentKinds() {
		incident.Kind = kind
		n := partner.Notification{Topic: partner.TopicIncident, Incident: incident}
		kinds.add(t, n.Message().Text, string(kind))
	}
}

// What a message is about is said where the eye falls first: an all-clear and a
// reminder begin their subject with it. All three read differently.
func TestStagesOfAnIncidentHaveTheirWords(t *testing.T) {
	t.Parallel()
	for _, drill := range []bool{false, true} {
		going := partner.Notification{
			Topic: partner.TopicIncident, CompanyName: "Contoso", Incident: dispatchIncident(),
			Answer: partner.Answer{URL: "https://contoso.com/answer", Code: "7KQ4-M2XD"},
		}
		going.Incident.Drill = drill
		unanswered, over := going, going
		unanswered.UnansweredSince = going.Incident.DetectedAt
		over.Incident.Status, over.Incident.Version = partner.IncidentResolved, 1

		prefix := ""
		if drill {
			prefix = "[DRILL] "
		}
		assert.NotContains(t, going.Message().Subject, "nanswered")
		assert.True(t, strings.HasPrefix(unanswered.Message().Subject, prefix+"Unanswered: "))
		assert.True(t, strings.HasPrefix(over.Message().Subject, prefix+"Resolved: "))
		texts := distinct{}
		for stage, n := range map[string]partner.Notification{"going": going, "unanswered": unanswered, "over": over} {
			texts.add(t, n.Message().Text, stage)
			assert.Contains(t, n.Message().Text, n.Answer.URL, "%s tells how to answer", stage)
		}
	}
}
