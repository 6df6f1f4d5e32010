package words

// The terms are those of Microsoft's Polish pages of Partner Center: see terms
// in terms_test.go.
var pl = Language{
	Tag:  "pl",
	Name: "Polski",
	Letter: Letter{
		Drill: "[ĆWICZENIA] ", Resolved: "Rozwiązane: ", Unanswered: "Bez odpowiedzi: ",
		Subject:         "Zdarzenie naruszające bezpieczeństwo",
		SubjectSeverity: " ({severity})", SubjectCompany: ", firma {company}", SubjectTenant: ", dzierżawa " +
			"{tenant}",
		SubjectTitle: ": {title}", SubjectContactCompany: ", firma {company}",

		Title:          "Zdarzenie naruszające bezpieczeństwo",
		TitleDrill:     "Ćwiczenia na wypadek zdarzenia naruszającego bezpieczeństwo",
		TitleOver:      "Zdarzenie naruszające bezpieczeństwo jest zakończone",
		TitleDrillOver: "Ćwiczenia na wypadek zdarzenia naruszającego bezpieczeństwo są zakończone",

		IsDrill: "To są ćwiczenia: nic się nie stało.",
		DrillSteps: "Proszę wykonać poniższe kroki jak podczas prawdziwego zdarzenia, ale nie blokować, nie " +
			"zmieniać i nie " +
			"usuwać niczego, co jest używane.",
		IsUpdate:       "To jest aktualizacja: wcześniejsza wiadomość dotyczyła tego samego zdarzenia.",
		NobodyAnswered: "Wcześniejsza wiadomość już o tym informowała i nikt nie odpowiedział.",
		AllClear:       "To jest odwołanie alarmu: zdarzenie jest zakończone i nie trzeba nic więcej robić.",

		AsSecurityContact: "Ta wiadomość jest skierowana do kontaktu ds. zabezpieczeń firmy wskazanej poniżej.",
		AsAdminAgent: "Ta wiadomość jest skierowana do agenta administracyjnego firmy wskazanej poniżej, " +
			"zapisanego na " +
			"powiadomienia o oszustwach na platformie Azure.",
		AsGlobalAdmin: "Ta wiadomość jest skierowana do administratora globalnego firmy wskazanej poniżej, " +
			"ponieważ nikogo " +
			"innego nie można było tam powiadomić.",
		AsStandIn: "Ta wiadomość jest skierowana do administratora globalnego firmy wskazanej poniżej, ponieważ " +
			"nikt nie " +
			"odpowiedział.",
		AsSubscriber: "Ta wiadomość przychodzi na ten adres, ponieważ jest on zarejestrowany dla zdarzeń " +
			"naruszających " +
			"bezpieczeństwo firmy wskazanej poniżej.",
		AsOther: "Ta wiadomość jest wysłana w imieniu firmy wskazanej poniżej.",

		ImpactsOwn:       "Zdarzenie dotyczy własnej dzierżawy firmy.",
		ImpactsOther:     "Zdarzenie dotyczy dzierżawy, która nie należy do firmy.",
		ImpactsCustomer:  "Zdarzenie dotyczy dzierżawy klienta, z którą firmę łączą: {rights}.",
		ImpactedOwn:      "Zdarzenie dotyczyło własnej dzierżawy firmy.",
		ImpactedOther:    "Zdarzenie dotyczyło dzierżawy, która nie należy do firmy.",
		ImpactedCustomer: "Zdarzenie dotyczyło dzierżawy klienta, z którą firmę łączą: {rights}.",
		Reseller:         "relacja odsprzedawcy",
		DelegatedAdmin:   "delegowane uprawnienia administratora",
		GranularAdmin:    "szczegółowe delegowane uprawnienia administratora",
		Comma:            ", ", And: " i ", Between: " ",

		HowToAnswer:  "Jak odpowiedzieć",
		AnswerOnPage: "Proszę otworzyć tę stronę i tam odpowiedzieć.",
		AnswerByCode: "Proszę otworzyć tę stronę i wpisać tam kod.",
		AnswerOnIt:   "Odpowiedź oznacza, że ktoś zajmuje się sprawą i że ten adres jest czytany.",
		AnswerReads:  "Odpowiedź oznacza, że ktoś czyta ten adres.",
		AnswerConfirms: "Odpowiedź oznacza, że ktoś czyta ten adres. Strona pokazuje dane wpisane dla " +
			"kontaktu.",

		Actions: "Co zrobić, w tej kolejności", Summary: "Co wiadomo", Details: "Szczegóły",
		Company: "Firma", Tenant: "Dzierżawa", Incident: "Zdarzenie", Severity: "Ważność",
		RespondBy: "Zareagować do", Respond: "Zareagować", AtOnce: "natychmiast", WaitingSince: "Bez odpowiedzi od",
		Page: "Strona", Code: "Kod", Reference: "Odwołanie", Kind: "Rodzaj", Detected: "Wykryto",
		ImpactedTenant: "Dzierżawa, której to dotyczy", OwnTenant: "Dzierżawa firmy", IncidentID: "Identyfikator zdarzenia",
		Notification:  "Powiadomienie",
		Informational: "informacyjna", Low: "niska", Medium: "średnia", High: "wysoka",

		Appointed: Contact{
			Subject:  "Ten adres jest teraz kontaktem ds. zabezpieczeń",
			What:     "Ten adres został wpisany dla kontaktu ds. zabezpieczeń firmy wskazanej poniżej.",
			Question: "Jeśli to niespodzianka",
			Act: "Proszę powiedzieć o tym administratorowi globalnemu firmy: nikt inny nie może zmienić " +
				"kontaktu ds. " +
				"zabezpieczeń.",
		},
		Replaced: Contact{
			Subject: "Ten adres nie jest już kontaktem ds. zabezpieczeń",
			What: "Dla kontaktu ds. zabezpieczeń firmy wskazanej poniżej wpisano inny adres zamiast tego. " +
				"Powiadomienia o " +
				"zdarzeniach naruszających bezpieczeństwo nie są już tu wysyłane.",
			Question: "Jeśli nikt o tym nie mówił",
			Act: "Proszę natychmiast zadzwonić do administratora globalnego firmy, pod znany już numer: kto " +
				"chce, aby zdarzenie " +
				"pozostało niezauważone, najpierw zmienia kontakt ds. zabezpieczeń.",
		},
		Updated: Contact{
			Subject: "Nowe dane kontaktu ds. zabezpieczeń",
			What: "Zmieniono dane kontaktu ds. zabezpieczeń firmy wskazanej poniżej, takie jak imię i nazwisko, " +
				"numer telefonu " +
				"lub pisownia adresu. Powiadomienia o zdarzeniach naruszających bezpieczeństwo są nadal tu " +
				"wysyłane.",
			Question: "Jeśli nikt o tym nie mówił",
			Act: "Proszę natychmiast zadzwonić do administratora globalnego firmy, pod znany już numer, i " +
				"poprosić o sprawdzenie " +
				"danych: atakujący może chcieć odbierać telefony w sprawie zdarzenia.",
		},
		Confirm: Contact{
			Subject: "Prośba o potwierdzenie kontaktu ds. zabezpieczeń",
			What: "Czy ktoś czyta ten adres? Jest on wpisany dla kontaktu ds. zabezpieczeń firmy wskazanej " +
				"poniżej i tu są " +
				"wysyłane powiadomienia o zdarzeniach naruszających bezpieczeństwo.",
			Question: "Jeśli ten adres nie należy do kontaktu ds. zabezpieczeń",
			Act: "Proszę powiedzieć o tym administratorowi globalnemu firmy: nikt inny nie może zmienić " +
				"kontaktu ds. " +
				"zabezpieczeń.",
		},
		Lapsed: Contact{
			Subject: "Prośba o sprawdzenie kontaktu ds. zabezpieczeń",
			What: "Ta wiadomość jest skierowana do administratora globalnego firmy wskazanej poniżej. Jej " +
				"kontakt ds. " +
				"zabezpieczeń nie potwierdził, że ktoś czyta jego adres, albo wiadomości na ten adres wróciły. " +
				"Powiadomienia o " +
				"zdarzeniach naruszających bezpieczeństwo są nadal tam wysyłane, ale być może nikt nie działa.",
			Question: "Co zrobić",
			Act: "Proszę obejrzeć kontakt ds. zabezpieczeń w profilu prawnym firmy. Potwierdzić powinna osoba, " +
				"która czyta ten " +
				"adres; można też wpisać adres, który jest czytany. Tylko administrator globalny może zmienić " +
				"kontakt ds. " +
				"zabezpieczeń.",
		},
		Duties: "Czego oczekuje się od kontaktu ds. zabezpieczeń",
		DutyIncidents: "Jeśli zdarzenie naruszające bezpieczeństwo dotyczy dzierżawy firmy lub dzierżawy " +
			"klienta, który przyznał " +
			"firmie prawa odsprzedawcy lub administratora, wiadomość e-mail na ten adres informuje o tym i o " +
			"tym, co zrobić. " +
			"Oczekuje się natychmiastowego działania.",
		DutyFraud: "Powiadomienia o oszustwach na platformie Azure trafiają do agentów administracyjnych, " +
			"którzy się na nie " +
			"zapisali.",
		Colon: ":",
	},
	Date: Date{
		Form: "{weekday}, {day} {month} {year}, {time} UTC",
		Weekdays: [7]string{
			"niedziela", "poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota",
		},
		Months: [12]string{
			"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
			"lipca", "sierpnia", "września", "października", "listopada", "grudnia",
		},
	},
	Kinds: map[string]string{
		"spam":                  "niechciane wiadomości",
		"azure_fraud":           "oszustwo na platformie Azure",
		"credential_compromise": "przejęte poświadczenia",
		"phishing":              "wyłudzanie informacji",
		"malware":               "złośliwe oprogramowanie",
		"unauthorized_access":   "nieautoryzowany dostęp",
		"data_exposure":         "ujawnienie danych",

		"azure_fraud.network_connections_to_crypto_mining_pools": "oszustwo na platformie Azure: " +
			"połączenia z pulami wydobywczymi",
		"azure_fraud.crypto_mining": "oszustwo na platformie Azure: " +
			"kopanie kryptowaluty",
		"azure_fraud.usage_anomaly_detection": "oszustwo na platformie Azure: " +
			"nietypowe użycie",
		"azure_fraud.virtual_machine_deployment_anomaly": "oszustwo na platformie Azure: " +
			"nietypowe wdrożenie maszyn wirtualnych",
		"azure_fraud.vm_anomalous_deployment": "oszustwo na platformie Azure: " +
			"nietypowe wdrożenie maszyn wirtualnych",
		"azure_fraud.multi_region_virtual_machine_scale_set_deployment_anomaly": "oszustwo na platformie Azure: " +
			"nietypowe zestawy skalowania maszyn wirtualnych w wielu regionach",
		"azure_fraud.multi_region_machine_learning_usage_anomaly": "oszustwo na platformie Azure: " +
			"nietypowe użycie usługi Machine Learning w wielu regionach",
		"azure_fraud.azure_machine_learning_anomalous_deployment": "oszustwo na platformie Azure: " +
			"nietypowe wdrożenie usługi Azure Machine Learning",
		"azure_fraud.azure_batch_anomalous_deployment": "oszustwo na platformie Azure: " +
			"nietypowe wdrożenie usługi Azure Batch",
		"azure_fraud.azure_container_instances_anomalous_deployment": "oszustwo na platformie Azure: " +
			"nietypowe wdrożenie usługi Azure Container Instances",
		"azure_fraud.arm_anomalous_resource_consumption": "oszustwo na platformie Azure: " +
			"nietypowe zużycie zasobów",
		"azure_fraud.arm_suspicious_operations": "oszustwo na platformie Azure: " +
			"podejrzane operacje",
		"service_health_security_advisory": "zalecenie dotyczące " +
			"zabezpieczeń z usługi Service Health",
	},
	Sentences: map[string]string{
		"name.missing":   "Nazwa lub imię i nazwisko są wymagane.",
		"name.too_long":  "Nazwa jest za długa: najwyżej 128 znaków, 200 w przypadku firmy.",
		"name.character": "Nazwa zawiera znak, którym nie pisze się nazw, taki jak < lub >, albo znak niewidoczny.",
		"name.no_letter": "Nazwa musi mieć co najmniej jedną literę lub cyfrę.",

		"email.missing": "Adres e-mail jest wymagany.",
		"email.syntax":  "Proszę wpisać jeden zwykły adres e-mail w postaci name@company.com.",
		"email.non_ascii_local": "Przed znakiem @ proszę użyć tylko liter bez znaków diakrytycznych, cyfr i " +
			"zwykłych znaków: wiele serwerów poczty nie przyjmuje niczego innego.",
		"email.too_long": "Adres e-mail jest za długi: najwyżej 254 znaki.",
		"email.domain":   "Część po znaku @ nie jest nazwą domeny, do której można wysłać pocztę.",
		"email.unattended": "To wygląda na skrzynkę, której nikt nie czyta; proszę podać taką, która " +
			"jest pilnowana.",
		"email.consumer_provider": "Ta skrzynka jest u dostawcy dla osób prywatnych; skrzynka we własnej " +
			"domenie firmy jest bezpieczniejsza.",
		"email.guest_account": "To jest nazwa użytkownika gościa, a nie skrzynka; proszę podać adres, pod " +
			"którym gość czyta pocztę.",
		"email.reserved_domain": "Ta domena jest zarezerwowana dla przykładów i testów, więc poczta tam nie " +
			"dociera; proszę podać prawdziwą.",
		"email.onmicrosoft": "Tę domenę utworzyła firma Microsoft dla dzierżawy; adres we własnej domenie " +
			"firmy jest częściej czytany.",
		"email.personal_mailbox": "To wygląda na skrzynkę jednej osoby; firma Microsoft woli listę " +
			"dystrybucyjną grupy zajmującej się zabezpieczeniami.",

		"phone.missing": "Numer telefonu jest wymagany.",
		"phone.syntax": "Proszę wpisać jeden numer telefonu cyframi, na przykład +1 425 555 0100 ext. 12: " +
			"bez liter, bez drugiego numeru, najwyżej jeden znak +.",
		"phone.country_code": "Proszę zacząć numer telefonu od + i numeru kierunkowego kraju, aby można było " +
			"zadzwonić z zagranicy.",
		"phone.impossible": "To nie może być pełny numer telefonu tego kraju: proszę podać wszystkie cyfry, " +
			"bez 0 po numerze kierunkowym kraju, i nie podawać numeru skróconego ani alarmowego.",
		"phone.unassigned": "Ten numer telefonu nie należy do żadnego znanego zakresu; proszę zadzwonić, aby " +
			"się upewnić.",
		"phone.premium_rate": "To jest numer o podwyższonej opłacie; proszę podać taki, pod który każdy może " +
			"zadzwonić.",
		"phone.not_a_line": "To jest pager lub poczta głosowa; proszę podać telefon, który ktoś odbiera całą " +
			"dobę przez cały tydzień.",

		"tenant.syntax": "Identyfikator dzierżawy musi mieć postać 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
		"partner_type.unknown": "Typ partnera musi być jednym z: direct_bill_partner, indirect_provider lub " +
			"indirect_reseller.",
		"field.missing": "To pole jest wymagane.",
		"field.too_long": "Tekst jest za długi: najwyżej 200 znaków w wierszu adresu, 100 w mieście, " +
			"województwie lub regionie, 50 w nazwie, 20 w kodzie pocztowym.",
		"field.character": "Tekst zawiera podział wiersza lub znak, którego nie można wyświetlić; " +
			"proszę wpisać go ponownie.",
		"country.unknown": "Proszę podać kraj dwuliterowym kodem, na przykład US, lub GB dla " +
			"Zjednoczonego Królestwa.",
		"contact.missing": "Kontakt ds. zabezpieczeń jest wymagany.",
		"contact.same_as_primary": "Kontakt ds. zabezpieczeń czyta tę samą skrzynkę co kontakt główny; proszę " +
			"wskazać osoby, które mogą działać w razie zdarzenia.",
		"tenant.immutable":       "Ten profil należy do innej dzierżawy i nie można go przenieść.",
		"partner_type.immutable": "Typu partnera nie można tu zmienić.",

		"incident.id": "Proszę wpisać identyfikator zdarzenia w jednym wierszu.",
		"incident.tenant": "Identyfikator dzierżawy zdarzenia musi mieć postać " +
			"3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
		"incident.kind": "Rodzaj musi być słowem z małych liter, cyfr i znaków podkreślenia, na " +
			"przykład credential_compromise, albo kilkoma takimi słowami z kropkami pomiędzy.",
		"incident.severity": "Ważność musi być jedną z: informational, low, medium lub high.",
		"incident.title":    "Proszę wpisać tytuł w jednym wierszu.",
		"incident.actions": "Proszę wpisać co najmniej jedną czynność dla kontaktu, chyba że zdarzenie jest " +
			"rozwiązane, każdą w jednym wierszu.",
		"incident.detected_at": "Proszę wpisać datę i godzinę wykrycia zdarzenia.",
		"incident.respond_by": "Proszę wpisać datę i godzinę, do której trzeba zareagować, nie wcześniejszą " +
			"niż wykrycie, albo nic, jeśli kontakt musi zareagować natychmiast.",
		"incident.reference": "Proszę wpisać pełny adres strony internetowej, na przykład " +
			"https://contoso.com/incidents/42, bez spacji i nazw użytkowników, albo nic.",
		"incident.reference_host": "Adres internetowy miesza litery różnych alfabetów, jak adresy, które " +
			"podszywają się pod inne; proszę się upewnić, że jest właściwy.",
		"incident.tenant_name": "Proszę wpisać nazwę organizacji, której to dotyczy, w jednym wierszu, albo " +
			"nic.",
		"incident.status": "Stan musi mieć wartość resolved albo być pusty, dopóki zdarzenie trwa.",
		"incident.version": "Wersja musi wynosić 0 przy pierwszym powiadomieniu o zdarzeniu i za każdym " +
			"razem potem być wyższa, także gdy jest rozwiązane.",

		"escalation.steps":   "Proszę dodać co najmniej jeden krok, który mówi, kto jest powiadamiany.",
		"escalation.timeout": "Proszę podać, jak długo krok czeka na odpowiedź: dłużej niż wcale.",
		"escalation.repeat":  "Kroki można powtórzyć od 0 do 99 razy.",

		"contact.unverified": "Nikt jeszcze nie potwierdził, że ten adres jest czytany.",
		"contact.due":        "Czas ponownie potwierdzić, że ktoś czyta ten adres.",
		"contact.overdue": "Nikt na czas nie potwierdził, że ten adres jest czytany; potrzebne jest " +
			"potwierdzenie albo adres, który jest czytany.",
		"contact.bouncing": "Wiadomości na ten adres wróciły; proszę go poprawić albo wpisać adres, który " +
			"jest czytany.",

		"language.tag": "Proszę podać język jego kodem, na przykład de, lub pt-BR dla portugalskiego brazylijskiego.",
	},
	Refused: "Ta wartość została odrzucona.",
	Actions: Actions{
		Subscription:  "subskrypcję platformy Azure {id}",
		Subscriptions: "subskrypcje platformy Azure klienta",
		StartWith:     ", zaczynając od: {resources}",
		More:          "{resources} i innych w liczbie {count}",

		Open: "Proszę otworzyć {subscription} w witrynie Azure Portal{start}.",
		Stop: "Jeśli nie wszystko jest spodziewane, proszę zatrzymać i usunąć to, co utworzył intruz, w każdym " +
			"regionie, razem z " +
			"dyskami i magazynem, które pozostają.",
		Credentials: "Proszę zmienić poświadczenia administratorów dzierżawy i wszystkich, którzy mają rolę w " +
			"subskrypcji, oraz " +
			"wymagać od nich wszystkich uwierzytelniania wieloskładnikowego.",
		Recovery: "Proszę sprawdzić numery telefonów i adresy, za pomocą których administratorzy globalni " +
			"odzyskują hasła.",
		Logs: "Proszę przejrzeć dzienniki logowania, zagrożonych użytkowników i dziennik aktywności z czasu " +
			"alertu oraz usunąć " +
			"każdą rolę, każde konto i każdą aplikację, których nikt nie potrafi wyjaśnić.",
		Cancel: "Jeśli intruza nie można odciąć, proszę anulować subskrypcję. Jeśli jest czas, proszę najpierw " +
			"zapytać klienta. " +
			"Potrzebny jest administrator globalny, który jest też agentem administracyjnym.",
		After: "Potem proszę zlecić obniżenie limitów, których klient nie używa, i ustalić budżet wydatków.",
		Report: "Proszę zamknąć alert w Centrum partnerskim: jako oszustwo albo jako uzasadniony, jeśli " +
			"aktywność jest " +
			"spodziewana.",

		AdvisoryRead: "Proszę przeczytać zalecenie. Alert w Centrum partnerskim zawiera kopię tego, co " +
			"przekazano klientowi w " +
			"usłudze Service Health w witrynie Azure Portal.",
		AdvisoryDo: "Proszę razem z klientem zrobić to, o co w nim chodzi, sprawdzając {subscription}{start}.",
		AdvisoryAlert: "Proszę dopilnować, aby klient miał alert usługi Service Health, żeby następne zalecenie " +
			"do kogoś " +
			"dotarło.",
		AdvisoryResolve: "Proszę zamknąć alert w Centrum partnerskim: jako uzasadniony, gdy wszystko jest " +
			"zrobione, albo jako " +
			"oszustwo, jeśli chodzi o intruza.",

		OtherOpen: "Proszę otworzyć alert w Centrum partnerskim, w sekcji Insights, Security, Alerts, i " +
			"przeczytać, co " +
			"zauważono, sprawdzając {subscription}{start}.",
		OtherAsk: "Proszę zapytać klienta, czy aktywność jest spodziewana.",

		Look: map[string]string{
			"networkConnectionsToCryptoMiningPools": "Proszę ustalić, które maszyny łączą się z pulą wydobywczą " +
				"i czy ktoś u " +
				"klienta celowo kopie tam kryptowalutę.",
			"cryptoMining": "Proszę ustalić, które zasoby kopią kryptowalutę i czy ktoś u klienta robi to celowo.",
			"usageAnomalyDetection": "Proszę porównać użycie z ostatnich dni z użyciem z poprzedniego miesiąca, " +
				"region po regionie, " +
				"i zapytać klienta, co je wyjaśnia.",
			"virtualMachineDeploymentAnomaly": "Proszę poszukać niedawno utworzonych maszyn wirtualnych i " +
				"zapytać klienta o każdą, " +
				"która jest duża lub znajduje się w nietypowym regionie.",
			"vmAnomalousDeployment": "Proszę poszukać niedawno utworzonych maszyn wirtualnych i zapytać klienta " +
				"o każdą, " +
				"która jest duża lub znajduje się w nietypowym regionie.",
			"multiRegionVirtualMachineScaleSetDeploymentAnomaly": "Proszę poszukać w każdym regionie, nie tylko " +
				"w zwykłych, " +
				"zestawów skalowania maszyn wirtualnych i zapytać klienta o każdy.",
			"multiRegionMachineLearningUsageAnomaly": "Proszę poszukać w każdym regionie, nie tylko w zwykłych, " +
				"obszarów roboczych " +
				"i zasobów obliczeniowych usługi Machine Learning i zapytać klienta o każdy.",
			"azureMachineLearningAnomalousDeployment": "Proszę poszukać w każdym regionie niedawno utworzonych " +
				"obszarów roboczych i " +
				"zasobów obliczeniowych usługi Machine Learning i zapytać klienta o każdy.",
			"azureBatchAnomalousDeployment": "Proszę poszukać w każdym regionie niedawno utworzonych kont i pul " +
				"usługi Batch i " +
				"zapytać klienta o każde z nich.",
			"azureContainerInstancesAnomalousDeployment": "Proszę poszukać w każdym regionie niedawno " +
				"utworzonych wystąpień " +
				"kontenerów i zapytać klienta o każde z nich i o jego obraz.",
			"armAnomalousResourceConsumption": "Proszę porównać to, co utworzono i zużyto w ostatnich dniach, z " +
				"poprzednim " +
				"miesiącem i zapytać klienta, co to wyjaśnia.",
			"armSuspiciousOperations": "Proszę sprawdzić w dzienniku aktywności, które operacje były nietypowe " +
				"i kto je wykonał, i " +
				"zapytać tę osobę, czy to ona.",
		},
	},
	Webhook: Webhook{Fallback: "Powiadomienie o zabezpieczeniach", Answer: "Odpowiedz", Reference: "Odwołanie"},
}
