//! `tandem doctor`: looks at everything the desk needs, changes nothing, and says how to mend what is wrong.

use std::{net::TcpListener, path::Path, process::ExitCode};

use engine::bot::skill::Shelf;
use models::fetch::{self, MULTILINGUAL_E5_SMALL};
use store::{OpenOptions, Store, StoreKind};

use crate::{
    assets,
    config::{Config, EmbeddingModel},
    problem::describe,
    start::{data_dir::is_open_to_others, embedder, shops},
};

/// Room for a day of files and the database's own needs.
const MIN_FREE_MIB: u64 = 512;
/// When this was written: a clock before it is wrong, and tokens would not expire as they should.
const WRITTEN_AT_MS: i64 = 1_793_000_000_000;

enum Finding {
    Fine(String),
    /// The desk works, with less.
    Note {
        what: String,
        mend: String,
    },
    Wrong {
        what: String,
        mend: String,
    },
}

struct Report {
    is_well: bool,
}

impl Report {
    fn add(&mut self, name: &str, finding: Finding) {
        match finding {
            Finding::Fine(what) => println!("  ok    {name:<12} {what}"),
            Finding::Note { what, mend } => println!("  note  {name:<12} {what}\n        {:<12} -> {mend}", ""),
            Finding::Wrong { what, mend } => {
                self.is_well = false;
                println!("  WRONG {name:<12} {what}\n        {:<12} -> {mend}", "");
            }
        }
    }
}

fn wrong(what: impl Into<String>, mend: impl Into<String>) -> Finding {
    Finding::Wrong { what: what.into(), mend: mend.into() }
}

fn note(what: impl Into<String>, mend: impl Into<String>) -> Finding {
    Finding::Note { what: what.into(), mend: mend.into() }
}

pub async fn run(settings: anyhow::Result<Config>) -> anyhow::Result<ExitCode> {
    let mut report = Report { is_well: true };
    let config = match settings {
        Ok(config) => config,
        Err(error) => {
            let mend = "correct the file or the variable; `tandem config` prints every key with its default";
            report.add("settings", wrong(format!("{error:#}"), mend));
            return Ok(ExitCode::FAILURE);
        }
    };
    report.add("settings", Finding::Fine("read".into()));
    report.add("data folder", data_folder(&config.data_dir));
    report.add("disk", disk(&config.data_dir));
    database(&config, &mut report).await;
    report.add("model", model(&config).await);
    report.add("assets", web_apps());
    report.add("skills", skills(&config));
    report.add("clock", clock());
    report.add("address", address(&config));
    for shop in &config.shops {
        report.add("shop", shop_key(&shop.key));
    }
    println!("{}", if report.is_well { "\nThe desk can run." } else { "\nThe desk can't run like this." });
    Ok(if report.is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn skills(config: &Config) -> Finding {
    let folder = config.skills_folder();
    let shelf = Shelf::default();
    let found = shelf.read_folder(&folder);
    let Some(first) = found.faults.first() else {
        return Finding::Fine(format!("{} skills, {} of them your own", shelf.skills().len(), found.taken.len()));
    };
    let mend =
        format!("the shipped skills stay in their place; `tandem skills check {}` tells all faults", folder.display());
    note(format!("{} faults, the first: {first}", found.faults.len()), mend)
}

fn data_folder(folder: &Path) -> Finding {
    let shown = folder.display();
    if !folder.exists() {
        return note(format!("{shown} isn't there yet"), "`tandem serve` makes it");
    }
    let probe = folder.join(".doctor");
    if let Err(error) = std::fs::write(&probe, b"").and_then(|()| std::fs::remove_file(&probe)) {
        return wrong(format!("{shown}: {error}"), format!("let this user write: chown -R $(whoami) {shown}"));
    }
    match is_open_to_others(folder) {
        Ok(false) => Finding::Fine(format!("{shown}")),
        Ok(true) => note(format!("{shown} can be read by others"), format!("chmod 700 {shown}")),
        Err(error) => wrong(format!("{shown}: {error}"), "see that it is a folder"),
    }
}

/// Asked of `df`, whose answer has the same form on every Unix.
fn disk(folder: &Path) -> Finding {
    let existing = folder.ancestors().find(|path| path.exists()).unwrap_or(Path::new("/"));
    let output = std::process::Command::new("df").arg("-Pk").arg(existing).output();
    let free_kib = output.ok().and_then(|output| {
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().nth(1)?.split_whitespace().nth(3)?.parse::<u64>().ok()
    });
    match free_kib.map(|kib| kib / 1024) {
        None => note("how much is free could not be found out", "see that `df` is installed"),
        Some(free) if free < MIN_FREE_MIB => {
            wrong(format!("{free} MiB free"), format!("make room: at least {MIN_FREE_MIB} MiB"))
        }
        Some(free) => Finding::Fine(format!("{free} MiB free")),
    }
}

async fn database(config: &Config, report: &mut Report) {
    let address = config.database_address();
    let file = address.strip_prefix("sqlite://").map(|path| path.split('?').next().unwrap_or_default().to_owned());
    if file.as_ref().is_some_and(|path| !Path::new(path).exists()) {
        report.add("database", note("no database yet", "`tandem serve` makes it"));
        return;
    }
    // For reading only: a doctor changes nothing.
    let looked_at = if file.is_some() && !address.contains('?') { format!("{address}?mode=ro") } else { address };
    let options = OpenOptions { max_connections: 1, ..OpenOptions::default() };
    let store = match Store::open(&looked_at, options).await {
        Ok(store) => store,
        Err(error) => {
            let mend = "see that database_url is right, the server runs, and this user may use it";
            report.add("database", wrong(describe(&error), mend));
            return;
        }
    };
    match store.ping().await {
        Ok(()) => {
            let kind = if store.kind() == StoreKind::Sqlite { "SQLite" } else { "PostgreSQL" };
            report.add("database", Finding::Fine(kind.into()));
        }
        Err(error) => report.add("database", wrong(describe(&error), "see that the server runs and has room")),
    }
    report.add(
        "schema",
        match store.pending_migrations().await {
            Ok(pending) if pending.is_empty() => Finding::Fine("up to date".into()),
            Ok(pending) => note(format!("not applied: {}", pending.join(", ")), "tandem migrate"),
            Err(error) => wrong(describe(&error), "the database is of another version; use the right binary"),
        },
    );
    let accounts = store.list_staff().await.map(|staff| staff.len()).unwrap_or_default();
    report.add(
        "accounts",
        match accounts {
            0 => note("nobody can sign in yet", "tandem staff create --role admin --email … --name …"),
            count => Finding::Fine(format!("{count}")),
        },
    );
    store.close().await;
}

async fn model(config: &Config) -> Finding {
    if config.embedding.model != EmbeddingModel::Local {
        return Finding::Fine(format!("{:?}", config.embedding.model).to_lowercase());
    }
    let Ok(path) = embedder::path(&config.embedding) else {
        return wrong("no folder for models", "set embedding.path, TANDEM_MODEL_DIR or HOME");
    };
    if !path.exists() {
        return note("not there: search is by words only", "tandem model fetch");
    }
    let checked = path.clone();
    match tokio::task::spawn_blocking(move || fetch::verify(&MULTILINGUAL_E5_SMALL, &checked)).await {
        Ok(Ok(())) => Finding::Fine(path.display().to_string()),
        _ => wrong(format!("{} is damaged", path.display()), format!("rm {}; tandem model fetch", path.display())),
    }
}

fn web_apps() -> Finding {
    let missing: Vec<&str> = assets::present().iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    match missing.as_slice() {
        [] => Finding::Fine("console, widget and storefront".into()),
        missing => note(
            format!("not in this binary: {}", missing.join(", ")),
            "npm --prefix web ci && npm --prefix web run build, then build the binary again",
        ),
    }
}

fn clock() -> Finding {
    let now = jiff::Timestamp::now();
    if now.as_millisecond() < WRITTEN_AT_MS {
        return wrong(format!("it says {now}"), "set the clock; sign-ins and tokens depend on it");
    }
    Finding::Fine(format!("{}", now.strftime("%Y-%m-%d %H:%M UTC")))
}

fn address(config: &Config) -> Finding {
    match TcpListener::bind(config.listen) {
        Ok(_) => Finding::Fine(format!("{} is free", config.listen)),
        Err(error) => note(
            format!("{}: {error}", config.listen),
            "fine if the desk runs; else set TANDEM_LISTEN to a free address",
        ),
    }
}

fn shop_key(key: &str) -> Finding {
    match shops::check_key(key) {
        Ok(()) => Finding::Fine(key.to_owned()),
        Err(error) => wrong(error.to_string(), "change the key in the settings"),
    }
}
