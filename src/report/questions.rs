//! The questions of a bank with everything needed to write flags and answer files.

use serde::Serialize;

use crate::bank::{Bank, Choice, Kind, Question, QuestionUse, SKIP, Value};

use super::json::{document, object};
use super::page::{Style, TextPage};

/// Returns the questions as JSON. `pick` is the fewest and the most values that an answer names.
pub fn questions_json(bank: &Bank) -> String {
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
    document(bank, object! { questions: questions.collect::<Vec<_>>() })
}

fn value<'r>(question: &Question, number: i64, choice: &'r Choice) -> impl Serialize + use<'r> {
    let value = match question.kind {
        Kind::Scale => Value::Integer(number),
        _ => Value::Text(choice.id.clone()),
    };
    object! { value: value, text: &choice.text }
}

/// Returns the questions for a terminal.
pub fn questions_text(bank: &Bank, style: Style) -> String {
    let mut page = TextPage::new(style);
    page.heading(&bank.title);
    page.paragraph(&format!("Answer with `-a ID=VALUE`; every question takes `{SKIP}`."));
    for question in &bank.questions {
        page.part(&question.id);
        page.hanging("  ", "  ", &question.text);
        page.hanging("  ", "  ", &format!("({})", hint(question)));
        for choice in &question.choices {
            let value = format!("    {}  ", choice.id);
            page.hanging(&value, &" ".repeat(value.len().min(12)), &choice.text);
        }
    }
    page.finish()
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
