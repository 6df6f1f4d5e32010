// Package entra makes a [partner.Actor] of the claims of a Microsoft Entra ID
// token: who has signed in, to which tenant, and with which roles. [Claims]
// decodes the payload of the token. [Claims.Actor] judges it.
//
// # What a host must have verified before
//
// This package does not validate tokens. Whoever can choose a payload can be a
// Global Administrator. A host verifies all of this before it calls, best with
// a library made for it:
//
//   - The signature was made with a key that Entra ID publishes for the tenant.
//     Many tenants may sign in to one app. Such an app uses a key only for
//     tokens of the issuer that is published beside it.
//   - iss is the issuer of the tenant, letter by letter. The host serves the
//     tenant.
//   - aud is the host's own application. A token for Microsoft Graph, or for
//     another API, is no sign-in to the host.
//   - The token has not expired (exp), and its time has come (nbf).
//   - nonce is the one that the host sent, in an ID token.
//   - It is an ID token for the host, or an access token for the host's own API
//     whose scopes (scp) allow the call. The host knows which of the two it
//     was, and so by which [partner.Channel] the request came in.
//
// Nothing here makes up for what was not verified. Actor only checks that tid
// and iss agree. If many tenants sign in to an app, its manifest must not set
// acceptMappedClaims: with it a tenant could write claims of its own.
//
// # What the token must hold
//
//	claim     where it comes from                  without it
//	tid, oid  the scope profile                    nobody signs in
//	wids      DirectoryRole, or All                nobody is an administrator
//	groups    SecurityGroup, All, ApplicationGroup groups grant nothing
//	acct      an optional claim                    idp alone tells a guest
//	idtyp     optional, in access tokens           sub alone tells an app
//
// What wids and groups need are values of groupMembershipClaims in the manifest
// of the app. ApplicationGroup brings only the groups that are assigned to the
// app. Those are hardly ever too many for a token.
//
// # Who becomes what
//
//	directory role, or group           role
//	Global Administrator               partner.GlobalAdmin, the only role that
//	                                   may update
//	User Administrator                 partner.UserManagementAdmin
//	Billing Administrator              partner.BillingAdmin
//	Security Administrator             partner.SecurityAdministrator
//	Security Reader                    partner.SecurityReader
//	Global Reader                      partner.GlobalReader
//	every other directory role         none
//	a group in Options.GroupRoles      what the host says, never GlobalAdmin
//	any member of the tenant, besides  partner.DefaultUser
//	whoever comes from elsewhere       partner.GuestUser, and nothing else
//
// Roles that sound alike need not be. Entra's Helpdesk Administrator is no
// helpdesk agent, and its Compliance Administrator is not Partner Center's
// Compliance admin. A role is known by its template ID. It is compared as a
// UUID: ignoring ASCII case, and nothing else.
//
// A user comes from elsewhere if one of these holds:
//   - idp names anything but the tenant signed in to;
//   - acct is 1;
//   - wids holds a role that only such users have.
//
// These are guests, and administrators of another partner who sign in to their
// customer's tenant with delegated rights (GDAP, and DAP before it). Tokens of
// the latter mostly have no oid, which is an error. What they may do in that
// tenant is no right over its partner profile.
//
// # How fresh it is
//
// A token shows the roles of the moment at which it was made. Partner Center
// says that a change of roles can take up to an hour to appear. So keep a
// session short in which a profile can be updated, or get a new token before
// the update: this morning's Global Administrator need not be one now.
//
// # Personal data
//
// [Claims] hold the IDs of a person. No verb of package fmt prints them, and
// LogValue leaves them out. No error holds a value of a claim.
//
// # Concurrency
//
// Everything here is safe for concurrent use, as long as nobody changes the
// Claims or the Options that another goroutine reads.
//
// # Sources
//
// Microsoft Learn:
//   - "ID token claims reference", "Access token claims reference", "Optional
//     claims reference";
//   - "Access tokens in the Microsoft identity platform", "Secure applications
//     and APIs by validating claims", "Protected web API: Verify scopes and app
//     roles", "Microsoft Entra app manifest", "National clouds";
//   - "Microsoft Entra built-in roles", "Restrict guest access permissions in
//     Microsoft Entra ID";
//   - of Partner Center, "Assign roles and permissions to users".
package entra
