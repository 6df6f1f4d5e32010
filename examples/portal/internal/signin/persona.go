package signin

import (
	"slices"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Persona is one part to play in the demonstration.
type Persona struct {
	ID      string // in the form, and the bearer token of the API: "contoso-global-admin"
	Person  host.Person
	Company string // "Contoso"
	Part    string // "Global admin"
	Can     string // one sentence on what there is to try
}

// captions say what each of host.DemoPeople plays, in the same order.
var captions = [...]Persona{
	{
		ID: "contoso-global-admin", Company: "Contoso", Part: "Global admin",
		Can: "Sees the company's legal info, and can change all of it. Adds webhooks, prints the review.",
	},
	{
		ID: "contoso-billing-admin", Company: "Contoso", Part: "Billing admin",
		Can: "Sees the legal info, and cannot change it.",
	},
	{
		ID: "contoso-user", Company: "Contoso", Part: "User without an administrator's role",
		Can: "Cannot see the legal info.",
	},
	{
		ID: "fabrikam-global-admin", Company: "Fabrikam", Part: "Global admin",
		Can: "The same at another company. Neither company sees the other's data.",
	},
	{
		ID: "tailspin-global-admin", Company: "Tailspin Toys", Part: "Global admin",
		Can: "Has no security contact yet: nobody would be told of an incident.",
	},
	{
		ID: "operator", Company: "The company that runs this portal", Part: "Incident operator",
		Can: "Raises incidents, follows who is told, calls who does not answer, and imports partners. Begin here.",
	},
}

// Personas returns the parts of the demonstration, in the order in which they
// are offered: the operator first, for most of what there is to try is theirs.
func Personas() []Persona {
	people := host.DemoPeople()
	parts := make([]Persona, 0, len(people))
	for i, p := range people { // more people than captions are a mistake that any test finds
		part := captions[i]
		part.Person = p
		parts = append(parts, part)
	}
	last := len(parts) - 1
	return slices.Insert(parts[:last], 0, parts[last])
}
