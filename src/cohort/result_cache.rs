//! Results of sheets, remembered: sheets with equal [keys](super::key_table) have the same result.

use crate::answers::Respondent;
use crate::bank::Verdict;
use crate::scoring::{Judge, Judgement, Model};

use super::key_table::KeyTable;
use super::line::Line;

/// Results to remember on all threads together.
const MOST_RESULTS: usize = 1 << 17;

/// Results of a set: a new result evicts the oldest of its set.
const WAYS: usize = 4;

/// A result. Its 64 bytes are one cache line; the text is behind a pointer.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(super) struct CachedResult {
    key: u64,
    /// The outcomes, where the key does not tell all about them.
    outcomes: Option<Box<[Option<u16>]>>,
    role: Option<u8>,
    pub(super) verdict: Verdict,
    pub(super) lead: f64,
    /// See [`Line::text`]; empty where no lines are written.
    pub(super) text: Box<[u8]>,
}

impl CachedResult {
    /// Returns the position of the role that leads alone, `None` on an exact tie.
    pub(super) fn role(&self) -> Option<usize> {
        self.role.map(usize::from)
    }
}

/// A set-associative cache of results, on one thread: bounded, and without anything to count.
#[derive(Clone, Debug)]
pub(super) struct ResultCache<'b, 'j> {
    judge: &'j Judge<'b>,
    line: Option<Line>,
    is_exact: bool,
    results: Vec<CachedResult>,
}

impl<'b, 'j> ResultCache<'b, 'j> {
    /// An empty cache on one of so many threads, with lines or without.
    pub(super) fn new(judge: &'j Judge<'b>, keys: &KeyTable, line: Option<Line>, threads: usize) -> Self {
        let most = MOST_RESULTS / threads.max(1) / judge.model().bank().roles.len().div_ceil(2);
        let sets = (most.clamp(1 << 8, 1 << 16) / WAYS).next_power_of_two();
        // An empty place: every bank has scored questions, so empty outcomes match no sheet.
        let (verdict, outcomes) = (Verdict::Insufficient, Some(Box::default()));
        let none = CachedResult { key: 0, outcomes, role: None, verdict, lead: 0.0, text: Box::default() };
        Self { judge, line, is_exact: keys.is_exact, results: vec![none; sets * WAYS] }
    }

    /// The model of the bank.
    pub(super) fn model(&self) -> &'b Model<'b> {
        self.judge.model()
    }

    /// Returns the result of a sheet, worked out where it is not remembered.
    #[inline]
    pub(super) fn result(&mut self, respondent: &Respondent<'_>) -> &CachedResult {
        let first = hash(respondent.key()) & (self.results.len() - WAYS);
        let set = first..first + WAYS;
        let place = set.clone().find(|&place| self.results[place].is_of(respondent));
        let place = place.unwrap_or_else(|| {
            let result = self.judge(respondent);
            self.results[set].rotate_right(1);
            self.results[first] = result;
            first
        });
        &self.results[place]
    }

    #[cold]
    fn judge(&self, respondent: &Respondent<'_>) -> CachedResult {
        let outcomes: Box<[Option<u16>]> = respondent.outcomes().collect();
        let judgement = self.judge.judge(&outcomes, &respondent.open());
        let text = self.line.as_ref().map_or_else(String::new, |line| line.text(&judgement)).into_bytes().into();
        let Judgement { role, verdict, lead, .. } = judgement;
        #[expect(clippy::cast_possible_truncation, reason = "no bank has more than twenty roles")]
        let (key, role) = (respondent.key(), role.map(|role| role as u8));
        // What a quick quiz gives depends on more than its answers, so that no other sheet has the same result.
        let outcomes =
            if respondent.is_quick() { Some(Box::default()) } else { Some(outcomes).filter(|_| !self.is_exact) };
        CachedResult { key, outcomes, role, verdict, lead, text }
    }
}

impl CachedResult {
    #[inline]
    fn is_of(&self, respondent: &Respondent<'_>) -> bool {
        self.key == respondent.key()
            && !respondent.is_quick()
            && self.outcomes.as_ref().is_none_or(|outcomes| respondent.outcomes().eq(outcomes.iter().copied()))
    }
}

/// Spreads keys over the sets.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "all bits are mixed into the lower half")]
fn hash(key: u64) -> usize {
    let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 32) as usize
}
