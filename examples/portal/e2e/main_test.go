package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/pgtest"
	"github.com/cspkit/partner/internal/race"
)

// patience is how long anything may take that is waited for, on a busy machine
// too. It is not how long it should take.
const patience = 2 * time.Minute

// places are what tests share, made when the first test asks.
var places struct {
	once    sync.Once
	missing error  // what is not installed, and how to install it
	err     error  // what broke
	folder  string // removed at the end
	program string // the portal
	axe     string // the source of axe-core
	browser context.Context
	close   context.CancelFunc
}

// slots are for the tests that run at a time: a browser and a portal each want
// a core.
var slots = make(chan struct{}, 2)

func TestMain(m *testing.M) {
	code := m.Run()
	if places.close != nil {
		places.close()
	}
	if places.folder != "" {
		_ = os.RemoveAll(places.folder)
	}
	os.Exit(code)
}

// begin makes t run beside others when there is a slot.
func begin(t *testing.T) {
	t.Helper()
	need(t)
	t.Parallel()
	slots <- struct{}{}
	t.Cleanup(func() { <-slots })
}

// need sees to it that there are a browser and a portal to start. Without what
// it takes t is skipped, or fails where skipping is forbidden.
func need(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("the browser takes minutes: go test without -short runs it")
	}
	places.once.Do(prepare)
	if places.missing != nil {
		if os.Getenv(pgtest.Required) != "" {
			t.Fatalf("%v (%s is set)", places.missing, pgtest.Required)
		}
		t.Skip(places.missing)
	}
	require.NoError(t, places.err)
}

func prepare() {
	chromium, err := findChromium()
	axe, axeErr := readAxe()
	if places.missing = errors.Join(err, axeErr); places.missing != nil {
		return
	}
	places.axe = axe
	if places.folder, places.err = os.MkdirTemp("", "portal-e2e-*"); places.err != nil {
		return
	}
	places.program = filepath.Join(places.folder, "portal")
	build := []string{"build", "-o", places.program}
	if race.Enabled { // with the flags of make race, so that what it has built serves
		build = append(build, "-race")
		for _, c := range []string{"sqlite/lib", "libc", "memory"} {
			build = append(build, "-gcflags=modernc.org/"+c+"=-race=false -d=checkptr=0")
		}
	}
	if out, err := exec.Command("go", append(build, "..")...).CombinedOutput(); err != nil {
		places.err = fmt.Errorf("the portal cannot be built: %w\n%s", err, out)
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("force-prefers-reduced-motion", true),
		chromedp.Flag("font-render-hinting", "none"), // the shell makes letters wider by itself
		// By itself Chromium starts a process for each page, and one in reserve.
		chromedp.Flag("process-per-site", true),
		chromedp.Flag("disable-features", "Translate,SpareRendererForSitePerProcess"),
		// Pages are drawn for measurements and for pictures. Without a graphics card
		// that is done by a program, which takes a third of the processors' time.
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-gpu-rasterization", true),
		chromedp.Flag("disable-software-rasterizer", true))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium's sandbox is not for root
	}
	allocator, closeAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	browser, closeBrowser := chromedp.NewContext(allocator)
	places.browser = browser
	places.close = func() { closeBrowser(); closeAllocator() }
	if err := chromedp.Do(browser); err != nil {
		places.err = fmt.Errorf("%s does not start: %w", chromium, err)
	}
}

func findChromium() (string, error) {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return exec.LookPath(path)
	}
	// The shell draws no windows, and takes half the time.
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("Chromium is not installed: on Debian, apt-get install chromium-headless-shell; or set CHROMIUM to its path")
}

func readAxe() (string, error) {
	const how = "get it with npm pack axe-core@4.14.1 && tar xf axe-core-4.14.1.tgz, " +
		"and set AXE_CORE to the path of package/axe.min.js"
	path := os.Getenv("AXE_CORE")
	if path == "" {
		return "", errors.New("axe-core is not there: " + how)
	}
	source, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("axe-core is not there: %w: %s", err, how)
	}
	return string(source), nil
}
