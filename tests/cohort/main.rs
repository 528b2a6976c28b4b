//! What a group's answers say together: figures held against every sheet, what is kept back, and the command.
#![allow(clippy::cast_precision_loss, reason = "there are a few hundred people at most")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop right there")]

mod careless;
mod command;
mod figures;
#[path = "../support/page.rs"]
mod page;
mod refused;
mod small;
#[path = "../support/mod.rs"]
mod support;

use pathquiz::bank::{Bank, Sheet};
use pathquiz::cohort::{Cohort, Flag, Respondent, Summary};
use pathquiz::scoring::Model;

use support::Spec;

/// The bank of a specification, which must be one.
fn bank(roles: usize, specs: &[Spec]) -> Bank {
    support::bank(roles, specs).unwrap()
}

/// Sheets by the outcome of each question; nothing given is skipped.
fn sheets<'b>(bank: &'b Bank, people: &[Vec<Option<usize>>]) -> Vec<Sheet<'b>> {
    people.iter().map(|outcomes| support::sheet(bank, outcomes)).collect()
}

fn summary<'m>(model: &'m Model<'m>, sheets: &[Sheet<'_>]) -> Summary<'m> {
    let mut summary = Summary::new(model);
    for sheet in sheets {
        summary.add(&Respondent::new(model, sheet).scored());
    }
    summary
}

fn cohort<'m>(model: &'m Model<'m>, sheets: &[Sheet<'_>]) -> Cohort<'m> {
    Cohort::new(&summary(model, sheets), 0, &Flag::ALL)
}
