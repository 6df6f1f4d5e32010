package main

import (
	"fmt"
	"strconv"
)

// job is one piece of work that several engines do, the first of them this
// library.
type job struct {
	name    string  // what --job matches: "decision"
	title   string  // what the table calls it
	unit    string  // what one operation is: "number"
	allocs  float64 // how many allocations of this library there may be in one operation; anyNumber: nobody counts
	engines []engine
}

// anyNumber of allocations will do.
const anyNumber = 1e9

// engine is one way to do a job.
type engine struct {
	name  string
	reach float64 // how many times the time of this library it is to take at least; 0: it is there to compare only
	start func(scale) (*running, error)
}

// scale is how large the work is, where that matters. It changes how long a run
// takes, not what is done for one unit.
type scale struct {
	rows int // of the file that contactlint reads
}

// running is an engine that is ready for work. It is for one goroutine.
type running struct {
	run       func(units int) (done int, err error) // does units of work, or a few more, and returns how many it did
	answers   func() ([]string, error)              // what it says of each input, in a form for all engines; nil: nothing
	close     func()                                // nil: there is nothing to close
	elsewhere bool                                  // it works in another process, whose allocations nobody counts
}

// each returns the start of an engine that takes one input of the shared work
// after the other, and begins again at the end. Only do is timed. Answer puts
// what do returned into the form in which engines are compared; nil: they are
// not.
func each[In, Out any](
	inputs func() []In, open func() (do func(In) Out, err error), answer func(Out) string,
) func(scale) (*running, error) {
	return func(scale) (*running, error) {
		do, err := open()
		if err != nil {
			return nil, err
		}
		work, next := inputs(), 0
		var sink Out // outlives the loop, so that nothing can be left out
		r := &running{
			run: func(units int) (int, error) {
				for range units {
					sink = do(work[next])
					if next++; next == len(work) {
						next = 0
					}
				}
				return units, nil
			},
		}
		if answer != nil {
			r.answers = func() ([]string, error) {
				all := make([]string, len(work))
				for i, in := range work {
					sink = do(in)
					all[i] = answer(sink)
				}
				return all, nil
			}
		}
		return r, nil
	}
}

// ready is the open of an engine that needs no preparation.
func ready[In, Out any](do func(In) Out) func() (func(In) Out, error) {
	return func() (func(In) Out, error) { return do, nil }
}

// startAll starts every engine of the job. Stop ends those that were started,
// also after an error.
func (j job) startAll(s scale) (engines []*running, stop func(), err error) {
	stop = func() {
		for _, e := range engines {
			if e.close != nil {
				e.close()
			}
		}
	}
	for _, e := range j.engines {
		r, err := e.start(s)
		if err != nil {
			return engines, stop, fmt.Errorf("%s: %s: %w", j.name, e.name, err)
		}
		engines = append(engines, r)
	}
	return engines, stop, nil
}

// agree returns an error if not all engines give the same answers. It tells the
// first input on which they differ.
func (j job) agree(engines []*running) error {
	want, err := engines[0].answers()
	if err != nil {
		return fmt.Errorf("%s: %s: %w", j.name, j.engines[0].name, err)
	}
	for i, e := range engines[1:] {
		name := j.engines[i+1].name
		if e.answers == nil {
			continue
		}
		got, err := e.answers()
		if err != nil {
			return fmt.Errorf("%s: %s: %w", j.name, name, err)
		}
		if len(got) != len(want) || len(got) == 0 {
			return fmt.Errorf("%s: %d answers of %s, %d of %s", j.name, len(got), name, len(want), j.engines[0].name)
		}
		for n := range got {
			if got[n] != want[n] {
				return fmt.Errorf("%s: input %d: %s says %s, %s says %s",
					j.name, n, name, excerpt(got[n], want[n]), j.engines[0].name, excerpt(want[n], got[n]))
			}
		}
	}
	return nil
}

// excerpt is what stands in s where it begins to differ from other.
func excerpt(s, other string) string {
	const before, after = 40, 80
	at := 0
	for at < len(s) && at < len(other) && s[at] == other[at] {
		at++
	}
	return strconv.Quote(s[max(0, at-before):min(len(s), at+after)])
}
