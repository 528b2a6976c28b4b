//! Questions and their choices.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Ids, at_most, one_of, role_index, within};
use crate::bank::answer::SKIP;
use crate::bank::field::{Field, Located, Map, all};
use crate::bank::limits::{MOST_CHOICES, MOST_ENTRIES, MOST_POINTS, MOST_QUESTIONS, PACE};
use crate::bank::nearest::UnknownWord;
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;
use crate::bank::question::{Choice, Hint, Kind, MOST_OUTCOMES, Purpose, Question};
use crate::bank::role::Role;
use crate::bank::source::{self, List};

/// What a `kind` says before its details are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KindName {
    Scale,
    Single,
    Multi,
    Rank,
}

const KINDS: [(&str, KindName); 4] =
    [("scale", KindName::Scale), ("single", KindName::Single), ("multi", KindName::Multi), ("rank", KindName::Rank)];

/// What a bank can say under `kind`.
pub(in crate::bank) fn kinds() -> [&'static str; 4] {
    KINDS.map(|(name, _)| name)
}

/// What a question needs to know of the rest of the bank.
struct Rest<'r> {
    scale: &'r [String],
    roles: &'r [Role],
    /// What certifications suit.
    tags: Vec<&'r str>,
    /// Ids of all steps of all roles.
    steps: Vec<&'r str>,
}

impl<'r> Rest<'r> {
    fn new(scale: &'r [String], roles: &'r [Role]) -> Self {
        let certifications = || roles.iter().flat_map(|role| &role.certifications);
        let topics = roles.iter().flat_map(|role| &role.knowledge).map(|topic| topic.id.as_str());
        let projects = roles.iter().flat_map(|role| &role.expertise).map(|project| project.id.as_str());
        let exams = certifications().map(|certification| certification.id.as_str());
        let tags = certifications().flat_map(|certification| &certification.suits).map(String::as_str);
        // A broken id stands as an empty one.
        let unique = |words: BTreeSet<&'r str>| words.into_iter().filter(|word| !word.is_empty()).collect();
        Self {
            scale,
            roles,
            tags: unique(tags.collect()),
            steps: unique(topics.chain(exams).chain(projects).collect()),
        }
    }
}

/// Every question that holds; `ids` has those of all that are declared, the broken ones too.
pub(super) fn questions(
    tables: List<source::Question>,
    scale: &[String],
    roles: &[Role],
    ids: &mut Ids,
    problems: &mut Problems<'_>,
) -> Vec<Question> {
    let rest = Rest::new(scale, roles);
    let mut questions: Vec<Question> = at_most(tables, MOST_QUESTIONS, "questions", problems)
        .into_iter()
        .filter_map(|table| question(table, &rest, ids, problems))
        .collect();
    for (index, question) in questions.iter_mut().enumerate() {
        question.index = index;
    }
    questions
}

fn question(
    table: Located<source::Question>,
    rest: &Rest<'_>,
    ids: &mut Ids,
    problems: &mut Problems<'_>,
) -> Option<Question> {
    let Located { value: source::Question { id, topic, kind, text, key, pick, places, choice }, span } = table;
    let id = ids.take(id, "question", &span, problems);
    let text = text.required("text = \"...\"", "the question", &span, problems);
    let kind = kind.required("kind = \"single\"", "the question", &span, problems);
    let name = one_of(&KINDS, |(name, _)| name, kind, ProblemKind::UnknownQuestionKind, problems).map(|(_, kind)| kind);
    if let Some(name) = name {
        foreign(&key, name == KindName::Scale, "key", "scale", problems);
        foreign(&pick, name == KindName::Multi, "pick", "multi", problems);
        foreign(&places, name == KindName::Rank, "places", "rank", problems);
    }
    // A question of unknown kind is checked as what it looks like.
    let scale = name.map_or(choice.is_missing() && !key.is_missing(), |name| name == KindName::Scale);
    let parts = if scale {
        if let Some(first) = choice.items().first() {
            problems.error(&first.span, ProblemKind::ScaleWithChoice);
        }
        steps(key, rest, &span, problems).map(|steps| (steps, Purpose::Score))
    } else {
        choices(choice, rest, &span, problems)
    };
    let count = parts.as_ref().map(|(choices, _)| choices.len());
    let kind = match name? {
        KindName::Scale => Some(Kind::Scale),
        KindName::Single => Some(Kind::Single),
        KindName::Multi => self::pick(pick, count, &span, problems),
        KindName::Rank => self::places(places, count, &span, problems),
    };
    let (choices, purpose) = parts?;
    let (id, text, kind, place) = (id?, text?.value, kind?, problems.place(&span));
    let question = Question { index: 0, id, place, topic: topic.value(), text, kind, purpose, choices };
    enumerable(&question, &span, problems).then_some(question)
}

/// Reports a key that belongs to another kind of question.
fn foreign<T>(field: &Field<T>, belongs: bool, key: &'static str, owner: &'static str, problems: &mut Problems<'_>) {
    if let (Some(span), false) = (field.span(), belongs) {
        problems.error(span, ProblemKind::ForeignKey(key, owner));
    }
}

/// The steps of a scale as choices: points are the key times the distance from the middle, which is …, −1, 0, +1, …
/// with an odd number of labels and …, −3, −1, +1, +3, … with an even one.
fn steps(
    key: Field<Map<i64>>,
    rest: &Rest<'_>,
    span: &Range<usize>,
    problems: &mut Problems<'_>,
) -> Option<Vec<Choice>> {
    let key = key.required("key = { data-engineering = 2 }", "the scale question", span, problems)?;
    let key = points(key.value, rest, "a key", problems)?;
    let place = problems.place(span);
    let count = i64::try_from(rest.scale.len()).unwrap_or_default();
    let unit = if count % 2 == 0 { 1 } else { 2 };
    let distances = (0..count).map(|step| (2 * step - (count - 1)) / unit);
    let step = |((number, label), distance): ((usize, &String), i64)| Choice {
        id: (number + 1).to_string(),
        place: place.clone(),
        text: label.clone(),
        points: key.iter().map(|points| points * distance).collect(),
        hint: Hint::default(),
    };
    Some(rest.scale.iter().enumerate().zip(distances).map(step).collect())
}

/// Returns the choices of a question, and what they make it be for, `None` if any of it is broken.
fn choices(
    field: Field<List<source::Choice>>,
    rest: &Rest<'_>,
    span: &Range<usize>,
    problems: &mut Problems<'_>,
) -> Option<(Vec<Choice>, Purpose)> {
    if matches!(field, Field::Wrong) {
        return None;
    }
    let tables = at_most(field.items(), MOST_CHOICES, "choices", problems);
    if tables.len() < 2 {
        problems.error(span, ProblemKind::TooFewChoices);
    }
    let purpose = purpose(&tables, span, problems);
    let mut ids = Ids::default();
    all(tables.into_iter().map(|table| choice(table, rest, &mut ids, problems))).zip(purpose)
}

/// What the choices of a question make it be for.
fn purpose(tables: &List<source::Choice>, span: &Range<usize>, problems: &mut Problems<'_>) -> Option<Purpose> {
    let scores = tables.iter().any(|table| !table.value.points.is_missing());
    let hint = tables.iter().find(|table| {
        let source::Choice { prefers, knows, hours_per_week, .. } = &table.value;
        !(prefers.is_missing() && knows.is_missing() && hours_per_week.is_missing())
    });
    match (scores, hint) {
        (true, None) => Some(Purpose::Score),
        (false, Some(_)) => Some(Purpose::Plan),
        (true, Some(hint)) => {
            problems.error(&hint.span, ProblemKind::MixedPurpose);
            None
        }
        (false, None) => {
            problems.error(span, ProblemKind::NoPurpose);
            None
        }
    }
}

fn choice(
    table: Located<source::Choice>,
    rest: &Rest<'_>,
    ids: &mut Ids,
    problems: &mut Problems<'_>,
) -> Option<Choice> {
    let Located { value: source::Choice { id, text, points, prefers, knows, hours_per_week }, span } = table;
    if let Field::Given(Located { value, span }) = &id
        && value == SKIP
    {
        problems.error(span, ProblemKind::ReservedId(SKIP));
    }
    let id = ids.take(id, "choice", &span, problems);
    let text = text.required("text = \"...\"", "the choice", &span, problems);
    let points = match points {
        Field::Given(map) => self::points(map.value, rest, "points", problems),
        Field::Missing => Some(vec![0; rest.roles.len()]),
        Field::Wrong => None,
    };
    let hint = Hint {
        prefers: named(prefers, &rest.tags, ProblemKind::UnknownTag, problems),
        knows: named(knows, &rest.steps, ProblemKind::UnknownStep, problems),
        hours_per_week: hours_per_week
            .optional()
            .and_then(|hours| within(&hours, (*PACE.start()).into(), (*PACE.end()).into(), "hours a week", problems)),
    };
    Some(Choice { id: id?, place: problems.place(&span), text: text?.value, points: points?, hint })
}

/// Words that must all be known, which are in their order; those that are not are reported.
fn named(
    field: Field<List<String>>,
    known: &[&str],
    kind: fn(UnknownWord) -> ProblemKind,
    problems: &mut Problems<'_>,
) -> Vec<String> {
    let words = at_most(field.items(), MOST_ENTRIES, "words", problems);
    for word in words.iter().filter(|word| known.binary_search(&word.value.as_str()).is_err()) {
        let unknown = problems.unknown(&word.value, known.iter().copied());
        problems.error(&word.span, kind(unknown));
    }
    words.into_iter().map(|word| word.value).collect()
}

/// Points by role, in bank order; a role that is not named gets none. Nothing if any of it is wrong.
fn points(map: Map<i64>, rest: &Rest<'_>, what: &'static str, problems: &mut Problems<'_>) -> Option<Vec<i64>> {
    let mut points = Some(vec![0; rest.roles.len()]);
    for (role, number) in map.0 {
        let index = role_index(&role, rest.roles, problems);
        let number = within(&number, -MOST_POINTS, MOST_POINTS, what, problems);
        points = points.zip(index).zip(number).map(|((mut points, index), number)| {
            points[index] = number;
            points
        });
    }
    points
}

/// `pick = [fewest, most]`; the number of choices is not known where one of them is broken.
fn pick(
    field: Field<List<i64>>,
    count: Option<usize>,
    span: &Range<usize>,
    problems: &mut Problems<'_>,
) -> Option<Kind> {
    let pick = field.required("pick = [1, 3]", "the multi question", span, problems)?;
    let most_allowed = count.unwrap_or(MOST_CHOICES);
    let number = |number: &Located<i64>| usize::try_from(number.value).ok();
    if let [fewest, most] = pick.value.as_slice()
        && let (Some(fewest), Some(most)) = (number(fewest), number(most))
        && fewest <= most
        && (1..=most_allowed).contains(&most)
    {
        return Some(Kind::Multi { fewest, most });
    }
    problems.error(&pick.span, ProblemKind::PickNoRange(most_allowed));
    None
}

/// `places = [2, 1, 0]`; the number of choices is not known where one of them is broken.
fn places(
    field: Field<List<i64>>,
    count: Option<usize>,
    span: &Range<usize>,
    problems: &mut Problems<'_>,
) -> Option<Kind> {
    let places = field.required("places = [2, 1, 0]", "the rank question", span, problems)?;
    let (given, most) = (places.value.len(), count.unwrap_or(MOST_CHOICES));
    if !(1..=most).contains(&given) {
        problems.error(&places.span, ProblemKind::PlaceCount(given, most));
        return None;
    }
    let weight = |place| within(place, -MOST_POINTS, MOST_POINTS, "the weight of a place", problems);
    Some(Kind::Rank { places: all(places.value.iter().map(weight))? })
}

/// Whether the outcomes of a scored question can be listed.
fn enumerable(question: &Question, span: &Range<usize>, problems: &mut Problems<'_>) -> bool {
    let count = question.outcome_count();
    let good = !question.is_scored() || count <= MOST_OUTCOMES;
    if !good {
        problems.error(span, ProblemKind::TooManyOutcomes(question.id.clone(), count, MOST_OUTCOMES));
    }
    good
}
