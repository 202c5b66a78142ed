//! The `tandem` binary: installs the TLS provider, reads the command line, and says what went wrong.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    // Before anything can open a TLS connection; a second installation is the same provider.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match server::cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tandem: {error:#}");
            ExitCode::FAILURE
        }
    }
}
