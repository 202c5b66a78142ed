//! `tandem openapi`: prints the OpenAPI document.

pub fn run() {
    print!("{}", crate::openapi::print());
}
