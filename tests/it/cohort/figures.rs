//! Figures held against brute force over the sheets, and order against order.

use pathquiz::internals::bank::{Bank, Sheet, Verdict};
use pathquiz::internals::cohort::{Cohort, Details};
use pathquiz::internals::report::Report as _;
use pathquiz::internals::scoring::{Flag, Length, Recommendation, Score, Scorer};
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
fn shares(scorer: &Scorer<'_>, sheet: &Sheet<'_>, measure: impl Fn(&[f64]) -> f64) -> Vec<Option<f64>> {
    let score = scorer.score(sheet);
    let given = score.contributions();
    let of = |id: &str| given.iter().find(|part| part.question.id == id).map(|part| measure(&part.shares));
    scorer.model().questions().map(|question| of(&question.id)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn neither_order_nor_threads_show((roles, specs, people) in groups(0.8), cut in 0_usize..40, turn in 0_usize..40) {
        let Some(bank) = crate::support::bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let mut sheets = sheets(&bank, &people);
        let whole = cohort(&scorer, &sheets).json();
        let places = sheets.len();
        sheets.rotate_left(turn % places);
        let (one, two) = sheets.split_at(cut % places);
        let mut merged = summary(&scorer, two);
        merged.merge(summary(&scorer, one));
        let merged = Cohort::new(&merged, 0, &Flag::ALL);
        prop_assert_eq!(merged.respondents, people.len() as u64);
        prop_assert_eq!(merged.json(), whole);
    }

    #[test]
    fn counts_and_fits_are_those_of_the_sheets((roles, specs, people) in groups(0.8)) {
        let Some(bank) = crate::support::bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let sheets = sheets(&bank, &people);
        let cohort = cohort(&scorer, &sheets);
        let details = cohort.details.unwrap();
        let scores: Vec<Score<'_>> = sheets.iter().map(|sheet| scorer.score(sheet)).collect();
        for sheet in &sheets {
            let (outcomes, result) = score(&scorer, sheet);
            prop_assert_eq!(scorer.score_outcomes(&outcomes, &[]), result);
        }
        let all: Vec<Recommendation<'_>> = scores.iter().map(|score| Recommendation::new(score, Length::Full)).collect();
        let count = |of: &dyn Fn(&Recommendation<'_>) -> bool| all.iter().filter(|one| of(one)).count() as u64;
        for &(verdict, people) in &details.verdicts {
            prop_assert_eq!(people, count(&|one| one.verdict == verdict));
        }
        prop_assert_eq!(details.tied.people, count(&|one| !one.tied.is_empty()));
        let leads = all.iter().filter(|one| one.lead < 5.0 - 1e-9).count() as u64;
        prop_assert_eq!(details.leads.bins().next(), Some((0, 5, leads)));
        for (role, figures) in details.roles.iter().enumerate() {
            let led = |one: &Recommendation<'_>| one.role.is_some_and(|led| led.id == figures.role.id);
            prop_assert_eq!(figures.recommended.people, count(&led));
            for &(verdict, people) in figures.recommended.verdicts.iter().flatten() {
                prop_assert_eq!(people, count(&|one| led(one) && one.verdict == verdict));
            }
            let fits: Vec<f64> = scores.iter().map(|score| fit(score, role)).collect();
            prop_assert!(near(figures.fit.mean, mean(&fits)) && near(figures.fit.deviation, variance(&fits).sqrt()));
            let (low, high) = (fits.iter().copied().reduce(f64::min), fits.iter().copied().reduce(f64::max));
            prop_assert_eq!(Some(figures.fit.lowest.to_bits()), low.map(f64::to_bits));
            prop_assert_eq!(Some(figures.fit.highest.to_bits()), high.map(f64::to_bits));
            for (from, to, people) in figures.fit.histogram.bins() {
                let inside = |fit: &&f64| (f64::from(from) - 1e-9..f64::from(to) - 1e-9).contains(*fit) || (to == 100 && **fit > 99.0);
                prop_assert_eq!(people, fits.iter().filter(inside).count() as u64);
            }
        }
        for (index, item) in details.questions.iter().enumerate() {
            let answered = people.iter().filter(|outcomes| outcomes[index].is_some()).count() as u64;
            prop_assert_eq!((item.answered, item.skipped), (answered, people.len() as u64 - answered));
        }
    }

    /// alpha by the variances of answers and totals, item-rest by the correlation with the others, as a textbook has them.
    #[test]
    fn figures_are_those_of_a_textbook((roles, specs, people) in groups(1.0)) {
        let Some(bank) = crate::support::bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let sheets = sheets(&bank, &people);
        let details = cohort(&scorer, &sheets).details.unwrap();
        let keys: Vec<Option<&Vec<i64>>> = specs.iter().map(|spec| if let Spec::Scale(key) = spec { Some(key) } else { None }).collect();
        let activity = |question: usize, role: usize| keys[question].is_some_and(|key| key[role] != 0);
        // Everybody's values of a question, unless all of its answers are worth the same.
        let column = |question: usize, measure: &dyn Fn(&[f64]) -> f64| {
            let value = |sheet: &Sheet<'_>| shares(&scorer, sheet, measure)[question].unwrap();
            (range(&scorer, &bank, question, measure) > 1e-9).then(|| sheets.iter().map(value).collect::<Vec<f64>>())
        };
        let columns = |measure: &dyn Fn(&[f64]) -> f64| -> Columns {
            (0..specs.len()).filter_map(|question| Some((question, column(question, measure)?))).collect()
        };
        let liking = |role: usize| -> Columns {
            let own = (0..specs.len()).filter(|&question| activity(question, role));
            let step = |question: usize, way: usize| keys[question].unwrap()[role].signum() as f64 * (way % 5) as f64;
            let steps = own.map(|question| (question, people.iter().map(|ways| step(question, ways[question].unwrap())).collect()));
            let steps: Columns = steps.collect();
            if steps.is_empty() { columns(&|shares| shares[role]) } else { steps }
        };
        let choices = |measure: &dyn Fn(&[f64]) -> f64| -> Columns {
            columns(measure).into_iter().filter(|(question, _)| keys[*question].is_none()).collect()
        };
        let mut rests = vec![None; specs.len()];
        for (role, found) in details.roles.iter().enumerate() {
            let columns = liking(role);
            prop_assert_eq!(found.reliability.questions, columns.len());
            prop_assert!(columns.is_empty() || found.reliability.respondents == people.len() as u64);
            same_if_told(found.reliability.alpha, alpha(&columns))?;
            let scales: Columns = columns.into_iter().filter(|(question, _)| keys[*question].is_some()).collect();
            add_rests(&mut rests, &scales);
            let over_others = |shares: &[f64]| shares[role] - (shares.iter().sum::<f64>() - shares[role]) / (roles - 1) as f64;
            add_rests(&mut rests, &choices(&over_others));
        }
        for (question, rest) in details.questions.iter().zip(rests) {
            same_if_told(question.stats.item_rest, rest)?;
        }
        prop_assert_eq!(details.lead.is_some(), roles == 2);
        let Some(lead) = details.lead else { return Ok(()) };
        let columns = columns(&|shares| shares[0] - shares[1]);
        let stratum = |question: usize| [activity(question, 0), activity(question, 1)];
        let strata = [[true, false], [false, true]].map(|kind| columns.iter().filter(|(question, _)| stratum(*question) == kind).cloned().collect());
        let rest = columns.iter().filter(|(question, _)| stratum(*question)[0] == stratum(*question)[1]).cloned().collect();
        same_if_told(lead.reliability.alpha, stratified(strata, rest))?;
        let leads: Vec<f64> = sheets.iter().map(|sheet| scorer.score(sheet)).map(|score| fit(&score, 0) - fit(&score, 1)).collect();
        let (low, high) = lead.interval;
        prop_assert!(near(lead.mean, mean(&leads)) && near(f64::midpoint(low, high), lead.mean));
        let errors = (high - low) / 2.0 / (variance(&leads) / leads.len() as f64).sqrt();
        // Student's t is 2.78 with five people and 2.02 with forty.
        prop_assert!(variance(&leads) < 1e-9 || (2.02..2.78).contains(&errors), "{}", errors);
    }
}

/// Questions with everybody's values.
type Columns = Vec<(usize, Vec<f64>)>;

fn totals(columns: &Columns) -> Vec<f64> {
    let people = columns.first().map_or(0, |(_, column)| column.len());
    (0..people).map(|person| columns.iter().map(|(_, column)| column[person]).sum()).collect()
}

fn alpha(columns: &Columns) -> Option<f64> {
    let (count, total) = (columns.len() as f64, variance(&totals(columns)));
    let parts: f64 = columns.iter().map(|(_, column)| variance(column)).sum();
    (columns.len() > 1 && total > 1e-9).then(|| count / (count - 1.0) * (1.0 - parts / total))
}

/// Stratified alpha of the strata of both roles and of the rest; one question alone joins others.
fn stratified([mut first, mut second]: [Columns; 2], mut rest: Columns) -> Option<f64> {
    for stratum in [&mut first, &mut second] {
        if stratum.len() == 1 {
            rest.append(stratum);
        }
    }
    if rest.len() == 1 {
        if second.len() > first.len() { &mut second } else { &mut first }.append(&mut rest);
    }
    let total = variance(&totals(&[first.clone(), second.clone(), rest.clone()].concat()));
    let mut error = 0.0;
    for stratum in [first, second, rest].iter().filter(|stratum| !stratum.is_empty()) {
        let (count, own) = (stratum.len() as f64, variance(&totals(stratum)));
        let parts: f64 = stratum.iter().map(|(_, column)| variance(column)).sum();
        error += match alpha(stratum) {
            Some(alpha) => own * (1.0 - alpha),
            None if stratum.len() < 2 => return None,
            // What a sum that does not vary leaves of that.
            None => count / (count - 1.0) * parts,
        };
    }
    (total > 1e-9).then(|| 1.0 - error / total)
}

/// Keeps the largest correlation of each question with the sum of the others.
fn add_rests(rests: &mut [Option<f64>], columns: &Columns) {
    for (question, own) in columns {
        let others: Columns = columns.iter().filter(|(other, _)| other != question).cloned().collect();
        let rest = totals(&others);
        if others.is_empty() || variance(own) < 1e-9 || variance(&rest) < 1e-9 {
            continue;
        }
        let (a, b) = (mean(own), mean(&rest));
        let product: f64 = own.iter().zip(&rest).map(|(x, y)| (x - a) * (y - b)).sum();
        let correlation = product / (own.len() - 1) as f64 / (variance(own) * variance(&rest)).sqrt();
        rests[*question] = Some(rests[*question].map_or(correlation, |best: f64| best.max(correlation)));
    }
}

/// Both are there and the same, or neither is.
fn same_if_told(found: Option<f64>, due: Option<f64>) -> Result<(), TestCaseError> {
    prop_assert!(
        found.is_some() == due.is_some() && found.zip(due).is_none_or(|(a, b)| near(a, b)),
        "{:?} {:?}",
        found,
        due
    );
    Ok(())
}

/// Largest less smallest of what the answers to one question can give.
fn range(scorer: &Scorer<'_>, bank: &Bank, index: usize, measure: &dyn Fn(&[f64]) -> f64) -> f64 {
    let outcomes = bank.questions()[index].outcomes().len();
    let given = (0..outcomes).map(|way| {
        let mut people = vec![None; index + 1];
        people[index] = Some(way);
        shares(scorer, &sheet(bank, &people), measure)[index].unwrap()
    });
    let (low, high) = given.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    high - low
}

#[test]
fn signs_of_careless_answers_are_added_up() {
    let bank = super::bank(2, &vec![Spec::Scale(vec![1, -1]); 6]);
    let scorer = Scorer::new(&bank);
    let constant = || vec![vec![Some(3); 6]; 2];
    let line = || vec![vec![Some(1), Some(1), Some(1), Some(0), Some(4), Some(0)]; 3];
    let mut merged = summary(&scorer, &sheets(&bank, &[constant(), line()].concat()));
    merged
        .merge(summary(&scorer, &sheets(&bank, &[line(), vec![(0..6).map(|item| Some(item % 5)).collect()]].concat())));
    let details = Cohort::new(&merged, 0, &Flag::ALL).details.unwrap();
    let flags = [(Flag::StraightLine, 8), (Flag::Constant, 2), (Flag::Duplicate, 0), (Flag::Unknown, 0)];
    assert_eq!(details.flags, flags);
    assert_eq!(details.suspect, 8);
}

/// Everybody answers alike but for how much, so the groups at the ends are known by hand.
#[test]
fn the_upper_lower_index_is_that_of_the_ends() {
    let bank = super::bank(2, &vec![Spec::Scale(vec![1, -1]); 3]);
    let scorer = Scorer::new(&bank);
    // Eleven people, so three at each end: all 5 against all 1 on the first two questions, the third the other way round.
    let people: People =
        [0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4].iter().map(|&way| vec![Some(way), Some(way), Some(4 - way)]).collect();
    let found = cohort(&scorer, &sheets(&bank, &people)).details.unwrap();
    let index: Vec<f64> = found.questions.iter().map(|item| item.stats.upper_lower.unwrap()).collect();
    assert!(index.iter().zip([1.0, 1.0, -1.0]).all(|(found, known)| near(*found, known)), "{index:?}");
    assert!(found.questions[2].stats.item_rest.unwrap() < 0.0, "keyed wrong");
}

#[test]
fn a_group_too_large_to_be_held_has_all_figures_but_that_index() {
    let bank = super::bank(2, &[Spec::Scale(vec![1, 0]), Spec::Scale(vec![1, 1])]);
    let scorer = Scorer::new(&bank);
    let people: People = (0..5).flat_map(|a| (0..5).map(move |b| vec![Some(a), Some((a * b) % 5)])).collect();
    let mut all = summary(&scorer, &sheets(&bank, &people));
    let few = Cohort::new(&all, 0, &Flag::ALL).details.unwrap();
    assert!(few.questions[0].stats.upper_lower.is_some());
    // Doubled until 2²² answers are passed.
    for _ in 0..17 {
        let same = all.clone();
        all.merge(same);
    }
    let all = Cohort::new(&all, 0, &Flag::ALL);
    let details = all.details.unwrap();
    assert!(details.questions[0].stats.upper_lower.is_none());
    let rest = |details: &Details<'_>| details.questions[0].stats.item_rest.unwrap();
    assert!((rest(&details) - rest(&few)).abs() < 1e-9);
    assert_eq!(details.verdicts.iter().map(|(_, people)| people).sum::<u64>(), all.respondents);
    assert!(details.verdicts.iter().any(|(verdict, _)| *verdict == Verdict::Close));
}
