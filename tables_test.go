package partner

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// constantsOf reads the constants of a type from the source, in their order, so
// that none can be forgotten in a table.
func constantsOf(t *testing.T, typ string) []string {
	t.Helper()
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	var values []string
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, declaration := range file.Decls {
			consts, ok := declaration.(*ast.GenDecl)
			if !ok || consts.Tok != token.CONST {
				continue
			}
			for _, spec := range consts.Specs {
				constant := spec.(*ast.ValueSpec)
				if name, ok := constant.Type.(*ast.Ident); !ok || name.Name != typ {
					continue
				}
				text, err := strconv.Unquote(constant.Values[0].(*ast.BasicLit).Value)
				require.NoError(t, err, "%s is a text", typ)
				values = append(values, text)
			}
		}
	}
	require.NotEmpty(t, values, "the source has constants of type %s", typ)
	return values
}

func textsOf[T ~string](list []T) []string {
	texts := make([]string, len(list))
	for i, value := range list {
		texts[i] = string(value)
	}
	return texts
}

// A constant that is added and has no row would be told as something else.
func TestEveryConstantHasItsRow(t *testing.T) {
	t.Parallel()
	var inAudiences []Audience
	for _, row := range audiences {
		inAudiences = append(inAudiences, row.audience)
	}
	var inMedia []Medium
	for _, row := range media {
		inMedia = append(inMedia, row.medium)
	}
	var inGaps []Gap
	for _, row := range gaps {
		inGaps = append(inGaps, row.gap)
	}
	for _, tt := range []struct {
		name, why string
		rows      []string
	}{
		{"Topic", "each has a letter of its own", textsOf(Topics())},
		{"IncidentKind", "forms offer them", textsOf(IncidentKinds())},
		{"IncidentSeverity", "forms offer them", textsOf(IncidentSeverities())},
		{"IncidentStatus", "each has a stage", []string{string(IncidentResolved)}},
		{"Medium", "each has an address", textsOf(inMedia)},
		{"Gap", "each has its words", textsOf(inGaps)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, constantsOf(t, tt.name), tt.rows, "%s, in the order of the constants", tt.why)
		})
	}
	assert.ElementsMatch(t, constantsOf(t, "Audience"), textsOf(inAudiences),
		"each has its words; Why counts in an order of its own")
}

// The rows say different things, or people could not tell them apart.
func TestRowsDiffer(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	once := func(text, what string) {
		assert.NotEmpty(t, text, what)
		assert.False(t, said[text], "%s: %q is said of another as well", what, text)
		said[text] = true
	}
	for _, row := range append(audiences[:], otherAudience) {
		once(row.one, string(row.audience))
		once(row.many, string(row.audience))
		once(row.role, string(row.audience))
	}
	for _, row := range gaps {
		once(row.prose, string(row.gap))
	}
	once(Route{Gap: "weather"}.whyNot(), "a gap that is not known")
	for _, topic := range append(Topics(), "weather") {
		m := Notification{Topic: topic}.Message()
		if topic == "weather" {
			assert.Equal(t, Notification{Topic: TopicIncident}.Message(), m,
				"what is not known is written as an incident")
			continue
		}
		once(m.Subject, string(topic))
		once(m.Text, string(topic))
	}
	for _, kind := range IncidentKinds() {
		once(kind.prose(), string(kind))
	}
}

// stages are named here once more, so that a stage without words is seen.
func TestStagesHaveTheirWords(t *testing.T) {
	t.Parallel()
	for _, s := range []stage{going, unanswered, over} {
		assert.NotEmpty(t, s.title)
		assert.NotEmpty(t, s.drillTitle)
		assert.NotEmpty(t, s.impacts)
		assert.NotEmpty(t, s.answer)
		assert.Equal(t, s.prefix == "", s.news == "", "what the subject begins with, the message says in a sentence")
	}
}
