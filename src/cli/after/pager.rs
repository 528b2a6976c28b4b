//! Shows long texts through a pager.

use std::env;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

/// Shows a text: by the pager that the environment names or else `less`, where it is longer than the window, and as it
/// is where it is not or no pager can be started.
pub(crate) fn show(text: &str, rows: usize) -> io::Result<()> {
    if text.lines().count() < rows && !text.is_empty() {
        return print(text);
    }
    let pager = env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty());
    let mut command = Command::new(if pager.is_some() { "sh" } else { "less" });
    if let Some(pager) = &pager {
        command.args(["-c", pager]);
    } else {
        command.arg("-FRX");
    }
    let Ok(mut child) = command.stdin(Stdio::piped()).spawn() else { return print(text) };
    if let Some(mut input) = child.stdin.take() {
        // Who has seen enough leaves the pager before its end.
        let _ = input.write_all(text.as_bytes());
    }
    let status = child.wait()?;
    // A shell starts although the pager that it should run is not there.
    if status.code() == Some(127) { print(text) } else { Ok(()) }
}

fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}
