// Package race tells tests whether the race detector watches them. It makes
// all code some ten times as slow. A test of code that starts no goroutine then
// does with a part of its cases: the run without the detector does them all.
package race
