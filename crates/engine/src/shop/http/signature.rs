//! Signs requests to the merchant's shop, so that it can tell the desk from anybody else and refuse replays.

use domain::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

pub const HEADER: &str = "Tandem-Signature";
/// Shorter secrets can be guessed.
pub const SECRET_BYTES_MIN: usize = 16;

/// `t=<unix seconds>,v1=<hex of HMAC-SHA256 over "t.METHOD.path?query.sha256hex(body)">`.
pub fn sign(secret: &[u8], at: Timestamp, method: &str, path_and_query: &str, body: &[u8]) -> String {
    let seconds = at.0.div_euclid(domain::time::SECOND_MS);
    format!("t={seconds},v1={}", hex::encode(code(secret, seconds, method, path_and_query, body)))
}

fn code(secret: &[u8], seconds: i64, method: &str, path_and_query: &str, body: &[u8]) -> Vec<u8> {
    let body = hex::encode(Sha256::digest(body));
    // HMAC takes keys of any length, so there is nothing to fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return Vec::new() };
    mac.update(format!("{seconds}.{method}.{path_and_query}.{body}").as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of docs/connectors.md, which must show exactly these texts.
    #[test]
    fn the_documented_example_holds() {
        let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/connectors.md")).unwrap();
        let (secret, at) = (b"whsec-demo-0123456789", Timestamp(1_795_314_600_000));
        let path = "/tandem/customers/C-1001/orders?limit=20";
        let signature = sign(secret, at, "GET", path, b"");
        assert_eq!(signature, "t=1795314600,v1=565ff7cce626a7e7ff7fc3ef8078a8e7a4e80c801ed28481fad40e9f69099b96");
        for shown in [signature.as_str(), path, "whsec-demo-0123456789", &hex::encode(Sha256::digest(b""))] {
            assert!(guide.contains(shown), "docs/connectors.md does not show {shown}");
        }
    }

    #[test]
    fn every_part_counts() {
        let at = Timestamp(1_795_314_600_000);
        let usual = sign(b"0123456789abcdef", at, "GET", "/a?b=c", b"");
        let others = [
            sign(b"0123456789abcdeF", at, "GET", "/a?b=c", b""),
            sign(b"0123456789abcdef", at.plus_ms(1_000), "GET", "/a?b=c", b""),
            sign(b"0123456789abcdef", at, "POST", "/a?b=c", b""),
            sign(b"0123456789abcdef", at, "GET", "/a?b=d", b""),
            sign(b"0123456789abcdef", at, "GET", "/a?b=c", b" "),
        ];
        assert!(others.iter().all(|other| *other != usual));
    }
}
