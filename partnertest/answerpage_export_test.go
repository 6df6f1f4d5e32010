package partnertest

import "context"

func AnswerPageVerdicts(newHarness func() AnswerPageHarness) map[string]error {
	return verdicts(answerPageInterface, answerPageRules, func() *answerPageRun {
		return newAnswerPageRun(context.Background(), newHarness())
	})
}
