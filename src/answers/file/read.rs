//! The answers of one person from the bytes of a file.

use std::collections::BTreeSet;

use crate::answers::file::text::{beginning, read_entries};
use crate::answers::file::value::Entries;
use crate::answers::file_type::FileType;
use crate::answers::previous_result::PreviousResult;
use crate::bank::{Bank, Problem, ProblemKind, Problems, Question, Response, Value, WrongAnswer, utf8};

/// Wrong answers of a file after which the rest is not looked at: each is compared with everything that is known.
const MOST_WRONG: usize = 200;

const RESULT_ADVICE: &str = "answers are a table in one of these, and a result has them only as JSON, which `-o FILE.json` \
     or `--json` writes";

/// The content of a file of answers.
#[derive(Debug)]
pub struct AnswersFile<'b> {
    /// The answers, in the file's order.
    pub responses: Vec<Response<'b>>,
    /// The rest of a previous result.
    pub previous: PreviousResult,
}

impl Bank {
    /// Returns what a file is that can be no file of answers, and what to do; `None` if it can be one.
    pub(crate) fn foreign_answers(&self, bytes: &[u8]) -> Option<(&'static str, &'static str)> {
        match FileType::of(bytes) {
            Some(FileType::Zip | FileType::Ole) => {
                let advice = "`pathquiz score FILE` reads the answers of many people from one";
                return Some((FileType::of(bytes)?.name(), advice));
            }
            Some(other) => return Some((other.name(), RESULT_ADVICE)),
            None => {}
        }
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.next()?;
        // A heading of Markdown is a comment in TOML.
        let is_heading = first.starts_with("# ") && lines.next().is_some_and(|line| line.starts_with("**"));
        let is_code = first.starts_with(['[', '{', '"', '#']) || first.contains('=');
        let is_prose = !is_code && !self.heads_table(text);
        (is_heading || is_prose).then_some(("neither JSON nor TOML", RESULT_ADVICE))
    }

    /// Reads a file of answers.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in file order: broken syntax, unknown questions and values.
    pub fn read_answers(&self, bytes: &[u8]) -> Result<AnswersFile<'_>, Vec<Problem>> {
        let text = utf8(bytes, ProblemKind::AnswersTooLarge)?;
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            return Err(Problems::only(text, &(0..0), ProblemKind::NoAnswers));
        }
        if self.heads_table(text) {
            return Err(Problems::only(text, &beginning(text), ProblemKind::Table));
        }
        let mut problems = Problems::new(text);
        let (entries, previous) = read_entries(text, &|id| self.question(id).is_some(), &mut problems);
        let entries = self.with_ids(entries, &mut problems);
        let responses =
            responses(entries, |id| self.question(id), |id, value| self.understand(id, value), &mut problems);
        let found = problems.finish();
        if found.is_empty() {
            return Ok(AnswersFile { responses, previous });
        }
        let Some(other) = previous.bank.filter(|other| *other != self.id) else { return Err(found) };
        // Nearly every answer to another bank is wrong in this one, for the same reason.
        Err(Problems::only(text, &(0..0), ProblemKind::OtherBank(other, self.id.clone())))
    }
}

/// Returns what the entries mean, one a question; what is wrong with the others is reported.
pub(in crate::answers) fn responses<'b, R>(
    entries: Entries,
    question: impl Fn(&str) -> Option<&'b Question>,
    respond: impl Fn(&str, &Value) -> Result<R, WrongAnswer>,
    problems: &mut Problems<'_>,
) -> Vec<R> {
    let mut answered = BTreeSet::new();
    let mut responses = Vec::with_capacity(entries.len());
    let count = entries.len();
    for (index, (key, value)) in entries.into_iter().enumerate() {
        if problems.len() >= MOST_WRONG {
            problems.error(&key.span(), ProblemKind::AnswersNotRead(count - index));
            break;
        }
        let id = key.get_ref();
        let response = value.get_ref().answer().ok_or_else(|| {
            let allowed = question(id).map(Question::allowed);
            WrongAnswer::NoValue { question: id.clone(), allowed }
        });
        match response.and_then(|answer| respond(id, &answer)) {
            Ok(_) if answered.contains(id) => {
                let twice = WrongAnswer::Twice { question: id.clone() };
                problems.error(&value.span(), ProblemKind::Answer(twice));
            }
            Ok(response) => {
                responses.push(response);
                answered.insert(key.into_inner());
            }
            Err(wrong @ WrongAnswer::UnknownQuestion(_)) => problems.error(&key.span(), ProblemKind::Answer(wrong)),
            Err(wrong) => problems.error(&value.span(), ProblemKind::Answer(wrong)),
        }
    }
    responses
}

#[cfg(test)]
mod tests {
    use crate::bank::{Bank, LARGEST_FILE, SHIPPED};

    /// Returns all problems of a file of answers to the shipped bank.
    fn told(text: &str) -> String {
        let told = Bank::parse(SHIPPED.as_bytes()).map(|bank| match bank.read_answers(text.as_bytes()) {
            Ok(_) => String::new(),
            Err(problems) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        });
        told.unwrap_or_else(|invalid| invalid.to_string())
    }

    #[test]
    fn a_file_too_long_for_answers_is_not_taken_for_a_bank() {
        let told = told(&" ".repeat(LARGEST_FILE + 1));
        assert!(told.contains("; give the answers of one person") && !told.contains("bank"), "{told}");
    }

    #[test]
    fn an_empty_file_skips_nothing() {
        for empty in ["", " \n\t\n", "\u{feff}\n"] {
            let what = "line 1, column 1: the file has no answers in it; add some, as in {\"stores\": 5}";
            assert_eq!(told(empty), what, "{empty:?}");
        }
        assert_eq!(told("{}"), "");
    }

    #[test]
    fn what_is_skipped_is_a_list_of_ids() {
        for (text, wrong) in [
            ("{\"answers\": {}, \"skipped\": [1, \"cloud\", [2]]}", &["1", "[2]"][..]),
            ("{\"answers\": {}, \"skipped\": \"cloud\"}", &["\"cloud\""]),
            ("skipped = [1, \"cloud\", [2]]\n[answers]\n", &["1", "[2]"]),
            ("skipped = \"cloud\"\n[answers]\n", &["\"cloud\""]),
        ] {
            let told = told(text);
            assert_eq!(told.lines().count(), wrong.len(), "{text}: {told}");
            for (line, wrong) in told.lines().zip(wrong) {
                let what = format!(
                    ": `skipped` is a list of question ids, and `{wrong}` is not one; write a list of ids, as in"
                );
                assert!(line.contains(&what), "{text}: {line}");
            }
        }
    }

    #[test]
    fn a_plan_that_starts_on_no_day_is_told_what_a_day_is() {
        let advice = "write a date from 1900 to 2999, such as \"2027-01-04\", or remove it";
        for (text, start) in [
            ("{\"answers\": {}, \"plan\": {\"start\": \"soon\"}}", "\"soon\""),
            ("{\"answers\": {}, \"plan\": {\"start\": \"9999-01-04\"}}", "\"9999-01-04\""),
            ("{\"answers\": {}, \"plan\": {\"start\": 2027}}", "2027"),
            ("[answers]\n[plan]\nstart = 2027\n", "2027"),
            ("[answers]\n[plan]\nstart = 07:30:00\n", "07:30:00"),
        ] {
            let told = told(text);
            let what = format!(": `plan.start` is not a date: `{start}`; {advice}");
            assert!(told.ends_with(&what), "{text}: {told}");
        }
    }
}
