//! The vectors of the texts of one turn, each made once: reading intents, telling repeated questions and searching the
//! articles ask for the same ones.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{desk::Desk, library};

pub type Vector = Arc<[f32]>;

#[derive(Debug, Default)]
pub struct Vectors {
    known: Mutex<Vec<(String, Option<Vector>)>>,
}

impl Vectors {
    /// `None` without a model, or when it failed. Numbers of orders and parcels say nothing of what is meant.
    pub async fn of(&self, desk: &Desk, text: &str) -> Option<Vector> {
        let text = without_numbers(text);
        if let Some(known) = self.known(&text) {
            return known;
        }
        let vector: Option<Vector> = library::embed_question(desk, &text).await.map(Arc::from);
        self.known.lock().unwrap_or_else(PoisonError::into_inner).push((text, vector.clone()));
        vector
    }

    fn known(&self, text: &str) -> Option<Option<Vector>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(|(of, _)| of == text).map(|(_, vector)| vector.clone())
    }
}

/// A text without the numbers of orders and parcels.
pub fn without_numbers(text: &str) -> String {
    let is_number = |piece: &str| piece.len() >= 8 && piece.bytes().filter(u8::is_ascii_digit).count() >= 6;
    text.split_inclusive(|symbol: char| !symbol.is_ascii_alphanumeric())
        .filter(|piece| !is_number(piece.trim_matches(|symbol: char| !symbol.is_ascii_alphanumeric())))
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_orders_are_left_out() {
        assert_eq!(without_numbers("订单 SL2026112200017 到哪了"), "订单 到哪了");
        assert_eq!(without_numbers("退款 3-5 天"), "退款 3-5 天");
    }
}
