PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE portal_migrations (name text NOT NULL PRIMARY KEY);
INSERT INTO portal_migrations VALUES('migrations/0001_portal.sql');
INSERT INTO portal_migrations VALUES('migrations/0002_queue.sql');
INSERT INTO portal_migrations VALUES('migrations/0004_drafts.sql');
INSERT INTO portal_migrations VALUES('migrations/0020_probes.sql');
INSERT INTO portal_migrations VALUES('migrations/0021_audit.sql');
INSERT INTO portal_migrations VALUES('migrations/0022_sessions.sql');
INSERT INTO portal_migrations VALUES('migrations/0023_session_list.sql');
INSERT INTO portal_migrations VALUES('migrations/0030_cases.sql');
INSERT INTO portal_migrations VALUES('migrations/0035_versions.sql');
INSERT INTO portal_migrations VALUES('migrations/0036_calls.sql');
INSERT INTO portal_migrations VALUES('migrations/0037_case_list.sql');
INSERT INTO portal_migrations VALUES('migrations/0040_answers.sql');
INSERT INTO portal_migrations VALUES('migrations/0050_contacts.sql');
INSERT INTO portal_migrations VALUES('migrations/0055_webhooks.sql');
CREATE TABLE partners (
    tenant_id        text NOT NULL PRIMARY KEY,
    sort_name        text NOT NULL, -- the company's name in lower case, of every script
    company_name     text NOT NULL GENERATED ALWAYS AS (profile ->> 'companyName') STORED,
    partner_type     text NOT NULL GENERATED ALWAYS AS (profile ->> 'partnerType') STORED,
    primary_email    text GENERATED ALWAYS AS (profile -> 'primaryContact' ->> 'email') STORED,
    security_contact json GENERATED ALWAYS AS (profile -> 'securityContact') STORED, -- null: none
    staff            json NOT NULL, -- an array of the partner's people whom an incident may concern
    profile          json NOT NULL
);
INSERT INTO partners VALUES('c0150500-0000-4000-8000-000000000001','contoso','[{"id":"c0150500-0000-4000-8000-000000000001/0","name":"Gita Global","email":"gita.global@contoso.com","globalAdmin":true},{"id":"c0150500-0000-4000-8000-000000000001/1","name":"Contoso Azure Agents","email":"azure-agents@contoso.com","enrolled":true},{"id":"c0150500-0000-4000-8000-000000000001/2","name":"Contoso Night Shift","email":"night-shift@contoso.com","enrolled":true}]','{"tenantId":"c0150500-0000-4000-8000-000000000001","partnerType":"direct_bill_partner","companyName":"Contoso","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"companyApproverAddress":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Sam","lastName":"Specimen","phoneNumber":"4255550102"},"companyApproverEmail":"sam.specimen@contoso.com","vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@contoso.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Contoso Security Operations","middleName":"Contoso Security Operations","lastName":"Contoso Security Operations","email":"cert@contoso.com","phoneNumber":"+14255550100;ext=24"}}');
INSERT INTO partners VALUES('fab21ca0-0000-4000-8000-000000000002','fabrikam','[{"id":"fab21ca0-0000-4000-8000-000000000002/0","name":"Fay Fabrikam","email":"fay.fabrikam@fabrikam.com","globalAdmin":true},{"id":"fab21ca0-0000-4000-8000-000000000002/1","name":"Fabrikam Azure Agents","email":"azure-agents@fabrikam.com","enrolled":true}]','{"tenantId":"fab21ca0-0000-4000-8000-000000000002","partnerType":"indirect_provider","companyName":"Fabrikam","address":{"country":"US","city":"Portland","state":"OR","addressLine1":"1 Example Way","postalCode":"97205","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@fabrikam.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Fay","lastName":"Placeholder","email":"fabrikam_security@gmail.com","phoneNumber":"+15035550142"}}');
INSERT INTO partners VALUES('7a115910-0000-4000-8000-000000000003','tailspin toys','[{"id":"7a115910-0000-4000-8000-000000000003/0","name":"Toni Specimen","email":"toni.specimen@tailspintoys.com","globalAdmin":true}]','{"tenantId":"7a115910-0000-4000-8000-000000000003","partnerType":"indirect_reseller","companyName":"Tailspin Toys","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@tailspintoys.com","phoneNumber":"4255550103"}}');
INSERT INTO partners VALUES('a0174214-d000-4000-8000-000000000004','northwind traders','[{"id":"a0174214-d000-4000-8000-000000000004/1","name":"Northwind Azure Agents","email":"azure-agents@northwindtraders.com","enrolled":true}]','{"tenantId":"a0174214-d000-4000-8000-000000000004","partnerType":"direct_bill_partner","companyName":"Northwind Traders","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@northwindtraders.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Northwind CERT","middleName":"Northwind CERT","lastName":"Northwind CERT","email":"cert@northwindtraders.com","phoneNumber":"+14255550104"}}');
INSERT INTO partners VALUES('117a4a4e-0000-4000-8000-000000000005','litware','[{"id":"117a4a4e-0000-4000-8000-000000000005/0","name":"Lee Specimen","email":"lee.specimen@litwareinc.com","globalAdmin":true}]','{"tenantId":"117a4a4e-0000-4000-8000-000000000005","partnerType":"indirect_reseller","companyName":"Litware","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@litwareinc.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Lee","middleName":"Q","lastName":"Specimen","email":"lee.specimen@litwareinc.com","phoneNumber":"+14255550105"}}');
INSERT INTO partners VALUES('71297170-0000-4000-8000-000000000006','wingtip toys','[]','{"tenantId":"71297170-0000-4000-8000-000000000006","partnerType":"indirect_reseller","companyName":"Wingtip Toys","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@wingtiptoys.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Wingtip on call","middleName":"Wingtip on call","lastName":"Wingtip on call","email":"no-reply@wingtiptoys.com","phoneNumber":"+14255550106"}}');
CREATE TABLE revisions (
    tenant_id text NOT NULL REFERENCES partners (tenant_id),
    number    bigint NOT NULL,
    id        text NOT NULL UNIQUE,
    saved_at  bigint NOT NULL,
    by_name   text NOT NULL,
    revision  json NOT NULL,
    PRIMARY KEY (tenant_id, number)
);
INSERT INTO revisions VALUES('c0150500-0000-4000-8000-000000000001',1,'01a22e03-c73d-7101-8d35-ee5a8076eb1d',1777887001000000,'Gita Global','{"tenantId":"c0150500-0000-4000-8000-000000000001","by":{"id":"c0150500-0000-4000-8000-0000000000a1","tenantId":"c0150500-0000-4000-8000-000000000001","roles":["global_admin"],"channel":"portal"},"before":{"tenantId":"c0150500-0000-4000-8000-000000000001","partnerType":"direct_bill_partner","companyName":"Contoso","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"companyApproverAddress":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Sam","lastName":"Specimen","phoneNumber":"4255550102"},"companyApproverEmail":"sam.specimen@contoso.com","vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@contoso.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Contoso Security Operations","middleName":"Contoso Security Operations","lastName":"Contoso Security Operations","email":"soc@contoso.com","phoneNumber":"+14255550100;ext=24"}},"after":{"tenantId":"c0150500-0000-4000-8000-000000000001","partnerType":"direct_bill_partner","companyName":"Contoso","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"companyApproverAddress":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Sam","lastName":"Specimen","phoneNumber":"4255550102"},"companyApproverEmail":"sam.specimen@contoso.com","vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@contoso.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Contoso Security Operations","middleName":"Contoso Security Operations","lastName":"Contoso Security Operations","email":"cert@contoso.com","phoneNumber":"+14255550100;ext=24"}},"changed":["/securityContact/email"],"verification":"notRequired","advice":null}');
CREATE TABLE customers (
    tenant_id text NOT NULL PRIMARY KEY,
    sort_name text NOT NULL,
    name      text NOT NULL
);
INSERT INTO customers VALUES('c0570000-0000-4000-8000-000000000001','adventure works','Adventure Works');
INSERT INTO customers VALUES('c0570000-0000-4000-8000-000000000002','alpine ski house','Alpine Ski House');
INSERT INTO customers VALUES('c0570000-0000-4000-8000-000000000003','proseware','Proseware');
INSERT INTO customers VALUES('c0570000-0000-4000-8000-000000000004','woodgrove bank','Woodgrove Bank');
CREATE TABLE relationships (
    tenant_id  text NOT NULL,
    partner_id text NOT NULL REFERENCES partners (tenant_id),
    rights     json NOT NULL,
    PRIMARY KEY (tenant_id, partner_id)
) WITHOUT ROWID;
INSERT INTO relationships VALUES('117a4a4e-0000-4000-8000-000000000005','117a4a4e-0000-4000-8000-000000000005','[]');
INSERT INTO relationships VALUES('71297170-0000-4000-8000-000000000006','71297170-0000-4000-8000-000000000006','[]');
INSERT INTO relationships VALUES('7a115910-0000-4000-8000-000000000003','7a115910-0000-4000-8000-000000000003','[]');
INSERT INTO relationships VALUES('a0174214-d000-4000-8000-000000000004','a0174214-d000-4000-8000-000000000004','[]');
INSERT INTO relationships VALUES('c0150500-0000-4000-8000-000000000001','c0150500-0000-4000-8000-000000000001','[]');
INSERT INTO relationships VALUES('c0570000-0000-4000-8000-000000000001','117a4a4e-0000-4000-8000-000000000005','[]');
INSERT INTO relationships VALUES('c0570000-0000-4000-8000-000000000001','7a115910-0000-4000-8000-000000000003','["granular_admin"]');
INSERT INTO relationships VALUES('c0570000-0000-4000-8000-000000000001','c0150500-0000-4000-8000-000000000001','["reseller","granular_admin"]');
INSERT INTO relationships VALUES('c0570000-0000-4000-8000-000000000001','fab21ca0-0000-4000-8000-000000000002','["reseller"]');
INSERT INTO relationships VALUES('c0570000-0000-4000-8000-000000000002','117a4a4e-0000-4000-8000-000000000005','["delegated_admin"]');
INSERT INTO relationships VALUES('c0570000-0000-4000-8000-000000000002','a0174214-d000-4000-8000-000000000004','["reseller","delegated_admin"]');
INSERT INTO relationships VALUES('c0570000-0000-4000-8000-000000000002','fab21ca0-0000-4000-8000-000000000002','["reseller"]');
INSERT INTO relationships VALUES('c0570000-0000-4000-8000-000000000003','71297170-0000-4000-8000-000000000006','["reseller","granular_admin"]');
INSERT INTO relationships VALUES('c0570000-0000-4000-8000-000000000003','c0150500-0000-4000-8000-000000000001','["reseller"]');
INSERT INTO relationships VALUES('fab21ca0-0000-4000-8000-000000000002','fab21ca0-0000-4000-8000-000000000002','[]');
CREATE TABLE incidents (
    id        text NOT NULL PRIMARY KEY,
    incident  json NOT NULL,
    raised_at bigint NOT NULL,
    raised_by text NOT NULL,
    status    text NOT NULL CHECK (status IN ('queued', 'routing', 'routed', 'cancelled')),
    partners  bigint NOT NULL DEFAULT 0,
    routed_to text NOT NULL DEFAULT '' -- the last partner whose deliveries are stored
, version bigint NOT NULL DEFAULT 0, kind text NOT NULL DEFAULT 'raised');
INSERT INTO incidents VALUES('INC-2','{"id":"INC-2","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"}',1777887004000000,'Olu Operator','routed',5,'',0,'raised');
INSERT INTO incidents VALUES('INC-1','{"id":"INC-1","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"}',1777887011000000,'Olu Operator','routed',3,'',0,'raised');
CREATE TABLE delivery_counts (
    incident_id text NOT NULL REFERENCES incidents (id),
    state       text NOT NULL,
    n           bigint NOT NULL,
    PRIMARY KEY (incident_id, state)
) WITHOUT ROWID;
CREATE TABLE sessions (
    key        text NOT NULL PRIMARY KEY,
    person     json NOT NULL,
    expires_at bigint NOT NULL
, sealed text NOT NULL DEFAULT '', began_at bigint NOT NULL DEFAULT 0, address text NOT NULL DEFAULT '', tenant_id text NOT NULL DEFAULT '', person_id text NOT NULL DEFAULT '');
CREATE TABLE delivery_count_changes (
    incident_id text NOT NULL,
    state       text NOT NULL,
    n           bigint NOT NULL
);
INSERT INTO delivery_count_changes VALUES('INC-2','waiting',5);
INSERT INTO delivery_count_changes VALUES('INC-1','waiting',3);
CREATE TABLE queue_workers (
    id   text NOT NULL PRIMARY KEY,
    beat bigint NOT NULL
) WITHOUT ROWID;
INSERT INTO queue_workers VALUES('worker',2);
CREATE TABLE drafts (
    id         text NOT NULL PRIMARY KEY,
    owner      text NOT NULL, -- who typed it
    path       text NOT NULL, -- of the page that shows it
    form       json NOT NULL,
    expires_at bigint NOT NULL
);
CREATE TABLE probes (
    process    text NOT NULL PRIMARY KEY,
    written_at bigint NOT NULL,
    filling    text NOT NULL
);
CREATE TABLE audit_log (
    number    bigint NOT NULL PRIMARY KEY, -- 1, 2, 3 and so on: a gap is a row that somebody took away
    at        bigint NOT NULL,
    action    text NOT NULL,
    outcome   text NOT NULL,
    status    bigint NOT NULL,
    subject   text NOT NULL,
    tenant_id text NOT NULL,
    channel   text NOT NULL,
    request   text NOT NULL,
    digests   json NOT NULL, -- of the personal values, by their names
    hash      text NOT NULL
);
INSERT INTO audit_log VALUES(1,1777887008000000,'POST /incidents','done',0,'','','','','{"address":"13039ffa71d4053dfc87e24e81f9073eee60894b57742cf4f59cfeffdb64211b","name":"c73263ad9f32c3bc45d1e5f986b8e6a3ff9d512ab60cf2b19912489df6789878","person":"697329e6c24c0e2b372049106a681d1b41989c903be1d8ff22b926085feb085b"}','21c0ec5e0b2d7e623fd3e957af3d4383cd215441bacd3646cc44a1fdbca2dc91');
INSERT INTO audit_log VALUES(2,1777887009000000,'POST /incidents','done',0,'','','','','{"address":"bc39f1aa6a36d5f172dd235e388ff6bca3063987b8854b42cae8e47e99604b5d","name":"6584c152a5fab8057179197eb0c2bba3995a7f2f87f4efe5824f63e31b2b46af","person":"492009da59e7c13162beba2cae430174f3484a8d2cf0bc50cdd5eb0f9f0c2ff7"}','0c5d13c031ff6365dbac730ef913baf6a3a61e3022bfd67bf0564bab10de1143');
INSERT INTO audit_log VALUES(3,1777887010000000,'POST /incidents','done',0,'','','','','{"address":"5deb55351d27a20c8b317824bd0a0729bd46f1c2433017afe5bcd8e9d6e3071d","name":"30ce59477653d52dd6021d0306496acdafdda578c3be801614dfb5a86caf1f6b","person":"5a7459067b072d9db213b64ef2884a574459179e6d23ef58ac74240c7f00e9d6"}','eab8c14df809ed28497efc88f8f2019bb6754124cd148487b6527946cdd9aa8d');
CREATE TABLE audit_personal (
    number bigint NOT NULL REFERENCES audit_log (number),
    name   text NOT NULL, -- person, name or address
    salt   text NOT NULL,
    value  text NOT NULL,
    PRIMARY KEY (number, name)
);
INSERT INTO audit_personal VALUES(1,'address','AYPFDTD2JPJ5T34PO5MOLQ7ROT','192.0.2.1');
INSERT INTO audit_personal VALUES(1,'name','PLGJWPOZJIKBVGORDUCAWWTA4Y','Ada King');
INSERT INTO audit_personal VALUES(1,'person','QVNLL5A7MMPMFCYGHFZI7O5BRJ','c0150500-0000-4000-8000-0000000000a1');
INSERT INTO audit_personal VALUES(2,'address','CC53M2IICJMOIFD4QRDIGAZPYP','192.0.2.1');
INSERT INTO audit_personal VALUES(2,'name','QRV7IWWMY6UHADFNNIHZAXWHU3','Ada King');
INSERT INTO audit_personal VALUES(2,'person','6IZF2675KR7PYVZM7G6CPTKC75','c0150500-0000-4000-8000-0000000000a1');
INSERT INTO audit_personal VALUES(3,'address','ZX74NBBKYTOZFSWDBGAV4F4ZRB','192.0.2.1');
INSERT INTO audit_personal VALUES(3,'name','O2LAMKYFCINF5537SJTVRTS3BP','Ada King');
INSERT INTO audit_personal VALUES(3,'person','6XHMMMPQBJ5ZDPKWZLGGNFX3MX','c0150500-0000-4000-8000-0000000000a1');
CREATE TABLE audit_head (
    one    bigint NOT NULL PRIMARY KEY CHECK (one = 1),
    number bigint NOT NULL,
    hash   text NOT NULL
);
INSERT INTO audit_head VALUES(1,3,'eab8c14df809ed28497efc88f8f2019bb6754124cd148487b6527946cdd9aa8d');
CREATE TABLE IF NOT EXISTS "deliveries" (
    id                text NOT NULL PRIMARY KEY, -- the notification's
    incident_id       text REFERENCES incidents (id),
    partner_tenant_id text NOT NULL,
    company_name      text NOT NULL,
    topic             text NOT NULL,
    own_tenant        boolean NOT NULL,
    rights            json NOT NULL,
    recipient         json NOT NULL,
    gap               text NOT NULL,
    why               text NOT NULL,
    state             text NOT NULL CHECK (state IN
        ('waiting', 'retrying', 'failed', 'sent', 'nobody', 'unknown', 'withdrawn', 'call', 'bounced')),
    attempts          bigint NOT NULL DEFAULT 0,
    problem           text NOT NULL DEFAULT '',
    updated_at        bigint NOT NULL,
    next_try_at       bigint NOT NULL DEFAULT 0, -- 0: none
    unanswered        bigint NOT NULL DEFAULT 0, -- tries after which the mail server had the message and said nothing
    sent_to           json, -- whom the last try was for; null: the recipient
    version           bigint NOT NULL DEFAULT 0, -- of the incident
    case_id           text, -- null: none. No foreign key: it would lock the case
    step              bigint NOT NULL DEFAULT -1, -- of the case's policy; -1: beside the steps
    round             bigint NOT NULL DEFAULT 0, -- how often the steps were taken before
    asked_at          bigint NOT NULL DEFAULT 0, -- from when the link in it counts; 0: before there were links
    unanswered_since  bigint NOT NULL DEFAULT 0, -- others were told then; 0: the recipient is told first
    thread            text NOT NULL DEFAULT '' -- the first notification of the incident to the recipient; '': this one
);
INSERT INTO deliveries VALUES('fad953c38bdf458e075b931bb306acd01236f9bb',NULL,'c0150500-0000-4000-8000-000000000001','Contoso','contact_replaced',0,'[]','{"audience":"security_contact","name":"Contoso Security Operations","email":"soc@contoso.com","phoneNumber":"+14255550100;ext=24"}','','The recipient was the partner''s security contact until now.','waiting',0,'',1777887003000000,0,0,NULL,0,NULL,-1,0,1777887003000000,0,'');
INSERT INTO deliveries VALUES('ed78045e83a7502dad1587022da61704acd071a2',NULL,'c0150500-0000-4000-8000-000000000001','Contoso','contact_appointed',0,'[]','{"audience":"security_contact","name":"Contoso Security Operations","email":"cert@contoso.com","phoneNumber":"+14255550100;ext=24"}','','The recipient was made the partner''s security contact.','waiting',0,'',1777887003000000,0,0,NULL,0,NULL,-1,0,1777887003000000,0,'');
INSERT INTO deliveries VALUES('ec6cb183b41c767766a3c7fd5ce352494b21f527','INC-2','00000000-0000-4000-8000-000000000000','Reseller 000000','incident',0,'["reseller"]','{"audience":"security_contact","name":"Reseller 0 SOC","email":"soc@reseller-0.example","phoneNumber":"+14255550100"}','','1 security contact is told, because the partner holds the reseller relationship over the impacted customer tenant.','waiting',0,'',1777887006000000,0,0,NULL,0,NULL,-1,0,1777887006000000,0,'');
INSERT INTO deliveries VALUES('06a2d78a5f22409535c8d45e1fe964e4bdb6a549','INC-2','00000000-0000-4000-8000-000000000001','Reseller 000001','incident',0,'["delegated_admin"]','{"audience":"security_contact","name":"Alex Q Placeholder","email":"security@reseller-1.example","phoneNumber":"+14255550101"}','','1 security contact is told, because the partner holds delegated administration privileges over the impacted customer tenant.','waiting',0,'',1777887006000000,0,0,NULL,0,NULL,-1,0,1777887006000000,0,'');
INSERT INTO deliveries VALUES('6a3f352b1f291a4bcd7a5983c43dffab42d409e2','INC-2','00000000-0000-4000-8000-000000000002','Reseller 000002','incident',0,'["reseller","delegated_admin"]','{"audience":"security_contact","name":"Reseller 2 SOC","email":"soc@reseller-2.example","phoneNumber":"+14255550102"}','','1 security contact is told, because the partner holds the reseller relationship and delegated administration privileges over the impacted customer tenant.','waiting',0,'',1777887006000000,0,0,NULL,0,NULL,-1,0,1777887006000000,0,'');
INSERT INTO deliveries VALUES('b006b3fc985ea3b0ef4d12c57a473f4d1820d41d','INC-2','00000000-0000-4000-8000-000000000003','Reseller 000003','incident',0,'["granular_admin"]','{"audience":"security_contact","name":"Alex Q Placeholder","email":"security@reseller-3.example","phoneNumber":"+14255550103"}','','1 security contact is told, because the partner holds granular delegated admin privileges over the impacted customer tenant.','waiting',0,'',1777887006000000,0,0,NULL,0,NULL,-1,0,1777887006000000,0,'');
INSERT INTO deliveries VALUES('f923aa5f9ee7c68ac56863cc9c12622d19d5ee59','INC-2','00000000-0000-4000-8000-000000000004','Reseller 000004','incident',0,'["reseller","granular_admin"]','{"audience":"security_contact","name":"Reseller 4 SOC","email":"soc@reseller-4.example","phoneNumber":"+14255550104"}','','1 security contact is told, because the partner holds the reseller relationship and granular delegated admin privileges over the impacted customer tenant.','waiting',0,'',1777887006000000,0,0,NULL,0,NULL,-1,0,1777887006000000,0,'');
INSERT INTO deliveries VALUES('3e4aff0c92247378559de73861f02f4656704a27','INC-1','00000000-0000-4000-8000-000000000000','Reseller 0','incident',0,'["reseller"]','{"audience":"security_contact","name":"Reseller 0 SOC","email":"soc@reseller-0.example","phoneNumber":"+14255550100"}','','1 security contact is told, because the partner holds the reseller relationship over the impacted customer tenant.','waiting',0,'',1777887013000000,0,0,NULL,0,'case-ee5d555d7ad1251a2deccaa5f76915af',0,0,1777887013000000,0,'');
INSERT INTO deliveries VALUES('011cd006e2cf74ab17401dfff5d1661b4e335d17','INC-1','00000000-0000-4000-8000-000000000001','Reseller 1','incident',0,'["delegated_admin"]','{"audience":"security_contact","name":"Alex Q Placeholder","email":"security@reseller-1.example","phoneNumber":"+14255550101"}','','1 security contact is told, because the partner holds delegated administration privileges over the impacted customer tenant.','waiting',0,'',1777887013000000,0,0,NULL,0,'case-12d98d15f57ed123fcaab4dc6d29f5e7',0,0,1777887013000000,0,'');
INSERT INTO deliveries VALUES('deb614ee50b5f0bcfd5c39c0ae774552d69b336b','INC-1','00000000-0000-4000-8000-000000000002','Reseller 2','incident',0,'["reseller","delegated_admin"]','{"audience":"security_contact","name":"Reseller 2 SOC","email":"soc@reseller-2.example","phoneNumber":"+14255550102"}','','1 security contact is told, because the partner holds the reseller relationship and delegated administration privileges over the impacted customer tenant.','waiting',0,'',1777887013000000,0,0,NULL,0,'case-079f039214b70b078612e6ed09d17593',0,0,1777887013000000,0,'');
CREATE TABLE cases (
    id                text NOT NULL PRIMARY KEY, -- follows from the incident, its version and the partner
    incident_id       text NOT NULL REFERENCES incidents (id),
    version           bigint NOT NULL, -- of the incident
    partner_tenant_id text NOT NULL,
    opened_at         bigint NOT NULL,
    state             text NOT NULL, -- as of the last look, or the last answer
    answered_at       bigint NOT NULL DEFAULT 0, -- 0: not yet
    look_at           bigint NOT NULL, -- when somebody must look again; 0: never, unless something happens
    opened            json NOT NULL -- the case without its events, never changed
, company_name text NOT NULL DEFAULT '');
INSERT INTO cases VALUES('case-ee5d555d7ad1251a2deccaa5f76915af','INC-1',0,'00000000-0000-4000-8000-000000000000',1777887012000000,'waiting',0,1777890612000000,'{"incident":{"id":"INC-1","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"},"route":{"partnerTenantId":"00000000-0000-4000-8000-000000000000","companyName":"Reseller 0","ownTenant":false,"rights":["reseller"],"recipients":null},"policy":{"steps":[{"recipients":[{"audience":"security_contact","name":"Reseller 0 SOC","email":"soc@reseller-0.example","phoneNumber":"+14255550100"}],"timeout":3600000000000},{"recipients":[{"audience":"security_contact","name":"Reseller 0 SOC","email":"soc@reseller-0.example","phoneNumber":"+14255550100","medium":"phone"}],"timeout":3600000000000},{"recipients":[{"audience":"admin_agent","name":"Azure Agents","email":"azure-agents@reseller-0.example","phoneNumber":"+14255550101"}],"timeout":14400000000000},{"recipients":[{"audience":"global_admin","name":"Kim Specimen","email":"admin@reseller-0.example","phoneNumber":"+14255550102"}],"timeout":64800000000000}],"repeat":0,"ackTimeout":14400000000000},"openedAt":"2026-05-04T09:30:12Z","events":null}','Reseller 0');
INSERT INTO cases VALUES('case-12d98d15f57ed123fcaab4dc6d29f5e7','INC-1',0,'00000000-0000-4000-8000-000000000001',1777887012000000,'waiting',0,1777890612000000,'{"incident":{"id":"INC-1","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"},"route":{"partnerTenantId":"00000000-0000-4000-8000-000000000001","companyName":"Reseller 1","ownTenant":false,"rights":["delegated_admin"],"recipients":null},"policy":{"steps":[{"recipients":[{"audience":"security_contact","name":"Alex Q Placeholder","email":"security@reseller-1.example","phoneNumber":"+14255550101"}],"timeout":3600000000000},{"recipients":[{"audience":"security_contact","name":"Alex Q Placeholder","email":"security@reseller-1.example","phoneNumber":"+14255550101","medium":"phone"}],"timeout":3600000000000},{"recipients":[{"audience":"admin_agent","name":"Azure Agents","email":"azure-agents@reseller-1.example","phoneNumber":"+14255550102"},{"audience":"admin_agent","name":"Night Shift","email":"night@reseller-1.example","phoneNumber":"+14255550104"}],"timeout":14400000000000},{"recipients":[{"audience":"global_admin","name":"Kim Specimen","email":"admin@reseller-1.example","phoneNumber":"+14255550103"}],"timeout":64800000000000}],"repeat":0,"ackTimeout":14400000000000},"openedAt":"2026-05-04T09:30:12Z","events":null}','Reseller 1');
INSERT INTO cases VALUES('case-079f039214b70b078612e6ed09d17593','INC-1',0,'00000000-0000-4000-8000-000000000002',1777887012000000,'waiting',0,1777890612000000,'{"incident":{"id":"INC-1","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"},"route":{"partnerTenantId":"00000000-0000-4000-8000-000000000002","companyName":"Reseller 2","ownTenant":false,"rights":["reseller","delegated_admin"],"recipients":null},"policy":{"steps":[{"recipients":[{"audience":"security_contact","name":"Reseller 2 SOC","email":"soc@reseller-2.example","phoneNumber":"+14255550102"}],"timeout":3600000000000},{"recipients":[{"audience":"security_contact","name":"Reseller 2 SOC","email":"soc@reseller-2.example","phoneNumber":"+14255550102","medium":"phone"}],"timeout":3600000000000},{"recipients":[{"audience":"admin_agent","name":"Azure Agents","email":"azure-agents@reseller-2.example","phoneNumber":"+14255550103"}],"timeout":14400000000000},{"recipients":[{"audience":"global_admin","name":"Kim Specimen","email":"admin@reseller-2.example","phoneNumber":"+14255550104"}],"timeout":64800000000000}],"repeat":0,"ackTimeout":14400000000000},"openedAt":"2026-05-04T09:30:12Z","events":null}','Reseller 2');
CREATE TABLE case_events (
    case_id         text NOT NULL REFERENCES cases (id),
    source          text NOT NULL, -- the number of a form, a notification's ID, an operator's click
    at              bigint NOT NULL,
    kind            text NOT NULL,
    notification_id text NOT NULL,
    by_id           text NOT NULL, -- whoever did it, by the portal's own key
    by_name         text NOT NULL, -- as they said it
    address         text NOT NULL, -- where the answer came from
    said            text NOT NULL, -- the word of the answer
    PRIMARY KEY (case_id, source)
) WITHOUT ROWID;
CREATE TABLE incident_versions (
    incident_id text NOT NULL REFERENCES incidents (id),
    version     bigint NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('raised', 'update', 'all-clear', 'cancel', 'reopen')),
    incident    json NOT NULL,
    at          bigint NOT NULL,
    by_name     text NOT NULL,
    PRIMARY KEY (incident_id, version)
);
INSERT INTO incident_versions VALUES('INC-2',0,'raised','{"id":"INC-2","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"}',1777887004000000,'Olu Operator');
INSERT INTO incident_versions VALUES('INC-1',0,'raised','{"id":"INC-1","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"}',1777887011000000,'Olu Operator');
CREATE TABLE wrong_numbers (
    tenant_id text NOT NULL, -- the partner's
    phone     text NOT NULL, -- E.164
    at        bigint NOT NULL,
    by_name   text NOT NULL, -- who called
    PRIMARY KEY (tenant_id, phone)
) WITHOUT ROWID;
CREATE TABLE questions (
    subject text NOT NULL, -- the notification's ID
    purpose text NOT NULL, -- what an answer does
    expires bigint NOT NULL,
    wrong   bigint NOT NULL, -- codes; five end the link
    PRIMARY KEY (subject, purpose, expires)
) WITHOUT ROWID;
CREATE TABLE new_codes (
    id       text NOT NULL PRIMARY KEY, -- of the delivery
    first_id text NOT NULL, -- of the delivery with the first code
    at       bigint NOT NULL
) WITHOUT ROWID;
CREATE TABLE contacts (
    tenant_id   text NOT NULL PRIMARY KEY REFERENCES partners (tenant_id),
    address     text NOT NULL, -- which one
    entered_at  bigint NOT NULL DEFAULT 0,
    verified_at bigint NOT NULL DEFAULT 0,
    bounced_at  bigint NOT NULL DEFAULT 0,
    doubted_at  bigint NOT NULL DEFAULT 0, -- somebody who reads it said that it is not right
    doubt       text NOT NULL DEFAULT '', -- what they said
    begin_at    bigint NOT NULL DEFAULT 0, -- then it counts as entered; 0: nobody asked for that
    look_at     bigint NOT NULL DEFAULT 0, -- when the policy must be asked next; 0: never
    policy      text NOT NULL DEFAULT '', -- which one was asked last
    state       text NOT NULL DEFAULT 'unasked' -- of that time
);
INSERT INTO contacts VALUES('c0150500-0000-4000-8000-000000000001','cert@contoso.com',1777887002000000,0,0,0,'',0,1777887002000000,'','unverified');
INSERT INTO contacts VALUES('fab21ca0-0000-4000-8000-000000000002','fabrikam_security@gmail.com',0,0,0,0,'',0,0,'','unasked');
INSERT INTO contacts VALUES('a0174214-d000-4000-8000-000000000004','cert@northwindtraders.com',0,0,0,0,'',0,0,'','unasked');
INSERT INTO contacts VALUES('117a4a4e-0000-4000-8000-000000000005','lee.specimen@litwareinc.com',0,0,0,0,'',0,0,'','unasked');
INSERT INTO contacts VALUES('71297170-0000-4000-8000-000000000006','no-reply@wingtiptoys.com',0,0,0,0,'',0,0,'','unasked');
CREATE TABLE contact_answers (
    source          text NOT NULL PRIMARY KEY, -- the form's number
    tenant_id       text NOT NULL REFERENCES partners (tenant_id),
    notification_id text NOT NULL,
    at              bigint NOT NULL,
    said            text NOT NULL,
    by_name         text NOT NULL, -- as they say
    from_address    text NOT NULL
);
CREATE TABLE webhooks (
    id           text NOT NULL PRIMARY KEY,
    tenant_id    text NOT NULL REFERENCES partners (tenant_id),
    name         text NOT NULL,
    format       text NOT NULL,
    place        text NOT NULL, -- what may be shown of the address
    sealed       text NOT NULL,
    version      bigint NOT NULL DEFAULT 1, -- counts the changes of what is sealed
    waiting      boolean NOT NULL DEFAULT FALSE, -- a new secret is in it, and the old one still signs
    state        text NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'off')),
    off_why      text NOT NULL DEFAULT '' CHECK (off_why IN ('', 'person', 'gone')),
    created_at   bigint NOT NULL,
    created_by   text NOT NULL,
    succeeded_at bigint NOT NULL DEFAULT 0, -- 0: never
    failed_at    bigint NOT NULL DEFAULT 0,
    problem      text NOT NULL DEFAULT ''
);
CREATE TABLE river_leader (
    elected_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    leader_id text NOT NULL,
    name text PRIMARY KEY NOT NULL DEFAULT 'default' CHECK (name = 'default'),
    CONSTRAINT name_length CHECK (length(name) > 0 AND length(name) < 128),
    CONSTRAINT leader_id_length CHECK (length(leader_id) > 0 AND length(leader_id) < 128)
);
CREATE TABLE river_migration (
    line text NOT NULL,
    version integer NOT NULL,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT line_length CHECK (length(line) > 0 AND length(line) < 128),
    CONSTRAINT version_gte_1 CHECK (version >= 1),
    PRIMARY KEY (line, version)
);
INSERT INTO river_migration VALUES('main',1,'2026-11-30 19:52:09');
INSERT INTO river_migration VALUES('main',2,'2026-11-30 19:52:09');
INSERT INTO river_migration VALUES('main',3,'2026-11-30 19:52:09');
INSERT INTO river_migration VALUES('main',4,'2026-11-30 19:52:09');
INSERT INTO river_migration VALUES('main',5,'2026-11-30 19:52:09');
INSERT INTO river_migration VALUES('main',6,'2026-11-30 19:52:09');
INSERT INTO river_migration VALUES('main',7,'2026-11-30 19:52:09');
INSERT INTO river_migration VALUES('main',8,'2026-11-30 19:52:09');
CREATE TABLE river_notification (
    id integer PRIMARY KEY AUTOINCREMENT,
    created_at timestamp NOT NULL DEFAULT (datetime('now', 'subsec')),
    payload text NOT NULL,
    topic text NOT NULL,
    CONSTRAINT topic_length CHECK (length(topic) > 0 AND length(topic) < 128)
);
CREATE TABLE river_queue (
    name text PRIMARY KEY NOT NULL,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    metadata blob NOT NULL DEFAULT (jsonb('{}')),
    paused_at timestamp,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE river_job (
    id integer PRIMARY KEY AUTOINCREMENT,
    args blob NOT NULL DEFAULT (jsonb('{}')),
    attempt integer NOT NULL DEFAULT 0,
    attempted_at timestamp,
    attempted_by blob, -- json
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    errors blob, -- json
    finalized_at timestamp,
    kind text NOT NULL,
    max_attempts integer NOT NULL DEFAULT 25,
    metadata blob NOT NULL DEFAULT (jsonb('{}')),
    priority integer NOT NULL DEFAULT 1,
    queue text NOT NULL DEFAULT 'default',
    state text NOT NULL DEFAULT 'available',
    scheduled_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    tags blob NOT NULL DEFAULT (jsonb('[]')),
    unique_key blob,
    unique_states integer,
    CONSTRAINT finalized_or_finalized_at_null CHECK (
        (finalized_at IS NULL AND state NOT IN ('cancelled', 'completed', 'discarded')) OR
        (finalized_at IS NOT NULL AND state IN ('cancelled', 'completed', 'discarded'))
    ),
    CONSTRAINT priority_in_range CHECK (priority >= 1 AND priority <= 4),
    CONSTRAINT queue_length CHECK (length(queue) > 0 AND length(queue) < 128),
    CONSTRAINT kind_length CHECK (length(kind) > 0 AND length(kind) < 128),
    CONSTRAINT state_valid CHECK (state IN ('available', 'cancelled', 'completed', 'discarded', 'pending', 'retryable', 'running', 'scheduled'))
);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('river_job',0);
CREATE INDEX partners_by_name ON partners (sort_name, tenant_id);
CREATE INDEX customers_by_name ON customers (sort_name, tenant_id);
CREATE INDEX incidents_by_time ON incidents (raised_at, id);
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX delivery_count_changes_by_incident ON delivery_count_changes (incident_id);
CREATE INDEX drafts_by_owner ON drafts (owner, expires_at);
CREATE INDEX drafts_by_end ON drafts (expires_at);
CREATE INDEX audit_personal_by_value ON audit_personal (name, value);
CREATE INDEX sessions_by_person ON sessions (tenant_id, person_id);
CREATE INDEX deliveries_by_company ON deliveries (incident_id, company_name, id);
CREATE INDEX deliveries_by_state ON deliveries (incident_id, state, company_name, id);
CREATE INDEX deliveries_open ON deliveries (updated_at) WHERE state IN ('waiting', 'retrying', 'unknown');
CREATE INDEX cases_by_incident ON cases (incident_id, id);
CREATE INDEX cases_by_partner ON cases (partner_tenant_id) WHERE state NOT IN ('resolved', 'cancelled');
CREATE INDEX cases_by_state ON cases (state, incident_id) WHERE state NOT IN ('resolved', 'cancelled');
CREATE INDEX cases_to_look_at ON cases (look_at) WHERE look_at > 0;
CREATE INDEX deliveries_by_partner ON deliveries (incident_id, partner_tenant_id);
CREATE INDEX deliveries_calls ON deliveries (asked_at, id) WHERE state = 'call';
CREATE INDEX cases_by_company ON cases (incident_id, state, company_name, id);
CREATE INDEX questions_by_end ON questions (expires);
CREATE INDEX new_codes_by_first ON new_codes (first_id);
CREATE INDEX contacts_due ON contacts (look_at) WHERE look_at > 0;
CREATE INDEX contacts_by_state ON contacts (state);
CREATE INDEX contact_answers_by_partner ON contact_answers (tenant_id, at);
CREATE INDEX webhooks_by_tenant ON webhooks (tenant_id, created_at, id);
CREATE INDEX river_notification_created_at_idx ON river_notification (created_at);
CREATE INDEX river_notification_topic_id_idx ON river_notification (topic, id);
CREATE INDEX river_job_kind ON river_job (kind);
CREATE INDEX river_job_state_and_finalized_at_index ON river_job (state, finalized_at) WHERE finalized_at IS NOT NULL;
CREATE INDEX river_job_prioritized_fetching_index ON river_job (state, queue, priority, scheduled_at, id);
CREATE UNIQUE INDEX river_job_unique_idx ON river_job (unique_key)
    WHERE unique_key IS NOT NULL
        AND unique_states IS NOT NULL
        AND CASE state
            WHEN 'available' THEN unique_states & (1 << 0)
            WHEN 'cancelled' THEN unique_states & (1 << 1)
            WHEN 'completed' THEN unique_states & (1 << 2)
            WHEN 'discarded' THEN unique_states & (1 << 3)
            WHEN 'pending'   THEN unique_states & (1 << 4)
            WHEN 'retryable' THEN unique_states & (1 << 5)
            WHEN 'running'   THEN unique_states & (1 << 6)
            WHEN 'scheduled' THEN unique_states & (1 << 7)
            ELSE 0
        END >= 1;
COMMIT;
