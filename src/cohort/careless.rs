//! Signs that a sheet was answered without reading it. They are told and nobody is left out for them: one sign alone, such
//! as liking everything, can be meant.

use crate::bank::{Kind, named};
use crate::scoring::Model;
use crate::scoring::reliability::{longest_run, run_chance};

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
    }
}

impl Flag {
    /// Those that a sheet shows by itself.
    pub const ALONE: [Self; 2] = [Self::StraightLine, Self::Constant];
}

/// The signs that one sheet shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    pub straight_line: bool,
    pub constant: bool,
    pub duplicate: bool,
}

impl Flags {
    /// Returns true if a sign is among them.
    pub fn has(self, flag: Flag) -> bool {
        match flag {
            Flag::StraightLine => self.straight_line,
            Flag::Constant => self.constant,
            Flag::Duplicate => self.duplicate,
        }
    }
}

/// What a sheet shows by itself, whatever its sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SheetSigns {
    pub flags: Flags,
    /// True if the activities of every role are disliked.
    pub dislikes_all: bool,
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
    /// sheets. A skip does not break a run: whoever clicks along does not come back to what was left out.
    #[inline]
    pub fn flags(&self, outcomes: impl Iterator<Item = Option<u16>>) -> Flags {
        let mut count = 0;
        let longest = longest_run(outcomes.flatten().inspect(|_| count += 1));
        let (straight_line, constant) = (longest >= self.straight_line, count >= MIN_ANSWERS && longest == count);
        Flags { straight_line, constant, duplicate: false }
    }

    /// Returns how often somebody who answers every question at random shows a straight line, `None` where nobody can.
    pub fn chance(&self) -> Option<f64> {
        let is_possible = self.items.len() >= self.straight_line;
        is_possible.then(|| run_chance(self.items.len(), self.labels, self.straight_line))
    }
}
