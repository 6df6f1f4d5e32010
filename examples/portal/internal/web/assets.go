package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// asset is one static file. Its URL names its content, so that it never has to
// be asked for again.
type asset struct {
	data        []byte
	contentType string
	version     string
}

// contentTypes are our own, for the system's table may say something else.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml; charset=utf-8",
	".ico": "image/x-icon", ".csv": "text/csv; charset=utf-8; header=present",
}

func readAssets() (map[string]asset, error) {
	entries, err := files.ReadDir("static")
	if err != nil {
		return nil, err
	}
	assets := map[string]asset{}
	for _, entry := range entries {
		data, err := files.ReadFile("static/" + entry.Name())
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(data)
		contentType, ok := contentTypes[path.Ext(entry.Name())]
		if !ok {
			return nil, fmt.Errorf("web: static/%s is of no known type", entry.Name())
		}
		assets[entry.Name()] = asset{data, contentType, hex.EncodeToString(sum[:8])}
	}
	return assets, nil
}

func (w *Web) assetURL(name string) (string, error) {
	a, ok := w.assets[name]
	if !ok {
		return "", fmt.Errorf("web: no static file %q", name)
	}
	return "/static/" + name + "?v=" + a.version, nil
}

func (w *Web) static(rw http.ResponseWriter, r *http.Request) error {
	return w.asset(rw, r, r.PathValue("file"))
}

// favicon is for programs that ask for it of themselves, as browsers do beside
// what is no page.
func (w *Web) favicon(rw http.ResponseWriter, r *http.Request) error {
	return w.asset(rw, r, "favicon.ico")
}

func (w *Web) asset(rw http.ResponseWriter, r *http.Request, name string) error {
	a, ok := w.assets[name]
	if !ok {
		return host.ErrNotFound
	}
	h := rw.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("ETag", `"`+a.version+`"`)
	h.Set("Cache-Control", "public, no-cache")
	if r.URL.Query().Get("v") == a.version {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(rw, r, name, time.Time{}, bytes.NewReader(a.data))
	return nil
}
