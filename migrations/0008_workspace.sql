-- The agent's workspace.

-- Of the conversation's state, for lists. Tags stand between bars, `|vip|return|`, so that one can be looked for.
ALTER TABLE conversations ADD COLUMN tags TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN is_snoozed BOOLEAN NOT NULL DEFAULT FALSE;
-- Absent: until the shopper writes.
ALTER TABLE conversations ADD COLUMN snoozed_until BIGINT;
CREATE INDEX conversations_snoozed ON conversations (snoozed_until) WHERE is_snoozed;
CREATE INDEX conversations_unanswered ON conversations (shop_id, waiting_since, id)
    WHERE controller <> 'bot' AND waiting_since IS NOT NULL;

-- What one member of the team should look at; written with the event it is about.
CREATE TABLE notices (
    id TEXT PRIMARY KEY NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    shop_id TEXT NOT NULL REFERENCES shops (id),
    conversation_id TEXT REFERENCES conversations (id),
    seq BIGINT,
    task_id TEXT,
    -- assigned, mention, question, answer, whisper, invitation, woken, draft_wanted or task_due.
    kind TEXT NOT NULL,
    -- Who caused it; absent for the desk.
    by_id TEXT REFERENCES staff (id),
    at BIGINT NOT NULL,
    seen_at BIGINT
);
CREATE INDEX notices_staff ON notices (staff_id, at, id);
CREATE INDEX notices_unseen ON notices (staff_id) WHERE seen_at IS NULL;
CREATE INDEX notices_conversation ON notices (conversation_id);

CREATE TABLE tasks (
    id TEXT PRIMARY KEY NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    conversation_id TEXT REFERENCES conversations (id),
    owner_id TEXT NOT NULL REFERENCES staff (id),
    by_id TEXT NOT NULL REFERENCES staff (id),
    text TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    reminded_at BIGINT,
    done_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX tasks_owner ON tasks (owner_id, due_at, id);
CREATE INDEX tasks_conversation ON tasks (conversation_id, due_at, id);
CREATE INDEX tasks_due ON tasks (due_at) WHERE done_at IS NULL AND reminded_at IS NULL;

-- What an agent has begun to write.
CREATE TABLE drafts (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    text TEXT NOT NULL,
    is_note BOOLEAN NOT NULL,
    is_shared BOOLEAN NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (staff_id, conversation_id)
);
CREATE INDEX drafts_conversation ON drafts (conversation_id);

-- Lists somebody has put together: what is asked of the inbox, JSON.
CREATE TABLE inbox_views (
    id TEXT PRIMARY KEY NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    name TEXT NOT NULL,
    wish TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX inbox_views_staff ON inbox_views (staff_id, created_at, id);

-- Which drafts were offered to agents and what became of them. No texts: only where a draft came from and how far the
-- reply that was sent is from it.
CREATE TABLE suggestions (
    id TEXT PRIMARY KEY NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    -- The shopper's message it answers.
    answers BIGINT NOT NULL,
    place BIGINT NOT NULL,
    -- article, order or colleague.
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    shown_at BIGINT NOT NULL,
    used_at BIGINT,
    sent_at BIGINT,
    -- Characters put in, taken out or changed before it was sent, and the length of the draft.
    edits BIGINT,
    chars BIGINT NOT NULL
);
CREATE UNIQUE INDEX suggestions_once ON suggestions (conversation_id, staff_id, answers, kind, source);
CREATE INDEX suggestions_shop ON suggestions (shop_id, shown_at);

-- What agents answered to which question where it ended well. Both texts are masked.
CREATE TABLE past_replies (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    seq BIGINT NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    language TEXT NOT NULL,
    at BIGINT NOT NULL,
    question TEXT NOT NULL,
    reply TEXT NOT NULL,
    -- Absent without a model: then words alone find it.
    model TEXT,
    vector TEXT,
    PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX past_replies_shop ON past_replies (shop_id, at);
-- Rises with each change, so that other processes know when to read again.
INSERT INTO counters (name, value) VALUES ('past_replies', 0);
