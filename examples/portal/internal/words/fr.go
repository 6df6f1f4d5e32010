package words

// The terms are those of the library: see internal/words at the root.
var fr = Language{
	Library: library("fr"),
	Page: Page{
		Portal:        "Portail des partenaires",
		Skip:          "Aller au contenu",
		Error:         "Erreur : {title}",
		Demonstration: "Démonstration.",
		MadeUp:        "Toutes les entreprises, personnes et adresses sont inventées.",
		MailStays:     "Aucun e-mail ne sort de ce programme.",
		Language:      "Langue",
		Show:          "Afficher",
		WrittenIn:     "Les e-mails à cette adresse sont écrits dans une autre langue : {language}.",
		WriteSo:       "Écrire désormais à cette adresse en français",
		WrittenSo:     "Désormais, les e-mails à cette adresse sont en français.",
		Provider:      "votre fournisseur",
		Ask:           "Des questions ? Adressez-vous à {provider}.",
		AskPhone:      "Des questions ? Adressez-vous à {provider} : appelez le {phone}.",
		AskMail:       "Des questions ? Adressez-vous à {provider} : écrivez à {mail}.",
		AskBoth:       "Des questions ? Adressez-vous à {provider} : appelez le {phone}, ou écrivez à {mail}.",
	},
	Time: Time{
		Moment:  "{day} {month} {year}, {time} UTC",
		Hours:   "{n} h",
		Minutes: "{n} min",
	},
	Form: Form{
		Attention: "Quelque chose est à corriger",
		Optional:  "(facultatif)",
		CodeHint: "Les huit lettres et chiffres sous le lien de l’e-mail. Les majuscules et les traits d’union " +
			"n’ont pas d’importance.",
		NoCode:    "Saisissez le code de l’e-mail. Il a huit lettres et chiffres.",
		WrongCode: "Ce n’est pas le code de l’e-mail. Regardez l’e-mail d’où vous venez : chacun a son propre code.",
		Name:      "Votre nom",
		Heading:   "Votre réponse",
		Change:    "Modifier la réponse",
		Answer:    "Réponse",
		Choose:    "Choisissez votre réponse et saisissez le code encore une fois.",
		Send:      "Envoyer la réponse",
		Recorded:  "Votre réponse est enregistrée avec l’heure et l’adresse de votre réseau.",
		Thanks:    "Merci. Votre réponse est enregistrée : « {answer} ».",
		Again:     "Ce formulaire a déjà été envoyé. Il a été compté une fois, le {time} : « {answer} ».",
		NotSure: "Le portail n’a pas pu enregistrer votre réponse, ou ne sait pas s’il l’a fait. Attendez une " +
			"minute, saisissez le code encore une fois et renvoyez le formulaire : il ne compte qu’une fois.",
		NotYet: "Votre réponse n’est pas encore enregistrée",
		NotYetText: "La base de données du portail ne répond pas. Revenez en arrière, attendez une minute et " +
			"renvoyez le formulaire.",
	},
	Answer: Answer{
		InShort: "L’incident en bref",
		InDrill: "Répondez comme si c’était réel.",
		Replaced: "Vous n’êtes plus le contact de sécurité de cette entreprise. La personne qui l’est maintenant est " +
			"prévenue à votre place. Avec ce lien, vous pouvez seulement répondre « Pas moi », si vous aviez dit " +
			"que vous vous en occupiez.",
		Question: "Que répondez-vous ?",
		NameHint: "Les autres personnes qui ouvrent cette page le voient et savent à qui s’adresser.",
		More:     "En savoir plus",
		SoFar:    "Réponses jusqu’ici",
		Nobody:   "Personne n’a encore répondu.",
		NoName:   "sans nom",
		OnIt:     "Je m’en occupe",
		OnItDoes: "Vous agissez maintenant. Personne d’autre n’est prévenu.",
		OnItFor: "Vous agissez maintenant. Personne d’autre n’est prévenu pendant {time}. Si cela prend plus " +
			"longtemps, revenez et répondez « Toujours en cours ».",
		Still:     "Toujours en cours",
		StillDoes: "Vous n’avez pas encore terminé. Personne d’autre n’est prévenu.",
		StillFor: "Vous n’avez pas encore terminé. À partir de maintenant, personne d’autre n’est prévenu pendant " +
			"{time}.",
		NotMe: "Pas moi",
		NotMeDoes: "Vous ne pouvez pas agir, ou ce n’est pas à vous de le faire. Si quelqu’un s’en occupait, plus " +
			"personne ne s’en occupe, et les suivants sont prévenus.",
		Resolved:       "Résolu",
		ResolvedDoes:   "Tout est fait. Personne d’autre n’est prévenu et aucun rappel ne vient.",
		Withdrawn:      "Retiré : c’était une erreur",
		StateOnIt:      "Quelqu’un s’en occupe.",
		StateBy:        "{name} s’en occupe.",
		StateUntil:     "Si personne ne le redit avant le {time}, les suivants sont prévenus.",
		StateResolved:  "Résolu.",
		ResolvedText:   "C’est terminé : il n’y a plus rien à faire. Une réponse est enregistrée et ne change rien.",
		StateWithdrawn: "Retiré.",
		WithdrawnText:  "C’était une erreur : il n’y a rien à faire. Une réponse est enregistrée et ne change rien.",
		StateNobody:    "Personne ne s’en occupe.",
		ExhaustedText: "Tout le monde a été prévenu, et personne ne s’en occupe. Il n’est pas trop tard pour " +
			"répondre.",
		WaitingText:  "Si personne ne répond, les suivants sont prévenus.",
		ThenResolved: "Personne d’autre n’est prévenu.",
		ThenOver:     "C’était déjà terminé : cela ne change donc rien.",
		ThenNotMe:    "Si quelqu’un s’en occupait, plus personne ne s’en occupe.",
		Over:         "L’incident est terminé : il n’y a plus rien à répondre.",
	},
	Link: Link{
		InvalidTitle: "Ce lien n’est pas valable",
		Invalid:      "Il n’est pas complet, ou n’est pas de ce portail. Rouvrez l’e-mail et copiez le lien en entier.",
		ExpiredTitle: "Ce lien a expiré",
		Expired:      "Il était valable sept jours. Vous pouvez encore répondre avec un nouveau code.",
		EndedTitle:   "Ce lien n’est plus valable",
		Ended:        "Trop de codes étaient faux. Vous pouvez encore répondre avec un nouveau code.",
		Replaced: "L’e-mail est allé à une personne qui était alors le contact de sécurité et ne l’est plus. La " +
			"personne qui l’est maintenant est prévenue à sa place.",
		NewCode:   "Envoyer un nouveau code à la même adresse",
		SentTitle: "Un nouveau code est en route",
		Sent: "Il va à l’adresse à laquelle le premier e-mail est allé. Ouvrez le nouvel e-mail et utilisez son " +
			"lien : celui-ci reste tel quel.",
		SoonTitle: "Un nouveau code a été envoyé il y a peu",
		Soon: "Cherchez l’e-mail le plus récent, aussi parmi les indésirables. Si rien n’arrive, redemandez dans dix " +
			"minutes.",
		NeverTitle: "Plus aucun code n’est envoyé",
		Never: "Cinq ont été envoyés à cette adresse. Demandez à une autre personne de votre entreprise qui a été " +
			"prévenue, ou au fournisseur.",
	},
	Confirm: Confirm{
		Status: "Contact de sécurité",
		Title:  "Le contact de sécurité est-il correct ?",
		Lead: "{company} a saisi cette adresse pour son contact de sécurité. Si un incident de sécurité touche son " +
			"locataire, ou celui d’un client, un e-mail à cette adresse l’annonce.",
		LeadUnknown: "Une entreprise a saisi cette adresse pour son contact de sécurité. Si un incident de sécurité " +
			"touche son locataire, ou celui d’un client, un e-mail à cette adresse l’annonce.",
		Entered:        "Ce qui est saisi",
		Group:          "Groupe",
		FirstName:      "Prénom",
		MiddleName:     "Deuxième prénom",
		LastName:       "Nom",
		Email:          "Adresse e-mail",
		Phone:          "Téléphone",
		Confirmed:      "Confirmé ?",
		Verified:       "Confirmé",
		VerifiedText:   "Quelqu’un qui lit cette adresse l’a confirmée : {time}.",
		VerifiedUntil:  "La prochaine fois est due avant le {time}.",
		Due:            "À confirmer de nouveau",
		DueText:        "Un e-mail demande de nouveau si quelqu’un lit cette adresse. Dernière confirmation : {time}.",
		Unverified:     "Pas encore confirmé",
		UnverifiedText: "Un e-mail demande si quelqu’un lit cette adresse. Première demande : {time}.",
		Until:          "Une réponse est nécessaire avant le {time}.",
		Unasked:        "Pas demandé",
		UnaskedText:    "On n’a encore demandé à personne si cette adresse est lue.",
		Overdue:        "Non confirmé à temps",
		OverdueText:    "Personne n’a confirmé que cette adresse est lue. Une réponse était nécessaire avant le {time}.",
		Doubted:        "Signalé comme faux",
		DoubtedWrong: "Quelqu’un qui lit cette adresse a dit que quelque chose n’est pas correct dans le contact : " +
			"{time}.",
		DoubtedNotMe: "Quelqu’un qui a reçu un e-mail à cette adresse a dit ne pas être ce contact : {time}.",
		Bouncing:     "E-mail revenu",
		BouncingText: "Un e-mail à cette adresse est revenu : {time}.",
		CorrectTitle: "Pour corriger",
		Correct: "Êtes-vous administrateur général de {company} ? Connectez-vous et modifiez le contact de sécurité. " +
			"Personne d’autre ne le peut.",
		CorrectUnknown: "Êtes-vous administrateur général de l’entreprise ? Connectez-vous et modifiez le contact de " +
			"sécurité. Personne d’autre ne le peut.",
		SignIn: "Se connecter et modifier",
		Otherwise: "Sinon, il n’y a rien de plus à faire ici. Les administrateurs généraux ont été prévenus. Si " +
			"c’est urgent, parlez-en à l’un d’eux dans votre entreprise.",
		Question: "Est-ce correct ?",
		NameHint: "Les administrateurs généraux de l’entreprise le voient.",
		Changed: "Les informations ont été modifiées pendant que cette page était ouverte. Regardez-les de nouveau " +
			"et saisissez le code encore une fois.",
		Right:     "Oui, c’est correct",
		RightDoes: "Je lis cette adresse, et les informations ci-dessus sont correctes.",
		RightThen: "Cette adresse est confirmée. Les incidents de sécurité sont envoyés ici.",
		Wrong:     "Quelque chose n’est pas correct",
		WrongDoes: "Je lis cette adresse, mais un nom, le numéro ou autre chose est à modifier. Les administrateurs " +
			"généraux de l’entreprise sont prévenus.",
		WrongThen: "Les administrateurs généraux de l’entreprise sont prévenus. Jusqu’à ce qu’ils modifient le " +
			"contact, les incidents de sécurité sont envoyés ici comme avant.",
		NotMe: "Je ne suis pas ce contact",
		NotMeDoes: "Les e-mails sur les incidents de sécurité doivent aller à quelqu’un d’autre. Les administrateurs " +
			"généraux de l’entreprise sont prévenus.",
		NotMeThen: "Les administrateurs généraux de l’entreprise sont prévenus. Jusqu’à ce qu’ils saisissent une " +
			"autre adresse, les incidents de sécurité sont envoyés ici.",
		GoneTitle: "Il n’y a plus rien à confirmer",
		Gone: "Une autre adresse a été saisie pour le contact de sécurité de cette entreprise depuis l’envoi de " +
			"l’e-mail. Vous n’avez rien à faire.",
	},
	Fault: Fault{
		Number:    "Erreur {status}",
		Request:   "Demande {id}",
		Start:     "Aller à la page d’accueil",
		SignIn:    "Se connecter",
		SignInTab: "Se connecter (dans un nouvel onglet)",
		Again:     "Envoyer de nouveau",
		Retry:     "Réessayer",
		Kept:      "Ce que vous avez saisi est resté sur cette page : envoyez-le de nouveau.",
		KeptSignIn: "Ce que vous avez saisi est resté sur cette page. Connectez-vous dans un autre onglet, " +
			"revenez ici et envoyez-le de nouveau.",
		OnlyStaff: "Seuls les administrateurs et les agents de votre entreprise peuvent voir la page « Legal " +
			"info » et les e-mails à ce sujet.",
		OnlyAdmins: "Seul un administrateur général de votre entreprise peut modifier cela.",
		BadRequest: FaultWords{
			Title: "Cette demande est illisible",
			Text:  "Le formulaire ou l’adresse n’est pas complet.",
			Next:  "Revenez en arrière, rechargez la page et réessayez.",
		},
		SignedOut: FaultWords{
			Title: "Votre session est terminée",
			Text:  "Vous avez été déconnecté.",
			Next:  "Connectez-vous et reprenez là où vous en étiez.",
		},
		Denied: FaultWords{
			Title: "Vous n’avez pas accès à cette page",
			Text:  "Votre rôle ne le permet pas.",
			Next:  "Adressez-vous à un administrateur général de votre entreprise.",
		},
		NotFound: FaultWords{
			Title: "Cette page n’existe pas",
			Text:  "Il n’y a rien à cette adresse, ou vous ne pouvez pas le voir.",
			Next:  "Vérifiez l’adresse, ou commencez par la page d’accueil.",
		},
		TooLarge: FaultWords{
			Title: "Le texte est trop long",
			Text:  "Le formulaire est plus grand que ce que le portail accepte.",
			Next:  "Revenez en arrière, raccourcissez le texte et réessayez.",
		},
		TooMany: FaultWords{
			Title: "Trop de tentatives",
			Text:  "Trop de demandes sont venues de votre réseau.",
			Next:  "Attendez une minute et réessayez.",
		},
		Unavailable: FaultWords{
			Title: "Pas disponible pour le moment",
			Text:  "Le portail est trop sollicité, ou sa base de données ne répond pas.",
			Next:  "Attendez un instant et réessayez.",
		},
		Failed: FaultWords{
			Title: "Une erreur s’est produite",
			Text:  "Elle vient du portail et a été consignée.",
			Next: "Réessayez dans un instant. Si vous étiez en train d’enregistrer quelque chose, regardez " +
				"d’abord si c’est enregistré.",
		},
		Unknown: FaultWords{
			Title: "On ne sait pas si c’est enregistré",
			Text:  "La connexion à la base de données a été coupée pendant l’enregistrement.",
			Next:  "Regardez si c’est enregistré avant de l’envoyer de nouveau.",
		},
	},
	Mail: Mail{
		Button: "Répondre à cet e-mail",
		From: "Cet e-mail vient de {provider}, parce que votre entreprise travaille avec ce fournisseur dans le " +
			"programme Fournisseur de solutions Cloud de Microsoft. Les administrateurs généraux de votre " +
			"entreprise décident qui reçoit ces e-mails.",
		AskBoth:     "Des questions ? Répondez à cet e-mail, ou appelez le {phone}.",
		AskReply:    "Des questions ? Répondez à cet e-mail.",
		AskPhone:    "Des questions ? Appelez le {phone}. Personne ne lit les réponses à cet e-mail.",
		GoneSubject: "Un webhook de {company} a été désactivé",
		GoneTitle:   "Un webhook a été désactivé",
		GoneWhat: "Vous recevez ce message en tant qu’administrateur général de l’entreprise ci-dessous. Un de ses " +
			"webhooks a été appelé, et son service a répondu qu’il n’existe plus. Le portail l’a désactivé. Il " +
			"n’est plus prévenu des incidents de sécurité. Le contact de sécurité l’est toujours.",
		GoneQuestion: "Ce qu’il faut faire",
		GoneAct: "Ouvrez « Legal info » dans le portail des partenaires, puis « Webhooks ». Celui qui est désactivé " +
			"est signalé. Donnez-lui une nouvelle adresse, testez-le et activez-le, ou supprimez-le.",
	},
}
