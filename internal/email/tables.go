package email

// exceptions are the characters that RFC 5892 allows in labels though they are neither letters, marks nor digits.
const exceptions = "\u06fd\u06fe" + // PVALID: Sindhi ampersand and "men"
	"\u0f0b" + // PVALID: Tibetan tsheg, between syllables
	"\u3007" + // PVALID: ideographic zero
	"\u00b7" + // CONTEXTO: middle dot, Catalan
	"\u0375" + // CONTEXTO: Greek keraia
	"\u05f3\u05f4" + // CONTEXTO: Hebrew geresh and gershayim
	"\u30fb" + // CONTEXTO: Katakana middle dot
	"\u200c\u200d" // CONTEXTJ: joiners

// foreign stands for all letters that begin with a byte of foreignInitials.
const foreign = 1

// foreignInitials are bytes with which, in UTF-8, nothing begins but letters that have no ASCII letter in them: Cyrillic ones,
// ideographs and Hangul syllables.
const foreignInitials = "\xd0\xd1\xe5\xe6\xe7\xe8\xeb\xec"

// initials tells letters apart by their first byte: those in ASCII by their lower case, most others not at all.
var initials = func() (t [256]byte) {
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = c, c
	}
	for _, c := range []byte(foreignInitials) {
		t[c] = foreign
	}
	return t
}()

// unattended are the phrases, in several languages, by which a mailbox says that nobody reads it, by their first letter. A space
// stands for any run of separators or none.
var unattended = [128][]string{
	'b': {"bounce", "bounces"},
	'd': {"dev null", "do not reply", "do not respond", "don't reply", "dont reply"},
	'k': {"keine antwort"},
	'm': {"mailer daemon"},
	'n': {
		"nao responda", "nao responder",
		"ne pas repondre", "ne repondez pas",
		"nicht antworten", "niet beantwoorden",
		"no reply", "no replies", "no response", "no responda", "no responder",
		"non rispondere", "not monitored",
	},
	'u': {"unattended", "unmonitored"},
}

// teamWords are the words that make a local part a team's. Sorted.
var teamWords = []string{
	"abuse", "admin", "administrator", "administrators", "admins", "alert", "alerts", "beveiliging", "cert", "certs",
	"cirt", "ciso", "compliance", "contact", "csirt", "csoc", "cyber", "cyberdefence", "cyberdefense", "cybersec",
	"cybersecurity", "defence", "defense", "dfir", "distribution", "dpo", "duty", "emergency", "equipe", "equipo",
	"fraud", "group", "groups", "grp", "helpdesk", "hostmaster", "incident", "incidents", "info", "infosec", "infra",
	"ir", "irt", "isirt", "isoc", "it", "itops", "itsec", "itsecurity", "itsupport", "list", "mailbox", "mdr", "msoc",
	"msp", "mssp", "netops", "network", "noc", "notification", "notifications", "notify", "oncall", "operations", "ops",
	"phishing", "postmaster", "privacy", "psirt", "report", "reports", "responder", "responders", "response", "root",
	"sec", "secalert", "secalerts", "secops", "secteam", "securite", "security", "securityalerts", "securityteam",
	"seguranca", "seguridad", "servicedesk", "shared", "sicherheit", "sicurezza", "sirt", "soc", "soporte", "spam",
	"staff", "suporte", "support", "sysadmin", "sysadmins", "tac", "team", "teams", "threat", "threats",
	"vulnerabilities", "vulnerability", "webmaster",
}

// consumerProviders are the domains of mailbox providers for everybody, worldwide, by their first letter: the big ones, their
// national domains, and access providers that give each customer a mailbox.
var consumerProviders = [128][]string{
	'1': {"126.com", "139.com", "163.com", "188.com", "189.cn"},
	'2': {"21cn.com"},
	'a': {"abv.bg", "aim.com", "alice.it", "aliyun.com", "aol.co.uk", "aol.com", "aol.de", "aol.fr", "arcor.de", "att.net"},
	'b': {"bellsouth.net", "bigpond.com", "bk.ru", "bluewin.ch", "blueyonder.co.uk", "bol.com.br", "btinternet.com"},
	'c': {"centrum.cz", "charter.net", "comcast.net", "cox.net"},
	'd': {"daum.net", "duck.com"},
	'e': {"earthlink.net", "email.com", "email.cz"},
	'f': {"fastmail.com", "fastmail.fm", "foxmail.com", "free.fr", "freemail.hu", "freenet.de", "frontier.com"},
	'g': {"gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.fr", "gmx.net", "googlemail.com"},
	'h': {
		"hanmail.net", "hey.com", "hotmail.be", "hotmail.ca", "hotmail.ch", "hotmail.co.jp", "hotmail.co.nz",
		"hotmail.co.th", "hotmail.co.uk", "hotmail.com", "hotmail.com.ar", "hotmail.com.au", "hotmail.com.br",
		"hotmail.com.tr", "hotmail.de", "hotmail.dk", "hotmail.es", "hotmail.fi", "hotmail.fr", "hotmail.gr", "hotmail.it",
		"hotmail.nl", "hotmail.no", "hotmail.se", "hushmail.com",
	},
	'i': {"icloud.com", "ig.com.br", "inbox.lv", "inbox.ru", "interia.pl"},
	'j': {"juno.com"},
	'k': {"kakao.com", "kpnmail.nl"},
	'l': {
		"laposte.net", "libero.it", "list.ru", "live.at", "live.be", "live.ca", "live.cl", "live.cn", "live.co.uk",
		"live.co.za", "live.com", "live.com.ar", "live.com.au", "live.com.mx", "live.com.pt", "live.de", "live.dk",
		"live.fr", "live.ie", "live.in", "live.it", "live.jp", "live.nl", "live.no", "live.se",
	},
	'm': {"mac.com", "mail.bg", "mail.com", "mail.de", "mail.ee", "mail.ru", "mailbox.org", "me.com", "msn.com"},
	'n': {"nate.com", "naver.com", "netzero.net", "ntlworld.com"},
	'o': {
		"o2.pl", "onet.pl", "op.pl", "optonline.net", "optusnet.com.au", "orange.fr", "outlook.at", "outlook.be",
		"outlook.cl", "outlook.co.id", "outlook.co.th", "outlook.com", "outlook.com.ar", "outlook.com.au",
		"outlook.com.br", "outlook.com.tr", "outlook.cz", "outlook.de", "outlook.dk", "outlook.es", "outlook.fr",
		"outlook.hu", "outlook.ie", "outlook.in", "outlook.it", "outlook.jp", "outlook.kr", "outlook.lv", "outlook.my",
		"outlook.ph", "outlook.pt", "outlook.sa", "outlook.sg", "outlook.sk",
	},
	'p': {"pm.me", "posteo.de", "posteo.net", "proton.me", "protonmail.ch", "protonmail.com"},
	'q': {"qq.com"},
	'r': {"rambler.ru", "rediffmail.com", "rocketmail.com", "rogers.com"},
	's': {
		"sapo.pt", "sbcglobal.net", "seznam.cz", "sfr.fr", "shaw.ca", "sina.cn", "sina.com", "sky.com", "skynet.be",
		"sohu.com", "sympatico.ca",
	},
	't': {
		"t-online.de", "talktalk.net", "telenet.be", "telus.net", "terra.com.br", "tin.it", "tiscali.co.uk", "tiscali.it",
		"tuta.com", "tuta.io", "tutanota.com", "tutanota.de",
	},
	'u': {"ukr.net", "uol.com.br"},
	'v': {"verizon.net", "virgilio.it", "virginmedia.com"},
	'w': {"wanadoo.fr", "web.de", "windowslive.com", "wp.pl"},
	'x': {"xtra.co.nz"},
	'y': {
		"ya.ru", "yahoo.ca", "yahoo.co.id", "yahoo.co.in", "yahoo.co.jp", "yahoo.co.nz", "yahoo.co.th", "yahoo.co.uk",
		"yahoo.co.za", "yahoo.com", "yahoo.com.ar", "yahoo.com.au", "yahoo.com.br", "yahoo.com.cn", "yahoo.com.co",
		"yahoo.com.hk", "yahoo.com.mx", "yahoo.com.my", "yahoo.com.ph", "yahoo.com.sg", "yahoo.com.tr", "yahoo.com.tw",
		"yahoo.com.vn", "yahoo.de", "yahoo.dk", "yahoo.es", "yahoo.fi", "yahoo.fr", "yahoo.gr", "yahoo.ie", "yahoo.in",
		"yahoo.it", "yahoo.nl", "yahoo.no", "yahoo.pl", "yahoo.pt", "yahoo.ro", "yahoo.se", "yandex.by", "yandex.com",
		"yandex.com.tr", "yandex.kz", "yandex.ru", "yandex.ua", "yeah.net", "ymail.com",
	},
	'z': {"ziggo.nl", "zohomail.com"},
}
