//! A shop that is a file: exported JSON, a folder of CSV tables, or any JSON through a mapping. Held in memory and
//! read again when the file changes; rows that can't be used are reported, never guessed at. The file itself is never
//! written: what is done to orders is kept beside it.

mod expression;
mod json;
mod kept;
mod mapping;
mod report;
mod tables;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

use tokio::time::Instant;

pub use self::{
    mapping::{Mapping, MappingError},
    report::{ImportReport, REJECTED_SHOWN_MAX, Rejected},
};
use super::{
    Health, Outage, Records, ShopError,
    write::{self, Done, Errand},
};

/// Bytes one file may have: a shop of a hundred thousand orders is about half of it, and it is held in memory.
pub const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Products, customers or orders one shop may have.
pub const RECORDS_MAX: usize = 500_000;
/// How long a change may go unseen.
pub const POLL: Duration = Duration::from_secs(5);

/// Where the records come from.
#[derive(Debug, Clone)]
pub enum FileSource {
    /// One file in the desk's own form.
    Json(PathBuf),
    /// A folder with `products.csv`, `orders.csv`, …
    Tables(PathBuf),
    /// Any JSON file, read through a mapping.
    Mapped { file: PathBuf, mapping: PathBuf },
    /// Records the caller read; there is nothing to read again.
    Held,
}

impl FileSource {
    fn files(&self) -> Vec<PathBuf> {
        match self {
            Self::Json(file) => vec![file.clone()],
            Self::Tables(folder) => tables::FILES.iter().map(|name| folder.join(name)).collect(),
            Self::Mapped { file, mapping } => vec![file.clone(), mapping.clone()],
            Self::Held => Vec::new(),
        }
    }
}

/// What was read, and from which state of the files.
struct Loaded {
    /// With what was done to them since.
    records: Arc<Records>,
    /// As the file has them.
    base: Arc<Records>,
    report: Arc<ImportReport>,
    /// Modification time and length of each file; `None` where it is missing.
    seen: Vec<Option<(SystemTime, u64)>>,
}

pub struct FileShop {
    source: FileSource,
    poll: Duration,
    loaded: RwLock<Loaded>,
    /// When the files were last looked at, and why the last change could not be taken over.
    polled: tokio::sync::Mutex<(Instant, Option<String>)>,
    /// Where what is done is kept; without it, only as long as the process runs.
    sidecar: Option<PathBuf>,
    writing: tokio::sync::Mutex<()>,
}

impl FileShop {
    /// Reads everything once; fails when nothing can be read, not when single rows are bad.
    pub async fn open(source: FileSource) -> Result<Self, ShopError> {
        let loaded = load_off_thread(source.clone()).await?;
        Ok(Self::with(source, loaded))
    }

    fn with(source: FileSource, loaded: Loaded) -> Self {
        Self {
            source,
            poll: POLL,
            loaded: RwLock::new(loaded),
            polled: tokio::sync::Mutex::new((Instant::now(), None)),
            sidecar: None,
            writing: tokio::sync::Mutex::new(()),
        }
    }

    /// Keeps what is done to orders in this file, and takes over what it holds already.
    pub async fn keeping(self, sidecar: PathBuf) -> Result<Self, ShopError> {
        if let Some(kept) = kept::read(&sidecar)? {
            let mut loaded = self.loaded.write().unwrap_or_else(PoisonError::into_inner);
            loaded.records = Arc::new(kept.over(&loaded.base));
        }
        Ok(Self { sidecar: Some(sidecar), ..self })
    }

    pub(super) async fn carry_out(&self, errand: &Errand<'_>) -> Result<Done, ShopError> {
        self.change(|records| write::carry_out(records, errand, false)).await
    }

    pub(super) async fn undo(&self, key: &str) -> Result<(), ShopError> {
        self.change(|records| write::undo(records, key)).await
    }

    /// Runs one change on a copy, keeps it on disk, then shows it. A change that can't be kept is not made.
    async fn change<T>(&self, make: impl FnOnce(&mut Records) -> Result<T, ShopError>) -> Result<T, ShopError> {
        let _one_at_a_time = self.writing.lock().await;
        let (base, mut next) = {
            let loaded = self.loaded.read().unwrap_or_else(PoisonError::into_inner);
            (loaded.base.clone(), loaded.records.as_ref().clone())
        };
        let made = make(&mut next)?;
        let next = Arc::new(next);
        if let Some(sidecar) = self.sidecar.clone() {
            let changed = next.clone();
            tokio::task::spawn_blocking(move || kept::write(&sidecar, &kept::Kept::of(&base, &changed)))
                .await
                .map_err(|stopped| ShopError::unavailable_because(Outage::Storage, stopped))??;
        }
        self.loaded.write().unwrap_or_else(PoisonError::into_inner).records = next;
        Ok(made)
    }

    /// A shop of records that were read already, such as one of many alike in an evaluation.
    pub fn holding(records: Records) -> Self {
        let records = Arc::new(records);
        let report = Arc::new(ImportReport::default());
        Self::with(FileSource::Held, Loaded { base: records.clone(), records, report, seen: Vec::new() })
    }

    /// Looks for changes at most this often instead of every [`POLL`].
    pub fn polling_every(self, poll: Duration) -> Self {
        Self { poll, ..self }
    }

    /// The records, read again first when a file has changed since.
    pub async fn records(&self) -> Arc<Records> {
        self.refresh().await;
        self.loaded.read().unwrap_or_else(PoisonError::into_inner).records.clone()
    }

    /// What the last reading accepted and rejected.
    pub fn report(&self) -> Arc<ImportReport> {
        self.loaded.read().unwrap_or_else(PoisonError::into_inner).report.clone()
    }

    pub async fn health(&self) -> Result<Health, ShopError> {
        let records = self.records().await;
        let failed = self.polled.lock().await.1.clone();
        Ok(records.health("file", failed.or_else(|| self.report().warning())))
    }

    /// A file that can't be read keeps the records of before: a half-written export must not empty the shop.
    async fn refresh(&self) {
        // Somebody else is looking already; the records of before serve meanwhile.
        let Ok(mut polled) = self.polled.try_lock() else { return };
        if polled.0.elapsed() < self.poll {
            return;
        }
        polled.0 = Instant::now();
        let files = self.source.files();
        let seen = tokio::task::spawn_blocking(move || fingerprints(&files)).await.unwrap_or_default();
        if seen == self.loaded.read().unwrap_or_else(PoisonError::into_inner).seen {
            return;
        }
        match load_off_thread(self.source.clone()).await {
            Ok(mut loaded) => {
                polled.1 = None;
                let _nobody_writes = self.writing.lock().await;
                let mut held = self.loaded.write().unwrap_or_else(PoisonError::into_inner);
                loaded.records = Arc::new(kept::Kept::of(&held.base, &held.records).over(&loaded.base));
                *held = loaded;
            }
            Err(failure) => {
                tracing::warn!(error = &failure as &dyn std::error::Error, "shop file changed but can't be read");
                polled.1 = Some(failure.to_string());
            }
        }
    }
}

async fn load_off_thread(source: FileSource) -> Result<Loaded, ShopError> {
    tokio::task::spawn_blocking(move || load(&source))
        .await
        .map_err(|stopped| ShopError::unavailable_because(Outage::Storage, stopped))?
}

fn load(source: &FileSource) -> Result<Loaded, ShopError> {
    // Taken before reading, so that a change during it is seen at the next poll.
    let seen = fingerprints(&source.files());
    let (records, report) = match source {
        FileSource::Json(file) => json::import(&read_json(file)?)?,
        FileSource::Tables(folder) => tables::import(folder)?,
        FileSource::Mapped { file, mapping } => {
            let bytes = read(mapping)?;
            let mapping = Mapping::parse(&bytes).map_err(|flaw| ShopError::bad_answer(flaw.to_string()))?;
            mapping.import(&read_json(file)?)?
        }
        FileSource::Held => return Err(ShopError::unavailable(Outage::Storage)),
    };
    let records = Arc::new(records);
    Ok(Loaded { base: records.clone(), records, report: Arc::new(report), seen })
}

fn fingerprints(files: &[PathBuf]) -> Vec<Option<(SystemTime, u64)>> {
    let look = |file: &PathBuf| {
        let found = fs::metadata(file).ok()?;
        Some((found.modified().ok()?, found.len()))
    };
    files.iter().map(look).collect()
}

fn read(file: &Path) -> Result<Vec<u8>, ShopError> {
    let unavailable = |source: std::io::Error| ShopError::unavailable_because(Outage::Storage, source);
    if fs::metadata(file).map_err(unavailable)?.len() > FILE_BYTES_MAX {
        return Err(ShopError::bad_answer(format!("{}: larger than {FILE_BYTES_MAX} bytes", name_of(file))));
    }
    fs::read(file).map_err(unavailable)
}

fn read_json(file: &Path) -> Result<serde_json::Value, ShopError> {
    serde_json::from_slice(&read(file)?).map_err(|flaw| ShopError::bad_answer(format!("{}: {flaw}", name_of(file))))
}

/// The folder stays out of messages: it says how the server is set up.
fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
