package columns

import "slices"

// An export is a program whose tables are known by their headers.
type export struct {
	name  string
	marks []string // headers that only its tables have, or few others
	need  int      // how many of the marks a table has at least
	from  string   // where the marks were found
}

// recognise returns the name of the export that a header is from. That is the
// one with the most marks in it. "" is none.
func recognise(header []string) string {
	there := map[string]bool{}
	for _, cell := range header {
		inside, _ := brackets(cell)
		there[key(cell)], there[key(inside)] = true, true
	}
	delete(there, "")
	best, most := "", 0
	for _, e := range exports {
		found := 0
		for _, mark := range e.marks {
			if there[key(mark)] {
				found++
			}
		}
		if found >= e.need && found > most {
			best, most = e.name, found
		}
	}
	return best
}

// exports is the table of known exports. Of two that fit equally well, the
// first counts.
var exports = [...]export{
	{
		"Google Contacts",
		[]string{
			"Organization Name", "Phonetic First Name", "Phonetic Last Name", "File As", "Labels", "E-mail 1 - Label",
			"E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value",
		},
		3, google,
	},
	{
		"Google Contacts (before 2024)",
		[]string{
			"Given Name", "Additional Name", "Family Name", "Yomi Name", "Group Membership", "E-mail 1 - Type",
			"E-mail 1 - Value", "Phone 1 - Type", "Phone 1 - Value", "Organization 1 - Name",
		},
		4, googleOld,
	},
	{
		"Outlook",
		[]string{
			"E-mail Address", "E-mail 2 Address", "E-mail 3 Address", "Business Phone", "Business Phone 2", "Home Phone",
			"Home Phone 2", "Mobile Phone", "Other Phone", "Business Fax", "Business Street", "Business City",
			"Company Main Phone", "Primary Phone",
		},
		3, zimbra,
	},
	{
		"Outlook (German)",
		[]string{
			"Weitere Vornamen", "E-Mail-Adresse", "E-Mail 2: Adresse", "Telefon geschäftlich", "Telefon geschäftlich 2",
			"Telefon privat", "Telefon (privat)", "Mobiltelefon", "Weiteres Telefon", "Haupttelefon", "Fax geschäftlich",
			"Ort geschäftlich",
		},
		3, zimbra,
	},
	{
		"Outlook (French)",
		[]string{
			"Deuxième prénom", "Adresse de messagerie", "Adresse de messagerie 2", "Téléphone (bureau)",
			"Téléphone 2 (bureau)", "Téléphone (domicile)", "Tél. mobile", "Téléphone (autre)", "Téléphone principal",
			"Télécopie (bureau)", "Ville (bureau)",
		},
		3, zimbra,
	},
	{
		"Outlook (Spanish)",
		[]string{
			"Segundo nombre", "Dirección de correo electrónico", "Dirección de correo electrónico 2", "Teléfono del trabajo",
			"Particular", "Teléfono móvil", "Otro teléfono", "Teléfono principal", "Ciudad de trabajo", "Apellidos",
			"País o región del trabajo",
		},
		3, zimbra,
	},
	{
		"Outlook (Portuguese)",
		[]string{
			"Nome do meio", "Segundo nome", "Sobrenome", "Primeiro nome", "Último nome", "Endereço de email",
			"Endereço de email 2", "Endereço de email 3", "Telefone comercial", "Telefone comercial 2", "Fone comercial",
			"Telefone residencial", "Telefone celular", "Outro telefone", "Fax comercial", "Cidade comercial", "Rua comercial",
			"Endereço de correio electrónico", "Telefone da empresa", "Telefone da residência", "Outros nomes/apelidos",
		},
		3, zimbra,
	},
	{
		"Outlook (Italian)",
		[]string{
			"Secondo nome", "Indirizzo posta elettronica", "Indirizzo posta elettronica 2", "Indirizzo e-mail", "Ufficio",
			"Ufficio 2", "Abitazione", "Cellulare", "Altro telefono", "Telefono principale", "Telefono principale società",
			"Telefono di lavoro", "Telefono di casa", "Fax di lavoro", "Titolo", "Cognome",
		},
		4, zimbra,
	},
	{
		"Outlook (Dutch)",
		[]string{
			"Middelste naam", "E-mailadres", "E-mailadres 2", "Telefoon op werk", "Telefoon op werk 2", "Telefoon thuis",
			"Mobiele telefoon", "Andere telefoon", "Hoofdtelefoon", "Fax op werk", "Achtervoegsel",
		},
		3, zimbra,
	},
	{
		"Outlook (Polish)",
		[]string{
			"Drugie imię", "Adres e-mail", "Adres e-mail 2", "Telefon służbowy", "Telefon służbowy 2", "Telefon domowy",
			"Telefon komórkowy", "Inny telefon", "Faks służbowy", "Telefon główny",
		},
		3, zimbra,
	},
	{
		"Outlook (Swedish)",
		[]string{
			"Mellannamn", "E-postadress", "E-postadress 2", "Telefon 2, arbete", "Telefon 2, hem", "Mobiltelefon", "Arbete",
			"Telefon, annan", "Företag, växel", "Land, arbete", "Titel", "Fax, arbete", "Ort, arbete",
		},
		3, zimbra,
	},
	{
		"Outlook (Japanese)",
		[]string{
			"ミドル", "ミドル ネーム", "電子メール アドレス", "電子メール 2 アドレス", "会社電話", "会社電話 2", "自宅電話", "携帯電話", "その他の電話",
			"会社代表電話", "会社 FAX", "肩書き",
		},
		3, zimbra,
	},
	{
		"Thunderbird",
		[]string{
			"Primary Email", "Secondary Email", "Screen Name", "Work Phone", "Fax Number", "Pager Number", "Mobile Number",
			"Home ZipCode", "Work ZipCode", "Web Page 1",
		},
		3, zimbra,
	},
	{
		"Microsoft 365 (template for users)",
		[]string{
			"User Name", "Display Name", "Job Title", "Office Number", "Office Phone", "Alternate email address",
			"ZIP or Postal Code", "Country or Region",
		},
		4, m365Template,
	},
	{
		"Microsoft 365 (users)",
		[]string{
			"User principal name", "Block credential", "Licenses", "Proxy addresses", "Password never expires",
			"Usage location", "Object Id", "Soft deletion time stamp", "Strong password required", "When created",
		},
		3, seen,
	},
	{
		"Microsoft 365 (contacts)",
		[]string{
			"ExternalEmailAddress", "StateOrProvince", "CountryOrRegion", "PrimarySmtpAddress", "RecipientType", "Alias",
		},
		2, m365Contacts,
	},
	{
		"Entra",
		[]string{
			"userPrincipalName", "displayName", "givenName", "surname", "userType", "accountEnabled", "usageLocation",
			"directorySynced", "objectId", "physicalDeliveryOfficeName", "alternateEmailAddress", "creationType",
		},
		5, entra,
	},
	{
		"Apple",
		[]string{
			"Email (work)", "Email (home)", "Phone (work)", "Phone (home)", "Phone (mobile)", "Phone (iPhone)",
			"Address (work) street", "Address (home) street",
		},
		2, apple,
	},
	{"LinkedIn", []string{"URL", "Email Address", "Position", "Connected On"}, 3, linkedIn},
	{
		"LinkedIn",
		[]string{"Source", "Companies", "Emails", "PhoneNumbers", "InstantMessageHandles", "BookmarkedAt", "CreatedAt"},
		3, seen,
	},
	{
		"HubSpot",
		[]string{
			"Record ID", "Contact owner", "Lead Status", "Create Date", "Phone Number", "Associated Company",
			"Lifecycle Stage", "Mobile Phone Number", "Country/Region",
		},
		3, hubSpot,
	},
	{
		"Salesforce",
		[]string{
			"AccountId", "AccountName", "MobilePhone", "MailingStreet", "MailingCountry", "ReportsToId", "OwnerId",
			"HomePhone",
		},
		3, salesforce, // others have MobilePhone and HomePhone, too
	},
	{
		"Salesforce (report)",
		[]string{
			"Account Name", "Mailing Street", "Mailing City", "Mailing Country", "Contact ID", "Salutation",
			"Account Owner",
		},
		2, salesforce,
	},
	{
		"Zoho CRM",
		[]string{
			"Record Id", "Contact Owner.id", "Contact Owner", "Lead Source", "Account Name.id", "Account Name", "Vendor Name",
			"Asst Phone", "Email Opt Out", "Secondary Email", "Reporting To",
		},
		5, seen,
	},
	{
		"Zoho Books",
		[]string{"EmailID", "MobilePhone", "Contact Name", "Billing Country", "Currency Code", "Customer Sub Type"},
		4, seen,
	},
	{
		"Xero",
		[]string{"ContactName", "POAttentionTo", "POAddressLine1", "POCountry", "SAAddressLine1", "DDINumber"},
		3, xero,
	},
	{
		"Shopify",
		[]string{
			"Accepts Email Marketing", "Default Address Company", "Default Address Country Code", "Default Address Phone",
			"Total Spent", "Tax Exempt",
		},
		3, shopify,
	},
	{
		"Google Workspace",
		[]string{
			"First Name [Required]", "Last Name [Required]", "Email Address [Required]", "Org Unit Path [Required]",
			"Status [READ ONLY]", "Last Sign In [READ ONLY]", "Email Usage [READ ONLY]",
		},
		3, seen,
	},
	{
		"Intune (devices)",
		[]string{"Device name", "Primary user UPN", "Primary user email address", "Primary user display name"},
		3, devices,
	},
	{
		"Pipedrive",
		[]string{"Person - Name", "Person - Email - Work", "Person - Phone - Work", "Person - Organization",
			"Person - Owner"},
		2, seen,
	},
	{
		"Dynamics 365",
		[]string{"(Do Not Modify) Contact", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On"},
		2, seen,
	},
	{
		"Mailchimp",
		[]string{"MEMBER_RATING", "OPTIN_TIME", "OPTIN_IP", "CONFIRM_TIME", "CONFIRM_IP", "LEID", "EUID"},
		2, seen,
	},
	{
		"DATEV",
		[]string{
			"Name (Adressattyp Unternehmen)", "Unternehmensgegenstand", "Name (Adressattyp natürl. Person)",
			"Vorname (Adressattyp natürl. Person)", "Name (Adressattyp keine Angabe)", "Adressattyp",
		},
		3, datev,
	},
}

// Exports returns the names of the exports that Read knows, in the order of the
// table.
func Exports() []string {
	var names []string
	for _, e := range exports {
		if !slices.Contains(names, e.name) {
			names = append(names, e.name)
		}
	}
	return names
}
