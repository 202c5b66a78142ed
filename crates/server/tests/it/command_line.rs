//! The binary itself: a fresh desk from nothing to its first account, files in and out, and an orderly end.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(60);

fn tandem(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
    command
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("TANDEM_DATA_DIR", data_dir)
        .env("TANDEM_LISTEN", "127.0.0.1:0")
        .env("TANDEM_EMBEDDING__MODEL", "none");
    command
}

fn run(data_dir: &Path, arguments: &[&str]) -> Output {
    tandem(data_dir).args(arguments).output().expect("the binary")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn fine(output: Output) -> String {
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}

#[test]
fn from_nothing_to_a_first_account() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("desk");
    assert!(fine(run(&data, &["migrate"])).contains("0001"));
    assert!(fine(run(&data, &["migrate"])).contains("up to date"));
    let create =
        ["staff", "create", "--role", "admin", "--role", "operator", "--email", "a@example.com", "--name", "A"];
    assert!(fine(run(&data, &create)).contains("Password: "));
    let again = run(&data, &create);
    assert!(!again.status.success() && said(&again).contains("taken"), "{}", said(&again));
    assert!(fine(run(&data, &["staff", "list"])).contains("admin,operator"));

    let mut reset = tandem(&data)
        .args(["staff", "reset-password", "a@example.com", "--password-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    reset.stdin.take().unwrap().write_all(b"a long new password\n").unwrap();
    let reset = fine(reset.wait_with_output().unwrap());
    assert!(!reset.contains("a long new password"), "a password that is known isn't repeated");

    let articles = dir.path().join("articles.csv");
    std::fs::write(&articles, "key,language,question,answer\nship,zh,多久发货？,48 小时内。\n").unwrap();
    let articles = articles.to_str().unwrap();
    assert!(fine(run(&data, &["import", "articles", articles, "--dry-run"])).contains("1 articles would be created"));
    assert!(fine(run(&data, &["import", "articles", articles])).contains("1 articles were created"));
    let exported = dir.path().join("out.jsonl");
    fine(run(&data, &["export", "articles", exported.to_str().unwrap()]));
    assert!(std::fs::read_to_string(&exported).unwrap().contains("48 小时内"));

    fine(run(&data, &["shop", "create", "second", "--name-zh", "二店"]));
    assert!(fine(run(&data, &["shop", "list"])).contains("second"));
    let (old, new) = (run(&data, &["shop", "secret", "second"]), run(&data, &["shop", "new-secret", "second"]));
    assert_ne!(old.stdout, new.stdout);
    let doctor = run(&data, &["doctor"]);
    assert!(said(&doctor).contains("The desk can run."), "{}", said(&doctor));
}

#[test]
fn the_doctor_finds_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("desk");
    let fresh = run(&data, &["doctor"]);
    assert!(fresh.status.success(), "{}", said(&fresh));
    assert!(!data.exists(), "a doctor changes nothing");
    let misspelt = tandem(&data).env("TANDEM_LISSEN", "x").arg("doctor").output().unwrap();
    assert!(!misspelt.status.success() && said(&misspelt).contains("lissen"), "{}", said(&misspelt));
    fine(run(&data, &["migrate"]));
    std::fs::write(data.join("tandem.db"), "not a database, but long enough to look like a file".repeat(100)).unwrap();
    let damaged = run(&data, &["doctor"]);
    assert!(!damaged.status.success() && said(&damaged).contains("WRONG database"), "{}", said(&damaged));
}

#[test]
fn serving_ends_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let mut child = tandem(dir.path()).arg("serve").stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(log.by_ref().map_while(Result::ok).any(|line| line.contains("the desk is open")), "it never opened");
    let term = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(term.success());
    let rest: Vec<String> = log.map_while(Result::ok).collect();
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        assert!(began.elapsed() < PATIENCE, "it never ended: {rest:?}");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(status.success(), "{rest:?}");
    assert!(rest.iter().any(|line| line.contains("stopped")), "{rest:?}");
}
