package signin

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"
)

// describe asks the provider for its description. Of many tenants Entra's is
// that of "organizations", whose issuer is the one with the place holder:
// go-oidc then compares nothing, and no token is ever verified with it.
func describe(ctx context.Context, o OpenID) (*oidc.Provider, error) {
	if !strings.Contains(o.Issuer, AnyTenant) {
		return read(ctx, o.Client, o.Issuer)
	}
	at := strings.Replace(o.Issuer, AnyTenant, "organizations", 1)
	described, err := read(oidc.InsecureIssuerURLContext(ctx, o.Issuer), o.Client, at)
	if err != nil {
		return nil, err
	}
	var said struct {
		Issuer string `json:"issuer"`
	}
	if err := described.Claims(&said); err != nil || said.Issuer != o.Issuer {
		return nil, &descriptionError{at, o.Client.Timeout, fmt.Errorf("its issuer is %q, and not %q", said.Issuer, o.Issuer)}
	}
	return described, nil
}

// read reads the description of the provider at an issuer's URL.
func read(ctx context.Context, client *http.Client, issuer string) (*oidc.Provider, error) {
	described, err := oidc.NewProvider(oidc.ClientContext(ctx, client), issuer)
	if err != nil {
		return nil, &descriptionError{issuer, client.Timeout, err}
	}
	return described, nil
}

// descriptionError says in one line why there is no description: go-oidc
// repeats the whole of what came in its place.
type descriptionError struct {
	issuer string
	wait   time.Duration // for an answer; 0 is no limit
	err    error
}

func (e *descriptionError) Unwrap() error { return e.err }

func (e *descriptionError) Error() string {
	return "signin: OpenID description at " + strings.TrimSuffix(e.issuer, "/") + "/.well-known/openid-configuration: " +
		e.cause()
}

func (e *descriptionError) cause() string {
	if late, ok := errors.AsType[net.Error](e.err); ok && late.Timeout() && e.wait > 0 {
		return "no answer within " + e.wait.String()
	}
	err := e.err
	if asked, ok := errors.AsType[*url.Error](err); ok {
		err = asked.Err // without the URL, which is told already
	}
	text, _, isPage := strings.Cut(err.Error(), ": <")
	if isPage { // "404 Not Found: <html>…"
		text += ", and a web page"
	}
	return oneLine(text, 200)
}

// oneLine is a text from outside without what is not to be seen, and of limit
// code points at most.
func oneLine(text string, limit int) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) {
			return -1
		}
		return r
	}, strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " "))
	if runes := []rune(text); len(runes) > limit {
		text = string(runes[:limit])
	}
	return strings.TrimSpace(text)
}
