package partnertest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// What does a program do if one of three partners cannot be reached?
func ExampleRecorder() {
	var mailbox partnertest.Recorder
	mailbox.Fail(partnertest.Impact(1).SecurityContact.Email, partner.Permanent(errors.New("no such mailbox")))

	directory := partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for _, impact := range partnertest.Impacts(3) {
				if !yield(impact, nil) {
					return
				}
			}
		}
	})
	dispatcher := partner.NewDispatcher(directory, &mailbox, nil)
	for delivery, err := range dispatcher.Dispatch(context.Background(), partnertest.Incident(partner.Spam)) {
		if err != nil {
			fmt.Println(err)
		}
		if delivery.Err != nil {
			fmt.Printf("%s: %v, for good: %t\n", delivery.Notification.CompanyName, delivery.Err,
				partner.IsPermanent(delivery.Err))
		}
	}
	fmt.Println("told:", len(mailbox.Notifications()))
	// Output:
	// Reseller 1: no such mailbox, for good: true
	// told: 2
}
