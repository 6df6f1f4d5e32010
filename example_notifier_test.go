package partner_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/mail"
	"sync"

	"github.com/cspkit/partner"
)

// exampleOutbox is a Notifier that puts notifications into a queue, from which a worker mails them. A host keeps the queue in its
// database, with the ID as the key of the table.
type exampleOutbox struct {
	mu   sync.Mutex // Notify may be called from several goroutines at once
	rows map[string][]byte
}

func (o *exampleOutbox) Notify(_ context.Context, n partner.Notification) error {
	row, err := json.Marshal(n)
	if err != nil {
		return partner.Permanent(fmt.Errorf("outbox: notification %s: %w", n.ID, err))
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rows[n.ID] = row // the same notification again is the same row
	return nil
}

func ExampleNotifier() {
	outbox := &exampleOutbox{rows: map[string][]byte{}}
	n := partner.Notification{
		ID: "a399e84deb7f28403c0a7c3cbbc575ed264fc96f", Topic: partner.TopicContactAppointed, CompanyName: "Contoso",
		Recipient: partner.Recipient{Audience: partner.ToSecurityContact, Name: "Contoso SOC", Email: "soc@contoso.com"},
	}
	for range 2 { // as after a crash
		if err := outbox.Notify(context.Background(), n); err != nil {
			fmt.Println(err)
		}
	}

	for id, row := range outbox.rows { // the worker
		var n partner.Notification
		if err := json.Unmarshal(row, &n); err != nil {
			fmt.Println(err)
			continue
		}
		to := mail.Address{Name: n.Recipient.Name, Address: n.Recipient.EnvelopeAddress()} // "" if the row was tampered with
		fmt.Printf("To: %s\nMessage-ID: <%s@mail.contoso.com>\nSubject: %s\n", &to, id, n.Message().Subject)
	}
	// Output:
	// To: "Contoso SOC" <soc@contoso.com>
	// Message-ID: <a399e84deb7f28403c0a7c3cbbc575ed264fc96f@mail.contoso.com>
	// Subject: You are now the security contact of Contoso
}
