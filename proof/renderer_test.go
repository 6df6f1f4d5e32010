package proof

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// requireRendered compares what r makes of n, in every way that it has, with
// n.Message.
func requireRendered(t *testing.T, r *partner.Renderer, n partner.Notification) {
	t.Helper()
	want := n.Message()
	require.Equal(t, want, r.Message(n))
	require.Equal(t, "before "+want.Subject, string(r.AppendSubject([]byte("before "), n)))
	require.Equal(t, "before "+want.Text, string(r.AppendText([]byte("before "), n)))
	require.Equal(t, "before "+want.HTML, string(r.AppendHTML([]byte("before "), n)))
	require.Equal(t, want, r.Message(n), "and again, from what it has kept")
}

// Two notifications differ in one thing: a text, with each hostile value, a
// flag, the rights or a time. One Renderer renders all of them, one after the
// other.
func TestRendererTellsNotificationsApart(t *testing.T) {
	t.Parallel()
	for _, topic := range mailedTopics {
		t.Run(string(topic), func(t *testing.T) {
			t.Parallel()
			var r partner.Renderer
			base := mailed(topic)
			differ := func(change func(*partner.Notification)) {
				n := base
				n.Incident.Actions = slices.Clone(base.Incident.Actions)
				change(&n)
				requireRendered(t, &r, n)
				requireRendered(t, &r, base)
			}
			for _, field := range notificationTexts(t) {
				for _, hostile := range mailedHostile {
					differ(func(n *partner.Notification) { field.set(n, hostile.value) })
				}
			}
			for rights := range partner.Rights(9) {
				differ(func(n *partner.Notification) { n.Rights = rights })
				differ(func(n *partner.Notification) { n.Rights, n.OwnTenant = rights, true })
			}
			differ(func(n *partner.Notification) { n.Incident.Drill = !n.Incident.Drill })
			differ(func(n *partner.Notification) { n.Incident.Status = partner.IncidentResolved })
			differ(func(n *partner.Notification) { n.Incident.Version++ })
			differ(func(n *partner.Notification) { n.Incident.TenantName = "Adventure Works" })
			differ(withAnswer)
			differ(func(n *partner.Notification) { withAnswer(n); n.Answer.Code = "" })
			differ(func(n *partner.Notification) { withAnswer(n); n.Answer.URL = "http://contoso.com/" })
			differ(func(n *partner.Notification) { n.Incident.Actions = append(n.Incident.Actions, "One more.") })
			differ(func(n *partner.Notification) { n.Incident.Actions = nil })
			for _, at := range []time.Time{
				{}, base.Incident.DetectedAt, base.Incident.RespondBy, base.Incident.DetectedAt.Add(time.Minute),
				base.Incident.DetectedAt.In(time.FixedZone("", 3600)),
				base.Incident.DetectedAt.In(time.FixedZone("", 3629)),
				time.Time{}.In(time.FixedZone("", 59)), time.Time{}.Add(59 * time.Second), time.Time{}.Add(time.Minute),
			} {
				differ(func(n *partner.Notification) { n.Incident.DetectedAt = at })
				differ(func(n *partner.Notification) { n.Incident.RespondBy = at })
				differ(func(n *partner.Notification) { n.UnansweredSince = at })
				differ(func(n *partner.Notification) {
					n.UnansweredSince, n.Recipient.Audience = at,
						partner.ToGlobalAdmin
				})
			}
		})
	}
}

// FuzzRenderer changes a notification into another, in any field, and renders
// them in turn.
func FuzzRenderer(f *testing.F) {
	f.Add("id", "incident", "tenant", "Contoso", true, uint8(3), "title", "summary", "action", int64(0), int64(60), 7,
		uint32(0xffff))
	for _, hostile := range mailedHostile {
		f.Add(hostile.value, "contact_updated", hostile.value, hostile.value, false, uint8(1), hostile.value,
			hostile.value, hostile.value,
			int64(1), int64(-62135596800), -59, uint32(0xffff_f0ff))
	}
	f.Fuzz(func(
		t *testing.T, id, topic, tenant, company string, own bool, rights uint8, title, summary, action string,
		detected, respond int64,
		offset int, changed uint32,
	) {
		zone := time.FixedZone("", offset%(24*3600))
		n, other := mailed(partner.TopicIncident), mailed(partner.TopicIncident)
		for i, change := range []func(){
			func() { other.ID = id },
			func() { other.Topic = partner.Topic(topic) },
			func() { other.PartnerTenantID = tenant },
			func() { other.CompanyName = company },
			func() { other.OwnTenant = own },
			func() { other.Rights = partner.Rights(rights) },
			func() { other.Recipient.Audience = partner.Audience(topic) },
			func() { other.Incident.ID, other.Incident.TenantID = id, tenant },
			func() {
				other.Incident.Kind, other.Incident.Severity = partner.IncidentKind(title),
					partner.IncidentSeverity(topic)
			},
			func() { other.Incident.Title = title },
			func() { other.Incident.Summary = summary },
			func() { other.Incident.Actions[1] = action },
			func() { other.Incident.DetectedAt = time.Unix(detected, 0).In(zone) },
			func() { other.Incident.RespondBy = time.Unix(respond, 0).In(zone) },
			func() { other.Incident.Reference = action },
			func() { other.Incident.Drill = own },
			func() { other.Incident.TenantName = company },
			func() { other.Incident.Status = partner.IncidentStatus(topic) },
			func() { other.Incident.Status = partner.IncidentResolved },
			func() { other.Incident.Version = offset },
			func() { other.UnansweredSince = time.Unix(respond, 0).In(zone) },
			func() { other.Answer = partner.Answer{URL: "https://" + company, Code: id} },
			func() { other.Answer = partner.Answer{URL: id, Code: company} },
			func() { withAnswer(&n); withAnswer(&other) },
		} {
			if changed&(1<<i) != 0 {
				change()
			}
		}
		var r partner.Renderer
		for _, n := range []partner.Notification{n, other, n, other} {
			requireRendered(t, &r, n)
		}
	})
}
