//! The device and why it is lost, which everything made from it holds.

use super::api::{Api, Facts};
use super::cache::Unsaved;
use crate::error::Error;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock};

pub(super) struct Gpu<A: Api> {
    pub(super) api: Held<A, A>,
    /// Set once, when work on the device failed.
    lost: OnceLock<Error>,
    /// Work was given up while it may still run: nothing that it uses may ever be freed.
    abandoned: AtomicBool,
    /// Compiled kernels that no archive has.
    pub(super) unsaved: Unsaved,
    /// Held while they are written.
    writing: Mutex<()>,
}

impl<A: Api> Gpu<A> {
    pub(super) fn new(api: A) -> Gpu<A> {
        Gpu {
            api: Held::new(api),
            lost: OnceLock::new(),
            abandoned: AtomicBool::new(false),
            unsaved: Unsaved::default(),
            writing: Mutex::default(),
        }
    }

    pub(super) fn facts(&self) -> &Facts {
        self.api.facts()
    }

    /// Why the hardware is gone, if it is.
    pub(super) fn lost(&self) -> Option<&Error> {
        self.lost.get()
    }

    /// Declares the hardware gone; the first cause stays.
    pub(super) fn lose(&self, cause: Error) -> Error {
        self.lost.get_or_init(|| cause).clone()
    }

    /// Writes compiled kernels that no archive has.
    pub(super) fn save(&self) {
        let _alone = lock(&self.writing);
        if self.unsaved.take() {
            self.api.save_pipelines();
        }
    }

    /// Gives up what runs; whether nobody has before.
    pub(super) fn abandon(&self) -> bool {
        !self.abandoned.swap(true, Ordering::AcqRel)
    }

    pub(super) fn is_abandoned(&self) -> bool {
        self.abandoned.load(Ordering::Acquire)
    }
}

/// An object of Metal's. Its end leaves others behind, so that it is let go inside a pool, by whomever.
pub(super) struct Held<A: Api, T>(ManuallyDrop<T>, PhantomData<fn() -> A>);

impl<A: Api, T> Held<A, T> {
    pub(super) fn new(object: T) -> Held<A, T> {
        Held(ManuallyDrop::new(object), PhantomData)
    }
}

impl<A: Api, T> Deref for Held<A, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<A: Api, T> DerefMut for Held<A, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<A: Api, T> Drop for Held<A, T> {
    fn drop(&mut self) {
        // SAFETY: dropped once, here, and nobody sees it afterwards.
        A::pool(|| unsafe { ManuallyDrop::drop(&mut self.0) });
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
