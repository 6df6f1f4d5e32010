package words

// The terms are those of Microsoft's Italian pages of Partner Center: see terms
// in terms_test.go.
var it = Language{
	Tag:  "it",
	Name: "Italiano",
	Letter: Letter{
		Drill: "[ESERCITAZIONE] ", Resolved: "Risolto: ", Unanswered: "Senza risposta: ",
		Subject:         "Incidente di sicurezza",
		SubjectSeverity: " ({severity})", SubjectCompany: " per {company}", SubjectTenant: ", tenant {tenant}",
		SubjectTitle: ": {title}", SubjectContactCompany: " di {company}",

		Title:          "Incidente di sicurezza",
		TitleDrill:     "Esercitazione di un incidente di sicurezza",
		TitleOver:      "L’incidente di sicurezza è terminato",
		TitleDrillOver: "L’esercitazione di un incidente di sicurezza è terminata",

		IsDrill: "Questa è un’esercitazione: non è successo nulla.",
		DrillSteps: "Segua i passaggi qui sotto come in un incidente reale, ma non blocchi, non modifichi e non " +
			"elimini nulla " +
			"che sia in uso.",
		IsUpdate:       "Questo è un aggiornamento: un messaggio precedente riguardava lo stesso incidente.",
		NobodyAnswered: "Un messaggio precedente ne parlava già e nessuno ha risposto.",
		AllClear:       "Questo è il cessato allarme: l’incidente è terminato e non c’è più nulla da fare.",

		AsSecurityContact: "Riceve questo messaggio come contatto di sicurezza dell’azienda indicata qui sotto.",
		AsAdminAgent: "Riceve questo messaggio come agente di amministrazione dell’azienda indicata qui sotto, " +
			"iscritto alle " +
			"notifiche di frode di Azure.",
		AsGlobalAdmin: "Riceve questo messaggio come amministratore globale dell’azienda indicata qui sotto, " +
			"perché lì non è " +
			"stato possibile avvisare nessun altro.",
		AsStandIn: "Riceve questo messaggio come amministratore globale dell’azienda indicata qui sotto, perché " +
			"nessuno ha " +
			"risposto.",
		AsSubscriber: "Riceve questo messaggio perché questo indirizzo è registrato per gli incidenti di " +
			"sicurezza " +
			"dell’azienda indicata qui sotto.",
		AsOther: "Riceve questo messaggio per conto dell’azienda indicata qui sotto.",

		ImpactsOwn:       "L’incidente riguarda il tenant dell’azienda stessa.",
		ImpactsOther:     "L’incidente riguarda un tenant che non è quello dell’azienda.",
		ImpactsCustomer:  "L’incidente riguarda il tenant di un cliente, sul quale l’azienda ha {rights}.",
		ImpactedOwn:      "L’incidente ha riguardato il tenant dell’azienda stessa.",
		ImpactedOther:    "L’incidente ha riguardato un tenant che non è quello dell’azienda.",
		ImpactedCustomer: "L’incidente ha riguardato il tenant di un cliente, sul quale l’azienda ha {rights}.",
		Reseller:         "la relazione rivenditore",
		DelegatedAdmin:   "privilegi amministrativi delegati",
		GranularAdmin:    "privilegi amministrativi delegati granulari",
		Comma:            ", ", And: " e ", Between: " ",

		HowToAnswer:  "Come rispondere",
		AnswerOnPage: "Apra questa pagina e risponda lì.",
		AnswerByCode: "Apra questa pagina e inserisca lì il codice.",
		AnswerOnIt:   "La Sua risposta dice che se ne sta occupando e che qualcuno legge questo indirizzo.",
		AnswerReads:  "La Sua risposta dice che qualcuno legge questo indirizzo.",
		AnswerConfirms: "La Sua risposta dice che qualcuno legge questo indirizzo. La pagina mostra i dati " +
			"inseriti per il " +
			"contatto.",

		Actions: "Che cosa fare, in quest’ordine", Summary: "Che cosa si sa", Details: "Dettagli",
		Company: "Azienda", Tenant: "Tenant", Incident: "Incidente", Severity: "Gravità",
		RespondBy: "Reagire entro", Respond: "Reagire", AtOnce: "immediatamente", WaitingSince: "Senza risposta da",
		Page: "Pagina", Code: "Codice", Reference: "Riferimento", Kind: "Tipo", Detected: "Rilevato",
		ImpactedTenant: "Tenant interessato", OwnTenant: "Tenant dell’azienda", IncidentID: "ID dell’incidente",
		Notification:  "Notifica",
		Informational: "informativa", Low: "bassa", Medium: "media", High: "alta",

		Appointed: Contact{
			Subject: "Ora Lei è il contatto di sicurezza",
			What: "Questo indirizzo è stato inserito per il contatto di sicurezza dell’azienda indicata qui " +
				"sotto.",
			Question: "Se non se lo aspettava",
			Act: "Lo dica a un amministratore globale dell’azienda: nessun altro può modificare il contatto di " +
				"sicurezza.",
		},
		Replaced: Contact{
			Subject: "Lei non è più il contatto di sicurezza",
			What: "Per il contatto di sicurezza dell’azienda indicata qui sotto è stato inserito un altro " +
				"indirizzo al posto di " +
				"questo. Gli incidenti di sicurezza non vengono più inviati qui.",
			Question: "Se nessuno Gliene ha parlato",
			Act: "Chiami subito un amministratore globale dell’azienda, a un numero che ha già: chi vuole che " +
				"un incidente passi " +
				"inosservato modifica per prima cosa il contatto di sicurezza.",
		},
		Updated: Contact{
			Subject: "Nuovi dati del contatto di sicurezza",
			What: "Alcuni dati del contatto di sicurezza dell’azienda indicata qui sotto, come il nome, il " +
				"numero di telefono o " +
				"la grafia dell’indirizzo, sono stati modificati. Gli incidenti di sicurezza vengono ancora " +
				"inviati qui.",
			Question: "Se nessuno Gliene ha parlato",
			Act: "Chiami subito un amministratore globale dell’azienda, a un numero che ha già, e faccia " +
				"controllare i dati: un " +
				"utente malintenzionato potrebbe volere le chiamate su un incidente.",
		},
		Confirm: Contact{
			Subject: "Confermi il contatto di sicurezza",
			What: "Qualcuno legge questo indirizzo? È inserito per il contatto di sicurezza dell’azienda " +
				"indicata qui sotto, e " +
				"gli incidenti di sicurezza vengono inviati qui.",
			Question: "Se Lei non è il contatto di sicurezza",
			Act: "Lo dica a un amministratore globale dell’azienda: nessun altro può modificare il contatto di " +
				"sicurezza.",
		},
		Lapsed: Contact{
			Subject: "Controlli il contatto di sicurezza",
			What: "Riceve questo messaggio come amministratore globale dell’azienda indicata qui sotto. Il suo " +
				"contatto di " +
				"sicurezza non ha confermato che qualcuno legge il suo indirizzo, o alcuni messaggi a " +
				"quell’indirizzo sono " +
				"tornati indietro. Gli incidenti di sicurezza vengono ancora inviati lì, ma forse nessuno agisce.",
			Question: "Che cosa fare",
			Act: "Controlli il contatto di sicurezza nel profilo legale dell’azienda. Lo faccia confermare da " +
				"chi legge " +
				"l’indirizzo, o ne inserisca uno che viene letto. Solo un amministratore globale può modificare " +
				"il contatto di " +
				"sicurezza.",
		},
		Duties: "Che cosa ci si aspetta da un contatto di sicurezza",
		DutyIncidents: "Se un incidente di sicurezza riguarda il tenant dell’azienda, o quello di un cliente " +
			"che le ha concesso " +
			"diritti di rivenditore o amministrativi, un messaggio di posta elettronica a questo indirizzo lo " +
			"comunica e dice " +
			"che cosa fare. Ci si aspetta che Lei agisca immediatamente.",
		DutyFraud: "Le notifiche di frode di Azure vanno agli agenti di amministrazione che vi si sono iscritti.",
		Colon:     ":",
	},
	Date: Date{
		Form:     "{weekday} {day} {month} {year}, {time} UTC",
		Weekdays: [7]string{"domenica", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato"},
		Months: [12]string{
			"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
			"luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
		},
	},
	Kinds: map[string]string{
		"spam":                  "posta indesiderata",
		"azure_fraud":           "frode di Azure",
		"credential_compromise": "credenziali compromesse",
		"phishing":              "furto di dati tramite messaggi falsi (phishing)",
		"malware":               "software dannoso",
		"unauthorized_access":   "accesso non autorizzato",
		"data_exposure":         "esposizione di dati",

		"azure_fraud.network_connections_to_crypto_mining_pools": "frode di Azure: connessioni a " +
			"pool di mining",
		"azure_fraud.crypto_mining": "frode di Azure: mining di " +
			"criptovaluta",
		"azure_fraud.usage_anomaly_detection": "frode di Azure: utilizzo anomalo",
		"azure_fraud.virtual_machine_deployment_anomaly": "frode di Azure: distribuzione " +
			"anomala di macchine virtuali",
		"azure_fraud.vm_anomalous_deployment": "frode di Azure: distribuzione " +
			"anomala di macchine virtuali",
		"azure_fraud.multi_region_virtual_machine_scale_set_deployment_anomaly": "frode di Azure: set di " +
			"scalabilità anomali in più aree",
		"azure_fraud.multi_region_machine_learning_usage_anomaly": "frode di Azure: utilizzo " +
			"anomalo di Machine Learning in più aree",
		"azure_fraud.azure_machine_learning_anomalous_deployment": "frode di Azure: distribuzione " +
			"anomala di Azure Machine Learning",
		"azure_fraud.azure_batch_anomalous_deployment": "frode di Azure: distribuzione " +
			"anomala di Azure Batch",
		"azure_fraud.azure_container_instances_anomalous_deployment": "frode di Azure: distribuzione " +
			"anomala di Istanze di Azure Container",
		"azure_fraud.arm_anomalous_resource_consumption": "frode di Azure: consumo " +
			"anomalo di risorse",
		"azure_fraud.arm_suspicious_operations": "frode di Azure: operazioni " +
			"sospette",
		"service_health_security_advisory": "avviso di sicurezza di " +
			"Integrità dei servizi",
	},
	Sentences: map[string]string{
		"name.missing":  "È necessario un nome.",
		"name.too_long": "Il nome è troppo lungo: al massimo 128 caratteri, 200 per un’azienda.",
		"name.character": "Il nome contiene un carattere con cui non si scrivono nomi, come < o >, o uno che " +
			"non si vede.",
		"name.no_letter": "Un nome deve avere almeno una lettera o una cifra.",

		"email.missing": "È necessario un indirizzo di posta elettronica.",
		"email.syntax":  "Inserisca un solo indirizzo di posta elettronica della forma name@company.com.",
		"email.non_ascii_local": "Prima della @ usi solo lettere senza accenti, cifre e segni comuni: molti " +
			"server di posta non accettano altro.",
		"email.too_long":   "L’indirizzo di posta elettronica è troppo lungo: al massimo 254 caratteri.",
		"email.domain":     "La parte dopo la @ non è un nome di dominio a cui si può inviare posta.",
		"email.unattended": "Sembra una casella che nessuno legge; ne indichi una che viene seguita.",
		"email.consumer_provider": "Questa casella è presso un provider per privati; una nel dominio " +
			"dell’azienda è più sicura.",
		"email.guest_account": "Questo è il nome utente di un guest, non una casella; indichi l’indirizzo a " +
			"cui il guest legge la posta.",
		"email.reserved_domain": "Questo dominio è riservato a esempi e prove e lì non arriva posta; ne " +
			"indichi uno reale.",
		"email.onmicrosoft": "Questo dominio è stato creato da Microsoft per il tenant; un indirizzo nel " +
			"dominio dell’azienda viene letto più spesso.",
		"email.personal_mailbox": "Sembra la casella di una sola persona; Microsoft preferisce una lista di " +
			"distribuzione del gruppo che si occupa di sicurezza.",

		"phone.missing": "È necessario un numero di telefono.",
		"phone.syntax": "Inserisca un solo numero di telefono in cifre, come +1 425 555 0100 ext. 12: " +
			"niente lettere, nessun secondo numero, al massimo un +.",
		"phone.country_code": "Faccia iniziare il numero di telefono con + e il prefisso del paese, perché lo " +
			"si possa chiamare dall’estero.",
		"phone.impossible": "Non può essere un numero di telefono completo del suo paese: indichi tutte le " +
			"cifre, nessuno 0 superfluo dopo il prefisso, e nessun numero breve o di emergenza.",
		"phone.unassigned": "Questo numero di telefono non è in nessun intervallo noto; lo chiami per esserne " +
			"certi.",
		"phone.premium_rate": "Questo è un numero a tariffa maggiorata; ne indichi uno che chiunque può chiamare.",
		"phone.not_a_line": "Questo è un cercapersone o una segreteria; indichi un telefono a cui si risponde " +
			"a ogni ora, tutti i giorni.",

		"tenant.syntax": "L’ID del tenant deve avere la forma 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
		"partner_type.unknown": "Il tipo di partner deve essere direct_bill_partner, indirect_provider o " +
			"indirect_reseller.",
		"field.missing": "Questo campo è obbligatorio.",
		"field.too_long": "Il testo è troppo lungo: al massimo 200 caratteri in una riga di indirizzo, " +
			"100 per città, stato o area, 50 in un nome, 20 per un codice postale.",
		"field.character": "Il testo contiene un’interruzione di riga o un carattere che non si può " +
			"mostrare; lo scriva di nuovo.",
		"country.unknown": "Indichi il paese con il codice di due lettere, come US, o GB per il Regno " +
			"Unito.",
		"contact.missing": "È necessario un contatto di sicurezza.",
		"contact.same_as_primary": "Il contatto di sicurezza legge la stessa casella del contatto principale; " +
			"indichi chi può agire in un incidente.",
		"tenant.immutable":       "Questo profilo appartiene a un altro tenant e non si può spostare.",
		"partner_type.immutable": "Il tipo di partner non si può modificare qui.",

		"incident.id": "Inserisca un ID dell’incidente di una riga.",
		"incident.tenant": "L’ID del tenant dell’incidente deve avere la forma " +
			"3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
		"incident.kind": "Il tipo deve essere una parola di lettere minuscole, cifre e trattini " +
			"bassi, come credential_compromise, o più parole separate da punti.",
		"incident.severity": "La gravità deve essere informational, low, medium o high.",
		"incident.title":    "Inserisca un titolo di una riga.",
		"incident.actions": "Inserisca almeno un’azione per il contatto, a meno che l’incidente non sia " +
			"risolto, ognuna di una riga.",
		"incident.detected_at": "Inserisca la data e l’ora in cui l’incidente è stato rilevato.",
		"incident.respond_by": "Inserisca una data e un’ora entro cui reagire, non prima del rilevamento, o " +
			"nessuna se il contatto deve reagire immediatamente.",
		"incident.reference": "Inserisca l’indirizzo intero di una pagina Web, come " +
			"https://contoso.com/incidents/42, senza spazi e nomi utente, o nessuno.",
		"incident.reference_host": "L’indirizzo Web mescola lettere di alfabeti diversi, come fanno quelli che " +
			"si spacciano per un altro; si assicuri che sia quello giusto.",
		"incident.tenant_name": "Inserisca il nome dell’organizzazione interessata su una riga, o nessuno.",
		"incident.status":      "Lo stato deve essere resolved, o vuoto finché l’incidente continua.",
		"incident.version": "La versione deve essere 0 quando l’incidente viene comunicato per la prima " +
			"volta, e più alta ogni volta dopo, anche quando è risolto.",

		"escalation.steps":   "Aggiunga almeno un passaggio che dica chi viene avvisato.",
		"escalation.timeout": "Indichi quanto il passaggio aspetta una risposta: più di niente.",
		"escalation.repeat":  "I passaggi si possono ripetere da 0 a 99 volte.",

		"contact.unverified": "Nessuno ha ancora confermato che questo indirizzo viene letto.",
		"contact.due":        "È ora di confermare di nuovo che qualcuno legge questo indirizzo.",
		"contact.overdue": "Nessuno ha confermato in tempo che questo indirizzo viene letto; lo faccia " +
			"confermare, o ne inserisca uno che viene letto.",
		"contact.bouncing": "Alcuni messaggi a questo indirizzo sono tornati indietro; lo corregga, o ne " +
			"inserisca uno che viene letto.",

		"language.tag": "Indichi la lingua con il suo codice, come de, o pt-BR per il portoghese brasiliano.",
	},
	Refused: "Questo valore è stato rifiutato.",
	Actions: Actions{
		Subscription:  "la sottoscrizione di Azure {id}",
		Subscriptions: "le sottoscrizioni di Azure del cliente",
		StartWith:     ", cominciando da {resources}",
		More:          "{resources} e altre {count}",

		Open: "Apra {subscription} nel portale di Azure{start}.",
		Stop: "Se non tutto è previsto, arresti ed elimini ciò che un intruso ha creato, in ogni area, con i " +
			"dischi e lo spazio " +
			"di archiviazione che restano.",
		Credentials: "Cambi le credenziali degli amministratori del tenant e di tutti coloro che hanno un ruolo " +
			"nella " +
			"sottoscrizione, e richieda a tutti loro l’autenticazione a più fattori.",
		Recovery: "Controlli i numeri di telefono e gli indirizzi con cui gli amministratori globali recuperano " +
			"le loro " +
			"password.",
		Logs: "Esamini i log di accesso, gli utenti a rischio e il log attività intorno all’ora dell’avviso, e " +
			"rimuova ogni " +
			"ruolo, account e applicazione che nessuno sa spiegare.",
		Cancel: "Se non si riesce a tenere fuori l’intruso, annulli la sottoscrizione. Chieda prima al cliente, " +
			"se c’è tempo. " +
			"Serve un amministratore globale che sia anche agente di amministrazione.",
		After:  "Dopo, faccia ridurre le quote che il cliente non usa e imposti un budget di spesa.",
		Report: "Chiuda l’avviso nel Centro per i partner: come frode, o come legittimo se l’attività è prevista.",

		AdvisoryRead: "Legga la comunicazione. L’avviso nel Centro per i partner contiene una copia di ciò che " +
			"è stato detto al " +
			"cliente sotto Service Health nel portale di Azure.",
		AdvisoryDo: "Faccia insieme al cliente ciò che chiede, per {subscription}{start}.",
		AdvisoryAlert: "Faccia in modo che il cliente abbia un avviso per Service Health, perché la prossima " +
			"comunicazione " +
			"raggiunga qualcuno.",
		AdvisoryResolve: "Chiuda l’avviso nel Centro per i partner: come legittimo una volta fatto, o come " +
			"frode se si tratta di " +
			"un intruso.",

		OtherOpen: "Apra l’avviso nel Centro per i partner, sotto Insights, Security, Alerts, e legga che cosa " +
			"è stato osservato " +
			"per {subscription}{start}.",
		OtherAsk: "Chieda al cliente se l’attività è prevista.",

		Look: map[string]string{
			"networkConnectionsToCryptoMiningPools": "Scopra quali macchine si collegano a un pool di mining, e " +
				"se qualcuno presso " +
				"il cliente estrae lì criptovaluta di proposito.",
			"cryptoMining": "Scopra quali risorse estraggono criptovaluta, e se qualcuno presso il cliente lo " +
				"fa di proposito.",
			"usageAnomalyDetection": "Confronti l’utilizzo degli ultimi giorni con quello del mese precedente, " +
				"area per area, e " +
				"chieda al cliente che cosa lo spiega.",
			"virtualMachineDeploymentAnomaly": "Cerchi le macchine virtuali create di recente, e chieda al " +
				"cliente di ognuna che sia " +
				"grande o in un’area insolita.",
			"vmAnomalousDeployment": "Cerchi le macchine virtuali create di recente, e chieda al cliente di " +
				"ognuna che sia " +
				"grande o in un’area insolita.",
			"multiRegionVirtualMachineScaleSetDeploymentAnomaly": "Cerchi in ogni area, non solo in quelle " +
				"abituali, set di " +
				"scalabilità di macchine virtuali, e chieda al cliente di ognuno.",
			"multiRegionMachineLearningUsageAnomaly": "Cerchi in ogni area, non solo in quelle abituali, aree " +
				"di lavoro e calcolo " +
				"di Machine Learning, e chieda al cliente di ognuno.",
			"azureMachineLearningAnomalousDeployment": "Cerchi in ogni area aree di lavoro e calcolo di Machine " +
				"Learning creati di " +
				"recente, e chieda al cliente di ognuno.",
			"azureBatchAnomalousDeployment": "Cerchi in ogni area account e pool di Batch creati di recente, e " +
				"chieda al cliente di " +
				"ognuno.",
			"azureContainerInstancesAnomalousDeployment": "Cerchi in ogni area istanze di contenitore create di " +
				"recente, e chieda " +
				"al cliente di ognuna e della sua immagine.",
			"armAnomalousResourceConsumption": "Confronti ciò che è stato creato e usato negli ultimi giorni " +
				"con il mese precedente, " +
				"e chieda al cliente che cosa lo spiega.",
			"armSuspiciousOperations": "Legga nel log attività quali operazioni erano insolite e chi le ha " +
				"fatte, e chieda a quella " +
				"persona se è stata lei.",
		},
	},
	Webhook: Webhook{Fallback: "Notifica di sicurezza", Answer: "Rispondi", Reference: "Riferimento"},
}
