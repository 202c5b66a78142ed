//! Downloads one file in as many pieces as the network makes of it, keeping what has come in a `.part` file.

use super::index::{Wheel, network};
use super::unpack::sha256_of;
use super::{FetchError, Progress, disk};
use reqwest::{Client, Response, StatusCode, header};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;

/// Over twice the wheel's size; a server that sends more is not sending our wheel.
const MAX_WHEEL_BYTES: u64 = 200 * 1024 * 1024;
/// Tries in a row that bring nothing new before giving up.
const MAX_FRUITLESS_TRIES: u32 = 3;
/// Between tries, so that a server that is restarting is not hammered.
const PAUSE: Duration = Duration::from_millis(500);
/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);
/// How long the connection may be silent.
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// The client all requests of a fetch share.
pub fn client() -> Result<Client, FetchError> {
    let client = Client::builder().connect_timeout(CONNECT_TIMEOUT).read_timeout(READ_TIMEOUT);
    client.build().map_err(network)
}

/// Downloads `wheel` into `dir`, going on from an earlier `.part` file, and returns the whole file's path.
/// Checked against the index's sha256 if it gave one; a file that fails is removed.
pub async fn download(
    client: &Client,
    wheel: &Wheel,
    dir: &Path,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<PathBuf, FetchError> {
    let path = dir.join(format!("{}.part", wheel.name));
    let mut fruitless = 0;
    loop {
        let before = length(&path).await?;
        let outcome = attempt(client, wheel, &path, progress).await;
        let error = match outcome {
            Ok(()) => break,
            Err(error @ (FetchError::Network(_) | FetchError::CutShort { .. })) => error,
            Err(error) => return Err(error),
        };
        fruitless = if length(&path).await? > before { 0 } else { fruitless + 1 };
        if fruitless == MAX_FRUITLESS_TRIES {
            return Err(error);
        }
        tokio::time::sleep(PAUSE).await;
    }
    check(wheel, &path).await?;
    Ok(path)
}

/// One request for what is still missing.
async fn attempt(
    client: &Client,
    wheel: &Wheel,
    path: &Path,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<(), FetchError> {
    let have = length(path).await?;
    let mut request = client.get(wheel.url.clone());
    if have > 0 {
        request = request.header(header::RANGE, format!("bytes={have}-"));
    }
    let mut response = request.send().await.map_err(network)?;
    let start = match response.status() {
        StatusCode::OK => 0,
        StatusCode::PARTIAL_CONTENT if range_start(&response) == Some(have) => have,
        // Nothing follows what is here: either it is whole, or it is not a part of this file at all.
        StatusCode::RANGE_NOT_SATISFIABLE if have > 0 => {
            if range_total(&response) == Some(have) {
                return Ok(());
            }
            tokio::fs::remove_file(path).await.map_err(|source| disk(path, source))?;
            return Err(FetchError::CutShort { missing: have });
        }
        status => return Err(FetchError::Status { what: "the wheel", status: status.as_u16() }),
    };
    let total = response.content_length().map(|rest| start + rest);
    if total.is_some_and(|total| total > MAX_WHEEL_BYTES) {
        return Err(FetchError::TooLarge("the wheel"));
    }
    let mut file = open(path, start).await?;
    let mut bytes = start;
    progress(Progress { bytes, total });
    let outcome = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                bytes += chunk.len() as u64;
                if bytes > MAX_WHEEL_BYTES {
                    break Err(FetchError::TooLarge("the wheel"));
                }
                file.write_all(&chunk).await.map_err(|source| disk(path, source))?;
                progress(Progress { bytes, total });
            }
            Ok(None) => break Ok(()),
            Err(error) => break Err(network(error)),
        }
    };
    file.flush().await.map_err(|source| disk(path, source))?;
    outcome?;
    match total {
        Some(total) if bytes < total => Err(FetchError::CutShort { missing: total - bytes }),
        _ => Ok(()),
    }
}

/// Opens the partial file for writing from `start`, where it already ends, or anew.
async fn open(path: &Path, start: u64) -> Result<File, FetchError> {
    let mut options = OpenOptions::new();
    let options = if start == 0 { options.write(true).create(true).truncate(true) } else { options.append(true) };
    options.open(path).await.map_err(|source| disk(path, source))
}

async fn length(path: &Path) -> Result<u64, FetchError> {
    match tokio::fs::metadata(path).await {
        Ok(metadata) => Ok(metadata.len()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(source) => Err(disk(path, source)),
    }
}

/// `a` of "Content-Range: bytes a-b/c".
fn range_start(response: &Response) -> Option<u64> {
    let range = response.headers().get(header::CONTENT_RANGE)?.to_str().ok()?;
    range.strip_prefix("bytes ")?.split('-').next()?.parse().ok()
}

/// `c` of "Content-Range: bytes */c".
fn range_total(response: &Response) -> Option<u64> {
    let range = response.headers().get(header::CONTENT_RANGE)?.to_str().ok()?;
    range.rsplit('/').next()?.parse().ok()
}

async fn check(wheel: &Wheel, path: &Path) -> Result<(), FetchError> {
    let Some(expected) = wheel.sha256.clone() else { return Ok(()) };
    let file = path.to_path_buf();
    let found = tokio::task::spawn_blocking(move || sha256_of(&file)).await;
    let found = found.map_err(|_| FetchError::Stopped)??;
    if found == expected {
        return Ok(());
    }
    tokio::fs::remove_file(path).await.map_err(|source| disk(path, source))?;
    Err(FetchError::WrongContent { path: path.to_path_buf(), found, expected })
}
