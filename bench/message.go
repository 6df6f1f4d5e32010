package main

import (
	"fmt"
	"sync"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// messages are the shared work: incidents and drills of every kind, one unlike the other, to all audiences.
var messages = sync.OnceValue(func() []partner.Notification {
	kinds := [...]partner.IncidentKind{partner.Spam, partner.AzureFraud, partner.CredentialCompromise}
	severities := [...]partner.IncidentSeverity{
		partner.IncidentInformational, partner.IncidentLow, partner.IncidentMedium, partner.IncidentHigh,
	}
	audiences := [...]partner.Audience{partner.ToSecurityContact, partner.ToAdminAgent, partner.ToGlobalAdmin}
	var all []partner.Notification
	for i := range 96 {
		incident := partnertest.Incident(kinds[i%len(kinds)])
		incident.ID = fmt.Sprintf("INC-2026-%04d", i)
		incident.Severity = severities[i/3%len(severities)]
		incident.DetectedAt = incident.DetectedAt.Add(time.Duration(i) * time.Hour)
		incident.RespondBy = incident.DetectedAt.Add(6 * time.Hour)
		incident.Drill = i%8 == 5
		switch i % 16 {
		case 1:
			incident.RespondBy = time.Time{}
		case 2:
			incident.Summary = ""
		case 3:
			incident.Reference = ""
		case 4:
			incident.Title = "Größere Störung: <alle> Postfächer & Konten, \"sofort\""
		}
		n := notify(i, incident, audiences[i/12%len(audiences)])
		if i%8 == 7 {
			n.OwnTenant, n.Rights, n.Incident.TenantID = true, 0, n.PartnerTenantID
		}
		all = append(all, n)
	}
	shuffle(all)
	return all
})

// recipients are the shared work: one incident at a customer's tenant, told to as many partners, each with rights of its own.
var recipients = sync.OnceValue(func() []partner.Notification {
	incident := partnertest.Incident(partner.CredentialCompromise)
	all := make([]partner.Notification, 4096)
	for i := range all {
		all[i] = notify(i, incident, partner.ToSecurityContact)
	}
	return all
})

// notify returns what the ith partner is told of the incident.
func notify(i int, incident partner.Incident, audience partner.Audience) partner.Notification {
	impact := partnertest.Impact(i)
	n := partner.Notification{
		ID: fmt.Sprintf("%040x", i), Topic: partner.TopicIncident, PartnerTenantID: impact.PartnerTenantID, CompanyName: impact.CompanyName,
		Rights: impact.Rights, Incident: incident,
		Recipient: partner.Recipient{Audience: audience, Name: impact.SecurityContact.DisplayName(), Email: impact.SecurityContact.Email},
	}
	if incident.Drill {
		n.Topic = partner.TopicDrill
	}
	return n
}

// letters are one message after the other in buffers that the next message overwrites.
type letters struct{ subject, text, html []byte }

func (l letters) String() string {
	return string(l.subject) + "\n" + string(l.text) + "\n" + string(l.html)
}

// strings returns the message as a host's mail library takes it.
func (l letters) strings() partner.Message {
	return partner.Message{Subject: string(l.subject), Text: string(l.text), HTML: string(l.html)}
}

func messageText(m partner.Message) string { return m.Subject + "\n" + m.Text + "\n" + m.HTML }

// openRenderer renders into buffers, as a transport does that writes to many.
func openRenderer() (func(partner.Notification) letters, error) {
	var r partner.Renderer
	var l letters
	return func(n partner.Notification) letters {
		l.subject = r.AppendSubject(l.subject[:0], n)
		l.text = r.AppendText(l.text[:0], n)
		l.html = r.AppendHTML(l.html[:0], n)
		return l
	}, nil
}

// openRendererMessage renders strings, as a host's mail library takes them.
func openRendererMessage() (func(partner.Notification) partner.Message, error) {
	var r partner.Renderer
	return r.Message, nil
}

func openTemplateMessage() (func(partner.Notification) partner.Message, error) {
	t, err := parseTemplates()
	if err != nil {
		return nil, err
	}
	return func(n partner.Notification) partner.Message { return t.render(&n).strings() }, nil
}

func openTemplateLetters() (func(partner.Notification) letters, error) {
	t, err := parseTemplates()
	if err != nil {
		return nil, err
	}
	return func(n partner.Notification) letters { return t.render(&n) }, nil
}
