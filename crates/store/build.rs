//! Embeds the migrations anew when one is added; the macro by itself notices only changes to those it knows.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
