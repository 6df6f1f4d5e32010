package outfile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/contactlint/internal/outfile"
)

// Until Commit, what was there is there; after Discard, nothing else ever was.
func TestWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "out.csv")
	require.NoError(t, os.WriteFile(name, []byte("old"), 0o600))
	write := func() *outfile.File {
		f, err := outfile.Create(name, nil, 0o640)
		require.NoError(t, err)
		_, err = f.Write([]byte(strings.Repeat("new", 1<<20)))
		require.NoError(t, err)
		return f
	}
	assertOld := func() {
		old, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, "old", string(old))
	}

	f := write()
	assertOld()
	require.NoError(t, f.Discard())
	require.NoError(t, f.Discard(), "twice is once")
	assertOld()

	f = write()
	require.NoError(t, f.Commit())
	require.NoError(t, f.Discard(), "what is in its place stays there")
	info, err := os.Stat(name)
	require.NoError(t, err)
	assert.EqualValues(t, 3<<20, info.Size())
	assert.Equal(t, os.FileMode(0o640), info.Mode())

	entries, err := os.ReadDir(filepath.Dir(name))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing is left beside it")
}

// A new file is as open as the process lets it be. A file that takes the place
// of another is as open as that was.
func TestPermissions(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mode := func(name string) os.FileMode {
		info, err := os.Stat(name)
		require.NoError(t, err)
		return info.Mode()
	}
	like := filepath.Join(dir, "like")
	require.NoError(t, os.WriteFile(like, nil, 0o666)) //nolint:gosec // what the process makes of it is what is asked
	old := filepath.Join(dir, "old")
	require.NoError(t, os.WriteFile(old, nil, 0o600))
	for name, want := range map[string]os.FileMode{filepath.Join(dir, "new"): mode(like), old: 0o600} {
		target, there, err := outfile.Target(name)
		require.NoError(t, err)
		f, err := outfile.Create(target, there, 0o666)
		require.NoError(t, err)
		require.NoError(t, f.Commit())
		assert.Equal(t, want, mode(name), name)
	}
}

func TestTarget(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	require.NoError(t, os.Symlink(file, link))
	want, err := filepath.EvalSymlinks(file)
	require.NoError(t, err)

	target, there, err := outfile.Target(link)
	require.NoError(t, err)
	assert.Equal(t, want, target, "a link is followed")
	assert.NotNil(t, there)

	_, there, err = outfile.Target(filepath.Join(dir, "new"))
	require.NoError(t, err)
	assert.Nil(t, there)

	dangling, second := filepath.Join(dir, "dangling"), filepath.Join(dir, "second")
	require.NoError(t, os.Mkdir(filepath.Join(dir, "sub"), 0o700))
	require.NoError(t, os.Symlink("sub/../second", dangling))
	require.NoError(t, os.Symlink("sub/new", second))
	target, there, err = outfile.Target(dangling)
	require.NoError(t, err)
	assert.Nil(t, there)
	assert.Equal(t, filepath.Join(filepath.Dir(want), "sub", "new"), target, "links to what is not there are followed")

	loop := filepath.Join(dir, "loop")
	require.NoError(t, os.Symlink("loop", loop))
	_, _, err = outfile.Target(loop)
	require.Error(t, err)
	for _, nowhere := range []string{"missing/new", "missing/../new", "missing/"} {
		_, _, err = outfile.Target(dir + "/" + nowhere)
		require.ErrorIs(t, err, os.ErrNotExist, "the directory is looked for, not made up: %s", nowhere)
	}

	_, _, err = outfile.Target(dir)
	require.ErrorIs(t, err, outfile.ErrSpecial)
}
