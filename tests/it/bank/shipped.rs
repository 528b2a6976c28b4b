//! The bank that ships is fair by construction; every number that says so is computed here.

use std::collections::BTreeSet;
use std::process::Command;

use pathquiz::internals::bank::{Answer, Bank, Kind, Question, Response, SHIPPED, Sheet, Verdict};
use pathquiz::internals::scoring::{self, Chance, Scorer};

fn bank() -> Bank {
    Bank::parse(SHIPPED.as_bytes()).unwrap()
}

fn scored(bank: &Bank) -> Vec<&Question> {
    bank.questions().iter().filter(|question| question.is_scored()).collect()
}

/// The sheet with the same position everywhere; where a question has fewer choices, its last one.
fn constant(bank: &Bank, position: usize) -> Sheet<'_> {
    let mut sheet = Sheet::new(bank);
    for question in scored(bank) {
        let pick = position.min(question.choices.len() - 1);
        sheet.put(Response { question, answer: Answer::Picks(vec![pick]) });
    }
    sheet.skip_open();
    sheet
}

#[test]
fn it_has_the_promised_parts() {
    let bank = bank();
    assert!(bank.warnings().is_empty(), "{:?}", bank.warnings());
    let scored = scored(&bank);
    assert_eq!(scored.len(), 24);
    assert_eq!(bank.questions().len() - scored.len(), 3);
    let scales = scored.iter().filter(|question| question.kind == Kind::Scale).count();
    assert_eq!(scales, 12);
    assert!(scored.iter().all(|question| question.kind == Kind::Scale || (3..=4).contains(&question.choices.len())));
    assert_eq!(bank.scale().len(), 5);
    assert!(bank.personas().len() >= 6);
    for role in bank.roles() {
        assert_eq!((role.knowledge.len(), role.expertise.len()), (10, 5));
        assert!(role.growth.is_some() && role.outlook.len() >= 6);
        assert!(role.certifications.iter().all(|certification| certification.as_of.is_some()));
        assert!(role.knowledge.iter().all(|topic| topic.hours.high > 0 && topic.resources.len() >= 2));
    }
}

#[test]
fn its_personas_come_out_as_expected() {
    let bank = bank();
    let scorer = Scorer::new(&bank);
    let mismatches: Vec<String> = scoring::mismatches(&scorer).iter().map(scoring::Mismatch::what).collect();
    assert!(mismatches.is_empty(), "{mismatches:#?}");
    let verdicts: BTreeSet<Verdict> = bank.personas().iter().filter_map(|persona| persona.expect.verdict).collect();
    assert_eq!(verdicts.len(), 5, "every verdict has a persona");
}

#[test]
fn random_answers_favour_nobody() {
    let bank = bank();
    let chance = Chance::of_bank(Scorer::new(&bank).model());
    let half = (1.0 - chance.tie()) / 2.0;
    assert!(chance.wins().iter().all(|win| (win - half).abs() < 0.015), "{:?} {}", chance.wins(), chance.tie());
    assert_eq!(chance.standard_error(), None);
}

#[test]
fn the_same_position_everywhere_calls_nobody() {
    let bank = bank();
    let scorer = Scorer::new(&bank);
    for position in 0..5 {
        let recommendation = scorer.recommend(&constant(&bank, position));
        let expected = if position < 2 { Verdict::Neither } else { Verdict::Close };
        assert_eq!(recommendation.verdict, expected, "position {position}");
    }
    // Last position of every question.
    assert_eq!(scorer.recommend(&constant(&bank, usize::MAX)).verdict, Verdict::Close);
}

/// Liking everything gives both roles the same, whatever is chosen in the scenarios.
#[test]
fn scale_keys_add_up_to_the_same() {
    let bank = bank();
    let sum = |role: usize| -> i64 {
        let scales = bank.questions().iter().filter(|question| question.kind == Kind::Scale);
        scales.map(|question| question.choices.last().unwrap().points[role]).sum()
    };
    assert_eq!(sum(0), sum(1));
    assert!(sum(0) > 0);
}

#[test]
fn both_roles_can_score_high_and_no_question_decides_alone() {
    let bank = bank();
    let scorer = Scorer::new(&bank);
    for role in 0..2 {
        let ceiling = 50.0 + 50.0 * scorer.model().constants(role).highest / scorer.model().reach();
        assert!(ceiling >= 85.0, "{ceiling}");
    }
    let mut shares = scorer.model().shares(0, 1);
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    shares.sort_by(|a, b| b.total_cmp(a));
    assert!(shares.iter().all(|share| (0.005..=0.08).contains(share)), "{shares:?}");
    assert!(shares[..4].iter().sum::<f64>() <= 0.30, "{shares:?}");
}

/// Groups of vowels, y among them, less a silent final e (one behind a consonant); one at least.
fn syllables(word: &str) -> usize {
    let letters: String = word.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
    let is_vowel = |letter: char| "aeiouy".contains(letter);
    let groups = letters.split(|letter| !is_vowel(letter)).filter(|group| !group.is_empty()).count();
    let is_silent = letters.strip_suffix('e').is_some_and(|rest| rest.ends_with(|letter| !is_vowel(letter)));
    (groups - usize::from(is_silent)).max(1)
}

/// The Flesch-Kincaid grade of one sentence; words are what white space separates.
fn grade(sentence: &str) -> f64 {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let count = words.len() as f64;
    0.39 * count + 11.8 * words.iter().map(|word| syllables(word)).sum::<usize>() as f64 / count - 15.59
}

#[test]
fn syllables_and_grades_are_counted_as_stated() {
    let counts = ["the", "store", "database", "queue", "hundred", "app?", "lab's", "statistics"].map(syllables);
    assert_eq!(counts, [1, 1, 3, 1, 2, 1, 1, 3]);
    // 5 words, 6 syllables.
    assert!((grade("How much would you enjoy") - (0.39 * 5.0 + 11.8 * 6.0 / 5.0 - 15.59)).abs() < 1e-9);
}

#[test]
fn activities_cover_both_jobs() {
    let bank = bank();
    let own = [
        ["data quality", "databases", "infrastructure", "pipelines"],
        ["deployment", "experiments", "model training", "monitoring"],
    ];
    for (role, topics) in own.into_iter().enumerate() {
        let scales = scored(&bank).into_iter().filter(|question| question.kind == Kind::Scale);
        let activities: Vec<&Question> = scales.filter(|question| question.choices[4].points[role] > 0).collect();
        assert_eq!(activities.len(), 6);
        assert!(activities.iter().all(|question| question.choices[4].points[1 - role] == 0));
        let covered: BTreeSet<&str> = activities.iter().filter_map(|question| question.topic.as_deref()).collect();
        assert_eq!(covered, BTreeSet::from(topics));
    }
}

#[test]
fn activities_are_short_and_easy_to_read() {
    let bank = bank();
    let activities = || scored(&bank).into_iter().filter(|question| question.kind == Kind::Scale);
    for question in activities() {
        let rest = question.text.strip_prefix("How much would you enjoy ").unwrap();
        assert!((4..=14).contains(&rest.split_whitespace().count()), "{}", question.text);
        // One thing each, in one sentence, so that its grade is that of the sentence.
        assert!(rest.ends_with('?') && !rest.contains([',', '.', ';', ':']), "{}", question.text);
        let linked = rest.split_whitespace().find(|word| ["and", "or", "so", "until", "without"].contains(word));
        assert_eq!(linked, None, "{}", question.text);
    }
    let grades: Vec<f64> = activities().map(|question| grade(&question.text)).collect();
    assert!(grades.iter().all(|grade| *grade <= 9.5), "{grades:?}");
    assert!(grades.iter().sum::<f64>() / grades.len() as f64 <= 7.5, "{grades:?}");
}

/// Nobody can answer as they please by looking for the words of one job.
#[test]
fn few_options_give_machine_learning_away() {
    let bank = bank();
    let singles = scored(&bank).into_iter().filter(|question| question.kind == Kind::Single);
    let options: Vec<&str> = singles
        .flat_map(|question| &question.choices)
        .filter(|choice| choice.points[1] > choice.points[0])
        .map(|choice| &*choice.text)
        .collect();
    let gives_away = |text: &&&str| {
        let text = text.to_lowercase();
        ["model", "predict", "guess"].iter().any(|word| text.contains(word))
    };
    let giving = options.iter().filter(gives_away).count();
    assert!(3 * giving <= options.len(), "{options:#?}");
}

/// No choice carries more for one role over all: indifferent choices then lean to nobody.
#[test]
fn scenarios_offer_both_roles_the_same() {
    let bank = bank();
    for question in scored(&bank) {
        if question.kind == Kind::Single {
            let sum = |role: usize| question.choices.iter().map(|choice| choice.points[role]).sum::<i64>();
            assert_eq!(sum(0), sum(1), "{}", question.id);
        }
    }
    let first_for = |role: usize| {
        let singles = scored(&bank).into_iter().filter(|question| question.kind == Kind::Single);
        singles.filter(|question| question.choices[0].points[role] > question.choices[0].points[1 - role]).count()
    };
    assert!(first_for(0).abs_diff(first_for(1)) <= 2, "option order is rotated");
}

#[test]
fn plan_questions_reach_both_roles() {
    let bank = bank();
    for tag in ["aws", "azure", "gcp"] {
        for role in bank.roles() {
            assert!(
                role.certifications.iter().any(|it| it.retired.is_none() && it.suits.iter().any(|suit| suit == tag))
            );
        }
    }
}

/// The six certifications that older guides name are all told of, the retired ones with what to sit instead.
#[test]
fn certifications_of_older_guides_are_all_there() {
    let bank = bank();
    let all: Vec<_> = bank.roles().iter().flat_map(|role| &role.certifications).collect();
    for (id, retired) in
        [("das-c01", true), ("dp-203", true), ("pde", false), ("mls-c01", true), ("ai-102", true), ("pmle", false)]
    {
        let certification = all.iter().find(|certification| certification.id == id).unwrap();
        assert_eq!(certification.retired.is_some(), retired, "{id}");
        assert_eq!(certification.successors.is_empty(), !retired, "{id}");
    }
    let das = all.iter().find(|certification| certification.id == "das-c01").unwrap();
    assert_eq!(das.retired.unwrap().to_string(), "2024-04", "the day is not known");
}

#[test]
fn the_bank_inside_the_program_is_the_file() {
    let commands: [&[&str]; 4] = [
        &["questions", "--json"],
        &["plan", "--compare", "--start", "2027-01-04"],
        &["--answers", "tests/data/answers/plumber.json", "--no-input", "--json", "--start", "2027-01-04"],
        &["bank", "check", "--json"],
    ];
    for arguments in commands {
        let run = |more: &[&str]| {
            Command::new(env!("CARGO_BIN_EXE_pathquiz")).args(arguments).args(more).output().unwrap().stdout
        };
        let inside = run(&[]);
        assert!(!inside.is_empty(), "{arguments:?}");
        assert_eq!(inside, run(&["--bank", "questions.toml"]), "{arguments:?}");
    }
}
