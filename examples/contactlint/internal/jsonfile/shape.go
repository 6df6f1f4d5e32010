package jsonfile

import (
	"reflect"
	"slices"
	"strings"

	"github.com/cspkit/partner"
)

// A shape is what kind of object a row is.
type shape int

// The shapes. An object that is none of them is a contact in which all is
// missing.
const (
	contact shape = iota // a contact as the library names its fields
	graph                // a user or a contact of Microsoft Graph
	profile              // a legal profile
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
	{graph, "/givenName", "/firstName"},
	{graph, "/middleName", "/middleName"},
	{graph, "/surname", "/lastName"},
	{graph, "/displayName", whole},
	{graph, "/mail", "/email"},
	{graph, "/emailAddresses/*/address", "/email"},
	{graph, "/businessPhones/*", "/phoneNumber"},
	{graph, "/mobilePhone", "/phoneNumber"},
	{graph, "/homePhones/*", "/phoneNumber"},
}...), named(profile, partner.LegalProfile{})...)

// marks are the members that tell the shape, the strongest shape last.
var marks = map[shape][]string{
	graph: {
		"givenName", "surname", "mail", "emailAddresses", "businessPhones", "mobilePhone", "homePhones", "displayName",
		"userPrincipalName",
	},
	contact: {"firstName", "lastName", "email", "phoneNumber"},
	profile: {"primaryContact", "securityContact", "partnerType", "vettingStatus"},
}

// strongest is the order in which marks decide.
var strongest = [...]shape{profile, contact, graph}

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
	shapes   [shapes]bool
	source   [shapes]int // its place in sources, or -1
	marks    [shapes]bool
	children []child
	each     *node // of an array: its elements
	under    []int // the nodes below and itself
}

type child struct {
	name string
	node *node
}

// tree is the root of the nodes, which nodes lists.
var tree, nodes = plant()

func plant() (*node, []*node) {
	var all []*node
	grow := func(path string) *node {
		n := &node{id: len(all), path: path, source: [shapes]int{-1, -1, -1}}
		all = append(all, n)
		return n
	}
	root := grow("")
	for i, s := range sources {
		at := root
		for name := range strings.SplitSeq(s.path[1:], "/") {
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
			at.shapes[s.of] = true
		}
		at.source[s.of] = i
	}
	for of, names := range marks {
		for _, name := range names {
			n := root.find(name)
			if n == nil {
				n = grow("/" + name)
				root.children = append(root.children, child{name, n})
			}
			n.marks[of] = true
		}
	}
	for _, n := range all {
		for _, m := range all {
			if m == n || strings.HasPrefix(m.path, n.path+"/") {
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
	for i := range n.children {
		if strings.EqualFold(n.children[i].name, name) {
			return n.children[i].node
		}
	}
	return nil
}

// isSource reports whether a text may stand at n.
func (n *node) isSource() bool { return slices.Max(n.source[:]) >= 0 }

// bySource has the node of each source.
var bySource = func() []*node {
	all := make([]*node, len(sources))
	for _, n := range nodes {
		for _, i := range n.source {
			if i >= 0 {
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
