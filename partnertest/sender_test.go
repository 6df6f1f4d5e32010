package partnertest_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// post is a transport in memory. It takes a mail as a server does: an envelope,
// a header as text, and the parts.
type post struct {
	mu        sync.Mutex
	delivered []partnertest.Delivered
	refused   map[string]bool // permanently or not
	failing   map[string]error
	stalled   map[string]bool
}

func newPost() *post {
	return &post{refused: map[string]bool{}, failing: map[string]error{}, stalled: map[string]bool{}}
}

// refusal is the answer of a server.
type refusal struct {
	code int
	text string
}

func (e *refusal) Error() string { return fmt.Sprintf("%d %s", e.code, e.text) }

// letter is what is handed to the post.
type letter struct {
	to     []string
	header string // lines that end with CR LF
	parts  partner.Message
}

func (p *post) take(ctx context.Context, l letter) error {
	for _, to := range l.to {
		if p.stalls(to) {
			<-ctx.Done()
			return ctx.Err()
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	header, err := textproto.NewReader(bufio.NewReader(strings.NewReader(l.header + "\r\n"))).ReadMIMEHeader()
	if err != nil {
		return &refusal{554, "the header is broken"}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, to := range l.to {
		if err := p.failing[to]; err != nil {
			return err
		}
		if permanent, ok := p.refused[to]; ok && permanent {
			return &refusal{550, "<" + to + ">: no such mailbox"}
		} else if ok {
			return &refusal{451, "<" + to + ">: greylisted"}
		}
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(header.Get("Message-ID"), "<"), "@")
	for _, to := range l.to {
		p.delivered = append(p.delivered, partnertest.Delivered{
			ID: id, To: to, Subject: l.parts.Subject, Text: l.parts.Text, HTML: l.parts.HTML, Header: header,
		})
	}
	return nil
}

func (p *post) stalls(to string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stalled[to]
}

func (p *post) harness(n partner.Notifier) partnertest.NotifierHarness {
	locked := func(f func()) {
		p.mu.Lock()
		defer p.mu.Unlock()
		f()
	}
	return partnertest.NotifierHarness{
		Notifier: n,
		Delivered: func() (all []partnertest.Delivered) {
			locked(func() { all = append(all, p.delivered...) })
			return all
		},
		Refuse: func(address string, permanent bool) { locked(func() { p.refused[address] = permanent }) },
		Fail:   func(address string, err error) { locked(func() { p.failing[address] = err }) },
		Stall:  func(address string) { locked(func() { p.stalled[address] = true }) },
	}
}

// errNoMail is what comes of a medium that is not served.
var errNoMail = partner.Permanent(errors.New("this sends mail, and nothing else"))

// sender is a good Notifier over a post. A mutant has another step in the place
// of one of these.
type sender struct {
	*post
	wait    func(ctx context.Context) error
	to      func(n partner.Notification) ([]string, error)
	header  func(n partner.Notification, to string) string
	parts   func(n partner.Notification) partner.Message
	hand    func(ctx context.Context, n partner.Notification, l letter) error
	explain func(n partner.Notification, err error) error
	after   func(n partner.Notification)
}

func newSender() *sender {
	s := &sender{post: newPost()}
	s.wait = context.Context.Err
	s.to = func(n partner.Notification) ([]string, error) {
		if n.Recipient.Medium != partner.MediumMail {
			return nil, errNoMail
		}
		if err := checkAddress(n.Recipient.Email); err != nil {
			return nil, err
		}
		return []string{n.Recipient.Email}, nil
	}
	s.header = func(n partner.Notification, to string) string {
		return "To: " + (&mail.Address{Name: n.Recipient.Name, Address: to}).String() + "\r\n" + commonHeader(n)
	}
	s.parts = partner.Notification.Message
	s.hand = func(ctx context.Context, _ partner.Notification, l letter) error { return s.take(ctx, l) }
	s.explain = explain
	s.after = func(partner.Notification) {}
	return s
}

// commonHeader is the header of n but for its To. An ID that is none of
// partner's is left out.
func commonHeader(n partner.Notification) string {
	header := "Subject: see the parts\r\n"
	if !strings.ContainsFunc(n.ID, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>@", r) }) {
		header += "Message-ID: <" + n.ID + "@partnertest.example>\r\n"
	}
	if n.Thread != "" && !strings.ContainsFunc(n.Thread,
		func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>@", r) }) {
		header += "References: <" + n.Thread + "@partnertest.example>\r\n"
	}
	return header
}

func checkAddress(address string) error {
	a, err := mail.ParseAddress(address)
	if err != nil || a.Address != address {
		return partner.Permanent(errors.New("not one address"))
	}
	return nil
}

// explain names the notification by its ID. The answer of the server holds the
// address, so it stays out of the text.
func explain(n partner.Notification, err error) error {
	answer, ok := errors.AsType[*refusal](err)
	switch {
	case !ok:
		return fmt.Errorf("notification %q: %w", n.ID, err)
	case answer.code >= 500:
		return partner.Permanent(fmt.Errorf("notification %q: refused with %d", n.ID, answer.code))
	default:
		return fmt.Errorf("notification %q: refused with %d", n.ID, answer.code)
	}
}

func (s *sender) Notify(ctx context.Context, n partner.Notification) error {
	if err := s.wait(ctx); err != nil {
		return err
	}
	to, err := s.to(n)
	if err != nil {
		return err
	}
	if err := s.hand(ctx, n, letter{to, s.header(n, to[0]), s.parts(n)}); err != nil {
		return s.explain(n, err)
	}
	s.after(n)
	return nil
}

// onceEach is a Notifier that claims to deliver each ID once, and does.
type onceEach struct {
	partner.Notifier
	mu   sync.Mutex
	turn map[string]chan struct{} // by ID: full while a call with the ID is under way
	done map[string]bool          // by ID
}

func newOnceEach(n partner.Notifier) *onceEach {
	return &onceEach{Notifier: n, turn: map[string]chan struct{}{}, done: map[string]bool{}}
}

func (o *onceEach) DeduplicatesByID() bool { return true }

func (o *onceEach) Notify(ctx context.Context, n partner.Notification) error {
	o.mu.Lock()
	turn := o.turn[n.ID]
	if turn == nil {
		turn = make(chan struct{}, 1)
		o.turn[n.ID] = turn
	}
	o.mu.Unlock()
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if o.isDone(n.ID) {
		return ctx.Err()
	}
	err := o.Notifier.Notify(ctx, n)
	if err == nil {
		o.mu.Lock()
		o.done[n.ID] = true
		o.mu.Unlock()
	}
	return err
}

func (o *onceEach) isDone(id string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.done[id]
}
