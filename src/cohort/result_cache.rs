//! Results of sheets, remembered: sheets with the same sums and the same questions answered have the same result.

use std::hash::BuildHasher as _;

use rustc_hash::FxSeededState;

use crate::answers::{Respondent, seeded};
use crate::bank::Verdict;
use crate::scoring::{Judge, Judgement, Model};

use super::Scored;
use super::careless::Careless;
use super::line::Line;

/// Results to remember on all threads together.
const MOST_RESULTS: usize = 1 << 16;

/// Results of a set: those that fall into one set drive each other out, the oldest first.
const WAYS: usize = 4;

/// Questions that one word of a key tells of.
const WORD: usize = 64;

/// A result of all sheets with one key.
#[derive(Clone, Debug)]
struct CachedResult {
    hash: u64,
    role: Option<u8>,
    verdict: Verdict,
    lead: f64,
    /// The key and behind it the text of a line that says the result, side by side so that reading both costs one wait
    /// for the memory.
    key_and_text: Box<[u8]>,
}

/// A set-associative cache of results, on one thread: bounded, and without anything to count.
#[derive(Clone)]
pub(super) struct ResultCache<'b, 'j> {
    judge: &'j Judge<'b>,
    line: Option<Line>,
    careless: Careless,
    points: PointTable,
    hasher: FxSeededState,
    results: Vec<CachedResult>,
    outcomes: Vec<Option<u16>>,
    places: Vec<usize>,
    sums: Vec<i128>,
    /// The sums, then a bit for each question that is answered.
    key: Vec<u8>,
}

/// The centred points of every outcome of every scored question, one role after the other.
#[derive(Clone, Debug)]
struct PointTable {
    /// Where the first outcome of each question stands.
    starts: Vec<usize>,
    /// Points of each role.
    roles: Vec<Vec<i128>>,
}

impl<'b, 'j> ResultCache<'b, 'j> {
    /// An empty cache on one of so many threads, with lines or without.
    pub(super) fn new(judge: &'j Judge<'b>, line: Option<Line>, threads: usize) -> Self {
        let points = PointTable::new(judge.model());
        let most = MOST_RESULTS / threads.max(1) / points.roles.len().div_ceil(2);
        let sets = (most.clamp(1 << 8, 1 << 15) / WAYS).next_power_of_two();
        let none =
            CachedResult { hash: 0, role: None, verdict: Verdict::Close, lead: 0.0, key_and_text: Box::default() };
        Self {
            judge,
            line,
            careless: Careless::new(judge.model()),
            sums: vec![0; points.roles.len()],
            points,
            hasher: seeded(),
            results: vec![none; sets * WAYS],
            outcomes: Vec::new(),
            places: Vec::new(),
            key: Vec::new(),
        }
    }

    /// Returns a sheet with its result, worked out where it is not remembered, and the [text](Line::text) that says it,
    /// which is empty where no lines are written.
    pub(super) fn score(&mut self, respondent: &Respondent<'_>) -> (Scored<'_>, &[u8]) {
        self.outcomes.clear();
        self.outcomes.extend(respondent.outcomes());
        self.points.key(&self.outcomes, &mut self.places, &mut self.sums, &mut self.key);
        let place = self.place(respondent);
        let CachedResult { role, verdict, lead, key_and_text, .. } = &self.results[place];
        let flags = self.careless.flags(self.careless.items().iter().map(|&item| self.outcomes[item]));
        let (role, text) = (role.map(usize::from), &key_and_text[self.key.len()..]);
        (Scored { outcomes: &self.outcomes, sums: &self.sums, verdict: *verdict, role, lead: *lead, flags }, text)
    }

    /// Returns where the result of the sheet at hand stands, which is put there if it does not yet.
    fn place(&mut self, respondent: &Respondent<'_>) -> usize {
        let hash = self.hasher.hash_one(self.key.as_slice());
        #[expect(clippy::cast_possible_truncation, reason = "the low bits choose the set")]
        let first = (hash as usize % (self.results.len() / WAYS)) * WAYS;
        let set = &self.results[first..first + WAYS];
        let is_same = |result: &CachedResult| result.hash == hash && result.key_and_text.starts_with(&self.key);
        // What a quick quiz gives depends on more than its key.
        if let Some(way) = set.iter().position(is_same).filter(|_| !respondent.is_quick()) {
            return first + way;
        }
        let result = self.judge(hash, respondent);
        let set = &mut self.results[first..first + WAYS];
        set.rotate_right(1);
        set[0] = result;
        first
    }

    #[cold]
    fn judge(&self, hash: u64, respondent: &Respondent<'_>) -> CachedResult {
        let judgement = self.judge.judge(&self.outcomes, &respondent.open());
        let text = self.line.as_ref().map_or_else(Vec::new, |line| line.text(&judgement));
        let Judgement { role, verdict, lead, .. } = judgement;
        // No result that is remembered has the key of another one, so a quick one is told from all others by its hash.
        let hash = if respondent.is_quick() { !hash } else { hash };
        let role = role.and_then(|role| u8::try_from(role).ok());
        CachedResult { hash, role, verdict, lead, key_and_text: [self.key.as_slice(), &text].concat().into() }
    }
}

impl PointTable {
    fn new(model: &Model<'_>) -> Self {
        let (mut starts, mut roles) = (Vec::new(), vec![Vec::new(); model.bank().roles.len()]);
        for item in 0..model.questions().len() {
            starts.push(roles[0].len());
            for outcome in 0..model.outcomes(item) {
                let points = model.centred(item, outcome);
                roles.iter_mut().zip(points).for_each(|(role, points)| role.push(*points));
            }
        }
        Self { starts, roles }
    }

    /// Writes the sums of a sheet, and its key. `places` is room to work in.
    fn key(&self, outcomes: &[Option<u16>], places: &mut Vec<usize>, sums: &mut [i128], key: &mut Vec<u8>) {
        places.clear();
        key.clear();
        for (outcomes, starts) in outcomes.chunks(WORD).zip(self.starts.chunks(WORD)) {
            let mut answered = 0_u64;
            for (outcome, start) in outcomes.iter().zip(starts) {
                answered <<= 1;
                if let Some(outcome) = outcome {
                    answered |= 1;
                    places.push(start + usize::from(*outcome));
                }
            }
            key.extend_from_slice(&answered.to_le_bytes());
        }
        for (sum, points) in sums.iter_mut().zip(&self.roles) {
            *sum = places.iter().map(|&place| points[place]).sum();
            key.extend_from_slice(&sum.to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bank::{Bank, SHIPPED};

    proptest! {
        /// Keys are equal only where the result is.
        #[test]
        fn a_key_tells_sums_and_answered_questions(numbers in proptest::collection::vec(proptest::option::of(0_u16..3), 24)) {
            let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
            let model = Model::new(&bank);
            let points = PointTable::new(&model);
            let (mut sums, mut key) = (vec![9; 2], vec![9]);
            points.key(&numbers, &mut Vec::new(), &mut sums, &mut key);
            for (role, sum) in sums.iter().enumerate() {
                let centred = numbers.iter().enumerate().filter_map(|(item, number)| {
                    number.map(|outcome| model.centred(item, usize::from(outcome))[role])
                });
                prop_assert_eq!(centred.sum::<i128>(), *sum);
            }
            let bits = numbers.iter().fold(0_u64, |bits, number| bits << 1 | u64::from(number.is_some()));
            prop_assert_eq!(&key[..8], &bits.to_le_bytes());
            prop_assert_eq!(key.len(), 8 + 2 * 16);
        }
    }
}
