package api_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/api"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/signin"
	"github.com/cspkit/partner/examples/portal/internal/site"
)

func TestGet(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	profile, etag := s.read(t, globalAdmin)
	stored, err := s.db.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	assert.Equal(t, stored, profile)
	assert.Equal(t, stored.ETag(), etag)
	billing, _ := s.read(t, "contoso-billing-admin")
	assert.Equal(t, profile, billing, "every administrator may see it")
	other, otherTag := s.read(t, "fabrikam-global-admin")
	assert.Equal(t, host.FabrikamTenantID, other.TenantID)
	assert.NotEqual(t, etag, otherTag)

	for _, tt := range []struct {
		name, header string
		status       int
	}{
		{"the same", etag, 304},
		{"the same, weak", "W/" + etag, 304},
		{"one of several", `"a", ` + etag + `, "b"`, 304},
		{"any", "*", 304},
		{"another", `"a"`, 200},
		{"without quotes", strings.Trim(etag, `"`), 200},
		{"empty", `""`, 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := s.ask(t, http.MethodGet, api.Path, globalAdmin, "", "If-None-Match: "+tt.header)
			assert.Equal(t, tt.status, a.status)
			assert.Equal(t, etag, a.header.Get("ETag"))
			assert.Equal(t, tt.status == 304, a.body == "")
		})
	}
}

func TestWhoMayNot(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	profile, etag := s.read(t, globalAdmin)
	for _, tt := range []struct {
		name, token string
		status      int
		code        string
	}{
		{"no token", "", 401, ""},
		{"made-up token", "admin", 401, ""},
		{"not known now", "down", 503, ""},
		{"user without a role", "contoso-user", 403, "denied.role"},
		{"a company without a profile", "operator", 404, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, method := range []string{http.MethodGet, http.MethodPut} {
				a := s.ask(t, method, api.Path, tt.token, encode(t, profile), "If-Match: "+etag)
				assert.Equal(t, tt.status, a.status, a.body)
				assert.NotContains(t, a.body, "Contoso")
				p := a.problem(t)
				assert.Equal(t, a.header.Get("X-Request-Id"), p.RequestID)
				if tt.code != "" {
					require.Len(t, p.Errors, 1)
					assert.Equal(t, tt.code, p.Errors[0].Code)
				}
			}
		})
	}
}

func TestPut(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	profile, etag := s.read(t, globalAdmin)
	changed := profile
	changed.Address.AddressLine2 = "  Building 7 "
	changed.PrimaryContact.LastName = "Sample"
	a := s.ask(t, http.MethodPut, api.Path, globalAdmin, encode(t, changed), "If-Match: "+etag)
	require.Equal(t, http.StatusOK, a.status, a.body)
	saved := a.saved(t)
	assert.Equal(t, "Building 7", saved.Profile.Address.AddressLine2, "normalised")
	assert.Equal(t, partner.NewFieldSet(partner.FieldAddressLine2, partner.FieldPrimaryContactLastName), saved.Changed)
	assert.Equal(t, partner.VerificationMayBeRequired, saved.Verification)
	now, nowTag := s.read(t, globalAdmin)
	assert.Equal(t, saved.Profile, now)
	assert.Equal(t, saved.ETag, nowTag)
	stored, err := s.db.Revision(t.Context(), host.ContosoTenantID, saved.RevisionID)
	require.NoError(t, err)
	assert.Equal(t, partner.API, stored.Revision.By.Channel, "the history tells how it came")

	again := s.ask(t, http.MethodPut, api.Path, globalAdmin, encode(t, now), "If-Match: "+nowTag)
	assert.Equal(t, http.StatusOK, again.status, "nothing to change is no error")
	assert.Empty(t, again.saved(t).RevisionID)
	assert.Empty(t, again.saved(t).Changed)
	assert.Equal(t, nowTag, again.saved(t).ETag)
}

func TestPutOfAPart(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	profile, etag := s.read(t, globalAdmin)
	var members map[string]any
	require.NoError(t, json.Unmarshal([]byte(encode(t, profile)), &members))
	for _, name := range []string{"tenantId", "partnerType", "securityContact", "vettingStatus", "vettingSubStatus",
		"companyApproverEmail"} {
		delete(members, name)
	}
	a := s.ask(t, http.MethodPut, api.Path, globalAdmin, encode(t, members), "If-Match: "+etag)
	require.Equal(t, http.StatusOK, a.status, a.body)
	want := profile
	want.CompanyApproverEmail = ""
	assert.Equal(t, want, a.saved(t).Profile,
		"the security contact and what the portal sets stay; the rest is replaced as a whole")
}

func TestIfMatch(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	profile, etag := s.read(t, globalAdmin)
	for _, tt := range []struct {
		name, header string
		status       int
		why          string
	}{
		{"missing", "", 428, "nobody's change is overwritten by accident"},
		{"another", `"stale"`, 412, ""},
		{"weak", "W/" + etag, 412, "a weak tag does not say that nothing changed"},
		{"empty", " ", 400, "it says nothing, and neither what to do about it"},
		{"garbage", "garbage", 400,
			"a client that drops the quotation marks is told so, and does not read the profile for ever"},
		{"without quotation marks", strings.Trim(etag, `"`), 400, ""},
		{"an open quotation mark", etag + `, "a`, 400, ""},
		{"two without a comma", etag + " " + etag, 400, ""},
		{"a comma in a tag", `"a,b",` + etag, 200, ""},
		{"empty elements", `, "a",,` + etag, 200, ""},
		{"the same", etag, 200, ""},
		{"one of several", `"a",` + etag, 200, ""},
		{"any", "*", 428, "who has not read the profile does not know what he overwrites"},
		{"any, with spaces", " * ", 428, ""},
		{"any, in a list", `"a", *`, 400, "not a tag"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := s.ask(t, http.MethodPut, api.Path, globalAdmin, encode(t, profile), "If-Match: "+tt.header)
			assert.Equal(t, tt.status, a.status, tt.why)
		})
	}
}

func TestConflictWhileSaving(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	profile, etag := s.read(t, globalAdmin)
	profile.CompanyName = "Contoso International"
	s.db.saveErr = host.ErrConflict
	a := s.ask(t, http.MethodPut, api.Path, globalAdmin, encode(t, profile), "If-Match: "+etag)
	assert.Equal(t, http.StatusPreconditionFailed, a.status, "somebody else was faster by a moment")
}

func TestSecurityContactIsRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		token  string
		change func(*partner.LegalProfile)
		codes  []string // "pointer code"
	}{
		{"phone", globalAdmin, func(p *partner.LegalProfile) { p.SecurityContact.Phone = "+14255550199" },
			[]string{"/securityContact denied.channel"}},
		{"email", globalAdmin, func(p *partner.LegalProfile) { p.SecurityContact.Email = "attacker@fabrikam.com" },
			[]string{"/securityContact denied.channel"}},
		{"beside an address", globalAdmin, func(p *partner.LegalProfile) {
			p.SecurityContact.Phone, p.Address.City = "+14255550199", "Seattle"
		}, []string{"/securityContact denied.channel"}},
		{"invalid", globalAdmin, func(p *partner.LegalProfile) { p.SecurityContact.Email = "nobody" },
			[]string{"/securityContact denied.channel"}},
		{"without the role", "contoso-billing-admin", func(p *partner.LegalProfile) {
			p.SecurityContact.Phone, p.Address.City, p.PrimaryContact.LastName = "+14255550199", "Seattle", "Sample"
		}, []string{" denied.role", "/primaryContact denied.role", "/securityContact denied.role"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			before, etag := s.read(t, globalAdmin)
			profile := before
			tt.change(&profile)
			a := s.ask(t, http.MethodPut, api.Path, tt.token, encode(t, profile), "If-Match: "+etag)
			require.Equal(t, http.StatusForbidden, a.status, a.body)
			assert.Equal(t, "application/problem+json", a.header.Get("Content-Type"))
			p := a.problem(t)
			var codes []string
			for _, e := range p.Errors {
				codes = append(codes, e.Pointer+" "+e.Code)
				assert.NotEmpty(t, e.Detail)
			}
			assert.Equal(t, tt.codes, codes)
			if strings.Contains(tt.codes[0], "channel") {
				assert.Contains(t, p.Detail, "cannot be changed through the API")
				assert.Contains(t, p.Detail, "Legal info", "and where it can be")
			}
			after, _ := s.read(t, globalAdmin)
			assert.Equal(t, before, after, "nothing of it was saved")
		})
	}
}

func TestFindings(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	before, etag := s.read(t, globalAdmin)
	profile := before
	profile.CompanyName = ""
	profile.Address.City = ""
	profile.PrimaryContact.Email = "nobody at home"
	profile.TenantID = host.FabrikamTenantID
	a := s.ask(t, http.MethodPut, api.Path, globalAdmin, encode(t, profile), "If-Match: "+etag)
	require.Equal(t, http.StatusUnprocessableEntity, a.status, a.body)
	var codes []string
	for _, e := range a.problem(t).Errors {
		codes = append(codes, e.Pointer+" "+e.Code)
	}
	assert.Equal(t, []string{
		"/tenantId tenant.immutable", "/companyName field.missing", "/address/city field.missing",
		"/primaryContact/email email.syntax",
	}, codes, "all at once, in the order of the fields")
	assert.NotContains(t, a.body, "nobody at home", "a value is not repeated")
	after, _ := s.read(t, globalAdmin)
	assert.Equal(t, before, after)
}

func TestBodies(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	profile, etag := s.read(t, globalAdmin)
	good := encode(t, profile)
	for _, tt := range []struct {
		name, body, header string
		status             int
		says               string // "pointer code" of the error
	}{
		{"good", good, "", 200, ""},
		{"charset", good, "Content-Type: application/json; charset=UTF-8", 200, ""},
		{"PascalCase, as Partner Center writes",
			strings.NewReplacer(`"companyName"`, `"CompanyName"`, `"city"`, `"City"`).Replace(good), "", 200, ""},
		{"no content type", good, "Content-Type: ", 415, ""},
		{"form", "a=b", "Content-Type: application/x-www-form-urlencoded", 415, ""},
		{"text", good, "Content-Type: text/plain", 415, ""},
		{"merge patch", good, "Content-Type: application/merge-patch+json", 415, ""},
		{"another charset", good, "Content-Type: application/json; charset=utf-16", 415, ""},
		{"compressed", good, "Content-Encoding: gzip", 415, ""},
		{"empty", "", "", 400, " syntax"},
		{"cut off", good[:len(good)-1], "", 400, " syntax"},
		{"two values", good + good, "", 400, " syntax"},
		{"not JSON", "<profile/>", "", 400, " syntax"},
		{"not UTF-8", strings.Replace(good, "Redmond", "Redm\xff", 1), "", 400, " encoding"},
		{"array", "[" + good + "]", "", 400, " type"},
		{"string", `"profile"`, "", 400, " type"},
		{"unknown member", strings.Replace(good, `{"tenantId"`, `{"isAdmin":true,"tenantId"`, 1), "", 400,
			"/isAdmin unknown"},
		{"unknown member of a contact", strings.Replace(good, `"primaryContact":{`, `"primaryContact":{"phone":"marker",`, 1),
			"", 400, "/primaryContact/phone unknown"},
		{"unknown member of another part",
			strings.Replace(good, `"primaryContact":{`, `"primaryContact":{"city":"marker",`, 1), "", 400,
			"/primaryContact/city unknown"},
		{"unknown member with members", `{"a/b~c":{"d":[{"e":"marker"}]},` + good[1:], "", 400, "/a~1b~0c unknown"},
		{"what Go calls it", `{"LegalBusiness":{"companyName":"marker"},` + good[1:], "", 400, "/LegalBusiness unknown"},
		{"array for an object",
			strings.Replace(good, `"address":{`, `"address":[{"x":"marker"}],"companyApproverAddress":{`, 1), "", 400,
			"/address type"},
		{"wrong type", strings.Replace(good, `"city":"Redmond"`, `"city":7`, 1), "", 400, "/address/city type"},
		{"text for an object", strings.Replace(good, `"address":{`, `"address":"x","companyApproverAddress":{`, 1), "", 400,
			"/address type"},
		{"twice", strings.Replace(good, `"city":"Redmond"`, `"city":"Marker","city":"Redmond"`, 1), "", 400,
			"/address/city duplicate"},
		{"twice, in another case", strings.Replace(good, `"city":"Redmond"`, `"CITY":"Marker","city":"Redmond"`, 1), "", 400,
			"/address/city duplicate"},
		{"twice, escaped", strings.Replace(good, `"city":"Redmond"`, `"city":"Redmond","\u0063ity":"Marker"`, 1), "", 400,
			"/address/city duplicate"},
		{"twice, in what folds to the same", strings.Replace(good, `"state":`, `"\u017ftate":"Marker","state":`, 1), "", 400,
			"/address/state duplicate"},
		{"an object twice", `{"securityContact":{"email":"marker@fabrikam.com"},` + good[1:], "", 400,
			"/securityContact duplicate"},
		{"too large", `{"companyName":"` + strings.Repeat("x", 300_000) + `"}`, "", 413, ""},
		{"null", "null", "", 400, " type"},
		{"null, with spaces", " null\n", "", 400, " type"},
		{"empty object", "{}", "", 422, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := s
			if tt.status == 200 && tt.name[0] == 'P' {
				s = newServer(t) // its schema knows camelCase only, so the answer alone is checked
				r := s.unchecked(t, tt.body, etag)
				assert.Equal(t, 200, r.status, r.body)
				return
			}
			a := s.ask(t, http.MethodPut, api.Path, globalAdmin, tt.body, "If-Match: "+etag, orDefault(tt.header))
			require.Equal(t, tt.status, a.status, a.body)
			if tt.says != "" {
				errs := a.problem(t).Errors
				require.Len(t, errs, 1)
				assert.Equal(t, tt.says, errs[0].Pointer+" "+errs[0].Code)
				assert.NotContains(t, strings.ToLower(a.body), "marker", "which one, and not its value")
			}
		})
	}
}

func orDefault(header string) string {
	if header == "" {
		return "Accept: application/json"
	}
	return header
}

// Whoever proposes to have no security contact is not told that all is well.
func TestRemovingTheSecurityContactIsRefused(t *testing.T) {
	t.Parallel()
	for _, none := range []string{`null`, `{}`, `{"email":""}`} {
		s := newServer(t)
		before, etag := s.read(t, globalAdmin)
		profile := before
		profile.SecurityContact = partner.SecurityContact{}
		body := encode(t, profile)
		body = strings.TrimSuffix(strings.TrimSpace(body), "}") + `,"securityContact":` + none + `}`
		a := s.ask(t, http.MethodPut, api.Path, globalAdmin, body, "If-Match: "+etag)
		require.Equal(t, http.StatusForbidden, a.status, "%s: %s", none, a.body)
		assert.Equal(t, "/securityContact denied.channel", a.problem(t).Errors[0].Pointer+" "+a.problem(t).Errors[0].Code)
		after, _ := s.read(t, globalAdmin)
		assert.Equal(t, before, after)
	}
}

func TestMissingContactIsAddedInThePortal(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	const tailspin = "tailspin-global-admin"
	profile, etag := s.read(t, tailspin)
	require.True(t, profile.SecurityContact.IsZero())
	profile.PrimaryContact.LastName = "Sample"
	a := s.ask(t, http.MethodPut, api.Path, tailspin, encode(t, profile), "If-Match: "+etag)
	require.Equal(t, http.StatusUnprocessableEntity, a.status, a.body)
	errs := a.problem(t).Errors
	require.Len(t, errs, 1)
	assert.Equal(t, "/securityContact contact.missing", errs[0].Pointer+" "+errs[0].Code)
	assert.Contains(t, errs[0].Detail, "in the portal", "sent to the API, it is refused: that would be a circle")
	assert.Contains(t, errs[0].Detail, "Settings, Account settings, My profile, Legal info")
}

func TestDatabaseIsAway(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	profile, etag := s.read(t, globalAdmin)
	profile.CompanyName = "Contoso International"
	s.db.saveErr = fmt.Errorf("secret-host: %w", host.ErrUnavailable)
	put := s.ask(t, http.MethodPut, api.Path, globalAdmin, encode(t, profile), "If-Match: "+etag)
	s.db.profileErr = s.db.saveErr
	get := s.ask(t, http.MethodGet, api.Path, globalAdmin, "")
	for _, a := range []answer{put, get, s.ask(t, http.MethodGet, api.Path, "down", "")} {
		assert.Equal(t, http.StatusServiceUnavailable, a.status, "it is no fault of the request, and passes")
		assert.Equal(t, "60", a.header.Get("Retry-After"))
		assert.NotContains(t, a.body, "secret-host")
	}
}

func TestFailureTellsNothing(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	profile, etag := s.read(t, globalAdmin)
	profile.CompanyName = "Contoso International"
	s.db.saveErr = errors.New("secret-host is down")
	a := s.ask(t, http.MethodPut, api.Path, globalAdmin, encode(t, profile), "If-Match: "+etag)
	assert.Equal(t, http.StatusInternalServerError, a.status)
	assert.NotContains(t, a.body, "secret-host")
	s.db.profileErr = errors.New("secret-host is down")
	a = s.ask(t, http.MethodGet, api.Path, globalAdmin, "")
	assert.Equal(t, http.StatusInternalServerError, a.status)
	assert.NotContains(t, a.body, "secret-host")
}

// Whoever writes a program reads the description alone.
func TestEveryFieldIsDescribed(t *testing.T) {
	t.Parallel()
	doc, err := openapi3.NewLoader().LoadFromData(api.Description())
	require.NoError(t, err)
	for _, name := range []string{"LegalProfile", "LegalProfileUpdate"} {
		for f := range partner.AllFields().All() {
			schema := doc.Components.Schemas[name]
			for step := range strings.SplitSeq(f.String()[1:], "/") {
				schema = schema.Value.Properties[step]
				require.NotNil(t, schema, "%s%s", name, f)
			}
			assert.True(t, schema.Value.Type.Is("string"), "%s%s", name, f)
		}
	}
}

func TestDescription(t *testing.T) {
	t.Parallel()
	s := newServer(t) // which validates the description itself
	a := s.ask(t, http.MethodGet, "/api/v1/openapi.json", "", "")
	assert.Equal(t, http.StatusOK, a.status, "for everybody")
	assert.JSONEq(t, string(api.Description()), a.body)

	for _, p := range signin.Personas() {
		assert.Regexp(t, `[ :,]`+p.ID+`[,.]`, string(api.Description()), "every part to play is a token")
	}
	served, err := api.New(api.Options{Store: s.db, Authorizer: partner.DefaultPolicy()})
	require.NoError(t, err)
	for _, r := range served.Routes() {
		assert.True(t, r.API)
		assert.Equal(t, r.Path != "/api/v1/openapi.json", r.Access == site.SignedIn)
	}
}
