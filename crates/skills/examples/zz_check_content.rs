fn main() {
    let mut files = Vec::new();
    for entry in std::fs::read_dir("content/skills").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "yaml") {
            files.push(skills::Source { file: path.display().to_string(), text: std::fs::read_to_string(&path).unwrap() });
        }
    }
    match skills::load(&files) {
        Ok(all) => println!("{} skills", all.len()),
        Err(faults) => faults.iter().for_each(|it| println!("{it}")),
    }
}
