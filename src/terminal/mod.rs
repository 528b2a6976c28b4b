//! Asks a person. An [`Interview`] goes from question to question and knows no terminal; a [`Prompt`] asks one question
//! and knows no other. [`KeyPrompt`] reads single keys, [`LinePrompt`] typed lines, and the prompts of tests a list.

#![allow(
    missing_docs,
    clippy::missing_errors_doc,
    clippy::must_use_candidate,
    reason = "tests alone reach it from outside"
)]

mod answer_counts;
mod frame;
mod interview;
mod key;
mod key_prompt;
mod line_prompt;
mod menu;
mod paint;
mod prompt;
mod session;
mod view;

pub use answer_counts::AnswerCounts;
pub use frame::{Capabilities, Frame, FrameLine, LineStyle, Size};
pub use interview::Interview;
pub use key::{Key, KeyDecoder};
pub use key_prompt::KeyPrompt;
pub use line_prompt::{LinePrompt, LineSource};
pub use menu::{Menu, MenuMessage, MenuOutcome};
pub use prompt::{EarlyStop, LastStep, Position, Prompt, PromptError, PromptStep, ReviewEntry, Screen};
pub use session::{Event, Session, Terminal, Timeout};
pub use view::{help as help_view, question as question_view, review as review_view};
