package main

import "math/rand/v2"

// shuffle brings the shared work into an order that is the same in every run. A
// processor can learn no pattern from it.
func shuffle[T any](all []T) {
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
}
