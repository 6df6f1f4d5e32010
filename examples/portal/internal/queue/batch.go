package queue

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// writeTimeout ends a write that hangs.
const writeTimeout = 10 * time.Second

// batcher gathers what several goroutines want written while the write before
// runs, and then writes it at once. A lone item does not wait. The zero value
// with write set is ready to use.
type batcher[T, R any] struct {
	write func(ctx context.Context, items []T) (R, error)

	mu      sync.Mutex
	next    *batch[T, R] // what the next write takes; nil is nothing
	writing bool
}

type batch[T, R any] struct {
	items  []T
	done   chan struct{} // closed when the others are valid
	result R
	err    error
}

// add returns what the write that took item returned. Once ctx is done it
// returns an error, and item may still be written.
func (b *batcher[T, R]) add(ctx context.Context, item T) (R, error) {
	b.mu.Lock()
	if b.next == nil {
		b.next = &batch[T, R]{done: make(chan struct{})}
	}
	own := b.next
	own.items = append(own.items, item)
	if !b.writing {
		b.writing = true
		go b.run()
	}
	b.mu.Unlock()
	select {
	case <-own.done:
		return own.result, own.err
	case <-ctx.Done():
		var none R
		return none, context.Cause(ctx)
	}
}

// run writes until there is nothing left. Jobs that were fetched together begin
// together, so it lets those begin that can.
func (b *batcher[T, R]) run() {
	for {
		runtime.Gosched()
		b.mu.Lock()
		own := b.next
		b.next = nil
		b.writing = own != nil
		b.mu.Unlock()
		if own == nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), writeTimeout)
		own.result, own.err = b.write(ctx, own.items)
		cancel()
		close(own.done)
	}
}
