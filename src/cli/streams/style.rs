//! Decides how text may look where it goes: width, characters, colour and links.

use std::env;

use console::Term;

use crate::cli::args::ColorWhen;
use crate::report::Style;

/// Columns where neither terminal nor environment tells how many there are.
const DEFAULT_COLUMNS: usize = 80;

/// Most columns that anything is fitted to, whatever the environment says.
const MAX_COLUMNS: usize = 1_000;

pub(crate) fn stdout_style(color: ColorWhen) -> Style {
    let links = color != ColorWhen::Never && !is_accessible() && !is_dumb();
    let links = links && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    Style { links, ..style(Some(Term::stdout()), color) }
}

pub(crate) fn stderr_style(color: ColorWhen) -> Style {
    style(Some(Term::stderr()), color)
}

pub(crate) fn file_style(color: ColorWhen) -> Style {
    style(None, color)
}

fn style(stream: Option<Term>, color: ColorWhen) -> Style {
    let terminal = stream.filter(Term::is_term);
    let columns = terminal.as_ref().and_then(Term::size_checked).map(|(_, columns)| usize::from(columns));
    let given = variable("COLUMNS").and_then(|columns| columns.parse().ok()).filter(|&columns| columns > 0);
    // One that may lack block characters.
    let is_simple = terminal.is_some() && (is_dumb() || variable("TERM").is_some_and(|term| term == "linux"));
    Style {
        width: columns.filter(|&columns| columns > 0).or(given).unwrap_or(DEFAULT_COLUMNS).min(MAX_COLUMNS),
        unicode: is_utf8() && !is_simple,
        color: match color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto if variable("NO_COLOR").is_some() || is_accessible() => false,
            ColorWhen::Auto if variable("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
            ColorWhen::Auto => {
                terminal.is_some() && !is_dumb() && variable("CLICOLOR").is_none_or(|value| value != "0")
            }
        },
        links: false,
    }
}

pub(crate) fn is_dumb() -> bool {
    variable("TERM").is_none_or(|term| term == "dumb")
}

/// Returns true if somebody asks all programs for lines instead of pictures.
pub(crate) fn is_accessible() -> bool {
    is_set("ACCESSIBLE")
}

/// Returns true if a variable of the environment asks for something: it is neither empty nor 0 nor false.
pub(crate) fn is_set(name: &str) -> bool {
    variable(name).is_some_and(|value| value != "0" && value != "false")
}

/// Returns true if the locale writes UTF-8; the first variable that is set decides.
fn is_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable);
    locale.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// Returns a variable of the environment, `None` if it is not set or empty.
fn variable(name: &str) -> Option<String> {
    env::var_os(name).filter(|value| !value.is_empty()).map(|value| value.to_string_lossy().into_owned())
}
