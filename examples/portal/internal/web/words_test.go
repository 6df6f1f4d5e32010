package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// constants are the values of the constants of a type of package partner, as
// its source has them. Some types have no list that the package exports.
func constants(t *testing.T, of string) []string {
	t.Helper()
	files, err := filepath.Glob("../../../../*.go")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var values []string
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, decl := range file.Decls {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			for _, spec := range group.Specs {
				constant := spec.(*ast.ValueSpec)
				name, ok := constant.Type.(*ast.Ident)
				if !ok || name.Name != of {
					continue
				}
				for _, value := range constant.Values {
					text, err := strconv.Unquote(value.(*ast.BasicLit).Value)
					require.NoError(t, err)
					values = append(values, text)
				}
			}
		}
	}
	return values
}

// texts are the texts of words of any type.
func texts[T ~string](words []T) []string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = string(word)
	}
	return list
}

// keys are the words with a row in a table.
func keys[T ~string, V any](table map[T]V) []string { return texts(slices.Collect(maps.Keys(table))) }

// What package partner can say, the pages have a word for.
func TestEveryWordOfThePackageHasARow(t *testing.T) {
	t.Parallel()
	var audienceRows []partner.Audience
	for _, row := range audiences {
		audienceRows = append(audienceRows, row.audience)
	}
	var gapRows []partner.Gap
	for _, row := range gapWords {
		gapRows = append(gapRows, row.gap)
	}
	for _, tc := range []struct {
		name, why string
		words     []string
		rows      []string
	}{
		{"roles", "the header says as what one is signed in", texts(partner.Roles()), keys(roleNames)},
		{"partner types", "Legal info and the coverage name them", texts(partner.PartnerTypes()), keys(partnerTypes)},
		{"kinds", "the form offers them", texts(partner.IncidentKinds()), keys(kindNames)},
		{"severities", "each has a colour", texts(partner.IncidentSeverities()), keys(severityTones)},
		{"statuses", "the page of an incident tells them", constants(t, "IncidentStatus"), keys(statusNames)},
		{
			"audiences", "the preview counts them", append(constants(t, "Audience"), string(host.ToEarlier)),
			texts(audienceRows),
		},
		{"media", "each has its own address", constants(t, "Medium"), keys(media)},
		{"gaps", "the preview counts them", append(constants(t, "Gap"), string(host.GapUnreadable)), texts(gapRows)},
		{
			"topics", "the history and the review say who is told", texts(partner.Topics()),
			append(keys(noticeWords), string(partner.TopicIncident), string(partner.TopicDrill)),
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tc.words)
			assert.ElementsMatch(t, tc.words, tc.rows, tc.why)
		})
	}
}

func TestEveryRowSaysSomething(t *testing.T) {
	t.Parallel()
	for _, table := range []map[string]string{
		plainly(roleNames), plainly(partnerTypes), plainly(kindNames), plainly(severityTones), plainly(statusNames),
	} {
		for word, text := range table {
			assert.NotEmpty(t, text, word)
		}
	}
	for _, row := range audiences {
		assert.NotEmpty(t, row.name, row.audience)
	}
	for _, row := range gapWords {
		assert.NotEmpty(t, row.Word, row.gap)
		assert.NotEmpty(t, row.Meaning, row.gap)
		assert.NotEmpty(t, row.Tone, row.gap)
	}
	for topic, row := range noticeWords {
		assert.NotEmpty(t, row.whom, topic)
		assert.NotEmpty(t, row.told, topic)
	}
}

// plainly is a table with texts as its keys.
func plainly[T ~string](table map[T]string) map[string]string {
	plain := map[string]string{}
	for word, text := range table {
		plain[string(word)] = text
	}
	return plain
}

func TestReached(t *testing.T) {
	t.Parallel()
	r := partner.Recipient{Email: "soc@contoso.com", Phone: "+14255550100", URL: "https://hooks.contoso.com/secret-token"}
	for medium, want := range map[partner.Medium]string{
		partner.MediumMail:    "soc@contoso.com",
		partner.MediumPhone:   "Phone +1 425-555-0100",
		partner.MediumWebhook: "Webhook at hooks.contoso.com",
		"pigeon":              "pigeon",
	} {
		r.Medium = medium
		assert.Equal(t, want, reached(r), "the rest of a webhook's address may be a secret")
	}
	assert.Equal(t, "Webhook", reached(partner.Recipient{Medium: partner.MediumWebhook, URL: "%"}))
}

// Nobody reads a webhook's mail.
func TestExampleMailIsToSomebodyWhoReadsMail(t *testing.T) {
	t.Parallel()
	i := partner.Incident{ID: "INC-1", TenantID: "c0570000-0000-4000-8000-000000000001"}
	hook := partner.Recipient{Medium: partner.MediumWebhook, URL: "https://hooks.contoso.com/tickets",
		Email: "tickets@contoso.com"}
	for _, tc := range []struct {
		name string
		told []partner.Recipient
		want string
	}{
		{"mail behind a webhook", []partner.Recipient{hook, {Email: "soc@contoso.com"}, {Email: "cert@contoso.com"}},
			"soc@contoso.com"},
		{"webhook alone", []partner.Recipient{hook}, ""},
		{"nobody", nil, ""},
	} {
		e := example{in: map[string]int{}}
		e.add(partner.Route{PartnerTenantID: i.TenantID, Recipients: tc.told}.Notifications(i))
		require.Equal(t, tc.want != "", e.mail != nil, tc.name)
		if tc.want != "" {
			assert.Equal(t, tc.want, e.mail.Recipient.Email, tc.name)
		}
	}
}

// What the tables do not know is shown as it is, and breaks no page.
func TestUnknownWords(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "Made.up", kindName("made.up"))
	assert.Equal(t, "Service health security advisory", kindName("service_health_security_advisory"))
	assert.Equal(t, "made_up", audienceName("made_up"))
	assert.Equal(t, wording{Word: "made_up", Tone: "calm"}, gapWording("made_up"))
	assert.Equal(t, choice{"made.up", "Made.up", true}, kindChoices("made.up")[len(partner.IncidentKinds())],
		"a form loses nothing")
	assert.Equal(t, string(partner.IncidentHigh), severityChoices("")[0].Value, "the worst first")
}
