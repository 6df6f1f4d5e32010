package site

import (
	"net/http"
	"time"
)

// recorder remembers the status of a response for the log.
type recorder struct {
	http.ResponseWriter
	status int // 0: nothing was written yet
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// streamWriter gives each write its own deadline, in place of the server's for
// the whole response.
type streamWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

// newStreamWriter is for a request that was read to its end: its connection has
// no more limit on reading.
func newStreamWriter(w http.ResponseWriter) *streamWriter {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{}) // an error means that w has no deadlines, as in tests
	s := &streamWriter{w, control}
	s.extend()
	return s
}

func (w *streamWriter) extend() { _ = w.control.SetWriteDeadline(time.Now().Add(answerTime)) }

func (w *streamWriter) Write(p []byte) (int, error) {
	w.extend()
	return w.ResponseWriter.Write(p)
}

// FlushError sends what was written.
func (w *streamWriter) FlushError() error {
	w.extend()
	return w.control.Flush()
}

// Flush sends what was written.
func (w *streamWriter) Flush() { _ = w.FlushError() }

// Unwrap is for http.ResponseController.
func (w *streamWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// probeWriter takes a response to look at its status and header.
type probeWriter struct {
	header http.Header
	status int
}

func (w *probeWriter) Header() http.Header         { return w.header }
func (w *probeWriter) Write(p []byte) (int, error) { return len(p), nil }
func (w *probeWriter) WriteHeader(status int)      { w.status = status }
