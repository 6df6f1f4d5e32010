package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The headers of Standard Webhooks.
const (
	headerID        = "webhook-id"
	headerTimestamp = "webhook-timestamp"
	headerSignature = "webhook-signature"
)

// tolerance is how far the clocks of sender and receiver may be apart.
const tolerance = 5 * time.Minute

// signaturePrefix is that of HMAC-SHA256.
const signaturePrefix = "v1,"

// The lengths of a secret, in octets.
const (
	leastSecret = 24
	mostSecret  = 64
)

func validSecret(secret []byte) bool { return leastSecret <= len(secret) && len(secret) <= mostSecret }

// idLimit, in octets, is that of an ID in a header. Those of package partner
// have 64 at most.
const idLimit = 128

// signable reports whether an ID can be signed. A full stop in it could move
// between the ID and the timestamp, for a full stop stands between them, too.
func signable(id string) bool { return isWord(id, idLimit) && !strings.Contains(id, ".") }

// sign returns the signature, "v1," and base64.
func sign(secret []byte, id, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	return signaturePrefix + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// The errors of Verify. None holds anything of the request.
var (
	errVerifySecret    = errors.New("webhook: the secret does not have 24 to 64 octets")
	errVerifyID        = errors.New("webhook: the request has no single webhook-id that can be signed")
	errVerifyTimestamp = errors.New("webhook: the request has no single webhook-timestamp in seconds")
	errVerifySignature = errors.New("webhook: the request has no signature by this secret")
	errVerifyTime      = errors.New("webhook: the request was signed more than five minutes ago, or ahead")
)

// Verify returns nil if body was signed with the secret, as Standard Webhooks
// says (v1), and at most five minutes before or after now. Call it before
// anything else with
//
//   - the header of the request,
//   - its body, octet for octet as it came in, and not decoded JSON,
//   - the octets of the secret: decode the base64 behind "whsec_".
//
// What it verified may still come twice. The webhook-id is the key: keep it for
// ten minutes at least, and answer 2xx if it comes again.
//
// To rotate a secret, call Verify with each one that you still take. One of
// them must return nil.
//
// An error holds nothing of the request. Any error means: answer 401 and do
// nothing. A secret of less than 24 or more than 64 octets verifies nothing.
func Verify(h http.Header, body []byte, secret []byte, now time.Time) error {
	if !validSecret(secret) {
		return errVerifySecret
	}
	id, ok := single(h, headerID)
	if !ok || !signable(id) {
		return errVerifyID
	}
	timestamp, _ := single(h, headerTimestamp)
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return errVerifyTimestamp
	}
	signatures, _ := single(h, headerSignature)
	if !anyEqual(signatures, sign(secret, id, timestamp, body)) {
		return errVerifySignature
	}
	if age := now.Sub(time.Unix(seconds, 0)); age > tolerance || age < -tolerance {
		return errVerifyTime
	}
	return nil
}

// single returns the value of a header that is there once.
func single(h http.Header, name string) (string, bool) {
	values := h.Values(name)
	if len(values) != 1 {
		return "", false
	}
	return values[0], true
}

// anyEqual reports whether want is one of the signatures, which have a space
// between them. Each is compared in constant time.
func anyEqual(signatures, want string) bool {
	equal := false
	for signature := range strings.SplitSeq(signatures, " ") {
		equal = hmac.Equal([]byte(signature), []byte(want)) || equal
	}
	return equal
}
