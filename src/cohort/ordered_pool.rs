//! Blocks worked on by several threads, taken and given back in their order.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use crate::scoring::lock;

/// Results that may wait for those before them, on top of one for each thread.
const WAITING: usize = 4;

/// Runs `threads` workers until `take` returns false. Each takes a block, makes a result of it and gives it; results are
/// reused. `take` and `give` run one at a time in block order, `work` in parallel. An error stops all workers. Returns the
/// workers, the calling thread's first.
pub(super) fn work<W: Send, R: Default + Send>(
    threads: NonZero<usize>,
    start: impl Fn() -> W + Sync,
    take: impl FnMut(&mut W) -> io::Result<bool> + Send,
    work: impl Fn(&mut W, &mut R) + Sync,
    give: impl FnMut(&R) -> io::Result<()> + Send,
) -> io::Result<Vec<W>> {
    let pool = Pool {
        taking: Mutex::new((take, Ticket::default())),
        giving: Mutex::new(give),
        results: Mutex::new(Results::default()),
        changed: Condvar::new(),
        most: WAITING + threads.get(),
    };
    thread::scope(|scope| {
        // A thread that cannot be had leaves its blocks to the others.
        let others: Vec<_> = (1..threads.get())
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, || pool.run(&start, &work)).ok())
            .collect();
        let mut workers = vec![pool.run(&start, &work)];
        for other in others {
            workers.push(other.join().unwrap_or_else(|_| Err(io::Error::other("a thread stopped"))));
        }
        workers.into_iter().collect()
    })
}

#[derive(Default)]
struct Ticket {
    block: u64,
    is_over: bool,
}

/// Results on their way out.
#[derive(Default)]
struct Results<R> {
    waiting: BTreeMap<u64, R>,
    /// Results that were given, to be filled again.
    spare: Vec<R>,
    /// The block whose result is given next.
    next: u64,
    is_giving: bool,
    is_over: bool,
}

impl<R> Results<R> {
    fn due(&mut self) -> Option<R> {
        self.waiting.remove(&self.next).filter(|_| !self.is_over)
    }
}

struct Pool<T, G, R> {
    taking: Mutex<(T, Ticket)>,
    giving: Mutex<G>,
    results: Mutex<Results<R>>,
    changed: Condvar,
    /// Most results that wait.
    most: usize,
}

impl<T, G, R: Default> Pool<T, G, R> {
    fn run<W>(&self, start: impl Fn() -> W, work: impl Fn(&mut W, &mut R)) -> io::Result<W>
    where
        T: FnMut(&mut W) -> io::Result<bool>,
        G: FnMut(&R) -> io::Result<()>,
    {
        let guard = AbortGuard(self);
        let mut worker = start();
        while let Some(block) = self.take(&mut worker)? {
            let mut result = lock(&self.results).spare.pop().unwrap_or_default();
            work(&mut worker, &mut result);
            if !self.give(block, result)? {
                break;
            }
        }
        std::mem::forget(guard);
        Ok(worker)
    }

    /// Takes the next block and returns its number, `None` when there are no more.
    fn take<W>(&self, worker: &mut W) -> io::Result<Option<u64>>
    where
        T: FnMut(&mut W) -> io::Result<bool>,
    {
        let mut guard = lock(&self.taking);
        let (take, ticket) = &mut *guard;
        if ticket.is_over {
            return Ok(None);
        }
        ticket.is_over = true;
        ticket.is_over = !take(worker)?;
        ticket.block += 1;
        Ok((!ticket.is_over).then_some(ticket.block - 1))
    }

    /// Puts a result among those that wait, and gives all whose turn has come unless another one is at it. Waits only
    /// where too many results wait already. Returns false where one has failed.
    fn give(&self, block: u64, result: R) -> io::Result<bool>
    where
        G: FnMut(&R) -> io::Result<()>,
    {
        let is_full =
            |results: &mut Results<R>| results.waiting.len() >= self.most && results.next != block && !results.is_over;
        let results = self.changed.wait_while(lock(&self.results), is_full);
        let mut results = results.unwrap_or_else(PoisonError::into_inner);
        results.waiting.insert(block, result);
        if results.is_giving {
            return Ok(!results.is_over);
        }
        results.is_giving = true;
        while let Some(result) = results.due() {
            drop(results);
            (lock(&self.giving))(&result)?;
            results = lock(&self.results);
            results.next += 1;
            results.spare.push(result);
            self.changed.notify_all();
        }
        results.is_giving = false;
        Ok(!results.is_over)
    }
}

/// Ends the work of all when one ends before its time, by an error or a panic: nobody waits for a turn that never comes.
struct AbortGuard<'c, T, G, R>(&'c Pool<T, G, R>);

impl<T, G, R> Drop for AbortGuard<'_, T, G, R> {
    fn drop(&mut self) {
        lock(&self.0.results).is_over = true;
        self.0.changed.notify_all();
        lock(&self.0.taking).1.is_over = true;
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// Runs blocks 0, 1, 2, … of which the work on some takes long, and returns what was given.
    fn run(
        threads: usize,
        blocks: u64,
        give: impl Fn(u64) -> io::Result<()> + Sync,
    ) -> (Vec<u64>, io::Result<Vec<u64>>) {
        let (next, given) = (AtomicU64::new(0), Mutex::new(Vec::new()));
        let take = |block: &mut u64| {
            *block = next.fetch_add(1, Ordering::Relaxed);
            Ok(*block < blocks)
        };
        let work = |block: &mut u64, result: &mut u64| {
            for _ in 0..(*block % 7) * 50 {
                thread::yield_now();
            }
            *result = *block;
        };
        let give = |result: &u64| {
            lock(&given).push(*result);
            give(*result)
        };
        let ended = super::work(NonZero::new(threads).unwrap(), || 0, take, work, give);
        (given.into_inner().unwrap(), ended)
    }

    #[test]
    fn results_are_given_once_each_in_the_order_of_their_blocks() {
        for threads in [1, 2, 5] {
            let (given, ended) = run(threads, 300, |_| Ok(()));
            assert_eq!(given, (0..300).collect::<Vec<_>>());
            assert_eq!(ended.unwrap().len(), threads);
        }
        assert_eq!(run(3, 0, |_| Ok(())).0, [0; 0]);
    }

    #[test]
    fn an_error_ends_the_work_of_all_and_nothing_is_given_behind_it() {
        let failing = |block| if block == 40 { Err(io::Error::other("full")) } else { Ok(()) };
        for threads in [1, 2, 5] {
            let (given, ended) = run(threads, 10_000, failing);
            assert_eq!(given, (0..=40).collect::<Vec<_>>());
            assert_eq!(ended.unwrap_err().to_string(), "full");
        }
    }

    #[test]
    fn nobody_waits_for_a_thread_that_has_panicked() {
        let threads = NonZero::new(3).unwrap();
        let next = AtomicU64::new(0);
        let take = |block: &mut u64| {
            *block = next.fetch_add(1, Ordering::Relaxed);
            Ok(*block < 1_000)
        };
        let work = |block: &mut u64, _: &mut u64| assert_ne!(*block, 5, "a panic that is wanted");
        let ended = catch_unwind(AssertUnwindSafe(|| super::work(threads, || 0, take, work, |_| Ok(()))));
        assert!(!matches!(ended, Ok(Ok(_))));
    }
}
