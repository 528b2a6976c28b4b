//! The questions of a bank with everything needed to write flags and answer files.

use serde::Serialize;

use crate::bank::{Bank, Kind, Purpose, Question, SKIP, Value};

use super::json::{BankId, SCHEMA_VERSION, Tool, pretty};
use super::page::{Page, Style};

#[derive(Serialize)]
struct Document<'r> {
    schema_version: u32,
    tool: Tool,
    bank: BankId<'r>,
    questions: Vec<Entry<'r>>,
}

#[derive(Serialize)]
struct Entry<'r> {
    id: &'r str,
    topic: Option<&'r str>,
    kind: &'static str,
    purpose: &'static str,
    text: &'r str,
    /// Fewest and most values that an answer names.
    pick: [usize; 2],
    values: Vec<Choice<'r>>,
}

#[derive(Serialize)]
struct Choice<'r> {
    value: Value,
    text: &'r str,
}

/// The questions as JSON.
#[must_use]
pub fn questions_json(bank: &Bank) -> String {
    let questions = bank.questions.iter().map(Entry::new).collect();
    pretty(&Document { schema_version: SCHEMA_VERSION, tool: Tool::SELF, bank: BankId::new(bank), questions })
}

impl<'r> Entry<'r> {
    fn new(question: &'r Question) -> Self {
        let (fewest, most) = question.picks_allowed();
        Self {
            id: &question.id,
            topic: question.topic.as_deref(),
            kind: question.kind.name(),
            purpose: question.purpose.name(),
            text: &question.text,
            pick: [fewest, most],
            values: (0..question.choices.len()).filter_map(|index| Choice::new(question, index)).collect(),
        }
    }
}

impl<'r> Choice<'r> {
    fn new(question: &'r Question, index: usize) -> Option<Self> {
        let choice = question.choices.get(index)?;
        let number = i64::try_from(index + 1).unwrap_or_default();
        let value = match question.kind {
            Kind::Scale => Value::Integer(number),
            _ => Value::Text(choice.id.clone()),
        };
        Some(Self { value, text: &choice.text })
    }
}

/// The questions for a terminal.
#[must_use]
pub fn questions_text(bank: &Bank, style: Style) -> String {
    let mut page = Page::new(style);
    page.heading(&bank.title);
    page.paragraph(&format!("Answer with `-a ID=VALUE`; every question takes `{SKIP}`."));
    for question in &bank.questions {
        page.gap();
        page.heading(&question.id);
        page.hanging("  ", "  ", &question.text);
        page.hanging("  ", "  ", &format!("({})", how(question)));
        for choice in &question.choices {
            let value = format!("    {}  ", choice.id);
            page.hanging(&value, &" ".repeat(value.len().min(12)), &choice.text);
        }
    }
    page.finish()
}

/// How a question is answered, and what for.
fn how(question: &Question) -> String {
    let (fewest, most) = question.picks_allowed();
    let values = match question.kind {
        Kind::Scale => format!("1 to {}", question.choices.len()),
        Kind::Single => "one of these".to_owned(),
        Kind::Multi { .. } => format!("{fewest} to {most} of these, joined by commas"),
        Kind::Rank { .. } => format!("{most} of these, best first, joined by commas"),
    };
    match question.purpose {
        Purpose::Score => values,
        Purpose::Plan => format!("{values}; shapes the plan, never the score"),
    }
}
