//! All rows of a stream: a result for each, or a summary.

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::num::NonZero;
use std::sync::{Mutex, PoisonError};

use crate::answers::{Block, Form, MOST_IGNORED, RejectedRow, Respondent, RowReader, Rows};
use crate::scoring::Judge;

use super::Scored;
use super::careless::{Careless, Flag, Flags};
use super::key_table::KeyTable;
use super::line::Line;
use super::ordered_pool;
use super::result_cache::{CachedResult, ResultCache};
use super::summary::Summary;

/// How to score.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// What to write.
    pub to: Form,
    /// Threads to work on; results do not depend on it.
    pub threads: NonZero<usize>,
    /// Whether to flag sheets that have come before, which takes up to 40 bytes a sheet.
    pub duplicates: bool,
}

/// How far the work has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows that were scored.
    pub scored: u64,
    /// Rows that were rejected.
    pub rejected: u64,
    /// Bytes that were read and understood.
    pub bytes: u64,
    /// Fields that were left alone in lines of JSON, each once; no more than 4,096 of them.
    pub ignored: Vec<String>,
}

/// Scores every sheet and writes a line for each, in their order. Rows that are no sheets are handed to `reject`, in
/// their order too; `progress` is told after every block how far the work has come.
///
/// # Errors
///
/// When the stream cannot be read or the output cannot be written, or with an error of the two functions.
pub fn score<R: Read + Send>(
    mut rows: Rows<R>,
    judge: &Judge<'_>,
    options: Options,
    out: &mut (impl Write + Send),
    mut reject: impl FnMut(&RejectedRow) -> io::Result<()> + Send,
    mut progress: impl FnMut(&Totals) -> io::Result<()> + Send,
) -> io::Result<Totals> {
    let Options { to, threads, duplicates } = options;
    let line = Line::new(judge.model(), to);
    out.write_all(line.header().as_bytes())?;
    let first = Worker::new(&rows, judge, Some(&line), threads);
    let mut seen = HashSet::new();
    let mut totals = Totals::default();
    let give = |Lines { stats, bytes, digests }: &Lines| {
        let again = digests.iter().filter(|(digest, _)| !seen.insert(*digest));
        let places: Vec<usize> = again.map(|&(_, place)| place).collect();
        if places.is_empty() {
            out.write_all(bytes)?;
        } else {
            let mut marked = Vec::with_capacity(bytes.len() + 16 * places.len());
            line.mark(bytes, &places, Flag::Duplicate, &mut marked);
            out.write_all(&marked)?;
        }
        stats.rejected.iter().try_for_each(&mut reject)?;
        totals.add(stats);
        progress(&totals)
    };
    ordered_pool::work(
        threads,
        || first.clone(),
        |worker| rows.next(&mut worker.block),
        |worker, lines: &mut Lines| lines.fill(worker, &line, duplicates),
        give,
    )?;
    Ok(totals)
}

/// Sums all sheets of a stream up; what is the same in both is as in [`score`].
///
/// # Errors
///
/// When the stream cannot be read, or with an error of the two functions.
pub fn summarise<'m, R: Read + Send>(
    mut rows: Rows<R>,
    judge: &Judge<'m>,
    threads: NonZero<usize>,
    duplicates: bool,
    mut reject: impl FnMut(&RejectedRow) -> io::Result<()> + Send,
    mut progress: impl FnMut(&Totals) -> io::Result<()> + Send,
) -> io::Result<(Summary<'m>, Totals)> {
    let first =
        SummaryWorker { worker: Worker::new(&rows, judge, None, threads), summary: Summary::new(judge.model()) };
    let seen = duplicates.then(|| Mutex::new(HashSet::new()));
    let mut totals = Totals::default();
    let give = |stats: &BlockStats| {
        stats.rejected.iter().try_for_each(&mut reject)?;
        totals.add(stats);
        progress(&totals)
    };
    let workers = ordered_pool::work(
        threads,
        || first.clone(),
        |worker| rows.next(&mut worker.worker.block),
        |worker, stats| worker.work(seen.as_ref(), stats),
        give,
    )?;
    let mut all = Summary::new(judge.model());
    for worker in workers {
        all.merge(worker.summary);
    }
    Ok((all, totals))
}

/// What one thread works with, whatever becomes of the rows.
#[derive(Clone)]
struct Worker<'b, 'j> {
    block: Block,
    reader: RowReader<'b>,
    careless: Careless,
    results: ResultCache<'b, 'j>,
}

/// What there is to tell of a block beside its results.
#[derive(Debug, Default)]
struct BlockStats {
    rejected: Vec<RejectedRow>,
    ignored: Vec<String>,
    scored: u64,
    bytes: u64,
}

impl<'b, 'j> Worker<'b, 'j> {
    fn new<R: Read>(rows: &Rows<R>, judge: &'j Judge<'b>, line: Option<&Line>, threads: NonZero<usize>) -> Self {
        let keys = KeyTable::new(judge.model());
        Self {
            block: Block::default(),
            reader: rows.reader(judge.model().bank(), &keys.shares),
            careless: Careless::new(judge.model()),
            results: ResultCache::new(judge, &keys, line.cloned(), threads.get()),
        }
    }

    /// Hands every sheet of the block over with its result and its flags.
    fn read(&mut self, stats: &mut BlockStats, mut each: impl FnMut(&Respondent<'_>, &CachedResult, Flags)) {
        let Self { block, reader, careless, results } = self;
        *stats = BlockStats { bytes: block.bytes().len() as u64, ..BlockStats::default() };
        stats.ignored = reader.read(block, |read| match read {
            Err(row) => stats.rejected.push(row),
            Ok(respondent) => {
                stats.scored += 1;
                let flags = careless.flags(respondent.outcomes_of(careless.items()));
                each(&respondent, results.result(&respondent), flags);
            }
        });
    }
}

impl Totals {
    fn add(&mut self, stats: &BlockStats) {
        self.scored += stats.scored;
        self.rejected += stats.rejected.len() as u64;
        self.bytes += stats.bytes;
        for name in &stats.ignored {
            if self.ignored.len() < MOST_IGNORED && !self.ignored.contains(name) {
                self.ignored.push(name.clone());
            }
        }
    }
}

/// The lines for a block.
#[derive(Debug, Default)]
struct Lines {
    stats: BlockStats,
    bytes: Vec<u8>,
    /// Digest of each row, and where one more flag goes into its line.
    digests: Vec<(u128, usize)>,
}

impl Lines {
    fn fill(&mut self, worker: &mut Worker<'_, '_>, line: &Line, duplicates: bool) {
        let Self { stats, bytes, digests } = self;
        bytes.clear();
        digests.clear();
        worker.read(stats, |respondent, result, flags| {
            let place = line.write(respondent.id, &result.text, flags, bytes);
            if duplicates {
                digests.push((respondent.digest(), place));
            }
        });
    }
}

/// Sums up on one thread.
#[derive(Clone)]
struct SummaryWorker<'b, 'j> {
    worker: Worker<'b, 'j>,
    summary: Summary<'b>,
}

impl SummaryWorker<'_, '_> {
    fn work(&mut self, seen: Option<&Mutex<HashSet<u128>>>, stats: &mut BlockStats) {
        let Self { worker, summary } = self;
        let model = worker.results.model();
        let (mut outcomes, mut sums) = (Vec::new(), Vec::new());
        worker.read(stats, |respondent, result, mut flags| {
            outcomes.clear();
            outcomes.extend(respondent.outcomes());
            sums.clear();
            sums.resize(model.bank().roles.len(), 0);
            for (item, outcome) in outcomes.iter().enumerate() {
                let points = outcome.map_or(&[][..], |outcome| model.centred(item, usize::from(outcome)));
                sums.iter_mut().zip(points).for_each(|(sum, points)| *sum += points);
            }
            // Which of two equal sheets comes first does not show in a sum.
            flags.duplicate = seen
                .is_some_and(|seen| !seen.lock().unwrap_or_else(PoisonError::into_inner).insert(respondent.digest()));
            let (role, CachedResult { verdict, lead, .. }) = (result.role(), result);
            summary.add(&Scored { outcomes: &outcomes, sums: &sums, verdict: *verdict, role, lead: *lead, flags });
        });
    }
}
