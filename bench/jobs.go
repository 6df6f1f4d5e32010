package main

import "github.com/cspkit/partner"

// jobs is the table of all jobs. Each has engines for the same work, this
// library first. Of the others it says how many times its time they are to take
// at least.
var jobs = []job{
	{
		name: "revise", title: "Revise, two fields of the security contact", unit: "revision", allocs: 12,
		engines: []engine{
			{"partner", 0, each(revisions, openRevise, revised.String)},
			{"cedar + validator + phonenumbers + go-cmp", 60, each(revisions, openReviseByHand, revised.String)},
		},
	},
	{
		name: "profile", title: "LegalProfile.Check, national numbers", unit: "profile", allocs: 0,
		engines: []engine{
			{"partner", 0, each(profileWorks, ready(checkProfile), fieldsOf)},
			{"validator + phonenumbers", 100, each(profileWorks, openTaggedProfile, fieldsOfError)},
		},
	},
	{
		name: "number-national", title: "NormalizePhone, national with a region", unit: "number", allocs: 1,
		engines: []engine{
			{"partner", 0, each(dialledNumbers, ready(normalizeDialled), asText)},
			{"phonenumbers", 150, each(dialledNumbers, ready(dialledWithPhonenumbers), asText)},
		},
	},
	{
		name: "number-e164", title: "NormalizePhone, E.164", unit: "number", allocs: 0,
		engines: []engine{
			{"partner", 0, each(dialledNumbers, ready(normalizeE164), asText)},
			{"phonenumbers", 400, each(dialledNumbers, ready(e164WithPhonenumbers), asText)},
		},
	},
	{
		name: "number-spaced", title: "NormalizePhone, \"+49 30 …\"", unit: "number", allocs: 1,
		engines: []engine{
			{"partner", 0, each(dialledNumbers, ready(normalizeSpaced), asText)},
			{"phonenumbers", 200, each(dialledNumbers, ready(spacedWithPhonenumbers), asText)},
		},
	},
	{
		name: "phone", title: "E.164 number", unit: "number", allocs: 0,
		engines: []engine{
			{"partner", 0, each(numbers, ready(checkNumber), numberVerdict.String)},
			{"phonenumbers", 400, each(numbers, ready(checkWithPhonenumbers), numberVerdict.String)},
		},
	},
	{
		name: "phone-api", title: "E.164 number, with findings", unit: "number", allocs: anyNumber,
		engines: []engine{
			{"partner CheckPhone + NormalizePhone", 0, each(numbers, ready(checkNumberExported), numberVerdict.String)},
			{"phonenumbers", 0, each(numbers, ready(checkWithPhonenumbers), numberVerdict.String)},
		},
	},
	{
		name: "contact-valid", title: "contact, valid", unit: "contact", allocs: 0,
		engines: []engine{
			{"partner", 0, each(goodContacts, ready(checkContact), fieldsOf)},
			{"validator tags + phonenumbers", 150, each(goodContacts, openTaggedPhone, fieldsOfError)},
			{"validator tags alone", 15, each(goodContacts, openTagged, fieldsOfError)},
		},
	},
	{
		name: "contact-invalid", title: "contact, invalid, with findings", unit: "contact", allocs: 2,
		engines: []engine{
			{"partner", 0, each(badContacts, ready(checkContact), fieldsOf)},
			{"validator tags", 10, each(badContacts, openTagged, fieldsOfError)},
		},
	},
	{
		name: "contact-validate", title: "contact, invalid, Validate", unit: "contact", allocs: anyNumber,
		engines: []engine{
			{"partner", 0, each(badContacts, ready(validateContact), fieldsOfInvalid)},
			{"validator tags", 8, each(badContacts, openTagged, fieldsOfError)},
		},
	},
	{
		name: "contact-rules", title: "contact, valid, a host's validator", unit: "contact", allocs: anyNumber,
		engines: []engine{
			{"partner RegisterRules", 0, each(goodContacts, openRules, fieldsOfError)},
			{"validator tags + phonenumbers", 50, each(goodContacts, openTaggedPhone, fieldsOfError)},
		},
	},
	{
		name: "email", title: "e-mail address", unit: "address", allocs: anyNumber,
		engines: []engine{
			{"partner", 0, each(addresses, ready(isAddress), verdict)},
			{"net/mail ParseAddress", 5, each(addresses, ready(parseWithNetMail), verdict)},
			{"validator email", 20, each(addresses, openValidatorEmail, verdict)},
		},
	},
	{
		name: "authorize", title: "Authorize, refusals included", unit: "request", allocs: anyNumber,
		engines: []engine{
			{"partner", 0, each(requests, openAuthorize, reasonOf)},
			{"cedar-go, entities prebuilt", 40, each(indexes, openCedarAuthorize, reasonOf)},
		},
	},
	{
		name: "decision", title: "decision with reason", unit: "decision", allocs: 0,
		engines: []engine{
			{"partner", 0, each(requests, openPolicy, decision)},
			{"cedar-go, entities prebuilt", 50, each(indexes, openCedarPrebuilt, decision)},
			{"cedar-go, entities per request", 150, each(requests, openCedar, decision)},
			{"casbin EnforceEx", 250, each(requests, openCasbin, decision)},
			{"OPA prepared", 400, each(indexes, openOPA, decision)},
		},
	},
	{
		name: "diff-same", title: "diff, nothing changed", unit: "diff", allocs: 0,
		engines: []engine{
			{"partner", 0, each(samePairs, ready(diffProfiles), fieldSet)},
			{"go-cmp", 60, each(samePairs, ready(equalWithCmp), pathFields)},
		},
	},
	{
		name: "diff-change", title: "diff, one change, with verdict", unit: "diff", allocs: 0,
		engines: []engine{
			{"partner", 0, each(changedPairs, ready(diffProfiles), fieldSet)},
			{"go-cmp", 60, each(changedPairs, ready(diffWithCmp), pathFields)},
			{"r3labs/diff", 90, each(changedPairs, openR3labs, r3labsFields)},
			{"go-test/deep", 30, each(changedPairs, ready(diffWithDeep), pathFields)},
		},
	},
	{
		name: "message", title: "message: subject, text, HTML", unit: "message", allocs: 5,
		engines: []engine{
			{"partner Renderer.Message", 0, each(recipients, openRendererMessage, messageText)},
			{"templates", 10, each(recipients, openTemplateMessage, messageText)},
		},
	},
	{
		name: "message-new", title: "Notification.Message by itself", unit: "message", allocs: 4,
		engines: []engine{
			{"partner Notification.Message", 0, each(messages, ready(partner.Notification.Message), messageText)},
			{"templates", 10, each(messages, openTemplateMessage, messageText)},
		},
	},
	{
		name: "message-de", title: "Message in German, as many in English", unit: "message", allocs: 4,
		engines: []engine{
			{"partner in German", 0, each(messagesIn("de"), ready(partner.Notification.Message), messageText)},
			{"partner in English", 0.9, each(messages, ready(partner.Notification.Message), nil)},
		},
	},
	{
		name: "message-ja", title: "Message in Japanese, as many in English", unit: "message", allocs: 4,
		engines: []engine{
			{"partner in Japanese", 0, each(messagesIn("ja"), ready(partner.Notification.Message), messageText)},
			{"partner in English", 0.9, each(messages, ready(partner.Notification.Message), nil)},
		},
	},
	{
		name: "recipients", title: "recipients of one incident", unit: "recipient", allocs: 0,
		engines: []engine{
			{"partner Renderer", 0, each(recipients, openRenderer, letters.String)},
			{"templates in a loop", 10, each(recipients, openTemplateLetters, letters.String)},
		},
	},
	{
		name: "dispatch", title: "dispatch, each recipient", unit: "recipient", allocs: anyNumber,
		engines: []engine{
			{"partner Dispatcher + Renderer", 0, startDispatch(newRenderer)},
			{"templates in a loop", 10, startTemplateLoop},
		},
	},
	{
		name: "dispatch-single", title: "dispatch, a Notifier that calls Message", unit: "recipient", allocs: anyNumber,
		engines: []engine{
			{"partner Dispatcher + Message", 0, startDispatch(newSingle)},
			{"templates in a loop", 8, startTemplateLoop},
		},
	},
	{
		name: "csv-check", title: "a row of CSV with encoding/csv, then Check", unit: "row", allocs: anyNumber,
		engines: []engine{
			{"partner + encoding/csv", 0, startCSV(ready(checkContact), fieldsOf)},
			{"csv + validator + phonenumbers", 60, startCSV(openTaggedPhone, fieldsOfError)},
			{"encoding/csv alone", 0.5, startCSV[struct{}](nil, nil)},
		},
	},
	{
		name: "csv", title: "a row of CSV, checked", unit: "row", allocs: anyNumber,
		engines: []engine{
			{"partner contactlint, one core", 0, startContactlint},
			{"encoding/csv + partner", 0, startCSV(ready(checkContact), fieldsOf)},
			{"csv + validator + phonenumbers", 50, startCSV(openTaggedPhone, fieldsOfError)},
			{"encoding/csv alone", 0.5, startCSV[struct{}](nil, nil)},
		},
	},
}
