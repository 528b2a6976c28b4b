//! Signs that a sheet was answered without reading it. They are told and nobody is left out for them: one sign alone, such
//! as liking everything, can be meant.

use crate::bank::Kind;
use crate::bank::named;
use crate::scoring::Model;
use crate::scoring::reliability::{longest_run, run_chance};

/// Fewest answers of which "always the same position" says anything.
const FEWEST_ANSWERS: usize = 5;

/// Shortest run of one position that says anything.
const SHORTEST_RUN: usize = 3;

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
    }
}

impl Flag {
    /// Those that a sheet shows by itself.
    pub const ALONE: [Self; 2] = [Self::StraightLine, Self::Constant];
}

/// The signs that one sheet shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// See [`Flag::StraightLine`].
    pub straight_line: bool,
    /// See [`Flag::Constant`].
    pub constant: bool,
    /// See [`Flag::Duplicate`].
    pub duplicate: bool,
}

impl Flags {
    /// Whether a sign is among them.
    pub fn has(self, flag: Flag) -> bool {
        match flag {
            Flag::StraightLine => self.straight_line,
            Flag::Constant => self.constant,
            Flag::Duplicate => self.duplicate,
        }
    }
}

/// What to look for in the sheets of a bank. The outcomes of scale and single questions are their positions.
#[derive(Clone, Debug)]
pub struct Careless {
    scales: Vec<usize>,
    /// The single questions, where the bank has no scale question.
    singles: Vec<usize>,
    labels: usize,
}

impl Careless {
    /// Finds the questions that show it.
    pub fn new(model: &Model<'_>) -> Self {
        let of = |kind: &Kind| {
            let same = model.questions().enumerate().filter(|(_, question)| question.kind == *kind);
            same.map(|(item, _)| item).collect::<Vec<usize>>()
        };
        let scales = of(&Kind::Scale);
        let singles = if scales.is_empty() { of(&Kind::Single) } else { Vec::new() };
        Self { scales, singles, labels: model.bank().scale.len() }
    }

    /// The questions to look at, by their positions among the scored ones.
    pub fn items(&self) -> &[usize] {
        if self.scales.is_empty() { &self.singles } else { &self.scales }
    }

    /// The signs in somebody's outcomes of [these questions](Self::items). A duplicate shows only beside the other
    /// sheets. A skip does not break a run: whoever clicks along does not come back to what was left out.
    #[inline]
    pub fn flags(&self, outcomes: impl Iterator<Item = Option<u16>>) -> Flags {
        let mut count = 0;
        let longest = longest_run(outcomes.flatten().inspect(|_| count += 1));
        Flags {
            straight_line: !self.scales.is_empty() && longest >= self.run(),
            constant: count >= FEWEST_ANSWERS && longest == count,
            duplicate: false,
        }
    }

    /// Length of a run that is a sign.
    fn run(&self) -> usize {
        self.scales.len().div_ceil(2).max(SHORTEST_RUN)
    }

    /// How often somebody who answers every question at random shows a straight line; nothing where nobody can.
    pub fn chance(&self) -> Option<f64> {
        let possible = self.scales.len() >= self.run();
        possible.then(|| run_chance(self.scales.len(), self.labels, self.run()))
    }
}
