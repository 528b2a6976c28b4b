//! The tests of the program and of its library, by layer: this file is their table of contents. Tests of a single
//! algorithm stand beside it in `src`; sessions in a terminal are `tests/pty`; what the program prints is `tests/cmd`.
#![allow(clippy::cast_precision_loss, reason = "there are a few thousand sheets at most")]
#![allow(clippy::format_collect, clippy::format_push_string, reason = "the texts are short")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop right there")]

mod support;

/// Question banks: what is wrong with them, what ships, and how two of them differ.
mod bank {
    mod diff;
    mod malformed;
    mod mistakes;
    mod problems;
    mod shipped;
    mod starter;
}

/// Files of answers.
mod answers {
    mod exports;
    mod packed;
    mod refused;
}

/// Constants, fits, chances and verdicts, held against brute force and numbers computed elsewhere.
mod scoring {
    mod audit;
    mod measurement;
    mod properties;
    mod scorer;
    mod vectors;
    mod verdict;
}

/// Study plans and their calendar.
mod plan {
    mod calendar;
    mod schedule;
}

/// Many sheets: the commands `score` and `cohort`.
mod cohort;

/// Reports in every format, JSON documents and their schemas.
mod report {
    mod figures;
    mod formats;
    mod measured;
    mod schema;
    mod wire;
}

/// The command line: its documents, outputs and completion.
mod cli {
    #[cfg(unix)]
    mod completion;
    mod documents;
    #[cfg(unix)]
    mod kept;
    mod output;
}

/// Layers and the other rules of the source tree.
mod architecture;
