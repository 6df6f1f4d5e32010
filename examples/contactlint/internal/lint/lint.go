// Package lint checks a file with every processor there is. Its memory does not
// depend on the size of the file. It tells what it found in the order of the
// file.
//
// One goroutine reads and cuts at the ends of rows. Workers check. The caller's
// goroutine gets the results.
package lint

import (
	"context"
	"errors"
	"io"
	"runtime"

	"github.com/cspkit/partner/examples/contactlint/internal/duplicate"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// ErrInterrupted says that the context was done before the end of the file.
var ErrInterrupted = errors.New("interrupted")

// job is a chunk on its way.
type job struct {
	chunk  chunk
	result row.Result
	done   chan struct{} // has room for one, and is used again
	err    error         // of reading on after the chunk
}

// File checks the rows of from. It hands what it finds to sink, chunk after
// chunk in the order of the file. Sink must keep nothing of what it is given.
// Begin is called once, before sink, with what stands before the rows.
//
// File returns the first error of reading, begin or sink. It returns
// ErrInterrupted if ctx is done. Before that, sink gets all that was found. A
// read that is under way then is not waited for.
func File(
	ctx context.Context, from io.Reader, format row.Format, o row.Options,
	begin func(head string) error, sink func(*row.Result) error,
) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	source, err := Await(ctx, func() (*chunks, error) { return newChunks(from, format) })
	if err != nil {
		return err
	}
	if err := begin(format.Head()); err != nil {
		return err
	}

	workers := runtime.GOMAXPROCS(0)
	free := make(chan *job, 2*workers)
	jobs := make(chan *job, cap(free))  // to be checked
	order := make(chan *job, cap(free)) // the same, in the order of the file
	for range cap(free) {
		free <- &job{done: make(chan struct{}, 1)}
	}
	for range workers {
		checker := format.Checker(o)
		go func() {
			for j := range jobs {
				check(checker, j, o.Fix)
			}
		}()
	}
	go read(ctx, source, free, jobs, order)

	duplicates := newFinder(o, format)
	for rows := 0; ; {
		j := next(ctx, order)
		if j == nil {
			if ctx.Err() != nil {
				return ErrInterrupted
			}
			return nil
		}
		<-j.done
		if j.err != nil {
			return j.err
		}
		for i := range j.result.Mailboxes {
			j.result.Mailboxes[i].Row += uint32(rows)
		}
		for i := range j.result.Findings {
			j.result.Findings[i].Row += rows
		}
		duplicates.Add(&j.result)
		for i := range j.result.Findings {
			format.Place(&j.result.Findings[i])
		}
		rows += j.result.Rows
		if err := sink(&j.result); err != nil {
			return err
		}
		free <- j
	}
}

// newFinder returns what finds the mailboxes that a file has twice.
func newFinder(o row.Options, format row.Format) *duplicate.Finder {
	if f, ok := format.(interface{ Element(row int) string }); ok {
		return duplicate.New(o.Advice, f.Element)
	}
	return duplicate.New(o.Advice, nil)
}

// next returns the next job. It returns nil at the end, or if ctx is done and
// nothing more has been read.
func next(ctx context.Context, order <-chan *job) *job {
	select {
	case j := <-order:
		return j
	case <-ctx.Done():
		select {
		case j := <-order:
			return j
		default:
			return nil
		}
	}
}

// Await returns what f returns, or ErrInterrupted as soon as ctx is done. F may
// wait for a pipe, or for a person who never comes. It is not stopped then, and
// what it returns is lost.
func Await[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := f()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		return *new(T), ErrInterrupted
	}
}

// check is the work on one job. With fix, a row that is too long is written as
// it is.
func check(checker row.Checker, j *job, fix bool) {
	j.result.Reset()
	long := j.chunk.fault != "" || j.chunk.more
	switch {
	case j.chunk.fault != "":
		j.result.Unreadable(j.chunk.line, j.chunk.fault)
	case j.err == nil && !long:
		checker.Check(j.chunk.text, j.chunk.line, &j.result)
	}
	if fix && long {
		j.result.Fixed = append(j.result.Fixed, j.chunk.text...)
	}
	j.done <- struct{}{}
}

// read hands out the chunks. It ends when there are no more, or nobody waits
// for them. An error of reading on is a job without a chunk.
func read(ctx context.Context, source *chunks, free <-chan *job, jobs, order chan<- *job) {
	defer close(jobs)
	defer close(order)
	hand := func(c chunk, err error) bool {
		select {
		case j := <-free:
			j.chunk, j.err = c, err
			order <- j // has room for every job there is
			jobs <- j  // so has this
			return ctx.Err() == nil
		case <-ctx.Done():
			return false
		}
	}
	if err := source.each(func(c chunk) bool { return hand(c, nil) }); err != nil {
		hand(chunk{}, err)
	}
}
