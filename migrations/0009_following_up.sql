-- Call-backs and kept places that are followed up, pages shoppers came to, and one table for what people judge.

-- Whether the desk assigns in a shop that has set up no plan. Shops from before go on taking by hand.
ALTER TABLE shops ADD COLUMN assigns BOOLEAN NOT NULL DEFAULT FALSE;

-- Since when somebody waits whose place is kept while they talk to the bot; NULL once they were told that it is their
-- turn, and for everybody else.
ALTER TABLE conversations ADD COLUMN kept_since BIGINT;
CREATE INDEX conversations_kept ON conversations (shop_id, kept_since) WHERE kept_since IS NOT NULL;

-- A task may be a group's, and made by the desk: the call-back a shopper asked for.
DROP INDEX tasks_owner;
DROP INDEX tasks_conversation;
DROP INDEX tasks_due;
ALTER TABLE tasks RENAME TO tasks_before;
CREATE TABLE tasks (
    id TEXT PRIMARY KEY NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    conversation_id TEXT REFERENCES conversations (id),
    -- follow_up or call_back.
    kind TEXT NOT NULL,
    -- Absent: whoever of the queue is first.
    owner_id TEXT REFERENCES staff (id),
    queue_id TEXT,
    -- Absent: the desk.
    by_id TEXT REFERENCES staff (id),
    text TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    reminded_at BIGINT,
    done_at BIGINT,
    created_at BIGINT NOT NULL
);
INSERT INTO tasks (id, shop_id, conversation_id, kind, owner_id, by_id, text, due_at, reminded_at, done_at, created_at)
    SELECT id, shop_id, conversation_id, 'follow_up', owner_id, by_id, text, due_at, reminded_at, done_at, created_at
    FROM tasks_before;
DROP TABLE tasks_before;
CREATE INDEX tasks_owner ON tasks (owner_id, due_at, id);
CREATE INDEX tasks_queue ON tasks (queue_id, due_at, id) WHERE owner_id IS NULL AND done_at IS NULL;
CREATE INDEX tasks_conversation ON tasks (conversation_id, due_at, id);
CREATE INDEX tasks_due ON tasks (due_at) WHERE done_at IS NULL AND reminded_at IS NULL;
-- Whoever asks to be called twice is called once.
CREATE UNIQUE INDEX tasks_call_back ON tasks (conversation_id) WHERE kind = 'call_back' AND done_at IS NULL;

-- The last pages of the shop a shopper came to while the chat was open.
CREATE TABLE visits (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    at BIGINT NOT NULL,
    -- A page, JSON.
    page TEXT NOT NULL,
    PRIMARY KEY (conversation_id, at)
);

-- Uniform random samples for people to judge. What was said stays in the conversation, where it can be erased.
CREATE TABLE samples (
    id TEXT PRIMARY KEY NOT NULL,
    -- answer: would the article have answered? handoff: was a human needed?
    kind TEXT NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    -- The shopper's message.
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- Of an answer.
    article_id TEXT REFERENCES articles (id),
    article_version BIGINT,
    language TEXT NOT NULL,
    -- The chance the bot went by, and the one it needed, in millionths. A hard rule's is 1.
    chance BIGINT NOT NULL,
    threshold BIGINT NOT NULL,
    -- answered, clarified or abstained; went_on, offered or handed_over.
    outcome TEXT NOT NULL,
    -- Whether the article was right; whether a human was needed.
    verdict BOOLEAN,
    judged_by TEXT REFERENCES staff (id),
    judged_at BIGINT,
    UNIQUE (kind, conversation_id, seq)
);
INSERT INTO samples (id, kind, shop_id, conversation_id, seq, at, article_id, article_version, language, chance,
        threshold, outcome, verdict, judged_by, judged_at)
    SELECT id, 'answer', shop_id, conversation_id, seq, at, article_id, article_version, language, score, threshold,
        outcome, is_right, judged_by, judged_at FROM answer_samples;
INSERT INTO samples (id, kind, shop_id, conversation_id, seq, at, language, chance, threshold, outcome, verdict,
        judged_by, judged_at)
    SELECT id, 'handoff', shop_id, conversation_id, seq, at, language, chance, threshold, outcome, needed_human,
        judged_by, judged_at FROM handoff_samples;
DROP TABLE answer_samples;
DROP TABLE handoff_samples;
CREATE INDEX samples_open ON samples (shop_id, kind, id) WHERE verdict IS NULL;
CREATE INDEX samples_at ON samples (shop_id, kind, at);
