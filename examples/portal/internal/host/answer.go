package host

import "errors"

// ErrEnded says that too many codes were wrong, so that a link is no longer
// good.
var ErrEnded = errors.New("portal: too many wrong codes")

// CodeResult is what became of a reader's wish for a new code. Zero is none.
type CodeResult int

// The results.
const (
	CodeSent  CodeResult = iota + 1 // it is on its way
	CodeSoon                        // one was sent a short while ago
	CodeNever                       // there were too many
)
