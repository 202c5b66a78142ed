//! Stopping a worker inside the desk, always at the same place: where it sends a certain hint. The hint is heard in
//! the call that sends it, so the worker's thread stands still there until it is told to go on, or to die.

use std::{
    panic::resume_unwind,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    task::{Context, Poll, Wake, Waker},
};

use domain::id::ConversationId;
use engine::{
    bus::{Hint, TypingBy},
    desk::Desk,
    error::Result,
    jobs,
};
use tokio::{
    runtime::Handle,
    sync::{broadcast, oneshot},
    task::JoinHandle,
};

use crate::plan::Moment;

/// A round of a worker on a thread of its own.
pub struct Stoppable {
    round: JoinHandle<Result<usize>>,
    output: Option<Result<usize>>,
    wire: Arc<Tripwire>,
    go_on: mpsc::Sender<Fate>,
    /// Standing still, or done.
    pub is_stopped: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    GoesOn,
    Dies,
}

/// What a worker that died leaves on its thread.
struct Died;

impl Stoppable {
    /// Runs until the moment comes in this conversation, or until the round is over.
    pub async fn run(desk: Arc<Desk>, worker: String, id: ConversationId, moment: Moment) -> Self {
        let (go_on, told) = mpsc::channel();
        let (tripped, mut is_tripped) = oneshot::channel();
        let wire = Arc::new(Tripwire {
            id,
            moment,
            listening: Mutex::new(None),
            tripped: Mutex::new(Some(tripped)),
            told: Mutex::new(told),
        });
        wire.listen(desk.bus.subscribe());
        let runtime = Handle::current();
        let mut round = tokio::task::spawn_blocking(move || runtime.block_on(jobs_of(desk, worker)));
        let output = tokio::select! {
            biased;
            Ok(()) = &mut is_tripped => None,
            ended = &mut round => ended.ok(),
        };
        let is_stopped = output.is_none();
        Self { round, output, wire, go_on, is_stopped }
    }

    /// To the end of the round; `None` when the worker died.
    pub async fn finish(self) -> Option<Result<usize>> {
        self.end(Fate::GoesOn).await
    }

    pub async fn die(self) {
        self.end(Fate::Dies).await;
    }

    async fn end(self, fate: Fate) -> Option<Result<usize>> {
        let ended = match self.output {
            Some(output) => Some(output),
            None => {
                // It stands still and listens.
                let _ = self.go_on.send(fate);
                self.round.await.ok()
            }
        };
        // The wire and what it listens with hold each other.
        lock(&self.wire.listening).take();
        ended
    }
}

async fn jobs_of(desk: Arc<Desk>, worker: String) -> Result<usize> {
    jobs::run_once(&desk, &worker).await
}

type Listening = Pin<Box<dyn Future<Output = Option<(Hint, broadcast::Receiver<Hint>)>> + Send>>;

struct Tripwire {
    id: ConversationId,
    moment: Moment,
    listening: Mutex<Option<Listening>>,
    tripped: Mutex<Option<oneshot::Sender<()>>>,
    told: Mutex<mpsc::Receiver<Fate>>,
}

impl Tripwire {
    /// Takes in what has come, and leaves word to be called by the next hint.
    fn listen(self: &Arc<Self>, mut hints: broadcast::Receiver<Hint>) -> bool {
        let waker = Waker::from(self.clone());
        loop {
            let mut listening: Listening = Box::pin(async move { Some((hints.recv().await.ok()?, hints)) });
            match listening.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Pending => {
                    *lock(&self.listening) = Some(listening);
                    return false;
                }
                Poll::Ready(Some((hint, _))) if self.is_moment(&hint) => return true,
                Poll::Ready(Some((_, rest))) => hints = rest,
                Poll::Ready(None) => return false,
            }
        }
    }

    fn is_moment(&self, hint: &Hint) -> bool {
        match (self.moment, hint) {
            (Moment::Begun, Hint::Typing { conversation, by: TypingBy::Bot, .. }) => *conversation == self.id,
            (Moment::Stored, Hint::Conversation { id, .. }) => *id == self.id,
            _ => false,
        }
    }
}

impl Wake for Tripwire {
    fn wake(self: Arc<Self>) {
        let Some(mut listening) = lock(&self.listening).take() else { return };
        let waker = Waker::from(self.clone());
        let heard = match listening.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(Some(heard)) => heard,
            Poll::Ready(None) => return,
            Poll::Pending => {
                *lock(&self.listening) = Some(listening);
                return;
            }
        };
        let (hint, rest) = heard;
        if !self.is_moment(&hint) && !self.listen(rest) {
            return;
        }
        let Some(tripped) = lock(&self.tripped).take() else { return };
        // A simulation that is gone lets everybody go on.
        let is_heard = tripped.send(()).is_ok();
        if is_heard && lock(&self.told).recv() == Ok(Fate::Dies) {
            resume_unwind(Box::new(Died));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A worker may die while it holds one.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
