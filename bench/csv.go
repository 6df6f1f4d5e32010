package main

import (
	"bytes"
	"encoding/csv"
	"sync"

	"github.com/cspkit/partner"
)

// file is the shared work: a header and rows, of which one in sixteen has a
// fault.
var file = sync.OnceValue(func() []byte { return newFile(fileRows) })

// fileRows are the rows of file.
const fileRows = contactsMade

func newFile(rows int) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	write := func(record ...string) {
		if err := w.Write(record); err != nil {
			panic(err) // a buffer takes everything
		}
	}
	write("First name", "Middle name", "Last name", "Email", "Phone number")
	good, bad := goodContacts(), badContacts()
	for i := range rows {
		c := good[i%len(good)]
		if i%16 == 11 {
			c = bad[i/16%len(bad)]
			if c.IsZero() { // a row without any text is none to contactlint
				c.MiddleName = "SOC"
			}
		}
		write(c.FirstName, c.MiddleName, c.LastName, c.Email, c.Phone)
	}
	w.Flush()
	return b.Bytes()
}

// again reads its text over and over.
type again struct {
	text []byte
	at   int
}

func (r *again) Read(b []byte) (int, error) {
	if r.at == len(r.text) {
		r.at = 0
	}
	n := copy(b, r.text[r.at:])
	r.at += n
	return n, nil
}

// startCSV returns the start of an engine that reads the rows of file with
// encoding/csv, as fast as that can, and judges each. A nil open judges none.
// Each run goes on behind the rows of the last one: a processor learns a
// thousand rows by heart if it gets the same ones again.
func startCSV[Out any](
	open func() (func(partner.SecurityContact) Out, error), answer func(Out) string,
) func(scale) (*running, error) {
	return func(scale) (*running, error) {
		var judge func(partner.SecurityContact) Out
		if open != nil {
			var err error
			if judge, err = open(); err != nil {
				return nil, err
			}
		}
		var sink Out
		read := func(r *csv.Reader, rows int, each func(Out)) error {
			for range rows {
				record, err := r.Read()
				if err != nil {
					return err
				}
				if judge != nil {
					sink = judge(partner.SecurityContact{
						FirstName: record[0], MiddleName: record[1], LastName: record[2],
						Email: record[3], Phone: record[4],
					})
					each(sink)
				}
			}
			return nil
		}
		endless := newRows()
		e := &running{run: func(units int) (int, error) { return units, read(endless, units, func(Out) {}) }}
		if open != nil {
			e.answers = func() (all []string, err error) {
				err = read(newRows(), fileRows, func(out Out) { all = append(all, answer(out)) })
				return all, err
			}
		}
		return e, nil
	}
}

// newRows returns a reader of the rows of file, over and over.
func newRows() *csv.Reader {
	_, body, _ := bytes.Cut(file(), []byte("\n"))
	r := csv.NewReader(&again{text: body})
	r.ReuseRecord = true
	return r
}
