package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	xhtml "golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/pgserver"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/signin"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const (
	clients   = 4
	firstByte = 100 * time.Millisecond // at the 99th percentile
	warm      = 20                     // requests of each page before the clock runs
)

// pages starts a portal, and measures each address of [readings].
func pages(ctx context.Context, o options, server *pgserver.Server, db *store.DB) error {
	p, err := startPortal(ctx, server.URL())
	if err != nil {
		return err
	}
	defer p.stop()
	places, err := p.places(ctx, o, db)
	if err != nil {
		return err
	}
	fmt.Printf("  %d requests of each address by %d clients. Before it: half and 99 %% of the requests are as fast\n"+
		"  as that, and how busy the cores are with the portal and with PostgreSQL\n", o.requests, clients)
	var errs []error
	n := 0
	for _, pattern := range slices.Sorted(maps.Keys(readings)) {
		for _, reading := range readings[pattern] {
			if !strings.Contains(reading, o.only) {
				continue
			}
			n++
			as, path, _ := strings.Cut(places.Replace(reading), " ")
			path, err := p.lead(ctx, as, path)
			var times []time.Duration
			before := cpu(p.cmd.Process.Pid, server.PID())
			begun := time.Now()
			if err == nil {
				times, err = p.measure(ctx, as, path, o.requests)
			}
			if err != nil {
				errs = append(errs, verdict(false, "%s: %v: %s", reading, err, p.said.line()))
				continue
			}
			p99 := quantile(times, 0.99)
			busy := cpu(p.cmd.Process.Pid, server.PID()).since(before, time.Since(begun))
			errs = append(errs, verdict(p99 <= firstByte, "%8s %8s %4.0f %% %4.0f %%  %s", quantile(times, 0.5), p99,
				busy[0], busy[1], reading))
		}
	}
	fmt.Printf("  %d addresses of %d routes\n", n, len(readings))
	if n == 0 {
		return fmt.Errorf("no address has %q in it", o.only)
	}
	return errors.Join(errs...)
}

// used is the time that the cores worked for the portal and for PostgreSQL.
type used [2]time.Duration

// cpu reads it, where the system is Linux: of the portal's process, and of the
// children of PostgreSQL's.
func cpu(portal, postmaster int) (u used) {
	const tick = 10 * time.Millisecond
	all, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range all {
		text, _ := os.ReadFile(file)
		before, after, _ := strings.Cut(string(text), ") ")
		fields := strings.Fields(after)
		if len(fields) < 14 {
			continue
		}
		pid, _ := strconv.Atoi(strings.Fields(before)[0])
		parent, _ := strconv.Atoi(fields[1])
		user, _ := strconv.Atoi(fields[11])
		system, _ := strconv.Atoi(fields[12])
		switch {
		case pid == portal:
			u[0] += time.Duration(user+system) * tick
		case parent == postmaster && postmaster != 0:
			u[1] += time.Duration(user+system) * tick
		}
	}
	return u
}

// since is the part of all cores that worked, in per cent.
func (u used) since(before used, took time.Duration) (busy [2]float64) {
	for i := range u {
		busy[i] = 100 * float64(u[i]-before[i]) / float64(took) / float64(runtime.GOMAXPROCS(0))
	}
	return busy
}

// places fills the names in braces of [readings]: what is stored, and mail that
// the portal sends for that.
func (p *portal) places(ctx context.Context, o options, db *store.DB) (*strings.Replacer, error) {
	desk, admin := host.Person{}, host.Person{}
	for _, one := range host.DemoPeople() {
		switch {
		case one.Operator:
			desk = one
		case one.Actor.TenantID == host.ContosoTenantID && admin.Name == "":
			admin = one
		}
	}
	for as, persona := range map[string]string{"desk": "operator", "admin": "contoso-global-admin"} {
		if err := p.signIn(ctx, as, persona); err != nil {
			return nil, err
		}
	}
	secret, hash := signin.NewToken()
	token := host.Token{ID: rand.Text(), Name: "Load", Owner: desk, Scopes: host.Scopes()}
	if err := db.AddToken(ctx, token, hash, 24*time.Hour); err != nil {
		return nil, err
	}
	p.bearers = map[string]string{"program": secret, "company": "contoso-global-admin"}

	if _, err := queue.New(db, nil, &queue.Options{InsertOnly: true}); err != nil {
		return nil, err
	}
	some := int(time.Now().UnixNano() % 1000)
	i := incident()
	i.ID, i.TenantID = host.NewIncidentID(time.Now()), store.LargeCustomer(some%o.largeCustomers)
	errs := []error{db.CreateIncident(ctx, i, desk)}
	_, err := db.AskNow(ctx, store.LargePartner(some%max(1, o.largePartners/1700)*1700)) // whose contact is confirmed
	hook := host.Webhook{ID: rand.Text(), TenantID: host.ContosoTenantID, Name: "Tickets", Format: "cloudevents",
		Place: "https://contoso.example", Sealed: "nothing"}
	errs = append(errs, err, db.AddWebhook(ctx, hook),
		db.SwitchWebhook(ctx, hook.TenantID, hook.ID, host.OffByPerson))
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	p.ending = append(p.ending, func() error { return db.DeleteWebhook(ctx, hook.TenantID, hook.ID) })
	revisions, err := db.Revisions(ctx, host.ContosoTenantID, "", 1)
	if err != nil || len(revisions) == 0 {
		return nil, errors.Join(err, errors.New("nobody has changed Contoso's profile"))
	}
	alerts, err := db.Alerts(ctx, store.AlertList{Limit: 1})
	if err != nil || len(alerts) == 0 {
		return nil, errors.Join(err, errors.New("there is no alert"))
	}
	own, err := db.PartnerCases(ctx, host.ContosoTenantID, time.Time{}, time.Now(), 1)
	if err != nil || len(own) == 0 {
		return nil, errors.Join(err, errors.New("no incident concerns Contoso"))
	}
	rules, err := db.AlertRules(ctx)
	if err != nil || len(rules) == 0 {
		return nil, errors.Join(err, errors.New("there is no rule for alerts"))
	}
	names := map[string]string{
		"legal": "/settings/account/profile/legal", "contoso": host.ContosoTenantID, "partner": store.LargePartner(44),
		"customer": store.LargeCustomer(7), "import": store.LargeImport, "revision": revisions[0].ID, "webhook": hook.ID,
		"alert": url.PathEscape(alerts[0].ID), "rule": rules[0].ID, "open": i.ID, "own": own[0].IncidentID,
		"case": host.CaseID(store.LargeIncident(16), 0, store.LargePartner(16)),
	}
	for n, name := range []string{"everybody", "over", "few", "most", "refused", "drill"} {
		names[name] = store.LargeIncident(n)
	}
	names["small"] = store.LargeIncident(17)
	if err := p.mails(ctx, names); err != nil {
		return nil, err
	}
	var pairs []string
	for name, is := range names {
		pairs = append(pairs, "{"+name+"}", is)
	}
	return strings.NewReplacer(pairs...), nil
}

var (
	hrefs   = regexp.MustCompile(`href="(/mailbox/[^"#/]*)"`)
	links   = regexp.MustCompile(`https?://[^/"]*(/(answer|confirm)/[^"<?]*)`)
	statics = regexp.MustCompile(`"(/static/[^"]*\.css[^"]*)"`)
	next    = regexp.MustCompile(`<a[^>]*rel="next"[^>]*>`)
	href    = regexp.MustCompile(`href="([^"]*)"`)
)

// mails waits for the mail that asks for an answer, and for the one that asks a
// contact.
func (p *portal) mails(ctx context.Context, names map[string]string) error {
	for range 600 {
		box, err := p.read(ctx, "desk", "/mailbox")
		if err != nil {
			return err
		}
		if css := statics.FindStringSubmatch(box); css != nil {
			names["static"] = css[1]
		}
		for _, mail := range hrefs.FindAllStringSubmatch(box, -1) {
			text, err := p.read(ctx, "desk", mail[1]+"/html")
			if err != nil {
				return err
			}
			names["mail"] = mail[1]
			for _, link := range links.FindAllStringSubmatch(html.UnescapeString(text), -1) {
				names[link[2]] = link[1]
			}
		}
		if names["answer"] != "" && names["confirm"] != "" && names["static"] != "" {
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(100 * time.Millisecond):
		}
	}
	return fmt.Errorf("after a minute the mailbox has not both mails: an answer at %q, a contact at %q", names["answer"],
		names["confirm"])
}

// read reads the beginning of a page.
func (p *portal) read(ctx context.Context, as, path string) (string, error) {
	resp, err := p.request(ctx, as, http.MethodGet, path, nil)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 4<<20))
	return string(text), err
}

// lead returns the address that is measured for one of [readings].
func (p *portal) lead(ctx context.Context, as, path string) (string, error) {
	if form, to, ok := strings.Cut(path, " → "); ok {
		return p.send(ctx, as, form, to)
	}
	path, after := strings.CutSuffix(path, " +")
	if !after {
		return path, nil
	}
	body, err := p.read(ctx, as, path)
	to := href.FindStringSubmatch(next.FindString(body))
	if err != nil || to == nil { // it is the last page, where few are stored
		return path, err
	}
	to[1], _, _ = strings.Cut(html.UnescapeString(to[1]), "#")
	return to[1], nil
}

// send sends the form of a page as it is, with what is needed, and returns
// where that leads.
func (p *portal) send(ctx context.Context, as, page, to string) (string, error) {
	body, err := p.read(ctx, as, page)
	if err != nil {
		return "", err
	}
	form, err := inputsOf(body, to)
	if err != nil {
		return "", err
	}
	for name, is := range map[string]string{
		"tenant": store.LargeCustomer(9), "title": "Sign-ins with a stolen password", "actions": "Block sign-in",
		"summary":  "The account is blocked.",
		"severity": "high", "kind": string(partner.CredentialCompromise), "address-city": "Bellevue",
		"primaryContact-lastName": "Sample", "securityContact-phoneNumber": "+14255550177",
	} {
		missing := form.Has(name) && (form.Get(name) == "" || strings.Contains(name, "-"))
		if missing || name == "kind" && form.Has("severity") {
			form.Set(name, is)
		}
	}
	resp, err := p.request(ctx, as, http.MethodPost, to, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	if location := resp.Header.Get("Location"); strings.Contains(location, "draft=") {
		return location, nil
	}
	return "", fmt.Errorf("the form does not lead to a draft: status %d", resp.StatusCode)
}

// portal is a process of its own.
type portal struct {
	cmd     *exec.Cmd
	url     string
	cookies map[string]*http.Cookie // of pages, by who asks
	bearers map[string]string       // of the API
	client  http.Client
	calls   atomic.Int64
	ending  []func() error
	said    beginning
}

func startPortal(ctx context.Context, database string) (*portal, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &portal{cmd: exec.CommandContext(ctx, self), cookies: map[string]*http.Cookie{}, client: http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: clients},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	// Limits are by client address, and each request has another one.
	p.cmd.Env = append(os.Environ(), portalEnv+"=--addr 127.0.0.1:0 --log-level error --trusted-proxies 127.0.0.1/32 "+
		"--database "+database)
	said := &p.said
	p.cmd.Stderr = said // whoever breaks off an export fills the log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(err, p.cmd.Wait(), errors.New(string(said.text)))
	}
	_, p.url, _ = strings.Cut(strings.TrimSuffix(strings.TrimSpace(line), "/"), "ready: ")
	return p, nil
}

// beginning keeps the first of what is written.
type beginning struct{ text []byte }

func (b *beginning) Write(p []byte) (int, error) {
	b.text = append(b.text, p[:min(len(p), 8192-len(b.text))]...)
	return len(p), nil
}

// line is the last of what was kept.
func (b *beginning) line() string {
	lines := strings.Split(strings.TrimSpace(string(b.text)), "\n")
	return lines[len(lines)-1]
}

func (p *portal) stop() {
	for _, end := range p.ending {
		_ = end() // what is left is the next run's
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

func (p *portal) request(ctx context.Context, as, method, path string, body io.Reader) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, p.url+path, body)
	if err != nil {
		return nil, err
	}
	n := p.calls.Add(1)
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255))
	r.Header.Set("Origin", p.url)
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if c := p.cookies[as]; c != nil {
		r.AddCookie(c)
	}
	if bearer := p.bearers[as]; bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	return p.client.Do(r)
}

func (p *portal) signIn(ctx context.Context, as, persona string) error {
	resp, err := p.request(ctx, "nobody", http.MethodPost, "/sign-in/demo", strings.NewReader("persona="+persona))
	if err != nil {
		return err
	}
	_ = resp.Body.Close()
	for _, c := range resp.Cookies() {
		p.cookies[as] = c
	}
	if p.cookies[as] == nil {
		return fmt.Errorf("%s cannot sign in: %s", persona, resp.Status)
	}
	return nil
}

// errAway says that too many exports run at a time.
var errAway = errors.New("status 503")

// mostAway is how often the clients of one page are told to come again before
// that counts as a failure.
const mostAway = 100_000

// measure returns how long the first byte took, sorted.
func (p *portal) measure(ctx context.Context, as, path string, requests int) ([]time.Duration, error) {
	var away atomic.Int64 // requests that were told to come again: so many exports run at a time
	one := func() (took time.Duration, err error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel() // an export need not come to its end
		begun := time.Now()
		resp, err := p.request(ctx, as, http.MethodGet, path, nil)
		if err != nil {
			return 0, err
		}
		_, _ = io.CopyN(io.Discard, resp.Body, 1) // a page that leads on has none
		took = time.Since(begun)
		_, _ = io.CopyN(io.Discard, resp.Body, 4<<10) // and leaves: an export has begun by then
		_ = resp.Body.Close()
		switch resp.StatusCode {
		case http.StatusOK, http.StatusSeeOther:
			return took, nil
		case http.StatusServiceUnavailable:
			return 0, errAway
		default:
			return 0, fmt.Errorf("status %d", resp.StatusCode)
		}
	}
	var times []time.Duration
	var errs []error
	for _, n := range []int{min(warm, requests), requests} {
		times = nil
		var mu sync.Mutex
		var all sync.WaitGroup
		left := atomic.Int64{}
		left.Store(int64(n))
		for range clients {
			all.Go(func() {
				for left.Add(-1) >= 0 {
					took, err := one()
					for errors.Is(err, errAway) && away.Add(1) < mostAway {
						time.Sleep(10 * time.Millisecond)
						took, err = one()
					}
					mu.Lock()
					times = append(times, took)
					if err != nil {
						errs = append(errs, err)
					}
					mu.Unlock()
				}
			})
		}
		all.Wait()
		if len(errs) > 0 {
			return nil, errs[0]
		}
	}
	slices.Sort(times)
	return times, nil
}

// inputsOf are the inputs, with what is in them, of the form that is sent to an
// address.
func inputsOf(page, to string) (url.Values, error) {
	document, err := xhtml.Parse(strings.NewReader(page))
	if err != nil {
		return nil, err
	}
	attr := func(n *xhtml.Node, name string) (string, bool) {
		for _, a := range n.Attr {
			if a.Key == name {
				return a.Val, true
			}
		}
		return "", false
	}
	for form := range document.Descendants() {
		if form.Data != "form" {
			continue
		}
		values, sent := url.Values{}, false
		for n := range form.Descendants() {
			name, _ := attr(n, "name")
			value, _ := attr(n, "value")
			is, _ := attr(n, "type")
			_, checked := attr(n, "checked")
			action, _ := attr(n, "formaction")
			sent = sent || action == to
			switch {
			case name == "":
			case n.Data == "input" && (is != "checkbox" && is != "radio" || checked):
				values.Set(name, value)
			case n.Data == "textarea":
				if n.FirstChild != nil {
					value = n.FirstChild.Data
				}
				values.Set(name, value)
			case n.Data == "select":
				values.Set(name, "")
				for o := range n.Descendants() {
					if _, selected := attr(o, "selected"); o.Data == "option" && selected {
						value, _ := attr(o, "value")
						values.Set(name, value)
					}
				}
			}
		}
		if action, _ := attr(form, "action"); action == to || sent {
			return values, nil
		}
	}
	return nil, fmt.Errorf("the page has no form that is sent to %s", to)
}
