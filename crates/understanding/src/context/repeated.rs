//! Whether the shopper asks again what was asked before.

use crate::{acts::is_negative, text::likeness};

/// Two questions this alike by pairs of characters are the same one.
pub const SAME_QUESTION: f64 = 0.6;
/// And this alike by the embedding, whose cosines are high for anything of the same field.
pub const SAME_MEANING: f32 = 0.94;

/// An earlier question, with its vector when there is a model.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'a> {
    pub text: &'a str,
    pub vector: Option<&'a [f32]>,
}

/// How often the question was asked before.
pub fn asked_before(text: &str, vector: Option<&[f32]>, earlier: &[Earlier<'_>]) -> usize {
    let now = Earlier { text, vector };
    earlier.iter().filter(|before| is_same_question(&now, before)).count()
}

/// Alike in words or in meaning, and not the contrary: «能退» and «不能退» share their pairs.
pub fn is_same_question(one: &Earlier<'_>, other: &Earlier<'_>) -> bool {
    let is_alike = likeness(one.text, other.text) >= SAME_QUESTION
        || matches!((one.vector, other.vector), (Some(one), Some(other)) if cosine(one, other) >= SAME_MEANING);
    is_alike && is_negative(one.text) == is_negative(other.text)
}

fn cosine(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        let plain = |text| Earlier { text, vector: None };
        is_same_question(&plain(one), &plain(other))
    }

    #[test]
    fn the_same_question_in_other_words() {
        assert!(same("怎么申请退货", "怎么申请退货呢"));
        assert!(same("怎麼申請退貨？", "怎么申请退货"));
        assert!(same("where is my parcel", "where is my parcel?"));
        assert!(!same("怎么申请退货", "发票怎么开"));
    }

    #[test]
    fn the_contrary_is_another_question() {
        assert!(!same("这个可以机洗", "这个不可以机洗"));
        assert!(!same("it does fit my car", "it does not fit my car"));
    }

    #[test]
    fn meaning_counts_when_there_are_vectors() {
        let (one, near, far) = ([1.0, 0.0], [0.99, 0.14], [0.0, 1.0]);
        let said = |text, vector| Earlier { text, vector: Some(vector) };
        assert!(is_same_question(&said("快递到哪了", &one), &said("包裹现在在什么地方", &near)));
        assert!(!is_same_question(&said("快递到哪了", &one), &said("怎么开发票", &far)));
        let earlier = [said("快递到哪了", &one[..]), said("查一下快递到哪里了", &near[..])];
        assert_eq!(asked_before("快递到哪了", Some(&one), &earlier), 2);
    }
}
