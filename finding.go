package partner

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"github.com/cspkit/partner/internal/enum"
)

// ErrInvalid is matched by every [*InvalidError]. It is not the ErrInvalid of
// package challenge, which is about tokens, and neither matches the other.
var ErrInvalid = errors.New("partner: invalid")

// Severity tells whether a value with a [Finding] can be used. Its text form is
// "advice" or "error". The zero value is neither. [Findings.Errors] and
// [Findings.Err] treat it as an error.
type Severity uint8

// The severities.
const (
	SeverityAdvice Severity = iota + 1 // usable, but not what Microsoft or good practice asks for
	SeverityError                      // not usable
)

var severityNames = enum.Names[Severity]{SeverityAdvice: "advice", SeverityError: "error"}

// String returns the text form, or "Severity(n)" for a value that has none.
func (s Severity) String() string { return severityNames.Text(s) }

// MarshalText returns the text form. A value that has none is an error.
func (s Severity) MarshalText() ([]byte, error) { return severityNames.Marshal(s) }

// UnmarshalText accepts exactly what MarshalText returns.
func (s *Severity) UnmarshalText(text []byte) error { return severityNames.Unmarshal(s, text) }

// Finding is one thing that is wrong, or could be better, with a value that was
// checked. It never repeats the value: it can be logged, and shown to anyone.
type Finding struct {
	// Path is a JSON Pointer (RFC 6901) from the value that was checked. The
	// "/email" of a contact is the "/securityContact/email" of a profile. A
	// path that is no [Field] belongs to the top of a form: "/securityContact"
	// where the contact is missing, or "" for a value that was checked alone.
	Path string `json:"path"`
	// Code names the rule. It is stable and meant for programs.
	Code Code `json:"code"`
	// Severity is that of the Code: SeverityAdvice or SeverityError.
	Severity Severity `json:"severity"`
	// Message is that of the Code: one English sentence for people.
	Message string `json:"message"`
}

// newFinding is the only maker of findings. All but the path follows from the
// code.
func newFinding(path string, code Code) Finding {
	severity, message := code.row()
	return Finding{Path: path, Code: code, Severity: severity, Message: message}
}

func (f Finding) isAdvice() bool { return f.Severity == SeverityAdvice }

// faults is a set of what is wrong with a text. The meaning of the rule says
// what each bit stands for.
type faults uint16

// meaning is what the bits of faults stand for.
type meaning struct {
	findings []Finding // without a path yet, one for each bit
	advice   faults    // the bits of those that are advice
}

func newMeaning(codes ...Code) meaning {
	m := meaning{findings: make([]Finding, len(codes))}
	for i, code := range codes {
		m.findings[i] = newFinding("", code)
		if m.findings[i].isAdvice() {
			m.advice |= 1 << i
		}
	}
	return m
}

func (f faults) len() int { return bits.OnesCount16(uint16(f)) }

// Findings are in the order of the fields of the value that was checked. Those
// of one field are in the order of [Codes]. Nil means that nothing was found.
type Findings []Finding

// Err returns an [*InvalidError] that holds the findings that are errors, or
// nil if there are none.
func (fs Findings) Err() error { return invalid(fs.Errors()) }

// errOf is Err for findings that nobody else has: the errors among them stay
// where they are.
func errOf(fs Findings) error { return invalid(slices.DeleteFunc(fs, Finding.isAdvice)) }

func invalid(errs Findings) error {
	if len(errs) == 0 {
		return nil
	}
	return &InvalidError{Findings: errs}
}

// newFindings returns n findings to be filled in. The few that most have are of
// a size that the compiler knows, which is faster to allocate.
func newFindings(n int) Findings {
	switch n {
	case 1:
		return new([1]Finding)[:]
	case 2:
		return new([2]Finding)[:]
	default:
		return make(Findings, n)
	}
}

// newInvalidError returns an error with n findings to be filled in. The few
// that most have stand beside the error: one allocation for both.
func newInvalidError(n int) *InvalidError {
	switch n {
	case 1:
		e := &struct {
			InvalidError
			room [1]Finding
		}{}
		e.Findings = e.room[:]
		return &e.InvalidError
	case 2:
		e := &struct {
			InvalidError
			room [2]Finding
		}{}
		e.Findings = e.room[:]
		return &e.InvalidError
	default:
		return &InvalidError{Findings: make(Findings, n)}
	}
}

// Errors returns the findings that make the value unusable: all but advice.
func (fs Findings) Errors() Findings {
	return fs.filter(func(f Finding) bool { return !f.isAdvice() })
}

// Advice returns the findings that leave the value usable.
func (fs Findings) Advice() Findings {
	return fs.filter(Finding.isAdvice)
}

// In returns the findings on a [LegalProfile] that lie in section s. A finding
// lies in s if its path is
//   - a field of s;
//   - the section itself: "/securityContact", where the contact is missing.
//
// These lie in no section: the tenant, the partner type, and the paths of a
// contact that was checked alone, such as "/email".
func (fs Findings) In(s Section) Findings {
	return fs.filter(func(f Finding) bool { return s.holds(f.Path) })
}

// Has reports whether any finding has the code.
func (fs Findings) Has(code Code) bool {
	for _, f := range fs {
		if f.Code == code {
			return true
		}
	}
	return false
}

func (fs Findings) filter(keep func(Finding) bool) Findings {
	var kept Findings
	for _, f := range fs {
		if keep(f) {
			kept = append(kept, f)
		}
	}
	return kept
}

// InvalidError says that a value cannot be used, and why. It matches
// [ErrInvalid]. Callers reach the findings with
// errors.AsType[*partner.InvalidError](err). It names paths and codes. It never
// holds the value that was checked, and neither does its JSON.
type InvalidError struct {
	Findings Findings `json:"findings"` // errors only, at least one
}

// Error lists every finding in order, each as its path, message and code.
func (e *InvalidError) Error() string {
	var b strings.Builder
	b.WriteString(ErrInvalid.Error())
	for i, f := range e.Findings {
		separator := "; "
		if i == 0 {
			separator = ": "
		}
		fmt.Fprintf(&b, "%s%s: %s (%s)", separator, f.Path, strings.TrimSuffix(f.Message, "."), f.Code)
	}
	return b.String()
}

// Is reports whether target is [ErrInvalid].
func (e *InvalidError) Is(target error) bool { return target == ErrInvalid }
