//! When a parcel counts as stuck.

use domain::{
    shop::{Shipment, ShipmentState},
    time::{HOUR_MS, Timestamp},
};

/// A parcel on its way without a scan for so long counts as stuck.
const STUCK_MS: i64 = 48 * HOUR_MS;

const fn is_moving(shipment: &Shipment) -> bool {
    matches!(shipment.state, ShipmentState::Created | ShipmentState::InTransit | ShipmentState::OutForDelivery)
}

pub fn is_stuck(shipment: &Shipment, now: Timestamp) -> bool {
    let latest = shipment.scans.last().map_or(shipment.created_at, |scan| scan.at);
    matches!(shipment.state, ShipmentState::Lost) || (is_moving(shipment) && now.since_ms(latest) > STUCK_MS)
}
