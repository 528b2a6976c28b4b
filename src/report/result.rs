//! The report of one sheet: everything worth telling about it.

use crate::bank::{Bank, Project, Role, Sheet, Topic, Verdict};
use crate::plan::{Plan, PlanPreferences, Step, shared_topics};
use crate::scoring::{Recommendation, Score};

use super::calendar::plan_calendar;
use super::document::{Block, Document, ListItem, Part, Report, Tone, apart, list, paragraph, section};
use super::evidence::evidence;
use super::phrases::DateStyle;
use super::sessions::StudySessions;
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

    /// Returns the roles that cannot be told from the best one, itself included.
    pub fn shortlist(&self) -> &[&'m Role] {
        &self.recommendation.shortlist
    }

    /// Returns everything that is said of the answers: all but the plan.
    pub fn explanation(&self) -> Document<'_> {
        let mut document = self.document();
        if let (Some(Block::Parts(parts)), Some(_)) = (document.blocks.last_mut(), &self.plan) {
            parts.remove(0);
        }
        document
    }

    /// Returns the verdict and how often chance leads as far, in two or three sentences.
    pub fn sentence(&self) -> String {
        phrases::sentence(&self.score, &self.recommendation)
    }

    /// Returns the plan as a calendar, perhaps with study sessions; `None` if there is no plan or no step left to do in it.
    pub fn calendar(&self, sessions: Option<&StudySessions>) -> Option<String> {
        plan_calendar(self.bank(), self.plan.as_ref()?, sessions)
    }

    /// Returns the answers that would have to change, `None` if nobody leads.
    fn flips(&self) -> Option<Part<'_>> {
        let sentence = phrases::flips(&self.recommendation)?;
        let changes = self.recommendation.changes().iter().map(|change| {
            let question = change.question;
            [question.text.clone(), question.words(change.from), question.words(change.to)]
        });
        Some(("What would change it".to_owned(), vec![paragraph(sentence), Block::Changes(changes.collect())]))
    }

    /// Returns the topics that made the lead, `None` where no lead is told.
    fn reasons(&self) -> Option<[Block<'_>; 2]> {
        let is_told = !matches!(self.recommendation.verdict, Verdict::Neither | Verdict::Insufficient);
        let reasons = Some(phrases::reasons(&self.score)).filter(|reasons| is_told && !reasons.is_empty())?;
        Some([apart("Why:"), list(Tone::Plain, reasons)])
    }

    /// Returns what to do with this result.
    fn next(&self) -> Block<'_> {
        let blocks = match (self.recommendation.verdict, &self.plan) {
            (Verdict::Clear | Verdict::Lean, Some(plan)) => self.begin(plan),
            (Verdict::Neither, _) => self.look_elsewhere(),
            (Verdict::Insufficient, _) => {
                let left = self.recommendation.of - self.score.contributions().len();
                vec![paragraph(phrases::answer_more(left, false)), paragraph(phrases::COMPARE)]
            }
            (Verdict::Clear | Verdict::Lean | Verdict::Close, _) => self.try_each(),
        };
        section(2, "What to do next", blocks)
    }

    fn begin<'p>(&self, plan: &'p Plan<'_>) -> Vec<Block<'p>> {
        let Some(now) = plan::start(self.bank(), plan) else {
            return vec![paragraph(phrases::span(plan, DateStyle::of(&self.bank().language)))];
        };
        let later: Vec<&Step<'_>> = plan.steps.iter().filter(|step| step.dates.is_some()).skip(1).collect();
        let then =
            phrases::later_steps(&later).map(|then| paragraph(format!("Then {then}. The plan has their dates.")));
        [now].into_iter().chain(then).collect()
    }

    fn look_elsewhere(&self) -> Vec<Block<'_>> {
        let liked = phrases::liked_most(&self.score).map(paragraph);
        let all_the_same = apart(phrases::plan_all_the_same(self.bank()));
        let jobs = self.elsewhere().map(|jobs| [paragraph(format!("{}:", phrases::ELSEWHERE)), jobs]);
        liked.into_iter().chain(jobs.into_iter().flatten()).chain([all_the_same]).collect()
    }

    /// Returns how to tell apart roles that suit equally well, and what can be started without doing so.
    fn try_each(&self) -> Vec<Block<'_>> {
        let roles: &[&Role] = &self.recommendation.shortlist;
        let projects: Vec<ListItem<'_>> =
            roles.iter().filter_map(|role| Some(tried(role, smallest_project(role, &self.known)?))).collect();
        let shared = roles.first().map_or_else(Vec::new, |first| shared_topics(first, roles));
        let open = shared.into_iter().filter(|topic| !self.known.contains(&topic.id.as_str()));
        let topics: Vec<ListItem<'_>> = open.map(|topic| named(topic, roles)).collect();
        let mut blocks = Vec::new();
        if !projects.is_empty() {
            blocks.extend([paragraph(phrases::TRIAL), list(Tone::Plain, projects)]);
        }
        if !topics.is_empty() {
            blocks.extend([below(&blocks, phrases::undecided(&self.recommendation)), list(Tone::Plain, topics)]);
        }
        blocks.push(below(&blocks, phrases::COMPARE));
        blocks
    }

    /// Returns other jobs to look at, `None` where the bank names none.
    fn elsewhere(&self) -> Option<Block<'_>> {
        let jobs = self.recommendation.elsewhere(self.bank());
        (!jobs.is_empty()).then(|| list(Tone::Plain, jobs.iter().map(|job| ListItem::new(job, "", None))))
    }
}

impl Report for ResultReport<'_> {
    fn document(&self) -> Document<'_> {
        let (score, recommendation, bank) = (&self.score, &self.recommendation, self.bank());
        let (full, short) = (phrases::verdict(score, recommendation), phrases::headline(score, recommendation));
        let mut blocks = vec![Block::Verdict { bank: &bank.title, full, short }];
        blocks.push(Block::Fits(score.fits.iter().map(|fit| (&*fit.role.name, fit.fit)).collect()));
        blocks.extend(phrases::liked(score).map(apart));
        blocks.extend(self.reasons().into_iter().flatten());
        let remarks = [phrases::sureness(score, recommendation), phrases::careless_remark(score)];
        blocks.extend(remarks.into_iter().flatten().map(apart));
        blocks.push(self.next());
        let plan = self.plan.as_ref().map(|plan| (phrases::plan_title(plan.role), plan::blocks(bank, plan, 2)));
        let basis = phrases::basis(score, recommendation).map(paragraph).collect();
        let jobs = self.elsewhere().filter(|_| recommendation.verdict == Verdict::Close);
        let jobs = jobs.map(|jobs| (phrases::ELSEWHERE.to_owned(), vec![jobs]));
        let parts = [plan, evidence(score), self.flips(), Some(("What it rests on".to_owned(), basis)), jobs];
        blocks.push(Block::Parts(parts.into_iter().flatten().collect()));
        Document { bank, title: bank.title.clone(), blocks }
    }

    fn json(&self) -> String {
        let Self { sheet, score, recommendation, plan, .. } = self;
        json::pretty(&json::ResultDocument::new(sheet, score, recommendation, plan.as_ref()))
    }
}

/// Returns a paragraph with room above it, unless it comes first.
fn below<'r>(blocks: &[Block<'_>], text: impl Into<String>) -> Block<'r> {
    if blocks.is_empty() { paragraph(text) } else { apart(text) }
}

/// Returns the open project of a role that is the least work, `None` without any.
fn smallest_project<'b>(role: &'b Role, known: &[&str]) -> Option<&'b Project> {
    let open = role.expertise.iter().filter(|project| !known.contains(&project.id.as_str()));
    open.min_by_key(|project| project.hours.low + project.hours.high)
}

/// Returns a project to try a role by.
fn tried<'b>(role: &Role, project: &'b Project) -> ListItem<'b> {
    let work = format!(" ({}, {})", role.name, phrases::hours(project.hours));
    ListItem::new(&project.title, work, project.dataset.as_ref().and_then(|data| data.url.as_deref()))
}

/// Returns a topic by the names that it has in the plans of these roles, with its work.
fn named<'b>(topic: &Topic, roles: &[&Role]) -> ListItem<'b> {
    let same = roles.iter().flat_map(|role| &role.knowledge).filter(|other| other.id == topic.id);
    let mut titles: Vec<&str> = same.map(|other| other.title.as_str()).collect();
    titles.dedup();
    ListItem::new(titles.join(" / "), format!(" ({})", phrases::hours(topic.hours)), None)
}
