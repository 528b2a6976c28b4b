//! Ends of asking before all questions are answered.

use crate::cli::error::Error;
use crate::terminal::PromptError;

/// Exit status of a quiz left by Ctrl-C or `q`.
const LEFT: u8 = 130;

/// Exit status where the input ended before the quiz, or has a line that is no answer.
const ENDED: u8 = 2;

pub(crate) enum Unfinished {
    /// The person throws away what was saved and leaves.
    Discarded,
    /// The person, a signal or the end of the input stops the prompt.
    Stopped { stopped: PromptError, signal: Option<u8> },
}

impl<E: Into<PromptError>> From<E> for Unfinished {
    fn from(error: E) -> Self {
        Self::Stopped { stopped: error.into(), signal: None }
    }
}

impl Unfinished {
    /// Adds the signal that came meanwhile.
    pub(crate) fn with_signal(self, signal: Option<u8>) -> Self {
        match self {
            Self::Stopped { stopped, .. } => Self::Stopped { stopped, signal },
            Self::Discarded => self,
        }
    }
}

/// Returns the error of a quiz that was left, with the status that says how; `farewell` says what has become of the
/// answers.
pub(crate) fn error(stopped: PromptError, signal: Option<u8>, farewell: String) -> Error {
    let status = match (signal, &stopped) {
        (Some(signal), _) => 128 + signal,
        (None, PromptError::Ended | PromptError::Refused { .. }) => ENDED,
        (None, PromptError::Quit | PromptError::Interrupted) => LEFT,
        (None, PromptError::Failed(_)) => return Error::Terminal { stopped },
    };
    Error::Left { status, stopped, kept: farewell }
}
