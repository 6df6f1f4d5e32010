package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cspkit/partner/examples/portal/internal/demo"
	"github.com/cspkit/partner/examples/portal/internal/pgserver"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const (
	// itemCost is how much more an item may cost among all partners than among
	// smallerPart of them.
	itemCost    = 1.2
	smallerPart = 10
	// moreHeap is how much more of the heap may be in use among all partners: flat
	// memory, and what the collector has not looked at yet.
	moreHeap = 16 << 20
)

// large measures what grows with the partners that are stored: the routing of
// an incident, and the first byte of every page.
func large(ctx context.Context, o options) error {
	return withLarge(ctx, o, func(server *pgserver.Server, db *store.DB) error {
		return errors.Join(routeOne(ctx, o, db), pages(ctx, o, server, db))
	})
}

// withLarge runs f on a database with very many partners. Where a folder is
// named, they are stored once, and are there the next time.
func withLarge(ctx context.Context, o options, f func(server *pgserver.Server, db *store.DB) error) error {
	on := func(server *pgserver.Server) error {
		db, err := store.Open(ctx, server.URL(), nil)
		if err != nil {
			return err
		}
		defer func() { _ = db.Close() }()
		if err := fillLarge(ctx, o, db); err != nil {
			return err
		}
		return f(server, db)
	}
	if o.data == "" {
		return withPostgres(ctx, on)
	}
	server, err := pgserver.StartIn(ctx, o.data)
	if err != nil {
		return err
	}
	defer server.Close()
	return on(server)
}

// fillLarge stores the partners, unless they are there.
func fillLarge(ctx context.Context, o options, db *store.DB) error {
	if _, err := db.Incident(ctx, store.LargeIncident(0)); err == nil {
		fmt.Println("  the partners and customers of an earlier run are measured")
	} else {
		begun := time.Now()
		if err := db.Seed(ctx); err != nil { // the companies of the people who look at the pages
			return err
		}
		if err := demo.Fill(ctx, db, demo.Options{}); err != nil { // and what happened with them
			return err
		}
		say := func(what string) { fmt.Printf("  %4.0f s  %s\n", time.Since(begun).Seconds(), what) }
		if err := db.SeedLarge(ctx, store.Large{
			Everybodys: customer, Partners: o.largePartners, Customers: o.largeCustomers, History: true, Say: say,
		}); err != nil {
			return err
		}
		fmt.Printf("  %d partners and %d customers stored in %.0f s\n", o.largePartners, o.largeCustomers,
			time.Since(begun).Seconds())
	}
	begun := time.Now()
	if err := db.KeepNumbers(ctx); err != nil { // unless a worker has done so a short while ago
		return err
	}
	if err := db.KeepIncidents(ctx); err != nil {
		return err
	}
	if took := time.Since(begun); took > time.Second {
		fmt.Printf("  the partners and large incidents are counted in %.0f s, which a worker does in the background\n",
			took.Seconds())
	}
	n, err := size(ctx, db)
	fmt.Printf("  the database has %d MiB\n", n>>20)
	return err
}

// everybody tells all partners of one incident, among a part of them and among
// all.
func everybody(ctx context.Context, o options) error {
	return withPostgres(ctx, func(server *pgserver.Server) error {
		small, whole := o, o
		small.partners, whole.partners = max(1, o.largePartners/smallerPart), o.largePartners
		before, err := measureFresh(ctx, small, server)
		if err != nil {
			return err
		}
		db, err := store.Open(ctx, server.URL(), nil)
		if err != nil {
			return err
		}
		defer func() { _ = db.Close() }()
		begun := time.Now()
		if err := db.SeedLarge(ctx, store.Large{
			Everybodys: customer, Partners: o.largePartners, Customers: o.largeCustomers,
		}); err != nil {
			return err
		}
		fmt.Printf("  %d partners and %d customers stored in %.0f s\n", o.largePartners, o.largeCustomers,
			time.Since(begun).Seconds())
		sizeBefore, err := size(ctx, db)
		if err != nil {
			return err
		}
		after, err := tell(ctx, whole, db, newProgress("postgres, all partners"))
		if err != nil {
			return err
		}
		sizeAfter, err := size(ctx, db)
		if err != nil {
			return err
		}
		fmt.Printf("  the database grew by %d octets for each partner that was told\n",
			(sizeAfter-sizeBefore)/int64(max(1, after.partners)))
		return errors.Join(
			verdict(before.rate() <= itemCost*after.rate(), "an item costs %.2f times what it costs among %d: at most %.1f",
				before.rate()/after.rate(), small.partners, itemCost),
			verdict(after.heap <= before.heap+moreHeap, "heap in use: %d MiB among %d, %d MiB among %d: at most %d MiB more",
				before.heap>>20, small.partners, after.heap>>20, whole.partners, moreHeap>>20))
	})
}

// measureFresh measures on a database of its own.
func measureFresh(ctx context.Context, o options, server *pgserver.Server) (result, error) {
	conn, err := pgx.Connect(ctx, server.URL())
	if err != nil {
		return result{}, err
	}
	_, err = conn.Exec(ctx, `CREATE DATABASE smaller`)
	if err := errors.Join(err, conn.Close(ctx)); err != nil {
		return result{}, err
	}
	return measure(ctx, o, fmt.Sprintf("postgres, %d partners", o.partners),
		strings.Replace(server.URL(), "/postgres?", "/smaller?", 1))
}

// size is that of the database on the disk.
func size(ctx context.Context, db *store.DB) (n int64, err error) {
	_, pool := db.Pools()
	return n, pool.QueryRow(ctx, `SELECT pg_database_size(current_database())`).Scan(&n)
}

// routeOne reads whom an incident on one customer concerns, and asks PostgreSQL
// which rows were read for that.
func routeOne(ctx context.Context, o options, db *store.DB) error {
	const customers = 1000
	_, pool := db.Pools()
	// Counts of rows come from each connection when it is idle for a while, or when
	// it ends.
	read := func() (scanned, fetched int64, err error) {
		pool.Reset()
		for range 100 {
			var busy int
			const others = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
				AND pid <> pg_backend_pid()`
			if err := pool.QueryRow(ctx, others).Scan(&busy); err != nil || busy == 0 {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		const rows = `SELECT sum(seq_tup_read), sum(idx_tup_fetch) FROM pg_stat_user_tables
			WHERE relname IN ('partners', 'relationships', 'customers', 'contacts')`
		return scanned, fetched, pool.QueryRow(ctx, rows).Scan(&scanned, &fetched)
	}
	scannedBefore, fetchedBefore, err := read()
	if err != nil {
		return err
	}
	concerned, slowest := 0, time.Duration(0)
	for i := range min(customers, o.largeCustomers) {
		begun := time.Now()
		for _, err := range db.Impacted(ctx, store.LargeCustomer(i*max(1, o.largeCustomers/customers))) {
			if err != nil {
				return err
			}
			concerned++
		}
		slowest = max(slowest, time.Since(begun))
	}
	scanned, fetched, err := read()
	if err != nil {
		return err
	}
	perOne := float64(fetched-fetchedBefore) / float64(concerned)
	return errors.Join(
		verdict(scanned == scannedBefore && perOne <= 6, "routing of %d customers: %.1f rows read for each partner that it "+
			"concerns (at most 6), %d in scans of a table (none)", customers, perOne, scanned-scannedBefore),
		verdict(slowest < 100*time.Millisecond, "the slowest took %s", slowest.Round(time.Millisecond/10)),
	)
}
