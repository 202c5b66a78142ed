//! Makes the web folders exist, so that the desk builds before the web apps do. Must not build them.

use std::{env, fs, path::PathBuf};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../web");
    for app in ["console", "widget", "behaviour", "storefront"] {
        let dist = root.join(app).join("dist");
        fs::create_dir_all(&dist).unwrap_or_else(|error| panic!("{}: {error}", dist.display()));
        println!("cargo:rerun-if-changed={}", dist.display());
    }
    println!("cargo:rerun-if-changed=build.rs");
}
