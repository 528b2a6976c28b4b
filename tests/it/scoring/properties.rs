//! Properties of the scoring on random banks, held against brute force.

use std::collections::BTreeSet;

use pathquiz::internals::bank::{Answer, Bank, Response, Sheet, Verdict};
use pathquiz::internals::scoring::{Forecast, LeadBounds, Level, Score, Scorer, SettledOutcome};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{Spec, all_sheets, bank, sheet, specs, wide_bank};

/// A bank with the outcome that somebody gives to each question; none is a skip.
fn answered() -> impl Strategy<Value = (usize, Vec<Spec>, Vec<Option<usize>>)> {
    (specs(), vec(proptest::option::weighted(0.9, 0_usize..60), 4))
        .prop_map(|((roles, specs), picks)| (roles, specs, picks))
}

/// A bank of four or five activities, most of both roles and seldom with a negative key, and one choice, with answers that
/// are low more often than not: any sheet can be `neither`, and many are.
fn activities() -> impl Strategy<Value = (Vec<Spec>, Vec<usize>)> {
    let key = || prop_oneof![6 => 1_i64..=3, 1 => Just(0), 1 => Just(-1)];
    let activity = (key(), 1_i64..=3, any::<bool>())
        .prop_map(|(one, other, is_turned)| Spec::Scale(if is_turned { vec![other, one] } else { vec![one, other] }));
    let choice = Just(Spec::Single(vec![vec![4, 0], vec![0, 4], vec![1, 1]]));
    let specs = (vec(activity, 4..=5), choice, 0_usize..5).prop_map(|(mut specs, choice, place)| {
        specs.insert(place.min(specs.len()), choice);
        specs
    });
    (specs, vec(prop_oneof![3 => 0_usize..2, 1 => 0_usize..5], 5))
}

fn fit(score: &Score<'_>, role: usize) -> f64 {
    score.fits.iter().find(|fit| fit.index == role).unwrap().fit
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-7
}

/// The fewest answered questions whose answers can be changed so that the leader does not lead alone, by trying all.
fn fewest_changes(scorer: &Scorer<'_>, given: &Sheet<'_>, leader: usize) -> Option<usize> {
    all_sheets(scorer.bank())
        .iter()
        .filter_map(|other| {
            let mut changed = given.clone();
            let mut count = 0;
            for question in scorer.bank().questions() {
                let (old, new) = (given.answer(question)?, other.answer(question)?);
                if *old != Answer::Skip && old != new {
                    changed.put(Response { question, answer: new.clone() });
                    count += 1;
                }
            }
            let score = scorer.score(&changed);
            (score.leader().map(|fit| fit.index) != Some(leader)).then_some(count)
        })
        .min()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn contributions_add_up_to_the_fit((roles, specs, picks) in answered()) {
        let Some(bank) = bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let sheet = sheet(&bank, &picks);
        let score = scorer.score(&sheet);
        let contributions = score.contributions();
        for role in 0..roles {
            let sum: f64 = contributions.iter().map(|contribution| contribution.shares[role]).sum();
            prop_assert!(near(50.0 + sum, fit(&score, role)));
            prop_assert!((-1e-9..=100.0 + 1e-9).contains(&fit(&score, role)));
        }
        let lead: f64 = contributions.iter().map(|contribution| contribution.lead).sum();
        prop_assert!(near(lead, score.lead()));
    }

    #[test]
    fn the_order_of_answers_does_not_matter((roles, specs, picks) in answered(), seed in any::<prop::sample::Index>()) {
        let Some(bank) = bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let whole = sheet(&bank, &picks);
        let mut responses: Vec<_> = whole.responses().collect();
        let turn = seed.index(responses.len());
        responses.rotate_left(turn);
        responses.reverse();
        let mut shuffled = Sheet::new(&bank);
        for (question, answer) in responses {
            shuffled.put(Response { question, answer: answer.clone() });
        }
        let (a, b) = (scorer.recommend(&whole), scorer.recommend(&shuffled));
        prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
    }

    #[test]
    fn random_answers_average_fifty_with_equal_spread((roles, specs) in specs()) {
        let Some(bank) = bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let sheets = all_sheets(&bank);
        let count = sheets.len() as f64;
        for role in 0..roles {
            let fits: Vec<f64> = sheets.iter().map(|sheet| fit(&scorer.score(sheet), role)).collect();
            let mean = fits.iter().sum::<f64>() / count;
            let variance = fits.iter().map(|fit| (fit - mean).powi(2)).sum::<f64>() / count;
            prop_assert!(near(mean, 50.0), "mean {}", mean);
            prop_assert!(near(variance.sqrt(), 50.0 / scorer.model().reach()), "spread {}", variance.sqrt());
        }
    }

    #[test]
    fn chance_is_the_share_of_all_sheets((roles, specs, picks) in answered()) {
        let Some(bank) = bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let gaps: Vec<f64> = all_sheets(&bank).iter().map(|sheet| scorer.score(sheet).gap()).collect();
        let given = sheet(&bank, &picks.iter().map(|pick| Some(pick.unwrap_or(0))).collect::<Vec<_>>());
        let gap = scorer.score(&given).gap();
        let share = gaps.iter().filter(|other| **other >= gap - 1e-9).count() as f64 / gaps.len() as f64;
        let chance = scorer.chance();
        prop_assert!(near(chance.at_least(gap), share));
        prop_assert!(near(scorer.recommend(&given).chance.unwrap(), share));
        let ties = gaps.iter().filter(|gap| **gap < 1e-9).count() as f64 / gaps.len() as f64;
        prop_assert!(near(chance.tie(), ties));
        for alpha in [0.05, 0.2, 0.5] {
            let rare = gaps.iter().copied().filter(|gap| chance.at_least(*gap) <= alpha + 1e-9);
            let smallest = rare.min_by(f64::total_cmp);
            match (chance.threshold(alpha), smallest) {
                (Some(threshold), Some(smallest)) => prop_assert!(near(threshold, smallest)),
                (threshold, smallest) => prop_assert_eq!(threshold, smallest),
            }
        }
    }

    /// What is said of open questions, against every way to answer them. With two roles it is exact; with more, "nobody
    /// can be called any more" is only said where it is sure.
    #[test]
    fn lead_bounds_hold_however_the_rest_is_answered((roles, specs, picks) in answered(), open in 0_usize..3) {
        let Some(bank) = bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let mut given = Sheet::new(&bank);
        for (question, pick) in bank.questions().iter().zip(&picks).skip(open) {
            let mut all = question.outcomes();
            let outcome = pick.unwrap_or(0) % all.len();
            given.put(Response { question, answer: all.swap_remove(outcome) });
        }
        let completed: Vec<Sheet<'_>> = all_sheets(&bank)
            .into_iter()
            .filter(|sheet| given.responses().all(|(question, answer)| sheet.answer(question) == Some(answer)))
            .collect();
        let scores: Vec<Score<'_>> = completed.iter().map(|sheet| scorer.score(sheet)).collect();
        let leaders: Vec<Option<usize>> = scores.iter().map(|score| score.leader().map(|fit| fit.index)).collect();
        let is_same = leaders[0].is_some() && leaders.iter().all(|leader| *leader == leaders[0]);
        let bounds = LeadBounds::new(&scorer.score(&given));
        let call = scorer.chance().threshold(bank.thresholds().close);
        let called = |score: &Score<'_>| call.is_some_and(|call| score.gap() >= call - 1e-9);
        let certain = scores.iter().all(|score| !called(score)) || (is_same && scores.iter().all(called));
        prop_assert!(!bounds.is_settled() || certain);
        prop_assert!(roles > 2 || bounds.is_settled() == certain);
    }

    /// Coverage and shortlist from their definitions: the pair of the first two roles, and a rival is on the list when a
    /// lead over it as small would be no call.
    #[test]
    fn coverage_and_shortlist_follow_their_definitions((roles, specs, picks) in answered()) {
        let Some(bank) = bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let given = sheet(&bank, &picks);
        let score = scorer.score(&given);
        let recommendation = scorer.recommend(&given);
        let shares = scorer.model().shares(score.fits[0].index, score.fits[1].index);
        let answered = given.responses().map(|(_, answer)| *answer != Answer::Skip);
        if shares.iter().sum::<f64>() > 0.0 {
            let coverage: f64 = answered.zip(&shares).filter(|(answered, _)| *answered).map(|(_, share)| share).sum();
            prop_assert!(near(recommendation.coverage, coverage));
            prop_assert_eq!(recommendation.verdict == Verdict::Insufficient, coverage < 0.5 - 1e-9);
        }
        prop_assert!((0.0..=1.0).contains(&recommendation.chance.unwrap()));
        let gaps: Vec<f64> = all_sheets(&bank).iter().filter(|other| {
            given.responses().all(|(question, answer)| *answer != Answer::Skip || other.answer(question) == Some(&question.outcomes()[0]))
        }).map(|other| {
            let mut only = other.clone();
            for (question, _) in given.responses().filter(|(_, answer)| **answer == Answer::Skip) {
                only.put(Response { question, answer: Answer::Skip });
            }
            scorer.score(&only).gap()
        }).collect();
        let reached = |gap: f64| gaps.iter().filter(|other| **other >= gap - 1e-9).count() as f64 / gaps.len() as f64;
        prop_assert!(near(recommendation.chance.unwrap(), reached(score.gap())));
        let near_best: Vec<&str> = score.fits.iter()
            .filter(|fit| reached(score.fits[0].z - fit.z) > bank.thresholds().close + 1e-9)
            .map(|fit| fit.role.id.as_str())
            .collect();
        prop_assert_eq!(recommendation.shortlist.iter().map(|role| role.id.as_str()).collect::<Vec<_>>(), near_best);
    }

    #[test]
    fn a_forecast_counts_the_sheets_that_can_follow((roles, specs, picks) in answered(), open in 0_usize..4) {
        let Some(bank) = bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let whole = sheet(&bank, &picks);
        let mut part = Sheet::new(&bank);
        whole.responses().skip(open).for_each(|(question, answer)| part.put(Response { question, answer: answer.clone() }));
        let skipped: Vec<_> = part.responses().filter(|(_, answer)| **answer == Answer::Skip).map(|(q, _)| q.index).collect();
        let follows = |sheet: &Sheet<'_>| {
            sheet.responses().all(|(question, answer)| part.answer(question).is_none_or(|given| {
                // Skipped ones stay skipped; one outcome of theirs stands for the skip.
                given == answer || *given == Answer::Skip && question.outcomes().first() == Some(answer)
            }))
        };
        let final_sheets: Vec<Sheet<'_>> = all_sheets(&bank).into_iter().filter(follows).map(|mut sheet| {
            for &index in &skipped {
                sheet.put(Response { question: &bank.questions()[index], answer: Answer::Skip });
            }
            sheet
        }).collect();
        let called = |sheet: &Sheet<'_>, threshold: f64| {
            let rare = scorer.recommend(sheet).chance.unwrap() <= threshold + 1e-9;
            scorer.score(sheet).leader().filter(|_| rare).map(|fit| fit.index)
        };
        let calls = |threshold| final_sheets.iter().map(|sheet| called(sheet, threshold)).collect::<Vec<_>>();
        let (calls, clear) = (calls(bank.thresholds().close), calls(bank.thresholds().clear));
        let share_of = |calls: &[Option<usize>], wanted| {
            calls.iter().filter(|call| **call == wanted).count() as f64 / calls.len() as f64
        };
        let share = |wanted| share_of(&calls, wanted);
        let forecast = Forecast::new(&scorer.score(&part));
        for role in 0..roles {
            prop_assert!(near(forecast.called[role], share(Some(role))), "{} {}", forecast.called[role], share(Some(role)));
        }
        prop_assert!(near(forecast.close(), share(None)));
        // What nearly every sheet gives is foreseen, if `neither` cannot make it too rare.
        let is_disliked = |sheet: &&Sheet<'_>| {
            let likings = scorer.recommend(sheet).likings;
            likings.iter().all(|liking| liking.as_ref().is_some_and(|liking| liking.level == Level::Low))
        };
        let neither = final_sheets.iter().filter(is_disliked).count() as f64 / final_sheets.len() as f64;
        let sure = |share: f64| share >= 0.99 - 1e-12;
        let call = |role: usize| {
            let (called, clear) = (share(Some(role)), share_of(&clear, Some(role)));
            let verdict = [(clear, Verdict::Clear), (called - clear, Verdict::Lean)];
            verdict.into_iter().find(|(share, _)| sure(share - neither)).map(|(_, verdict)| (Some(role), verdict))
        };
        let expected = if sure(neither) {
            Some((None, Verdict::Neither))
        } else if sure(share(None) - neither) {
            Some((None, Verdict::Close))
        } else {
            (0..roles).find_map(call)
        };
        let foreseen = forecast.prediction(bank.thresholds().close).map(|foreseen| (foreseen.role, foreseen.verdict));
        prop_assert_eq!(foreseen, expected);
    }

    /// What is certain comes out of every way to answer the rest, and nothing is certain while the rest could make
    /// or unmake `neither`.
    #[test]
    fn what_is_settled_is_so_however_the_rest_is_answered((specs, picks) in activities(), open in 1_usize..=3) {
        let bank = bank(2, &specs).unwrap();
        let scorer = Scorer::new(&bank);
        let (open, answered) = bank.questions().split_at(open);
        let mut part = Sheet::new(&bank);
        for (question, pick) in answered.iter().zip(picks) {
            part.put(Response { question, answer: Answer::Picks(vec![pick % question.choices.len()]) });
        }
        let mut completed = vec![part.clone()];
        for question in open {
            let mut longer = Vec::new();
            for (sheet, answer) in completed.iter().flat_map(|sheet| question.outcomes().into_iter().map(move |a| (sheet, a))) {
                let mut sheet = sheet.clone();
                sheet.put(Response { question, answer });
                longer.push(sheet);
            }
            completed = longer;
        }
        let outcome = |sheet: &Sheet<'_>| {
            let recommendation = scorer.recommend(sheet);
            match recommendation.verdict {
                Verdict::Clear | Verdict::Lean => recommendation.role.map_or("nobody", |role| &role.name).to_owned(),
                verdict => verdict.name().to_owned(),
            }
        };
        let outcomes: BTreeSet<String> = completed.iter().map(outcome).collect();
        let is_certain = outcomes.len() == 1;
        let settled = scorer.recommend(&part).settled;
        prop_assert!(!settled || is_certain, "{outcomes:?}");
        let foretold = match scorer.score(&part).early_stop() {
            None => return Ok(()),
            Some(SettledOutcome::Call(role)) => role.name.clone(),
            Some(SettledOutcome::Close) => "close".to_owned(),
            Some(SettledOutcome::Neither) => "neither".to_owned(),
        };
        prop_assert!(settled);
        prop_assert_eq!(outcomes, BTreeSet::from([foretold]));
    }

    #[test]
    fn flips_prove_themselves_and_none_is_smaller((roles, specs, picks) in answered()) {
        let Some(bank) = bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let given = sheet(&bank, &picks);
        let score = scorer.score(&given);
        let flip = scorer.recommend(&given).flip;
        let Some(leader) = score.leader() else {
            prop_assert!(flip.is_none());
            return Ok(());
        };
        let fewest = fewest_changes(&scorer, &given, leader.index);
        prop_assert_eq!(flip.as_ref().map(|flip| flip.changes.len()), fewest);
        let Some(flip) = flip else { return Ok(()) };
        let mut changed = given.clone();
        for change in &flip.changes {
            prop_assert_eq!(Some(change.from), given.answer(change.question));
            changed.put(Response { question: change.question, answer: change.to.clone() });
        }
        let after = scorer.score(&changed).leader().map(|fit| fit.role.id.clone());
        prop_assert_ne!(after.as_ref(), Some(&leader.role.id));
        prop_assert_eq!(after, flip.to.map(|role| role.id.clone()));
    }

    #[test]
    fn multiplied_points_change_nothing((roles, specs, picks) in answered(), factor in 2_i64..=30) {
        let times = |rows: &Vec<Vec<i64>>| rows.iter().map(|row| row.iter().map(|x| x * factor).collect()).collect();
        let multiplied: Vec<Spec> = specs.iter().map(|spec| match spec {
            Spec::Scale(key) => Spec::Scale(key.iter().map(|x| x * factor).collect()),
            Spec::Single(rows) => Spec::Single(times(rows)),
            Spec::Multi(rows, fewest, most) => Spec::Multi(times(rows), *fewest, *most),
            Spec::Rank(rows, places) => Spec::Rank(times(rows), places.clone()),
        }).collect();
        let (Some(one), Some(other)) = (bank(roles, &specs), bank(roles, &multiplied)) else { return Ok(()) };
        let bits = |bank: &Bank| {
            let scorer = Scorer::new(bank);
            let sheet = sheet(bank, &picks);
            let fits: Vec<(usize, u64)> = scorer.score(&sheet).fits.iter().map(|fit| (fit.index, fit.fit.to_bits())).collect();
            (fits, scorer.recommend(&sheet).chance.unwrap().to_bits())
        };
        prop_assert_eq!(bits(&one), bits(&other));
    }
}

/// Five roles that share every question have more states than can be listed, so random sheets stand in: always the same
/// ones, and near the truth that equal roles are equally likely to lead.
#[test]
fn a_bank_too_large_to_list_is_sampled() {
    let question = |weight: i64| {
        let row = |turn: usize| (0..5).map(|role| [7 * weight, 3, -weight, 1, 0][(role + turn) % 5]).collect();
        Spec::Single((0..5).map(row).collect())
    };
    let bank = bank(5, &(1..=14).map(question).collect::<Vec<_>>()).unwrap();
    let scorer = Scorer::new(&bank);
    let (chance, again) = (scorer.chance(), scorer.chance());
    let error = chance.standard_error().unwrap();
    assert!(error < 0.0012);
    assert_eq!(chance.at_least(1.0).to_bits(), again.at_least(1.0).to_bits());
    let each = (1.0 - chance.tie()) / 5.0;
    assert!(chance.wins().iter().all(|win| (win - each).abs() < 4.0 * error), "{:?}", chance.wins());
}

/// Eight roles with wide points have sums that no key can hold, but these thousand sheets can simply be listed.
#[test]
fn few_sheets_are_listed_however_wide_their_sums() {
    let bank = wide_bank();
    let scorer = Scorer::new(&bank);
    let chance = scorer.chance();
    assert_eq!(chance.standard_error(), None);
    let gaps: Vec<f64> = all_sheets(&bank).iter().map(|sheet| scorer.score(sheet).gap()).collect();
    assert_eq!(gaps.len(), 1024);
    for gap in &gaps {
        let share = gaps.iter().filter(|other| **other >= gap - 1e-9).count() as f64 / 1024.0;
        assert!((chance.at_least(*gap) - share).abs() < 1e-12);
    }
}
