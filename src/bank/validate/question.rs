//! Questions and their choices.

use std::collections::BTreeSet;

use toml::Spanned;

use crate::bank::answer::SKIP;
use crate::bank::field::{Field, List, Map, Owner};
use crate::bank::from_toml::all;
use crate::bank::limits::{MOST_CHOICES, MOST_ENTRIES, MOST_POINTS, MOST_QUESTIONS, PACE};
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;
use crate::bank::question::{Choice, Kind, KindName, MOST_OUTCOMES, PlanEffect, Question, QuestionUse};
use crate::bank::role::Role;
use crate::bank::source;
use crate::bank::suggest::UnknownWord;
use crate::bank::validate::checks::Ids;

/// Returns every question that holds; `ids` has those of all that are declared, the broken ones too.
pub(super) fn questions(
    tables: Field<List<source::Question>>,
    scale: &[String],
    roles: &[Role],
    ids: &mut Ids,
    problems: &mut Problems<'_>,
) -> Vec<Question> {
    let tables = problems.at_most(tables, MOST_QUESTIONS, "questions");
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
        let owner = &Owner::new("question", &table);
        let source::Question { id, topic, kind, text, aka, key, pick, places, choice } = table.into_inner();
        let id = ids.take(id, owner, self.problems);
        let text = text.required("text = \"...\"", owner, self.problems);
        let aka = self.other_texts(aka);
        let kind = kind.required("kind = \"single\"", owner, self.problems);
        let name = self.problems.one_of(&KindName::ALL, KindName::name, kind, ProblemKind::UnknownQuestionKind);
        self.refuse_foreign(&key, name, KindName::Scale, "key");
        self.refuse_foreign(&pick, name, KindName::Multi, "pick");
        self.refuse_foreign(&places, name, KindName::Rank, "places");
        // A question of unknown kind is checked as what it looks like.
        let is_scale = name.map_or(choice.is_missing() && !key.is_missing(), |name| name == KindName::Scale);
        let parts = if is_scale {
            if let Some(first) = choice.value().unwrap_or_default().first() {
                self.problems.error(&first.span(), ProblemKind::ScaleWithChoice);
            }
            self.steps(key, owner).map(|steps| (steps, QuestionUse::Score))
        } else {
            self.choices(choice, owner)
        };
        let count = parts.as_ref().map(|(choices, _)| choices.len());
        let kind = match name? {
            KindName::Scale => Some(Kind::Scale),
            KindName::Single => Some(Kind::Single),
            KindName::Multi => self.pick(pick, count, owner),
            KindName::Rank => self.places(places, count, owner),
        };
        let (choices, purpose) = parts?;
        let (id, text, kind, place) = (id?, text?.into_inner(), kind?, self.problems.place(&owner.span));
        let question = Question { index: 0, id, place, topic: topic.value(), text, aka, kind, purpose, choices };
        self.is_enumerable(&question, owner).then_some(question)
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
    fn steps(&mut self, key: Field<Map<i64>>, owner: &Owner) -> Option<Vec<Choice>> {
        let key = key.required("key = { data-engineering = 2 }", owner, self.problems)?;
        let key = self.points(key.into_inner(), "a key")?;
        let place = self.problems.place(&owner.span);
        let count = i64::try_from(self.scale.len()).unwrap_or_default();
        let unit = if count % 2 == 0 { 1 } else { 2 };
        let steps = (1..).zip(self.scale).map(|(number, label)| Choice {
            id: number.to_string(),
            place: place.clone(),
            text: label.clone(),
            aka: Vec::new(),
            points: key.iter().map(|points| points * (2 * number - count - 1) / unit).collect(),
            effect: PlanEffect::default(),
        });
        Some(steps.collect())
    }

    /// Returns the choices of a question, and what they make it be for, `None` if any of it is broken.
    fn choices(&mut self, field: Field<List<source::Choice>>, owner: &Owner) -> Option<(Vec<Choice>, QuestionUse)> {
        if matches!(field, Field::Wrong) {
            return None;
        }
        let tables = self.problems.at_most(field, MOST_CHOICES, "choices");
        if tables.len() < 2 {
            self.problems.error(&owner.span, ProblemKind::TooFewChoices);
        }
        let purpose = self.purpose(&tables, owner);
        let mut ids = Ids::default();
        all(tables.into_iter().map(|table| self.choice(table, &mut ids))).zip(purpose)
    }

    /// Returns what the choices of a question make it be for, `None` after reporting that it is for both or neither.
    fn purpose(&mut self, tables: &List<source::Choice>, owner: &Owner) -> Option<QuestionUse> {
        let scores = tables.iter().any(|table| !table.get_ref().points.is_missing());
        let planning = tables.iter().find(|table| {
            let source::Choice { prefers, knows, hours_per_week, .. } = table.get_ref();
            !(prefers.is_missing() && knows.is_missing() && hours_per_week.is_missing())
        });
        match (scores, planning) {
            (true, None) => return Some(QuestionUse::Score),
            (false, Some(_)) => return Some(QuestionUse::Plan),
            (true, Some(choice)) => self.problems.error(&choice.span(), ProblemKind::MixedPurpose),
            (false, None) => self.problems.error(&owner.span, ProblemKind::NoPurpose),
        }
        None
    }

    fn choice(&mut self, table: Spanned<source::Choice>, ids: &mut Ids) -> Option<Choice> {
        let owner = &Owner::new("choice", &table);
        let source::Choice { id, text, aka, points, prefers, knows, hours_per_week } = table.into_inner();
        if let Some(id) = id.given().filter(|id| id.get_ref() == SKIP) {
            self.problems.error(&id.span(), ProblemKind::ReservedId(SKIP));
        }
        let id = ids.take(id, owner, self.problems);
        let text = text.required("text = \"...\"", owner, self.problems);
        let aka = self.other_texts(aka);
        let points = match points {
            Field::Given(map) => self.points(map.into_inner(), "points"),
            Field::Missing => Some(vec![0; self.roles.len()]),
            Field::Wrong => None,
        };
        let (low, high) = PACE.into_inner();
        let effect = PlanEffect {
            prefers: known_words(prefers, &self.tags, ProblemKind::UnknownTag, self.problems),
            knows: known_words(knows, &self.steps, ProblemKind::UnknownStep, self.problems),
            hours_per_week: self.problems.within(hours_per_week.optional(), low.into()..=high.into(), "hours a week"),
        };
        Some(Choice {
            id: id?,
            place: self.problems.place(&owner.span),
            text: text?.into_inner(),
            aka,
            points: points?,
            effect,
        })
    }

    fn other_texts(&mut self, field: Field<List<String>>) -> Vec<String> {
        self.problems.at_most(field, MOST_ENTRIES, "texts").into_iter().map(Spanned::into_inner).collect()
    }

    /// Returns points by role, in bank order, `None` if any of it is wrong; a role that is not named gets none.
    fn points(&mut self, map: Map<i64>, what: &'static str) -> Option<Vec<i64>> {
        let mut points = vec![0; self.roles.len()];
        let mut is_good = true;
        for (role, number) in map {
            let index = self.problems.role_index(&role, self.roles);
            let number = self.problems.within(number, -MOST_POINTS..=MOST_POINTS, what);
            match index.zip(number) {
                Some((index, number)) => points[index] = number,
                None => is_good = false,
            }
        }
        is_good.then_some(points)
    }

    /// Reads `pick = [fewest, most]`; the number of choices is not known where one of them is broken.
    fn pick(&mut self, field: Field<List<i64>>, count: Option<usize>, owner: &Owner) -> Option<Kind> {
        let pick = field.required("pick = [1, 3]", owner, self.problems)?;
        let most_allowed = count.unwrap_or(MOST_CHOICES);
        if let [fewest, most] = pick.get_ref().as_slice()
            && let (Ok(fewest), Ok(most)) = (usize::try_from(*fewest.get_ref()), usize::try_from(*most.get_ref()))
            && fewest <= most
            && (1..=most_allowed).contains(&most)
        {
            return Some(Kind::Multi { fewest, most });
        }
        self.problems.error(&pick.span(), ProblemKind::PickNoRange(most_allowed));
        None
    }

    /// Reads `places = [2, 1, 0]`; the number of choices is not known where one of them is broken.
    fn places(&mut self, field: Field<List<i64>>, count: Option<usize>, owner: &Owner) -> Option<Kind> {
        let places = field.required("places = [2, 1, 0]", owner, self.problems)?;
        let (given, most) = (places.get_ref().len(), count.unwrap_or(MOST_CHOICES));
        if !(1..=most).contains(&given) {
            self.problems.error(&places.span(), ProblemKind::PlaceCount(given, most));
            return None;
        }
        let weights = places.into_inner().into_iter();
        let weights =
            weights.map(|weight| self.problems.within(weight, -MOST_POINTS..=MOST_POINTS, "the weight of a place"));
        Some(Kind::Rank { places: all(weights)? })
    }

    /// Returns true if the outcomes of a scored question can be listed.
    fn is_enumerable(&mut self, question: &Question, owner: &Owner) -> bool {
        let count = question.outcome_count();
        let good = !question.is_scored() || count <= MOST_OUTCOMES;
        if !good {
            self.problems.error(&owner.span, ProblemKind::TooManyOutcomes(question.id.clone(), count, MOST_OUTCOMES));
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
    let words = problems.at_most(field, MOST_ENTRIES, "words");
    for word in words.iter().filter(|word| known.binary_search(&word.get_ref().as_str()).is_err()) {
        let unknown = problems.unknown(word.get_ref(), known.iter().copied());
        problems.error(&word.span(), kind(unknown));
    }
    words.into_iter().map(Spanned::into_inner).collect()
}
