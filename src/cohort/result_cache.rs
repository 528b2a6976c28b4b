//! Results of sheets, remembered: sheets with equal [keys](KeyTable) have the same result.

use crate::answers::Respondent;
use crate::scoring::{KeyTable, Scored, Scorer};

/// Results to remember on all threads together.
const MAX_RESULTS: usize = 1 << 17;

/// Results of a set: a new result evicts the oldest of its set.
const WAYS: usize = 4;

/// A set-associative cache of what is made of results, on one thread: bounded, and without anything to count. It is no part
/// of the [`Scorer`], which all threads share, so that none of them waits for it.
#[derive(Clone, Debug)]
pub(super) struct ResultCache<'s, T> {
    scorer: &'s Scorer<'s>,
    is_exact: bool,
    places: Vec<Option<CachedResult<T>>>,
}

/// A place of the cache. Its 64 bytes are one cache line, as long as what is made of a result is a pointer.
#[derive(Clone, Debug)]
#[repr(align(64))]
struct CachedResult<T> {
    key: u64,
    /// The outcomes, where the key does not tell all about them.
    outcomes: Option<Box<[Option<u16>]>>,
    result: T,
}

impl<'s, T: Clone> ResultCache<'s, T> {
    pub(super) fn new(scorer: &'s Scorer<'s>, keys: &KeyTable, threads: usize) -> Self {
        let most = MAX_RESULTS / threads.max(1) / scorer.bank().roles.len().div_ceil(2);
        let sets = (most.clamp(1 << 8, 1 << 16) / WAYS).next_power_of_two();
        Self { scorer, is_exact: keys.is_exact, places: vec![None; sets * WAYS] }
    }

    /// Returns what is made of the result of a sheet, worked out where it is not remembered.
    #[inline]
    pub(super) fn get(&mut self, respondent: &Respondent<'_>, make: impl FnOnce(Scored) -> T) -> &T {
        let first = hash(respondent.key()) & (self.places.len() - WAYS);
        let set = &mut self.places[first..first + WAYS];
        let known = set.iter().position(|place| place.as_ref().is_some_and(|cached| cached.is_of(respondent)));
        let place = known.unwrap_or_else(|| {
            set.rotate_right(1);
            set[0] = None;
            0
        });
        let (scorer, is_exact) = (self.scorer, self.is_exact);
        &set[place].get_or_insert_with(|| CachedResult::new(scorer, respondent, is_exact, make)).result
    }
}

impl<T> CachedResult<T> {
    #[cold]
    fn new(
        scorer: &Scorer<'_>,
        respondent: &Respondent<'_>,
        keys_are_exact: bool,
        make: impl FnOnce(Scored) -> T,
    ) -> Self {
        let outcomes: Box<[Option<u16>]> = respondent.outcomes().collect();
        let result = make(scorer.score_outcomes(&outcomes, &respondent.open()));
        let outcomes = match (respondent.is_quick(), keys_are_exact) {
            // What a quick quiz gives depends on more than its answers, so it matches no sheet: every bank has questions.
            (true, _) => Some(Box::default()),
            (false, true) => None,
            (false, false) => Some(outcomes),
        };
        Self { key: respondent.key(), outcomes, result }
    }

    #[inline]
    fn is_of(&self, respondent: &Respondent<'_>) -> bool {
        self.key == respondent.key()
            && !respondent.is_quick()
            && self.outcomes.as_ref().is_none_or(|outcomes| respondent.outcomes().eq(outcomes.iter().copied()))
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "all bits are mixed into the lower half")]
fn hash(key: u64) -> usize {
    let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 32) as usize
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::answers::{ImportOptions, RowBlock, Rows};
    use crate::scoring::tests::coins;

    /// Leads of the rows of a file of answers, on one of so many threads, and how many results were made for them.
    fn leads(weights: &[i64], threads: usize, text: &str) -> (Vec<f64>, usize) {
        let bank = coins(weights);
        let scorer = Scorer::new(&bank);
        let keys = KeyTable::new(scorer.model());
        let mut rows =
            Rows::open(text.as_bytes(), &bank, &ImportOptions::default()).unwrap_or_else(|_| panic!("these are rows"));
        let (mut reader, mut block) = (rows.reader(&bank, &keys.shares), RowBlock::default());
        let (mut cache, made, mut leads) = (ResultCache::new(&scorer, &keys, threads), Cell::new(0), Vec::new());
        while rows.next(&mut block).unwrap() {
            reader.read(&block, |row| {
                let respondent = row.unwrap_or_else(|_| panic!("every row is a sheet"));
                leads.push(
                    *cache
                        .get(&respondent, |scored| {
                            made.set(made.get() + 1);
                            Box::new(scored.lead)
                        })
                        .as_ref(),
                );
            });
        }
        (leads, made.get())
    }

    #[test]
    fn equal_sums_of_the_same_questions_are_worked_out_once() {
        let (found, made) = leads(&[1, 1, 2], 1, "q0,q1,q2\nc0,c0,c0\nc0,c0,c0\nc0,c1,c0\nc1,c0,c0\nc0,,c0\nc0,c0,\n");
        assert_eq!(made, 4);
        assert!(found.iter().zip([100.0, 100.0, 50.0, 50.0, 75.0, 50.0]).all(|(lead, due)| (lead - due).abs() < 1e-9));
    }

    /// Places run out where there are more results than the cache holds, and a row that comes again is worked out again.
    #[test]
    fn what_is_evicted_is_worked_out_again() {
        let weights: Vec<i64> = (0..12).map(|power| 1 << power.min(6)).collect();
        let ids: Vec<String> = (0..12).map(|question| format!("q{question}")).collect();
        let row = |number: usize| (0..12).map(|bit| format!("c{}", number >> bit & 1)).collect::<Vec<_>>().join(",");
        let rows: String = (0..4_096).map(|number| row(number) + "\n").collect();
        let (found, made) = leads(&weights, usize::MAX, &format!("{}\n{rows}{rows}", ids.join(",")));
        assert_eq!(found[..4_096], found[4_096..]);
        assert!(made > 448, "there are 448 results and 256 places, but {made} were made");
    }

    /// The answers to a quick quiz and the same with the rest skipped have equal keys and other results.
    #[test]
    fn a_quick_result_is_no_other_sheets() {
        let plain = r#"{"q0": "c0", "q1": "c0"}"#;
        let quick = r#"{"schema_version": 1, "answers": {"q0": "c0", "q1": "c0"}, "recommendation": {"asked": 2, "of": 3, "chance": null}}"#;
        let (_, made) = leads(&[1, 1, 1], 1, &format!("{plain}\n{quick}\n{quick}\n{plain}\n"));
        assert_eq!(made, 3, "one for both plain rows, and one for each quick one");
    }
}
