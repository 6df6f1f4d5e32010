package words

// The terms are those of Microsoft's Spanish pages of Partner Center: see terms
// in terms_test.go.
var es = Language{
	Tag:  "es",
	Name: "Español",
	Letter: Letter{
		Drill: "[SIMULACRO] ", Resolved: "Resuelto: ", Unanswered: "Sin respuesta: ",
		Subject:         "Incidente de seguridad",
		SubjectSeverity: " ({severity})", SubjectCompany: " en {company}", SubjectTenant: ", inquilino {tenant}",
		SubjectTitle: ": {title}", SubjectContactCompany: " de {company}",

		Title:          "Incidente de seguridad",
		TitleDrill:     "Simulacro de un incidente de seguridad",
		TitleOver:      "El incidente de seguridad ha terminado",
		TitleDrillOver: "El simulacro de un incidente de seguridad ha terminado",

		IsDrill: "Esto es un simulacro: no ha pasado nada.",
		DrillSteps: "Siga los pasos de abajo como en un incidente real, pero no bloquee, cambie ni elimine nada " +
			"que esté en " +
			"uso.",
		IsUpdate:       "Esto es una actualización: un mensaje anterior informó del mismo incidente.",
		NobodyAnswered: "Un mensaje anterior ya informó de esto y nadie ha respondido.",
		AllClear:       "Este es el fin de la alerta: el incidente ha terminado y no hay nada más que hacer.",

		AsSecurityContact: "Recibe este mensaje como contacto de seguridad de la empresa indicada abajo.",
		AsAdminAgent: "Recibe este mensaje como agente de administración de la empresa indicada abajo, inscrito " +
			"en las " +
			"notificaciones de fraude de Azure.",
		AsGlobalAdmin: "Recibe este mensaje como administrador global de la empresa indicada abajo, porque no " +
			"se pudo avisar " +
			"a nadie más en ella.",
		AsStandIn: "Recibe este mensaje como administrador global de la empresa indicada abajo, porque nadie ha " +
			"respondido.",
		AsSubscriber: "Recibe este mensaje porque esta dirección está registrada para los incidentes de " +
			"seguridad de la " +
			"empresa indicada abajo.",
		AsOther: "Recibe este mensaje en nombre de la empresa indicada abajo.",

		ImpactsOwn:       "El incidente afecta al inquilino de la propia empresa.",
		ImpactsOther:     "El incidente afecta a un inquilino que no es el de la empresa.",
		ImpactsCustomer:  "El incidente afecta al inquilino de un cliente, sobre el que la empresa tiene {rights}.",
		ImpactedOwn:      "El incidente afectó al inquilino de la propia empresa.",
		ImpactedOther:    "El incidente afectó a un inquilino que no es el de la empresa.",
		ImpactedCustomer: "El incidente afectó al inquilino de un cliente, sobre el que la empresa tiene {rights}.",
		Reseller:         "la relación de revendedor",
		DelegatedAdmin:   "privilegios de administrador delegado",
		GranularAdmin:    "privilegios granulares de administrador delegado",
		Comma:            ", ", And: " y ", Between: " ",

		HowToAnswer:  "Cómo responder",
		AnswerOnPage: "Abra esta página y responda allí.",
		AnswerByCode: "Abra esta página e introduzca allí el código.",
		AnswerOnIt:   "Su respuesta indica que usted se ocupa de ello y que alguien lee esta dirección.",
		AnswerReads:  "Su respuesta indica que alguien lee esta dirección.",
		AnswerConfirms: "Su respuesta indica que alguien lee esta dirección. La página muestra los datos " +
			"introducidos para el " +
			"contacto.",

		Actions: "Qué hacer, en este orden", Summary: "Qué se sabe", Details: "Detalles",
		Company: "Empresa", Tenant: "Inquilino", Incident: "Incidente", Severity: "Gravedad",
		RespondBy: "Reaccionar antes de", Respond: "Reaccionar", AtOnce: "de inmediato", WaitingSince: "Sin " +
			"respuesta desde",
		Page: "Página", Code: "Código", Reference: "Referencia", Kind: "Tipo", Detected: "Detectado",
		ImpactedTenant: "Inquilino afectado", OwnTenant: "Inquilino de la empresa", IncidentID: "Id. del incidente",
		Notification:  "Notificación",
		Informational: "informativa", Low: "baja", Medium: "media", High: "alta",

		Appointed: Contact{
			Subject:  "Ahora usted es el contacto de seguridad",
			What:     "Esta dirección se introdujo para el contacto de seguridad de la empresa indicada abajo.",
			Question: "Si no lo esperaba",
			Act: "Dígaselo a un administrador global de la empresa: nadie más puede cambiar el contacto de " +
				"seguridad.",
		},
		Replaced: Contact{
			Subject: "Ya no es el contacto de seguridad",
			What: "Se introdujo otra dirección para el contacto de seguridad de la empresa indicada abajo, en " +
				"lugar de esta. " +
				"Los incidentes de seguridad ya no se envían aquí.",
			Question: "Si nadie le habló de esto",
			Act: "Llame de inmediato a un administrador global de la empresa, a un número que ya tenga: quien " +
				"quiere que un " +
				"incidente pase inadvertido cambia primero el contacto de seguridad.",
		},
		Updated: Contact{
			Subject: "Nuevos datos del contacto de seguridad",
			What: "Se cambiaron datos del contacto de seguridad de la empresa indicada abajo, como el nombre, " +
				"el número de " +
				"teléfono o la grafía de la dirección. Los incidentes de seguridad se siguen enviando aquí.",
			Question: "Si nadie le habló de esto",
			Act: "Llame de inmediato a un administrador global de la empresa, a un número que ya tenga, y haga " +
				"comprobar los " +
				"datos: un atacante puede querer recibir las llamadas sobre un incidente.",
		},
		Confirm: Contact{
			Subject: "Confirme el contacto de seguridad",
			What: "¿Alguien lee esta dirección? Está introducida para el contacto de seguridad de la empresa " +
				"indicada abajo, y " +
				"los incidentes de seguridad se envían aquí.",
			Question: "Si usted no es el contacto de seguridad",
			Act: "Dígaselo a un administrador global de la empresa: nadie más puede cambiar el contacto de " +
				"seguridad.",
		},
		Lapsed: Contact{
			Subject: "Compruebe el contacto de seguridad",
			What: "Recibe este mensaje como administrador global de la empresa indicada abajo. Su contacto de " +
				"seguridad no " +
				"confirmó que alguien lea su dirección, o los mensajes a esa dirección fueron devueltos. Los " +
				"incidentes de " +
				"seguridad se siguen enviando allí, pero quizá nadie actúe.",
			Question: "Qué hacer",
			Act: "Consulte el contacto de seguridad en el perfil legal de la empresa. Haga que lo confirme " +
				"alguien que lea la " +
				"dirección, o introduzca una que se lea. Solo un administrador global puede cambiar el contacto " +
				"de seguridad.",
		},
		Duties: "Qué se espera de un contacto de seguridad",
		DutyIncidents: "Si un incidente de seguridad afecta al inquilino de la empresa, o al de un cliente que " +
			"le concedió " +
			"derechos de revendedor o de administración, un correo electrónico a esta dirección lo comunica y " +
			"dice qué hacer. " +
			"Se espera que usted actúe de inmediato.",
		DutyFraud: "Las notificaciones de fraude de Azure se envían a los agentes de administración que se " +
			"inscribieron en ellas.",
		Colon: ":",
	},
	Date: Date{
		Form:     "{weekday}, {day} de {month} de {year}, {time} UTC",
		Weekdays: [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
		Months: [12]string{
			"enero", "febrero", "marzo", "abril", "mayo", "junio",
			"julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
		},
	},
	Kinds: map[string]string{
		"spam":                  "correo no deseado",
		"azure_fraud":           "fraude de Azure",
		"credential_compromise": "credenciales comprometidas",
		"phishing":              "suplantación de identidad",
		"malware":               "software malintencionado",
		"unauthorized_access":   "acceso no autorizado",
		"data_exposure":         "exposición de datos",

		"azure_fraud.network_connections_to_crypto_mining_pools": "fraude de Azure: conexiones a " +
			"grupos de minería",
		"azure_fraud.crypto_mining": "fraude de Azure: minería de " +
			"criptomoneda",
		"azure_fraud.usage_anomaly_detection": "fraude de Azure: uso anómalo",
		"azure_fraud.virtual_machine_deployment_anomaly": "fraude de Azure: " +
			"implementación anómala de máquinas virtuales",
		"azure_fraud.vm_anomalous_deployment": "fraude de Azure: " +
			"implementación anómala de máquinas virtuales",
		"azure_fraud.multi_region_virtual_machine_scale_set_deployment_anomaly": "fraude de Azure: conjuntos de " +
			"escalado anómalos en varias regiones",
		"azure_fraud.multi_region_machine_learning_usage_anomaly": "fraude de Azure: uso anómalo " +
			"de Machine Learning en varias regiones",
		"azure_fraud.azure_machine_learning_anomalous_deployment": "fraude de Azure: " +
			"implementación anómala de Azure Machine Learning",
		"azure_fraud.azure_batch_anomalous_deployment": "fraude de Azure: " +
			"implementación anómala de Azure Batch",
		"azure_fraud.azure_container_instances_anomalous_deployment": "fraude de Azure: " +
			"implementación anómala de Azure Container Instances",
		"azure_fraud.arm_anomalous_resource_consumption": "fraude de Azure: consumo " +
			"anómalo de recursos",
		"azure_fraud.arm_suspicious_operations": "fraude de Azure: operaciones " +
			"sospechosas",
		"service_health_security_advisory": "aviso de seguridad de Service " +
			"Health",
	},
	Sentences: map[string]string{
		"name.missing":  "Se requiere un nombre.",
		"name.too_long": "El nombre es demasiado largo: 128 caracteres como máximo, 200 para una empresa.",
		"name.character": "El nombre contiene un carácter con el que no se escriben nombres, como < o >, o uno " +
			"que no se ve.",
		"name.no_letter": "Un nombre necesita al menos una letra o una cifra.",

		"email.missing": "Se requiere una dirección de correo electrónico.",
		"email.syntax": "Introduzca una sola dirección de correo electrónico de la forma " +
			"name@company.com.",
		"email.non_ascii_local": "Antes de la @ use solo letras sin acentos, cifras y signos corrientes: " +
			"muchos servidores de correo no aceptan otra cosa.",
		"email.too_long": "La dirección de correo electrónico es demasiado larga: 254 caracteres como " +
			"máximo.",
		"email.domain": "La parte que sigue a la @ no es un nombre de dominio al que se pueda enviar " +
			"correo.",
		"email.unattended": "Parece un buzón que nadie lee; indique uno que esté atendido.",
		"email.consumer_provider": "Este buzón es de un proveedor para particulares; uno en el dominio de la " +
			"empresa es más seguro.",
		"email.guest_account": "Es el nombre de usuario de un invitado, no un buzón; indique la dirección " +
			"en la que el invitado lee su correo.",
		"email.reserved_domain": "Este dominio está reservado para ejemplos y pruebas, allí no llega correo; " +
			"indique uno real.",
		"email.onmicrosoft": "Microsoft creó este dominio para el inquilino; una dirección en el dominio " +
			"de la empresa se lee más a menudo.",
		"email.personal_mailbox": "Parece el buzón de una sola persona; Microsoft prefiere una lista de " +
			"distribución del grupo que se ocupa de la seguridad.",

		"phone.missing": "Se requiere un número de teléfono.",
		"phone.syntax": "Introduzca un solo número de teléfono en cifras, como +1 425 555 0100 ext. 12: " +
			"sin letras, sin un segundo número, un + como máximo.",
		"phone.country_code": "Empiece el número de teléfono con + y el código del país, para que se pueda " +
			"llamar desde el extranjero.",
		"phone.impossible": "No puede ser un número de teléfono completo de su país: indique todas sus " +
			"cifras, sin 0 tras el código del país, y ningún número corto ni de emergencias.",
		"phone.unassigned":   "Este número de teléfono no está en ningún rango conocido; llame para asegurarse.",
		"phone.premium_rate": "Es un número de tarificación adicional; indique uno al que cualquiera pueda llamar.",
		"phone.not_a_line": "Es un buscapersonas o un buzón de voz; indique un teléfono que se atienda las 24 " +
			"horas todos los días.",

		"tenant.syntax": "El id. del inquilino debe tener la forma 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
		"partner_type.unknown": "El tipo de asociado debe ser direct_bill_partner, indirect_provider o " +
			"indirect_reseller.",
		"field.missing": "Este campo es obligatorio.",
		"field.too_long": "El texto es demasiado largo: 200 caracteres como máximo en una línea de " +
			"dirección, 100 en una ciudad, estado o región, 50 en un nombre, 20 en un código postal.",
		"field.character": "El texto contiene un salto de línea o un carácter que no se puede mostrar; " +
			"escríbalo de nuevo.",
		"country.unknown": "Indique el país con su código de dos letras, como US, o GB para el Reino " +
			"Unido.",
		"contact.missing": "Se requiere un contacto de seguridad.",
		"contact.same_as_primary": "El contacto de seguridad lee el mismo buzón que el contacto principal; " +
			"nombre a quienes puedan actuar ante un incidente.",
		"tenant.immutable":       "Este perfil pertenece a otro inquilino y no se puede trasladar.",
		"partner_type.immutable": "El tipo de asociado no se puede cambiar aquí.",

		"incident.id": "Introduzca un id. del incidente de una sola línea.",
		"incident.tenant": "El id. del inquilino del incidente debe tener la forma " +
			"3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
		"incident.kind": "El tipo debe ser una palabra de letras minúsculas, cifras y guiones bajos, " +
			"como credential_compromise, o varias con puntos entre ellas.",
		"incident.severity": "La gravedad debe ser informational, low, medium o high.",
		"incident.title":    "Introduzca un título de una sola línea.",
		"incident.actions": "Introduzca al menos una acción para el contacto, salvo que el incidente esté " +
			"resuelto, cada una de una sola línea.",
		"incident.detected_at": "Introduzca la fecha y la hora en que se detectó el incidente.",
		"incident.respond_by": "Introduzca una fecha y una hora límite que no sea anterior a la detección, " +
			"o ninguna si el contacto debe reaccionar de inmediato.",
		"incident.reference": "Introduzca la dirección completa de una página web, como " +
			"https://contoso.com/incidents/42, sin espacios ni nombres de usuario, o ninguna.",
		"incident.reference_host": "La dirección web mezcla letras de distintos alfabetos, como hacen las que " +
			"se hacen pasar por otra; asegúrese de que es la correcta.",
		"incident.tenant_name": "Introduzca el nombre de la organización afectada en una sola línea, o ninguno.",
		"incident.status":      "El estado debe ser resolved, o estar vacío mientras el incidente continúa.",
		"incident.version": "La versión debe ser 0 cuando se informa del incidente por primera vez, y " +
			"más alta cada vez después, también cuando se resuelve.",

		"escalation.steps":   "Añada al menos un paso que diga a quién se avisa.",
		"escalation.timeout": "Indique cuánto tiempo espera el paso una respuesta: más que nada.",
		"escalation.repeat":  "Los pasos se pueden repetir de 0 a 99 veces.",

		"contact.unverified": "Nadie ha confirmado todavía que esta dirección se lea.",
		"contact.due":        "Es hora de volver a confirmar que alguien lee esta dirección.",
		"contact.overdue": "Nadie ha confirmado a tiempo que esta dirección se lea; haga que se confirme, o " +
			"introduzca una que se lea.",
		"contact.bouncing": "Los mensajes a esta dirección fueron devueltos; corríjala, o introduzca una que " +
			"se lea.",

		"language.tag": "Indique el idioma con su etiqueta, como de, o pt-BR para el portugués de Brasil.",
	},
	Refused: "Este valor se ha rechazado.",
	Actions: Actions{
		Subscription:  "la suscripción de Azure {id}",
		Subscriptions: "las suscripciones de Azure del cliente",
		StartWith:     ", empezando por {resources}",
		More:          "{resources} y {count} más",

		Open: "Abra {subscription} en Azure Portal{start}.",
		Stop: "Salvo que todo sea esperado, detenga y elimine lo que creó un intruso, en todas las regiones, " +
			"con los discos y el " +
			"almacenamiento que queden.",
		Credentials: "Cambie las credenciales de los administradores del inquilino y de todos los que tengan un " +
			"rol en la " +
			"suscripción, y exija a todos ellos la autenticación multifactor.",
		Recovery: "Compruebe los números de teléfono y las direcciones con los que los administradores globales " +
			"recuperan sus " +
			"contraseñas.",
		Logs: "Revise los registros de inicio de sesión, los usuarios en riesgo y el registro de actividad en " +
			"torno a la hora " +
			"de la alerta, y quite cada rol, cuenta y aplicación que nadie pueda explicar.",
		Cancel: "Si no se puede mantener fuera al intruso, cancele la suscripción. Pregunte antes al cliente si " +
			"hay tiempo. Hace " +
			"falta un administrador global que sea también agente de administración.",
		After: "Después, haga reducir las cuotas que el cliente no usa y fije un presupuesto de gasto.",
		Report: "Cierre la alerta en el Centro de partners: como fraude, o como legítima si la actividad es " +
			"esperada.",

		AdvisoryRead: "Lea el aviso. La alerta en el Centro de partners contiene una copia de lo que se dijo al " +
			"cliente en " +
			"Service Health en Azure Portal.",
		AdvisoryDo: "Haga junto con el cliente lo que pide, para {subscription}{start}.",
		AdvisoryAlert: "Procure que el cliente tenga una alerta de Service Health, para que el próximo aviso " +
			"llegue a " +
			"alguien.",
		AdvisoryResolve: "Cierre la alerta en el Centro de partners: como legítima una vez hecho, o como fraude " +
			"si se trata de un " +
			"intruso.",

		OtherOpen: "Abra la alerta en el Centro de partners, en Insights, Security, Alerts, y lea qué se " +
			"observó en " +
			"{subscription}{start}.",
		OtherAsk: "Pregunte al cliente si la actividad es esperada.",

		Look: map[string]string{
			"networkConnectionsToCryptoMiningPools": "Averigüe qué máquinas se conectan a un grupo de minería, " +
				"y si alguien del " +
				"cliente mina criptomoneda allí a propósito.",
			"cryptoMining": "Averigüe qué recursos minan criptomoneda, y si alguien del cliente lo hace a " +
				"propósito.",
			"usageAnomalyDetection": "Compare el uso de los últimos días con el del mes anterior, región por " +
				"región, y pregunte al " +
				"cliente qué lo explica.",
			"virtualMachineDeploymentAnomaly": "Busque máquinas virtuales creadas hace poco, y pregunte al " +
				"cliente por cada una " +
				"que sea grande o esté en una región poco habitual.",
			"vmAnomalousDeployment": "Busque máquinas virtuales creadas hace poco, y pregunte al cliente por " +
				"cada una " +
				"que sea grande o esté en una región poco habitual.",
			"multiRegionVirtualMachineScaleSetDeploymentAnomaly": "Busque en todas las regiones, no solo en las " +
				"habituales, " +
				"conjuntos de escalado de máquinas virtuales, y pregunte al cliente por cada uno.",
			"multiRegionMachineLearningUsageAnomaly": "Busque en todas las regiones, no solo en las habituales, " +
				"áreas de trabajo y " +
				"proceso de Machine Learning, y pregunte al cliente por cada uno.",
			"azureMachineLearningAnomalousDeployment": "Busque en todas las regiones áreas de trabajo y proceso " +
				"de Machine Learning " +
				"creados hace poco, y pregunte al cliente por cada uno.",
			"azureBatchAnomalousDeployment": "Busque en todas las regiones cuentas y grupos de Batch creados " +
				"hace poco, y pregunte " +
				"al cliente por cada uno.",
			"azureContainerInstancesAnomalousDeployment": "Busque en todas las regiones instancias de " +
				"contenedor creadas hace " +
				"poco, y pregunte al cliente por cada una y por su imagen.",
			"armAnomalousResourceConsumption": "Compare lo que se creó y se usó en los últimos días con el mes " +
				"anterior, y pregunte " +
				"al cliente qué lo explica.",
			"armSuspiciousOperations": "Lea en el registro de actividad qué operaciones fueron inusuales y " +
				"quién las hizo, y " +
				"pregunte a esa persona si fue ella.",
		},
	},
	Webhook: Webhook{Fallback: "Notificación de seguridad", Answer: "Responder", Reference: "Referencia"},
}
