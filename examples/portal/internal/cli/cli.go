// Package cli is the command: its flags, how the parts are put together, and
// how they are stopped.
package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	goruntime "runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/examples/portal/internal/bounce"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// The exit statuses. Zero is for --help and --version, and for a stop that was
// asked for.
const (
	exitFailed   = 1 // something broke while it ran
	exitNotBegun = 2 // it did not start: the line on standard error says what to change
)

type commands struct {
	Version kong.VersionFlag `env:"-" help:"Say which version this is."`
	Config  string           `placeholder:"FILE" help:"${config}"`

	Serve  serveCommand  `cmd:"" help:"Serve the portal: this is what happens without a command."`
	Worker workerCommand `cmd:"" help:"Send mail only, beside a portal on the same PostgreSQL database."`
	Audit  auditCommand  `cmd:"" help:"Verify, print and erase from the audit log."`
	Bounce bounceCommand `cmd:"" help:"Take a message that came back, which a mail server pipes in."`
	Import importCommand `cmd:"" help:"Import partners, customers and their rights from a CSV or JSON file."`
	Verify verifyCommand `cmd:"" help:"Begin to ask security contacts whether somebody reads their address."`

	Backup  backupCommand  `cmd:"" help:"Copy a database of SQLite, while the portal works on it."`
	Migrate migrateCommand `cmd:"" help:"Move a database of SQLite to PostgreSQL."`
}

// meant returns the arguments as kong is to read them: "portal help worker" is
// "portal worker --help", and what names no command is about the first one, so
// that --help shows its flags. A number below zero is the value of the flag
// before it, and no flag of its own.
func meant(args []string) []string {
	var read []string
	for i, arg := range args {
		if i > 0 && belowZero.MatchString(arg) && strings.HasPrefix(args[i-1], "--") && !strings.Contains(args[i-1], "=") {
			read[len(read)-1] += "=" + arg
			continue
		}
		read = append(read, arg)
	}
	if len(read) > 0 && read[0] == "help" {
		read = append(read[1:], "--help")
	}
	if len(read) == 0 || strings.HasPrefix(read[0], "-") {
		read = append([]string{"serve"}, read...)
	}
	return read
}

var belowZero = regexp.MustCompile(`^-[0-9.]`)

// version is what --version says, as the go command has stamped it.
func version() string {
	module := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok {
		module = cmp.Or(info.Main.Version, module)
	}
	return fmt.Sprintf("portal %s (%s %s/%s)", module, goruntime.Version(), goruntime.GOOS, goruntime.GOARCH)
}

// common are the flags of every command.
type common struct {
	databaseFlags `embed:""`

	mailServer `embed:""`

	verificationFlags `embed:""`

	AnswerKeyFile string `placeholder:"FILE" help:"${answer_key_file}"`
	bounceAddress `embed:""`
	BounceListen  string `placeholder:"HOST:PORT" help:"${bounce_listen}"`

	EscalationPolicy string `placeholder:"FILE" help:"${escalation_policy}"`

	webhookFlags `embed:""`

	retentionFlags `embed:""`

	graphFlags `embed:""`

	Workers     int           `placeholder:"N" help:"${workers}"`
	MetricsAddr string        `placeholder:"HOST:PORT" help:"${metrics_addr}"`
	StopTimeout time.Duration `default:"20s" help:"${stop_timeout}"`
	LogLevel    slog.Level    `default:"info" help:"${log_level}"`
	LogFormat   string        `enum:"auto,text,json" default:"auto" help:"${log_format}"`

	withOpenID   bool          // people are real
	plan         *host.Plan    // of EscalationPolicy
	verification attest.Policy // of the file
	answerKeys   [][]byte      // of AnswerKeyFile
	returnTo     *bounce.Addresses
	reseal       bool // what is sealed with an older key is sealed anew
}

// check reads the files that hold values, and finds values that nothing can be
// done with.
func (c *common) check() error {
	if err := readFiles(append(append(c.mailServer.files(), c.graphFlags.files()...),
		fileFlag{"--database", &c.Database, c.DatabaseFile})); err != nil {
		return err
	}
	if err := c.mailServer.check(); err != nil {
		return err
	}
	var err error
	if c.verification, err = c.policy(); err != nil {
		return err
	}
	if err := c.checkDatabase(); err != nil {
		return err
	}
	if err := c.readKeys(); err != nil {
		return err
	}
	if err := c.readAnswerKeys(); err != nil {
		return err
	}
	if err := c.readPlan(); err != nil {
		return err
	}
	if err := c.checkBounces(); err != nil {
		return err
	}
	if err := c.checkGraph(); err != nil {
		return err
	}
	switch {
	case c.Workers < 0:
		return &problem{"--workers", errors.New("must be 1 or more, or 0 for the default")}
	case c.StopTimeout <= 0:
		return &problem{"--stop-timeout",
			errors.New("must be longer than 0, such as 20s. To stop the portal at once, press Ctrl+C twice")}
	}
	return nil
}

// readPlan reads the operator's own policy.
func (c *common) readPlan() error {
	if c.EscalationPolicy == "" {
		return nil
	}
	data, err := os.ReadFile(c.EscalationPolicy)
	if err == nil {
		c.plan, err = host.ParsePlan(data)
	}
	if err != nil {
		return &problem{"--escalation-policy " + c.EscalationPolicy, readable(err)}
	}
	return nil
}

// checkDatabase finds a server that could be another one: whoever answers in
// its place gets the password, and tells the portal who is to be told.
func (c *databaseFlags) checkDatabase() error {
	if !isPostgres(c.Database) {
		return nil
	}
	if err := urlTrouble("--database", c.Database, "the parameter password, after the ?"); err != nil {
		return err
	}
	unverified, err := store.Unverified(c.Database)
	if err != nil {
		return &problem{"--database " + placeName(c.Database) + " cannot be opened", err}
	}
	if unverified != "" && !c.DatabaseInsecure {
		return &problem{"--database", fmt.Errorf("has no sslmode=verify-full, so that nobody proves to be %s: add it to the "+
			"URL, and sslrootcert=<file> if the certificate is of your own authority", unverified)}
	}
	return nil
}

func isPostgres(place string) bool {
	return strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://")
}

// problem is an error that is told to whoever started the command, in one line.
type problem struct {
	what string
	err  error
}

func (p *problem) Error() string { return oneLine(p.what + ": " + p.err.Error()) }
func (p *problem) Unwrap() error { return p.err }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// newParser returns what reads the command line, and the file of --config.
func newParser(config *configFile, stdout, stderr io.Writer) *kong.Kong {
	parser, err := kong.New(&commands{}, kong.Name("portal"), kong.Resolvers(config),
		kong.Description("A portal for the security contacts of CSP partners."),
		kong.Vars{"version": version(), "outlook": outlookScope, "graph_scope": graphScope,
			"graph_base": alert.GraphURL}, flagHelp, kong.DefaultEnvars("PORTAL"),
		kong.Writers(stdout, stderr),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true, WrapUpperBound: 120}))
	if err != nil {
		panic(err) // the structs above are wrong
	}
	parser.Model.HelpFlag.Help = "Say this."
	return parser
}

// Main runs the command with its arguments and returns the exit status.
func Main(args []string, stdout, stderr *os.File) int {
	config := &configFile{}
	parser := newParser(config, stdout, stderr)
	piped := len(args) > 0 && args[0] == "bounce"
	if err := config.read(configPath(args), flagsOf(parser.Model, "serve", "worker")); err != nil {
		fmt.Fprintln(stderr, "portal:", err)
		if piped {
			return exitTryAgain
		}
		return exitNotBegun
	}
	parsed, err := parser.Parse(meant(args))
	if err != nil {
		fmt.Fprintf(stderr, "portal: %s (see portal --help)\n", oneLine(err.Error()))
		if piped {
			return exitTryAgain
		}
		return exitNotBegun
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // so that a second signal ends the process at once
	err = parsed.Run(&runtime{ctx: ctx, stdout: stdout, stderr: stderr})
	var notBegun *problem
	switch {
	case err != nil && piped:
		fmt.Fprintln(stderr, "portal:", oneLine(err.Error()))
		return exitTryAgain
	// while it was starting: what was asked for, and no mistake
	case err == nil, errors.As(err, &notBegun) && ctx.Err() != nil:
		return 0
	case errors.As(err, &notBegun):
		fmt.Fprintln(stderr, "portal:", notBegun)
		return exitNotBegun
	default:
		fmt.Fprintln(stderr, "portal:", oneLine(err.Error()))
		return exitFailed
	}
}

// runtime is what a command gets beside its flags.
type runtime struct {
	ctx            context.Context // done when the process is asked to stop
	stdout, stderr *os.File
}

func (c *common) logger(stderr *os.File) *slog.Logger {
	return newLogger(stderr, c.LogLevel, c.LogFormat == "text" || c.LogFormat == "auto" && isTerminal(stderr))
}

func newLogger(w io.Writer, level slog.Level, text bool) *slog.Logger {
	opts := &slog.HandlerOptions{Level: level}
	if text {
		return slog.New(newCalm(slog.NewTextHandler(w, opts)))
	}
	opts.ReplaceAttr = func(_ []string, a slog.Attr) slog.Attr {
		if a.Value.Kind() == slog.KindDuration { // a number of seconds, where the default is one of nanoseconds
			a.Value = slog.Float64Value(a.Value.Duration().Seconds())
		}
		return a
	}
	return slog.New(newCalm(slog.NewJSONHandler(w, opts)))
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// defaultDatabase is a file in the user's cache folder, which is made if there
// is none.
func defaultDatabase() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", &problem{"there is no cache folder for the data; name a place with --database", err}
	}
	folder := filepath.Join(cache, "partner-portal")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", &problem{"the folder for the data cannot be made; name another place with --database", err}
	}
	return filepath.Join(folder, "portal.db"), nil
}
