package web

import (
	"net/http"
	"strings"

	"github.com/cspkit/partner"
)

// formView is the page with the form of one section.
type formView struct {
	Section sectionDef
	Company string
	Base    string
	Kind    string // of security contact; "" in the other sections
	Group   inputView
	Sets    []inputSet
	Errors  []foundView
	Advice  []foundView // on the whole section
	Waits   string      // why nothing can be saved yet
}

type inputSet struct {
	Legend, Hint string
	Names        bool // the names of a person, hidden while a group is chosen
	Inputs       []inputView
}

// inputView is one input with all that is said about it.
type inputView struct {
	ID, Name, Label, Hint, Type, Autocomplete string
	Required                                  bool
	Value                                     string
	Errors, Advice                            []string
	Options                                   []choice // of a select
	List                                      string   // id of a datalist
}

// Describe lists the ids of what is said about the input, for aria-describedby.
func (v inputView) Describe() string {
	var ids []string
	if v.Hint != "" {
		ids = append(ids, v.ID+"-hint")
	}
	if len(v.Errors) > 0 {
		ids = append(ids, v.ID+"-error")
	}
	if len(v.Advice) > 0 {
		ids = append(ids, v.ID+"-advice")
	}
	return strings.Join(ids, " ")
}

// take puts the findings to the input once each.
func (v *inputView) take(fs partner.Findings) {
	seen := map[partner.Code]bool{}
	for _, f := range fs {
		if seen[f.Code] {
			continue
		}
		seen[f.Code] = true
		if f.Severity == partner.SeverityAdvice {
			v.Advice = append(v.Advice, f.Message)
		} else {
			v.Errors = append(v.Errors, f.Message)
		}
	}
}

func (w *Web) showForm(
	rw http.ResponseWriter, r *http.Request, status int, e editing, f form, findings partner.Findings, n notice,
) error {
	view := newFormView(f, findings, countryName(e.current.Address.Country))
	if waitsForContact(&e.current, e.section.Section) {
		view.Waits = contactFirst
	}
	verb := "Update: "
	if e.section.Section == partner.SectionSecurityContact && e.current.SecurityContact.IsZero() {
		verb = "Add: "
	}
	return w.render(rw, r, status, "edit", page{
		Title: verb + e.section.Title, Crumbs: crumbsLegal, Notice: n, Problem: len(view.Errors) > 0, Data: view,
	})
}

// newFormView puts each finding beside its input, those on a group's names to
// the one input that the group has. Country is where national phone numbers of
// the security contact are read.
func newFormView(f form, findings partner.Findings, country string) formView {
	byInput := map[string]partner.Findings{}
	var whole partner.Findings
	for _, finding := range findings {
		if finding.Code == partner.CodePhoneCountryCode && country != "" { // it was read as one of the country, and is none
			finding.Message = "This is no phone number of your country, " + country +
				". Check it, or start with + and the country code."
		}
		field, err := partner.ParseField(finding.Path)
		switch {
		case err != nil:
			whole = append(whole, finding)
		case f.isGroup() && isSecurityName(field):
			byInput[inputGroup] = append(byInput[inputGroup], finding)
		default:
			byInput[fieldID(field)] = append(byInput[fieldID(field)], finding)
		}
	}

	view := formView{Section: f.section, Company: f.company, Base: f.base, Kind: f.values[inputKind]}
	input := func(v inputView, label string) inputView {
		v.Value = f.values[v.Name]
		v.take(byInput[v.Name])
		for _, message := range v.Errors {
			view.Errors = append(view.Errors, foundView{label, message, "#" + v.ID})
		}
		return v
	}
	if f.section.Section == partner.SectionSecurityContact {
		view.Group = input(inputView{
			ID: inputGroup, Name: inputGroup, Label: "Group name", Type: "text", Autocomplete: "off", Required: true,
			Hint: "Such as “Contoso SOC”. Partner Center keeps it in the first, middle and last name.",
		}, "Group name")
	}
	for _, def := range fieldsIn(f.section.Section) {
		names := isSecurityName(def.Field)
		legend := def.Group
		if names {
			legend = "Person"
		}
		if n := len(view.Sets); n == 0 || view.Sets[n-1].Legend != legend {
			view.Sets = append(view.Sets, inputSet{Legend: legend, Hint: groupHints[legend], Names: names})
		}
		last := &view.Sets[len(view.Sets)-1]
		v := input(inputView{
			ID: def.ID(), Name: def.ID(), Label: def.Label, Hint: def.Hint, Type: def.Type, Autocomplete: def.Autocomplete,
			Required: def.Required,
		}, fullLabel(def))
		if def.Field == partner.FieldSecurityContactPhone && country != "" {
			v.Hint += " Without a country code it is read as one of your country, " + country + "."
		}
		if def.Type == "country" {
			v.Options = countryChoices(v.Value)
		}
		last.Inputs = append(last.Inputs, v)
	}
	view.Advice = found(whole.In(f.section.Section).Advice())
	for _, v := range foundElsewhere(findings.Errors(), f.section.Section) {
		v.Message += " With this change it would be wrong: update it there first."
		view.Errors = append(view.Errors, v)
	}
	if whole.Has(partner.CodeContactMissing) { // and this is another section, for in its own the fields say so
		view.Errors = append(view.Errors, foundView{"Security contact", contactFirst, "#waits"})
	}
	return view
}

func isSecurityName(f partner.Field) bool {
	return partner.NewFieldSet(securityNames...).Has(f)
}

// countryChoices keep a value that is no country, so that a form loses nothing.
func countryChoices(value string) []choice {
	list := []choice{{"", "Choose one", value == ""}}
	known := value == ""
	for _, c := range countries() {
		selected := strings.EqualFold(c.Code, value)
		known = known || selected
		list = append(list, choice{c.Code, c.Name, selected})
	}
	if !known {
		list = append(list, choice{value, value + " (not a known code)", true})
	}
	return list
}
