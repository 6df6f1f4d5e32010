package partner_test

import (
	"errors"
	"fmt"
	"net/textproto"

	"github.com/cspkit/partner"
)

// A mail server that answers RCPT TO with 5xx will not change its mind; with 4xx, or a broken connection, it may.
func ExamplePermanent() {
	recipientError := func(id string, err error) error {
		reply, ok := errors.AsType[*textproto.Error](err)
		if ok && reply.Code/100 == 5 {
			err = partner.Permanent(err)
		}
		return fmt.Errorf("notification %s: %w", id, err)
	}

	for _, err := range []error{
		recipientError("a399e84d", &textproto.Error{Code: 550, Msg: "no such mailbox"}),
		recipientError("82a45e97", &textproto.Error{Code: 451, Msg: "try again later"}),
	} {
		if partner.IsPermanent(err) {
			fmt.Println("find another way to tell them:", err)
		} else {
			fmt.Println("try again:", err)
		}
	}
	// Output:
	// find another way to tell them: notification a399e84d: 550 "no such mailbox"
	// try again: notification 82a45e97: 451 "try again later"
}
