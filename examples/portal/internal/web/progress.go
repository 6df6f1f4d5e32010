package web

import (
	"context"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// outcome is what became of an incident's messages so far. Only what is sent is
// progress. A partner without rights need not be told, and is no part of it. A
// state that this page does not know is open, so that it is never taken for an
// end.
type outcome struct {
	sent, failed, bounced, unknown, withdrawn, calls, open int

	nobody int // partners with nobody to tell
	gaps   int // partners where routing found too few people; others may have been told there
}

func outcomeOf(p host.Progress) outcome {
	counts := p.Messages
	o := outcome{
		sent: counts[host.DeliverySent], failed: counts[host.DeliveryFailed], unknown: counts[host.DeliveryUnknown],
		withdrawn: counts[host.DeliveryWithdrawn], nobody: p.Partners[host.PartNobody],
		bounced: counts[host.DeliveryBounced], calls: counts[host.DeliveryCall],
		gaps: max(p.Partners[host.PartNobody], counts[host.DeliveryNobody]-p.Partners[host.PartNoRights]),
	}
	ended := o.sent + o.failed + o.bounced + o.unknown + o.withdrawn + counts[host.DeliveryNobody]
	o.open = counts.Total() - ended - o.calls
	return o
}

// deliveries is the number of those that have a recipient, and were not
// withdrawn. A call that is to be made is a person's, and no part of it.
func (o outcome) deliveries() int { return o.sent + o.failed + o.bounced + o.unknown + o.open }

// trouble is what is no progress, for the end of a sentence that says how many
// are sent: ", 500 not delivered".
func (o outcome) trouble() string {
	var b strings.Builder
	if n := o.failed + o.bounced; n > 0 {
		b.WriteString(", " + number(n) + " not delivered")
	}
	if o.calls > 0 {
		b.WriteString(", " + count(o.calls, "person", "people") + " to be called")
	}
	if o.unknown > 0 {
		b.WriteString(", " + number(o.unknown) + " without an answer of the mail server")
	}
	if o.nobody > 0 {
		b.WriteString(", " + count(o.nobody, "partner", "partners") + " with nobody to tell")
	}
	return b.String()
}

// settled reports whether no more deliveries are to come.
func settled(status host.IncidentStatus) bool {
	return status == host.IncidentRouted || status == host.IncidentCancelled
}

// statusOf is the word for an incident with these numbers. What has come to its
// end is, by the first of these that holds:
//
//	sent  failed  no answer  a gap           word                         tone
//	0     any     0          any             Nobody was told              bad
//	0     any     some       any             Perhaps nobody was told      bad
//	some  some    any        any             Some not delivered           warn
//	some  0       some       any             Sent, not all known          warn
//	some  0       0          any, and calls  Calls to make                warn
//	some  0       0          some            Sent, not all told           warn
//	some  0       0          0               All told                     good
//
// What came back counts as failed. All else says what is being done. It turns
// to warn where a delivery failed for good, and to bad where nothing else
// became of any.
func statusOf(status host.IncidentStatus, p host.Progress) wording {
	o := outcomeOf(p)
	o.failed += o.bounced
	if status == host.IncidentRouted && o.open == 0 {
		switch {
		case o.sent == 0 && o.unknown > 0:
			return wording{"Perhaps nobody was told", "the mail server did not say whether it takes the messages", "bad"}
		case o.sent == 0:
			return wording{"Nobody was told", "no delivery was sent", "bad"}
		case o.failed > 0:
			return wording{"Some not delivered", "nothing more is sent, and some messages were not delivered", "warn"}
		case o.unknown > 0:
			return wording{"Sent, not all known", "for some messages the mail server did not answer", "warn"}
		case o.calls > 0:
			return wording{"Calls to make", "every mail is sent, and somebody here is to call people", "warn"}
		case o.gaps > 0:
			return wording{"Sent, not all told",
				"everything is sent, and at some partners there is nobody, or not everybody, who could be told", "warn"}
		default:
			return wording{"All told", "every partner's people are told", "good"}
		}
	}
	w := incidentStatuses[status]
	if status == host.IncidentRouted && o.open == p.Messages[host.DeliveryRetrying] {
		w = deliveryStates[host.DeliveryRetrying]
	}
	if o.failed > 0 && w.Tone != "bad" {
		w.Word, w.Tone = w.Word+", some not delivered", "warn"
		if o.sent == 0 {
			w.Tone = "bad"
		}
	}
	return w
}

// became is the word for one delivery. What became of a call is said so. Where
// there is nobody to tell, the gap says how bad that is.
func became(d host.Delivery) wording {
	w := deliveryStates[d.State]
	called, ended := callStates[d.State]
	switch {
	case ended && d.Recipient.Medium == partner.MediumPhone:
		return called
	case d.State == host.DeliveryNobody && d.Gap == partner.GapNoRights:
		return partWords[host.PartNoRights]
	case d.State == host.DeliveryNobody:
		w.Tone = gapWording(d.Gap).Tone
	}
	return w
}

// progressView is how far an incident has come. The script gets it as JSON.
type progressView struct {
	Status     string            `json:"status"`
	Tone       string            `json:"tone"`
	Text       string            `json:"text"` // one sentence
	Counts     map[string]string `json:"counts"`
	Sent       int               `json:"sent"`
	Failed     int               `json:"failed"`
	Deliveries int               `json:"deliveries"` // to a recipient
	Partners   string            `json:"partners"`   // how many were read
	Done       bool              `json:"done"`

	Parts []partCount `json:"parts"` // of all partners, in the order of host.Parts

	Version   int          `json:"-"` // of the incident
	Total     int          `json:"-"` // with the partners that have nobody to tell
	States    []stateCount `json:"-"`
	CountedAt time.Time    `json:"-"` // of Parts; zero: as of now
}

// part is how many partners are in a part.
func (p progressView) part(of host.Part) int {
	for _, c := range p.Parts {
		if c.Part == of {
			return c.N
		}
	}
	return 0
}

// partCount is how many partners are in one part. The text is for people.
type partCount struct {
	Part host.Part `json:"part"`
	N    int       `json:"n"`
	Text string    `json:"text"`
}

type stateCount struct {
	State host.DeliveryState
	N     int
}

func (w *Web) progress(ctx context.Context, id string) (host.StoredIncident, progressView, error) {
	incident, err := w.opts.Store.Incident(ctx, id)
	if err != nil {
		return incident, progressView{}, err
	}
	progress, err := w.opts.Store.Progress(ctx, []string{id})
	if err != nil {
		return incident, progressView{}, err
	}
	return incident, newProgress(incident, progress[id]), nil
}

func newProgress(incident host.StoredIncident, of host.Progress) progressView {
	status, o := statusOf(incident.Status, of), outcomeOf(of)
	p := progressView{
		Status: status.Word, Tone: status.Tone, Counts: map[string]string{}, Total: of.Messages.Total(),
		Version: incident.Incident.Version, CountedAt: of.CountedAt,
		Sent: o.sent, Failed: o.failed, Deliveries: o.deliveries(),
		Partners: count(incident.Partners, "partner", "partners") + " found",
		Done:     settled(incident.Status) && o.open == 0,
	}
	for _, part := range host.Parts() {
		p.Parts = append(p.Parts, partCount{part, of.Partners[part], number(of.Partners[part])})
	}
	for _, state := range host.DeliveryStates() {
		p.Counts[string(state)] = number(of.Messages[state])
		p.States = append(p.States, stateCount{state, of.Messages[state]})
	}
	switch {
	case settled(incident.Status):
	case incident.Partners == 0:
		p.Partners = "No partner is found yet"
	default:
		p.Partners += " so far"
	}
	switch sent := count(o.sent, "message", "messages") + " sent"; {
	case p.Done && incident.Status == host.IncidentCancelled:
		p.Text = "Stopped before all partners were found: " + sent + o.trouble() + "."
	case p.Done && p.Total == 0:
		p.Text = "No partner is concerned."
	case p.Done && o.deliveries() == 0 && o.gaps == 0:
		p.Text = "Sending is over. No partner holds rights over the tenant, so none need be told."
	case p.Done && o.deliveries() == 0:
		p.Text = "Sending is over. No partner has anybody to tell: the deliveries say why."
	case p.Done:
		p.Text = "Sending is over: " + sent + o.trouble() + "."
	case o.deliveries() == 0:
		p.Text = "The partners that it concerns are being found. Nobody is told yet."
	default:
		p.Text = number(o.sent) + " of " + count(o.deliveries(), "message", "messages") + " sent so far" + o.trouble() + "."
		if !settled(incident.Status) {
			p.Text += " Whom else to tell is being found out."
		}
	}
	return p
}
