package site

import (
	"encoding/binary"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"golang.org/x/time/rate"
)

// TestLimiterIsBounded looks inside, for what it promises is not seen from
// outside: an attacker with many addresses costs no memory.
func TestLimiterIsBounded(t *testing.T) {
	t.Parallel()
	l := newLimiter(rate.Every(time.Second), 3, 100)
	now := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	address := func(n uint32) netip.Addr {
		return netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, n)))
	}
	allowed := 0
	for n := range uint32(10_000) {
		if l.allow(address(n), now) {
			allowed++
		}
		assert.LessOrEqual(t, len(l.clients), 100)
	}
	assert.Equal(t, 103, allowed, "the first hundred one by one, and three for all others together")
	assert.True(t, l.allow(address(1), now), "who was known before keeps his own count")

	now = now.Add(time.Minute)
	assert.True(t, l.allow(address(20_000), now))
	assert.Len(t, l.clients, 1, "those that were quiet are forgotten")
}
