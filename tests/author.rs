//! What authors can look at: a whole bank with three roles.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop right there")]

use std::collections::BTreeSet;

use pathquiz::bank::{Bank, Certification, Kind, SHIPPED, Verdict};
use pathquiz::scoring::{self, Audit, Model, Reach};

const THREE: &str = include_str!("banks/three.toml");

/// Everything for which `bank check --strict` would refuse a bank, and the notes of its audit.
fn blemishes(bank: &Bank) -> Vec<String> {
    let model = Model::new(bank);
    let mut found: Vec<String> = bank.warnings.iter().map(ToString::to_string).collect();
    found.extend(scoring::mismatches(&model).iter().map(|mismatch| mismatch.what(&model)));
    found.extend(Audit::new(&model).findings().iter().map(ToString::to_string));
    found
}

#[test]
fn the_bank_of_three_roles_is_complete() {
    let bank = Bank::parse(THREE.as_bytes()).unwrap();
    let ids: Vec<&str> = bank.roles.iter().map(|role| role.id.as_str()).collect();
    assert_eq!(ids, ["data-engineering", "data-science", "machine-learning-engineering"]);
    let scored = || bank.questions.iter().filter(|question| question.is_scored());
    assert_eq!((scored().count(), bank.questions.len()), (24, 27));
    assert_eq!(scored().filter(|question| question.kind == Kind::Scale).count(), 12);
    for question in scored().filter(|question| question.kind == Kind::Single) {
        for role in 0..3 {
            let whole = |points: &[i64]| points[role] >= 2 && points.iter().sum::<i64>() == points[role];
            let own = question.choices.iter().filter(|choice| whole(&choice.points)).count();
            assert_eq!(own, 1, "`{}` has one choice for `{}`", question.id, ids[role]);
        }
    }
    for role in &bank.roles {
        let active = role.certifications.iter().filter(|it| it.retired.is_none()).count();
        assert!(role.knowledge.len() >= 4 && active >= 2 && role.expertise.len() >= 2, "{}", role.id);
        assert!(role.certifications.iter().all(|it| it.as_of.is_some()), "{}", role.id);
        assert!(role.expertise.iter().all(|it| it.done_when.is_some() && it.dataset.is_some()), "{}", role.id);
    }
    let expected: BTreeSet<_> = bank.personas.iter().map(|it| (it.expect.role, it.expect.verdict)).collect();
    for (role, id) in ids.iter().enumerate() {
        assert!(expected.contains(&(Some(role), Some(Verdict::Clear))), "{id}");
        assert!(expected.contains(&(Some(role), Some(Verdict::Lean))), "{id}");
    }
    assert!(expected.contains(&(None, Some(Verdict::Close))));
}

/// Exams are as in the shipped bank, and so are all addresses but one.
#[test]
fn facts_are_those_of_the_shipped_bank() {
    let [three, shipped] = [THREE, SHIPPED].map(|text| Bank::parse(text.as_bytes()).unwrap());
    let all = |bank: &Bank| bank.roles.iter().flat_map(|role| role.certifications.clone()).collect::<Vec<_>>();
    let known = all(&shipped);
    for own in all(&three) {
        let same = known.iter().find(|it| it.id == own.id).unwrap();
        let facts = |it: &Certification| {
            (it.name.clone(), it.code.clone(), it.price_usd, it.valid_years, it.retired, it.as_of, it.url.clone())
        };
        assert_eq!(facts(&own), facts(same));
    }
    let addresses = |text: &str| -> BTreeSet<String> {
        text.split('"').filter(|word| word.starts_with("https://")).map(str::to_owned).collect()
    };
    let new: Vec<String> = addresses(THREE).difference(&addresses(SHIPPED)).cloned().collect();
    assert_eq!(new, ["https://archive.ics.uci.edu/static/public/222/bank+marketing.zip"]);
}

#[test]
fn the_bank_of_three_roles_is_fair() {
    let bank = Bank::parse(THREE.as_bytes()).unwrap();
    assert_eq!(blemishes(&bank), <[String; 0]>::default());
    let model = Model::new(&bank);
    let audit = Audit::new(&model);
    for standing in &audit.roles {
        assert!((standing.leads - audit.fair()).abs() < 0.015, "{standing:?}");
        assert_eq!((standing.reach, standing.questions, standing.liking), (Reach::Reached, 17, 20));
        assert!(standing.ceiling > 99.0, "{standing:?}");
    }
}
