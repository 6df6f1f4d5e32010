package queue

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestABatchFormsWhileTheWriteBeforeRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var writes [][]int
		b := &batcher[int, int]{write: func(_ context.Context, items []int) (int, error) {
			writes = append(writes, items)
			time.Sleep(time.Second)
			return len(items), nil
		}}
		results := make(chan int, 10)
		add := func(n int) {
			go func() {
				r, err := b.add(t.Context(), n)
				assert.NoError(t, err)
				results <- r
			}()
		}
		begin := time.Now()
		add(0)
		synctest.Wait()
		for n := range 9 {
			add(n + 1)
		}
		for range 10 {
			<-results
		}
		require.Len(t, writes, 2)
		assert.Equal(t, []int{0}, writes[0], "the first one does not wait for others")
		assert.Len(t, writes[1], 9)
		assert.Equal(t, 2*time.Second, time.Since(begin))
	})
}

func TestEveryoneInABatchLearnsOfItsError(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk is full")
	b := &batcher[int, struct{}]{write: func(context.Context, []int) (struct{}, error) { return struct{}{}, broken }}
	for n := range 3 {
		_, err := b.add(t.Context(), n)
		assert.ErrorIs(t, err, broken)
	}
}

func TestADoneContextEndsTheWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := &batcher[int, struct{}]{write: func(ctx context.Context, _ []int) (struct{}, error) {
			<-ctx.Done() // a database that does not answer
			return struct{}{}, ctx.Err()
		}}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		_, err := b.add(ctx, 1)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, time.Second, time.Since(begin))
		time.Sleep(writeTimeout) // the write ends by itself
	})
}
