package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"sync"

	"github.com/cspkit/partner"
)

// file is the shared work: a header and rows, of which one in sixteen has a
// fault.
var file = sync.OnceValue(func() []byte { return newFile(fileRows) })

// fileRows are the rows of file.
const fileRows = 4096

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

// startCSV returns the start of an engine that reads file with encoding/csv, as
// fast as that can, and judges each row. A nil open judges none.
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
		pass := func(each func(Out)) (rows int, err error) {
			r := csv.NewReader(bytes.NewReader(file()))
			r.ReuseRecord = true
			if _, err = r.Read(); err != nil {
				return 0, err
			}
			for ; ; rows++ {
				record, err := r.Read()
				if errors.Is(err, io.EOF) {
					return rows, nil
				}
				if err != nil {
					return rows, err
				}
				if judge != nil {
					sink = judge(partner.SecurityContact{
						FirstName: record[0], MiddleName: record[1], LastName: record[2],
						Email: record[3], Phone: record[4],
					})
					each(sink)
				}
			}
		}
		e := &running{run: func(units int) (done int, err error) {
			for done < units && err == nil {
				var rows int
				rows, err = pass(func(Out) {})
				done += rows
			}
			return done, err
		}}
		if open != nil {
			e.answers = func() (all []string, err error) {
				_, err = pass(func(out Out) { all = append(all, answer(out)) })
				return all, err
			}
		}
		return e, nil
	}
}
