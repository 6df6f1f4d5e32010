package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDocument(t *testing.T) {
	t.Parallel()
	info := &debug.BuildInfo{
		GoVersion: "go1.26.0", Main: debug.Module{Path: "m", Version: "v1.2.3"},
		Deps: []*debug.Module{
			{Path: "example.com/a", Version: "v1.0.0", Sum: "h1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="},
			{Path: "example.com/b", Version: "v0.0.0", Replace: &debug.Module{Path: "../.."}},
		},
		Settings: []debug.BuildSetting{{Key: "GOOS", Value: "linux"}, {Key: "-ldflags", Value: "secret"}},
	}
	text, err := json.Marshal(document(info, "portal-linux-amd64"))
	require.NoError(t, err)
	again, err := json.Marshal(document(info, "portal-linux-amd64"))
	require.NoError(t, err)
	assert.Equal(t, text, again)
	assert.NotContains(t, string(text), "secret")
	for _, part := range []string{`"bomFormat":"CycloneDX"`, `"purl":"pkg:golang/example.com/a@v1.0.0"`,
		`"alg":"SHA-256","content":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"`,
		`"name":"example.com/b"`, `"name":"std","version":"go1.26.0"`, `"build:GOOS"`} {
		assert.Contains(t, string(text), part)
	}
}

func TestLicences(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var all bytes.Buffer
	require.ErrorContains(t, add(&all, "m v1", dir), "m v1 has no licence", "nobody may pass it on")
	for _, name := range []string{"LICENSE", "NOTICE.txt", "COPYING-2", "licence.md", "main.go", "licenses.go2"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("text of "+name), 0o600))
	}
	require.NoError(t, add(&all, "m v1", dir))
	for _, name := range []string{"LICENSE", "NOTICE.txt", "COPYING-2", "licence.md"} {
		assert.Contains(t, all.String(), "text of "+name)
	}
	assert.NotContains(t, all.String(), "main.go")
}

func TestChangesAreRefused(t *testing.T) {
	t.Parallel()
	info := &debug.BuildInfo{Settings: []debug.BuildSetting{{Key: "vcs.modified", Value: "true"}}}
	require.Error(t, clean(info))
	info.Settings[0].Value = "false"
	require.NoError(t, clean(info))
}
