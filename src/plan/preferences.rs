//! The answers that shape a plan and no score.

use crate::bank::Sheet;

/// The answers that shape a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanPreferences<'b> {
    /// Tags of certifications that suit.
    pub tags: Vec<&'b str>,
    /// Ids of steps that are known already.
    pub known: Vec<&'b str>,
    /// Hours a week there are for studying.
    pub hours_per_week: Option<u32>,
}

impl<'b> PlanPreferences<'b> {
    /// Returns the preferences on a sheet; of several hours a week the last counts.
    pub fn new(sheet: &Sheet<'b>) -> Self {
        let mut preferences = Self::default();
        for (question, answer) in sheet.responses() {
            for choice in answer.picks().iter().filter_map(|pick| question.choices.get(*pick)) {
                preferences.tags.extend(choice.effect.prefers.iter().map(String::as_str));
                preferences.known.extend(choice.effect.knows.iter().map(String::as_str));
                preferences.hours_per_week = choice.effect.hours_per_week.or(preferences.hours_per_week);
            }
        }
        preferences
    }
}
