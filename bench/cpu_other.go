//go:build !unix

package main

import (
	"errors"
	"time"
)

// cpuTime is known on Unix only. The Go benchmarks, which measure the time on the wall, run everywhere.
func cpuTime() (time.Duration, error) {
	return 0, errors.New("the processor time of a process is read with getrusage, which is for Unix: run go test -bench . instead")
}
