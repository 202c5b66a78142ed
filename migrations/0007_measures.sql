-- What service is measured by, and the deadlines it is held to. Rows are written in the transaction that appends, and
-- `tandem measures verify` folds them from the log again.

-- A shopper's turn and the answer that ended it.
CREATE TABLE rounds (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    -- The first message of the turn.
    seq BIGINT NOT NULL,
    shop_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX rounds_at ON rounds (shop_id, at);

-- A conversation in the sense of measuring; a log that goes on after a day of silence holds several.
CREATE TABLE episodes (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    no BIGINT NOT NULL,
    shop_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- The earlier episode whose matter it takes up again, and after how long.
    returns_to TEXT,
    returns_no BIGINT,
    returns_ms BIGINT,
    json TEXT NOT NULL,
    PRIMARY KEY (conversation_id, no)
);
CREATE INDEX episodes_at ON episodes (shop_id, at);
CREATE INDEX episodes_returns ON episodes (shop_id, at) WHERE returns_to IS NOT NULL;

-- The fold between two appends.
CREATE TABLE records (
    conversation_id TEXT PRIMARY KEY NOT NULL REFERENCES conversations (id),
    state TEXT NOT NULL
);

CREATE TABLE deadlines (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    -- first_reply, next_reply or resolution.
    kind TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    shop_id TEXT NOT NULL,
    -- When it is over; NULL while it is paused.
    due_at BIGINT,
    -- The highest of 50, 75, 90 and 100 percent that was told of; 0 before.
    mark BIGINT NOT NULL,
    -- met, missed or dropped.
    outcome TEXT,
    ended_at BIGINT,
    json TEXT NOT NULL,
    PRIMARY KEY (conversation_id, kind, started_at)
);
CREATE INDEX deadlines_running ON deadlines (conversation_id, due_at) WHERE ended_at IS NULL;
CREATE INDEX deadlines_ended ON deadlines (shop_id, ended_at);

-- Everything that happened to a deadline, in order.
CREATE TABLE deadline_steps (
    conversation_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- started, paused, resumed, warned_50, warned_75, warned_90, breached, met, missed or dropped.
    step TEXT NOT NULL,
    PRIMARY KEY (conversation_id, kind, started_at, at, step)
);
