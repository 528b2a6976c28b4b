//! Groups of simulated people whose tastes are known: what the figures say of them, and which questions are condemned.

use pathquiz::internals::bank::Bank;
use pathquiz::internals::cohort::{Cohort, Details, Judgement, SheetSigns, Summary};
use pathquiz::internals::scoring::{Flag, Scorer};

use super::bank;
use crate::support::Spec;

/// Random numbers by splitmix64.
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed >> 32) as u32
    }

    fn uniform(&mut self) -> f64 {
        f64::from(self.bits()) / f64::from(u32::MAX)
    }

    fn below(&mut self, end: u16) -> u16 {
        u16::try_from(self.bits() % u32::from(end)).unwrap()
    }

    /// Near enough to the normal distribution.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

fn details<'m>(scorer: &'m Scorer<'m>, people: &[Vec<u16>]) -> Details<'m> {
    let mut summary = Summary::new(scorer);
    for outcomes in people {
        let outcomes: Vec<Option<u16>> = outcomes.iter().map(|&outcome| Some(outcome)).collect();
        summary.add(&outcomes, &scorer.score_outcomes(&outcomes, &[]), SheetSigns::default());
    }
    Cohort::new(&summary, 0, &Flag::ALL).details.unwrap()
}

/// Five activities a role, each a taste of 0, 1 or 2 and as much noise, so both have a variance of ⅔: alpha of a role is
/// 25 · ⅔ / (25 · ⅔ + 5 · ⅔) = 5/6. Half of the people like both roles alike, so true leads have a variance of 25 · ⅔ and
/// noise one of 10 · ⅔: the reliability of the lead is 5/7, which Cronbach's alpha of all questions does not give.
#[test]
fn alpha_of_a_lead_is_the_reliability_of_a_difference() {
    let bank = bank(2, &[vec![Spec::Scale(vec![1, 0]); 5], vec![Spec::Scale(vec![0, 1]); 5]].concat());
    let (scorer, mut random) = (Scorer::new(&bank), Random(1));
    let mut people = Vec::new();
    for person in 0..4_000 {
        let one = random.below(3);
        let two = if person % 2 == 0 { one } else { random.below(3) };
        let answers = (0..10).map(|question| if question < 5 { one } else { two } + random.below(3));
        people.push(answers.collect::<Vec<u16>>());
    }
    let found = details(&scorer, &people);
    let alphas: Vec<f64> = found.roles.iter().map(|role| role.reliability.alpha.unwrap()).collect();
    assert!(alphas.iter().all(|alpha| (alpha - 5.0 / 6.0).abs() < 0.01), "{alphas:?}");
    let lead = found.lead.unwrap();
    let alpha = lead.reliability.alpha.unwrap();
    assert!((alpha - 5.0 / 7.0).abs() < 0.015, "{alpha}");
    let (low, high) = lead.reliability.interval.unwrap();
    assert!(low < 5.0 / 7.0 && 5.0 / 7.0 < high && high - low < 0.04, "{low} {high}");
    assert!(lead.interval.0 < 0.0 && 0.0 < lead.interval.1, "nobody leans on average: {:?}", lead.interval);
    // The same from the sums of both scales, by the formula for a difference.
    let sums =
        people.iter().map(|answers| [&answers[..5], &answers[5..]].map(|half| f64::from(half.iter().sum::<u16>())));
    let sums: Vec<[f64; 2]> = sums.collect();
    let count = sums.len() as f64;
    let means = [0, 1].map(|scale| sums.iter().map(|sum| sum[scale]).sum::<f64>() / count);
    let covariance = |a: usize, b: usize| {
        sums.iter().map(|sum| (sum[a] - means[a]) * (sum[b] - means[b])).sum::<f64>() / (count - 1.0)
    };
    let (one, two, both) = (covariance(0, 0), covariance(1, 1), covariance(0, 1));
    let difference = (one * alphas[0] + two * alphas[1] - 2.0 * both) / (one + two - 2.0 * both);
    assert!((alpha - difference).abs() < 1e-7, "{alpha} {difference}");
}

/// Six activities a role and six questions with two choices, then as many of pure noise: one a role and one with choices.
fn half_noise() -> Bank {
    let choice = || Spec::Single(vec![vec![2, 0], vec![0, 2]]);
    let scales = [vec![Spec::Scale(vec![1, 0]); 6], vec![Spec::Scale(vec![0, 1]); 6]].concat();
    let noise = vec![Spec::Scale(vec![1, 0]), Spec::Scale(vec![0, 1]), choice()];
    bank(2, &[scales, vec![choice(); 6], noise].concat())
}

/// Answers of somebody with two tastes, each question telling half of them: activities correlate .3 or more with the others
/// of their role, whatever the roles have to do with each other.
fn answers([one, two]: [f64; 2], random: &mut Random) -> Vec<u16> {
    let step = |liking: f64| [-1.2, -0.4, 0.4, 1.2].iter().map(|&border| u16::from(liking > border)).sum::<u16>();
    let scales = (0..12).map(|question| if question < 6 { one } else { two });
    let mut answers: Vec<u16> = scales.map(|taste| step(0.6 * taste + 0.8 * random.normal())).collect();
    answers.extend((0..6).map(|_| u16::from(one - two + 0.8 * random.normal() < 0.0)));
    answers.extend([random.below(5), random.below(5), random.below(2)]);
    answers
}

#[test]
fn sound_questions_are_not_condemned_and_noise_is() {
    const GROUPS: u64 = 12;
    let bank = half_noise();
    let scorer = Scorer::new(&bank);
    for (seed, correlation) in (1_u64..).zip([0.0, 0.2, 0.5, 0.8_f64]) {
        let (mut sound, mut noise, mut noisy_choices) = (0, 0, 0);
        for group in 0..GROUPS {
            let mut random = Random(1_000 * seed + group);
            let people = (0..400).map(|_| {
                let one = random.normal();
                let two = correlation * one + (1.0 - correlation * correlation).sqrt() * random.normal();
                answers([one, two], &mut random)
            });
            let found = details(&scorer, &people.collect::<Vec<_>>());
            let condemned =
                |question: usize| u64::from(found.questions[question].judgement == Some(Judgement::Rewrite));
            sound += (0..18).map(condemned).sum::<u64>();
            noise += (18..20).map(condemned).sum::<u64>();
            noisy_choices += condemned(20);
        }
        assert!(sound * 100 < 2 * 18 * GROUPS, "{correlation}: {sound} sound questions");
        assert!(noise * 10 >= 9 * 2 * GROUPS, "{correlation}: {noise} scale questions of noise");
        assert!(noisy_choices * 4 >= GROUPS, "{correlation}: {noisy_choices} choices of noise");
    }
}

/// The other activities of the role are what counts, not what the question says about the lead.
#[test]
fn activities_that_everybody_likes_alike_for_both_roles_are_sound() {
    let bank = bank(2, &[vec![Spec::Scale(vec![1, 0]); 4], vec![Spec::Scale(vec![0, 1]); 4]].concat());
    let (scorer, mut random) = (Scorer::new(&bank), Random(7));
    let people: Vec<Vec<u16>> = (0..400)
        .map(|_| {
            let taste = random.below(3);
            (0..8).map(|_| taste + random.below(3)).collect()
        })
        .collect();
    let found = details(&scorer, &people);
    assert!(found.lead.unwrap().reliability.alpha.unwrap() < 0.2, "there is no lead to be measured");
    assert!(found.questions.iter().all(|question| question.judgement.is_none()));
    assert!(found.questions.iter().all(|question| question.stats.item_rest.unwrap() > 0.5));
}
