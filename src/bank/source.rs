//! The bank file as it is written: every key optional, and only its type checked. `validate` is the one road from
//! here to the [`Bank`](super::Bank). What is said of a key here is what an editor shows about it.

use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::bank::answer::Value;
use crate::bank::date::PartialDate;
use crate::bank::field::{Field, List, Map};
use crate::bank::from_toml::{FromToml, spanned, table};
use crate::bank::limits::{
    HIGHEST_PRICE, LABELS, LEVEL, MOST_CHOICES, MOST_ELSEWHERE, MOST_ENTRIES, MOST_HOURS, MOST_PERSONAS, MOST_POINTS,
    MOST_QUESTIONS, MOST_ROLES, MOST_YEARS, PACE, SCALE,
};
use crate::bank::persona::Verdict;
use crate::bank::problem::Problems;
use crate::bank::question::KindName;
use crate::bank::question_bank::Thresholds as Defaults;
use crate::bank::role::{Cost, ResourceKind};
use crate::bank::schema::{
    self, ADDRESS, Definitions, KeyRule, TAG, among, at_most, by_kind, choice_id, default, each, fraction, id, items,
    needed, no_role_with_neither, pattern, range, values, within,
};
use crate::bank::table_reader::{TableReader, tables};

tables! {
    /// A quiz: roles, questions, and what the study plans are made of.
    struct File("a bank") {
        /// Format of the file, 1.
        format: i64 = among([1]).needed(),
        /// Identifies the bank in results and calendars: lower-case words joined by hyphens.
        id: String = id().needed(),
        /// Your version of the bank, such as "1.0.0".
        version: String = needed(),
        /// What the quiz is called.
        title: String = needed(),
        /// What a person reads before the first question.
        intro: String,
        /// Language of the texts, such as "en" or "pt-BR".
        language: String = default("en").and(pattern(TAG)),
        /// Labels of the scale, from least to most liking; answered by their numbers from 1.
        scale: List<String> = items(LABELS.0, LABELS.1).and(default(SCALE.to_vec())),
        /// Where the verdicts begin: 0 < clear ≤ close < 1.
        verdict: Thresholds,
        /// Other jobs to look at where no role stands out, each as "Job: what it is about".
        elsewhere: List<String> = at_most(MOST_ELSEWHERE),
        /// What can be recommended; two or more.
        role: List<Role> = items(2, MOST_ROLES).needed(),
        /// What is asked, in order; one question or more must give points.
        question: List<Question> = items(1, MOST_QUESTIONS).needed(),
        /// Invented people with the result they must get; `pathquiz bank check` tries them.
        persona: List<Persona> = at_most(MOST_PERSONAS),
    }

    /// How often random answers may lead by as much, as shares between 0 and 1.
    struct Thresholds("a table such as { close = 0.20, clear = 0.05 }") {
        /// A lead that random answers reach more often than this is too close to call.
        close: f64 = fraction().and(default(Defaults::default().close)),
        /// A lead that random answers reach at most this often is clear.
        clear: f64 = fraction().and(default(Defaults::default().clear)),
    }

    /// A job that can be recommended, with the steps that lead to it.
    struct Role("a [[role]] table") {
        /// Identifies the role in points, flags and results.
        id: String = id().needed(),
        /// Its name as people say it.
        name: String = needed(),
        /// What the person in this job does.
        summary: String = needed(),
        /// Where the role can lead.
        growth: String,
        /// Facts about the market, never scored.
        outlook: List<Outlook> = at_most(MOST_ENTRIES),
        /// Topics to learn, in learning order.
        knowledge: List<Topic> = at_most(MOST_ENTRIES),
        /// Certifications, the one to recommend first in front.
        certification: List<Certification> = at_most(MOST_ENTRIES),
        /// Projects, in rising difficulty.
        expertise: List<Project> = at_most(MOST_ENTRIES),
    }

    /// A fact about the market for a role, as somebody stated it.
    struct Outlook("a [[role.outlook]] table") {
        /// What is claimed.
        claim: String = needed(),
        /// The claimed figure or statement.
        value: String = needed(),
        /// When it was true: a date, or "2026-09" or "2026" where only that much is known.
        as_of: PartialDate,
        /// Address of the source.
        source: String = pattern(ADDRESS),
    }

    /// A topic of the knowledge phase.
    struct Topic("a [[role.knowledge]] table") {
        /// Identifies the topic; the same id in two roles means the same topic.
        id: String = id().needed(),
        /// The topic's name.
        title: String = needed(),
        /// Why it is learned, and why here in the order.
        why: String,
        /// Hours of work, [for somebody quick, for somebody thorough].
        hours: List<i64> = range(0, MOST_HOURS),
        /// Where to learn it.
        resource: List<Resource> = at_most(MOST_ENTRIES),
    }

    /// Something to learn from.
    struct Resource("a [[role.knowledge.resource]] table") {
        /// Its title.
        title: String = needed(),
        /// What sort of thing it is.
        kind: String = among(ResourceKind::ALL.map(ResourceKind::name)),
        /// Whether it costs money.
        cost: String = among(Cost::ALL.map(Cost::name)),
        /// Its address.
        url: String = pattern(ADDRESS),
    }

    /// An exam and the title it gives.
    struct Certification("a [[role.certification]] table") {
        /// Identifies it within the role.
        id: String = id().needed(),
        /// Official name.
        name: String = needed(),
        /// Official code, such as "DEA-C01".
        code: String,
        /// Who examines.
        provider: String,
        /// The provider's own word for the level.
        level: String,
        /// Hours of preparation once the topics are known, [for somebody quick, for somebody thorough].
        hours: List<i64> = range(0, MOST_HOURS),
        /// Price of one attempt in US dollars.
        price_usd: i64 = within(0, HIGHEST_PRICE),
        /// Years until it must be renewed.
        valid_years: i64 = within(0, MOST_YEARS),
        /// Tags that the choices of a plan question can prefer.
        suits: List<String> = at_most(MOST_ENTRIES),
        /// Something a learner must know before booking.
        note: String,
        /// The provider's page.
        url: String = pattern(ADDRESS),
        /// When these facts were checked: a date, or "2026-09" or "2026".
        as_of: PartialDate,
        /// Last day on which the exam could or can be sat; a retired one is shown and never planned.
        retired: PartialDate,
        /// Ids of certifications of this role that took its place.
        successors: List<String> = at_most(MOST_ENTRIES).and(each(&id())),
    }

    /// A project of the expertise phase.
    struct Project("a [[role.expertise]] table") {
        /// Identifies it within the role.
        id: String = id().needed(),
        /// What is built.
        title: String = needed(),
        /// Difficulty, from 1.
        level: i64 = within(LEVEL.0, LEVEL.1),
        /// Hours of work, [for somebody quick, for somebody thorough].
        hours: List<i64> = range(0, MOST_HOURS),
        /// Public data to work on.
        dataset: Dataset,
        /// How to tell that it is finished.
        done_when: String,
    }

    /// Public data for a project.
    struct Dataset("a table such as { name = \"...\", url = \"https://...\" }") {
        /// Its name.
        name: String = needed(),
        /// Where to get it.
        url: String = pattern(ADDRESS),
    }

    /// A question. It either gives points (`key`, `points`) or shapes the plan (`prefers`, `knows`, `hours_per_week`).
    struct Question("a [[question]] table", by_kind()) {
        /// Identifies the question in flags, files and results.
        id: String = id().needed(),
        /// What it is about, in a word.
        topic: String,
        /// How it is answered: one step of the scale, one choice, several choices, or some choices in order.
        kind: String = among(KindName::ALL.map(KindName::name)).needed(),
        /// The question itself.
        text: String = needed(),
        /// Other texts that files of answers may have in its place, such as an earlier one.
        aka: List<String> = at_most(MOST_ENTRIES),
        /// Points that a step up the scale gives each role; scale questions only.
        key: Map<i64> = values(&within(-MOST_POINTS, MOST_POINTS)),
        /// How many choices can be picked, [fewest, most]; multi questions only.
        pick: List<i64> = range(0, i64::try_from(MOST_CHOICES).unwrap_or_default()),
        /// What each place multiplies the points of its choice by, best place first; rank questions only.
        places: List<i64> = items(1, MOST_CHOICES).and(each(&within(-MOST_POINTS, MOST_POINTS))),
        /// What can be chosen; for every kind but the scale.
        choice: List<Choice> = at_most(MOST_CHOICES),
    }

    /// One thing that can be chosen.
    struct Choice("a [[question.choice]] table") {
        /// Identifies the choice in flags, files and results.
        id: String = choice_id().needed(),
        /// What the person reads.
        text: String = needed(),
        /// Other texts that files of answers may have in its place, such as an earlier one.
        aka: List<String> = at_most(MOST_ENTRIES),
        /// Points for each role; a role that is not named gets none.
        points: Map<i64> = values(&within(-MOST_POINTS, MOST_POINTS)),
        /// Tags of certifications that suit who chooses this.
        prefers: List<String> = at_most(MOST_ENTRIES),
        /// Ids of steps that need no time for who chooses this.
        knows: List<String> = at_most(MOST_ENTRIES).and(each(&id())),
        /// Hours there are for studying each week.
        hours_per_week: i64 = within((*PACE.start()).into(), (*PACE.end()).into()),
    }

    /// An invented person whose result you know beforehand.
    struct Persona("a [[persona]] table") {
        /// Identifies the persona.
        id: String = id().needed(),
        /// Who it is.
        about: String,
        /// Question ids with answers; what is not named is skipped.
        answers: Map<Value> = needed(),
        /// Whether the answers are given to a quick quiz, which may stop before the last.
        quick: bool = default(false),
        /// What must come out.
        expect: Expectation = needed(),
    }

    /// What must come out for a persona; what is not named may be anything.
    struct Expectation("a table such as { role = \"...\", verdict = \"clear\" }", no_role_with_neither()) {
        /// Id of the role that must be named; `neither` names none.
        role: String = id(),
        /// How much the answers must say.
        verdict: String = among(Verdict::ALL.map(Verdict::name)),
    }
}

/// Returns the file of a parsed document.
pub(super) fn read(document: DeTable<'_>, problems: &mut Problems<'_>) -> Option<Spanned<File>> {
    // A whole document has no header of its own, so what it lacks is shown at its first line.
    spanned(Spanned::new(0..0, DeValue::Table(document)), problems)
}

/// Returns the JSON Schema of a bank file, without the dialect that it is written in.
pub fn file_schema() -> Json {
    let mut definitions = Definitions::new();
    File::schema(&mut definitions);
    let mut file = definitions.remove("File").unwrap_or_default();
    schema::merge(&mut file, json!({ "title": "Question bank of pathquiz", "$defs": definitions }));
    file
}
