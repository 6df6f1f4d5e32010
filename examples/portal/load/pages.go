package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/pgserver"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const (
	clients    = 4
	firstByte  = 100 * time.Millisecond // at the 99th percentile
	warm       = 20                     // requests of each page before the clock runs
	depth      = 4                      // clicks from the start page
	mostPages  = 150
	searchFor  = "reseller 0000"
	searchNone = "nobody has such a name"
)

// pages starts a portal, finds its pages by following links, and measures each.
func pages(ctx context.Context, o options, server *pgserver.Server, _ *store.DB) error {
	p, err := startPortal(ctx, server.URL())
	if err != nil {
		return err
	}
	defer p.stop()
	var errs []error
	for _, persona := range []string{"operator", "contoso-global-admin"} {
		if err := p.signIn(ctx, persona); err != nil {
			return err
		}
		found, err := p.crawl(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("  %s: %d pages, %d requests each by %d clients\n", persona, len(found), o.requests, clients)
		for _, path := range found {
			times, err := p.measure(ctx, path, o.requests)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", path, err))
				continue
			}
			p99 := quantile(times, 0.99)
			errs = append(errs, verdict(p99 <= firstByte, "%8s %8s  %s", quantile(times, 0.5), p99, path))
		}
	}
	return errors.Join(errs...)
}

// portal is a process of its own.
type portal struct {
	cmd    *exec.Cmd
	url    string
	cookie *http.Cookie
	client http.Client
	calls  atomic.Int64
}

func startPortal(ctx context.Context, database string) (*portal, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &portal{cmd: exec.CommandContext(ctx, self), client: http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: clients},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	// Limits are by client address, and each request has another one.
	p.cmd.Env = append(os.Environ(), portalEnv+"=--addr 127.0.0.1:0 --log-level error --trusted-proxies 127.0.0.1/32 "+
		"--database "+database)
	said := &beginning{}
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
	b.text = append(b.text, p[:min(len(p), 2048-len(b.text))]...)
	return len(p), nil
}

func (p *portal) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

func (p *portal) request(ctx context.Context, method, path string, body io.Reader) (*http.Response, error) {
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
	if p.cookie != nil {
		r.AddCookie(p.cookie)
	}
	return p.client.Do(r)
}

func (p *portal) signIn(ctx context.Context, persona string) error {
	p.cookie = nil
	resp, err := p.request(ctx, http.MethodPost, "/sign-in/demo", strings.NewReader("persona="+persona))
	if err != nil {
		return err
	}
	_ = resp.Body.Close()
	for _, c := range resp.Cookies() {
		p.cookie = c
	}
	if p.cookie == nil {
		return fmt.Errorf("%s cannot sign in: %s", persona, resp.Status)
	}
	return nil
}

var (
	hrefs    = regexp.MustCompile(`href="(/[^"#]*)`)
	getForms = regexp.MustCompile(`(?s)<form([^>]*)>(.*?)</form>`)
	action   = regexp.MustCompile(`action="([^"]*)"`)
	search   = regexp.MustCompile(`<input[^>]*type="search"[^>]*>`)
	named    = regexp.MustCompile(`name="([^"]*)"`)
	idOf     = regexp.MustCompile(`/[^/?]*[0-9][^/?]*`)
	valueOf  = regexp.MustCompile(`=[^&]*`)
)

// crawl returns one address of each kind, and searches of each list.
func (p *portal) crawl(ctx context.Context) ([]string, error) {
	seen, found := map[string]bool{}, []string(nil)
	next := []string{"/"}
	for range depth {
		var links []string
		for _, path := range next {
			if len(found) >= mostPages {
				break
			}
			kind := valueOf.ReplaceAllString(idOf.ReplaceAllString(path, "/{id}"), "=")
			if seen[kind] || strings.HasPrefix(path, "/static/") || strings.Contains(path, "sign-out") ||
				strings.HasSuffix(path, "/events") || strings.HasPrefix(path, "//") {
				continue
			}
			seen[kind] = true
			resp, err := p.request(ctx, http.MethodGet, path, nil)
			if err != nil {
				return nil, err
			}
			body, err := io.ReadAll(io.LimitReader(resp.Body, 4<<20))
			_ = resp.Body.Close()
			if err != nil {
				return nil, err
			}
			if location := resp.Header.Get("Location"); strings.HasPrefix(location, "/") {
				links = append(links, location)
			}
			if resp.StatusCode != http.StatusOK {
				continue
			}
			found = append(found, path)
			for _, link := range hrefs.FindAllSubmatch(body, -1) {
				links = append(links, html.UnescapeString(string(link[1])))
			}
			links = append(links, searches(path, string(body))...)
		}
		next = links
	}
	slices.Sort(found)
	return found, nil
}

// searches are those that the lists of a page offer: for what there is, for
// what there is not, and for one letter.
func searches(path, body string) (links []string) {
	for _, form := range getForms.FindAllStringSubmatch(body, -1) {
		input := search.FindString(form[2])
		if input == "" || strings.Contains(strings.ToLower(form[1]), `method="post"`) {
			continue
		}
		name := named.FindStringSubmatch(input)
		if name == nil {
			continue
		}
		to, _, _ := strings.Cut(path, "?")
		if a := action.FindStringSubmatch(form[1]); a != nil {
			to = html.UnescapeString(a[1])
		}
		for i, text := range []string{searchFor, searchNone, "r"} {
			// Each is a kind of its own.
			links = append(links, to+"?"+url.Values{name[1]: {text}}.Encode()+strings.Repeat("&again=", i))
		}
	}
	return links
}

// errAway says that too many exports run at a time.
var errAway = errors.New("status 503")

// mostAway is how often the clients of one page are told to come again before
// that counts as a failure.
const mostAway = 100_000

// measure returns how long the first byte took, sorted.
func (p *portal) measure(ctx context.Context, path string, requests int) ([]time.Duration, error) {
	var away atomic.Int64 // requests that were told to come again: so many exports run at a time
	one := func() (took time.Duration, err error) {
		var begun, first time.Time
		trace := &httptrace.ClientTrace{GotFirstResponseByte: func() { first = time.Now() }}
		ctx, cancel := context.WithCancel(httptrace.WithClientTrace(ctx, trace))
		defer cancel() // an export need not come to its end
		begun = time.Now()
		resp, err := p.request(ctx, http.MethodGet, path, nil)
		if err != nil {
			return 0, err
		}
		_, _ = io.CopyN(io.Discard, resp.Body, 256<<10)
		_ = resp.Body.Close()
		switch resp.StatusCode {
		case http.StatusOK:
			return first.Sub(begun), nil
		case http.StatusServiceUnavailable:
			return 0, errAway
		default:
			return 0, fmt.Errorf("status %d", resp.StatusCode)
		}
	}
	var times []time.Duration
	var errs []error
	for _, n := range []int{warm, requests} {
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
