package mail

import (
	"html"
	"net/mail"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// The longest name, in octets, that a subject's neighbour may have.
const maxProvider = 100

// sender is the provider as messages name it.
type sender struct {
	from, replyTo *mail.Address // replyTo is nil where nobody reads replies
	name, phone   string        // "" is none; without a name there is no frame
}

// newProvider checks the options that say who sends.
func newProvider(opts *SenderOptions) (*sender, error) {
	from, err := parseAddress("From", opts.From)
	if err != nil {
		return nil, err
	}
	s := &sender{from: from, phone: oneLine(opts.Provider.Phone), name: oneLine(opts.Provider.Name)}
	switch {
	case len(s.name) > maxProvider:
		return nil, &OptionError{"Provider.Name", "is too long: it stands above every mail, and has at most 100 bytes"}
	case s.name == "" && opts.Provider.Name != "":
		return nil, &OptionError{"Provider.Name", "has nothing that can be seen"}
	}
	if s.phone != "" && len(partner.CheckPhone(partner.NormalizePhone(s.phone, "")).Errors()) > 0 {
		return nil, &OptionError{"Provider.Phone", "is no phone number: write it with its country code, as +14255550100"}
	}
	if opts.Provider.ReplyTo != "" {
		if s.replyTo, err = parseAddress("Provider.ReplyTo", opts.Provider.ReplyTo); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// oneLine returns text without what is invisible, or would end a line.
func oneLine(text string) string { return strings.Join(strings.Fields(printable(text)), " ") }

// parseAddress reads an address of ours: "alerts@contoso.example" or "Contoso
// Alerts <alerts@contoso.example>".
func parseAddress(option, s string) (*mail.Address, error) {
	address, err := mail.ParseAddress(s)
	if err != nil {
		return nil, &OptionError{option, `is no address: write "Contoso Alerts <alerts@contoso.example>"`}
	}
	clean := partner.Recipient{Name: address.Name, Email: address.Address}.Clean()
	if clean.EnvelopeAddress() == "" {
		return nil, &OptionError{option,
			"is not an address that mail can be sent from: use a plain one, in ASCII before the @"}
	}
	return &mail.Address{Name: clean.Name, Address: clean.EnvelopeAddress()}, nil
}

// The frame of a message as HTML. It keeps what package partner keeps: no
// colour of its own but for lines, and nothing that is loaded.
const (
	headStart = `<p style="margin:0 0 20px;padding:0 0 10px;border-bottom:3px solid #8a8a8a;font-weight:bold">`
	footStart = `<div style="margin:32px 0 0;padding:12px 0 0;border-top:1px solid #8a8a8a;font-size:14px">` + "\n"
	footLine  = `<p style="margin:0 0 4px">`
	footEnd   = "</div>\n"
	delimiter = "-- \n" // of a signature, which mail programs leave out of a reply
	lineEnd   = "</p>\n"

	buttonStyle = ` style="display:inline-block;padding:10px 20px;border:2px solid #767676;border-radius:6px;` +
		`font-weight:bold;text-decoration:none;color:inherit"`
	codeStyle = ` style="font-family:Consolas,Menlo,'Liberation Mono',monospace;font-size:22px;letter-spacing:2px"`
)

// footer says who sends, why, and how to reach them.
func (s *sender) footer(say *words.Mail) []string {
	lines := []string{words.Fill(say.From, "provider", s.name)}
	switch {
	case s.replyTo != nil && s.phone != "":
		lines = append(lines, words.Fill(say.AskBoth, "phone", s.phone))
	case s.replyTo != nil:
		lines = append(lines, say.AskReply)
	case s.phone != "":
		lines = append(lines, words.Fill(say.AskPhone, "phone", s.phone))
	}
	return lines
}

// unbroken keeps the phone number of a line in one piece.
func (s *sender) unbroken(line string) string {
	if s.phone == "" {
		return line
	}
	return strings.ReplaceAll(line, s.phone, strings.ReplaceAll(s.phone, " ", "\u00a0"))
}

// frame puts the provider's name above a message and the footer below it, and
// makes a button of the link. What it does not find in the HTML stays as it is.
// The frame speaks the language of the message.
func (s *sender) frame(m partner.Message, a partner.Answer, say *words.Language) (text, page string) {
	if s.name == "" {
		return m.Text, m.HTML
	}
	var foot strings.Builder
	text = m.Text + "\n" + delimiter
	foot.WriteString(footStart)
	for _, line := range s.footer(&say.Mail) {
		text += fill(line)
		foot.WriteString(footLine + html.EscapeString(s.unbroken(line)) + lineEnd)
	}
	foot.WriteString(footEnd)

	page = button(m.HTML, a, say.Mail.Button)
	const lastTag = "</div>\n</body>"
	begin := strings.Index(page, "<body")
	end := strings.LastIndex(page, lastTag)
	if begin < 0 || end < begin {
		return text, page
	}
	open := strings.Index(page[begin:end], "<div ")
	if open < 0 {
		return text, page
	}
	start := begin + open
	close := strings.Index(page[start:end], ">\n")
	if close < 0 {
		return text, page
	}
	start += close + len(">\n")
	head := headStart + html.EscapeString(s.name) + lineEnd
	return text, page[:start] + head + page[start:end] + foot.String() + page[end:]
}

// Shown returns the message of n as a [Sender] mails it for the provider.
// PlainHost is that of its options.
func Shown(n partner.Notification, provider host.Provider, plainHost string) partner.Message {
	s := sender{name: oneLine(provider.Name), phone: oneLine(provider.Phone)}
	if to, err := mail.ParseAddress(provider.ReplyTo); err == nil {
		s.replyTo = to
	}
	m := n.Message()
	m.Text, m.HTML = s.frame(m, n.Answer, words.For(n.Recipient.Language))
	m.Text, m.HTML = inPlainHTTP(m.Text, plainHost), inPlainHTTP(m.HTML, plainHost)
	return m
}

// button makes the link a button, and the code large enough to copy by eye.
func button(page string, a partner.Answer, says string) string {
	a = a.Shown()
	if a.URL == "" {
		return page
	}
	url, code := html.EscapeString(a.URL), html.EscapeString(a.Code)
	page = strings.Replace(page, `<a href="`+url+`"><span dir="auto">`+url+`</span></a>`,
		`<a href="`+url+`"`+buttonStyle+`>`+html.EscapeString(says)+`</a>`, 1)
	if code != "" {
		page = strings.Replace(page, `<span dir="auto">`+code+`</span>`,
			`<span dir="auto"`+codeStyle+`>`+code+`</span>`, 1)
	}
	return page
}

// width of a line of text, in octets, as package partner fills them.
const width = 72

// fill breaks a sentence of ours into lines, and ends it.
func fill(line string) string {
	var b strings.Builder
	used := 0
	for word := range strings.FieldsSeq(line) {
		switch {
		case used == 0:
		case used+1+len(word) > width:
			b.WriteByte('\n')
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += len(word)
	}
	return b.String() + "\n"
}
