// Package proof attacks the promises of package partner with generated input:
// the laws as properties, Dispatch against a model of it, and, in soak, a
// million partners. It is a module of its own, so that nobody who uses the
// library downloads what only its proofs need.
package proof
