//! Stopping a future in the middle.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
};

/// Polls until `is_there` holds after a poll, and leaves the future there: `None`. Its output when it ended before.
pub async fn poll_until<F: Future + ?Sized>(
    mut future: Pin<&mut F>,
    mut is_there: impl FnMut() -> bool,
) -> Option<F::Output> {
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if is_there() => Poll::Ready(None),
        Poll::Pending => Poll::Pending,
    })
    .await
}

pub fn after_polls(mut polls: usize) -> impl FnMut() -> bool {
    move || {
        polls = polls.saturating_sub(1);
        polls == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn stops_and_goes_on() {
        let three_yields = async {
            for _ in 0..3 {
                tokio::task::yield_now().await;
            }
            7
        };
        let mut future = std::pin::pin!(three_yields);
        assert_eq!(poll_until(future.as_mut(), after_polls(2)).await, None);
        assert_eq!(poll_until(future.as_mut(), after_polls(9)).await, Some(7));
    }
}
