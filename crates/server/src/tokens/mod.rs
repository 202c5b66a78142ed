//! Signed texts the desk hands out and takes back: tokens of shoppers, identities vouched for by shops, links to
//! files. Nothing here is stored, and no key is ever printed.

mod files;
mod identity;
mod key;
mod shoppers;

pub use files::FileLinks;
pub use identity::{Identity, MAX_IDENTITY_LIFE_MS, sign_identity, verify_identity};
pub use key::{KeyError, Keys};
pub use shoppers::{Bearer, TokenKind};

/// Why a token isn't accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    #[error("the token has expired")]
    Expired,
    /// Wrong signature, wrong algorithm, wrong form or wrong content: the caller learns no more.
    #[error("the token is not valid")]
    Forged,
}

impl From<TokenError> for crate::problem::Problem {
    fn from(error: TokenError) -> Self {
        Self::new(match error {
            TokenError::Expired => crate::problem::Code::ExpiredToken,
            TokenError::Forged => crate::problem::Code::ForgedToken,
        })
    }
}
