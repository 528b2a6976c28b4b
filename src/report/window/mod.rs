//! The result at a glance, which fits into one window: its content, and its layout on a terminal.

mod content;
mod layout;
mod overview;

pub use layout::WindowFrame;
pub use overview::NextSteps;
