package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/internal/race"
)

// routeTable is what each route answers to such requests. The IDs in its path
// are those of another company, or of no such thing.
//
//	nobody    who has not signed in
//	user      of a company, without a role
//	viewer    of a company, an administrator who may only look
//	admin     of a company, its Global admin
//	operator  of the provider, who has no profile of his own
//
// Where anything stands, the operator has reached what is his to see, or
// somebody has signed out himself.
var routeTable = map[string]struct{ nobody, user, viewer, admin, operator int }{
	"GET /static/{file}":                                         {404, 404, 404, 404, 404},
	"GET /favicon.ico":                                           {200, 200, 200, 200, 200},
	"GET /{$}":                                                   {303, 200, 200, 200, 200},
	"GET /company/incidents":                                     {303, 403, 200, 200, 404},
	"GET /company/incidents/{id}":                                {303, 403, 404, 404, 404},
	"GET /settings":                                              {303, 200, 200, 200, 200},
	"GET /settings/account":                                      {303, 200, 200, 200, 200},
	"GET /settings/account/profile":                              {303, 200, 200, 200, 200},
	"GET /settings/account/profile/legal":                        {303, 403, 200, 200, 404},
	"GET /settings/account/profile/legal/history":                {303, 403, 200, 200, 404},
	"GET /settings/account/profile/legal/history/{id}":           {303, 403, 404, 404, 404},
	"GET /settings/account/profile/legal/history.csv":            {303, 403, 200, 200, 404},
	"GET /settings/account/profile/legal/history.json":           {303, 403, 200, 200, 404},
	"POST /settings/account/profile/legal/history/{id}/retry":    {401, 403, 403, 404, 404},
	"GET /settings/account/profile/legal/language":               {303, 303, 303, 303, 303},
	"POST /settings/account/profile/legal/language":              {401, 403, 403, 303, 404},
	"GET /settings/account/profile/legal/customers":              {303, 403, 200, 200, 404},
	"POST /settings/account/profile/legal/customers":             {401, 403, 403, 422, 404},
	"GET /settings/account/profile/legal/customers/find":         {303, 403, 403, 200, 404},
	"GET /settings/account/profile/legal/customers/{id}/remove":  {303, 303, 303, 303, 303},
	"POST /settings/account/profile/legal/customers/{id}/remove": {401, 403, 403, 303, 404},
	"GET /settings/account/profile/legal/webhooks":               {303, 403, 200, 200, 404},
	"POST /settings/account/profile/legal/webhooks":              {401, 403, 403, 400, 404},
	"GET /settings/account/profile/legal/webhooks/new":           {303, 403, 403, 303, 404},
	"GET /settings/account/profile/legal/webhooks/{id}":          {303, 403, 403, 404, 404},
	"GET /settings/account/profile/legal/webhooks/{id}/test":     {303, 303, 303, 303, 303},
	"POST /settings/account/profile/legal/webhooks/{id}/test":    {401, 403, 403, 404, 404},
	"GET /settings/account/profile/legal/webhooks/{id}/change":   {303, 403, 403, 404, 404},
	"POST /settings/account/profile/legal/webhooks/{id}/change":  {401, 403, 403, 404, 404},
	"GET /settings/account/profile/legal/webhooks/{id}/secret":   {303, 303, 303, 303, 303},
	"POST /settings/account/profile/legal/webhooks/{id}/secret":  {401, 403, 403, 404, 404},
	"GET /settings/account/profile/legal/webhooks/{id}/use":      {303, 303, 303, 303, 303},
	"POST /settings/account/profile/legal/webhooks/{id}/use":     {401, 403, 403, 404, 404},
	"GET /settings/account/profile/legal/webhooks/{id}/switch":   {303, 303, 303, 303, 303},
	"POST /settings/account/profile/legal/webhooks/{id}/switch":  {401, 403, 403, 404, 404},
	"GET /settings/account/profile/legal/webhooks/{id}/delete":   {303, 403, 403, 404, 404},
	"POST /settings/account/profile/legal/webhooks/{id}/delete":  {401, 403, 403, 404, 404},
	"GET /partners":                                                {303, 404, 404, 404, 200},
	"GET /partners/{id}":                                           {303, 404, 404, 404, anything},
	"GET /partners/{id}/ask":                                       {303, 404, 404, 404, 303},
	"POST /partners/{id}/ask":                                      {401, 404, 404, 404, anything},
	"GET /partners/{id}/language":                                  {303, 404, 404, 404, 303},
	"POST /partners/{id}/language":                                 {401, 404, 404, 404, anything},
	"GET /partners/ask":                                            {303, 404, 404, 404, 303},
	"POST /partners/ask":                                           {401, 404, 404, 404, 303},
	"GET /imports":                                                 {303, 404, 404, 404, 200},
	"POST /imports":                                                {401, 404, 404, 404, 400},
	"GET /imports/{id}":                                            {303, 404, 404, 404, 404},
	"GET /imports/{id}/save":                                       {303, 404, 404, 404, 303},
	"POST /imports/{id}/save":                                      {401, 404, 404, 404, 404},
	"GET /imports/{id}/report.csv":                                 {303, 404, 404, 404, 404},
	"GET /incidents":                                               {303, 404, 404, 404, 200},
	"GET /incidents/drafts":                                        {303, 404, 404, 404, 200},
	"POST /incidents/drafts":                                       {401, 404, 404, 404, 303},
	"GET /incidents/drafts/discard":                                {303, 404, 404, 404, 303},
	"POST /incidents/drafts/discard":                               {401, 404, 404, 404, 303},
	"GET /incidents/{id}/timeline":                                 {303, 404, 404, 404, anything},
	"GET /incidents/{id}/notes":                                    {303, 404, 404, 404, anything},
	"POST /incidents/{id}/notes":                                   {401, 404, 404, 404, anything},
	"GET /incidents/{id}/owner":                                    {303, 404, 404, 404, anything},
	"POST /incidents/{id}/owner":                                   {401, 404, 404, 404, anything},
	"GET /incidents/{id}/deliveries.csv":                           {303, 404, 404, 404, anything},
	"GET /incidents/{id}/deliveries.json":                          {303, 404, 404, 404, anything},
	"GET /cases":                                                   {303, 404, 404, 404, 200},
	"GET /undelivered":                                             {303, 404, 404, 404, 200},
	"GET /incidents/new":                                           {303, 404, 404, 404, 200},
	"POST /incidents/new":                                          {401, 404, 404, 404, 303},
	"GET /incidents/preview":                                       {303, 404, 404, 404, 303},
	"GET /incidents/preview/message":                               {303, 404, 404, 404, 303},
	"GET /incidents/tenants":                                       {303, 404, 404, 404, 200},
	"GET /incidents/{id}/retry":                                    {303, 404, 404, 404, anything},
	"GET /incidents/{id}/remind":                                   {303, 404, 404, 404, anything},
	"POST /incidents/{id}/remind":                                  {401, 404, 404, 404, anything},
	"GET /incidents/{id}/resume":                                   {303, 404, 404, 404, anything},
	"GET /session":                                                 {303, 200, 200, 200, 200},
	"POST /incidents/preview":                                      {401, 404, 404, 404, 422},
	"POST /incidents/preview/message":                              {401, 404, 404, 404, 404},
	"POST /incidents":                                              {401, 404, 404, 404, 422},
	"GET /incidents/{id}":                                          {303, 404, 404, 404, anything},
	"GET /incidents/{id}/rows":                                     {303, 404, 404, 404, anything},
	"POST /incidents/{id}/retry":                                   {401, 404, 404, 404, anything},
	"POST /incidents/{id}/resume":                                  {401, 404, 404, 404, anything},
	"GET /incidents/{id}/events":                                   {303, 404, 404, 404, anything},
	"GET /incidents/{id}/update":                                   {303, 404, 404, 404, anything},
	"POST /incidents/{id}/update":                                  {401, 404, 404, 404, anything},
	"GET /incidents/{id}/update/preview":                           {303, 404, 404, 404, anything},
	"POST /incidents/{id}/update/preview":                          {401, 404, 404, 404, anything},
	"GET /incidents/{id}/update/preview/message":                   {303, 404, 404, 404, anything},
	"POST /incidents/{id}/update/preview/message":                  {401, 404, 404, 404, anything},
	"GET /incidents/{id}/update/send":                              {303, 404, 404, 404, anything},
	"POST /incidents/{id}/update/send":                             {401, 404, 404, 404, anything},
	"GET /incidents/{id}/all-clear":                                {303, 404, 404, 404, anything},
	"POST /incidents/{id}/all-clear":                               {401, 404, 404, 404, anything},
	"GET /incidents/{id}/all-clear/preview":                        {303, 404, 404, 404, anything},
	"POST /incidents/{id}/all-clear/preview":                       {401, 404, 404, 404, anything},
	"GET /incidents/{id}/all-clear/preview/message":                {303, 404, 404, 404, anything},
	"POST /incidents/{id}/all-clear/preview/message":               {401, 404, 404, 404, anything},
	"GET /incidents/{id}/all-clear/send":                           {303, 404, 404, 404, anything},
	"POST /incidents/{id}/all-clear/send":                          {401, 404, 404, 404, anything},
	"GET /incidents/{id}/reopen":                                   {303, 404, 404, 404, anything},
	"POST /incidents/{id}/reopen":                                  {401, 404, 404, 404, anything},
	"GET /incidents/{id}/reopen/preview":                           {303, 404, 404, 404, anything},
	"POST /incidents/{id}/reopen/preview":                          {401, 404, 404, 404, anything},
	"GET /incidents/{id}/reopen/preview/message":                   {303, 404, 404, 404, anything},
	"POST /incidents/{id}/reopen/preview/message":                  {401, 404, 404, 404, anything},
	"GET /incidents/{id}/reopen/send":                              {303, 404, 404, 404, anything},
	"POST /incidents/{id}/reopen/send":                             {401, 404, 404, 404, anything},
	"GET /incidents/{id}/cancel":                                   {303, 404, 404, 404, anything},
	"GET /incidents/{id}/cancel/send":                              {303, 404, 404, 404, anything},
	"POST /incidents/{id}/cancel/send":                             {401, 404, 404, 404, anything},
	"GET /incidents/{id}/cases":                                    {303, 404, 404, 404, anything},
	"GET /incidents/{id}/cases/{case}":                             {303, 404, 404, 404, anything},
	"POST /incidents/{id}/cases/{case}":                            {401, 404, 404, 404, anything},
	"GET /calls":                                                   {303, 404, 404, 404, 200},
	"GET /calls/{id}":                                              {303, 404, 404, 404, 303},
	"POST /calls/{id}":                                             {401, 404, 404, 404, 400},
	"GET /coverage":                                                {303, 404, 404, 404, 200},
	"GET /audit":                                                   {303, 404, 404, 404, 200},
	"GET /review":                                                  {303, 404, 404, 404, 200},
	"GET /review/{tenant}":                                         {303, 404, 404, 404, anything},
	"GET /settings/account/profile/review":                         {303, 403, 200, 200, 404},
	"GET /audit.csv":                                               {303, 404, 404, 404, 200},
	"GET /audit.json":                                              {303, 404, 404, 404, 200},
	"GET /alerts":                                                  {303, 404, 404, 404, 200},
	"GET /alerts/{id}":                                             {303, 404, 404, 404, 404},
	"GET /alerts/{id}/ignore":                                      {303, 404, 404, 404, 303},
	"POST /alerts/{id}/ignore":                                     {401, 404, 404, 404, 404},
	"GET /alerts/{id}/draft":                                       {303, 404, 404, 404, 303},
	"POST /alerts/{id}/draft":                                      {401, 404, 404, 404, 404},
	"GET /alerts/{id}/reply":                                       {303, 404, 404, 404, 303},
	"POST /alerts/{id}/reply":                                      {401, 404, 404, 404, 400},
	"GET /alerts/rules":                                            {303, 404, 404, 404, 200},
	"POST /alerts/rules":                                           {401, 404, 404, 404, 400},
	"GET /alerts/rules/new":                                        {303, 404, 404, 404, 200},
	"GET /alerts/rules/one/{id}":                                   {303, 404, 404, 404, 404},
	"GET /alerts/rules/one/{id}/move":                              {303, 404, 404, 404, 303},
	"POST /alerts/rules/one/{id}/move":                             {401, 404, 404, 404, 404},
	"GET /alerts/rules/one/{id}/delete":                            {303, 404, 404, 404, 303},
	"POST /alerts/rules/one/{id}/delete":                           {401, 404, 404, 404, 303},
	"GET /tokens":                                                  {303, 404, 404, 404, 200},
	"POST /tokens":                                                 {401, 404, 404, 404, 400},
	"GET /tokens/new":                                              {303, 404, 404, 404, 200},
	"GET /tokens/{id}/revoke":                                      {303, 404, 404, 404, 303},
	"POST /tokens/{id}/revoke":                                     {401, 404, 404, 404, 404},
	"POST /api/v1/imports":                                         {401, 404, 404, 404, 403},
	"GET /api/v1/imports/{id}":                                     {401, 404, 404, 404, 403},
	"POST /api/v1/imports/{id}/save":                               {401, 404, 404, 404, 403},
	"GET /api/v1/imports/{id}/problems":                            {401, 404, 404, 404, 403},
	"GET /api/v1/partners":                                         {401, 404, 404, 404, 403},
	"GET /api/v1/partners/{id}":                                    {401, 404, 404, 404, 403},
	"GET /api/v1/incidents":                                        {401, 404, 404, 404, 403},
	"POST /api/v1/incidents":                                       {401, 404, 404, 404, 403},
	"GET /api/v1/incidents/{id}":                                   {401, 404, 404, 404, 403},
	"GET /api/v1/incidents/{id}/deliveries":                        {401, 404, 404, 404, 403},
	"GET /api/v1/incidents/{id}/cases":                             {401, 404, 404, 404, 403},
	"GET /api/v1/incidents/{id}/events":                            {401, 404, 404, 404, 403},
	"POST /api/v1/incidents/{id}/update":                           {401, 404, 404, 404, 403},
	"POST /api/v1/incidents/{id}/all-clear":                        {401, 404, 404, 404, 403},
	"POST /api/v1/incidents/{id}/remind":                           {401, 404, 404, 404, 403},
	"GET /api/v1/alerts":                                           {401, 404, 404, 404, 403},
	"POST /api/v1/alerts":                                          {401, 404, 404, 404, 403},
	"GET /api/v1/alerts/{id}":                                      {401, 404, 404, 404, 403},
	"GET /api/v1/audit":                                            {401, 404, 404, 404, 403},
	"GET /coverage.csv":                                            {303, 404, 404, 404, 200},
	"GET /settings/account/profile/legal/business/edit":            {303, 403, 403, 200, 404},
	"POST /settings/account/profile/legal/business/edit":           {401, 403, 403, 303, 404},
	"GET /settings/account/profile/legal/business/review":          {303, 303, 303, 303, 303},
	"GET /settings/account/profile/legal/business/save":            {303, 303, 303, 303, 303},
	"POST /settings/account/profile/legal/business/review":         {401, 403, 403, 409, 404},
	"POST /settings/account/profile/legal/business/save":           {401, 403, 403, 409, 404},
	"GET /settings/account/profile/legal/primary-contact/edit":     {303, 403, 403, 200, 404},
	"POST /settings/account/profile/legal/primary-contact/edit":    {401, 403, 403, 303, 404},
	"GET /settings/account/profile/legal/primary-contact/review":   {303, 303, 303, 303, 303},
	"GET /settings/account/profile/legal/primary-contact/save":     {303, 303, 303, 303, 303},
	"POST /settings/account/profile/legal/primary-contact/review":  {401, 403, 403, 409, 404},
	"POST /settings/account/profile/legal/primary-contact/save":    {401, 403, 403, 409, 404},
	"GET /settings/account/profile/legal/security-contact/edit":    {303, 403, 403, 200, 404},
	"POST /settings/account/profile/legal/security-contact/edit":   {401, 403, 403, 303, 404},
	"GET /settings/account/profile/legal/security-contact/review":  {303, 303, 303, 303, 303},
	"GET /settings/account/profile/legal/security-contact/save":    {303, 303, 303, 303, 303},
	"POST /settings/account/profile/legal/security-contact/review": {401, 403, 403, 409, 404},
	"POST /settings/account/profile/legal/security-contact/save":   {401, 403, 403, 409, 404},
	"GET /mailbox":                                                 {303, 403, 200, 200, 200},
	"GET /mailbox/{id}":                                            {303, 404, 404, 404, anything},
	"GET /mailbox/{id}/html":                                       {303, 404, 404, 404, anything},
	"GET /answer/{token}":                                          {404, 404, 404, 404, 404},
	"POST /answer/{token}":                                         {404, 404, 404, 404, 404},
	"GET /answer/{token}/new":                                      {303, 303, 303, 303, 303},
	"POST /answer/{token}/new":                                     {404, 404, 404, 404, 404},
	"GET /answer/{token}/language":                                 {303, 303, 303, 303, 303},
	"POST /answer/{token}/language":                                {404, 404, 404, 404, 404},
	"GET /confirm/{token}":                                         {404, 404, 404, 404, 404},
	"POST /confirm/{token}":                                        {404, 404, 404, 404, 404},
	"GET /confirm/{token}/new":                                     {303, 303, 303, 303, 303},
	"POST /confirm/{token}/new":                                    {404, 404, 404, 404, 404},
	"GET /confirm/{token}/language":                                {303, 303, 303, 303, 303},
	"POST /confirm/{token}/language":                               {404, 404, 404, 404, 404},
	"GET /sign-in":                                                 {200, 200, 200, 200, 200},
	"GET /sessions":                                                {303, 200, 200, 200, 200},
	"POST /sessions/end":                                           {401, 303, 303, 303, 303},
	"POST /sign-out":                                               {303, anything, anything, anything, anything},
	"POST /sign-in/demo":                                           {400, 400, 400, 400, 400},
	"GET /api/v1/legal-profile":                                    {401, 403, 200, 200, 404},
	"PUT /api/v1/legal-profile":                                    {401, 403, 403, 422, 404},
	"GET /api/v1/openapi.json":                                     {200, 200, 200, 200, 200},
	"GET /healthz":                                                 {200, 200, 200, 200, 200},
	"GET /readyz":                                                  {200, 200, 200, 200, 200},
	"GET /metrics":                                                 {200, 200, 200, 200, 200},
}

const anything = 0

// ownTenant is the tenant of a persona who belongs to a company.
func (w *world) ownTenant(persona string) string {
	for _, c := range []*company{w.contoso, w.fabrikam} {
		if strings.HasPrefix(persona, strings.TrimPrefix(c.marker, "zz")+"-") {
			return c.tenantID
		}
	}
	return ""
}

// attacks are the requests that somebody who is after the victim sends to a
// route: each of the victim's IDs in the path, its tenant in the query, and in
// the form or the JSON whatever could name it.
func (w *world) attacks(route site.Route, attacker string, victim *company) []*httptest.ResponseRecorder {
	t := w.t
	theirs, err := w.db.Profile(t.Context(), victim.tenantID)
	require.NoError(t, err)
	paths := []string{route.Path}
	if strings.Contains(route.Path, "{id}") || strings.Contains(route.Path, "{file}") {
		paths = nil
		for _, id := range victim.ids {
			paths = append(paths,
				strings.NewReplacer("{id}", url.PathEscape(id), "{file}", url.PathEscape(id)).Replace(route.Path))
		}
	}
	form := url.Values{
		"tenantId": {victim.tenantID}, "tenant": {victim.tenantID}, "tenant_id": {victim.tenantID}, "id": {victim.revision},
		"delivery": {victim.mails[0]}, "base": {theirs.ETag()}, "persona": {"stranger"},
		"kind": {"group"}, "group": {"Attackers"}, "companyName": {"Attackers"}, "address-city": {"Attackers"},
		"securityContact-email": {"soc@attacker.example"}, "securityContact-phoneNumber": {"+14255550199"},
		"primaryContact-email": {"soc@attacker.example"}, "primaryContact-lastName": {"Attackers"},
		"version": {"1"}, "state": {"on"}, "name": {"Attackers"},
		"customer": {victim.customer}, "email": {deskEmail},
		"company": {w.ownTenant(attacker)}, // so that not the company of the form refuses
	}
	var answers []*httptest.ResponseRecorder
	for _, path := range paths {
		path = strings.TrimSuffix(path, "{$}")
		switch {
		case route.Method == http.MethodGet:
			answers = append(answers, w.ask(attacker, route.Method, path, "", ""))
			query := url.Values{"tenant": {victim.tenantID}, "tenantId": {victim.tenantID}, "id": {victim.revision},
				"after": {victim.mails[0]}, "before": {victim.revision}}
			answers = append(answers,
				w.ask(attacker, route.Method, path+"?"+query.Encode(), "", "", "X-Tenant-Id: "+victim.tenantID))
		case route.API:
			stolen := theirs
			// so that not the channel refuses
			stolen.CompanyName, stolen.SecurityContact = "Attackers", partner.SecurityContact{}
			body, err := json.Marshal(stolen)
			require.NoError(t, err)
			own := w.ask(attacker, http.MethodGet, path, "", "").Header().Get("ETag") // so that not the missing tag refuses
			answers = append(answers,
				w.ask(attacker, route.Method, path, string(body), "application/json", "If-Match: "+cmp.Or(own, `"none"`)))
		default:
			answers = append(answers, w.ask(attacker, route.Method, path, form.Encode(), "application/x-www-form-urlencoded"))
		}
	}
	return answers
}

func TestNoCompanySeesAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	patterns := make(map[string]bool)
	for _, route := range w.routes {
		patterns[route.Pattern()] = true
		_, ok := routeTable[route.Pattern()]
		assert.True(t, ok, "%s is not in the table: say what it answers to whom", route.Pattern())
	}
	for pattern := range routeTable {
		assert.True(t, patterns[pattern], "%s is in the table, and is no route", pattern)
	}

	tried := 0
	before := map[string]string{w.contoso.marker: w.state(w.contoso), w.fabrikam.marker: w.state(w.fabrikam)}
	for _, attack := range []struct {
		persona string
		victim  *company
	}{
		{"nobody", w.contoso}, {"nobody", w.fabrikam},
		{"contoso-user", w.fabrikam}, {"contoso-user", w.contoso}, // his own company's profile is not his to see either
		{"contoso-billing-admin", w.fabrikam}, {"contoso-global-admin", w.fabrikam}, {"fabrikam-global-admin", w.contoso},
		{"operator", w.contoso}, {"operator", w.fabrikam},
	} {
		for _, route := range w.routes {
			if route.Pattern() == "POST /sign-out" && attack.persona != "nobody" {
				continue // he is needed
			}
			want := routeTable[route.Pattern()]
			status := map[string]int{
				"nobody": want.nobody, "contoso-user": want.user, "contoso-billing-admin": want.viewer,
				"contoso-global-admin": want.admin, "fabrikam-global-admin": want.admin, "operator": want.operator,
			}[attack.persona]
			if tried++; tried%race.Every != 0 {
				continue
			}
			for _, resp := range w.attacks(route, attack.persona, attack.victim) {
				what := fmt.Sprintf("%s as %s, after %s", route.Pattern(), attack.persona, attack.victim.marker)
				if status != anything {
					assert.Equal(t, status, resp.Code, what)
				}
				if attack.persona != "operator" {
					said := strings.ToLower(resp.Body.String() + fmt.Sprint(resp.Header()))
					assert.NotContains(t, said, attack.victim.marker, what)
				}
			}
		}
		assert.Equal(t, before[attack.victim.marker], w.state(attack.victim), "%s changed %s", attack.persona,
			attack.victim.marker)
	}
}

func TestEveryCompanySeesItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const legal = "/settings/account/profile/legal"
	for _, c := range []*company{w.contoso, w.fabrikam} {
		for _, path := range []string{
			legal, legal + "/history", legal + "/history/" + c.revision, legal + "/business/edit",
			legal + "/primary-contact/edit",
			legal + "/security-contact/edit", legal + "/customers", legal + "/webhooks", legal + "/webhooks/" + c.webhook,
			legal + "/webhooks/" + c.webhook + "/change", legal + "/webhooks/" + c.webhook +
				"/delete", "/mailbox", "/mailbox/" + c.mails[0], "/mailbox/" + c.mails[0] + "/html",
			"/api/v1/legal-profile",
		} {
			resp := w.ask(c.admin, http.MethodGet, path, "", "")
			assert.Equal(t, http.StatusOK, resp.Code, path)
			assert.Contains(t, strings.ToLower(resp.Body.String()), c.marker, "%s shows what the other test looks for", path)
		}
		for _, path := range []string{"/incidents", "/incidents/" + c.ids[1], "/incidents/" + c.ids[1] + "/rows", "/coverage",
			"/coverage.csv", "/mailbox"} {
			assert.Contains(t, strings.ToLower(w.ask("operator", http.MethodGet, path, "", "").Body.String()), c.marker,
				"%s, for the operator", path)
		}
	}
}

func TestSavingReachesOnesOwnCompanyOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	theirs := w.state(w.fabrikam)
	own, err := w.db.Profile(t.Context(), w.contoso.tenantID)
	require.NoError(t, err)
	form := url.Values{
		"tenantId": {w.fabrikam.tenantID}, "tenant": {w.fabrikam.tenantID}, "id": {w.fabrikam.tenantID}, "base": {own.ETag()},
		"company": {w.contoso.tenantID}, // so that the form is not one of another company
		"kind":    {"group"}, "group": {"New group"}, "securityContact-email": {"new@contoso.com"},
		"securityContact-phoneNumber": {"+14255550100"},
	}
	resp := w.ask("contoso-global-admin", http.MethodPost,
		"/settings/account/profile/legal/security-contact/save?tenant="+w.fabrikam.tenantID,
		form.Encode(), "application/x-www-form-urlencoded", "X-Tenant-Id: "+w.fabrikam.tenantID)
	require.Equal(t, http.StatusSeeOther, resp.Code, resp.Body.String())
	now, err := w.db.Profile(t.Context(), w.contoso.tenantID)
	require.NoError(t, err)
	assert.Equal(t, "new@contoso.com", now.SecurityContact.Email, "his own")
	assert.Equal(t, theirs, w.state(w.fabrikam))
}
