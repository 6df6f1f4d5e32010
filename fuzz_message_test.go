package partner_test

import (
	"testing"
	"time"

	"github.com/cspkit/partner"
)

// FuzzMessage holds the message of any notification to the promises of its documentation.
func FuzzMessage(f *testing.F) {
	add := func(n partner.Notification, offset int) {
		i, first, second := n.Incident, "", ""
		if len(i.Actions) > 1 {
			first, second = i.Actions[0], i.Actions[1]
		}
		f.Add(n.ID, string(n.Topic), n.PartnerTenantID, n.CompanyName, n.OwnTenant, uint8(n.Rights), string(n.Recipient.Audience),
			n.Recipient.Name, i.ID, i.TenantID, string(i.Kind), string(i.Severity), i.Title, i.Summary, first, second, i.Reference, i.Drill,
			i.DetectedAt.Unix(), i.RespondBy.Unix(), offset)
	}
	for _, n := range mailedCases {
		add(n, 3600)
	}
	for _, hostile := range mailedHostile {
		n := mailed(partner.TopicIncident)
		n.CompanyName, n.Incident.Title, n.Incident.Summary, n.Incident.Actions[0] = hostile.value, hostile.value, hostile.value, hostile.value
		add(n, -17)
	}
	f.Fuzz(func(
		t *testing.T, id, topic, partnerTenant, company string, own bool, rights uint8, audience, name, incidentID, tenant, kind,
		severity, title, summary, first, second, reference string, drill bool, detected, respond int64, offset int,
	) {
		zone := time.FixedZone("", offset%(24*3600))
		requireMessageLaws(t, partner.Notification{
			ID: id, Topic: partner.Topic(topic), PartnerTenantID: partnerTenant, CompanyName: company, OwnTenant: own,
			Rights:    partner.Rights(rights),
			Recipient: partner.Recipient{Audience: partner.Audience(audience), Name: name, Email: name, Phone: name},
			Incident: partner.Incident{
				ID: incidentID, TenantID: tenant, Kind: partner.IncidentKind(kind), Severity: partner.IncidentSeverity(severity),
				Title: title, Summary: summary, Actions: []string{first, second}, Reference: reference, Drill: drill,
				DetectedAt: time.Unix(detected, 0).In(zone), RespondBy: time.Unix(respond, 0).In(zone),
			},
		})
	})
}
