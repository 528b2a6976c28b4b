//! Many sheets: scored on several threads, then written in the order of their rows, or summed up.
//!
//! ```text
//! RowBlock → Respondent (outcomes) → ResultCache → Scored ┬→ line of the output, in the order of the rows
//!                                                         └→ Summary → Cohort
//! ```

#![allow(missing_docs, reason = "names that say it all need no more")]

mod digits;
mod figures;
mod group;
mod histogram;
mod line;
mod ordered_pool;
mod question;
mod result_cache;
mod row_figures;
mod score;
mod subscale;
mod summary;

pub use digits::Digits;
pub use figures::{Cohort, Details, Distribution, Homogeneity, LeadSummary, Reliability, RoleSummary};
pub use group::{GroupSize, MIN_GROUP};
pub use histogram::Histogram;
pub use question::{Judgement, MIN_JUDGES, QuestionStats, QuestionSummary};
pub use score::{Options, Totals, score, summarise};
pub use summary::{SheetSigns, Summary};
