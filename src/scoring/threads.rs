//! Work on several threads, whose number shows in no result.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

/// Most threads that work for one bank.
const MAX_THREADS: usize = 4;

/// Has several threads do the same work, which they share out among themselves.
pub(super) fn on_threads(work: impl Fn() + Copy + Send) {
    thread::scope(|scope| {
        // A thread that cannot be had leaves its share to the others.
        (1..MAX_THREADS).for_each(|_| drop(thread::Builder::new().spawn_scoped(scope, work)));
        work();
    });
}

/// Locks a mutex and ignores poisoning: what it guards is whole after every use.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
