// Package proof attacks the promises of package partner, and of the packages
// beside it, with generated input:
//   - the laws, as properties and fuzz targets;
//   - Dispatch, escalation and attest, against models of them;
//   - in soak, a million partners and a month of cases.
//
// It is a module of its own, so that nobody who uses the library downloads what
// only its proofs need.
package proof
