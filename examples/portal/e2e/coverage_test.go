//go:build !race

package e2e_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCoverage(t *testing.T) {
	begin(t)
	p := startPortal(t, hostileDatabase(t))
	for _, script := range []scripting{withScript, withoutScript} {
		tb := p.open(t, script).signIn(olu)
		tb.visit("/coverage")
		tb.reads("partners can be told of an incident", "No security contact", "Quiet Partner")
		tb.look("coverage", portalPage)
		tb.press("No security contact")
		tb.reads("Quiet Partner")
		assert.Equal(t, 1, get[int](tb, `document.querySelectorAll('main tbody tr').length`), "the others have a contact")
		tb.fill("search", "no such partner")
		tb.press("Search")
		tb.reads("No partner fits the search")
		tb.look("coverage of nothing", portalPage)
		tb.fill("search", "QUIET")
		tb.press("Search")
		tb.reads("Quiet Partner")
		tb.press("Clear the search")
		tb.press("All")

		folder := t.TempDir()
		_, err := chromedp.CallBrowser(tb.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
			Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder,
			BrowserContextID: chromedp.FromContext(tb.ctx).BrowserContextID,
		})
		require.NoError(t, err)
		tb.do(chromedp.Click(chromedp.Search(control("Export as CSV"))))
		var records [][]string
		tb.eventually("the file is there, with a line for every partner", func() bool {
			files, err := filepath.Glob(filepath.Join(folder, "security-contact-coverage-*.csv"))
			require.NoError(t, err)
			if len(files) != 1 {
				return false
			}
			data, err := os.ReadFile(files[0]) // which has its name before all of it is there
			require.NoError(t, err)
			records, err = csv.NewReader(bytes.NewReader(data)).ReadAll()
			return err == nil && len(records) == 1+hostilePartners
		})
		phone := regexp.MustCompile(`^\+[0-9]{1,15}$`)
		for _, record := range records {
			for _, cell := range record {
				assert.False(t, !phone.MatchString(cell) && strings.ContainsAny(strings.TrimSpace(cell + " x")[:1], "=+-@\t\r"),
					"a spreadsheet would run %.40q", cell)
			}
		}
	}
}
