//! The texts by which cells, lists and the cells of several columns are looked up, and what decodes each.

use crate::bank::{Answer, ProblemKind};

use super::spelling::{ChoiceNames, Slot};

/// Stands in front of a list, and behind each item of one and each cell of several. No text in UTF-8 has it.
const END: u8 = 0xFF;

/// Stands in front of the cells of several columns. No text in UTF-8 has it either.
const COLUMNS: u8 = 0xFE;

/// Finds out what a looked up text answers to a question.
pub(super) type Decode = fn(&ChoiceNames<'_>, &[u8]) -> Result<Answer, ProblemKind>;

/// Decodes the text of one cell, in UTF-8.
pub(super) fn decode_cell(names: &ChoiceNames<'_>, cell: &[u8]) -> Result<Answer, ProblemKind> {
    names.text(&String::from_utf8_lossy(cell)).map_err(ProblemKind::Answer)
}

/// Returns the text by which a list is looked up.
pub(super) fn list<'t>(items: impl Iterator<Item = &'t str>) -> Vec<u8> {
    let mut text = vec![END];
    items.for_each(|item| text.extend(item.bytes().chain([END])));
    text
}

/// Decodes what [`list`] returns.
pub(super) fn decode_list(names: &ChoiceNames<'_>, text: &[u8]) -> Result<Answer, ProblemKind> {
    let items = text.split(|byte| *byte == END).skip(1).map(|item| String::from_utf8_lossy(item).into_owned());
    let mut items: Vec<String> = items.collect();
    items.pop();
    names.list(&items).map_err(ProblemKind::Answer)
}

/// Begins the text by which the cells of several columns are looked up.
pub(super) fn begin_columns(text: &mut Vec<u8>) {
    text.clear();
    text.push(COLUMNS);
}

/// Adds a cell to it.
pub(super) fn push_column(slot: Slot, cell: &[u8], text: &mut Vec<u8>) {
    let (kind, position) = match slot {
        Slot::Whole => (0, 0),
        Slot::Choice(choice) => (1, choice),
        Slot::Place(place) => (2, place),
    };
    // No question has more than sixty choices.
    text.extend([kind, u8::try_from(position).unwrap_or(u8::MAX)]);
    text.extend(cell.iter().copied().chain([END]));
}

/// Decodes what [`push_column`] has made.
pub(super) fn decode_columns(names: &ChoiceNames<'_>, text: &[u8]) -> Result<Answer, ProblemKind> {
    let mut rest = text.get(1..).unwrap_or_default();
    let mut cells = Vec::new();
    while let [kind, position, cell @ ..] = rest {
        let slot = match kind {
            0 => Slot::Whole,
            1 => Slot::Choice(usize::from(*position)),
            _ => Slot::Place(usize::from(*position)),
        };
        let length = memchr::memchr(END, cell).unwrap_or(cell.len());
        cells.push((slot, String::from_utf8_lossy(&cell[..length]).into_owned()));
        rest = cell.get(length + 1..).unwrap_or_default();
    }
    let cells: Vec<(Slot, &str)> = cells.iter().map(|(slot, cell)| (*slot, cell.as_str())).collect();
    names.columns(&cells).map_err(ProblemKind::Answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::spelling::FirstStep;
    use crate::bank::Bank;

    #[test]
    fn cells_of_several_columns_are_decoded_together() {
        let bank = Bank::parse(include_bytes!("../../tests/data/banks/team.toml")).unwrap();
        let decode = |id: &str, cells: &[(Slot, &str)]| {
            let mut text = Vec::new();
            begin_columns(&mut text);
            for (slot, cell) in cells {
                push_column(*slot, cell.as_bytes(), &mut text);
            }
            decode_columns(&ChoiceNames::new(bank.question(id).unwrap(), FirstStep::One), &text)
        };
        let (whole, choice, place) = (Slot::Whole, Slot::Choice, Slot::Place);
        let picks = |picks: &[usize]| Ok(Answer::Picks(picks.to_vec()));
        assert_eq!(decode("likes", &[(choice(0), "0"), (choice(1), "1"), (choice(3), "x")]), picks(&[1, 3]));
        assert_eq!(decode("likes", &[(choice(0), "Wood, metal and glue"), (choice(1), "")]), picks(&[0]));
        assert_eq!(decode("likes", &[(choice(0), "0.0"), (choice(1), "")]), picks(&[]));
        assert_eq!(decode("likes", &[(choice(0), ""), (choice(1), "NA")]), Ok(Answer::Skip));
        assert_eq!(decode("likes", &[(whole, "wood people"), (choice(0), "1"), (choice(1), "1")]), picks(&[0, 1]));
        assert!(decode("likes", &[(whole, "wood"), (choice(0), "0")]).is_err(), "both, and different");
        assert!(
            decode("likes", &[(choice(0), "2")]).is_err() && decode("likes", &[(choice(0), "Giving talks")]).is_err()
        );
        assert_eq!(decode("order", &[(place(0), "help"), (place(1), "Making"), (place(2), "rest")]), picks(&[1, 0]));
        assert_eq!(decode("order", &[(choice(0), "2"), (choice(1), "1st"), (choice(2), "3")]), picks(&[1, 0]));
        assert!(decode("order", &[(choice(0), "1"), (choice(1), "1")]).is_err());
        assert!(decode("order", &[(place(1), "help"), (place(2), "rest")]).is_err(), "nothing on the first place");
        assert_eq!(decode("tools", &[(whole, ""), (whole, "very much")]), picks(&[4]));
        assert!(decode("tools", &[(whole, "1"), (whole, "2")]).is_err());
    }
}
