//! The desk's own signing key: made once, kept in the data folder for its owner only. Each purpose gets a key of
//! its own, so that a token made for one can't serve as another.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const FILE_NAME: &str = "token.key";
const KEY_BYTES: usize = 32;

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key file {path} can't be read or made")]
    Io { path: String, source: std::io::Error },
    #[error("the key file {path} is damaged; delete it to make a new one (shoppers will have to reconnect)")]
    Damaged { path: String },
}

/// Keys of all purposes.
pub struct Keys {
    pub(super) connection: [u8; KEY_BYTES],
    pub(super) visitor: [u8; KEY_BYTES],
    pub(super) files: [u8; KEY_BYTES],
    pub(super) storefront: [u8; KEY_BYTES],
}

impl Keys {
    pub fn from_secret(secret: &[u8; KEY_BYTES]) -> Self {
        let purpose = |name: &str| sign(secret, &[name]);
        Self {
            connection: purpose("connection"),
            visitor: purpose("visitor"),
            files: purpose("files"),
            storefront: purpose("storefront"),
        }
    }

    /// Reads the key of this desk, or makes it.
    pub fn open(data_dir: &Path) -> Result<Self, KeyError> {
        let path = data_dir.join(FILE_NAME);
        let failed = |source| KeyError::Io { path: path.display().to_string(), source };
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let fresh: [u8; KEY_BYTES] = rand::random();
                let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
                match made {
                    Ok(mut file) => {
                        file.write_all(hex::encode(fresh).as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
                        return Ok(Self::from_secret(&fresh));
                    }
                    // Another process was quicker.
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => fs::read_to_string(&path),
                    Err(error) => Err(error),
                }
            }
            other => other,
        }
        .map_err(failed)?;
        let mut secret = [0; KEY_BYTES];
        hex::decode_to_slice(text.trim(), &mut secret)
            .map_err(|_| KeyError::Damaged { path: path.display().to_string() })?;
        Ok(Self::from_secret(&secret))
    }

    /// Signs a value of the demo storefront's cookie.
    pub fn sign_storefront(&self, value: &str) -> String {
        hex::encode(sign(&self.storefront, &[value]))
    }

    pub fn is_storefront(&self, value: &str, signature: &str) -> bool {
        verify(&self.storefront, &[value], &hex::decode(signature).unwrap_or_default())
    }
}

fn mac(key: &[u8], parts: &[&str]) -> Hmac<Sha256> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        // The length keeps ("ab","c") and ("a","bc") apart.
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part.as_bytes());
    }
    mac
}

pub(super) fn sign(key: &[u8], parts: &[&str]) -> [u8; KEY_BYTES] {
    mac(key, parts).finalize().into_bytes().into()
}

/// In constant time.
pub(super) fn verify(key: &[u8], parts: &[&str], signature: &[u8]) -> bool {
    mac(key, parts).verify_slice(signature).is_ok()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn is_made_once_for_its_owner_only() {
        let dir = tempfile::tempdir().unwrap();
        let first = Keys::open(dir.path()).unwrap();
        let second = Keys::open(dir.path()).unwrap();
        assert_eq!(first.connection, second.connection);
        assert_ne!(first.connection, first.visitor);
        let mode = fs::metadata(dir.path().join(FILE_NAME)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::write(dir.path().join(FILE_NAME), "short").unwrap();
        assert!(matches!(Keys::open(dir.path()), Err(KeyError::Damaged { .. })));
    }
}
