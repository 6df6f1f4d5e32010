package partner_test

import (
	"testing"

	"github.com/cspkit/partner"
)

func BenchmarkContactCheck(b *testing.B) {
	for _, bm := range []struct {
		name    string
		contact partner.SecurityContact
	}{
		{"group", partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")},
		{"person", ada()},
		{"zero", partner.SecurityContact{}},
		{"faulty", partner.SecurityContact{FirstName: "<Ada>", LastName: "://", Email: "ada@localhost", Phone: "555-0100"}},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bm.contact.Check()
			}
		})
	}
}

func BenchmarkDecide(b *testing.B) {
	policy := partner.DefaultPolicy()
	request := partner.Request{
		Actor: partner.Actor{
			ID: "2f9e", TenantID: fabrikamTenant, Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.Portal,
		},
		Action: partner.UpdateSecurityContact, TenantID: fabrikamTenant,
	}
	b.ReportAllocs()
	for b.Loop() {
		policy.Decide(request)
	}
}

func BenchmarkDiff(b *testing.B) {
	before, after := fabrikam(), fabrikam()
	b.Run("equal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			partner.Diff(&before, &after).Verification()
		}
	})
	after.SecurityContact.Email = "soc@contoso.com"
	b.Run("one change", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			partner.Diff(&before, &after).Verification()
		}
	})
}

// Message is what a transport for one notification pays; Renderer, one for many.
func BenchmarkMessage(b *testing.B) {
	n := mailed(partner.TopicIncident)
	b.Run("Notification.Message", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n.Message()
		}
	})
	b.Run("Renderer.Message", func(b *testing.B) {
		var r partner.Renderer
		b.ReportAllocs()
		for b.Loop() {
			r.Message(n)
		}
	})
	b.Run("Renderer.Append", func(b *testing.B) {
		var r partner.Renderer
		var buf []byte
		b.ReportAllocs()
		for b.Loop() {
			buf = r.AppendSubject(buf[:0], n)
			buf = r.AppendText(buf, n)
			buf = r.AppendHTML(buf, n)
		}
	})
}
