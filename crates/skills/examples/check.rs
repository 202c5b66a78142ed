//! Every fault of the skills in a folder, without the server: `cargo run -p tandem-skills --example check -- FOLDER`.

fn main() -> std::process::ExitCode {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "content/skills".into());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|it| it == "yaml")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            files.push(skills::Source { file: path.display().to_string(), text });
        }
    }
    match skills::load(&files) {
        Ok(found) => {
            println!("{} skills, no fault", found.len());
            std::process::ExitCode::SUCCESS
        }
        Err(faults) => {
            faults.iter().for_each(|fault| println!("{fault}"));
            std::process::ExitCode::FAILURE
        }
    }
}
