//! A result for every row.

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::num::NonZero;

use crate::scoring::Judge;

use super::Form;
use super::block::Block;
use super::output::{Judgements, mark};
use super::reader::Reader;
use super::sheets::Sheets;
use super::turns;

/// How to score.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// What to write.
    pub to: Form,
    /// Threads to work on; results do not depend on it.
    pub threads: NonZero<usize>,
    /// Whether to flag sheets that have come before, which takes 16 bytes a sheet.
    pub duplicates: bool,
}

/// A row that is no sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Number of its first line, from 1.
    pub line: u64,
    /// What is wrong and what to do.
    pub reason: String,
    /// The row as it stands there.
    pub row: String,
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

/// What one thread works with.
struct Worker<'b, 'j> {
    block: Block,
    reader: Reader<'b>,
    judgements: Judgements<'j>,
    lines: Vec<u8>,
    rejected: Vec<Rejected>,
    rows: u64,
    /// Digest of each row, and where one more flag goes into its line.
    digests: Vec<(u128, usize)>,
}

impl Worker<'_, '_> {
    fn work(&mut self, duplicates: bool) {
        self.lines.clear();
        self.rejected.clear();
        self.digests.clear();
        self.rows = 0;
        let Self { block, reader, judgements, lines, rejected, rows, digests } = self;
        reader.read(block, |read| match read {
            Err(row) => rejected.push(row),
            Ok((id, row, columns)) => {
                *rows += 1;
                let place = judgements.write(id, row, row.flags(), lines);
                if duplicates {
                    digests.push((row.digest(columns), place));
                }
            }
        });
    }
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
    let layout = sheets.layout.clone();
    let start = || Worker {
        block: Block::default(),
        reader: Reader::new(judge.model(), layout.clone()),
        judgements: Judgements::new(judge, to, threads.get()),
        lines: Vec::new(),
        rejected: Vec::new(),
        rows: 0,
        digests: Vec::new(),
    };
    out.write_all(&start().judgements.header())?;
    let mut seen = HashSet::new();
    let mut marked = Vec::new();
    let mut totals = Totals::default();
    let give = |worker: &mut Worker<'_, '_>| {
        let again = worker.digests.iter().filter(|(digest, _)| !seen.insert(*digest));
        let places: Vec<usize> = again.map(|&(_, place)| place).collect();
        if places.is_empty() {
            out.write_all(&worker.lines)?;
        } else {
            marked.clear();
            mark(&worker.lines, &places, to, &mut marked);
            out.write_all(&marked)?;
        }
        worker.rejected.iter().try_for_each(&mut reject)?;
        totals.scored += worker.rows;
        totals.rejected += worker.rejected.len() as u64;
        totals.bytes += worker.block.bytes().len() as u64;
        progress(totals)
    };
    turns::work(threads, start, |worker| sheets.next(&mut worker.block), |worker| worker.work(duplicates), give)?;
    Ok(totals)
}
