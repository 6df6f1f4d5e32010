package intake_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/intake"
)

// rowsOf reads all rows of a file.
func rowsOf(t testing.TB, file string, o host.ImportOptions) (rows []intake.Row, err error) {
	t.Helper()
	f, err := intake.Open(strings.NewReader(file), o)
	if err != nil {
		return nil, err
	}
	for row, err := range f.Rows() {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func encoded(t testing.TB, text string, err error) string {
	t.Helper()
	require.NoError(t, err)
	return text
}

func TestFiles(t *testing.T) {
	t.Parallel()
	latin, err := charmap.Windows1252.NewEncoder().String("Tenant-ID;Firma;Land\r\n" + contoso +
		";Müller & Söhne;Österreich\r\n")
	latin = encoded(t, latin, err)
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().
		String("Tenant ID\tCompany\r\n" + contoso + "\tMüller\r\n")
	wide = encoded(t, wide, err)
	for _, test := range []struct {
		name, file, why string
		options         host.ImportOptions
		want            []string // the partner's or the customer's name of each row, or its code
	}{
		{"windows-1252", latin, "Excel writes it", host.ImportOptions{}, []string{"Müller & Söhne"}},
		{"utf-16 with tabs", wide, "so does it, as “Unicode text”", host.ImportOptions{}, []string{"Müller"}},
		{"a line that says the separator", "sep=;\nTenant ID;Company\n" + contoso + ";A, B\n", "", host.ImportOptions{},
			[]string{"A, B"}},
		{"lines above the header", "Partners of May\n\nTenant ID,Company\n" + contoso + ",A\n", "", host.ImportOptions{},
			[]string{"A"}},
		{"blank lines", "Tenant ID,Company\n\n,\n" + contoso + ",A\n\n", "they are no rows", host.ImportOptions{},
			[]string{"A"}},
		{"quotes and line breaks", "Tenant ID,Company\n" + contoso + ",\"A\n\"\"B\"\"\"\n", "", host.ImportOptions{},
			[]string{"A\n\"B\""}},
		{"broken quotes", "Tenant ID,Company\n" + contoso + ",\"A\"x\n" + fabrikam + ",B\n", "the row alone is wrong",
			host.ImportOptions{}, []string{"row.syntax", "B"}},
		{"cells too many", "Tenant ID,Company\n" + contoso + ",A,B\n", "something would be lost", host.ImportOptions{},
			[]string{"row.columns"}},
		{"marked cells", "Tenant ID,Company\n\"=\"\"" + contoso + "\"\"\",'=A\n", "spreadsheets need the marks",
			host.ImportOptions{},
			[]string{"=A"}},
		{"objects", `[{"tenantId":"` + contoso + `","companyName":"A"},{"tenantId":"x"},7]`, "", host.ImportOptions{},
			[]string{"A", "tenant.syntax", "row.syntax"}},
		{"lists in an object", `{"partners":[{"tenantId":"` + contoso + `","companyName":"A","customers":[{"tenantId":"` +
			customer +
			`","name":"B","rights":["reseller"]}]}],"customers":[{"tenantId":"` + customer +
			`","name":"B"}]}`, "", host.ImportOptions{},
			[]string{"A", "B", "B"}},
		{"one object after the other", `{"tenantId":"` + contoso + `","companyName":"A"}` + "\n" + `{"tenantId":"` +
			fabrikam +
			`","companyName":"B"}`, "programs write such logs", host.ImportOptions{}, []string{"A", "B"}},
		{"an answer of Partner Center", `{"totalCount":1,"items":[{"id":"` + customer + `","customerId":"` + customer +
			`","companyProfile":{"tenantId":"` + customer +
			`","domain":"a.com","companyName":"B"},"relationshipToPartner":"reseller"}]}`,
			"a customer resource, with its company beside", host.ImportOptions{CustomersOf: contoso}, []string{""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			rows, err := rowsOf(t, test.file, test.options)
			require.NoError(t, err)
			var got []string
			for _, r := range rows {
				if len(r.Problems) > 0 {
					got = append(got, r.Problems[0].Code)
					continue
				}
				got = append(got, r.Name)
			}
			assert.Equal(t, test.want, got, test.why)
		})
	}
}

// Of the addresses that Exchange keeps for an account, the primary one is the
// contact's. Where none is, another column is.
func TestProxyAddresses(t *testing.T) {
	t.Parallel()
	const header = "Partner tenant ID,Partner name,First name,Last name,Proxy addresses,User principal name,Phone\n"
	rows, err := rowsOf(t, header+
		contoso+",Contoso,Ada,Exempel,smtp:ada@contoso.com+SMTP:soc@contoso.com,ada@contoso.com,+14255550100\n"+
		fabrikam+",Fabrikam,Ada,Exempel,SIP:ada@fabrikam.com,noc@fabrikam.com,+14255550101\n", host.ImportOptions{})
	require.NoError(t, err)
	require.Len(t, rows, 2)
	assert.Equal(t, "soc@contoso.com", rows[0].Partner.Profile.SecurityContact.Email)
	assert.Equal(t, "noc@fabrikam.com", rows[1].Partner.Profile.SecurityContact.Email)
}

func TestFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, file, says string }{
		{"nothing", " \n", "empty"},
		{"a workbook", "PK\x03\x04 and so on", "workbook"},
		{"a page", "<html>", "web page"},
		{"no tenant", "Name,Mail\nA,b@contoso.com\n", "No column has a tenant ID. The columns are “Name”, “Mail”. " +
			"Name one of them “Tenant ID”, or"},
		{"quotes without an end", "Tenant ID,Company\n" + contoso + ",\"A\n" + fabrikam + ",B\n", "line 2 never end"},
		{"JSON that breaks off", `[{"tenantId":"` + contoso + `"},`, "ends in the middle"},
		{"JSON that is none", `[{"tenantId":"` + contoso + `"}}`, "no JSON from its character"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := rowsOf(t, test.file, host.ImportOptions{})
			wrong, ok := errors.AsType[*intake.FileError](err)
			require.True(t, ok, "%v", err)
			assert.Contains(t, wrong.Text, test.says)
		})
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, cell, want, why string }{
		{"a code", "de", "de", ""},
		{"a code with a country", "de_AT", "de-AT", "some programs write it so"},
		{"a language without messages", "sv", "sv", "the partner reads it all the same"},
		{"in English", "German", "de", ""},
		{"English", "English", "en", ""},
		{"in itself", "français", "fr", ""},
		{"without accents", "FRANCAIS", "fr", "an export to ASCII loses them"},
		{"in other letters", "日本語", "ja", ""},
		{"a language of several countries", "Portuguese", "pt", "nobody said which"},
		{"of one country", "Brazilian Portuguese", "pt-BR", ""},
		{"a country behind it", "Portuguese (Brazil)", "pt-BR", "as lists to choose from have it"},
		{"a country beside it", "German - Austria", "de-AT", "as lists to choose from have it"},
		{"no country behind it", "German (formal)", "", "it is not guessed"},
		{"no language", "Klingon", "", ""},
		{"a mark", "-", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			rows, err := rowsOf(t, "Tenant ID;Language\n"+contoso+";"+test.cell+"\n", host.ImportOptions{})
			require.NoError(t, err)
			require.Len(t, rows, 1)
			require.NotNil(t, rows[0].Partner, "a language makes no row wrong")
			assert.Equal(t, test.want, rows[0].Partner.Language, test.why)
			assert.Equal(t, test.want == "", len(rows[0].Advice) == 1, "what is left out is said")
		})
	}
	for _, tag := range partner.Languages() {
		rows, err := rowsOf(t, "Tenant ID;Language\n"+contoso+";"+tag+"\n", host.ImportOptions{})
		require.NoError(t, err)
		assert.Equal(t, tag, rows[0].Partner.Language)
	}
}

// What is wrong stands beside what is said of it, and in no log.
func TestWrongValues(t *testing.T) {
	t.Parallel()
	const head = "Partner tenant ID;Country;Partner type;Global admin email;Customer tenant ID;Customer name;Rights\n"
	for _, test := range []struct{ name, row, want, why string }{
		{"a tenant", "x-1;;;;;;", "x-1", ""},
		{"a customer's tenant", contoso + ";;;;x-2;;", "x-2", ""},
		{"a customer that is the partner", contoso + ";;;;" + contoso + ";;", contoso, ""},
		{"no tenant", ";DE;;;;;", "", "there is nothing to show"},
		{"a country", contoso + ";Atlantis;;;;;", "Atlantis", ""},
		{"a type", contoso + ";;Landlord;;;;", "Landlord", ""},
		{"an address", contoso + ";;;gita@;;;", "gita@", ""},
		{"rights", contoso + ";;;;" + customer + ";A;reseller, landlord", "reseller, landlord", "as they stand in the cell"},
		{"a long cell", contoso + ";" + strings.Repeat("ä", 500) + ";;;;;", strings.Repeat("ä", 99) + "…",
			"a page is no place for all of it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			rows, err := rowsOf(t, head+test.row+"\n", host.ImportOptions{})
			require.NoError(t, err)
			require.Len(t, rows, 1)
			require.Len(t, rows[0].Problems, 1)
			assert.Equal(t, test.want, rows[0].Problems[0].Value, test.why)
			if test.want != "" {
				assert.NotContains(t, rows[0].Problems[0].LogValue().String(), test.want)
			}
		})
	}
}

// No row is lost, and none is made up: whatever the cells hold, CSV and JSON
// with the same rows give the same names in the same order.
func TestNoRowIsLost(t *testing.T) {
	t.Parallel()
	seed := [2]uint64{rand.Uint64(), rand.Uint64()}
	random := rand.New(rand.NewPCG(seed[0], seed[1]))
	pieces := []string{"a", "Ü", "\"", ",", ";", "\n", "\t", "'", "=", "{", "字", " ", "\u00a0", "\\", "1"}
	for range 300 {
		var table strings.Builder
		w := csv.NewWriter(&table)
		w.Comma = []rune{',', ';', '\t'}[random.IntN(3)]
		require.NoError(t, w.Write([]string{"Tenant ID", "Company name", "City"}))
		var objects []map[string]string
		for i := range 1 + random.IntN(20) {
			name := "N" // a name that is blank is not said
			for range random.IntN(6) {
				name += pieces[random.IntN(len(pieces))]
			}
			id := fmt.Sprintf("5eed0000-0000-4000-8000-%012x", i)
			require.NoError(t, w.Write([]string{id, name, "x"}))
			objects = append(objects, map[string]string{"tenantId": id, "companyName": name, "city": "x"})
		}
		w.Flush()
		list, err := json.Marshal(objects)
		require.NoError(t, err)
		fromTable, err := rowsOf(t, table.String(), host.ImportOptions{})
		require.NoError(t, err, "seed %v", seed)
		fromList, err := rowsOf(t, string(list), host.ImportOptions{})
		require.NoError(t, err, "seed %v", seed)
		require.Len(t, fromTable, len(objects), "seed %v: %q", seed, table.String())
		require.Len(t, fromList, len(objects), "seed %v", seed)
		for i := range objects {
			require.Equal(t, fromList[i].Name, fromTable[i].Name, "seed %v", seed)
			require.Equal(t, i+1, fromTable[i].Row)
		}
	}
}

// Whatever a file holds, it is read to its end or refused: each row has a
// number of its own, and says something or is wrong. Nothing panics.
func FuzzRows(f *testing.F) {
	for _, seed := range []string{
		partners, "sep=,\nTenant ID,Company\n" + contoso + ",\"A\"\"B\"\n", `[{"tenantId":"` + contoso +
			`","customers":[{}]}]`,
		`{"partners":[{"tenantId":"x"}]}`, "\xff\xfeT\x00", "Customer tenant ID,Rights\n" + customer + ",\"dap\n",
	} {
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, file string, customers bool) {
		o := host.ImportOptions{}
		if customers {
			o.CustomersOf = contoso
		}
		rows, err := rowsOf(t, file, o)
		if err != nil {
			_, isFile := errors.AsType[*intake.FileError](err)
			if !isFile {
				var kind *json.UnmarshalTypeError
				require.ErrorAs(t, err, &kind, "only a file may be to blame")
			}
		}
		for i, r := range rows {
			require.Equal(t, i+1, r.Row)
			says := r.Partner != nil || r.Customer != nil || r.Relationship != nil
			require.NotEqual(t, says, len(r.Problems) > 0, "a row says something, or is wrong")
			for _, p := range r.Problems {
				require.Equal(t, partner.SeverityError, p.Severity)
				require.NotEmpty(t, p.Message)
				require.True(t, utf8.ValidString(p.Message))
			}
			for _, a := range r.Advice {
				require.Equal(t, partner.SeverityAdvice, a.Severity)
			}
		}
	})
}
