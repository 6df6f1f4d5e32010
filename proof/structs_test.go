package proof

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"log/slog"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-playground/validator/v10"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// structTypes are the exported struct types of the package. A test compares the
// list with the source.
var structTypes = []reflect.Type{
	reflect.TypeFor[partner.Actor](), reflect.TypeFor[partner.Address](), reflect.TypeFor[partner.Answer](),
	reflect.TypeFor[partner.Change](),
	reflect.TypeFor[partner.Decision](), reflect.TypeFor[partner.Delivery](), reflect.TypeFor[partner.DeniedError](),
	reflect.TypeFor[partner.Dispatcher](), reflect.TypeFor[partner.DispatcherOptions](),
	reflect.TypeFor[partner.Finding](),
	reflect.TypeFor[partner.Impact](), reflect.TypeFor[partner.Incident](), reflect.TypeFor[partner.IncidentText](),
	reflect.TypeFor[partner.InvalidError](),
	reflect.TypeFor[partner.LegalBusiness](), reflect.TypeFor[partner.LegalProfile](),
	reflect.TypeFor[partner.Message](),
	reflect.TypeFor[partner.Notification](), reflect.TypeFor[partner.PrimaryContact](),
	reflect.TypeFor[partner.Recipient](),
	reflect.TypeFor[partner.Renderer](), reflect.TypeFor[partner.Request](), reflect.TypeFor[partner.Revision](),
	reflect.TypeFor[partner.Route](),
	reflect.TypeFor[partner.Routing](), reflect.TypeFor[partner.Rule](), reflect.TypeFor[partner.SecurityContact](),
}

// exportedStructs returns the exported struct types by name, having seen that
// the source declares no others.
func exportedStructs(t *testing.T) map[string]reflect.Type {
	t.Helper()
	types := map[string]reflect.Type{}
	for _, typ := range structTypes {
		types[typ.Name()] = typ
	}
	var declared []string
	for _, file := range sourcesOfPartner(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok && spec.Name.IsExported() {
				if _, ok := spec.Type.(*ast.StructType); ok {
					declared = append(declared, spec.Name.Name)
				}
			}
			return true
		})
	}
	require.ElementsMatch(t, declared, slices.Collect(maps.Keys(types)),
		"a new struct must be listed, and is tested from then on")
	return types
}

// fill sets every field of v. A text becomes a marker that tells where it
// stands, a list gets one element, and everything else is not zero.
func fill(v reflect.Value, path string) {
	if !v.CanSet() { // unexported: out of a host's reach
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("mark:" + path + ";")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(1)
	case reflect.Uint8, reflect.Uint64:
		v.SetUint(1 << 1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), path)
	case reflect.Map:
		value := reflect.New(v.Type().Elem()).Elem()
		fill(value, path)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("mark:"+path+";").Convert(v.Type().Key()), value)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	case reflect.Interface: // an error is the only one that can be set from outside
		v.Set(reflect.ValueOf(errors.New("mark:" + path + ";")))
	default:
		panic("fill does not know " + v.Type().String() + " at " + path)
	}
}

var markers = regexp.MustCompile(`mark:[\w.]+;`)

// logged returns the places whose text came out when value was logged in each
// way that log/slog knows, in alphabetical order.
func logged(t *testing.T, value any) []string {
	t.Helper()
	var out bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewJSONHandler(&out, nil), slog.NewTextHandler(&out, nil)} {
		log := slog.New(handler)
		log.Info("as an attribute", "value", value)
		log.With("value", value).WithGroup("group").Info("in groups", slog.Group("in", "value", value))
	}
	require.Equal(t, 4, strings.Count(out.String(), "\n"), "four records: %s", out.String())
	require.NotContains(t, out.String(), "LogValue panicked")
	if valuer, ok := value.(slog.LogValuer); ok { // not every handler resolves what stands inside a value
		fmt.Fprintln(&out, valuer.LogValue().String())
	}
	return markersIn(out.String())
}

// markersIn returns the places whose text stands in text, in alphabetical
// order.
func markersIn(text string) []string {
	places := map[string]bool{}
	for _, marker := range markers.FindAllString(text, -1) {
		places[strings.TrimSuffix(strings.TrimPrefix(marker, "mark:"), ";")] = true
	}
	return slices.Sorted(maps.Keys(places))
}

// documentedAsLogged are the texts that the LogValue of a type with personal
// data tells, and no others: tenant IDs, kinds, roles, the words of Microsoft,
// and the keys by which a host finds the rest.
var documentedAsLogged = map[string]string{
	"Actor":   "Channel Roles TenantID",
	"Address": "",
	"Answer":  "",
	"Change":  "",
	"Delivery": "Notification.ID Notification.PartnerTenantID Notification.Recipient.Audience " +
		"Notification.Recipient.Medium " +
		"Notification.Topic Route.Gap Route.PartnerTenantID",
	"DeniedError": "Reason Request.Action Request.Actor.Channel Request.Actor.Roles Request.Actor.TenantID " +
		"Request.TenantID",
	"Impact":          "PartnerTenantID",
	"Incident":        "ID Kind Severity Status TenantID",
	"IncidentText":    "",
	"LegalBusiness":   "VettingStatus VettingSubStatus",
	"LegalProfile":    "PartnerType TenantID",
	"Message":         "",
	"Notification":    "ID PartnerTenantID Recipient.Audience Recipient.Medium Topic",
	"PrimaryContact":  "",
	"Recipient":       "Audience Medium",
	"Renderer":        "",
	"Request":         "Action Actor.Channel Actor.Roles Actor.TenantID TenantID",
	"Revision":        "By.Channel By.Roles By.TenantID TenantID",
	"Route":           "Gap PartnerTenantID",
	"SecurityContact": "",
}

// impersonal are the types that hold no personal data, and need no LogValue.
var impersonal = map[string]string{
	"Decision":          "an answer",
	"Dispatcher":        "holds the host's own Directory and Notifier, and no text",
	"DispatcherOptions": "a number and readings of a page",
	"Finding":           "never repeats the value",
	"InvalidError":      "holds findings",
	"Routing":           "readings of a page",
	"Rule":              "roles, not who holds them",
}

func TestNothingPersonalIsLogged(t *testing.T) {
	t.Parallel()
	types := exportedStructs(t)
	assert.Len(t, types, len(documentedAsLogged)+len(impersonal), "each type is on one of the lists")
	for name, typ := range types {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			value := reflect.New(typ)
			fill(value.Elem(), name)
			if why, ok := impersonal[name]; ok {
				assert.False(t, typ.Implements(reflect.TypeFor[slog.LogValuer]()),
					"a type that is %s is logged as it is", why)
				return
			}
			var want []string
			for place := range strings.FieldsSeq(documentedAsLogged[name]) {
				want = append(want, name+"."+place)
			}
			assert.Equal(t, want, logged(t, value.Elem().Interface()), "by value")
			assert.Equal(t, want, logged(t, value.Interface()), "by pointer")
			assert.Equal(t, want, logged(t, value.Elem().Interface()), "logging changes nothing")
			logged(t, reflect.Zero(typ).Interface()) // the zero value is logged without a panic, too

			// What is printed by mistake names nobody either. An error shows its text.
			shown := "partner." + name + value.Interface().(slog.LogValuer).LogValue().Resolve().String()
			if err, ok := value.Interface().(error); ok {
				shown = err.Error()
			}
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%20.3v"} {
				for what, printed := range map[string]any{
					"by value": value.Elem().Interface(), "by pointer": value.Interface(), "in a slice": reflect.Append(
						reflect.MakeSlice(reflect.SliceOf(typ), 0, 1), value.Elem()).Interface(),
				} {
					text := fmt.Sprintf(verb, printed)
					assert.Contains(t, text, shown, "%s %s", verb, what)
					assert.Empty(t, slices.DeleteFunc(markersIn(text),
						func(place string) bool { return slices.Contains(want, place) }),
						"%s %s", verb, what)
				}
			}
		})
	}
}

func TestUntaughtValidatorHasNoOpinion(t *testing.T) {
	t.Parallel()
	for _, options := range [][]validator.Option{
		nil, {validator.WithRequiredStructEnabled()},
		{validator.WithPrivateFieldValidation(), validator.WithRequiredStructEnabled()},
	} {
		v := validator.New(options...)
		for name, typ := range exportedStructs(t) {
			zero, full := reflect.New(typ), reflect.New(typ)
			fill(full.Elem(), name)
			for _, value := range []reflect.Value{zero, zero.Elem(), full, full.Elem()} {
				require.NotPanics(t, func() {
					assert.NoError(t, v.Struct(value.Interface()), "%s carries no tags", name)
				}, "%s must not make a host's validator panic", name)
			}
		}
	}
}
