//! Several threads at work on blocks, whose results are taken in the order of the blocks.

use std::io;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Lets each of the workers take blocks until there are no more: `take` and `give` are called by one of them at a time, in
/// the same order, `work` between them by all at once. At an error all stop. Gives the workers back, the first in front.
pub(super) fn work<W: Send>(
    threads: NonZero<usize>,
    start: impl Fn() -> W + Sync,
    take: impl FnMut(&mut W) -> io::Result<bool> + Send,
    work: impl Fn(&mut W) + Sync,
    give: impl FnMut(&mut W) -> io::Result<()> + Send,
) -> io::Result<Vec<W>> {
    let (taking, giving) = (Mutex::new((take, Turn::default())), Mutex::new((give, Turn::default())));
    let given = Condvar::new();
    let crew = Crew { taking, giving, given };
    thread::scope(|scope| {
        let others = (1..threads.get()).map(|_| scope.spawn(|| crew.run(&start, &work))).collect::<Vec<_>>();
        let mut workers = vec![crew.run(&start, &work)];
        for other in others {
            workers.push(other.join().unwrap_or_else(|_| Err(io::Error::other("a thread stopped"))));
        }
        workers.into_iter().collect()
    })
}

#[derive(Default)]
struct Turn {
    block: u64,
    is_over: bool,
}

struct Crew<T, G> {
    taking: Mutex<(T, Turn)>,
    giving: Mutex<(G, Turn)>,
    given: Condvar,
}

impl<T, G> Crew<T, G> {
    fn run<W>(&self, start: impl Fn() -> W, work: impl Fn(&mut W)) -> io::Result<W>
    where
        T: FnMut(&mut W) -> io::Result<bool>,
        G: FnMut(&mut W) -> io::Result<()>,
    {
        let stop = Stop(self);
        let mut worker = start();
        while let Some(block) = self.take(&mut worker)? {
            work(&mut worker);
            if !self.give(block, &mut worker)? {
                break;
            }
        }
        std::mem::forget(stop);
        Ok(worker)
    }

    /// Takes the next block and gives its number; nothing when there are no more.
    fn take<W>(&self, worker: &mut W) -> io::Result<Option<u64>>
    where
        T: FnMut(&mut W) -> io::Result<bool>,
    {
        let mut guard = lock(&self.taking);
        let (take, turn) = &mut *guard;
        if turn.is_over {
            return Ok(None);
        }
        turn.is_over = true;
        turn.is_over = !take(worker)?;
        turn.block += 1;
        Ok((!turn.is_over).then_some(turn.block - 1))
    }

    /// Waits for its turn and gives the result; false where another one has failed.
    fn give<W>(&self, block: u64, worker: &mut W) -> io::Result<bool>
    where
        G: FnMut(&mut W) -> io::Result<()>,
    {
        let is_early = |(_, turn): &mut (G, Turn)| turn.block != block && !turn.is_over;
        let mut guard = self.given.wait_while(lock(&self.giving), is_early).unwrap_or_else(PoisonError::into_inner);
        let (give, turn) = &mut *guard;
        if turn.is_over {
            return Ok(false);
        }
        give(worker)?;
        turn.block += 1;
        self.given.notify_all();
        Ok(true)
    }
}

/// Ends the work of all when one ends before its time, by an error or a panic: nobody waits for a turn that never comes.
struct Stop<'c, T, G>(&'c Crew<T, G>);

impl<T, G> Drop for Stop<'_, T, G> {
    fn drop(&mut self) {
        lock(&self.0.giving).1.is_over = true;
        self.0.given.notify_all();
        lock(&self.0.taking).1.is_over = true;
    }
}

fn lock<V>(mutex: &Mutex<V>) -> MutexGuard<'_, V> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
