package partner_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

const customerTenant = "9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a"

// goodIncident has every field set and is valid.
func goodIncident() partner.Incident {
	return partner.Incident{
		ID:         "INC-2026-0042",
		TenantID:   customerTenant,
		Kind:       partner.CredentialCompromise,
		Severity:   partner.IncidentHigh,
		Title:      "A Global admin signed in from two continents within the hour",
		Summary:    "The account was used from two addresses.\nBoth sessions are still open.",
		Actions:    []string{"Revoke the sessions of the account", "Reset its password"},
		DetectedAt: time.Date(2026, time.November, 23, 14, 5, 0, 0, time.UTC),
		RespondBy:  time.Date(2026, time.November, 23, 18, 0, 0, 0, time.UTC),
		Reference:  "https://contoso.com/incidents/42?view=full#actions",
	}
}

func TestIncidentCheck(t *testing.T) {
	t.Parallel()
	at := func(path string, code partner.Code) []findingPlace { return []findingPlace{{path, code}} }
	detected := goodIncident().DetectedAt
	zone := time.FixedZone
	tests := []struct {
		name, why string
		edit      func(i *partner.Incident)
		want      []findingPlace // none: it is valid
	}{
		{"good", "every field is as documented", func(*partner.Incident) {}, nil},
		{
			"zero", "everything that is required is missing, in field order",
			func(i *partner.Incident) { *i = partner.Incident{} },
			[]findingPlace{
				{"/id", partner.CodeIncidentID},
				{"/tenantId", partner.CodeIncidentTenant},
				{"/kind", partner.CodeIncidentKind},
				{"/severity", partner.CodeIncidentSeverity},
				{"/title", partner.CodeIncidentTitle},
				{"/actions", partner.CodeIncidentActions},
				{"/detectedAt", partner.CodeIncidentDetectedAt},
			},
		},
		{
			"everything wrong", "everything is reported, in field order",
			func(i *partner.Incident) {
				*i = partner.Incident{
					ID: "\n", TenantID: "contoso", Kind: "Spam", Severity: "critical", Title: "\t",
					Actions:    []string{"Act", "", "\r"},
					DetectedAt: detected.AddDate(8000, 0, 0), RespondBy: detected, Reference: "contoso.com",
					TenantName: " ", Status: "closed", Version: -1,
				}
			},
			[]findingPlace{
				{"/id", partner.CodeIncidentID},
				{"/tenantId", partner.CodeIncidentTenant},
				{"/kind", partner.CodeIncidentKind},
				{"/severity", partner.CodeIncidentSeverity},
				{"/title", partner.CodeIncidentTitle},
				{"/actions/1", partner.CodeIncidentActions},
				{"/actions/2", partner.CodeIncidentActions},
				{"/detectedAt", partner.CodeIncidentDetectedAt},
				{"/respondBy", partner.CodeIncidentRespondBy},
				{"/reference", partner.CodeIncidentReference},
				{"/tenantName", partner.CodeIncidentTenantName},
				{"/status", partner.CodeIncidentStatus},
				{"/version", partner.CodeIncidentVersion},
			},
		},
		{"drill", "a rehearsal follows the same rules", func(i *partner.Incident) { i.Drill = true }, nil},
		{"no summary", "the title may say it all", func(i *partner.Incident) { i.Summary = "" }, nil},
		{"any summary", "it has lines of its own and is cleaned where it is shown", func(i *partner.Incident) {
			i.Summary = "\x00\u202e\xff\n"
		}, nil},
		{"one action", "one is enough", func(i *partner.Incident) { i.Actions = i.Actions[:1] }, nil},
		{"no actions", "the page: clear instructions on what actions are needed", func(i *partner.Incident) {
			i.Actions = []string{}
		}, at("/actions", partner.CodeIncidentActions)},
		{"no reference", "it is optional", func(i *partner.Incident) { i.Reference = "" }, nil},

		{"tenant's name", "as people call it", func(i *partner.Incident) { i.TenantName = "Adventure Works" }, nil},
		{"tenant's name of two lines", "a subject has one", func(i *partner.Incident) {
			i.TenantName = "Adventure\nWorks"
		}, at("/tenantName", partner.CodeIncidentTenantName)},
		{"tenant's name that nobody sees", "nothing is said by it", func(i *partner.Incident) {
			i.TenantName = "\u200b"
		}, at("/tenantName", partner.CodeIncidentTenantName)},
		{"later version", "the same incident is told again", func(i *partner.Incident) { i.Version = 7 }, nil},
		{"negative version", "none comes before the first", func(i *partner.Incident) {
			i.Version = -1
		}, at("/version", partner.CodeIncidentVersion)},
		{"resolved", "the all-clear", func(i *partner.Incident) {
			i.Status, i.Version = partner.IncidentResolved, 1
		}, nil},
		{"resolved without actions", "nothing is left to do", func(i *partner.Incident) {
			i.Status, i.Version, i.Actions = partner.IncidentResolved, 1, nil
		}, nil},
		{"resolved with an action that is none", "what is there is one line", func(i *partner.Incident) {
			i.Status, i.Version, i.Actions = partner.IncidentResolved, 1, []string{""}
		}, at("/actions/0", partner.CodeIncidentActions)},
		{"resolved in the first version", "its ID would be that of the first telling, which was taken already",
			func(i *partner.Incident) {
				i.Status = partner.IncidentResolved
			}, at("/version", partner.CodeIncidentVersion)},
		{"resolved in a negative version", "one finding is enough", func(i *partner.Incident) {
			i.Status, i.Version = partner.IncidentResolved, -1
		}, at("/version", partner.CodeIncidentVersion)},
		{"another status", "words match exactly", func(i *partner.Incident) {
			i.Status, i.Version = "Resolved", 1
		}, at("/status", partner.CodeIncidentStatus)},
		{"another status without actions", "it goes on", func(i *partner.Incident) {
			i.Status, i.Version, i.Actions = "closed", 1, nil
		}, []findingPlace{{"/actions", partner.CodeIncidentActions}, {"/status", partner.CodeIncidentStatus}}},

		{"tenant in upper case", "UUIDs have no case", func(i *partner.Incident) {
			i.TenantID = strings.ToUpper(i.TenantID)
		}, nil},
		{"tenant in braces", "one form only", func(i *partner.Incident) {
			i.TenantID = "{" + i.TenantID + "}"
		}, at("/tenantId", partner.CodeIncidentTenant)},
		{"tenant's domain", "it may move to another tenant", func(i *partner.Incident) {
			i.TenantID = "contoso.com"
		}, at("/tenantId", partner.CodeIncidentTenant)},

		{"detected at the zero time in another zone", "it is the same moment", func(i *partner.Incident) {
			i.DetectedAt, i.RespondBy = time.Time{}.In(zone("", 3600)), time.Time{}
		}, at("/detectedAt", partner.CodeIncidentDetectedAt)},
		{"detected in year 0", "RFC 3339 could write it, but nothing happened then", func(i *partner.Incident) {
			i.DetectedAt = time.Date(0, time.December, 31, 23, 59, 59, 0, time.UTC)
		}, at("/detectedAt", partner.CodeIncidentDetectedAt)},
		{"detected in year 1", "the first year there is", func(i *partner.Incident) {
			i.DetectedAt = time.Date(1, time.January, 1, 0, 0, 0, 1, time.UTC)
		}, nil},
		{"detected in year 1 of its zone only", "times are in UTC where they are shown", func(i *partner.Incident) {
			i.DetectedAt = time.Date(1, time.January, 1, 0, 30, 0, 0, zone("", 3600))
		}, at("/detectedAt", partner.CodeIncidentDetectedAt)},
		{"detected in year 9999", "the last year that RFC 3339 writes", func(i *partner.Incident) {
			i.DetectedAt, i.RespondBy = time.Date(9999, time.December, 31, 23, 59, 59, 999999999, time.UTC), time.Time{}
		}, nil},
		{"detected in year 10000", "RFC 3339 has no five digits", func(i *partner.Incident) {
			i.DetectedAt, i.RespondBy = time.Date(10000, time.January, 1, 0, 0, 0, 0, time.UTC), time.Time{}
		}, at("/detectedAt", partner.CodeIncidentDetectedAt)},
		{"detected in year 10000 of its zone only", "the zone is what RFC 3339 writes", func(i *partner.Incident) {
			i.DetectedAt, i.RespondBy = time.Date(10000, time.January, 1, 0, 30, 0, 0, zone("", 3600)), time.Time{}
		}, at("/detectedAt", partner.CodeIncidentDetectedAt)},
		{"detected in year 10000 of UTC only", "UTC is what a message shows", func(i *partner.Incident) {
			i.DetectedAt, i.RespondBy = time.Date(9999, time.December, 31, 23, 30, 0, 0, zone("", -3600)), time.Time{}
		}, at("/detectedAt", partner.CodeIncidentDetectedAt)},
		{"detected in a zone of a day", "RFC 3339 has at most 23 hours", func(i *partner.Incident) {
			i.DetectedAt = detected.In(zone("", 24*3600))
		}, at("/detectedAt", partner.CodeIncidentDetectedAt)},
		{"detected in a zone of hours and minutes", "as in India", func(i *partner.Incident) {
			i.DetectedAt = detected.In(zone("", 5*3600+1800))
		}, nil},
		{"detected in a zone with seconds", "RFC 3339 would lose them, and move the moment", func(i *partner.Incident) {
			i.DetectedAt = detected.In(zone("", -2670))
		}, at("/detectedAt", partner.CodeIncidentDetectedAt)},

		{"respond at once", "the zero time says so", func(i *partner.Incident) { i.RespondBy = time.Time{} }, nil},
		{"respond at the moment of detection", "it is not before",
			func(i *partner.Incident) { i.RespondBy = detected }, nil},
		{"respond a nanosecond before", "nobody can", func(i *partner.Incident) {
			i.RespondBy = detected.Add(-1)
		}, at("/respondBy", partner.CodeIncidentRespondBy)},
		{"respond at the same moment in another zone", "moments are compared, not clocks", func(i *partner.Incident) {
			i.RespondBy = detected.In(zone("", -8*3600))
		}, nil},
		{"respond in year 10000", "RFC 3339 has no five digits", func(i *partner.Incident) {
			i.RespondBy = time.Date(10000, time.January, 1, 0, 0, 0, 0, time.UTC)
		}, at("/respondBy", partner.CodeIncidentRespondBy)},
		{"respond in a zone with seconds", "RFC 3339 would lose them", func(i *partner.Incident) {
			i.RespondBy = i.RespondBy.In(zone("", 1))
		}, at("/respondBy", partner.CodeIncidentRespondBy)},
		{"detected in a zone before 1900", "Amsterdam had +00:19:32", func(i *partner.Incident) {
			i.DetectedAt = i.DetectedAt.In(zone("LMT", 19*60+32))
		}, at("/detectedAt", partner.CodeIncidentDetectedAt)},
		{"the same in UTC", "every time of these years can be written in UTC", func(i *partner.Incident) {
			i.DetectedAt = i.DetectedAt.In(zone("LMT", 19*60+32)).UTC()
		}, nil},
		{"respond by a time, detected at none", "only the detection is missing", func(i *partner.Incident) {
			i.DetectedAt = time.Time{}
		}, at("/detectedAt", partner.CodeIncidentDetectedAt)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			i := goodIncident()
			tt.edit(&i)
			findings := i.Check()
			assert.Equal(t, tt.want, placesOf(findings), tt.why)
			assert.Equal(t, findings, findings.Errors(), "advice has a test of its own")
			if tt.want == nil {
				assert.NoError(t, i.Validate(), tt.why)
			} else {
				assert.Equal(t, tt.want, faultsOf(t, i.Validate()), tt.why)
			}
		})
	}
}

// A reference that looks like another gets advice. The incident is told all the
// same.
func TestIncidentReferenceMayMislead(t *testing.T) {
	t.Parallel()
	for reference, want := range map[string]bool{
		"https://micr\u043esoft.com/incidents": true,
		"https://xn--micrsoft-qbh.com/":        true,
		"https://microsoft.com/":               false,
		"http://micr\u043esoft.com/":           false, // an error says more
		"":                                     false,
	} {
		i := goodIncident()
		i.Reference = reference
		assert.Equal(t, want, i.Check().Has(partner.CodeIncidentReferenceHost), "%q", reference)
		if want {
			assert.Equal(t, []findingPlace{{"/reference", partner.CodeIncidentReferenceHost}},
				placesOf(i.Check().Advice()))
			require.NoError(t, i.Validate(), "advice is no error")
			assert.Len(t, told(i, partner.Impact{PartnerTenantID: i.TenantID, SecurityContact: ada()}), 1,
				"and keeps nobody from being told")
		}
	}
}

func TestIncidentKindIs(t *testing.T) {
	t.Parallel()
	tests := []struct {
		kind, general partner.IncidentKind
		want          bool
		why           string
	}{
		{partner.AzureFraud, partner.AzureFraud, true, "the same"},
		{"azure_fraud.crypto_mining", partner.AzureFraud, true, "below it"},
		{"azure_fraud.crypto_mining.gpu", "azure_fraud.crypto_mining", true, "two below, of one below"},
		{"azure_fraud.crypto_mining.gpu", partner.AzureFraud, true, "two below"},
		{partner.AzureFraud, "azure_fraud.crypto_mining", false, "the general is not the particular"},
		{"azure_fraud_2", partner.AzureFraud, false, "another word"},
		{"not.azure_fraud", partner.AzureFraud, false, "from the general to the particular"},
		{"azure_fraud.", partner.AzureFraud, true, "no kind, and still nothing that may go to the security contact"},
		{"AZURE_FRAUD", partner.AzureFraud, false, "words match exactly"},
		{partner.Spam, "", false, "nothing is no kind"},
		{"", "", false, "likewise"},
		{".spam", "", false, "likewise"},
		{"", partner.Spam, false, "none is not spam"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, tt.kind.Is(tt.general), "%q is %q: %s", tt.kind, tt.general, tt.why)
	}
}

// A finding is shown to people in a form. It says what to enter.
func TestIncidentSentencesAreForPeople(t *testing.T) {
	t.Parallel()
	i := partner.Incident{Reference: "x", TenantName: "\n", Status: "x", Version: -1,
		RespondBy: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}
	seen := 0
	for _, f := range i.Check() {
		for _, jargon := range []string{"zone", "RFC", "UTF", "octet", "control", "https URL", "0 to"} {
			assert.NotContains(t, f.Message, jargon, f.Code)
		}
		switch f.Code {
		case partner.CodeIncidentDetectedAt, partner.CodeIncidentRespondBy, partner.CodeIncidentReference,
			partner.CodeIncidentTenantName:
			assert.Regexp(t, "^Enter ", f.Message, f.Code)
			seen++
		}
	}
	assert.Equal(t, 4, seen)
}

func TestIncidentCheckNeverChangesIt(t *testing.T) {
	t.Parallel()
	i := goodIncident()
	i.Actions[0], i.Reference = "\n", "HTTPS://contoso.com"
	before := i
	before.Actions = slices.Clone(i.Actions)
	require.Error(t, i.Validate())
	assert.Equal(t, before, i)
}

func TestIncidentKinds(t *testing.T) {
	t.Parallel()
	for kind, valid := range map[partner.IncidentKind]bool{
		partner.Spam: true, partner.AzureFraud: true, partner.CredentialCompromise: true,
		"a": true, "z": true, "a_": true, "a__b": true, "z0": true, "z9": true, "az_09": true,
		partner.IncidentKind(strings.Repeat("a", 128)): true, partner.IncidentKind(strings.Repeat("a", 129)): false,
		"a.b": true, "azure_fraud.crypto_mining": true, "a.b.c_9": true, "a.": false, ".a": false, "a..b": false,
		".":   false,
		"a.9": false, "a._b": false, "a.B": false,
		"": false, "_": false, "_a": false, "0": false, "9a": false, "A": false, "aZ": false, "a b": false,
		" a": false, "a ": false,
		"a-b": false, "a/b": false, "a:": false, "a`": false, "`": false, "{": false, "a{": false, "a\n": false,
		"sp\u0430m": false, "\u017fpam": false, "a\x00": false, "\xff": false, "a@": false, "a[": false, "a^": false,
	} {
		i := goodIncident()
		i.Kind = kind
		var want []findingPlace
		if !valid {
			want = []findingPlace{{"/kind", partner.CodeIncidentKind}}
		}
		assert.Equal(t, want, placesOf(i.Check()), "kind %q", kind)
	}
	assert.Equal(t, []partner.IncidentKind{
		"spam", "azure_fraud", "credential_compromise", "phishing", "malware", "unauthorized_access", "data_exposure",
	}, partner.IncidentKinds(), "hosts store the words; those of the page come first")
	partner.IncidentKinds()[0] = "changed"
	assert.Equal(t, partner.Spam, partner.IncidentKinds()[0], "the list is the caller's")
}

func TestIncidentSeverities(t *testing.T) {
	t.Parallel()
	for severity, valid := range map[partner.IncidentSeverity]bool{
		"informational": true, "low": true, "medium": true, "high": true,
		"": false, "High": false, "critical": false, "\thigh": false, "unknownFutureValue": false,
	} {
		i := goodIncident()
		i.Severity = severity
		var want []findingPlace
		if !valid {
			want = []findingPlace{{"/severity", partner.CodeIncidentSeverity}}
		}
		assert.Equal(t, want, placesOf(i.Check()), "severity %q", severity)
	}
	assert.Equal(t, []partner.IncidentSeverity{"informational", "low", "medium", "high"},
		partner.IncidentSeverities(), "the least first")
	partner.IncidentSeverities()[0] = "changed"
	assert.Equal(t, partner.IncidentInformational, partner.IncidentSeverities()[0], "the list is the caller's")
}

func TestIncidentReferences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why, reference string
		valid                bool
	}{
		{"host alone", "a page of its own", "https://contoso.com", true},
		{"root of the names", "a dot at the end is part of a full name", "https://contoso.com./a", true},
		{"last port", "65535 is one", "https://contoso.com:65535/", true},
		{"first port", "1 is one", "https://contoso.com:1/", true},
		{"empty port", "the same as none (RFC 3986 section 3.2.3)", "https://contoso.com:/", true},
		{"dots in the path", "only the host has labels", "https://contoso.com/../a..b", true},
		{"upper-case scheme", "schemes have no case (RFC 3986 section 3.1)", "HTTPS://contoso.com/", true},
		{"port, path, query, fragment", "parts of a URL", "https://contoso.com:8443/a/b?c=d&e=%20#f", true},
		{"IP address", "a host in a private network has no other name", "https://[2001:db8::1]/", true},
		{"internationalised", "as browsers show it", "https://b\u00fccher.example/\u00e4", true},
		{"http", "what tells of an attack must not be altered on its way", "http://contoso.com/", false},
		{"other scheme", "nothing but a web page", "mailto:soc@contoso.com", false},
		{"script", "nothing that runs", "javascript:alert(1)", false},
		{"scheme alike", "exactly https", "httpss://contoso.com/", false},
		{"relative", "a mail has no base", "/incidents/42", false},
		{"without scheme", "likewise", "//contoso.com/incidents/42", false},
		{"name alone", "likewise", "contoso.com", false},
		{"no host", "absolute means to name the server", "https:///incidents/42", false},
		{"scheme alone", "likewise", "https:", false},
		{"scheme and slashes", "likewise", "https://", false},
		{"opaque", "likewise", "https:contoso.com", false},
		{"port without host", "likewise", "https://:443/", false},
		{"user name", "it passes for the host", "https://contoso.com@fabrikam.com/", false},
		{"user name and password", "nor is a password mailed", "https://user:secret@contoso.com/", false},
		{"empty user name", "likewise", "https://@contoso.com/", false},
		{"space in the host", "no URL", "https://contoso .com/", false},
		{"space in the path", "a mail program ends the link there", "https://contoso.com/incident 42", false},
		{"space at the end", "likewise", "https://contoso.com/ ", false},
		{"space at the start", "no URL", " https://contoso.com/", false},
		{"no-break space", "likewise", "https://contoso.com/incident\u00a042", false},
		{"ideographic space", "likewise", "https://contoso.com/\u3000", false},
		{"in angle brackets", "it is written without", "<https://contoso.com/>", false},
		{"less-than sign", "it ends a link", "https://contoso.com/a<b", false},
		{"greater-than sign", "it ends a link", "https://contoso.com/a>b", false},
		{"quotation mark", "it ends a link", `https://contoso.com/a"b`, false},
		{"bad escape", "no URL", "https://contoso.com/%zz", false},
		{"bad port", "no URL", "https://contoso.com:port/", false},
		{"port after the last", "there is none", "https://contoso.com:65536/", false},
		{"port of many digits", "likewise", "https://contoso.com:99999999999999999999/", false},
		{"port 0", "nothing listens there", "https://contoso.com:0/", false},
		{"port of an address", "likewise", "https://[2001:db8::1]:70000/", false},
		{"empty label", "no such name", "https://a..b/", false},
		{"empty label first", "likewise", "https://.contoso.com/", false},
		{"two dots at the end", "likewise", "https://contoso.com../", false},
		{"dot alone", "likewise", "https://./", false},
		{"invisible host", "nobody sees where it leads", "https://\u200b/", false},
		{"invisible label", "likewise", "https://a.\u200b.example/", false},
		{"less-than sign about", "it ends a link", "https://example.com/<x>", false},
		{"blank", "set, and no URL", " ", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			i := goodIncident()
			i.Reference = tt.reference
			var want []findingPlace
			if !tt.valid {
				want = []findingPlace{{"/reference", partner.CodeIncidentReference}}
			}
			assert.Equal(t, want, placesOf(i.Check()), "%s: %q", tt.why, tt.reference)
		})
	}
}

// Some texts stand in a subject, a log line or a labelled line of a mail. They
// must not leave it, and must not turn the text around it.
func TestIncidentSingleLinesHoldNothingThatBreaksThem(t *testing.T) {
	t.Parallel()
	broken := []string{"\xff", "\xc3", "\xed\xa0\x80", "\xc0\x8a", "\r\n"} // not UTF-8; a line break
	for r := range rune(unicode.MaxRune + 1) {
		if unicode.Is(unicode.Cc, r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control) {
			broken = append(broken, string(r))
		}
	}
	require.Len(t, broken, 5+65+2+12, "all 65 controls, both separators, all 12 bidirectional controls")

	fields := []struct {
		path string
		code partner.Code
		set  func(i *partner.Incident, s string)
		text string
	}{
		{"/id", partner.CodeIncidentID, func(i *partner.Incident, s string) { i.ID = s }, "INC-1"},
		{"/kind", partner.CodeIncidentKind, func(i *partner.Incident, s string) { i.Kind = partner.IncidentKind(s) },
			"spam"},
		{"/title", partner.CodeIncidentTitle, func(i *partner.Incident, s string) { i.Title = s }, "Spam"},
		{"/actions/0", partner.CodeIncidentActions, func(i *partner.Incident, s string) { i.Actions[0] = s },
			"Block it"},
		{"/actions/1", partner.CodeIncidentActions, func(i *partner.Incident, s string) { i.Actions[1] = s },
			"Block it"},
		{"/reference", partner.CodeIncidentReference, func(i *partner.Incident, s string) { i.Reference = s },
			"https://a.example"},
		{"/tenantName", partner.CodeIncidentTenantName, func(i *partner.Incident, s string) { i.TenantName = s },
			"Adventure Works"},
	}
	for _, field := range fields {
		i := goodIncident()
		field.set(&i, field.text)
		require.NoError(t, i.Validate(), "without any of them it is valid")
		middle := len(field.text) - 1
		for _, b := range broken {
			for _, s := range []string{b, b + field.text, field.text[:middle] + b + field.text[middle:], field.text +
				b} {
				field.set(&i, s)
				assert.Equal(t, []findingPlace{{field.path, field.code}}, placesOf(i.Check()), "%s %+q", field.path, s)
			}
		}
	}
}

func TestIncidentSingleLinesInEveryScript(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"x", "\u05e1\u05e4\u05d0\u05dd", "\u8fdd\u89c4", "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
		"\U0001f6a8", "a\u00a0b", " padded ", "<script>", "=?utf-8?q?x?=", "a\ufffdb", strings.Repeat("long ", 1000),
	} {
		i := goodIncident()
		i.ID, i.Title, i.Actions = s, s, []string{s}
		assert.Empty(t, i.Check(), "renderers escape; the rule does not try to: %+q", s)
	}
	for _, blank := range []string{
		"", " ", "\u00a0\u3000", "\u200b", "\u2800", "\u3164", "\u00ad", "\ufe0f \u034f", "\U000e0041",
		// white space, or drawn as nothing
	} {
		i := goodIncident()
		i.ID, i.Title, i.Actions = blank, blank, []string{blank}
		assert.Equal(t, []findingPlace{
			{"/id", partner.CodeIncidentID}, {"/title", partner.CodeIncidentTitle},
			{"/actions/0", partner.CodeIncidentActions},
		}, placesOf(i.Check()), "%+q", blank)
	}
}

func TestIncidentJSON(t *testing.T) {
	t.Parallel()
	i := goodIncident()
	i.Drill, i.TenantName, i.Status, i.Version = true, "Adventure Works", partner.IncidentResolved, 3
	data, err := json.Marshal(i)
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"id": "INC-2026-0042",
		"tenantId": "9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a",
		"kind": "credential_compromise",
		"severity": "high",
		"title": "A Global admin signed in from two continents within the hour",
		"summary": "The account was used from two addresses.\nBoth sessions are still open.",
		"actions": ["Revoke the sessions of the account", "Reset its password"],
		"detectedAt": "2026-11-23T14:05:00Z",
		"respondBy": "2026-11-23T18:00:00Z",
		"reference": "https://contoso.com/incidents/42?view=full#actions",
		"tenantName": "Adventure Works",
		"status": "resolved",
		"version": 3,
		"drill": true
	}`, string(data))
	var back partner.Incident
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, i, back)

	i.Summary, i.Reference, i.RespondBy, i.Drill = "", "", time.Time{}, false
	i.TenantName, i.Status, i.Version = "", "", 0
	data, err = json.Marshal(i)
	require.NoError(t, err)
	var keys map[string]any
	require.NoError(t, json.Unmarshal(data, &keys))
	assert.Equal(t, []string{"actions", "detectedAt", "id", "kind", "severity", "tenantId", "title"},
		slices.Sorted(maps.Keys(keys)), "what is optional and not set is left out")
}

// The texts of an incident may name anybody. A log gets none of them.
func TestIncidentLogsNoText(t *testing.T) {
	t.Parallel()
	i := goodIncident()
	i.Title, i.Summary, i.Actions, i.Reference = "secret-1", "secret-2", []string{"secret-3"},
		"https://contoso.com/secret-4"
	i.Drill, i.TenantName, i.Status, i.Version = true, "secret-5", partner.IncidentResolved, 2
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("dispatching", "incident", i)
	assert.NotContains(t, log.String(), "secret")
	var line struct {
		Incident struct {
			ID, TenantID, Kind, Severity, Status string
			Version                              int
			DetectedAt                           time.Time
			Drill                                bool
		}
	}
	require.NoError(t, json.Unmarshal(log.Bytes(), &line))
	assert.Equal(t, i.ID, line.Incident.ID)
	assert.Equal(t, i.TenantID, line.Incident.TenantID)
	assert.Equal(t, "credential_compromise", line.Incident.Kind)
	assert.Equal(t, "high", line.Incident.Severity)
	assert.Equal(t, i.DetectedAt, line.Incident.DetectedAt)
	assert.Equal(t, "resolved", line.Incident.Status)
	assert.Equal(t, 2, line.Incident.Version)
	assert.True(t, line.Incident.Drill)
}

func TestIncidentFindingsRepeatNoValue(t *testing.T) {
	t.Parallel()
	const secret = "Robin\u2028Vale"
	i := partner.Incident{
		ID: secret, TenantID: secret, Kind: secret, Severity: secret, Title: secret, Actions: []string{secret},
		Reference: secret,
	}
	err := i.Validate()
	require.ErrorIs(t, err, partner.ErrInvalid)
	assert.NotContains(t, err.Error(), "Robin")
	assert.NotContains(t, err.Error(), "Vale")
}
