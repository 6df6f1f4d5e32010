package proof

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// However the loop is left, running calls are told to stop, and have ended when
// the next line is reached. No goroutine is left: the bubble of synctest ends
// only after all of its goroutines.
func TestDispatchLeftEarly(t *testing.T) {
	t.Parallel()
	const partners, concurrency = 12, 4
	type leave func(stop func()) // stop breaks out of the loop
	ways := []struct {
		name string
		leave
	}{
		{"break", func(stop func()) { stop() }},
		{"panic", func(func()) { panic("the host's loop") }},
		{"end of the goroutine", func(func()) { runtime.Goexit() }},
	}
	for _, way := range ways {
		for _, at := range []int{1, 6, partners} {
			t.Run(fmt.Sprintf("%s at delivery %d", way.name, at), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					var cancelled atomic.Int32
					notifier := &scriptedNotifier{script: func(ctx context.Context, n partner.Notification) error {
						if n.Recipient.Email == dispatchAddress(0) {
							return nil
						}
						if err := pause(ctx, time.Minute); err != nil {
							cancelled.Add(1)
							<-time.After(time.Second) // it takes a while to stop
							return err
						}
						return nil
					}}
					directory := &scriptedDirectory{impacts: dispatchPartners(partners)}
					seq := partner.NewDispatcher(directory, notifier,
						&partner.DispatcherOptions{Concurrency: concurrency}).
						Dispatch(t.Context(), dispatchIncident())
					taken := 0
					var last error
					loop := func() {
						for _, err := range seq {
							last = err
							if taken++; taken == at {
								synctest.Wait() // until as many calls as may be are under way
								stop := false
								way.leave(func() { stop = true })
								if stop {
									break
								}
							}
						}
					}
					left := make(chan any)
					go func() {
						defer func() {
							v := recover()
							assert.Zero(t, notifier.running.Load(), "calls under way are waited for")
							assert.Zero(t, directory.open.Load(), "the Directory's own clean-up has run")
							left <- v
						}()
						loop()
					}()
					v := <-left
					require.NoError(t, last)
					assert.Equal(t, at, taken)
					if way.name == "panic" {
						assert.Equal(t, "the host's loop", v, "a panic stays what it was")
					} else {
						assert.Nil(t, v)
					}
					assert.Equal(t, notifier.called.Load() > int32(taken), cancelled.Load() > 0,
						"calls under way are told that nobody waits for them")
					assert.LessOrEqual(t, notifier.called.Load(), int32(at+concurrency), "nobody else is told")
					if at < partners {
						assert.NotZero(t, cancelled.Load())
					}
				})
			})
		}
	}
}

// iter.Pull's stop is another way to leave the loop.
func TestDispatchPulled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		directory, notifier := &scriptedDirectory{impacts: dispatchPartners(30)}, &scriptedNotifier{}
		next, stop := iter.Pull2(partner.NewDispatcher(directory, notifier, nil).Dispatch(t.Context(),
			dispatchIncident()))
		_, err, ok := next()
		require.NoError(t, err)
		require.True(t, ok)
		stop()
		assert.Zero(t, directory.open.Load())
		assert.Zero(t, notifier.running.Load())
		_, _, ok = next()
		assert.False(t, ok)
	})
}

// If the caller's context is done, nobody else is told. The calls under way
// come out, and the loop ends with the cause.
func TestDispatchContextDone(t *testing.T) {
	t.Parallel()
	closed := errors.New("the portal shuts down")
	// Notify takes ten seconds, the Directory one for each partner; two calls run
	// at a time.
	tests := []struct {
		name, why string
		ctx       func(context.Context) (context.Context, context.CancelFunc)
		ignore    bool // the Notifier ends its work before it looks at the context
		want      error
		told      []string // what comes out before the error; whether it was told depends on ignore
		asked     int32
	}{
		{
			name: "before the start", why: "the Directory is not even asked", want: context.Canceled,
			ctx: func(ctx context.Context) (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancel(ctx)
				cancel()
				return ctx, cancel
			},
		},
		{
			name: "before the start, with a cause", why: "the cause tells more than context.Canceled", want: closed,
			ctx: func(ctx context.Context) (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancelCause(ctx)
				cancel(closed)
				return ctx, func() { cancel(nil) }
			},
		},
		{
			name: "a deadline", why: "in the middle of the third and fourth call", want: context.DeadlineExceeded,
			asked: 1,
			ctx: func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeout(ctx, 15*time.Second)
			},
			told: []string{dispatchAddress(0), dispatchAddress(1), dispatchAddress(2), dispatchAddress(3)},
		},
		{
			name: "a deadline with a cause", why: "in the middle of the first two calls", want: closed, asked: 1,
			ctx: func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeoutCause(ctx, 5500*time.Millisecond, closed)
			},
			told: []string{dispatchAddress(0), dispatchAddress(1)},
		},
		{
			name: "a Notifier that finishes its work first", why: "what is under way may still succeed", want: closed,
			asked: 1,
			ctx: func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeoutCause(ctx, 5500*time.Millisecond, closed)
			},
			ignore: true, told: []string{dispatchAddress(0), dispatchAddress(1)},
		},
		{
			name: "while the Directory looks for the first", why: "nobody was told yet",
			want: context.DeadlineExceeded, asked: 1,
			ctx: func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeout(ctx, time.Second/2)
			},
		},
	}
	// How a Directory takes it makes no difference.
	manners := []struct {
		name string
		step func(ctx context.Context) error
	}{
		{"yields the error of the context", func(ctx context.Context) error { return pause(ctx, time.Second) }},
		{"yields an error of its own", func(ctx context.Context) error {
			if pause(ctx, time.Second) != nil {
				return errors.New("driver: bad connection")
			}
			return nil
		}},
		{"panics", func(ctx context.Context) error {
			if err := pause(ctx, time.Second); err != nil {
				panic(err)
			}
			return nil
		}},
		{"yields one more", func(ctx context.Context) error {
			_ = pause(ctx, time.Second)
			return nil
		}},
	}
	for _, tt := range tests {
		for _, manner := range manners {
			t.Run(tt.name+", a Directory that "+manner.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := tt.ctx(t.Context())
					defer cancel()
					directory := &scriptedDirectory{impacts: dispatchPartners(9),
						before: func(ctx context.Context, _ int) error {
							return manner.step(ctx)
						}}
					var late atomic.Int32
					notifier := &scriptedNotifier{script: func(ctx context.Context, _ partner.Notification) error {
						if ctx.Err() != nil {
							late.Add(1)
						}
						if tt.ignore {
							<-time.After(10 * time.Second)
							return nil
						}
						return pause(ctx, 10*time.Second)
					}}
					dispatcher := partner.NewDispatcher(directory, notifier, &partner.DispatcherOptions{Concurrency: 2})

					all, err := deliveries(t, dispatcher.Dispatch(ctx, dispatchIncident()))
					assert.Equal(t, tt.want, err, tt.why)
					assertAtMostOneSentinel(t, err)
					assert.ElementsMatch(t, tt.told, reached(all), tt.why)
					assert.EqualValues(t, len(tt.told), notifier.called.Load(), "what was begun comes out")
					assert.Zero(t, late.Load(), "no call begins once the context is done")
					assert.Equal(t, tt.asked, directory.asked.Load(), tt.why)
					failed := 0
					for _, delivery := range all {
						if delivery.Err != nil {
							failed++
						}
					}
					if tt.ignore {
						assert.Zero(t, failed)
					} else {
						assert.LessOrEqual(t, failed, 2, "only those under way")
					}
				})
			})
		}
	}
}

// A Directory that ends quietly when it is told to stop does not make a loop
// look complete.
func TestDispatchContextDoneAndAQuietDirectory(t *testing.T) {
	t.Parallel()
	closed := errors.New("the portal shuts down")
	for _, at := range []int{0, 1, 3} {
		t.Run(fmt.Sprintf("after %d partners", at), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancelCause(t.Context())
				defer cancel(nil)
				directory := partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
					return func(yield func(partner.Impact, error) bool) {
						for _, impact := range dispatchPartners(at) {
							if !yield(impact, nil) {
								return
							}
						}
						synctest.Wait() // until those are told
						cancel(closed)
					}
				})
				dispatcher := partner.NewDispatcher(directory, &scriptedNotifier{}, nil)
				all, err := deliveries(t, dispatcher.Dispatch(ctx, dispatchIncident()))
				assert.Equal(t, closed, err)
				assert.Len(t, all, at)
			})
		})
	}
}

// The Directory is read ahead, so it may fail while others wait to be told.
// Then the context may be done before their turn. The loop must not end with
// the Directory's error: it would look as if everyone had come out.
func TestDispatchContextDoneAfterTheDirectoryFailed(t *testing.T) {
	t.Parallel()
	broken := errors.New("the database is gone")
	for _, tt := range []struct {
		name     string
		partners int
		last     error
	}{
		{"all are under way", 2, broken},
		{"others wait", 5, context.Canceled},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				directory := &scriptedDirectory{impacts: dispatchPartners(tt.partners),
					before: func(_ context.Context, index int) error {
						if index == tt.partners {
							return broken
						}
						return nil
					}}
				notifier := &scriptedNotifier{script: func(context.Context, partner.Notification) error {
					<-time.After(time.Second)
					return nil
				}}
				time.AfterFunc(time.Second/2, cancel)
				dispatcher := partner.NewDispatcher(directory, notifier, &partner.DispatcherOptions{Concurrency: 2})
				all, err := deliveries(t, dispatcher.Dispatch(ctx, dispatchIncident()))
				require.ErrorIs(t, err, tt.last)
				assertAtMostOneSentinel(t, err)
				assert.Len(t, all, 2, "what was begun comes out")
			})
		})
	}
}

// A Directory that waits for its database is told to stop when the caller's
// context is done, and when the loop is left.
func TestDispatchStopsAWaitingDirectory(t *testing.T) {
	t.Parallel()
	for _, op := range planOrDispatch {
		t.Run(op.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				directory := &scriptedDirectory{impacts: dispatchPartners(3),
					before: func(ctx context.Context, index int) error {
						if index == 2 {
							<-ctx.Done()
						}
						return nil
					}}
				dispatcher := partner.NewDispatcher(directory, &scriptedNotifier{}, nil)
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				start := time.Now()
				partners, errs := op.run(ctx, dispatcher, dispatchIncident())
				assert.Equal(t, []error{context.DeadlineExceeded}, errs)
				assert.Equal(t, 2, partners)
				assert.Equal(t, time.Minute, time.Since(start))
				if op.name == "Plan" {
					return // it reads the Directory in the loop itself, which cannot be left while that waits
				}
				taken := 0
				for _, err := range dispatcher.Dispatch(t.Context(), dispatchIncident()) {
					require.NoError(t, err)
					if taken++; taken == 2 {
						break
					}
				}
				assert.Equal(t, 2, taken)
				assert.Zero(t, directory.open.Load())
				assert.Equal(t, time.Minute, time.Since(start), "at once")
			})
		})
	}
}

// After a loop cancels, it gets the calls under way, and no other call begins.
func TestDispatchCancelledInTheLoop(t *testing.T) {
	t.Parallel()
	for _, at := range []int{1, 5, 20} { // 20 is the last one: a done context is told even then
		t.Run(fmt.Sprintf("at delivery %d", at), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				var stopped atomic.Bool
				var late atomic.Int32
				notifier := &scriptedNotifier{script: func(context.Context, partner.Notification) error {
					if stopped.Load() {
						late.Add(1)
					}
					return nil
				}}
				directory := &scriptedDirectory{impacts: dispatchPartners(20)}
				dispatcher := partner.NewDispatcher(directory, notifier, &partner.DispatcherOptions{Concurrency: 3})
				taken := 0
				var last error
				for _, err := range dispatcher.Dispatch(ctx, dispatchIncident()) {
					require.NoError(t, last)
					if last = err; err != nil {
						continue
					}
					if taken++; taken == at {
						synctest.Wait() // the workers wait for this loop: none is between the check and the call
						cancel()
						stopped.Store(true)
					}
				}
				assert.Equal(t, context.Canceled, last, "cut short, and so told")
				assert.Zero(t, late.Load())
				assert.EqualValues(t, notifier.called.Load(), taken, "what was begun comes out")
				assert.LessOrEqual(t, taken, at+3)
			})
		})
	}
}

// planOrDispatch are Plan and Dispatch, which fail in the same ways. Each run
// returns how many partners came out.
var planOrDispatch = []struct {
	name string
	run  func(ctx context.Context, d *partner.Dispatcher, incident partner.Incident) (partners int, errs []error)
}{
	{"Plan", func(ctx context.Context, d *partner.Dispatcher, incident partner.Incident) (partners int, errs []error) {
		for route, err := range d.Plan(ctx, incident) {
			if err == nil {
				partners++
				continue
			}
			if errs = append(errs, err); route.PartnerTenantID != "" || route.Recipients != nil || route.Gap != "" {
				errs = append(errs, errors.New("the error comes with a route"))
			}
		}
		return partners, errs
	}},
	{"Dispatch", func(ctx context.Context, d *partner.Dispatcher, incident partner.Incident) (partners int,
		errs []error) {
		for delivery, err := range d.Dispatch(ctx, incident) {
			if err == nil {
				partners++
				continue
			}
			if errs = append(errs, err); delivery.Route.PartnerTenantID != "" || delivery.Err != nil ||
				delivery.Notification.ID != "" {
				errs = append(errs, errors.New("the error comes with a delivery"))
			}
		}
		return partners, errs
	}},
}

// A Directory that goes on when it was told to stop harms nobody who has left
// the loop.
func TestDirectoryGoesOnAfterStop(t *testing.T) {
	t.Parallel()
	deaf := partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for _, impact := range dispatchPartners(50) {
				yield(impact, nil)
			}
		}
	})
	synctest.Test(t, func(t *testing.T) {
		notifier := &scriptedNotifier{}
		dispatcher := partner.NewDispatcher(deaf, notifier, &partner.DispatcherOptions{Concurrency: 2})
		taken := 0
		for _, err := range dispatcher.Dispatch(t.Context(), dispatchIncident()) {
			require.NoError(t, err)
			if taken++; taken == 3 {
				break
			}
		}
		assert.Equal(t, 3, taken)
		assert.LessOrEqual(t, notifier.called.Load(), int32(6))
		for _, err := range dispatcher.Plan(t.Context(), dispatchIncident()) {
			require.NoError(t, err)
			if taken++; taken == 6 {
				break
			}
		}
		assert.Equal(t, 6, taken)
	})
}

// A hundred thousand partners need no more memory than a thousand. The test is
// not parallel: it would measure what other tests allocate.
func TestDispatchMemoryDoesNotGrow(t *testing.T) {
	const few, many = 1_000, 100_000
	directory := partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for i := range many {
				impact := dispatchPartner(i)
				if i%3 == 0 {
					impact.Rights = 0
				}
				if !yield(impact, nil) {
					return
				}
			}
		}
	})
	heap := func() int64 {
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return int64(stats.HeapAlloc)
	}
	taken, early := 0, int64(0)
	for _, err := range partner.NewDispatcher(directory, &scriptedNotifier{}, nil).Dispatch(t.Context(),
		dispatchIncident()) {
		require.NoError(t, err)
		switch taken++; taken {
		case few:
			early = heap()
		case many:
			// Eight bytes for each partner would be three times as much.
			assert.Less(t, heap()-early, int64(256<<10), "memory grows with the number of partners")
		}
	}
	assert.Equal(t, many, taken)
}
