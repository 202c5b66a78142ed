//! Who asks: the member of staff named by the cookie, on a page of our own.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, header, request::Parts},
};
use domain::{id::ShopId, staff::Permission};
use engine::staff;
use store::{SignIn, Staff};

use crate::{
    app::App,
    observe::request::Caller,
    problem::{Code, Problem, Result},
};

pub const COOKIE: &str = "tandem_console";
const CSRF_HEADER: &str = "x-csrf-token";

/// A signed-in member of staff. Taking one as an argument also checks the CSRF token and the origin of writes.
pub struct SignedIn {
    pub staff: Staff,
    pub sign_in: SignIn,
    pub token: String,
}

impl SignedIn {
    /// Who holds the cookie of these headers.
    pub async fn of_cookie(app: &App, headers: &HeaderMap) -> Result<Self> {
        let token = cookie(headers, COOKIE).ok_or(Problem::new(Code::Unauthenticated))?;
        let (staff, sign_in) = staff::who(&app.desk, &token).await?.ok_or(Problem::new(Code::Unauthenticated))?;
        Ok(Self { staff, sign_in, token })
    }

    /// Fails unless a role in one of the shops allows it.
    pub fn may(&self, permission: Permission) -> Result<()> {
        if staff::can(&self.staff, None, permission) { Ok(()) } else { Err(Problem::new(Code::Forbidden)) }
    }

    /// A shop in which no role is held doesn't exist; in others the permission counts.
    pub fn may_in(&self, shop: ShopId, permission: Permission) -> Result<()> {
        if staff::can(&self.staff, Some(shop), permission) {
            return Ok(());
        }
        let knows_it = self.staff.grants.iter().any(|grant| grant.shop == shop);
        Err(Problem::new(if knows_it { Code::Forbidden } else { Code::NotFound }))
    }

    /// The shops to look at: the wished one, or all in which the permission is held.
    pub fn shops(&self, wished: Option<&str>, permission: Permission) -> Result<Vec<ShopId>> {
        match wished.filter(|text| !text.is_empty()) {
            Some(text) => {
                let shop = text.parse().map_err(|_| Problem::not_found())?;
                self.may_in(shop, permission)?;
                Ok(vec![shop])
            }
            None => {
                self.may(permission)?;
                Ok(staff::shops_with(&self.staff, permission))
            }
        }
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let signed_in = Self::of_cookie(app, &parts.headers).await?;
        if let Some(caller) = parts.extensions.get::<Caller>() {
            caller.speaks(signed_in.staff.language);
        }
        let changes_something = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
        if changes_something {
            let sent = parts.headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let is_from_elsewhere =
                parts.headers.contains_key(header::ORIGIN) && !is_own_origin(&app.config.public_url, &parts.headers);
            if !is_same(sent, &signed_in.sign_in.csrf) || is_from_elsewhere {
                return Err(Problem::new(Code::Csrf));
            }
        }
        Ok(signed_in)
    }
}

/// In a time that doesn't depend on where the texts differ.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differences, (x, y)| differences | (x ^ y)) == 0
}

/// Whether the page that sent this is one of ours: of the configured address, else of the host the browser named.
pub fn is_own_origin(public_url: &str, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN).and_then(|origin| url::Url::parse(origin).ok()) else { return false };
    if !public_url.is_empty() {
        return url::Url::parse(public_url).is_ok_and(|own| own.origin() == origin.origin());
    }
    let Some(host) = text(header::HOST) else { return false };
    let own = format!("{}://{host}", origin.scheme());
    matches!(origin.scheme(), "http" | "https")
        && url::Url::parse(&own).is_ok_and(|own| own.origin() == origin.origin())
}

/// One cookie of the request.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(origin: &str, host: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ORIGIN, origin.parse().unwrap());
        headers.insert(header::HOST, host.parse().unwrap());
        headers
    }

    #[test]
    fn only_our_own_pages() {
        let own = |public: &str, origin: &str, host: &str| is_own_origin(public, &headers(origin, host));
        assert!(own("", "http://localhost:7080", "localhost:7080"));
        assert!(own("", "https://desk.example", "desk.example"));
        assert!(!own("", "http://evil.example", "localhost:7080"));
        assert!(!own("", "null", "localhost:7080"));
        assert!(own("https://desk.example/", "https://desk.example", "10.0.0.1:80"));
        assert!(!own("https://desk.example", "http://desk.example", "desk.example"));
        assert!(!own("https://desk.example", "https://desk.example.evil", "desk.example"));
    }

    #[test]
    fn finds_its_cookie() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; tandem_console=x=y; b=2".parse().unwrap());
        assert_eq!(cookie(&headers, COOKIE).as_deref(), Some("x=y"));
        assert_eq!(cookie(&headers, "console"), None);
    }
}
