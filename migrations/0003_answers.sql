-- Vectors of phrases that are learned from and belong to no article, such as the examples of skills.
CREATE TABLE phrase_vectors (
    model TEXT NOT NULL,
    -- SHA-256 of the text.
    hash TEXT NOT NULL,
    -- Base64, as of articles.
    data TEXT NOT NULL,
    PRIMARY KEY (model, hash)
);

-- A uniform random sample of the questions the bot looked for an answer to, whatever it then did, for people to judge.
-- The question itself stays in the conversation, where it can be erased.
CREATE TABLE answer_samples (
    id TEXT PRIMARY KEY NOT NULL,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    -- The shopper's message.
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles (id),
    article_version BIGINT NOT NULL,
    language TEXT NOT NULL,
    -- The chance the bot gave the article, and the one it needed, in millionths.
    score BIGINT NOT NULL,
    threshold BIGINT NOT NULL,
    -- answered, clarified or abstained.
    outcome TEXT NOT NULL,
    is_right BOOLEAN,
    judged_by TEXT REFERENCES staff (id),
    judged_at BIGINT,
    UNIQUE (conversation_id, seq)
);
CREATE INDEX answer_samples_open ON answer_samples (shop_id, id) WHERE is_right IS NULL;
CREATE INDEX answer_samples_at ON answer_samples (shop_id, at);
