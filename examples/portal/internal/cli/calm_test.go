package cli

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// TestAnOutageLeavesALogToRead: the parts of a portal say every second that
// the database is away. An error of its own, and a request's, is never left
// out.
func TestAnOutageLeavesALogToRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var lines bytes.Buffer
		log := newLogger(&lines, slog.LevelInfo, true)
		down := errors.New("connection refused")
		watch := &databaseWatch{log: log}
		for i := range 150 {
			watch.beaten(down)
			log.Warn("the upkeep failed", "error", down, "attempt", i)
			log.With("part", "cases").Warn("the upkeep failed", "error", down)
			log.WithGroup("part").Warn("the upkeep failed", "error", down)
			log.Warn("page not available", "request", fmt.Sprint("no. ", i), "error", down)
			log.Info("request")
			time.Sleep(time.Second)
		}
		watch.beaten(nil)
		watch.beaten(nil)
		count := func(s string) int { return strings.Count(lines.String(), s) }
		assert.Equal(t, 9, count("the upkeep failed"), "three parts, each once a minute")
		assert.Equal(t, 6, count("left_out=59"))
		assert.Equal(t, 150, count("page not available"), "each has its number")
		assert.Equal(t, 150, count("msg=request"))
		assert.Equal(t, 1, count("the database takes no changes"))
		assert.Equal(t, 1, count("the database takes changes again\" after=2m30s"))
	})
}

// TestNothingGrowsWithTheLog: what cannot be remembered is written.
func TestNothingGrowsWithTheLog(t *testing.T) {
	t.Parallel()
	s := &saidLines{said: map[string]saidLine{}}
	now := time.Date(2026, 12, 1, 3, 0, 0, 0, time.UTC)
	for i := range 3 * mostLines {
		_, write := s.say(fmt.Sprint(i), now)
		assert.True(t, write)
	}
	assert.Len(t, s.said, mostLines)
	_, write := s.say("1", now)
	assert.False(t, write)
	_, write = s.say("new", now.Add(calmFor))
	assert.True(t, write)
	assert.Len(t, s.said, 1, "the old ones are forgotten")
}
