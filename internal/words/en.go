package words

var en = Language{
	Tag:  "en",
	Name: "English",
	Letter: Letter{
		Drill: "[DRILL] ", Resolved: "Resolved: ", Unanswered: "Unanswered: ",
		Subject:         "Security incident",
		SubjectSeverity: " ({severity})", SubjectCompany: " for {company}", SubjectTenant: ", tenant {tenant}",
		SubjectTitle: ": {title}", SubjectContactCompany: " of {company}",

		Title:          "Security incident",
		TitleDrill:     "Drill of a security incident",
		TitleOver:      "The security incident is over",
		TitleDrillOver: "The drill of a security incident is over",

		IsDrill: "This is a drill: nothing has happened.",
		DrillSteps: "Go through the steps below as in a real incident, but lock, change and delete nothing " +
			"that is in use.",
		IsUpdate:       "This is an update: an earlier message told of the same incident.",
		NobodyAnswered: "An earlier message told of this, and nobody has answered.",
		AllClear:       "This is the all-clear: the incident is over, and there is nothing more to do.",

		AsSecurityContact: "You receive this as the security contact of the company below.",
		AsAdminAgent: "You receive this as an admin agent of the company below who enrolled in Azure fraud " +
			"notifications.",
		AsGlobalAdmin: "You receive this as a Global admin of the company below, because nobody else there " +
			"could be told.",
		AsStandIn: "You receive this as a Global admin of the company below, because nobody has answered.",
		AsSubscriber: "You receive this because this address is registered for security incidents of the company " +
			"below.",
		AsOther: "You receive this on behalf of the company below.",

		ImpactsOwn:       "The incident impacts the company's own tenant.",
		ImpactsOther:     "The incident impacts a tenant that is not the company's own.",
		ImpactsCustomer:  "The incident impacts the tenant of a customer, over which the company holds {rights}.",
		ImpactedOwn:      "The incident impacted the company's own tenant.",
		ImpactedOther:    "The incident impacted a tenant that is not the company's own.",
		ImpactedCustomer: "The incident impacted the tenant of a customer, over which the company holds {rights}.",
		Reseller:         "the reseller relationship",
		DelegatedAdmin:   "delegated administration privileges",
		GranularAdmin:    "granular delegated admin privileges",
		Comma:            ", ", And: " and ", Between: " ",

		HowToAnswer:  "How to answer",
		AnswerOnPage: "Open this page and answer there.",
		AnswerByCode: "Open this page and enter the code there.",
		AnswerOnIt:   "Your answer says that you are on it, and that somebody reads this address.",
		AnswerReads:  "Your answer says that somebody reads this address.",
		AnswerConfirms: "Your answer says that somebody reads this address. The page shows the details that are " +
			"entered for the contact.",

		Actions: "What to do, in this order", Summary: "What is known", Details: "Details",
		Company: "Company", Tenant: "Tenant", Incident: "Incident", Severity: "Severity",
		RespondBy: "Respond by", Respond: "Respond", AtOnce: "at once", WaitingSince: "Waiting since",
		Page: "Page", Code: "Code", Reference: "Reference", Kind: "Kind", Detected: "Detected",
		ImpactedTenant: "Impacted tenant", OwnTenant: "Company's tenant", IncidentID: "Incident ID",
		Notification:  "Notification",
		Informational: "informational", Low: "low", Medium: "medium", High: "high",

		Appointed: Contact{
			Subject:  "You are now the security contact",
			What:     "This address was entered for the security contact of the company below.",
			Question: "If you did not expect this",
			Act:      "Tell a Global admin of the company: nobody else can change the security contact.",
		},
		Replaced: Contact{
			Subject: "You are no longer the security contact",
			What: "Another address was entered for the security contact of the company below, in place of this " +
				"one. " +
				"Security incidents are no longer sent here.",
			Question: "If nobody told you of this",
			Act: "Call a Global admin of the company at once, on a number that you already have: whoever wants " +
				"an " +
				"incident to go unnoticed changes the security contact first.",
		},
		Updated: Contact{
			Subject: "New details for the security contact",
			What: "Details of the security contact of the company below, such as the name, the phone number or " +
				"the " +
				"spelling of the address, were changed. Security incidents are still sent here.",
			Question: "If nobody told you of this",
			Act: "Call a Global admin of the company at once, on a number that you already have, and have the " +
				"details " +
				"checked: an attacker may want the calls about an incident.",
		},
		Confirm: Contact{
			Subject: "Please confirm the security contact",
			What: "Does somebody read this address? It is entered for the security contact of the company " +
				"below, and " +
				"security incidents are sent here.",
			Question: "If you are not the security contact",
			Act:      "Tell a Global admin of the company: nobody else can change the security contact.",
		},
		Lapsed: Contact{
			Subject: "Please check the security contact",
			What: "You receive this as a Global admin of the company below. Its security contact did not " +
				"confirm that " +
				"somebody reads its address, or mail to that address came back. Security incidents are still " +
				"sent there, " +
				"but perhaps nobody acts on them.",
			Question: "What to do",
			Act: "Look at the security contact in the legal profile of the company. Have somebody who reads the " +
				"address " +
				"confirm it, or enter one that is read. Only a Global admin can change the security contact.",
		},
		Duties: "What is expected of a security contact",
		DutyIncidents: "If a security incident impacts the company's tenant, or the tenant of a customer that " +
			"granted " +
			"the company reseller or administrative rights, an e-mail to this address says so, and what to do. " +
			"You are " +
			"expected to act at once.",
		DutyFraud: "Azure fraud notifications go to the admin agents who enrolled in them.",
		Colon:     ":",
	},
	Date: Date{
		Form:     "{weekday} {day} {month} {year}, {time} UTC",
		Weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		Months: [12]string{
			"January", "February", "March", "April", "May", "June",
			"July", "August", "September", "October", "November", "December",
		},
	},
	Kinds: map[string]string{
		"spam":                  "spam",
		"azure_fraud":           "Azure fraud",
		"credential_compromise": "credential compromise",
		"phishing":              "phishing",
		"malware":               "malware",
		"unauthorized_access":   "unauthorized access",
		"data_exposure":         "data exposure",

		"azure_fraud.network_connections_to_crypto_mining_pools": "Azure fraud: network " +
			"connections to crypto mining pools",
		"azure_fraud.crypto_mining": "Azure fraud: crypto mining",
		"azure_fraud.usage_anomaly_detection": "Azure fraud: usage anomaly " +
			"detection",
		"azure_fraud.virtual_machine_deployment_anomaly": "Azure fraud: virtual machine " +
			"deployment anomaly",
		"azure_fraud.vm_anomalous_deployment": "Azure fraud: vm anomalous " +
			"deployment",
		"azure_fraud.multi_region_virtual_machine_scale_set_deployment_anomaly": "Azure fraud: multi region " +
			"virtual machine scale set deployment anomaly",
		"azure_fraud.multi_region_machine_learning_usage_anomaly": "Azure fraud: multi region " +
			"machine learning usage anomaly",
		"azure_fraud.azure_machine_learning_anomalous_deployment": "Azure fraud: azure machine " +
			"learning anomalous deployment",
		"azure_fraud.azure_batch_anomalous_deployment": "Azure fraud: azure batch " +
			"anomalous deployment",
		"azure_fraud.azure_container_instances_anomalous_deployment": "Azure fraud: azure container " +
			"instances anomalous deployment",
		"azure_fraud.arm_anomalous_resource_consumption": "Azure fraud: arm anomalous " +
			"resource consumption",
		"azure_fraud.arm_suspicious_operations": "Azure fraud: arm suspicious " +
			"operations",
		"service_health_security_advisory": "service health security advisory",
	},
	Sentences: map[string]string{
		"name.missing":  "A name is required.",
		"name.too_long": "The name is too long: at most 128 characters, 200 for a company.",
		"name.character": "The name holds a character that names are not written with, such as < or > " +
			"or one that cannot be seen.",
		"name.no_letter": "A name needs at least one letter or digit.",
		"email.missing":  "An e-mail address is required.",
		"email.syntax":   "Enter one plain e-mail address of the form name@company.com.",
		"email.non_ascii_local": "Before the @, use only letters without accents, digits and common signs: " +
			"many mail servers take nothing else.",
		"email.too_long":   "The e-mail address is too long: at most 254 characters.",
		"email.domain":     "The part after the @ is not a domain name that mail can be sent to.",
		"email.unattended": "This looks like a mailbox that nobody reads; give one that is watched.",
		"email.consumer_provider": "This mailbox is with a consumer provider; one in the company's own domain " +
			"is safer.",
		"email.guest_account": "This is the user name of a guest, not a mailbox; give the address at which " +
			"the guest reads mail.",
		"email.reserved_domain": "This domain is reserved for examples and tests, so no mail arrives there; " +
			"give a real one.",
		"email.onmicrosoft": "This domain was made by Microsoft for the tenant; an address in the " +
			"company's own domain is read more often.",
		"email.personal_mailbox": "This looks like one person's mailbox; Microsoft prefers a distribution list " +
			"of the group involved in security.",
		"phone.missing": "A phone number is required.",
		"phone.syntax": "Enter one phone number in digits, such as +1 425 555 0100 ext. 12: no " +
			"letters, no second number, one + at most.",
		"phone.country_code": "Start the phone number with + and the country code, so that it can be " +
			"called from abroad.",
		"phone.impossible": "This cannot be a whole phone number of its country: give all its digits, no " +
			"0 after the country code, and no short or emergency number.",
		"phone.unassigned":   "This phone number is in no known range; call it to make sure.",
		"phone.premium_rate": "This is a premium-rate number; give one that anyone can call.",
		"phone.not_a_line":   "This is a pager or voicemail number; give a phone that is answered 24x7.",
		"tenant.syntax":      "The tenant ID must have the form 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
		"partner_type.unknown": "The partner type must be direct_bill_partner, indirect_provider or " +
			"indirect_reseller.",
		"field.missing": "This field is required.",
		"field.too_long": "The text is too long: at most 200 characters in an address line, 100 in a " +
			"city, state or region, 50 in a name, 20 in a postal code.",
		"field.character": "The text holds a line break, or a character that cannot be shown; type it " +
			"again.",
		"country.unknown": "Give the country as its code of two letters, such as US, or GB for the " +
			"United Kingdom.",
		"contact.missing": "A security contact is required.",
		"contact.same_as_primary": "The security contact reads the same mailbox as the primary contact; name " +
			"those who can act on an incident.",
		"tenant.immutable":       "This profile belongs to another tenant, and cannot be moved.",
		"partner_type.immutable": "The partner type cannot be changed here.",
		"incident.id":            "Enter an ID of the incident, on one line.",
		"incident.tenant": "The tenant ID of the incident must have the form " +
			"3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
		"incident.kind": "The kind must be a word of lower-case letters, digits and underscores, such " +
			"as credential_compromise, or several with dots between them.",
		"incident.severity": "The severity must be informational, low, medium or high.",
		"incident.title":    "Enter a title, on one line.",
		"incident.actions": "Enter at least one action for the contact to take, unless the incident is " +
			"resolved, each on one line.",
		"incident.detected_at": "Enter the date and the time at which the incident was detected.",
		"incident.respond_by": "Enter a date and a time to respond by that is not before the detection, or " +
			"none if the contact must respond at once.",
		"incident.reference": "Enter the whole address of a web page, such as " +
			"https://contoso.com/incidents/42, without spaces and user names, or none.",
		"incident.reference_host": "The web address mixes letters of different alphabets, as addresses do that " +
			"pass for another; make sure that it is the right one.",
		"incident.tenant_name": "Enter the name of the impacted organization on one line, or none.",
		"incident.status":      "The status must be resolved, or empty while the incident goes on.",
		"incident.version": "The version must be 0 when the incident is first told, and higher each time " +
			"after that, also when it is resolved.",
		"escalation.steps":   "Add at least one step that says who is told.",
		"escalation.timeout": "Say how long the step waits for an answer: more than no time.",
		"escalation.repeat":  "The steps can be repeated from 0 to 99 times.",
		"contact.unverified": "Nobody has confirmed yet that this address is read.",
		"contact.due":        "It is time to confirm again that somebody reads this address.",
		"contact.overdue": "Nobody has confirmed in time that this address is read; have it confirmed, " +
			"or enter one that is read.",
		"contact.bouncing": "Mail to this address came back; correct it, or enter one that is read.",

		"language.tag": "Give the language as its tag, such as de, or pt-BR for Brazilian Portuguese.",
	},
	Refused: "This value was refused.",
	Actions: Actions{
		Subscription:  "the Azure subscription {id}",
		Subscriptions: "the customer's Azure subscriptions",
		StartWith:     ", and start with {resources}",
		More:          "{resources} and {count} more",

		Open: "Open {subscription} in the Azure portal{start}.",
		Stop: "Unless all of it is expected, stop and delete what an intruder created, in every region, " +
			"with the disks and the storage that stay behind.",
		Credentials: "Change the credentials of the tenant's administrators and of all who have a role on the " +
			"subscription, and require multifactor authentication of them all.",
		Recovery: "Check the phone numbers and addresses with which Global admins recover their passwords.",
		Logs: "Go through the sign-in logs, the users at risk and the activity log around the time of " +
			"the alert, and remove each role, account and application that nobody can explain.",
		Cancel: "If the intruder cannot be kept out, cancel the subscription. Ask the customer first if " +
			"there is time. It takes a Global admin who is an admin agent too.",
		After:  "Afterwards, have quotas lowered that the customer does not use, and set a spending budget.",
		Report: "Resolve the alert in Partner Center: as fraud, or as legitimate if the activity is expected.",

		AdvisoryRead: "Read the advisory. The alert in Partner Center holds a copy of what the customer was " +
			"told under Service Health in the Azure portal.",
		AdvisoryDo: "Do what it asks, together with the customer, on {subscription}{start}.",
		AdvisoryAlert: "See that the customer has an alert for Service Health, so that the next advisory " +
			"reaches somebody.",
		AdvisoryResolve: "Resolve the alert in Partner Center: as legitimate once it is done, or as fraud if it " +
			"is about an intruder.",

		OtherOpen: "Open the alert in Partner Center, under Insights, Security, Alerts, and read what was seen " +
			"on {subscription}{start}.",
		OtherAsk: "Ask the customer whether the activity is expected.",

		Look: map[string]string{
			"networkConnectionsToCryptoMiningPools": "Find out which machines connect to a mining " +
				"pool, and whether anybody at the customer mines cryptocurrency there on purpose.",
			"cryptoMining": "Find out which resources mine " +
				"cryptocurrency, and whether anybody at the customer does so on purpose.",
			"usageAnomalyDetection": "Compare the usage of the last days with that " +
				"of the month before, region by region, and ask the customer what explains it.",
			"virtualMachineDeploymentAnomaly": "Look for virtual machines that were created " +
				"lately, and ask the customer about each that is large or in an unusual region.",
			"vmAnomalousDeployment": "Look for virtual machines that were created " +
				"lately, and ask the customer about each that is large or in an unusual region.",
			"multiRegionVirtualMachineScaleSetDeploymentAnomaly": "Look in every region, not only the usual " +
				"ones, for virtual machine scale sets, and ask the customer about each.",
			"multiRegionMachineLearningUsageAnomaly": "Look in every region, not only the usual " +
				"ones, for Machine Learning workspaces and compute, and ask the customer about each.",
			"azureMachineLearningAnomalousDeployment": "Look in every region for Machine Learning " +
				"workspaces and compute that were created lately, and ask the customer about each.",
			"azureBatchAnomalousDeployment": "Look in every region for Batch accounts and " +
				"pools that were created lately, and ask the customer about each.",
			"azureContainerInstancesAnomalousDeployment": "Look in every region for container instances " +
				"that were created lately, and ask the customer about each and about its image.",
			"armAnomalousResourceConsumption": "Compare what was created and used in the " +
				"last days with the month before, and ask the customer what explains it.",
			"armSuspiciousOperations": "Read in the activity log which operations " +
				"were unusual and who made them, and ask that person whether it was them.",
		},
	},
	Webhook: Webhook{Fallback: "Security notification", Answer: "Answer", Reference: "Reference"},
}
