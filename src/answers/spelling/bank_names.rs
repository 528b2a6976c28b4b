//! The questions of a bank by every spelling of their names, and what a header or key is about.

use std::collections::BTreeSet;
use std::fmt;

use crate::bank::{Bank, nearest_by};

use super::choices::{ChoiceNames, FirstStep};
use super::fold::{bare, fold, words};
use super::names::{NameFold, Named, Names};
use super::question_words::{QuestionWords, texts};
use super::slot::Slot;
use super::words::TAILS;

/// Shortest header that may be the beginning of a text, in characters.
const SHORTEST_CUT: usize = 20;

/// Words of a text that a header cannot begin with by accident.
const MIN_TEXT_WORDS: usize = 3;

/// Separators in front of the name of a question: of groups, and of the rows of a grid.
const BEFORE: [&str; 8] = ["/", "[", " - ", ": ", " > ", "-", ".", ":"];

/// The content of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnRole {
    /// None of what the bank knows.
    Ignored,
    /// Who answered.
    Person,
    /// The answers to a question, by its position in the bank.
    Question(usize),
    /// A part of them.
    Part(usize, Slot),
}

impl ColumnRole {
    /// Returns the question that the column is about, by its position in the bank; `None` if it is about none.
    pub(crate) fn question(self) -> Option<usize> {
        match self {
            Self::Question(question) | Self::Part(question, _) => Some(question),
            Self::Ignored | Self::Person => None,
        }
    }
}

/// The reason for the role of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MatchReason {
    Id,
    Text,
    Spelling,
    Beginning,
    Behind,
    Choice,
    /// The header has the text of a choice alone, beside those of others.
    ChoiceText,
    Place,
    Aside,
    Person,
    Flag,
    Unknown,
}

impl fmt::Display for MatchReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "it is the id of the question",
            Self::Text => "it is the text of the question",
            Self::Spelling => "it is the question in another spelling",
            Self::Beginning => "it is the beginning of the question's text alone",
            Self::Behind => "the question stands behind the name of a group",
            Self::Choice => "it names the question and one of its choices",
            Self::ChoiceText => "it is the text of a choice, beside other choices of the same question",
            Self::Place => "it names the question and a place of the ranking",
            Self::Aside => "it holds something asked beside a question, such as a comment",
            Self::Person => "it names the person",
            Self::Flag => "a flag says so",
            Self::Unknown => "no question has this name",
        })
    }
}

/// The meaning of a header or key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::answers) enum ColumnMatch {
    Role(ColumnRole, MatchReason),
    /// Several questions are called so.
    Several(Vec<usize>),
    /// It begins like a question, and how it goes on is not understood.
    Unclear(usize),
}

/// The questions of a bank with their names and those of their choices.
#[derive(Clone, Debug)]
pub(in crate::answers) struct BankNames<'b> {
    pub(in crate::answers) bank: &'b Bank,
    questions: Names<usize>,
    of_questions: Vec<QuestionWords>,
}

impl<'b> BankNames<'b> {
    pub(in crate::answers) fn new(bank: &'b Bank) -> Self {
        let questions =
            Names::new(bank.questions.iter().map(|question| (question.index, question.id.clone(), texts(question))));
        let of_questions = bank.questions.iter().map(QuestionWords::new).collect();
        Self { bank, questions, of_questions }
    }

    /// Returns what a header or key is about.
    pub(in crate::answers) fn column(&self, header: &str) -> ColumnMatch {
        match self.questions.in_header(header) {
            Named::One(question, fold) => return ColumnMatch::Role(ColumnRole::Question(question), reason(fold)),
            Named::Several(questions) => return ColumnMatch::Several(questions),
            Named::Nothing => {}
        }
        let found = self.question_first(header);
        let found = found.or_else(|| self.beginning(header)).or_else(|| self.question_last(header));
        found.unwrap_or(ColumnMatch::Role(ColumnRole::Ignored, MatchReason::Unknown))
    }

    /// Returns the choice of a question that each header is by its text alone, if two of them or more are choices of it.
    pub(in crate::answers) fn choice_texts(&self, question: usize, headers: &[&str]) -> Vec<Option<usize>> {
        let names = ChoiceNames::new(&self.bank.questions[question], FirstStep::One);
        let choices = headers.iter().map(|header| match names.names().in_cell(header) {
            Named::One(choice, fold) if fold > NameFold::Id => Some(choice),
            _ => None,
        });
        let choices: Vec<Option<usize>> = choices.collect();
        let count = choices.iter().flatten().collect::<BTreeSet<_>>().len();
        if count > 1 { choices } else { vec![None; headers.len()] }
    }

    /// Returns what a header is about that begins with a question; `None` if none does.
    fn question_first(&self, header: &str) -> Option<ColumnMatch> {
        let folded = fold(header);
        let words: Vec<&str> = words(&folded).collect();
        let (mut roles, mut is_aside, mut unclear) = (Vec::new(), false, None);
        for (question, names) in self.of_questions.iter().enumerate() {
            let read = names.read(&words);
            roles.extend(read.slots.iter().map(|slot| (question, *slot)));
            is_aside |= read.is_aside;
            if read.begins && (read.goes_on || self.is_text_or_marked(question, &folded)) {
                unclear.get_or_insert(question);
            }
        }
        match roles.as_slice() {
            [(question, Slot::Whole)] => {
                Some(ColumnMatch::Role(ColumnRole::Question(*question), MatchReason::Spelling))
            }
            [(question, slot)] => {
                let reason = if matches!(slot, Slot::Place(_)) { MatchReason::Place } else { MatchReason::Choice };
                Some(ColumnMatch::Role(ColumnRole::Part(*question, *slot), reason))
            }
            [] if is_aside => Some(ColumnMatch::Role(ColumnRole::Ignored, MatchReason::Aside)),
            [] => unclear.map(ColumnMatch::Unclear),
            several => Some(ColumnMatch::Several(several.iter().map(|(question, _)| *question).collect())),
        }
    }

    /// Returns true if a folded header begins with the whole text of a question, or with its id and a mark of choices.
    fn is_text_or_marked(&self, question: usize, header: &str) -> bool {
        let is_text = self.of_questions[question].texts.iter().any(|text| {
            let text: Vec<&str> = words(text).collect();
            text.len() >= MIN_TEXT_WORDS && words(header).take(text.len()).eq(text)
        });
        let rest =
            header.strip_prefix(self.bank.questions[question].id.as_str()).map(str::trim_start).unwrap_or_default();
        is_text || rest.starts_with(['[', '(', '/']) || rest.starts_with("___") || rest.contains("choice=")
    }

    /// Returns the question whose text a header is the beginning of; `None` if there is none.
    fn beginning(&self, header: &str) -> Option<ColumnMatch> {
        let folded = fold(header);
        let folded = folded.trim_end_matches(['.', ' ']);
        if folded.chars().count() < SHORTEST_CUT {
            return None;
        }
        let begun: Vec<usize> = self
            .of_questions
            .iter()
            .enumerate()
            .filter(|(_, words)| words.texts.iter().any(|text| text.starts_with(folded)))
            .map(|(index, _)| index)
            .collect();
        match begun.as_slice() {
            [] => None,
            [question] => Some(ColumnMatch::Role(ColumnRole::Question(*question), MatchReason::Beginning)),
            _ => Some(ColumnMatch::Several(begun)),
        }
    }

    /// Returns what a header is about that has a question behind the name of a group or grid; `None` if none stands there.
    fn question_last(&self, header: &str) -> Option<ColumnMatch> {
        let places = header.char_indices().flat_map(|(at, _)| {
            BEFORE.into_iter().filter(move |before| header[at..].starts_with(before)).map(move |before| (at, before))
        });
        for (at, before) in places {
            let (group, rest) = (&header[..at], header[at + before.len()..].trim().trim_end_matches(']').trim());
            // A mark without blanks around it stands in many words, so only an exact id counts behind it.
            let is_loose = matches!(before, "-" | "." | ":");
            let found = match self.questions.in_header(rest) {
                Named::One(question, fold) if !is_loose || fold == NameFold::Id => {
                    Some((ColumnRole::Question(question), question))
                }
                Named::Several(questions) if !is_loose => return Some(ColumnMatch::Several(questions)),
                _ => None,
            };
            let behind = match self.question_first(rest) {
                Some(ColumnMatch::Role(role @ ColumnRole::Part(question, _), _)) if rest.contains(['/', '[', '.']) => {
                    Some((role, question))
                }
                _ => None,
            };
            let Some((role, _)) = found.or(behind) else { continue };
            let folded = fold(group);
            if words(&folded).any(|word| TAILS.contains(&word)) {
                return Some(ColumnMatch::Role(ColumnRole::Ignored, MatchReason::Aside));
            }
            return Some(match self.is_choice_of_similar(group, rest) {
                Some(other) => ColumnMatch::Unclear(other),
                None => ColumnMatch::Role(role, MatchReason::Behind),
            });
        }
        None
    }

    /// Returns a question whose name is like that of a group and that has a choice called like the question in it: a mistyped
    /// question makes its choices look like questions. `None` if there is none.
    fn is_choice_of_similar(&self, group: &str, name: &str) -> Option<usize> {
        let group = group.rsplit(['/', '[']).next().unwrap_or(group).trim();
        let by_id = nearest_by(group, &self.bank.questions, |question| &question.id);
        let question = by_id.or_else(|| nearest_by(group, &self.bank.questions, |question| &question.text))?;
        let names = ChoiceNames::new(question, FirstStep::One);
        (names.names().in_header(name) != Named::Nothing).then_some(question.index)
    }
}

fn reason(fold: NameFold) -> MatchReason {
    match fold {
        NameFold::Id => MatchReason::Id,
        NameFold::Text => MatchReason::Text,
        _ => MatchReason::Spelling,
    }
}

/// Returns true if two headers are the same but for spelling.
pub(in crate::answers) fn is_same_header(one: &str, other: &str) -> bool {
    one == other || bare(&fold(one)) == bare(&fold(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bank() -> Bank {
        Bank::parse(include_bytes!("../../../tests/data/banks/team.toml")).unwrap()
    }

    #[test]
    fn a_header_names_a_question_a_choice_or_a_place() {
        let bank = bank();
        let names = BankNames::new(&bank);
        let whole = |id: &str| ColumnRole::Question(bank.question(id).unwrap().index);
        let part = |id: &str, slot| ColumnRole::Part(bank.question(id).unwrap().index, slot);
        for (header, role) in [
            ("tools", whole("tools")),
            (" TOOLS ", whole("tools")),
            ("How much do you enjoy  using tools? *", whole("tools")),
            ("Q1: How much do you enjoy using tools", whole("tools")),
            ("How.much.do.you.enjoy.using.tools.", whole("tools")),
            ("how_much_do_you_enjoy_using_tools", whole("tools")),
            ("tools. How much do you enjoy using tools?", whole("tools")),
            ("How much do you enjoy usi", whole("tools")),
            ("Which of these do you like? - Selected Choice", whole("likes")),
            ("group/tools", whole("tools")),
            ("group-tools", whole("tools")),
            ("Rate these [How much do you enjoy helping people?]", whole("people")),
            ("Rate these - How much do you enjoy helping people?", whole("people")),
            ("likes___wood", part("likes", Slot::Choice(0))),
            ("likes/people", part("likes", Slot::Choice(1))),
            ("group/likes/people", part("likes", Slot::Choice(1))),
            ("group-likes/people", part("likes", Slot::Choice(1))),
            ("likes[people]", part("likes", Slot::Choice(1))),
            ("likes: plans", part("likes", Slot::Choice(2))),
            ("Which of these do you like? [Giving talks]", part("likes", Slot::Choice(3))),
            ("Which of these do you like? (choice=Wood, metal and glue)", part("likes", Slot::Choice(0))),
            ("likes[wood]. Which of these do you like? [Wood, metal and glue]", part("likes", Slot::Choice(0))),
            ("order[1]", part("order", Slot::Place(0))),
            ("What comes first? [Rank 2]", part("order", Slot::Place(1))),
            ("What comes first? - Resting", part("order", Slot::Choice(2))),
            ("likes_other", ColumnRole::Ignored),
            ("Which of these do you like? - Other (please specify) - Text", ColumnRole::Ignored),
            ("likes[other]", ColumnRole::Ignored),
            ("tools_DO_1", ColumnRole::Ignored),
            ("Timestamp", ColumnRole::Ignored),
            ("likes working with people", ColumnRole::Ignored),
        ] {
            let ColumnMatch::Role(found, _) = names.column(header) else {
                panic!("{header}: {:?}", names.column(header))
            };
            assert_eq!(found, role, "{header}");
        }
        for header in
            ["likes[wod]", "likes___9", "likes/x", "likes wood carving", "likess/people", "tools.1", "tools (1 to 5)"]
        {
            assert!(matches!(names.column(header), ColumnMatch::Unclear(_)), "{header}: {:?}", names.column(header));
        }
        assert!(matches!(names.column("How much do you enjoy"), ColumnMatch::Several(_)));
    }
}
