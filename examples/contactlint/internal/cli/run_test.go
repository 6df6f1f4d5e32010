//go:build unix

package cli_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/contactlint/internal/cli"
)

// A run ends when it is told to, also while it waits for a file that nobody
// writes.
func TestInterruptedBeforeAnythingCame(t *testing.T) {
	t.Parallel()
	fifo := filepath.Join(t.TempDir(), "fifo")
	require.NoError(t, syscall.Mkfifo(fifo, 0o600))
	for _, tt := range []struct {
		name, file, sent string
		waits            int32 // the one that goes on for ever
	}{
		{"a FIFO without a writer", fifo, "", 1},
		{"nothing sent", "-", "", 2},
		{"too little to tell the encoding", "-", "fir", 2},
		{"a header without end", "-", "first,", 2},
	} {
		for wait := range tt.waits {
			t.Run(fmt.Sprint(tt.name, wait+1), func(t *testing.T) {
				t.Parallel()
				stdin, sender, err := os.Pipe()
				require.NoError(t, err)
				defer sender.Close() //nolint:errcheck // it has ended
				_, err = sender.WriteString(tt.sent)
				require.NoError(t, err)
				out, err := os.Create(filepath.Join(t.TempDir(), "out"))
				require.NoError(t, err)
				told := &toldAt{}
				told.Context, told.cancel = context.WithCancel(t.Context())
				told.waits.Store(wait + 1)
				status := make(chan int)
				go func() { status <- cli.Run(told, []string{"--format", "csv", tt.file}, stdin, out, out) }()
				select {
				case got := <-status:
					assert.Equal(t, 2, got)
				case <-time.After(10 * time.Second):
					require.Fail(t, "it is still waiting")
				}
				text, err := os.ReadFile(out.Name())
				require.NoError(t, err)
				assert.Contains(t, string(text), "interrupted")
			})
		}
	}
}

// toldAt is a context that is done as soon as it is waited for so many times.
type toldAt struct {
	context.Context

	cancel func()
	waits  atomic.Int32
}

func (c *toldAt) Done() <-chan struct{} {
	if c.waits.Add(-1) == 0 {
		c.cancel()
	}
	return c.Context.Done()
}
