//! The merchant's people: signing in, and what they may do.

use std::sync::LazyLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    id::{AuditId, ShopId, StaffId},
    language::Language,
    staff::{Permission, Presence},
    time::{HOUR_MS, MINUTE_MS},
};
use sha2::{Digest, Sha256};
use store::{Grant, NewAudit, SignIn, Staff, StoreError};

use crate::{
    bus::Hint,
    desk::Desk,
    error::{DeskError, Fault, Result},
};

pub const SIGN_IN_LIFE_MS: i64 = 12 * HOUR_MS;
pub const MIN_PASSWORD_CHARS: usize = 10;
pub const MAX_PASSWORD_CHARS: usize = 200;
/// Failures within the window after which an account or an address has to wait.
pub const MAX_FAILED_SIGN_INS: i64 = 10;
pub const FAILED_WINDOW_MS: i64 = 15 * MINUTE_MS;
const TOKEN_BYTES: usize = 32;

/// A hash of no password, so that an unknown e-mail costs the same time as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody signs in with this").unwrap_or_default());

#[derive(Debug)]
pub struct SignedIn {
    pub staff: Staff,
    /// For the cookie; only its hash is stored.
    pub token: String,
    pub csrf: String,
    pub expires_at: domain::time::Timestamp,
}

pub async fn sign_in(desk: &Desk, email: &str, password: &str, address: &str) -> Result<SignedIn> {
    let email = email.trim().to_lowercase();
    let keys = [format!("account:{email}"), format!("address:{address}")];
    let now = desk.now();
    for key in &keys {
        if desk.store.failed_sign_ins(key, now.minus_ms(FAILED_WINDOW_MS)).await? >= MAX_FAILED_SIGN_INS {
            return Err(DeskError::TooMany { retry_after_s: FAILED_WINDOW_MS / 1000 });
        }
    }
    let staff = desk.store.staff_by_email(&email).await?;
    let hash = staff.as_ref().map_or_else(|| NOBODY.clone(), |staff| staff.password_hash.clone());
    let matches = verify(password.to_owned(), hash).await?;
    let Some(staff) = staff.filter(|staff| matches && !staff.disabled) else {
        for key in &keys {
            desk.store.note_failed_sign_in(key, now).await?;
        }
        return Err(DeskError::SignInFailed);
    };
    desk.store.clear_failed_sign_ins(&keys[0]).await?;
    let (token, csrf) = (secret(), secret());
    let expires_at = now.plus_ms(SIGN_IN_LIFE_MS);
    let record =
        SignIn { token_hash: hash_token(&token), staff: staff.id, csrf: csrf.clone(), created_at: now, expires_at };
    desk.store.create_sign_in(&record).await?;
    let mut staff = staff;
    // Whoever signs in to serve is there; pausing is a click.
    if staff.presence == Presence::Offline && can(&staff, None, Permission::Serve) {
        set_presence(desk, staff.id, Presence::Online).await?;
        staff.presence = Presence::Online;
    }
    Ok(SignedIn { staff, token, csrf, expires_at })
}

/// Who holds this token; `None` when it is unknown, expired, or its holder was disabled.
pub async fn who(desk: &Desk, token: &str) -> Result<Option<(Staff, SignIn)>> {
    let Some(sign_in) = desk.store.sign_in(&hash_token(token), desk.now()).await? else { return Ok(None) };
    let staff = desk.store.staff(sign_in.staff).await?.filter(|staff| !staff.disabled);
    if let Some(staff) = &staff {
        crate::routing::seen(desk, staff).await?;
    }
    Ok(staff.map(|staff| (staff, sign_in)))
}

/// Whoever signs out is no longer there.
pub async fn sign_out(desk: &Desk, token: &str) -> Result<()> {
    let signed_in = who(desk, token).await?;
    desk.store.delete_sign_in(&hash_token(token)).await?;
    if let Some((staff, _)) = signed_in {
        set_presence(desk, staff.id, Presence::Offline).await?;
    }
    Ok(())
}

/// Whether somebody may do something in a shop, or in any shop when none is named.
pub fn can(staff: &Staff, shop: Option<ShopId>, permission: Permission) -> bool {
    !staff.disabled
        && staff
            .grants
            .iter()
            .filter(|grant| shop.is_none_or(|shop| grant.shop == shop))
            .any(|grant| grant.role.permissions().contains(&permission))
}

/// The shops in which somebody has a permission.
pub fn shops_with(staff: &Staff, permission: Permission) -> Vec<ShopId> {
    let mut shops: Vec<ShopId> = staff
        .grants
        .iter()
        .filter(|grant| grant.role.permissions().contains(&permission))
        .map(|grant| grant.shop)
        .collect();
    shops.sort_unstable();
    shops.dedup();
    shops
}

#[derive(Debug, Clone)]
pub struct NewStaff {
    pub email: String,
    pub name: String,
    pub language: Language,
    pub grants: Vec<Grant>,
    pub password: String,
}

/// `by` is empty only for the command line, where whoever may start the binary may do this.
pub async fn create(desk: &Desk, by: Option<&Staff>, new: NewStaff) -> Result<Staff> {
    may_manage(by, &new.grants)?;
    let mut faults = password_faults(&new.password, "password");
    let email = new.email.trim().to_lowercase();
    if !email.contains('@') || email.chars().count() > 200 {
        faults.push(Fault { field: "email", code: "malformed" });
    }
    if new.name.trim().is_empty() {
        faults.push(Fault { field: "name", code: "empty" });
    }
    if !faults.is_empty() {
        return Err(DeskError::Invalid(faults));
    }
    let staff = Staff {
        id: StaffId::from_bits(desk.ids.bits()),
        email,
        name: new.name.trim().to_owned(),
        password_hash: hash(new.password).await?,
        language: new.language,
        presence: Presence::Offline,
        disabled: false,
        grants: new.grants,
        created_at: desk.now(),
    };
    match desk.store.create_staff(&staff).await {
        Err(StoreError::Conflict) => return Err(DeskError::invalid("email", "taken")),
        other => other?,
    }
    audit(desk, by, "staff.created", &staff.id.to_string(), serde_json::json!({ "email": staff.email })).await?;
    Ok(staff)
}

#[derive(Debug, Clone, Default)]
pub struct StaffChange {
    pub name: Option<String>,
    pub grants: Option<Vec<Grant>>,
    pub disabled: Option<bool>,
    pub password: Option<String>,
}

pub async fn update(desk: &Desk, by: Option<&Staff>, id: StaffId, wanted: StaffChange) -> Result<Staff> {
    let mut staff = desk.store.staff(id).await?.ok_or(DeskError::NotFound)?;
    may_manage(by, &staff.grants)?;
    if let Some(grants) = &wanted.grants {
        may_manage(by, grants)?;
    }
    if by.is_some_and(|by| by.id == id) && wanted.disabled == Some(true) {
        return Err(DeskError::invalid("disabled", "oneself"));
    }
    let changed = serde_json::json!({
        "name": wanted.name.is_some(), "grants": wanted.grants.is_some(),
        "disabled": wanted.disabled, "password": wanted.password.is_some(),
    });
    let ends_sign_ins = wanted.password.is_some() || wanted.disabled == Some(true);
    if let Some(name) = wanted.name.filter(|name| !name.trim().is_empty()) {
        staff.name = name.trim().to_owned();
    }
    staff.grants = wanted.grants.unwrap_or(staff.grants);
    staff.disabled = wanted.disabled.unwrap_or(staff.disabled);
    if let Some(password) = wanted.password {
        staff.password_hash = checked_hash(password, "password").await?;
    }
    desk.store.update_staff(&staff).await?;
    if ends_sign_ins {
        desk.store.delete_sign_ins_of(id).await?;
    }
    audit(desk, by, "staff.updated", &id.to_string(), changed).await?;
    Ok(staff)
}

/// Everybody may change their own password; all their other sign-ins end.
pub async fn change_password(desk: &Desk, staff: &Staff, current: &str, new: &str) -> Result<()> {
    if !verify(current.to_owned(), staff.password_hash.clone()).await? {
        return Err(DeskError::invalid("current", "wrong"));
    }
    let mut staff = staff.clone();
    staff.password_hash = checked_hash(new.to_owned(), "new").await?;
    desk.store.update_staff(&staff).await?;
    desk.store.delete_sign_ins_of(staff.id).await?;
    audit(desk, Some(&staff), "staff.password_changed", &staff.id.to_string(), serde_json::json!({})).await
}

pub async fn set_presence(desk: &Desk, staff: StaffId, presence: Presence) -> Result<()> {
    desk.store.set_presence(staff, presence, desk.now()).await?;
    desk.bus.send(Hint::Presence { staff });
    Ok(())
}

/// Whom to turn to in a shop.
pub(crate) async fn supervisors(desk: &Desk, shop: ShopId) -> Result<Vec<StaffId>> {
    let all = desk.store.list_staff().await?;
    Ok(all.into_iter().filter(|one| can(one, Some(shop), Permission::Supervise)).map(|one| one.id).collect())
}

pub async fn set_language(desk: &Desk, staff: &Staff, language: Language) -> Result<()> {
    let staff = Staff { language, ..staff.clone() };
    Ok(desk.store.update_staff(&staff).await?)
}

/// Writes down who did what; the product has no way to change it.
pub async fn audit(
    desk: &Desk,
    by: Option<&Staff>,
    action: &str,
    subject: &str,
    detail: serde_json::Value,
) -> Result<()> {
    Ok(desk.store.record_audit(&audit_of(desk, by, action, subject, detail)).await?)
}

pub(crate) fn audit_of(
    desk: &Desk,
    by: Option<&Staff>,
    action: &str,
    subject: &str,
    detail: serde_json::Value,
) -> NewAudit {
    NewAudit {
        id: AuditId::from_bits(desk.ids.bits()),
        at: desk.now(),
        staff: by.map(|by| by.id),
        action: action.to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_string(),
    }
}

/// An admin grants roles only in shops that are theirs to manage.
fn may_manage(by: Option<&Staff>, grants: &[Grant]) -> Result<()> {
    match by {
        None => Ok(()),
        Some(by) if !can(by, None, Permission::ManageStaff) => Err(DeskError::Forbidden),
        Some(by) if grants.iter().all(|grant| can(by, Some(grant.shop), Permission::ManageStaff)) => Ok(()),
        Some(_) => Err(DeskError::NotFound),
    }
}

fn password_faults(password: &str, field: &'static str) -> Vec<Fault> {
    match password.chars().count() {
        n if n < MIN_PASSWORD_CHARS => vec![Fault { field, code: "too_short" }],
        n if n > MAX_PASSWORD_CHARS => vec![Fault { field, code: "too_long" }],
        _ => Vec::new(),
    }
}

async fn checked_hash(password: String, field: &'static str) -> Result<String> {
    let faults = password_faults(&password, field);
    if faults.is_empty() { hash(password).await } else { Err(DeskError::Invalid(faults)) }
}

async fn hash(password: String) -> Result<String> {
    tokio::task::spawn_blocking(move || hash_now(&password))
        .await
        .ok()
        .flatten()
        .ok_or(DeskError::Internal("password hashing failed"))
}

fn hash_now(password: &str) -> Option<String> {
    let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).ok()?;
    Some(hash.to_string())
}

async fn verify(password: String, hash: String) -> Result<bool> {
    tokio::task::spawn_blocking(move || {
        PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
    .map_err(|_| DeskError::Internal("password check failed"))
}

/// A random text that can't be guessed.
pub fn secret() -> String {
    let bytes: [u8; TOKEN_BYTES] = rand::random();
    URL_SAFE_NO_PAD.encode(bytes)
}

fn hash_token(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
