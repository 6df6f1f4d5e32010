package partner_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

func TestRights(t *testing.T) {
	t.Parallel()
	for rights, want := range map[partner.Rights]struct{ text, json string }{
		0:                    {"none", `[]`},
		reseller:             {"reseller", `["reseller"]`},
		delegated:            {"delegated_admin", `["delegated_admin"]`},
		granular:             {"granular_admin", `["granular_admin"]`},
		reseller | delegated: {"reseller, delegated_admin", `["reseller","delegated_admin"]`},
		reseller | granular:  {"reseller, granular_admin", `["reseller","granular_admin"]`},
		delegated | granular: {"delegated_admin, granular_admin", `["delegated_admin","granular_admin"]`},
		reseller | delegated | granular: {
			"reseller, delegated_admin, granular_admin", `["reseller","delegated_admin","granular_admin"]`,
		},
	} {
		assert.Equal(t, want.text, rights.String())
		assert.Equal(t, want.text, (rights | noRight).String(), "a bit that is no right has no word")
		data, err := json.Marshal(rights)
		require.NoError(t, err)
		assert.Equal(t, want.json, string(data))
		var back partner.Rights
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, rights, back)

		for bit := granular << 1; bit != 0; bit <<= 1 {
			_, err = json.Marshal(rights | bit)
			assert.Error(t, err, "a right that nobody knows must not get lost on the way")
		}
	}
}

func TestRightsFromJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why, json string
		want            partner.Rights
		place           string // of the error; "" where there is none
	}{
		{"any order", "a set has none", `["granular_admin", "reseller"]`, reseller | granular, ""},
		{"twice", "a set holds it once", `["reseller","reseller"]`, reseller, ""},
		{"empty", "no rights", `[]`, 0, ""},
		{"null", "for encoding/json null is nothing said", `null`, granular, ""},
		{"unknown word", "what is not understood grants nothing, and is said", `["reseller","owner"]`, granular,
			"index 1"},
		{"other case", "everything matches exactly", `["Reseller"]`, granular, "index 0"},
		{"empty word", "no word is no right", `["reseller","delegated_admin",""]`, granular, "index 2"},
		{"null among words", "likewise", `[null]`, granular, "index 0"},
		{"string", "a list of one is a list", `"reseller"`, granular, "string"},
		{"number", "the bits are not the form", `3`, granular, "number"},
		{"numbers", "likewise", `[1]`, granular, "number"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rights := granular
			err := json.Unmarshal([]byte(tt.json), &rights)
			assert.Equal(t, tt.want, rights, tt.why)
			if tt.place == "" {
				assert.NoError(t, err)
			} else {
				assert.ErrorContains(t, err, tt.place, "the place is said")
			}
		})
	}
}
