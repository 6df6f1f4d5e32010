package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWriteGrowth(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	costs := [...]cost{{cpu: 100, bytes: 8}, {cpu: 110}, {cpu: 125}, {cpu: 100, bytes: 8.4}}
	writeGrowth(&b, []growth{{"rows read", costs}})
	assert.Contains(t, b.String(), "| rows read | 100 ns | 110 ns | 125 ns | 100 ns | 25 % | 8, 0, 0, 8 |\n")
}
