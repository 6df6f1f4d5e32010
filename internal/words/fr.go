package words

// The terms are those of Microsoft's French pages of Partner Center: see terms
// in terms_test.go.
var fr = Language{
	Tag:  "fr",
	Name: "Français",
	Letter: Letter{
		Drill: "[EXERCICE] ", Resolved: "Résolu : ", Unanswered: "Sans réponse : ",
		Subject:         "Incident de sécurité",
		SubjectSeverity: " ({severity})", SubjectCompany: " pour {company}", SubjectTenant: ", locataire {tenant}",
		SubjectTitle: " : {title}", SubjectContactCompany: " de {company}",

		Title:          "Incident de sécurité",
		TitleDrill:     "Exercice d’incident de sécurité",
		TitleOver:      "L’incident de sécurité est terminé",
		TitleDrillOver: "L’exercice d’incident de sécurité est terminé",

		IsDrill: "Ceci est un exercice : il ne s’est rien passé.",
		DrillSteps: "Suivez les étapes ci-dessous comme lors d’un véritable incident, mais ne bloquez, ne " +
			"modifiez et ne " +
			"supprimez rien qui soit utilisé.",
		IsUpdate:       "Ceci est une mise à jour : un message précédent parlait du même incident.",
		NobodyAnswered: "Un message précédent en parlait déjà, et personne n’a répondu.",
		AllClear:       "Ceci est la fin de l’alerte : l’incident est terminé et il n’y a plus rien à faire.",

		AsSecurityContact: "Vous recevez ce message en tant que contact de sécurité de l’entreprise ci-dessous.",
		AsAdminAgent: "Vous recevez ce message en tant qu’agent d’administration de l’entreprise ci-dessous " +
			"inscrit aux " +
			"notifications de fraude Azure.",
		AsGlobalAdmin: "Vous recevez ce message en tant qu’administrateur général de l’entreprise ci-dessous, " +
			"car personne " +
			"d’autre n’a pu y être prévenu.",
		AsStandIn: "Vous recevez ce message en tant qu’administrateur général de l’entreprise ci-dessous, car " +
			"personne n’a " +
			"répondu.",
		AsSubscriber: "Vous recevez ce message car cette adresse est inscrite pour les incidents de sécurité de " +
			"l’entreprise " +
			"ci-dessous.",
		AsOther: "Vous recevez ce message au nom de l’entreprise ci-dessous.",

		ImpactsOwn:       "L’incident touche le locataire de l’entreprise elle-même.",
		ImpactsOther:     "L’incident touche un locataire qui n’est pas celui de l’entreprise.",
		ImpactsCustomer:  "L’incident touche le locataire d’un client, sur lequel l’entreprise détient {rights}.",
		ImpactedOwn:      "L’incident a touché le locataire de l’entreprise elle-même.",
		ImpactedOther:    "L’incident a touché un locataire qui n’est pas celui de l’entreprise.",
		ImpactedCustomer: "L’incident a touché le locataire d’un client, sur lequel l’entreprise détient {rights}.",
		Reseller:         "la relation de revendeur",
		DelegatedAdmin:   "des privilèges d’administrateur délégué",
		GranularAdmin:    "des privilèges d’administrateur délégué granulaires",
		Comma:            ", ", And: " et ", Between: " ",

		HowToAnswer:  "Comment répondre",
		AnswerOnPage: "Ouvrez cette page et répondez-y.",
		AnswerByCode: "Ouvrez cette page et saisissez-y le code.",
		AnswerOnIt:   "Votre réponse indique que vous vous en occupez et que quelqu’un lit cette adresse.",
		AnswerReads:  "Votre réponse indique que quelqu’un lit cette adresse.",
		AnswerConfirms: "Votre réponse indique que quelqu’un lit cette adresse. La page montre les informations " +
			"saisies pour " +
			"le contact.",

		Actions: "Ce qu’il faut faire, dans cet ordre", Summary: "Ce que l’on sait", Details: "Détails",
		Company: "Entreprise", Tenant: "Locataire", Incident: "Incident", Severity: "Gravité",
		RespondBy: "Réagir avant", Respond: "Réagir", AtOnce: "immédiatement", WaitingSince: "Sans réponse depuis",
		Page: "Page", Code: "Code", Reference: "Référence", Kind: "Type", Detected: "Détecté",
		ImpactedTenant: "Locataire touché", OwnTenant: "Locataire de l’entreprise", IncidentID: "ID de l’incident",
		Notification:  "Notification",
		Informational: "pour information", Low: "faible", Medium: "moyenne", High: "élevée",

		Appointed: Contact{
			Subject:  "Vous êtes désormais le contact de sécurité",
			What:     "Cette adresse a été saisie pour le contact de sécurité de l’entreprise ci-dessous.",
			Question: "Si vous ne vous y attendiez pas",
			Act: "Dites-le à un administrateur général de l’entreprise : personne d’autre ne peut modifier le " +
				"contact de " +
				"sécurité.",
		},
		Replaced: Contact{
			Subject: "Vous n’êtes plus le contact de sécurité",
			What: "Une autre adresse a été saisie pour le contact de sécurité de l’entreprise ci-dessous, à la " +
				"place de " +
				"celle-ci. Les incidents de sécurité ne sont plus envoyés ici.",
			Question: "Si personne ne vous en a parlé",
			Act: "Appelez immédiatement un administrateur général de l’entreprise, à un numéro que vous avez " +
				"déjà : qui veut " +
				"qu’un incident passe inaperçu commence par modifier le contact de sécurité.",
		},
		Updated: Contact{
			Subject: "Nouvelles informations pour le contact de sécurité",
			What: "Des informations sur le contact de sécurité de l’entreprise ci-dessous ont été modifiées, " +
				"comme le nom, le " +
				"numéro de téléphone ou la graphie de l’adresse. Les incidents de sécurité sont toujours " +
				"envoyés ici.",
			Question: "Si personne ne vous en a parlé",
			Act: "Appelez immédiatement un administrateur général de l’entreprise, à un numéro que vous avez " +
				"déjà, et faites " +
				"vérifier les informations : un attaquant voudrait peut-être recevoir les appels au sujet d’un " +
				"incident.",
		},
		Confirm: Contact{
			Subject: "Veuillez confirmer le contact de sécurité",
			What: "Quelqu’un lit-il cette adresse ? Elle est saisie pour le contact de sécurité de l’entreprise " +
				"ci-dessous, et " +
				"les incidents de sécurité sont envoyés ici.",
			Question: "Si vous n’êtes pas le contact de sécurité",
			Act: "Dites-le à un administrateur général de l’entreprise : personne d’autre ne peut modifier le " +
				"contact de " +
				"sécurité.",
		},
		Lapsed: Contact{
			Subject: "Veuillez vérifier le contact de sécurité",
			What: "Vous recevez ce message en tant qu’administrateur général de l’entreprise ci-dessous. Son " +
				"contact de " +
				"sécurité n’a pas confirmé que quelqu’un lit son adresse, ou des messages envoyés à cette " +
				"adresse sont revenus. " +
				"Les incidents de sécurité y sont toujours envoyés, mais personne n’agit peut-être.",
			Question: "Ce qu’il faut faire",
			Act: "Consultez le contact de sécurité dans le profil légal de l’entreprise. Faites-le confirmer " +
				"par quelqu’un qui " +
				"lit l’adresse, ou saisissez-en une qui est lue. Seul un administrateur général peut modifier " +
				"le contact de " +
				"sécurité.",
		},
		Duties: "Ce qui est attendu d’un contact de sécurité",
		DutyIncidents: "Si un incident de sécurité touche le locataire de l’entreprise, ou celui d’un client " +
			"qui lui a accordé " +
			"des droits de revendeur ou d’administration, un e-mail à cette adresse l’annonce et dit quoi " +
			"faire. Vous êtes " +
			"censé agir immédiatement.",
		DutyFraud: "Les notifications de fraude Azure sont envoyées aux agents d’administration qui s’y sont " +
			"inscrits.",
		Colon: " :",
	},
	Date: Date{
		Form:     "{weekday} {day} {month} {year}, {time} UTC",
		Weekdays: [7]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
		Months: [12]string{
			"janvier", "février", "mars", "avril", "mai", "juin",
			"juillet", "août", "septembre", "octobre", "novembre", "décembre",
		},
	},
	Kinds: map[string]string{
		"spam":                  "courrier indésirable",
		"azure_fraud":           "fraude Azure",
		"credential_compromise": "identifiants compromis",
		"phishing":              "hameçonnage",
		"malware":               "logiciel malveillant",
		"unauthorized_access":   "accès non autorisé",
		"data_exposure":         "exposition de données",

		"azure_fraud.network_connections_to_crypto_mining_pools": "fraude Azure : connexions à " +
			"des pools de minage",
		"azure_fraud.crypto_mining": "fraude Azure : minage de " +
			"cryptomonnaie",
		"azure_fraud.usage_anomaly_detection": "fraude Azure : utilisation " +
			"anormale",
		"azure_fraud.virtual_machine_deployment_anomaly": "fraude Azure : déploiement " +
			"anormal de machines virtuelles",
		"azure_fraud.vm_anomalous_deployment": "fraude Azure : déploiement " +
			"anormal de machines virtuelles",
		"azure_fraud.multi_region_virtual_machine_scale_set_deployment_anomaly": "fraude Azure : groupes " +
			"identiques de machines virtuelles anormaux dans plusieurs régions",
		"azure_fraud.multi_region_machine_learning_usage_anomaly": "fraude Azure : utilisation " +
			"anormale de Machine Learning dans plusieurs régions",
		"azure_fraud.azure_machine_learning_anomalous_deployment": "fraude Azure : déploiement " +
			"anormal d’Azure Machine Learning",
		"azure_fraud.azure_batch_anomalous_deployment": "fraude Azure : déploiement " +
			"anormal d’Azure Batch",
		"azure_fraud.azure_container_instances_anomalous_deployment": "fraude Azure : déploiement " +
			"anormal d’Azure Container Instances",
		"azure_fraud.arm_anomalous_resource_consumption": "fraude Azure : consommation " +
			"anormale de ressources",
		"azure_fraud.arm_suspicious_operations": "fraude Azure : opérations " +
			"suspectes",
		"service_health_security_advisory": "avis de sécurité de Service " +
			"Health",
	},
	Sentences: map[string]string{
		"name.missing":  "Un nom est obligatoire.",
		"name.too_long": "Le nom est trop long : 128 caractères au plus, 200 pour une entreprise.",
		"name.character": "Le nom contient un caractère avec lequel on n’écrit pas de nom, comme < ou >, ou un " +
			"caractère invisible.",
		"name.no_letter": "Un nom doit contenir au moins une lettre ou un chiffre.",

		"email.missing": "Une adresse e-mail est obligatoire.",
		"email.syntax":  "Saisissez une seule adresse e-mail de la forme name@company.com.",
		"email.non_ascii_local": "Avant le @, n’utilisez que des lettres sans accent, des chiffres et des " +
			"signes courants : beaucoup de serveurs de messagerie n’acceptent rien d’autre.",
		"email.too_long": "L’adresse e-mail est trop longue : 254 caractères au plus.",
		"email.domain": "La partie après le @ n’est pas un nom de domaine auquel on peut envoyer des " +
			"messages.",
		"email.unattended": "Cela ressemble à une boîte que personne ne lit ; donnez-en une qui est " +
			"surveillée.",
		"email.consumer_provider": "Cette boîte est chez un fournisseur grand public ; une boîte dans le " +
			"domaine de l’entreprise est plus sûre.",
		"email.guest_account": "C’est le nom d’utilisateur d’un invité, pas une boîte ; donnez l’adresse à " +
			"laquelle l’invité lit ses messages.",
		"email.reserved_domain": "Ce domaine est réservé aux exemples et aux essais, aucun message n’y arrive " +
			"; donnez-en un véritable.",
		"email.onmicrosoft": "Ce domaine a été créé par Microsoft pour le locataire ; une adresse dans le " +
			"domaine de l’entreprise est lue plus souvent.",
		"email.personal_mailbox": "Cela ressemble à la boîte d’une seule personne ; Microsoft préfère une " +
			"liste de distribution du groupe chargé de la sécurité.",

		"phone.missing": "Un numéro de téléphone est obligatoire.",
		"phone.syntax": "Saisissez un seul numéro de téléphone en chiffres, comme +1 425 555 0100 ext. 12 " +
			": pas de lettres, pas de second numéro, un + au plus.",
		"phone.country_code": "Commencez le numéro de téléphone par + et l’indicatif du pays, afin qu’on puisse " +
			"l’appeler de l’étranger.",
		"phone.impossible": "Cela ne peut pas être un numéro complet de ce pays : donnez tous ses chiffres, " +
			"pas de 0 après l’indicatif, et pas de numéro court ou d’urgence.",
		"phone.unassigned": "Ce numéro de téléphone n’est dans aucune plage connue ; appelez-le pour vous en " +
			"assurer.",
		"phone.premium_rate": "C’est un numéro surtaxé ; donnez-en un que tout le monde peut appeler.",
		"phone.not_a_line": "C’est un récepteur d’appels ou une messagerie vocale ; donnez un téléphone " +
			"auquel on répond 24 heures sur 24 et 7 jours sur 7.",

		"tenant.syntax": "L’ID du locataire doit avoir la forme 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
		"partner_type.unknown": "Le type de partenaire doit être direct_bill_partner, indirect_provider ou " +
			"indirect_reseller.",
		"field.missing": "Ce champ est obligatoire.",
		"field.too_long": "Le texte est trop long : 200 caractères au plus dans une ligne d’adresse, " +
			"100 pour une ville, un État ou une région, 50 dans un nom, 20 pour un code postal.",
		"field.character": "Le texte contient un saut de ligne ou un caractère qui ne peut pas être " +
			"affiché ; saisissez-le à nouveau.",
		"country.unknown": "Donnez le pays par son code de deux lettres, comme US, ou GB pour le " +
			"Royaume-Uni.",
		"contact.missing": "Un contact de sécurité est obligatoire.",
		"contact.same_as_primary": "Le contact de sécurité lit la même boîte que le contact principal ; nommez " +
			"ceux qui peuvent agir lors d’un incident.",
		"tenant.immutable":       "Ce profil appartient à un autre locataire et ne peut pas être déplacé.",
		"partner_type.immutable": "Le type de partenaire ne peut pas être modifié ici.",

		"incident.id": "Saisissez un ID de l’incident d’une seule ligne.",
		"incident.tenant": "L’ID du locataire de l’incident doit avoir la forme " +
			"3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
		"incident.kind": "Le type doit être un mot en lettres minuscules, chiffres et traits de " +
			"soulignement, comme credential_compromise, ou plusieurs séparés par des points.",
		"incident.severity": "La gravité doit être informational, low, medium ou high.",
		"incident.title":    "Saisissez un titre d’une seule ligne.",
		"incident.actions": "Saisissez au moins une action pour le contact, sauf si l’incident est " +
			"résolu, chacune d’une seule ligne.",
		"incident.detected_at": "Saisissez la date et l’heure auxquelles l’incident a été détecté.",
		"incident.respond_by": "Saisissez une date et une heure limites qui ne précèdent pas la détection, " +
			"ou rien si le contact doit réagir immédiatement.",
		"incident.reference": "Saisissez l’adresse entière d’une page web, comme " +
			"https://contoso.com/incidents/42, sans espace ni nom d’utilisateur, ou rien.",
		"incident.reference_host": "L’adresse web mêle les lettres de plusieurs alphabets, comme le font les " +
			"adresses qui se font passer pour une autre ; assurez-vous que c’est la bonne.",
		"incident.tenant_name": "Saisissez le nom de l’organisation touchée sur une seule ligne, ou rien.",
		"incident.status":      "L’état doit être resolved, ou vide tant que l’incident continue.",
		"incident.version": "La version doit être 0 quand l’incident est annoncé pour la première fois, " +
			"puis plus élevée chaque fois, aussi quand il est résolu.",

		"escalation.steps":   "Ajoutez au moins une étape qui dit qui est prévenu.",
		"escalation.timeout": "Indiquez combien de temps l’étape attend une réponse : plus que rien.",
		"escalation.repeat":  "Les étapes peuvent être répétées de 0 à 99 fois.",

		"contact.unverified": "Personne n’a encore confirmé que cette adresse est lue.",
		"contact.due":        "Il est temps de confirmer à nouveau que quelqu’un lit cette adresse.",
		"contact.overdue": "Personne n’a confirmé à temps que cette adresse est lue ; faites-la confirmer, " +
			"ou saisissez-en une qui est lue.",
		"contact.bouncing": "Des messages à cette adresse sont revenus ; corrigez-la, ou saisissez-en une qui " +
			"est lue.",

		"language.tag": "Donnez la langue par son étiquette, comme de, ou pt-BR pour le portugais du Brésil.",
	},
	Refused: "Cette valeur a été refusée.",
	Actions: Actions{
		Subscription:  "l’abonnement Azure {id}",
		Subscriptions: "les abonnements Azure du client",
		StartWith:     ", en commençant par {resources}",
		More:          "{resources} et {count} de plus",

		Open: "Ouvrez {subscription} dans le portail Azure{start}.",
		Stop: "Si tout n’est pas attendu, arrêtez et supprimez ce qu’un intrus a créé, dans chaque région, avec " +
			"les disques et " +
			"le stockage qui subsistent.",
		Credentials: "Changez les identifiants des administrateurs du locataire et de tous ceux qui ont un rôle " +
			"sur " +
			"l’abonnement, et exigez d’eux tous l’authentification multifacteur.",
		Recovery: "Vérifiez les numéros de téléphone et les adresses avec lesquels les administrateurs généraux " +
			"récupèrent " +
			"leurs mots de passe.",
		Logs: "Parcourez les journaux de connexion, les utilisateurs à risque et le journal d’activité autour " +
			"du moment de " +
			"l’alerte, et supprimez chaque rôle, compte et application que personne ne peut expliquer.",
		Cancel: "Si l’intrus ne peut pas être tenu à l’écart, annulez l’abonnement. Demandez d’abord au client " +
			"s’il y a le " +
			"temps. Il faut un administrateur général qui est aussi agent d’administration.",
		After: "Ensuite, faites réduire les quotas que le client n’utilise pas, et fixez un budget de dépenses.",
		Report: "Clôturez l’alerte dans l’Espace partenaires : comme fraude, ou comme légitime si l’activité " +
			"est attendue.",

		AdvisoryRead: "Lisez l’avis. L’alerte dans l’Espace partenaires contient une copie de ce qui a été dit " +
			"au client sous " +
			"Service Health dans le portail Azure.",
		AdvisoryDo: "Faites avec le client ce qu’il demande, pour {subscription}{start}.",
		AdvisoryAlert: "Veillez à ce que le client ait une alerte pour Service Health, afin que le prochain " +
			"avis parvienne à " +
			"quelqu’un.",
		AdvisoryResolve: "Clôturez l’alerte dans l’Espace partenaires : comme légitime une fois que c’est fait, " +
			"ou comme fraude " +
			"s’il s’agit d’un intrus.",

		OtherOpen: "Ouvrez l’alerte dans l’Espace partenaires, sous Insights, Security, Alerts, et lisez ce qui " +
			"a été observé " +
			"pour {subscription}{start}.",
		OtherAsk: "Demandez au client si l’activité est attendue.",

		Look: map[string]string{
			"networkConnectionsToCryptoMiningPools": "Trouvez quelles machines se connectent à un pool de " +
				"minage, et si quelqu’un " +
				"chez le client y mine volontairement de la cryptomonnaie.",
			"cryptoMining": "Trouvez quelles ressources minent de la cryptomonnaie, et si quelqu’un chez le " +
				"client le fait " +
				"volontairement.",
			"usageAnomalyDetection": "Comparez l’utilisation des derniers jours à celle du mois précédent, " +
				"région par région, et " +
				"demandez au client ce qui l’explique.",
			"virtualMachineDeploymentAnomaly": "Cherchez les machines virtuelles créées récemment, et " +
				"interrogez le client sur " +
				"chacune qui est grande ou dans une région inhabituelle.",
			"vmAnomalousDeployment": "Cherchez les machines virtuelles créées récemment, et interrogez le " +
				"client sur " +
				"chacune qui est grande ou dans une région inhabituelle.",
			"multiRegionVirtualMachineScaleSetDeploymentAnomaly": "Cherchez dans chaque région, pas seulement " +
				"les régions " +
				"habituelles, des groupes identiques de machines virtuelles, et interrogez le client sur chacun.",
			"multiRegionMachineLearningUsageAnomaly": "Cherchez dans chaque région, pas seulement les régions " +
				"habituelles, des " +
				"espaces de travail et du calcul Machine Learning, et interrogez le client sur chacun.",
			"azureMachineLearningAnomalousDeployment": "Cherchez dans chaque région des espaces de travail et " +
				"du calcul Machine " +
				"Learning créés récemment, et interrogez le client sur chacun.",
			"azureBatchAnomalousDeployment": "Cherchez dans chaque région des comptes et des pools Batch créés " +
				"récemment, et " +
				"interrogez le client sur chacun.",
			"azureContainerInstancesAnomalousDeployment": "Cherchez dans chaque région des instances de " +
				"conteneur créées " +
				"récemment, et interrogez le client sur chacune et sur son image.",
			"armAnomalousResourceConsumption": "Comparez ce qui a été créé et utilisé ces derniers jours au " +
				"mois précédent, et " +
				"demandez au client ce qui l’explique.",
			"armSuspiciousOperations": "Lisez dans le journal d’activité quelles opérations étaient " +
				"inhabituelles et qui les a " +
				"faites, et demandez à cette personne si c’était bien elle.",
		},
	},
	Webhook: Webhook{Fallback: "Notification de sécurité", Answer: "Répondre", Reference: "Référence"},
}
