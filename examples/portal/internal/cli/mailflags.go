package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	netmail "net/mail"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/mail"
)

// demoFrom is the sender in the demonstration, whose mail stays in the portal.
const demoFrom = "Wide World Security <security@portal.example>"

// demoProvider is who sends it.
var demoProvider = host.Provider{
	Name: "Wide World Distribution", ReplyTo: "Wide World Security Desk <desk@portal.example>", Phone: "+1 425 555 0100",
}

// mailServer are the flags about the mail server.
type mailServer struct {
	SMTP         string `name:"smtp" placeholder:"SERVER" help:"${smtp}"`
	SMTPFrom     string `name:"smtp-from" placeholder:"SENDER" help:"${smtp_from}"`
	SMTPHello    string `name:"smtp-hello" placeholder:"NAME" help:"${smtp_hello}"`
	SMTPUser     string `name:"smtp-user" placeholder:"NAME" help:"${smtp_user}"`
	SMTPPassword string `name:"smtp-password" placeholder:"SECRET" help:"${smtp_password}"`

	SMTPTokenURL     string `name:"smtp-token-url" placeholder:"URL" help:"${smtp_token_url}"`
	SMTPTokenScope   string `name:"smtp-token-scope" default:"${outlook}" help:"${smtp_token_scope}"`
	SMTPClientID     string `name:"smtp-client-id" placeholder:"ID" help:"${smtp_client_id}"`
	SMTPClientSecret string `name:"smtp-client-secret" placeholder:"SECRET" help:"${smtp_client_secret}"`

	SMTPHelloFile        string `name:"smtp-hello-file" placeholder:"FILE" help:"${file}"`
	SMTPUserFile         string `name:"smtp-user-file" placeholder:"FILE" help:"${file}"`
	SMTPPasswordFile     string `name:"smtp-password-file" placeholder:"FILE" help:"${file}"`
	SMTPClientSecretFile string `name:"smtp-client-secret-file" placeholder:"FILE" help:"${file}"`

	SMTPPlaintext bool `name:"smtp-insecure-plaintext" help:"${smtp_plaintext}"`

	ProviderName    string `placeholder:"NAME" help:"${provider_name}"`
	ProviderReplyTo string `placeholder:"ADDRESS" help:"${provider_reply_to}"`
	ProviderPhone   string `placeholder:"NUMBER" help:"${provider_phone}"`
}

// outlookScope is what a program asks Entra ID for, to send through Exchange
// Online.
const outlookScope = "https://outlook.office365.com/.default"

// fileFlag is a flag whose value may stand in a file instead.
type fileFlag struct {
	flag  string
	value *string
	file  string
}

func (m *mailServer) files() []fileFlag {
	return []fileFlag{
		{"--smtp-hello", &m.SMTPHello, m.SMTPHelloFile},
		{"--smtp-user", &m.SMTPUser, m.SMTPUserFile},
		{"--smtp-password", &m.SMTPPassword, m.SMTPPasswordFile},
		{"--smtp-client-secret", &m.SMTPClientSecret, m.SMTPClientSecretFile},
	}
}

// maxValue is the longest value that a file may hold, in bytes.
const maxValue = 64 << 10

// readFiles sets the flags whose values stand in files. A line break at the end
// is no part of a value.
func readFiles(flags []fileFlag) error {
	for _, f := range flags {
		if f.file == "" {
			continue
		}
		if *f.value != "" {
			return &problem{f.flag, fmt.Errorf("is set, and %s-file too: leave one of them out", f.flag)}
		}
		data, err := os.ReadFile(f.file)
		if err != nil {
			return &problem{f.flag + "-file cannot be read", readable(err)}
		}
		value := strings.TrimRight(string(data), "\r\n")
		switch {
		case value == "":
			return &problem{f.flag + "-file", errors.New("names an empty file")}
		case len(data) > maxValue || strings.ContainsAny(value, "\x00\r\n"):
			return &problem{f.flag + "-file", errors.New("names a file with more than one line")}
		}
		*f.value = value
	}
	return nil
}

// check finds what is missing. Nothing of the demonstration stands in for it
// once there is a mail server.
//
//	--smtp            from      hello                       user and password
//	none              default   none                        none
//	on this machine   required  the machine's name          both or neither
//	elsewhere         required  required, unless the        both or neither, or
//	                            machine's name has a dot    a user and a token
func (m *mailServer) check() error {
	if m.SMTP == "" {
		for flag, value := range map[string]string{
			"--smtp-from": m.SMTPFrom, "--smtp-hello": m.SMTPHello, "--smtp-user": m.SMTPUser,
			"--smtp-password": m.SMTPPassword, "--smtp-token-url": m.SMTPTokenURL,
		} {
			if value != "" {
				return &problem{"--smtp", fmt.Errorf("is missing, and %s is set: name the mail server", flag)}
			}
		}
		return nil
	}
	if err := urlTrouble("--smtp", m.SMTP, "--smtp-user and --smtp-password"); err != nil {
		return err
	}
	if m.SMTPFrom == "" {
		return &problem{"--smtp-from", errors.New("is missing: with --smtp mail goes to real people, and its sender " +
			"must be an address of yours, such as 'Contoso Security <security@contoso.example>'")}
	}
	if m.SMTPHello == "" && m.real() {
		if name, _ := os.Hostname(); !strings.Contains(name, ".") {
			return &problem{"--smtp-hello", errors.New("is missing, and the name of this machine has no dot: " +
				"many mail servers refuse such a name. Give the name by which they know this machine: mail.contoso.example")}
		}
	}
	return m.checkToken()
}

func (m *mailServer) checkToken() error {
	switch u, err := url.Parse(m.SMTPTokenURL); {
	case m.SMTPTokenURL == "" && (m.SMTPClientID != "" || m.SMTPClientSecret != ""):
		return &problem{"--smtp-token-url", errors.New("is missing, and a client for it is set")}
	case m.SMTPTokenURL == "":
		return nil
	case err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && !isLoopbackName(u.Hostname()):
		return &problem{"--smtp-token-url",
			errors.New("must be like https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token")}
	case m.SMTPClientID == "" || m.SMTPClientSecret == "":
		return &problem{"--smtp-token-url", errors.New("needs --smtp-client-id and --smtp-client-secret")}
	case m.SMTPUser == "" || m.SMTPPassword != "":
		return &problem{"--smtp-token-url",
			errors.New("needs --smtp-user, the mailbox that sends, and no --smtp-password")}
	}
	return nil
}

// real reports whether mail leaves this machine as far as the flags can tell.
func (m *mailServer) real() bool {
	if m.SMTP == "" {
		return false
	}
	text := m.SMTP
	if !strings.Contains(text, "://") {
		text = "smtp://" + text
	}
	u, err := url.Parse(text)
	return err == nil && u.Hostname() != "" && !isLoopbackName(u.Hostname())
}

// options are those of the sender.
func (m *mailServer) options() mail.SenderOptions {
	opts := mail.SenderOptions{
		Server: m.SMTP, From: m.SMTPFrom, Hello: m.SMTPHello, Username: m.SMTPUser, Password: m.SMTPPassword,
		InsecureAllowPlaintext: m.SMTPPlaintext,
		Provider:               m.provider(),
	}
	if m.SMTP == "" {
		opts.From = demoFrom
	}
	if m.SMTPTokenURL != "" {
		opts.Token = m.tokens()
	}
	return opts
}

// provider is who sends, as the mail names it. Without a name it is that of the
// sender, if that has one.
func (m *mailServer) provider() host.Provider {
	p := host.Provider{Name: m.ProviderName, ReplyTo: m.ProviderReplyTo, Phone: m.ProviderPhone}
	if m.SMTP == "" {
		p.Name = cmp.Or(p.Name, demoProvider.Name)
		p.ReplyTo = cmp.Or(p.ReplyTo, demoProvider.ReplyTo)
		p.Phone = cmp.Or(p.Phone, demoProvider.Phone)
	}
	if from, err := netmail.ParseAddress(m.SMTPFrom); err == nil {
		p.Name = cmp.Or(p.Name, from.Name)
	}
	return p
}

// tokenTime is how long the issuer of tokens may take.
const tokenTime = 10 * time.Second

// tokens gets a token where the last one is about to expire.
func (m *mailServer) tokens() func(context.Context) (string, error) {
	config := clientcredentials.Config{
		ClientID: m.SMTPClientID, ClientSecret: m.SMTPClientSecret, TokenURL: m.SMTPTokenURL,
		Scopes: strings.Fields(m.SMTPTokenScope),
	}
	ctx := context.WithValue(context.Background(), oauth2.HTTPClient, &http.Client{Timeout: tokenTime})
	source := config.TokenSource(ctx)
	return func(context.Context) (string, error) {
		token, err := source.Token()
		if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok { // its text has all that was answered
			return "", fmt.Errorf("status %d, error %q", refused.Response.StatusCode, refused.ErrorCode)
		}
		if err != nil {
			return "", err
		}
		return token.AccessToken, nil
	}
}

// urlTrouble explains a URL whose user name or password has a character that
// means something else there. What url.Parse says of it holds a part of the
// password.
func urlTrouble(flag, text, instead string) error {
	_, authority, _ := strings.Cut(text, "://")
	trouble := byte(0)
	if i := strings.IndexAny(authority, "#/?"); i >= 0 {
		before, after := authority[:i], authority[i:]
		_, port, _ := strings.Cut(before, ":")
		_, err := strconv.Atoi(port)
		if !strings.Contains(before, "@") && strings.Contains(after, "@") && (after[0] == '#' || port != "" && err != nil) {
			trouble = after[0] // and what stands before it is the beginning of a password
		}
		authority = before
	}
	if i := strings.LastIndex(authority, "@"); i >= 0 {
		if _, err := url.PathUnescape(authority[:i]); err != nil {
			trouble = '%'
		}
	}
	if trouble == 0 {
		return nil
	}
	return &problem{flag, fmt.Errorf("has a %c in the user name or the password, which means something else in a URL: "+
		"write %%%02X there, or use %s", trouble, trouble, instead)}
}

func isLoopbackName(name string) bool {
	addr, err := netip.ParseAddr(name)
	return strings.EqualFold(name, "localhost") || err == nil && addr.Unmap().IsLoopback()
}
