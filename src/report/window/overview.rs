//! The overview of a result, whatever shows it.

use crate::bank::Resource;

/// The way on that a person has from a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextSteps {
    /// Keys are read under it.
    Keys,
    /// Nobody reads keys, and commands go on.
    Commands,
}

/// A result at a glance. A terminal shows it in one window, and a page begins with it.
#[derive(Debug)]
pub(in crate::report) struct Overview<'r> {
    pub(in crate::report) verdict: String,
    /// All roles, the best first.
    pub(in crate::report) fits: Vec<OverviewFit<'r>>,
    pub(in crate::report) parts: Vec<OverviewPart<'r>>,
    /// The signs of careless answers, `None` without any.
    pub(in crate::report) remark: Option<String>,
}

/// A role with its fit.
#[derive(Debug)]
pub(in crate::report) struct OverviewFit<'r> {
    pub(in crate::report) role: &'r str,
    pub(in crate::report) fit: f64,
    /// The number of its activities that are liked, in words; `None` where it has none.
    pub(in crate::report) liked: Option<String>,
}

/// Lines under one title.
#[derive(Debug)]
pub(in crate::report) struct OverviewPart<'r> {
    pub(in crate::report) title: &'static str,
    /// True if its lines are the sentences of one paragraph.
    pub(in crate::report) is_prose: bool,
    pub(in crate::report) lines: Vec<OverviewLine<'r>>,
}

/// One thing that is said of a result.
#[derive(Debug)]
pub(in crate::report) struct OverviewLine<'r> {
    /// The time of a step of the plan, `None` for what is no step.
    pub(in crate::report) time: Option<&'static str>,
    pub(in crate::report) text: String,
    /// The main resource of a step.
    pub(in crate::report) resource: Option<&'r Resource>,
    pub(in crate::report) priority: Priority,
}

/// The order in which lines give way where there is little room, the first ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum Priority {
    /// The meaning of a figure.
    Explanation,
    /// Plan lines after the present step, and further jobs.
    Later,
    FurtherReason,
    FurtherSureness,
    /// Signs of careless answers, and the place where the result is kept.
    Remark,
    Reason,
    Sureness,
    /// The whole plan in one line.
    Span,
    /// Something to begin with.
    Start,
    /// Never given up.
    Always,
}

impl OverviewLine<'_> {
    pub(super) fn new(text: impl Into<String>, priority: Priority) -> Self {
        Self { time: None, text: text.into(), resource: None, priority }
    }
}

impl<'r> OverviewPart<'r> {
    pub(super) fn list(title: &'static str, lines: Vec<OverviewLine<'r>>) -> Self {
        Self { title, is_prose: false, lines }
    }
}
