//! Which policy holds in which shop: the default, or the merchant's own file. A file with a fault is refused whole and
//! the policy of before stays.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};

use domain::id::ShopId;
use skills::{
    Fault,
    policy::{self, Policy},
};

#[derive(Debug, thiserror::Error)]
pub enum PolicyFolderError {
    #[error("{file} can't be read")]
    Read { file: String, source: std::io::Error },
    /// Each with its line.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Faults(Vec<Fault>),
}

/// The policies of a desk.
#[derive(Debug)]
pub struct Policies {
    default: Arc<Policy>,
    own: RwLock<HashMap<ShopId, Arc<Policy>>>,
}

impl Policies {
    /// Only the shipped default, which is part of the program and checked by a test.
    pub fn shipped() -> Result<Self, PolicyFolderError> {
        let default =
            policy::load("content/policies/default.yaml", Policy::DEFAULT, None).map_err(PolicyFolderError::Faults)?;
        Ok(Self { default: Arc::new(default), own: RwLock::default() })
    }

    pub fn of(&self, shop: ShopId) -> Arc<Policy> {
        let own = self.own.read().unwrap_or_else(PoisonError::into_inner);
        own.get(&shop).unwrap_or(&self.default).clone()
    }

    pub fn set(&self, shop: ShopId, policy: Policy) {
        self.own.write().unwrap_or_else(PoisonError::into_inner).insert(shop, Arc::new(policy));
    }

    /// Reads a merchant's own policy, which may extend the default.
    pub fn read(&self, file: &str, text: &str) -> Result<Policy, Vec<Fault>> {
        policy::load(file, text, Some(&self.default))
    }

    /// Takes over `<shop key>.yaml` of a folder for each shop that has one. Says which shops have their own.
    pub fn load_folder(&self, folder: &Path, shops: &[(ShopId, String)]) -> Result<Vec<ShopId>, PolicyFolderError> {
        let mut read = Vec::new();
        for (shop, key) in shops {
            let file = folder.join(format!("{key}.yaml"));
            let name = file.display().to_string();
            match fs::read_to_string(&file) {
                Ok(text) => read.push((*shop, self.read(&name, &text).map_err(PolicyFolderError::Faults)?)),
                Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => {}
                Err(source) => return Err(PolicyFolderError::Read { file: name, source }),
            }
        }
        // Nothing is taken over unless everything is sound.
        let taken = read.iter().map(|(shop, _)| *shop).collect();
        read.into_iter().for_each(|(shop, policy)| self.set(shop, policy));
        Ok(taken)
    }
}
