//! What each question weighs, and whether its choices make sense.

use crate::bank::{Choice, Kind, Question};

use super::super::TOLERANCE;
use super::super::model::{Item, Model, to_f64};

/// Texts that are at least this alike, from 0 to 1, ask nearly the same.
const ALIKE: f64 = 0.8;

/// What a question can do to the leads.
#[derive(Debug)]
pub struct QuestionAudit<'m> {
    /// The question.
    pub question: &'m Question,
    /// Largest difference that it can make to the lead of one role over another, in fit points.
    pub swing: f64,
    /// Largest share that it has of the chance variance of a lead.
    pub share: f64,
    /// The largest difference between what it gives two roles on average.
    pub imbalance: Option<MeanImbalance>,
    /// Choices that are worse than another one for every role.
    pub dominated: Vec<DominatedChoice<'m>>,
}

/// A question that gives one role more than another, whatever is answered.
#[derive(Clone, Copy, Debug)]
pub struct MeanImbalance {
    /// Position of the role that gets more.
    pub to: usize,
    /// Position of the role that gets less.
    pub from: usize,
    /// Mean of the raw points of the one less that of the other.
    pub points: f64,
}

/// A choice that gives every role less than another choice does.
#[derive(Clone, Copy, Debug)]
pub struct DominatedChoice<'m> {
    /// The choice.
    pub choice: &'m Choice,
    /// The better one.
    pub by: &'m Choice,
}

impl<'m> QuestionAudit<'m> {
    pub(super) fn new(model: &'m Model<'m>, item: &'m Item<'m>, share: f64) -> Self {
        let swing = |(a, b): (usize, usize)| {
            let (low, high) = item.range(a, b);
            model.points(high - low)
        };
        Self {
            question: item.question,
            swing: model.pairs().map(swing).fold(0.0, f64::max),
            share,
            imbalance: imbalance(model, item),
            dominated: dominated(item.question),
        }
    }
}

/// The two roles between which the mean of the raw points differs most, if it does.
fn imbalance(model: &Model<'_>, item: &Item<'_>) -> Option<MeanImbalance> {
    let mean = |role: usize| {
        let points = item.outcomes.iter().map(|way| i128::from(item.question.points(&way.answer, role)));
        to_f64(points.sum()) / to_f64(i128::try_from(item.outcomes.len().max(1)).unwrap_or(1))
    };
    let means: Vec<f64> = (0..model.bank.roles.len()).map(mean).collect();
    let end = |best: fn(f64, f64) -> bool| {
        means
            .iter()
            .enumerate()
            .reduce(|best_so_far, other| if best(*other.1, *best_so_far.1) { other } else { best_so_far })
    };
    let ((to, most), (from, least)) = end(|new, old| new > old).zip(end(|new, old| new < old))?;
    (most - least > TOLERANCE).then_some(MeanImbalance { to, from, points: most - least })
}

/// Choices that no interest in any role would lead to. The steps of a scale are none: each is needed to say how much.
fn dominated(question: &Question) -> Vec<DominatedChoice<'_>> {
    if question.kind == Kind::Scale {
        return Vec::new();
    }
    let worse =
        |choice: &Choice, other: &Choice| choice.points.iter().zip(&other.points).all(|(own, other)| own < other);
    let better = |choice| question.choices.iter().find(|other| worse(choice, other));
    let dominated = |choice| better(choice).map(|by| DominatedChoice { choice, by });
    question.choices.iter().filter_map(dominated).collect()
}

/// Pairs of questions with the same points and nearly the same text.
pub(super) fn duplicates<'m>(model: &'m Model<'m>) -> Vec<(&'m Question, &'m Question)> {
    let points = |question: &Question| {
        let mut points: Vec<Vec<i64>> = question.choices.iter().map(|choice| choice.points.clone()).collect();
        points.sort();
        points
    };
    let tables: Vec<(&Question, _, Letters)> =
        model.questions().map(|question| (question, points(question), Letters::new(&question.text))).collect();
    let later = |index: usize| tables.get(index + 1..).unwrap_or_default();
    let pairs = tables.iter().enumerate().flat_map(|(index, one)| later(index).iter().map(move |two| (one, two)));
    let same = pairs.filter(|(one, two)| one.0.kind == two.0.kind && one.1 == two.1 && one.2.likeness(&two.2) >= ALIKE);
    same.map(|(one, two)| (one.0, two.0)).collect()
}

/// The letters of a text without spaces and capitals.
struct Letters {
    all: Vec<char>,
    /// Every two neighbours, in order.
    neighbours: Vec<(char, char)>,
}

impl Letters {
    fn new(text: &str) -> Self {
        let letters = text.chars().filter(|letter| !letter.is_whitespace());
        let all: Vec<char> = letters.flat_map(char::to_lowercase).collect();
        let mut neighbours: Vec<(char, char)> = all.iter().copied().zip(all.iter().copied().skip(1)).collect();
        neighbours.sort_unstable();
        Self { all, neighbours }
    }

    /// How alike two texts are, from 0 to 1, by the neighbours that both have (Sørensen 1948, Dice 1945).
    fn likeness(&self, other: &Self) -> f64 {
        if self.all == other.all {
            return 1.0;
        }
        let (mut rest, mut shared) = (other.neighbours.iter().peekable(), 0);
        for pair in &self.neighbours {
            while rest.next_if(|other| *other < pair).is_some() {}
            shared += i128::from(rest.next_if_eq(&pair).is_some());
        }
        let all = (self.neighbours.len() + other.neighbours.len()).max(1);
        2.0 * to_f64(shared) / to_f64(i128::try_from(all).unwrap_or(1))
    }
}
