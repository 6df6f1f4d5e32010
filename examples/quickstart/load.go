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
	"strings"

	"github.com/cspkit/partner"
)

// load reads the two files that args name, or the samples.
func load(out io.Writer, args []string) (profile partner.LegalProfile, contact partner.SecurityContact, err error) {
	flags := flag.NewFlagSet("quickstart", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.Usage = func() {
		fmt.Fprintln(out, "usage: quickstart [PROFILE.json [CONTACT.json]]\n\n"+
			"Shows what the library says of a legal business profile in Partner Center's JSON form, and of a security\n"+
			"contact that is proposed for it. Without arguments it takes two samples. Nothing is changed or sent.")
	}
	if err := flags.Parse(args); err != nil {
		return profile, contact, err
	}
	if flags.NArg() > 2 {
		return profile, contact, errors.New("at most two files, a profile and a contact; see --help")
	}
	if err := decode(flags.Arg(0), sampleProfile, &profile); err != nil {
		return profile, contact, err
	}
	// Partner Center's form has neither of the two. A host knows them from
	// elsewhere.
	profile.TenantID = cmp.Or(profile.TenantID, "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10")
	profile.PartnerType = cmp.Or(profile.PartnerType, partner.IndirectReseller)
	return profile, contact, decode(flags.Arg(1), sampleContact, &contact)
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
