//! Decides how much a sheet says: from coverage, liking and chance; after a quick stop it takes what `quick` foresees.
//!
//! p is how often random answers to the answered questions lead by at least as much. Below half of the coverage no role
//! is called, whatever p is, and who dislikes the activities of every role is recommended none.

use crate::bank::{Persona, Verdict};

use super::num::TOLERANCE;
use super::score::{MIN_COVERAGE, Score};

/// The part of the quiz that a result stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// The answered questions, as they are.
    Full,
    /// The whole quiz, predicted from a part by the quick rule where that allows it.
    Quick,
}

impl Length {
    /// Returns the length of the quiz that a persona takes.
    pub fn of(persona: &Persona) -> Self {
        if persona.quick { Self::Quick } else { Self::Full }
    }
}

/// A verdict with what it rests on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) verdict: Verdict,
    /// p, `None` after a quick stop, which would make it look rarer than it is.
    pub(super) chance: Option<f64>,
    pub(super) coverage: f64,
}

impl Decision {
    /// Returns the verdict on a sheet that dislikes the activities of every role. Where too little is answered there is none
    /// all the same, and after a quick stop the forecast knows of them.
    pub(super) fn or_neither(&self) -> Verdict {
        if self.chance.is_none() || self.verdict == Verdict::Insufficient { self.verdict } else { Verdict::Neither }
    }
}

impl Score<'_> {
    /// Decides how much the sheet says.
    pub(super) fn decide(&self, length: Length) -> Decision {
        let decision = self.decide_by_lead(length);
        let verdict = if self.is_neither() { decision.or_neither() } else { decision.verdict };
        Decision { verdict, ..decision }
    }

    /// Decides how much the sheet says, whatever the activities say by themselves.
    pub(super) fn decide_by_lead(&self, length: Length) -> Decision {
        let coverage = self.coverage();
        if let (Length::Quick, Some(prediction)) = (length, self.quick_stop()) {
            return Decision { verdict: prediction.verdict, chance: None, coverage };
        }
        let chance = self.scorer.chance_of(&self.answered_items(), self.gap());
        Decision { verdict: self.verdict(coverage, chance), chance: Some(chance), coverage }
    }

    /// Decides the verdict alone: p takes time, and decides only where enough is answered.
    pub(super) fn decide_verdict(&self, length: Length) -> Verdict {
        if self.coverage() < MIN_COVERAGE { Verdict::Insufficient } else { self.decide(length).verdict }
    }

    fn verdict(&self, coverage: f64, chance: f64) -> Verdict {
        let thresholds = self.bank().thresholds;
        if coverage < MIN_COVERAGE {
            Verdict::Insufficient
        } else if chance <= thresholds.clear + TOLERANCE {
            Verdict::Clear
        } else if chance <= thresholds.close + TOLERANCE {
            Verdict::Lean
        } else {
            Verdict::Close
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "what is compared is exact")]

    use super::*;
    use crate::scoring::scorer::Scorer;
    use crate::scoring::tests::{coins, sheet};

    /// Seven coins, all for one role, lead as far as 2 of 128 sheets; one for the other as far as 16 of 128.
    #[test]
    fn a_verdict_follows_from_coverage_and_chance() {
        let bank = coins(&[1; 7]);
        let scorer = Scorer::new(&bank);
        for (picks, verdict, chance) in [
            ("0000000", Verdict::Clear, 1.0 / 64.0),
            ("0000001", Verdict::Lean, 1.0 / 8.0),
            ("0000011", Verdict::Close, 29.0 / 64.0),
            ("000----", Verdict::Insufficient, 0.25),
            ("0000---", Verdict::Lean, 0.125),
        ] {
            let decision = scorer.score(&sheet(&bank, picks)).decide(Length::Full);
            assert_eq!((decision.verdict, decision.chance), (verdict, Some(chance)), "{picks}");
            assert_eq!(scorer.score(&sheet(&bank, picks)).decide_verdict(Length::Full), verdict);
        }
    }
}
