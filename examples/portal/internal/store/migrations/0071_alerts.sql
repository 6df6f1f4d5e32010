-- Microsoft's alerts, each once, as Microsoft says now, and what became of each here.
CREATE TABLE alerts (
    id              {key} NOT NULL PRIMARY KEY,
    alert           json NOT NULL,
    type            {key} NOT NULL, -- as two spellings of it are compared
    tenant_id       {key} NOT NULL, -- the customer's; or ''
    subscription_id {key} NOT NULL, -- or ''
    test            bigint NOT NULL,
    detected_at     bigint NOT NULL,
    is_open         bigint NOT NULL, -- 0: Microsoft says that it is resolved
    state           text NOT NULL CHECK (state IN ('new', 'draft', 'raised', 'joined', 'ignored')),
    why             text NOT NULL,
    rule            text NOT NULL, -- the name of the one that decided
    all_clear       bigint NOT NULL DEFAULT 0, -- 1: that rule sends the all-clear
    incident_id     {key} NOT NULL, -- of the incident, or of the draft of one; or ''
    seen_at         bigint NOT NULL,
    changed_at      bigint NOT NULL,
    found_by        text NOT NULL, -- what it is searched by, in lower case
    reply           text NOT NULL DEFAULT '' CHECK (reply IN ('', 'wanted', 'sent', 'failed')),
    reply_reason    text NOT NULL DEFAULT '',
    reply_at        bigint NOT NULL DEFAULT 0, -- of the last try, or of the next
    reply_tries     bigint NOT NULL DEFAULT 0,
    reply_problem   text NOT NULL DEFAULT ''
);
CREATE INDEX alerts_by_time ON alerts (seen_at, id);
CREATE INDEX alerts_by_state ON alerts (state, seen_at, id);
CREATE INDEX alerts_by_type ON alerts (type, seen_at, id);
CREATE INDEX alerts_alike ON alerts (type, tenant_id, subscription_id, test, detected_at);
CREATE INDEX alerts_of_incident ON alerts (incident_id, detected_at, id);
CREATE INDEX alerts_to_reply ON alerts (reply_at, id) WHERE reply = 'wanted';

-- What comes of alerts. The first rule that fits decides.
CREATE TABLE alert_rules (
    id        {key} NOT NULL PRIMARY KEY,
    place     bigint NOT NULL,
    name      text NOT NULL,
    type      text NOT NULL,
    severity  text NOT NULL,
    test      text NOT NULL,
    action    text NOT NULL,
    all_clear bigint NOT NULL,
    saved_at  bigint NOT NULL,
    by_name   text NOT NULL
);

-- How far asking for alerts has come, who of several workers asks, and how it goes. Whoever takes alerts locks the row.
CREATE TABLE alert_poll (
    one           bigint NOT NULL PRIMARY KEY CHECK (one = 1),
    holder        text NOT NULL DEFAULT '',
    held_until    bigint NOT NULL DEFAULT 0,
    read_to       bigint NOT NULL DEFAULT 0, -- all that was detected before is read; 0: nothing is
    whole_at      bigint NOT NULL DEFAULT 0, -- the last time that the last weeks were read anew
    ok_at         bigint NOT NULL DEFAULT 0,
    tried_at      bigint NOT NULL DEFAULT 0,
    failing_since bigint NOT NULL DEFAULT 0,
    failures      bigint NOT NULL DEFAULT 0,
    problem       text NOT NULL DEFAULT ''
);
INSERT INTO alert_poll (one) VALUES (1);
