package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"github.com/emersion/go-message/mail"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// portalEnv holds the arguments of a whole portal.
const portalEnv = "PORTAL_FAULTS_PORTAL"

// portal starts the command itself, and returns where it is.
func (w *world) portal(args ...string) (address string, err error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	p := &process{cmd: exec.Command(self), done: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), portalEnv+"="+strings.Join(args, " "))
	if w.verbose {
		p.cmd.Stderr = os.Stderr
	}
	if p.input, err = p.cmd.StdinPipe(); err != nil {
		return "", err
	}
	output, err := p.cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := p.cmd.Start(); err != nil {
		return "", err
	}
	w.processes = append(w.processes, p)
	lines := bufio.NewReader(output)
	first, err := lines.ReadString('\n')
	go func() {
		_, _ = io.Copy(io.Discard, lines)
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	_, address, ready := strings.Cut(strings.TrimSuffix(strings.TrimSpace(first), "/"), "ready: ")
	if !ready {
		return "", fmt.Errorf("the portal did not start: %w", errors.Join(err, errors.New(first)))
	}
	return address, nil
}

var (
	linkInMail = regexp.MustCompile(`(?m)^Page: (http://\S+)\r?$`)
	codeInMail = regexp.MustCompile(`(?m)^Code: (\S+)\r?$`)
	formOfPage = regexp.MustCompile(`name="form" value="([^"]+)"`)
)

// textOf decodes the text of a mail, and checks what its header says to other
// mail servers.
func textOf(body string) (string, error) {
	reader, err := mail.CreateReader(strings.NewReader(body))
	if err != nil {
		return "", err
	}
	for name, want := range map[string]string{
		"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
	} {
		if got := reader.Header.Get(name); got != want {
			return "", fmt.Errorf("%s is %q", name, got)
		}
	}
	if reader.Header.Get("List-Id") == "" || reader.Header.Get("Reply-To") == "" {
		return "", errors.New("the mail has no List-Id, or no Reply-To")
	}
	part, err := reader.NextPart() // the text comes first
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(part.Body)
	return string(text), err
}

// A whole portal tells Contoso's security contact through Postfix. A scanner
// opens the link and sends its form. Then the contact answers with the code.
func answeredByCode(ctx context.Context, w *world) result {
	const contact = "soc@contoso.com"
	p, err := w.throughPostfix()
	if err != nil {
		return failed(err)
	}
	_, err = w.portal("--addr=127.0.0.1:0", "--database="+w.url, "--smtp="+p.address,
		"--smtp-from=security@portal.example", "--smtp-hello=portal.contoso.com", "--provider-name=Wide-World",
		"--provider-reply-to=desk@portal.example", "--log-level=warn")
	if err != nil {
		return failed(err)
	}
	w.raised = time.Now()
	err = w.db.CreateIncident(ctx, partner.Incident{
		ID: incident, TenantID: host.ContosoTenantID, Kind: partner.CredentialCompromise, Severity: partner.IncidentHigh,
		Title: "Sign-ins with a stolen password", Actions: []string{"Revoke the sessions"},
		DetectedAt: time.Now().UTC().Truncate(time.Second),
	}, host.Person{Name: "Faults"})
	if err != nil {
		return failed(err)
	}
	if !until(ctx, time.Minute, func() bool { return len(w.mail.to(contact)) > 0 }) {
		return result{forgotten: 1}
	}
	text, err := textOf(w.mail.to(contact)[0].body)
	if err != nil {
		return failed(err)
	}
	link, code := linkInMail.FindStringSubmatch(text), codeInMail.FindStringSubmatch(text)
	if link == nil || code == nil {
		return failed(errors.New("the mail has no link, or no code"))
	}
	for _, step := range []struct {
		name, code, answer string
		status             int
		state              escalation.State
	}{
		{"a scanner", "", "resolved", http.StatusUnprocessableEntity, escalation.StateWaiting},
		{"a wrong code", "0000-0000", "resolved", http.StatusUnprocessableEntity, escalation.StateWaiting},
		{"the code", code[1], "on-it", http.StatusSeeOther, escalation.StateAcknowledged},
		{"the code again", code[1], "resolved", http.StatusSeeOther, escalation.StateResolved},
	} {
		status, err := sendForm(ctx, link[1], step.code, step.answer)
		if err != nil {
			return failed(err)
		}
		c, err := w.db.Case(ctx, host.CaseID(incident, 0, host.ContosoTenantID))
		if err != nil {
			return failed(err)
		}
		if status != step.status || c.State != step.state {
			return failed(fmt.Errorf("%s: the answer is %d, and the case is %s", step.name, status, c.State))
		}
	}
	return result{told: 1, twice: len(w.mail.to(contact)) - 1}
}

// sendForm opens a page, and sends the form on it.
func sendForm(ctx context.Context, link, code, answer string) (status int, err error) {
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, link, http.NoBody)
	if err != nil {
		return 0, err
	}
	page, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	body, err := io.ReadAll(page.Body)
	if err := errors.Join(err, page.Body.Close()); err != nil {
		return 0, err
	}
	number := formOfPage.FindSubmatch(body)
	if number == nil {
		return page.StatusCode, nil
	}
	form := url.Values{"form": {string(number[1])}, "code": {code}, "answer": {answer}, "name": {"Ada"}}
	r, err = http.NewRequestWithContext(ctx, http.MethodPost, link, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	sent, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	return sent.StatusCode, sent.Body.Close()
}
