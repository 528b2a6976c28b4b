//! The report of one sheet: everything worth telling about it.

use crate::bank::{Bank, Role, Sheet, Topic};
use crate::plan::{Plan, PlanPreferences, shared_topics};
use crate::scoring::{Recommendation, Score};

use super::calendar::plan_calendar;
use super::document::{Block, Document, Item, Tone, apart, paragraph};
use super::evidence::evidence;
use super::{plan, words};

/// Everything that is told about one sheet.
#[derive(Debug)]
pub struct Report<'m> {
    pub(super) sheet: &'m Sheet<'m>,
    pub(super) score: Score<'m>,
    pub(super) recommendation: Recommendation<'m>,
    pub(super) plan: Option<Plan<'m>>,
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
        Self { sheet, score, recommendation, plan, known: PlanPreferences::new(sheet).known }
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

    /// The plan of the report as a calendar; nothing where there is no plan or nothing left to do in it.
    #[must_use]
    pub fn calendar(&self) -> Option<String> {
        plan_calendar(self.bank(), self.plan.as_ref()?)
    }

    /// The report for people.
    #[must_use]
    pub fn document(&self) -> Document<'_> {
        let (score, recommendation, bank) = (&self.score, &self.recommendation, self.bank());
        let (full, short) = (words::verdict(score, recommendation), words::headline(recommendation));
        let mut blocks = vec![Block::Verdict { bank: &bank.title, full, short }];
        blocks.push(Block::Fits(score.fits.iter().map(|fit| (&*fit.role.name, fit.fit)).collect()));
        blocks.extend(words::chance(score, recommendation).map(apart));
        blocks.extend(evidence(score));
        blocks.extend(self.flips());
        let basis = words::basis(score, recommendation).map(paragraph);
        blocks.push(Block::Section(2, words::BASIS.to_owned(), basis.collect()));
        blocks.extend(self.common());
        blocks.push(self.plan.as_ref().map_or_else(|| apart(words::NO_PLAN), |plan| plan::section(plan, 2)));
        Document { bank, title: bank.title.clone(), blocks }
    }

    /// The answers that would have to change.
    fn flips(&self) -> Option<Block<'_>> {
        let sentence = words::flips(&self.recommendation)?;
        let changes = self.recommendation.changes().iter().map(|change| {
            let question = change.question;
            [question.text.clone(), question.words(change.from), question.words(change.to)]
        });
        let blocks = vec![paragraph(sentence), Block::Changes(changes.collect())];
        Some(Block::Section(2, words::FLIPS.to_owned(), blocks))
    }

    /// Topics that can be started without deciding: what all roles that tie or are too close to tell apart ask for, by the
    /// names that it has in their plans, but for what is known already.
    fn common(&self) -> Option<Block<'_>> {
        let roles: &[&Role] = &self.recommendation.shortlist;
        let topics = roles.first().map_or_else(Vec::new, |role| shared_topics(role, roles));
        let named = |topic: &Topic| {
            let same = roles.iter().flat_map(|role| &role.knowledge).filter(|other| other.id == topic.id);
            let mut titles: Vec<&str> = same.map(|other| other.title.as_str()).collect();
            titles.dedup();
            format!("{} ({})", titles.join(" / "), words::hours(topic.hours)).into()
        };
        let open = topics.into_iter().filter(|topic| !self.known.contains(&topic.id.as_str()));
        let items: Vec<Item<'_>> = open.map(named).collect();
        if items.is_empty() {
            return None;
        }
        let blocks = vec![paragraph(words::undecided(&self.recommendation)), Block::List(Tone::Plain, items)];
        Some(Block::Section(2, words::SHARED.to_owned(), blocks))
    }
}
