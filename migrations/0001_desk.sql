-- Everything the desk remembers. The same text runs on SQLite and PostgreSQL, so columns are only
-- TEXT, BIGINT, BOOLEAN and DOUBLE PRECISION: ids are prefixed text, times are milliseconds, structures are JSON text.

-- Numbers that only rise.
CREATE TABLE counters (
    name TEXT PRIMARY KEY NOT NULL,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('article_revision', 0);

CREATE TABLE shops (
    id TEXT PRIMARY KEY NOT NULL,
    key TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    settings TEXT NOT NULL,
    identity_secret TEXT NOT NULL,
    queue_id TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- The team ---------------------------------------------------------------------------------------

CREATE TABLE staff (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    language TEXT NOT NULL,
    presence TEXT NOT NULL,
    presence_at BIGINT NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE staff_grants (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    shop_id TEXT NOT NULL REFERENCES shops (id),
    role TEXT NOT NULL,
    PRIMARY KEY (staff_id, shop_id, role)
);
CREATE INDEX staff_grants_shop ON staff_grants (shop_id, role);

CREATE TABLE sign_ins (
    token_hash TEXT PRIMARY KEY NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    csrf TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sign_ins_staff ON sign_ins (staff_id);
CREATE INDEX sign_ins_expiry ON sign_ins (expires_at);

CREATE TABLE failed_sign_ins (
    key TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX failed_sign_ins_key ON failed_sign_ins (key, at);
CREATE INDEX failed_sign_ins_at ON failed_sign_ins (at);

CREATE TABLE audit (
    id TEXT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    staff_id TEXT REFERENCES staff (id),
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_subject ON audit (subject, at, id);

CREATE TABLE phrases (
    id TEXT PRIMARY KEY NOT NULL,
    shop_id TEXT REFERENCES shops (id),
    owner_id TEXT REFERENCES staff (id),
    shortcut TEXT NOT NULL,
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    group_name TEXT NOT NULL,
    used BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
-- NULLs differ from each other in a unique index, and here they must not.
CREATE UNIQUE INDEX phrases_shortcut ON phrases (COALESCE(shop_id, ''), COALESCE(owner_id, ''), shortcut);

-- Shoppers and conversations -----------------------------------------------------------------------

CREATE TABLE shoppers (
    id TEXT PRIMARY KEY NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    customer TEXT,
    name TEXT,
    language TEXT NOT NULL,
    level BIGINT NOT NULL,
    prefers TEXT,
    contact TEXT,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    erased_at BIGINT
);
CREATE UNIQUE INDEX shoppers_customer ON shoppers (shop_id, customer) WHERE customer IS NOT NULL;

-- One row for lists and queries, written in the transaction that appends; `state` is the fold of the events.
CREATE TABLE conversations (
    id TEXT PRIMARY KEY NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    shopper_id TEXT NOT NULL REFERENCES shoppers (id),
    last_seq BIGINT NOT NULL,
    state TEXT NOT NULL,
    is_open BOOLEAN NOT NULL,
    -- bot, queue or agent; none once resolved.
    controller TEXT NOT NULL,
    queue_id TEXT,
    agent_id TEXT,
    started_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    waiting_since BIGINT,
    queued_since BIGINT,
    -- When it last happened, for the numbers of the day.
    answered_by_bot_at BIGINT,
    handed_off_at BIGINT,
    resolved_at BIGINT,
    rated_at BIGINT,
    stars BIGINT,
    last_by TEXT NOT NULL,
    preview TEXT NOT NULL,
    unread BIGINT NOT NULL,
    shopper_read_seq BIGINT NOT NULL,
    team_read_seq BIGINT NOT NULL,
    memory TEXT,
    page TEXT
);
CREATE UNIQUE INDEX conversations_one_open ON conversations (shopper_id) WHERE is_open;
CREATE INDEX conversations_shopper ON conversations (shopper_id, last_at);
CREATE INDEX conversations_day ON conversations (shop_id, last_at);
CREATE INDEX conversations_open ON conversations (shop_id, last_at, id) WHERE is_open;
CREATE INDEX conversations_controller ON conversations (shop_id, controller, last_at, id);
CREATE INDEX conversations_queued ON conversations (shop_id, queued_since, id) WHERE controller = 'queue';
CREATE INDEX conversations_place ON conversations (queue_id, queued_since, id) WHERE controller = 'queue';
CREATE INDEX conversations_agent ON conversations (agent_id, last_at, id) WHERE controller = 'agent';
CREATE INDEX conversations_waiting ON conversations (waiting_since) WHERE controller = 'bot' AND waiting_since IS NOT NULL;
CREATE INDEX conversations_idle ON conversations (last_at) WHERE controller = 'bot' AND waiting_since IS NULL;

-- The log. Rows are only ever added.
CREATE TABLE events (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_kind TEXT NOT NULL,
    by_id TEXT,
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    fact TEXT NOT NULL,
    -- The body this fact points to.
    message_id TEXT,
    -- The sender's own id, so that a repeated send is the same message.
    client_key TEXT,
    PRIMARY KEY (conversation_id, seq)
);
CREATE UNIQUE INDEX events_client ON events (conversation_id, client_key) WHERE client_key IS NOT NULL;

-- Apart from the log, so that erasing a person is an update.
CREATE TABLE bodies (
    id TEXT PRIMARY KEY NOT NULL,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    json TEXT NOT NULL
);
CREATE INDEX bodies_conversation ON bodies (conversation_id);

CREATE TABLE traces (
    id TEXT PRIMARY KEY NOT NULL,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX traces_conversation ON traces (conversation_id, at, id);

CREATE TABLE queue_stays (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    entered_seq BIGINT NOT NULL,
    queue_id TEXT NOT NULL,
    entered_at BIGINT NOT NULL,
    left_at BIGINT,
    -- Who had it next: agent, bot, queue; or resolved.
    outcome TEXT,
    PRIMARY KEY (conversation_id, entered_seq)
);
CREATE INDEX queue_stays_left ON queue_stays (queue_id, outcome, left_at);

CREATE TABLE files (
    id TEXT PRIMARY KEY NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    uploader TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    width BIGINT,
    height BIGINT,
    sha256 TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX files_uploader ON files (uploader);

-- Jobs -----------------------------------------------------------------------------------------------

CREATE TABLE jobs (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- open, done or dead.
    state TEXT NOT NULL,
    -- When it may be claimed: the time to run, then the end of the lease, then the time to retry.
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    max_attempts BIGINT NOT NULL,
    worker TEXT,
    -- When it was last claimed.
    tried_at BIGINT,
    error TEXT
);
CREATE UNIQUE INDEX jobs_key ON jobs (kind, key);
CREATE INDEX jobs_due ON jobs (kind, due_at) WHERE state = 'open';
CREATE INDEX jobs_ended ON jobs (state, tried_at);

-- Knowledge --------------------------------------------------------------------------------------------

CREATE TABLE articles (
    id TEXT PRIMARY KEY NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    key TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- Rises with each save of any article, in the order in which the saves became visible.
    revision BIGINT NOT NULL,
    category TEXT NOT NULL,
    archived BOOLEAN NOT NULL,
    valid_from BIGINT,
    valid_until BIGINT,
    updated_at BIGINT NOT NULL,
    json TEXT NOT NULL,
    -- Key, questions, aliases and answers in lower case, for the list's search.
    words TEXT NOT NULL
);
CREATE UNIQUE INDEX articles_key ON articles (shop_id, key);
CREATE UNIQUE INDEX articles_revision ON articles (revision);
CREATE INDEX articles_updated ON articles (shop_id, updated_at, id);
CREATE INDEX articles_category ON articles (shop_id, category);

CREATE TABLE article_versions (
    article_id TEXT NOT NULL REFERENCES articles (id),
    version BIGINT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (article_id, version)
);

CREATE TABLE article_vectors (
    article_id TEXT NOT NULL REFERENCES articles (id),
    model TEXT NOT NULL,
    version BIGINT NOT NULL,
    dims BIGINT NOT NULL,
    -- Base64: bytes have no column type that both databases share.
    data TEXT NOT NULL,
    PRIMARY KEY (article_id, model)
);
