//! The answer that the cells of several columns mean together: columns for choices, for places of a ranking, and further ones
//! for the same question.

use crate::bank::{Answer, Kind, SKIP, WrongAnswer};

use super::choices::ChoiceNames;
use super::fold::fold;
use super::names::{NameFold, Named};
use super::slot::{Slot, Tick};
use super::words::{NONE, NOTHING};

impl ChoiceNames<'_> {
    /// Returns the answer that the cells of several columns mean together.
    pub(in crate::answers) fn columns(&self, cells: &[(Slot, &str)]) -> Result<Answer, WrongAnswer> {
        let mut answers: Vec<Answer> = Vec::new();
        for (slot, cell) in cells {
            if *slot == Slot::Whole {
                answers.push(self.text(cell)?);
            }
        }
        answers.push(self.places(cells)?);
        answers.push(self.ticked(cells)?);
        let mut given = answers.into_iter().filter(|answer| *answer != Answer::Skip);
        let Some(first) = given.next() else { return Ok(Answer::Skip) };
        match given.find(|other| *other != first) {
            Some(_) => Err(WrongAnswer::Different { question: self.question.id.clone() }),
            None => Ok(first),
        }
    }

    /// Returns the ranking that columns for places or columns for choices give.
    fn places(&self, cells: &[(Slot, &str)]) -> Result<Answer, WrongAnswer> {
        let mut order = vec![None; self.question.choices.len()];
        for (slot, cell) in cells {
            let (place, choice) = match *slot {
                Slot::Place(place) => match self.text_of_place(cell)? {
                    Some(choice) => (place, choice),
                    None => continue,
                },
                Slot::Choice(choice) if matches!(self.question.kind, Kind::Rank { .. }) => match Slot::place(cell) {
                    Some(place) => (place, choice),
                    None if is_unranked(cell) => continue,
                    None => return Err(self.unknown(cell)),
                },
                _ => continue,
            };
            match order.get_mut(place) {
                Some(slot @ None) => *slot = Some(choice),
                _ => return Err(self.repeated(choice)),
            }
        }
        let ranked = order.iter().take_while(|choice| choice.is_some()).count();
        if order.iter().flatten().count() > ranked && ranked < self.question.picks_allowed().0 {
            return Err(WrongAnswer::PlaceLeftOut { question: self.question.id.clone(), place: ranked + 1 });
        }
        if ranked == 0 { Ok(Answer::Skip) } else { self.picks(order.into_iter().flatten().take(ranked).collect()) }
    }

    fn text_of_place(&self, cell: &str) -> Result<Option<usize>, WrongAnswer> {
        match self.names().in_cell(cell) {
            Named::One(choice, _) => Ok(Some(choice)),
            Named::Several(choices) => Err(self.ambiguous(cell, &choices)),
            Named::Nothing if is_unranked(cell) => Ok(None),
            Named::Nothing => Err(self.unknown(cell)),
        }
    }

    /// Returns the choices that are ticked in the columns of their own. Where none is, but one is marked as not ticked, that
    /// picks no choice.
    fn ticked(&self, cells: &[(Slot, &str)]) -> Result<Answer, WrongAnswer> {
        let (mut picks, mut was_asked) = (Vec::new(), false);
        for (slot, cell) in cells {
            let Slot::Choice(choice) = *slot else { continue };
            if matches!(self.question.kind, Kind::Rank { .. }) || is_nothing(cell) {
                continue;
            }
            let is_own_text =
                matches!(self.names().in_cell(cell), Named::One(own, fold) if own == choice && fold > NameFold::Id);
            match Tick::new(cell) {
                // A choice that is called "No" cannot be told from one that is not ticked.
                Some(Tick::Unticked) if is_own_text => return Err(self.unknown(cell)),
                Some(Tick::Unticked) => was_asked = true,
                Some(Tick::Ticked) => picks.push(choice),
                None if is_own_text => picks.push(choice),
                None if matches!(self.names().in_cell(cell), Named::One(own, NameFold::Id) if own == choice) => {
                    picks.push(choice);
                }
                None => return Err(self.unknown(cell)),
            }
        }
        match (picks.is_empty(), was_asked) {
            (false, _) => self.picks(picks),
            (true, true) => Ok(self.none()),
            (true, false) => Ok(Answer::Skip),
        }
    }
}

/// Returns true if a cell is blank or has a word for no answer.
fn is_nothing(cell: &str) -> bool {
    let folded = fold(cell);
    folded.is_empty() || folded == SKIP || NOTHING.contains(&folded.as_str()) || NONE.contains(&folded.as_str())
}

/// Returns true if a cell gives a choice no place, or a place no choice.
fn is_unranked(cell: &str) -> bool {
    Tick::new(cell) == Some(Tick::Unticked) || is_nothing(cell)
}
