//go:build linux || darwin

package store

import (
	"path/filepath"
	"syscall"
)

// freeSpace returns the bytes that may still be written beside a file.
func freeSpace(path string) (free uint64, known bool) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &disk); err != nil || disk.Bsize <= 0 {
		return 0, false
	}
	return disk.Bavail * uint64(disk.Bsize), true
}
