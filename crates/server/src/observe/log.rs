//! Setting up the log, once per process.

use tracing_subscriber::{EnvFilter, filter::ParseError, fmt};

use crate::config::{Log, LogFormat};

/// Fails when the filter can't be read. A second call does nothing.
pub fn set_up(settings: &Log) -> Result<(), ParseError> {
    let filter = EnvFilter::try_new(&settings.filter)?;
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(true);
    let outcome = match settings.format {
        LogFormat::Pretty => builder.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init(),
    };
    // Somebody else's subscriber is in place: theirs is as good.
    let _ = outcome;
    Ok(())
}
