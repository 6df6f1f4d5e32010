package alert

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// GraphURL is the default of [ClientOptions]. Microsoft Graph has the partner
// security API in its beta alone.
const GraphURL = "https://graph.microsoft.com/beta"

// ClientOptions says where a Client finds the API. The zero value, and a nil
// pointer, take every default.
type ClientOptions struct {
	BaseURL string // http or https, without a user name; default: GraphURL
}

// Client lists and resolves alerts over Microsoft Graph. It may be used from
// several goroutines at once. The zero value is not ready: see [NewClient].
//
// Microsoft Graph is asked again if it is busy, so a call may take long:
//
//	the answer                      what is done
//	429 or 503, with Retry-After    waits so long, 5 minutes at most
//	429 or 503, without it          waits 1, 2, 4, 8 and 16 seconds
//	the sixth 429 or 503 in a row   a StatusError
//	anything else                   is not asked again
//
// So the waits for one page may add up to 25 minutes. A wait ends as soon as
// the context is done. The requests come on top: see [NewClient].
type Client struct {
	http *http.Client
	base *url.URL // nil if it cannot be used
}

// NewClient returns a Client that sends its requests with hc. The transport of
// hc adds the token, with the permission PartnerSecurity.Read.All, or
// PartnerSecurity.ReadWrite.All to resolve.
//
// Your transport adds the token to every request, so the Client sends requests
// only to BaseURL. It follows no redirect, whatever hc would do, and no link to
// another scheme, host or port.
//
// Give hc a Timeout, for one request, or each call a context with a deadline.
// NewClient panics if hc is nil.
func NewClient(hc *http.Client, opts *ClientOptions) *Client {
	if hc == nil {
		panic("alert: NewClient needs an HTTP client, which adds the token")
	}
	own := *hc
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	base := GraphURL
	if opts != nil && opts.BaseURL != "" {
		base = opts.BaseURL
	}
	return &Client{http: &own, base: parseBase(base)}
}

func parseBase(base string) *url.URL {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return nil
	}
	u.RawQuery, u.Fragment, u.RawFragment = "", "", ""
	return u
}

// StatusError tells of an answer that is no success, such as a redirect, or 401
// where the token has expired.
type StatusError struct {
	StatusCode int // of HTTP: 401
}

// Error names the status.
func (e *StatusError) Error() string {
	return strings.TrimSpace("alert: the API answered " + strconv.Itoa(e.StatusCode) + " " + http.StatusText(e.StatusCode))
}

// requestError tells of a request without an answer. The text of its cause may
// hold a URL, or what a token service said: errors.Is and errors.As see it, and
// nobody prints it by chance.
type requestError struct{ cause error }

func (e *requestError) Error() string {
	for _, known := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(e.cause, known) {
			return "alert: no answer from the API: " + known.Error()
		}
	}
	return "alert: no answer from the API"
}

func (e *requestError) Unwrap() error { return e.cause }

// Format prints what Error tells, whatever the verb.
func (e *requestError) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, e.Error()) } // fmt.State never fails

var (
	errBaseURL  = errors.New("alert: the BaseURL is no absolute URL with http or https")
	errTooLarge = errors.New("alert: the answer of the API is over 32 MB")
	errLink     = errors.New("alert: the link to the next page leads elsewhere than to the API")
	errLoop     = errors.New("alert: the link to the next page leads to a page that was read before")
	errID       = errors.New("alert: no ID of an alert")
	errReason   = errors.New("alert: an alert is resolved as legitimate, ignore or fraud")
)

// Alerts returns the alerts that were detected at since or later, to the
// second; a zero since asks for all. Ask for 60 days to learn what was resolved
// of the last 30. Pages are read as the loop goes on, and each loop reads them
// anew.
//
// An element that cannot be read hides no other: after the alerts of its page
// comes one error that joins the [*ElementError]s, with a zero Alert, and then
// the next page. Any other error is the last:
//
//   - a [*StatusError], of 429 and 503 after five more tries: see [Client];
//   - no answer, of which errors.Is and errors.As see the cause, which is that
//     of ctx once it is done;
//   - a [*DocumentError], after the alerts that could be read; those behind it
//     and the next pages are lost;
//   - an answer over 32 MB;
//   - a link to a next page that leads elsewhere than to BaseURL's scheme, host
//     and port, or to a page that was read before.
func (c *Client) Alerts(ctx context.Context, since time.Time) iter.Seq2[Alert, error] {
	return func(yield func(Alert, error) bool) {
		if c.base == nil {
			yield(Alert{}, errBaseURL)
			return
		}
		next := c.alerts("")
		if !since.IsZero() {
			// OData keeps "$" and wants %20 for a space, where url.Values writes "+".
			filter := "detectedDateTime ge " + since.UTC().Format(time.RFC3339)
			next.RawQuery = "$filter=" + strings.ReplaceAll(url.QueryEscape(filter), "+", "%20")
		}
		read := map[string]bool{}
		for next != nil {
			read[next.String()] = true
			d, err := c.page(ctx, next)
			for _, a := range d.page.Alerts {
				if !yield(a, nil) {
					return
				}
			}
			if err != nil {
				yield(Alert{}, err)
				return
			}
			if len(d.unreadable) > 0 && !yield(Alert{}, errors.Join(d.unreadable...)) {
				return
			}
			if next, err = c.follow(next, d.page.Next, read); err != nil {
				yield(Alert{}, err)
				return
			}
		}
	}
}

// page reads one page. The error is one that ends the sequence.
func (c *Client) page(ctx context.Context, u *url.URL) (decoded, error) {
	data, err := c.send(ctx, http.MethodGet, u, nil)
	if err != nil {
		return decoded{}, err
	}
	d := graph.decode(data)
	if d.document != nil {
		_, err = d.result()
	}
	return d, err
}

// follow returns the URL of the next page, or nil after the last.
func (c *Client) follow(page *url.URL, link string, read map[string]bool) (*url.URL, error) {
	if link == "" {
		return nil, nil
	}
	next, err := page.Parse(link)
	if err != nil || next.User != nil || origin(next) != origin(c.base) {
		return nil, errLink
	}
	next.Fragment, next.RawFragment = "", ""
	if read[next.String()] {
		return nil, errLoop
	}
	return next, nil
}

// origin is where a request goes.
func origin(u *url.URL) [3]string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return [3]string{u.Scheme, lower(u.Hostname()), port}
}

// Resolve tells Microsoft that an alert is dealt with, and what it was. The ID
// is that of an [Alert], of either API. Two UUIDs are sent with "-" between
// them, as Graph knows the alert. An ID of another form is sent as it is. The
// reason is one of the three; "" and any other are errors, and nothing is sent.
// Resolving twice does no harm.
//
// Its other errors are the same as those of Alerts: a [*StatusError], such as
// 404, or no answer.
func (c *Client) Resolve(ctx context.Context, id string, reason Reason) error {
	switch reason {
	case ReasonLegitimate, ReasonIgnore, ReasonFraud:
	default:
		return errReason
	}
	id = alertID(strings.TrimSpace(id))
	switch id {
	case "", ".", "..":
		return errID
	}
	if c.base == nil {
		return errBaseURL
	}
	if isPair(id) {
		id = id[:uuidLength] + "-" + id[uuidLength+1:] // as Graph knows it
	}
	body, err := json.Marshal(map[string]string{"status": string(StatusResolved), "resolvedReason": string(reason)})
	if err == nil {
		_, err = c.send(ctx, http.MethodPatch, c.alerts(id), body)
	}
	return err
}

// alerts is the URL of all alerts, or of the one with the ID.
func (c *Client) alerts(id string) *url.URL {
	u := c.base.JoinPath("security", "partner", "securityAlerts")
	if id != "" {
		u = u.JoinPath(url.PathEscape(id))
	}
	return u
}

// Limits of one call.
const (
	largestAnswer = 32 << 20
	retries       = 5
	longestWait   = 5 * time.Minute
)

// send returns the body of a successful answer. A service that is busy is asked
// again.
func (c *Client) send(ctx context.Context, method string, u *url.URL, body []byte) ([]byte, error) {
	for tried := 0; ; tried++ {
		data, wait, err := c.once(ctx, method, u, body)
		if wait == nil || tried == retries {
			return data, err
		}
		timer := time.NewTimer(wait(tried))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, &requestError{context.Cause(ctx)}
		}
	}
}

// once sends one request. If it may be sent again, wait says after how long.
func (c *Client) once(ctx context.Context, method string, u *url.URL, body []byte) (
	data []byte, wait func(tried int) time.Duration, err error,
) {
	request, err := http.NewRequestWithContext(ctx, method, u.String(), bytes.NewReader(body))
	if err != nil {
		return nil, nil, &requestError{err}
	}
	request.Header.Set("Accept", "application/json")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, nil, &requestError{err}
	}
	defer func() { _ = response.Body.Close() }() // all that counts has been read
	switch code := response.StatusCode; {
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable:
		header := response.Header.Get("Retry-After")
		return nil, func(tried int) time.Duration { return retryAfter(header, tried) }, &StatusError{code}
	case code < 200 || code > 299:
		return nil, nil, &StatusError{code}
	}
	data, err = io.ReadAll(io.LimitReader(response.Body, largestAnswer+1))
	switch {
	case err != nil:
		return nil, nil, &requestError{err}
	case len(data) > largestAnswer:
		return nil, nil, errTooLarge
	}
	return data, nil, nil
}

// retryAfter is how long to wait: what the header says, in seconds or as a
// date, or else 1 s, and twice as long each time. It is at most longestWait.
func retryAfter(header string, tried int) time.Duration {
	wait := time.Second << tried
	if seconds, err := strconv.ParseUint(header, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		wait = time.Duration(min(seconds, uint64(longestWait/time.Second))) * time.Second
	} else if date, err := http.ParseTime(header); err == nil {
		wait = max(time.Until(date), 0)
	}
	return min(wait, longestWait)
}
