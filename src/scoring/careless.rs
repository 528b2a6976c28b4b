//! Signs that a sheet was answered without reading it. They are told and nobody is left out for them: one sign alone, such
//! as liking everything, can be meant.

use crate::bank::{Kind, named};

use super::model::Model;
use super::reliability::{longest_run, run_chance};
use super::score::Score;

/// Fewest answers of which "always the same position" says anything.
const MIN_ANSWERS: usize = 5;

/// Shortest run of one position that says anything.
const MIN_RUN: usize = 3;

named! {
    /// A sign of careless answers.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Flag {
        /// A run of one position over half of the bank's scale questions.
        StraightLine = "straight-line",
        /// The same position everywhere.
        Constant = "constant",
        /// The same answers as on an earlier sheet.
        Duplicate = "duplicate",
        /// A cell that was skipped because it is not understood.
        Unknown = "unknown",
    }
}

impl Flag {
    /// Those that a sheet shows by itself.
    pub const ALONE: [Self; 2] = [Self::StraightLine, Self::Constant];
}

/// The signs that one sheet shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "signs that come alone or together")]
pub struct Flags {
    pub straight_line: bool,
    pub constant: bool,
    pub duplicate: bool,
    pub unknown: bool,
}

impl Flags {
    /// Returns the names of those that there are.
    pub fn names(self) -> Vec<&'static str> {
        Flag::ALL.into_iter().filter(|flag| self.has(*flag)).map(Flag::name).collect()
    }

    /// Returns true if a sign is among them.
    pub fn has(self, flag: Flag) -> bool {
        match flag {
            Flag::StraightLine => self.straight_line,
            Flag::Constant => self.constant,
            Flag::Duplicate => self.duplicate,
            Flag::Unknown => self.unknown,
        }
    }
}

/// Equal positions in a row, among the answers to the questions that show careless answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerRun {
    pub longest: usize,
    pub answered: usize,
}

/// The questions of a bank that show careless answers: the outcomes of scale and single questions are their positions.
#[derive(Clone, Debug)]
pub struct Careless {
    /// Positions among the scored questions.
    items: Vec<usize>,
    labels: usize,
    /// Length of a run that is a straight line: none is where there are no scale questions.
    straight_line: usize,
}

impl Careless {
    /// Returns the scale questions of a bank, or its single questions where it has no scale question.
    pub fn new(model: &Model<'_>) -> Self {
        let of_kind = |kind: Kind| {
            let items = model.questions().enumerate().filter(|(_, question)| question.kind == kind);
            items.map(|(item, _)| item).collect::<Vec<usize>>()
        };
        let (labels, scales) = (model.bank().scale.len(), of_kind(Kind::Scale));
        if scales.is_empty() {
            return Self { items: of_kind(Kind::Single), labels, straight_line: usize::MAX };
        }
        Self { straight_line: scales.len().div_ceil(2).max(MIN_RUN), items: scales, labels }
    }

    /// Returns the questions to look at, by their positions among the scored ones.
    pub fn items(&self) -> &[usize] {
        &self.items
    }

    /// Returns the signs in somebody's outcomes of [these questions](Self::items). A duplicate shows only beside the other
    /// sheets, and cells that are not understood show only in their row. A skip does not break a run: whoever clicks along does not come back to what was left out.
    #[inline]
    pub fn flags(&self, outcomes: impl Iterator<Item = Option<u16>>) -> Flags {
        let AnswerRun { longest, answered } = AnswerRun::new(outcomes);
        let (straight_line, constant) = (longest >= self.straight_line, answered >= MIN_ANSWERS && longest == answered);
        Flags { straight_line, constant, ..Flags::default() }
    }

    /// Returns how often somebody who answers every question at random shows a straight line, `None` where nobody can.
    pub fn chance(&self) -> Option<f64> {
        let is_possible = self.items.len() >= self.straight_line;
        is_possible.then(|| run_chance(self.items.len(), self.labels, self.straight_line))
    }
}

impl AnswerRun {
    #[inline]
    fn new(outcomes: impl Iterator<Item = Option<u16>>) -> Self {
        let mut answered = 0;
        let longest = longest_run(outcomes.flatten().inspect(|_| answered += 1));
        Self { longest, answered }
    }
}

impl Score<'_> {
    /// Returns the signs of careless answers that the sheet shows by itself.
    pub fn flags(&self) -> Flags {
        let careless = Careless::new(self.model());
        careless.flags(self.outcomes_of(careless.items()))
    }

    /// Returns the run that a straight line is judged by.
    pub fn answer_run(&self) -> AnswerRun {
        AnswerRun::new(self.outcomes_of(Careless::new(self.model()).items()))
    }

    /// Returns the outcomes of some scored questions, `None` where one is not answered.
    fn outcomes_of(&self, items: &[usize]) -> impl Iterator<Item = Option<u16>> {
        items.iter().map(|index| {
            let (_, outcome) = self.answered.iter().find(|(item, _)| item.index == *index)?;
            u16::try_from(outcome.index).ok()
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::format_push_string, reason = "the text is short")]

    use super::*;
    use crate::bank::Bank;

    /// Returns a bank of scale questions with single ones behind them, each with points for one of two roles in turn.
    fn bank(scales: usize, singles: usize) -> Bank {
        let mut text = "format = 1\nid = \"t\"\nversion = \"1\"\ntitle = \"T\"\n".to_owned();
        for role in ["a", "b"] {
            text += &format!("[[role]]\nid = \"{role}\"\nname = \"{role}\"\nsummary = \"-\"\n");
        }
        for question in 0..scales + singles {
            text += &format!("[[question]]\nid = \"q{question}\"\ntext = \"?\"\n");
            let role = if question % 2 == 0 { "a" } else { "b" };
            if question < scales {
                text += &format!("kind = \"scale\"\nkey = {{ {role} = 1 }}\n");
                continue;
            }
            text += "kind = \"single\"\n";
            for (choice, points) in ["a = 1", "b = 1", ""].iter().enumerate() {
                text += &format!("[[question.choice]]\nid = \"c{choice}\"\ntext = \"-\"\npoints = {{ {points} }}\n");
            }
        }
        Bank::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Returns what the digits of a sheet show, `-` being a skip: straight line, then constant.
    fn flags(scales: usize, singles: usize, answers: &str) -> (bool, bool) {
        let bank = bank(scales, singles);
        let careless = Careless::new(&Model::new(&bank));
        let outcomes: Vec<Option<u16>> =
            answers.chars().map(|answer| answer.to_digit(10).map(|digit| u16::try_from(digit).unwrap())).collect();
        let flags = careless.flags(careless.items().iter().map(|&item| outcomes[item]));
        assert!(!flags.duplicate);
        (flags.straight_line, flags.constant)
    }

    #[test]
    fn a_run_over_half_of_the_scales_is_a_straight_line() {
        assert_eq!(flags(8, 0, "22224132"), (true, false));
        assert_eq!(flags(8, 0, "22214122"), (false, false));
        assert_eq!(flags(7, 0, "4133330"), (true, false), "half of seven is four");
        assert_eq!(flags(7, 0, "4133310"), (false, false));
        assert_eq!(flags(8, 0, "22-2-214"), (true, false), "a skip breaks no run");
        assert_eq!(flags(4, 0, "2243"), (false, false), "three at least");
        assert_eq!(flags(4, 0, "2224"), (true, false));
        assert_eq!(flags(2, 6, "22000000"), (false, false), "two scales are too few, and singles are none");
    }

    #[test]
    fn the_same_position_everywhere_is_constant() {
        assert_eq!(flags(6, 2, "33333312"), (true, true));
        assert_eq!(flags(8, 0, "3-33-33-"), (true, true), "five answers");
        assert_eq!(flags(8, 0, "3-33-3--"), (true, false), "four are too few");
        assert_eq!(flags(8, 0, "33333334"), (true, false));
        assert_eq!(flags(0, 6, "11111-"), (false, true), "single questions, where there is no scale");
        assert_eq!(flags(0, 6, "111112"), (false, false));
        assert_eq!(flags(1, 6, "0111111"), (false, false), "one scale question, so the others do not count");
    }

    #[test]
    fn chance_is_told_where_a_line_is_possible() {
        let chance = |scales, singles| Careless::new(&Model::new(&bank(scales, singles))).chance();
        assert!((chance(12, 3).unwrap() - 0.001_855_918_08).abs() < 1e-12);
        assert_eq!((chance(2, 3), chance(0, 3)), (None, None));
        assert!((chance(3, 0).unwrap() - 0.04).abs() < 1e-12);
    }
}
