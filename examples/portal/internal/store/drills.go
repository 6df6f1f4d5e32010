package store

import "github.com/cspkit/partner/examples/portal/internal/host"

// drillsIn has a row for each [host.Drills]: what a list holds, by the number
// of a row that is 1 of a drill and 0 of what is real.
var drillsIn = map[host.Drills]string{
	host.RealFirst:  ``,
	host.RealOnly:   ` = 0`,
	host.DrillsOnly: ` = 1`,
}

// only is a condition on a column, or nothing if all are wanted. What is no
// [host.Drills] is all.
func only(which host.Drills, column string) string {
	if is := drillsIn[which]; is != "" {
		return ` AND ` + column + is
	}
	return ""
}
