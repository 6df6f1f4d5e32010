//go:build !race

package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// attach chooses a file with the content in the form at hand.
func (tb *tab) attach(name, content string) {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	require.NoError(tb, os.WriteFile(path, []byte(content), 0o600))
	tb.do(chromedp.SetUploadFiles("#file", []string{path}))
}

// An operator imports a list of partners, in which a row is wrong, and then the
// customers of one of them, and finds what came of it.
func TestImport(t *testing.T) {
	for _, script := range []scripting{withScript, withoutScript} {
		t.Run(script.String(), func(t *testing.T) {
			begin(t)
			p := startPortal(t, ":memory:")
			tb := p.open(t, script).signIn(olu)
			look := func(name string) { // in every view once: the same HTML has come
				if script == withScript {
					tb.look(name, portalPage)
				} else {
					tb.glance(name, portalPage)
				}
			}
			tb.visit("/partners")
			tb.reads("Contoso Security Operations", "No security contact")
			look("partners")
			tb.press("Import")
			look("import")

			tb.attach("notes.txt", "Dear all,\nhere is the list.\n")
			tb.arrived(tb.press("See what would change"), 422, "/imports")
			tb.reads("The file cannot be taken", "No column has a tenant ID. The columns are “Dear all”.")
			tb.glance("import of no list", portalPage)

			const relecloud = "4e1ec10d-0000-4000-8000-00000000000a"
			list := "Tenant ID;Company name;Country;Security contact;E-mail;Phone;Notes\r\n" +
				relecloud + ";Relecloud;Germany;Relecloud SOC;soc@relecloud.com;030 901820;x\r\n" +
				"7a115910-0000-4000-8000-000000000003;Tailspin Toys;United States;Tailspin " +
				"Security;security@tailspintoys.com;(425) 555-0142;\r\n" +
				"c0150500-0000-4000-8000-000000000001;Contoso Corporation;US;Contoso CERT;cert@contoso.com;+1 425 555 0199;\r\n" +
				"nobody;Wide World Importers;US;;;;\r\n" +
				"71de0000-0000-4000-8000-00000000000b;Wide World Importers;US;Lee;lee@;12;\r\n"
			for i := range 60 {
				list += fmt.Sprintf("5eed0000-0000-4000-8000-%012x;Reseller %02d;US;Reseller %02d "+
					"SOC;soc@reseller-%02d.example;425 555 0100;\r\n", i, i, i, i)
			}
			tb.attach("partners.csv", list)
			tb.arrive(chromedp.Click(chromedp.Search(control("See what would change"))))
			tb.reads("Import of partners.csv", "Not saved", "61 partners", "2 rows are wrong, so nothing is saved.",
				"Leave the wrong rows out", "1 security contact differs and stays", "Notes", "Not understood")
			look("import with wrong rows")
			at := tb.path()
			tb.visit(at + "?show=changed")
			tb.reads("Contoso Corporation", "Tailspin Toys", "security@tailspintoys.com")
			tb.readsNot("cert@contoso.com")
			look("import what changes")
			tb.visit(at + "?show=new")
			tb.reads("Relecloud")
			tb.glance("import what is new", portalPage)
			tb.press("Next rows")
			tb.reads("Reseller 59")
			tb.visit(at + "?show=advice")
			tb.reads("Another security contact is here. It stays as it is")
			tb.glance("import with advice", portalPage)
			tb.choose("Leave the wrong rows out, and save the others")
			tb.press("Save 63 changes")
			tb.eventually("it is saved", func() bool {
				tb.visit(at)
				return strings.Contains(tb.text(), "All the right rows are saved,")
			})
			tb.reads("2 wrong rows were left out")
			tb.readsNot("Leave the wrong rows out")
			look("import that is saved")
			report := get[string](tb, `fetch(`+quote(at+"/report.csv")+`).then((answer) => answer.text())`)
			assert.Equal(t, 1, strings.Count(report, "Wrong,Wide World Importers,,,Tenant ID,tenant.syntax"), report[:600])

			tb.visit("/imports")
			tb.do(chromedp.Click("main form details summary"))
			tb.fill("customersOf", relecloud)
			tb.attach("Customers.csv", "\uFEFFMicrosoft ID,Company name,Primary domain name,Relationship,Tags\r\n"+
				"c0570000-0000-4000-8000-0000000000a1,Coho Winery,cohowinery.com,\"Cloud Reseller, GDAP\",\r\n")
			tb.press("See what would change")
			tb.reads("Partner Center (customers)")
			tb.press("Save 2 changes")
			tb.eventually("it is saved", func() bool {
				tb.visit("/imports")
				return !tb.has("Save 2 changes") && strings.Count(tb.text(), "Saved") >= 2
			})
			look("imports before")

			tb.visit("/partners?search=SOC%40rele")
			tb.reads("Relecloud", "+49 30 901820", "Not asked")
			tb.press("Relecloud")
			tb.reads("Coho Winery", "Reseller, GDAP", "Nothing was changed since it was entered")
			tb.press("Ask to confirm now")
			tb.reads("The contact is asked by mail", "Not confirmed yet")
			look("partner that was imported")
			tb.mail("Please confirm", "soc@relecloud.com")
			tb.mail("security contact", "security@tailspintoys.com") // it was appointed
			tb.visit("/partners/c0150500-0000-4000-8000-000000000001")
			tb.reads("Contoso Security Operations", "Contoso → Contoso Corporation", "Olu Operator", "Gita Global",
				"Adventure Works")
			look("partner with a history")
			tb.visit("/partners?contact=none")
			tb.readsNot("Tailspin Toys")
			tb.visit("/partners?search=nobody+has+this")
			tb.reads("No partner fits")
			look("no partner fits")
		})
	}
}
