//! The skills a desk has: those that are part of the program, and the merchant's own in their place. A faulty file of
//! the merchant's is refused, and the shipped skill of that name stays.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use skills::{Fault, Skills, Source};

#[derive(rust_embed::RustEmbed)]
#[folder = "../../content/skills"]
struct Shipped;

/// A skill file is a few pages; more is something else.
const MAX_FILE_BYTES: u64 = 256 * 1024;
/// Files read from a merchant's folder.
const MAX_FILES: usize = 500;

/// What was found in the merchant's folder.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub taken: Vec<String>,
    pub faults: Vec<Fault>,
}

/// Shared by all turns of a process; a new set is put in at once or not at all.
#[derive(Debug)]
pub struct Shelf {
    skills: RwLock<Arc<Skills>>,
    folder: RwLock<Option<PathBuf>>,
}

impl Default for Shelf {
    fn default() -> Self {
        let skills = skills::load(&shipped()).unwrap_or_else(|faults| {
            // A test holds that there are none.
            tracing::error!(faults = faults.len(), first = %faults[0], "the shipped skills are faulty");
            Skills::default()
        });
        Self { skills: RwLock::new(Arc::new(skills)), folder: RwLock::default() }
    }
}

impl Shelf {
    pub fn skills(&self) -> Arc<Skills> {
        self.skills.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The merchant's folder, if one was read.
    pub fn folder(&self) -> Option<PathBuf> {
        self.folder.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the merchant's folder beside the shipped skills. A folder that isn't there has nothing in it.
    pub fn read_folder(&self, folder: &Path) -> Report {
        let (skills, report) = with_folder(folder);
        *self.skills.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(skills);
        *self.folder.write().unwrap_or_else(PoisonError::into_inner) = Some(folder.to_owned());
        report
    }
}

/// The shipped files.
pub fn shipped() -> Vec<Source> {
    let mut files: Vec<Source> = Shipped::iter()
        .filter(|name| name.ends_with(".yaml") && !name.contains('/'))
        .filter_map(|name| {
            let file = Shipped::get(&name)?;
            Some(Source { file: name.to_string(), text: String::from_utf8_lossy(&file.data).into_owned() })
        })
        .collect();
    files.sort_by(|one, other| one.file.cmp(&other.file));
    files
}

/// The skill files of a folder, and why some can't be read.
pub fn files_in(folder: &Path) -> (Vec<Source>, Vec<Fault>) {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    let Ok(entries) = std::fs::read_dir(folder) else { return (files, faults) };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.into_iter().filter(|path| path.extension().is_some_and(|it| it == "yaml")).take(MAX_FILES) {
        let file = path.display().to_string();
        let is_small = path.metadata().is_ok_and(|it| it.len() <= MAX_FILE_BYTES);
        match std::fs::read_to_string(&path) {
            Ok(text) if is_small => files.push(Source { file, text }),
            Ok(_) => faults.push(Fault { file, line: 1, column: 1, message: "too long for a skill".into() }),
            Err(error) => faults.push(Fault { file, line: 1, column: 1, message: error.to_string() }),
        }
    }
    (files, faults)
}

fn with_folder(folder: &Path) -> (Skills, Report) {
    let (own, faults) = files_in(folder);
    let mut report = Report { taken: Vec::new(), faults };
    let stem = |file: &str| file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let mut files: BTreeMap<String, Source> = shipped().into_iter().map(|it| (stem(&it.file), it)).collect();
    // One by one, so that each is judged beside all the others and a faulty one takes no other down with it.
    for source in own {
        let mut with_it = files.clone();
        with_it.insert(stem(&source.file), source.clone());
        let all: Vec<Source> = with_it.values().cloned().collect();
        match skills::load(&all) {
            Ok(_) => {
                report.taken.push(stem(&source.file).trim_end_matches(".yaml").to_owned());
                files = with_it;
            }
            Err(faults) => report.faults.extend(faults),
        }
    }
    let files: Vec<Source> = files.into_values().collect();
    (skills::load(&files).unwrap_or_default(), report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_skills_have_no_fault() {
        let loaded = skills::load(&shipped()).unwrap_or_else(|faults| panic!("{faults:#?}"));
        assert!(loaded.len() >= 20, "{}", loaded.len());
    }

    #[test]
    fn a_merchants_skill_takes_the_place_of_the_shipped_one_unless_it_is_faulty() {
        let folder = tempfile::tempdir().unwrap();
        let shipped = shipped();
        let track = shipped.iter().find(|it| it.file == "track_parcel.yaml").unwrap();
        let own = track.text.replacen("title: {zh: ", "title: {zh: 我家的", 1);
        std::fs::write(folder.path().join("track_parcel.yaml"), own).unwrap();
        std::fs::write(folder.path().join("return_items.yaml"), "name: return_items\nsteps: 7\n").unwrap();
        let shelf = Shelf::default();
        let report = shelf.read_folder(folder.path());
        assert_eq!(report.taken, ["track_parcel"]);
        assert!(report.faults.iter().all(|fault| fault.file.ends_with("return_items.yaml")), "{:?}", report.faults);
        let skills = shelf.skills();
        assert!(skills.get("track_parcel").unwrap().title.zh.starts_with("我家的"));
        assert!(skills.get("return_items").unwrap().examples.zh.len() > 8, "the shipped one stays");
    }
}
