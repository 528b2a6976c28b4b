//! The table of spellings: words that mean the same to every question, all folded.

/// Words that form tools and spreadsheet programs write where no answer was given.
pub(super) const NOTHING: [&str; 16] = [
    "na", "n/a", "n.a", "#n/a", "#na", "<na>", "nan", "null", "nil", "\\n", "-", "--", "---", "-99", "-999", "(blank)",
];

/// Words for an answer that picks no choice.
pub(super) const NONE: [&str; 3] = ["none", "none of these", "none of the above"];

/// Marks of a choice that was ticked, in the column of that choice.
pub(super) const TICKED: [&str; 13] =
    ["1", "y", "yes", "true", "t", "checked", "ticked", "selected", "on", "x", "✓", "✔", "☑"];

/// Marks of one that was not.
pub(super) const UNTICKED: [&str; 11] =
    ["0", "n", "no", "false", "f", "unchecked", "unticked", "unselected", "not selected", "off", "☐"];

/// Words behind a number on a scale.
pub(super) const UNITS: [&str; 7] = ["stars", "star", "★", "points", "point", "pts", "pt"];

/// Words between a number on a scale and the number of its steps.
pub(super) const OF: [&str; 4] = ["out of", "of", "/", "von"];

/// Marks behind a required question.
pub(super) const REQUIRED: [&str; 4] = ["(required)", "[required]", "- required", "(mandatory)"];

/// Words between a question and its choice in a header, which mean no more.
pub(super) const BETWEEN: [&str; 14] = [
    "choice",
    "choices",
    "selected",
    "option",
    "response",
    "answer",
    "value",
    "rank",
    "ranking",
    "place",
    "position",
    "priority",
    "preference",
    "item",
];

/// Places of a ranking in words.
pub(super) const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// Words behind a question in the header of something that was asked beside it.
pub(super) const TAILS: [&str; 16] = [
    "other",
    "comment",
    "comments",
    "text",
    "specify",
    "time",
    "timing",
    "timestamp",
    "duration",
    "explain",
    "explanation",
    "note",
    "notes",
    "why",
    "do",
    "click",
];

/// Words that stand beside those, and by themselves in such a phrase.
pub(super) const TAIL_PHRASES: [&str; 3] = ["display order", "page submit", "click count"];
pub(super) const BESIDE_TAILS: [&str; 12] =
    ["please", "your", "own", "answer", "in", "display", "order", "page", "submit", "first", "last", "count"];

/// The cell of the second row of a header that says that the column holds the answer itself.
pub(super) const RESPONSE: [&str; 2] = ["response", "responses"];

/// Beginnings of what such a row says where people wrote words of their own.
pub(super) const OPEN_ENDED: [&str; 3] = ["open-ended", "other (", "other"];

/// The digit zero of other scripts, with nine digits behind each: Arabic, Persian, Devanagari, Bengali, Thai.
pub(super) const DIGIT_ZEROS: [char; 5] = ['\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{E50}'];
