package partnertest

func LoopVerdicts(newHarness func() LoopHarness) map[string]error {
	return verdicts(loopInterface, loopRules, func() *loopRun { return newLoopRun(newHarness()) })
}
