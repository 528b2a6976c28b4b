//! The report of one sheet: everything worth telling about it.

use crate::bank::{Bank, Role, Sheet, Topic, Verdict};
use crate::plan::{Plan, PlanPreferences, shared_topics};
use crate::scoring::{Recommendation, Score};

use super::calendar::plan_calendar;
use super::document::{Block, Document, ListItem, Report, Tone, apart, list, paragraph, section};
use super::evidence::evidence;
use super::{json, phrases, plan};

/// Everything that is told about one sheet.
#[derive(Debug)]
pub struct ResultReport<'m> {
    sheet: &'m Sheet<'m>,
    pub(super) score: Score<'m>,
    pub(super) recommendation: Recommendation<'m>,
    pub(super) plan: Option<Plan<'m>>,
    /// Ids of steps that are known already, which a tie without a plan has too.
    known: Vec<&'m str>,
}

impl<'m> ResultReport<'m> {
    /// Puts together what was made of a sheet; where no role is recommended there is no plan.
    pub fn new(
        sheet: &'m Sheet<'m>,
        score: Score<'m>,
        recommendation: Recommendation<'m>,
        plan: Option<Plan<'m>>,
    ) -> Self {
        Self { sheet, score, recommendation, plan, known: PlanPreferences::new(sheet).known }
    }

    /// Returns the bank.
    pub fn bank(&self) -> &'m Bank {
        self.score.bank()
    }

    /// Returns how much the sheet says.
    pub fn verdict(&self) -> Verdict {
        self.recommendation.verdict
    }

    /// Returns the plan toward the role that leads, `None` if none does.
    pub fn plan(&self) -> Option<&Plan<'m>> {
        self.plan.as_ref()
    }

    /// Returns the verdict and how often chance leads as far, in two or three sentences.
    pub fn sentence(&self) -> String {
        phrases::sentence(&self.score, &self.recommendation)
    }

    /// Returns the plan as a calendar, `None` if there is no plan or no step left to do in it.
    pub fn calendar(&self) -> Option<String> {
        plan_calendar(self.bank(), self.plan.as_ref()?)
    }

    /// Returns the answers that would have to change, `None` if nobody leads.
    fn flips(&self) -> Option<Block<'_>> {
        let sentence = phrases::flips(&self.recommendation)?;
        let changes = self.recommendation.changes().iter().map(|change| {
            let question = change.question;
            [question.text.clone(), question.words(change.from), question.words(change.to)]
        });
        let blocks = vec![paragraph(sentence), Block::Changes(changes.collect())];
        Some(section(2, "What would change it", blocks))
    }

    /// Returns what to do after `neither`, `None` after any other verdict.
    fn instead(&self) -> Option<Block<'_>> {
        if self.recommendation.verdict != Verdict::Neither {
            return None;
        }
        let jobs = self.recommendation.elsewhere(self.bank());
        let mut blocks: Vec<Block<'_>> = phrases::liked_most(&self.score).map(paragraph).into_iter().collect();
        if !jobs.is_empty() {
            blocks.extend([paragraph(format!("{}:", phrases::ELSEWHERE)), list(Tone::Plain, jobs)]);
        }
        blocks.push(apart(phrases::plan_all_the_same(self.bank())));
        Some(section(2, "What to do next", blocks))
    }

    /// Returns other jobs to look at after `close`, `None` after any other verdict and where the bank names none.
    fn elsewhere(&self) -> Option<Block<'_>> {
        let jobs = self.recommendation.elsewhere(self.bank());
        let is_shown = self.recommendation.verdict == Verdict::Close && !jobs.is_empty();
        is_shown.then(|| section(2, phrases::ELSEWHERE, vec![list(Tone::Plain, jobs)]))
    }

    /// Returns the topics that can be started without deciding, but for those known already: those that all roles ask
    /// for which tie or are too close to tell apart.
    fn shared_start(&self) -> Option<Block<'_>> {
        if self.recommendation.verdict == Verdict::Neither {
            return None;
        }
        let roles: &[&Role] = &self.recommendation.shortlist;
        let topics = shared_topics(roles.first()?, roles);
        let open = topics.into_iter().filter(|topic| !self.known.contains(&topic.id.as_str()));
        let items: Vec<ListItem<'_>> = open.map(|topic| named(topic, roles).into()).collect();
        if items.is_empty() {
            return None;
        }
        let blocks = vec![paragraph(phrases::undecided(&self.recommendation)), list(Tone::Plain, items)];
        Some(section(2, "Where you can start before you decide", blocks))
    }
}

impl Report for ResultReport<'_> {
    fn document(&self) -> Document<'_> {
        let (score, recommendation, bank) = (&self.score, &self.recommendation, self.bank());
        let (full, short) = (phrases::verdict(score, recommendation), phrases::short_verdict(score, recommendation));
        let mut blocks = vec![Block::Verdict { bank: &bank.title, full, short }];
        blocks.push(Block::Fits(score.fits.iter().map(|fit| (&*fit.role.name, fit.fit)).collect()));
        let remarks =
            [phrases::liked(score), phrases::sureness(score, recommendation), phrases::careless_remark(score)];
        blocks.extend(remarks.into_iter().flatten().map(apart));
        blocks.extend(self.instead());
        blocks.extend(evidence(score));
        blocks.extend(self.flips());
        let basis = phrases::basis(score, recommendation).map(paragraph).collect();
        blocks.push(section(2, "What it rests on", basis));
        blocks.extend(self.shared_start());
        blocks.extend(self.elsewhere());
        match &self.plan {
            Some(plan) => blocks.push(plan::section(bank, plan, 2)),
            // Above it is said what to do instead.
            None if recommendation.verdict == Verdict::Neither => {}
            None => blocks.push(apart(phrases::NO_PLAN)),
        }
        Document { bank, title: bank.title.clone(), blocks }
    }

    fn json(&self) -> String {
        let Self { sheet, score, recommendation, plan, .. } = self;
        json::pretty(&json::ResultDocument::new(sheet, score, recommendation, plan.as_ref()))
    }
}

/// Returns a topic by the names that it has in the plans of these roles, with its work.
fn named(topic: &Topic, roles: &[&Role]) -> String {
    let same = roles.iter().flat_map(|role| &role.knowledge).filter(|other| other.id == topic.id);
    let mut titles: Vec<&str> = same.map(|other| other.title.as_str()).collect();
    titles.dedup();
    format!("{} ({})", titles.join(" / "), phrases::hours(topic.hours))
}
