package words

// The terms are those of Microsoft's German pages of Partner Center: see terms
// in terms_test.go.
var de = Language{
	Tag:  "de",
	Name: "Deutsch",
	Letter: Letter{
		Drill: "[ÜBUNG] ", Resolved: "Behoben: ", Unanswered: "Unbeantwortet: ",
		Subject:         "Sicherheitsvorfall",
		SubjectSeverity: " ({severity})", SubjectCompany: " bei {company}", SubjectTenant: ", Mandant {tenant}",
		SubjectTitle: ": {title}", SubjectContactCompany: " von {company}",

		Title:          "Sicherheitsvorfall",
		TitleDrill:     "Übung eines Sicherheitsvorfalls",
		TitleOver:      "Der Sicherheitsvorfall ist vorbei",
		TitleDrillOver: "Die Übung eines Sicherheitsvorfalls ist vorbei",

		IsDrill: "Dies ist eine Übung: Es ist nichts geschehen.",
		DrillSteps: "Gehen Sie die Schritte unten durch wie bei einem echten Vorfall, aber sperren, ändern und " +
			"löschen Sie " +
			"nichts, was in Gebrauch ist.",
		IsUpdate: "Dies ist ein neuer Stand: Über denselben Vorfall wurde schon in einer früheren " +
			"Nachricht berichtet.",
		NobodyAnswered: "Eine frühere Nachricht hat schon davon berichtet, und niemand hat geantwortet.",
		AllClear:       "Dies ist die Entwarnung: Der Vorfall ist vorbei, und es ist nichts mehr zu tun.",

		AsSecurityContact: "Sie erhalten diese Nachricht als Sicherheitskontakt des unten genannten Unternehmens.",
		AsAdminAgent: "Sie erhalten diese Nachricht als Administrator-Agent des unten genannten Unternehmens, " +
			"weil Sie sich für " +
			"Benachrichtigungen über Azure-Betrug angemeldet haben.",
		AsGlobalAdmin: "Sie erhalten diese Nachricht als globaler Administrator des unten genannten " +
			"Unternehmens, weil dort " +
			"sonst niemand benachrichtigt werden konnte.",
		AsStandIn: "Sie erhalten diese Nachricht als globaler Administrator des unten genannten Unternehmens, " +
			"weil niemand " +
			"geantwortet hat.",
		AsSubscriber: "Sie erhalten diese Nachricht, weil diese Adresse für Sicherheitsvorfälle des unten " +
			"genannten " +
			"Unternehmens eingetragen ist.",
		AsOther: "Sie erhalten diese Nachricht im Namen des unten genannten Unternehmens.",

		ImpactsOwn:       "Betroffen ist der eigene Mandant des Unternehmens.",
		ImpactsOther:     "Betroffen ist ein Mandant, der nicht der eigene des Unternehmens ist.",
		ImpactsCustomer:  "Betroffen ist der Mandant eines Kunden, für den das Unternehmen {rights} hat.",
		ImpactedOwn:      "Betroffen war der eigene Mandant des Unternehmens.",
		ImpactedOther:    "Betroffen war ein Mandant, der nicht der eigene des Unternehmens ist.",
		ImpactedCustomer: "Betroffen war der Mandant eines Kunden, für den das Unternehmen {rights} hat.",
		Reseller:         "die Vertriebspartnerbeziehung",
		DelegatedAdmin:   "delegierte Administratorrechte",
		GranularAdmin:    "granulare delegierte Administratorrechte",
		Comma:            ", ", And: " und ", Between: " ",

		HowToAnswer:  "So antworten Sie",
		AnswerOnPage: "Öffnen Sie diese Seite, und antworten Sie dort.",
		AnswerByCode: "Öffnen Sie diese Seite, und geben Sie dort den Code ein.",
		AnswerOnIt:   "Ihre Antwort besagt, dass Sie sich darum kümmern und dass jemand diese Adresse liest.",
		AnswerReads:  "Ihre Antwort besagt, dass jemand diese Adresse liest.",
		AnswerConfirms: "Ihre Antwort besagt, dass jemand diese Adresse liest. Die Seite zeigt, was für den " +
			"Kontakt " +
			"eingetragen ist.",

		Actions: "Was zu tun ist, in dieser Reihenfolge", Summary: "Was bekannt ist", Details: "Einzelheiten",
		Company: "Unternehmen", Tenant: "Mandant", Incident: "Vorfall", Severity: "Schweregrad",
		RespondBy: "Reagieren bis", Respond: "Reagieren", AtOnce: "sofort", WaitingSince: "Unbeantwortet seit",
		Page: "Seite", Code: "Code", Reference: "Verweis", Kind: "Art", Detected: "Entdeckt",
		ImpactedTenant: "Betroffener Mandant", OwnTenant: "Mandant des Unternehmens", IncidentID: "Vorfall-ID",
		Notification:  "Benachrichtigung",
		Informational: "zur Information", Low: "niedrig", Medium: "mittel", High: "hoch",

		Appointed: Contact{
			Subject: "Sie sind jetzt der Sicherheitskontakt",
			What: "Diese Adresse wurde für den Sicherheitskontakt des unten genannten Unternehmens " +
				"eingetragen.",
			Question: "Wenn Sie damit nicht gerechnet haben",
			Act: "Sagen Sie es einem globalen Administrator des Unternehmens: Niemand sonst kann den " +
				"Sicherheitskontakt " +
				"ändern.",
		},
		Replaced: Contact{
			Subject: "Sie sind nicht mehr der Sicherheitskontakt",
			What: "Für den Sicherheitskontakt des unten genannten Unternehmens wurde statt dieser eine andere " +
				"Adresse " +
				"eingetragen. Sicherheitsvorfälle werden nicht mehr hierher gemeldet.",
			Question: "Wenn Ihnen niemand davon gesagt hat",
			Act: "Rufen Sie sofort einen globalen Administrator des Unternehmens an, unter einer Nummer, die " +
				"Sie schon " +
				"haben: Wer will, dass ein Vorfall unbemerkt bleibt, ändert zuerst den Sicherheitskontakt.",
		},
		Updated: Contact{
			Subject: "Neue Angaben zum Sicherheitskontakt",
			What: "Angaben zum Sicherheitskontakt des unten genannten Unternehmens wurden geändert, etwa der " +
				"Name, die " +
				"Telefonnummer oder die Schreibweise der Adresse. Sicherheitsvorfälle werden weiterhin hierher " +
				"gemeldet.",
			Question: "Wenn Ihnen niemand davon gesagt hat",
			Act: "Rufen Sie sofort einen globalen Administrator des Unternehmens an, unter einer Nummer, die " +
				"Sie schon " +
				"haben, und lassen Sie die Angaben prüfen: Ein Angreifer will vielleicht die Anrufe zu einem " +
				"Vorfall erhalten.",
		},
		Confirm: Contact{
			Subject: "Bitte bestätigen Sie den Sicherheitskontakt",
			What: "Liest jemand diese Adresse? Sie ist für den Sicherheitskontakt des unten genannten " +
				"Unternehmens " +
				"eingetragen, und Sicherheitsvorfälle werden hierher gemeldet.",
			Question: "Wenn Sie nicht der Sicherheitskontakt sind",
			Act: "Sagen Sie es einem globalen Administrator des Unternehmens: Niemand sonst kann den " +
				"Sicherheitskontakt " +
				"ändern.",
		},
		Lapsed: Contact{
			Subject: "Bitte prüfen Sie den Sicherheitskontakt",
			What: "Sie erhalten diese Nachricht als globaler Administrator des unten genannten Unternehmens. " +
				"Sein " +
				"Sicherheitskontakt hat nicht bestätigt, dass jemand seine Adresse liest, oder Nachrichten an " +
				"diese Adresse " +
				"kamen zurück. Sicherheitsvorfälle werden weiterhin dorthin gemeldet, aber vielleicht handelt " +
				"niemand.",
			Question: "Was zu tun ist",
			Act: "Sehen Sie sich den Sicherheitskontakt im rechtlichen Profil des Unternehmens an. Lassen Sie ihn " +
				"von jemandem bestätigen, der die Adresse liest, oder tragen Sie eine ein, die gelesen wird. Nur ein " +
				"globaler Administrator kann den Sicherheitskontakt ändern.",
		},
		Duties: "Was von einem Sicherheitskontakt erwartet wird",
		DutyIncidents: "Betrifft ein Sicherheitsvorfall den Mandanten des Unternehmens oder den eines Kunden, " +
			"der dem Unternehmen Vertriebspartner- oder Administratorrechte gewährt hat, dann meldet das eine " +
			"E-Mail an diese Adresse und sagt, was zu tun ist. Von Ihnen wird erwartet, dass Sie sofort handeln.",
		DutyFraud: "Benachrichtigungen über Azure-Betrug gehen an die Administrator-Agents, die sich dafür " +
			"angemeldet haben.",
		Colon: ":",
	},
	Date: Date{
		Form:     "{weekday}, {day}. {month} {year}, {time} UTC",
		Weekdays: [7]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
		Months: [12]string{
			"Januar", "Februar", "März", "April", "Mai", "Juni",
			"Juli", "August", "September", "Oktober", "November", "Dezember",
		},
	},
	Kinds: map[string]string{
		"spam":                  "Spam",
		"azure_fraud":           "Azure-Betrug",
		"credential_compromise": "kompromittierte Anmeldedaten",
		"phishing":              "Phishing",
		"malware":               "Schadsoftware",
		"unauthorized_access":   "unbefugter Zugriff",
		"data_exposure":         "offengelegte Daten",

		"azure_fraud.network_connections_to_crypto_mining_pools": "Azure-Betrug: Verbindungen zu " +
			"Mining-Pools",
		"azure_fraud.crypto_mining": "Azure-Betrug: Schürfen von " +
			"Kryptowährung",
		"azure_fraud.usage_anomaly_detection": "Azure-Betrug: ungewöhnliche " +
			"Nutzung",
		"azure_fraud.virtual_machine_deployment_anomaly": "Azure-Betrug: ungewöhnliche " +
			"Bereitstellung virtueller Computer",
		"azure_fraud.vm_anomalous_deployment": "Azure-Betrug: ungewöhnliche " +
			"Bereitstellung virtueller Computer",
		"azure_fraud.multi_region_virtual_machine_scale_set_deployment_anomaly": "Azure-Betrug: ungewöhnliche " +
			"VM-Skalierungsgruppen in mehreren Regionen",
		"azure_fraud.multi_region_machine_learning_usage_anomaly": "Azure-Betrug: ungewöhnliche " +
			"Nutzung von Machine Learning in mehreren Regionen",
		"azure_fraud.azure_machine_learning_anomalous_deployment": "Azure-Betrug: ungewöhnliche " +
			"Bereitstellung von Azure Machine Learning",
		"azure_fraud.azure_batch_anomalous_deployment": "Azure-Betrug: ungewöhnliche " +
			"Bereitstellung von Azure Batch",
		"azure_fraud.azure_container_instances_anomalous_deployment": "Azure-Betrug: ungewöhnliche " +
			"Bereitstellung von Azure Container Instances",
		"azure_fraud.arm_anomalous_resource_consumption": "Azure-Betrug: ungewöhnlicher " +
			"Verbrauch von Ressourcen",
		"azure_fraud.arm_suspicious_operations": "Azure-Betrug: verdächtige " +
			"Vorgänge",
		"service_health_security_advisory": "Sicherheitshinweis von " +
			"Service Health",
	},
	Sentences: map[string]string{
		"name.missing":  "Ein Name ist erforderlich.",
		"name.too_long": "Der Name ist zu lang: höchstens 128 Zeichen, 200 für ein Unternehmen.",
		"name.character": "Der Name enthält ein Zeichen, mit dem man keine Namen schreibt, etwa < oder > oder " +
			"ein unsichtbares.",
		"name.no_letter": "Ein Name braucht mindestens einen Buchstaben oder eine Ziffer.",

		"email.missing": "Eine E-Mail-Adresse ist erforderlich.",
		"email.syntax":  "Geben Sie eine einzelne E-Mail-Adresse der Form name@company.com ein.",
		"email.non_ascii_local": "Verwenden Sie vor dem @ nur Buchstaben ohne Akzente und Umlaute, Ziffern " +
			"und übliche Zeichen: Viele Mailserver nehmen nichts anderes an.",
		"email.too_long": "Die E-Mail-Adresse ist zu lang: höchstens 254 Zeichen.",
		"email.domain": "Der Teil nach dem @ ist kein Domänenname, an den E-Mails gesendet werden " +
			"können.",
		"email.unattended": "Das sieht nach einem Postfach aus, das niemand liest; geben Sie eines an, " +
			"das beobachtet wird.",
		"email.consumer_provider": "Dieses Postfach liegt bei einem Anbieter für Privatleute; eines in der " +
			"Domäne des Unternehmens ist sicherer.",
		"email.guest_account": "Das ist der Benutzername eines Gastes und kein Postfach; geben Sie die " +
			"Adresse an, unter der der Gast E-Mails liest.",
		"email.reserved_domain": "Diese Domäne ist für Beispiele und Tests reserviert, dort kommen keine " +
			"E-Mails an; geben Sie eine echte an.",
		"email.onmicrosoft": "Diese Domäne hat Microsoft für den Mandanten angelegt; eine Adresse in der " +
			"Domäne des Unternehmens wird öfter gelesen.",
		"email.personal_mailbox": "Das sieht nach dem Postfach einer einzelnen Person aus; Microsoft bevorzugt " +
			"eine Verteilerliste der Gruppe, die für Sicherheit zuständig ist.",

		"phone.missing": "Eine Telefonnummer ist erforderlich.",
		"phone.syntax": "Geben Sie eine Telefonnummer in Ziffern ein, etwa +1 425 555 0100 ext. 12: keine " +
			"Buchstaben, keine zweite Nummer, höchstens ein +.",
		"phone.country_code": "Beginnen Sie die Telefonnummer mit + und der Landesvorwahl, damit man sie aus " +
			"dem Ausland anrufen kann.",
		"phone.impossible": "Das kann keine vollständige Telefonnummer dieses Landes sein: Geben Sie alle " +
			"Ziffern an, keine 0 nach der Landesvorwahl und keine Kurz- oder Notrufnummer.",
		"phone.unassigned":   "Diese Telefonnummer liegt in keinem bekannten Bereich; rufen Sie zur Sicherheit an.",
		"phone.premium_rate": "Das ist eine teure Sondernummer; geben Sie eine an, die jeder anrufen kann.",
		"phone.not_a_line": "Das ist ein Pager oder eine Mailbox; geben Sie ein Telefon an, an dem rund um " +
			"die Uhr jemand antwortet.",

		"tenant.syntax": "Die Mandanten-ID muss die Form 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10 haben.",
		"partner_type.unknown": "Die Art des Partners muss direct_bill_partner, indirect_provider oder " +
			"indirect_reseller sein.",
		"field.missing": "Dieses Feld ist erforderlich.",
		"field.too_long": "Der Text ist zu lang: höchstens 200 Zeichen in einer Adresszeile, 100 bei " +
			"Ort, Bundesland oder Region, 50 in einem Namen, 20 bei der Postleitzahl.",
		"field.character": "Der Text enthält einen Zeilenumbruch oder ein Zeichen, das nicht angezeigt " +
			"werden kann; geben Sie ihn noch einmal ein.",
		"country.unknown": "Geben Sie das Land mit seinem Code aus zwei Buchstaben an, etwa US, oder GB " +
			"für das Vereinigte Königreich.",
		"contact.missing": "Ein Sicherheitskontakt ist erforderlich.",
		"contact.same_as_primary": "Der Sicherheitskontakt liest dasselbe Postfach wie der primäre Kontakt; " +
			"nennen Sie die, die bei einem Vorfall handeln können.",
		"tenant.immutable": "Dieses Profil gehört zu einem anderen Mandanten und kann nicht verschoben " +
			"werden.",
		"partner_type.immutable": "Die Art des Partners kann hier nicht geändert werden.",

		"incident.id": "Geben Sie eine ID des Vorfalls ein, in einer Zeile.",
		"incident.tenant": "Die Mandanten-ID des Vorfalls muss die Form " +
			"3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10 haben.",
		"incident.kind": "Die Art muss ein Wort aus Kleinbuchstaben, Ziffern und Unterstrichen sein, " +
			"etwa credential_compromise, oder mehrere mit Punkten dazwischen.",
		"incident.severity": "Der Schweregrad muss informational, low, medium oder high sein.",
		"incident.title":    "Geben Sie einen Titel ein, in einer Zeile.",
		"incident.actions": "Geben Sie mindestens einen Schritt für den Kontakt ein, sofern der Vorfall " +
			"nicht behoben ist, und jeden in einer Zeile.",
		"incident.detected_at": "Geben Sie Datum und Uhrzeit an, zu der der Vorfall entdeckt wurde.",
		"incident.respond_by": "Geben Sie Datum und Uhrzeit an, bis zu der reagiert werden muss, nicht vor " +
			"der Entdeckung, oder nichts, wenn der Kontakt sofort reagieren muss.",
		"incident.reference": "Geben Sie die ganze Adresse einer Webseite an, etwa " +
			"https://contoso.com/incidents/42, ohne Leerzeichen und Benutzernamen, oder keine.",
		"incident.reference_host": "Die Webadresse mischt Buchstaben verschiedener Alphabete, wie es Adressen " +
			"tun, die sich für andere ausgeben; vergewissern Sie sich, dass sie stimmt.",
		"incident.tenant_name": "Geben Sie den Namen der betroffenen Organisation in einer Zeile an, oder " +
			"keinen.",
		"incident.status": "Der Status muss resolved sein, oder leer, solange der Vorfall andauert.",
		"incident.version": "Die Version muss bei der ersten Meldung eines Vorfalls 0 sein und danach " +
			"jedes Mal höher, auch wenn er behoben ist.",

		"escalation.steps":   "Fügen Sie mindestens einen Schritt hinzu, der sagt, wer benachrichtigt wird.",
		"escalation.timeout": "Geben Sie an, wie lange der Schritt auf eine Antwort wartet: länger als gar nicht.",
		"escalation.repeat":  "Die Schritte können 0- bis 99-mal wiederholt werden.",

		"contact.unverified": "Noch hat niemand bestätigt, dass diese Adresse gelesen wird.",
		"contact.due":        "Es ist Zeit, wieder zu bestätigen, dass jemand diese Adresse liest.",
		"contact.overdue": "Niemand hat rechtzeitig bestätigt, dass diese Adresse gelesen wird; lassen Sie " +
			"es bestätigen, oder geben Sie eine an, die gelesen wird.",
		"contact.bouncing": "Nachrichten an diese Adresse kamen zurück; berichtigen Sie sie, oder geben Sie " +
			"eine an, die gelesen wird.",

		"language.tag": "Geben Sie die Sprache mit ihrem Kürzel an, etwa de, oder pt-BR für brasilianisches Portugiesisch.",
	},
	Refused: "Dieser Wert wurde abgelehnt.",
	Actions: Actions{
		Subscription:  "das Azure-Abonnement {id}",
		Subscriptions: "die Azure-Abonnements des Kunden",
		StartWith:     ", und beginnen Sie mit {resources}",
		More:          "{resources} und {count} weiteren",

		Open: "Öffnen Sie {subscription} im Azure-Portal{start}.",
		Stop: "Wenn nicht alles davon erwartet ist: Beenden und löschen Sie, was ein Eindringling angelegt hat, " +
			"in jeder Region, " +
			"mit den Datenträgern und dem Speicher, die übrig bleiben.",
		Credentials: "Ändern Sie die Anmeldedaten der Administratoren des Mandanten und aller, die eine Rolle " +
			"im Abonnement " +
			"haben, und verlangen Sie von ihnen allen die mehrstufige Authentifizierung.",
		Recovery: "Prüfen Sie die Telefonnummern und Adressen, mit denen globale Administratoren ihre Kennwörter " +
			"wiederherstellen.",
		Logs: "Gehen Sie die Anmeldeprotokolle, die gefährdeten Benutzer und das Aktivitätsprotokoll um die " +
			"Zeit der Warnung " +
			"durch, und entfernen Sie jede Rolle, jedes Konto und jede Anwendung, die niemand erklären kann.",
		Cancel: "Wenn der Eindringling nicht ferngehalten werden kann, kündigen Sie das Abonnement. Fragen Sie " +
			"vorher den Kunden, " +
			"wenn Zeit ist. Dazu braucht es einen globalen Administrator, der auch Administrator-Agent ist.",
		After: "Lassen Sie danach Kontingente senken, die der Kunde nicht nutzt, und legen Sie ein " +
			"Ausgabenbudget fest.",
		Report: "Schließen Sie die Warnung im Partner Center ab: als Betrug, oder als legitim, wenn die " +
			"Aktivität erwartet ist.",

		AdvisoryRead: "Lesen Sie den Hinweis. Die Warnung im Partner Center enthält eine Kopie dessen, was dem " +
			"Kunden unter " +
			"Service Health im Azure-Portal gesagt wurde.",
		AdvisoryDo: "Tun Sie zusammen mit dem Kunden, was er verlangt, für {subscription}{start}.",
		AdvisoryAlert: "Sorgen Sie dafür, dass der Kunde eine Warnung für Service Health hat, damit der nächste " +
			"Hinweis " +
			"jemanden erreicht.",
		AdvisoryResolve: "Schließen Sie die Warnung im Partner Center ab: als legitim, sobald es getan ist, " +
			"oder als Betrug, wenn " +
			"es um einen Eindringling geht.",

		OtherOpen: "Öffnen Sie die Warnung im Partner Center unter Insights, Security, Alerts, und lesen Sie, " +
			"was für " +
			"{subscription} beobachtet wurde{start}.",
		OtherAsk: "Fragen Sie den Kunden, ob die Aktivität erwartet ist.",

		Look: map[string]string{
			"networkConnectionsToCryptoMiningPools": "Finden Sie heraus, welche Computer sich mit einem " +
				"Mining-Pool verbinden " +
				"und ob beim Kunden jemand dort absichtlich Kryptowährung schürft.",
			"cryptoMining": "Finden Sie heraus, welche Ressourcen Kryptowährung schürfen und ob beim Kunden " +
				"jemand das " +
				"absichtlich tut.",
			"usageAnomalyDetection": "Vergleichen Sie die Nutzung der letzten Tage Region für Region mit der " +
				"des Monats davor, " +
				"und fragen Sie den Kunden, was sie erklärt.",
			"virtualMachineDeploymentAnomaly": "Suchen Sie nach virtuellen Computern, die vor Kurzem angelegt " +
				"wurden, und fragen " +
				"Sie den Kunden nach jedem, der groß ist oder in einer ungewöhnlichen Region liegt.",
			"vmAnomalousDeployment": "Suchen Sie nach virtuellen Computern, die vor Kurzem angelegt wurden, und " +
				"fragen " +
				"Sie den Kunden nach jedem, der groß ist oder in einer ungewöhnlichen Region liegt.",
			"multiRegionVirtualMachineScaleSetDeploymentAnomaly": "Suchen Sie in jeder Region, nicht nur in den " +
				"üblichen, nach " +
				"VM-Skalierungsgruppen, und fragen Sie den Kunden nach jeder.",
			"multiRegionMachineLearningUsageAnomaly": "Suchen Sie in jeder Region, nicht nur in den üblichen, " +
				"nach Arbeitsbereichen " +
				"und Rechenleistung von Machine Learning, und fragen Sie den Kunden danach.",
			"azureMachineLearningAnomalousDeployment": "Suchen Sie in jeder Region nach Arbeitsbereichen und " +
				"Rechenleistung von " +
				"Machine Learning, die vor Kurzem angelegt wurden, und fragen Sie den Kunden danach.",
			"azureBatchAnomalousDeployment": "Suchen Sie in jeder Region nach Batch-Konten und -Pools, die vor " +
				"Kurzem angelegt " +
				"wurden, und fragen Sie den Kunden danach.",
			"azureContainerInstancesAnomalousDeployment": "Suchen Sie in jeder Region nach Containerinstanzen, " +
				"die vor Kurzem " +
				"angelegt wurden, und fragen Sie den Kunden danach und nach ihrem Image.",
			"armAnomalousResourceConsumption": "Vergleichen Sie, was in den letzten Tagen angelegt und genutzt " +
				"wurde, mit dem Monat " +
				"davor, und fragen Sie den Kunden, was es erklärt.",
			"armSuspiciousOperations": "Lesen Sie im Aktivitätsprotokoll, welche Vorgänge ungewöhnlich waren " +
				"und von wem sie " +
				"stammen, und fragen Sie diese Person, ob sie es war.",
		},
	},
	Webhook: Webhook{Fallback: "Sicherheitsbenachrichtigung", Answer: "Antworten", Reference: "Verweis"},
}
