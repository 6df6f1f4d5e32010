package keyring_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/keyring"
)

// ring is a Ring of keys that are one octet again and again.
func ring(t *testing.T, octets ...byte) *keyring.Ring {
	t.Helper()
	var keys [][]byte
	for _, b := range octets {
		keys = append(keys, bytes.Repeat([]byte{b}, keyring.KeySize))
	}
	r, err := keyring.New(keys...)
	require.NoError(t, err)
	return r
}

var secret = []byte("https://hooks.example/services/T0/B0/geheim")

func TestOpen(t *testing.T) {
	t.Parallel()
	sealed, err := ring(t, 1).Seal(secret, "webhook", "contoso", "1")
	require.NoError(t, err)
	name, data, _ := strings.Cut(sealed, ":")
	broken, err := base64.StdEncoding.DecodeString(data)
	require.NoError(t, err)
	broken[len(broken)-1] ^= 1
	for _, tt := range []struct {
		name, why string
		ring      *keyring.Ring
		sealed    string
		purpose   []string
		opens     bool
	}{
		{"as it was sealed", "", ring(t, 1), sealed, []string{"webhook", "contoso", "1"}, true},
		{"with a newer key before it", "a key is replaced, and what it sealed is still there", ring(t, 2, 1), sealed,
			[]string{"webhook", "contoso", "1"}, true},
		{"without its key", "", ring(t, 2, 3), sealed, []string{"webhook", "contoso", "1"}, false},
		{"without any key", "a portal without --secrets-key-file", nil, sealed, []string{"webhook", "contoso", "1"}, false},
		{"of another company", "somebody swapped two rows", ring(t, 1), sealed, []string{"webhook", "fabrikam", "1"}, false},
		{"of another webhook", "somebody swapped two rows", ring(t, 1), sealed, []string{"webhook", "contoso", "2"}, false},
		{"with the borders elsewhere", "the parts are told apart", ring(t, 1), sealed,
			[]string{"webhook", "contos", "o1"}, false},
		{"for no purpose", "", ring(t, 1), sealed, nil, false},
		{"changed", "", ring(t, 1), name + ":" + base64.StdEncoding.EncodeToString(broken),
			[]string{"webhook", "contoso", "1"}, false},
		{"under another name", "", ring(t, 1), "000000000000:" + data, []string{"webhook", "contoso", "1"}, false},
		{"cut off", "", ring(t, 1), sealed[:20], []string{"webhook", "contoso", "1"}, false},
		{"nothing", "", ring(t, 1), "", nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.ring.Open(tt.sealed, tt.purpose...)
			if !tt.opens {
				require.ErrorIs(t, err, keyring.ErrUnopened, tt.why)
				assert.Nil(t, got)
				return
			}
			require.NoError(t, err, tt.why)
			assert.Equal(t, secret, got)
		})
	}
}

func TestSeal(t *testing.T) {
	t.Parallel()
	one, err := ring(t, 2, 1).Seal(secret, "a")
	require.NoError(t, err)
	two, err := ring(t, 2, 1).Seal(secret, "a")
	require.NoError(t, err)
	assert.NotEqual(t, one, two, "the same secret twice shows as two")
	assert.NotContains(t, one, base64.StdEncoding.EncodeToString(secret)[:16])
	_, err = ring(t, 2).Open(one, "a")
	require.NoError(t, err, "the first key seals")
	assert.True(t, ring(t, 2, 1).Newest(one))
	assert.False(t, ring(t, 1, 2).Newest(one))
	assert.False(t, (*keyring.Ring)(nil).Newest(one))
	_, err = (*keyring.Ring)(nil).Seal(secret)
	require.Error(t, err)
}

func TestParse(t *testing.T) {
	t.Parallel()
	key := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, keyring.KeySize))
	for _, tt := range []struct{ name, file, says string }{
		{"one key", key + "\n", ""},
		{"without a line break", key, ""},
		{"of Windows", key + "\r\n" + key + "\r\n", ""},
		{"with notes", "# since May\n\n" + key + "\n# before\n" + key + "\n", ""},
		{"what NewFile made", string(keyring.NewFile()), ""},
		{"nothing", "", "no key"},
		{"notes alone", "# geheim\n", "no key"},
		{"no base64", key + "\ngeheim!\n", "line 2"},
		{"too short", "Z2VoZWlt\n", "key 1 has 6 octets"},
		{"too long", base64.StdEncoding.EncodeToString(make([]byte, 33)), "key 1 has 33 octets"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := keyring.Parse([]byte(tt.file))
			if tt.says == "" {
				require.NoError(t, err)
				sealed, err := r.Seal(secret)
				require.NoError(t, err)
				_, err = r.Open(sealed)
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, tt.says)
			assert.NotContains(t, err.Error(), "geheim")
		})
	}
	one, other := keyring.NewFile(), keyring.NewFile()
	assert.NotEqual(t, one, other)
}

func TestARingPrintsNoKey(t *testing.T) {
	t.Parallel()
	r := ring(t, 'k', 'k')
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("ring", "ring", r)
	for _, text := range []string{
		fmt.Sprintf("%v %+v %#v %s %q %x", r, r, r, r, r, r), log.String(), fmt.Sprint((*keyring.Ring)(nil)),
	} {
		assert.Contains(t, text, "keyring.Ring(")
		assert.NotContains(t, text, "kkkk")
		assert.NotContains(t, text, "6b6b6b6b")
	}
}
