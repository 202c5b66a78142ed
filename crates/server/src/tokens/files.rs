//! Links to files that work for some hours without a cookie, so that pictures show in pages of the merchant.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    id::FileId,
    time::{HOUR_MS, Timestamp},
};

use super::{
    Keys, TokenError,
    key::{sign, verify},
};

/// Makes links at one moment.
#[derive(Clone, Copy)]
pub struct FileLinks<'a> {
    pub keys: &'a Keys,
    pub now: Timestamp,
    pub life_ms: i64,
}

impl FileLinks<'_> {
    /// Ends on a full hour, so that the same file has the same link for a while and browsers keep it.
    pub fn link(&self, file: FileId) -> String {
        let ends_hour = (self.now.0 + self.life_ms).div_euclid(HOUR_MS) + 1;
        let ends_s = ends_hour * HOUR_MS / 1000;
        let signature = sign(&self.keys.files, &[&file.to_string(), &ends_s.to_string()]);
        format!("/api/files/{file}?e={ends_s}&s={}", URL_SAFE_NO_PAD.encode(signature))
    }
}

impl Keys {
    pub fn check_file_link(
        &self,
        file: FileId,
        ends_s: i64,
        signature: &str,
        now: Timestamp,
    ) -> Result<(), TokenError> {
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| TokenError::Forged)?;
        if !verify(&self.files, &[&file.to_string(), &ends_s.to_string()], &signature) {
            return Err(TokenError::Forged);
        }
        if ends_s.saturating_mul(1000) <= now.0 { Err(TokenError::Expired) } else { Ok(()) }
    }
}
