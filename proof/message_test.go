package proof

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/line"
)

// mailed returns a notification of the topic in which every text is set: an
// incident on a customer's tenant.
func mailed(topic partner.Topic) partner.Notification {
	n := partner.Notification{
		ID:              "5f0c1d2e3b4a59687786a5b4c3d2e1f00f1e2d3c",
		Topic:           topic,
		PartnerTenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		CompanyName:     "Contoso Cloud Services",
		Recipient: partner.Recipient{
			Audience: partner.ToSecurityContact, Name: "Contoso Night Watch", Email: "soc@contoso.com",
			Phone: "+14255550100",
		},
	}
	if strings.HasPrefix(string(topic), "contact_") {
		return n
	}
	n.Rights = partner.Reseller | partner.GranularAdmin
	n.Incident = partner.Incident{
		ID:       "INC-2026-0042",
		TenantID: "a7d2e9c4-60f1-4b83-9e5d-12c34f5a6b78",
		Kind:     partner.CredentialCompromise,
		Severity: partner.IncidentHigh,
		Title:    "Sign-ins with a stolen password",
		Summary:  "Two administrators signed in through an anonymous proxy.\nMultifactor authentication was not asked for.",
		Actions: []string{
			"Block sign-in for the accounts that the reference names.",
			"Revoke their sessions and reset their passwords.",
			"Look for mailbox rules and app consents made since the detection.",
		},
		DetectedAt: time.Date(2026, 11, 23, 8, 5, 0, 0, time.UTC),
		RespondBy:  time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC),
		Reference:  "https://partner.contoso.com/incidents/INC-2026-0042",
		Drill:      topic == partner.TopicDrill,
	}
	return n
}

// withAnswer asks for an answer.
func withAnswer(n *partner.Notification) {
	n.Answer = partner.Answer{URL: "https://partner.contoso.com/answer/eyJzIjoiNWYwYzFkMmUi?from=mail&to=you",
		Code: "7KQ4-M2XD"}
}

// mailedTopics are all topics, one that is not known, and none.
var mailedTopics = append(partner.Topics(), "weather", "")

// mailedHostile are values that try to be something else than a value.
var mailedHostile = []struct{ name, value string }{
	{"header", "x\r\nBcc: all@contoso.com\r\n\r\nbody"},
	{"bare CR", "x\rSubject: y"},
	{"bare LF", "x\nSubject: y"},
	{"encoded word", "=?utf-8?B?SGVsbG8=?="},
	{"encoded word apart", "=\u202E?utf-8?q?=0D=0A?\x00="},
	{"override", "\u202Egpj.exe"},
	{"isolates", "a\u2066b\u2067c\u2068d\u2069e"},
	{"marks", "a\u200Eb\u200Fc\u061Cd"},
	{"only bidi controls", "\u202E\u2069"},
	{"NUL", "a\x00b"},
	{"only NUL", "\x00"},
	{"escape sequence", "\x1b[2J\x07\x7f"},
	{"C1 controls", "a\u009b31m\u0085b"},
	{"line separator", "a\u2028Respond by: never"},
	{"paragraph separator", "a\u2029Respond by: never"},
	{"broken UTF-8", "a\xff\xc3(\xed\xa0\x80"},
	{"only broken UTF-8", "\xe2\x80"},
	{"title", "</title><script>alert(1)</script>"},
	{"comment", "<!-- --><![CDATA[ ]]><?php ?>"},
	{"attribute", `" onload="x" '`},
	{"tags", "<b>bold</b></td></tr></table><img src=https://contoso.com/x.png>"},
	{"entity", "&lt;b&gt; &amp;amp; &#x202E; &copy"},
	{"style", "</span><style>*{display:none}</style>"},
	{"template", "{{.}} ${x} %s %!d(MISSING)"},
	{"only blanks", " \t\r\n\u00A0\u3000\u2028"},
	{"empty", ""},
	{"drill", "[DRILL] x"},
	{"dot", "."},
	{"mailbox separator", "From nobody"},
	{"label", "Severity: low"},
	{"number", "1. Do nothing"},
	{"underscores", "_ __"},
	{"zero width", "\u200b"},
	{"only invisible characters", "\u2800\u3164 \u00ad\ufe0f\U000e0041"},
	{"invisible characters and a control", "\u2800\x00"},
	{"not a character", "\uFFFE\U0010FFFF\uFFFD"},
	{"page", "https://contoso.com/a?b=c&d=%22'&amp;`{{x}}`"},
	{"page in upper case", "HTTPS://CONTOSO.COM/"},
	{"page of a script", "javascript:alert(1)"},
	{"page that was not UTF-8", "https://contoso.com/\uFFFD"},
	{"page that is not UTF-8", "https://contoso.com/\xff"},
	{"page that ends its attribute", `https://contoso.com/" onclick="x`},
	{"status", "resolved"},
}

// Every text of a notification is tried with every hostile value, in both kinds
// of letters.
func TestNoValueBreaksOut(t *testing.T) {
	t.Parallel()
	for _, field := range notificationTexts(t) {
		t.Run(field.path, func(t *testing.T) {
			t.Parallel()
			for _, topic := range []partner.Topic{partner.TopicIncident, partner.TopicContactUpdated} {
				for _, hostile := range mailedHostile {
					n := mailed(topic)
					n.Incident.Actions = append([]string{"First."}, n.Incident.Actions...)
					field.set(&n, hostile.value)
					t.Run(string(topic)+" "+hostile.name, func(t *testing.T) { requireMessageLaws(t, n) })
				}
			}
		})
	}
}

// The same value in all places at once, for every topic.
func TestNoValuesBreakOutTogether(t *testing.T) {
	t.Parallel()
	for _, hostile := range mailedHostile {
		t.Run(hostile.name, func(t *testing.T) {
			t.Parallel()
			for _, topic := range mailedTopics {
				n := mailed(topic)
				for _, field := range notificationTexts(t) {
					if field.path != "Topic" {
						field.set(&n, hostile.value)
					}
				}
				requireMessageLaws(t, n)
			}
		})
	}
}

// A text of 100 kB in each place, as words and as one word.
func TestLongValuesStayInPlace(t *testing.T) {
	t.Parallel()
	for _, field := range notificationTexts(t) {
		t.Run(field.path, func(t *testing.T) {
			t.Parallel()
			for _, value := range []string{strings.Repeat("long ", 20_000), strings.Repeat("長", 33_000)} {
				n := mailed(partner.TopicIncident)
				field.set(&n, value)
				requireMessageLaws(t, n)
			}
		})
	}
}

// requireMessageLaws holds n.Message to every promise of its documentation.
func requireMessageLaws(t *testing.T, n partner.Notification) {
	t.Helper()
	m := n.Message()
	texts := shown(n)

	require.True(t, utf8.ValidString(m.Subject+m.Text+m.HTML), "UTF-8")
	require.Equal(t, -1, strings.IndexFunc(m.Subject, breaksOut), "one line that reads in one direction")
	require.Equal(t, -1, strings.IndexFunc(strings.ReplaceAll(m.Text+m.HTML, "\n", ""), breaksOut),
		"LF ends a line, and nothing else does")
	require.NotEmpty(t, m.Subject)
	require.Equal(t, m.Subject, strings.TrimSpace(m.Subject))
	require.LessOrEqual(t, utf8.RuneCountInString(m.Subject), 200)
	require.NotContains(t, m.Subject, "=?", "nothing that a mail program would decode")
	drill := n.Topic == partner.TopicDrill || !aboutContact(n) && n.Incident.Drill
	rest, marked := strings.CutPrefix(m.Subject, "[DRILL] ")
	require.Equal(t, drill, marked, "a drill says so first, and nothing else does")
	require.Equal(t, drill, strings.HasPrefix(m.Text, "This is a drill"))
	resolved := !aboutContact(n) && n.Incident.Status == "resolved"
	require.Equal(t, resolved, strings.HasPrefix(rest, "Resolved: "), "then comes that it is over")
	require.Equal(t, !aboutContact(n) && !resolved && texts.unanswered, strings.HasPrefix(rest, "Unanswered: "),
		"or that nobody has answered")

	// Each line begins with what the program wrote.
	lines := strings.Split(m.Text, "\n")
	frame := strings.Split(strings.ReplaceAll(texts.plain.Message().Text, fillerPage, filler), "\n")
	require.Len(t, lines, len(frame), "no value makes lines but the summary")
	require.Empty(t, lines[len(lines)-1], "the last line is ended")
	for i, text := range lines {
		if before, isValue := strings.CutSuffix(frame[i], filler); isValue && before != "" {
			require.True(t, strings.HasPrefix(text, before), "%q stands behind %q", clip(text), before)
			require.Contains(t, texts.values, text[len(before):], "the value itself")
			require.Regexp(t, labelled, text, "behind a label, a number, or set in")
		} else {
			require.Equal(t, frame[i], text, "prose")
			require.LessOrEqual(t, len(text), 72, "prose comes in short lines")
		}
	}

	page := parsePage(t, m.HTML)
	require.Equal(t, parsePage(t, texts.plain.Message().HTML).markup(), page.markup(),
		"one markup for all values, and none in an attribute")
	require.Equal(t, m.Subject, strings.Join(page.texts("title"), "|"))
	var links []string
	if texts.page != "" {
		links = []string{texts.page}
		require.Equal(t, "https", strings.ToLower(texts.page[:5]))
	}
	require.Equal(t, links, page.links(), "nothing leads anywhere but to the page of the answer")
	var values []string
	for _, text := range page.texts("span") {
		if text != "" {
			values = append(values, text)
		}
	}
	require.Equal(t, texts.values, values, "each value is the whole text of a place of its own")

	// The text and the HTML say the same, in the same order.
	require.Equal(t, wording(m.Text), wording(page.bodyText()))

	if data, err := json.Marshal(n); err == nil {
		var back partner.Notification
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, m, back.Message(), "the same after a JSON round trip")
	} else {
		require.True(t, n.Rights > 7 || !jsonTime(n.Incident.DetectedAt) || !jsonTime(n.Incident.RespondBy) ||
			!jsonTime(n.UnansweredSince), "JSON takes every text: %v", err)
	}

	other := n
	other.Recipient = partner.Recipient{Audience: n.Recipient.Audience}
	require.Equal(t, m, other.Message(), "who is written to is not mentioned")
}

// breaksOut reports whether r ends a line, controls a terminal or turns what
// stands around it.
func breaksOut(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}

const (
	filler     = "xyzzy"
	fillerPage = "https://" + filler
)

var kindPattern = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$`)

var labelled = regexp.MustCompile(`^(Company|Tenant|Page|Code|Waiting since|Incident|Severity|` +
	`Respond|Respond by|Reference|Kind|Detected|Impacted tenant|` +
	`Company's tenant|Incident ID|Notification): \S|^[0-9]+\. \S|^  \S`)

// shownTexts is what a message shows of a notification.
type shownTexts struct {
	plain      partner.Notification // the same with every value that is not blank replaced by filler
	values     []string             // the values, cleaned, in the order in which they are read
	page       string               // where the link leads, or ""
	unanswered bool
}

// aboutContact reports whether the topic is one of a security contact.
func aboutContact(n partner.Notification) bool {
	return strings.HasPrefix(string(n.Topic), "contact_") && slices.Contains(partner.Topics(), n.Topic)
}

func shown(n partner.Notification) shownTexts {
	out := shownTexts{plain: n}
	show := func(value string, plain *string) {
		if clean := line.Clean(value); clean != "" {
			out.values = append(out.values, clean)
			*plain = filler
		}
	}
	kind := string(n.Incident.Kind)
	if len(kind) <= 128 && kindPattern.MatchString(kind) {
		words := strings.ReplaceAll(strings.ReplaceAll(kind, "_", " "), ".", ": ")
		if kind == "azure_fraud" || strings.HasPrefix(kind, "azure_fraud.") {
			words = "A" + words[1:]
		}
		kind = words
	}
	p, i := &out.plain, &out.plain.Incident
	show(n.CompanyName, &p.CompanyName)
	showAnswer := func() {
		if !usablePage(n.Answer.URL) {
			return
		}
		out.page = n.Answer.URL
		out.values = append(out.values, out.page)
		p.Answer = partner.Answer{URL: fillerPage}
		show(n.Answer.Code, &p.Answer.Code)
	}
	if aboutContact(n) {
		showAnswer()
		show(n.PartnerTenantID, &p.PartnerTenantID)
	} else {
		resolved := n.Incident.Status == "resolved"
		show(n.Incident.TenantName, &i.TenantName)
		show(n.Incident.Title, &i.Title)
		show(string(n.Incident.Severity), (*string)(&i.Severity))
		if !resolved {
			respond := "at once" // also where JSON leaves the time out, as it does for the zero time whatever the zone
			if by := timeText(n.Incident.RespondBy); by != "" && !n.Incident.RespondBy.IsZero() {
				respond = by
			}
			out.values = append(out.values, respond)
			if since := timeText(n.UnansweredSince); since != "" && !n.UnansweredSince.IsZero() {
				out.unanswered = true
				out.values = append(out.values, since)
			}
		}
		showAnswer()
		i.Actions = slices.Clone(i.Actions)
		for a, action := range n.Incident.Actions {
			if !resolved {
				show(action, &i.Actions[a])
			}
		}
		summary := line.Split(n.Incident.Summary)
		for s, text := range summary {
			show(text, &summary[s])
		}
		i.Summary = strings.Join(summary, "\n")
		show(n.Incident.Reference, &i.Reference)
		show(kind, (*string)(&i.Kind))
		if detected := timeText(n.Incident.DetectedAt); detected != "" {
			out.values = append(out.values, detected)
		}
		show(n.Incident.TenantID, &i.TenantID)
		show(n.PartnerTenantID, &p.PartnerTenantID)
		show(n.Incident.ID, &i.ID)
	}
	show(n.ID, &p.ID)
	return out
}

// usablePage is the rule for the URL of an answer.
func usablePage(s string) bool {
	i := partner.Incident{Reference: s}
	return s != "" && !i.Check().Has(partner.CodeIncidentReference) && !strings.ContainsRune(s, '\uFFFD')
}

// timeText is a time as the reader of its JSON would write it, and empty for
// the zero time.
func timeText(at time.Time) string {
	if data, err := at.MarshalJSON(); err == nil {
		_ = at.UnmarshalJSON(data)
	}
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format("Monday 2 January 2006, 15:04 ") + "UTC"
}

func jsonTime(at time.Time) bool {
	_, err := at.MarshalJSON()
	return err == nil
}

// notificationText is one text of a notification: where it is, and what sets
// it.
type notificationText struct {
	path string
	set  func(n *partner.Notification, value string)
}

// notificationTexts walks the type, so that no new field can be added
// unwatched.
func notificationTexts(t *testing.T) []notificationText {
	t.Helper()
	var found []notificationText
	var walk func(path string, typ reflect.Type, at func(reflect.Value) reflect.Value)
	walk = func(path string, typ reflect.Type, at func(reflect.Value) reflect.Value) {
		switch {
		case typ.Kind() == reflect.String:
			found = append(found, notificationText{path, func(n *partner.Notification, value string) {
				at(reflect.ValueOf(n).Elem()).SetString(value)
			}})
		case typ == reflect.TypeFor[time.Time](), typ.Kind() == reflect.Bool, typ.Kind() == reflect.Uint8,
			typ.Kind() == reflect.Int:
		case typ.Kind() == reflect.Struct:
			for i := range typ.NumField() {
				f := typ.Field(i)
				walk(strings.TrimPrefix(path+"."+f.Name, "."), f.Type,
					func(v reflect.Value) reflect.Value { return at(v).Field(i) })
			}
		case typ.Kind() == reflect.Slice:
			walk(path+"[0]", typ.Elem(), func(v reflect.Value) reflect.Value {
				list := at(v)
				if list.Len() == 0 {
					list.Set(reflect.MakeSlice(typ, 1, 1))
				}
				return list.Index(0)
			})
		case typ.Kind() == reflect.Map: // the translations: see TestEveryLanguageKeepsTheLaws
		default:
			require.Fail(t, "a field of a kind that this walk does not know", "%s is a %s", path, typ)
		}
	}
	walk("", reflect.TypeFor[partner.Notification](), func(v reflect.Value) reflect.Value { return v })
	require.Len(t, found, 24,
		"ID, topic, tenant, company and thread; seven of the recipient; ten of the incident, of which one is a list; the "+
			"answer")
	return found
}

// parsedPage is the HTML of a message.
type parsedPage struct{ root *html.Node }

func parsePage(t *testing.T, text string) parsedPage {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	require.NoError(t, err)
	return parsedPage{root}
}

// markup is the tree without its texts.
func (p parsedPage) markup() string {
	var b strings.Builder
	var write func(*html.Node, string)
	write = func(n *html.Node, indent string) {
		if n.Type != html.TextNode {
			b.WriteString(indent + strconv.Itoa(int(n.Type)) + " " + n.Data)
			for _, a := range n.Attr {
				if a.Key == "href" { // links has it
					a.Val = ""
				}
				b.WriteString(" " + a.Key + "=" + strconv.Quote(a.Val))
			}
			b.WriteString("\n")
		}
		for c := range n.ChildNodes() {
			write(c, indent+" ")
		}
	}
	write(p.root, "")
	return b.String()
}

// texts are the texts inside each such element.
func (p parsedPage) texts(element string) []string {
	var found []string
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == element {
			found = append(found, nodeText(n))
		}
	}
	return found
}

// links are where the links lead.
func (p parsedPage) links() []string {
	var found []string
	for n := range p.root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "href" || a.Key == "src" {
				found = append(found, a.Val)
			}
		}
	}
	return found
}

// bodyText is what a reader of the page sees.
func (p parsedPage) bodyText() string { return strings.Join(p.texts("body"), "") }

func nodeText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// wording leaves out what the two forms need not share: white space, colons and
// the numbers of a list.
func wording(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == ':' || r == '.' || '0' <= r && r <= '9' {
			return -1
		}
		return r
	}, text)
}

func clip(text string) string { return line.Cut(text, 80) }

// FuzzMessage holds the message of any notification to the promises of its
// documentation.
func FuzzMessage(f *testing.F) {
	add := func(n partner.Notification, offset int) {
		i, first, second := n.Incident, "", ""
		if len(i.Actions) > 1 {
			first, second = i.Actions[0], i.Actions[1]
		}
		f.Add(n.ID, string(n.Topic), n.PartnerTenantID, n.CompanyName, n.OwnTenant, uint8(n.Rights),
			string(n.Recipient.Audience),
			n.Recipient.Name, i.ID, i.TenantID, string(i.Kind), string(i.Severity), i.Title, i.Summary, first, second,
			i.Reference,
			i.TenantName, string(i.Status), i.Drill, n.Answer.URL, n.Answer.Code,
			i.DetectedAt.Unix(), i.RespondBy.Unix(), n.UnansweredSince.Unix(), offset)
	}
	for _, topic := range mailedTopics {
		n := mailed(topic)
		add(n, 0)
		n.UnansweredSince = n.Incident.RespondBy
		withAnswer(&n)
		add(n, 3600)
		n.Incident.Status, n.Incident.TenantName, n.Answer.Code = partner.IncidentResolved, "Adventure Works", ""
		add(n, 59)
	}
	for _, hostile := range mailedHostile {
		n := mailed(partner.TopicIncident)
		n.CompanyName, n.Incident.Title, n.Incident.Summary, n.Incident.Actions[0] = hostile.value, hostile.value,
			hostile.value, hostile.value
		n.Incident.TenantName, n.Answer.URL, n.Answer.Code = hostile.value, "https://contoso.com/"+hostile.value,
			hostile.value
		add(n, -17)
	}
	f.Fuzz(func(
		t *testing.T, id, topic, partnerTenant, company string, own bool, rights uint8, audience, name, incidentID,
		tenant, kind,
		severity, title, summary, first, second, reference, tenantName, status string, drill bool, page, code string,
		detected, respond, unanswered int64, offset int,
	) {
		zone := time.FixedZone("", offset%(24*3600))
		requireMessageLaws(t, partner.Notification{
			ID: id, Topic: partner.Topic(topic), PartnerTenantID: partnerTenant, CompanyName: company, OwnTenant: own,
			Rights: partner.Rights(rights),
			Recipient: partner.Recipient{Audience: partner.Audience(audience), Name: name, Email: name, Phone: name,
				URL: page},
			Incident: partner.Incident{
				ID: incidentID, TenantID: tenant, Kind: partner.IncidentKind(kind),
				Severity: partner.IncidentSeverity(severity),
				Title:    title, Summary: summary, Actions: []string{first, second}, Reference: reference,
				TenantName: tenantName,
				Status:     partner.IncidentStatus(status), Drill: drill,
				DetectedAt: time.Unix(detected, 0).In(zone), RespondBy: time.Unix(respond, 0).In(zone),
			},
			UnansweredSince: time.Unix(unanswered, 0).In(zone),
			Thread:          id, Answer: partner.Answer{URL: page, Code: code},
		})
	})
}
