package partner_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/words"
)

func germanDrill() partner.Notification {
	return partner.Notification{
		Topic: partner.TopicIncident, CompanyName: "Contoso", ID: "x",
		Recipient: partner.Recipient{Audience: partner.ToGlobalAdmin,
			Language: "de"}, Rights: partner.Reseller | partner.GranularAdmin,
		UnansweredSince: time.Date(2026, 11, 23, 9, 5, 0, 0, time.UTC),
		Incident: partner.Incident{
			ID: "INC-1", Kind: "phishing.spear_phishing", Severity: partner.IncidentHigh, Title: "Own title", Drill: true,
			TenantName: "Adventure Works", DetectedAt: time.Date(2026, 3, 1, 14, 5, 0, 0,
				time.UTC), Actions: []string{"Own step"},
		},
	}
}

// Names of severities, kinds and rights, dates and the order of the prefixes
// are the language's own. What the host wrote stays as it is.
func TestAMessageIsInOneLanguage(t *testing.T) {
	t.Parallel()
	n := germanDrill()
	m := n.Message()
	assert.Equal(t, "[ÜBUNG] Unbeantwortet: Sicherheitsvorfall (hoch) bei Contoso, Mandant Adventure Works: Own title",
		m.Subject)
	flat := strings.ReplaceAll(m.Text, "\n", " ")
	for _, want := range []string{
		"Dies ist eine Übung: Es ist nichts geschehen. Gehen Sie die Schritte",
		"weil niemand geantwortet hat.",
		"für den das Unternehmen die Vertriebspartnerbeziehung und granulare delegierte Administratorrechte hat.",
		"Schweregrad: hoch", "Reagieren: sofort", "Unbeantwortet seit: Montag, 23. November 2026, 09:05 UTC",
		"Art: Phishing: spear phishing", "Entdeckt: Sonntag, 1. März 2026, 14:05 UTC",
	} {
		assert.Contains(t, flat, want)
	}
	assert.Contains(t, m.HTML, `<html lang="de" dir="ltr">`)
	assert.Contains(t, m.HTML, `<span lang="en" dir="auto">Own title</span>`, "a host's own words are marked")
	assert.Contains(t, m.HTML, `<span lang="en" dir="auto">Own step</span>`)
	assert.Contains(t, m.HTML, `<span dir="auto">Contoso</span>`, "a name has no language")

	n.Incident.Translations = map[string]partner.IncidentText{
		"de": {Title: "Eigener Titel", Summary: "Mehr.", Actions: []string{"Eigener Schritt"}},
	}
	m = n.Message()
	assert.Contains(t, m.Subject, "Eigener Titel")
	assert.Contains(t, m.Text, "1. Eigener Schritt\n")
	assert.Contains(t, m.Text, "  Mehr.\n")
	assert.NotContains(t, m.HTML, `lang="en"`)
}

func TestDatesInEveryLanguage(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"en":    "Monday 23 November 2026, 14:05 UTC",
		"de":    "Montag, 23. November 2026, 14:05 UTC",
		"es":    "lunes, 23 de noviembre de 2026, 14:05 UTC",
		"fr":    "lundi 23 novembre 2026, 14:05 UTC",
		"it":    "lunedì 23 novembre 2026, 14:05 UTC",
		"ja":    "2026年11月23日(月曜日) 14:05 UTC",
		"nl":    "maandag 23 november 2026, 14:05 UTC",
		"pl":    "poniedziałek, 23 listopada 2026, 14:05 UTC",
		"pt-BR": "segunda-feira, 23 de novembro de 2026, 14:05 UTC",
	}
	for _, tag := range partner.Languages() {
		n := germanDrill()
		n.Recipient.Language = tag
		n.Incident.DetectedAt = time.Date(2026, 11, 23, 14, 5, 59, 0, time.UTC)
		assert.Contains(t, n.Message().Text, want[tag], tag)
	}
}

// A language that is written from right to left needs its file and no code.
func TestRightToLeft(t *testing.T) {
	t.Parallel()
	pretended := *words.English()
	pretended.Tag, pretended.RightToLeft = "he", true
	n := germanDrill()
	n.Incident.Summary = "More."
	m := partner.MessageIn(n, &pretended)
	assert.Contains(t, m.HTML, `<html lang="he" dir="rtl">`)
	assert.Contains(t, m.HTML, "text-align:right")
	for _, left := range []string{"text-align:left", "border-left", `dir="ltr"`, "0 0 0 32px"} {
		assert.NotContains(t, m.HTML, left)
	}
}

// A Renderer tells languages apart, and tags of one language not.
func TestRendererKeepsLanguagesApart(t *testing.T) {
	t.Parallel()
	var r partner.Renderer
	for _, tag := range []string{"de", "", "fr", "de-AT", "en", "ja"} {
		n := germanDrill()
		n.Recipient.Language = tag
		assert.Equal(t, n.Message(), r.Message(n), tag)
		for _, title := range []string{"Eins", "Zwei"} { // it remembers the translation too
			n.Incident.Translations = map[string]partner.IncidentText{"de": {Title: title}}
			assert.Equal(t, n.Message(), r.Message(n), "%s: %s", tag, title)
		}
	}
}
