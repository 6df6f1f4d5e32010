package words

// The terms are those of the library: see internal/words at the root.
var it = Language{
	Library: library("it"),
	Page: Page{
		Portal:        "Portale dei partner",
		Skip:          "Vai al contenuto",
		Error:         "Errore: {title}",
		Demonstration: "Dimostrazione.",
		MadeUp:        "Tutte le aziende, le persone e gli indirizzi sono inventati.",
		MailStays:     "Nessun messaggio esce da questo programma.",
		Language:      "Lingua",
		Show:          "Mostra",
		WrittenIn:     "I messaggi a questo indirizzo sono scritti in un’altra lingua: {language}.",
		WriteSo:       "D’ora in poi scrivere a questo indirizzo in italiano",
		WrittenSo:     "D’ora in poi i messaggi a questo indirizzo sono in italiano.",
		Provider:      "il Suo fornitore",
		Ask:           "Domande? Si rivolga a: {provider}.",
		AskPhone:      "Domande? Si rivolga a: {provider}. Chiami il numero {phone}.",
		AskMail:       "Domande? Si rivolga a: {provider}. Scriva a {mail}.",
		AskBoth:       "Domande? Si rivolga a: {provider}. Chiami il numero {phone} o scriva a {mail}.",
	},
	Time: Time{
		Moment:  "{day} {month} {year}, {time} UTC",
		Hours:   "{n} h",
		Minutes: "{n} min",
	},
	Form: Form{
		Attention: "C’è qualcosa da correggere",
		Optional:  "(facoltativo)",
		CodeHint:  "Le otto lettere e cifre sotto il link nel messaggio. Maiuscole e trattini non contano.",
		NoCode:    "Inserisca il codice del messaggio. Ha otto lettere e cifre.",
		WrongCode: "Questo non è il codice del messaggio. Guardi il messaggio da cui è arrivato qui: ognuno ha il " +
			"proprio codice.",
		Name:     "Il Suo nome",
		Heading:  "La Sua risposta",
		Change:   "Cambia la risposta",
		Answer:   "Risposta",
		Choose:   "Scelga che cosa rispondere e inserisca il codice ancora una volta.",
		Send:     "Invia la risposta",
		Recorded: "La Sua risposta viene registrata con l’ora e l’indirizzo della Sua rete.",
		Thanks:   "Grazie. La Sua risposta è registrata: «{answer}».",
		Again:    "Questo modulo era già stato inviato. È stato contato una volta, {time}: «{answer}».",
		NotSure: "Il portale non è riuscito a registrare la Sua risposta, o non sa se ci è riuscito. Aspetti un " +
			"minuto, inserisca il codice ancora una volta e invii di nuovo il modulo: conta una volta sola.",
		NotYet: "La Sua risposta non è ancora registrata",
		NotYetText: "Il database del portale non risponde. Torni indietro, aspetti un minuto e invii di nuovo il " +
			"modulo.",
	},
	Answer: Answer{
		InShort: "L’incidente in breve",
		InDrill: "Risponda come se fosse vero.",
		Replaced: "Lei non è più il contatto di sicurezza di questa azienda. Chi lo è ora viene avvisato al Suo " +
			"posto. Con questo link può solo rispondere «Non io», se aveva detto che se ne stava occupando.",
		Question: "Che cosa risponde?",
		NameHint: "Chi altro apre questa pagina lo vede e sa a chi chiedere.",
		More:     "Altre informazioni",
		SoFar:    "Risposte finora",
		Nobody:   "Nessuno ha ancora risposto.",
		NoName:   "senza nome",
		OnIt:     "Me ne occupo io",
		OnItDoes: "Lei agisce ora. Nessun altro viene avvisato.",
		OnItFor: "Lei agisce ora. Per {time} nessun altro viene avvisato. Se ci vuole di più, torni e risponda «Ci " +
			"sto ancora lavorando».",
		Still:     "Ci sto ancora lavorando",
		StillDoes: "Non ha ancora finito. Nessun altro viene avvisato.",
		StillFor:  "Non ha ancora finito. Da ora, per {time} nessun altro viene avvisato.",
		NotMe:     "Non io",
		NotMeDoes: "Lei non può agire o non è la persona giusta. Se qualcuno se ne stava occupando, ora non se ne " +
			"occupa più nessuno, e vengono avvisati i successivi.",
		Resolved:       "Risolto",
		ResolvedDoes:   "Tutto è fatto. Nessun altro viene avvisato e non arriva nessun promemoria.",
		Withdrawn:      "Ritirato: era un errore",
		StateOnIt:      "Qualcuno se ne sta occupando.",
		StateBy:        "{name} se ne sta occupando.",
		StateUntil:     "Se nessuno lo ripete entro {time}, vengono avvisati i successivi.",
		StateResolved:  "Risolto.",
		ResolvedText:   "È finita: non c’è più nulla da fare. Una risposta viene registrata e non cambia nulla.",
		StateWithdrawn: "Ritirato.",
		WithdrawnText:  "Era un errore: non c’è nulla da fare. Una risposta viene registrata e non cambia nulla.",
		StateNobody:    "Nessuno se ne sta occupando.",
		ExhaustedText:  "Tutti sono stati avvisati e nessuno se ne sta occupando. Non è troppo tardi per rispondere.",
		WaitingText:    "Se nessuno risponde, vengono avvisati i successivi.",
		ThenResolved:   "Nessun altro viene avvisato.",
		ThenOver:       "Era già finita, quindi non cambia nulla.",
		ThenNotMe:      "Se qualcuno se ne stava occupando, ora non se ne occupa più nessuno.",
		Over:           "L’incidente è terminato: non c’è più nulla a cui rispondere.",
	},
	Link: Link{
		InvalidTitle: "Questo link non è valido",
		Invalid:      "Non è completo o non è di questo portale. Riapra il messaggio e copi il link per intero.",
		ExpiredTitle: "Questo link è scaduto",
		Expired:      "Era valido per sette giorni. Può ancora rispondere con un nuovo codice.",
		EndedTitle:   "Questo link non è più valido",
		Ended:        "Troppi codici erano sbagliati. Può ancora rispondere con un nuovo codice.",
		Replaced: "Il messaggio è andato a chi allora era il contatto di sicurezza e ora non lo è più. Chi lo è ora " +
			"viene avvisato al suo posto.",
		NewCode:   "Invia un nuovo codice allo stesso indirizzo",
		SentTitle: "Un nuovo codice è in arrivo",
		Sent: "Va all’indirizzo a cui è andato il primo messaggio. Apra il nuovo messaggio e usi il suo link: " +
			"questo resta com’è.",
		SoonTitle: "Un nuovo codice è stato inviato poco fa",
		Soon: "Cerchi il messaggio più recente, anche nella posta indesiderata. Se non arriva nulla, lo chieda di " +
			"nuovo tra dieci minuti.",
		NeverTitle: "Non vengono inviati altri codici",
		Never: "Ne sono stati inviati cinque a questo indirizzo. Chieda a un’altra persona della Sua azienda che è " +
			"stata avvisata, o al fornitore.",
	},
	Confirm: Confirm{
		Status: "Contatto di sicurezza",
		Title:  "Il contatto di sicurezza è giusto?",
		Lead: "{company} ha inserito questo indirizzo per il proprio contatto di sicurezza. Se un incidente di " +
			"sicurezza riguarda il suo tenant, o quello di un cliente, un messaggio a questo indirizzo lo " +
			"comunica.",
		LeadUnknown: "Un’azienda ha inserito questo indirizzo per il proprio contatto di sicurezza. Se un incidente " +
			"di sicurezza riguarda il suo tenant, o quello di un cliente, un messaggio a questo indirizzo lo " +
			"comunica.",
		Entered:        "Che cosa è inserito",
		Group:          "Gruppo",
		FirstName:      "Nome",
		MiddleName:     "Secondo nome",
		LastName:       "Cognome",
		Email:          "Posta elettronica",
		Phone:          "Telefono",
		Confirmed:      "Confermato?",
		Verified:       "Confermato",
		VerifiedText:   "Qualcuno che legge questo indirizzo lo ha confermato: {time}.",
		VerifiedUntil:  "La prossima conferma è attesa entro {time}.",
		Due:            "Da confermare di nuovo",
		DueText:        "Un messaggio chiede di nuovo se qualcuno legge questo indirizzo. Ultima conferma: {time}.",
		Unverified:     "Non ancora confermato",
		UnverifiedText: "Un messaggio chiede se qualcuno legge questo indirizzo. Prima richiesta: {time}.",
		Until:          "Serve una risposta entro {time}.",
		Unasked:        "Non chiesto",
		UnaskedText:    "Non è ancora stato chiesto a nessuno se questo indirizzo viene letto.",
		Overdue:        "Non confermato in tempo",
		OverdueText:    "Nessuno ha confermato che questo indirizzo viene letto. Serviva una risposta entro {time}.",
		Doubted:        "Segnalato come sbagliato",
		DoubtedWrong:   "Qualcuno che legge questo indirizzo ha detto che qualcosa nel contatto è sbagliato: {time}.",
		DoubtedNotMe: "Qualcuno che ha ricevuto un messaggio a questo indirizzo ha detto di non essere questo " +
			"contatto: {time}.",
		Bouncing:     "Messaggio tornato indietro",
		BouncingText: "Un messaggio a questo indirizzo è tornato indietro: {time}.",
		CorrectTitle: "Per correggerlo",
		Correct: "È amministratore globale di {company}? Acceda e modifichi il contatto di sicurezza. Nessun altro " +
			"può farlo.",
		CorrectUnknown: "È amministratore globale dell’azienda? Acceda e modifichi il contatto di sicurezza. Nessun " +
			"altro può farlo.",
		SignIn: "Accedi e modifica",
		Otherwise: "Se non lo è, qui non c’è altro da fare. Gli amministratori globali sono stati avvisati. Se è " +
			"urgente, parli con uno di loro nella Sua azienda.",
		Question: "È giusto?",
		NameHint: "Gli amministratori globali dell’azienda lo vedono.",
		Changed: "I dati sono stati modificati mentre questa pagina era aperta. Li guardi di nuovo e inserisca il " +
			"codice ancora una volta.",
		Right:     "Sì, è giusto",
		RightDoes: "Leggo questo indirizzo, e i dati qui sopra sono giusti.",
		RightThen: "Questo indirizzo è confermato. Gli incidenti di sicurezza vengono inviati qui.",
		Wrong:     "Qualcosa è sbagliato",
		WrongDoes: "Leggo questo indirizzo, ma un nome, il numero o altro va modificato. Gli amministratori globali " +
			"dell’azienda vengono avvisati.",
		WrongThen: "Gli amministratori globali dell’azienda vengono avvisati. Finché non lo modificano, gli " +
			"incidenti di sicurezza vengono inviati qui come prima.",
		NotMe: "Non sono questo contatto",
		NotMeDoes: "I messaggi sugli incidenti di sicurezza devono andare a qualcun altro. Gli amministratori " +
			"globali dell’azienda vengono avvisati.",
		NotMeThen: "Gli amministratori globali dell’azienda vengono avvisati. Finché non inseriscono un altro " +
			"indirizzo, gli incidenti di sicurezza vengono inviati qui.",
		GoneTitle: "Non c’è più nulla da confermare",
		Gone: "Da quando è stato inviato il messaggio, per il contatto di sicurezza di questa azienda è stato " +
			"inserito un altro indirizzo. Non deve fare nulla.",
	},
	Fault: Fault{
		Number:    "Errore {status}",
		Request:   "Richiesta {id}",
		Start:     "Vai alla pagina iniziale",
		SignIn:    "Accedi",
		SignInTab: "Accedi (in un’altra scheda)",
		Again:     "Invia di nuovo",
		Retry:     "Riprova",
		Kept:      "Ciò che ha inserito è rimasto in questa pagina: lo invii di nuovo.",
		KeptSignIn: "Ciò che ha inserito è rimasto in questa pagina. Acceda in un’altra scheda, torni qui e lo " +
			"invii di nuovo.",
		OnlyStaff: "Solo gli amministratori e gli agenti della Sua azienda possono vedere la pagina «Legal " +
			"info» e i messaggi che la riguardano.",
		OnlyAdmins: "Solo un amministratore globale della Sua azienda può modificarlo.",
		BadRequest: FaultWords{
			Title: "Questa richiesta non è leggibile",
			Text:  "Il modulo o l’indirizzo non è completo.",
			Next:  "Torni indietro, ricarichi la pagina e riprovi.",
		},
		SignedOut: FaultWords{
			Title: "La Sua sessione è terminata",
			Text:  "L’accesso è stato chiuso.",
			Next:  "Acceda di nuovo e continui dallo stesso punto.",
		},
		Denied: FaultWords{
			Title: "Non ha accesso a questa pagina",
			Text:  "Il Suo ruolo non lo consente.",
			Next:  "Si rivolga a un amministratore globale della Sua azienda.",
		},
		NotFound: FaultWords{
			Title: "Questa pagina non esiste",
			Text:  "A questo indirizzo non c’è nulla, oppure Lei non può vederlo.",
			Next:  "Controlli l’indirizzo o cominci dalla pagina iniziale.",
		},
		TooLarge: FaultWords{
			Title: "Il testo è troppo lungo",
			Text:  "Il modulo è più grande di quanto il portale accetti.",
			Next:  "Torni indietro, accorci il testo e riprovi.",
		},
		TooMany: FaultWords{
			Title: "Troppi tentativi",
			Text:  "Dalla Sua rete sono arrivate troppe richieste.",
			Next:  "Aspetti un minuto e riprovi.",
		},
		Unavailable: FaultWords{
			Title: "Al momento non disponibile",
			Text:  "Il portale è occupato, oppure il suo database non risponde.",
			Next:  "Aspetti un momento e riprovi.",
		},
		Failed: FaultWords{
			Title: "Qualcosa è andato storto",
			Text:  "È un errore del portale ed è stato registrato.",
			Next:  "Riprovi tra un momento. Se stava salvando qualcosa, guardi prima se è stato salvato.",
		},
		Unknown: FaultWords{
			Title: "Non si sa se è stato salvato",
			Text:  "La connessione al database si è interrotta durante il salvataggio.",
			Next:  "Guardi se è stato salvato prima di inviarlo di nuovo.",
		},
	},
	Mail: Mail{
		Button: "Rispondi a questo messaggio",
		From: "Questo messaggio è inviato da {provider}, perché la Sua azienda lavora con questo fornitore nel " +
			"programma Cloud Solution Provider di Microsoft. Chi riceve questi messaggi lo decidono gli " +
			"amministratori globali della Sua azienda.",
		AskBoth:     "Domande? Risponda a questo messaggio o chiami il numero {phone}.",
		AskReply:    "Domande? Risponda a questo messaggio.",
		AskPhone:    "Domande? Chiami il numero {phone}. Nessuno legge le risposte a questo messaggio.",
		GoneSubject: "Un webhook di {company} è stato disattivato",
		GoneTitle:   "Un webhook è stato disattivato",
		GoneWhat: "Riceve questo messaggio come amministratore globale dell’azienda indicata qui sotto. Uno dei suoi " +
			"webhook è stato chiamato, e il servizio ha risposto che non esiste più. Il portale lo ha " +
			"disattivato. Non viene più avvisato degli incidenti di sicurezza. Il contatto di sicurezza lo è " +
			"ancora.",
		GoneQuestion: "Che cosa fare",
		GoneAct: "Apra «Legal info» nel portale dei partner e, lì, «Webhooks». Quello disattivato è contrassegnato. " +
			"Gli dia un nuovo indirizzo, lo provi e lo attivi, oppure lo elimini.",
	},
}
