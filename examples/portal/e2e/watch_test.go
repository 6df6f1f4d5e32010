package e2e_test

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// watch collects what no page of the portal may do, from all pages of one tab.
type watch struct {
	origin string

	mu        sync.Mutex
	faults    []string
	documents map[string]int64 // the answers for pages and frames, 0 before one has come, by address
}

func newWatch(origin string) *watch { return &watch{origin: origin, documents: map[string]int64{}} }

func (w *watch) fault(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = append(w.faults, fmt.Sprintf(format, args...))
}

// take returns the faults since the last call.
func (w *watch) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	faults := w.faults
	w.faults = nil
	return faults
}

// document returns the status of the last answer for a page or a frame; ok is
// false if none was asked for.
func (w *watch) document(url string) (status int64, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	status, ok = w.documents[url]
	return status, ok
}

func (w *watch) setDocument(url string, status int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.documents[url] = status
}

// event is called for every event of the tab, and sends no command: dialogs are
// closed by [watch.closeDialogs].
func (w *watch) event(ev any) {
	switch ev := ev.(type) {
	case *runtime.EventConsoleAPICalled:
		w.fault("console.%s was called", ev.Type)
	case *runtime.EventExceptionThrown:
		w.fault("a script failed: %s", ev.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		e := ev.Entry
		if e.Level == log.EntryLevelInfo || e.Level == log.EntryLevelVerbose {
			return // Chromium thinks aloud, of autofocus for example
		}
		_, page := w.document(e.URL)
		if page && e.Source == log.EntrySourceNetwork && strings.Contains(e.Text, "the server responded with a status of 4") {
			return // the test says which answer it expects
		}
		w.fault("the console says (%s, %s): %s %s", e.Source, e.Level, e.Text, e.URL)
	case *audits.EventIssueAdded:
		w.fault("an issue of Chromium: %s %s", ev.Issue.Code, about(ev.Issue))
	case *network.EventRequestWillBeSent:
		url := ev.Request.URL
		if ev.Type == network.ResourceTypeDocument {
			w.setDocument(url, 0)
		}
		if !strings.HasPrefix(url, w.origin+"/") && !strings.HasPrefix(url, "data:") && url != "about:blank" {
			w.fault("something was asked for from elsewhere: %s", url)
		}
	case *network.EventResponseReceived:
		if ev.Response.Status >= 500 {
			w.fault("%s answers with status %d", ev.Response.URL, ev.Response.Status)
		}
		if ev.Type == network.ResourceTypeDocument {
			w.setDocument(ev.Response.URL, ev.Response.Status)
		}
	case *network.EventLoadingFailed:
		if ev.BlockedReason != "" {
			w.fault("a request was blocked: %s", ev.BlockedReason)
		}
	}
}

// about tells what matters of an issue.
func about(issue *audits.InspectorIssue) string {
	d := issue.Details
	switch {
	case d.ContentSecurityPolicyIssueDetails != nil:
		return fmt.Sprintf("%s %s", d.ContentSecurityPolicyIssueDetails.ViolatedDirective,
			d.ContentSecurityPolicyIssueDetails.BlockedURL)
	case d.GenericIssueDetails != nil:
		return string(d.GenericIssueDetails.ErrorType)
	default:
		return ""
	}
}

// closeDialogs closes what would make every later command wait, and takes it as
// a fault.
func (w *watch) closeDialogs(ctx context.Context) {
	dialogs := chromedp.Events(ctx, page.JavascriptDialogOpening)
	go func() {
		for dialog, err := range dialogs {
			if err != nil {
				return
			}
			w.fault("a dialog was opened: %s", dialog.Type)
			_, _ = chromedp.Call(ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}
	}()
}
