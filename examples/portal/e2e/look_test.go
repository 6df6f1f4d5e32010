package e2e_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/race"
)

// view is one way to look at a page.
type view struct {
	width  int64
	scheme string // prefers-color-scheme
	rules  string // of axe-core, "" for all: what differs from the views before
}

const (
	noRules  = "none"    // for views that differ in the layout alone
	pictured = "picture" // for views that differ from others in nothing but the picture
)

// The views: a screen, one on which tables have just room enough, half of one,
// a tablet and a phone. In the dark nothing differs but the colours.
var views = []view{
	{1280, "light", ""}, {1090, "light", noRules}, {900, "light", noRules}, {700, "light", noRules}, {360, "light", ""},
	{360, "dark", "color-contrast"}, {1280, "dark", pictured},
}

func (tb *tab) show(v view) {
	tb.Helper()
	if tb.scheme != v.scheme {
		_, err := chromedp.Call(tb.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: v.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
			},
		})
		require.NoError(tb, err)
		tb.scheme = v.scheme
	}
	tb.do(chromedp.EmulateViewport(v.width, 800))
}

// kind is what sort of document a page is.
type kind string

const (
	portalPage kind = "page" // with everything that a page of the portal has
	mailPage   kind = "mail" // the HTML of a mail, for a frame
)

// look holds the page at hand to what all pages must be, in every view:
// axe-core finds nothing, nothing must be scrolled sideways, it has its
// landmarks, no hostile text has come to life. The name is of the pictures.
//
// axe-core judges elements and how they look, not what they say. So it looks
// once at what is built alike, in whichever test: see [news].
func (tb *tab) look(name string, k kind) {
	tb.Helper()
	tb.glance(name, k)
	where := tb.who + ": " + name
	// Without the script the same HTML has come, and axe-core waits for ever.
	// The race detector watches the server: the page looks the same without it.
	old, axe := "", false
	if !race.Enabled && tb.script == withScript {
		old, axe = news(string(k), string(k), get[[]part](tb, builds))
	}
	if axe {
		tb.do(chromedp.Evaluate[chromedp.Void](places.axe))
	}
	for _, v := range views {
		if v.rules == pictured && !pictures() || race.Enabled && v != views[0] {
			continue
		}
		tb.show(v)
		if axe && v.rules != noRules && v.rules != pictured {
			assert.Empty(tb, get[[]string](tb, runAxe(k, v.rules, old)), "%s: axe-core, %d %s", where, v.width, v.scheme)
		}
		assert.Empty(tb, get[[]string](tb, overflow), "%s: wider than its place, %d", where, v.width)
		tb.picture(name, v)
	}
	tb.show(views[0])
	assert.Empty(tb, tb.watch.take(), "%s: what no page may do", where)
}

// seen are the parts of pages that axe-core has looked at, in all tests: see
// builds.
var seen = struct {
	sync.Mutex
	builds map[string]bool
}{builds: map[string]bool{}}

// part is an element of a page with all that it holds: see builds.
type part struct {
	Build string `json:"build"`
	Size  int    `json:"size"`
}

// news returns which parts of a page axe-core has looked at before in this way,
// or in one that tells as much, as a list of numbers for [runAxe], and whether
// there are others.
func news(way, asGood string, parts []part) (old string, others bool) {
	seen.Lock()
	defer seen.Unlock()
	known := []int{}
	for at := 0; at < len(parts); {
		build := way + parts[at].Build
		if seen.builds[build] || seen.builds[asGood+parts[at].Build] {
			known = append(known, at)
			at += parts[at].Size
			continue
		}
		seen.builds[build] = true
		at++
	}
	list, _ := json.Marshal(known) // numbers can be written
	return string(list), len(known) == 0 || known[0] > 0
}

// builds tells of each element, in the order of the document, how it is built
// and how many elements it holds with itself. The build of an element is made
// of:
//   - the elements that it is in
//   - the elements that are in it; of those side by side that are alike, as the
//     rows of a table, one counts
//   - attributes of all of these: with their values where axe-core or the style
//     sheet look at values, else whether there is one
//   - whether they are disabled, checked or labelled, and have text
const builds = `(() => {
	const told = /^(class|role|type|lang|dir|tabindex|scope|autocomplete|rel|aria-(?!label|describedby|controls|owns).*)$/;
	const hash = (text) => {
		let a = 0xdeadbeef, b = 0x41c6ce57;
		for (let i = 0; i < text.length; i++) {
			a = Math.imul(a ^ text.charCodeAt(i), 2654435761);
			b = Math.imul(b ^ text.charCodeAt(i), 1597334677);
		}
		return (a >>> 0).toString(36) + '.' + (b >>> 0).toString(36);
	};
	const own = new Map(), inside = new Map(), out = [];
	const build = (e) => {
		const attributes = [...e.attributes].map((a) => a.name + '=' + (told.test(a.name) ? a.value : !!a.value.trim()));
		const says = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
		own.set(e, [e.localName, ...attributes.sort(), !!e.disabled, !!e.checked, !!e.labels?.length, says].join());
		inside.set(e, hash([own.get(e), ...new Set([...e.children].map(build))].join('>')));
		return inside.get(e);
	};
	const list = (e, path) => {
		const at = {build: hash(path + inside.get(e)), size: 0}, before = out.push(at) - 1;
		const below = hash(path + own.get(e));
		[...e.children].forEach((child) => list(child, below));
		at.size = out.length - before;
	};
	build(document.documentElement);
	list(document.documentElement, '');
	return out;
})()`

// letter looks at the HTML of the mail whose page is at hand. In its frame it
// can do nothing, whatever it holds; here it is shown as a mail program without
// any of that care would show it.
func (tb *tab) letter(name, says string) {
	tb.Helper()
	at := get[string](tb, `document.querySelector('main iframe').getAttribute('src')`)
	tb.arrived(tb.visit(at), 200, at)
	html := get[string](tb, `'<!DOCTYPE html>' + document.documentElement.outerHTML`)
	tb.do(chromedp.Navigate("about:blank"))
	tree, err := chromedp.Call(tb.ctx, page.GetFrameTree, cdp.Empty{})
	require.NoError(tb, err)
	_, err = chromedp.Call(tb.ctx, page.SetDocumentContent, page.SetDocumentContentParams{
		FrameID: tree.FrameTree.Frame.ID, HTML: html,
	})
	require.NoError(tb, err)
	tb.reads(says)
	tb.look(name+" as html", mailPage)
}

// glance is what of look costs next to nothing, for many pages that differ in
// their text alone.
func (tb *tab) glance(name string, k kind) {
	tb.Helper()
	assert.Empty(tb, get[[]string](tb, structure[k]), "%s: %s: structure", tb.who, name)
	assert.False(tb, get[bool](tb, `"pwned" in window`), "%s: %s: a hostile script has run", tb.who, name)
}

// structure lists what is missing in a page.
var structure = map[kind]string{
	portalPage: `(() => {
		const faults = [];
		const one = (selector) => {
			const n = document.querySelectorAll(selector).length;
			if (n !== 1) faults.push(n + ' of ' + selector);
		};
		['title', 'main', 'h1', 'body > header', 'a.skip', 'meta[name=viewport]'].forEach(one);
		if (document.compatMode !== 'CSS1Compat') faults.push('quirks mode');
		if (document.documentElement.lang !== 'en') faults.push('no language');
		if (!/\S.* · Partner portal$/.test(document.title)) faults.push('title: ' + document.title);
		const first = document.querySelector('a[href], button, input, select, textarea');
		if (!first || !first.matches('a.skip')) faults.push('the link that skips to the content is not first');
		if (!document.querySelector(document.querySelector('a.skip').getAttribute('href'))) faults.push('it leads nowhere');
		const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
		ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => faults.push('twice: #' + id));
		document.querySelectorAll('label[for]').forEach((l) => {
			if (!document.getElementById(l.htmlFor)) faults.push('a label of nothing: ' + l.htmlFor);
		});
		['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns'].forEach((name) => {
			document.querySelectorAll('[' + name + ']').forEach((e) => e.getAttribute(name).split(/\s+/).forEach((id) => {
				if (!document.getElementById(id)) faults.push(name + ' of nothing: ' + id);
			}));
		});
		document.querySelectorAll('form').forEach((f) => {
			if (f.method === 'post' && new URL(f.action).origin !== location.origin) faults.push('a form that leads away');
		});
		document.querySelectorAll('[style], script:not([src])').forEach((e) => faults.push('inline ' + e.localName));
		document.querySelectorAll('*').forEach((e) => {
			for (const a of e.attributes) if (/^on/i.test(a.name)) faults.push(e.localName + ' has ' + a.name);
		});
		document.querySelectorAll('[href]').forEach((e) => {
			if (!/^(https?|tel):$/.test(new URL(e.href, location.href).protocol)) faults.push('href ' + e.getAttribute('href').slice(0, 20));
		});
		return faults;
	})()`,
	mailPage: `(() => {
		const faults = [];
		if (document.compatMode !== 'CSS1Compat') faults.push('quirks mode');
		if (document.documentElement.lang !== 'en') faults.push('no language');
		if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
		document.querySelectorAll('script, img, form, iframe, object, link, base').forEach((e) => {
			faults.push('<' + e.localName + '>');
		});
		const links = [...document.querySelectorAll('a')];
		if (links.length > 1) faults.push('more than one button');
		links.forEach((a) => {
			if (!new RegExp('^http://127[.]0[.]0[.]1:[0-9]+/(answer|confirm)/[A-Za-z0-9_-]+$').test(a.href)) faults.push('a link elsewhere');
		});
		return faults;
	})()`,
}

// overflow names elements that make the page wider than the screen, and tables
// that do not fit into their card.
const overflow = `(() => {
	const page = document.scrollingElement;
	const name = (e) => e.outerHTML.slice(0, 160);
	const out = [...document.querySelectorAll('.card')].filter((card) => {
		const edge = card.getBoundingClientRect().right;
		return [...card.querySelectorAll('table, table *')].some((e) => e.getBoundingClientRect().right > edge + 0.5);
	}).map((card) => 'a table leaves its card: ' + name(card));
	if (page.scrollWidth <= innerWidth) return out;
	const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5);
	return [...out, page.scrollWidth + ' instead of ' + innerWidth, ...wide.slice(-3).map(name)];
})()`

// runAxe is a script that lists what axe-core finds beside the old elements. A
// mail is no page with a main part, so only the rules of WCAG go for it.
func runAxe(k kind, rules, old string) string {
	only := "undefined"
	switch {
	case rules != "":
		only = `{type: 'rule', values: ['` + rules + `']}`
	case k == mailPage:
		only = `{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}`
	}
	return `(() => {
		const all = document.querySelectorAll('*'), exclude = (` + old + ` || []).map((at) => all[at]).filter((e) => e);
		return axe.run({include: [document.documentElement], exclude}, {
			resultTypes: ['violations'], iframes: false, preload: false, runOnly: ` + only + `,
		});
	})().then((found) =>
		found.violations.flatMap((v) => v.nodes.map((n) =>
			v.id + ': ' + n.html.slice(0, 160) + ' ' + (n.any[0] || n.all[0] || n.none[0]).message)))`
}

var unfit = regexp.MustCompile(`[^a-z0-9]+`)

// pictures reports whether somebody wants pictures.
func pictures() bool { return os.Getenv("PORTAL_SHOTS") != "" }

// picture writes what is to be seen to the folder of PORTAL_SHOTS.
func (tb *tab) picture(name string, v view) {
	if !pictures() {
		return
	}
	tb.Helper()
	png, err := chromedp.Run(tb.ctx, chromedp.FullScreenshot(100))
	require.NoError(tb, err)
	first, _, _ := strings.Cut(tb.who, " ")
	what := strings.ToLower(tb.Name() + " " + first + " " + name)
	file := fmt.Sprintf("%s-%d-%s.png", strings.Trim(unfit.ReplaceAllString(what, "-"), "-"), v.width, v.scheme)
	folder := os.Getenv("PORTAL_SHOTS")
	require.NoError(tb, os.MkdirAll(folder, 0o755))
	require.NoError(tb, os.WriteFile(filepath.Join(folder, file), png, 0o644))
}
