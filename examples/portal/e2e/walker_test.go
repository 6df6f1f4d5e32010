//go:build !race

package e2e_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// walker is a tab that stays as wide as it is. It goes by what a person sees:
// the texts of links and buttons, and the labels of inputs.
type walker struct {
	*tab
	width int64
	posts *visitor // the same person, who sends what no page offers
}

// goes follows a link or presses a button, and looks at the page that comes.
func (tb *walker) goes(text string) int {
	tb.Helper()
	status := tb.press(text)
	tb.looks()
	return status
}

// opens opens an address, and looks at the page that comes.
func (tb *walker) opens(path string) int {
	tb.Helper()
	status := tb.visit(path)
	tb.looks()
	return status
}

// submits sends the form of the input that was typed into last, by the key.
func (tb *walker) submits() {
	tb.Helper()
	tb.arrive(pressEnter)
	tb.looks()
}

// looks holds the page at hand to what each page must be: its structure is
// right, nothing must be scrolled sideways, it has done nothing that no page
// may do, and axe-core finds nothing.
//
// What is built alike is judged alike, with the script and without it: see
// [builds]. So axe-core looks once for each width, in whichever mode it is met.
// What [tab.look] has shown to it wide and narrow need not be looked at again.
//
// Without the script axe-core would wait for ever. The page has come by then,
// and what was not run is not run any more: so scripts are allowed while
// axe-core looks at what came without them.
func (tb *walker) looks() {
	tb.Helper()
	where := fmt.Sprintf("%s at %s, %d wide, %v", tb.who, tb.path(), tb.width, tb.script)
	page := get[struct {
		Faults, Wide []string
		Pwned        bool
		Parts        []part
	}](tb.tab, `({Faults: `+structure[portalPage]+`, Wide: `+overflow+`, Pwned: 'pwned' in window, Parts: `+builds+`})`)
	assert.Empty(tb, page.Faults, "%s: structure", where)
	assert.Empty(tb, page.Wide, "%s: wider than its place", where)
	assert.False(tb, page.Pwned, "%s: a hostile script has run", where)
	tb.picture(tb.path(), view{tb.width, "light", ""})
	if old, others := news(fmt.Sprint(portalPage, tb.width), string(portalPage), page.Parts); others {
		tb.scripts(true)
		tb.do(chromedp.Evaluate[chromedp.Void](places.axe))
		assert.Empty(tb, get[[]string](tb.tab, runAxe(portalPage, "", old)), "%s: axe-core", where)
		tb.scripts(tb.script)
	}
	assert.Empty(tb, tb.watch.take(), "%s: what no page may do", where)
}

// scripts allows the scripts of pages, or switches them off.
func (tb *walker) scripts(on scripting) {
	tb.Helper()
	if tb.script == withScript {
		return
	}
	_, err := chromedp.Call(tb.ctx, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: on == withoutScript})
	require.NoError(tb, err)
}

// types fills in inputs by their labels, over what is there: pairs of label and
// text. In a list it chooses what begins with the text.
func (tb *walker) types(pairs ...string) {
	tb.Helper()
	values, err := json.Marshal(pairs)
	require.NoError(tb, err)
	require.Empty(tb, get[[]string](tb.tab, `(() => {
		const pairs = `+string(values)+`, faults = [];
		for (let i = 0; i < pairs.length; i += 2) {
			const [label, text] = pairs.slice(i, i + 2), input = (`+labelled+`)(label);
			if (typeof input === 'string') {
				faults.push(input);
			} else if (input.matches('select')) {
				const option = [...input.options].find((o) => o.text.trim().startsWith(text));
				if (option) input.value = option.value;
				else faults.push(label + ' has no choice ' + text);
			} else if (input.matches('[type=datetime-local]')) {
				input.value = text;
			} else {
				input.focus();
				input.select();
				document.execCommand(text ? 'insertText' : 'delete', false, text);
			}
		}
		return faults;
	})()`))
}

// labelled finds the input of a label that can be seen, or says what is wrong.
const labelled = `(text) => {
	const says = (l) => l.innerText.replace(/\s+/g, ' ').replace(' (optional)', '').trim();
	const labels = [...document.querySelectorAll('main label')].filter((l) => l.checkVisibility() && says(l) === text);
	if (labels.length !== 1) return labels.length + ' labels say ' + text;
	const input = labels[0].control;
	return input && input.checkVisibility() ? input : 'nothing to be seen belongs to the label ' + text;
}`

// attaches chooses a file for the input with the label.
func (tb *walker) attaches(label, name, content string) {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), name)
	require.NoError(tb, os.WriteFile(file, []byte(content), 0o600))
	id := get[string](tb.tab, `(`+labelled+`)(`+quote(label)+`).id ?? ''`)
	require.NotEmpty(tb, id, label)
	tb.do(chromedp.SetUploadFiles("#"+id, []string{file}))
}

// unfolds opens what is folded below the words.
func (tb *walker) unfolds(words string) {
	tb.Helper()
	tb.do(chromedp.Click(chromedp.Search(`//summary[starts-with(normalize-space(.), "` + words + `")]`)))
}

// downloads returns the file behind a link.
func (tb *walker) downloads(text string) string {
	tb.Helper()
	require.True(tb, tb.has(text), "no link has the text %q", text)
	return get[string](tb.tab, `fetch(document.evaluate(`+quote(control(text))+`, document, null,
		XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue.href).then((answer) => answer.text())`)
}

// finally opens a page again until it says so, and looks at it.
func (tb *walker) finally(path, says string) {
	tb.Helper()
	tb.eventually("it says “"+says+"”", func() bool {
		tb.visit(path)
		return strings.Contains(tb.text(), says)
	})
	tb.looks()
}

// becomes opens the page at hand, which loads itself again too, until it says
// so.
func (tb *walker) becomes(at, says string) {
	tb.Helper()
	tb.eventually("it says “"+says+"”", func() bool {
		tb.visit(at)
		text, err := chromedp.Run(tb.ctx, chromedp.Evaluate[string](`document.body.innerText`))
		return err == nil && strings.Contains(text, says) // it may be gone while it is read
	})
	tb.looks()
}

// replies fills in the form behind the link of a mail, and sends it.
func (tb *walker) replies(code, says string) int {
	tb.Helper()
	tb.types("Code", code, "Your name", "Ada King")
	tb.choose(says)
	return tb.goes("Send the answer")
}
