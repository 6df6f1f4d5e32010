package words_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/words"
)

// term is one of Microsoft's, as its own pages have it in a language. Where no
// page of Partner Center was found that has it, page says why it was chosen.
type term struct{ english, own, page string }

const learn = "https://learn.microsoft.com/"

var terms = map[string][]term{
	"de": {
		{"security contact", "Sicherheitskontakt", learn + "de-de/partner-center/security-contact"},
		{"Global admin", "globaler Administrator", learn + "de-de/partner-center/security-contact"},
		{"admin agent", "Administrator-Agent", learn + "de-at/partner-center/customers-revoke-admin-privileges"},
		{"tenant", "Mandant", learn + "de-de/partner-center/security-contact"},
		{"reseller relationship", "Vertriebspartnerbeziehung", learn + "de-de/partner-center/security-contact"},
		{"delegated admin privileges", "delegierte Administratorrechte",
			learn + "de-at/partner-center/customers-revoke-admin-privileges"},
	},
	"fr": {
		{"security contact", "contact de sécurité", learn + "fr-fr/partner-center/security-contact"},
		{"Global admin", "administrateur général", learn + "fr-fr/partner-center/security-contact"},
		{"admin agent", "agent d’administration", learn + "fr-ch/partner-center/partner-security-requirements-mandating-mfa"},
		{"tenant", "locataire", learn + "fr-fr/partner-center/security-contact"},
		{"reseller relationship", "relation de revendeur", learn + "fr-fr/partner-center/security-contact"},
		{"delegated admin privileges", "privilèges d’administrateur délégué",
			learn + "fr-fr/partner-center/customers/customers-revoke-admin-privileges"},
	},
	"es": {
		{"security contact", "contacto de seguridad", learn + "es-es/partner-center/security/security-requirements"},
		{"Global admin", "administrador global", learn + "es-es/partner-center/connect-with-your-customers"},
		{"admin agent", "agente de administración", learn + "es-es/partner-center/security/security-requirements"},
		{"tenant", "inquilino", learn + "es-es/partner-center/request-a-relationship-with-a-customer"},
		{"reseller relationship", "relación de revendedor",
			learn + "es-es/partner-center/request-a-relationship-with-a-customer"},
		{"delegated admin privileges", "privilegios de administrador delegado",
			learn + "es-es/partner-center/customers-revoke-admin-privileges"},
	},
	"pt-BR": {
		{"security contact", "contato de segurança",
			"Microsoft's pages about Azure call the contact of a subscription so"},
		{"Global admin", "administrador global", learn + "pt-br/partner-center/add-a-new-customer"},
		{"admin agent", "agente de administração", learn + "pt-br/partner-center/billing/partner-earned-credit-troubleshoot"},
		{"tenant", "locatário", learn + "pt-br/partner-center/security/partner-security-requirements-faq"},
		{"reseller relationship", "relação de revendedor",
			learn + "pt-br/partner-center/request-a-relationship-with-a-customer"},
		{"delegated admin privileges", "privilégios de administrador delegado",
			learn + "pt-br/partner-center/customers-revoke-admin-privileges"},
	},
	"it": {
		{"security contact", "contatto di sicurezza", learn + "it-it/partner-center/security-contact"},
		{"Global admin", "amministratore globale", learn + "it-it/partner-center/security-contact"},
		{"admin agent", "agente di amministrazione", learn + "it-it/partner-center/request-a-relationship-with-a-customer"},
		{"tenant", "tenant", learn + "it-it/partner-center/security-contact"},
		{"reseller relationship", "relazione rivenditore", learn + "it-it/partner-center/security-contact"},
		{"delegated admin privileges", "privilegi amministrativi delegati",
			learn + "it-it/microsoft-365/commerce/review-partner-admin-privileges"},
	},
	"nl": {
		{"security contact", "beveiligingscontact",
			"Microsoft's pages about Azure and Managed Desktop speak of beveiligingscontacten"},
		{"Global admin", "globale beheerder", learn + "nl-nl/microsoft-365/commerce/manage-partners"},
		{"admin agent", "beheerderagent", learn + "nl-nl/partner-center/gdap-partner-terminate"},
		{"tenant", "tenant", learn + "nl-nl/partner-center/marketplace-offers/manage-account-settings-and-profile"},
		{"reseller relationship", "resellerrelatie", // there with a hyphen, which no dictionary has
			learn + "nl-nl/partner-center/request-a-relationship-with-a-customer"},
		{"delegated admin privileges", "gedelegeerde beheerdersbevoegdheden",
			learn + "nl-nl/partner-center/gdap-partner-terminate"},
	},
	"pl": {
		{"security contact", "kontakt ds. zabezpieczeń",
			"Microsoft's pages about Azure call the contact of a subscription so"},
		{"Global admin", "administrator globalny", learn +
			"pl-pl/partner-center/enroll/indirect-reseller-tasks-in-partner-center"},
		{"admin agent", "agent administracyjny", learn + "pl-pl/partner-center/customers-revoke-admin-privileges"},
		{"tenant", "dzierżawa", learn + "pl-pl/partner-center/account-settings/permissions-overview"},
		{"reseller relationship", "relacja odsprzedawcy",
			learn + "pl-pl/partner-center/request-a-relationship-with-a-customer"},
		{"delegated admin privileges", "delegowane uprawnienia administratora",
			learn + "pl-pl/partner-center/account-settings/permissions-overview"},
	},
	"ja": {
		{"security contact", "セキュリティ連絡先", learn + "ja-jp/partner-center/security/security-contact"},
		{"Global admin", "グローバル管理者", learn + "ja-jp/partner-center/security/security-contact"},
		{"admin agent", "管理エージェント", learn + "ja-jp/partner-center/security/nonpayment-fraud-misuse"},
		{"tenant", "テナント", learn + "ja-jp/partner-center/security/security-contact"},
		{"reseller relationship", "リセラー関係", learn + "ja-jp/partner-center/customers/multipartner"},
		{"delegated admin privileges", "代理管理者特権", learn + "ja-jp/partner-center/multipartner"},
	},
}

// A term stands in the sentences as it does on Microsoft's pages. Where a
// language bends its words, the beginning of each is enough.
func TestTermsAreMicrosofts(t *testing.T) {
	t.Parallel()
	for _, l := range others() {
		t.Run(l.Tag, func(t *testing.T) {
			t.Parallel()
			all := terms[l.Tag]
			require.Len(t, all, len(terms["de"]), "every term has its word")
			var said strings.Builder
			for _, text := range texts(l) {
				said.WriteString(strings.ToLower(text) + "\n")
			}
			for _, word := range all {
				for part := range strings.FieldsSeq(strings.ToLower(word.own)) {
					stem := []rune(part)
					stem = stem[:max(min(len(stem), 5), len(stem)-3)]
					assert.Contains(t, said.String(), string(stem), "%s: %s", word.english, word.own)
				}
				assert.True(t, strings.HasPrefix(word.page, learn) || strings.HasPrefix(word.page, "Microsoft's pages "),
					word.english)
			}
		})
	}
	assert.Len(t, terms, len(words.Languages())-1)
}
