//! What a group's answers say together: figures held against every sheet, what is kept back, and the command.

mod careless;
pub(crate) mod command;
mod figures;

mod score;
mod small;

use pathquiz::bank::{Bank, Question, Role, Sheet};
use pathquiz::cohort::{Careless, Cohort, Flag, Scored, Summary};
use pathquiz::scoring::{Model, Recommendation};

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
struct Respondent<'m> {
    recommendation: Recommendation<'m>,
    outcomes: Vec<Option<u16>>,
    sums: Vec<i128>,
}

impl<'m> Respondent<'m> {
    fn new(model: &'m Model<'m>, sheet: &Sheet<'_>) -> Self {
        let outcome = |question: &Question| {
            let place = question.outcomes().iter().position(|outcome| Some(outcome) == sheet.answer(question));
            place.map(|place| u16::try_from(place).unwrap())
        };
        let outcomes: Vec<Option<u16>> = model.questions().map(outcome).collect();
        let mut sums = vec![0; model.bank().roles.len()];
        for (item, way) in outcomes.iter().enumerate().filter_map(|(item, way)| way.map(|way| (item, way))) {
            let centred = model.centred(item, usize::from(way));
            sums.iter_mut().zip(centred).for_each(|(sum, points)| *sum += points);
        }
        Self { recommendation: model.recommend(sheet), outcomes, sums }
    }

    /// What a summary takes.
    fn scored(&self, model: &Model<'_>) -> Scored<'_> {
        let Self { recommendation, outcomes, sums } = self;
        let careless = Careless::new(model);
        let role = |led: &Role| model.bank().roles.iter().position(|role| role.id == led.id);
        Scored {
            outcomes,
            sums,
            verdict: recommendation.verdict,
            role: recommendation.role.and_then(role),
            lead: recommendation.lead,
            flags: careless.flags(careless.items().iter().map(|&item| outcomes[item])),
        }
    }
}

fn summary<'m>(model: &'m Model<'m>, sheets: &[Sheet<'_>]) -> Summary<'m> {
    let mut summary = Summary::new(model);
    for sheet in sheets {
        summary.add(&Respondent::new(model, sheet).scored(model));
    }
    summary
}

fn cohort<'m>(model: &'m Model<'m>, sheets: &[Sheet<'_>]) -> Cohort<'m> {
    Cohort::new(&summary(model, sheets), 0, &Flag::ALL)
}
