//! Questions and their choices.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;

use crate::bank::answer::SKIP;
use crate::bank::field::{Field, List, Map};
use crate::bank::from_toml::all;
use crate::bank::limits::{MOST_CHOICES, MOST_ENTRIES, MOST_POINTS, MOST_QUESTIONS, PACE};
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;
use crate::bank::question::{Choice, Kind, KindName, MOST_OUTCOMES, PlanEffect, Question, QuestionUse};
use crate::bank::role::Role;
use crate::bank::source;
use crate::bank::suggest::UnknownWord;
use crate::bank::validate::checks::{Ids, at_most, number_within, one_of, role_index, within};

/// Returns every question that holds; `ids` has those of all that are declared, the broken ones too.
pub(super) fn questions(
    tables: Field<List<source::Question>>,
    scale: &[String],
    roles: &[Role],
    ids: &mut Ids,
    problems: &mut Problems<'_>,
) -> Vec<Question> {
    let tables = at_most(tables, MOST_QUESTIONS, "questions", problems);
    let mut reader = QuestionReader::new(scale, roles, problems);
    let questions = tables.into_iter().filter_map(|table| reader.question(table, ids));
    questions.enumerate().map(|(index, question)| Question { index, ..question }).collect()
}

/// Reads questions with what they need to know of the rest of the bank.
struct QuestionReader<'r, 't> {
    scale: &'r [String],
    roles: &'r [Role],
    /// Tags that certifications suit, in their order.
    tags: Vec<&'r str>,
    /// Ids of all steps of all roles, in their order.
    steps: Vec<&'r str>,
    problems: &'r mut Problems<'t>,
}

impl<'r, 't> QuestionReader<'r, 't> {
    fn new(scale: &'r [String], roles: &'r [Role], problems: &'r mut Problems<'t>) -> Self {
        let exams = || roles.iter().flat_map(|role| &role.certifications);
        let topics = roles.iter().flat_map(|role| &role.knowledge).map(|topic| &topic.id);
        let projects = roles.iter().flat_map(|role| &role.expertise).map(|project| &project.id);
        let steps = sorted(topics.chain(exams().map(|exam| &exam.id)).chain(projects));
        Self { scale, roles, tags: sorted(exams().flat_map(|exam| &exam.suits)), steps, problems }
    }

    fn question(&mut self, table: Spanned<source::Question>, ids: &mut Ids) -> Option<Question> {
        let span = &table.span();
        let source::Question { id, topic, kind, text, key, pick, places, choice } = table.into_inner();
        let id = ids.take(id, "question", span, self.problems);
        let text = text.required("text = \"...\"", "the question", span, self.problems);
        let kind = kind.required("kind = \"single\"", "the question", span, self.problems);
        let name = one_of(&KindName::ALL, KindName::name, kind, ProblemKind::UnknownQuestionKind, self.problems);
        self.refuse_foreign(&key, name, KindName::Scale, "key");
        self.refuse_foreign(&pick, name, KindName::Multi, "pick");
        self.refuse_foreign(&places, name, KindName::Rank, "places");
        // A question of unknown kind is checked as what it looks like.
        let is_scale = name.map_or(choice.is_missing() && !key.is_missing(), |name| name == KindName::Scale);
        let parts = if is_scale {
            if let Some(first) = choice.value().unwrap_or_default().first() {
                self.problems.error(&first.span(), ProblemKind::ScaleWithChoice);
            }
            self.steps(key, span).map(|steps| (steps, QuestionUse::Score))
        } else {
            self.choices(choice, span)
        };
        let count = parts.as_ref().map(|(choices, _)| choices.len());
        let kind = match name? {
            KindName::Scale => Some(Kind::Scale),
            KindName::Single => Some(Kind::Single),
            KindName::Multi => self.pick(pick, count, span),
            KindName::Rank => self.places(places, count, span),
        };
        let (choices, purpose) = parts?;
        let (id, text, kind, place) = (id?, text?.into_inner(), kind?, self.problems.place(span));
        let question = Question { index: 0, id, place, topic: topic.value(), text, kind, purpose, choices };
        self.is_enumerable(&question, span).then_some(question)
    }

    /// Reports a key that belongs to another kind of question.
    fn refuse_foreign<T>(&mut self, field: &Field<T>, name: Option<KindName>, owner: KindName, key: &'static str) {
        if let (Some(span), Some(name)) = (field.span(), name)
            && name != owner
        {
            self.problems.error(&span, ProblemKind::ForeignKey(key, owner.name()));
        }
    }

    /// Returns the steps of a scale as choices: points are the key times the distance from the middle, which is …, −1, 0,
    /// +1, … with an odd number of labels and …, −3, −1, +1, +3, … with an even one.
    fn steps(&mut self, key: Field<Map<i64>>, span: &Range<usize>) -> Option<Vec<Choice>> {
        let key = key.required("key = { data-engineering = 2 }", "the scale question", span, self.problems)?;
        let key = self.points(key.into_inner(), "a key")?;
        let place = self.problems.place(span);
        let count = i64::try_from(self.scale.len()).unwrap_or_default();
        let unit = if count % 2 == 0 { 1 } else { 2 };
        let step = |(number, label): (i64, &String)| Choice {
            id: number.to_string(),
            place: place.clone(),
            text: label.clone(),
            points: key.iter().map(|points| points * (2 * number - count - 1) / unit).collect(),
            effect: PlanEffect::default(),
        };
        Some((1..).zip(self.scale).map(step).collect())
    }

    /// Returns the choices of a question, and what they make it be for, `None` if any of it is broken.
    fn choices(
        &mut self,
        field: Field<List<source::Choice>>,
        span: &Range<usize>,
    ) -> Option<(Vec<Choice>, QuestionUse)> {
        if matches!(field, Field::Wrong) {
            return None;
        }
        let tables = at_most(field, MOST_CHOICES, "choices", self.problems);
        if tables.len() < 2 {
            self.problems.error(span, ProblemKind::TooFewChoices);
        }
        let purpose = self.purpose(&tables, span);
        let mut ids = Ids::default();
        all(tables.into_iter().map(|table| self.choice(table, &mut ids))).zip(purpose)
    }

    /// Returns what the choices of a question make it be for, `None` after reporting that it is for both or neither.
    fn purpose(&mut self, tables: &List<source::Choice>, span: &Range<usize>) -> Option<QuestionUse> {
        let scores = tables.iter().any(|table| !table.get_ref().points.is_missing());
        let planning = tables.iter().find(|table| {
            let source::Choice { prefers, knows, hours_per_week, .. } = table.get_ref();
            !(prefers.is_missing() && knows.is_missing() && hours_per_week.is_missing())
        });
        match (scores, planning) {
            (true, None) => return Some(QuestionUse::Score),
            (false, Some(_)) => return Some(QuestionUse::Plan),
            (true, Some(choice)) => self.problems.error(&choice.span(), ProblemKind::MixedPurpose),
            (false, None) => self.problems.error(span, ProblemKind::NoPurpose),
        }
        None
    }

    fn choice(&mut self, table: Spanned<source::Choice>, ids: &mut Ids) -> Option<Choice> {
        let span = &table.span();
        let source::Choice { id, text, points, prefers, knows, hours_per_week } = table.into_inner();
        if let Some(id) = id.given().filter(|id| id.get_ref() == SKIP) {
            self.problems.error(&id.span(), ProblemKind::ReservedId(SKIP));
        }
        let id = ids.take(id, "choice", span, self.problems);
        let text = text.required("text = \"...\"", "the choice", span, self.problems);
        let points = match points {
            Field::Given(map) => self.points(map.into_inner(), "points"),
            Field::Missing => Some(vec![0; self.roles.len()]),
            Field::Wrong => None,
        };
        let (low, high) = PACE.into_inner();
        let effect = PlanEffect {
            prefers: known_words(prefers, &self.tags, ProblemKind::UnknownTag, self.problems),
            knows: known_words(knows, &self.steps, ProblemKind::UnknownStep, self.problems),
            hours_per_week: within(hours_per_week, low.into()..=high.into(), "hours a week", self.problems),
        };
        Some(Choice { id: id?, place: self.problems.place(span), text: text?.into_inner(), points: points?, effect })
    }

    /// Returns points by role, in bank order, `None` if any of it is wrong; a role that is not named gets none.
    fn points(&mut self, map: Map<i64>, what: &'static str) -> Option<Vec<i64>> {
        let mut points = vec![0; self.roles.len()];
        let mut is_good = true;
        for (role, number) in map {
            let index = role_index(&role, self.roles, self.problems);
            let number = number_within(&number, -MOST_POINTS..=MOST_POINTS, what, self.problems);
            match index.zip(number) {
                Some((index, number)) => points[index] = number,
                None => is_good = false,
            }
        }
        is_good.then_some(points)
    }

    /// Reads `pick = [fewest, most]`; the number of choices is not known where one of them is broken.
    fn pick(&mut self, field: Field<List<i64>>, count: Option<usize>, span: &Range<usize>) -> Option<Kind> {
        let pick = field.required("pick = [1, 3]", "the multi question", span, self.problems)?;
        let most_allowed = count.unwrap_or(MOST_CHOICES);
        let number = |number: &Spanned<i64>| usize::try_from(*number.get_ref()).ok();
        if let [fewest, most] = pick.get_ref().as_slice()
            && let (Some(fewest), Some(most)) = (number(fewest), number(most))
            && fewest <= most
            && (1..=most_allowed).contains(&most)
        {
            return Some(Kind::Multi { fewest, most });
        }
        self.problems.error(&pick.span(), ProblemKind::PickNoRange(most_allowed));
        None
    }

    /// Reads `places = [2, 1, 0]`; the number of choices is not known where one of them is broken.
    fn places(&mut self, field: Field<List<i64>>, count: Option<usize>, span: &Range<usize>) -> Option<Kind> {
        let places = field.required("places = [2, 1, 0]", "the rank question", span, self.problems)?;
        let (given, most) = (places.get_ref().len(), count.unwrap_or(MOST_CHOICES));
        if !(1..=most).contains(&given) {
            self.problems.error(&places.span(), ProblemKind::PlaceCount(given, most));
            return None;
        }
        let what = "the weight of a place";
        let weight = |place| number_within(place, -MOST_POINTS..=MOST_POINTS, what, self.problems);
        Some(Kind::Rank { places: all(places.get_ref().iter().map(weight))? })
    }

    /// Returns true if the outcomes of a scored question can be listed.
    fn is_enumerable(&mut self, question: &Question, span: &Range<usize>) -> bool {
        let count = question.outcome_count();
        let good = !question.is_scored() || count <= MOST_OUTCOMES;
        if !good {
            self.problems.error(span, ProblemKind::TooManyOutcomes(question.id.clone(), count, MOST_OUTCOMES));
        }
        good
    }
}

/// Returns each word once, in their order. A broken id stands as an empty one, which is left out.
fn sorted<'r>(words: impl Iterator<Item = &'r String>) -> Vec<&'r str> {
    words.map(String::as_str).filter(|word| !word.is_empty()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Returns words that must all be known, which are in their order; those that are not are reported.
fn known_words(
    field: Field<List<String>>,
    known: &[&str],
    kind: fn(UnknownWord) -> ProblemKind,
    problems: &mut Problems<'_>,
) -> Vec<String> {
    let words = at_most(field, MOST_ENTRIES, "words", problems);
    for word in words.iter().filter(|word| known.binary_search(&word.get_ref().as_str()).is_err()) {
        let unknown = problems.unknown(word.get_ref(), known.iter().copied());
        problems.error(&word.span(), kind(unknown));
    }
    words.into_iter().map(Spanned::into_inner).collect()
}
