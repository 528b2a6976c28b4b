//! Every kind of problem that a bank or a file of answers can have, in one table: its data, its stable code, what is
//! wrong and what to do about it.

use crate::bank::answer::Value;
use crate::bank::diagnostic::Diagnostic;
use crate::bank::kinds::kinds;
use crate::bank::limits::{LABELS, LARGEST_FILE, LONGEST_ID, LONGEST_TEXT, MOST_HOURS, PACE, YEARS};
use crate::bank::suggest::UnknownWord;
use crate::bank::text::{Count, clean, quoted};
use crate::bank::wrong_answer::WrongAnswer;

kinds! {
    /// A kind of problem, with its data.
    pub(crate) enum ProblemKind

    FileTooLarge => "file-too-large",
        format!("the file has more than {LARGEST_FILE} bytes"),
        "shorten it; a bank of a hundred questions needs a tenth of that";
    AnswersTooLarge => "answers-too-large",
        format!("the file has more than {LARGEST_FILE} bytes"),
        "give the answers of one person, as in {\"stores\": 5}; `pathquiz score FILE` reads those of many";
    NotUtf8 => "not-utf8", "the file is not UTF-8 text from here on", "save it as UTF-8";
    BankSyntax(message: String) => "bank-syntax",
        message, "fix this first; other problems may be caused by it";

    WrongType(expected: &'static str, found: &'static str) => "wrong-type",
        format!("expected {expected}, found {found}"), format!("write {expected} here");
    ControlCharacter(character: char) => "control-character",
        format!("the text contains U+{:04X}, which can control a terminal or reverse the text", u32::from(*character)),
        "remove it; a long text can continue on the next line of the file after a `\\`";
    EmptyText => "empty-text", "the text is empty", "write something, or remove the key";
    TextTooLong(length: usize) => "text-too-long",
        format!("the text is {length} characters long"), format!("shorten it to at most {LONGEST_TEXT} characters");
    NumberTooLarge => "number-too-large", "the number is too large", "write a number of at most 18 digits";
    MissingKey(owner: &'static str, example: &'static str) => "missing-key",
        format!("the {owner} has no `{}`", example.split(' ').next().unwrap_or_default()), format!("add `{example}`");

    UnknownKey(word: UnknownWord) => "unknown-key", format!("unknown key {}", word.quoted()), word.advice();
    UnknownQuestionKind(word: UnknownWord) => "unknown-question-kind",
        format!("unknown question kind {}", word.quoted()), word.advice();
    UnknownKind(word: UnknownWord) => "unknown-kind", format!("unknown kind {}", word.quoted()), word.advice();
    UnknownCost(word: UnknownWord) => "unknown-cost", format!("unknown cost {}", word.quoted()), word.advice();
    UnknownVerdict(word: UnknownWord) => "unknown-verdict",
        format!("unknown verdict {}", word.quoted()), word.advice();
    UnknownRole(word: UnknownWord) => "unknown-role", format!("unknown role {}", word.quoted()), word.advice();
    UnknownCertification(word: UnknownWord) => "unknown-certification",
        format!("unknown certification {} in `successors`", word.quoted()), word.advice();
    UnknownTag(word: UnknownWord) => "unknown-tag",
        format!("no certification has {} in `suits`", word.quoted()), word.advice();
    UnknownStep(word: UnknownWord) => "unknown-step",
        format!("no role has a step {}", word.quoted()), word.advice();

    UnknownFormat(format: i64) => "unknown-format",
        if *format > 1 {
            format!("the bank has format {format}, which is newer than this program")
        } else {
            format!("there is no format {format}")
        },
        if *format > 1 { "update pathquiz, or write the bank in `format = 1`" } else { "write `format = 1`" };
    NotALanguageTag(tag: String) => "not-a-language-tag",
        format!("{} is not a language tag", quoted(tag)), "write a tag such as \"en\" or \"pt-BR\"";
    LabelCount(count: usize) => "label-count",
        format!("the scale has {count} labels"),
        format!("give it {} to {}, from least to most liking", LABELS.0, LABELS.1);
    Thresholds(clear: f64, close: f64) => "thresholds-out-of-range",
        format!("`clear = {clear}` and `close = {close}` are not valid thresholds"),
        "keep 0 < clear <= close < 1, as in { close = 0.20, clear = 0.05 }";
    NotAnId(id: String) => "not-an-id",
        format!("{} is not an id", quoted(id)),
        format!("write lower-case words joined by hyphens, at most {LONGEST_ID} characters, such as `first-hour`");
    DuplicateId(owner: &'static str, id: String, line: usize) => "duplicate-id",
        format!("{owner} `{id}` has the same id as the one on line {line}"), "give it another id";
    ReservedId(word: &'static str) => "reserved-id",
        format!("`{word}` is reserved for skipping a question"), "give the choice another id";
    TooMany(count: usize, things: &'static str, most: usize) => "too-many",
        format!("there are {count} {things}"), format!("keep at most {most}");
    OutOfRange(subject: &'static str, value: i64, low: i64, high: i64) => "out-of-range",
        format!("{subject} cannot be {value}"), format!("use a number from {low} to {high}");
    NotAnAddress(address: String) => "not-an-address",
        format!("{} is not a web address", quoted(address)),
        "write a full address that begins with https:// or http://, without spaces";
    HoursNoRange => "hours-no-range",
        "`hours` is not a range", format!("write [low, high] with 0 <= low <= high <= {MOST_HOURS}, such as [25, 40]");

    ForeignKey(key: &'static str, kind: &'static str) => "foreign-key",
        format!("`{key}` belongs to {kind} questions"), format!("remove it, or write `kind = \"{kind}\"`");
    ScaleWithChoice => "scale-with-choice",
        "a scale question cannot have choices", "remove them, or make the question `single`";
    TooFewChoices => "too-few-choices",
        "the question has fewer than two choices", "add at least two [[question.choice]]";
    MixedPurpose => "mixed-purpose",
        "the question both scores and shapes the plan", "ask about interest and about experience in two questions";
    NoPurpose => "no-purpose",
        "the question neither scores nor shapes the plan",
        "give its choices `points`, or `prefers`, `knows` or `hours_per_week`";
    PickNoRange(most: usize) => "pick-no-range",
        "`pick` is not a range",
        format!("write [fewest, most] with 0 <= fewest <= most <= {most}, the number of choices");
    PlaceCount(count: usize, most: usize) => "place-count",
        format!("`places` has {count} entries for {most} choices"),
        format!("write 1 to {most} numbers, the weight of each place, best place first");
    TooManyOutcomes(id: String, count: u128, most: u128) => "too-many-outcomes",
        format!("`{id}` can be answered in {count} ways"),
        format!("offer fewer choices or allow fewer picks; at most {most} ways can be scored");

    TooFewRoles => "too-few-roles",
        "the bank has fewer than two roles", "describe at least two with [[role]]";
    NothingScored => "nothing-scored",
        "the bank has no scored question", "add a [[question]] with a `key` or with `points`";
    ScoredChoices(count: usize, roles: usize, most: usize) => "too-many-scored-choices",
        format!("the scored questions have {count} choices"),
        format!("offer fewer; with {roles} roles at most {most} can be scored");
    ScoredOutcomes(count: u128, roles: usize, most: u128) => "too-many-scored-outcomes",
        format!("the scored questions have {count} outcomes"),
        format!("offer fewer choices or picks; with {roles} roles at most {most} can be scored");
    ScoredQuestions(count: usize, roles: usize, most: usize) => "too-many-scored-questions",
        format!("{count} scored questions for {roles} roles are too many to score at once"),
        format!("ask fewer; with {roles} roles at most {most} can be scored");
    CommonMultiple => "common-multiple-too-large",
        "the numbers of outcomes of the multi and rank questions have too large a common multiple",
        "give several of these questions the same number of choices and picks";
    RoleWithoutEvidence(id: String) => "role-without-evidence",
        format!("no question says anything about the role `{id}`"),
        "give it points for at least one choice, but not the same for every choice";
    NoExpectation => "no-expectation",
        "the persona has no expected result", "write `expect = { role = \"...\", verdict = \"...\" }`";
    RoleWithNeither => "role-with-neither",
        "the persona expects a role although its verdict is `neither`, which recommends none",
        "remove the role, or expect another verdict";
    /// More problems than are worth the rest of a persona.
    PersonaNotRead => "persona-not-read",
        "there are so many problems above that the rest of the persona was not checked", "fix those first";

    // Flaws of a bank that keeps all rules, found by scoring with it.
    UnevenChance(role: String, leads: f64, fair: f64) => "uneven-chance",
        format!(
            "random answers let `{role}` lead in {:.1} of 100 cases, {} than the fair {:.1}",
            100.0 * leads,
            if leads > fair { "more" } else { "less" },
            100.0 * fair
        ),
        format!(
            "give it {} points, or move points between questions with many and with few choices",
            if leads > fair { "fewer" } else { "more" }
        );
    FewQuestions(role: String, count: usize, enough: usize) => "few-questions",
        format!("only {} anything about `{role}`", Count(*count, "question tells", "questions tell")),
        format!("ask at least {enough} questions that give it points; {} is better", 2 * enough);
    UnreachableRole(role: String) => "unreachable-role",
        format!("no answers can lead to a call for `{role}`"),
        "let some answers give it points that no other role gets";
    LowCeiling(role: String, fit: f64) => "low-ceiling",
        format!("the best fit that answers can give `{role}` is {fit:.0}"),
        "let more of its points stand in answers that go together";
    UnevenLiking(role: String, points: i64, other: String, least: i64) => "uneven-liking",
        format!("liking everything gives `{role}` {points} points and `{other}` {least}"),
        "let the keys of all scale questions add up to the same for every role";
    FrequentNeither(chance: f64) => "frequent-neither",
        format!("random answers are `neither` in {:.1} of 100 cases", 100.0 * chance),
        "let each scale question name one role alone in its `key`";
    IdleQuestion(id: String) => "idle-question",
        format!("no answer to `{id}` changes any lead"),
        "give its answers different points, or take the question out";
    HeavyQuestion(id: String, share: f64) => "heavy-question",
        format!("`{id}` alone makes {:.1}% of a lead's chance variance", 100.0 * share),
        "give it fewer points, or ask more questions";
    /// The ids of the question, of the role that gets more and of the one that gets less.
    TiltedQuestion(ids: Box<[String; 3]>, points: f64) => "tilted-question",
        format!("`{}` gives `{}` {points:.2} points more on average than `{}`", ids[0], ids[1], ids[2]),
        "balance the points of its choices; else an answer for neither leans to the other role";
    /// The ids of the question, of the choice and of the better one.
    DominatedChoice(ids: Box<[String; 3]>) => "dominated-choice",
        format!("the choice `{}` of `{}` gives every role less than `{}`", ids[1], ids[0], ids[2]),
        "give it points that `skip` would not give, or leave it as a way to say neither";
    /// The position is `None` for the last one.
    StraightLineCall(position: Option<usize>, role: String, chance: f64) => "straight-line-call", {
            let choice = position.map_or("the last choice".to_owned(), |position| format!("choice {position}"));
            format!("{choice} everywhere earns a call for `{role}` (p = {chance:.3})")
        },
        "change the order of choices in some questions, so that no role always stands in the same place";
    DuplicateQuestion(id: String, other: String) => "duplicate-question",
        format!("`{id}` asks nearly the same as `{other}`, for the same points"),
        "leave one of them out, or ask about something else";
    /// A persona that does not come out as expected, in words.
    PersonaMismatch(what: String) => "persona-mismatch", what, "fix the points, the answers or the expectation";

    Answer(wrong: WrongAnswer) => wrong.code(), wrong.what(), wrong.advice();
    /// More wrong answers than are worth the rest.
    AnswersNotRead(count: usize) => "answers-not-read",
        format!("so many answers are wrong that the last {count} were not checked"),
        "fix those above first; they may be answers to another bank";
    AnswersSyntax(message: String) => "answers-syntax", message, "fix it, or write the table as JSON";
    NoAnswers => "no-answers", "the file has no answers in it", "add some, as in {\"stores\": 5}";
    JsonSyntax(message: String) => "json-syntax",
        format!("this is not JSON: {message}"), "fix it; it has to be one object, as in {\"stores\": 5}";
    NotAnObject => "not-an-object",
        "this is not a JSON object", "write the answers of one person, as in {\"stores\": 5}";
    RowTooLarge => "row-too-large",
        format!("the row has more than {LARGEST_FILE} bytes"), "remove everything that is not an answer";
    /// A column that several questions may be meant by.
    AmbiguousColumn(word: UnknownWord) => "ambiguous-column",
        format!("the column {} may be about several questions: {}", word.quoted(), word.known),
        "choose one with `--column ID=COLUMN`, or leave it out with `--ignore COLUMN`";
    /// A column that looks like a question and does not name one.
    UnclearColumn(column: String, question: String) => "unclear-column",
        format!("the column {} looks like the question `{question}`, but it names neither all of it nor a part", quoted(column)),
        "rename it, read it with `--column ID=COLUMN`, or leave it out with `--ignore COLUMN`";
    RowNotUtf8 => "row-not-utf8", "the row is not UTF-8 text", "save the file as UTF-8";
    Quotes => "unmatched-quotes",
        "the quotes in this row do not match", "close each one, and double any quote inside a cell";
    CellCount(cells: usize, columns: usize) => "cell-count",
        format!("the row has {} and the header {columns}", Count(*cells, "cell", "cells")),
        "quote any cell that contains a separator or a line break";
    List => "answers-in-list",
        "this is a JSON list", "give the answers of one person, as in {\"stores\": 5}";
    Lines => "answers-in-lines",
        "this is one JSON object per line, the answers of many people", "score them with `pathquiz score FILE`";
    /// A table with a header, where one person's answers belong.
    Table => "answers-in-table", "this is a table, the answers of many people", "score them with `pathquiz score FILE`";
    /// A table with a header, where lines of JSON belong.
    TableForLines => "table-for-lines", "this is a table", "write the answers of each person as a line of JSON";
    Scored => "scored-already",
        "this is output of `pathquiz score`, not answers", "give the file that it was made from";
    /// A result of another bank than the one in use.
    OtherBank(other: String, used: String) => "other-bank",
        format!("this is a result from the bank {}, but the bank in use is `{used}`", quoted(other)),
        "choose that bank with `--bank`, or answer this one";
    /// A result of another bank than the two that are compared.
    ThirdBank(other: String) => "third-bank",
        format!("this is a result from the bank {}, which is neither of the two", quoted(other)),
        "compare the banks that were answered";
    UnknownVersion(version: String) => "unknown-version",
        format!("the result has version {}, which this program does not know", quoted(version)),
        "update pathquiz, or use only its `answers`";
    DuplicateKey(key: String) => "duplicate-key", format!("`{key}` is given twice"), "keep one of them";
    NoName(key: String) => "no-name", format!("`{key}` does not name anyone"), "write a text or a number";
    SkippedNoList(written: String) => "skipped-no-list",
        format!("`skipped` is a list of question ids, and {} is not one", quoted(written)),
        "write a list of ids, as in [\"cloud\"]";
    NoDay(written: String) => "no-day",
        format!("`plan.start` is not a date: {}", quoted(written)),
        format!("write a date from {} to {}, such as \"2027-01-04\", or remove it", YEARS.start(), YEARS.end());
    NoPace => "no-pace",
        "`plan.hours_per_week` is not a number of hours",
        format!("write a whole number from {} to {}, or remove it", PACE.start(), PACE.end());
}

impl ProblemKind {
    /// Returns what other programs are told, without the place.
    pub(crate) fn diagnostic(&self) -> Diagnostic {
        let told = Diagnostic::new(self.code(), self.to_string());
        match self {
            Self::Answer(wrong) => wrong.into(),
            Self::TiltedQuestion(ids, _) | Self::DominatedChoice(ids) => {
                Diagnostic { question: Some(ids[0].clone()), ..told }
            }
            Self::IdleQuestion(id) | Self::HeavyQuestion(id, _) | Self::DuplicateQuestion(id, _) => {
                Diagnostic { question: Some(id.clone()), ..told }
            }
            Self::UnknownKey(word)
            | Self::UnknownQuestionKind(word)
            | Self::UnknownKind(word)
            | Self::UnknownCost(word)
            | Self::UnknownVerdict(word)
            | Self::UnknownRole(word)
            | Self::UnknownCertification(word)
            | Self::UnknownTag(word)
            | Self::UnknownStep(word)
            | Self::AmbiguousColumn(word) => told.with_word(word),
            Self::OutOfRange(_, value, ..) | Self::UnknownFormat(value) => {
                Diagnostic { value: Some(Value::Integer(*value)), ..told }
            }
            Self::NotALanguageTag(given) | Self::NotAnId(given) | Self::NotAnAddress(given) => {
                Diagnostic { value: Some(Value::Text(clean(given))), ..told }
            }
            _ => told,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Diagnostic, ProblemKind};
    use crate::bank::WrongAnswer;

    impl Default for WrongAnswer {
        fn default() -> Self {
            Self::Twice { question: String::new() }
        }
    }

    /// A kind whose sentence is its data would have none here.
    fn of_each() -> impl Iterator<Item = ProblemKind> {
        let text = || "why".to_owned();
        ProblemKind::one_of_each().into_iter().map(move |kind| match kind {
            ProblemKind::BankSyntax(_) => ProblemKind::BankSyntax(text()),
            ProblemKind::AnswersSyntax(_) => ProblemKind::AnswersSyntax(text()),
            ProblemKind::PersonaMismatch(_) => ProblemKind::PersonaMismatch(text()),
            other => other,
        })
    }

    #[test]
    fn every_kind_has_a_code_of_its_own_and_says_what_is_wrong_and_what_to_do() {
        let is_word =
            |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'8');
        let mut codes = BTreeSet::new();
        let others = of_each().filter(|kind| !matches!(kind, ProblemKind::Answer(_)));
        for kind in others.chain(WrongAnswer::one_of_each().into_iter().map(ProblemKind::Answer)) {
            let (code, what, advice) = (kind.code(), kind.what(), kind.advice());
            assert!(code.split('-').all(is_word), "{code}");
            assert!(codes.insert(code), "{code} is the code of two kinds");
            assert!(!what.is_empty() && !what.ends_with('.'), "{kind:?}: {what}");
            assert!(!advice.is_empty() && !advice.ends_with('.'), "{kind:?}: {advice}");
            let Diagnostic { code: told, message, .. } = kind.diagnostic();
            assert_eq!((told, message), (code, format!("{what}; {advice}")));
        }
    }
}
