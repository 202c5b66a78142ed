//! Tokens by which a shopper is the same shopper again: a long one kept by the widget, a short one for requests.

use domain::{
    id::{ShopId, ShopperId},
    time::Timestamp,
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use super::{Keys, TokenError};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Kept by the widget; good only for connecting.
    Visitor,
    /// For requests and sockets.
    Connection,
}

/// Who holds a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearer {
    pub shopper: ShopperId,
    pub shop: ShopId,
    pub expires_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: ShopperId,
    shop: ShopId,
    /// Seconds, as in every JWT.
    exp: i64,
}

impl Keys {
    fn of(&self, kind: TokenKind) -> &[u8] {
        match kind {
            TokenKind::Visitor => &self.visitor,
            TokenKind::Connection => &self.connection,
        }
    }

    pub fn issue(&self, kind: TokenKind, bearer: Bearer) -> Result<String, jsonwebtoken::errors::Error> {
        let claims = Claims { sub: bearer.shopper, shop: bearer.shop, exp: bearer.expires_at.0 / 1000 };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(self.of(kind)))
    }

    pub fn check(&self, kind: TokenKind, token: &str, now: Timestamp) -> Result<Bearer, TokenError> {
        let claims: Claims = decode(token, self.of(kind))?;
        let expires_at = Timestamp(claims.exp.saturating_mul(1000));
        if expires_at <= now {
            return Err(TokenError::Expired);
        }
        Ok(Bearer { shopper: claims.sub, shop: claims.shop, expires_at })
    }
}

/// Checks form, algorithm and signature. Times are the caller's to check: they need the desk's clock.
pub(super) fn decode<T: serde::de::DeserializeOwned>(token: &str, key: &[u8]) -> Result<T, TokenError> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    jsonwebtoken::decode(token, &DecodingKey::from_secret(key), &validation)
        .map(|token| token.claims)
        .map_err(|_| TokenError::Forged)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn bearer() -> Bearer {
        Bearer { shopper: ShopperId::from_bits(7), shop: ShopId::from_bits(8), expires_at: NOW.plus_ms(60_000) }
    }

    #[test]
    fn only_our_own_unexpired_token_of_the_right_kind_is_taken() {
        let keys = Keys::from_secret(&[1; 32]);
        let token = keys.issue(TokenKind::Connection, bearer()).unwrap();
        assert_eq!(keys.check(TokenKind::Connection, &token, NOW), Ok(bearer()));
        assert_eq!(keys.check(TokenKind::Connection, &token, NOW.plus_ms(60_000)), Err(TokenError::Expired));
        assert_eq!(keys.check(TokenKind::Visitor, &token, NOW), Err(TokenError::Forged));
        assert_eq!(Keys::from_secret(&[2; 32]).check(TokenKind::Connection, &token, NOW), Err(TokenError::Forged));
        for bad in ["", "a.b.c", &token[..token.len() - 2], &format!("{token}x")] {
            assert_eq!(keys.check(TokenKind::Connection, bad, NOW), Err(TokenError::Forged), "{bad}");
        }
    }

    #[test]
    fn the_algorithm_is_not_the_senders_choice() {
        let keys = Keys::from_secret(&[1; 32]);
        let claims = Claims { sub: bearer().shopper, shop: bearer().shop, exp: 1_900_000_000 };
        let other = EncodingKey::from_secret(&keys.connection);
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS512), &claims, &other).unwrap();
        assert_eq!(keys.check(TokenKind::Connection, &token, NOW), Err(TokenError::Forged));
        // {"alg":"none"}
        let (_, rest) = token.split_once('.').unwrap();
        let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", rest.split('.').next().unwrap());
        assert_eq!(keys.check(TokenKind::Connection, &unsigned, NOW), Err(TokenError::Forged));
    }
}
