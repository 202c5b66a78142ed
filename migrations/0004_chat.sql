-- What the external chat model used, by shop, day and model. No texts.
CREATE TABLE chat_ledger (
    shop_id TEXT NOT NULL REFERENCES shops (id),
    -- Days since 1970, UTC.
    day BIGINT NOT NULL,
    model TEXT NOT NULL,
    calls BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    prompt_tokens BIGINT NOT NULL,
    completion_tokens BIGINT NOT NULL,
    PRIMARY KEY (shop_id, day, model)
);
