package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// impacts are the shared work: the partners that one incident concerns, as a
// database yields them.
var impacts = sync.OnceValue(func() []partner.Impact { return partnertest.Impacts(4096) })

// directoryOf yields that many partners, the same ones again and again.
func directoryOf(units int) partner.Directory {
	all := impacts()
	return partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for i := range units {
				if !yield(all[i%len(all)], nil) {
					return
				}
			}
		}
	})
}

// startDispatch returns the start of an engine that finds, routes, names and
// renders. Only the transport is missing.
func startDispatch(newRender func() func(partner.Notification) letters) func(scale) (*running, error) {
	return func(scale) (*running, error) {
		incident := partnertest.Incident(partner.CredentialCompromise)
		workers := sync.Pool{New: func() any { return newRender() }}
		dispatch := func(units int, sent func(letters)) (told int, err error) {
			notifier := partner.NotifierFunc(func(_ context.Context, n partner.Notification) error {
				render := workers.Get().(func(partner.Notification) letters)
				sent(render(n))
				workers.Put(render)
				return nil
			})
			dispatcher := partner.NewDispatcher(directoryOf(units), notifier, nil)
			for delivery, err := range dispatcher.Dispatch(context.Background(), incident) {
				if err != nil || delivery.Err != nil {
					return told, fmt.Errorf("dispatch: %w, delivery: %w", err, delivery.Err)
				}
				told++
			}
			return told, nil
		}
		return &running{
			run: func(units int) (int, error) { return dispatch(units, func(letters) {}) },
			answers: func() ([]string, error) {
				var mu sync.Mutex
				var all []string
				_, err := dispatch(len(impacts()), func(l letters) {
					mu.Lock()
					defer mu.Unlock()
					all = append(all, l.String())
				})
				slices.Sort(all) // they come out in the order in which they end
				return all, err
			},
		}, nil
	}
}

// newRenderer is what a worker keeps that mails many.
func newRenderer() func(partner.Notification) letters {
	render, _ := openRenderer()
	return render
}

// newSingle is what a worker does that keeps nothing.
func newSingle() func(partner.Notification) letters {
	return func(n partner.Notification) letters { return lettersOf(n.Message()) }
}

// startTemplateLoop does the same as a loop over the same partners. For each it
// takes the security contact, makes an ID and renders.
func startTemplateLoop(scale) (*running, error) {
	incident := partnertest.Incident(partner.CredentialCompromise)
	t, err := parseTemplates()
	if err != nil {
		return nil, err
	}
	loop := func(units int, sent func(letters)) (told int, err error) {
		for impact, err := range directoryOf(units).Impacted(context.Background(), incident.TenantID) {
			if err != nil {
				return told, err
			}
			c := impact.SecurityContact
			sent(t.render(&partner.Notification{
				ID:              hashID(incident.ID, impact.PartnerTenantID, c.Email),
				Topic:           partner.TopicIncident,
				PartnerTenantID: impact.PartnerTenantID,
				CompanyName:     impact.CompanyName,
				Rights:          impact.Rights,
				Incident:        incident,
				Recipient: partner.Recipient{
					Audience: partner.ToSecurityContact, Name: c.FirstName, Email: c.Email, Phone: c.Phone,
				},
			}))
			told++
		}
		return told, nil
	}
	return &running{
		run: func(units int) (int, error) { return loop(units, func(letters) {}) },
		answers: func() ([]string, error) {
			var all []string
			_, err := loop(len(impacts()), func(l letters) { all = append(all, l.String()) })
			slices.Sort(all)
			return all, err
		},
	}, nil
}

// hashID is the ID that Dispatch gives to the telling of an incident to one
// address at one partner.
func hashID(incident, tenant, address string) string {
	h := sha256.New()
	for _, part := range [...]string{
		string(partner.TopicIncident), incident, strings.ToLower(tenant), strings.ToLower(address),
	} {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	return hex.EncodeToString(h.Sum(nil))[:40]
}
