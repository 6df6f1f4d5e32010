//go:build !race

package e2e_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// largestPicture is how many octets a picture of the README may have.
const largestPicture = 150 << 10

// TestPictures makes the pictures of the README anew, into the folder of
// PORTAL_PICTURES:
//
//	PORTAL_PICTURES=$PWD/docs/pictures go test -run TestPictures ./e2e
//
// Without it, it sees to it that the demonstration has what they show.
func TestPictures(t *testing.T) {
	begin(t)
	p := startDemo(t, ":memory:")
	operator, admin := p.open(t, withScript).signIn(olu), p.open(t, withScript).signIn(gita)
	for _, picture := range []struct {
		name   string
		tb     *tab
		path   string
		scheme string
		says   string
	}{
		{"today", operator, "/", "light", "Without an answer"},
		{"incident", operator, "/incidents/INC-CREDENTIALS-ADVENTURE", "light", "Cora Example"},
		{"calls", operator, "/calls", "dark", "Took it up"},
		{"partner", operator, "/partners/c0150500-0000-4000-8000-000000000001", "light", "Contoso"},
		{"legal-info", admin, legal, "light", "+1 425-555-0100 ext. 24"},
		{"review", admin, "/settings/account/profile/review", "dark", "Within 24 hours"},
	} {
		tb := picture.tb
		tb.show(view{1280, picture.scheme, ""})
		tb.visit(picture.path)
		tb.reads(picture.says)
		folder := os.Getenv("PORTAL_PICTURES")
		if folder == "" {
			continue
		}
		taken, err := chromedp.Run(tb.ctx, chromedp.CaptureScreenshot())
		require.NoError(t, err)
		drawn, err := png.Decode(bytes.NewReader(taken))
		require.NoError(t, err)
		var small bytes.Buffer
		require.NoError(t, (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&small, fewColours(drawn)))
		assert.Less(t, small.Len(), largestPicture, picture.name)
		require.NoError(t, os.MkdirAll(folder, 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(folder, strings.ToLower(picture.name)+".png"), small.Bytes(), 0o644))
	}
}

// fewColours is a picture with its 256 most frequent colours alone, which is
// enough for letters and lines, and a third of the size.
func fewColours(from image.Image) image.Image {
	counts := map[color.Color]int{}
	area := from.Bounds()
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			counts[from.At(x, y)]++
		}
	}
	all := slices.SortedFunc(maps.Keys(counts), func(a, b color.Color) int { return counts[b] - counts[a] })
	palette := color.Palette(all[:min(len(all), 256)])
	nearest := map[color.Color]uint8{}
	for _, c := range all {
		nearest[c] = uint8(palette.Index(c))
	}
	to := image.NewPaletted(area, palette)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			to.SetColorIndex(x, y, nearest[from.At(x, y)])
		}
	}
	return to
}
