//! The questions of a bank with everything needed to write flags and answer files.

use serde::Serialize;

use crate::bank::{Bank, Choice, Kind, Question, QuestionUse, SKIP, Value};

use super::document::{Block, Document, ListItem, Report, Tone, heading, list, paragraph, section};
use super::json::{self, object};

/// The questions of a bank.
#[derive(Debug)]
pub struct QuestionsReport<'r>(pub &'r Bank);

impl Report for QuestionsReport<'_> {
    fn document(&self) -> Document<'_> {
        let Self(bank) = self;
        let about = paragraph(format!("Answer with `-a ID=VALUE`; every question takes `{SKIP}`."));
        let questions = bank.questions.iter().map(|question| {
            let choices = question.choices.iter();
            let choices =
                choices.map(|choice| ListItem { detail: Some(&choice.text), ..ListItem::new(&*choice.id, "", None) });
            let blocks = vec![
                Block::Quote(Tone::Plain, &question.text),
                Block::Paragraph(Tone::Small, format!("({})", hint(question))),
                list(Tone::Plain, choices),
            ];
            section(2, &question.id, blocks)
        });
        let blocks = [heading(1, &bank.title), about].into_iter().chain(questions).collect();
        Document { bank, title: bank.title.clone(), blocks }
    }

    /// Returns the questions as JSON. `pick` is the fewest and the most values that an answer names.
    fn json(&self) -> String {
        let Self(bank) = self;
        let questions = bank.questions.iter().map(|question| {
            object! {
                id: &question.id,
                topic: &question.topic,
                kind: question.kind.name(),
                purpose: question.purpose.name(),
                text: &question.text,
                pick: <[usize; 2]>::from(question.picks_allowed()),
                values: (1..).zip(&question.choices).map(|(number, choice)| value(question, number, choice)).collect::<Vec<_>>(),
            }
        });
        json::document(bank, object! { questions: questions.collect::<Vec<_>>() })
    }
}

fn value<'r>(question: &Question, number: i64, choice: &'r Choice) -> impl Serialize + use<'r> {
    let value = match question.kind {
        Kind::Scale => Value::Integer(number),
        _ => Value::Text(choice.id.clone()),
    };
    object! { value: value, text: &choice.text }
}

/// Returns how a question is answered, and what for.
fn hint(question: &Question) -> String {
    let (fewest, most) = question.picks_allowed();
    let values = match question.kind {
        Kind::Scale => format!("1 to {}", question.choices.len()),
        Kind::Single => "one of these".to_owned(),
        Kind::Multi { .. } => format!("{fewest} to {most} of these, joined by commas"),
        Kind::Rank { .. } => format!("{most} of these, best first, joined by commas"),
    };
    match question.purpose {
        QuestionUse::Score => values,
        QuestionUse::Plan => format!("{values}; shapes the plan, never the score"),
    }
}
