//go:build !unix

package main

import (
	"errors"
	"time"
)

// cpuTime is known on Unix only. The Go benchmarks run everywhere, for they
// measure the time on the wall.
func cpuTime() (time.Duration, error) {
	return 0, errors.New("the processor time of a process is known on Unix only: run go test -bench . instead")
}
