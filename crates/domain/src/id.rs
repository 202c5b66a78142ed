//! Identifiers: prefixed, time-ordered text such as `cnv_01j…`. Made elsewhere (they need a clock and
//! randomness); here they are only typed, printed and parsed.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 128 bits in 5-bit digits.
const DIGITS: usize = 26;

/// Why a text is not the identifier it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a `{prefix}` identifier")]
pub struct BadId {
    pub prefix: &'static str,
}

fn encode(value: u128) -> String {
    let digit = |i: usize| ALPHABET[((value >> (5 * i)) & 31) as usize] as char;
    (0..DIGITS).rev().map(digit).collect()
}

fn decode(text: &str) -> Option<u128> {
    let bytes = text.as_bytes();
    // 26 digits hold 130 bits, so the first one may only be 0..=7.
    if bytes.len() != DIGITS || !(b'0'..=b'7').contains(&bytes[0]) {
        return None;
    }
    bytes.iter().try_fold(0u128, |value, byte| {
        let digit = ALPHABET.iter().position(|known| known == byte)?;
        Some(value << 5 | digit as u128)
    })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u128);

        impl $name {
            pub const PREFIX: &'static str = $prefix;

            /// From the 128 bits of a UUID v7, so that text order is time order.
            pub const fn from_bits(bits: u128) -> Self {
                Self(bits)
            }

            pub const fn bits(self) -> u128 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", Self::PREFIX, encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(decode)
                    .map(Self)
                    .ok_or(BadId { prefix: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    ConversationId = "cnv";
    MessageId = "msg";
    /// One shop of the merchant.
    ShopId = "shp";
    /// The person on the shop's side of the chat; anonymous or verified.
    ShopperId = "per";
    /// A person of the merchant's team: agent, supervisor, operator or admin.
    StaffId = "stf";
    QueueId = "que";
    ArticleId = "art";
    TraceId = "trc";
    FileId = "fil";
    JobId = "job";
    PhraseId = "phr";
    AuditId = "aud";
    /// A question sampled for people to judge.
    SampleId = "smp";
    /// Something done, or asked to be done, to an order.
    ActionId = "act";
    /// Something a colleague should look at.
    NoticeId = "ntc";
    /// Something to do by a time.
    TaskId = "tsk";
    /// A list of conversations somebody has put together.
    ViewId = "viw";
    /// A draft that was offered to an agent.
    SuggestionId = "sug";
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_and_back(bits: u128) {
            let id = ConversationId::from_bits(bits);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
        }

        #[test]
        fn text_order_is_number_order(a: u128, b: u128) {
            let (x, y) = (ShopId::from_bits(a), ShopId::from_bits(b));
            prop_assert_eq!(x.to_string().cmp(&y.to_string()), a.cmp(&b));
        }
    }

    #[test]
    fn refuses_what_is_no_id() {
        let good = ConversationId::from_bits(7).to_string();
        for bad in ["", "cnv_", "cnv_zz", &good.replace("cnv", "msg"), &good.replace('0', "!"), &format!("{good}0")] {
            assert!(bad.parse::<ConversationId>().is_err(), "{bad}");
        }
        // 130 bits would overflow.
        assert!(format!("cnv_{}", "z".repeat(26)).parse::<ConversationId>().is_err());
    }
}
