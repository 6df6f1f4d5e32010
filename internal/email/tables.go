package email

import (
	"slices"
	"strings"
)

// exceptions are the characters that RFC 5892 allows in a label though they
// are no letters, marks or digits.
const exceptions = "\u06fd\u06fe" + // PVALID: Sindhi ampersand and "men"
	"\u0f0b" + // PVALID: Tibetan tsheg, between syllables
	"\u3007" + // PVALID: ideographic zero
	"\u00b7" + // CONTEXTO: middle dot, Catalan
	"\u0375" + // CONTEXTO: Greek keraia
	"\u05f3\u05f4" + // CONTEXTO: Hebrew geresh and gershayim
	"\u30fb" + // CONTEXTO: Katakana middle dot
	"\u200c\u200d" // CONTEXTJ: joiners

// unreachable are the last labels of names that the public DNS does not have.
// No mail from outside gets there.
var unreachable = newList(
	"alt",       // for other name systems (RFC 9476)
	"arpa",      // of the infrastructure (RFC 3172)
	"internal",  // of private networks (ICANN, 2024)
	"invalid",   // never a name (RFC 6761)
	"local",     // of the link (RFC 6762)
	"localhost", // of the machine (RFC 6761)
	"onion",     // of Tor (RFC 7686)
)

// reservedTops are the last labels, and reservedBases the last two, of domains
// for examples and tests (RFC 2606, RFC 6761). What lies below them is
// reserved, too.
var (
	reservedTops  = newList("example", "test")
	reservedBases = newList("example.com", "example.net", "example.org")
)

// specialTops are the last labels of which something is said.
var specialTops = newList(slices.Sorted(slices.Values(slices.Concat(unreachable.words, reservedTops.words)))...)

// tenants is the domain below which Microsoft gives each tenant one.
const tenants = "onmicrosoft.com"

// guest is what Entra writes into the user name of a guest, in any case:
// "rex_fabrikam.com#EXT#". The name belongs to a sign-in and has no mailbox.
const guest = "#ext#"

// unattended are the phrases by which a mailbox says that nobody reads it, in
// several languages. A space stands for any run of separators or none. Sorted.
var unattended = []string{
	"bounce", "bounces", "dev null", "do not reply", "do not respond", "don't reply", "dont reply",
	"keine antwort", "mailer daemon", "nao responda", "nao responder", "ne pas repondre", "ne repondez pas",
	"nicht antworten", "niet beantwoorden", "no replies", "no reply", "no responda", "no responder",
	"no response", "non rispondere", "not monitored", "unattended", "unmonitored",
}

// unattendedBy has the phrases by the place of their first letter in the
// alphabet, from 1. Few words begin with one of these letters.
var unattendedBy = func() (t [32][]string) {
	for _, phrase := range unattended {
		t[phrase[0]%32] = append(t[phrase[0]%32], phrase)
	}
	return t
}()

// unattendedInitials has a bit for each of these letters.
var unattendedInitials = func() (set uint32) {
	for letter, phrases := range unattendedBy {
		if phrases != nil {
			set |= 1 << letter
		}
	}
	return set
}()

// shortestUnattended is how many octets the shortest phrase has without spaces.
var shortestUnattended = func() int {
	least := maxLocal
	for _, phrase := range unattended {
		least = min(least, len(strings.ReplaceAll(phrase, " ", "")))
	}
	return least
}()

// teamWords are the words that make a mailbox a team's. Sorted.
var teamWords = newList(
	"abuse", "admin", "administrator", "administrators", "admins", "alert", "alerts", "beveiliging", "cert",
	"certs", "cirt", "ciso", "compliance", "contact", "csirt", "csoc", "cyber", "cyberdefence", "cyberdefense",
	"cybersec", "cybersecurity", "defence", "defense", "dfir", "distribution", "dpo", "duty", "emergency",
	"equipe", "equipo", "fraud", "group", "groups", "grp", "helpdesk", "hostmaster", "incident", "incidents",
	"info", "infosec", "infra", "ir", "irt", "isirt", "isoc", "it", "itops", "itsec", "itsecurity",
	"itsupport", "list", "mailbox", "mdr", "msoc", "msp", "mssp", "netops", "network", "noc", "notification",
	"notifications", "notify", "oncall", "operations", "ops", "phishing", "postmaster", "privacy", "psirt",
	"report", "reports", "responder", "responders", "response", "root", "sec", "secalert", "secalerts",
	"secops", "secteam", "securite", "security", "securityalerts", "securityteam", "seguranca", "seguridad",
	"servicedesk", "shared", "sicherheit", "sicurezza", "sirt", "soc", "soporte", "spam", "staff", "suporte",
	"support", "sysadmin", "sysadmins", "tac", "team", "teams", "threat", "threats", "vulnerabilities",
	"vulnerability", "webmaster",
)

// consumerProviders are the domains of those who give anybody a mailbox: the
// big providers, their national domains, and access providers. Sorted.
var consumerProviders = newList(
	"126.com", "139.com", "163.com", "188.com", "189.cn", "21cn.com", "abv.bg", "aim.com", "alice.it",
	"aliyun.com", "aol.co.uk", "aol.com", "aol.de", "aol.fr", "arcor.de", "att.net", "bellsouth.net",
	"bigpond.com", "bk.ru", "bluewin.ch", "blueyonder.co.uk", "bol.com.br", "btinternet.com", "centrum.cz",
	"charter.net", "comcast.net", "cox.net", "daum.net", "duck.com", "earthlink.net", "email.com", "email.cz",
	"fastmail.com", "fastmail.fm", "foxmail.com", "free.fr", "freemail.hu", "freenet.de", "frontier.com",
	"gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.fr", "gmx.net", "googlemail.com", "hanmail.net",
	"hey.com", "hotmail.be", "hotmail.ca", "hotmail.ch", "hotmail.co.jp", "hotmail.co.nz", "hotmail.co.th",
	"hotmail.co.uk", "hotmail.com", "hotmail.com.ar", "hotmail.com.au", "hotmail.com.br", "hotmail.com.tr",
	"hotmail.de", "hotmail.dk", "hotmail.es", "hotmail.fi", "hotmail.fr", "hotmail.gr", "hotmail.it",
	"hotmail.nl", "hotmail.no", "hotmail.se", "hushmail.com", "icloud.com", "ig.com.br", "inbox.lv",
	"inbox.ru", "interia.pl", "juno.com", "kakao.com", "kpnmail.nl", "laposte.net", "libero.it", "list.ru",
	"live.at", "live.be", "live.ca", "live.cl", "live.cn", "live.co.uk", "live.co.za", "live.com",
	"live.com.ar", "live.com.au", "live.com.mx", "live.com.pt", "live.de", "live.dk", "live.fr", "live.ie",
	"live.in", "live.it", "live.jp", "live.nl", "live.no", "live.se", "mac.com", "mail.bg", "mail.com",
	"mail.de", "mail.ee", "mail.ru", "mailbox.org", "me.com", "msn.com", "nate.com", "naver.com",
	"netzero.net", "ntlworld.com", "o2.pl", "onet.pl", "op.pl", "optonline.net", "optusnet.com.au",
	"orange.fr", "outlook.at", "outlook.be", "outlook.cl", "outlook.co.id", "outlook.co.th", "outlook.com",
	"outlook.com.ar", "outlook.com.au", "outlook.com.br", "outlook.com.tr", "outlook.cz", "outlook.de",
	"outlook.dk", "outlook.es", "outlook.fr", "outlook.hu", "outlook.ie", "outlook.in", "outlook.it",
	"outlook.jp", "outlook.kr", "outlook.lv", "outlook.my", "outlook.ph", "outlook.pt", "outlook.sa",
	"outlook.sg", "outlook.sk", "pm.me", "posteo.de", "posteo.net", "proton.me", "protonmail.ch",
	"protonmail.com", "qq.com", "rambler.ru", "rediffmail.com", "rocketmail.com", "rogers.com", "sapo.pt",
	"sbcglobal.net", "seznam.cz", "sfr.fr", "shaw.ca", "sina.cn", "sina.com", "sky.com", "skynet.be",
	"sohu.com", "sympatico.ca", "t-online.de", "talktalk.net", "telenet.be", "telus.net", "terra.com.br",
	"tin.it", "tiscali.co.uk", "tiscali.it", "tuta.com", "tuta.io", "tutanota.com", "tutanota.de", "ukr.net",
	"uol.com.br", "verizon.net", "virgilio.it", "virginmedia.com", "wanadoo.fr", "web.de", "windowslive.com",
	"wp.pl", "xtra.co.nz", "ya.ru", "yahoo.ca", "yahoo.co.id", "yahoo.co.in", "yahoo.co.jp", "yahoo.co.nz",
	"yahoo.co.th", "yahoo.co.uk", "yahoo.co.za", "yahoo.com", "yahoo.com.ar", "yahoo.com.au", "yahoo.com.br",
	"yahoo.com.cn", "yahoo.com.co", "yahoo.com.hk", "yahoo.com.mx", "yahoo.com.my", "yahoo.com.ph",
	"yahoo.com.sg", "yahoo.com.tr", "yahoo.com.tw", "yahoo.com.vn", "yahoo.de", "yahoo.dk", "yahoo.es",
	"yahoo.fi", "yahoo.fr", "yahoo.gr", "yahoo.ie", "yahoo.in", "yahoo.it", "yahoo.nl", "yahoo.no", "yahoo.pl",
	"yahoo.pt", "yahoo.ro", "yahoo.se", "yandex.by", "yandex.com", "yandex.com.tr", "yandex.kz", "yandex.ru",
	"yandex.ua", "yeah.net", "ymail.com", "ziggo.nl", "zohomail.com",
)
