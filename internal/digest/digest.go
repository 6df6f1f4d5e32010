// Package digest makes the IDs of notifications that follow from others.
package digest

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// ID returns 40 hexadecimal digits that follow from the parts and their order.
// Other parts have another ID: the length of each counts, so that "a", "bc" are
// not "ab", "c".
func ID(parts ...string) string {
	var buf [256]byte // as much as most take
	b := buf[:0]
	for _, part := range parts {
		b = strconv.AppendInt(b, int64(len(part)), 10)
		b = append(append(b, ':'), part...)
	}
	sum := sha256.Sum256(b)
	var id [40]byte
	hex.Encode(id[:], sum[:20])
	return string(id[:])
}
