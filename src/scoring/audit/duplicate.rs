//! Questions that ask nearly the same.

use crate::bank::Question;
use crate::scoring::num::count_to_f64;

/// Texts that are at least this alike, from 0 to 1, ask nearly the same.
const MIN_LIKENESS: f64 = 0.8;

/// The letters of a text without spaces and capitals.
struct Letters {
    all: Vec<char>,
    /// Every two neighbours, in order.
    neighbours: Vec<(char, char)>,
}

/// Returns pairs of questions with the same points and nearly the same text.
pub(super) fn duplicates<'m>(questions: impl Iterator<Item = &'m Question>) -> Vec<(&'m Question, &'m Question)> {
    let (mut found, mut earlier) = (Vec::new(), Vec::<(&Question, Vec<&[i64]>, Letters)>::new());
    for question in questions {
        let mut points: Vec<&[i64]> = question.choices.iter().map(|choice| choice.points.as_slice()).collect();
        points.sort_unstable();
        let letters = Letters::new(&question.text);
        for (other, other_points, other_letters) in &earlier {
            let is_alike = other.kind == question.kind && *other_points == points;
            if is_alike && other_letters.likeness(&letters) >= MIN_LIKENESS {
                found.push((*other, question));
            }
        }
        earlier.push((question, points, letters));
    }
    found.sort_by_key(|(one, _)| one.index);
    found
}

impl Letters {
    fn new(text: &str) -> Self {
        let letters = text.chars().filter(|letter| !letter.is_whitespace());
        let all: Vec<char> = letters.flat_map(char::to_lowercase).collect();
        let mut neighbours: Vec<(char, char)> = all.iter().copied().zip(all.iter().copied().skip(1)).collect();
        neighbours.sort_unstable();
        Self { all, neighbours }
    }

    /// Returns how alike two texts are, from 0 to 1, by the neighbours that both have (Sørensen 1948, Dice 1945).
    fn likeness(&self, other: &Self) -> f64 {
        if self.all == other.all {
            return 1.0;
        }
        let (mut rest, mut shared) = (other.neighbours.iter().peekable(), 0);
        for pair in &self.neighbours {
            while rest.next_if(|other| *other < pair).is_some() {}
            shared += usize::from(rest.next_if_eq(&pair).is_some());
        }
        let all = (self.neighbours.len() + other.neighbours.len()).max(1);
        2.0 * count_to_f64(shared) / count_to_f64(all)
    }
}
