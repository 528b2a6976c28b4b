//! Two results of one person side by side, and which answers made the difference.

use crate::answers::SCHEMA_VERSION;
use crate::bank::{Answer, Bank, Sheet};
use crate::scoring::{ChangedContribution, LeadChange, Recommendation, Score};

use super::document::{Block, Document, ListItem, Report, apart, heading, paragraph, section};
use super::json::{BankId, Tool, object, pretty};
use super::phrases;

/// A result with its number.
#[derive(Debug)]
pub struct NumberedResult<'m> {
    title: String,
    number: u32,
    sheet: &'m Sheet<'m>,
    score: &'m Score<'m>,
    recommendation: &'m Recommendation<'m>,
}

impl<'m> NumberedResult<'m> {
    /// Puts together a result that is compared.
    pub fn new(
        number: u32,
        sheet: &'m Sheet<'m>,
        score: &'m Score<'m>,
        recommendation: &'m Recommendation<'m>,
    ) -> Self {
        Self { title: format!("Result {number}"), number, sheet, score, recommendation }
    }

    fn items(&self) -> Vec<ListItem<'_>> {
        let verdict = phrases::headline(self.score, self.recommendation);
        let fits = self.score.fits.iter().map(|fit| format!("{}: fit {:.0}", fit.role.name, fit.fit));
        std::iter::once(verdict).chain(fits).chain(phrases::liked(self.score)).map(Into::into).collect()
    }

    fn answer(&self, id: &str) -> Option<&Answer> {
        self.sheet.bank().question(id).and_then(|question| self.sheet.answer(question))
    }

    fn json(&self) -> impl serde::Serialize {
        let roles = self.score.fits.iter().map(|fit| {
            let counts = self.score.activity_counts(fit.index);
            object! { id: &fit.role.id, fit: fit.fit, liked: counts.liked, of: counts.of }
        });
        object! {
            number: self.number,
            verdict: self.recommendation.verdict.name(),
            role: self.recommendation.role.map(|role| &role.id),
            lead: self.score.lead(),
            roles: roles.collect::<Vec<_>>(),
        }
    }
}

/// Two results of one bank.
#[derive(Debug)]
pub struct ResultComparison<'m> {
    bank: &'m Bank,
    results: [NumberedResult<'m>; 2],
    /// `None` where a bank has one role alone.
    change: Option<LeadChange<'m>>,
}

impl<'m> ResultComparison<'m> {
    /// Compares two results.
    pub fn new(bank: &'m Bank, results: [NumberedResult<'m>; 2]) -> Self {
        let change = LeadChange::new(results[0].score, results[1].score);
        Self { bank, results, change }
    }

    /// Returns the answers of a question in both results.
    fn answers(&self, id: &str) -> [Option<&Answer>; 2] {
        [self.results[0].answer(id), self.results[1].answer(id)]
    }

    /// Returns the parts of the change by whether their answers differ.
    fn parts(&self) -> (Vec<&ChangedContribution<'m>>, Vec<&ChangedContribution<'m>>) {
        let parts = self.change.iter().flat_map(|change| &change.parts);
        parts.partition(|part| {
            let [from, to] = self.answers(part.question);
            from != to
        })
    }

    fn changes(&self) -> Vec<Block<'_>> {
        let Some(change) = &self.change else { return Vec::new() };
        let names = change.roles.map(|id| self.bank.role(id).map_or("", |role| role.name.as_str()));
        let (differing, same) = self.parts();
        let lines = differing.iter().filter_map(|part| {
            let question = self.bank.question(part.question)?;
            let [from, to] = self
                .answers(part.question)
                .map(|answer| answer.map_or_else(|| "not answered".to_owned(), |answer| question.words(answer)));
            Some([question.text.clone(), from, format!("{to} ({:+.1})", part.to - part.from)])
        });
        let lines: Vec<[String; 3]> = lines.collect();
        let mut blocks = vec![paragraph(phrases::lead_change(change, names))];
        if !lines.is_empty() {
            blocks.push(section(
                2,
                "Answers that differ, with the points that each moved the lead",
                vec![Block::Changes(lines)],
            ));
        }
        if !same.is_empty() {
            let sum: f64 = same.iter().map(|part| part.to - part.from).sum();
            blocks.push(apart(phrases::rescaled(same.len(), sum)));
        }
        blocks
    }
}

impl Report for ResultComparison<'_> {
    fn document(&self) -> Document<'_> {
        let [first, second] = &self.results;
        let title = format!("Results {} and {} side by side", first.number, second.number);
        let columns = self.results.iter().map(|result| (&*result.title, result.items())).collect();
        let mut blocks = vec![heading(1, &title), Block::Columns(columns)];
        blocks.extend(self.changes());
        Document { bank: self.bank, title, blocks }
    }

    fn json(&self) -> String {
        let [first, second] = &self.results;
        let parts = self.change.iter().flat_map(|change| &change.parts).map(|part| {
            let question = self.bank.question(part.question);
            let [from, to] = self.answers(part.question).map(|answer| Some(question?.value(answer?)));
            object! { question: part.question, from: from, to: to, lead: part.to - part.from }
        });
        pretty(&object! {
            schema_version: SCHEMA_VERSION,
            tool: Tool::SELF,
            bank: BankId::new(self.bank),
            first: first.json(),
            second: second.json(),
            roles: self.change.as_ref().map(|change| change.roles),
            changes: parts.collect::<Vec<_>>(),
            lead: self.change.as_ref().map(LeadChange::difference),
        })
    }
}
