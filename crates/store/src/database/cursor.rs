//! Where a page of a list ended: opaque text for clients, checked when it comes back.

use std::str::FromStr;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{Result, StoreError};

/// The sort key and id of a page's last row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub at: i64,
    pub id: String,
}

impl Cursor {
    /// `list` names the list and its order, so that a cursor of another one is refused.
    pub(crate) fn encode(&self, list: &str) -> String {
        URL_SAFE_NO_PAD.encode(format!("{list} {} {}", self.at, self.id))
    }

    /// Cuts `rows`, read with one more than `limit`, to the page, and says where it ended if there is more.
    pub(crate) fn cut<T>(
        list: &str,
        rows: &mut Vec<T>,
        limit: i64,
        of: impl Fn(&T) -> (i64, String),
    ) -> Option<String> {
        let limit = usize::try_from(limit).unwrap_or(0);
        if rows.len() <= limit {
            return None;
        }
        rows.truncate(limit);
        let (at, id) = of(rows.last()?);
        Some(Self { at, id }.encode(list))
    }

    /// `Id` is what the list's rows are known by.
    pub(crate) fn decode<Id: FromStr>(list: &str, text: &str) -> Result<Self> {
        Self::read::<Id>(list, text).ok_or(StoreError::BadCursor)
    }

    fn read<Id: FromStr>(list: &str, text: &str) -> Option<Self> {
        let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let (at, id) = plain.strip_prefix(list)?.strip_prefix(' ')?.split_once(' ')?;
        id.parse::<Id>().ok()?;
        Some(Self { at: at.parse().ok()?, id: id.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use domain::id::{ArticleId, ConversationId};

    use super::*;

    #[test]
    fn only_its_own_list_reads_it() {
        let cursor = Cursor { at: -5, id: ConversationId::from_bits(9).to_string() };
        let text = cursor.encode("queue");
        assert_eq!(Cursor::decode::<ConversationId>("queue", &text).unwrap(), cursor);
        assert!(Cursor::decode::<ConversationId>("open", &text).is_err());
        assert!(Cursor::decode::<ArticleId>("queue", &text).is_err());
        let mut rows = vec![1, 2, 3];
        assert_eq!(Cursor::cut("l", &mut rows, 3, |n| (*n, String::new())), None);
        let next = Cursor::cut("l", &mut rows, 2, |n| (*n, "x".into()));
        assert_eq!((rows.len(), next), (2, Some(Cursor { at: 2, id: "x".into() }.encode("l"))));
        for bad in ["", "!", "cXVldWU", "' OR 1=1", &text[1..]] {
            assert!(matches!(Cursor::decode::<ConversationId>("queue", bad), Err(StoreError::BadCursor)), "{bad}");
        }
    }
}
