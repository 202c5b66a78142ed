//! When something happened, on the server's clock, whatever the sender's clock says.

use domain::time::Timestamp;

use super::{
    EventFault, Origin,
    limits::{MAX_AGE_MS, MAX_AHEAD_MS, MAX_FACT_AGE_MS},
};

/// A sender knows how long before sending something happened, even when its clock is wrong.
pub fn corrected(
    origin: Origin,
    original: Timestamp,
    sent: Option<Timestamp>,
    received: Timestamp,
) -> Result<Timestamp, EventFault> {
    let at = match sent {
        // Not after it was sent: a clock that was set in between says nothing, and sending is the nearest known moment.
        Some(sent) => received.minus_ms(sent.since_ms(original).max(0)),
        None => original,
    };
    let oldest = match origin {
        Origin::Browser => MAX_AGE_MS,
        Origin::Server => MAX_FACT_AGE_MS,
    };
    if at.since_ms(received) > MAX_AHEAD_MS {
        return Err(EventFault::Future);
    }
    if received.since_ms(at) > oldest {
        return Err(EventFault::TooOld);
    }
    // A little ahead is a server's clock; nothing has happened before we know of it.
    Ok(at.min(received))
}
