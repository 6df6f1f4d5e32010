SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE TYPE public.river_job_state AS ENUM (
    'available',
    'cancelled',
    'completed',
    'discarded',
    'pending',
    'retryable',
    'running',
    'scheduled'
);
CREATE FUNCTION public.river_job_state_in_bitmask(bitmask bit, state public.river_job_state) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE state
        WHEN 'available' THEN get_bit(bitmask, 7)
        WHEN 'cancelled' THEN get_bit(bitmask, 6)
        WHEN 'completed' THEN get_bit(bitmask, 5)
        WHEN 'discarded' THEN get_bit(bitmask, 4)
        WHEN 'pending'   THEN get_bit(bitmask, 3)
        WHEN 'retryable' THEN get_bit(bitmask, 2)
        WHEN 'running'   THEN get_bit(bitmask, 1)
        WHEN 'scheduled' THEN get_bit(bitmask, 0)
        ELSE 0
    END = 1;
$$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.audit_head (
    one bigint NOT NULL,
    number bigint NOT NULL,
    hash text NOT NULL,
    CONSTRAINT audit_head_one_check CHECK ((one = 1))
);
CREATE TABLE public.audit_log (
    number bigint NOT NULL,
    at bigint NOT NULL,
    action text NOT NULL,
    outcome text NOT NULL,
    status bigint NOT NULL,
    subject text NOT NULL,
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    channel text NOT NULL,
    request text NOT NULL,
    digests json NOT NULL,
    hash text NOT NULL
);
CREATE TABLE public.audit_personal (
    number bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    salt text NOT NULL,
    value text NOT NULL
);
CREATE TABLE public.case_events (
    case_id text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    kind text NOT NULL,
    notification_id text NOT NULL COLLATE pg_catalog."C",
    by_id text NOT NULL,
    by_name text NOT NULL,
    address text NOT NULL,
    said text NOT NULL
);
CREATE TABLE public.cases (
    id text NOT NULL COLLATE pg_catalog."C",
    incident_id text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    partner_tenant_id text NOT NULL COLLATE pg_catalog."C",
    opened_at bigint NOT NULL,
    state text NOT NULL,
    answered_at bigint DEFAULT 0 NOT NULL,
    look_at bigint NOT NULL,
    opened json NOT NULL,
    company_name text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.contact_answers (
    source text NOT NULL COLLATE pg_catalog."C",
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    notification_id text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    said text NOT NULL,
    by_name text NOT NULL,
    from_address text NOT NULL
);
CREATE TABLE public.contacts (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    address text NOT NULL,
    entered_at bigint DEFAULT 0 NOT NULL,
    verified_at bigint DEFAULT 0 NOT NULL,
    bounced_at bigint DEFAULT 0 NOT NULL,
    doubted_at bigint DEFAULT 0 NOT NULL,
    doubt text DEFAULT ''::text NOT NULL,
    begin_at bigint DEFAULT 0 NOT NULL,
    look_at bigint DEFAULT 0 NOT NULL,
    policy text DEFAULT ''::text NOT NULL,
    state text DEFAULT 'unasked'::text NOT NULL
);
CREATE TABLE public.customers (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    sort_name text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL
);
CREATE TABLE public.deliveries (
    id text NOT NULL COLLATE pg_catalog."C",
    incident_id text COLLATE pg_catalog."C",
    partner_tenant_id text NOT NULL COLLATE pg_catalog."C",
    company_name text NOT NULL COLLATE pg_catalog."C",
    topic text NOT NULL,
    own_tenant boolean NOT NULL,
    rights json NOT NULL,
    recipient json NOT NULL,
    gap text NOT NULL,
    why text NOT NULL,
    state text NOT NULL,
    attempts bigint DEFAULT 0 NOT NULL,
    problem text DEFAULT ''::text NOT NULL,
    updated_at bigint NOT NULL,
    next_try_at bigint DEFAULT 0 NOT NULL,
    unanswered bigint DEFAULT 0 NOT NULL,
    sent_to json,
    version bigint DEFAULT 0 NOT NULL,
    case_id text COLLATE pg_catalog."C",
    step bigint DEFAULT '-1'::integer NOT NULL,
    round bigint DEFAULT 0 NOT NULL,
    asked_at bigint DEFAULT 0 NOT NULL,
    unanswered_since bigint DEFAULT 0 NOT NULL,
    thread text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT deliveries_3_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'retrying'::text, 'failed'::text, 'sent'::text, 'nobody'::text, 'unknown'::text, 'withdrawn'::text, 'call'::text, 'bounced'::text])))
);
CREATE TABLE public.delivery_count_changes (
    incident_id text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    n bigint NOT NULL
);
CREATE TABLE public.delivery_counts (
    incident_id text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    n bigint NOT NULL
);
CREATE TABLE public.drafts (
    id text NOT NULL COLLATE pg_catalog."C",
    owner text NOT NULL COLLATE pg_catalog."C",
    path text NOT NULL,
    form json NOT NULL,
    expires_at bigint NOT NULL
);
CREATE TABLE public.incident_versions (
    incident_id text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    kind text NOT NULL,
    incident json NOT NULL,
    at bigint NOT NULL,
    by_name text NOT NULL,
    CONSTRAINT incident_versions_kind_check CHECK ((kind = ANY (ARRAY['raised'::text, 'update'::text, 'all-clear'::text, 'cancel'::text, 'reopen'::text])))
);
CREATE TABLE public.incidents (
    id text NOT NULL COLLATE pg_catalog."C",
    incident json NOT NULL,
    raised_at bigint NOT NULL,
    raised_by text NOT NULL,
    status text NOT NULL,
    partners bigint DEFAULT 0 NOT NULL,
    routed_to text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    version bigint DEFAULT 0 NOT NULL,
    kind text DEFAULT 'raised'::text NOT NULL,
    CONSTRAINT incidents_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'routing'::text, 'routed'::text, 'cancelled'::text])))
);
CREATE TABLE public.new_codes (
    id text NOT NULL COLLATE pg_catalog."C",
    first_id text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);
CREATE TABLE public.partners (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    sort_name text NOT NULL COLLATE pg_catalog."C",
    company_name text GENERATED ALWAYS AS ((profile ->> 'companyName'::text)) STORED NOT NULL,
    partner_type text GENERATED ALWAYS AS ((profile ->> 'partnerType'::text)) STORED NOT NULL,
    primary_email text GENERATED ALWAYS AS (((profile -> 'primaryContact'::text) ->> 'email'::text)) STORED,
    security_contact json GENERATED ALWAYS AS ((profile -> 'securityContact'::text)) STORED,
    staff json NOT NULL,
    profile json NOT NULL
);
CREATE TABLE public.portal_migrations (
    name text NOT NULL
);
CREATE TABLE public.probes (
    process text NOT NULL COLLATE pg_catalog."C",
    written_at bigint NOT NULL,
    filling text NOT NULL
);
CREATE TABLE public.questions (
    subject text NOT NULL COLLATE pg_catalog."C",
    purpose text NOT NULL COLLATE pg_catalog."C",
    expires bigint NOT NULL,
    wrong bigint NOT NULL
);
CREATE TABLE public.queue_workers (
    id text NOT NULL COLLATE pg_catalog."C",
    beat bigint NOT NULL
);
CREATE TABLE public.relationships (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    partner_id text NOT NULL COLLATE pg_catalog."C",
    rights json NOT NULL
);
CREATE TABLE public.revisions (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    saved_at bigint NOT NULL,
    by_name text NOT NULL,
    revision json NOT NULL
);
CREATE TABLE public.river_job (
    id bigint NOT NULL,
    state public.river_job_state DEFAULT 'available'::public.river_job_state NOT NULL,
    attempt smallint DEFAULT 0 NOT NULL,
    max_attempts smallint DEFAULT 25 NOT NULL,
    attempted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finalized_at timestamp with time zone,
    scheduled_at timestamp with time zone DEFAULT now() NOT NULL,
    priority smallint DEFAULT 1 NOT NULL,
    args jsonb NOT NULL,
    attempted_by text[],
    errors jsonb[],
    kind text NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    queue text DEFAULT 'default'::text NOT NULL,
    tags character varying(255)[] DEFAULT '{}'::character varying[] NOT NULL,
    unique_key bytea,
    unique_states bit(8),
    CONSTRAINT finalized_or_finalized_at_null CHECK ((((finalized_at IS NULL) AND (state <> ALL (ARRAY['cancelled'::public.river_job_state, 'completed'::public.river_job_state, 'discarded'::public.river_job_state]))) OR ((finalized_at IS NOT NULL) AND (state = ANY (ARRAY['cancelled'::public.river_job_state, 'completed'::public.river_job_state, 'discarded'::public.river_job_state]))))),
    CONSTRAINT kind_length CHECK (((char_length(kind) > 0) AND (char_length(kind) < 128))),
    CONSTRAINT max_attempts_is_positive CHECK ((max_attempts > 0)),
    CONSTRAINT priority_in_range CHECK (((priority >= 1) AND (priority <= 4))),
    CONSTRAINT queue_length CHECK (((char_length(queue) > 0) AND (char_length(queue) < 128)))
);
CREATE SEQUENCE public.river_job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.river_job_id_seq OWNED BY public.river_job.id;
CREATE UNLOGGED TABLE public.river_leader (
    elected_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    leader_id text NOT NULL,
    name text DEFAULT 'default'::text NOT NULL,
    CONSTRAINT leader_id_length CHECK (((char_length(leader_id) > 0) AND (char_length(leader_id) < 128))),
    CONSTRAINT name_length CHECK ((name = 'default'::text))
);
CREATE TABLE public.river_migration (
    line text NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT line_length CHECK (((char_length(line) > 0) AND (char_length(line) < 128))),
    CONSTRAINT version_gte_1 CHECK ((version >= 1))
);
CREATE TABLE public.river_notification (
    id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    payload text NOT NULL,
    topic text NOT NULL,
    CONSTRAINT topic_length CHECK (((length(topic) > 0) AND (length(topic) < 128)))
);
CREATE SEQUENCE public.river_notification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.river_notification_id_seq OWNED BY public.river_notification.id;
CREATE TABLE public.river_queue (
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    paused_at timestamp with time zone,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE public.sessions (
    key text NOT NULL COLLATE pg_catalog."C",
    person json NOT NULL,
    expires_at bigint NOT NULL,
    sealed text DEFAULT ''::text NOT NULL,
    began_at bigint DEFAULT 0 NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    tenant_id text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    person_id text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.webhooks (
    id text NOT NULL COLLATE pg_catalog."C",
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    format text NOT NULL,
    place text NOT NULL,
    sealed text NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    waiting boolean DEFAULT false NOT NULL,
    state text DEFAULT 'on'::text NOT NULL,
    off_why text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    created_by text NOT NULL,
    succeeded_at bigint DEFAULT 0 NOT NULL,
    failed_at bigint DEFAULT 0 NOT NULL,
    problem text DEFAULT ''::text NOT NULL,
    CONSTRAINT webhooks_off_why_check CHECK ((off_why = ANY (ARRAY[''::text, 'person'::text, 'gone'::text]))),
    CONSTRAINT webhooks_state_check CHECK ((state = ANY (ARRAY['on'::text, 'off'::text])))
);
CREATE TABLE public.wrong_numbers (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    phone text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    by_name text NOT NULL
);
ALTER TABLE ONLY public.river_job ALTER COLUMN id SET DEFAULT nextval('public.river_job_id_seq'::regclass);
ALTER TABLE ONLY public.river_notification ALTER COLUMN id SET DEFAULT nextval('public.river_notification_id_seq'::regclass);
INSERT INTO public.audit_head VALUES (1, 3, '747654b4a38a06c609b47215f4b51446943cb3587b0153e876b7f17d50c50e0e');
INSERT INTO public.audit_log VALUES (1, 1777887008000000, 'POST /incidents', 'done', 0, '', '', '', '', '{"address":"4123ce7bf64f65d1140b558a961bdb7cf2be28d16334b38bc23daf6b157297a2","name":"75ff8230f52a3a5d1a491e5052b86c81089df8b4ad71dbf3e36766d40b459b08","person":"2ede134a717248951b71001c01a3a396afc78d3572d4c04c5eb81e71472cebaa"}', '664120043ddd55171f79b3f0c569dc6cf6254fabab9f59c0e45851d2c8bffc47');
INSERT INTO public.audit_log VALUES (2, 1777887009000000, 'POST /incidents', 'done', 0, '', '', '', '', '{"address":"eaa93e249d885d7b57a01b80c9ec90e92a7752363d3d6c5a7073fee7fbdf9416","name":"704ed9d44d04db1d7e82de5fa0b8153cb58767a7746b6a8cb6d49336a91e53f9","person":"fcc32b4b702c2fa9048fcce594561f2ecc3727501b38a0199b1a319ce8df8323"}', 'a67c21b405824a207c045f5d61ec01f80acfab13884f42ba24a4d9d0403b5246');
INSERT INTO public.audit_log VALUES (3, 1777887010000000, 'POST /incidents', 'done', 0, '', '', '', '', '{"address":"f88a729a5273036ca037d5704212e22368e1d4e6323dd732076c971344f48f8c","name":"1fc6def49d0f6f2fc0a9656743ec272355f9906f7e65dd8532e5d17ee5749082","person":"2b79862d4c4866ee37f44b6969aba6b2e191996c288c2ed220997de72b3c3396"}', '747654b4a38a06c609b47215f4b51446943cb3587b0153e876b7f17d50c50e0e');
INSERT INTO public.audit_personal VALUES (1, 'address', 'DC3QEM5MLRMTNH3NRMNEEQ35FI', '192.0.2.1');
INSERT INTO public.audit_personal VALUES (1, 'name', '67LBOPSOYCJWLGHHCOLHDHUXVH', 'Ada King');
INSERT INTO public.audit_personal VALUES (1, 'person', '6JT75DUR6565LFWA5LH2GHI5IV', 'c0150500-0000-4000-8000-0000000000a1');
INSERT INTO public.audit_personal VALUES (2, 'address', '4JUTDTY4XHGKS4ENRWRSOF4LXS', '192.0.2.1');
INSERT INTO public.audit_personal VALUES (2, 'name', 'ESM37JGZ5VTHKNTHZOLDNI6LUD', 'Ada King');
INSERT INTO public.audit_personal VALUES (2, 'person', 'ALYTU7LVRS5R7NIHRUE7VU5FHT', 'c0150500-0000-4000-8000-0000000000a1');
INSERT INTO public.audit_personal VALUES (3, 'address', '7LXWXWAOHLWJ32H5RNRVCDP3QY', '192.0.2.1');
INSERT INTO public.audit_personal VALUES (3, 'name', 'LQBUQRAMRGRHD4ID2HJ37CUCY2', 'Ada King');
INSERT INTO public.audit_personal VALUES (3, 'person', 'VLUNBYKVEG4EAKNWCX3C5M3SO3', 'c0150500-0000-4000-8000-0000000000a1');
INSERT INTO public.cases VALUES ('case-ee5d555d7ad1251a2deccaa5f76915af', 'INC-1', 0, '00000000-0000-4000-8000-000000000000', 1777887012000000, 'waiting', 0, 1777890612000000, '{"incident":{"id":"INC-1","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"},"route":{"partnerTenantId":"00000000-0000-4000-8000-000000000000","companyName":"Reseller 0","ownTenant":false,"rights":["reseller"],"recipients":null},"policy":{"steps":[{"recipients":[{"audience":"security_contact","name":"Reseller 0 SOC","email":"soc@reseller-0.example","phoneNumber":"+14255550100"}],"timeout":3600000000000},{"recipients":[{"audience":"security_contact","name":"Reseller 0 SOC","email":"soc@reseller-0.example","phoneNumber":"+14255550100","medium":"phone"}],"timeout":3600000000000},{"recipients":[{"audience":"admin_agent","name":"Azure Agents","email":"azure-agents@reseller-0.example","phoneNumber":"+14255550101"}],"timeout":14400000000000},{"recipients":[{"audience":"global_admin","name":"Kim Specimen","email":"admin@reseller-0.example","phoneNumber":"+14255550102"}],"timeout":64800000000000}],"repeat":0,"ackTimeout":14400000000000},"openedAt":"2026-05-04T09:30:12Z","events":null}', 'Reseller 0');
INSERT INTO public.cases VALUES ('case-12d98d15f57ed123fcaab4dc6d29f5e7', 'INC-1', 0, '00000000-0000-4000-8000-000000000001', 1777887012000000, 'waiting', 0, 1777890612000000, '{"incident":{"id":"INC-1","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"},"route":{"partnerTenantId":"00000000-0000-4000-8000-000000000001","companyName":"Reseller 1","ownTenant":false,"rights":["delegated_admin"],"recipients":null},"policy":{"steps":[{"recipients":[{"audience":"security_contact","name":"Alex Q Placeholder","email":"security@reseller-1.example","phoneNumber":"+14255550101"}],"timeout":3600000000000},{"recipients":[{"audience":"security_contact","name":"Alex Q Placeholder","email":"security@reseller-1.example","phoneNumber":"+14255550101","medium":"phone"}],"timeout":3600000000000},{"recipients":[{"audience":"admin_agent","name":"Azure Agents","email":"azure-agents@reseller-1.example","phoneNumber":"+14255550102"},{"audience":"admin_agent","name":"Night Shift","email":"night@reseller-1.example","phoneNumber":"+14255550104"}],"timeout":14400000000000},{"recipients":[{"audience":"global_admin","name":"Kim Specimen","email":"admin@reseller-1.example","phoneNumber":"+14255550103"}],"timeout":64800000000000}],"repeat":0,"ackTimeout":14400000000000},"openedAt":"2026-05-04T09:30:12Z","events":null}', 'Reseller 1');
INSERT INTO public.cases VALUES ('case-079f039214b70b078612e6ed09d17593', 'INC-1', 0, '00000000-0000-4000-8000-000000000002', 1777887012000000, 'waiting', 0, 1777890612000000, '{"incident":{"id":"INC-1","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"},"route":{"partnerTenantId":"00000000-0000-4000-8000-000000000002","companyName":"Reseller 2","ownTenant":false,"rights":["reseller","delegated_admin"],"recipients":null},"policy":{"steps":[{"recipients":[{"audience":"security_contact","name":"Reseller 2 SOC","email":"soc@reseller-2.example","phoneNumber":"+14255550102"}],"timeout":3600000000000},{"recipients":[{"audience":"security_contact","name":"Reseller 2 SOC","email":"soc@reseller-2.example","phoneNumber":"+14255550102","medium":"phone"}],"timeout":3600000000000},{"recipients":[{"audience":"admin_agent","name":"Azure Agents","email":"azure-agents@reseller-2.example","phoneNumber":"+14255550103"}],"timeout":14400000000000},{"recipients":[{"audience":"global_admin","name":"Kim Specimen","email":"admin@reseller-2.example","phoneNumber":"+14255550104"}],"timeout":64800000000000}],"repeat":0,"ackTimeout":14400000000000},"openedAt":"2026-05-04T09:30:12Z","events":null}', 'Reseller 2');
INSERT INTO public.contacts VALUES ('fab21ca0-0000-4000-8000-000000000002', 'fabrikam_security@gmail.com', 0, 0, 0, 0, '', 0, 0, '', 'unasked');
INSERT INTO public.contacts VALUES ('a0174214-d000-4000-8000-000000000004', 'cert@northwindtraders.com', 0, 0, 0, 0, '', 0, 0, '', 'unasked');
INSERT INTO public.contacts VALUES ('117a4a4e-0000-4000-8000-000000000005', 'lee.specimen@litwareinc.com', 0, 0, 0, 0, '', 0, 0, '', 'unasked');
INSERT INTO public.contacts VALUES ('71297170-0000-4000-8000-000000000006', 'no-reply@wingtiptoys.com', 0, 0, 0, 0, '', 0, 0, '', 'unasked');
INSERT INTO public.contacts VALUES ('c0150500-0000-4000-8000-000000000001', 'cert@contoso.com', 1777887002000000, 0, 0, 0, '', 0, 1777887002000000, '', 'unverified');
INSERT INTO public.customers VALUES ('c0570000-0000-4000-8000-000000000001', 'adventure works', 'Adventure Works');
INSERT INTO public.customers VALUES ('c0570000-0000-4000-8000-000000000002', 'alpine ski house', 'Alpine Ski House');
INSERT INTO public.customers VALUES ('c0570000-0000-4000-8000-000000000003', 'proseware', 'Proseware');
INSERT INTO public.customers VALUES ('c0570000-0000-4000-8000-000000000004', 'woodgrove bank', 'Woodgrove Bank');
INSERT INTO public.deliveries VALUES ('08599a581a69b247d20976250c6d407eb3e2b257', NULL, 'c0150500-0000-4000-8000-000000000001', 'Contoso', 'contact_replaced', false, '[]', '{"audience":"security_contact","name":"Contoso Security Operations","email":"soc@contoso.com","phoneNumber":"+14255550100;ext=24"}', '', 'The recipient was the partner''s security contact until now.', 'waiting', 0, '', 1777887003000000, 0, 0, NULL, 0, NULL, -1, 0, 1777887003000000, 0, '');
INSERT INTO public.deliveries VALUES ('e255edb4cda4a36de940b7638f19a3124104c6dc', NULL, 'c0150500-0000-4000-8000-000000000001', 'Contoso', 'contact_appointed', false, '[]', '{"audience":"security_contact","name":"Contoso Security Operations","email":"cert@contoso.com","phoneNumber":"+14255550100;ext=24"}', '', 'The recipient was made the partner''s security contact.', 'waiting', 0, '', 1777887003000000, 0, 0, NULL, 0, NULL, -1, 0, 1777887003000000, 0, '');
INSERT INTO public.deliveries VALUES ('ec6cb183b41c767766a3c7fd5ce352494b21f527', 'INC-2', '00000000-0000-4000-8000-000000000000', 'Reseller 000000', 'incident', false, '["reseller"]', '{"audience":"security_contact","name":"Reseller 0 SOC","email":"soc@reseller-0.example","phoneNumber":"+14255550100"}', '', '1 security contact is told, because the partner holds the reseller relationship over the impacted customer tenant.', 'waiting', 0, '', 1777887006000000, 0, 0, NULL, 0, NULL, -1, 0, 1777887006000000, 0, '');
INSERT INTO public.deliveries VALUES ('06a2d78a5f22409535c8d45e1fe964e4bdb6a549', 'INC-2', '00000000-0000-4000-8000-000000000001', 'Reseller 000001', 'incident', false, '["delegated_admin"]', '{"audience":"security_contact","name":"Alex Q Placeholder","email":"security@reseller-1.example","phoneNumber":"+14255550101"}', '', '1 security contact is told, because the partner holds delegated administration privileges over the impacted customer tenant.', 'waiting', 0, '', 1777887006000000, 0, 0, NULL, 0, NULL, -1, 0, 1777887006000000, 0, '');
INSERT INTO public.deliveries VALUES ('6a3f352b1f291a4bcd7a5983c43dffab42d409e2', 'INC-2', '00000000-0000-4000-8000-000000000002', 'Reseller 000002', 'incident', false, '["reseller","delegated_admin"]', '{"audience":"security_contact","name":"Reseller 2 SOC","email":"soc@reseller-2.example","phoneNumber":"+14255550102"}', '', '1 security contact is told, because the partner holds the reseller relationship and delegated administration privileges over the impacted customer tenant.', 'waiting', 0, '', 1777887006000000, 0, 0, NULL, 0, NULL, -1, 0, 1777887006000000, 0, '');
INSERT INTO public.deliveries VALUES ('b006b3fc985ea3b0ef4d12c57a473f4d1820d41d', 'INC-2', '00000000-0000-4000-8000-000000000003', 'Reseller 000003', 'incident', false, '["granular_admin"]', '{"audience":"security_contact","name":"Alex Q Placeholder","email":"security@reseller-3.example","phoneNumber":"+14255550103"}', '', '1 security contact is told, because the partner holds granular delegated admin privileges over the impacted customer tenant.', 'waiting', 0, '', 1777887006000000, 0, 0, NULL, 0, NULL, -1, 0, 1777887006000000, 0, '');
INSERT INTO public.deliveries VALUES ('f923aa5f9ee7c68ac56863cc9c12622d19d5ee59', 'INC-2', '00000000-0000-4000-8000-000000000004', 'Reseller 000004', 'incident', false, '["reseller","granular_admin"]', '{"audience":"security_contact","name":"Reseller 4 SOC","email":"soc@reseller-4.example","phoneNumber":"+14255550104"}', '', '1 security contact is told, because the partner holds the reseller relationship and granular delegated admin privileges over the impacted customer tenant.', 'waiting', 0, '', 1777887006000000, 0, 0, NULL, 0, NULL, -1, 0, 1777887006000000, 0, '');
INSERT INTO public.deliveries VALUES ('3e4aff0c92247378559de73861f02f4656704a27', 'INC-1', '00000000-0000-4000-8000-000000000000', 'Reseller 0', 'incident', false, '["reseller"]', '{"audience":"security_contact","name":"Reseller 0 SOC","email":"soc@reseller-0.example","phoneNumber":"+14255550100"}', '', '1 security contact is told, because the partner holds the reseller relationship over the impacted customer tenant.', 'waiting', 0, '', 1777887013000000, 0, 0, NULL, 0, 'case-ee5d555d7ad1251a2deccaa5f76915af', 0, 0, 1777887013000000, 0, '');
INSERT INTO public.deliveries VALUES ('011cd006e2cf74ab17401dfff5d1661b4e335d17', 'INC-1', '00000000-0000-4000-8000-000000000001', 'Reseller 1', 'incident', false, '["delegated_admin"]', '{"audience":"security_contact","name":"Alex Q Placeholder","email":"security@reseller-1.example","phoneNumber":"+14255550101"}', '', '1 security contact is told, because the partner holds delegated administration privileges over the impacted customer tenant.', 'waiting', 0, '', 1777887013000000, 0, 0, NULL, 0, 'case-12d98d15f57ed123fcaab4dc6d29f5e7', 0, 0, 1777887013000000, 0, '');
INSERT INTO public.deliveries VALUES ('deb614ee50b5f0bcfd5c39c0ae774552d69b336b', 'INC-1', '00000000-0000-4000-8000-000000000002', 'Reseller 2', 'incident', false, '["reseller","delegated_admin"]', '{"audience":"security_contact","name":"Reseller 2 SOC","email":"soc@reseller-2.example","phoneNumber":"+14255550102"}', '', '1 security contact is told, because the partner holds the reseller relationship and delegated administration privileges over the impacted customer tenant.', 'waiting', 0, '', 1777887013000000, 0, 0, NULL, 0, 'case-079f039214b70b078612e6ed09d17593', 0, 0, 1777887013000000, 0, '');
INSERT INTO public.delivery_count_changes VALUES ('INC-2', 'waiting', 5);
INSERT INTO public.delivery_count_changes VALUES ('INC-1', 'waiting', 3);
INSERT INTO public.incident_versions VALUES ('INC-2', 0, 'raised', '{"id":"INC-2","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"}', 1777887004000000, 'Olu Operator');
INSERT INTO public.incident_versions VALUES ('INC-1', 0, 'raised', '{"id":"INC-1","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"}', 1777887011000000, 'Olu Operator');
INSERT INTO public.incidents VALUES ('INC-2', '{"id":"INC-2","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"}', 1777887004000000, 'Olu Operator', 'routed', 5, '', 0, 'raised');
INSERT INTO public.incidents VALUES ('INC-1', '{"id":"INC-1","tenantId":"c0570000-0000-4000-8000-00000000000a","kind":"credential_compromise","severity":"high","title":"Sign-ins with a stolen password","summary":"An account with delegated rights signed in from two countries within ten minutes.","actions":["Block sign-in for the account","Revoke its sessions","Review what it changed"],"detectedAt":"2026-01-15T09:30:00Z","respondBy":"2026-01-16T09:30:00Z","reference":"https://contoso.example/incidents/credential_compromise","tenantName":"Adventure Works"}', 1777887011000000, 'Olu Operator', 'routed', 3, '', 0, 'raised');
INSERT INTO public.partners VALUES ('fab21ca0-0000-4000-8000-000000000002', 'fabrikam', DEFAULT, DEFAULT, DEFAULT, DEFAULT, '[{"id":"fab21ca0-0000-4000-8000-000000000002/0","name":"Fay Fabrikam","email":"fay.fabrikam@fabrikam.com","globalAdmin":true},{"id":"fab21ca0-0000-4000-8000-000000000002/1","name":"Fabrikam Azure Agents","email":"azure-agents@fabrikam.com","enrolled":true}]', '{"tenantId":"fab21ca0-0000-4000-8000-000000000002","partnerType":"indirect_provider","companyName":"Fabrikam","address":{"country":"US","city":"Portland","state":"OR","addressLine1":"1 Example Way","postalCode":"97205","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@fabrikam.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Fay","lastName":"Placeholder","email":"fabrikam_security@gmail.com","phoneNumber":"+15035550142"}}');
INSERT INTO public.partners VALUES ('7a115910-0000-4000-8000-000000000003', 'tailspin toys', DEFAULT, DEFAULT, DEFAULT, DEFAULT, '[{"id":"7a115910-0000-4000-8000-000000000003/0","name":"Toni Specimen","email":"toni.specimen@tailspintoys.com","globalAdmin":true}]', '{"tenantId":"7a115910-0000-4000-8000-000000000003","partnerType":"indirect_reseller","companyName":"Tailspin Toys","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@tailspintoys.com","phoneNumber":"4255550103"}}');
INSERT INTO public.partners VALUES ('a0174214-d000-4000-8000-000000000004', 'northwind traders', DEFAULT, DEFAULT, DEFAULT, DEFAULT, '[{"id":"a0174214-d000-4000-8000-000000000004/1","name":"Northwind Azure Agents","email":"azure-agents@northwindtraders.com","enrolled":true}]', '{"tenantId":"a0174214-d000-4000-8000-000000000004","partnerType":"direct_bill_partner","companyName":"Northwind Traders","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@northwindtraders.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Northwind CERT","middleName":"Northwind CERT","lastName":"Northwind CERT","email":"cert@northwindtraders.com","phoneNumber":"+14255550104"}}');
INSERT INTO public.partners VALUES ('117a4a4e-0000-4000-8000-000000000005', 'litware', DEFAULT, DEFAULT, DEFAULT, DEFAULT, '[{"id":"117a4a4e-0000-4000-8000-000000000005/0","name":"Lee Specimen","email":"lee.specimen@litwareinc.com","globalAdmin":true}]', '{"tenantId":"117a4a4e-0000-4000-8000-000000000005","partnerType":"indirect_reseller","companyName":"Litware","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@litwareinc.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Lee","middleName":"Q","lastName":"Specimen","email":"lee.specimen@litwareinc.com","phoneNumber":"+14255550105"}}');
INSERT INTO public.partners VALUES ('71297170-0000-4000-8000-000000000006', 'wingtip toys', DEFAULT, DEFAULT, DEFAULT, DEFAULT, '[]', '{"tenantId":"71297170-0000-4000-8000-000000000006","partnerType":"indirect_reseller","companyName":"Wingtip Toys","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@wingtiptoys.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Wingtip on call","middleName":"Wingtip on call","lastName":"Wingtip on call","email":"no-reply@wingtiptoys.com","phoneNumber":"+14255550106"}}');
INSERT INTO public.partners VALUES ('c0150500-0000-4000-8000-000000000001', 'contoso', DEFAULT, DEFAULT, DEFAULT, DEFAULT, '[{"id":"c0150500-0000-4000-8000-000000000001/0","name":"Gita Global","email":"gita.global@contoso.com","globalAdmin":true},{"id":"c0150500-0000-4000-8000-000000000001/1","name":"Contoso Azure Agents","email":"azure-agents@contoso.com","enrolled":true},{"id":"c0150500-0000-4000-8000-000000000001/2","name":"Contoso Night Shift","email":"night-shift@contoso.com","enrolled":true}]', '{"tenantId":"c0150500-0000-4000-8000-000000000001","partnerType":"direct_bill_partner","companyName":"Contoso","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"companyApproverAddress":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Sam","lastName":"Specimen","phoneNumber":"4255550102"},"companyApproverEmail":"sam.specimen@contoso.com","vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@contoso.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Contoso Security Operations","middleName":"Contoso Security Operations","lastName":"Contoso Security Operations","email":"cert@contoso.com","phoneNumber":"+14255550100;ext=24"}}');
INSERT INTO public.portal_migrations VALUES ('migrations/0001_portal.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0002_queue.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0004_drafts.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0020_probes.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0021_audit.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0022_sessions.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0023_session_list.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0030_cases.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0035_versions.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0036_calls.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0037_case_list.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0040_answers.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0050_contacts.sql');
INSERT INTO public.portal_migrations VALUES ('migrations/0055_webhooks.sql');
INSERT INTO public.queue_workers VALUES ('worker', 2);
INSERT INTO public.relationships VALUES ('c0150500-0000-4000-8000-000000000001', 'c0150500-0000-4000-8000-000000000001', '[]');
INSERT INTO public.relationships VALUES ('fab21ca0-0000-4000-8000-000000000002', 'fab21ca0-0000-4000-8000-000000000002', '[]');
INSERT INTO public.relationships VALUES ('7a115910-0000-4000-8000-000000000003', '7a115910-0000-4000-8000-000000000003', '[]');
INSERT INTO public.relationships VALUES ('a0174214-d000-4000-8000-000000000004', 'a0174214-d000-4000-8000-000000000004', '[]');
INSERT INTO public.relationships VALUES ('117a4a4e-0000-4000-8000-000000000005', '117a4a4e-0000-4000-8000-000000000005', '[]');
INSERT INTO public.relationships VALUES ('71297170-0000-4000-8000-000000000006', '71297170-0000-4000-8000-000000000006', '[]');
INSERT INTO public.relationships VALUES ('c0570000-0000-4000-8000-000000000001', 'c0150500-0000-4000-8000-000000000001', '["reseller","granular_admin"]');
INSERT INTO public.relationships VALUES ('c0570000-0000-4000-8000-000000000001', 'fab21ca0-0000-4000-8000-000000000002', '["reseller"]');
INSERT INTO public.relationships VALUES ('c0570000-0000-4000-8000-000000000001', '7a115910-0000-4000-8000-000000000003', '["granular_admin"]');
INSERT INTO public.relationships VALUES ('c0570000-0000-4000-8000-000000000001', '117a4a4e-0000-4000-8000-000000000005', '[]');
INSERT INTO public.relationships VALUES ('c0570000-0000-4000-8000-000000000002', 'fab21ca0-0000-4000-8000-000000000002', '["reseller"]');
INSERT INTO public.relationships VALUES ('c0570000-0000-4000-8000-000000000002', '117a4a4e-0000-4000-8000-000000000005', '["delegated_admin"]');
INSERT INTO public.relationships VALUES ('c0570000-0000-4000-8000-000000000002', 'a0174214-d000-4000-8000-000000000004', '["reseller","delegated_admin"]');
INSERT INTO public.relationships VALUES ('c0570000-0000-4000-8000-000000000003', 'c0150500-0000-4000-8000-000000000001', '["reseller"]');
INSERT INTO public.relationships VALUES ('c0570000-0000-4000-8000-000000000003', '71297170-0000-4000-8000-000000000006', '["reseller","granular_admin"]');
INSERT INTO public.revisions VALUES ('c0150500-0000-4000-8000-000000000001', 1, '01a22e03-d3bc-70fc-a665-fbb7379635e8', 1777887001000000, 'Gita Global', '{"tenantId":"c0150500-0000-4000-8000-000000000001","by":{"id":"c0150500-0000-4000-8000-0000000000a1","tenantId":"c0150500-0000-4000-8000-000000000001","roles":["global_admin"],"channel":"portal"},"before":{"tenantId":"c0150500-0000-4000-8000-000000000001","partnerType":"direct_bill_partner","companyName":"Contoso","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"companyApproverAddress":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Sam","lastName":"Specimen","phoneNumber":"4255550102"},"companyApproverEmail":"sam.specimen@contoso.com","vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@contoso.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Contoso Security Operations","middleName":"Contoso Security Operations","lastName":"Contoso Security Operations","email":"soc@contoso.com","phoneNumber":"+14255550100;ext=24"}},"after":{"tenantId":"c0150500-0000-4000-8000-000000000001","partnerType":"direct_bill_partner","companyName":"Contoso","address":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Robin","lastName":"Specimen","phoneNumber":"4255550102"},"companyApproverAddress":{"country":"US","city":"Redmond","state":"WA","addressLine1":"1 Example Way","postalCode":"98052","firstName":"Sam","lastName":"Specimen","phoneNumber":"4255550102"},"companyApproverEmail":"sam.specimen@contoso.com","vettingStatus":"authorized","vettingSubStatus":"none","primaryContact":{"firstName":"Robin","lastName":"Specimen","email":"robin.specimen@contoso.com","phoneNumber":"4255550103"},"securityContact":{"firstName":"Contoso Security Operations","middleName":"Contoso Security Operations","lastName":"Contoso Security Operations","email":"cert@contoso.com","phoneNumber":"+14255550100;ext=24"}},"changed":["/securityContact/email"],"verification":"notRequired","advice":null}');
INSERT INTO public.river_migration VALUES ('main', 1, '2026-11-30 19:52:12.354389+00');
INSERT INTO public.river_migration VALUES ('main', 2, '2026-11-30 19:52:12.360251+00');
INSERT INTO public.river_migration VALUES ('main', 3, '2026-11-30 19:52:12.383883+00');
INSERT INTO public.river_migration VALUES ('main', 4, '2026-11-30 19:52:12.389186+00');
INSERT INTO public.river_migration VALUES ('main', 5, '2026-11-30 19:52:12.397777+00');
INSERT INTO public.river_migration VALUES ('main', 6, '2026-11-30 19:52:12.444274+00');
INSERT INTO public.river_migration VALUES ('main', 7, '2026-11-30 19:52:12.452821+00');
INSERT INTO public.river_migration VALUES ('main', 8, '2026-11-30 19:52:12.459493+00');
SELECT pg_catalog.setval('public.river_job_id_seq', 1, false);
SELECT pg_catalog.setval('public.river_notification_id_seq', 1, false);
ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (one);
ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.audit_personal
    ADD CONSTRAINT audit_personal_pkey PRIMARY KEY (number, name);
ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT case_events_pkey PRIMARY KEY (case_id, source);
ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contact_answers
    ADD CONSTRAINT contact_answers_pkey PRIMARY KEY (source);
ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_3_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.delivery_counts
    ADD CONSTRAINT delivery_counts_pkey PRIMARY KEY (incident_id, state);
ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.incident_versions
    ADD CONSTRAINT incident_versions_pkey PRIMARY KEY (incident_id, version);
ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.new_codes
    ADD CONSTRAINT new_codes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.partners
    ADD CONSTRAINT partners_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY public.portal_migrations
    ADD CONSTRAINT portal_migrations_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.probes
    ADD CONSTRAINT probes_pkey PRIMARY KEY (process);
ALTER TABLE ONLY public.questions
    ADD CONSTRAINT questions_pkey PRIMARY KEY (subject, purpose, expires);
ALTER TABLE ONLY public.queue_workers
    ADD CONSTRAINT queue_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.relationships
    ADD CONSTRAINT relationships_pkey PRIMARY KEY (tenant_id, partner_id);
ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_id_key UNIQUE (id);
ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_pkey PRIMARY KEY (tenant_id, number);
ALTER TABLE ONLY public.river_job
    ADD CONSTRAINT river_job_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.river_leader
    ADD CONSTRAINT river_leader_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.river_migration
    ADD CONSTRAINT river_migration_pkey1 PRIMARY KEY (line, version);
ALTER TABLE ONLY public.river_notification
    ADD CONSTRAINT river_notification_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.river_queue
    ADD CONSTRAINT river_queue_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wrong_numbers
    ADD CONSTRAINT wrong_numbers_pkey PRIMARY KEY (tenant_id, phone);
CREATE INDEX audit_personal_by_value ON public.audit_personal USING btree (name, value);
CREATE INDEX cases_by_company ON public.cases USING btree (incident_id, state, company_name, id);
CREATE INDEX cases_by_incident ON public.cases USING btree (incident_id, id);
CREATE INDEX cases_by_partner ON public.cases USING btree (partner_tenant_id) WHERE (state <> ALL (ARRAY['resolved'::text, 'cancelled'::text]));
CREATE INDEX cases_by_state ON public.cases USING btree (state, incident_id) WHERE (state <> ALL (ARRAY['resolved'::text, 'cancelled'::text]));
CREATE INDEX cases_to_look_at ON public.cases USING btree (look_at) WHERE (look_at > 0);
CREATE INDEX contact_answers_by_partner ON public.contact_answers USING btree (tenant_id, at);
CREATE INDEX contacts_by_state ON public.contacts USING btree (state);
CREATE INDEX contacts_due ON public.contacts USING btree (look_at) WHERE (look_at > 0);
CREATE INDEX customers_by_name ON public.customers USING btree (sort_name, tenant_id);
CREATE INDEX deliveries_by_company ON public.deliveries USING btree (incident_id, company_name, id);
CREATE INDEX deliveries_by_partner ON public.deliveries USING btree (incident_id, partner_tenant_id);
CREATE INDEX deliveries_by_state ON public.deliveries USING btree (incident_id, state, company_name, id);
CREATE INDEX deliveries_calls ON public.deliveries USING btree (asked_at, id) WHERE (state = 'call'::text);
CREATE INDEX deliveries_open ON public.deliveries USING btree (updated_at) WHERE (state = ANY (ARRAY['waiting'::text, 'retrying'::text, 'unknown'::text]));
CREATE INDEX delivery_count_changes_by_incident ON public.delivery_count_changes USING btree (incident_id);
CREATE INDEX drafts_by_end ON public.drafts USING btree (expires_at);
CREATE INDEX drafts_by_owner ON public.drafts USING btree (owner, expires_at);
CREATE INDEX incidents_by_time ON public.incidents USING btree (raised_at, id);
CREATE INDEX new_codes_by_first ON public.new_codes USING btree (first_id);
CREATE INDEX partners_by_name ON public.partners USING btree (sort_name, tenant_id);
CREATE INDEX questions_by_end ON public.questions USING btree (expires);
CREATE INDEX river_job_args_index ON public.river_job USING gin (args);
CREATE INDEX river_job_kind ON public.river_job USING btree (kind);
CREATE INDEX river_job_metadata_index ON public.river_job USING gin (metadata);
CREATE INDEX river_job_prioritized_fetching_index ON public.river_job USING btree (state, queue, priority, scheduled_at, id);
CREATE INDEX river_job_state_and_finalized_at_index ON public.river_job USING btree (state, finalized_at) WHERE (finalized_at IS NOT NULL);
CREATE UNIQUE INDEX river_job_unique_idx ON public.river_job USING btree (unique_key) WHERE ((unique_key IS NOT NULL) AND (unique_states IS NOT NULL) AND public.river_job_state_in_bitmask(unique_states, state));
CREATE INDEX river_notification_created_at_idx ON public.river_notification USING btree (created_at);
CREATE INDEX river_notification_topic_id_idx ON public.river_notification USING btree (topic, id);
CREATE INDEX sessions_by_end ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_by_person ON public.sessions USING btree (tenant_id, person_id);
CREATE INDEX webhooks_by_tenant ON public.webhooks USING btree (tenant_id, created_at, id);
ALTER TABLE ONLY public.audit_personal
    ADD CONSTRAINT audit_personal_number_fkey FOREIGN KEY (number) REFERENCES public.audit_log(number);
ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT case_events_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);
ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incidents(id);
ALTER TABLE ONLY public.contact_answers
    ADD CONSTRAINT contact_answers_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.partners(tenant_id);
ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.partners(tenant_id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_3_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incidents(id);
ALTER TABLE ONLY public.delivery_counts
    ADD CONSTRAINT delivery_counts_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incidents(id);
ALTER TABLE ONLY public.incident_versions
    ADD CONSTRAINT incident_versions_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incidents(id);
ALTER TABLE ONLY public.relationships
    ADD CONSTRAINT relationships_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES public.partners(tenant_id);
ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.partners(tenant_id);
ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.partners(tenant_id);
