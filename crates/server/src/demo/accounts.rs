//! The demo's team. Passwords are made up on the first start and kept in the data folder for its owner only.

use std::path::{Path, PathBuf};

use anyhow::Context;
use domain::{language::Language, staff::Role};
use engine::{
    desk::Desk,
    staff::{self, NewStaff, StaffChange},
};
use rand::Rng;
use serde::{Deserialize, Serialize};
use store::{Grant, Shop};

use crate::start::data_dir::write_private;

const FILE_NAME: &str = "demo-accounts.json";
/// Without letters and digits that look alike.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
const PASSWORD_CHARS: usize = 14;

/// Who works in the demo.
const TEAM: [(Role, &str, &str); 5] = [
    (Role::Agent, "agent@demo.tandem", "周晴"),
    (Role::Agent, "agent2@demo.tandem", "梁宇"),
    (Role::Supervisor, "supervisor@demo.tandem", "许岚"),
    (Role::Operator, "operator@demo.tandem", "何苗"),
    (Role::Admin, "admin@demo.tandem", "陆远"),
];

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Account {
    pub role: Role,
    pub email: String,
    pub name: String,
    pub password: String,
}

/// Makes the accounts that are missing; those of an earlier start keep their passwords.
pub async fn ensure(desk: &Desk, shop: &Shop, data_dir: &Path) -> anyhow::Result<Vec<Account>> {
    let path = data_dir.join(FILE_NAME);
    let mut accounts = read(&path)?;
    for (role, email, name) in TEAM {
        let is_kept = accounts.iter().any(|account| account.email == email);
        let known = desk.store.staff_by_email(email).await?;
        if is_kept && known.is_some() {
            continue;
        }
        accounts.retain(|account| account.email != email);
        let account = Account { role, email: email.into(), name: name.into(), password: password() };
        // Before the account exists: a password nobody knows would be worse than one nobody needs.
        accounts.push(account.clone());
        write_private(&path, serde_json::to_string_pretty(&accounts)?.as_bytes())
            .with_context(|| format!("writing {}", path.display()))?;
        match known {
            Some(known) => {
                let change = StaffChange { password: Some(account.password), ..StaffChange::default() };
                staff::update(desk, None, known.id, change).await?;
            }
            None => {
                let new = NewStaff {
                    email: account.email,
                    name: account.name,
                    language: Language::Zh,
                    grants: vec![Grant { shop: shop.id, role }],
                    password: account.password,
                };
                staff::create(desk, None, new).await?;
            }
        }
    }
    Ok(accounts)
}

fn read(path: &PathBuf) -> anyhow::Result<Vec<Account>> {
    match std::fs::read(path) {
        Ok(content) => serde_json::from_slice(&content).with_context(|| format!("reading {}", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
    }
}

/// For a person to type.
pub fn password() -> String {
    let mut random = rand::rng();
    (0..PASSWORD_CHARS).map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())])).collect()
}
