package main

import (
	"context"
	"fmt"
	"strings"
)

// growth is how the cost of a job grows with the items that it is done for in
// one call.
type growth struct {
	title string
	costs [len(growthSizes)]cost
}

// growthSizes are how many items are done in one call, in thousands.
var growthSizes = [...]int{1, 10, 100, 1000}

// growthJobs are the jobs by their names in jobs, and what the table calls
// each. Least is how many thousand items are done at least before the clock is
// looked at. A row takes so little memory that the garbage collector comes only
// after some 300,000: each size must meet it as often.
var growthJobs = []struct {
	name, title string
	least       int
}{
	{"profile", "profiles checked", 100},
	{"dispatch-single", "recipients told", 100},
	{"csv-check", "rows read and checked", 1000},
}

// growthRounds is how often each size is measured; the median counts.
const growthRounds = 3

// measureGrowth does each job with every number of items. The sizes take turns
// in rounds, so that whatever else the machine does falls on all of them. Small
// numbers are done several times.
func measureGrowth(ctx context.Context, o options, step func()) ([]growth, error) {
	var all []growth
	for _, g := range growthJobs {
		j := jobNamed(g.name)
		e, err := j.engines[0].start(o.scale)
		if err != nil {
			return nil, err
		}
		var costs [len(growthSizes)][]cost
		for range growthRounds {
			for i, size := range growthSizes {
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				c, err := repeat(e, size*o.thousand, max(1, g.least/size))
				if err != nil {
					return nil, err
				}
				costs[i] = append(costs[i], c)
				step()
			}
		}
		row := growth{title: g.title}
		for i := range costs {
			row.costs[i] = medians(costs[i])
		}
		all = append(all, row)
	}
	return all, nil
}

// jobNamed returns a job that is known to be there.
func jobNamed(name string) job {
	for _, j := range jobs {
		if j.name == name {
			return j
		}
	}
	panic("no job " + name)
}

// repeat does items units of work, so many times, and returns what one of them
// cost.
func repeat(e *running, items, times int) (cost, error) {
	return once(&running{run: func(int) (int, error) {
		for range times {
			if _, err := e.run(items); err != nil {
				return 0, err
			}
		}
		return items * times, nil
	}, elsewhere: e.elsewhere}, items)
}

// spread is how far the dearest size is above the cheapest: 0.2 is a fifth.
func (g growth) spread() float64 {
	least, most := g.costs[0].cpu, g.costs[0].cpu
	for _, c := range g.costs {
		least, most = min(least, c.cpu), max(most, c.cpu)
	}
	return most/least - 1
}

// writeGrowth writes the table of how cost grows.
func writeGrowth(b *strings.Builder, all []growth) {
	b.WriteString("| one call for | 1,000 | 10,000 | 100,000 | 1,000,000 | spread | bytes allocated for each |\n")
	b.WriteString("| --- | ---: | ---: | ---: | ---: | ---: | --- |\n")
	for _, g := range all {
		cells, bytes := []string{g.title}, make([]string, len(g.costs))
		for i, c := range g.costs {
			cells = append(cells, nanoseconds(c.cpu)+" ns")
			bytes[i] = fmt.Sprintf("%.0f", c.bytes)
		}
		cells = append(cells, fmt.Sprintf("%.0f %%", g.spread()*100), strings.Join(bytes, ", "))
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
}
