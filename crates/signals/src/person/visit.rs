//! One visit: what was done without half an hour's pause. All of it is known while it lasts, so models may use it.

use domain::time::{MINUTE_MS, Timestamp};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Name, Property};

/// The convention of GA4 and Segment.
pub const GAP_MS: i64 = 30 * MINUTE_MS;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    pub started: Timestamp,
    pub last: Timestamp,
    /// Visits so far, this one included.
    pub number: u16,
    pub pages: u16,
    pub products: u16,
    pub policies: u16,
    pub searches: u16,
    pub adds: u16,
    pub failures: u16,
    /// Rage and dead clicks, form errors, searches without a result.
    pub troubles: u16,
    /// The last value that was said of the cart.
    pub cart_minor: i64,
    /// Time in which the page was visible and used.
    pub active_s: u32,
}

impl Visit {
    pub(super) fn apply(&mut self, event: &Event) {
        if event.at < self.started {
            return;
        }
        // Facts of the shop's server aren't a visit.
        if event.origin == crate::event::Origin::Server {
            return;
        }
        if self.number == 0 || event.at.since_ms(self.last) > GAP_MS {
            *self = Self { started: event.at, number: self.number.saturating_add(1), ..Self::default() };
        }
        self.last = self.last.max(event.at);
        let is_cart = matches!(event.name, Name::CartViewed | Name::CheckoutStarted | Name::CheckoutFailed);
        if let Some(value) = event.properties.whole(Property::ValueMinor).filter(|_| is_cart) {
            self.cart_minor = value;
        }
        let count = match event.name {
            Name::PageViewed => &mut self.pages,
            Name::ProductViewed => &mut self.products,
            Name::PolicyViewed | Name::SizeChartViewed => &mut self.policies,
            Name::ProductsSearched => &mut self.searches,
            Name::ProductAdded => &mut self.adds,
            Name::CheckoutFailed | Name::CouponDenied => &mut self.failures,
            Name::RageClick | Name::DeadClick | Name::FormError | Name::SearchNoResult | Name::UTurn => {
                &mut self.troubles
            }
            Name::PageDwell => {
                let active_ms = event.properties.whole(Property::ActiveMs).unwrap_or_default();
                self.active_s = self.active_s.saturating_add(u32::try_from(active_ms / 1_000).unwrap_or_default());
                return;
            }
            _ => return,
        };
        *count = count.saturating_add(1);
    }

    pub fn is_over(&self, now: Timestamp) -> bool {
        now.since_ms(self.last) > GAP_MS
    }
}
