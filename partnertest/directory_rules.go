package partnertest

import (
	"errors"
)

// directoryRules are in the order in which they are checked.
var directoryRules = []rule[*directoryRun]{
	{
		name:  "each-partner-once",
		why:   "a partner that is left out is not told, and nobody misses it; one that comes twice is counted twice",
		check: eachPartnerOnce,
	},
	{
		name:  "own-tenant",
		why:   "an incident on a partner's own tenant concerns the partner, beside those who hold rights over it",
		check: ownTenantIsFound,
	},
	{
		name:  "all-fields",
		why:   "the route and the message are made from nothing else",
		check: allFields,
	},
	{
		name:  "tenant-or-error",
		why:   "a partner is known by its tenant: without one, it cannot be told apart from another",
		check: tenantOrError,
	},
	{
		name:  "contact-may-be-missing",
		why:   "a partner without a security contact must come out as one whom nobody can tell, not be left out",
		check: contactMayBeMissing,
	},
	{
		name:  "rights-apart-between-partners",
		why:   "what one partner may do at a customer says nothing about another",
		check: rightsApartBetweenPartners,
	},
	{
		name:  "rights-apart-between-customers",
		why:   "what a partner may do at one customer says nothing about the next",
		check: rightsApartBetweenCustomers,
	},
	{
		name:  "tenant-in-any-case",
		why:   "an incident may name the tenant in other letters than the database",
		check: directoryTenantInAnyCase,
	},
	{
		name:  "unknown-tenant",
		why:   "an incident that concerns no partner is no failure",
		check: unknownTenant,
	},
	{
		name:  "strange-tenant",
		why:   "what is no tenant ID must not find anybody: no pattern, no prefix, no statement",
		check: strangeTenant,
	},
	{
		name:  "stops-when-told",
		why:   "who breaks out of the loop waits for the Directory, and a range over one that goes on panics",
		check: stopsWhenTold,
	},
	{
		name:  "done-context-yields-nobody",
		why:   "who has cancelled waits for the end",
		check: doneContextYieldsNobody,
	},
	{
		name:  "cancel-ends-it",
		why:   "a customer can concern thousands of partners, and who cancels does not want to wait for all of them",
		check: cancelEndsIt,
	},
	{
		name:  "ranging-twice",
		why:   "what is planned is dispatched afterwards: a sequence that is used up tells nobody",
		check: rangingTwice,
	},
	{
		name:  "not-changed-later",
		why:   "a notification is sent while the next partner is read: memory that is used again mixes up recipients",
		check: notChangedLater,
	},
	{
		name:  "readings-at-once",
		why:   "incidents come together, each with a goroutine of its own; run this with the race detector",
		check: readingsAtOnce,
	},
	{
		name:  "error-is-reported",
		why:   "a list that was cut short must not pass for a complete one",
		needs: []string{"Break"}, check: errorIsReported,
	},
	{
		name:  "error-is-reachable",
		why:   "a host decides by errors.Is what to do about its database",
		needs: []string{"Break"}, check: errorIsReachable,
	},
	{
		name:  "error-ends-it",
		why:   "an error comes once and last: what comes after it is told by nobody who keeps to that",
		needs: []string{"Break"}, check: errorEndsIt,
	},
	{
		name:  "error-comes-alone",
		why:   "half a partner beside an error must not be taken for one",
		needs: []string{"Break"}, check: errorComesAlone,
	},
	{
		name:  "error-names-nobody",
		why:   "hosts log errors: no address, name or phone number of a contact belongs into them",
		needs: []string{"Break"}, check: directoryErrorNamesNobody,
	},
}

// failure makes an error of what a helper describes; "" is none.
func failure(fault string) error {
	if fault == "" {
		return nil
	}
	return errors.New(fault)
}
