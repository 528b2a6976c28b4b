//! Sentences with figures in them; headings and labels stand where they are laid out.

pub(super) mod cohort;
mod date;
mod overview;
mod plan;
mod result;
mod result_comparison;

pub(super) use date::DateStyle;
pub(super) use overview::{
    COMPARE, FITS, TRIAL, answer_more, certainties, evidence_needed, first_step, headline, later_steps, liked_of,
    plan_anyway, reasons, short_span, topics_liked_most,
};
pub(super) use plan::{
    OUTLOOK, alternative, as_of, certification, comparison_title, dates, hours, long_plan, phase, phase_span,
    phase_title, plan_title, resource_kind, span, successors, weeks,
};
pub(crate) use result::careless_remark;
pub(super) use result::{
    ELSEWHERE, MIDDLE, basis, flips, liked, liked_most, plan_all_the_same, sentence, sureness, undecided, verdict,
};
pub(super) use result_comparison::{lead_change, rescaled};
