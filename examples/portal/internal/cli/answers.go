package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

// readAnswerKeys reads the keys of the links in mail, if a file is named.
func (c *common) readAnswerKeys() (err error) {
	if c.AnswerKeyFile == "" {
		return nil
	}
	c.answerKeys, err = answer.ReadKeys(c.AnswerKeyFile)
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return &problem{"--answer-key-file cannot be read", readable(err)}
	}
	if err != nil {
		return &problem{"--answer-key-file", fmt.Errorf("names a file that %w", err)}
	}
	return nil
}

// keys are those of the file, or one of the process's own in the demonstration.
// Its links are good until it stops, as is its mail.
func (c *common) keys() [][]byte {
	if len(c.answerKeys) == 0 {
		return [][]byte{answer.RandomKey()}
	}
	return c.answerKeys
}

// publicURL is that of the portal which the worker is beside.
func (c *workerCommand) publicURL() (u *url.URL, err error) {
	u, err = parsePublicURL(c.PublicURL)
	if err == nil && u.Scheme == "http" && !isLoopbackName(u.Hostname()) {
		return nil, &problem{"--public-url", errors.New("must be https where others reach the portal")}
	}
	return u, err
}

// newVisits counts what visitors of links in mail do. It is all that a scanner
// leaves behind.
func newVisits(registry *prometheus.Registry) (func(web.Visit), error) {
	visits := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "portal_answer_visits_total",
		Help: "Requests for the pages by which mail is answered, by what they did.",
	}, []string{"did"})
	// from the start, for Prometheus sees no increase where a series begins with 1
	for _, visit := range web.Visits() {
		visits.WithLabelValues(string(visit))
	}
	if registry != nil {
		if err := registry.Register(visits); err != nil {
			return nil, err
		}
	}
	return func(v web.Visit) { visits.WithLabelValues(string(v)).Inc() }, nil
}
