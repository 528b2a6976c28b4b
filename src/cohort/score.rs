//! All rows of a stream: a result for each, or a summary.

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::num::NonZero;
use std::sync::Mutex;

use crate::answers::{Form, MOST_IGNORED, RejectedRow, Respondent, RowBlock, RowReader, Rows};
use crate::scoring::{Careless, Flag, Flags, KeyTable, Scored, Scorer, lock};

use super::digits::Digits;
use super::line::{LineText, LineWriter};
use super::ordered_pool;
use super::result_cache::ResultCache;
use super::row_figures::RowFigures;
use super::summary::{SheetSigns, Summary};

#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Threads to work on; results do not depend on it.
    pub threads: NonZero<usize>,
    /// True if sheets that have come before are to be flagged, which takes up to 40 bytes a sheet.
    pub duplicates: bool,
    /// The digits of numbers in lines.
    pub digits: Digits,
}

/// The progress of the work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub scored: u64,
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
    scorer: &Scorer<'_>,
    Options { threads, duplicates, digits }: Options,
    to: Form,
    out: &mut (impl Write + Send),
    mut reject: impl FnMut(&RejectedRow) -> io::Result<()> + Send,
    mut progress: impl FnMut(&Totals) -> io::Result<()> + Send,
) -> io::Result<Totals> {
    let line = LineWriter::new(scorer.bank(), to, digits);
    out.write_all(line.header().as_bytes())?;
    let figures = RowFigures::new(scorer, digits, threads.get());
    let first = LineWorker { worker: Worker::new(&rows, scorer, threads), figures };
    let mut seen = HashSet::new();
    let mut totals = Totals::default();
    let give = |Lines { stats, bytes, digests }: &Lines| {
        let again = digests.iter().filter(|(digest, _)| !seen.insert(*digest));
        let places: Vec<usize> = again.map(|&(_, place)| place).collect();
        let written = match places.as_slice() {
            [] => out.write_all(bytes),
            places => out.write_all(&line.mark(bytes, places, Flag::Duplicate)),
        };
        // Rejected rows are kept also where nobody reads the lines any more.
        stats.rejected.iter().try_for_each(&mut reject)?;
        written?;
        totals.add(stats);
        progress(&totals)
    };
    ordered_pool::work(
        threads,
        || first.clone(),
        |worker| rows.next(&mut worker.worker.block),
        |worker, lines: &mut Lines| worker.fill(lines, &line, duplicates),
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
    scorer: &'m Scorer<'m>,
    Options { threads, duplicates, .. }: Options,
    mut reject: impl FnMut(&RejectedRow) -> io::Result<()> + Send,
    mut progress: impl FnMut(&Totals) -> io::Result<()> + Send,
) -> io::Result<(Summary<'m>, Totals)> {
    let (worker, summary) = (Worker::new(&rows, scorer, threads), Summary::new(scorer));
    let first = SummaryWorker { worker, summary: summary.clone() };
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
    let all = workers.into_iter().fold(summary, |mut all, worker| {
        all.merge(worker.summary);
        all
    });
    Ok((all, totals))
}

/// The tools of one thread, which remembers what it makes of each result.
#[derive(Clone)]
struct Worker<'s, T> {
    block: RowBlock,
    reader: RowReader<'s>,
    careless: Careless,
    results: ResultCache<'s, T>,
}

/// The rest of a block beside its results.
#[derive(Debug, Default)]
struct BlockStats {
    rejected: Vec<RejectedRow>,
    ignored: Vec<String>,
    scored: u64,
    bytes: u64,
}

impl<'s, T: Clone> Worker<'s, T> {
    fn new<R: Read>(rows: &Rows<R>, scorer: &'s Scorer<'s>, threads: NonZero<usize>) -> Self {
        let keys = KeyTable::new(scorer.model());
        Self {
            block: RowBlock::default(),
            reader: rows.reader(scorer.bank(), &keys.shares),
            careless: Careless::new(scorer.model()),
            results: ResultCache::new(scorer, &keys, threads.get()),
        }
    }

    /// Hands every sheet of the block over with what is made of its result and with its flags.
    fn read(
        &mut self,
        stats: &mut BlockStats,
        make: impl Fn(Scored) -> T,
        mut each: impl FnMut(&Respondent<'_>, &T, Flags),
    ) {
        let Self { block, reader, careless, results } = self;
        *stats = BlockStats { bytes: block.bytes().len() as u64, ..BlockStats::default() };
        stats.ignored = reader.read(block, |read| match read {
            Err(row) => stats.rejected.push(row),
            Ok(respondent) => {
                stats.scored += 1;
                let mut flags = careless.flags(respondent.outcomes_of(careless.items()));
                flags.unknown = respondent.is_unknown();
                each(&respondent, results.get(&respondent, &make), flags);
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

#[derive(Debug, Default)]
struct Lines {
    stats: BlockStats,
    bytes: Vec<u8>,
    /// Digest of each row, and where one more flag goes into its line.
    digests: Vec<(u128, usize)>,
}

#[derive(Clone)]
struct LineWorker<'s> {
    worker: Worker<'s, Box<LineText>>,
    figures: RowFigures<'s>,
}

impl LineWorker<'_> {
    fn fill(&mut self, Lines { stats, bytes, digests }: &mut Lines, line: &LineWriter<'_>, duplicates: bool) {
        let Self { worker, figures } = self;
        bytes.clear();
        digests.clear();
        worker.read(
            stats,
            |scored| Box::new(line.text(scored)),
            |respondent, text, flags| {
                figures.read(respondent, text.measured);
                let place = line.write(respondent.id, text, figures, flags, bytes);
                if duplicates {
                    digests.push((respondent.digest(), place));
                }
            },
        );
    }
}

#[derive(Clone)]
struct SummaryWorker<'s> {
    worker: Worker<'s, Box<Scored>>,
    summary: Summary<'s>,
}

impl SummaryWorker<'_> {
    fn work(&mut self, seen: Option<&Mutex<HashSet<u128>>>, stats: &mut BlockStats) {
        let Self { worker, summary } = self;
        let mut outcomes = Vec::new();
        let activities = summary.scorer.activities();
        worker.read(stats, Box::new, |respondent, scored, mut flags| {
            outcomes.clear();
            outcomes.extend(respondent.outcomes());
            // Which of two equal sheets comes first does not show in a sum.
            flags.duplicate = seen.is_some_and(|seen| !lock(seen).insert(respondent.digest()));
            let dislikes_all = activities.are_disliked(|item| outcomes[item]);
            summary.add(&outcomes, scored, SheetSigns { flags, dislikes_all });
        });
    }
}
