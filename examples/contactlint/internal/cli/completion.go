package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

// completion is a flag that prints a script for a shell when kong meets it.
type completion string

// BeforeReset is called by kong.
func (completion) BeforeReset(ctx *kong.Context) error {
	for _, p := range ctx.Path {
		if p.Flag == nil || p.Flag.Name != "completion" {
			continue
		}
		shell := fmt.Sprint(ctx.FlagValue(p.Flag))
		write, ok := shells[shell]
		if !ok {
			return fmt.Errorf("--completion knows bash, zsh and fish, not %q", shell)
		}
		if err := write(ctx.Stdout, ctx.Model.Flags); err != nil {
			return err
		}
	}
	ctx.Exit(exitClean)
	return nil
}

// shells write the scripts. They are made from the flags that kong knows, so
// that no flag can be forgotten.
var shells = map[string]func(io.Writer, []*kong.Flag) error{"bash": bash, "zsh": zsh, "fish": fish}

// words are what may follow a flag, nil if that is no list.
func words(f *kong.Flag) []string {
	list := f.Enum
	if list == "" && strings.Contains(f.PlaceHolder, "|") {
		list = strings.ReplaceAll(f.PlaceHolder, "|", ",")
	}
	if list == "" {
		return nil
	}
	return strings.Split(strings.Trim(list, ","), ",")
}

// takesFile reports whether a file name follows the flag.
func takesFile(f *kong.Flag) bool { return f.Tag.Get("complete") == "file" }

func bash(w io.Writer, flags []*kong.Flag) error {
	var b strings.Builder
	// In --flag=value, = is a word of its own.
	b.WriteString("_contactlint() {\n\tlocal i=$COMP_CWORD cur=${COMP_WORDS[COMP_CWORD]}\n" +
		"\tif [[ $cur == = ]]; then cur=; elif [[ ${COMP_WORDS[i-1]} == = ]]; then ((i--)); fi\n" +
		"\tcase ${COMP_WORDS[i-1]} in\n")
	var all []string
	for _, f := range flags {
		all = append(all, "--"+f.Name)
		if f.Short != 0 {
			all = append(all, "-"+string(f.Short))
		}
		switch {
		case f.IsBool():
		case words(f) != nil:
			fmt.Fprintf(&b, "\t--%s) mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$cur\"); return ;;\n", f.Name,
				strings.Join(words(f), " "))
		case !takesFile(f):
			fmt.Fprintf(&b, "\t--%s) COMPREPLY=(); return ;;\n", f.Name)
		}
	}
	fmt.Fprintf(&b, "\tesac\n\tif [[ $cur == -* ]]; then mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$cur\")\n",
		strings.Join(all, " "))
	b.WriteString("\telse mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); fi\n}\ncomplete -o filenames -F " +
		"_contactlint contactlint\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func zsh(w io.Writer, flags []*kong.Flag) error {
	var b strings.Builder
	b.WriteString("#compdef contactlint\n_contactlint() {\n\t_arguments -s \\\n")
	for _, f := range flags {
		value, equals := "", "=" // for both --flag value and --flag=value
		switch {
		case f.IsBool():
			equals = ""
		case words(f) != nil:
			value = ":" + f.Name + ":(" + strings.Join(words(f), " ") + ")"
		case takesFile(f):
			value = ":" + f.Name + ":_files"
		default:
			value = ":" + f.Name + ": "
		}
		help := strings.ReplaceAll(quote(f.Help, `'[]\`), ":", `\:`)
		fmt.Fprintf(&b, "\t\t'--%s%s[%s]%s' \\\n", f.Name, equals, help, value)
		if f.Short != 0 {
			fmt.Fprintf(&b, "\t\t'-%c[%s]%s' \\\n", f.Short, help, value)
		}
	}
	b.WriteString("\t\t'*:file:_files'\n}\nif [ \"${funcstack[1]}\" = _contactlint ]; then _contactlint; else compdef " +
		"_contactlint contactlint; fi\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func fish(w io.Writer, flags []*kong.Flag) error {
	var b strings.Builder
	for _, f := range flags {
		value := ""
		switch {
		case f.IsBool():
		case words(f) != nil:
			value = " -x -a '" + strings.Join(words(f), " ") + "'"
		case takesFile(f):
			value = " -r -F"
		default:
			value = " -x"
		}
		if f.Short != 0 {
			value = " -s " + string(f.Short) + value
		}
		fmt.Fprintf(&b, "complete -c contactlint -l %s%s -d '%s'\n", f.Name, value, quote(f.Help, `'\`))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// quote leaves out what would end a quoted text in a script.
func quote(help, special string) string {
	first, _, _ := strings.Cut(help, ". ")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(special, r) {
			return -1
		}
		return r
	}, strings.TrimSuffix(first, "."))
}
