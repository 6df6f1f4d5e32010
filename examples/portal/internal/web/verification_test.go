package web_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// record sets what is known of the address of Contoso's contact, in days before
// now. Nil is never.
func (p *portal) record(entered, verified, bounced, doubted *int, doubt host.ContactSaid) {
	p.t.Helper()
	at := func(days *int) int64 {
		if days == nil {
			return 0
		}
		return p.db.Now().Add(-time.Duration(*days)*24*time.Hour - time.Hour).UnixMicro()
	}
	writer, _ := p.db.Pools()
	_, err := writer.ExecContext(p.t.Context(), `UPDATE contacts SET entered_at = ?, verified_at = ?, bounced_at = ?,
		doubted_at = ?, doubt = ? WHERE tenant_id = ?`, at(entered), at(verified), at(bounced), at(doubted), string(doubt),
		host.ContosoTenantID)
	require.NoError(p.t, err)
}

func TestWhetherAnAddressIsRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why                           string
		entered, verified, bounced, doubted *int
		doubt                               host.ContactSaid
		word, says, todo                    string // todo: "" if nobody has to do anything
	}{
		{"unasked", "nobody has begun", nil, nil, nil, nil, "", "Not asked", "Nobody has been asked yet", ""},
		{"unverified", "", new(3), nil, nil, nil, "", "Not confirmed yet", "An answer is needed by", ""},
		{"verified", "", new(30), new(29), nil, nil, "", "Confirmed", "The next time is due by", ""},
		{"due", "", new(400), new(350), nil, nil, "", "To be confirmed again", "Confirmed last", ""},
		{"overdue", "", new(30), nil, nil, nil, "", "Not confirmed in time", "An answer was needed by",
			"Nobody has confirmed in time"},
		{"bouncing", "", new(30), new(29), new(2), nil, "", "Mail came back", "came back", "Mail to this address came back"},
		{"wrong", "", new(30), new(29), nil, new(2), host.ContactWrong, "Said to be wrong",
			"something about the contact is wrong",
			"Look at all of its details"},
		{"not me", "", new(30), new(29), new(3), new(2), host.ContactNotMe, "Said to be wrong", "they are not this contact",
			"enter one that is read"},
		{"confirmed after all", "the last word counts", new(30), new(1), new(3), new(2), host.ContactNotMe, "Confirmed",
			"The next time is due by", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			p.record(tt.entered, tt.verified, tt.bounced, tt.doubted, tt.doubt)
			for _, as := range []string{globalAdmin, billing} {
				words := p.get(as, legal).words()
				assert.Contains(t, words, "Is it read? "+tt.word+" ", tt.why)
				assert.Contains(t, words, tt.says)
				if tt.todo != "" {
					assert.Contains(t, words, tt.todo)
				}
			}
			assert.Equal(t, tt.todo != "",
				strings.Contains(p.get(globalAdmin, "/").words(), "Your security contact may not be read"))
			show := "good"
			if tt.todo != "" {
				show = "advice"
			}
			if tt.name == "bouncing" {
				show = "errors"
			}
			assert.Contains(t, p.get(operator, "/coverage?search=contoso&show="+show).words(), tt.word)

			records, err := csv.NewReader(strings.NewReader(p.get(operator,
				"/coverage.csv?search=contoso&show=all").Body)).ReadAll()
			require.NoError(t, err)
			cell := func(column string) string { return records[1][slices.Index(records[0], column)] }
			assert.Equal(t, tt.word, cell("Verification"))
			assert.Equal(t, tt.verified == nil, cell("Confirmed on") == "")
			assert.Equal(t, tt.todo != "", strings.Contains(cell("What to fix"), "ddress"))
		})
	}
	p := newPortal(t)
	assert.NotContains(t, p.get(tailspin, legal).words(), "Is it read?", "there is no contact")
}
