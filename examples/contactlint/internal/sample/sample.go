// Package sample makes files of contacts for tests and measurements. They are
// the same each time, and nobody is in them: the names are invented, the
// domains are reserved, and so are the numbers where a country reserves some
// for films.
package sample

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
)

// Header is the first line of the file.
const Header = "Company,First name,Middle name,Last name,E-mail,Phone number\n"

var (
	firstNames = []string{
		"Ada", "Boris", "Chidi", "Dörte", "Élodie", "Fatima", "Giulia", "Hanako", "Ines", "Jörg", "Kofi", "Lena",
	}
	lastNames = []string{
		"Adler", "Baker", "Castro", "Dubois", "Eriksen", "Fischer", "Garcia", "Hansen", "Ito", "Jansen", "O'Brien",
	}
	groups    = []string{"Contoso SOC", "Fabrikam CERT", "Security Desk", "Incident Response"}
	domains   = []string{"contoso.com", "fabrikam.com", "soc.contoso.com", "mail.fabrikam.com"}
	mailboxes = []string{"security", "soc", "csirt", "abuse", "noc"}
	// phones end in three digits of their own.
	phones = []string{"+12025550%s", "+14255550%s", "+442079460%s", "+61491570%s", "+33199000%s", "+493023125%s"}
	// wrong rows, each with one thing that no contact may have.
	wrong = []string{
		"%s,,,%s,soc@contoso.com,+14255550100\n",
		"%s,Ada,,%s,soc.contoso.com,+14255550100\n",
		"%s,Ada,,%s,soc@contoso,+14255550100\n",
		"%s,Ada,,%s,soc@contoso.com,425-555-0100\n",
		"%s,Ada,,%s,soc@contoso.com,\n",
		"%s,Ada,,%s,soc@contoso.com\n",
	}
)

// Outlook is the header of Outlook's own export, in English.
const Outlook = "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street," +
	"Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region," +
	"Home Street,Home Street 2,Home Street 3,Home City,Home State,Home Postal Code,Home Country/Region,Other Street," +
	"Other Street 2,Other Street 3,Other City,Other State,Other Postal Code,Other Country/Region,Assistant's Phone," +
	"Business Fax,Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone," +
	"Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,TTY/TDD Phone,Telex," +
	"Account,Anniversary,Assistant's Name,Billing Information,Birthday,Business Address PO Box,Categories,Children," +
	"Directory Server,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type," +
	"E-mail 2 Display Name,E-mail 3 Address,E-mail 3 Type,E-mail 3 Display Name,Gender,Government ID Number,Hobby," +
	"Home Address PO Box,Initials,Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage,Notes," +
	"Office Location,Organizational ID Number,Other Address PO Box,Priority,Private,Profession,Referred By," +
	"Sensitivity,Spouse,User 1,User 2,User 3,User 4,Web Page\n"

// OutlookCSV writes the header of Outlook and rows rows of a dozen cells with
// text. Every second one has no business phone.
func OutlookCSV(w io.Writer, rows int) error {
	b := bufio.NewWriterSize(w, 64<<10)
	_, _ = b.WriteString(Outlook)
	for i := range rows {
		first, last := firstNames[i%len(firstNames)], lastNames[i%len(lastNames)]
		phone := fmt.Sprintf(phones[i%len(phones)], fmt.Sprintf("%03d", 100+i%100))
		business, mobile := phone, ""
		if i%2 == 0 {
			business, mobile = "", phone
		}
		_, _ = fmt.Fprintf(b, ",%s,,%s,,Partner %d,Security,,Street 1,,,City,,12345,Country,,,,,,,,,,,,,,,,,"+
			"%s,,,,,,,,,%s,,,,,,,,,"+
			"0/0/00,,,0/0/00,,,,,soc%d@contoso.com,SMTP,%s %s,,,,,,,Unspecified,,,,X.X.,,,,,,,,,,,Normal,"+
			"False,,,Normal,,,,,,\n", first, last, i, business, mobile, i, first, last)
	}
	return b.Flush()
}

// CSV writes a header and rows rows, of which one in twenty is wrong. No
// mailbox stands there twice.
func CSV(w io.Writer, rows int) error {
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same rows each time are what is wanted
	pick := func(from []string) string { return from[random.IntN(len(from))] }
	b := bufio.NewWriterSize(w, 64<<10)
	_, _ = b.WriteString(Header)
	for i := range rows {
		company := fmt.Sprintf("Partner %d", i)
		switch n := random.IntN(100); {
		case n < 5:
			row := fmt.Sprintf(pick(wrong), company, pick(lastNames))
			_, _ = b.WriteString(strings.Replace(row, "soc@", fmt.Sprintf("soc%d@", i), 1))
			continue
		case n < 15: // a company that needs quotes
			company = `"` + company + `, Inc."`
		}
		first, middle, last := pick(firstNames), "", pick(lastNames)
		if random.IntN(2) == 0 {
			first = pick(groups)
			middle, last = first, first
		}
		phone := fmt.Sprintf(pick(phones), fmt.Sprintf("%03d", 100+random.IntN(100)))
		_, _ = fmt.Fprintf(b, "%s,%s,%s,%s,%s%d@%s,%s\n",
			company, first, middle, last, pick(mailboxes), i, pick(domains), phone)
	}
	return b.Flush()
}
