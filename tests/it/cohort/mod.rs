//! What a group's answers say together: figures held against every sheet, what is kept back, and the command.

pub(crate) mod command;
mod figures;
mod score;
mod simulated;
mod small;
mod spreadsheet;

use pathquiz::internals::bank::{Bank, Question, Sheet, Verdict};
use pathquiz::internals::cohort::{Cohort, SheetSigns, Summary};
use pathquiz::internals::scoring::{Careless, Flag, Scored, Scorer};

use crate::support::Spec;

/// The bank of a specification, which must be one.
fn bank(roles: usize, specs: &[Spec]) -> Bank {
    crate::support::bank(roles, specs).unwrap()
}

/// Sheets by the outcome of each question; nothing given is skipped.
fn sheets<'b>(bank: &'b Bank, people: &[Vec<Option<usize>>]) -> Vec<Sheet<'b>> {
    people.iter().map(|outcomes| crate::support::sheet(bank, outcomes)).collect()
}

/// One sheet scored the plain way, by way of its answers, to hold faster ways against.
fn score(scorer: &Scorer<'_>, sheet: &Sheet<'_>) -> (Vec<Option<u16>>, Scored) {
    let outcome = |question: &Question| {
        let place = question.outcomes().iter().position(|outcome| Some(outcome) == sheet.answer(question));
        place.map(|place| u16::try_from(place).unwrap())
    };
    let outcomes: Vec<Option<u16>> = scorer.model().questions().map(outcome).collect();
    let (score, recommendation) = (scorer.score(sheet), scorer.recommend(sheet));
    let fit = |role: usize| score.fits.iter().find(|fit| fit.index == role).unwrap().fit;
    let (thresholds, chance) = (scorer.bank().thresholds(), recommendation.chance.unwrap());
    let by_lead = match recommendation.verdict {
        Verdict::Neither if chance <= thresholds.clear + 1e-9 => Verdict::Clear,
        Verdict::Neither if chance <= thresholds.close + 1e-9 => Verdict::Lean,
        Verdict::Neither => Verdict::Close,
        other => other,
    };
    let result = Scored {
        top_two: (score.fits[0].index, score.fits[1].index),
        role: score.leader().map(|leader| leader.index),
        verdict: by_lead,
        verdict_if_disliked: if by_lead == Verdict::Insufficient { by_lead } else { Verdict::Neither },
        lead: recommendation.lead,
        chance: recommendation.chance,
        coverage: recommendation.coverage,
        fits: (0..score.fits.len()).map(fit).collect(),
    };
    (outcomes, result)
}

fn summary<'m>(scorer: &'m Scorer<'m>, sheets: &[Sheet<'_>]) -> Summary<'m> {
    let mut summary = Summary::new(scorer);
    let careless = Careless::new(scorer.model());
    for sheet in sheets {
        let (outcomes, result) = score(scorer, sheet);
        let flags = careless.flags(careless.items().iter().map(|&item| outcomes[item]));
        let dislikes_all = scorer.activities().are_disliked(|item| outcomes[item]);
        summary.add(&outcomes, &result, SheetSigns { flags, dislikes_all });
    }
    summary
}

fn cohort<'m>(scorer: &'m Scorer<'m>, sheets: &[Sheet<'_>]) -> Cohort<'m> {
    Cohort::new(&summary(scorer, sheets), 0, &Flag::ALL)
}
