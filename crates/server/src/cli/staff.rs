//! `tandem staff`: the first accounts of a fresh desk, and a way back in for whoever forgot the password.

use std::{collections::HashMap, io::Read};

use anyhow::Context;
use clap::{Args, Subcommand};
use domain::{language::Language, staff::Role};
use engine::{
    desk::Desk,
    staff::{self, NewStaff, StaffChange},
};
use store::Grant;

use crate::{
    config::Config,
    demo::password,
    start::{open_desk, open_store},
};

#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Make an account. Prints a password unless one is given on standard input.
    Create(Create),
    /// Give an account a new password; all its sign-ins end.
    ResetPassword(Reset),
    /// Name all accounts.
    List,
}

#[derive(Debug, Args)]
pub struct Create {
    #[arg(long)]
    email: String,
    #[arg(long)]
    name: String,
    /// agent, supervisor, operator or admin; may be given several times.
    #[arg(long = "role", required = true, value_parser = role)]
    roles: Vec<Role>,
    /// Keys of the shops; all when none is named.
    #[arg(long = "shop")]
    shops: Vec<String>,
    /// zh or en.
    #[arg(long, default_value = "zh", value_parser = language)]
    language: Language,
    /// Read the password from standard input instead of making one.
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Args)]
pub struct Reset {
    email: String,
    /// Read the password from standard input instead of making one.
    #[arg(long)]
    password_stdin: bool,
}

fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|()| "agent, supervisor, operator or admin".into())
}

fn language(text: &str) -> Result<Language, String> {
    Language::from_tag(text).ok_or_else(|| "zh or en".into())
}

pub async fn run(config: Config, command: StaffCommand) -> anyhow::Result<()> {
    let store = open_store(&config).await?;
    let desk = open_desk(&config, store, HashMap::new()).await?;
    match command {
        StaffCommand::Create(wish) => create(&desk, wish).await?,
        StaffCommand::ResetPassword(wish) => reset(&desk, wish).await?,
        StaffCommand::List => list(&desk).await?,
    }
    desk.store.close().await;
    Ok(())
}

/// The password, and whether it was made here and has to be told.
fn chosen(from_stdin: bool) -> anyhow::Result<(String, bool)> {
    if !from_stdin {
        return Ok((password(), true));
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("reading the password")?;
    Ok((text.trim_end_matches(['\r', '\n']).to_owned(), false))
}

async fn create(desk: &Desk, wish: Create) -> anyhow::Result<()> {
    let known = desk.store.shops().await?;
    let mut shops = Vec::new();
    for key in &wish.shops {
        shops.push(known.iter().find(|shop| shop.key == *key).with_context(|| format!("there is no shop `{key}`"))?.id);
    }
    if shops.is_empty() {
        shops = known.iter().map(|shop| shop.id).collect();
    }
    let grants = shops.iter().flat_map(|&shop| wish.roles.iter().map(move |&role| Grant { shop, role })).collect();
    let (password, is_new) = chosen(wish.password_stdin)?;
    let new =
        NewStaff { email: wish.email, name: wish.name, language: wish.language, grants, password: password.clone() };
    let made = staff::create(desk, None, new).await?;
    println!("{} can sign in now.", made.email);
    if is_new {
        println!("Password: {password}");
    }
    Ok(())
}

async fn reset(desk: &Desk, wish: Reset) -> anyhow::Result<()> {
    let email = wish.email.to_lowercase();
    let known = desk.store.staff_by_email(&email).await?.with_context(|| format!("there is no account `{email}`"))?;
    let (password, is_new) = chosen(wish.password_stdin)?;
    let change = StaffChange { password: Some(password.clone()), ..StaffChange::default() };
    staff::update(desk, None, known.id, change).await?;
    println!("{email} has a new password.");
    if is_new {
        println!("Password: {password}");
    }
    Ok(())
}

async fn list(desk: &Desk) -> anyhow::Result<()> {
    for person in desk.store.list_staff().await? {
        let mut roles: Vec<&str> = person.grants.iter().map(|grant| grant.role.as_str()).collect();
        roles.sort_unstable();
        roles.dedup();
        let state = if person.disabled { " (disabled)" } else { "" };
        println!("{:<32} {:<20} {}{state}", person.email, person.name, roles.join(","));
    }
    Ok(())
}
