package words_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/words"
)

// term is one of Microsoft's, as its own pages have it in a language. A term
// without a page was not found on one: it is said as a colleague would say it.
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
		{"delegated admin privileges", "privilèges d’administrateur délégué", ""},
	},
	"es": {
		{"security contact", "contacto de seguridad", learn + "es-es/partner-center/security/security-requirements"},
		{"Global admin", "administrador global", ""},
		{"admin agent", "agente de administración", learn + "es-es/partner-center/security/security-requirements"},
		{"tenant", "inquilino", ""},
		{"reseller relationship", "relación de revendedor", ""},
		{"delegated admin privileges", "privilegios de administrador delegado", ""},
	},
	"pt-BR": {
		{"security contact", "contato de segurança", ""},
		{"Global admin", "administrador global", ""},
		{"admin agent", "agente de administração", learn + "pt-br/partner-center/billing/partner-earned-credit-troubleshoot"},
		{"tenant", "locatário", learn + "pt-br/partner-center/security/partner-security-requirements-faq"},
		{"reseller relationship", "relação de revendedor", ""},
		{"delegated admin privileges", "administrador delegado",
			learn + "pt-br/partner-center/security/partner-security-requirements-faq"},
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
		{"security contact", "beveiligingscontact", ""},
		{"Global admin", "globale beheerder", learn + "nl-nl/microsoft-365/commerce/manage-partners"},
		{"admin agent", "beheeragent", ""},
		{"tenant", "tenant", learn + "nl-nl/partner-center/marketplace-offers/manage-account-settings-and-profile"},
		{"reseller relationship", "resellerrelatie", ""},
		{"delegated admin privileges", "gedelegeerde beheerdersbevoegdheden", ""},
	},
	"pl": {
		{"security contact", "kontakt ds. zabezpieczeń", ""},
		{"Global admin", "administrator globalny", learn +
			"pl-pl/partner-center/enroll/indirect-reseller-tasks-in-partner-center"},
		{"admin agent", "agent administracyjny", ""},
		{"tenant", "dzierżawa", ""},
		{"reseller relationship", "relacja odsprzedawcy", ""},
		{"delegated admin privileges", "delegowane uprawnienia administratora", ""},
	},
	"ja": {
		{"security contact", "セキュリティ連絡先", learn + "ja-jp/partner-center/security/security-contact"},
		{"Global admin", "グローバル管理者", learn + "ja-jp/partner-center/security/security-contact"},
		{"admin agent", "管理エージェント", learn + "ja-jp/partner-center/security/nonpayment-fraud-misuse"},
		{"tenant", "テナント", learn + "ja-jp/partner-center/security/security-contact"},
		{"reseller relationship", "リセラー関係", ""},
		{"delegated admin privileges", "代理管理者特権", ""},
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
				assert.True(t, word.page == "" || strings.HasPrefix(word.page, learn), word.english)
			}
		})
	}
	assert.Len(t, terms, len(words.Languages())-1)
}
