package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime/metrics"
)

// heapInUse returns the octets of the heap that are in use, with what waits to
// be freed.
func heapInUse() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// resetPeak forgets the memory of the run before, where Linux allows it.
func resetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// peakResident returns the octets that were resident at most, or 0 where that
// is not known.
func peakResident() uint64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, line, _ := bytes.Cut(status, []byte("VmHWM:"))
	var kib uint64
	_, _ = fmt.Fscan(bytes.NewReader(line), &kib)
	return kib << 10
}
