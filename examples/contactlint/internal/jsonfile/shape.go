package jsonfile

import (
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cspkit/partner"
)

// A shape is what kind of object a row is.
type shape int

// The shapes. An object that is none of them is a contact in which all is
// missing.
const (
	contact   shape = iota // a contact as the library names its fields
	graph                  // a user or a contact of Microsoft Graph
	crm                    // a contact of a program that keeps customers
	hubSpot                // a contact of HubSpot
	people                 // a person of Google's People API
	mailchimp              // a member of a list of Mailchimp
	profile                // a legal profile
	shapes
)

// whole stands for a name in one piece. It is read where the first and the last
// name are blank.
const whole = "/displayName"

// A source is where a value of a shape may stand.
type source struct {
	of     shape
	path   string // in the row; * is any element of an array
	target string // the library's path of the field
}

// sources is the table of them. Of several sources of one target, the first
// that holds something counts.
var sources = append(append(named(contact, partner.SecurityContact{}), []source{
	// https://learn.microsoft.com/graph/api/resources/user
	// https://learn.microsoft.com/graph/api/resources/contact
	// https://learn.microsoft.com/graph/api/resources/orgcontact
	{graph, "/givenName", "/firstName"},
	{graph, "/middleName", "/middleName"},
	{graph, "/surname", "/lastName"},
	{graph, "/displayName", whole},
	{graph, "/mail", "/email"},
	{graph, "/emailAddresses/*/address", "/email"},
	{graph, "/businessPhones/*", "/phoneNumber"},
	{graph, "/phones/*/number", "/phoneNumber"},
	{graph, "/mobilePhone", "/phoneNumber"},
	{graph, "/homePhones/*", "/phoneNumber"},

	// Salesforce, Dynamics 365, Zoho CRM, Pipedrive, Zendesk, Freshdesk,
	// ServiceNow, Autotask. Letters may be of any case.
	// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm
	// https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/contact
	// https://www.zoho.com/crm/developer/docs/api/v8/get-records.html
	// https://developers.pipedrive.com/docs/api/v1/Persons
	// https://developer.zendesk.com/api-reference/ticketing/users/users/
	// https://developers.freshdesk.com/api/#contacts
	{crm, "/firstName", "/firstName"},
	{crm, "/first_name", "/firstName"},
	{crm, "/middleName", "/middleName"},
	{crm, "/middle_name", "/middleName"},
	{crm, "/lastName", "/lastName"},
	{crm, "/last_name", "/lastName"},
	{crm, "/name", whole},
	{crm, "/fullName", whole},
	{crm, "/full_name", whole},
	{crm, "/email", "/email"},
	{crm, "/email/*/value", "/email"},
	{crm, "/emails/*/value", "/email"},
	{crm, "/emailAddress1", "/email"},
	{crm, "/emailAddress", "/email"},
	{crm, "/phone", "/phoneNumber"},
	{crm, "/phone/*/value", "/phoneNumber"},
	{crm, "/phones/*/value", "/phoneNumber"},
	{crm, "/telephone1", "/phoneNumber"},
	{crm, "/mobile", "/phoneNumber"},
	{crm, "/mobilePhone", "/phoneNumber"},
	{crm, "/mobile_phone", "/phoneNumber"},
	{crm, "/homePhone", "/phoneNumber"},

	// https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide
	{hubSpot, "/properties/firstname", "/firstName"},
	{hubSpot, "/properties/lastname", "/lastName"},
	{hubSpot, "/properties/email", "/email"},
	{hubSpot, "/properties/phone", "/phoneNumber"},
	{hubSpot, "/properties/mobilephone", "/phoneNumber"},

	// https://developers.google.com/people/api/rest/v1/people
	{people, "/names/*/givenName", "/firstName"},
	{people, "/names/*/middleName", "/middleName"},
	{people, "/names/*/familyName", "/lastName"},
	{people, "/names/*/displayName", whole},
	{people, "/emailAddresses/*/value", "/email"},
	{people, "/phoneNumbers/*/value", "/phoneNumber"},

	// https://mailchimp.com/developer/marketing/api/list-members/
	{mailchimp, "/merge_fields/FNAME", "/firstName"},
	{mailchimp, "/merge_fields/LNAME", "/lastName"},
	{mailchimp, "/full_name", whole},
	{mailchimp, "/email_address", "/email"},
	{mailchimp, "/merge_fields/PHONE", "/phoneNumber"},
}...), named(profile, partner.LegalProfile{})...)

// marks are the members that tell the shape, the strongest first.
var marks = [...]struct {
	of      shape
	members []string
}{
	{profile, []string{"primaryContact", "securityContact", "partnerType", "vettingStatus"}},
	{contact, []string{"phoneNumber"}},
	{hubSpot, []string{"properties"}},
	{people, []string{"names", "phoneNumbers"}},
	{mailchimp, []string{"merge_fields", "email_address"}},
	{crm, []string{
		"attributes", "contactid", "first_name", "last_name", "phone", "mobile", "mobile_phone", "telephone1",
		"emailAddress1", "emailAddress",
	}},
	{contact, []string{"firstName", "lastName", "email"}},
	{graph, []string{
		"givenName", "surname", "mail", "emailAddresses", "businessPhones", "mobilePhone", "homePhones", "displayName",
		"userPrincipalName",
	}},
}

// named returns a source for each text in v, named as encoding/json names it.
func named(of shape, v any) []source {
	var all []source
	for _, path := range paths(reflect.TypeOf(v)) {
		all = append(all, source{of, path, path})
	}
	return all
}

// paths returns the JSON pointers of the texts in a struct.
func paths(t reflect.Type) (all []string) {
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		path := ""
		if name != "" {
			path = "/" + name
		}
		if field.Type.Kind() == reflect.String {
			all = append(all, path)
			continue
		}
		for _, inner := range paths(field.Type) {
			all = append(all, path+inner)
		}
	}
	return all
}

// texts returns the texts of a struct in the order of paths.
func texts(v reflect.Value) (all []reflect.Value) {
	for _, field := range v.Fields() {
		if field.Kind() == reflect.String {
			all = append(all, field)
			continue
		}
		all = append(all, texts(field)...)
	}
	return all
}

// A node is a place in a row that leads to a source, or is one.
type node struct {
	id       int // its place in nodes
	path     string
	text     shapeSet    // those that have a text there
	below    shapeSet    // those that have an object or an array there
	source   [shapes]int // its place in sources, of the shapes in text
	marks    uint16      // a bit for each of marks that it is
	children []child
	each     *node // of an array: its elements
	under    []int // the nodes below and itself
}

// A shapeSet has a bit for each shape.
type shapeSet uint8

type child struct {
	name string
	node *node
}

// tree is the root of the nodes, which nodes lists.
var tree, nodes = plant()

func plant() (*node, []*node) {
	var all []*node
	grow := func(path string) *node {
		n := &node{id: len(all), path: path}
		all = append(all, n)
		return n
	}
	root := grow("")
	for i, s := range sources {
		at := root
		for name := range strings.SplitSeq(s.path[1:], "/") {
			at.below |= 1 << s.of
			next := at.find(name)
			if next == nil {
				next = grow(at.path + "/" + name)
				if name == "*" {
					at.each = next
				} else {
					at.children = append(at.children, child{name, next})
				}
			}
			at = next
		}
		at.text |= 1 << s.of
		at.source[s.of] = i
	}
	for rank, m := range marks {
		for _, name := range m.members {
			n := root.find(name)
			if n == nil {
				n = grow("/" + name)
				root.children = append(root.children, child{name, n})
			}
			n.marks |= 1 << rank
		}
	}
	for _, n := range all {
		below := n.path + "/"
		for _, m := range all {
			if m == n || strings.HasPrefix(m.path, below) {
				n.under = append(n.under, m.id)
			}
		}
	}
	return root, all
}

// find returns the node of a member, or nil. As encoding/json does, it takes a
// name in any case of letters if there is none of the very name.
func (n *node) find(name string) *node {
	if name == "*" {
		return n.each
	}
	for i := range n.children {
		if n.children[i].name == name {
			return n.children[i].node
		}
	}
	ascii := isASCII(name) // then it has as many bytes
	for i := range n.children {
		if of := n.children[i].name; (len(of) == len(name) || !ascii) && strings.EqualFold(of, name) {
			return n.children[i].node
		}
	}
	return nil
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// bySource has the node of each source.
var bySource = func() []*node {
	all := make([]*node, len(sources))
	for _, n := range nodes {
		for of, i := range n.source {
			if n.text>>of&1 != 0 {
				all[i] = n
			}
		}
	}
	return all
}()

// nodeAt returns the node of a path that leads to a source.
func nodeAt(path string) *node {
	return nodes[slices.IndexFunc(nodes, func(n *node) bool { return n.path == path })]
}
