package words

// The terms are those of the library: see internal/words at the root.
var es = Language{
	Library: library("es"),
	Page: Page{
		Portal:        "Portal de partners",
		Skip:          "Ir al contenido",
		Error:         "Error: {title}",
		Demonstration: "Demostración.",
		MadeUp:        "Todas las empresas, personas y direcciones son inventadas.",
		MailStays:     "Ningún correo sale de este programa.",
		Language:      "Idioma",
		Show:          "Mostrar",
		WrittenIn:     "Los correos a esta dirección se escriben en otro idioma: {language}.",
		WriteSo:       "Escribir desde ahora en español a esta dirección",
		WrittenSo:     "Desde ahora, los correos a esta dirección se escriben en español.",
		Provider:      "su proveedor",
		Ask:           "¿Tiene preguntas? Consulte a {provider}.",
		AskPhone:      "¿Tiene preguntas? Consulte a {provider}: llame al {phone}.",
		AskMail:       "¿Tiene preguntas? Consulte a {provider}: escriba a {mail}.",
		AskBoth:       "¿Tiene preguntas? Consulte a {provider}: llame al {phone} o escriba a {mail}.",
	},
	Time: Time{
		Moment:  "{day} de {month} de {year}, {time} UTC",
		Hours:   "{n} h",
		Minutes: "{n} min",
	},
	Form: Form{
		Attention: "Hay algo que corregir",
		Optional:  "(opcional)",
		CodeHint: "Las ocho letras y cifras que están debajo del enlace del correo. Las mayúsculas y los guiones no " +
			"importan.",
		NoCode: "Escriba el código del correo. Tiene ocho letras y cifras.",
		WrongCode: "Este no es el código del correo. Mire el correo desde el que ha llegado: cada uno tiene su " +
			"propio código.",
		Name:     "Su nombre",
		Heading:  "Su respuesta",
		Change:   "Cambiar la respuesta",
		Answer:   "Respuesta",
		Choose:   "Elija qué responde y escriba el código otra vez.",
		Send:     "Enviar la respuesta",
		Recorded: "Su respuesta queda registrada con la hora y la dirección de su red.",
		Thanks:   "Gracias. Su respuesta ha quedado registrada: «{answer}».",
		Again:    "Este formulario ya se había enviado. Se contó una vez, el {time}: «{answer}».",
		NotSure: "El portal no ha podido registrar su respuesta, o no sabe si lo ha hecho. Espere un minuto, escriba " +
			"el código otra vez y vuelva a enviar el formulario: solo cuenta una vez.",
		NotYet: "Su respuesta aún no está registrada",
		NotYetText: "La base de datos del portal no responde. Vuelva atrás, espere un minuto y envíe el formulario " +
			"otra vez.",
	},
	Answer: Answer{
		InShort: "El incidente en breve",
		InDrill: "Responda como si fuera real.",
		Replaced: "Usted ya no es el contacto de seguridad de esta empresa. Se avisa en su lugar a quien lo es " +
			"ahora. Con este enlace solo puede responder «Yo no», si había dicho que se ocupaba.",
		Question: "¿Qué responde?",
		NameHint: "Quienes abren esta página lo ven y saben a quién preguntar.",
		More:     "Más información",
		SoFar:    "Respuestas hasta ahora",
		Nobody:   "Nadie ha respondido todavía.",
		NoName:   "sin nombre",
		OnIt:     "Me ocupo yo",
		OnItDoes: "Usted actúa ahora. No se avisa a nadie más.",
		OnItFor: "Usted actúa ahora. Durante {time} no se avisa a nadie más. Si tarda más, vuelva y responda «Sigo " +
			"en ello».",
		Still:     "Sigo en ello",
		StillDoes: "Aún no ha terminado. No se avisa a nadie más.",
		StillFor:  "Aún no ha terminado. Desde ahora, durante {time} no se avisa a nadie más.",
		NotMe:     "Yo no",
		NotMeDoes: "Usted no puede actuar o no es la persona indicada. Si alguien se ocupaba, ya no se ocupa nadie, " +
			"y se avisa a los siguientes.",
		Resolved:       "Resuelto",
		ResolvedDoes:   "Todo está hecho. No se avisa a nadie más y no llega ningún recordatorio.",
		Withdrawn:      "Retirado: fue un error",
		StateOnIt:      "Alguien se ocupa.",
		StateBy:        "{name} se ocupa.",
		StateUntil:     "Si nadie lo repite antes del {time}, se avisa a los siguientes.",
		StateResolved:  "Resuelto.",
		ResolvedText:   "Ha terminado: no hay nada más que hacer. Una respuesta queda registrada y no cambia nada.",
		StateWithdrawn: "Retirado.",
		WithdrawnText:  "Fue un error: no hay nada que hacer. Una respuesta queda registrada y no cambia nada.",
		StateNobody:    "Nadie se ocupa.",
		ExhaustedText:  "Se ha avisado a todos y nadie se ocupa. Aún está a tiempo de responder.",
		WaitingText:    "Si nadie responde, se avisa a los siguientes.",
		ThenResolved:   "No se avisa a nadie más.",
		ThenOver:       "Ya había terminado, así que no cambia nada.",
		ThenNotMe:      "Si alguien se ocupaba, ya no se ocupa nadie.",
		Over:           "El incidente ha terminado: ya no hay nada que responder.",
	},
	Link: Link{
		InvalidTitle: "Este enlace no es válido",
		Invalid:      "No está completo o no es de este portal. Abra el correo otra vez y copie el enlace entero.",
		ExpiredTitle: "Este enlace ha caducado",
		Expired:      "Era válido durante siete días. Todavía puede responder con un código nuevo.",
		EndedTitle:   "Este enlace ya no es válido",
		Ended:        "Demasiados códigos eran incorrectos. Todavía puede responder con un código nuevo.",
		Replaced: "El correo se envió a quien era entonces el contacto de seguridad y ya no lo es. Se avisa en su " +
			"lugar a quien lo es ahora.",
		NewCode:   "Enviar un código nuevo a la misma dirección",
		SentTitle: "Un código nuevo está en camino",
		Sent: "Va a la dirección a la que se envió el primer correo. Abra el correo nuevo y use el enlace que " +
			"contiene: este sigue como está.",
		SoonTitle: "Hace poco se envió un código nuevo",
		Soon: "Busque el correo más reciente, también entre el correo no deseado. Si no llega ninguno, pídalo otra " +
			"vez dentro de diez minutos.",
		NeverTitle: "Ya no se envían más códigos",
		Never: "Se enviaron cinco a esta dirección. Pregunte a otra persona de su empresa a la que se haya avisado, " +
			"o al proveedor.",
	},
	Confirm: Confirm{
		Status: "Contacto de seguridad",
		Title:  "¿Es correcto el contacto de seguridad?",
		Lead: "{company} ha introducido esta dirección para su contacto de seguridad. Si un incidente de seguridad " +
			"afecta a su inquilino, o al de un cliente, un correo a esta dirección lo comunica.",
		LeadUnknown: "Una empresa ha introducido esta dirección para su contacto de seguridad. Si un incidente de " +
			"seguridad afecta a su inquilino, o al de un cliente, un correo a esta dirección lo comunica.",
		Entered:        "Qué está introducido",
		Group:          "Grupo",
		FirstName:      "Nombre",
		MiddleName:     "Segundo nombre",
		LastName:       "Apellidos",
		Email:          "Correo electrónico",
		Phone:          "Teléfono",
		Confirmed:      "¿Confirmado?",
		Verified:       "Confirmado",
		VerifiedText:   "Alguien que lee esta dirección la confirmó: {time}.",
		VerifiedUntil:  "La próxima vez es antes del {time}.",
		Due:            "Por confirmar de nuevo",
		DueText:        "Un correo pregunta de nuevo si alguien lee esta dirección. Última confirmación: {time}.",
		Unverified:     "Aún sin confirmar",
		UnverifiedText: "Un correo pregunta si alguien lee esta dirección. Primera pregunta: {time}.",
		Until:          "Se necesita una respuesta antes del {time}.",
		Unasked:        "Sin preguntar",
		UnaskedText:    "Todavía no se ha preguntado a nadie si esta dirección se lee.",
		Overdue:        "Sin confirmar a tiempo",
		OverdueText:    "Nadie ha confirmado que esta dirección se lea. Se necesitaba una respuesta antes del {time}.",
		Doubted:        "Alguien dice que no es correcto",
		DoubtedWrong:   "Alguien que lee esta dirección dijo que algo del contacto no es correcto: {time}.",
		DoubtedNotMe:   "Alguien que recibió un correo en esta dirección dijo que no es este contacto: {time}.",
		Bouncing:       "Correo devuelto",
		BouncingText:   "Un correo a esta dirección fue devuelto: {time}.",
		CorrectTitle:   "Para corregirlo",
		Correct: "¿Es usted administrador global de {company}? Inicie sesión y cambie el contacto de seguridad. " +
			"Nadie más puede hacerlo.",
		CorrectUnknown: "¿Es usted administrador global de la empresa? Inicie sesión y cambie el contacto de " +
			"seguridad. Nadie más puede hacerlo.",
		SignIn: "Iniciar sesión y cambiarlo",
		Otherwise: "Si no lo es, aquí no hay nada más que hacer. Se ha avisado a los administradores globales. Si es " +
			"urgente, hable con uno de su empresa.",
		Question: "¿Es correcto?",
		NameHint: "Los administradores globales de la empresa lo ven.",
		Changed: "Los datos se cambiaron mientras esta página estaba abierta. Mírelos de nuevo y escriba el código " +
			"otra vez.",
		Right:     "Sí, es correcto",
		RightDoes: "Leo esta dirección, y los datos de arriba son correctos.",
		RightThen: "Esta dirección está confirmada. Los incidentes de seguridad se envían aquí.",
		Wrong:     "Algo no es correcto",
		WrongDoes: "Leo esta dirección, pero hay que cambiar un nombre, el número u otra cosa. Se avisa a los " +
			"administradores globales de la empresa.",
		WrongThen: "Se avisa a los administradores globales de la empresa. Hasta que lo cambien, los incidentes de " +
			"seguridad se envían aquí como antes.",
		NotMe: "No soy este contacto",
		NotMeDoes: "Los correos sobre incidentes de seguridad deben ir a otra persona. Se avisa a los " +
			"administradores globales de la empresa.",
		NotMeThen: "Se avisa a los administradores globales de la empresa. Hasta que introduzcan otra dirección, los " +
			"incidentes de seguridad se envían aquí.",
		GoneTitle: "Ya no hay nada que confirmar",
		Gone: "Desde que se envió el correo se ha introducido otra dirección para el contacto de seguridad de esta " +
			"empresa. No tiene que hacer nada.",
	},
	Fault: Fault{
		Number:    "Error {status}",
		Request:   "Solicitud {id}",
		Start:     "Ir a la página de inicio",
		SignIn:    "Iniciar sesión",
		SignInTab: "Iniciar sesión (en otra pestaña)",
		Again:     "Enviar otra vez",
		Retry:     "Intentarlo otra vez",
		Kept:      "Lo que ha escrito sigue en esta página: envíelo otra vez.",
		KeptSignIn: "Lo que ha escrito sigue en esta página. Inicie sesión en otra pestaña, vuelva aquí y " +
			"envíelo otra vez.",
		OnlyStaff: "Solo los administradores y agentes de su empresa pueden ver la página «Legal info» y los " +
			"correos sobre ella.",
		OnlyAdmins: "Solo un administrador global de su empresa puede cambiar esto.",
		BadRequest: FaultWords{
			Title: "No se puede leer esta solicitud",
			Text:  "El formulario o la dirección no están completos.",
			Next:  "Vuelva atrás, cargue la página de nuevo e inténtelo otra vez.",
		},
		SignedOut: FaultWords{
			Title: "Su sesión ha terminado",
			Text:  "Se ha cerrado su sesión.",
			Next:  "Iníciela otra vez y siga donde estaba.",
		},
		Denied: FaultWords{
			Title: "No tiene acceso a esta página",
			Text:  "Su rol no lo permite.",
			Next:  "Consulte a un administrador global de su empresa.",
		},
		NotFound: FaultWords{
			Title: "Esta página no existe",
			Text:  "En esta dirección no hay nada, o usted no puede verlo.",
			Next:  "Compruebe la dirección o empiece por la página de inicio.",
		},
		TooLarge: FaultWords{
			Title: "Es demasiado texto",
			Text:  "El formulario es más grande de lo que acepta el portal.",
			Next:  "Vuelva atrás, acorte el texto e inténtelo otra vez.",
		},
		TooMany: FaultWords{
			Title: "Demasiados intentos",
			Text:  "Han llegado demasiadas solicitudes desde su red.",
			Next:  "Espere un minuto e inténtelo otra vez.",
		},
		Unavailable: FaultWords{
			Title: "No disponible en este momento",
			Text:  "El portal está ocupado, o su base de datos no responde.",
			Next:  "Espere un momento e inténtelo otra vez.",
		},
		Failed: FaultWords{
			Title: "Algo ha salido mal",
			Text:  "Es un fallo del portal y ha quedado registrado.",
			Next: "Inténtelo otra vez dentro de un momento. Si estaba guardando algo, mire antes si se ha " +
				"guardado.",
		},
		Unknown: FaultWords{
			Title: "No se sabe si se ha guardado",
			Text:  "La conexión con la base de datos se cortó mientras se guardaba.",
			Next:  "Mire si se ha guardado antes de enviarlo otra vez.",
		},
	},
	Mail: Mail{
		Button: "Responder a este correo",
		From: "Este correo lo envía {provider}, porque su empresa trabaja con este proveedor en el programa " +
			"Proveedor de soluciones en la nube de Microsoft. Los administradores globales de su empresa deciden " +
			"quién recibe estos correos.",
		AskBoth:     "¿Tiene preguntas? Responda a este correo o llame al {phone}.",
		AskReply:    "¿Tiene preguntas? Responda a este correo.",
		AskPhone:    "¿Tiene preguntas? Llame al {phone}. Nadie lee las respuestas a este correo.",
		GoneSubject: "Se desactivó un webhook de {company}",
		GoneTitle:   "Se desactivó un webhook",
		GoneWhat: "Recibe este mensaje como administrador global de la empresa indicada abajo. Se llamó a uno de sus " +
			"webhooks y el servicio respondió que ya no existe. El portal lo ha desactivado. Ya no se le avisa " +
			"de los incidentes de seguridad. Al contacto de seguridad se le sigue avisando.",
		GoneQuestion: "Qué hacer",
		GoneAct: "Abra «Legal info» en el portal de partners y, allí, «Webhooks». El que está desactivado aparece " +
			"marcado. Dele una dirección nueva, pruébelo y actívelo, o elimínelo.",
	},
}
