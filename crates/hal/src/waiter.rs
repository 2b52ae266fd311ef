//! The one waiter thread of a device: it runs callbacks when tickets are reached, so that queue threads never run foreign code
//! and nobody needs a thread per wait.

use crate::error::{Error, Result};
use crate::timeline::Ticket;
use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

type Callback = Box<dyn FnOnce(Result<()>) + Send>;

enum Message {
    Watch(Ticket, Callback),
    Look,
    Stop,
}

/// Runs callbacks on tickets. Dropping it calls what is still open with [`Error::Cancelled`].
pub(crate) struct Waiter {
    sender: Sender<Message>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
}

struct Knock(Mutex<Sender<Message>>);

impl Wake for Knock {
    fn wake(self: Arc<Self>) {
        let sender = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        // The receiver is gone only when the device is being closed; then nobody needs waking.
        let _ = sender.send(Message::Look);
    }
}

impl Waiter {
    pub(crate) fn start() -> Result<Waiter> {
        let (sender, receiver) = channel();
        let waker = Waker::from(Arc::new(Knock(Mutex::new(sender.clone()))));
        let thread = std::thread::Builder::new()
            .name("downbeat-waiter".into())
            .spawn(move || run(&receiver, &waker))
            .map_err(|cause| Error::system("starting the waiter thread", cause))?;
        Ok(Waiter { sender, thread: Mutex::new(Some(thread)) })
    }

    /// Calls `callback` on the waiter thread once `ticket` is reached or failed.
    pub(crate) fn watch(&self, ticket: Ticket, callback: Callback) {
        if let Err(refused) = self.sender.send(Message::Watch(ticket, callback))
            && let Message::Watch(_, callback) = refused.0
        {
            callback(Err(Error::Cancelled));
        }
    }
}

fn run(receiver: &Receiver<Message>, waker: &Waker) {
    let mut context = Context::from_waker(waker);
    let mut open: Vec<(Ticket, Option<Callback>)> = Vec::new();
    while let Ok(message) = receiver.recv() {
        match message {
            Message::Watch(ticket, callback) => open.push((ticket, Some(callback))),
            Message::Look => {}
            Message::Stop => break,
        }
        open.retain_mut(|(ticket, callback)| match Pin::new(ticket).poll(&mut context) {
            Poll::Pending => true,
            Poll::Ready(outcome) => {
                if let Some(callback) = callback.take() {
                    callback(outcome);
                }
                false
            }
        });
    }
    for (_, callback) in &mut open {
        if let Some(callback) = callback.take() {
            callback(Err(Error::Cancelled));
        }
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        let _ = self.sender.send(Message::Stop);
        let thread = self.thread.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
        if let Some(thread) = thread
            && thread.thread().id() != std::thread::current().id()
        {
            // A callback that panicked has already ended the thread; there is nothing left to wait for.
            let _ = thread.join();
        }
    }
}
