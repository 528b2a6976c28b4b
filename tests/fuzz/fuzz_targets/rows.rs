//! Any bytes as a file of many sheets: the same lines however it is read, a table the same with a column that means
//! nothing, and a line of JSON the same alone as among others.
#![no_main]

use std::io::{self, Read};
use std::num::NonZero;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pathquiz::internals::answers::{Form, ImportOptions, RejectedRow, Rows};
use pathquiz::internals::bank::{Bank, SHIPPED};
use pathquiz::internals::cohort::{Digits, Options, score};
use pathquiz::internals::scoring::Scorer;

static BANK: LazyLock<Bank> = LazyLock::new(|| Bank::parse(SHIPPED.as_bytes()).expect("the shipped bank holds"));
static SCORER: LazyLock<Scorer<'static>> = LazyLock::new(|| Scorer::new(&BANK));

/// Gives a few bytes at a time.
struct Drops<'t>(&'t [u8], usize);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = self.1.min(buffer.len());
        self.0.read(&mut buffer[..most])
    }
}

fn run(bytes: &[u8], drops: usize, threads: usize) -> Option<(Form, Vec<u8>, Vec<RejectedRow>)> {
    let sheets = Rows::open(Drops(bytes, drops), &BANK, &ImportOptions::default()).ok()?;
    let (form, mut out, mut rejected) = (sheets.form(), Vec::new(), Vec::new());
    let options = Options { threads: NonZero::new(threads)?, duplicates: true, digits: Digits::All };
    let reject = |row: &RejectedRow| {
        rejected.push(row.clone());
        Ok(())
    };
    score(sheets, &SCORER, options, Form::Ndjson, &mut out, reject, |_| Ok(())).expect("nothing fails in memory");
    Some((form, out, rejected))
}

/// A table with commas and no quotes, with a column behind it that means nothing.
fn widened(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let header = text.trim_start_matches('\u{feff}').trim_start_matches(['\r', '\n']).lines().next()?;
    if text.contains(['"', ';', '\t']) || !header.contains(',') || !BANK.columns(header).is_empty() {
        return None;
    }
    let wider = |line: &str| {
        let row = line.trim_end_matches('\n');
        let row = row.strip_suffix('\r').unwrap_or(row);
        let end = &line[row.len()..];
        if row.trim().is_empty() { line.to_owned() } else { format!("{row},zzz{end}") }
    };
    Some(text.split_inclusive('\n').map(wider).collect())
}

fuzz_target!(|bytes: &[u8]| {
    let all = run(bytes, usize::MAX, 1);
    assert!(all == run(bytes, 5, 2), "blocks and threads change nothing");
    if let (Some((Form::Csv, out, rejected)), Some(wider)) = (&all, widened(bytes)) {
        let (_, other, others) = run(wider.as_bytes(), usize::MAX, 1).expect("the header names the same questions");
        assert!(*out == other && rejected.len() == others.len(), "a column that means nothing changes nothing");
    }
    let Some((Form::Ndjson, out, rejected)) = all else { return };
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let lines = text.split_inclusive(|&byte| byte == b'\n').filter(|line| line.trim_ascii_start().starts_with(b"{"));
    let alone: Vec<_> = lines.filter_map(|line| run(line, usize::MAX, 1)).filter(|(_, _, bad)| bad.is_empty()).collect();
    let count = |out: &[u8]| out.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).count();
    assert_eq!(count(&out), alone.len(), "{} rejected", rejected.len());
});
