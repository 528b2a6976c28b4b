//! What a group's answers say, for a coach or an author of questions: one sequence of blocks that every format shows, and a
//! JSON document.

mod block;
mod content;
mod html;
mod json;
mod markdown;
mod text;
mod words;

pub use html::cohort_html;
pub use json::cohort_json;
pub use markdown::cohort_markdown;
pub use text::cohort_text;
