package words

// The terms are those of Microsoft's Dutch pages of Partner Center: see terms
// in terms_test.go.
var nl = Language{
	Tag:  "nl",
	Name: "Nederlands",
	Letter: Letter{
		Drill: "[OEFENING] ", Resolved: "Opgelost: ", Unanswered: "Onbeantwoord: ",
		Subject:         "Beveiligingsincident",
		SubjectSeverity: " ({severity})", SubjectCompany: " bij {company}", SubjectTenant: ", tenant {tenant}",
		SubjectTitle: ": {title}", SubjectContactCompany: " van {company}",

		Title:          "Beveiligingsincident",
		TitleDrill:     "Oefening van een beveiligingsincident",
		TitleOver:      "Het beveiligingsincident is voorbij",
		TitleDrillOver: "De oefening van een beveiligingsincident is voorbij",

		IsDrill: "Dit is een oefening: er is niets gebeurd.",
		DrillSteps: "Doorloop de onderstaande stappen zoals bij een echt incident, maar blokkeer, wijzig en " +
			"verwijder niets wat " +
			"in gebruik is.",
		IsUpdate:       "Dit is een update: een eerder bericht ging over hetzelfde incident.",
		NobodyAnswered: "Een eerder bericht ging hier al over, en niemand heeft geantwoord.",
		AllClear: "Dit is het einde van het alarm: het incident is voorbij en er hoeft niets meer te " +
			"gebeuren.",

		AsSecurityContact: "U ontvangt dit als beveiligingscontact van het onderstaande bedrijf.",
		AsAdminAgent: "U ontvangt dit als beheerderagent van het onderstaande bedrijf die zich heeft aangemeld " +
			"voor meldingen " +
			"over Azure-fraude.",
		AsGlobalAdmin: "U ontvangt dit als globale beheerder van het onderstaande bedrijf, omdat daar niemand " +
			"anders kon worden " +
			"bereikt.",
		AsStandIn: "U ontvangt dit als globale beheerder van het onderstaande bedrijf, omdat niemand heeft " +
			"geantwoord.",
		AsSubscriber: "U ontvangt dit omdat dit adres is geregistreerd voor beveiligingsincidenten van het " +
			"onderstaande " +
			"bedrijf.",
		AsOther: "U ontvangt dit namens het onderstaande bedrijf.",

		ImpactsOwn:       "Het incident treft de eigen tenant van het bedrijf.",
		ImpactsOther:     "Het incident treft een tenant die niet van het bedrijf zelf is.",
		ImpactsCustomer:  "Het incident treft de tenant van een klant, waarover het bedrijf {rights} heeft.",
		ImpactedOwn:      "Het incident trof de eigen tenant van het bedrijf.",
		ImpactedOther:    "Het incident trof een tenant die niet van het bedrijf zelf is.",
		ImpactedCustomer: "Het incident trof de tenant van een klant, waarover het bedrijf {rights} heeft.",
		Reseller:         "de resellerrelatie",
		DelegatedAdmin:   "gedelegeerde beheerdersbevoegdheden",
		GranularAdmin:    "gedetailleerde gedelegeerde beheerdersbevoegdheden",
		Comma:            ", ", And: " en ", Between: " ",

		HowToAnswer:  "Zo antwoordt u",
		AnswerOnPage: "Open deze pagina en antwoord daar.",
		AnswerByCode: "Open deze pagina en voer daar de code in.",
		AnswerOnIt:   "Uw antwoord zegt dat u ermee bezig bent en dat iemand dit adres leest.",
		AnswerReads:  "Uw antwoord zegt dat iemand dit adres leest.",
		AnswerConfirms: "Uw antwoord zegt dat iemand dit adres leest. De pagina toont de gegevens die voor het " +
			"contact zijn " +
			"ingevoerd.",

		Actions: "Wat u moet doen, in deze volgorde", Summary: "Wat bekend is", Details: "Details",
		Company: "Bedrijf", Tenant: "Tenant", Incident: "Incident", Severity: "Ernst",
		RespondBy: "Reageren vóór", Respond: "Reageren", AtOnce: "onmiddellijk", WaitingSince: "Onbeantwoord sinds",
		Page: "Pagina", Code: "Code", Reference: "Verwijzing", Kind: "Soort", Detected: "Ontdekt",
		ImpactedTenant: "Getroffen tenant", OwnTenant: "Tenant van het bedrijf", IncidentID: "Incident-id",
		Notification:  "Melding",
		Informational: "ter informatie", Low: "laag", Medium: "gemiddeld", High: "hoog",

		Appointed: Contact{
			Subject:  "U bent nu het beveiligingscontact",
			What:     "Dit adres is ingevoerd voor het beveiligingscontact van het onderstaande bedrijf.",
			Question: "Als u dit niet had verwacht",
			Act: "Zeg het tegen een globale beheerder van het bedrijf: niemand anders kan het " +
				"beveiligingscontact " +
				"wijzigen.",
		},
		Replaced: Contact{
			Subject: "U bent niet langer het beveiligingscontact",
			What: "Voor het beveiligingscontact van het onderstaande bedrijf is een ander adres ingevoerd in " +
				"plaats van dit. " +
				"Beveiligingsincidenten worden niet meer hierheen gestuurd.",
			Question: "Als niemand u hiervan heeft verteld",
			Act: "Bel onmiddellijk een globale beheerder van het bedrijf, op een nummer dat u al hebt: wie wil " +
				"dat een incident " +
				"onopgemerkt blijft, wijzigt eerst het beveiligingscontact.",
		},
		Updated: Contact{
			Subject: "Nieuwe gegevens van het beveiligingscontact",
			What: "Gegevens van het beveiligingscontact van het onderstaande bedrijf zijn gewijzigd, zoals de " +
				"naam, het " +
				"telefoonnummer of de schrijfwijze van het adres. Beveiligingsincidenten worden nog steeds " +
				"hierheen gestuurd.",
			Question: "Als niemand u hiervan heeft verteld",
			Act: "Bel onmiddellijk een globale beheerder van het bedrijf, op een nummer dat u al hebt, en laat " +
				"de gegevens " +
				"controleren: een aanvaller wil misschien de telefoontjes over een incident ontvangen.",
		},
		Confirm: Contact{
			Subject: "Bevestig het beveiligingscontact",
			What: "Leest iemand dit adres? Het is ingevoerd voor het beveiligingscontact van het onderstaande " +
				"bedrijf, en " +
				"beveiligingsincidenten worden hierheen gestuurd.",
			Question: "Als u niet het beveiligingscontact bent",
			Act: "Zeg het tegen een globale beheerder van het bedrijf: niemand anders kan het " +
				"beveiligingscontact " +
				"wijzigen.",
		},
		Lapsed: Contact{
			Subject: "Controleer het beveiligingscontact",
			What: "U ontvangt dit als globale beheerder van het onderstaande bedrijf. Het beveiligingscontact " +
				"heeft niet " +
				"bevestigd dat iemand het adres leest, of berichten aan dat adres kwamen terug. " +
				"Beveiligingsincidenten worden " +
				"nog steeds daarheen gestuurd, maar misschien doet niemand er iets mee.",
			Question: "Wat u moet doen",
			Act: "Bekijk het beveiligingscontact in het juridische profiel van het bedrijf. Laat iemand die het " +
				"adres leest het " +
				"bevestigen, of voer er een in dat wordt gelezen. Alleen een globale beheerder kan het " +
				"beveiligingscontact " +
				"wijzigen.",
		},
		Duties: "Wat van een beveiligingscontact wordt verwacht",
		DutyIncidents: "Als een beveiligingsincident de tenant van het bedrijf treft, of de tenant van een " +
			"klant die het bedrijf " +
			"reseller- of beheerdersrechten heeft gegeven, dan meldt een e-mail aan dit adres dat, en wat er " +
			"moet gebeuren. " +
			"Van u wordt verwacht dat u onmiddellijk handelt.",
		DutyFraud: "Meldingen over Azure-fraude gaan naar de beheerderagenten die zich ervoor hebben aangemeld.",
		Colon:     ":",
	},
	Date: Date{
		Form:     "{weekday} {day} {month} {year}, {time} UTC",
		Weekdays: [7]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
		Months: [12]string{
			"januari", "februari", "maart", "april", "mei", "juni",
			"juli", "augustus", "september", "oktober", "november", "december",
		},
	},
	Kinds: map[string]string{
		"spam":                  "ongewenste e-mail",
		"azure_fraud":           "Azure-fraude",
		"credential_compromise": "gestolen aanmeldgegevens",
		"phishing":              "oplichting via nepberichten (phishing)",
		"malware":               "schadelijke software",
		"unauthorized_access":   "onbevoegde toegang",
		"data_exposure":         "blootgestelde gegevens",

		"azure_fraud.network_connections_to_crypto_mining_pools": "Azure-fraude: verbindingen " +
			"met miningpools",
		"azure_fraud.crypto_mining": "Azure-fraude: minen van " +
			"cryptovaluta",
		"azure_fraud.usage_anomaly_detection": "Azure-fraude: afwijkend gebruik",
		"azure_fraud.virtual_machine_deployment_anomaly": "Azure-fraude: afwijkende " +
			"implementatie van virtuele machines",
		"azure_fraud.vm_anomalous_deployment": "Azure-fraude: afwijkende " +
			"implementatie van virtuele machines",
		"azure_fraud.multi_region_virtual_machine_scale_set_deployment_anomaly": "Azure-fraude: afwijkende " +
			"virtuele-machineschaalsets in meerdere regio’s",
		"azure_fraud.multi_region_machine_learning_usage_anomaly": "Azure-fraude: afwijkend " +
			"gebruik van Machine Learning in meerdere regio’s",
		"azure_fraud.azure_machine_learning_anomalous_deployment": "Azure-fraude: afwijkende " +
			"implementatie van Azure Machine Learning",
		"azure_fraud.azure_batch_anomalous_deployment": "Azure-fraude: afwijkende " +
			"implementatie van Azure Batch",
		"azure_fraud.azure_container_instances_anomalous_deployment": "Azure-fraude: afwijkende " +
			"implementatie van Azure Container Instances",
		"azure_fraud.arm_anomalous_resource_consumption": "Azure-fraude: afwijkend " +
			"verbruik van resources",
		"azure_fraud.arm_suspicious_operations": "Azure-fraude: verdachte " +
			"bewerkingen",
		"service_health_security_advisory": "beveiligingsadvies van " +
			"Service Health",
	},
	Sentences: map[string]string{
		"name.missing":  "Een naam is verplicht.",
		"name.too_long": "De naam is te lang: hoogstens 128 tekens, 200 voor een bedrijf.",
		"name.character": "De naam bevat een teken waarmee namen niet worden geschreven, zoals < of >, of een " +
			"onzichtbaar teken.",
		"name.no_letter": "Een naam heeft minstens één letter of cijfer nodig.",

		"email.missing": "Een e-mailadres is verplicht.",
		"email.syntax":  "Voer één gewoon e-mailadres in van de vorm name@company.com.",
		"email.non_ascii_local": "Gebruik vóór de @ alleen letters zonder accenten, cijfers en gangbare " +
			"tekens: veel mailservers accepteren niets anders.",
		"email.too_long": "Het e-mailadres is te lang: hoogstens 254 tekens.",
		"email.domain":   "Het deel na de @ is geen domeinnaam waarnaar e-mail kan worden gestuurd.",
		"email.unattended": "Dit lijkt op een postvak dat niemand leest; geef er een op dat in de gaten " +
			"wordt gehouden.",
		"email.consumer_provider": "Dit postvak is van een provider voor consumenten; een postvak in het eigen " +
			"domein van het bedrijf is veiliger.",
		"email.guest_account": "Dit is de gebruikersnaam van een gast, geen postvak; geef het adres op " +
			"waarop de gast e-mail leest.",
		"email.reserved_domain": "Dit domein is gereserveerd voor voorbeelden en tests, daar komt geen e-mail " +
			"aan; geef een echt domein op.",
		"email.onmicrosoft": "Dit domein is door Microsoft voor de tenant gemaakt; een adres in het eigen " +
			"domein van het bedrijf wordt vaker gelezen.",
		"email.personal_mailbox": "Dit lijkt op het postvak van één persoon; Microsoft heeft liever een " +
			"distributielijst van de groep die zich met beveiliging bezighoudt.",

		"phone.missing": "Een telefoonnummer is verplicht.",
		"phone.syntax": "Voer één telefoonnummer in cijfers in, zoals +1 425 555 0100 ext. 12: geen " +
			"letters, geen tweede nummer, hoogstens één +.",
		"phone.country_code": "Begin het telefoonnummer met + en het landnummer, zodat het vanuit het " +
			"buitenland kan worden gebeld.",
		"phone.impossible": "Dit kan geen volledig telefoonnummer van het land zijn: geef alle cijfers op, " +
			"geen 0 na het landnummer, en geen kort nummer of alarmnummer.",
		"phone.unassigned":   "Dit telefoonnummer ligt in geen bekende reeks; bel het om zeker te zijn.",
		"phone.premium_rate": "Dit is een duur betaalnummer; geef een nummer op dat iedereen kan bellen.",
		"phone.not_a_line": "Dit is een pieper of voicemail; geef een telefoon op die dag en nacht wordt " +
			"opgenomen.",

		"tenant.syntax": "De tenant-id moet de vorm 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10 hebben.",
		"partner_type.unknown": "Het type partner moet direct_bill_partner, indirect_provider of " +
			"indirect_reseller zijn.",
		"field.missing": "Dit veld is verplicht.",
		"field.too_long": "De tekst is te lang: hoogstens 200 tekens in een adresregel, 100 in een " +
			"plaats, staat of regio, 50 in een naam, 20 in een postcode.",
		"field.character": "De tekst bevat een regeleinde of een teken dat niet kan worden weergegeven; " +
			"typ hem opnieuw.",
		"country.unknown": "Geef het land op met zijn code van twee letters, zoals US, of GB voor het " +
			"Verenigd Koninkrijk.",
		"contact.missing": "Een beveiligingscontact is verplicht.",
		"contact.same_as_primary": "Het beveiligingscontact leest hetzelfde postvak als het primaire contact; " +
			"noem wie bij een incident kan handelen.",
		"tenant.immutable":       "Dit profiel hoort bij een andere tenant en kan niet worden verplaatst.",
		"partner_type.immutable": "Het type partner kan hier niet worden gewijzigd.",

		"incident.id": "Voer een id van het incident in, van één regel.",
		"incident.tenant": "De tenant-id van het incident moet de vorm " +
			"3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10 hebben.",
		"incident.kind": "De soort moet een woord van kleine letters, cijfers en onderstrepingstekens " +
			"zijn, zoals credential_compromise, of meerdere met punten ertussen.",
		"incident.severity": "De ernst moet informational, low, medium of high zijn.",
		"incident.title":    "Voer een titel van één regel in.",
		"incident.actions": "Voer minstens één actie voor het contact in, tenzij het incident is " +
			"opgelost, elk van één regel.",
		"incident.detected_at": "Voer de datum en het tijdstip in waarop het incident is ontdekt.",
		"incident.respond_by": "Voer een datum en een tijdstip in waarvóór moet worden gereageerd, niet " +
			"vóór de ontdekking, of niets als het contact onmiddellijk moet reageren.",
		"incident.reference": "Voer het hele adres van een webpagina in, zoals " +
			"https://contoso.com/incidents/42, zonder spaties en gebruikersnamen, of niets.",
		"incident.reference_host": "Het webadres mengt letters van verschillende alfabetten, zoals adressen " +
			"doen die zich voor een ander uitgeven; controleer of het klopt.",
		"incident.tenant_name": "Voer de naam van de getroffen organisatie op één regel in, of niets.",
		"incident.status":      "De status moet resolved zijn, of leeg zolang het incident voortduurt.",
		"incident.version": "De versie moet 0 zijn als het incident voor het eerst wordt gemeld, en " +
			"daarna elke keer hoger, ook als het is opgelost.",

		"escalation.steps":   "Voeg minstens één stap toe die zegt wie bericht krijgt.",
		"escalation.timeout": "Geef op hoe lang de stap op een antwoord wacht: langer dan niets.",
		"escalation.repeat":  "De stappen kunnen 0 tot 99 keer worden herhaald.",

		"contact.unverified": "Nog niemand heeft bevestigd dat dit adres wordt gelezen.",
		"contact.due":        "Het is tijd om weer te bevestigen dat iemand dit adres leest.",
		"contact.overdue": "Niemand heeft op tijd bevestigd dat dit adres wordt gelezen; laat het " +
			"bevestigen, of voer er een in dat wordt gelezen.",
		"contact.bouncing": "Berichten aan dit adres kwamen terug; verbeter het, of voer er een in dat wordt " +
			"gelezen.",

		"language.tag": "Geef de taal op met haar code, zoals de, of pt-BR voor Braziliaans Portugees.",
	},
	Refused: "Deze waarde is geweigerd.",
	Actions: Actions{
		Subscription:  "het Azure-abonnement {id}",
		Subscriptions: "de Azure-abonnementen van de klant",
		StartWith:     ", en begin met {resources}",
		More:          "{resources} en nog {count}",

		Open: "Open {subscription} in Azure Portal{start}.",
		Stop: "Tenzij alles verwacht is: stop en verwijder wat een indringer heeft gemaakt, in elke regio, met " +
			"de schijven en de " +
			"opslag die achterblijven.",
		Credentials: "Wijzig de aanmeldgegevens van de beheerders van de tenant en van iedereen met een rol in " +
			"het abonnement, " +
			"en eis van hen allemaal meervoudige verificatie.",
		Recovery: "Controleer de telefoonnummers en adressen waarmee globale beheerders hun wachtwoorden " +
			"herstellen.",
		Logs: "Neem de aanmeldingslogboeken, de gebruikers met een risico en het activiteitenlogboek rond het " +
			"tijdstip van de " +
			"waarschuwing door, en verwijder elke rol, elk account en elke toepassing die niemand kan verklaren.",
		Cancel: "Als de indringer niet buiten kan worden gehouden, zeg het abonnement dan op. Vraag het eerst " +
			"aan de klant als er " +
			"tijd is. Daarvoor is een globale beheerder nodig die ook beheerderagent is.",
		After: "Laat daarna quota verlagen die de klant niet gebruikt, en stel een uitgavenbudget in.",
		Report: "Sluit de waarschuwing in Partnercentrum af: als fraude, of als legitiem als de activiteit " +
			"verwacht is.",

		AdvisoryRead: "Lees het advies. De waarschuwing in Partnercentrum bevat een kopie van wat de klant " +
			"onder Service Health " +
			"in Azure Portal is verteld.",
		AdvisoryDo: "Doe samen met de klant wat het vraagt, voor {subscription}{start}.",
		AdvisoryAlert: "Zorg dat de klant een waarschuwing voor Service Health heeft, zodat het volgende advies " +
			"iemand " +
			"bereikt.",
		AdvisoryResolve: "Sluit de waarschuwing in Partnercentrum af: als legitiem zodra het gedaan is, of als " +
			"fraude als het om " +
			"een indringer gaat.",

		OtherOpen: "Open de waarschuwing in Partnercentrum, onder Insights, Security, Alerts, en lees wat er is " +
			"gezien voor " +
			"{subscription}{start}.",
		OtherAsk: "Vraag de klant of de activiteit verwacht is.",

		Look: map[string]string{
			"networkConnectionsToCryptoMiningPools": "Zoek uit welke machines verbinding maken met een " +
				"miningpool, en of iemand bij " +
				"de klant daar met opzet cryptovaluta mijnt.",
			"cryptoMining": "Zoek uit welke resources cryptovaluta minen, en of iemand bij de klant dat met " +
				"opzet doet.",
			"usageAnomalyDetection": "Vergelijk het gebruik van de laatste dagen met dat van de maand ervoor, " +
				"regio voor regio, en " +
				"vraag de klant wat het verklaart.",
			"virtualMachineDeploymentAnomaly": "Zoek naar virtuele machines die onlangs zijn gemaakt, en vraag " +
				"de klant naar elke " +
				"die groot is of in een ongebruikelijke regio staat.",
			"vmAnomalousDeployment": "Zoek naar virtuele machines die onlangs zijn gemaakt, en vraag de klant " +
				"naar elke " +
				"die groot is of in een ongebruikelijke regio staat.",
			"multiRegionVirtualMachineScaleSetDeploymentAnomaly": "Zoek in elke regio, niet alleen de " +
				"gebruikelijke, naar " +
				"virtuele-machineschaalsets, en vraag de klant naar elke.",
			"multiRegionMachineLearningUsageAnomaly": "Zoek in elke regio, niet alleen de gebruikelijke, naar " +
				"werkruimten en " +
				"rekenkracht van Machine Learning, en vraag de klant naar elke.",
			"azureMachineLearningAnomalousDeployment": "Zoek in elke regio naar werkruimten en rekenkracht van " +
				"Machine Learning die " +
				"onlangs zijn gemaakt, en vraag de klant naar elke.",
			"azureBatchAnomalousDeployment": "Zoek in elke regio naar Batch-accounts en -pools die onlangs zijn " +
				"gemaakt, en vraag de " +
				"klant naar elke.",
			"azureContainerInstancesAnomalousDeployment": "Zoek in elke regio naar containerinstanties die " +
				"onlangs zijn gemaakt, en " +
				"vraag de klant naar elke en naar de image ervan.",
			"armAnomalousResourceConsumption": "Vergelijk wat er in de laatste dagen is gemaakt en gebruikt met " +
				"de maand ervoor, en " +
				"vraag de klant wat het verklaart.",
			"armSuspiciousOperations": "Lees in het activiteitenlogboek welke bewerkingen ongebruikelijk waren " +
				"en wie ze deed, en " +
				"vraag die persoon of hij of zij het was.",
		},
	},
	Webhook: Webhook{Fallback: "Beveiligingsmelding", Answer: "Antwoorden", Reference: "Verwijzing"},
}
