-- What was done, or asked to be done, to orders. A row is one wish under one key; the shop carries a key out once.
CREATE TABLE actions (
    id TEXT PRIMARY KEY NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    conversation_id TEXT REFERENCES conversations (id),
    customer TEXT,
    order_key TEXT,
    -- Given by whoever asks; the same key is the same wish.
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    -- The wish itself, JSON.
    wish TEXT NOT NULL,
    by_kind TEXT NOT NULL,
    by_id TEXT,
    -- awaiting_approval, running, done, undone, refused or failed.
    state TEXT NOT NULL,
    -- The rule that refused it, or asks for approval.
    rule TEXT,
    approver TEXT,
    -- What was shown before it was confirmed, JSON.
    preview TEXT NOT NULL,
    outcome TEXT,
    decided_by TEXT REFERENCES staff (id),
    undo_until BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX actions_key ON actions (shop_id, key);
CREATE INDEX actions_order ON actions (shop_id, order_key, created_at, id);
CREATE INDEX actions_conversation ON actions (conversation_id, created_at, id);
CREATE INDEX actions_waiting ON actions (shop_id, created_at, id) WHERE state = 'awaiting_approval';
-- One at a time on an order, so that nothing is decided on what another is just changing.
CREATE UNIQUE INDEX actions_running ON actions (shop_id, order_key) WHERE state = 'running';
