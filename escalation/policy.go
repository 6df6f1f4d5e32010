package escalation

import (
	"cmp"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/hidden"
)

// Policy is who is told, in which order, and how long each waits for an answer.
// Store it with the case: see [Case]. Its JSON form gives the same Policy. The
// zero value tells nobody.
type Policy struct {
	Steps []Step `json:"steps"` // in the order in which they are taken
	// Repeat is how often all steps are taken again after the last: 0, the default,
	// takes them once. At most 99; any other counts as the nearest.
	Repeat int `json:"repeat"`
	// AckTimeout is how long an acknowledgement holds, such as 4 h; in JSON, in
	// nanoseconds. 0, the default, or less: until the case ends.
	AckTimeout time.Duration `json:"ackTimeout"`
}

// LogValue tells how many steps there are, the repeats and the timeout.
func (p Policy) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("steps", len(p.Steps)), slog.Int("repeat", p.Repeat),
		slog.Duration("ackTimeout", p.AckTimeout))
}

// Format prints what LogValue tells, whatever the verb.
func (p Policy) Format(s fmt.State, _ rune) { hidden.Format(s, "escalation.Policy", p) }

// Step is who is told at once, and how long they have to answer. The zero value
// tells nobody and takes no time.
type Step struct {
	// Recipients are told together. They are cleaned as [partner.Route]'s are: who
	// has no usable address is left out, and each address of a medium is told once.
	// If nobody is left, the step takes no time.
	Recipients []partner.Recipient `json:"recipients"`
	// Timeout is how long to wait for an answer before the next step, such as 1 h;
	// in JSON, in nanoseconds. It must be above 0. Less than a minute counts as a
	// minute.
	Timeout time.Duration `json:"timeout"`
}

// LogValue tells how many recipients there are, and the timeout.
func (s Step) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("recipients", len(s.Recipients)), slog.Duration("timeout", s.Timeout))
}

// Format prints what LogValue tells, whatever the verb.
func (s Step) Format(state fmt.State, _ rune) { hidden.Format(state, "escalation.Step", s) }

const (
	mostRepeats  = 99
	leastTimeout = time.Minute
)

// timeout returns how long the step waits in truth.
func (s Step) timeout() time.Duration { return max(s.Timeout, leastTimeout) }

// repeat returns how often the steps are taken again in truth.
func (p Policy) repeat() int { return min(max(p.Repeat, 0), mostRepeats) }

// Check returns what is wrong with the policy, in this order:
//
//	path                 code                              what is wrong
//	/steps               partner.CodeEscalationSteps       there are none
//	/steps/0/timeout, …  partner.CodeEscalationTimeout     it is not above 0
//	/repeat              partner.CodeEscalationRepeat      it is not 0 to 99
//
// All are errors, but [Case.At] takes any policy. Check does not look at
// recipients: an address may be missing today.
func (p Policy) Check() partner.Findings {
	var fs partner.Findings
	find := func(found bool, path string, code partner.Code) {
		if found {
			fs = append(fs, partner.Finding{Path: path, Code: code, Severity: code.Severity(), Message: code.Message()})
		}
	}
	find(len(p.Steps) == 0, "/steps", partner.CodeEscalationSteps)
	for i, step := range p.Steps {
		if step.Timeout <= 0 {
			find(true, "/steps/"+strconv.Itoa(i)+"/timeout", partner.CodeEscalationTimeout)
		}
	}
	find(p.Repeat != p.repeat(), "/repeat", partner.CodeEscalationRepeat)
	return fs
}

// defaultAckTimeout is why one click does not silence all.
const defaultAckTimeout = 4 * time.Hour

// DefaultPolicy returns the policy for one partner of an incident. If nobody
// answers, these are told one after the other:
//
//	wait  who                   by            audience
//	1 h   whom routing tells    any medium    as in its Route
//	1 h   the security contact  MediumPhone   ToSecurityContact
//	4 h   the admin agents      MediumMail    ToAdminAgent
//	18 h  the Global admins     MediumMail    ToGlobalAdmin
//
// That is 24 h in all. The waits count from the OpenedAt of the case, not from
// the detection: a case that is opened late may reach the last step after the
// incident's RespondBy. The whole may be shorter:
//
//   - Nobody is told twice by the same medium: the first step counts.
//   - A step without anybody is left out.
//   - The security contact is not called for Azure fraud, whatever the options.
//   - There are no steps if the partner lacks rights: a Route with GapNoRights.
//
// Any other gap of the Route is about routing alone. With GapNoSecurityContact,
// whoever comes next in the table is told first, when the case is opened.
//
// Repeat is 0. AckTimeout is 4 h, so that one click does not silence all. The
// recipients are cleaned, as those of a Route are.
func DefaultPolicy(routing partner.Routing, i partner.Incident, impact partner.Impact) Policy {
	policy := Policy{AckTimeout: defaultAckTimeout}
	route := routing.Route(i, impact)
	if route.Gap == partner.GapNoRights {
		return policy
	}
	contact := impact.SecurityContact
	called := []partner.Recipient{{Name: contact.DisplayName(), Email: contact.Email, Phone: contact.Phone}}
	if i.Kind.Is(partner.AzureFraud) {
		called = nil
	}
	told := map[string]bool{} // in the steps so far
	for _, step := range [...]struct {
		wait time.Duration
		who  []partner.Recipient
	}{
		{1 * time.Hour, route.Recipients},
		{1 * time.Hour, as(partner.ToSecurityContact, partner.MediumPhone, called)},
		{4 * time.Hour, as(partner.ToAdminAgent, partner.MediumMail, impact.AdminAgents)},
		{18 * time.Hour, as(partner.ToGlobalAdmin, partner.MediumMail, impact.GlobalAdmins)},
	} {
		for i, r := range step.who {
			step.who[i].Language = cmp.Or(r.Language, impact.Language)
		}
		if added := others(step.who, told); len(added) > 0 {
			policy.Steps = append(policy.Steps, Step{Recipients: added, Timeout: step.wait})
		}
	}
	return policy
}

// as returns the recipients as those of one audience, by one medium.
func as(audience partner.Audience, medium partner.Medium, from []partner.Recipient) []partner.Recipient {
	list := make([]partner.Recipient, len(from))
	for i, r := range from {
		r.Audience, r.Medium = audience, medium
		list[i] = r
	}
	return list
}

// others returns the usable recipients, as they are cleaned, who are not among
// those told. It adds them to those. Two recipients have one ID exactly if they
// have one address of one medium.
func others(from []partner.Recipient, told map[string]bool) []partner.Recipient {
	var list []partner.Recipient
	for _, n := range (partner.Route{Recipients: from}).Notifications(partner.Incident{}) {
		if !told[n.ID] {
			told[n.ID] = true
			list = append(list, n.Recipient)
		}
	}
	return list
}
