//! The report: one value that holds everything worth telling about a sheet, and one renderer a format. Renderers make
//! text; they read no file, clock or environment.

mod audit;
mod bar;
mod calendar;
mod cohort;
mod diff;
mod error;
mod evidence;
mod html;
mod json;
mod markdown;
mod page;
mod problems;
mod questions;
mod rounding;
mod schema;
mod text;
mod words;

pub use audit::{audit_json, audit_text, audit_verdict};
pub use cohort::{cohort_html, cohort_json, cohort_markdown, cohort_text};
pub use diff::{Person, Tally, diff_json, diff_text, people_text, person_text, tally_text};
pub use error::error_json;
pub use page::Style;
pub use problems::{problems_json, problems_text};
pub use questions::{questions_json, questions_text};
pub use schema::{answers_schema, bank_schema, result_schema};

use crate::bank::{Bank, Role, Sheet, Topic};
use crate::plan::{Comparison, Plan, Wishes, shared};
use crate::scoring::{Recommendation, Score};

/// Everything that is told about one sheet.
#[derive(Debug)]
pub struct Report<'m> {
    sheet: &'m Sheet<'m>,
    score: Score<'m>,
    recommendation: Recommendation<'m>,
    plan: Option<Plan<'m>>,
    /// Ids of steps that are known already, which a tie without a plan has too.
    known: Vec<&'m str>,
}

impl<'m> Report<'m> {
    /// Puts together what was made of a sheet; an exact tie has no plan.
    #[must_use]
    pub fn new(
        sheet: &'m Sheet<'m>,
        score: Score<'m>,
        recommendation: Recommendation<'m>,
        plan: Option<Plan<'m>>,
    ) -> Self {
        Self { sheet, score, recommendation, plan, known: Wishes::new(sheet).knows }
    }

    /// The bank.
    #[must_use]
    pub fn bank(&self) -> &'m Bank {
        self.score.bank()
    }

    /// The plan toward the role that leads.
    #[must_use]
    pub fn plan(&self) -> Option<&Plan<'m>> {
        self.plan.as_ref()
    }

    /// The verdict and how often chance leads as far, in two or three sentences.
    #[must_use]
    pub fn sentence(&self) -> String {
        words::sentence(&self.score, &self.recommendation)
    }

    /// The report for a terminal.
    #[must_use]
    pub fn text(&self, style: Style) -> String {
        text::report(self, style)
    }

    /// The plan of the report as a calendar; nothing where there is no plan or nothing left to do in it.
    #[must_use]
    pub fn calendar(&self) -> Option<String> {
        calendar::plan(self.bank(), self.plan.as_ref()?)
    }

    /// The report as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::report(self)
    }

    /// The report as one page of HTML that needs nothing else.
    #[must_use]
    pub fn html(&self) -> String {
        html::report(self)
    }

    /// The report as a JSON document.
    #[must_use]
    pub fn json(&self) -> String {
        json::pretty(&json::Document::new(self))
    }

    /// Topics that can be started without deciding: what all roles that tie or are too close to tell apart ask for, by the
    /// names that it has in their plans, but for what is known already.
    fn common(&self) -> Vec<String> {
        let roles: &[&Role] = &self.recommendation.shortlist;
        let topics = roles.first().map_or_else(Vec::new, |role| shared(role, roles));
        let named = |topic: &Topic| {
            let same = roles.iter().flat_map(|role| &role.knowledge).filter(|other| other.id == topic.id);
            let mut titles: Vec<&str> = same.map(|other| other.title.as_str()).collect();
            titles.dedup();
            format!("{} ({})", titles.join(" / "), words::hours(topic.hours))
        };
        topics.into_iter().filter(|topic| !self.known.contains(&topic.id.as_str())).map(named).collect()
    }
}

/// Answers alone, as a JSON document that can be read again.
#[must_use]
pub fn sheet_json(sheet: &Sheet<'_>) -> String {
    json::pretty(&json::Responses::new(sheet))
}

/// A plan alone, for a terminal.
#[must_use]
pub fn plan_text(plan: &Plan<'_>, style: Style) -> String {
    text::plan(plan, style)
}

/// A plan alone, as a calendar; nothing where nothing is left to do in it.
#[must_use]
pub fn plan_calendar(bank: &Bank, plan: &Plan<'_>) -> Option<String> {
    calendar::plan(bank, plan)
}

/// A plan alone, as Markdown.
#[must_use]
pub fn plan_markdown(plan: &Plan<'_>) -> String {
    markdown::plan(plan)
}

/// A plan alone, as one page of HTML that needs nothing else.
#[must_use]
pub fn plan_html(bank: &Bank, plan: &Plan<'_>) -> String {
    html::plan(bank, plan)
}

/// Plans side by side, for a terminal.
#[must_use]
pub fn comparison_text(comparison: &Comparison<'_>, style: Style) -> String {
    text::comparison(comparison, style)
}

/// Plans side by side, as Markdown.
#[must_use]
pub fn comparison_markdown(comparison: &Comparison<'_>) -> String {
    markdown::comparison(comparison)
}

/// Plans side by side, as one page of HTML that needs nothing else.
#[must_use]
pub fn comparison_html(bank: &Bank, comparison: &Comparison<'_>) -> String {
    html::comparison(bank, comparison)
}

/// Plans side by side, as a JSON document.
#[must_use]
pub fn comparison_json(bank: &Bank, comparison: &Comparison<'_>) -> String {
    json::pretty(&json::Comparison::new(bank, comparison))
}

/// A plan alone, as the JSON object that stands in a report too.
#[must_use]
pub fn plan_json(plan: &Plan<'_>) -> String {
    json::pretty(&json::Plan::new(plan))
}
