// Package e2e holds no code but tests, which use the portal as people do: a
// real process, a real browser, with and without JavaScript.
//
// The tests need Chromium and the file axe.min.js of axe-core, which is not
// checked in, and are skipped where one is missing:
//
//	apt-get install chromium
//	npm pack axe-core@4.14.1 && tar xf axe-core-4.14.1.tgz
//	AXE_CORE=$PWD/package/axe.min.js go test ./e2e
//
// Environment variables:
//
//	AXE_CORE        the path of axe.min.js
//	CHROMIUM        the path of a Chromium, where it is not found by itself
//	PORTAL_NO_SKIP  not empty: fail instead of skipping, for machines that must run every test
//	PORTAL_SHOTS    a folder that gets a picture of every page that is looked at: wide and narrow, light and dark
//
// Whatever a test is about, it fails as well when a page writes to the console,
// breaks the Content-Security-Policy, opens a dialog, asks for anything from
// elsewhere or gets an answer of 5xx, and when the portal logs an error or does
// not stop gracefully: see watch. Every page that a test looks at is held to
// what all pages must be: see look. TestEveryPage follows all links, so that a
// new page is looked at without being listed.
package e2e
