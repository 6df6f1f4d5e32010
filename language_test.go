package partner_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

func TestLanguages(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"en", "de", "es", "fr", "it", "ja", "nl", "pl", "pt-BR"}, partner.Languages())
	partner.Languages()[0] = "x"
	assert.Equal(t, "en", partner.Languages()[0], "the slice is the caller's")
}

// A host has tags from many sources. Whatever it has, somebody reads something.
func TestTheLanguageThatFits(t *testing.T) {
	t.Parallel()
	sentence := map[string]string{
		"en": "This field is required.", "de": "Dieses Feld ist erforderlich.", "ja": "この項目は必須です。",
		"pt-BR": "Este campo é obrigatório.", "fr": "Ce champ est obligatoire.",
	}
	tests := []struct{ tag, want, why string }{
		{"", "en", "nobody said"},
		{"de", "de", ""},
		{"de-AT", "de", "a region"},
		{"de-Latn-CH", "de", "a script"},
		{"gsw", "de", "who reads Swiss German reads German"},
		{"DE", "de", "in any case of letters"},
		{"pt", "pt-BR", "the only Portuguese that there is"},
		{"pt-PT", "pt-BR", ""},
		{"fr-CA", "fr", ""},
		{"ja-JP", "ja", ""},
		{"en-GB", "en", ""},
		{"tlh", "en", "nobody speaks it here"},
		{"xx-bogus-tag", "en", "no tag"},
		{"de\r\nBcc: x", "en", "no tag"},
	}
	for _, tt := range tests {
		assert.Equal(t, sentence[tt.want], partner.CodeFieldMissing.MessageIn(tt.tag), "%q: %s", tt.tag, tt.why)
	}
}

func TestEveryCodeSpeaksEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, code := range append(partner.Codes(), "unknown") {
		assert.Equal(t, code.Message(), code.MessageIn("en"))
		for _, tag := range partner.Languages()[1:] {
			assert.NotEmpty(t, code.MessageIn(tag), "%s: %s", code, tag)
			assert.NotEqual(t, code.Message(), code.MessageIn(tag), "%s: %s", code, tag)
		}
	}
}

func toldIn(language string, translations map[string]partner.IncidentText) partner.Incident {
	i := partner.Incident{Title: "Own", Summary: "own", Actions: []string{"own"}, Translations: translations}
	return i.In(language)
}

func TestIncidentIn(t *testing.T) {
	t.Parallel()
	text := func(title string) partner.IncidentText {
		return partner.IncidentText{Title: title, Actions: []string{title}}
	}
	all := map[string]partner.IncidentText{
		"de": text("de"), "de-AT": text("de-AT"), "fr-CA": text("fr-CA"), "fr-BE": text("fr-BE"), "xx-no-tag": text("?"),
	}
	tests := []struct{ language, want, why string }{
		{"de", "de", ""},
		{"de-AT", "de", "messages are in German, and so is the text that they show"},
		{"fr", "fr-BE", "the first by its letters, so that it is the same each time"},
		{"", "Own", "English"},
		{"ja", "Own", "nobody translated it"},
		{"xx-no-tag", "Own", "what is no tag is nobody's"},
	}
	for _, tt := range tests {
		got := toldIn(tt.language, all)
		assert.Equal(t, tt.want, got.Title, "%q: %s", tt.language, tt.why)
		assert.Empty(t, got.Translations)
	}
	assert.Equal(t, "English", toldIn("", map[string]partner.IncidentText{"en": text("English")}).Title)
	assert.Equal(t, "Own", toldIn("de", nil).Title)
}

func TestTranslationsAreChecked(t *testing.T) {
	t.Parallel()
	i := partner.Incident{
		ID: "INC-1", TenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", Kind: partner.Spam,
		Severity: partner.IncidentLow, Title: "Own", Actions: []string{"a", "b"}, DetectedAt: time.Date(2026, 11, 23, 0,
			0, 0, 0, time.UTC),
		Translations: map[string]partner.IncidentText{
			"de":    {Title: "Eigen", Actions: []string{"a", "b"}},
			"a/b~":  {Title: "x", Actions: []string{"a", "b"}},
			"de_AT": {Title: "x", Actions: []string{"a", "b"}},
			"es":    {Title: "\n", Actions: []string{"a"}},
			"fr":    {Title: "x", Actions: []string{"a", "\u202e"}},
		},
	}
	var got []string
	for _, f := range i.Check() {
		got = append(got, f.Path+" "+string(f.Code))
	}
	assert.Equal(t, []string{
		"/translations/a~1b~0 language.tag", "/translations/de_AT language.tag",
		"/translations/es/title incident.title", "/translations/es/actions incident.actions",
		"/translations/fr/actions/1 incident.actions",
	}, got)
}

// Who is told in which language is the host's to say, for the recipient first.
func TestRouteKnowsTheLanguage(t *testing.T) {
	t.Parallel()
	incident := partner.Incident{
		ID: "INC-1", TenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		Translations: map[string]partner.IncidentText{"de": {Title: "de"}, "fr": {Title: "fr"}},
	}
	impact := partner.Impact{
		PartnerTenantID: incident.TenantID, Language: "de-AT",
		SecurityContact: partner.SecurityContact{FirstName: "SOC", Email: "soc@contoso.com", Phone: "+14255550100"},
		Subscribers: []partner.Recipient{
			{Email: "fr@contoso.com", Language: "fr"}, {Email: "no@contoso.com", Language: "no tag\r\n"},
		},
	}
	list := partner.Routing{}.Route(incident, impact).Notifications(incident)
	require.Len(t, list, 3)
	assert.Equal(t, "de-AT", list[0].Recipient.Language, "that of the partner")
	assert.Equal(t, map[string]partner.IncidentText{"de": {Title: "de"}}, list[0].Incident.Translations,
		"a notification carries what its reader reads")
	assert.Equal(t, "fr", list[1].Recipient.Language)
	assert.Empty(t, list[2].Recipient.Language, "what is no tag is left out")
	assert.Empty(t, list[2].Incident.Translations)

	impact.Language = "ja"
	again := partner.Routing{}.Route(incident, impact).Notifications(incident)
	assert.Equal(t, list[0].ID, again[0].ID, "IDs do not depend on the language")
	data, err := json.Marshal(list[0])
	require.NoError(t, err)
	var back partner.Notification
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, list[0].Message(), back.Message())
}
