//go:build unix

package main_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/go-playground/validator/v10"
	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/contactlint/internal/csvfile"
	"github.com/cspkit/partner/examples/contactlint/internal/lint"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
	"github.com/cspkit/partner/examples/contactlint/internal/sample"
)

// engine checks a file as the command does, but for printing.
func engine(file []byte) (row.Result, error) {
	var sum row.Result
	err := lint.File(context.Background(), bytes.NewReader(file), csvfile.New("", csvfile.Options{}), row.Options{},
		func(string) error { return nil },
		func(res *row.Result) error {
			sum.Rows += res.Rows
			sum.Errors += res.Errors
			return nil
		})
	return sum, err
}

// csvAlone reads a file with encoding/csv, as fast as it can.
func csvAlone(file []byte, each func(cells []string)) error {
	r := csv.NewReader(bytes.NewReader(file))
	r.ReuseRecord, r.FieldsPerRecord = true, -1
	for row := 0; ; row++ {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if row > 0 { // below the header
			each(cells)
		}
	}
}

// peer is what a program would do without this library: encoding/csv, the tags
// of validator, and phonenumbers.
func peer(file []byte) (row.Result, error) {
	type contact struct {
		FirstName string `validate:"required,max=128"`
		LastName  string `validate:"required,max=128"`
		Email     string `validate:"required,email"`
		Phone     string `validate:"required"`
	}
	var sum row.Result
	v := validator.New()
	err := csvAlone(file, func(cells []string) {
		sum.Rows++
		if len(cells) != 6 || v.Struct(contact{cells[1], cells[3], cells[4], cells[5]}) != nil {
			sum.Errors++
			return
		}
		n, err := phonenumbers.Parse(cells[5], "ZZ")
		if err != nil || !phonenumbers.IsValidNumber(n) || phonenumbers.Format(n, phonenumbers.E164) == "" {
			sum.Errors++
		}
	})
	return sum, err
}

// The engines must agree before their times are compared.
func TestThePeerAgrees(t *testing.T) {
	t.Parallel()
	file := sampleFile(t, 5000)
	ours, err := engine(file)
	require.NoError(t, err)
	theirs, err := peer(file)
	require.NoError(t, err)
	require.Equal(t, 5000, ours.Rows)
	require.Equal(t, theirs.Rows, ours.Rows)
	require.Equal(t, theirs.Errors, ours.Errors)
}

func sampleFile(tb testing.TB, rows int) []byte {
	tb.Helper()
	var b bytes.Buffer
	require.NoError(tb, sample.CSV(&b, rows))
	return b.Bytes()
}

// cpu returns the processor time that this process has used so far.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkRows compares the engines in rounds. Each has a turn in every round,
// so that they meet the same weather. They are compared by processor time, for
// it depends less on what else the machine does. The rival gets a tenth of the
// rows, or it would be all that is measured.
func BenchmarkRows(b *testing.B) {
	const rows = 200_000
	file, tenth := sampleFile(b, rows), sampleFile(b, rows/10)
	var foreign bytes.Buffer
	require.NoError(b, sample.OutlookCSV(&foreign, rows/4))
	outlook := foreign.Bytes()
	engines := []struct {
		name       string
		rows       int
		processors int
		run        func() error
		cpu, wall  time.Duration
	}{
		{name: "contactlint-1", rows: rows, processors: 1, run: func() error { _, err := engine(file); return err }},
		{
			name: "contactlint", rows: rows, processors: runtime.NumCPU(),
			run: func() error { _, err := engine(file); return err },
		},
		{name: "csv", rows: rows, processors: 1, run: func() error { return csvAlone(file, func([]string) {}) }},
		{
			name: "outlook-1", rows: rows / 4, processors: 1,
			run: func() error { _, err := engine(outlook); return err },
		},
		{
			name: "outlook-csv", rows: rows / 4, processors: 1,
			run: func() error { return csvAlone(outlook, func([]string) {}) },
		},
		{name: "peer", rows: rows / 10, processors: 1, run: func() error { _, err := peer(tenth); return err }},
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for b.Loop() {
		for i := range engines {
			e := &engines[i]
			runtime.GOMAXPROCS(e.processors)
			runtime.GC()
			startCPU, start := cpu(b), time.Now()
			require.NoError(b, e.run())
			e.cpu += cpu(b) - startCPU
			e.wall += time.Since(start)
		}
	}
	perRow := map[string]float64{}
	for _, e := range engines {
		perRow[e.name] = float64(e.cpu.Nanoseconds()) / float64(b.N*e.rows)
		b.ReportMetric(perRow[e.name], e.name+"-cpu-ns/row")
		b.ReportMetric(float64(b.N*e.rows)/e.wall.Seconds(), e.name+"-rows/s")
	}
	b.ReportMetric(perRow["contactlint-1"]/perRow["csv"], "x-csv")
	b.ReportMetric(perRow["outlook-1"]/perRow["outlook-csv"], "x-csv-outlook")
	b.ReportMetric(perRow["peer"]/perRow["contactlint-1"], "x-faster-than-peer")
}
