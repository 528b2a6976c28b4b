//! From a sheet to a verdict: fits, contributions, chance, recommendation and flips; from many sheets to their reliability.
//! Pure and deterministic: equal sheets give equal bits.
//!
//! ```text
//! Bank → Model (constants) → Scorer (chance, remembered) → Score (fits) → verdict → Recommendation | Scored
//! ```

#![allow(missing_docs, reason = "names that say it all need no more")]

mod audit;
mod axis;
mod bank_comparison;
mod careless;
mod chance;
mod early_stop;
mod flip;
mod key_table;
mod lead_change;
mod lead_error;
mod liking;
mod measure;
mod model;
mod neither;
mod num;
mod persona;
mod quick;
mod recommendation;
pub(crate) mod reliability;
mod score;
mod scored;
mod scorer;
mod threads;
mod topics;
mod verdict;

pub use audit::{
    Attainability, Audit, DominatedChoice, MeanImbalance, PatternAudit, PositionPattern, QuestionAudit, QuickShare,
    RoleAudit,
};
pub use bank_comparison::{BankComparison, BankResult, ResultChange, WeightChange};
pub use careless::{AnswerRun, Careless, Flag, Flags};
pub use chance::Chance;
pub use early_stop::{LeadBounds, SettledOutcome};
pub use flip::{AnswerChange, Flip};
pub(crate) use key_table::KeyTable;
pub use lead_change::{ChangedContribution, LeadChange};
pub use lead_error::LeadError;
pub use liking::{Activities, Level, Liking, StepSum};
pub use measure::ActivityCounts;
pub use model::{Constants, Model};
pub use neither::NeitherChance;
pub use persona::{Mismatch, mismatches, persona_sheet};
pub use quick::{Forecast, Prediction};
pub use recommendation::Recommendation;
pub use score::{Contribution, Fit, Score};
pub use scored::Scored;
pub use scorer::Scorer;
pub(crate) use threads::lock;
pub use topics::TopicLead;
pub use verdict::Length;

#[cfg(test)]
pub(crate) mod tests {
    use std::fmt::Write as _;

    use crate::bank::{Answer, Bank, Response, Sheet};

    /// Returns a bank of single questions by what each choice gives each role.
    pub(crate) fn bank(questions: &[&[&[i64]]]) -> Bank {
        parse(&text(&[], questions))
    }

    /// Returns a bank of scale questions by their keys.
    pub(crate) fn scales<const ROLES: usize>(keys: &[[i64; ROLES]]) -> Bank {
        parse(&text(&keys.iter().map(|key| &key[..]).collect::<Vec<_>>(), &[]))
    }

    pub(crate) fn parse(text: &str) -> Bank {
        Bank::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    /// Returns the file of a bank of scale questions by their keys, and single questions behind them.
    pub(crate) fn text(keys: &[&[i64]], questions: &[&[&[i64]]]) -> String {
        let mut text = "format = 1\nid = \"test\"\nversion = \"1\"\ntitle = \"Test\"\n".to_owned();
        let roles = keys.first().map_or_else(|| questions[0][0].len(), |key| key.len());
        for role in 0..roles {
            let _ = write!(text, "[[role]]\nid = \"r{role}\"\nname = \"Role {role}\"\nsummary = \"-\"\n");
        }
        for (question, key) in keys.iter().enumerate() {
            let key = points(key);
            let _ = write!(text, "[[question]]\nid = \"s{question}\"\ntext = \"?\"\nkind = \"scale\"\nkey = {key}\n");
        }
        for (question, choices) in questions.iter().enumerate() {
            let _ = write!(text, "[[question]]\nid = \"q{question}\"\ntext = \"?\"\nkind = \"single\"\n");
            for (choice, given) in choices.iter().enumerate() {
                let given = points(given);
                let _ = write!(text, "[[question.choice]]\nid = \"c{choice}\"\ntext = \"-\"\npoints = {given}\n");
            }
        }
        text
    }

    fn points(points: &[i64]) -> String {
        let points = points.iter().enumerate().filter(|(_, points)| **points != 0);
        let points: Vec<String> = points.map(|(role, points)| format!("r{role} = {points}")).collect();
        format!("{{ {} }}", points.join(", "))
    }

    /// Returns a bank of questions with two choices, one for each of two roles, with these weights.
    pub(crate) fn coins(weights: &[i64]) -> Bank {
        let choices: Vec<[[i64; 2]; 2]> = weights.iter().map(|&weight| [[weight, 0], [0, weight]]).collect();
        let choices: Vec<[&[i64]; 2]> = choices.iter().map(|[one, two]| [&one[..], &two[..]]).collect();
        bank(&choices.iter().map(|choices| &choices[..]).collect::<Vec<_>>())
    }

    /// Returns the sheet of somebody who picks these choices: `x` leaves a question open, `-` skips it.
    pub(crate) fn sheet<'b>(bank: &'b Bank, picks: &str) -> Sheet<'b> {
        let mut sheet = Sheet::new(bank);
        for (question, pick) in bank.questions.iter().zip(picks.chars()).filter(|(_, pick)| *pick != 'x') {
            let answer = pick.to_digit(10).map_or(Answer::Skip, |pick| Answer::Picks(vec![pick as usize]));
            sheet.put(Response { question, answer });
        }
        sheet
    }
}
