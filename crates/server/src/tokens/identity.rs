//! Identities: a shop's backend signs who its customer is, with the shop's own secret. The desk only checks.

use domain::{
    shop::CustomerKey,
    time::{DAY_MS, MINUTE_MS, Timestamp},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::{Deserialize, Serialize};
use store::Shop;

use super::{TokenError, shoppers::decode};

/// A leaked identity must not be good for long.
pub const MAX_IDENTITY_LIFE_MS: i64 = DAY_MS;
/// Clocks of two machines differ a little.
const CLOCK_SKEW_MS: i64 = MINUTE_MS;
const MAX_KEY_CHARS: usize = 128;
const MAX_NAME_CHARS: usize = 100;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub customer: CustomerKey,
    pub name: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    sub: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The shop's key: a token made for one shop is none for another, even with the same secret.
    shop: String,
    /// Seconds; the standard allows fractions.
    exp: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<f64>,
}

pub fn verify_identity(shop: &Shop, token: &str, now: Timestamp) -> Result<Identity, TokenError> {
    if shop.identity_secret.is_empty() {
        return Err(TokenError::Forged);
    }
    let claims: Claims = decode(token, shop.identity_secret.as_bytes())?;
    let expires_at = Timestamp((claims.exp * 1000.0) as i64);
    if expires_at.plus_ms(CLOCK_SKEW_MS) <= now {
        return Err(TokenError::Expired);
    }
    let is_short_lived = expires_at <= now.plus_ms(MAX_IDENTITY_LIFE_MS + CLOCK_SKEW_MS);
    let has_begun = claims.nbf.is_none_or(|nbf| (nbf * 1000.0) as i64 <= now.0 + CLOCK_SKEW_MS);
    let is_named = !claims.sub.trim().is_empty() && claims.sub.chars().count() <= MAX_KEY_CHARS;
    if !is_short_lived || !has_begun || !is_named || claims.shop != shop.key {
        return Err(TokenError::Forged);
    }
    let name = claims.name.map(|name| name.trim().chars().take(MAX_NAME_CHARS).collect::<String>());
    Ok(Identity { customer: CustomerKey(claims.sub), name: name.filter(|name| !name.is_empty()) })
}

/// What a shop's backend does; here for the demo shop.
pub fn sign_identity(shop: &Shop, identity: &Identity, expires_at: Timestamp) -> Option<String> {
    let claims = Claims {
        sub: identity.customer.0.clone(),
        name: identity.name.clone(),
        shop: shop.key.clone(),
        exp: (expires_at.0 / 1000) as f64,
        nbf: None,
    };
    let key = EncodingKey::from_secret(shop.identity_secret.as_bytes());
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).ok()
}

#[cfg(test)]
mod tests {
    use domain::{
        id::{QueueId, ShopId},
        language::Bilingual,
        time::HOUR_MS,
    };
    use serde_json::json;

    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);
    const NOW_S: i64 = NOW.0 / 1000;

    fn shop() -> Shop {
        Shop {
            id: ShopId::from_bits(1),
            key: "lin".into(),
            name: Bilingual::default(),
            settings: String::new(),
            identity_secret: "a secret of the shop".into(),
            queue: QueueId::from_bits(1),
            assigns: false,
            created_at: NOW,
        }
    }

    fn signed(claims: serde_json::Value, secret: &str, algorithm: Algorithm) -> String {
        jsonwebtoken::encode(&Header::new(algorithm), &claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
    }

    #[test]
    fn a_good_identity_names_the_customer() {
        let identity = Identity { customer: "c1".into(), name: Some("林".into()) };
        let token = sign_identity(&shop(), &identity, NOW.plus_ms(HOUR_MS)).unwrap();
        assert_eq!(verify_identity(&shop(), &token, NOW), Ok(identity));
    }

    #[test]
    fn everything_else_is_refused() {
        let secret = "a secret of the shop";
        let good = json!({"sub": "c1", "shop": "lin", "exp": NOW_S + 60});
        let with = |change: serde_json::Value| {
            let mut claims = good.clone();
            for (name, value) in change.as_object().unwrap() {
                claims[name] = value.clone();
            }
            claims
        };
        let hs256 = Algorithm::HS256;
        for (what, token, error) in [
            ("expired", signed(with(json!({"exp": NOW_S - 120})), secret, hs256), TokenError::Expired),
            ("too long", signed(with(json!({"exp": NOW_S + 90_000})), secret, hs256), TokenError::Forged),
            ("no exp", signed(json!({"sub": "c1", "shop": "lin"}), secret, hs256), TokenError::Forged),
            ("other shop", signed(with(json!({"shop": "wu"})), secret, hs256), TokenError::Forged),
            ("no shop", signed(json!({"sub": "c1", "exp": NOW_S + 60}), secret, hs256), TokenError::Forged),
            ("nobody", signed(with(json!({"sub": " "})), secret, hs256), TokenError::Forged),
            ("later", signed(with(json!({"nbf": NOW_S + 600})), secret, hs256), TokenError::Forged),
            ("other secret", signed(good.clone(), "guess", hs256), TokenError::Forged),
            ("other algorithm", signed(good.clone(), secret, Algorithm::HS384), TokenError::Forged),
        ] {
            assert_eq!(verify_identity(&shop(), &token, NOW), Err(error), "{what}");
        }
        let no_secret = Shop { identity_secret: String::new(), ..shop() };
        assert_eq!(verify_identity(&no_secret, &signed(good, "", hs256), NOW), Err(TokenError::Forged));
    }
}
