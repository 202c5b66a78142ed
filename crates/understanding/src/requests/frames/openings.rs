//! Sentences that only announce what is wanted, put together with those that say it.

use super::Frame;
use crate::requests::{
    Wish, address,
    lexicon::Cue,
    scene::{Scene, is_errand},
};

/// Empty beginnings («I need to make some changes.») go, and «I'd like to return something from #W1. It's the lamp.
/// Please return it to …» is one wish.
pub(super) fn tidied(scene: &Scene<'_>, frames: Vec<Frame>) -> Vec<Frame> {
    let mut out: Vec<Frame> = Vec::new();
    let count = frames.len();
    for frame in frames {
        let orders = scene.numbered.iter().filter(|n| frame.range.contains(&n.start)).count();
        let has_goods = scene.named_in(&frame.range).next().is_some();
        let has_way = scene.paid.iter().any(|paid| frame.range.contains(&paid.start));
        let has_address = address::is_said(scene, frame.range.clone());
        let is_payment = has_way && frame.wish == Wish::ChangePayment;
        let is_bare = !(orders > 0 || has_goods || has_address || is_payment);
        let has_values = scene.said.iter().flatten().any(|said| frame.range.contains(&said.start));
        match out.last_mut() {
            // A second verb of the same wish, with nothing that would make it another one.
            Some(last) if last.wish == frame.wish && is_bare && !has_values => last.range.end = frame.range.end,
            Some(last) if is_bare && !has_values && frame.wish == Wish::Change => last.range.end = frame.range.end,
            Some(last) if last.wish == frame.wish && is_opening(scene, last) => {
                last.range.end = frame.range.end;
                last.verb = frame.verb;
                last.cue = frame.cue;
            }
            Some(last) if last.wish == Wish::Change && is_opening(scene, last) => {
                let start = last.range.start;
                *last = Frame { range: start..frame.range.end, ..frame };
            }
            Some(last) if is_opening(scene, last) && !has_order(scene, last) && frame.wish != Wish::Change => {
                // «I'd like to make a return and an exchange. …»: the first words only announce.
                let start = last.range.start;
                *last = Frame { range: start..frame.range.end, ..frame };
            }
            _ => out.push(frame),
        }
    }
    if count > 1 {
        out.retain(|frame| frame.wish != Wish::Change || has_order(scene, frame))
    }
    out
}

fn has_order(scene: &Scene<'_>, frame: &Frame) -> bool {
    scene.numbered.iter().any(|n| frame.range.contains(&n.start))
}

/// Says what kind of thing is wanted, and nothing of what it's about, or only the order.
fn is_opening(scene: &Scene<'_>, frame: &Frame) -> bool {
    let has_goods = scene.named_in(&frame.range).next().is_some();
    let has_values =
        scene.said.iter().flatten().any(|said| frame.range.contains(&said.start) && said.end - said.start > 1);
    let has_all = scene.has(frame.range.clone(), Cue::All);
    let has_way = scene.paid.iter().any(|paid| frame.range.contains(&paid.start));
    let has_reason = scene.reasons.iter().any(|because| frame.range.contains(&because.start));
    let is_address = frame.wish == Wish::ChangeAddress && address::is_said(scene, frame.range.clone());
    let is_order_enough = (frame.wish == Wish::Cancel || is_errand(frame.cue)) && has_order(scene, frame);
    !has_goods && !has_values && !has_all && !has_way && !has_reason && !is_address && !is_order_enough
}
