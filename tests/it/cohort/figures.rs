//! Figures held against brute force over the sheets, and order against order.

use pathquiz::internals::bank::{Bank, Sheet};
use pathquiz::internals::cohort::{Cohort, Flag};
use pathquiz::internals::report::Report as _;
use pathquiz::internals::scoring::{Length, Recommendation, Score, Scorer, Verdict};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{cohort, score, sheets, summary};
use crate::support::{Spec, question, sheet};

type People = Vec<Vec<Option<usize>>>;

/// A bank of several questions and the outcomes of some people.
fn groups(answered: f64) -> impl Strategy<Value = (usize, Vec<Spec>, People)> {
    (2_usize..=3, 2_usize..=6).prop_flat_map(move |(roles, questions)| {
        let answer = (0_usize..60, 0.0..1.0_f64).prop_map(move |(way, chance)| (chance < answered).then_some(way));
        (Just(roles), vec(question(roles), questions), vec(vec(answer, questions), 5..40))
    })
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-7 * (1.0 + b.abs())
}

fn fit(score: &Score<'_>, role: usize) -> f64 {
    score.fits.iter().find(|fit| fit.index == role).unwrap().fit
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (values.len() - 1) as f64
}

/// Fit points that each answer of a sheet gives a role, or the first role less the second; nothing for a skip.
fn shares(model: &Scorer<'_>, sheet: &Sheet<'_>, measure: impl Fn(&[f64]) -> f64) -> Vec<Option<f64>> {
    let score = model.score(sheet);
    let given = score.contributions();
    let of = |id: &str| given.iter().find(|part| part.question.id == id).map(|part| measure(&part.shares));
    model.model().questions().map(|question| of(&question.id)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn neither_order_nor_threads_show((roles, specs, people) in groups(0.8), cut in 0_usize..40, turn in 0_usize..40) {
        let Some(bank) = crate::support::bank(roles, &specs) else { return Ok(()) };
        let model = Scorer::new(&bank);
        let mut sheets = sheets(&bank, &people);
        let whole = cohort(&model, &sheets).json();
        let places = sheets.len();
        sheets.rotate_left(turn % places);
        let (one, two) = sheets.split_at(cut % places);
        let mut merged = summary(&model, two);
        merged.merge(summary(&model, one));
        let merged = Cohort::new(&merged, 0, &Flag::ALL);
        prop_assert_eq!(merged.respondents, people.len() as u64);
        prop_assert_eq!(merged.json(), whole);
    }

    #[test]
    fn counts_and_fits_are_those_of_the_sheets((roles, specs, people) in groups(0.8)) {
        let Some(bank) = crate::support::bank(roles, &specs) else { return Ok(()) };
        let model = Scorer::new(&bank);
        let sheets = sheets(&bank, &people);
        let cohort = cohort(&model, &sheets);
        let details = cohort.details.unwrap();
        let scores: Vec<Score<'_>> = sheets.iter().map(|sheet| model.score(sheet)).collect();
        for sheet in &sheets {
            let (outcomes, result) = score(&model, sheet);
            prop_assert_eq!(model.score_outcomes(&outcomes, &[]), result);
        }
        let all: Vec<Recommendation<'_>> = scores.iter().map(|score| Recommendation::new(score, Length::Full)).collect();
        let count = |of: &dyn Fn(&Recommendation<'_>) -> bool| all.iter().filter(|one| of(one)).count() as u64;
        for &(verdict, people) in &details.verdicts {
            prop_assert_eq!(people, count(&|one| one.verdict == verdict));
        }
        prop_assert_eq!(details.tied.people, count(&|one| !one.tied.is_empty()));
        let leads = all.iter().filter(|one| one.lead < 5.0 - 1e-9).count() as u64;
        prop_assert_eq!(details.leads.bins().next(), Some((0, 5, leads)));
        for (role, standing) in details.roles.iter().enumerate() {
            let led = |one: &Recommendation<'_>| one.role.is_some_and(|led| led.id == standing.role.id);
            prop_assert_eq!(standing.recommended.people, count(&led));
            for &(verdict, people) in standing.recommended.verdicts.iter().flatten() {
                prop_assert_eq!(people, count(&|one| led(one) && one.verdict == verdict));
            }
            let fits: Vec<f64> = scores.iter().map(|score| fit(score, role)).collect();
            prop_assert!(near(standing.fit.mean, mean(&fits)) && near(standing.fit.deviation, variance(&fits).sqrt()));
            let (low, high) = (fits.iter().copied().reduce(f64::min), fits.iter().copied().reduce(f64::max));
            prop_assert_eq!(Some(standing.fit.lowest.to_bits()), low.map(f64::to_bits));
            prop_assert_eq!(Some(standing.fit.highest.to_bits()), high.map(f64::to_bits));
            for (from, to, people) in standing.fit.histogram.bins() {
                let inside = |fit: &&f64| (f64::from(from) - 1e-9..f64::from(to) - 1e-9).contains(*fit) || (to == 100 && **fit > 99.0);
                prop_assert_eq!(people, fits.iter().filter(inside).count() as u64);
            }
        }
        for (index, item) in details.questions.iter().enumerate() {
            let answered = people.iter().filter(|outcomes| outcomes[index].is_some()).count() as u64;
            prop_assert_eq!((item.answered, item.skipped), (answered, people.len() as u64 - answered));
        }
    }

    /// alpha by the variances of answers and totals, item-total by the correlation with the rest, as a textbook has them.
    #[test]
    fn alphas_are_those_of_a_textbook((roles, specs, people) in groups(1.0)) {
        let Some(bank) = crate::support::bank(roles, &specs) else { return Ok(()) };
        let model = Scorer::new(&bank);
        let sheets = sheets(&bank, &people);
        let details = cohort(&model, &sheets).details.unwrap();
        prop_assert_eq!(details.lead.is_some(), roles == 2);
        let check = |measure: &dyn Fn(&[f64]) -> f64, found: &pathquiz::internals::cohort::Reliability, sum: Option<usize>| {
            let rows: Vec<Vec<f64>> =
                sheets.iter().map(|sheet| shares(&model, sheet, measure).into_iter().map(Option::unwrap).collect()).collect();
            // Answers that give everybody the same whatever they are do not count as questions.
            let told = |index: usize| range(&model, &bank, index, measure) > 1e-9;
            let items: Vec<usize> = (0..rows[0].len()).filter(|&index| told(index)).collect();
            prop_assert_eq!(found.questions, items.len());
            let total = |row: &Vec<f64>| items.iter().map(|&item| row[item]).sum::<f64>();
            let totals: Vec<f64> = rows.iter().map(total).collect();
            let columns: f64 = items.iter().map(|&item| variance(&rows.iter().map(|row| row[item]).collect::<Vec<_>>())).sum();
            if let Some(alpha) = found.alpha {
                let k = items.len() as f64;
                let reference = k / (k - 1.0) * (1.0 - columns / variance(&totals));
                prop_assert!(near(alpha, reference), "{} {}", alpha, reference);
                let (low, high) = found.interval.unwrap();
                prop_assert!(low <= alpha && alpha <= high);
                prop_assert_eq!(found.respondents, people.len() as u64);
            }
            for (index, item) in details.questions.iter().enumerate() {
                let Some(worth) = sum.and_then(|sum| item.stats[sum]) else { continue };
                let Some(found) = worth.item_total else { continue };
                let own: Vec<f64> = rows.iter().map(|row| row[index]).collect();
                let rest: Vec<f64> = rows.iter().map(|row| total(row) - row[index]).collect();
                let (a, b) = (mean(&own), mean(&rest));
                let product: f64 = own.iter().zip(&rest).map(|(x, y)| (x - a) * (y - b)).sum();
                let reference = product / (own.len() - 1) as f64 / (variance(&own) * variance(&rest)).sqrt();
                prop_assert!(near(found, reference), "{} {}", found, reference);
            }
            Ok(())
        };
        if let Some(lead) = &details.lead {
            check(&|shares| shares[0] - shares[1], lead, Some(0))?;
        }
        for (role, standing) in details.roles.iter().enumerate() {
            check(&|shares| shares[role], &standing.reliability, (roles > 2).then_some(role))?;
        }
    }
}

/// Largest less smallest of what the answers to one question can give.
fn range(model: &Scorer<'_>, bank: &Bank, index: usize, measure: &dyn Fn(&[f64]) -> f64) -> f64 {
    let outcomes = bank.questions()[index].outcomes().len();
    let given = (0..outcomes).map(|way| {
        let mut people = vec![None; index + 1];
        people[index] = Some(way);
        shares(model, &sheet(bank, &people), measure)[index].unwrap()
    });
    let (low, high) = given.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    high - low
}

#[test]
fn signs_of_careless_answers_are_added_up() {
    let bank = super::bank(2, &vec![Spec::Scale(vec![1, -1]); 6]);
    let model = Scorer::new(&bank);
    let constant = || vec![vec![Some(3); 6]; 2];
    let line = || vec![vec![Some(1), Some(1), Some(1), Some(0), Some(4), Some(0)]; 3];
    let mut merged = summary(&model, &sheets(&bank, &[constant(), line()].concat()));
    merged
        .merge(summary(&model, &sheets(&bank, &[line(), vec![(0..6).map(|item| Some(item % 5)).collect()]].concat())));
    let details = Cohort::new(&merged, 0, &Flag::ALL).details.unwrap();
    assert_eq!(details.flags, [(Flag::StraightLine, 8), (Flag::Constant, 2), (Flag::Duplicate, 0)]);
    assert_eq!(details.suspect, 8);
}

/// Everybody answers alike but for how much, so the groups at the ends are known by hand.
#[test]
fn the_upper_lower_index_is_that_of_the_ends() {
    let bank = super::bank(2, &vec![Spec::Scale(vec![1, -1]); 3]);
    let model = Scorer::new(&bank);
    // Eleven people, so three at each end: all 5 against all 1 on the first two questions, the third the other way round.
    let people: People =
        [0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4].iter().map(|&way| vec![Some(way), Some(way), Some(4 - way)]).collect();
    let found = cohort(&model, &sheets(&bank, &people)).details.unwrap();
    let index: Vec<f64> = found.questions.iter().map(|item| item.stats[0].unwrap().upper_lower.unwrap()).collect();
    assert!(index.iter().zip([1.0, 1.0, -1.0]).all(|(found, known)| near(*found, known)), "{index:?}");
    assert!(found.questions[2].stats[0].unwrap().item_total.unwrap() < 0.0, "keyed wrong");
}

#[test]
fn a_group_too_large_to_be_held_has_all_figures_but_that_index() {
    let bank = super::bank(2, &[Spec::Scale(vec![1, 0]), Spec::Scale(vec![0, 1])]);
    let model = Scorer::new(&bank);
    let people: People = (0..5).flat_map(|a| (0..5).map(move |b| vec![Some(a), Some((a + b) % 5)])).collect();
    let mut all = summary(&model, &sheets(&bank, &people));
    let few = Cohort::new(&all, 0, &Flag::ALL).details.unwrap();
    assert!(few.has_upper_lower());
    // Doubled until 2²² answers are passed.
    for _ in 0..17 {
        let same = all.clone();
        all.merge(same);
    }
    let all = Cohort::new(&all, 0, &Flag::ALL);
    let details = all.details.unwrap();
    assert!(!details.has_upper_lower());
    let total =
        |details: &pathquiz::internals::cohort::Details<'_>| details.questions[0].stats[0].unwrap().item_total.unwrap();
    assert!((total(&details) - total(&few)).abs() < 1e-9);
    assert_eq!(details.verdicts.iter().map(|(_, people)| people).sum::<u64>(), all.respondents);
    assert!(details.verdicts.iter().any(|(verdict, _)| *verdict == Verdict::Close));
}
