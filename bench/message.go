package main

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// messages are the shared work: incidents and drills of every kind, no two
// alike. They go to security contacts, to admin agents if it is Azure fraud,
// and to Global admins of partners without a contact.
var messages = sync.OnceValue(func() []partner.Notification {
	kinds := [...]partner.IncidentKind{partner.Spam, partner.AzureFraud, partner.CredentialCompromise}
	severities := partner.IncidentSeverities()
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
		impact := partnertest.Impact(i)
		if i/12%3 == 2 {
			impact.SecurityContact = partner.SecurityContact{}
		}
		if i%8 == 7 {
			incident.TenantID = impact.PartnerTenantID
		}
		all = append(all, told(incident, impact)...)
	}
	shuffle(all)
	return all
})

// translations are what a host says of an incident in other languages.
var translations = map[string]partner.IncidentText{
	"de": {
		Title:   "Anmeldungen mit gestohlenem Kennwort",
		Summary: "Ein Konto mit delegierten Rechten hat sich binnen zehn Minuten aus zwei Ländern angemeldet.",
		Actions: []string{"Anmeldung des Kontos sperren", "Seine Sitzungen widerrufen", "Prüfen, was es geändert hat"},
	},
	"ja": {
		Title:   "盗まれたパスワードによるサインイン",
		Summary: "委任された権限を持つアカウントが 10 分以内に 2 つの国からサインインしました。",
		Actions: []string{"アカウントのサインインをブロックする", "セッションを取り消す", "変更内容を確認する"},
	},
}

// messagesIn returns the messages in another language. Every second incident is
// translated.
func messagesIn(language string) func() []partner.Notification {
	return func() []partner.Notification {
		all := slices.Clone(messages())
		for i := range all {
			all[i].Recipient.Language = language
			if i%2 == 0 {
				text := translations[language]
				text.Actions = text.Actions[:len(all[i].Incident.Actions)]
				all[i].Incident.Translations = map[string]partner.IncidentText{language: text}
			}
		}
		return all
	}
}

// recipients are the shared work: one incident at a customer's tenant, told to
// many partners. Each has rights of its own.
var recipients = sync.OnceValue(func() []partner.Notification {
	incident := partnertest.Incident(partner.CredentialCompromise)
	var all []partner.Notification
	for _, impact := range impacts() {
		all = append(all, told(incident, impact)...)
	}
	return all
})

// told returns what the people at one partner are told of the incident.
func told(incident partner.Incident, impact partner.Impact) []partner.Notification {
	routing := partner.Routing{FallBackToGlobalAdmins: true}
	return routing.Route(incident, impact).Notifications(incident)
}

// letters are a message, in buffers that the next one overwrites or as strings.
type letters struct {
	subject, text, html []byte
	message             partner.Message
}

func lettersOf(m partner.Message) letters { return letters{message: m} }

func (l letters) String() string {
	if l.message != (partner.Message{}) {
		return messageText(l.message)
	}
	return messageText(l.strings())
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
