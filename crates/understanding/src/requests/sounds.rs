//! Words of order work typed as they sound: 推货 for 退货, 发漂 for 发票.

use std::sync::LazyLock;

use pinyin::ToPinyinMulti;

use super::tokens::{Kind, Tokens};

/// Words for which one character that sounds alike is taken for the right one. Only those that carry a wish: of others
/// the wrong character makes another word.
const WORDS: [&str; 14] = [
    "取消",
    "退货",
    "退款",
    "换货",
    "发票",
    "地址",
    "订单",
    "价保",
    "保价",
    "发货",
    "支付",
    "付款",
    "修改",
    "默认地址",
];

struct Word {
    letters: Vec<char>,
    sounds: Vec<Vec<&'static str>>,
}

static KNOWN: LazyLock<Vec<Word>> = LazyLock::new(|| {
    let word = |text: &&str| {
        let letters: Vec<char> = text.chars().collect();
        let sounds = letters.iter().map(|letter| sounds(*letter)).collect();
        Word { letters, sounds }
    };
    WORDS.iter().map(word).collect()
});

fn sounds(letter: char) -> Vec<&'static str> {
    letter.to_pinyin_multi().into_iter().flatten().map(|reading| reading.plain()).collect()
}

/// Puts right what `is_goods` doesn't name: 背包价保 has no 保价. The tokens keep their places, so what is quoted stays as
/// it was typed.
pub fn mend(tokens: &mut Tokens, is_goods: impl Fn(&Tokens, usize) -> bool) {
    for at in 0..tokens.len() {
        let Some((here, right)) = KNOWN.iter().find_map(|word| wrong_letter(tokens, at, word)) else { continue };
        if !is_goods(&*tokens, here) {
            tokens.list[here].stem = right.to_string();
        }
    }
}

/// The one character that isn't the word's but sounds like it, with the right one.
fn wrong_letter(tokens: &Tokens, at: usize, word: &Word) -> Option<(usize, char)> {
    let mut wrong = None;
    for (offset, meant) in word.letters.iter().enumerate() {
        let token = tokens.list.get(at + offset).filter(|token| token.kind == Kind::Han)?;
        if token.place.start != tokens.list[at].place.start + offset {
            return None;
        }
        let typed = token.stem.chars().next()?;
        if typed == *meant {
            continue;
        }
        let is_alike = sounds(typed).iter().any(|sound| word.sounds[offset].contains(sound));
        if wrong.is_some() || !is_alike {
            return None;
        }
        wrong = Some((at + offset, *meant));
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut tokens = Tokens::new(text);
        mend(&mut tokens, |_, _| false);
        tokens.list.iter().map(|token| token.stem.as_str()).collect()
    }

    #[test]
    fn a_letter_that_sounds_alike_is_put_right_and_others_stay() {
        for (typed, meant) in
            [("推货", "退货"), ("开发漂", "开发票"), ("取削定单", "取消订单"), ("收货地纸", "收货地址")]
        {
            assert_eq!(mended(typed), meant);
        }
        for text in ["拿货", "应该下周到", "退了", "取向"] {
            assert_eq!(mended(text), text);
        }
    }
}
