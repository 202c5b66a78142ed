-- Who serves whom: one plan for each shop, and how many times a seat was given something.

-- Hours, queues, seats, rules and limits as one document, so that it is always of one piece.
CREATE TABLE routing_plans (
    shop_id TEXT PRIMARY KEY NOT NULL REFERENCES shops (id),
    -- Rises with each change; whoever saves names the version they changed.
    version BIGINT NOT NULL,
    json TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE seats (
    staff_id TEXT PRIMARY KEY NOT NULL,
    -- Rises whenever the agent is given a conversation and whenever their presence changes, so that an assignment
    -- decided on an older state is refused.
    version BIGINT NOT NULL,
    -- When the agent was last given a conversation.
    assigned_at BIGINT,
    -- When the agent's console was last heard of.
    seen_at BIGINT,
    -- The presence an agent whose console vanished comes back to.
    away_from TEXT
);

-- How many agents were online when the stay ended.
ALTER TABLE queue_stays ADD COLUMN agents BIGINT;
CREATE INDEX queue_stays_entered ON queue_stays (queue_id, entered_at);
