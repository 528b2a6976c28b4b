//! Verdicts at their exact boundaries, and the scale behind them.

use std::fmt::Write as _;

use pathquiz::internals::bank::{Bank, Response, Sheet, Value, Verdict};
use pathquiz::internals::plan::Pace;
use pathquiz::internals::report::Report as _;
use pathquiz::internals::scoring::{Length, Scorer};

use crate::support::{Spec, toml};

/// Of the ten sheets of a scale for one role and a choice between both, four lead as far as the one below: p = 0.4.
fn verdict(thresholds: &str) -> Verdict {
    let text = include_str!("../../data/banks/tiny.toml").replacen("\n\n", &format!("\n{thresholds}\n\n"), 1);
    let bank = Bank::parse(text.as_bytes()).unwrap();
    let mut sheet = Sheet::new(&bank);
    sheet.put(bank.respond("recipes", &Value::Integer(4)).unwrap());
    sheet.put(bank.respond("saturday", &Value::Text("market".to_owned())).unwrap());
    Scorer::new(&bank).recommend(&sheet).verdict
}

#[test]
fn a_verdict_begins_at_its_threshold() {
    assert_eq!(verdict("verdict = { close = 0.5, clear = 0.4 }"), Verdict::Clear);
    assert_eq!(verdict("verdict = { close = 0.5, clear = 0.399 }"), Verdict::Lean);
    assert_eq!(verdict("verdict = { close = 0.4, clear = 0.1 }"), Verdict::Lean);
    assert_eq!(verdict("verdict = { close = 0.399, clear = 0.1 }"), Verdict::Close);
    let bank = Bank::parse(include_bytes!("../../data/banks/tiny.toml")).unwrap();
    assert_eq!((bank.thresholds().close, bank.thresholds().clear), (0.20, 0.05));
}

/// Three questions decide nearly everything, and yet a quick quiz asks on: for six answers, and for each topic.
#[test]
fn a_quick_stop_needs_six_answers_and_every_topic() {
    let mut text = "format = 1\nid = \"q\"\nversion = \"1\"\ntitle = \"Q\"\n".to_owned();
    for role in ["a", "b"] {
        let _ = write!(text, "[[role]]\nid = \"{role}\"\nname = \"{role}\"\nsummary = \"-\"\n");
    }
    for index in 0..12 {
        let (weight, topic) = (if index < 3 { 50 } else { 1 }, if index == 11 { "late" } else { "early" });
        let _ = write!(
            text,
            "[[question]]\nid = \"q{index}\"\nkind = \"scale\"\ntopic = \"{topic}\"\ntext = \"?\"\n\
             key = {{ a = {weight}, b = -{weight} }}\n"
        );
    }
    let bank = Bank::parse(text.as_bytes()).unwrap();
    let scorer = Scorer::new(&bank);
    let stop = |answered: &[&str], skipped: &[&str]| {
        let mut sheet = Sheet::new(&bank);
        for id in answered {
            sheet.put(bank.respond(id, &Value::Integer(5)).unwrap());
        }
        for id in skipped {
            sheet.put(bank.respond(id, &Value::Text("skip".to_owned())).unwrap());
        }
        scorer.score(&sheet).quick_stop().map(|prediction| (prediction.role, prediction.verdict))
    };
    let certain = Some((Some(0), Verdict::Clear));
    assert_eq!(stop(&["q0", "q1", "q2", "q3", "q11"], &[]), None, "five answers");
    assert_eq!(stop(&["q0", "q1", "q2", "q3", "q11"], &["q4"]), None, "a skip is no answer");
    assert_eq!(stop(&["q0", "q1", "q2", "q3", "q4", "q5"], &[]), None, "one topic is untouched");
    assert_eq!(stop(&["q0", "q1", "q2", "q3", "q4", "q11"], &[]), certain);
    assert_eq!(stop(&["q0", "q1", "q2", "q3", "q4", "q5"], &["q11"]), certain, "nothing of the topic is left");
    assert_eq!(stop(&["q1", "q2", "q3", "q4", "q5", "q11"], &[]), None, "what decides is open");
    let ids: Vec<&str> = scorer.model().by_weight().iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids[..3], ["q0", "q1", "q2"], "equal weights keep bank order");
}

/// The choices weigh nearly everything, and yet a quick quiz asks on for half of the activities of each role; what they say
/// is the outcome when both roles are disliked.
#[test]
fn a_quick_stop_needs_half_of_the_activities_of_each_role() {
    let choice = Spec::Single(vec![vec![50, 0], vec![0, 50]]);
    let specs = [vec![choice; 6], vec![Spec::Scale(vec![1, 0]); 6], vec![Spec::Scale(vec![0, 1]); 6]].concat();
    let bank = crate::support::bank(2, &specs).unwrap();
    let scorer = Scorer::new(&bank);
    let stop = |first: &[usize], second: &[usize]| {
        let mut sheet = Sheet::new(&bank);
        let (choices, activities) = bank.questions().split_at(6);
        let given = activities.iter().zip(first).chain(activities[6..].iter().zip(second));
        for (question, place) in choices.iter().zip(&[0; 6]).chain(given) {
            sheet.put(Response { question, answer: pathquiz::internals::bank::Answer::Picks(vec![*place]) });
        }
        scorer.score(&sheet).quick_stop().map(|prediction| (prediction.role, prediction.verdict))
    };
    let clear = Some((Some(0), Verdict::Clear));
    assert_eq!(stop(&[3, 4, 4], &[4, 4]), None, "two of six activities");
    assert_eq!(stop(&[4, 4, 4], &[4, 4, 4]), clear);
    assert_eq!(stop(&[0, 0, 0], &[0, 0, 0]), None, "open activities can make or unmake `neither`");
    assert_eq!(stop(&[0, 0, 0, 0, 0], &[0, 0, 0, 0, 0]), Some((None, Verdict::Neither)));
    assert_eq!(stop(&[4, 4, 4], &[0, 0, 0]), clear, "it takes both");
}

#[test]
fn thresholds_out_of_order_are_refused() {
    for wrong in ["clear = 0.3", "close = 1.0", "clear = 0", "close = -1", "close = nan", "clear = inf"] {
        let text =
            include_str!("../../data/banks/tiny.toml").replacen("\n\n", &format!("\nverdict = {{ {wrong} }}\n\n"), 1);
        let problems = Bank::parse(text.as_bytes()).unwrap_err().problems;
        assert!(
            problems.iter().all(|problem| problem.what().contains("are not valid thresholds")),
            "{wrong}: {problems:#?}"
        );
    }
}

/// With one of two equal questions answered the coverage is one half, and half is enough.
#[test]
fn half_of_the_evidence_is_enough() {
    let choice = || Spec::Single(vec![vec![1, 0], vec![0, 1]]);
    let bank = crate::support::bank(2, &[choice(), choice()]).unwrap();
    let scorer = Scorer::new(&bank);
    let mut sheet = Sheet::new(&bank);
    sheet.put(bank.respond("q0", &Value::Text("c0".to_owned())).unwrap());
    sheet.skip_open();
    let half = scorer.recommend(&sheet);
    assert!((half.coverage - 0.5).abs() < 1e-12);
    assert_ne!(half.verdict, Verdict::Insufficient);
    sheet.put(Response { question: &bank.questions()[0], answer: pathquiz::internals::bank::Answer::Skip });
    assert_eq!(scorer.recommend(&sheet).verdict, Verdict::Insufficient);
}

/// Steps of a scale are their distances from the middle: by twos where there is no middle label.
#[test]
fn steps_of_a_scale_count_from_the_middle() {
    for (labels, expected) in [
        (3, &[-1, 0, 1][..]),
        (4, &[-3, -1, 1, 3][..]),
        (5, &[-2, -1, 0, 1, 2][..]),
        (8, &[-7, -5, -3, -1, 1, 3, 5, 7][..]),
        (9, &[-4, -3, -2, -1, 0, 1, 2, 3, 4][..]),
    ] {
        let names: Vec<String> = (0..labels).map(|label| format!("\"l{label}\"")).collect();
        let scale = format!("scale = [{}]\n[[role]]", names.join(", "));
        let text = toml(2, &[Spec::Scale(vec![10, -1])]).replacen("[[role]]", &scale, 1);
        let bank = Bank::parse(text.as_bytes()).unwrap();
        let points: Vec<i64> = bank.questions()[0].choices.iter().map(|choice| choice.points[0]).collect();
        assert_eq!(points, expected.iter().map(|step| 10 * step).collect::<Vec<_>>());
    }
}

/// A hundred fair coins: the lead is a binomial, whose tails are known. Counts then exceed what a float holds exactly.
#[test]
fn a_long_bank_follows_the_binomial() {
    let bank = crate::support::bank(2, &vec![Spec::Single(vec![vec![1, 0], vec![0, 1]]); 100]).unwrap();
    let scorer = Scorer::new(&bank);
    let chance = scorer.chance();
    // P(exactly 50 heads) and P(at least 60 heads or at least 60 tails), from tables of the binomial distribution.
    assert!((chance.tie() - 0.079_589_237).abs() < 1e-9);
    let per_head = 2.0 * 2.0 / 10.0;
    assert!((chance.at_least(10.0 * per_head) - 0.056_887_933).abs() < 1e-9, "{}", chance.at_least(10.0 * per_head));
    assert!((chance.wins()[0] - chance.wins()[1]).abs() < 1e-12);
    assert_eq!(chance.standard_error(), None);
}

/// All heads of n coins come up twice in 2ⁿ, either way. Small probabilities are never told more exactly than that.
#[test]
fn chance_is_told_in_round_words() {
    for (coins, words) in [
        (1, "About 100 in 100 people"),
        (5, "About 6 in 100 people"),
        (7, "About 2 in 100 people"),
        (8, "About 1 in 100 people"),
        (9, "Fewer than 1 in 200 people"),
        (40, "Fewer than 1 in 200 people"),
    ] {
        let bank = crate::support::bank(2, &vec![Spec::Single(vec![vec![1, 0], vec![0, 1]]); coins]).unwrap();
        let mut sheet = Sheet::new(&bank);
        for question in bank.questions() {
            sheet.put(Response { question, answer: pathquiz::internals::bank::Answer::Picks(vec![0]) });
        }
        let scorer = Scorer::new(&bank);
        let pace = Pace { start: jiff::civil::date(2026, 11, 23), hours_per_week: 6 };
        let text = crate::support::report(&scorer, &sheet, pace, Length::Full).json();
        assert!(text.contains(words), "{coins}: {text}");
    }
}
