package queue

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
)

// An incident that waits for its routing may have been stored by a program with
// other rules. Nobody is told of one that is invalid.
func TestAnInvalidIncidentIsNotRouted(t *testing.T) {
	t.Parallel()
	db, err := store.Open(t.Context(), storetest.SQLite(t), nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	q, err := New(db, nil, &Options{InsertOnly: true})
	require.NoError(t, err)
	const customer = "10ad0000-0000-4000-8000-00000000c057"
	require.NoError(t, db.SeedPartners(t.Context(), customer, 1))
	require.ErrorIs(t, q.route(t.Context(), partner.Incident{ID: "INC-invalid", TenantID: customer}, ""),
		partner.ErrInvalid)
}

// A routing that lets others have their turn goes on from where it was. It
// tells each partner once.
func TestRoutingGoesOnFromItsCursor(t *testing.T) {
	t.Parallel()
	const customer, partners = "10ad0000-0000-4000-8000-00000000c057", 2*chunkSize + 7
	db, err := store.Open(t.Context(), storetest.SQLite(t), nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	q, err := New(db, nil, &Options{InsertOnly: true})
	require.NoError(t, err)
	q.turn = 0 // over after each chunk
	require.NoError(t, db.SeedPartners(t.Context(), customer, partners))
	raised := partner.Incident{
		ID: "INC-turns", TenantID: customer, Kind: partner.Spam, Severity: partner.IncidentLow, Title: "Spam",
		Actions: []string{"Look"}, DetectedAt: time.Date(2026, time.January, 15, 9, 30, 0, 0, time.UTC),
	}
	require.NoError(t, db.CreateIncident(t.Context(), raised, host.Person{Name: "Robin Specimen"}))

	last := ""
	for chunk := 1; ; chunk++ {
		require.LessOrEqual(t, chunk, 3)
		i, cursor, _, err := db.RoutingCursor(t.Context(), raised.ID)
		require.NoError(t, err)
		assert.Equal(t, last, cursor)
		err = q.route(t.Context(), i, cursor)
		counts, countErr := db.Counts(t.Context(), raised.ID)
		require.NoError(t, countErr)
		assert.Equal(t, min(chunk*chunkSize, partners), counts.Total())
		if err == nil {
			break
		}
		require.ErrorIs(t, err, errTurn)
		last = fmt.Sprintf("5eed0000-0000-4000-8000-%012x", chunk*chunkSize-1)
	}
	stored, err := db.Incident(t.Context(), raised.ID)
	require.NoError(t, err)
	assert.Equal(t, host.IncidentRouted, stored.Status)
	assert.Equal(t, partners, stored.Partners)
}

// A chunk has its size in deliveries, however many recipients each partner has.
func TestAChunkIsCountedInDeliveries(t *testing.T) {
	t.Parallel()
	const customer, partners, agents = "10ad0000-0000-4000-8000-00000000c057", 3, chunkSize * 3 / 5
	db, err := store.Open(t.Context(), storetest.SQLite(t), nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	q, err := New(db, nil, &Options{InsertOnly: true})
	require.NoError(t, err)
	q.turn = 0 // over after each chunk
	concerned := host.Customer{TenantID: customer, Name: "Adventure Works"}
	for p := range partners {
		id := fmt.Sprintf("a9e00000-0000-4000-8000-%012d", p)
		var enrolled []host.Staff
		for a := range agents {
			enrolled = append(enrolled, host.Staff{
				ID: fmt.Sprint(a), Enrolled: true, Recipient: partner.Recipient{Email: fmt.Sprintf("agent-%d@contoso.com", a)},
			})
		}
		require.NoError(t, db.AddPartner(t.Context(), partner.LegalProfile{TenantID: id}, enrolled))
		concerned.Partners = append(concerned.Partners, host.CustomerPartner{PartnerTenantID: id, Rights: partner.Reseller})
	}
	require.NoError(t, db.AddCustomer(t.Context(), concerned))
	raised := partner.Incident{
		ID: "INC-agents", TenantID: customer, Kind: partner.AzureFraud, Severity: partner.IncidentLow, Title: "Miners",
		Actions: []string{"Look"}, DetectedAt: time.Date(2026, time.January, 15, 9, 30, 0, 0, time.UTC),
	}
	require.NoError(t, db.CreateIncident(t.Context(), raised, host.Person{Name: "Robin Specimen"}))
	require.ErrorIs(t, q.route(t.Context(), raised, ""), errTurn)
	counts, err := db.Counts(t.Context(), raised.ID)
	require.NoError(t, err)
	assert.Equal(t, 2*agents, counts.Total(), "the second partner has filled the chunk")
	_, cursor, _, err := db.RoutingCursor(t.Context(), raised.ID)
	require.NoError(t, err)
	require.NoError(t, q.route(t.Context(), raised, cursor))
	counts, err = db.Counts(t.Context(), raised.ID)
	require.NoError(t, err)
	assert.Equal(t, host.Counts{host.DeliveryWaiting: partners * agents}, counts)
}
