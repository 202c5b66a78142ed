//! How much of what an event or a batch may hold. Who sends more is refused or cut, never waited for.

use domain::time::{DAY_MS, MINUTE_MS};

/// Browsers send at most 64 KB when a page is left (`sendBeacon`); a larger batch is not one of ours.
pub const MAX_BATCH_BYTES: usize = 64 * 1024;
/// The SDK sends every few seconds; more in one batch is an offline buffer that should be split, or a flood.
pub const MAX_BATCH_EVENTS: usize = 100;
/// As many as GA4 takes.
pub const MAX_ITEMS: usize = 200;
/// Ids and codes: order numbers and SKUs are shorter everywhere.
pub const MAX_CODE_CHARS: usize = 64;
/// A search query is a few words; longer ones are pasted text, which may be personal.
pub const MAX_TEXT_CHARS: usize = 100;
pub const MAX_PATH_CHARS: usize = 300;
/// A run of so many digits in a search query may be a phone or card number, and is masked.
pub const MASKED_DIGITS: usize = 5;
/// Amounts of up to a hundred million in units of a hundredth.
pub const MAX_MINOR: i64 = 10_000_000_000;
/// Durations and counts no page can reach.
pub const MAX_COUNT: i64 = 1_000_000_000;
/// What was kept offline for longer is no longer news.
pub const MAX_AGE_MS: i64 = 7 * DAY_MS;
/// Facts of orders come when the connector can read them, perhaps after a long outage.
pub const MAX_FACT_AGE_MS: i64 = 90 * DAY_MS;
/// Clocks of servers differ by seconds; further ahead is a mistake or a forgery.
pub const MAX_AHEAD_MS: i64 = 5 * MINUTE_MS;
/// For so long an `event_id` is known again; senders give up sooner.
pub const REMEMBERED_MS: i64 = DAY_MS;

/// Keys of a query string that say what is shown and not who looks at it; all others are cut off.
pub const QUERY_KEYS: &[&str] = &["category", "page", "sort", "utm_campaign", "utm_medium", "utm_source"];
