package columns

// A word is what a program or a person calls a column.
type word struct {
	text   string
	field  Field
	kind   Kind
	source string
}

// The sources of the words.
const (
	// zimbra imports the tables of Outlook 2003, Windows Live Mail and Thunderbird
	// in many languages.
	zimbra = "https://github.com/Zimbra/zm-mailbox/blob/develop/store-conf/conf/contacts/zimbra-contact-fields.xml"
	// roundcube imports those of Outlook, one file for each language.
	roundcube = "https://github.com/roundcube/roundcubemail/tree/master/program/localization"

	own          = "https://github.com/cspkit/partner/blob/main/contact.go"
	google       = "https://support.google.com/contacts/answer/1069522" // its template
	googleOld    = "https://github.com/roundcube/roundcubemail/blob/master/tests/src/Csv2vcard/gmail.csv"
	m365Template = "https://learn.microsoft.com/microsoft-365/enterprise/add-several-users-at-the-same-time"
	m365Contacts = "https://learn.microsoft.com/powershell/module/exchange/new-mailcontact"
	entra        = "https://learn.microsoft.com/graph/api/resources/user"
	apple        = "http://www.albates.com/ideas/post/formatting-for-import-to-os-x-address-book"
	linkedIn     = "https://www.linkedin.com/help/linkedin/answer/a566336"
	hubSpot      = "https://knowledge.hubspot.com/properties/hubspots-default-contact-properties"
	salesforce   = "https://developer.salesforce.com/docs/" +
		"atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contact.htm"
	ldap  = "https://www.rfc-editor.org/rfc/rfc4519"
	vcard = "https://www.rfc-editor.org/rfc/rfc6350"

	// exchange is the importer of Exchange Server, which has the headers of Outlook
	// in each of its languages: OutlookCsvLanguageSelect, by culture.
	exchange = "Microsoft.Exchange.Transport.Sync.Common.ImportContacts"
	// openXchange imports those of Outlook, too.
	openXchange = "https://github.com/open-xchange/appsuite-middleware/tree/master/com.openexchange.importexport/importCSV"

	// dynamics has the display names of the table of contacts.
	dynamics = "https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/contact"
	// datev has the fields of its master data, as its program and others write
	// them.
	datev = "https://docu.billwerk.plus/help/transform_en/en/activities-and-data-exports/activities/debitor-export.html"
	// seen are the headers in files of a program, as public programs read them that
	// take such files.
	seen = "programs that read such files"

	// These have the labels of their forms, which their exports repeat, in many
	// languages.
	espo         = "https://github.com/espocrm/espocrm/tree/master/application/Espo"
	nextcloud    = "https://github.com/nextcloud/contacts/tree/main/l10n"
	snipe        = "https://github.com/snipe/snipe-it/tree/master/resources/lang"
	invoiceNinja = "https://github.com/invoiceninja/invoiceninja/tree/v5-stable/lang"

	// The fields of an account, as Exchange, Intune and the reports of Microsoft
	// 365 name them. The last are translated on that page.
	mailbox = "https://learn.microsoft.com/powershell/module/exchange/get-mailbox"
	devices = "https://learn.microsoft.com/intune/intune-service/fundamentals/reports-export-graph-available-reports"
	reports = "https://learn.microsoft.com/de-de/graph/api/reportroot-getoffice365activeuserdetail"

	mailchimp = "https://mailchimp.com/help/all-the-merge-tags-cheat-sheet/"
	xero      = "https://developer.xero.com/documentation/api/accounting/contacts"
	shopify   = "https://help.shopify.com/manual/customers/import-export-customers"
	lmn       = "https://github.com/joshuadevelopsgames/crm-demo/blob/main/LMN_CSV_FORMAT.md"

	// byHand is what people write in tables of their own, and translated is an
	// English word in another language. No public source was found for these.
	byHand     = "what people write"
	translated = "by translation"
)

// words is the table of all words. If two have the same letters and digits, the
// first counts.
var words = [...]word{
	// Our own names, and what people write by hand.
	{"firstName", FirstName, Main, own},
	{"First", FirstName, Main, zimbra},
	{"Forename", FirstName, Main, byHand},
	{"middleName", MiddleName, Main, own},
	{"Middle", MiddleName, Main, zimbra},
	{"lastName", LastName, Main, own},
	{"Last", LastName, Main, zimbra},
	{"email", Email, Main, own},
	{"fname", FirstName, Main, mailchimp},
	{"Given name(s)", FirstName, Main, byHand},
	{"lname", LastName, Main, mailchimp},
	{"Surname(s)", LastName, Main, byHand},
	{"First and last name", FullName, Main, byHand},
	{"First & last name", FullName, Main, byHand},
	{"Last name, first name", FullName, Main, byHand},
	{"Last, first", FullName, Main, espo},
	{"Name (last, first)", FullName, Main, byHand},
	{"mail address", Email, Main, byHand},
	{"Email 1", Email, Main, lmn},
	{"Email 2", Email, Other, lmn},
	{"Email address 1", Email, Main, byHand},
	{"Email ID", Email, Main, seen}, // in India
	{"Business email", Email, Work, byHand},
	{"Work e-mail address", Email, Work, byHand},
	{"phoneNumber", Phone, Main, own},
	{"Phone", Phone, Main, salesforce},
	{"Telephone", Phone, Main, byHand},
	{"Tel", Phone, Main, vcard},
	{"Phone no", Phone, Main, byHand},
	{"Tel no", Phone, Main, byHand},
	{"Phone 1", Phone, Main, lmn},
	{"Telephone 1", Phone, Main, byHand},
	{"Phone number 1", Phone, Main, byHand},
	{"Contact number", Phone, Main, byHand},
	{"Work number", Phone, Work, byHand},
	{"Phone (business)", Phone, Work, byHand},
	{"Business telephone", Phone, Work, byHand},
	{"Work telephone", Phone, Work, byHand},
	{"Home telephone", Phone, Home, byHand},
	{"Mobile telephone", Phone, Mobile, byHand},
	{"Phone number (mobile)", Phone, Mobile, byHand},
	{"Mobile no", Phone, Mobile, byHand},
	{"Cell", Phone, Mobile, byHand},
	{"Cell phone", Phone, Mobile, byHand},

	// Of a directory: LDAP, Entra, Microsoft Graph.
	{"givenName", FirstName, Main, ldap},
	{"surname", LastName, Main, entra},
	{"sn", LastName, Main, ldap},
	{"Family name", LastName, Main, googleOld},
	{"displayName", FullName, Main, entra},
	{"mail", Email, Main, entra},
	{"userPrincipalName", Email, SignIn, entra},
	{"alternateEmailAddress", Email, Other, entra},
	{"otherMails", Email, Other, entra},
	{"telephoneNumber", Phone, Main, ldap},
	{"businessPhones", Phone, Work, entra},
	{"mobile", Phone, Mobile, ldap},
	{"mobilePhone", Phone, Mobile, entra},
	{"homePhone", Phone, Home, ldap},
	{"companyName", Company, Main, entra},
	{"country", Country, Main, entra},
	{"usageLocation", Country, Other, entra},

	// Microsoft 365: the template for users, its export, contacts of Exchange.
	{"User name", Email, SignIn, m365Template},
	{"Office phone", Phone, Work, m365Template},
	{"Country or region", Country, Main, m365Template},
	{"Phone number", Phone, Main, seen},
	{"Proxy addresses", Email, Listed, entra},
	{"EmailAddresses", Email, Listed, mailbox},
	{"Primary user email address", Email, Main, devices},
	{"Primary user UPN", Email, SignIn, devices},
	{"Primary user display name", FullName, Main, devices},
	{"Alternate email address", Email, Other, m365Template},
	{"ExternalEmailAddress", Email, Main, m365Contacts},
	{"PrimarySmtpAddress", Email, Main, m365Contacts},
	{"WindowsEmailAddress", Email, Other, m365Contacts},
	{"CountryOrRegion", Country, Main, m365Contacts},

	// Google Contacts.
	{"Name", FullName, Main, googleOld},
	{"Additional name", MiddleName, Main, googleOld},
	{"Organization Name", Company, Main, google},
	{"Organization 1 - Name", Company, Main, googleOld},
	{"E-mail 1 - Value", Email, Main, googleOld},
	{"Phone 1 - Value", Phone, Main, googleOld},
	{"Address 1 - Country", Country, Main, googleOld},

	// LinkedIn, HubSpot, Salesforce.
	{"Full name", FullName, Main, linkedIn},
	{"Companies", Company, Main, seen},
	{"Emails", Email, Main, seen},
	{"PhoneNumbers", Phone, Main, seen},
	{"Work email", Email, Work, hubSpot},
	{"Mobile phone number", Phone, Mobile, hubSpot},
	{"Associated company", Company, Main, hubSpot},
	{"Country/Region", Country, Main, hubSpot},
	{"Contact name", FullName, Main, salesforce},
	{"Account name", Company, Main, salesforce},
	{"Mailing country", Country, Main, salesforce},
	{"Other country", Country, Other, salesforce},

	// Pipedrive puts the kind of record before each word.
	{"Person - Name", FullName, Main, seen},
	{"Person - First name", FirstName, Main, seen},
	{"Person - Last name", LastName, Main, seen},
	{"Person - Organization", Company, Main, seen},
	{"Person - Email", Email, Main, seen},
	{"Person - Email - Work", Email, Work, seen},
	{"Person - Email - Home", Email, Home, seen},
	{"Person - Email - Other", Email, Other, seen},
	{"Person - Phone", Phone, Main, seen},
	{"Person - Phone - Work", Phone, Work, seen},
	{"Person - Phone - Mobile", Phone, Mobile, seen},
	{"Person - Phone - Home", Phone, Home, seen},
	{"Person - Phone - Other", Phone, Other, seen},

	// Others that keep customers, and their bills.
	{"Direct phone", Phone, Work, seen}, // ConnectWise
	{"Work", Phone, Work, zimbra},       // Yahoo, Freshsales
	{"Home", Phone, Home, zimbra},       // Yahoo
	{"SMS", Phone, Mobile, seen},        // Brevo
	{"DDI number", Phone, Work, xero},
	{"PO country", Country, Main, xero},
	{"Default Address Phone", Phone, Other, shopify},
	{"Default Address Country Code", Country, Main, shopify},

	// Dynamics 365.
	{"Email Address 2", Email, Other, dynamics},
	{"Address 1: Country/Region", Country, Main, dynamics},

	// DATEV. A company has no first and last name there.
	{"Vorname (Adressattyp natürl. Person)", FirstName, Main, datev},
	{"Name (Adressattyp natürl. Person)", LastName, Main, datev},
	{"Name (Adressattyp Unternehmen)", Company, Main, datev},

	// Apple.
	{"Phone (work)", Phone, Work, apple},
	{"Phone (home)", Phone, Home, apple},
	{"Phone (mobile)", Phone, Mobile, apple},
	{"Phone (iPhone)", Phone, Mobile, apple},
	{"Phone (main)", Phone, Main, apple},
	{"Phone (other)", Phone, Other, apple},
	{"Email (work)", Email, Work, apple},
	{"Email (home)", Email, Home, apple},
	{"Email (other)", Email, Other, apple},
	{"Address (work) country", Country, Work, apple},
	{"Address (home) country", Country, Home, apple},

	// Outlook, Windows Live Mail and Thunderbird in English.
	{"Company", Company, Main, zimbra},
	{"Organization", Company, Main, zimbra},
	{"Work company", Company, Main, roundcube},
	{"E-mail Address", Email, Main, zimbra},
	{"E-mail 2 Address", Email, Other, zimbra},
	{"Email2Address", Email, Other, zimbra},
	{"Primary Email", Email, Main, zimbra},
	{"Secondary Email", Email, Other, zimbra},
	{"Email Work", Email, Work, roundcube},
	{"Email Home", Email, Home, roundcube},
	{"Email Other", Email, Other, roundcube},
	{"Business Phone", Phone, Work, zimbra},
	{"Business Phone 2", Phone, Work, zimbra},
	{"Work Phone", Phone, Work, zimbra},
	{"Primary Phone", Phone, Main, roundcube},
	{"Mobile Number", Phone, Mobile, zimbra},
	{"Work Mobile", Phone, Mobile, roundcube},
	{"Home Mobile", Phone, Home, roundcube},
	{"Home Phone 2", Phone, Home, zimbra},
	{"Other Phone", Phone, Other, zimbra},
	{"Company Main Phone", Phone, Other, zimbra},
	{"Business Country", Country, Work, zimbra},
	{"Business Country/Region", Country, Work, roundcube},
	{"Work Country", Country, Work, zimbra},
	{"Home Country", Country, Home, zimbra},
	{"Home Country/Region", Country, Home, roundcube},
	{"Other Country/Region", Country, Other, roundcube},

	// German.
	{"Vorname", FirstName, Main, zimbra},
	{"Weitere Vornamen", MiddleName, Main, zimbra},
	{"2. Vorname", MiddleName, Main, zimbra},
	{"Nachname", LastName, Main, zimbra},
	{"Familienname", LastName, Main, snipe},
	{"Zuname", LastName, Main, byHand},
	{"Nachname, Vorname", FullName, Main, espo},
	{"Name, Vorname", FullName, Main, translated},
	{"Vorname Nachname", FullName, Main, espo},
	{"Vorname, Name", FullName, Main, translated},
	{"Vor- und Nachname", FullName, Main, translated},
	{"Ansprechpartner", FullName, Main, byHand},
	{"Mailadresse", Email, Main, byHand},
	{"Telefonnummer", Phone, Main, espo}, // in Swedish, too
	{"Rufnummer", Phone, Main, byHand},
	{"Tel.-Nr.", Phone, Main, byHand},
	{"Handy", Phone, Mobile, byHand},
	{"Handynummer", Phone, Mobile, byHand},
	{"Mobil", Phone, Mobile, roundcube}, // in Swedish, too
	{"Mobilnummer", Phone, Mobile, byHand},
	{"Anzeigename", FullName, Main, zimbra},
	{"Vollständiger Name", FullName, Other, translated},
	{"Benutzerprinzipalname", Email, SignIn, reports},
	{"Proxyadressen", Email, Listed, translated},
	{"Firma", Company, Main, zimbra},
	{"Organisation", Company, Main, zimbra},
	{"E-Mail-Adresse", Email, Main, zimbra},
	{"E-Mail 2: Adresse", Email, Other, zimbra},
	{"Primäre E-Mail-Adresse", Email, Main, zimbra},
	{"Sekundäre E-Mail-Adresse", Email, Other, zimbra},
	{"Telefon", Phone, Main, zimbra},
	{"Telefon geschäftlich", Phone, Work, zimbra},
	{"Telefon geschäftlich 2", Phone, Work, zimbra},
	{"Tel. dienstlich", Phone, Work, zimbra},
	{"Telefon privat", Phone, Home, zimbra},
	{"Telefon privat 2", Phone, Home, zimbra},
	{"E-Mail (geschäftlich)", Email, Work, byHand},
	{"E-Mail (dienstlich)", Email, Work, byHand},
	{"E-Mail (privat)", Email, Home, seen},
	{"Mobil (geschäftlich)", Phone, Mobile, byHand},
	{"Mobil (privat)", Phone, Mobile, seen},
	{"Tel. privat", Phone, Home, zimbra},
	{"Mobiltelefon", Phone, Mobile, zimbra},
	{"Mobiltelefon 2", Phone, Mobile, zimbra},
	{"Mobil-Tel.-Nr.", Phone, Mobile, zimbra},
	{"Haupttelefon", Phone, Main, roundcube},
	{"Weiteres Telefon", Phone, Other, zimbra},
	{"Telefon Firma", Phone, Other, zimbra},
	{"Land", Country, Main, zimbra},
	{"Land/Region geschäftlich", Country, Work, zimbra},
	{"Land/Region privat", Country, Home, zimbra},
	{"Weiteres/e Land/Region", Country, Other, zimbra},
	{"Dienstlich: Land", Country, Work, zimbra},
	{"Privat: Land", Country, Home, zimbra},

	// French.
	{"Prénom", FirstName, Main, zimbra},
	{"Deuxième prénom", MiddleName, Main, zimbra},
	{"Nom", LastName, Main, zimbra},
	{"Nom de famille", LastName, Main, zimbra},
	{"Nom complet", FullName, Main, invoiceNinja},
	{"Nom et prénom", FullName, Main, translated},
	{"Nom, prénom", FullName, Main, espo},
	{"Prénom nom", FullName, Main, espo},
	{"Adresse e-mail", Email, Main, invoiceNinja},
	{"Adresse mail", Email, Main, byHand},
	{"E-mail professionnel", Email, Work, translated},
	{"Numéro de téléphone", Phone, Main, espo},
	{"N° de téléphone", Phone, Main, byHand},
	{"GSM", Phone, Mobile, byHand}, // in Belgium
	{"Nom à afficher", FullName, Main, zimbra},
	{"Nom d'utilisateur principal", Email, SignIn, reports},
	{"Adresses proxy", Email, Listed, translated},
	{"Société", Company, Main, zimbra},
	{"Courriel", Email, Main, roundcube},
	{"Adresse de messagerie", Email, Main, zimbra},
	{"Adresse de messagerie 2", Email, Other, zimbra},
	{"Adresse électronique principale", Email, Main, zimbra},
	{"Adresse électronique secondaire", Email, Other, zimbra},
	{"Téléphone", Phone, Main, espo},
	{"Téléphone (bureau)", Phone, Work, zimbra},
	{"Téléphone 2 (bureau)", Phone, Work, zimbra},
	{"Téléphone professionnel", Phone, Work, zimbra},
	{"Tél. professionnel", Phone, Work, zimbra},
	{"Téléphone (domicile)", Phone, Home, zimbra},
	{"Téléphone 2 (domicile)", Phone, Home, zimbra},
	{"Tél. personnel", Phone, Home, zimbra},
	{"Tél. mobile", Phone, Mobile, zimbra},
	{"Téléphone mobile", Phone, Mobile, zimbra},
	{"Portable", Phone, Mobile, zimbra},
	{"Téléphone principal", Phone, Main, roundcube},
	{"Téléphone (autre)", Phone, Other, zimbra},
	{"Téléphone société", Phone, Other, zimbra},
	{"Pays", Country, Main, espo},
	{"Pays/Région (bureau)", Country, Work, zimbra},
	{"Pays/Région (domicile)", Country, Home, zimbra},
	{"Pays/Région (autre)", Country, Other, zimbra},

	// Spanish.
	{"Nombre", FirstName, Main, zimbra},
	{"Segundo nombre", MiddleName, Main, zimbra},
	{"Apellidos", LastName, Main, zimbra},
	{"Apellido", LastName, Main, espo},
	{"Primer apellido", LastName, Main, byHand},
	{"Apellido paterno", LastName, Main, byHand},
	{"Nombre completo", FullName, Main, invoiceNinja},
	{"Nombre y apellidos", FullName, Main, translated},
	{"Apellidos, nombre", FullName, Main, translated},
	{"Correo", Email, Main, espo},
	{"Número de teléfono", Phone, Main, espo},
	{"Móvil", Phone, Mobile, nextcloud},
	{"Nombre mostrado", FullName, Main, zimbra},
	{"Nombre principal de usuario", Email, SignIn, reports},
	{"Direcciones de proxy", Email, Listed, translated},
	{"Nombre en pantalla", FullName, Main, roundcube},
	{"Organización", Company, Main, zimbra},
	{"Compañía", Company, Main, zimbra},
	{"Empresa", Company, Main, zimbra},
	{"Dirección de correo electrónico", Email, Main, zimbra},
	{"Dirección de correo electrónico 2", Email, Other, zimbra},
	{"Dirección del correo electrónico 3", Email, Other, zimbra},
	{"Correo electrónico", Email, Main, espo},
	{"Dirección de correo electrónico principal", Email, Main, zimbra},
	{"Dirección de correo electrónico secundaria", Email, Other, zimbra},
	{"Teléfono", Phone, Main, espo},
	{"Teléfono del trabajo", Phone, Work, zimbra},
	{"Teléfono (Trabajo)", Phone, Work, zimbra},
	{"Particular", Phone, Home, zimbra},
	{"Teléfono particular", Phone, Home, zimbra},
	{"Teléfono móvil", Phone, Mobile, zimbra},
	{"Teléfono principal", Phone, Main, roundcube},
	{"Otro teléfono", Phone, Other, zimbra},
	{"País", Country, Main, zimbra},
	{"País o región del trabajo", Country, Work, zimbra},
	{"País o región del domicilio", Country, Home, zimbra},
	{"Otro país o región", Country, Other, zimbra},

	// Portuguese. "Apelido" is the last name in Portugal and the nickname in
	// Brazil.
	{"Primeiro nome", FirstName, Main, zimbra},
	{"Nome próprio", FirstName, Main, byHand},
	{"Segundo nome", MiddleName, Main, zimbra},
	{"Nome do meio", MiddleName, Main, zimbra},
	{"Sobrenome", LastName, Main, zimbra},
	{"Último nome", LastName, Main, roundcube},
	{"Apelido", LastName, Other, zimbra},
	{"Apresentar como", FullName, Main, zimbra},
	{"Nome completo", FullName, Main, invoiceNinja},
	{"Organização", Company, Main, roundcube},
	{"Endereço de email", Email, Main, zimbra},
	{"Endereço de email 2", Email, Other, zimbra},
	{"Email primário", Email, Main, zimbra},
	{"Email secundário", Email, Other, zimbra},
	{"Outros nomes/apelidos", MiddleName, Main, exchange},
	{"Endereço de correio electrónico", Email, Main, exchange},
	{"Endereço do correio electrónico 2", Email, Other, exchange},
	{"Telefone da empresa", Phone, Work, exchange},
	{"2º telefone da empresa", Phone, Work, exchange},
	{"Telefone da residência", Phone, Home, exchange},
	{"2º telefone da residência", Phone, Home, exchange},
	{"Telefone principal", Phone, Main, exchange},
	{"País da Residência/Região", Country, Home, exchange},
	{"Telefone", Phone, Main, espo},
	{"Telefone comercial", Phone, Work, zimbra},
	{"Telefone comercial 2", Phone, Work, zimbra},
	{"Fone comercial", Phone, Work, roundcube},
	{"Fone comercial 2", Phone, Work, roundcube},
	{"Telefone residencial", Phone, Home, zimbra},
	{"Telefone residencial 2", Phone, Home, zimbra},
	{"Fone de casa", Phone, Home, roundcube},
	{"Telefone celular", Phone, Mobile, zimbra},
	{"Celular", Phone, Mobile, zimbra},
	{"Número celular", Phone, Mobile, zimbra},
	{"Telemóvel", Phone, Mobile, espo},
	{"Fone Primario", Phone, Main, roundcube},
	{"Outro telefone", Phone, Other, zimbra},
	{"Telefone principal da empresa", Phone, Other, zimbra},
	{"País/Região da Empresa", Country, Work, zimbra},
	{"País/Região de Residência", Country, Home, zimbra},
	{"Outro País/Região", Country, Other, zimbra},

	// Italian.
	{"Nome", FirstName, Main, zimbra},
	{"Secondo nome", MiddleName, Main, zimbra},
	{"Cognome", LastName, Main, zimbra},
	{"Nome e cognome", FullName, Main, translated},
	{"Cognome e nome", FullName, Main, translated},
	{"Cognome, nome", FullName, Main, espo},
	{"Posta elettronica", Email, Main, nextcloud},
	{"Numero di telefono", Phone, Main, espo},
	{"Nome visualizzato", FullName, Main, zimbra},
	{"Società", Company, Main, zimbra},
	{"Organizzazione", Company, Main, zimbra},
	{"Indirizzo posta elettronica", Email, Main, zimbra},
	{"Indirizzo posta elettronica 2", Email, Other, zimbra},
	{"Indirizzo di posta elettronica", Email, Main, zimbra},
	{"Indirizzo E-mail", Email, Main, roundcube},
	{"Indirizzo E-mail 2", Email, Other, roundcube},
	{"E-mail primaria", Email, Main, zimbra},
	{"E-mail secondaria", Email, Other, zimbra},
	{"Telefono", Phone, Main, espo},
	{"Ufficio", Phone, Work, zimbra},
	{"Ufficio 2", Phone, Work, zimbra},
	{"Telefono (ufficio)", Phone, Work, zimbra},
	{"Telefono di Lavoro", Phone, Work, roundcube},
	{"Telefono di Lavoro 2", Phone, Work, roundcube},
	{"Abitazione", Phone, Home, zimbra},
	{"Abitazione 2", Phone, Home, zimbra},
	{"Telefono (abitazione)", Phone, Home, zimbra},
	{"Telefono casa", Phone, Home, zimbra},
	{"Telefono di casa", Phone, Home, roundcube},
	{"Cellulare", Phone, Mobile, zimbra},
	{"Numero cellulare", Phone, Mobile, zimbra},
	{"Telefono Mobile", Phone, Mobile, roundcube},
	{"Telefono Principale", Phone, Main, roundcube},
	{"Altro telefono", Phone, Other, zimbra},
	{"Telefono principale società", Phone, Other, zimbra},
	{"Paese", Country, Main, snipe},
	{"Paese (uff.)", Country, Work, zimbra},
	{"Paese (ab.)", Country, Home, zimbra},
	{"Altro paese", Country, Other, zimbra},
	{"Nazione/Regione di lavoro", Country, Work, roundcube},

	// Dutch.
	{"Voornaam", FirstName, Main, zimbra},
	{"Middelste naam", MiddleName, Main, zimbra},
	{"Achternaam", LastName, Main, zimbra},
	{"Naam", FullName, Main, espo},
	{"Volledige naam", FullName, Main, invoiceNinja},
	{"Mobiel", Phone, Mobile, espo},
	{"Weergavenaam", FullName, Main, zimbra},
	{"Bedrijf", Company, Main, zimbra},
	{"Organisatie", Company, Main, zimbra},
	{"E-mailadres", Email, Main, zimbra},
	{"E-mailadres 2", Email, Other, zimbra},
	{"Eerste e-mail", Email, Main, zimbra},
	{"Tweede e-mail", Email, Other, zimbra},
	{"Telefoon", Phone, Main, espo},
	{"Telefoonnummer", Phone, Main, espo},
	{"Telefoon op werk", Phone, Work, zimbra},
	{"Telefoon op werk 2", Phone, Work, zimbra},
	{"Telefoon werk", Phone, Work, zimbra},
	{"Telefoon thuis", Phone, Home, zimbra},
	{"Telefoon thuis 2", Phone, Home, zimbra},
	{"Mobiele telefoon", Phone, Mobile, zimbra},
	{"Mobiel nummer", Phone, Mobile, zimbra},
	{"Hoofdtelefoon", Phone, Main, zimbra},
	{"Andere telefoon", Phone, Other, zimbra},
	{"Hoofdtelefoon bedrijf", Phone, Other, zimbra},
	{"Land/regio (werk)", Country, Work, zimbra},
	{"Land/regio (thuis)", Country, Home, zimbra},
	{"Land/regio (anders)", Country, Other, zimbra},

	// Polish.
	{"Imię", FirstName, Main, zimbra},
	{"Drugie imię", MiddleName, Main, zimbra},
	{"Nazwisko", LastName, Main, zimbra},
	{"Imię i nazwisko", FullName, Main, translated},
	{"Numer telefonu", Phone, Main, espo},
	{"Komórka", Phone, Mobile, espo},
	{"Wyświetlana nazwa", FullName, Main, zimbra},
	{"Firma/Organizacja", Company, Main, zimbra},
	{"Adres e-mail", Email, Main, zimbra},
	{"Adres e-mail 2", Email, Other, zimbra},
	{"Podstawowy e-mail", Email, Main, zimbra},
	{"Dodatkowy e-mail", Email, Other, zimbra},
	{"Telefon służbowy", Phone, Work, zimbra},
	{"Telefon służbowy 2", Phone, Work, zimbra},
	{"Telefonu służbowy", Phone, Work, zimbra},
	{"Telefon domowy", Phone, Home, zimbra},
	{"Telefon domowy 2", Phone, Home, zimbra},
	{"Telefon komórkowy", Phone, Mobile, zimbra},
	{"Numer telefonu komórkowego", Phone, Mobile, zimbra},
	{"Telefon główny", Phone, Main, roundcube},
	{"Telefon podstawowy", Phone, Main, translated},
	{"Inny telefon", Phone, Other, zimbra},
	{"Główny telefon do firmy", Phone, Other, zimbra},
	{"Kraj", Country, Main, espo},
	{"Adres służbowy - kraj/region", Country, Work, zimbra},
	{"Adres domowy - kraj/region", Country, Home, zimbra},
	{"Inny adres - kraj/region", Country, Other, zimbra},
	{"Kraj/region (biuro)", Country, Work, zimbra},
	{"Kraj/region (dom)", Country, Home, zimbra},

	// Swedish.
	{"Förnamn", FirstName, Main, zimbra},
	{"Mellannamn", MiddleName, Main, zimbra},
	{"Efternamn", LastName, Main, zimbra},
	{"Kortnamn", FullName, Main, zimbra},
	{"Namn", FullName, Main, zimbra},
	{"Företag", Company, Main, zimbra},
	{"E-postadress", Email, Main, zimbra},
	{"E-postadress 2", Email, Other, zimbra},
	{"E-post", Email, Main, espo},
	{"Annan e-post", Email, Other, zimbra},
	{"Arbete", Phone, Work, zimbra},
	{"Telefon 2, arbete", Phone, Work, zimbra},
	{"Telefon arbete", Phone, Work, zimbra},
	{"Telefon, företag", Phone, Work, zimbra},
	{"Hem", Phone, Home, zimbra},
	{"Telefon 2, hem", Phone, Home, zimbra},
	{"Telefon hem", Phone, Home, zimbra},
	{"Telefon, annan", Phone, Other, zimbra},
	{"Telefon 1", Phone, Main, exchange},
	{"Telefon 2", Phone, Other, exchange}, // of the second line
	{"Företag, växel", Phone, Other, zimbra},
	{"Land, arbete", Country, Work, zimbra},
	{"Land, hem", Country, Home, zimbra},
	{"Annat land", Country, Other, zimbra},

	// Japanese.
	{"名", FirstName, Main, zimbra},
	{"ミドル", MiddleName, Main, zimbra},
	{"ミドル ネーム", MiddleName, Main, zimbra},
	{"姓", LastName, Main, zimbra},
	{"氏名", FullName, Main, byHand},
	{"名前", FullName, Main, espo},
	{"メール", Email, Main, espo},
	{"Eメール", Email, Main, espo},
	{"電話", Phone, Main, espo},
	{"携帯", Phone, Mobile, espo},
	{"表示名", FullName, Main, zimbra},
	{"会社名", Company, Main, zimbra},
	{"組織", Company, Main, zimbra},
	{"電子メール アドレス", Email, Main, zimbra},
	{"電子メール 2 アドレス", Email, Other, zimbra},
	{"メールアドレス", Email, Main, zimbra},
	{"別のメールアドレス", Email, Other, zimbra},
	{"会社電話", Phone, Work, zimbra},
	{"会社電話 2", Phone, Work, zimbra},
	{"勤務先電話番号", Phone, Work, zimbra},
	{"勤務先の電話番号", Phone, Work, zimbra},
	{"自宅電話", Phone, Home, zimbra},
	{"自宅電話 2", Phone, Home, zimbra},
	{"自宅の電話番号", Phone, Home, zimbra},
	{"携帯電話", Phone, Mobile, zimbra},
	{"携帯電話番号", Phone, Mobile, zimbra},
	{"電話番号", Phone, Main, nextcloud},
	{"通常の電話", Phone, Main, openXchange},
	{"その他の電話", Phone, Other, zimbra},
	{"会社代表電話", Phone, Other, zimbra},
	{"国 (会社)/地域", Country, Work, zimbra},
	{"国 (自宅)/地域", Country, Home, zimbra},
	{"国 (その他)/地域", Country, Other, zimbra},
}
