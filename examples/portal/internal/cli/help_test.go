package cli

import (
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestHelpLeavesNothingOut: a command that "portal help" does not name is found
// by nobody, and a placeholder hides what the default is.
func TestHelpLeavesNothingOut(t *testing.T) {
	t.Parallel()
	parser := newParser(&configFile{}, io.Discard, io.Discard)
	all := serveCommand{}.Help()
	for _, command := range parser.Model.Leaves(false) {
		if command.Name != "serve" {
			assert.Contains(t, all, "\n  portal "+command.Path()+" ", "it is in the list of portal help")
		}
		assert.NotEmpty(t, command.Help, command.Path())
		for _, group := range command.AllFlags(false) {
			for _, flag := range group {
				assert.NotEmpty(t, flag.Help, "%s --%s", command.Path(), flag.Name)
				if flag.HasDefault && flag.PlaceHolder != "" && flag.PlaceHolder != flag.Default {
					assert.Contains(t, flag.Help, "Default: "+flag.Default, "%s --%s", command.Path(), flag.Name)
				}
			}
		}
	}
}
