package jsonfile

import (
	"bytes"
	"encoding/json"
	"math/bits"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// deepest is how many names and numbers lead to a source at most.
const deepest = 3

// A place is what stands at a node in the text of a row.
type place struct {
	seen, twice bool
	value       string
	start, end  int // of the value in the text; both 0 if it is none, or null
	steps       [deepest]step
	depth       int
}

// A step is the name of a member in its quotes, or the number of an element.
type step struct{ start, end int } // end 0: start is the number

// object is a row. It is used again for each. The zero value is ready to use,
// and must not be copied after that.
type object struct {
	shape   shape
	contact partner.SecurityContact
	profile partner.LegalProfile

	text     string
	places   []place  // one for each node
	touched  []int    // those of places that are not zero
	marked   uint16   // of marks, those that stand there
	wrong    shapeSet // those that cannot have a value of some type where it stands
	steps    [deepest]step
	best     []place // of an array
	fields   [shapes][]field
	wholes   [shapes][]int // the sources of a name in one piece
	capitals bool          // its names begin with capitals
	whole    bool          // the name stands in one piece
}

// A field is a text of the row's value.
type field struct {
	path    string
	to      reflect.Value
	sources []int
	from    int // the source that counts, or -1
}

// init makes the fields of each shape.
func (o *object) init() {
	o.places = make([]place, len(nodes))
	for j, s := range sources {
		if s.target == whole {
			o.wholes[s.of] = append(o.wholes[s.of], j)
		}
	}
	for of := range shapes {
		v := reflect.ValueOf(&o.contact).Elem()
		if of == profile {
			v = reflect.ValueOf(&o.profile).Elem()
		}
		to := texts(v)
		for i, path := range paths(v.Type()) {
			f := field{path: path, to: to[i]}
			for j, s := range sources {
				if s.of == of && s.target == path {
					f.sources = append(f.sources, j)
				}
			}
			o.fields[of] = append(o.fields[of], f)
		}
	}
}

// decode reads the object that is all of text into o. It returns the code of
// why it cannot be read, or "". A null is as good as no member.
func (o *object) decode(text string) partner.Code {
	if o.places == nil {
		o.init()
	}
	for _, id := range o.touched {
		o.places[id] = place{}
	}
	o.touched = o.touched[:0]
	o.marked, o.wrong, o.capitals = 0, 0, false
	switch {
	case !json.Valid([]byte(text)):
		return row.CodeSyntax
	case text[0] != '{':
		return row.CodeType
	}
	o.text = text
	o.object(tree, 0, 0)
	o.shape = contact
	if o.marked != 0 {
		o.shape = marks[bits.TrailingZeros16(o.marked)].of
	}
	if o.wrong>>o.shape&1 != 0 {
		return row.CodeType
	}
	fields := o.fields[o.shape]
	for i := range fields {
		f := &fields[i]
		f.from = o.choose(f.sources)
		f.to.SetString(o.value(f.from))
	}
	o.whole = o.shape != profile && !holds(o.contact.FirstName) && !holds(o.contact.LastName) && o.takeWhole()
	return ""
}

// takeWhole makes a group of a contact whose name stands in one piece, if it
// does.
func (o *object) takeWhole() bool {
	from := o.choose(o.wholes[o.shape])
	name := o.value(from)
	if !holds(name) {
		return false
	}
	for i := range o.fields[o.shape] {
		if f := &o.fields[o.shape][i]; slices.Contains(nameFields, f.path) {
			f.from = from
			f.to.SetString(name)
		}
	}
	return true
}

// nameFields are the fields that repeat the name of a group.
var nameFields = []string{"/firstName", "/middleName", "/lastName"}

// object reads the object at i, which is at n.
func (o *object) object(n *node, i, depth int) {
	for i = skipBlanks(o.text, i+1); o.text[i] != '}'; i = skipBlanks(o.text, i) {
		if o.text[i] == ',' {
			i = skipBlanks(o.text, i+1)
		}
		colon := skipValue(o.text, i)
		name := step{i, colon}
		start := skipBlanks(o.text, skipBlanks(o.text, colon)+1)
		if n == tree && !o.capitals {
			o.capitals = 'A' <= o.text[name.start+1] && o.text[name.start+1] <= 'Z'
		}
		next := n.find(unquote(o.text[name.start:name.end]))
		if next == nil {
			i = skipValue(o.text, start)
			continue
		}
		o.marked |= next.marks
		if depth < deepest {
			o.steps[depth] = name
		}
		i = o.read(next, start, depth+1, o.places[next.id].seen)
	}
}

// read reads the value at i, which is at n. It returns where it ends.
func (o *object) read(n *node, i, depth int, twice bool) int {
	p := &o.places[n.id]
	p.twice = p.twice || twice
	if !p.seen {
		p.seen, p.steps, p.depth = true, o.steps, depth
		o.touched = append(o.touched, n.id)
	}
	end := skipValue(o.text, i)
	switch c := o.text[i]; {
	case c == 'n':
	case c == '"' && n.text != 0:
		p.start, p.end, p.value = i, end, unquote(o.text[i:end])
		p.steps, p.depth = o.steps, depth
	case c == '{' && n.children != nil:
		o.object(n, i, depth)
		o.wrong |= n.text &^ n.below
	case c == '[' && n.each != nil:
		o.array(n, i, depth)
		o.wrong |= n.text &^ n.below
	default:
		o.wrong |= n.text | n.below
	}
	return end
}

// array reads the array at i, which is at n. Of its elements, the first counts
// in which something stands, otherwise the last.
func (o *object) array(n *node, i, depth int) {
	under := n.each.under
	o.best = o.best[:0]
	for index := 0; ; index++ {
		for _, id := range under {
			o.places[id] = place{}
		}
		if i = skipBlanks(o.text, i+1); o.text[i] == ']' {
			break
		}
		o.steps[min(depth, deepest-1)] = step{start: index}
		i = skipBlanks(o.text, o.read(n.each, i, depth+1, false))
		if len(o.best) == 0 && slices.ContainsFunc(under, func(id int) bool { return holds(o.places[id].value) }) {
			for _, id := range under {
				o.best = append(o.best, o.places[id])
			}
		}
		if o.text[i] == ']' {
			break
		}
	}
	for j, p := range o.best {
		o.places[under[j]] = p
	}
}

// choose returns the source that counts: the first that holds something,
// otherwise the first with a text, or -1.
func (o *object) choose(from []int) int {
	best := -1
	for _, i := range from {
		p := &o.places[bySource[i].id]
		if holds(p.value) {
			return i
		}
		if best < 0 && p.end > 0 {
			best = i
		}
	}
	return best
}

// value returns what stands at a source.
func (o *object) value(source int) string {
	if source < 0 {
		return ""
	}
	return o.places[bySource[source].id].value
}

// holds reports whether anything can be seen in a text.
func holds(text string) bool {
	if text == "" {
		return false
	}
	return '!' <= text[0] && text[0] < utf8.RuneSelf || partner.NormalizeName(text) != ""
}

// pointer returns the JSON pointer of a field in the row: where it stands. If
// it stands nowhere, it is where it would be.
func (o *object) pointer(path string) string {
	fields := o.fields[o.shape]
	i := slices.IndexFunc(fields, func(f field) bool { return f.path == path })
	if i < 0 {
		return o.spellPath(path)
	}
	f := fields[i]
	if f.from >= 0 {
		return o.spell(bySource[f.from])
	}
	for _, s := range f.sources {
		if path, _, _ := strings.Cut(sources[s].path, "/*"); o.stands(path) { // an array may be empty
			return o.spellPath(path)
		}
	}
	path, _, _ = strings.Cut(sources[f.sources[0]].path, "/*")
	return o.spellPath(path)
}

// spellPath returns a path of the table as the row spells it, as far as it
// stands there.
func (o *object) spellPath(path string) string {
	if path == "" {
		return ""
	}
	if o.stands(path) {
		return o.spell(nodeAt(path))
	}
	last := strings.LastIndexByte(path, '/')
	parent, name := o.spellPath(path[:last]), path[last+1:]
	if o.capitals {
		name = strings.ToUpper(name[:1]) + name[1:]
	}
	return parent + "/" + name
}

// stands reports whether a member of the row is there.
func (o *object) stands(path string) bool {
	return o.places[nodeAt(path).id].seen
}

// spell returns the pointer of a node that was seen.
func (o *object) spell(n *node) string {
	p := &o.places[n.id]
	var b strings.Builder
	for _, s := range p.steps[:min(p.depth, deepest)] {
		b.WriteByte('/')
		if s.end == 0 {
			b.WriteString(strconv.Itoa(s.start))
		} else {
			b.WriteString(unquote(o.text[s.start:s.end]))
		}
	}
	return b.String()
}

// advice returns what is to be said of how the row is read:
//   - a name that stands in one piece;
//   - a field whose name stands there more than once.
func (o *object) advice() (found partner.Findings) {
	if o.whole {
		found = append(found, row.Advise("/firstName", row.CodeFullName))
	}
	for _, f := range o.fields[o.shape] {
		if f.from >= 0 && o.places[bySource[f.from].id].twice {
			found = append(found, row.Advise(f.path, row.CodeRepeated))
		}
	}
	return found
}

// appendFixed appends the text with the values of the row in place of those
// that differ. All else stays byte for byte as it was.
func (o *object) appendFixed(to []byte) ([]byte, error) {
	done := 0
	for {
		var next *place // the first after done that differs, for members come in any order
		value := ""
		for _, f := range o.fields[o.shape] {
			if f.from < 0 {
				continue
			}
			p := &o.places[bySource[f.from].id]
			if p.start >= done && p.value != f.to.String() && (next == nil || p.start < next.start) {
				next, value = p, f.to.String()
			}
		}
		if next == nil {
			return append(to, o.text[done:]...), nil
		}
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(value); err != nil {
			return to, err
		}
		to = append(append(to, o.text[done:next.start]...), bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
		done = next.end
	}
}

// unreadable returns the code of what no text has, or "".
func unreadable(text string) partner.Code {
	switch {
	case strings.IndexByte(text, 0) >= 0:
		return row.CodeNUL
	case !utf8.ValidString(text):
		return row.CodeEncoding
	}
	return ""
}
