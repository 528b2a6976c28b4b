//! Foreign text in a table that a spreadsheet program opens, which takes some of it for formulas (CWE-1236).

use std::borrow::Cow;

use super::table::write_cell;

/// Returns a text as a spreadsheet program shows it: with an apostrophe in front where it would run it as a formula.
pub(crate) fn spreadsheet_text(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Writes a cell of foreign text into a comma-separated row, quoted where it has to be.
#[inline]
pub(crate) fn write_text_cell(text: &str, out: &mut Vec<u8>) {
    write_cell(spreadsheet_text(text).as_bytes(), out);
}

/// Returns true if a whole text is a number, with a decimal point or comma.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.' || first == ',')
        && unsigned.replacen(',', ".", 1).parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_shown_and_not_run() {
        for text in
            ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", "-inf", "+49 170 1", "--5", "-", "="]
        {
            assert_eq!(spreadsheet_text(text), format!("'{text}"));
        }
        for text in ["Ada", "-5", "+5", "-1.5e3", "-1,5", "-.5", "", " =1", "'=1"] {
            assert_eq!(spreadsheet_text(text), text);
        }
    }
}
