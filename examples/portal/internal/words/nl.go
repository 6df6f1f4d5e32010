package words

// The terms are those of the library: see internal/words at the root.
var nl = Language{
	Library: library("nl"),
	Page: Page{
		Portal:        "Partnerportaal",
		Skip:          "Naar de inhoud",
		Error:         "Fout: {title}",
		Demonstration: "Demonstratie.",
		MadeUp:        "Alle bedrijven, personen en adressen zijn verzonnen.",
		MailStays:     "Geen enkele e-mail verlaat dit programma.",
		Language:      "Taal",
		Show:          "Tonen",
		WrittenIn:     "E-mails aan dit adres zijn in een andere taal geschreven: {language}.",
		WriteSo:       "Voortaan in het Nederlands naar dit adres schrijven",
		WrittenSo:     "Voortaan zijn e-mails aan dit adres in het Nederlands.",
		Provider:      "uw provider",
		Ask:           "Vragen? Neem contact op met {provider}.",
		AskPhone:      "Vragen? Neem contact op met {provider}: bel {phone}.",
		AskMail:       "Vragen? Neem contact op met {provider}: schrijf naar {mail}.",
		AskBoth:       "Vragen? Neem contact op met {provider}: bel {phone} of schrijf naar {mail}.",
	},
	Time: Time{
		Moment:  "{day} {month} {year}, {time} UTC",
		Hours:   "{n} uur",
		Minutes: "{n} min.",
	},
	Form: Form{
		Attention: "Hier klopt iets nog niet",
		Optional:  "(niet verplicht)",
		CodeHint:  "De acht letters en cijfers onder de link in de e-mail. Hoofdletters en streepjes maken niet uit.",
		NoCode:    "Typ de code uit de e-mail. Die heeft acht letters en cijfers.",
		WrongCode: "Dit is niet de code uit de e-mail. Kijk in de e-mail waar u vandaan komt: elke e-mail heeft een " +
			"eigen code.",
		Name:     "Uw naam",
		Heading:  "Uw antwoord",
		Change:   "Antwoord wijzigen",
		Answer:   "Antwoord",
		Choose:   "Kies wat u antwoordt en typ de code nog een keer.",
		Send:     "Antwoord versturen",
		Recorded: "Uw antwoord wordt vastgelegd met de tijd en het adres van uw netwerk.",
		Thanks:   "Dank u. Uw antwoord is vastgelegd: ‘{answer}’.",
		Again:    "Dit formulier was al verstuurd. Het is één keer geteld, op {time}: ‘{answer}’.",
		NotSure: "Het portaal kon uw antwoord niet vastleggen, of weet niet of het gelukt is. Wacht een minuut, typ " +
			"de code nog een keer en verstuur het formulier opnieuw: het telt één keer.",
		NotYet: "Uw antwoord is nog niet vastgelegd",
		NotYetText: "De database van het portaal antwoordt niet. Ga terug, wacht een minuut en verstuur het " +
			"formulier opnieuw.",
	},
	Answer: Answer{
		InShort: "Het incident in het kort",
		InDrill: "Antwoord zoals u zou doen als het echt was.",
		Replaced: "U bent niet langer het beveiligingscontact van dit bedrijf. Wie dat nu is, krijgt in uw plaats " +
			"bericht. Met deze link kunt u alleen nog ‘Ik niet’ antwoorden, als u had gezegd dat u ermee bezig " +
			"was.",
		Question: "Wat antwoordt u?",
		NameHint: "Anderen die deze pagina openen, zien de naam en weten aan wie ze iets kunnen vragen.",
		More:     "Meer informatie",
		SoFar:    "Antwoorden tot nu toe",
		Nobody:   "Nog niemand heeft geantwoord.",
		NoName:   "zonder naam",
		OnIt:     "Ik ben ermee bezig",
		OnItDoes: "U handelt nu. Niemand anders krijgt bericht.",
		OnItFor: "U handelt nu. Gedurende {time} krijgt niemand anders bericht. Duurt het langer, kom dan terug en " +
			"antwoord ‘Nog steeds bezig’.",
		Still:     "Nog steeds bezig",
		StillDoes: "U bent nog niet klaar. Niemand anders krijgt bericht.",
		StillFor:  "U bent nog niet klaar. Vanaf nu krijgt gedurende {time} niemand anders bericht.",
		NotMe:     "Ik niet",
		NotMeDoes: "U kunt niets doen of bent niet de juiste persoon. Als iemand ermee bezig was, is nu niemand dat " +
			"meer, en krijgen de volgenden bericht.",
		Resolved:      "Opgelost",
		ResolvedDoes:  "Alles is gedaan. Niemand anders krijgt bericht en er komt geen herinnering.",
		Withdrawn:     "Ingetrokken: het was een vergissing",
		StateOnIt:     "Iemand is ermee bezig.",
		StateBy:       "{name} is ermee bezig.",
		StateUntil:    "Als niemand dat vóór {time} nog eens zegt, krijgen de volgenden bericht.",
		StateResolved: "Opgelost.",
		ResolvedText: "Het is voorbij: er hoeft niets meer te gebeuren. Een antwoord wordt vastgelegd en verandert " +
			"niets.",
		StateWithdrawn: "Ingetrokken.",
		WithdrawnText: "Het was een vergissing: er hoeft niets te gebeuren. Een antwoord wordt vastgelegd en " +
			"verandert niets.",
		StateNobody: "Niemand is ermee bezig.",
		ExhaustedText: "Iedereen heeft bericht gekregen en niemand is ermee bezig. Het is niet te laat om te " +
			"antwoorden.",
		WaitingText:  "Als niemand antwoordt, krijgen de volgenden bericht.",
		ThenResolved: "Niemand anders krijgt bericht.",
		ThenOver:     "Het was al voorbij, dus dat verandert niets.",
		ThenNotMe:    "Als iemand ermee bezig was, is nu niemand dat meer.",
		Over:         "Het incident is voorbij: er valt niets meer te antwoorden.",
	},
	Link: Link{
		InvalidTitle: "Deze link is niet geldig",
		Invalid: "De link is niet volledig of hoort niet bij dit portaal. Open de e-mail opnieuw en kopieer de hele " +
			"link.",
		ExpiredTitle: "Deze link is verlopen",
		Expired:      "De link was zeven dagen geldig. Met een nieuwe code kunt u nog steeds antwoorden.",
		EndedTitle:   "Deze link is niet meer geldig",
		Ended:        "Er waren te veel verkeerde codes. Met een nieuwe code kunt u nog steeds antwoorden.",
		Replaced: "De e-mail ging naar iemand die toen het beveiligingscontact was en dat niet meer is. Wie dat nu " +
			"is, krijgt in diens plaats bericht.",
		NewCode:   "Nieuwe code naar hetzelfde adres sturen",
		SentTitle: "Er is een nieuwe code onderweg",
		Sent: "De code gaat naar het adres waar de eerste e-mail naartoe ging. Open de nieuwe e-mail en gebruik de " +
			"link daarin: deze blijft zoals die is.",
		SoonTitle:  "Er is kort geleden een nieuwe code gestuurd",
		Soon:       "Zoek de nieuwste e-mail, ook tussen de spam. Komt er geen, vraag het dan over tien minuten opnieuw.",
		NeverTitle: "Er worden geen codes meer gestuurd",
		Never: "Er zijn er vijf naar dit adres gestuurd. Vraag het aan iemand anders in uw bedrijf die bericht " +
			"kreeg, of aan de provider.",
	},
	Confirm: Confirm{
		Status: "Beveiligingscontact",
		Title:  "Klopt het beveiligingscontact?",
		Lead: "{company} heeft dit adres ingevoerd voor het beveiligingscontact. Als een beveiligingsincident de " +
			"tenant van het bedrijf treft, of die van een klant, dan meldt een e-mail aan dit adres dat.",
		LeadUnknown: "Een bedrijf heeft dit adres ingevoerd voor het beveiligingscontact. Als een " +
			"beveiligingsincident de tenant van het bedrijf treft, of die van een klant, dan meldt een e-mail " +
			"aan dit adres dat.",
		Entered:        "Wat is ingevoerd",
		Group:          "Groep",
		FirstName:      "Voornaam",
		MiddleName:     "Tweede naam",
		LastName:       "Achternaam",
		Email:          "E-mailadres",
		Phone:          "Telefoon",
		Confirmed:      "Bevestigd?",
		Verified:       "Bevestigd",
		VerifiedText:   "Iemand die dit adres leest, heeft het bevestigd: {time}.",
		VerifiedUntil:  "De volgende keer is vóór {time}.",
		Due:            "Opnieuw te bevestigen",
		DueText:        "Een e-mail vraagt opnieuw of iemand dit adres leest. Laatst bevestigd: {time}.",
		Unverified:     "Nog niet bevestigd",
		UnverifiedText: "Een e-mail vraagt of iemand dit adres leest. Voor het eerst gevraagd: {time}.",
		Until:          "Een antwoord is nodig vóór {time}.",
		Unasked:        "Niet gevraagd",
		UnaskedText:    "Er is nog aan niemand gevraagd of dit adres wordt gelezen.",
		Overdue:        "Niet op tijd bevestigd",
		OverdueText:    "Niemand heeft bevestigd dat dit adres wordt gelezen. Een antwoord was nodig vóór {time}.",
		Doubted:        "Volgens iemand onjuist",
		DoubtedWrong:   "Iemand die dit adres leest, heeft gezegd dat er iets niet klopt aan het contact: {time}.",
		DoubtedNotMe:   "Iemand die op dit adres een e-mail kreeg, heeft gezegd niet dit contact te zijn: {time}.",
		Bouncing:       "E-mail kwam terug",
		BouncingText:   "Een e-mail aan dit adres kwam terug: {time}.",
		CorrectTitle:   "Zo wordt het gecorrigeerd",
		Correct: "Bent u globale beheerder van {company}? Meld u aan en wijzig het beveiligingscontact. Niemand " +
			"anders kan dat.",
		CorrectUnknown: "Bent u globale beheerder van het bedrijf? Meld u aan en wijzig het beveiligingscontact. " +
			"Niemand anders kan dat.",
		SignIn: "Aanmelden en wijzigen",
		Otherwise: "Bent u dat niet, dan hoeft u hier niets meer te doen. De globale beheerders hebben bericht " +
			"gekregen. Als het dringend is, spreek er dan een in uw bedrijf.",
		Question: "Klopt dit?",
		NameHint: "De globale beheerders van het bedrijf zien de naam.",
		Changed: "De gegevens zijn gewijzigd terwijl deze pagina open was. Bekijk ze opnieuw en typ de code nog een " +
			"keer.",
		Right:     "Ja, dit klopt",
		RightDoes: "Ik lees dit adres en de gegevens hierboven kloppen.",
		RightThen: "Dit adres is bevestigd. Beveiligingsincidenten worden hierheen gestuurd.",
		Wrong:     "Er klopt iets niet",
		WrongDoes: "Ik lees dit adres, maar een naam, het nummer of iets anders moet worden gewijzigd. De globale " +
			"beheerders van het bedrijf krijgen bericht.",
		WrongThen: "De globale beheerders van het bedrijf krijgen bericht. Tot zij het wijzigen, worden " +
			"beveiligingsincidenten hierheen gestuurd zoals voorheen.",
		NotMe: "Ik ben dit contact niet",
		NotMeDoes: "E-mails over beveiligingsincidenten moeten naar iemand anders. De globale beheerders van het " +
			"bedrijf krijgen bericht.",
		NotMeThen: "De globale beheerders van het bedrijf krijgen bericht. Tot zij een ander adres invoeren, worden " +
			"beveiligingsincidenten hierheen gestuurd.",
		GoneTitle: "Er valt niets meer te bevestigen",
		Gone: "Sinds de e-mail is verstuurd, is voor het beveiligingscontact van dit bedrijf een ander adres " +
			"ingevoerd. U hoeft niets te doen.",
	},
	Fault: Fault{
		Number:    "Fout {status}",
		Request:   "Verzoek {id}",
		Start:     "Naar de startpagina",
		SignIn:    "Aanmelden",
		SignInTab: "Aanmelden (in een ander tabblad)",
		Again:     "Opnieuw versturen",
		Retry:     "Opnieuw proberen",
		Kept:      "Wat u hebt ingevuld, staat nog op deze pagina: verstuur het opnieuw.",
		KeptSignIn: "Wat u hebt ingevuld, staat nog op deze pagina. Meld u in een ander tabblad aan, kom hier " +
			"terug en verstuur het opnieuw.",
		OnlyStaff: "Alleen beheerders en agents van uw bedrijf kunnen de pagina ‘Legal info’ en de e-mails " +
			"daarover zien.",
		OnlyAdmins: "Alleen een globale beheerder van uw bedrijf kan dit wijzigen.",
		BadRequest: FaultWords{
			Title: "Dit verzoek is niet leesbaar",
			Text:  "Het formulier of het adres is niet volledig.",
			Next:  "Ga terug, laad de pagina opnieuw en probeer het nog een keer.",
		},
		SignedOut: FaultWords{
			Title: "Uw sessie is beëindigd",
			Text:  "U bent afgemeld.",
			Next:  "Meld u aan en ga verder waar u was.",
		},
		Denied: FaultWords{
			Title: "U hebt hier geen toegang toe",
			Text:  "Uw rol staat het niet toe.",
			Next:  "Vraag het aan een globale beheerder van uw bedrijf.",
		},
		NotFound: FaultWords{
			Title: "Deze pagina bestaat niet",
			Text:  "Op dit adres is niets, of u mag het niet zien.",
			Next:  "Controleer het adres of begin op de startpagina.",
		},
		TooLarge: FaultWords{
			Title: "Dat is te veel tekst",
			Text:  "Het formulier is groter dan het portaal aanneemt.",
			Next:  "Ga terug, kort de tekst in en probeer het nog een keer.",
		},
		TooMany: FaultWords{
			Title: "Te veel pogingen",
			Text:  "Er kwamen te veel verzoeken van uw netwerk.",
			Next:  "Wacht een minuut en probeer het nog een keer.",
		},
		Unavailable: FaultWords{
			Title: "Op dit moment niet bereikbaar",
			Text:  "Het portaal heeft het te druk, of de database antwoordt niet.",
			Next:  "Wacht even en probeer het nog een keer.",
		},
		Failed: FaultWords{
			Title: "Er ging iets mis",
			Text:  "De fout ligt bij het portaal en is vastgelegd.",
			Next:  "Probeer het zo nog een keer. Was u iets aan het opslaan, kijk dan eerst of het is opgeslagen.",
		},
		Unknown: FaultWords{
			Title: "Het is niet bekend of dit is opgeslagen",
			Text:  "De verbinding met de database werd tijdens het opslaan verbroken.",
			Next:  "Kijk of het is opgeslagen voordat u het opnieuw verstuurt.",
		},
	},
	Mail: Mail{
		Button: "Deze e-mail beantwoorden",
		From: "Deze e-mail komt van {provider}, omdat uw bedrijf met deze provider samenwerkt in het Cloud Solution " +
			"Provider-programma van Microsoft. Wie zulke e-mails krijgt, bepalen de globale beheerders van uw " +
			"bedrijf.",
		AskBoth:     "Vragen? Beantwoord deze e-mail of bel {phone}.",
		AskReply:    "Vragen? Beantwoord deze e-mail.",
		AskPhone:    "Vragen? Bel {phone}. Niemand leest antwoorden op deze e-mail.",
		GoneSubject: "Een webhook van {company} is uitgeschakeld",
		GoneTitle:   "Een webhook is uitgeschakeld",
		GoneWhat: "U ontvangt dit als globale beheerder van het onderstaande bedrijf. Een van de webhooks van het " +
			"bedrijf werd aangeroepen, en de dienst antwoordde dat die niet meer bestaat. Het portaal heeft de " +
			"webhook uitgeschakeld. Die krijgt geen bericht meer over beveiligingsincidenten. Het " +
			"beveiligingscontact nog wel.",
		GoneQuestion: "Wat u moet doen",
		GoneAct: "Open ‘Legal info’ in het partnerportaal en daar ‘Webhooks’. De uitgeschakelde is gemarkeerd. Geef " +
			"die een nieuw adres, test hem en schakel hem in, of verwijder hem.",
	},
}
