//! Plans toward several roles, side by side.

use crate::bank::Role;

use super::{Pace, Plan, TooLong, Wishes};

/// One plan a role, made of the same wishes at the same pace.
#[derive(Clone, Debug)]
pub struct Comparison<'b> {
    /// In the order the roles were given; what each shares with all others is pointed out in it.
    pub plans: Vec<Plan<'b>>,
}

impl<'b> Comparison<'b> {
    /// Plans toward each of the roles.
    ///
    /// # Errors
    ///
    /// When a plan would run past the end of the calendar.
    pub fn new(roles: &[&'b Role], wishes: &Wishes<'_>, pace: Pace) -> Result<Self, TooLong> {
        let plan = |role: &&'b Role| Plan::new(role, wishes, pace).map(|plan| plan.beside(roles));
        Ok(Self { plans: roles.iter().map(plan).collect::<Result<_, _>>()? })
    }
}
