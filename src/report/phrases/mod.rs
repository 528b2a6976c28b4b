//! Every sentence of a result, a plan and a group, whatever the format.

pub(super) mod cohort;
mod plan;
mod result;

pub(super) use plan::{
    OUTLOOK, alternative, certification, comparison_title, dates, hours, patience, phase, phase_span, phase_title,
    plan_title, resource_kind, span, successors, value, weeks,
};
pub(super) use result::{MIDDLE, NO_PLAN, basis, chance, flips, sentence, undecided, verdict};
