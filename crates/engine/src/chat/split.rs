//! A long message taken apart by the model. Each wish then goes the same way as without one; when the model is late, or
//! says what the shopper didn't, the desk's own reading stays.

use std::{collections::HashSet, time::Duration};

use domain::trace::TurnStage;
use models::chat::{ChatError, JsonSchema, Message, Request, Role, estimated_tokens};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{ask::ask, hiding::Hiding, prompts::split_prompt};
use crate::bot::{Turn, normal, skill::has_flow};

/// Shorter messages are read well without a model: some sixty characters of Chinese, or thirty words.
const LONG_TOKENS: u32 = 60;
/// As many as the desk keeps apart by itself.
const WISHES_MAX: usize = 6;
const WISH_CHARS_MAX: usize = 300;
const REPLY_TOKENS: u32 = 400;
/// Of the turn's time: the rest of the turn needs the others.
const TIME_SHARE: u32 = 3;
/// Share of a wish's pairs of letters that the message has: the rest may be what a "that one" stands for.
const OWN_WORDS_MIN: f64 = 0.6;

#[derive(Deserialize)]
struct Wishes {
    wishes: Vec<String>,
}

pub(crate) async fn split(turn: &mut Turn<'_>) {
    let Some(connected) = turn.desk.chat.connected() else { return };
    let understood = &turn.understood;
    let needs_person = understood.wants_human || understood.risk.is_some() || understood.foreign.is_some();
    if needs_person || understood.social.is_some() || has_flow(turn) {
        return;
    }
    if estimated_tokens(&understood.said) < LONG_TOKENS {
        return;
    }
    let model = connected.model.name();
    let said = understood.text.clone();
    let wishes = wishes(turn, &said, connected.terms.turn_time / TIME_SHARE).await;
    let (zh, en) = match &wishes {
        Ok(wishes) => (
            format!("由模型 {model} 拆成 {} 个诉求", wishes.len()),
            format!("Taken apart into {} wishes by the model {model}", wishes.len()),
        ),
        Err(code) => (
            format!("模型没有拆分（{code}），按原来的方式"),
            format!("Not taken apart by the model ({code}); read as always"),
        ),
    };
    let detail = json!({
        "model": model, "wishes": wishes.as_ref().ok().map(Vec::len), "before": turn.understood.understood.asks.len(),
        "error": wishes.as_ref().err(),
    });
    turn.tracing.step(TurnStage::Understand, zh, en, detail);
    if let Ok(wishes) = wishes {
        turn.understood.understood.asks = wishes;
    }
}

/// The wishes in the shopper's words, or the code of what is wrong.
async fn wishes(turn: &mut Turn<'_>, said: &str, at_most: Duration) -> Result<Vec<String>, &'static str> {
    let mut hiding = Hiding::of(turn).await;
    let prompt = split_prompt(WISHES_MAX)
        .inspect_err(|error| tracing::error!(%error, "the shipped prompt is unsound"))
        .map_err(|_| "bad_prompt")?;
    let messages = vec![Message::new(Role::System, prompt), Message::new(Role::User, hiding.hide(said))];
    let schema = Some(JsonSchema { name: "wishes".into(), schema: schema() });
    let request = Request { json_schema: schema, ..Request::new(messages, REPLY_TOKENS) };
    let reply = ask(turn, &request, at_most).await.map_err(|error| error.code())?;
    let read: Wishes = reply.json().map_err(|error: ChatError| error.code())?;
    let wishes: Option<Vec<String>> = read.wishes.iter().map(|wish| hiding.restore(wish.trim())).collect();
    let wishes = wishes.ok_or("unknown_mark")?;
    if wishes.is_empty() || !wishes.iter().all(|wish| is_of(wish, said)) {
        return Err("not_said");
    }
    Ok(wishes)
}

fn schema() -> Value {
    let wish = json!({ "type": "string", "minLength": 1, "maxLength": WISH_CHARS_MAX });
    json!({
        "type": "object", "required": ["wishes"], "additionalProperties": false,
        "properties": { "wishes": { "type": "array", "minItems": 1, "maxItems": WISHES_MAX, "items": wish } },
    })
}

/// Whether a wish is in the message's own words, with no number that isn't in it.
fn is_of(wish: &str, said: &str) -> bool {
    let has_number = |number: &str| number.is_empty() || said.contains(number);
    let (own, all) = (pairs(wish), pairs(said));
    let shared = own.intersection(&all).count() as f64;
    !own.is_empty()
        && shared >= OWN_WORDS_MIN * own.len() as f64
        && wish.split(|symbol: char| !symbol.is_ascii_digit()).all(has_number)
}

fn pairs(text: &str) -> HashSet<(char, char)> {
    let letters: Vec<char> = normal(text).chars().filter(|symbol| symbol.is_alphanumeric()).collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_in_the_shoppers_own_words() {
        let said = "昨天买的帐篷 SL2026112200017 到哪了，另外发票怎么开";
        for (wish, own) in [
            ("帐篷 SL2026112200017 到哪了", true),
            ("发票怎么开", true),
            ("帐篷发票怎么开", true),
            ("取消我所有的订单并退款", false),
            ("帐篷 SL2026112200099 到哪了", false),
            ("?", false),
        ] {
            assert_eq!(is_of(wish, said), own, "{wish}");
        }
    }
}
