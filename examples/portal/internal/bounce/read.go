package bounce

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // what is not UTF-8
)

// Kind is what a message that comes back is, and what the portal makes of it.
type Kind string

// The kinds. The comment of the package has the table.
const (
	Failed     Kind = "failed"
	Again      Kind = "again"
	Replaced   Kind = "replaced"
	Unknown    Kind = "unknown"
	Forged     Kind = "forged"
	Delayed    Kind = "delayed"
	Delivered  Kind = "delivered"
	AutoReply  Kind = "auto_reply"
	Receipt    Kind = "receipt"
	Complaint  Kind = "complaint"
	Other      Kind = "other"
	Unreadable Kind = "unreadable"
)

// Kinds are all of them.
func Kinds() []Kind {
	return []Kind{
		Failed, Again, Replaced, Unknown, Forged, Delayed, Delivered, AutoReply, Receipt, Complaint, Other, Unreadable,
	}
}

// Report is what a message says. It holds nothing of its text.
type Report struct {
	Kind   Kind   // Failed, or one of Delayed to Unreadable
	Status string // of what failed, RFC 3463: "5.1.1"; "" if it says none
}

// Of a message no more is looked at than this. Reports begin with what counts,
// and end with the message that they are about.
const (
	maxRead   = 256 << 10
	maxHeader = 64 << 10
	maxParts  = 20
	maxDepth  = 4
	maxText   = 16 << 10
)

// Read reads a message, up to a quarter of a megabyte of it.
func Read(r io.Reader) Report {
	raw, _ := io.ReadAll(io.LimitReader(r, maxRead)) // as much as can be read
	raw = cutFromLine(raw)
	// with an error about a charset or an encoding there still is an Entity
	e, _ := message.ReadWithOptions(bytes.NewReader(raw), &message.ReadOptions{MaxHeaderBytes: maxHeader})
	if e == nil || e.Header.Len() == 0 {
		return Report{Kind: Unreadable}
	}
	p := parts{left: maxParts}
	p.collect(e, maxDepth, "")
	if p.status == "" && isReport(e.Header) {
		p.status = statusPart(raw)
	}
	for _, rule := range rules {
		if report := rule(e.Header, &p); report.Kind != "" {
			return report
		}
	}
	return Report{Kind: Other}
}

// cutFromLine cuts off "From somebody Mon Nov 30 …", with which Postfix begins
// what it hands to a command of an alias.
func cutFromLine(raw []byte) []byte {
	if bytes.HasPrefix(raw, []byte("From ")) {
		_, raw, _ = bytes.Cut(raw, []byte("\n"))
	}
	return raw
}

// isReport reports whether the header says that this is a report on a delivery.
func isReport(h message.Header) bool {
	kind, params, _ := h.ContentType()
	return kind == "multipart/report" && strings.EqualFold(params["report-type"], "delivery-status")
}

// statusPart finds the delivery-status of a report whose parts cannot be told
// apart, as where a mailbox has written lines into their headers.
func statusPart(raw []byte) string {
	at := statusHeader.FindIndex(raw)
	if at == nil {
		return ""
	}
	status, _, _ := bytes.Cut(raw[at[1]:], []byte("\n--"))
	return lines(status)
}

var statusHeader = regexp.MustCompile(`(?i)\ncontent-type:[ \t]*message/(?:global-)?delivery-status`)

// parts are those of a message by which it is told what it is.
type parts struct {
	left   int    // parts to look at
	status string // the delivery-status of a report
	is     Kind   // Receipt or Complaint if one of its reports is that
	text   string // the first text
}

// reportTypes are the parts with which a report says what it reports.
var reportTypes = map[string]Kind{
	"message/delivery-status":                 Failed, // or what it says
	"message/global-delivery-status":          Failed, // RFC 6533
	"message/disposition-notification":        Receipt,
	"message/global-disposition-notification": Receipt,
	"message/feedback-report":                 Complaint,
}

// collect looks at an entity that is a part of one of a kind. It looks into no
// message within the message, for that is what came back, or what somebody
// forwarded.
func (p *parts) collect(e *message.Entity, depth int, within string) {
	kind, _, _ := e.Header.ContentType()
	if inner := e.MultipartReader(); inner != nil {
		for depth > 0 && p.left > 0 {
			p.left--
			part, err := inner.NextPart()
			if part != nil {
				p.collect(part, depth-1, kind)
			} else if err != nil {
				return // the end, or broken
			}
		}
		return
	}
	switch is := reportTypes[kind]; {
	case is == Failed && within == "multipart/report" && p.status == "":
		p.status = read(e.Body)
	case is != "" && is != Failed && p.is == "":
		p.is = is
	case strings.HasPrefix(kind, "text/") && p.text == "":
		p.text = read(e.Body)
	}
}

func read(r io.Reader) string {
	var b bytes.Buffer
	_, _ = b.ReadFrom(io.LimitReader(r, maxText)) // as much as can be read
	return lines(b.Bytes())
}

// lines are as they came, with LF at their ends.
func lines(text []byte) string { return strings.ReplaceAll(string(text), "\r\n", "\n") }

// rules say what a message is, in this order. One that does not apply returns
// the zero Report.
var rules = []func(h message.Header, p *parts) Report{
	func(_ message.Header, p *parts) Report { return readStatus(p.status) },
	func(_ message.Header, p *parts) Report { return Report{Kind: p.is} },
	exim,
	qmail,
	func(h message.Header, p *parts) Report {
		return Report{Kind: when(isReport(h) || p.status != "", Unreadable)}
	},
	func(h message.Header, _ *parts) Report { return Report{Kind: when(isAutomatic(h), AutoReply)} },
}

func when(is bool, kind Kind) Kind {
	if is {
		return kind
	}
	return ""
}

// exim knows Exim's reports, which are no multipart/report unless its
// administrator says so, and those that begin as they do. One that only warns
// has neither the header nor the words.
func exim(h message.Header, p *parts) Report {
	begins := strings.HasPrefix(strings.Join(strings.Fields(p.text), " "), eximBegins)
	return Report{Kind: when(h.Get("X-Failed-Recipients") != "" || begins, Failed), Status: statusIn(p.text)}
}

const eximBegins = "This message was created automatically by mail delivery software. " +
	"A message that you sent could not be delivered to one or more of its recipients. This is a permanent error."

// qmail knows the reports of qmail, QSBMF, which are always about a failure.
func qmail(_ message.Header, p *parts) Report {
	text, _, _ := strings.Cut(strings.TrimSpace(p.text), "\n--- ")
	return Report{Kind: when(strings.HasPrefix(text, "Hi. This is the ") && strings.Contains(text, "\n<"), Failed),
		Status: statusIn(text)}
}

// isAutomatic knows what programs write on behalf of somebody: RFC 3834, and
// what was usual before it.
func isAutomatic(h message.Header) bool {
	said, _, _ := strings.Cut(strings.ToLower(h.Get("Auto-Submitted")), ";")
	switch strings.ToLower(strings.TrimSpace(h.Get("Precedence"))) {
	case "auto_reply", "auto-reply", "junk":
		return true
	}
	said = strings.TrimSpace(said)
	return said != "" && said != "no" || h.Has("X-Autoreply") || h.Has("X-Autorespond") || h.Has("X-Autoresponder")
}

// actions are what a report says of a recipient (RFC 3464 section 2.3.3), from
// what is worst to what is best.
var actions = []struct {
	action string
	kind   Kind
}{
	{"failed", Failed},
	{"expired", Failed}, // no word of the RFC: it was tried for too long
	{"delayed", Delayed},
	{"relayed", Delivered},
	{"expanded", Delivered},
	{"delivered", Delivered},
}

// byClass is the kind if there is no action that is known: by the first digit
// of the status.
var byClass = map[byte]Kind{'5': Failed, '4': Delayed, '2': Delivered}

// readStatus reads a delivery-status. It holds groups of fields with a blank
// line between: the first is about the message, and each other about a
// recipient. Some leave the first out. If the report is about several
// recipients, the worst counts.
func readStatus(text string) (worst Report) {
	rank := len(ranks)
	for group := range strings.SplitSeq(text, "\n\n") {
		f := fields(group)
		report := Report{Status: enhanced(f["status"])}
		if report.Status == "" {
			report.Status = statusIn(f["diagnostic-code"])
		}
		action, _, _ := strings.Cut(strings.ToLower(f["action"])+" ", " ")
		for _, a := range actions {
			if action == a.action {
				report.Kind = a.kind
			}
		}
		if report.Kind == "" && report.Status != "" {
			report.Kind = byClass[report.Status[0]]
		}
		if r, known := ranks[report.Kind]; known && r < rank {
			worst, rank = report, r
		}
	}
	if worst.Kind != Failed {
		worst.Status = ""
	}
	return worst
}

// ranks order the kinds of recipients, the worst first.
var ranks = map[Kind]int{Failed: 0, Delayed: 1, Delivered: 2}

// fields reads a group of fields as a header: names in lower case, the first of
// each name, and lines that go on joined. What is no field is left out.
func fields(group string) map[string]string {
	all := map[string]string{}
	last := ""
	for line := range strings.Lines(group) {
		line = strings.TrimRight(line, " \t\r\n")
		if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			if last != "" {
				all[last] += " " + strings.TrimSpace(line)
			}
			continue
		}
		name, value, found := strings.Cut(line, ":")
		if last = strings.ToLower(strings.TrimSpace(name)); !found || all[last] != "" {
			last = ""
			continue
		}
		all[last] = strings.TrimSpace(value)
	}
	return all
}

var (
	// statusCode is a status by itself: "5.1.1", perhaps with a comment after it.
	statusCode = regexp.MustCompile(`^[245]\.[0-9]{1,3}\.[0-9]{1,3}\b`)
	// codeInText is a status of a failure in a text: "550 5.1.1 …", "(#5.1.1)". No
	// part of an address of a machine is one.
	codeInText = regexp.MustCompile(`(?:^|[\s(#;])([45]\.[0-9]{1,3}\.[0-9]{1,3})(?:[\s);:,]|$)`)
)

func enhanced(status string) string { return statusCode.FindString(status) }

// statusIn finds a status in what a mail server said.
func statusIn(text string) string {
	if m := codeInText.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}
