//go:build !unix

package pgtest

import "errors"

func findPrograms() (dir string, err error) {
	return "", errors.New("a PostgreSQL server for tests is started on Unix only")
}

func startServer(string) (addr string, err error) { return "", errors.ErrUnsupported }

func copying(string) string { return "" }
