package words

// The terms are those of the library: see internal/words at the root.
var de = Language{
	Library: library("de"),
	Page: Page{
		Portal:        "Partnerportal",
		Skip:          "Zum Inhalt springen",
		Error:         "Fehler: {title}",
		Demonstration: "Vorführung.",
		MadeUp:        "Alle Unternehmen, Personen und Adressen sind erfunden.",
		MailStays:     "Keine E-Mail verlässt dieses Programm.",
		Language:      "Sprache",
		Show:          "Anzeigen",
		WrittenIn:     "E-Mails an diese Adresse sind in einer anderen Sprache geschrieben: {language}.",
		WriteSo:       "Ab jetzt auf Deutsch an diese Adresse schreiben",
		WrittenSo:     "Ab jetzt sind E-Mails an diese Adresse auf Deutsch.",
		Provider:      "Ihren Anbieter",
		Ask:           "Fragen? Wenden Sie sich an {provider}.",
		AskPhone:      "Fragen? Wenden Sie sich an {provider}: Rufen Sie {phone} an.",
		AskMail:       "Fragen? Wenden Sie sich an {provider}: Schreiben Sie an {mail}.",
		AskBoth:       "Fragen? Wenden Sie sich an {provider}: Rufen Sie {phone} an, oder schreiben Sie an {mail}.",
	},
	Time: Time{
		Moment:  "{day}. {month} {year}, {time} UTC",
		Hours:   "{n} Std.",
		Minutes: "{n} Min.",
	},
	Form: Form{
		Attention: "Bitte sehen Sie sich das noch einmal an",
		Optional:  "(freiwillige Angabe)",
		CodeHint: "Die acht Buchstaben und Ziffern unter dem Link in der E-Mail. Großschreibung und " +
			"Bindestriche spielen keine Rolle.",
		NoCode: "Geben Sie den Code aus der E-Mail ein. Er hat acht Buchstaben und Ziffern.",
		WrongCode: "Das ist nicht der Code aus der E-Mail. Sehen Sie in der E-Mail nach, aus der Sie kommen: Jede " +
			"hat einen eigenen Code.",
		Name:     "Ihr Name",
		Heading:  "Ihre Antwort",
		Change:   "Antwort ändern",
		Answer:   "Antwort",
		Choose:   "Wählen Sie, was Sie antworten, und geben Sie den Code noch einmal ein.",
		Send:     "Antwort senden",
		Recorded: "Ihre Antwort wird mit der Uhrzeit und der Adresse Ihres Netzwerks festgehalten.",
		Thanks:   "Vielen Dank. Ihre Antwort ist festgehalten: „{answer}“.",
		Again:    "Dieses Formular wurde schon gesendet. Es wurde einmal gezählt, {time}: „{answer}“.",
		NotSure: "Das Portal konnte Ihre Antwort nicht festhalten oder weiß nicht, ob es gelungen ist. Warten Sie " +
			"eine Minute, geben Sie den Code noch einmal ein, und senden Sie das Formular erneut: Es zählt nur " +
			"einmal.",
		NotYet: "Ihre Antwort ist noch nicht festgehalten",
		NotYetText: "Die Datenbank des Portals antwortet nicht. Gehen Sie zurück, warten Sie eine Minute, und senden " +
			"Sie das Formular noch einmal.",
	},
	Answer: Answer{
		InShort: "Der Vorfall in Kürze",
		InDrill: "Antworten Sie so, als wäre es ernst.",
		Replaced: "Sie sind nicht mehr der Sicherheitskontakt dieses Unternehmens. Wer es jetzt ist, wird an Ihrer " +
			"Stelle benachrichtigt. Mit diesem Link können Sie nur noch „Nicht ich“ antworten, falls Sie gesagt " +
			"hatten, dass Sie sich darum kümmern.",
		Question: "Was antworten Sie?",
		NameHint: "Andere, die diese Seite öffnen, sehen ihn und wissen, wen sie fragen können.",
		More:     "Mehr dazu",
		SoFar:    "Bisherige Antworten",
		Nobody:   "Bisher hat niemand geantwortet.",
		NoName:   "ohne Namen",
		OnIt:     "Ich kümmere mich darum",
		OnItDoes: "Sie handeln jetzt. Niemand sonst wird benachrichtigt.",
		OnItFor: "Sie handeln jetzt. Für {time} wird niemand sonst benachrichtigt. Wenn es länger dauert, kommen Sie " +
			"zurück und antworten „Noch dabei“.",
		Still:     "Noch dabei",
		StillDoes: "Sie sind noch nicht fertig. Niemand sonst wird benachrichtigt.",
		StillFor:  "Sie sind noch nicht fertig. Von jetzt an wird für {time} niemand sonst benachrichtigt.",
		NotMe:     "Nicht ich",
		NotMeDoes: "Sie können nichts tun oder sind nicht zuständig. Falls sich schon jemand darum gekümmert hat, " +
			"gilt das nicht mehr, und die Nächsten werden benachrichtigt.",
		Resolved:      "Behoben",
		ResolvedDoes:  "Alles ist getan. Niemand sonst wird benachrichtigt, und es kommt keine Erinnerung.",
		Withdrawn:     "Zurückgezogen: Es war ein Irrtum",
		StateOnIt:     "Jemand kümmert sich darum.",
		StateBy:       "{name} kümmert sich darum.",
		StateUntil:    "Wenn das niemand bis {time} noch einmal sagt, werden die Nächsten benachrichtigt.",
		StateResolved: "Behoben.",
		ResolvedText: "Es ist vorbei, und es ist nichts mehr zu tun. Eine Antwort wird festgehalten und ändert " +
			"nichts.",
		StateWithdrawn: "Zurückgezogen.",
		WithdrawnText: "Es war ein Irrtum, und es ist nichts zu tun. Eine Antwort wird festgehalten und ändert " +
			"nichts.",
		StateNobody: "Niemand kümmert sich darum.",
		ExhaustedText: "Alle wurden benachrichtigt, und niemand kümmert sich darum. Für eine Antwort ist es nicht zu " +
			"spät.",
		WaitingText:  "Wenn niemand antwortet, werden die Nächsten benachrichtigt.",
		ThenResolved: "Niemand sonst wird benachrichtigt.",
		ThenOver:     "Es war schon vorbei, deshalb ändert das nichts.",
		ThenNotMe:    "Falls sich schon jemand darum gekümmert hat, gilt das nicht mehr.",
		Over:         "Der Vorfall ist vorbei: Es gibt nichts mehr zu antworten.",
	},
	Link: Link{
		InvalidTitle: "Dieser Link gilt nicht",
		Invalid: "Er ist nicht vollständig oder gehört nicht zu diesem Portal. Öffnen Sie die E-Mail noch einmal, " +
			"und kopieren Sie den ganzen Link.",
		ExpiredTitle: "Dieser Link ist abgelaufen",
		Expired:      "Er galt sieben Tage lang. Mit einem neuen Code können Sie immer noch antworten.",
		EndedTitle:   "Dieser Link gilt nicht mehr",
		Ended:        "Zu viele Codes waren falsch. Mit einem neuen Code können Sie immer noch antworten.",
		Replaced: "Die E-Mail ging an jemanden, der damals der Sicherheitskontakt war und es nicht mehr ist. Wer es " +
			"jetzt ist, wird stattdessen benachrichtigt.",
		NewCode:   "Neuen Code an dieselbe Adresse senden",
		SentTitle: "Ein neuer Code ist unterwegs",
		Sent: "Er geht an die Adresse, an die auch die erste E-Mail ging. Öffnen Sie die neue E-Mail, und benutzen " +
			"Sie den Link darin: Dieser hier bleibt, wie er ist.",
		SoonTitle: "Ein neuer Code wurde gerade erst gesendet",
		Soon: "Suchen Sie nach der neuesten E-Mail, auch im Spam-Ordner. Wenn keine kommt, fragen Sie in zehn " +
			"Minuten noch einmal.",
		NeverTitle: "Es werden keine Codes mehr gesendet",
		Never: "Fünf gingen schon an diese Adresse. Fragen Sie jemand anderen in Ihrem Unternehmen, der auch " +
			"benachrichtigt wurde, oder den Anbieter.",
	},
	Confirm: Confirm{
		Status: "Sicherheitskontakt",
		Title:  "Stimmt der Sicherheitskontakt?",
		Lead: "{company} hat diese Adresse für den Sicherheitskontakt eingetragen. Betrifft ein Sicherheitsvorfall " +
			"den Mandanten des Unternehmens oder den eines Kunden, dann sagt das eine E-Mail an diese Adresse.",
		LeadUnknown: "Ein Unternehmen hat diese Adresse für den Sicherheitskontakt eingetragen. Betrifft ein " +
			"Sicherheitsvorfall den Mandanten des Unternehmens oder den eines Kunden, dann sagt das eine E-Mail " +
			"an diese Adresse.",
		Entered:        "Was eingetragen ist",
		Group:          "Gruppe",
		FirstName:      "Vorname",
		MiddleName:     "Zweiter Vorname",
		LastName:       "Nachname",
		Email:          "E-Mail-Adresse",
		Phone:          "Telefon",
		Confirmed:      "Bestätigt?",
		Verified:       "Bestätigt",
		VerifiedText:   "Jemand, der diese Adresse liest, hat sie bestätigt: {time}.",
		VerifiedUntil:  "Das nächste Mal ist fällig bis {time}.",
		Due:            "Erneut zu bestätigen",
		DueText:        "Eine E-Mail fragt erneut, ob jemand diese Adresse liest. Zuletzt bestätigt: {time}.",
		Unverified:     "Noch nicht bestätigt",
		UnverifiedText: "Eine E-Mail fragt, ob jemand diese Adresse liest. Zum ersten Mal gefragt: {time}.",
		Until:          "Eine Antwort wird gebraucht bis {time}.",
		Unasked:        "Nicht gefragt",
		UnaskedText:    "Noch niemand wurde gefragt, ob diese Adresse gelesen wird.",
		Overdue:        "Nicht rechtzeitig bestätigt",
		OverdueText: "Niemand hat bestätigt, dass diese Adresse gelesen wird. Eine Antwort wurde gebraucht bis " +
			"{time}.",
		Doubted:      "Als falsch gemeldet",
		DoubtedWrong: "Jemand, der diese Adresse liest, hat gesagt, dass am Kontakt etwas nicht stimmt: {time}.",
		DoubtedNotMe: "Jemand, der unter dieser Adresse eine E-Mail bekam, hat gesagt, nicht dieser Kontakt zu sein: " +
			"{time}.",
		Bouncing:     "E-Mail kam zurück",
		BouncingText: "Eine E-Mail an diese Adresse kam zurück: {time}.",
		CorrectTitle: "So wird es berichtigt",
		Correct: "Sind Sie globaler Administrator von {company}? Dann melden Sie sich an, und ändern Sie den " +
			"Sicherheitskontakt. Niemand sonst kann das.",
		CorrectUnknown: "Sind Sie globaler Administrator des Unternehmens? Dann melden Sie sich an, und ändern Sie " +
			"den Sicherheitskontakt. Niemand sonst kann das.",
		SignIn: "Anmelden und ändern",
		Otherwise: "Wenn nicht, ist hier nichts weiter zu tun. Die globalen Administratoren wurden benachrichtigt. " +
			"Wenn es eilt, sprechen Sie mit einem in Ihrem Unternehmen.",
		Question: "Stimmt das?",
		NameHint: "Die globalen Administratoren des Unternehmens sehen ihn.",
		Changed: "Die Angaben wurden geändert, während diese Seite offen war. Sehen Sie sie noch einmal an, und " +
			"geben Sie den Code noch einmal ein.",
		Right:     "Ja, das stimmt",
		RightDoes: "Ich lese diese Adresse, und die Angaben oben stimmen.",
		RightThen: "Diese Adresse ist bestätigt. Sicherheitsvorfälle werden hierher gemeldet.",
		Wrong:     "Etwas stimmt nicht",
		WrongDoes: "Ich lese diese Adresse, aber ein Name, die Nummer oder etwas anderes muss geändert werden. Die " +
			"globalen Administratoren des Unternehmens werden benachrichtigt.",
		WrongThen: "Die globalen Administratoren des Unternehmens werden benachrichtigt. Bis sie es ändern, werden " +
			"Sicherheitsvorfälle wie bisher hierher gemeldet.",
		NotMe: "Ich bin nicht dieser Kontakt",
		NotMeDoes: "E-Mails über Sicherheitsvorfälle sollen an jemand anderen gehen. Die globalen Administratoren " +
			"des Unternehmens werden benachrichtigt.",
		NotMeThen: "Die globalen Administratoren des Unternehmens werden benachrichtigt. Bis sie eine andere Adresse " +
			"eintragen, werden Sicherheitsvorfälle hierher gemeldet.",
		GoneTitle: "Es gibt nichts mehr zu bestätigen",
		Gone: "Seit die E-Mail gesendet wurde, ist für den Sicherheitskontakt dieses Unternehmens eine andere " +
			"Adresse eingetragen worden. Sie müssen nichts tun.",
	},
	Fault: Fault{
		Number:    "Fehler {status}",
		Request:   "Anfrage {id}",
		Start:     "Zur Startseite",
		SignIn:    "Anmelden",
		SignInTab: "Anmelden (in einem neuen Tab)",
		Again:     "Noch einmal senden",
		Retry:     "Noch einmal versuchen",
		Kept:      "Was Sie eingegeben haben, steht noch auf dieser Seite: Senden Sie es noch einmal.",
		KeptSignIn: "Was Sie eingegeben haben, steht noch auf dieser Seite. Melden Sie sich in einem anderen " +
			"Tab an, kommen Sie hierher zurück, und senden Sie es noch einmal.",
		OnlyStaff: "Nur Administratoren und Agenten Ihres Unternehmens können die Seite „Legal info“ und die " +
			"E-Mails dazu sehen.",
		OnlyAdmins: "Nur ein globaler Administrator Ihres Unternehmens kann das ändern.",
		BadRequest: FaultWords{
			Title: "Diese Anfrage ist nicht lesbar",
			Text:  "Das Formular oder die Adresse ist nicht vollständig.",
			Next:  "Gehen Sie zurück, laden Sie die Seite neu, und versuchen Sie es noch einmal.",
		},
		SignedOut: FaultWords{
			Title: "Ihre Sitzung ist beendet",
			Text:  "Sie wurden abgemeldet.",
			Next:  "Melden Sie sich an, und machen Sie dort weiter, wo Sie waren.",
		},
		Denied: FaultWords{
			Title: "Darauf haben Sie keinen Zugriff",
			Text:  "Ihre Rolle erlaubt es nicht.",
			Next:  "Wenden Sie sich an einen globalen Administrator Ihres Unternehmens.",
		},
		NotFound: FaultWords{
			Title: "Diese Seite gibt es nicht",
			Text:  "Unter dieser Adresse ist nichts, oder Sie dürfen es nicht sehen.",
			Next:  "Prüfen Sie die Adresse, oder beginnen Sie auf der Startseite.",
		},
		TooLarge: FaultWords{
			Title: "Das ist zu viel Text",
			Text:  "Das Formular ist größer, als das Portal es annimmt.",
			Next:  "Gehen Sie zurück, kürzen Sie den Text, und versuchen Sie es noch einmal.",
		},
		TooMany: FaultWords{
			Title: "Zu viele Versuche",
			Text:  "Aus Ihrem Netzwerk kamen zu viele Anfragen.",
			Next:  "Warten Sie eine Minute, und versuchen Sie es noch einmal.",
		},
		Unavailable: FaultWords{
			Title: "Im Augenblick nicht erreichbar",
			Text:  "Das Portal ist ausgelastet, oder seine Datenbank antwortet nicht.",
			Next:  "Warten Sie einen Moment, und versuchen Sie es noch einmal.",
		},
		Failed: FaultWords{
			Title: "Etwas ist schiefgegangen",
			Text:  "Der Fehler liegt am Portal und ist festgehalten.",
			Next: "Versuchen Sie es gleich noch einmal. Wenn Sie gerade etwas gespeichert haben, sehen Sie " +
				"zuerst nach, ob es gespeichert ist.",
		},
		Unknown: FaultWords{
			Title: "Es ist unklar, ob das gespeichert wurde",
			Text:  "Während des Speicherns ist die Verbindung zur Datenbank abgebrochen.",
			Next:  "Sehen Sie nach, ob es gespeichert ist, bevor Sie es noch einmal senden.",
		},
	},
	Mail: Mail{
		Button: "Diese E-Mail beantworten",
		From: "Diese E-Mail kommt von {provider}, weil Ihr Unternehmen im Cloud Solution Provider-Programm von " +
			"Microsoft mit diesem Anbieter zusammenarbeitet. Wer solche E-Mails bekommt, entscheiden die " +
			"globalen Administratoren Ihres Unternehmens.",
		AskBoth:     "Fragen? Antworten Sie auf diese E-Mail, oder rufen Sie {phone} an.",
		AskReply:    "Fragen? Antworten Sie auf diese E-Mail.",
		AskPhone:    "Fragen? Rufen Sie {phone} an. Antworten auf diese E-Mail liest niemand.",
		GoneSubject: "Ein Webhook von {company} wurde abgeschaltet",
		GoneTitle:   "Ein Webhook wurde abgeschaltet",
		GoneWhat: "Sie erhalten diese Nachricht als globaler Administrator des unten genannten Unternehmens. Einer " +
			"seiner Webhooks wurde aufgerufen, und der Dienst hat geantwortet, dass es ihn nicht mehr gibt. Das " +
			"Portal hat ihn abgeschaltet. Er erfährt nichts mehr von Sicherheitsvorfällen. Der " +
			"Sicherheitskontakt wird weiterhin benachrichtigt.",
		GoneQuestion: "Was zu tun ist",
		GoneAct: "Öffnen Sie im Partnerportal „Legal info“ und dort „Webhooks“. Der abgeschaltete ist markiert. " +
			"Geben Sie ihm eine neue Adresse, probieren Sie ihn aus, und schalten Sie ihn ein, oder löschen Sie " +
			"ihn.",
	},
}
