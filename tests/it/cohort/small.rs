//! What is kept back, because people could be recognised in it.

use pathquiz::internals::bank::{Bank, SHIPPED};
use pathquiz::internals::cohort::{Cohort, Details, Judgement, QuestionStats};
use pathquiz::internals::report::{Report as _, Style};
use pathquiz::internals::scoring::{Flag, Scorer};
use serde_json::Value as Json;

use super::{bank, cohort, sheets};
use crate::support::Spec;

const STYLE: Style = Style { width: 80, unicode: true, color: false, links: false };

/// Five questions that all lean one way; what is answered alike everywhere is clear.
fn one_way() -> Bank {
    bank(2, &vec![Spec::Scale(vec![1, -1]); 5])
}

/// People who answer everything with the highest step, with the lowest, and with the middle.
fn people(high: usize, low: usize, middle: usize) -> Vec<Vec<Option<usize>>> {
    let same = |way: usize, people: usize| vec![vec![Some(way); 5]; people];
    [same(4, high), same(0, low), same(2, middle)].concat()
}

#[test]
fn under_five_people_only_their_number_is_told() {
    let bank = one_way();
    let scorer = Scorer::new(&bank);
    for count in 0..5 {
        let group = people(count, 0, 0);
        let few = Cohort { rejected: 3, ..cohort(&scorer, &sheets(&bank, &group)) };
        assert!(few.details.is_none());
        let document: Json = serde_json::from_str(&few.json()).unwrap();
        let told: Vec<&str> = document
            .as_object()
            .unwrap()
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, _)| key.as_str())
            .collect();
        assert_eq!(told, ["bank", "note", "rejected", "respondents", "schema_version", "tool"]);
        assert_eq!((&document["respondents"], &document["rejected"]), (&count.into(), &3.into()));
        let document = few.document();
        for text in [document.text(STYLE), document.markdown(), document.html()] {
            assert!(text.contains("3 lines were rejected") && text.contains("Too few people answered"), "{text}");
            assert!(!text.contains("clear") && !text.contains("mean") && !text.contains("alpha"), "{text}");
        }
    }
    assert!(cohort(&scorer, &sheets(&bank, &people(5, 0, 0))).details.is_some());
}

/// Whether roles are broken down by verdict, which must be the same for all of them.
fn broken_down(details: &Details<'_>) -> bool {
    let groups = details.roles.iter().map(|role| &role.recommended).chain([&details.tied]);
    let told: Vec<bool> = groups.map(|group| group.verdicts.is_some()).collect();
    assert!(told.iter().all(|one| *one == told[0]), "the rest would tell what is left out");
    told[0]
}

#[test]
fn a_small_role_or_verdict_keeps_all_from_being_broken_down() {
    let bank = one_way();
    let scorer = Scorer::new(&bank);
    let details = |high, low, middle| cohort(&scorer, &sheets(&bank, &people(high, low, middle))).details.unwrap();
    assert!(broken_down(&details(6, 5, 0)));
    assert!(broken_down(&details(6, 0, 0)));
    assert!(!broken_down(&details(6, 4, 0)), "the second role has four people");
    assert!(broken_down(&details(6, 5, 7)), "seven ties");
    assert!(!broken_down(&details(6, 5, 2)), "only two are too close to call");
    let mut close = people(6, 5, 2);
    // Leaning a hair to the first role is too close to call as well, so that verdict has enough people.
    close.extend(vec![vec![Some(2), Some(2), Some(2), Some(2), Some(3)]; 5]);
    assert!(
        broken_down(&cohort(&scorer, &sheets(&bank, &close)).details.unwrap()),
        "a tie tells nothing beside itself"
    );
    close.extend([vec![None; 5], vec![None; 5]]);
    assert!(!broken_down(&cohort(&scorer, &sheets(&bank, &close)).details.unwrap()), "two answered nothing");
}

#[test]
fn a_question_that_few_answered_has_counts_alone() {
    let bank = one_way();
    let scorer = Scorer::new(&bank);
    let with = |answers: usize| {
        let person = |person: usize| (0..5).map(|item| Some(if item == 3 { 2 * person } else { person } % 5)).collect();
        let mut group: Vec<Vec<Option<usize>>> = (0..40).map(person).collect();
        group.iter_mut().skip(answers).for_each(|person| person[3] = None);
        cohort(&scorer, &sheets(&bank, &group)).details.unwrap().questions.swap_remove(3)
    };
    let (few, enough) = (with(4), with(5));
    assert_eq!((few.answered, few.skipped, few.stats), (4, 36, QuestionStats::default()));
    assert!(enough.answered == 5 && enough.stats.item_rest.is_some());
    // Fisher's interval of five people, though others have forty in common.
    let (low, high) = enough.stats.interval.unwrap();
    assert!((high.atanh() - low.atanh() - 2.0 * 1.959_964 / 2.0_f64.sqrt()).abs() < 1e-5);
}

#[test]
fn a_question_that_nobody_answered_spoils_no_other() {
    let bank = one_way();
    let scorer = Scorer::new(&bank);
    let person = |person: usize| (0..5).map(|item| Some((person + item * (person / 5)) % 5)).collect();
    let mut group: Vec<Vec<Option<usize>>> = (0..20).map(person).collect();
    for person in &mut group {
        person[2] = None;
    }
    group[7][2] = Some(1);
    let details = cohort(&scorer, &sheets(&bank, &group)).details.unwrap();
    let lead = details.lead.unwrap().reliability;
    assert!((lead.questions, lead.respondents) == (4, 20) && lead.alpha.is_some(), "{lead:?}");
    for (index, item) in details.questions.iter().enumerate() {
        assert_eq!(item.stats.item_rest.is_some(), index != 2);
    }
}

#[test]
fn few_people_are_grey_and_said_to_be() {
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
    let scorer = Scorer::new(&bank);
    let colored = Style { color: true, ..STYLE };
    let text = |count: usize| {
        let group: Vec<Vec<Option<usize>>> =
            (0..count).map(|person| (0..24).map(|item| Some((person * 7 + item * person) % 4)).collect()).collect();
        let found = cohort(&scorer, &sheets(&bank, &group));
        let document = found.document();
        assert!(document.html().contains("<table class=\"soft\">") == (count < 30));
        document.text(colored)
    };
    let (few, many) = (text(29), text(30));
    assert!(few.contains("\u{1b}[2m") && few.replace('\n', " ").contains("a rough"), "{few}");
    assert!(!many.contains("\u{1b}[2m") && !many.contains("rough"), "{many}");
}

#[test]
fn only_flags_that_were_looked_for_are_told() {
    let bank = one_way();
    let scorer = Scorer::new(&bank);
    let found = super::summary(&scorer, &sheets(&bank, &people(6, 5, 7)));
    let names = |flags: &[Flag]| {
        let document: Json = serde_json::from_str(&Cohort::new(&found, 0, flags).json()).unwrap();
        document["flags"].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(names(&Flag::ALL), ["constant", "duplicate", "straight-line", "unknown"]);
    assert_eq!(names(&Flag::ALONE), ["constant", "straight-line"]);
}

#[test]
fn questions_are_judged_from_a_hundred_people_on() {
    let bank = bank(2, &[vec![Spec::Scale(vec![1, 0]); 4], vec![Spec::Scale(vec![0, 1]); 4]].concat());
    let scorer = Scorer::new(&bank);
    // The last question is answered against the others of its role.
    let person = |person: usize| {
        let (one, two) = (person % 5, person / 5 % 5);
        [[one; 4], [two, two, two, 4 - two]].concat().into_iter().map(Some).collect::<Vec<_>>()
    };
    let judged = |people: usize, skipped: usize| {
        let mut group: Vec<Vec<Option<usize>>> = (0..people).map(person).collect();
        group.iter_mut().take(skipped).for_each(|person| person[7] = None);
        let found = cohort(&scorer, &sheets(&bank, &group));
        let judgements = found.details.as_ref().unwrap().questions.iter().map(|question| question.judgement).collect();
        (judgements, found.document().text(STYLE).replace('\n', " "))
    };
    let (few, text): (Vec<Option<Judgement>>, String) = judged(99, 0);
    assert_eq!(few, [Some(Judgement::TooFew); 8]);
    assert!(text.contains("Too few people to judge questions"), "{text}");
    let (enough, text) = judged(100, 0);
    assert_eq!(enough, [&[None; 7][..], &[Some(Judgement::Rewrite)]].concat());
    assert!(text.contains("q7: item-rest −") && text.contains("wrong answers") && !text.contains("Too few"), "{text}");
    let (skipped, text) = judged(100, 1);
    assert_eq!(skipped, [&[None; 7][..], &[Some(Judgement::TooFew)]].concat());
    assert!(text.contains("Too few people to judge q7") && !text.contains("wrong answers"), "{text}");
}
