package answer_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/challenge"
	"github.com/cspkit/partner/examples/portal/internal/answer"
)

var (
	public  = &url.URL{Scheme: "https", Host: "portal.contoso.com"}
	first   = bytes.Repeat([]byte{1}, 32)
	second  = bytes.Repeat([]byte{2}, 32)
	since   = time.Date(2026, time.November, 30, 14, 5, 0, 0, time.UTC)
	written = func(n int) string { return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{byte(n)}, 32)) }
)

func newLinks(t *testing.T, keys ...[]byte) *answer.Links {
	t.Helper()
	links, err := answer.New(public, keys...)
	require.NoError(t, err)
	return links
}

func TestLinksFollowFromWhatIsStored(t *testing.T) {
	t.Parallel()
	links := newLinks(t, first)
	for _, tt := range []struct {
		name    string
		topic   partner.Topic
		purpose string
		page    string
	}{
		{"an incident", partner.TopicIncident, answer.Acknowledge, "https://portal.contoso.com/answer/"},
		{"a drill", partner.TopicDrill, answer.Acknowledge, "https://portal.contoso.com/answer/"},
		{"a confirmation", partner.TopicContactConfirm, answer.Verify, "https://portal.contoso.com/confirm/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n := partner.Notification{ID: "5f0c1d2e3b4a", Topic: tt.topic}
			a, err := links.For(n, since)
			require.NoError(t, err)
			again, err := links.For(n, since)
			require.NoError(t, err)
			assert.Equal(t, a, again, "another try has the same link and code")
			assert.Equal(t, a, a.Shown(), "a message shows it")
			token, ok := strings.CutPrefix(a.URL, tt.page)
			require.True(t, ok, "the link leads to the page of its purpose")
			claim, err := links.Verify(tt.purpose, token, since.Add(answer.Holds-time.Second))
			require.NoError(t, err)
			assert.Equal(t, challenge.Claim{Purpose: tt.purpose, Subject: n.ID, Expires: since.Add(answer.Holds)}, claim)
			assert.True(t, links.VerifyCode(token, a.Code))
			_, err = links.Verify(tt.purpose, token, since.Add(answer.Holds))
			require.ErrorIs(t, err, challenge.ErrExpired)
		})
	}
	_, err := links.For(partner.Notification{}, since)
	require.Error(t, err, "a notification without an ID")
}

// What was mailed with the old key stays good until its time is over.
func TestKeysRotate(t *testing.T) {
	t.Parallel()
	n := partner.Notification{ID: "5f0c1d2e3b4a", Topic: partner.TopicIncident}
	old, err := newLinks(t, first).For(n, since)
	require.NoError(t, err)
	rotated := newLinks(t, second, first)
	token := strings.TrimPrefix(old.URL, "https://portal.contoso.com/answer/")
	_, err = rotated.Verify(answer.Acknowledge, token, since)
	require.NoError(t, err)
	assert.True(t, rotated.VerifyCode(token, old.Code))
	now, err := rotated.For(n, since)
	require.NoError(t, err)
	assert.NotEqual(t, old, now, "the first key signs")
}

func TestReadKeys(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		keys       [][]byte
		says, why  string
	}{
		{"base64", written(1) + "\n", [][]byte{first}, "", "as openssl rand -base64 32 writes it"},
		{"without a line break", written(1), [][]byte{first}, "", "as a secret store writes it"},
		{"hex", hex.EncodeToString(first), [][]byte{first}, "", "as openssl rand -hex 32 writes it"},
		{"URL-safe", strings.TrimRight(base64.URLEncoding.EncodeToString(bytes.Repeat([]byte{0xFB}, 33)), "="),
			[][]byte{bytes.Repeat([]byte{0xFB}, 33)}, "", "as programs write it"},
		{"several", "# new\r\n" + written(2) + "\r\n\r\n# until 7 December\r\n" + written(1) + "\r\n",
			[][]byte{second, first}, "", "the first signs"},
		{"none", "# nothing\n\n", nil, "holds no key", ""},
		{"empty", "", nil, "holds no key", ""},
		{"short", base64.StdEncoding.EncodeToString(first[:31]), nil, "less than 32 octets in line 1", "it can be guessed"},
		{"a password", written(1) + "\ncorrect horse battery staple, and more of it\n", nil, "no key in line 2",
			"what people think of can be guessed"},
		{"twice", written(1) + "\n" + hex.EncodeToString(first), nil, "second time in line 2", "a rotation that is none"},
		{"large", strings.Repeat("#", 70_000), nil, "too large", "another file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "keys")
			require.NoError(t, os.WriteFile(file, []byte(tt.text), 0o600))
			keys, err := answer.ReadKeys(file)
			if tt.says == "" {
				require.NoError(t, err, tt.why)
				assert.Equal(t, tt.keys, keys)
				return
			}
			require.ErrorContains(t, err, tt.says, tt.why)
			assert.Nil(t, keys)
			assert.NotContains(t, err.Error(), "horse", "nothing of a key")
		})
	}
	_, err := answer.ReadKeys(filepath.Join(t.TempDir(), "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestRandomKey(t *testing.T) {
	t.Parallel()
	one, other := answer.RandomKey(), answer.RandomKey()
	assert.NotEqual(t, one, other)
	newLinks(t, one, other)
}
