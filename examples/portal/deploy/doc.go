// Package deploy holds no code but tests of what stands beside it: the units
// for systemd, the rules for Prometheus, and the page docs/operation.md, whose
// commands they run.
//
// The tests need PostgreSQL, systemd-analyze and promtool, and are skipped
// where one is missing: apt-get install postgresql systemd prometheus. With
// PORTAL_NO_SKIP they fail instead.
package deploy
