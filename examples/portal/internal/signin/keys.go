package signin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
)

// errAway says that the provider's description or its keys cannot be had. So
// nobody knows whether a token is good.
var errAway = errors.New("signin: the provider's keys cannot be had now")

// How long nobody asks an issuer for its keys after somebody has. A forged
// token costs the provider nothing in between. A key that is new waits so long.
const (
	pauseAfterKeys   = time.Minute
	pauseAfterNoKeys = 10 * time.Second
)

// keyTime is how long one request for keys may take.
const keyTime = 10 * time.Second

// maxKeys is the size of a description and of a set of keys, in bytes.
const maxKeys = 1 << 20

// algorithms are those of keys that are public: all that go-oidc knows.
var algorithms = []jose.SignatureAlgorithm{
	jose.RS256, jose.RS384, jose.RS512, jose.ES256, jose.ES384, jose.ES512, jose.PS256, jose.PS384, jose.PS512, jose.EdDSA,
}

// keyring has the keys of one issuer. It may be used from several goroutines at
// once.
type keyring struct {
	issuer string
	client *http.Client
	now    func() time.Time

	asking sync.Mutex // held by whoever asks the provider

	mu        sync.Mutex // of what follows
	described *oidc.Provider
	keys      []jose.JSONWebKey
	asked     time.Time // zero: never
	failed    bool      // the last time
}

// verify returns the payload of a token that one of the issuer's keys has
// signed. The error is errToken for any other, and errAway where the key may be
// one that cannot be had.
//
//	the token's key   asked lately        otherwise
//	known             the answer stands   the answer stands
//	unknown           refused, or away    the issuer is asked first
func (k *keyring) verify(ctx context.Context, raw string) ([]byte, error) {
	token, err := jose.ParseSigned(raw, algorithms)
	if err != nil || len(token.Signatures) != 1 {
		return nil, fmt.Errorf("%w: it is no signed token", errToken)
	}
	if payload, known := k.try(token); known {
		return signed(payload)
	}
	k.asking.Lock()
	defer k.asking.Unlock()
	if payload, known := k.try(token); known { // somebody has asked meanwhile
		return signed(payload)
	}
	if !k.wait() {
		k.ask(context.WithoutCancel(ctx)) // who leaves must not spoil it for others
		if payload, known := k.try(token); known {
			return signed(payload)
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.failed {
		return nil, errAway
	}
	return nil, fmt.Errorf("%w: its key is none of the issuer's", errToken)
}

func signed(payload []byte) ([]byte, error) {
	if payload == nil {
		return nil, fmt.Errorf("%w: its signature is wrong", errToken)
	}
	return payload, nil
}

// try verifies with the keys that are known. Known reports whether one has the
// token's ID. The payload is nil where that did not sign it.
func (k *keyring) try(token *jose.JSONWebSignature) (payload []byte, known bool) {
	id := token.Signatures[0].Header.KeyID
	k.mu.Lock()
	keys := k.keys
	k.mu.Unlock()
	for _, key := range keys {
		if id != "" && key.KeyID != id {
			continue
		}
		known = known || id != ""
		if payload, err := token.Verify(&key); err == nil {
			return payload, true
		}
	}
	return nil, known
}

// wait reports whether the issuer was asked a short time ago.
func (k *keyring) wait() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	pause := pauseAfterKeys
	if k.failed {
		pause = pauseAfterNoKeys
	}
	return !k.asked.IsZero() && k.now().Sub(k.asked) < pause
}

// ask gets the keys, and the issuer's description where that is not known.
// Without an answer the old keys stay.
func (k *keyring) ask(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, keyTime)
	defer cancel()
	keys, err := k.get(ctx)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.asked, k.failed = k.now(), err != nil
	if err == nil {
		k.keys = keys
	}
}

func (k *keyring) get(ctx context.Context) ([]jose.JSONWebKey, error) {
	if k.described == nil { // only whoever asks writes it
		described, err := read(ctx, k.client, k.issuer)
		if err != nil {
			return nil, err
		}
		k.described = described
	}
	var where struct {
		URL string `json:"jwks_uri"`
	}
	if err := k.described.Claims(&where); err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, where.URL, nil)
	if err != nil {
		return nil, err
	}
	resp, err := k.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return nil, errAway
	}
	var set jose.JSONWebKeySet
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxKeys)).Decode(&set); err != nil {
		return nil, err
	}
	var keys []jose.JSONWebKey
	for _, key := range set.Keys {
		if key.IsPublic() && (key.Use == "" || key.Use == "sig") {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil, errAway
	}
	return keys, nil
}

// verified is an oidc.KeySet for a token whose signature was verified before.
type verified []byte

// VerifySignature returns the payload.
func (v verified) VerifySignature(context.Context, string) ([]byte, error) { return v, nil }
