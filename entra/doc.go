// Package entra makes a [partner.Actor] of the claims of a Microsoft Entra ID token: who has signed in, to which tenant, and with
// which roles. [Claims] decodes the payload of the token, [Claims.Actor] judges it.
//
// # What a host must have verified before
//
// This package does not validate tokens: whoever can choose a payload can be Global Administrator. Before it calls, a host has
// verified, best with a library made for that, each of these:
//
//   - The signature was made with a key that Entra ID publishes for the tenant. An app that many tenants sign in to uses a key
//     only for tokens of the issuer that is published beside it.
//   - iss is the issuer of the tenant, letter by letter, and the tenant is one that the host serves.
//   - aud is the host's own application. A token for Microsoft Graph, or for another API, is no sign-in to the host.
//   - The token has not expired (exp) and its time has come (nbf).
//   - nonce is the one that the host sent, in an ID token.
//   - It is an ID token for the host, or an access token for the host's own API whose scopes (scp) allow the call. The host knows
//     which of the two it was, and so by which [partner.Channel] the request came in.
//
// Nothing here makes up for what was not verified; of tid and iss, Actor checks that they agree. The manifest of an app that many
// tenants sign in to does not set acceptMappedClaims: with it a tenant could write claims of its own.
//
// # What the token must hold
//
// tid and oid need the scope profile. groupMembershipClaims in the manifest of the app decides on wids, the directory roles
// (DirectoryRole or All), and on groups (SecurityGroup or All; ApplicationGroup for those alone that are assigned to the app,
// which are hardly ever too many). Without wids nobody is an administrator. Of the optional claims, ask for acct, which tells
// guests, and in access tokens for idtyp, which tells applications.
//
// # Who becomes what
//
//	directory role, or group            role
//	Global Administrator                partner.GlobalAdmin, the only one that may update
//	User Administrator                  partner.UserManagementAdmin
//	Billing Administrator               partner.BillingAdmin
//	Security Administrator              partner.SecurityAdministrator
//	Security Reader                     partner.SecurityReader
//	Global Reader                       partner.GlobalReader
//	every other directory role          none
//	a group in Options.GroupRoles       what the host says, but never partner.GlobalAdmin
//	any member of the tenant, besides   partner.DefaultUser
//	whoever comes from elsewhere        partner.GuestUser alone, whatever else the token holds
//
// Roles that sound alike need not be: Entra's Helpdesk Administrator is no helpdesk agent, and its Compliance Administrator is
// not Partner Center's Compliance admin. A role is known by its template ID, compared as a UUID: ignoring ASCII case, and
// nothing else.
//
// A user comes from elsewhere if idp names anything but the tenant signed in to, if acct is 1, or if wids holds a role that only
// such users have. These are guests, and the administrators of another partner with delegated rights (GDAP, and DAP before it),
// who sign in to their customer's tenant. Tokens of the latter mostly have no oid, which is an error. What they may do in that
// tenant is no right over its partner profile.
//
// # How fresh it is
//
// A token shows the roles of the moment at which it was made, and a change of roles can take up to an hour to appear, as Partner
// Center says. Keep a session short in which a profile can be updated, or get a new token before the update: this
// morning's Global Administrator need not be one now.
//
// # Sources
//
// Microsoft Learn: "ID token claims reference", "Access token claims reference", "Optional claims reference", "Access tokens in
// the Microsoft identity platform", "Secure applications and APIs by validating claims", "Protected web API: Verify scopes and
// app roles", "Microsoft Entra app manifest", "National clouds", "Microsoft Entra built-in roles", "Restrict guest access
// permissions in Microsoft Entra ID"; of Partner Center, "Assign roles and permissions to users".
package entra
