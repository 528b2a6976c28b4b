//! Where the cells and rows of a text end, found before any cell is looked at: what is done with one cell then need not
//! wait for the end of the cell before.

use wide::u8x16;

/// The ends of a text's cells and rows, where a row is a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// Places of separators and line breaks, in their order. Only the first ones count; the rest is left from longer texts.
    places: Vec<u32>,
    count: usize,
    /// How many of them there are up to each line break.
    ends: Vec<usize>,
}

/// A line of a text, and where its cells end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells<'r> {
    pub(super) text: &'r [u8],
    pub(super) from: usize,
    /// The end of the line, without its line break.
    pub(super) to: usize,
    /// The end of each cell, that of the last one with its line break; nothing for a line without one.
    pub(super) ends: &'r [u32],
}

impl<'r> Cells<'r> {
    /// The bytes of the line.
    pub(super) fn line(self) -> &'r [u8] {
        self.text.get(self.from..self.to).unwrap_or_default()
    }

    /// Where each cell begins and ends.
    #[inline]
    pub(super) fn places(self) -> impl ExactSizeIterator<Item = (usize, usize)> + use<'r> {
        let mut from = self.from;
        self.ends.iter().map(move |&end| {
            let cell = (from, self.to.min(end as usize));
            from = end as usize + 1;
            cell
        })
    }
}

impl Marks {
    /// Looks a text through, which has less than 4 GiB.
    pub(super) fn find(&mut self, text: &[u8], separator: u8) {
        self.count = 0;
        self.ends.clear();
        let [one, two] = [separator, b'\n'].map(u8x16::splat);
        let (chunks, rest) = text.as_chunks::<64>();
        let mut from = 0;
        for chunk in chunks {
            let (quarters, _) = chunk.as_chunks::<16>();
            let (mut separators, mut breaks) = (0, 0);
            for quarter in quarters.iter().rev().copied().map(u8x16::new) {
                separators = separators << 16 | u64::from(quarter.simd_eq(one).to_bitmask());
                breaks = breaks << 16 | u64::from(quarter.simd_eq(two).to_bitmask());
            }
            self.add(from, separators, breaks);
            from += 64;
        }
        let mask = |byte: u8| rest.iter().rev().fold(0, |mask, other| mask << 1 | u64::from(*other == byte));
        self.add(from, mask(separator), mask(b'\n'));
    }

    /// Every line of the text that was looked through.
    pub(super) fn lines<'r>(&'r self, text: &'r [u8]) -> impl Iterator<Item = Cells<'r>> {
        let places = self.places.get(..self.count).unwrap_or_default();
        let mut ends = self.ends.iter();
        let (mut from, mut first) = (0, 0);
        std::iter::from_fn(move || {
            if from >= text.len() {
                return None;
            }
            let end = ends.next().copied().unwrap_or(self.count);
            let all = places.get(first..end).unwrap_or_default();
            let line_break = all.last().map(|&end| end as usize).filter(|&end| text.get(end) == Some(&b'\n'));
            let (ends, to) = line_break.map_or((&[][..], text.len()), |end| (all, end));
            let is_return = from < to && text.get(to - 1) == Some(&b'\r');
            let cells = Cells { text, from, to: to - usize::from(is_return), ends };
            (from, first) = (to + 1, end);
            Some(cells)
        })
    }

    /// Writes down the places that are set in the masks of separators and line breaks.
    #[inline]
    fn add(&mut self, from: u32, separators: u64, mut breaks: u64) {
        let mut mask = separators | breaks;
        while breaks != 0 {
            let before = mask & (breaks ^ (breaks - 1));
            self.ends.push(self.count + before.count_ones() as usize);
            breaks &= breaks - 1;
        }
        if self.places.len() < self.count + 64 {
            self.places.resize(2 * (self.count + 64), 0);
        }
        let Some(room) = self.places.get_mut(self.count..).and_then(<[u32]>::first_chunk_mut::<64>) else { return };
        let mut found = 0;
        while mask != 0 {
            room[found % 64] = from + mask.trailing_zeros();
            mask &= mask - 1;
            found += 1;
        }
        self.count += found;
    }
}
