//! What is wrong with a bank is all reported, in file order, each thing at its place and with advice.

use pathquiz::internals::answers::PairedSheets;
use pathquiz::internals::bank::{Bank, PartialDate, Problem, SHIPPED, Value, clean};

/// A bank that keeps every rule, to be spoiled by the tests.
const GOOD: &str = r#"format = 1
id = "small"
version = "1"
title = "Small"

[[role]]
id = "a"
name = "A"
summary = "First"

[[role]]
id = "b"
name = "B"
summary = "Second"

[[question]]
id = "likes"
kind = "scale"
text = "Do you like it?"
key = { a = 1 }

[[question]]
id = "either"
kind = "single"
text = "Which one?"
  [[question.choice]]
  id = "one"
  text = "One"
  points = { a = 2 }
  [[question.choice]]
  id = "two"
  text = "Two"
  points = { b = 2 }
"#;

fn problems(text: &str) -> Vec<Problem> {
    Bank::parse(text.as_bytes()).map_or_else(|invalid| invalid.problems, |bank| bank.warnings().to_vec())
}

/// The only problem of the good bank with one thing replaced.
#[track_caller]
fn only(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    let found = problems(&GOOD.replacen(from, to, 1));
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0].to_string()
}

#[test]
fn a_good_bank_has_no_problem() {
    assert_eq!(problems(GOOD), []);
    assert_eq!(problems(SHIPPED), []);
}

#[test]
fn each_mistake_is_named_at_its_place_with_advice() {
    for (from, to, expected) in [
        (
            "format = 1",
            "format = 2",
            "line 1, column 10: the bank has format 2, which is newer than this program; update pathquiz, or write the bank in `format = 1`",
        ),
        ("format = 1\n", "", "line 1, column 1: the bank has no `format`; add `format = 1`"),
        ("title", "titel", "line 1, column 1: the bank has no `title`; add `title = \"...\"`"),
        (
            "\"small\"",
            "\"Small Bank\"",
            "line 2, column 6: `Small Bank` is not an id; write lower-case words joined by hyphens, at most 64 characters, such as `first-hour`",
        ),
        (
            "version = \"1\"",
            "version = 1",
            "line 3, column 11: expected text in quotes, found a whole number; write text in quotes here",
        ),
        (
            "\"First\"",
            "\"a\\u001b[2J\"",
            "line 9, column 11: the text contains U+001B, which can control a terminal or reverse the text; remove it; a long text can continue on the next line of the file after a `\\`",
        ),
        (
            "\"First\"",
            "\"a\\u202Eb\"",
            "line 9, column 11: the text contains U+202E, which can control a terminal or reverse the text; remove it; a long text can continue on the next line of the file after a `\\`",
        ),
        (
            "id = \"b\"",
            "id = \"a\"",
            "line 12, column 6: role `a` has the same id as the one on line 7; give it another id",
        ),
        (
            "kind = \"scale\"",
            "kind = \"scaled\"",
            "line 18, column 8: unknown question kind `scaled`; did you mean `scale`?",
        ),
        ("key = { a = 1 }", "key = { c = 1 }", "line 20, column 9: unknown role `c`; known here: `a`, `b`"),
        (
            "key = { a = 1 }",
            "key = { a = 101 }",
            "line 20, column 13: a key cannot be 101; use a number from -100 to 100",
        ),
        (
            "key = { a = 1 }",
            "key = { a = 9223372036854775808 }",
            "line 20, column 13: the number is too large; write a number of at most 18 digits",
        ),
        (
            "key = { a = 1 }",
            "key = { a = 1 }\npick = [1, 2]",
            "line 21, column 8: `pick` belongs to multi questions; remove it, or write `kind = \"multi\"`",
        ),
        (
            "key = { a = 1 }",
            "points = 3",
            "line 16, column 1: the question has no `key`; add `key = { data-engineering = 2 }`",
        ),
        ("kind = \"single\"", "kind = \"multi\"", "line 22, column 1: the question has no `pick`; add `pick = [1, 3]`"),
        (
            "kind = \"single\"",
            "kind = \"multi\"\npick = [2, 3]",
            "line 25, column 8: `pick` is not a range; write [fewest, most] with 0 <= fewest <= most <= 2, the number of choices",
        ),
        (
            "kind = \"single\"",
            "kind = \"rank\"\nplaces = [3, 2, 1]",
            "line 25, column 10: `places` has 3 entries for 2 choices; write 1 to 2 numbers, the weight of each place, best place first",
        ),
        (
            "id = \"two\"",
            "id = \"skip\"",
            "line 31, column 8: `skip` is reserved for skipping a question; give the choice another id",
        ),
        (
            "points = { a = 2 }",
            "knows = [\"sql\"]",
            "line 26, column 3: the question both scores and shapes the plan; ask about interest and about experience in two questions",
        ),
        (
            "points = { b = 2 }",
            "points = { a = 2 }",
            "line 11, column 1: no question says anything about the role `b`; give it points for at least one choice, but not the same for every choice",
        ),
    ] {
        let found = problems(&GOOD.replacen(from, to, 1));
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(found.iter().any(|problem| problem == expected), "{to}: {found:#?}");
    }
}

#[test]
fn plan_entries_are_checked() {
    let certification =
        "\n  [[role.certification]]\n  id = \"exam\"\n  name = \"Exam\"\n  url = \"https://example.org\"\n";
    let with = |more: &str| only("summary = \"First\"\n", &format!("summary = \"First\"\n{certification}  {more}\n"));
    assert!(
        with("successors = [\"exan\"]").contains("unknown certification `exan` in `successors`; did you mean `exam`?")
    );
    assert!(with("hours = [9, 3]").contains("`hours` is not a range"));
    assert!(with("retired = \"soon\"").contains("expected a date such as 2026-09-01"));
    assert!(with("price_usd = -1").contains("a price in dollars cannot be -1"));
    for address in ["javascript:alert(1)", "https://", "https://a b", "ftp://a", "https://a\\\"b", "https://ä"] {
        let entry = format!("\n  [[role.outlook]]\n  claim = \"c\"\n  value = \"v\"\n  source = \"{address}\"\n");
        let problem = only("summary = \"First\"\n", &format!("summary = \"First\"\n{entry}"));
        assert!(problem.contains("is not a web address"), "{address}: {problem}");
    }
}

#[test]
fn a_language_is_a_tag() {
    let with = |tag: &str| GOOD.replacen("id = \"small\"", &format!("id = \"small\"\nlanguage = \"{tag}\""), 1);
    for tag in ["en", "pt-BR", "zh-Hant-TW", "de-1996"] {
        assert_eq!(Bank::parse(with(tag).as_bytes()).unwrap().language(), tag);
    }
    for tag in ["e", "english language", "en_US", "12", "en-", "en-verylongpart", "-"] {
        let problems = Bank::parse(with(tag).as_bytes()).unwrap_err().problems;
        assert!(problems.len() == 1 && problems[0].what().contains("is not a language tag"), "{tag}: {problems:?}");
    }
}

/// A mistake never hides another one: twelve in one file are all found, rising by line.
#[test]
fn all_mistakes_are_reported_at_once() {
    let spoiled = GOOD
        .replacen("id = \"small\"", "id = \"small\"\nintor = \"x\"", 1)
        .replacen("version = \"1\"", "version = 1.5", 1)
        .replacen("title = \"Small\"", "scale = [\"no\"]", 1)
        .replacen("name = \"A\"", "name = [\"A\"]", 1)
        .replacen("summary = \"Second\"", "sumary = \"Second\"", 1)
        .replacen("kind = \"scale\"", "kind = \"scael\"", 1)
        .replacen("id = \"either\"", "id = \"Either\"", 1)
        .replacen("points = { a = 2 }", "points = { aa = 2000 }", 1)
        .replacen("text = \"Two\"", "text = true", 1)
        + "\n[[persona]]\nid = \"p\"\nanswers = { likess = 1 }\nexpect = { verdict = \"closed\" }\n";
    let found = problems(&spoiled);
    let lines: Vec<usize> = found.iter().map(|problem| problem.place.line).collect();
    assert!(lines.is_sorted(), "{lines:?}");
    for words in [
        "no `title`",
        "unknown key `intor`",
        "expected text in quotes, found a number",
        "the scale has 1 labels",
        "expected text in quotes, found a list",
        "no `summary`",
        "unknown key `sumary`",
        "unknown question kind `scael`",
        "`Either` is not an id",
        "unknown role `aa`",
        "points cannot be 2000",
        "found true or false",
    ] {
        assert!(found.iter().any(|problem| problem.what().contains(words)), "{words}: {found:#?}");
    }
}

#[test]
fn broken_syntax_is_reported_with_the_rest() {
    let found =
        problems(&GOOD.replacen("id = \"small\"", "id = ", 1).replacen("kind = \"single\"", "kind = \"singel\"", 1));
    let told: Vec<(usize, bool)> =
        found.iter().map(|problem| (problem.place.line, problem.what().contains("singel"))).collect();
    assert_eq!(told.first().map(|first| first.0), Some(2));
    assert!(told.iter().any(|&(line, kind)| line == 24 && kind), "{found:#?}");
}

#[test]
fn bytes_that_are_no_bank_are_refused_with_a_place() {
    for (bytes, words) in [
        (&b"format = 1\nid = \"\xff\"\n"[..], "not UTF-8"),
        (&b"\x00"[..], ""),
        (&b""[..], "no `format`"),
        (&b" ".repeat((1 << 20) + 1)[..], "more than 1048576 bytes"),
    ] {
        let problems = Bank::parse(bytes).unwrap_err().problems;
        assert!(problems.iter().any(|problem| problem.what().contains(words)), "{problems:#?}");
        assert!(problems.iter().all(|problem| problem.place.line >= 1 && problem.place.column >= 1));
    }
    let windows = GOOD.replace('\n', "\r\n");
    assert!(Bank::parse(windows.as_bytes()).is_ok(), "line ends of another system");
    assert!(Bank::parse(format!("\u{feff}{GOOD}").as_bytes()).is_ok(), "a byte order mark");
}

/// More outcomes than can be listed, or counts without a small common multiple, are refused and not computed.
#[test]
fn questions_with_too_many_outcomes_are_refused() {
    let multi = |choices: usize, pick: &str| {
        let choice =
            |index| format!("[[question.choice]]\nid = \"c{index}\"\ntext = \"-\"\npoints = {{ a = {index} }}\n");
        let choices: String = (0..choices).map(choice).collect();
        format!("[[question]]\nid = \"m{}\"\nkind = \"multi\"\ntext = \"?\"\npick = {pick}\n{choices}", choices.len())
    };
    let found = problems(&format!("{GOOD}{}", multi(13, "[0, 13]")));
    assert!(found[0].what().contains("can be answered in 8192 ways"), "{found:#?}");
    let found = problems(&format!("{GOOD}{}", multi(60, "[0, 60]")));
    assert!(found[0].what().contains("can be answered in 1152921504606846976 ways"), "{found:#?}");
}

/// What refers to something broken is not reported as well: one mistake in the shipped bank is one problem.
#[test]
fn one_mistake_is_one_problem() {
    for (from, to) in [
        ("kind = \"scale\"", "kind = \"scael\""),
        ("id = \"plays\"\n  text", "id = \"plays\"\n  txt"),
        ("id = \"sql\"\n  title = \"SQL and relational databases\"", "id = \"sql\"\n  title = 7"),
        ("name = \"Data Engineering\"", "name = 5"),
        ("key = { data-engineering = 2 }", "key = { data-enginering = 2 }"),
        ("points = { data-engineering = 3 }", "points = { data-engineering = 300 }"),
        ("pick = [0, 9]", "pick = [0, 90]"),
        ("hours_per_week = 3", "hours_per_week = 0"),
        ("  stores = 5\n", "  stores = 6\n"),
        ("  stores = 5\n", "  pipeline = 5\n"),
        ("title = \"Data Engineering or Machine Learning Engineering?\"", ""),
    ] {
        assert!(SHIPPED.contains(from), "{from}");
        let found = problems(&SHIPPED.replacen(from, to, 1));
        let most = if from.contains("text") { 2 } else { 1 };
        assert!((1..=most).contains(&found.len()), "{to}: {found:#?}");
    }
}

/// The choices of a question whose kind is unknown are checked all the same, and so is what a persona expects that has
/// no answers.
#[test]
fn what_is_known_is_listed_once() {
    let found = problems(&GOOD.replacen("id = \"b\"", "id = \"a\"", 1).replace("b = 2", "somebody = 2"));
    assert!(found.iter().any(|problem| problem.to_string().ends_with("; known here: `a`")), "{found:#?}");
}

#[test]
fn a_mistake_hides_nothing_beside_it() {
    let found =
        problems(&GOOD.replacen("kind = \"single\"", "kind = \"one\"", 1).replacen("{ b = 2 }", "{ c = 2 }", 1));
    assert!(found.iter().any(|problem| problem.what() == "unknown role `c`"), "{found:#?}");
    let found = problems(&format!("{GOOD}[[persona]]\nid = \"p\"\nexpect = {{ role = \"c\" }}\n"));
    assert!(found.iter().any(|problem| problem.what() == "unknown role `c`"), "{found:#?}");
    assert_eq!(found.len(), 2, "{found:#?}");
    let found = problems("");
    assert!(found.iter().any(|problem| problem.what().contains("fewer than two roles")), "{found:#?}");
    assert!(found.iter().any(|problem| problem.what().contains("no scored question")), "{found:#?}");
}

#[test]
fn a_persona_that_expects_neither_names_no_role() {
    let with = |expect: &str| {
        format!("{GOOD}\n[[persona]]\nid = \"p\"\nanswers = {{}}\nquick = true\nexpect = {{ {expect} }}\n")
    };
    assert!(Bank::parse(with("verdict = \"neither\"").as_bytes()).is_ok());
    let found = problems(&with("verdict = \"neither\", role = \"a\""));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].what().starts_with("the persona expects a role although its verdict is `neither`"), "{found:#?}");
    let wrong = problems(&with("verdict = \"close\"").replace("quick = true", "quick = 1"));
    assert!(wrong.iter().any(|problem| problem.what() == "expected true or false, found a whole number"), "{wrong:#?}");
}

/// What is allowed passes at its limit and is refused one beyond.
#[test]
fn limits_are_where_they_are_said_to_be() {
    let text = |from: &str, to: &str| GOOD.replacen(from, to, 1);
    let choices = |count: usize| {
        let choice = |index| format!("{{ id = \"c{index}\", text = \"-\", points = {{ a = 1, b = {} }} }}", index % 2);
        (0..count).map(choice).collect::<Vec<_>>().join(", ")
    };
    let single = |count| {
        format!("{GOOD}[[question]]\nid = \"m\"\nkind = \"single\"\ntext = \"?\"\nchoice = [{}]\n", choices(count))
    };
    let multi = |pick| {
        format!(
            "{GOOD}[[question]]\nid = \"m\"\nkind = \"multi\"\npick = {pick}\ntext = \"?\"\nchoice = [{}]\n",
            choices(12)
        )
    };
    let repeated = |count: usize| {
        let question =
            |index| format!("[[question]]\nid = \"r{index}\"\nkind = \"scale\"\ntext = \"?\"\nkey = {{ b = 1 }}\n");
        format!("{GOOD}{}", (0..count).map(question).collect::<Vec<_>>().concat())
    };
    let many = |last: usize| {
        let question = |index, count| {
            format!("[[question]]\nid = \"m{index}\"\nkind = \"single\"\ntext = \"?\"\nchoice = [{}]\n", choices(count))
        };
        let all: String = (0..49).map(|index| question(index, 60)).collect();
        format!("{GOOD}{all}{}", question(49, last))
    };
    let labels = |count: usize| {
        let labels: Vec<String> = (0..count).map(|label| format!("\"l{label}\"")).collect();
        text("title = \"Small\"", &format!("title = \"Small\"\nscale = [{}]", labels.join(", ")))
    };
    let elsewhere = |count: usize| {
        let jobs = vec!["\"Job: work\""; count].join(", ");
        text("title = \"Small\"", &format!("title = \"Small\"\nelsewhere = [{jobs}]"))
    };
    let id = |length| text("id = \"small\"", &format!("id = \"{}\"", "a".repeat(length)));
    let title = |length| text("\"Small\"", &format!("\"{}\"", "a".repeat(length)));
    for (allowed, refused, words) in [
        (text("a = 1", "a = 100"), text("a = 1", "a = 101"), "a key cannot be 101"),
        (text("a = 1", "a = -100"), text("a = 1", "a = -101"), "a key cannot be -101"),
        (single(60), single(61), "there are 61 choices"),
        (multi("[1, 12]"), multi("[0, 13]"), "`pick` is not a range"),
        (repeated(198), repeated(199), "there are 201 questions"),
        (many(53), many(54), "the scored questions have 3001 choices"),
        (labels(3), labels(2), "the scale has 2 labels"),
        (labels(9), labels(10), "the scale has 10 labels"),
        (elsewhere(8), elsewhere(9), "there are 9 texts in `elsewhere`"),
        (id(64), id(65), "is not an id"),
        (title(2_000), title(2_001), "text is 2001 characters long"),
    ] {
        assert_eq!(problems(&allowed), [], "{words}");
        let found = problems(&refused);
        assert!(found.iter().any(|problem| problem.what().contains(words)), "{words}: {found:#?}");
    }
}

/// Ids that name different things differ, steps of all sorts together; weights of places have limits; and counts of
/// outcomes need a common multiple that sums can be held in.
#[test]
fn parts_of_a_bank_fit_together() {
    let with = |more: &str| {
        let found = problems(&format!("{GOOD}{more}"));
        assert_eq!(found.len(), 1, "{found:#?}");
        found[0].what()
    };
    let role =
        "summary = \"First\"\nknowledge = [{ id = \"x\", title = \"X\" }]\nexpertise = [{ id = \"x\", title = \"X\" }]";
    let found = problems(&GOOD.replacen("summary = \"First\"", role, 1));
    assert_eq!(found[0].what(), "project `x` has the same id as the one on line 10", "{found:#?}");
    let choice = |id: &str| format!("{{ id = \"{id}\", text = \"-\", points = {{ a = 1 }} }}");
    let question = |kind: &str, ids: &[&str]| {
        let choices: Vec<String> = ids.iter().map(|id| choice(id)).collect();
        format!("[[question]]\nid = \"m\"\ntext = \"?\"\n{kind}\nchoice = [{}]\n", choices.join(", "))
    };
    assert_eq!(with(&question("kind = \"single\"", &["c", "c"])), "choice `c` has the same id as the one on line 38");
    assert_eq!(with(&question("kind = \"rank\"\nplaces = [101]", &["c", "d"])), "the weight of a place cannot be 101");
    let sizes: Vec<String> = [7, 11, 13, 17, 19, 23, 29, 31, 37]
        .iter()
        .enumerate()
        .map(|(index, size)| {
            let ids: Vec<String> = (0..*size).map(|choice| format!("c{choice}")).collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            question("kind = \"single\"", &ids).replacen("id = \"m\"", &format!("id = \"m{index}\""), 1)
        })
        .collect();
    // 2 · 5 · 7 · … · 31 is 66,853,496,710; with 37 it is beyond the limit.
    assert_eq!(problems(&format!("{GOOD}{}", sizes[..8].concat())), []);
    assert!(with(&sizes.concat()).contains("too large a common multiple"));
    let persona = "[[persona]]\nid = \"p\"\nanswers = { likes = 6 }\nexpect = { verdict = \"close\" }\n";
    assert_eq!(with(persona), "`likes` has no choice `6`");
}

/// Sizes of subsets that only few prefixes lead to are found without trying all prefixes.
#[test]
fn nearly_all_of_many_choices_can_be_asked_for() {
    let choice = |index: usize| format!("{{ id = \"c{index}\", text = \"-\", points = {{ a = {index} }} }}");
    let choices: Vec<String> = (0..60).map(choice).collect();
    let text = format!(
        "{GOOD}[[question]]\nid = \"m\"\nkind = \"multi\"\npick = [59, 60]\ntext = \"?\"\nchoice = [{}]\n",
        choices.join(", ")
    );
    let bank = Bank::parse(text.as_bytes()).unwrap();
    assert_eq!(bank.question("m").unwrap().outcomes().len(), 61);
}

#[test]
fn a_date_is_written_in_one_of_three_ways() {
    let read = |text: &str| PartialDate::parse(text).map(|when| when.to_string());
    for text in ["2026-09-01", "2026-09", "2026"] {
        assert_eq!(read(text).as_deref(), Some(text));
    }
    for text in ["+026", "2026+09", "-026-09", "2026-9", "20260901", "2026-09-31", "2026-13", "+026-09-01", "2026T09"] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn cells_are_understood_by_what_people_see() {
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
    let known = bank.questions().iter().find(|question| question.id == "known").unwrap();
    let answer = |cell: &str| known.parse_cell(cell).unwrap();
    let texts = "SQL and relational databases; Python, the command line and Git (which records versions of files)";
    assert_eq!(answer(texts), answer("python,sql"));
    assert_eq!(answer(texts).picks(), [0, 1]);
    assert!(known.parse_cell("SQL and relational databases; knitting").is_err());
    let close = bank.question("music").unwrap();
    for choice in &close.choices {
        let told = close.parse_cell(&(choice.text.clone() + "s")).unwrap_err().to_string();
        assert!(told.contains(&format!("did you mean `{}`?", choice.id)), "{told}");
    }
    assert_eq!(bank.nearest_column(" stors "), Some("stores"));
    let text = &known.text.replace("enough already", "enough");
    assert_eq!(bank.nearest_column(text), Some("known"));
    assert_eq!(bank.nearest_column("shoe size"), None);
}

/// A form names a row of a grid in brackets, and a question may have brackets of its own.
#[test]
fn a_column_is_named_by_its_whole_header_first() {
    let bank = Bank::parse(GOOD.replace("Do you like it?", "Which? [either]").as_bytes()).unwrap();
    let column = |header| bank.question_named(header).map(|question| question.id.as_str());
    assert_eq!(column("Which? [either]"), Some("likes"));
    assert_eq!(column("Rows [either]"), Some("either"));
    assert_eq!(column("Rate them [Which one?]"), Some("either"));
    assert_eq!(column("[shoe size]"), None);
}

#[test]
fn a_wrong_answer_tells_what_can_be_answered() {
    let bank = Bank::parse(include_bytes!("../../data/banks/kinds.toml")).unwrap();
    let told = |id: &str, words: &str| {
        let value = Value::Text(words.to_owned());
        bank.question(id).unwrap().parse_answer(&value).unwrap_err().to_string()
    };
    let numbers = "allowed: 1 (no) to 3 (yes), or `skip`";
    assert_eq!(told("step", "11"), format!("`step` has no choice `11`; {numbers}"));
    let some = "name 1 to 2: `x`, `y`, `z`, or `skip`";
    assert_eq!(told("some", "x,y,z"), format!("`some` got 3 choices; {some}"));
    let order = "name exactly 2: `u`, `v`, `w`, or `skip`";
    assert_eq!(told("order", "u"), format!("`order` got 1 choice; {order}"));
}

#[test]
fn outcomes_are_listed_while_they_are_few_enough() {
    let choice = |it| format!("[[question.choice]]\nid = \"c{it}\"\ntext = \"{it}\"\npoints = {{ a = {it} }}\n");
    let choices = (0..7).map(choice).collect::<Vec<_>>().concat();
    let rank = |places: &str| {
        format!("{GOOD}\n[[question]]\nid = \"order\"\nkind = \"rank\"\ntext = \"?\"\n{places}\n{choices}")
    };
    let outcomes = |text: String| Bank::parse(text.as_bytes()).unwrap().questions().last().unwrap().outcomes().len();
    assert_eq!(outcomes(rank("places = [2, 1]")), 42);
    let whole = rank("places = [7, 6, 5, 4, 3, 2, 1]");
    let found = Bank::parse(whole.as_bytes()).unwrap_err().problems;
    assert!(found[0].what().ends_with("outcomes"), "{found:?}");
    let head = GOOD.split_once("[[question]]").unwrap().0;
    let alone = head.to_owned() + &whole[GOOD.len()..] + "points = { b = 1 }\n";
    assert_eq!(outcomes(alone.replace("points = { a = 6 }\npoints = { b = 1 }", "points = { b = 1 }")), 5_040);
}

#[test]
fn floods_of_marks_are_cut() {
    let marked = |marks| "e".to_owned() + &"\u{301}".repeat(marks) + "f";
    assert_eq!(clean(&marked(7)), marked(7));
    assert_eq!(clean(&(marked(8) + &marked(100))), marked(7).repeat(2));
}

#[test]
fn answers_are_of_one_person() {
    let bank = Bank::parse(GOOD.as_bytes()).unwrap();
    let read = |text: &str| match bank.read_answers(text.as_bytes()) {
        Ok(record) => record.responses.len().to_string(),
        Err(problems) => problems[0].what(),
    };
    for name in ["7", "7.5", "\"eve\""] {
        assert_eq!(read(&format!("id = {name}\nlikes = 5\n")), "1");
        assert_eq!(read(&format!("{{\"id\": {name}, \"answers\": {{\"likes\": 5}}}}")), "1");
        let twice = format!("{{\"id\": {name}, \"id\": {name}, \"answers\": {{\"likes\": 5}}}}");
        assert_eq!(read(&twice), "`id` is given twice");
    }
    assert_eq!(read("id = true\nlikes = 5\n"), "`id` does not name anyone");
    assert_eq!(read("{\"note\": 1, \"note\": 2, \"answers\": {\"likes\": 5}}"), "1");
}

#[test]
fn a_text_of_fillers_is_empty() {
    let title = GOOD.lines().find(|line| line.starts_with("title = ")).unwrap();
    for filler in ["\u{3164}", "\u{2800}", "\u{200D}"] {
        let invalid = Bank::parse(GOOD.replace(title, &format!("title = \"{filler}\"")).as_bytes()).unwrap_err();
        assert_eq!(invalid.problems[0].what(), "the text is empty", "{filler:?}");
    }
}

#[test]
fn what_shows_nothing_is_dropped_but_for_joiners() {
    assert_eq!(clean("a\u{AD}b\u{200B}c\u{FEFF}d\u{200F}e\u{2060}f\u{E0041}"), "abcdef");
    assert_eq!(clean("\u{200D}\u{200C}"), "\u{200D}\u{200C}");
}

/// A result of the old bank or of the new one is read against both, and one of a third bank is named.
#[test]
fn a_result_of_a_third_bank_is_told() {
    let [old, new] =
        ["old", "new"].map(|id| Bank::parse(GOOD.replace("\"small\"", &format!("\"{id}\"")).as_bytes()).unwrap());
    let told = |bank: &str| {
        let result = format!("{{\"pathquiz\": 1, \"bank\": {{\"id\": \"{bank}\"}}, \"answers\": {{\"nothing\": 1}}}}");
        PairedSheets::read(&old, &new, result.as_bytes()).unwrap_err().remove(0).what()
    };
    let third = told("third");
    assert!(third.contains("`third`, which is neither of the two"), "{third}");
    for bank in ["old", "new"] {
        assert!(!told(bank).contains("neither"), "{}", told(bank));
    }
}
