package words

// The terms are those of the library: see internal/words at the root.
var pl = Language{
	Library: library("pl"),
	Page: Page{
		Portal:        "Portal partnerski",
		Skip:          "Przejdź do treści",
		Error:         "Błąd: {title}",
		Demonstration: "Wersja demonstracyjna.",
		MadeUp:        "Wszystkie firmy, osoby i adresy są zmyślone.",
		MailStays:     "Żadna wiadomość nie opuszcza tego programu.",
		Language:      "Język",
		Show:          "Pokaż",
		WrittenIn:     "Wiadomości na ten adres są pisane w innym języku: {language}.",
		WriteSo:       "Od teraz pisać na ten adres po polsku",
		WrittenSo:     "Od teraz wiadomości na ten adres są po polsku.",
		Provider:      "dostawca usług",
		Ask:           "Pytania? Odpowie na nie {provider}.",
		AskPhone:      "Pytania? Odpowie na nie {provider}: telefon {phone}.",
		AskMail:       "Pytania? Odpowie na nie {provider}: adres {mail}.",
		AskBoth:       "Pytania? Odpowie na nie {provider}: telefon {phone} lub adres {mail}.",
	},
	Time: Time{
		Moment:  "{day} {month} {year}, {time} UTC",
		Hours:   "{n} godz.",
		Minutes: "{n} min",
	},
	Form: Form{
		Attention: "To wymaga poprawki",
		Optional:  "(opcjonalnie)",
		CodeHint:  "Osiem liter i cyfr pod linkiem w wiadomości. Wielkość liter i łączniki nie mają znaczenia.",
		NoCode:    "Proszę wpisać kod z wiadomości. Ma osiem liter i cyfr.",
		WrongCode: "To nie jest kod z tej wiadomości. Proszę spojrzeć na wiadomość, z której otwarto tę stronę: " +
			"każda ma własny kod.",
		Name:     "Imię i nazwisko",
		Heading:  "Odpowiedź na wiadomość",
		Change:   "Zmień odpowiedź",
		Answer:   "Odpowiedź",
		Choose:   "Proszę wybrać odpowiedź i jeszcze raz wpisać kod.",
		Send:     "Wyślij odpowiedź",
		Recorded: "Odpowiedź jest zapisywana razem z godziną i adresem sieci.",
		Thanks:   "Dziękujemy. Odpowiedź została zapisana: „{answer}”.",
		Again:    "Ten formularz był już wysłany. Policzono go raz, {time}: „{answer}”.",
		NotSure: "Portal nie mógł zapisać odpowiedzi albo nie wie, czy się to udało. Proszę poczekać minutę, jeszcze " +
			"raz wpisać kod i ponownie wysłać formularz: liczy się tylko raz.",
		NotYet:     "Odpowiedź nie jest jeszcze zapisana",
		NotYetText: "Baza danych portalu nie odpowiada. Proszę wrócić, poczekać minutę i ponownie wysłać formularz.",
	},
	Answer: Answer{
		InShort: "Zdarzenie w skrócie",
		InDrill: "Proszę odpowiedzieć tak, jak w razie prawdziwego zdarzenia.",
		Replaced: "Ten adres nie jest już kontaktem ds. zabezpieczeń tej firmy. Zamiast niego powiadamiany jest " +
			"obecny kontakt. Pod tym linkiem można odpowiedzieć tylko „Nie ja”, jeśli wcześniej padła odpowiedź " +
			"„Zajmuję się tym”.",
		Question: "Jaka jest odpowiedź?",
		NameHint: "Inni, którzy otworzą tę stronę, zobaczą je i będą wiedzieć, kogo pytać.",
		More:     "Więcej informacji",
		SoFar:    "Dotychczasowe odpowiedzi",
		Nobody:   "Nikt jeszcze nie odpowiedział.",
		NoName:   "bez podania nazwiska",
		OnIt:     "Zajmuję się tym",
		OnItDoes: "Działanie zaczyna się teraz. Nikt inny nie jest powiadamiany.",
		OnItFor: "Działanie zaczyna się teraz. Przez {time} nikt inny nie jest powiadamiany. Jeśli potrwa to dłużej, " +
			"proszę wrócić i odpowiedzieć „Nadal się tym zajmuję”.",
		Still:     "Nadal się tym zajmuję",
		StillDoes: "Praca jeszcze trwa. Nikt inny nie jest powiadamiany.",
		StillFor:  "Praca jeszcze trwa. Od teraz przez {time} nikt inny nie jest powiadamiany.",
		NotMe:     "Nie ja",
		NotMeDoes: "Nie mogę działać albo to nie moja sprawa. Jeśli ktoś się tym zajmował, teraz nie zajmuje się " +
			"nikt i powiadamiane są następne osoby.",
		Resolved:       "Rozwiązane",
		ResolvedDoes:   "Wszystko jest zrobione. Nikt inny nie jest powiadamiany i nie przyjdzie przypomnienie.",
		Withdrawn:      "Wycofane: to była pomyłka",
		StateOnIt:      "Ktoś się tym zajmuje.",
		StateBy:        "Zajmuje się tym {name}.",
		StateUntil:     "Jeśli nikt nie powtórzy tego do {time}, zostaną powiadomione następne osoby.",
		StateResolved:  "Rozwiązane.",
		ResolvedText:   "To już koniec: nie trzeba nic więcej robić. Odpowiedź zostanie zapisana i niczego nie zmieni.",
		StateWithdrawn: "Wycofane.",
		WithdrawnText:  "To była pomyłka: nie trzeba nic robić. Odpowiedź zostanie zapisana i niczego nie zmieni.",
		StateNobody:    "Nikt się tym nie zajmuje.",
		ExhaustedText:  "Wszyscy zostali powiadomieni i nikt się tym nie zajmuje. Na odpowiedź nie jest za późno.",
		WaitingText:    "Jeśli nikt nie odpowie, zostaną powiadomione następne osoby.",
		ThenResolved:   "Nikt inny nie jest powiadamiany.",
		ThenOver:       "To skończyło się już wcześniej, więc niczego to nie zmienia.",
		ThenNotMe:      "Jeśli ktoś się tym zajmował, teraz nie zajmuje się nikt.",
		Over:           "Zdarzenie jest zakończone: nie ma już na co odpowiadać.",
	},
	Link: Link{
		InvalidTitle: "Ten link jest nieprawidłowy",
		Invalid: "Jest niepełny albo nie pochodzi z tego portalu. Proszę ponownie otworzyć wiadomość i skopiować " +
			"cały link.",
		ExpiredTitle: "Ten link wygasł",
		Expired:      "Był ważny przez siedem dni. Nadal można odpowiedzieć, używając nowego kodu.",
		EndedTitle:   "Ten link nie jest już ważny",
		Ended:        "Zbyt wiele kodów było błędnych. Nadal można odpowiedzieć, używając nowego kodu.",
		Replaced: "Wiadomość trafiła do osoby, która była wtedy kontaktem ds. zabezpieczeń i już nim nie jest. " +
			"Zamiast niej powiadamiany jest obecny kontakt.",
		NewCode:   "Wyślij nowy kod na ten sam adres",
		SentTitle: "Nowy kod jest w drodze",
		Sent: "Przyjdzie na adres, na który trafiła pierwsza wiadomość. Proszę otworzyć nową wiadomość i użyć jej " +
			"linku: ten pozostaje taki, jaki jest.",
		SoonTitle: "Nowy kod został wysłany przed chwilą",
		Soon: "Proszę poszukać najnowszej wiadomości, także w spamie. Jeśli żadna nie przyjdzie, proszę spróbować " +
			"ponownie za dziesięć minut.",
		NeverTitle: "Więcej kodów nie jest wysyłanych",
		Never: "Na ten adres wysłano już pięć. Proszę zapytać inną osobę w firmie, która też została powiadomiona, " +
			"albo dostawcę.",
	},
	Confirm: Confirm{
		Status: "Kontakt ds. zabezpieczeń",
		Title:  "Czy kontakt ds. zabezpieczeń jest prawidłowy?",
		Lead: "Firma {company} wpisała ten adres dla swojego kontaktu ds. zabezpieczeń. Jeśli zdarzenie naruszające " +
			"bezpieczeństwo dotyczy jej dzierżawy lub dzierżawy klienta, informuje o tym wiadomość na ten adres.",
		LeadUnknown: "Pewna firma wpisała ten adres dla swojego kontaktu ds. zabezpieczeń. Jeśli zdarzenie " +
			"naruszające bezpieczeństwo dotyczy jej dzierżawy lub dzierżawy klienta, informuje o tym wiadomość " +
			"na ten adres.",
		Entered:        "Co jest wpisane",
		Group:          "Grupa",
		FirstName:      "Imię",
		MiddleName:     "Drugie imię",
		LastName:       "Nazwisko",
		Email:          "Adres e-mail",
		Phone:          "Telefon",
		Confirmed:      "Potwierdzony?",
		Verified:       "Potwierdzony",
		VerifiedText:   "Osoba, która czyta ten adres, potwierdziła go: {time}.",
		VerifiedUntil:  "Następny raz jest potrzebny do {time}.",
		Due:            "Do ponownego potwierdzenia",
		DueText:        "Wiadomość pyta ponownie, czy ktoś czyta ten adres. Ostatnie potwierdzenie: {time}.",
		Unverified:     "Jeszcze niepotwierdzony",
		UnverifiedText: "Wiadomość pyta, czy ktoś czyta ten adres. Pierwsze pytanie: {time}.",
		Until:          "Odpowiedź jest potrzebna do {time}.",
		Unasked:        "Nie zapytano",
		UnaskedText:    "Nikogo jeszcze nie zapytano, czy ten adres jest czytany.",
		Overdue:        "Niepotwierdzony na czas",
		OverdueText:    "Nikt nie potwierdził, że ten adres jest czytany. Odpowiedź była potrzebna do {time}.",
		Doubted:        "Zgłoszony jako błędny",
		DoubtedWrong:   "Osoba, która czyta ten adres, powiedziała, że w danych kontaktu coś jest nie tak: {time}.",
		DoubtedNotMe:   "Osoba, która dostała wiadomość na ten adres, powiedziała, że nie jest tym kontaktem: {time}.",
		Bouncing:       "Wiadomość wróciła",
		BouncingText:   "Wiadomość na ten adres wróciła: {time}.",
		CorrectTitle:   "Jak to poprawić",
		Correct: "Kontakt ds. zabezpieczeń może zmienić tylko administrator globalny firmy {company}. Nikt inny tego " +
			"nie może. W tym celu trzeba się zalogować.",
		CorrectUnknown: "Kontakt ds. zabezpieczeń może zmienić tylko administrator globalny firmy. Nikt inny tego " +
			"nie może. W tym celu trzeba się zalogować.",
		SignIn: "Zaloguj się i zmień",
		Otherwise: "Inne osoby nie muszą tu nic więcej robić. Administratorzy globalni zostali powiadomieni. W " +
			"pilnej sprawie proszę porozmawiać z jednym z nich w swojej firmie.",
		Question: "Czy to się zgadza?",
		NameHint: "Widzą je administratorzy globalni firmy.",
		Changed: "Dane zostały zmienione, gdy ta strona była otwarta. Proszę obejrzeć je ponownie i jeszcze raz " +
			"wpisać kod.",
		Right:     "Tak, zgadza się",
		RightDoes: "Czytam ten adres, a powyższe dane są prawidłowe.",
		RightThen: "Ten adres jest potwierdzony. Powiadomienia o zdarzeniach naruszających bezpieczeństwo są " +
			"wysyłane tutaj.",
		Wrong: "Coś się nie zgadza",
		WrongDoes: "Czytam ten adres, ale trzeba zmienić nazwisko, numer albo coś innego. Administratorzy globalni " +
			"firmy zostaną powiadomieni.",
		WrongThen: "Administratorzy globalni firmy zostaną powiadomieni. Dopóki tego nie zmienią, powiadomienia o " +
			"zdarzeniach naruszających bezpieczeństwo są wysyłane tutaj jak dotąd.",
		NotMe: "Nie jestem tym kontaktem",
		NotMeDoes: "Wiadomości o zdarzeniach naruszających bezpieczeństwo powinny trafiać do kogoś innego. " +
			"Administratorzy globalni firmy zostaną powiadomieni.",
		NotMeThen: "Administratorzy globalni firmy zostaną powiadomieni. Dopóki nie wpiszą innego adresu, " +
			"powiadomienia o zdarzeniach naruszających bezpieczeństwo są wysyłane tutaj.",
		GoneTitle: "Nie ma już nic do potwierdzenia",
		Gone: "Od wysłania wiadomości dla kontaktu ds. zabezpieczeń tej firmy wpisano inny adres. Nie trzeba nic " +
			"robić.",
	},
	Fault: Fault{
		Number:    "Błąd {status}",
		Request:   "Żądanie {id}",
		Start:     "Przejdź do strony początkowej",
		SignIn:    "Zaloguj się",
		SignInTab: "Zaloguj się (w nowej karcie)",
		Again:     "Wyślij ponownie",
		Retry:     "Spróbuj ponownie",
		Kept:      "Wpisane dane są nadal na tej stronie: proszę wysłać je ponownie.",
		KeptSignIn: "Wpisane dane są nadal na tej stronie. Proszę zalogować się w innej karcie, wrócić tutaj i " +
			"wysłać je ponownie.",
		OnlyStaff:  "Stronę „Legal info” i dotyczące jej wiadomości widzą tylko administratorzy i agenci firmy.",
		OnlyAdmins: "Może to zmienić tylko administrator globalny firmy.",
		BadRequest: FaultWords{
			Title: "Nie można odczytać tego żądania",
			Text:  "Formularz lub adres nie jest kompletny.",
			Next:  "Proszę wrócić, odświeżyć stronę i spróbować ponownie.",
		},
		SignedOut: FaultWords{
			Title: "Sesja się zakończyła",
			Text:  "Nastąpiło wylogowanie.",
			Next:  "Proszę się zalogować i kontynuować.",
		},
		Denied: FaultWords{
			Title: "Brak dostępu do tej strony",
			Text:  "Rola tego konta na to nie pozwala.",
			Next:  "Proszę zwrócić się do administratora globalnego swojej firmy.",
		},
		NotFound: FaultWords{
			Title: "Nie ma takiej strony",
			Text:  "Pod tym adresem nic nie ma albo brak do tego dostępu.",
			Next:  "Proszę sprawdzić adres lub zacząć od strony początkowej.",
		},
		TooLarge: FaultWords{
			Title: "Za dużo tekstu",
			Text:  "Formularz jest większy, niż portal przyjmuje.",
			Next:  "Proszę wrócić, skrócić tekst i spróbować ponownie.",
		},
		TooMany: FaultWords{
			Title: "Za dużo prób",
			Text:  "Z tej sieci przyszło za dużo żądań.",
			Next:  "Proszę poczekać minutę i spróbować ponownie.",
		},
		Unavailable: FaultWords{
			Title: "Chwilowo niedostępne",
			Text:  "Portal jest przeciążony albo jego baza danych nie odpowiada.",
			Next:  "Proszę poczekać chwilę i spróbować ponownie.",
		},
		Failed: FaultWords{
			Title: "Coś poszło nie tak",
			Text:  "To błąd portalu. Został odnotowany.",
			Next: "Proszę spróbować ponownie za chwilę. Jeśli coś było właśnie zapisywane, najpierw proszę " +
				"sprawdzić, czy zostało zapisane.",
		},
		Unknown: FaultWords{
			Title: "Nie wiadomo, czy to zostało zapisane",
			Text:  "Połączenie z bazą danych zostało przerwane podczas zapisywania.",
			Next:  "Przed ponownym wysłaniem proszę sprawdzić, czy dane zostały zapisane.",
		},
	},
	Mail: Mail{
		Button: "Odpowiedz na tę wiadomość",
		From: "Tę wiadomość wysyła {provider}, ponieważ Państwa firma współpracuje z tym dostawcą w programie Cloud " +
			"Solution Provider firmy Microsoft. Kto dostaje takie wiadomości, decydują administratorzy globalni " +
			"Państwa firmy.",
		AskBoth:     "Pytania? Proszę odpowiedzieć na tę wiadomość lub zadzwonić: {phone}.",
		AskReply:    "Pytania? Proszę odpowiedzieć na tę wiadomość.",
		AskPhone:    "Pytania? Proszę zadzwonić: {phone}. Odpowiedzi na tę wiadomość nikt nie czyta.",
		GoneSubject: "Wyłączono webhook firmy {company}",
		GoneTitle:   "Webhook został wyłączony",
		GoneWhat: "Ta wiadomość jest skierowana do administratora globalnego firmy wskazanej poniżej. Wywołano jeden " +
			"z jej webhooków, a usługa odpowiedziała, że już on nie istnieje. Portal go wyłączył. Nie jest on " +
			"już powiadamiany o zdarzeniach naruszających bezpieczeństwo. Kontakt ds. zabezpieczeń nadal jest.",
		GoneQuestion: "Co zrobić",
		GoneAct: "Proszę otworzyć w portalu partnerskim „Legal info”, a tam „Webhooks”. Wyłączony webhook jest " +
			"oznaczony. Można podać nowy adres, wypróbować go i włączyć albo go usunąć.",
	},
}
