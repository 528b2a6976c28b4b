//! A result as JSON.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::json;

use crate::answers::SCHEMA_VERSION;
use crate::bank::{Answer, Bank, Sheet, Value, Verdict};
use crate::plan;
use crate::report::phrases;
use crate::scoring::{self, Contribution, Fit, Flag, Flip, LeadError, Level, Score, TopicLead};

use super::envelope::{BankId, OrderedMap, Tool, bounded, pretty};
use super::macros::{object, published};
use super::plan::Plan;

/// Returns answers alone with the bank they belong to, as JSON that can be read again.
pub fn sheet_json(sheet: &Sheet<'_>) -> String {
    let bank = BankId::new(sheet.bank());
    pretty(&object! { schema_version: SCHEMA_VERSION, bank: bank, answers: answers(sheet), skipped: skipped(sheet) })
}

fn answers<'r>(sheet: &'r Sheet<'_>) -> OrderedMap<'r, Value> {
    let answered = sheet.responses().filter(|(_, answer)| **answer != Answer::Skip);
    OrderedMap(answered.map(|(question, answer)| (&*question.id, question.value(answer))).collect())
}

fn skipped<'r>(sheet: &'r Sheet<'_>) -> Vec<&'r str> {
    sheet.responses().filter(|(_, answer)| **answer == Answer::Skip).map(|(question, _)| &*question.id).collect()
}

impl JsonSchema for Value {
    fn schema_name() -> Cow<'static, str> {
        "Answer".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let about =
            "A step of the scale by its number, the id of a choice, or several of them; best first in a ranking.";
        let mut schema = Schema::try_from(Self::schema()).unwrap_or_default();
        schema.insert("description".to_owned(), about.into());
        schema
    }
}

published! {
    /// What a person's answers say, how sure that is and why, and a study plan. A field can be added at any time.
    #[schemars(title = "Result of pathquiz")]
    pub(crate) ResultDocument(
        sheet: &'r Sheet<'_>,
        score: &'r Score<'r>,
        recommendation: &'r scoring::Recommendation<'_>,
        plan: Option<&'r plan::Plan<'_>>
    ) {
        /// Version of this document; grows when a field changes its meaning or goes.
        #[schemars(extend("const" = SCHEMA_VERSION))]
        schema_version: u32 = SCHEMA_VERSION,
        /// The program that made this document.
        tool: Tool = Tool::SELF,
        /// The bank that was answered.
        bank: BankId<'r> = BankId::new(sheet.bank()),
        /// Which role the answers lean to, and how sure that is.
        recommendation: Recommendation<'r> = Recommendation::new(recommendation, score),
        /// Every role with its fit, best first.
        roles: Vec<Role<'r>> = score.fits.iter().map(|fit| Role::new(fit, recommendation.likings[fit.index].as_ref())).collect(),
        /// What the questions about one thing gave together, the topic that moved the lead most in front; questions without a
        /// topic are left out.
        topics: Vec<TopicSum<'r>> = score.topics().into_iter().map(TopicSum::new).collect(),
        /// Other jobs to look at, as the bank names them; empty unless the verdict is `close` or `neither`.
        elsewhere: Vec<&'r str> = recommendation.elsewhere(sheet.bank()).iter().map(|job| &**job).collect(),
        /// The answers by question id, in bank order, as `--answers` takes them.
        answers: OrderedMap<'r, Value> = answers(sheet),
        /// Ids of the questions that were skipped, in bank order.
        skipped: Vec<&'r str> = skipped(sheet),
        /// What each answer to a scored question gave, the one that moved the lead most in front.
        evidence: Vec<Evidence<'r>> = score.contributions().iter().map(|part| Evidence::new(part, sheet.bank())).collect(),
        /// The fewest changed answers after which the leader no longer leads alone; null where there are none or nobody
        /// leads.
        flips: Option<Flips<'r>> = recommendation.flip.as_ref().map(Flips::new),
        /// The study plan toward the role that leads; null where nobody leads.
        plan: Option<Plan<'r>> = plan.map(Plan::new),
    }
}

published! {
    /// Which role the answers lean to, and how sure that is.
    Recommendation(recommendation: &'r scoring::Recommendation<'_>, score: &Score<'_>) {
        /// Id of the role with the best fit; null on an exact tie and where neither role is recommended.
        role: Option<&'r str> = recommendation.role.map(|role| &*role.id),
        /// Ids of the roles that share the best fit; empty without a tie.
        tied: Vec<&'r str> = recommendation.tied.iter().map(|role| &*role.id).collect(),
        /// Id of the second role; null where there is no first.
        runner_up: Option<&'r str> = recommendation.runner_up.map(|role| &*role.id),
        /// How often random answers lead by as much: `clear` seldom, `lean` now and then, `close` often; `neither` where the
        /// activities of every role are disliked, `insufficient` where too little is answered to say.
        #[schemars(extend("enum" = Verdict::ALL.map(Verdict::name)))]
        verdict: &'static str = recommendation.verdict.name(),
        /// Fit of the best role less fit of the second.
        #[schemars(range(min = 0, max = 100))]
        lead: f64 = bounded(recommendation.lead, 100.0),
        /// How often random answers lead by as much, whichever role leads; null after a quick stop.
        #[schemars(range(min = 0, max = 1))]
        chance: Option<f64> = recommendation.chance.map(|chance| bounded(chance, 1.0)),
        /// Standard error of the lead, in fit points: how far it would move with other questions like these. Null where too
        /// little is answered, on an exact tie and after a quick stop.
        #[schemars(range(min = 0))]
        error: Option<f64> = recommendation.lead_error.map(|LeadError { error, .. }| error),
        /// The lead less and plus 1.96 errors; null without an error.
        interval: Option<[f64; 2]> = recommendation.lead_error.map(|LeadError { interval, .. }| interval.into()),
        /// How often as many other questions like these would point to the same role; null without an error.
        #[schemars(range(min = 0, max = 1))]
        same_side: Option<f64> = recommendation.lead_error.map(|LeadError { same_side, .. }| same_side),
        /// Share of what could separate the first two roles that has been answered.
        #[schemars(range(min = 0, max = 1))]
        coverage: f64 = bounded(recommendation.coverage, 1.0),
        /// Scored questions that were asked, skipped ones included.
        asked: usize = recommendation.asked,
        /// Scored questions of the bank.
        of: usize = recommendation.of,
        /// Whether the open questions could not change who leads or whether it is called.
        settled: bool = recommendation.settled,
        /// Smallest and largest lead, in fit points, that the open questions leave; absent where none is open.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "[f64; 2]")]
        range: Option<[f64; 2]> = recommendation.range.map(Into::into),
        /// Signs of careless answers, which change no number: `straight-line` (one answer to half of the scale questions or
        /// more in a row), `constant` (one answer to all of them).
        #[schemars(extend("items" = json!({ "type": "string", "enum": Flag::ALONE.map(Flag::name) })))]
        flags: Vec<&'static str> = score.flags().names(),
        /// The same in words.
        sentence: String = phrases::sentence(score, recommendation),
    }
}

published! {
    /// A role and how well it fits.
    Role(fit: &Fit<'r>, liking: Option<&'r scoring::Liking>) {
        /// Identifies the role.
        id: &'r str = &fit.role.id,
        /// Its name as people say it.
        name: &'r str = &fit.role.name,
        /// Sum of the raw points.
        points: i64 = fit.points,
        /// How well it fits; 50 is what random answers give on average.
        #[schemars(range(min = 0, max = 100))]
        fit: f64 = bounded(fit.fit, 100.0),
        /// How much its activities are liked; null where it has none, or too few of them are answered.
        liking: Option<Liking<'r>> = liking.map(Liking::new),
    }
}

published! {
    /// How much the activities of a role are liked: scale questions that give it points.
    Liking(liking: &'r scoring::Liking) {
        /// Mean of the answered ones, from the lowest label of the scale, −1, to the highest, 1; the other way round where a
        /// question takes points away.
        #[schemars(range(min = -1, max = 1))]
        mean: f64 = liking.mean,
        /// Activities with an answer above the middle.
        liked: usize = liking.liked,
        /// Activities with an answer below the middle.
        disliked: usize = liking.disliked,
        /// Activities that are answered.
        answered: usize = liking.answered,
        /// Activities of the role.
        of: usize = liking.of,
        /// How often random answers to the same activities have a mean as small.
        #[schemars(range(min = 0, max = 1))]
        chance_low: f64 = bounded(liking.chance_low, 1.0),
        /// How often they have a mean as large.
        #[schemars(range(min = 0, max = 1))]
        chance_high: f64 = bounded(liking.chance_high, 1.0),
        /// `low` or `high` where the mean is far from the middle and random answers seldom are as far; else `middle`.
        #[schemars(extend("enum" = Level::ALL.map(Level::name)))]
        level: &'r str = liking.level.name(),
    }
}

published! {
    /// What the questions about one thing gave together.
    #[schemars(rename = "Topic")]
    TopicSum(topic: TopicLead<'r>) {
        /// What they are about.
        topic: &'r str = topic.topic,
        /// Fit points for the first role less those for the second.
        lead: f64 = topic.lead,
        /// Scored questions about it that are answered.
        answered: usize = topic.answered,
        /// Scored questions about it.
        of: usize = topic.of,
        /// Mean answer to its activities, from −1 to 1; null without any.
        #[schemars(range(min = -1, max = 1))]
        liking: Option<f64> = topic.liking,
    }
}

published! {
    /// What an answer gave.
    Evidence(part: &Contribution<'r>, bank: &'r Bank) {
        /// Id of the question.
        question: &'r str = &part.question.id,
        /// The answer.
        answer: Value = part.question.value(part.answer),
        /// Fit points by role; with 50 they add up to the fit.
        contributions: OrderedMap<'r, f64> = OrderedMap(bank.roles.iter().map(|role| &*role.id).zip(part.shares.iter().copied()).collect()),
        /// Fit points for the first role less those for the second.
        lead: f64 = part.lead,
    }
}

published! {
    /// Changed answers after which the leader no longer leads alone.
    Flips(flip: &'r Flip<'_>) {
        /// How many answers change.
        #[schemars(range(min = 1))]
        count: usize = flip.changes.len(),
        /// Id of the role that leads then; null on a tie.
        to: Option<&'r str> = flip.to.map(|role| &*role.id),
        /// The answers that change.
        changes: Vec<Change<'r>> = flip.changes.iter().map(Change::new).collect(),
    }
}

published! {
    /// An answer that would be another.
    Change(change: &'r scoring::AnswerChange<'_>) {
        /// Id of the question.
        question: &'r str = &change.question.id,
        /// The answer as given.
        from: Value = change.question.value(change.from),
        /// The other answer.
        to: Value = change.question.value(change.to),
    }
}
