package intake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const (
	fabrikam = "fab21ca0-0000-4000-8000-000000000002"
	contoso  = "c0150500-0000-4000-8000-000000000001"
	customer = "c0570000-0000-4000-8000-000000000001"

	partners = "Tenant ID;Company name;Country;Security contact;E-mail;Phone;Global admin email\r\n" +
		fabrikam + ";Fabrikam;Germany;Fabrikam SOC;soc@fabrikam.com;030 901820;gita@fabrikam.com\r\n" +
		contoso + ";Contoso;US;;;;\r\n"
)

func TestImport(t *testing.T) {
	onEach(t, func(t *testing.T, d *desk) {
		i := d.read(t, partners, host.ImportOptions{})
		assert.Equal(t, host.ImportReady, i.State)
		assert.Equal(t, 2, i.Counts.Rows)
		assert.Empty(t, d.problems(t, i, true))
		_, err := d.db.Profile(t.Context(), fabrikam)
		require.ErrorIs(t, err, host.ErrNotFound, "nothing is saved by reading")

		require.NoError(t, d.Save(t.Context(), i.ID, false, host.AuditEntry{}))
		p, err := d.db.Profile(t.Context(), fabrikam)
		require.NoError(t, err)
		assert.Equal(t, partner.NewGroupContact("Fabrikam SOC", "soc@fabrikam.com", "+4930901820"), p.SecurityContact,
			"the number is read as one of the row's country")
		assert.Equal(t, partner.IndirectReseller, p.PartnerType)
		assert.Empty(t, d.sent, "an import of new partners writes to nobody")
		c, err := d.db.Contact(t.Context(), fabrikam)
		require.NoError(t, err)
		assert.Equal(t, "soc@fabrikam.com", c.Address)
		assert.True(t, c.Record.EnteredAt.IsZero(), "nobody is asked: the operator begins that")
		found, err := d.db.Tenants(t.Context(), "contoso", 0)
		require.NoError(t, err)
		assert.Len(t, found, 1)

		saved, err := d.db.Import(t.Context(), i.ID)
		require.NoError(t, err)
		assert.Equal(t, host.ImportSaved, saved.State)
		entries, err := d.db.AuditEntries(t.Context(), 0, 0)
		require.NoError(t, err)
		require.Len(t, entries, 1)
		assert.Equal(t, i.ID, entries[0].Subject)
		entered, err := d.db.EnteredBy(t.Context(), strings.ToUpper(fabrikam))
		require.NoError(t, err)
		assert.Equal(t, i.ID, entered.ID, "the partner's own row leads to who entered it")
		assert.Equal(t, "Olu Operator", entered.By.Name)

		again := d.read(t, partners, host.ImportOptions{})
		assert.Equal(t, 2, again.Counts.Count(host.ImportPartner, host.ImportSame), "the same file changes nothing")

		changed := d.save(t, strings.ReplaceAll(partners, "Contoso;US", "Contoso Ltd.;GB"), host.ImportOptions{})
		items := d.items(t, changed, host.ImportChanged)
		require.Len(t, items, 1)
		assert.Equal(t, []host.ImportChange{
			{Label: "Company name", Before: "Contoso", After: "Contoso Ltd."}, {Label: "Country", Before: "US", After: "GB"},
		}, items[0].Changes)
		revisions, err := d.db.Revisions(t.Context(), contoso, "", 0)
		require.NoError(t, err)
		require.Len(t, revisions, 1, "a change stands in the partner's history")
		assert.Equal(t, "Olu Operator", revisions[0].ByName)
		assert.Equal(t, partner.VerificationMayBeRequired, revisions[0].Revision.Verification)
		entered, err = d.db.EnteredBy(t.Context(), contoso)
		require.NoError(t, err)
		assert.Equal(t, i.ID, entered.ID, "the one that changed it did not enter it")
		_, err = d.db.EnteredBy(t.Context(), customer)
		require.ErrorIs(t, err, host.ErrNotFound)
		for tenant, imports := range map[string][]string{fabrikam: {i.ID}, contoso: {changed.ID, i.ID}, customer: nil} {
			var found []string
			entries, err := d.db.AuditList(t.Context(), store.AuditQuery{Find: tenant})
			require.NoError(t, err)
			for _, e := range entries {
				found = append(found, e.Subject)
			}
			assert.Equal(t, imports, found, "a partner's imports: %s", tenant)
		}
	})
}

// What an import does to a security contact.
func TestContacts(t *testing.T) {
	onEach(t, func(t *testing.T, d *desk) {
		d.save(t, partners, host.ImportOptions{})
		other := strings.ReplaceAll(partners, "soc@fabrikam.com", "cert@fabrikam.com")

		kept := d.save(t, other, host.ImportOptions{})
		assert.Equal(t, map[int][]string{1: {"E-mail: contact.kept"}}, d.problems(t, kept, false))
		assert.Equal(t, 1, kept.Counts.Kept)
		p, err := d.db.Profile(t.Context(), fabrikam)
		require.NoError(t, err)
		assert.Equal(t, "soc@fabrikam.com", p.SecurityContact.Email, "another contact stays as it is")
		assert.Empty(t, d.sent)

		d.save(t, other, host.ImportOptions{ReplaceContacts: true})
		p, err = d.db.Profile(t.Context(), fabrikam)
		require.NoError(t, err)
		assert.Equal(t, "cert@fabrikam.com", p.SecurityContact.Email)
		var topics []partner.Topic
		for _, n := range d.sent {
			topics = append(topics, n.Topic)
		}
		assert.Equal(t, []partner.Topic{partner.TopicContactReplaced, partner.TopicContactAppointed}, topics,
			"the old address and the new one are told, as of any change")

		added := strings.ReplaceAll(partners, "Contoso;US;;;", "Contoso;US;Contoso SOC;soc@contoso.com;425 555 0100")
		byAPI, err := d.Read(t.Context(), strings.NewReader(added), host.Import{By: operator(), Channel: partner.API})
		require.NoError(t, err)
		assert.Equal(t, []string{"E-mail: contact.not_by_api"}, d.problems(t, byAPI, false)[2])
		d.sent = nil
		d.save(t, added, host.ImportOptions{})
		p, err = d.db.Profile(t.Context(), contoso)
		require.NoError(t, err)
		assert.Equal(t, "+14255550100", p.SecurityContact.Phone)
		require.Len(t, d.sent, 1)
		assert.Equal(t, partner.TopicContactAppointed, d.sent[0].Topic)
		c, err := d.db.Contact(t.Context(), contoso)
		require.NoError(t, err)
		assert.False(t, c.Record.EnteredAt.IsZero(), "a contact that is added to a partner is asked, as any other")
	})
}

func TestCustomers(t *testing.T) {
	onEach(t, func(t *testing.T, d *desk) {
		d.save(t, partners, host.ImportOptions{})
		// As Partner Center exports it.
		const file = "\uFEFFMicrosoft ID,Company name,Primary domain name,Relationship,Tags\r\n" +
			"c0570000-0000-4000-8000-000000000001,\"Adventure Works, Ltd.\",adventure-works.com,Cloud Reseller,\r\n" +
			"c0570000-0000-4000-8000-000000000002,Alpine Ski House,alpineskihouse.com,\"Cloud Reseller, GDAP\",vip\r\n"
		i := d.save(t, file, host.ImportOptions{CustomersOf: strings.ToUpper(fabrikam)})
		assert.Equal(t, "Partner Center (customers)", i.Layout.Export)
		assert.Equal(t, 2, i.Counts.Count(host.ImportCustomer, host.ImportNew))
		assert.Equal(t, 2, i.Counts.Count(host.ImportRelationship, host.ImportNew))
		for impact, err := range d.db.Impacted(t.Context(), customer) {
			require.NoError(t, err)
			assert.Equal(t, fabrikam, impact.PartnerTenantID)
			assert.Equal(t, partner.Reseller, impact.Rights)
		}
		changed := d.save(t, "Partner tenant ID,Customer tenant ID,Reseller rights,GDAP\n"+fabrikam+","+customer+",no,yes\n",
			host.ImportOptions{})
		items := d.items(t, changed, host.ImportChanged)
		require.Len(t, items, 1)
		assert.Equal(t, []host.ImportChange{{Label: "Rights", Before: "reseller", After: "granular_admin"}}, items[0].Changes)
	})
}

func TestWrongRows(t *testing.T) {
	onEach(t, func(t *testing.T, d *desk) {
		const unknown = "00000000-0000-4000-8000-00000000000f"
		file := "Partner tenant ID,Company name,Country,Security contact,E-mail,Phone,Customer tenant ID,Customer " +
			"name,Rights\n" +
			"no-tenant,A,,,,,,,\n" +
			fabrikam + ",Fabrikam,Atlantis,,,,,,\n" +
			contoso + ",Contoso,US,Contoso SOC,soc@contoso,12,,,\n" +
			fabrikam + ",Fabrikam,DE,,,,,,\n" +
			fabrikam + ",Other,DE,,,,,,\n" +
			fabrikam + ",,,,,," + customer + ",Adventure Works,landlord\n" +
			unknown + ",,,,,," + customer + ",Adventure Works,reseller\n" +
			fabrikam + ",,,,,," + customer + ",Adventure Works,\n"
		i := d.read(t, file, host.ImportOptions{})
		assert.Equal(t, map[int][]string{
			1: {"Partner tenant ID: tenant.syntax"},
			2: {"Country: country.unknown"},
			3: {"E-mail: email.domain", "Phone: phone.country_code"},
			5: {": row.contradicts"},
			6: {"Rights: rights.unknown"},
			7: {": partner.unknown"},
			8: {"Rights: rights.missing"},
		}, d.problems(t, i, true))
		assert.Equal(t, 7, i.Counts.Wrong)
		all, err := d.db.ImportProblems(t.Context(), i.ID, true, 2, 1)
		require.NoError(t, err)
		require.Len(t, all, 1)
		require.Len(t, all[0].Findings, 2)
		assert.Equal(t, "soc@contoso", all[0].Findings[0].Value, "as the row has it")
		assert.Equal(t, "12", all[0].Findings[1].Value)
		require.Error(t, d.Save(t.Context(), i.ID, false, host.AuditEntry{}), "nothing is saved where a row is wrong")
		_, err = d.db.Profile(t.Context(), fabrikam)
		require.ErrorIs(t, err, host.ErrNotFound)

		require.NoError(t, d.Save(t.Context(), i.ID, true, host.AuditEntry{}), "unless told so")
		_, err = d.db.Profile(t.Context(), fabrikam)
		require.NoError(t, err)
		found, err := d.db.Tenants(t.Context(), "adventure", 0)
		require.NoError(t, err)
		assert.Empty(t, found, "a wrong row leaves nothing, not even its customer")
	})
}

// What a plain export of a CRM says is read, and what is not understood makes
// no row wrong.
func TestCRM(t *testing.T) {
	onEach(t, func(t *testing.T, d *desk) {
		i := d.save(t, "Account Name,Azure Tenant ID,Account Owner,Billing City,Billing Country,Security contact,E-mail,"+
			"Phone,Language\n"+
			"Fabrikam,"+fabrikam+",Olu,Berlin,Germany,Fabrikam SOC,soc@fabrikam.com,030 901820,German\n"+
			"Contoso,"+contoso+",Olu,,United States,,,,Klingon\n", host.ImportOptions{})
		assert.Empty(t, d.problems(t, i, true))
		assert.Equal(t, map[int][]string{2: {"Language: language.tag"}}, d.problems(t, i, false))
		assert.Equal(t, 1, i.Counts.Advice)
		p, err := d.db.Profile(t.Context(), fabrikam)
		require.NoError(t, err)
		assert.Equal(t, "+4930901820", p.SecurityContact.Phone, "the number is read as one of the account's country")
		assert.Equal(t, "Berlin", p.Address.City)
		for id, want := range map[string]string{fabrikam: "de", contoso: ""} {
			tag, err := d.db.Language(t.Context(), id)
			require.NoError(t, err)
			assert.Equal(t, want, tag)
		}
	})
}

func TestSomebodyElseChangedIt(t *testing.T) {
	onEach(t, func(t *testing.T, d *desk) {
		d.save(t, partners, host.ImportOptions{})
		i := d.read(t, strings.ReplaceAll(partners, "Contoso;US",
			"Contoso Ltd.;US")+"b0150500-0000-4000-8000-000000000009;New;;;;;\n",
			host.ImportOptions{})
		current, err := d.db.Profile(t.Context(), contoso)
		require.NoError(t, err)
		after := current
		after.Address.City = "Redmond"
		rev := partner.Revision{TenantID: contoso, Before: current, After: after,
			Verification: partner.VerificationMayBeRequired}
		_, err = d.db.SaveRevision(t.Context(), rev, operator())
		require.NoError(t, err)

		require.Error(t, d.Save(t.Context(), i.ID, false, host.AuditEntry{}))
		p, err := d.db.Profile(t.Context(), contoso)
		require.NoError(t, err)
		assert.Equal(t, "Redmond", p.Address.City, "what somebody saved meanwhile stays")
		assert.Equal(t, "Contoso", p.CompanyName)
		_, err = d.db.Profile(t.Context(), "b0150500-0000-4000-8000-000000000009")
		require.ErrorIs(t, err, host.ErrNotFound, "and nothing of the import is saved")
		stale, err := d.db.Import(t.Context(), i.ID)
		require.NoError(t, err)
		assert.Equal(t, host.ImportStale, stale.State)
	})
}
