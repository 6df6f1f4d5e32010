package mail_test

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/mail"
)

// tokenSession signs in with XOAUTH2, as Exchange Online does.
type tokenSession struct {
	*testSession
	heard *string
}

func (tokenSession) AuthMechanisms() []string { return []string{"XOAUTH2", "LOGIN"} }

func (s tokenSession) Auth(string) (sasl.Server, error) { return s, nil }

// Next answers a wrong token with a challenge, which the client answers with
// nothing, and then refuses.
func (s tokenSession) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case response == nil:
		return []byte{}, false, nil
	case len(response) == 0:
		return nil, false, smtp.ErrAuthFailed
	}
	*s.heard = string(response)
	if *s.heard != "user=portal\x01auth=Bearer good\x01\x01" {
		return []byte(`{"status":"400"}`), false, nil
	}
	s.signedIn = true
	return nil, true, nil
}

func TestSignInWithAToken(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, token string
		err         error
		encrypted   bool
		problem     string
		why         string
	}{
		{"good", "good", nil, true, "", ""},
		{"refused", "bad", nil, true, "the mail server refused the sign-in (535 5.7.8)", "tried again later"},
		{"none", "", errors.New("marker"), true, "there is no token for the mail server",
			"what its issuer says is not repeated"},
		{"plain text", "good", nil, false, "the mail server offers no STARTTLS", "a token is a password"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			inner := &smtpServer{}
			heard := ""
			server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
				return tokenSession{&testSession{server: inner, needsAuth: true}, &heard}, nil
			}))
			server.Domain, server.ErrorLog = "localhost", quiet{}
			if tt.encrypted {
				server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
			}
			l, err := net.Listen("tcp", "127.0.0.1:0")
			require.NoError(t, err)
			go func() { _ = server.Serve(l) }()
			t.Cleanup(func() { _ = server.Close(); _ = l.Close() })
			sender := newSender(t, mail.SenderOptions{
				Server: l.Addr().String(), From: "Portal <portal@contoso.example>", Username: "portal",
				TLSConfig: &tls.Config{RootCAs: authority},
				Token:     func(context.Context) (string, error) { return tt.token, tt.err },
			})
			err = sender.Notify(t.Context(), notification())
			if tt.problem == "" {
				require.NoError(t, err)
				assert.Len(t, inner.Delivered(), 1)
				return
			}
			wrong, ok := errors.AsType[*mail.SendError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, tt.problem, wrong.Problem(), tt.why)
			assert.NotContains(t, err.Error(), "marker")
			assert.Equal(t, tt.token != "" && tt.encrypted, heard != "", "no token in plain text")
		})
	}
}
