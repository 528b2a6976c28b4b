//! Many sheets: the same results as one by one, whatever they are written in and however they are cut.

use std::io::{self, Cursor, Read};
use std::num::NonZero;
use std::sync::LazyLock;

use pathquiz::internals::answers::{Form, ImportOptions, RejectedRow, Rows, Unreadable};
use pathquiz::internals::bank::{Answer, Bank, Response, SHIPPED, Sheet, Value};
use pathquiz::internals::cohort::{self, Digits, Options};
use pathquiz::internals::scoring::{Length, Recommendation, Scorer};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::support::{bank, sheet, specs, wide_bank};

/// A stream that gives a few bytes at a time, as a pipe may.
struct Drops<'t>(Cursor<&'t [u8]>, usize);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = self.1.min(buffer.len());
        self.0.read(&mut buffer[..most])
    }
}

fn options(to: Form, threads: usize) -> (Form, Options) {
    (to, Options { threads: NonZero::new(threads).unwrap(), duplicates: false, digits: Digits::All })
}

/// The lines that go out, and the rows that are rejected.
fn score(scorer: &Scorer<'_>, text: &[u8], options: (Form, Options)) -> (String, Vec<RejectedRow>) {
    score_drops(scorer, text, options, 7_001)
}

/// The same of a stream that gives at most so many bytes at a time.
fn score_drops(scorer: &Scorer<'_>, text: &[u8], options: (Form, Options), drops: usize) -> (String, Vec<RejectedRow>) {
    let (mut out, mut rejected) = (Vec::new(), Vec::new());
    let sheets = Rows::open(Drops(Cursor::new(text), drops), scorer.bank(), &ImportOptions::default()).unwrap();
    let reject = |row: &RejectedRow| {
        rejected.push(row.clone());
        Ok(())
    };
    cohort::score(sheets, scorer, options.1, options.0, &mut out, reject, |_| Ok(())).unwrap();
    (String::from_utf8(out).unwrap(), rejected)
}

static SHIPPED_BANK: LazyLock<Bank> = LazyLock::new(|| Bank::parse(SHIPPED.as_bytes()).unwrap());
static SHIPPED_SCORER: LazyLock<Scorer<'static>> = LazyLock::new(|| Scorer::new(&SHIPPED_BANK));

/// The same of the shipped bank.
fn score_shipped(text: &[u8], options: (Form, Options)) -> (String, Vec<RejectedRow>) {
    score(&SHIPPED_SCORER, text, options)
}

/// What a sheet gives when it is taken alone, as a line of JSON; with open questions, that of a quick quiz.
fn alone(scorer: &Scorer<'_>, id: &Json, sheet: &Sheet<'_>) -> Json {
    let score = scorer.score(sheet);
    let recommendation = Recommendation::new(&score, Length::Quick);
    let mut fits: Vec<_> = score.fits.iter().collect();
    fits.sort_by_key(|fit| fit.index);
    let fits = fits.iter().map(|fit| (fit.role.id.clone(), json!(fit.fit.clamp(0.0, 100.0))));
    let likings = scorer.bank().roles().iter().zip(&recommendation.likings);
    let likings = likings.map(|(role, liking)| (role.id.clone(), json!(liking.map(|liking| liking.mean))));
    json!({
        "id": id,
        "role": recommendation.role.map(|role| &role.id),
        "verdict": recommendation.verdict.name(),
        "lead": recommendation.lead.clamp(0.0, 100.0),
        "error": recommendation.lead_error.map(|error| error.error),
        "same_side": recommendation.lead_error.map(|error| error.same_side),
        "chance": recommendation.chance.map(|chance| chance.clamp(0.0, 1.0)),
        "coverage": recommendation.coverage.clamp(0.0, 1.0),
        "fit": Json::Object(fits.collect()),
        "liking": Json::Object(likings.collect()),
    })
}

fn answers(sheet: &Sheet<'_>) -> Json {
    let answer = |(question, answer): (&pathquiz::internals::bank::Question, &Answer)| {
        (question.id.clone(), serde_json::to_value(question.value(answer)).unwrap())
    };
    Json::Object(sheet.responses().map(answer).collect())
}

/// Cells of a table, as ids joined by commas; no answer and an empty one are the same there.
fn cells(sheet: &Sheet<'_>) -> Vec<String> {
    let cell = |(question, answer): (&pathquiz::internals::bank::Question, &Answer)| match question.value(answer) {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text,
        Value::List(ids) => ids.join(","),
    };
    sheet.responses().map(cell).map(|cell| format!("\"{cell}\"")).collect()
}

fn header(bank: &Bank) -> String {
    bank.questions().iter().map(|question| question.id.as_str()).collect::<Vec<_>>().join(",")
}

/// The result of a quick quiz, as far as it matters here, of somebody who would answer so.
fn quick_result<'b>(scorer: &'b Scorer<'b>, sheet: &mut Sheet<'b>) -> Json {
    let all = sheet.clone();
    *sheet = Sheet::new(scorer.bank());
    for question in scorer.model().by_weight() {
        if scorer.score(sheet).quick_stop().is_some() {
            break;
        }
        sheet.put(Response { question, answer: all.answer(question).unwrap().clone() });
    }
    let Recommendation { asked, of, chance, .. } = Recommendation::new(&scorer.score(sheet), Length::Quick);
    json!({ "recommendation": { "asked": asked, "of": of, "chance": chance }, "answers": answers(sheet) })
}

/// A sheet of the shipped bank, by numbers.
fn shipped_sheet<'b>(bank: &'b Bank, numbers: &[Option<usize>]) -> Sheet<'b> {
    let mut sheet = Sheet::new(bank);
    for (question, number) in bank.questions().iter().filter(|question| question.is_scored()).zip(numbers) {
        let mut all = question.outcomes();
        let answer = number.map_or(Answer::Skip, |number| all.swap_remove(number % all.len()));
        sheet.put(Response { question, answer });
    }
    sheet
}

fn numbers() -> impl Strategy<Value = Vec<Option<usize>>> {
    vec(proptest::option::weighted(0.93, 0_usize..60), 24)
}

fn without_flags(line: &str) -> Json {
    let mut line: Json = serde_json::from_str(line).unwrap();
    assert!(line.as_object_mut().unwrap().remove("flags").is_some());
    line
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn lines_say_what_each_sheet_says_alone((roles, specs) in specs(), picks in vec(vec(proptest::option::weighted(0.8, 0_usize..60), 4), 1..12)) {
        let Some(bank) = bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let sheets: Vec<Sheet<'_>> = picks.iter().map(|picks| sheet(&bank, picks)).collect();
        let lines: String =
            (0..).zip(&sheets).map(|(id, sheet)| format!("{}\n", json!({ "id": id, "answers": answers(sheet) }))).collect();
        let (out, rejected) = score(&scorer, lines.as_bytes(), options(Form::Ndjson, 2));
        prop_assert!(rejected.is_empty(), "{rejected:?}");
        prop_assert_eq!(out.lines().count(), sheets.len());
        for ((id, sheet), line) in (0..).zip(&sheets).zip(out.lines()) {
            prop_assert_eq!(without_flags(line), alone(&scorer, &json!(id), sheet));
        }
    }

    #[test]
    fn the_shipped_bank_gives_the_same_digits(sheets in vec(numbers(), 1..20)) {
        let bank = &*SHIPPED_BANK;
        let sheets: Vec<Sheet<'_>> = sheets.iter().map(|numbers| shipped_sheet(bank, numbers)).collect();
        let lines: String = sheets.iter().map(|sheet| format!("{}\n", answers(sheet))).collect();
        let (out, _) = score_shipped(lines.as_bytes(), options(Form::Ndjson, 3));
        for (sheet, line) in sheets.iter().zip(out.lines()) {
            prop_assert_eq!(without_flags(line), alone(&SHIPPED_SCORER, &Json::Null, sheet));
        }
    }

    #[test]
    fn tables_and_lines_give_the_same(sheets in vec(numbers(), 1..20)) {
        let bank = &*SHIPPED_BANK;
        let scored: Vec<&str> = bank.questions().iter().filter(|q| q.is_scored()).map(|q| q.id.as_str()).collect();
        let sheets: Vec<Sheet<'_>> = sheets.iter().map(|numbers| shipped_sheet(bank, numbers)).collect();
        let mut table = format!("id,{}\r\n", scored.join(","));
        let mut lines = String::new();
        for (id, sheet) in sheets.iter().enumerate() {
            table.push_str(&format!("p{id},{}\r\n", cells(sheet).join(",")));
            lines.push_str(&format!("{}\n", json!({ "answers": answers(sheet), "id": format!("p{id}") })));
        }
        for to in [Form::Csv, Form::Ndjson] {
            prop_assert_eq!(score_shipped(table.as_bytes(), options(to, 1)), score_shipped(lines.as_bytes(), options(to, 2)));
        }
    }

    /// A row with quotes is read by another reader than one without.
    #[test]
    fn columns_that_mean_nothing_change_nothing(
        sheets in vec(numbers(), 1..12),
        others in vec(0_usize..40, 0..6),
        some in 2_usize..30,
        is_dos in any::<bool>(),
        is_ended in any::<bool>(),
    ) {
        let bank = &*SHIPPED_BANK;
        let mut header: Vec<String> = bank.questions().iter().map(|q| q.id.clone()).take(some).collect();
        let mut rows: Vec<Vec<String>> = sheets
            .iter()
            .map(|numbers| {
                let sheet = shipped_sheet(bank, numbers);
                let answers = answers(&sheet);
                let cell = |id: &String| match &answers[id] {
                    Json::Null | Json::Array(_) => String::new(),
                    Json::String(text) if text == "skip" => String::new(),
                    Json::String(text) => text.clone(),
                    number => number.to_string(),
                };
                header.iter().map(cell).collect()
            })
            .collect();
        for (number, &place) in others.iter().enumerate() {
            let name = if number == 3 { "id".to_owned() } else { format!("other {number}") };
            let place = place.min(header.len());
            header.insert(place, name);
            let text = ["", "x", "somebody wrote much more than fits into sixteen bytes", "7"];
            rows.iter_mut().enumerate().for_each(|(row, cells)| cells.insert(place, text[(row + number) % 4].to_owned()));
        }
        let end = if is_dos { "\r\n" } else { "\n" };
        let table = |quoted: &str| {
            let lines: Vec<String> = rows.iter().map(|cells| format!("{}{quoted}", cells.join(","))).collect();
            let name = if quoted.is_empty() { "" } else { ",last" };
            format!("{}{name}{end}{}{}", header.join(","), lines.join(end), if is_ended { end } else { "" })
        };
        let quick = score_shipped(table("").as_bytes(), options(Form::Csv, 1));
        prop_assert_eq!(&quick, &score_shipped(table(",\"\"").as_bytes(), options(Form::Csv, 1)));
        prop_assert_eq!(quick.0.lines().count() + quick.1.len(), sheets.len() + 1);
    }

    #[test]
    fn lines_can_be_split_anywhere(sheets in vec(numbers(), 2..30), cut in 0_usize..30) {
        let bank = &*SHIPPED_BANK;
        let lines: Vec<String> = sheets.iter().map(|numbers| format!("{}\n", answers(&shipped_sheet(bank, numbers)))).collect();
        let (front, back) = lines.split_at(cut.min(lines.len()));
        let run = |lines: &[String]| score_shipped(lines.concat().as_bytes(), options(Form::Ndjson, 2)).0;
        prop_assert_eq!(run(&lines), run(front) + &run(back));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// What a quick quiz has left open is not skipped.
    #[test]
    fn results_of_quick_quizzes_stay_as_they_were(sheets in vec(numbers(), 2..7)) {
        let bank = &*SHIPPED_BANK;
        let mut sheets: Vec<Sheet<'_>> = sheets.iter().map(|numbers| shipped_sheet(bank, numbers)).collect();
        let mut lines = String::new();
        for (index, sheet) in sheets.iter_mut().enumerate() {
            let line = if index % 3 == 1 { answers(sheet) } else { quick_result(&SHIPPED_SCORER, sheet) };
            lines.push_str(&format!("{line}\n"));
        }
        let (out, rejected) = score_shipped(lines.as_bytes(), options(Form::Ndjson, 2));
        prop_assert!(rejected.is_empty(), "{rejected:?}");
        let (table, _) = score_shipped(lines.as_bytes(), options(Form::Csv, 1));
        for ((sheet, line), row) in sheets.iter().zip(out.lines()).zip(table.lines().skip(1)) {
            let alone = alone(&SHIPPED_SCORER, &Json::Null, sheet);
            prop_assert_eq!(row.split(',').nth(6).unwrap().is_empty(), alone["chance"].is_null());
            prop_assert_eq!(without_flags(line), alone);
        }
    }
}

/// A bank with every kind of question, and ways to write one person's answers.
mod shapes {
    use super::*;

    pub(super) fn kinds() -> Bank {
        Bank::parse(include_bytes!("../../data/banks/kinds.toml")).unwrap()
    }

    /// What somebody picked, as ids or as texts; `None` where the question is skipped.
    pub(super) fn picks(sheet: &Sheet<'_>, is_text: bool) -> Vec<Option<Vec<String>>> {
        let pick = |(question, answer): (&pathquiz::internals::bank::Question, &Answer)| {
            let choice = |&pick: &usize| &question.choices[pick];
            let name = |pick| if is_text { choice(pick).text.clone() } else { choice(pick).id.clone() };
            (*answer != Answer::Skip).then(|| answer.picks().iter().map(name).collect())
        };
        sheet.responses().map(pick).collect()
    }

    /// A table: what quotes every cell, what separates them, what ends a row.
    pub(super) fn table(
        bank: &Bank,
        sheets: &[Sheet<'_>],
        is_text: bool,
        [quote, delimiter, end]: [&str; 3],
    ) -> String {
        let header = bank.questions().iter().map(|q| if is_text { q.text.clone() } else { q.id.clone() });
        let mut rows = vec![[vec!["id".to_owned()], header.collect()].concat()];
        for (number, sheet) in sheets.iter().enumerate() {
            let cells = picks(sheet, is_text).into_iter().map(|picks| picks.unwrap_or_default().join("; "));
            rows.push([vec![format!("p{number}")], cells.collect()].concat());
        }
        let row = |cells: &Vec<String>| {
            let quoted: Vec<String> = cells.iter().map(|cell| format!("{quote}{cell}{quote}")).collect();
            format!("{}{end}", quoted.join(delimiter))
        };
        rows.iter().map(row).collect()
    }

    /// Lines of JSON: flat beside other fields or nested, with ids or texts, with nulls or without.
    pub(super) fn lines(bank: &Bank, sheets: &[Sheet<'_>], is_text: bool, is_flat: bool) -> String {
        let line = |(number, sheet): (usize, &Sheet<'_>)| {
            let mut answers = serde_json::Map::new();
            for (question, picks) in bank.questions().iter().zip(picks(sheet, is_text)) {
                match picks {
                    Some(picks) if picks.len() == 1 => answers.insert(question.id.clone(), json!(picks[0])),
                    Some(picks) => answers.insert(question.id.clone(), json!(picks)),
                    None if is_flat => answers.insert(question.id.clone(), Json::Null),
                    None => None,
                };
            }
            let id = format!("p{number}");
            if !is_flat {
                return format!("{}\n", json!({ "answers": answers, "id": id, "meta": { "n": [1, 2] } }));
            }
            answers.insert("submitted".to_owned(), json!({ "at": "now", "by": [null] }));
            answers.insert("id".to_owned(), json!(id));
            format!("{}\n", Json::Object(answers))
        };
        sheets.iter().enumerate().map(line).collect()
    }

    /// The same JSON with every letter of a text as an escape.
    pub(super) fn escaped(lines: &str) -> String {
        let mut is_text = false;
        let letter = |letter: char| {
            is_text ^= letter == '"';
            if is_text && letter.is_ascii_alphabetic() {
                format!("\\u{:04x}", u32::from(letter))
            } else {
                letter.to_string()
            }
        };
        lines.chars().map(letter).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_shape_gives_the_same_lines(all in vec(vec(proptest::option::weighted(0.8, 0_usize..60), 4), 1..9)) {
        let bank = shapes::kinds();
        let scorer = Scorer::new(&bank);
        let sheet = |numbers: &Vec<Option<usize>>| {
            let mut sheet = Sheet::new(&bank);
            for (question, number) in bank.questions().iter().zip(numbers) {
                let mut all = question.outcomes();
                let answer = number.map_or(Answer::Skip, |number| all.swap_remove(number % all.len()));
                sheet.put(Response { question, answer });
            }
            sheet
        };
        let sheets: Vec<Sheet<'_>> = all.iter().map(sheet).collect();
        let ids = shapes::table(&bank, &sheets, false, ["", ",", "\n"]);
        let (out, rejected) = score(&scorer, ids.as_bytes(), options(Form::Csv, 1));
        prop_assert_eq!((out.lines().count(), rejected.len()), (sheets.len() + 1, 0));
        let mut shapes = vec![
            shapes::table(&bank, &sheets, false, ["\"", ",", "\r\n"]),
            shapes::table(&bank, &sheets, true, ["", "\t", "\n"]),
            shapes::table(&bank, &sheets, true, ["\"", ";", "\n"]),
        ];
        for (is_text, is_flat) in [(false, false), (false, true), (true, false), (true, true)] {
            let lines = shapes::lines(&bank, &sheets, is_text, is_flat);
            shapes.extend([shapes::escaped(&lines), lines]);
        }
        for shape in shapes {
            let (other, rejected) = score(&scorer, shape.as_bytes(), options(Form::Csv, 2));
            prop_assert!(rejected.is_empty(), "{}\n{rejected:?}", shape);
            prop_assert_eq!(&other, &out, "{}", shape);
        }
    }
}

/// Eight roles with wide points have more sums than a key of 64 bits can tell apart, so sheets are compared by their answers.
#[test]
fn sums_that_no_key_can_hold_are_told_apart() {
    let bank = wide_bank();
    let scorer = Scorer::new(&bank);
    // Every sheet comes twice, so that each is looked up once.
    let picks: Vec<Vec<Option<usize>>> =
        (0..200_usize).map(|n| (0..5).map(|q| Some(((n % 100) >> q) * (q + 3))).collect()).collect();
    let sheets: Vec<Sheet<'_>> = picks.iter().map(|picks| sheet(&bank, picks)).collect();
    let lines: String = sheets.iter().map(|sheet| format!("{}\n", answers(sheet))).collect();
    let (out, rejected) = score(&scorer, lines.as_bytes(), options(Form::Ndjson, 2));
    assert_eq!((out.lines().count(), rejected.len()), (200, 0));
    for (sheet, line) in sheets.iter().zip(out.lines()) {
        assert_eq!(without_flags(line), alone(&scorer, &Json::Null, sheet));
    }
}

#[test]
fn threads_and_blocks_change_nothing() {
    let bank = &*SHIPPED_BANK;
    let mut table = format!("{}\n", header(bank));
    for row in 0..20_000_usize {
        let cell = |question: usize| (row * 7 + question * row) % 5 + 1;
        let mut sheet = Sheet::new(bank);
        for question in bank.questions().iter().filter(|question| question.is_scored()) {
            let mut all = question.outcomes();
            sheet.put(Response { question, answer: all.swap_remove(cell(question.index) % all.len()) });
        }
        sheet.skip_open();
        table.push_str(&cells(&sheet).join(","));
        table.push('\n');
    }
    let one = score_shipped(table.as_bytes(), options(Form::Csv, 1));
    assert_eq!(one.0.lines().count(), 20_001);
    for threads in [2, 5] {
        assert!(one == score_shipped(table.as_bytes(), options(Form::Csv, threads)));
    }
}

#[test]
fn bad_rows_stop_nothing_and_are_told_with_their_lines() {
    let mut table =
        b"id,stores,signs\na,5,1\nb,9,1\nc,1\nd,1,1,1\n\ne,\"2\n\",\"3\"\nf,\"1,2\n\"g\"x,1,1\nh,1,\xFF\ni,2,2"
            .to_vec();
    let (out, rejected) = score_shipped(&table, options(Form::Csv, 2));
    let ids: Vec<&str> = out.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(ids, ["a", "c", "e", "i"]);
    let lines: Vec<u64> = rejected.iter().map(|row| row.line).collect();
    assert_eq!(lines, [3, 5, 9, 10, 11]);
    let reasons: Vec<String> = rejected.iter().map(|row| row.error.to_string()).collect();
    let told = ["`stores` has no choice `9`", "4 cells", "quote", "quote", "UTF-8"];
    assert!(told.iter().zip(&reasons).all(|(told, reason)| reason.contains(told)), "{reasons:#?}");
    assert_eq!(rejected[0].row, "b,9,1");
    table.extend_from_slice(b"\n\"");
    assert_eq!(score_shipped(&table, options(Form::Csv, 1)).1.last().unwrap().line, 13);
}

#[test]
fn bad_lines_stop_nothing() {
    let long = format!("{{\"stores\": {}}}", " ".repeat(2 << 20));
    let lines = [
        "{\"stores\": 5}",
        "{\"stores\": 5",
        "[1]",
        "{\"stores\": 5, \"stores\": 4}",
        "{\"nothing\": 5}",
        &long,
        "{\"stores\": 5.0, \"id\": \"\\u00e9\"}",
        "{\"answers\": {\"stores\": 5}, \"skipped\": [\"signs\"], \"id\": 7}",
        "",
        "{}",
    ];
    let (out, rejected) = score_shipped(lines.join("\n").as_bytes(), options(Form::Ndjson, 2));
    let ids: Vec<Json> = out.lines().map(|line| serde_json::from_str::<Json>(line).unwrap()["id"].clone()).collect();
    assert_eq!(ids, [json!(null), json!("é"), json!(7), json!(null)]);
    assert_eq!(rejected.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
}

/// Rows that resemble the one before are still checked in full.
#[test]
fn rows_that_seem_to_be_known_are_looked_at_whole() {
    let table = b"id\tstores\tsigns\na\t5\t1\nb\t5\t1\n\t\t\nc\t5\t1\t\nd\t5\ne\t5\t1\t1";
    let (out, rejected) = score_shipped(table, options(Form::Csv, 1));
    assert_eq!(out.lines().skip(1).map(|line| &line[..1]).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    assert_eq!(rejected.iter().map(|row| row.line).collect::<Vec<_>>(), [7]);
    let twice = b"{\"stores\":1}\n{\"stores\":2}\n{\"answers\":{\"stores\":1},\"answers\":{\"stores\":2}}\n\
        {\"stores\":1,\"stores\":2}\n{\"stores\":\x0c1}\n";
    let (_, rejected) = score_shipped(twice, options(Form::Ndjson, 1));
    assert_eq!(rejected.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4, 5]);
    let (out, _) = score_shipped(b"stores,id\n5,bob\r\r\n5,\xff\n5,bob\r\r", options(Form::Csv, 1));
    assert_eq!(out.matches("\"bob\r\"").count(), 2);
    let known = "{\"id\":1,\"answers\":{\"stores\":5,\"signs\":1}}\n".repeat(2);
    for broken in [
        "\"stores\":5,\"signs\":1}}",
        "{\"id\":1,\"answers\":{\"stores\":5,\"signs\":1}",
        "{\"id\":1,\"answers\":{\"stores\":5},\"signs\":1}}",
        "{\"id\":1,\"answers\":{\"stores\":5,\"signs\":1}},{}",
        "{\"id\":1,\"answers\":{\"stores\":5,\"answers\":{\"signs\":1}}}",
        "{\"id\":1,\"answers\":{\"stores\":5,\"stores\":5,\"signs\":1}}",
        "{\"id\":1,\"signs\":1}}",
        "{\"id\":1,{\"answers\":{\"signs\":1}}}",
        "{\"id\":1\r\"answers\":{\"stores\":5,\"signs\":1}}",
    ] {
        for end in ["", "\n", "\r\n", "\n{\"id\":2,\"answers\":{\"signs\":1}}\n"] {
            let lines = [&known, broken, end].concat();
            let (out, rejected) = score_shipped(lines.as_bytes(), options(Form::Ndjson, 1));
            let more = usize::from(end.contains('2'));
            assert_eq!((out.lines().count(), rejected.len()), (2 + more, 1), "{broken}{end}");
            assert_eq!(rejected[0].line, 3);
        }
    }
}

/// The end of a line inside an object makes two broken lines, however much they look like one.
#[test]
fn a_line_ends_where_it_ends() {
    let known = "{\"id\":1,\"answers\":{\"stores\":5,\"signs\":1}}\n".repeat(2);
    let broken = "{\"id\":3\n\"answers\":{\"stores\":5,\"signs\":1}}\n";
    let (out, rejected) = score_shipped([&known, broken, &known].concat().as_bytes(), options(Form::Ndjson, 1));
    assert_eq!(out.lines().count(), 4);
    assert_eq!(rejected.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn careless_sheets_are_flagged() {
    let bank = &*SHIPPED_BANK;
    let scales: Vec<&str> =
        bank.questions().iter().filter(|q| q.is_scored() && q.kind.name() == "scale").map(|q| q.id.as_str()).collect();
    let half = scales.len().div_ceil(2);
    let row = |answers: &[usize]| {
        let mut cells: Vec<String> = answers.iter().map(ToString::to_string).collect();
        cells.resize(scales.len(), String::new());
        cells.join(",")
    };
    let changing: Vec<usize> =
        (0..scales.len()).map(|place| if place < half - 1 { 4 } else { place % 2 + 1 }).collect();
    let line: Vec<usize> = (0..scales.len()).map(|place| if place < half { 4 } else { place % 2 + 1 }).collect();
    let rows = [row(&vec![3; scales.len()]), row(&line), row(&changing), row(&[2; 5]), row(&[2; 4]), row(&changing)];
    let table = format!("{}\n{}\n", scales.join(","), rows.join("\n"));
    let flags = |options| {
        let (out, _) = score_shipped(table.as_bytes(), options);
        out.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut options = options(Form::Csv, 2);
    assert_eq!(flags(options), ["straight-line constant", "straight-line", "", "constant", "", ""]);
    options.1.duplicates = true;
    assert_eq!(flags(options), ["straight-line constant", "straight-line", "", "constant", "", "duplicate"]);
    options.0 = Form::Ndjson;
    let (out, _) = score_shipped(format!("{table}{}\n", rows[0]).as_bytes(), options);
    let last: Json = serde_json::from_str(out.lines().last().unwrap()).unwrap();
    assert_eq!(last["flags"], json!(["straight-line", "constant", "duplicate"]));
}

#[test]
fn a_table_without_questions_is_no_table() {
    let bank = &*SHIPPED_BANK;
    for (text, told) in [
        ("name,age\nAnna,31\n", "no column is about a question"),
        ("stores,buses [bikes]\n1,2\n", "the column `buses [bikes]` looks like the question `buses`"),
        ("\"stores,1\n", "not closed"),
    ] {
        let Err(Unreadable::Wrong(wrong)) = Rows::open(text.as_bytes(), bank, &ImportOptions::default()) else {
            panic!("{text}")
        };
        assert!(wrong.concat().contains(told), "{wrong:?}");
    }
    let utf16 = Rows::open(b"\xFF\xFEi\0d\0".as_slice(), bank, &ImportOptions::default());
    assert!(matches!(utf16, Err(Unreadable::Wrong(wrong)) if wrong[0].contains("UTF-16")));
    assert_eq!(score_shipped(b"", options(Form::Ndjson, 1)), (String::new(), Vec::new()));
}

#[test]
fn exports_are_scored_as_they_are() {
    let read = |file: &str| {
        let (out, rejected) = score_shipped(file.as_bytes(), options(Form::Csv, 2));
        assert!(rejected.is_empty(), "{rejected:?}");
        let without_id = |line: &str| line.split_once(',').unwrap().1.to_owned();
        out.lines().map(without_id).collect::<Vec<String>>()
    };
    let forms = read(include_str!("../../data/cohort/forms.csv"));
    assert_eq!(forms.len(), 13);
    assert_eq!(forms, read(include_str!("../../data/cohort/microsoft.csv")));
    assert_eq!(forms, read(include_str!("../../data/cohort/numbers.tsv")));
    assert_eq!(forms, read(include_str!("../../data/cohort/sheets.ndjson")));
    let sheets =
        Rows::open(include_bytes!("../../data/cohort/forms.csv").as_slice(), &SHIPPED_BANK, &ImportOptions::default())
            .unwrap();
    let [note] = sheets.notes.as_slice() else { panic!("{:?}", sheets.notes) };
    assert!(note.starts_with("ignored, since no question has this name: `Timestamp`, `Email Address`"), "{note}");
}

#[test]
fn quotes_that_do_not_match_are_told_alike_wherever_blocks_end() {
    let table = b"stores,signs\n1,\"2\n\"x\"y,3\n\"4\n5,1\n\"\",2\n";
    let read = |drops| score_drops(&SHIPPED_SCORER, table, options(Form::Csv, 2), drops);
    let whole = read(1 << 20);
    assert_eq!(whole.1.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4]);
    for drops in 1..40 {
        assert_eq!(read(drops), whole, "{drops} bytes at a time");
    }
}

/// Every line ends inside quotes, whether the one before it does or not. To look at the rest of the file for each of
/// them would take minutes.
#[test]
fn quotes_that_are_never_closed_spoil_a_line_each() {
    for end in ["5,1\n", "\"x\n"] {
        let table = format!("stores,signs\n{}{end}", "x\",\"\n".repeat(100_000));
        let (out, rejected) = score_shipped(table.as_bytes(), options(Form::Csv, 1));
        let good = usize::from(end == "5,1\n");
        assert_eq!((out.lines().count(), rejected.len()), (1 + good, 100_001 - good));
        assert!(
            rejected
                .iter()
                .zip(2..)
                .all(|(row, line)| row.line == line && row.error.code() == rejected[0].error.code())
        );
    }
}

/// However much of a row has been read when it turns out to be too long, it ends at the same place.
#[test]
fn a_row_with_quotes_that_is_too_long_is_told_alike_however_it_arrives() {
    for inside in [1 << 20, (1 << 20) + 5_000, (1 << 20) + 200_000] {
        let cell = "5,1\n".repeat(inside / 4);
        let table = format!("stores,signs\n1,2\n\"{cell}\",3\n4,4\n");
        let read = |drops| score_drops(&SHIPPED_SCORER, table.as_bytes(), options(Form::Csv, 2), drops);
        let whole = read(1 << 22);
        assert!(!whole.1.is_empty());
        for drops in [4_096, 65_536, 1 << 20] {
            assert!(read(drops) == whole, "{inside} bytes, {drops} at a time");
        }
    }
}

#[test]
fn a_header_with_line_breaks_is_read_whole_from_a_pipe() {
    let table = b"name;\"note\nof two lines\";stores;signs\nA;;5;1\n";
    for drops in [1, 9, 1 << 20] {
        let (out, rejected) = score_drops(&SHIPPED_SCORER, table, options(Form::Csv, 1), drops);
        assert!(rejected.is_empty(), "{rejected:?}");
        assert!(out.lines().nth(1).unwrap().starts_with("3,data-engineering,"), "{out}");
    }
}
