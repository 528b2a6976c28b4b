//! All rows of a stream: a result for each, or a summary.

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::num::NonZero;
use std::sync::{Mutex, PoisonError};

use crate::scoring::Judge;

use super::careless::Flag;
use super::judged::{Judged, Judgements};
use super::line::Line;
use super::read::{Block, Column, Id, Reader, Rejected, Row, Sheets};
use super::summary::Summary;
use super::turns;
use super::{Form, Scored};

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows that were scored.
    pub scored: u64,
    /// Rows that were rejected.
    pub rejected: u64,
    /// Bytes that were read and understood.
    pub bytes: u64,
}

/// Scores every sheet and writes a line for each, in their order. Rows that are no sheets are handed to `reject`, in
/// their order too; `progress` is told after every block how far the work has come.
///
/// # Errors
///
/// When the stream cannot be read or the output cannot be written, or with an error of the two functions.
pub fn score<R: Read + Send>(
    mut sheets: Sheets<R>,
    judge: &Judge<'_>,
    options: Options,
    out: &mut (impl Write + Send),
    mut reject: impl FnMut(&Rejected) -> io::Result<()> + Send,
    mut progress: impl FnMut(Totals) -> io::Result<()> + Send,
) -> io::Result<Totals> {
    let Options { to, threads, duplicates } = options;
    let line = Line::new(judge.model(), to);
    out.write_all(&line.header())?;
    let first = Worker::new(&sheets, judge, Some(&line), threads);
    let mut seen = HashSet::new();
    let mut totals = Totals::default();
    let give = |Lines { told, bytes, digests }: &Lines| {
        let again = digests.iter().filter(|(digest, _)| !seen.insert(*digest));
        let places: Vec<usize> = again.map(|&(_, place)| place).collect();
        if places.is_empty() {
            out.write_all(bytes)?;
        } else {
            let mut marked = Vec::with_capacity(bytes.len() + 16 * places.len());
            line.mark(bytes, &places, Flag::Duplicate, &mut marked);
            out.write_all(&marked)?;
        }
        told.rejected.iter().try_for_each(&mut reject)?;
        totals.add(told);
        progress(totals)
    };
    turns::work(
        threads,
        || first.clone(),
        |worker| sheets.next(&mut worker.block),
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
    mut sheets: Sheets<R>,
    judge: &Judge<'m>,
    threads: NonZero<usize>,
    duplicates: bool,
    mut reject: impl FnMut(&Rejected) -> io::Result<()> + Send,
    mut progress: impl FnMut(Totals) -> io::Result<()> + Send,
) -> io::Result<(Summary<'m>, Totals)> {
    let first = Summer { worker: Worker::new(&sheets, judge, None, threads), summary: Summary::new(judge.model()) };
    let seen = duplicates.then(|| Mutex::new(HashSet::new()));
    let mut totals = Totals::default();
    let give = |told: &Told| {
        told.rejected.iter().try_for_each(&mut reject)?;
        totals.add(told);
        progress(totals)
    };
    let summers = turns::work(
        threads,
        || first.clone(),
        |summer| sheets.next(&mut summer.worker.block),
        |summer, told| summer.work(seen.as_ref(), told),
        give,
    )?;
    let mut all = Summary::new(judge.model());
    for summer in summers {
        all.merge(summer.summary);
    }
    Ok((all, totals))
}

/// What one thread works with, whatever becomes of the rows.
#[derive(Clone)]
struct Worker<'b, 'j> {
    block: Block,
    reader: Reader<'b>,
    judgements: Judgements<'b, 'j>,
}

/// What there is to tell of a block beside its results.
#[derive(Debug, Default)]
struct Told {
    rejected: Vec<Rejected>,
    scored: u64,
    bytes: u64,
}

impl<'b, 'j> Worker<'b, 'j> {
    fn new<R: Read>(sheets: &Sheets<R>, judge: &'j Judge<'b>, line: Option<&Line>, threads: NonZero<usize>) -> Self {
        Self {
            block: Block::default(),
            reader: sheets.reader(judge.model()),
            judgements: Judgements::new(judge, line.cloned(), threads.get()),
        }
    }

    /// Hands every sheet of the block over, judged.
    fn read(&mut self, told: &mut Told, mut each: impl FnMut(Id<'_>, &Row, &[Column<'_>], &Judged)) {
        let Self { block, reader, judgements } = self;
        *told = Told { bytes: block.bytes().len() as u64, ..Told::default() };
        reader.read(block, |read| match read {
            Err(row) => told.rejected.push(row),
            Ok((id, row, columns)) => {
                told.scored += 1;
                each(id, row, columns, judgements.of(row));
            }
        });
    }
}

impl Totals {
    fn add(&mut self, told: &Told) {
        self.scored += told.scored;
        self.rejected += told.rejected.len() as u64;
        self.bytes += told.bytes;
    }
}

/// The lines for a block.
#[derive(Debug, Default)]
struct Lines {
    told: Told,
    bytes: Vec<u8>,
    /// Digest of each row, and where one more flag goes into its line.
    digests: Vec<(u128, usize)>,
}

impl Lines {
    fn fill(&mut self, worker: &mut Worker<'_, '_>, line: &Line, duplicates: bool) {
        let Self { told, bytes, digests } = self;
        bytes.clear();
        digests.clear();
        worker.read(told, |id, row, columns, judged| {
            let place = line.write(id, &judged.text, row.flags(), bytes);
            if duplicates {
                digests.push((row.digest(columns), place));
            }
        });
    }
}

/// Sums up.
#[derive(Clone)]
struct Summer<'b, 'j> {
    worker: Worker<'b, 'j>,
    summary: Summary<'b>,
}

impl Summer<'_, '_> {
    fn work(&mut self, seen: Option<&Mutex<HashSet<u128>>>, told: &mut Told) {
        let Self { worker, summary } = self;
        let model = worker.judgements.model();
        let (mut outcomes, mut sums) = (Vec::new(), Vec::new());
        worker.read(told, |_, row, columns, judged| {
            outcomes.clear();
            outcomes.extend(row.outcomes());
            row.sums(model, &mut sums);
            let mut flags = row.flags();
            // Which of two equal sheets comes first does not show in a sum.
            flags.duplicate = seen
                .is_some_and(|seen| !seen.lock().unwrap_or_else(PoisonError::into_inner).insert(row.digest(columns)));
            let &Judged { role, verdict, lead, .. } = judged;
            let role = role.map(usize::from);
            summary.add(&Scored { outcomes: &outcomes, sums: &sums, verdict, role, lead, flags });
        });
    }
}
