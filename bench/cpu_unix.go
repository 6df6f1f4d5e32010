//go:build unix

package main

import (
	"syscall"
	"time"
)

// cpuTime is the processor time that this process has used so far, user and
// system, in all threads. Children that have ended are part of it.
func cpuTime() (time.Duration, error) {
	var sum time.Duration
	for _, who := range [...]int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			return 0, err
		}
		sum += time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	return sum, nil
}
