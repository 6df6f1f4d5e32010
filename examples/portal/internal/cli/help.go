package cli

import "github.com/alecthomas/kong"

// Help is what --help says above the flags.
func (serveCommand) Help() string {
	return `Without any flag it starts a demonstration on http://127.0.0.1:8080/. Its companies are made up, and you
sign in as one of several people. No mail leaves it: you read what it sends in its own mailbox.

With --oidc-issuer, people sign in with OpenID Connect. Mail is then really sent. Nothing of the demonstration is
left: --oidc-client-id, --database, --public-url, --smtp, --smtp-from and --answer-key-file are needed too, and
--trusted-proxies where --public-url is https.

Every flag can be set by an environment variable, or in the file of --config. A flag counts before its variable,
and that before the file. Set passwords by a file of their own, or by a variable: others on this machine can see
flags.

Ctrl+C or SIGTERM stops the portal when its work is done; a second one stops it at once. The exit status is 0 after
a stop, 2 if it could not start and 1 if it broke while it ran.

Other commands, each with a help of its own, such as: portal help import

  portal worker           send mail beside a portal on PostgreSQL
  portal import           import partners, customers and rights from a file
  portal verify begin     ask the contacts that were imported
  portal verify status    count the contacts by whether they are confirmed
  portal audit verify     see that nobody altered the audit log
  portal audit list       print the audit log
  portal audit erase      erase a person
  portal backup           copy a file of SQLite
  portal migrate          move a file of SQLite to PostgreSQL
  portal bounce           take a message that came back, from a mail server`
}

// Help is what --help says above the flags.
func (workerCommand) Help() string {
	return `Start as many as you like, on any machine that reaches the database and the mail server. If one is killed,
no mail is lost: another sends it within a minute.`
}

// Help is what --help says above the flags.
func (bounceCommand) Help() string {
	return `A mail server runs it once for each message, which it writes to standard input. Give it the same database,
--bounce-address and --answer-key-file as the portal. It writes nothing, and its exit status is 0 when the message is
done with: it was stored, or was nothing that the portal stores. It is 75 if the database is away or a flag is wrong:
the mail server then keeps the message, and tries again.

To take such mail by SMTP: portal serve --bounce-listen`
}

// Help is what --help says above the flags.
func (migrateCommand) Help() string {
	return `Stop the portal first. --database names the new database, which must be empty. Everything is copied in one
transaction: if this is stopped or killed, the new database is empty or has it all, and you run it again. It compares
the numbers of rows, and verifies the audit log in the new database. No portal opens the old file after that. Mail that
waited is sent within minutes of the start of the portal.

  portal migrate /var/lib/portal/portal.db --database-file /etc/portal/database`
}

// Help is what --help says above the flags.
func (importCommand) Help() string {
	return `It says what is wrong in the file, and what would change. With --save it saves that too: all of it, or nothing.

  portal import partners.csv --config /etc/portal/portal.conf
  portal import partners.csv --config /etc/portal/portal.conf --save`
}

// Help is what --help says above the flags.
func (verifyBegin) Help() string {
	return `Contacts that were imported are asked once this says so. The portal and its workers then ask, each day no more
than --per-day.

  portal verify begin --all --per-day 200 --config /etc/portal/portal.conf`
}

// Help is what --help says above the flags.
func (auditVerify) Help() string {
	return `It prints what is wrong, and the number and hash of the last entry, to be kept elsewhere. The exit status is 0 if
nothing is wrong, and 1 otherwise.

  portal audit verify --config /etc/portal/portal.conf --known 1234:5f2a…`
}

// Help is what --help says above the flags.
func (auditErase) Help() string {
	return `It refuses while the person is still needed, as a contact, or in an open incident, and says where.

  portal audit erase --email someone.who.left@contoso.com --config /etc/portal/portal.conf`
}

// Help is what --help says above the flags.
func (backupCommand) Help() string {
	return `The copy is as of one moment, and can be used in place of the database. It holds personal data.

  portal backup /var/backups/portal/monday.db --config /etc/portal/portal.conf

PostgreSQL is backed up with its own tools: pg_dump.`
}

// flagHelp is what --help says of each flag.
var flagHelp = kong.Vars{
	"config": "A file with flags, one in each line: name = value. Names are those of flags, without the --, also those " +
		"that this command does not have. A line that begins with # is a comment.",

	"addr": "Where to listen, in plain HTTP. Port 0 takes a free one.",
	"public_url": "The address that people open: https://portal.example. Requests for another host name are refused. " +
		"Default: http:// and --addr, which then must be on this machine (127.0.0.1).",
	"trusted_proxies": "Networks of your reverse proxies: 10.0.0.0/8. Only from these is the client's address read from " +
		"X-Forwarded-For. Attempts to sign in are limited by that address. Needed where --public-url is https.",

	"report_to": "Where people report a fault of the portal itself, for /.well-known/security.txt: " +
		"mailto:security@portal.example, or an https address. Default: there is no such page.",
	"oidc_issuer": "Who signs people in: https://login.microsoftonline.com/<tenant>/v2.0. Write {tenantid} in place of " +
		"the tenant to let the people of every partner in. Default: the demonstration, without passwords.",
	"oidc_client_id": "The portal's ID at the issuer. Register /sign-in/callback under --public-url as its redirect URL " +
		"there.",
	"oidc_client_secret": "The portal's secret at the issuer.",
	"oidc_api_audience":  "Audience of the access tokens that the API takes. Default: the client ID.",
	"operator": "An account that may raise incidents: its tenant ID, a slash and its object ID. Repeat the flag, or " +
		"separate accounts with commas.",
	"session_lifetime": "After this time people sign in again. A role that was taken away is gone by then, and before a " +
		"change is saved the issuer is asked again. After 30 minutes without a request they sign in again too.",
	"fresh_above": "To tell more partners than this of an incident, and to replace a security contact, people must have " +
		"signed in within the last ten minutes. Default: 100.",
	"import_replaces": "Let an import replace security contacts that differ, if the operator who imports says " +
		"so. The old " +
		"address and the new one are told. Without, a contact that is here stays as it is.",
	"verify_all": "Those of all partners, --per-day of them a day. Where mail came back, nobody is asked.",

	"customers_of":   "The tenant ID of the partner whose customers these are, if the file does not say.",
	"import_country": "The country whose phone numbers stand in rows that name none: DE.",

	"demo_partners": "So many more made-up partners in the demonstration, to see how it is with thousands. " +
		"What an earlier " +
		"start made stays.",
	"demo_blank":    "Begin a new demonstration with companies alone: no incidents, no mail, no history.",
	"insecure_demo": "Serve the demonstration to other machines too. Everybody who reaches it can sign in as anybody.",

	"database_insecure": "Use a PostgreSQL server on another machine without sslmode=verify-full. Whoever is between " +
		"can read and change everything.",
	"oidc_insecure_http": "Take an issuer whose URL begins with http and is not this machine.",

	"database": "Where the data is: a file for SQLite, \":memory:\" to keep nothing, or " +
		"postgres://user:password@host/name?sslmode=verify-full. Needed with --oidc-issuer. " +
		"Default: partner-portal/portal.db in your cache folder.",
	"smtp": "The mail server: host:port, smtp://user:password@host:587 (STARTTLS) or smtps://…. Needed with " +
		"--oidc-issuer and by a worker. Default in the demonstration: none, and mail goes to the portal's own mailbox.",
	"smtp_from": "Sender of all mail: 'Contoso Security <security@contoso.example>'. Needed with --smtp.",
	"smtp_hello": "What this machine calls itself to the mail server: mail.contoso.example. Default: its own name, " +
		"which must have a dot unless the mail server is on this machine.",
	"smtp_user": "Who signs in at the mail server. It and --smtp-password are used instead of those in --smtp, where a " +
		"# must be written %23, an @ %40 and a % %25.",
	"smtp_password": "The password at the mail server.",
	"smtp_token_url": "Sign in at the mail server with XOAUTH2, and get the tokens here: " +
		"https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token. --smtp-user is the mailbox that sends.",
	"smtp_token_scope":   "What the tokens are for. The default is Exchange Online.",
	"smtp_client_id":     "The portal's ID where it gets those tokens.",
	"smtp_client_secret": "The portal's secret there.",
	"file":               "A file that holds the value of the flag of that name without -file, and nothing else.",
	"smtp_plaintext":     "Send unencrypted to a mail server without STARTTLS. One on this machine needs no such flag.",

	"verification_policy": "When security contacts are asked whether somebody reads their address: a JSON " +
		"file, described in " +
		"the README. Give the same file to every portal and worker. Default: a new address within 15 days, and each once a " +
		"year.",
	"secrets_key": "A file with keys that encrypt the addresses and secrets of webhooks, one on each line: openssl rand " +
		"-base64 32. The first encrypts, and all decrypt: put a new one on top, restart everything, and take the " +
		"old one out. " +
		"Every process needs it. Default: no webhooks; the demonstration makes a key of its own.",
	"insecure_hooks": "Let webhooks lead to private addresses and to http. Every partner can then call the " +
		"machines of your " +
		"network.",
	"provider_name": "Your company, as people know it: it stands above and below each mail. Default: the name in " +
		"--smtp-from.",
	"provider_reply_to": "Whom a reply to a mail reaches: 'Contoso Desk <desk@contoso.example>'. Default: " +
		"nobody is named, " +
		"and it goes to --smtp-from.",
	"provider_phone": "A number that people answer, for questions about a mail: +14255550100. Default: none is named.",
	"answer_key_file": "The keys that sign the links in mail by which it is answered: one in each line, 32 " +
		"bytes or more " +
		"in base64 or hex. The first signs, and all are taken: put a new one first, and keep the old one for a week. " +
		"Needed with --oidc-issuer and by a worker, which gets the same file. Default: a key that lasts as long as the " +
		"process.",
	"bounce_address": "Mail that cannot be delivered comes back to an address of its own below this one, which is like " +
		"bounces@portal.example: bounces+<token>@portal.example. The key in --answer-key-file signs the token. Default: it " +
		"comes back to the sender.",
	"bounce_listen": "Take mail that comes back here, by SMTP, for addresses of that form alone: 127.0.0.1:2525. It " +
		"speaks no TLS: keep it behind your mail server.",
	"bounce_recipient": "The address that the message was sent to. Default: what ORIGINAL_RECIPIENT or RECIPIENT holds, " +
		"as Postfix sets them for a command of an alias.",
	"graph_token_url": "Ask Microsoft Graph for security alerts, with tokens from here: " +
		"https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token. Of several processes with this flag one asks. " +
		"Default: nobody asks, and alerts come by POST /api/v1/alerts alone.",
	"graph_token_scope":   "What the tokens are for. The default is Microsoft Graph.",
	"graph_client_id":     "The portal's ID at Entra ID, with the application permission PartnerSecurity.ReadWrite.All.",
	"graph_client_secret": "The portal's secret there.",
	"graph_url":           "The API that has the alerts.",
	"graph_every":         "How long to wait between two rounds of asking.",
	"worker_public_url": "The address of the portal that people open, as its own --public-url: links in mail " +
		"lead there.",

	"audit_known": "What an earlier verify printed. It shows that nobody wrote the whole log anew, or cut it off, since.",

	"escalation_policy": "A JSON file that says who is told next if nobody answers, and when: see README. Give it to " +
		"the portal and to every worker. A case keeps the policy of when it was opened. Default: the security contact by " +
		"phone after 1 hour, the admin agents after 2, the Global admins after 6, and an alarm after 24.",

	"keep_addresses": "How long the audit log and answers by mail keep the address of the client: 90d, or forever. " +
		"Give every process the same. Default: 400d.",
	"keep_notices": "How long mails are listed that told once of a new contact, or of a webhook that was switched off: " +
		"90d, or forever. Default: 400d.",

	"workers": "How many mails this process sends at a time, each on a connection of its own. Default, or 0: 16.",
	"metrics_addr": "Serve /metrics, /readyz and /healthz here. Nobody signs in there: keep it inside your network. " +
		"Default: /metrics and /readyz are at --addr while only this machine reaches the portal, and nowhere otherwise.",
	"stop_timeout": "How long requests and jobs may go on after the portal is told to stop.",
	"log_level":    "debug, info, warn or error.",
	"log_format": "text, json, or auto: text in a terminal and json elsewhere. Logs go to standard error. They hold no " +
		"personal data.",
}
