package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/cspkit/partner"
)

// input is what the command line says.
type input struct {
	profile  partner.LegalProfile
	contact  partner.SecurityContact
	language string // of everybody who is told
}

// load reads the two files that args name, or the samples.
func load(out io.Writer, args []string) (in input, err error) {
	flags := flag.NewFlagSet("quickstart", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&in.language, "language", partner.Languages()[0], "")
	flags.Usage = func() {
		fmt.Fprintln(out, "usage: quickstart [-language TAG] [PROFILE.json [CONTACT.json]]\n\n"+
			"Shows what the library says of a legal business profile in Partner Center's JSON form, and of a security\n"+
			"contact that is proposed for it. Without arguments it takes two samples. Nothing is changed or sent.\n\n"+
			"-language is that of what is mailed: "+strings.Join(partner.Languages(), ", "))
	}
	if err := flags.Parse(args); err != nil {
		return in, err
	}
	if flags.NArg() > 2 {
		return in, errors.New("at most two files, a profile and a contact; see --help")
	}
	if !slices.Contains(partner.Languages(), in.language) {
		return in, errors.New("-language is one of " + strings.Join(partner.Languages(), ", "))
	}
	if err := decode(flags.Arg(0), sampleProfile, &in.profile); err != nil {
		return in, err
	}
	// Partner Center's form has neither of the two. A host knows them from
	// elsewhere.
	in.profile.TenantID = cmp.Or(in.profile.TenantID, "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10")
	in.profile.PartnerType = cmp.Or(in.profile.PartnerType, partner.IndirectReseller)
	return in, decode(flags.Arg(1), sampleContact, &in.contact)
}

// decode reads one JSON value from the file at path, or from sample if path is
// empty.
func decode(path string, sample []byte, into any) error {
	data := sample
	if path != "" {
		var err error
		if data, err = os.ReadFile(path); err != nil {
			return err
		}
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	err := json.Unmarshal(data, into)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		before := string(data[:max(0, min(int(syntax.Offset)-1, len(data)))])
		line, column := strings.Count(before, "\n")+1, len(before)-strings.LastIndex(before, "\n")
		return fmt.Errorf("%s:%d:%d: no JSON: %w", path, line, column, err)
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%s: %s: a JSON %s where a %s is expected", path,
			cmp.Or(strings.TrimPrefix(wrong.Field, "LegalBusiness."), "the file"), wrong.Value, wrong.Type)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
