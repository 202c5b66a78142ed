-- A uniform random sample of the bot's turns, whoever went on with them, for people to judge: was a human needed?
-- What was said stays in the conversation, where it can be erased.
CREATE TABLE handoff_samples (
    id TEXT PRIMARY KEY NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    -- The shopper's message.
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    language TEXT NOT NULL,
    -- The chance that going on fails, and the one that was needed for a human, in millionths. A hard rule's is 1.
    chance BIGINT NOT NULL,
    threshold BIGINT NOT NULL,
    -- went_on, offered or handed_over.
    outcome TEXT NOT NULL,
    needed_human BOOLEAN,
    judged_by TEXT REFERENCES staff (id),
    judged_at BIGINT,
    UNIQUE (conversation_id, seq)
);
CREATE INDEX handoff_samples_open ON handoff_samples (shop_id, id) WHERE needed_human IS NULL;
CREATE INDEX handoff_samples_at ON handoff_samples (shop_id, at);

-- What agents asked the shopper for, of each message: how often of something that was on the card or had been said.
CREATE TABLE agent_asks (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    -- The agent's message.
    seq BIGINT NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    at BIGINT NOT NULL,
    -- Things asked for, and of these those that were known already.
    asked BIGINT NOT NULL,
    again BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX agent_asks_at ON agent_asks (shop_id, at);
