// Package e2e holds no code but tests, which use the portal as people do: a
// real process, a real browser, with and without JavaScript.
//
// The tests need Chromium and the file axe.min.js of axe-core, which is not
// checked in, and are skipped where one is missing:
//
//	apt-get install chromium-headless-shell  # or chromium, which is slower
//	npm pack axe-core@4.14.1 && tar xf axe-core-4.14.1.tgz
//	AXE_CORE=$PWD/package/axe.min.js go test ./e2e
//
// Environment variables:
//
//	AXE_CORE        the path of axe.min.js
//	CHROMIUM        the path of a Chromium, where it is not found by itself
//	PORTAL_NO_SKIP  if not empty, a test that would be skipped fails
//	PORTAL_SHOTS    a folder for pictures of every page that is looked at:
//	                wide and narrow, light and dark
//
// Whatever a test is about, it also fails (see watch) if
//   - a page writes to the console
//   - a page breaks the Content-Security-Policy
//   - a page opens a dialog
//   - a page asks for anything from elsewhere
//   - an answer is a 5xx
//   - the portal logs an error, or does not stop when it is told to
//
// Every page that a test looks at is held to what all pages must be: see look.
// TestEveryPage follows all links, so that nobody has to list a new page.
// TestWalks has a table of what each person comes to on each journey, and walks
// it with the script and without it, wide and narrow.
//
// The race detector watches the server: files of tests that would show it
// nothing new are left out of its run, by //go:build !race.
package e2e
