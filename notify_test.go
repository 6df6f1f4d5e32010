package partner_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

func TestPermanent(t *testing.T) {
	t.Parallel()
	unknown := &fs.PathError{Op: "rcpt", Path: "mailbox", Err: io.ErrUnexpectedEOF}
	tests := []struct {
		name, why string
		err       error
		want      bool
	}{
		{"nil", "no error", nil, false},
		{"not marked", "a broken connection may be back tomorrow", unknown, false},
		{"marked", "the address does not exist", partner.Permanent(unknown), true},
		{"marked twice", "no harm", partner.Permanent(partner.Permanent(unknown)), true},
		{"wrapped", "a Notifier adds the ID", fmt.Errorf("3f0c: %w", partner.Permanent(unknown)), true},
		{"a marked wrapper", "the whole is marked", partner.Permanent(fmt.Errorf("3f0c: %w", unknown)), true},
		{"joined with one that is not", "the other channel may work", errors.Join(io.EOF, partner.Permanent(unknown)),
			false},
		{"joined before one that is not", "the order does not matter",
			errors.Join(partner.Permanent(unknown), io.EOF), false},
		{"joined marks", "no channel is left", errors.Join(partner.Permanent(unknown), partner.Permanent(io.EOF)),
			true},
		{"joined alone", "one of one", errors.Join(nil, partner.Permanent(unknown)), true},
		{"several wrapped", "the same as joined", fmt.Errorf("%w, %w", partner.Permanent(unknown), io.EOF), false},
		{"several marks wrapped", "the same as joined", fmt.Errorf("%w, %w", partner.Permanent(unknown),
			partner.Permanent(io.EOF)), true},
		{"a join in a join", "each branch of each", errors.Join(
			partner.Permanent(io.EOF), fmt.Errorf("3f0c: %w", errors.Join(partner.Permanent(unknown), io.EOF)),
		), false},
		{"a marked join in a join", "the mark is for all below it", errors.Join(
			partner.Permanent(io.EOF), partner.Permanent(errors.Join(unknown, io.EOF)),
		), true},
		{"a branch that is nil", "it is no error", branches{nil, partner.Permanent(unknown)}, true},
		{"branches that are nil", "nothing is marked", branches{nil, nil}, false},
		{"a wrapper of nothing", "nothing is marked", wrapper{}, false},
		{"a marked join", "all of them", partner.Permanent(errors.Join(io.EOF, unknown)), true},
		{"text alone", "the text of a marked error marks nothing", errors.New(partner.Permanent(unknown).Error()),
			false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, partner.IsPermanent(tt.err), tt.why)
			if tt.err == nil {
				assert.NoError(t, partner.Permanent(nil), "nothing failed")
				return
			}
			marked := partner.Permanent(tt.err)
			assert.True(t, partner.IsPermanent(marked))
			assert.Equal(t, tt.err.Error(), marked.Error(), "the mark does not show in the text")
			require.ErrorIs(t, marked, tt.err)
			if errors.Is(tt.err, io.ErrUnexpectedEOF) {
				detail, ok := errors.AsType[*fs.PathError](marked)
				assert.True(t, ok, "the mark hides nothing")
				assert.Same(t, unknown, detail)
			}
		})
	}
}

// branches is an error that wraps several. Unlike errors.Join, it keeps those
// that are nil.
type branches [2]error

func (branches) Error() string     { return "branches" }
func (b branches) Unwrap() []error { return b[:] }

// wrapper is an error that could wrap one, and has none.
type wrapper struct{}

func (wrapper) Error() string { return "wrapper" }
func (wrapper) Unwrap() error { return nil }

func TestFuncAdapters(t *testing.T) {
	t.Parallel()
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "trace")

	notifier := partner.Notifier(partner.NotifierFunc(func(ctx context.Context, n partner.Notification) error {
		assert.Equal(t, "trace", ctx.Value(key{}))
		return errors.New(n.ID)
	}))
	require.EqualError(t, notifier.Notify(ctx, partner.Notification{ID: "3f0c"}), "3f0c")

	directory := partner.Directory(partner.DirectoryFunc(func(ctx context.Context,
		id string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			assert.Equal(t, "trace", ctx.Value(key{}))
			yield(partner.Impact{PartnerTenantID: id}, io.EOF)
		}
	}))
	calls := 0
	for impact, err := range directory.Impacted(ctx, dispatchTenant) {
		calls++
		assert.Equal(t, dispatchTenant, impact.PartnerTenantID)
		assert.Equal(t, io.EOF, err)
	}
	assert.Equal(t, 1, calls)
}
