package partnertest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// store is a database in memory: who is concerned by an incident on a tenant.
type store struct {
	mu      sync.Mutex
	impacts map[string][]partner.Impact // by tenant in lower case
	breaks  map[string]int              // after so many rows
}

var (
	errDatabase   = errors.New("the database went away")
	errTenantless = errors.New("a partner has no tenant")
)

func newStore() *store {
	return &store{impacts: map[string][]partner.Impact{}, breaks: map[string]int{}}
}

func (s *store) rows(tenantID string) ([]partner.Impact, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := s.impacts[tenantID]
	if after, ok := s.breaks[tenantID]; ok {
		return rows[:after], errDatabase
	}
	return rows, nil
}

func (s *store) harness(d partner.Directory) partnertest.DirectoryHarness {
	return partnertest.DirectoryHarness{
		Directory: d,
		Store: func(tenantID string, impacts []partner.Impact) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.impacts[tenantID] = impacts
		},
		StoreTenantless: func(tenantID string, impact partner.Impact) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.impacts[tenantID] = append(s.impacts[tenantID], impact)
		},
		Break: func(tenantID string, after int) error {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.breaks[tenantID] = after
			return errDatabase
		},
	}
}

// Impacted makes a store a good Directory.
func (s *store) Impacted(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
	return func(yield func(partner.Impact, error) bool) {
		rows, err := s.rows(strings.ToLower(tenantID))
		for _, row := range rows {
			if ctx.Err() != nil {
				yield(partner.Impact{}, ctx.Err())
				return
			}
			if row.PartnerTenantID == "" {
				yield(partner.Impact{}, errTenantless)
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err != nil {
			yield(partner.Impact{}, fmt.Errorf("impacts: %w", err))
		}
	}
}

// filter yields what change makes of each impact; false leaves it out.
func filter(seq iter.Seq2[partner.Impact, error],
	change func(i int, impact *partner.Impact) bool) iter.Seq2[partner.Impact, error] {
	return func(yield func(partner.Impact, error) bool) {
		i := 0
		for impact, err := range seq {
			if err == nil && !change(i, &impact) {
				continue
			}
			i++
			if !yield(impact, err) {
				return
			}
		}
	}
}

func TestDirectoryMutants(t *testing.T) {
	t.Parallel()
	type impacted = func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error]
	broken := func(rule, name string, newImpacted func(s *store) impacted) mutant {
		return mutant{rule, name, func() map[string]error {
			return partnertest.DirectoryVerdicts(func() partnertest.DirectoryHarness {
				s := newStore()
				return s.harness(partner.DirectoryFunc(newImpacted(s)))
			})
		}}
	}
	filtered := func(rule, name string,
		newChange func(s *store, tenantID string) func(i int, impact *partner.Impact) bool) mutant {
		return broken(rule, name, func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				return filter(s.Impacted(ctx, tenantID), newChange(s, tenantID))
			}
		})
	}
	changed := func(rule, name string, change func(impact *partner.Impact)) mutant {
		return filtered(rule, name, func(*store, string) func(int, *partner.Impact) bool {
			return func(_ int, impact *partner.Impact) bool {
				change(impact)
				return true
			}
		})
	}
	// failing yields the good impacts, and what fail makes of the error.
	failing := func(rule, name string,
		fail func(last partner.Impact, err error, yield func(partner.Impact, error) bool)) mutant {
		return broken(rule, name, func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				return func(yield func(partner.Impact, error) bool) {
					rows, _ := s.rows(strings.ToLower(tenantID))
					last := partner.Impact{SecurityContact: partnertest.Person()}
					if len(rows) > 0 {
						last = rows[len(rows)-1]
					}
					for impact, err := range s.Impacted(ctx, tenantID) {
						if errors.Is(err, errDatabase) {
							fail(last, err, yield)
							return
						}
						if !yield(impact, err) {
							return
						}
					}
				}
			}
		})
	}
	// tenantless yields the good impacts, and what instead makes of one without a
	// tenant.
	tenantless := func(name string, instead func(last partner.Impact, yield func(partner.Impact, error) bool)) mutant {
		return broken("tenant-or-error", name, func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				return func(yield func(partner.Impact, error) bool) {
					for impact, err := range s.Impacted(ctx, tenantID) {
						if errors.Is(err, errTenantless) {
							rows, _ := s.rows(strings.ToLower(tenantID))
							instead(rows[len(rows)-1], yield)
							return
						}
						if !yield(impact, err) {
							return
						}
					}
				}
			}
		})
	}
	leaks := func(name string, text func(i partner.Impact) string) mutant {
		return failing("error-names-nobody", name, func(last partner.Impact, err error,
			yield func(partner.Impact, error) bool) {
			yield(partner.Impact{}, fmt.Errorf("after %s: %w", text(last), err))
		})
	}

	testMutants(t, "Directory", []mutant{
		filtered("each-partner-once", "the first page only", func(*store, string) func(int, *partner.Impact) bool {
			return func(i int, _ *partner.Impact) bool { return i < 20 }
		}),
		broken("each-partner-once", "pages overlap", func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				return func(yield func(partner.Impact, error) bool) {
					i := 0
					for impact, err := range s.Impacted(ctx, tenantID) {
						if i++; !yield(impact, err) || i == 20 && !yield(impact, err) {
							return
						}
					}
				}
			}
		}),
		broken("each-partner-once", "a page is filled up with partners of others", func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				return func(yield func(partner.Impact, error) bool) {
					i := 0
					for impact, err := range s.Impacted(ctx, tenantID) {
						if i++; !yield(impact, err) {
							return
						}
					}
					s.mu.Lock()
					defer s.mu.Unlock()
					for other, rows := range s.impacts {
						if i > 20 && i < 100 && other != tenantID && !yield(rows[0], nil) {
							return
						}
					}
				}
			}
		}),

		filtered("own-tenant", "relationships only", func(_ *store, tenantID string) func(int, *partner.Impact) bool {
			return func(_ int, impact *partner.Impact) bool { return !strings.EqualFold(impact.PartnerTenantID, tenantID) }
		}),

		changed("all-fields", "the company is missing", func(i *partner.Impact) { i.CompanyName = "" }),
		changed("all-fields", "quotes are doubled", func(i *partner.Impact) {
			i.CompanyName = strings.ReplaceAll(i.CompanyName, "'", "''")
		}),
		changed("all-fields", "middle names are missing", func(i *partner.Impact) { i.SecurityContact.MiddleName = "" }),
		changed("all-fields", "extensions are cut off", func(i *partner.Impact) {
			i.SecurityContact.Phone, _, _ = strings.Cut(i.SecurityContact.Phone, ";")
		}),
		changed("all-fields", "one admin agent is enough",
			func(i *partner.Impact) { i.AdminAgents = i.AdminAgents[:min(1, len(i.AdminAgents))] }),
		changed("all-fields", "Global admins are missing", func(i *partner.Impact) { i.GlobalAdmins = nil }),
		changed("all-fields", "subscribers are missing", func(i *partner.Impact) { i.Subscribers = nil }),
		changed("all-fields", "subscribers by mail only", func(i *partner.Impact) {
			i.Subscribers = slices.DeleteFunc(slices.Clone(i.Subscribers),
				func(r partner.Recipient) bool { return r.Medium != partner.MediumMail })
		}),
		changed("all-fields", "a medium that is not known becomes mail", func(i *partner.Impact) {
			i.Subscribers = slices.Clone(i.Subscribers)
			for n, r := range i.Subscribers {
				if r.Medium != partner.MediumPhone && r.Medium != partner.MediumWebhook {
					i.Subscribers[n].Medium = partner.MediumMail
				}
			}
		}),
		changed("all-fields", "URLs are escaped", func(i *partner.Impact) {
			i.Subscribers = slices.Clone(i.Subscribers)
			for n := range i.Subscribers {
				i.Subscribers[n].URL = strings.ReplaceAll(i.Subscribers[n].URL, "&", "&amp;")
			}
		}),

		tenantless("it is yielded as it is",
			func(last partner.Impact, yield func(partner.Impact, error) bool) { yield(last, nil) }),
		tenantless("it is left out", func(partner.Impact, func(partner.Impact, error) bool) {}),

		filtered("contact-may-be-missing", "an inner join", func(*store, string) func(int, *partner.Impact) bool {
			return func(_ int, impact *partner.Impact) bool { return !impact.SecurityContact.IsZero() }
		}),
		filtered("contact-may-be-missing", "the variable of the row before", func(*store, string) func(int,
			*partner.Impact) bool {
			var contact partner.SecurityContact
			return func(_ int, impact *partner.Impact) bool {
				if !impact.SecurityContact.IsZero() {
					contact = impact.SecurityContact
				}
				impact.SecurityContact = contact
				return true
			}
		}),

		filtered("rights-apart-between-partners", "rights add up over the rows", func(*store, string) func(int,
			*partner.Impact) bool {
			var rights partner.Rights
			return func(_ int, impact *partner.Impact) bool {
				rights |= impact.Rights
				impact.Rights = rights
				return true
			}
		}),
		filtered("rights-apart-between-customers", "rights are the partner's", func(s *store, _ string) func(int,
			*partner.Impact) bool {
			return func(_ int, impact *partner.Impact) bool {
				s.mu.Lock()
				defer s.mu.Unlock()
				for _, rows := range s.impacts {
					for _, row := range rows {
						if row.PartnerTenantID == impact.PartnerTenantID {
							impact.Rights |= row.Rights
						}
					}
				}
				return true
			}
		}),

		broken("tenant-in-any-case", "tenants are compared as texts", func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				if tenantID != strings.ToLower(tenantID) {
					tenantID = ""
				}
				return s.Impacted(ctx, tenantID)
			}
		}),
		broken("unknown-tenant", "no rows are an error", func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				return func(yield func(partner.Impact, error) bool) {
					if rows, err := s.rows(strings.ToLower(tenantID)); len(rows) == 0 && err == nil {
						yield(partner.Impact{}, errors.New("no rows"))
						return
					}
					s.Impacted(ctx, tenantID)(yield)
				}
			}
		}),
		broken("unknown-tenant", "nobody is everybody", func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				isTenant := len(tenantID) == 36 && !strings.ContainsAny(tenantID, "_%")
				if rows, err := s.rows(strings.ToLower(tenantID)); len(rows) == 0 && err == nil && isTenant {
					s.mu.Lock()
					defer s.mu.Unlock()
					for known := range s.impacts {
						tenantID = known
					}
				}
				return s.Impacted(ctx, tenantID)
			}
		}),
		broken("strange-tenant", "the beginning is enough", func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				s.mu.Lock()
				defer s.mu.Unlock()
				for known := range s.impacts {
					if len(tenantID) < len(known) && strings.HasPrefix(known, tenantID) {
						return s.Impacted(ctx, known)
					}
				}
				return s.Impacted(ctx, tenantID)
			}
		}),

		broken("stops-when-told", "it goes on", func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				return func(yield func(partner.Impact, error) bool) {
					for impact, err := range s.Impacted(ctx, tenantID) {
						yield(impact, err)
					}
				}
			}
		}),
		broken("stops-when-told", "it goes on after the first", func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				return func(yield func(partner.Impact, error) bool) {
					first := true
					for impact, err := range s.Impacted(ctx, tenantID) {
						if !yield(impact, err) && !first {
							return
						}
						first = false
					}
				}
			}
		}),

		broken("done-context-yields-nobody", "it looks after the first", func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				return func(yield func(partner.Impact, error) bool) {
					for impact, err := range s.Impacted(context.WithoutCancel(ctx), tenantID) {
						if !yield(impact, err) || ctx.Err() != nil {
							return
						}
					}
				}
			}
		}),
		broken("cancel-ends-it", "it looks at the start only", func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				return func(yield func(partner.Impact, error) bool) {
					if ctx.Err() == nil {
						s.Impacted(context.WithoutCancel(ctx), tenantID)(yield)
					}
				}
			}
		}),

		broken("ranging-twice", "it is used up", func(s *store) impacted {
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				used := false
				return func(yield func(partner.Impact, error) bool) {
					if !used {
						used = true
						s.Impacted(ctx, tenantID)(yield)
					}
				}
			}
		}),

		filtered("not-changed-later", "a slice is filled again for each row", func(*store, string) func(int,
			*partner.Impact) bool {
			var agents [2]partner.Recipient
			return func(_ int, impact *partner.Impact) bool {
				impact.AdminAgents = agents[:copy(agents[:], impact.AdminAgents)]
				return true
			}
		}),

		broken("readings-at-once", "they share a variable", func(s *store) impacted {
			var mu sync.Mutex
			var shared string
			return func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
				return func(yield func(partner.Impact, error) bool) {
					mu.Lock()
					shared = tenantID
					mu.Unlock()
					time.Sleep(time.Millisecond)
					mu.Lock()
					own := shared
					mu.Unlock()
					s.Impacted(ctx, own)(yield)
				}
			}
		}),

		failing("error-is-reported", "it is swallowed", func(partner.Impact, error, func(partner.Impact, error) bool) {}),
		failing("error-is-reachable", "it is printed", func(_ partner.Impact, err error,
			yield func(partner.Impact, error) bool) {
			yield(partner.Impact{}, fmt.Errorf("impacts: %v", err)) //nolint:errorlint // this is what is wrong with it
		}),
		failing("error-ends-it", "it comes twice", func(_ partner.Impact, err error, yield func(partner.Impact, error) bool) {
			for range 2 {
				if !yield(partner.Impact{}, err) {
					return
				}
			}
		}),
		failing("error-ends-it", "a partner comes after it", func(last partner.Impact, err error,
			yield func(partner.Impact, error) bool) {
			_ = yield(partner.Impact{}, err) && yield(last, nil)
		}),
		failing("error-comes-alone", "half a partner comes with it", func(last partner.Impact, err error,
			yield func(partner.Impact, error) bool) {
			yield(last, err)
		}),
		leaks("the address", func(i partner.Impact) string { return i.SecurityContact.Email }),
		leaks("the name", func(i partner.Impact) string { return i.SecurityContact.DisplayName() }),
		leaks("the phone number", func(i partner.Impact) string { return i.SecurityContact.Phone }),
		leaks("the URL of a subscriber", func(i partner.Impact) string {
			if len(i.Subscribers) == 0 {
				return "nobody"
			}
			return i.Subscribers[0].URL
		}),
	})
}

func TestGoodDirectories(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, why     string
		directory     func(s *store) partner.Directory
		noSubscribers bool
	}{
		{name: "in memory", why: "the plain case", directory: func(s *store) partner.Directory { return s }},
		{
			name: "without subscribers", why: "a host that keeps none says so", noSubscribers: true,
			directory: func(s *store) partner.Directory {
				return partner.DirectoryFunc(func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
					return func(yield func(partner.Impact, error) bool) {
						for impact, err := range s.Impacted(ctx, tenantID) {
							if impact.Subscribers = nil; !yield(impact, err) {
								return
							}
						}
					}
				})
			},
		},
		{name: "ends quietly when the context is done", why: "the interface allows it",
			directory: func(s *store) partner.Directory {
				return partner.DirectoryFunc(func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
					return func(yield func(partner.Impact, error) bool) {
						for impact, err := range s.Impacted(ctx, tenantID) {
							if ctx.Err() != nil || !yield(impact, err) {
								return
							}
						}
					}
				})
			}},
		{name: "in another order and with audiences", why: "neither is promised",
			directory: func(s *store) partner.Directory {
				return partner.DirectoryFunc(func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
					return func(yield func(partner.Impact, error) bool) {
						var all []partner.Impact
						for impact, err := range s.Impacted(ctx, tenantID) {
							if err != nil {
								yield(partner.Impact{}, err)
								return
							}
							impact.PartnerTenantID = strings.ToUpper(impact.PartnerTenantID)
							agents := make([]partner.Recipient, len(impact.AdminAgents))
							for i, agent := range impact.AdminAgents {
								agent.Audience = partner.ToAdminAgent
								agents[len(agents)-1-i] = agent
							}
							impact.AdminAgents = agents
							all = append(all, impact)
						}
						for i := len(all) - 1; i >= 0 && ctx.Err() == nil; i-- {
							if !yield(all[i], nil) {
								return
							}
						}
					}
				})
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				testGood(t, partnertest.DirectoryVerdicts(func() partnertest.DirectoryHarness {
					s := newStore()
					h := s.harness(c.directory(s))
					h.NoSubscribers = c.noSubscribers
					return h
				}))
			})
		})
	}
}
