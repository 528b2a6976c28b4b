//! How many people there are from 0 to 100 points, five by five.

const BINS: usize = 20;

const WIDTH: u32 = 5;

/// Points that are this little below a bin are in it: equal sums can differ in the last bits.
const SLACK: f64 = 1e-9;

/// Counts of people by points; who is on a border belongs above it, and 100 to the last bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    counts: [u64; BINS],
}

impl Histogram {
    /// Counts a person; more than 100 points count as 100 and less than none as none.
    pub fn add(&mut self, points: f64) {
        let borders = (1..).take(BINS - 1).map(|bin: u32| f64::from(WIDTH * bin));
        let bin = borders.filter(|border| points + SLACK >= *border).count();
        self.counts[bin] += 1;
    }

    pub fn merge(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| *count += more);
    }

    /// Returns every bin: from how many points to how many, and how many people.
    pub fn bins(&self) -> impl Iterator<Item = (u32, u32, u64)> {
        (0..).zip(&self.counts).map(|(bin, &count)| (WIDTH * bin, WIDTH * (bin + 1), count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_border_belongs_above_it_but_for_rounding_and_the_end() {
        let mut histogram = Histogram::default();
        for points in [0.0, 4.999, 5.0 - 1e-12, 5.0, 99.0, 100.0, 101.0, -1.0] {
            histogram.add(points);
        }
        let mut other = Histogram::default();
        other.add(50.0);
        histogram.merge(&other);
        let bins: Vec<(u32, u32, u64)> = histogram.bins().filter(|(_, _, people)| *people > 0).collect();
        assert_eq!(bins, [(0, 5, 3), (5, 10, 2), (50, 55, 1), (95, 100, 3)]);
    }
}
