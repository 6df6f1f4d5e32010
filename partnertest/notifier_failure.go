package partnertest

import (
	"context"
	"errors"
	"slices"

	"github.com/cspkit/partner"
)

// refused returns what Notify says to an address that is refused.
func (r *notifierRun) refused(n partner.Notification, permanent bool) error {
	r.Refuse(r.address(n), permanent)
	return r.notify(n)
}

func refusalIsReported(r *notifierRun) error {
	var fs faults
	if r.refused(r.incident(), true) == nil {
		fs.addf("nil for an address that was refused for good")
	}
	if r.refused(r.incident(), false) == nil {
		fs.addf("nil for an address that was refused for now")
	}
	return fs.err()
}

func refusalForGoodIsPermanent(r *notifierRun) error {
	if err := r.refused(r.incident(), true); err != nil && !partner.IsPermanent(err) {
		return errors.New("the error is not marked with partner.Permanent: " + err.Error())
	}
	return nil
}

func refusalForNowIsNotPermanent(r *notifierRun) error {
	return notPermanent(r.refused(r.incident(), false))
}

// notPermanent says what is wrong if err is marked.
func notPermanent(err error) error {
	if partner.IsPermanent(err) {
		return errors.New("the error is marked with partner.Permanent: " + err.Error())
	}
	return nil
}

func errorNamesNobody(r *notifierRun) error {
	var fs faults
	look := func(when string, err error) {
		for _, what := range personal(err) {
			fs.addf("%s: the error holds the %s", when, what)
		}
	}
	look("refused for good", r.refused(r.private(), true))
	look("refused for now", r.refused(r.private(), false))
	unaddressed := r.private()
	*place(&unaddressed.Recipient) += "\r\n"
	look("no address", r.notify(unaddressed))
	if r.Fail != nil {
		err, _ := r.failed(r.private())
		look("the transport fails", err)
	}
	if others := r.others(); len(others) > 0 {
		unserved := r.private()
		unserved.Recipient.Medium = others[0]
		look("a medium that is not served", r.notify(unserved))
	}
	r.doneContexts(func(name string, ctx context.Context) {
		look("a context that is "+name, r.Notifier.Notify(ctx, r.private()))
	})
	return fs.err()
}

// others returns the media that the Notifier does not serve.
func (r *notifierRun) others() []partner.Medium {
	return slices.DeleteFunc(slices.Clone(media[:]), r.serves)
}

func otherMediaAreRefusedForGood(r *notifierRun) error {
	others := r.others()
	if len(others) == 0 {
		return &skipError{reason: "the harness says that every medium is served", moot: true}
	}
	var fs faults
	for _, m := range others {
		n := r.incident()
		n.Recipient.Medium = m
		if err := r.notify(n); err == nil {
			fs.addf("nil for the medium %q", m)
		} else if !partner.IsPermanent(err) {
			fs.addf("the medium %q: the error is not marked with partner.Permanent: %v", m, err)
		}
	}
	return fs.err()
}

// failed returns what Notify says while the transport fails with cause.
func (r *notifierRun) failed(n partner.Notification) (err, cause error) {
	cause = errors.New("partnertest: the connection broke")
	address := r.address(n)
	r.Fail(address, cause)
	defer r.Fail(address, nil)
	return r.notify(n), cause
}

func failureIsReachable(r *notifierRun) error {
	if err, cause := r.failed(r.incident()); !errors.Is(err, cause) {
		return errors.New("errors.Is does not find the transport's error in: " + text(err))
	}
	return nil
}

func failureIsNotPermanent(r *notifierRun) error {
	err, _ := r.failed(r.incident())
	return notPermanent(err)
}

func failureLeavesAnotherTry(r *notifierRun) error {
	n := r.incident()
	_, _ = r.failed(n)
	delivered, err := r.send(n)
	if err != nil {
		return errors.New("the second try failed, though the transport works again: " + err.Error())
	}
	if len(delivered) == 0 {
		return errors.New("the second try returned nil and delivered nothing")
	}
	return nil
}

// text is the text of err, also of none.
func text(err error) string {
	if err == nil {
		return "nil"
	}
	return err.Error()
}
