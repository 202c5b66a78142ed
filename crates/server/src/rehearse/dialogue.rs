//! Reading real dialogues: the shopper's side, in bursts between the answers of the other side.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// Longer lines are no dialogue.
const MAX_LINE_BYTES: usize = 1 << 20;

/// What one shopper says: messages of a burst come right after another, then an answer is awaited.
#[derive(Debug, PartialEq, Eq)]
pub struct Dialogue {
    pub bursts: Vec<Vec<String>>,
    /// Turns of both sides in the file.
    pub turns: usize,
}

/// A line of one of two forms: `{"turns": [{"role": "user" | "agent", "text": …}, …]}`, or
/// `{"context": "…,…", "reply": …}`, of which the shopper says the last utterance.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Turns { turns: Vec<Turn> },
    Reply { context: String },
}

#[derive(Deserialize)]
struct Turn {
    role: String,
    text: String,
}

/// All dialogues of a JSON Lines file.
pub fn read(path: &Path) -> Result<Vec<Dialogue>> {
    let file = File::open(path).with_context(|| format!("{} can't be opened", path.display()))?;
    let mut dialogues = Vec::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("{} can't be read", path.display()))?;
        if line.trim().is_empty() {
            continue;
        }
        if line.len() > MAX_LINE_BYTES {
            bail!("line {} is longer than {MAX_LINE_BYTES} bytes", number + 1);
        }
        let parsed: Line = serde_json::from_str(&line)
            .with_context(|| format!("line {} has neither `turns` nor `context`", number + 1))?;
        dialogues.push(parsed.into());
    }
    Ok(dialogues)
}

impl From<Line> for Dialogue {
    fn from(line: Line) -> Self {
        match line {
            Line::Turns { turns } => {
                let count = turns.len();
                let mut bursts = vec![Vec::new()];
                for turn in turns {
                    match turn.role.as_str() {
                        "user" | "shopper" if !turn.text.trim().is_empty() => {
                            bursts.last_mut().expect("never empty").push(turn.text);
                        }
                        "user" | "shopper" => {}
                        _ => bursts.push(Vec::new()),
                    }
                }
                bursts.retain(|burst| !burst.is_empty());
                Self { bursts, turns: count }
            }
            Line::Reply { context } => {
                let last = context.rsplit(',').find(|part| !part.trim().is_empty());
                Self { bursts: last.map(|text| vec![text.to_owned()]).into_iter().collect(), turns: 1 }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms() {
        let parse = |line: &str| Dialogue::from(serde_json::from_str::<Line>(line).unwrap());
        let turns = parse(
            r#"{"turns":[{"role":"user","text":"在吗"},{"role":"user","text":"查订单"},{"role":"agent","text":"您好"},{"role":"agent","text":"请说"},{"role":"user","text":"谢谢"}]}"#,
        );
        assert_eq!(turns.bursts, [vec!["在吗", "查订单"], vec!["谢谢"]]);
        assert_eq!(turns.turns, 5);
        let reply = parse(r#"{"context":"什么时候发货,稍等,狗粮啥时候能有货?","reply":"一周左右"}"#);
        assert_eq!(reply.bursts, [["狗粮啥时候能有货?"]]);
    }
}
