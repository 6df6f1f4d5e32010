package main

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"time"
)

// options are how long is measured.
type options struct {
	rounds int           // of each job; the median counts
	time   time.Duration // of one engine in one round
	scale  scale
	// thousand is how many items a thousand of them are, in the table of growth.
	thousand int
}

// cost is what one unit of work costs.
type cost struct {
	cpu, wall float64 // nanoseconds; cpu is that of the process and its children, all threads together
	allocs    float64 // allocations on the heap; NaN: not known
	bytes     float64 // allocated on the heap; NaN: not known
}

// measure does the job in rounds and returns the medians of each engine's
// costs. In a round the engines take turns, and step is called after each turn.
// Engines that do not agree are not measured.
func measure(ctx context.Context, j job, o options, step func()) ([]cost, error) {
	engines, stop, err := j.startAll(o.scale)
	defer stop()
	if err != nil {
		return nil, err
	}
	if err := j.agree(engines); err != nil {
		return nil, err
	}
	units := make([]int, len(engines))
	for i, e := range engines {
		if units[i], err = calibrate(ctx, e, o.time); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", j.name, j.engines[i].name, err)
		}
	}
	costs := make([][]cost, len(engines))
	for round := range o.rounds {
		for turn := range engines {
			i := turn
			if round%2 == 1 { // the other way round, so that none always comes after the same
				i = len(engines) - 1 - turn
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			c, err := once(engines[i], units[i])
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", j.name, j.engines[i].name, err)
			}
			costs[i] = append(costs[i], c)
			step()
		}
	}
	result := make([]cost, len(engines))
	for i := range result {
		result[i] = medians(costs[i])
	}
	return result, nil
}

// medians are the medians of each part of the costs.
func medians(costs []cost) cost {
	return cost{
		cpu:    median(costs, func(c cost) float64 { return c.cpu }),
		wall:   median(costs, func(c cost) float64 { return c.wall }),
		allocs: median(costs, func(c cost) float64 { return c.allocs }),
		bytes:  median(costs, func(c cost) float64 { return c.bytes }),
	}
}

// calibrate returns how many units fill the time. It also warms the engine up.
func calibrate(ctx context.Context, e *running, time time.Duration) (int, error) {
	want := float64(time.Nanoseconds())
	for units := 1; ; units *= 4 {
		c, err := once(e, units)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return 0, err
		}
		if c.wall*float64(units) >= want/4 {
			return max(1, int(want/c.wall)), nil
		}
	}
}

// once does that many units of work, and returns what one of them cost. What
// others left for the garbage collector is no part of it.
func once(e *running, units int) (cost, error) {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpuBefore, err := cpuTime()
	if err != nil {
		return cost{}, err
	}
	started := time.Now()
	done, err := e.run(units)
	wall := time.Since(started)
	if err != nil {
		return cost{}, err
	}
	cpu, err := cpuTime()
	if err != nil {
		return cost{}, err
	}
	runtime.ReadMemStats(&after)
	n := float64(done)
	allocs, bytes := float64(after.Mallocs-before.Mallocs), float64(after.TotalAlloc-before.TotalAlloc)
	if e.elsewhere {
		allocs, bytes = math.NaN(), math.NaN()
	}
	return cost{
		cpu:    float64((cpu - cpuBefore).Nanoseconds()) / n,
		wall:   float64(wall.Nanoseconds()) / n,
		allocs: allocs / n,
		bytes:  bytes / n,
	}, nil
}

// median is the middle one, or the mean of the two in the middle.
func median(costs []cost, of func(cost) float64) float64 {
	all := make([]float64, len(costs))
	for i, c := range costs {
		all[i] = of(c)
	}
	slices.Sort(all)
	return (all[(len(all)-1)/2] + all[len(all)/2]) / 2
}
