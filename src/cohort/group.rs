//! Groups of people by who leads on their sheets, and how large one has to be to be told about.

use crate::bank::Verdict;

/// Fewest people of a group that more is told about than how many they are: of fewer, each could be recognised.
pub const MIN_GROUP: u64 = 5;

/// Numbers of people, one a verdict.
pub(super) type ByVerdict = [u64; Verdict::ALL.len()];

/// The size of a group of people who have something in common.
#[derive(Clone, Debug)]
pub struct GroupSize {
    pub people: u64,
    /// The same by verdict; `None` for any group where a role or a verdict has so few people that they could be recognised,
    /// since what is left out of one group could be worked out from the others.
    pub verdicts: Option<Vec<(Verdict, u64)>>,
}

impl GroupSize {
    /// Returns the sizes of groups that everybody is in one of: one a role, those whom no role leads alone, and those who
    /// are recommended neither.
    pub(super) fn all(groups: &[ByVerdict]) -> Vec<Self> {
        let (roles, others) = groups.split_at(groups.len().saturating_sub(2));
        let mut sizes: Vec<u64> = by_verdict(groups).into_iter().chain(roles.iter().map(people)).collect();
        // A tie is too close to call by itself and `neither` is a group of its own, so a few of them tell nothing more, if
        // they are no more than that.
        let is_more = |group: &&ByVerdict| {
            let mut counts = Verdict::ALL.into_iter().zip(**group);
            counts.any(|(verdict, people)| people > 0 && !matches!(verdict, Verdict::Close | Verdict::Neither))
        };
        sizes.extend(others.iter().filter(is_more).map(people));
        let is_small = sizes.iter().any(|size| (1..MIN_GROUP).contains(size));
        let verdicts = |group: &ByVerdict| (!is_small).then(|| Verdict::ALL.into_iter().zip(*group).collect());
        groups.iter().map(|group| Self { people: people(group), verdicts: verdicts(group) }).collect()
    }
}

/// Returns how many people of all groups have each verdict.
pub(super) fn by_verdict(groups: &[ByVerdict]) -> ByVerdict {
    let mut all = ByVerdict::default();
    for group in groups {
        all.iter_mut().zip(group).for_each(|(all, people)| *all += people);
    }
    all
}

fn people(group: &ByVerdict) -> u64 {
    group.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns true if verdicts are told of groups with these numbers of clear, lean, close and insufficient.
    fn are_told(groups: &[ByVerdict]) -> bool {
        let all = GroupSize::all(groups);
        assert_eq!(
            all.iter().map(|group| group.people).collect::<Vec<_>>(),
            groups.iter().map(people).collect::<Vec<_>>()
        );
        assert!(all.iter().all(|group| group.verdicts.is_some() == all[0].verdicts.is_some()));
        all[0].verdicts.is_some()
    }

    #[test]
    fn verdicts_are_told_where_nobody_can_be_recognised() {
        assert!(
            are_told(&[[5, 0, 6, 0, 0], [3, 9, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 6, 0]]),
            "what counts is a verdict or a group as a whole"
        );
        assert!(!are_told(&[[4, 0, 6, 0, 0], [0, 9, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 6, 0]]), "four clear ones");
        assert!(
            !are_told(&[[2, 0, 2, 0, 0], [5, 9, 5, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 6, 0]]),
            "four people of a role"
        );
        assert!(
            are_told(&[[9, 0, 6, 0, 0], [0, 9, 0, 0, 0], [0, 0, 2, 0, 0], [0, 0, 0, 6, 0]]),
            "two ties are close by themselves"
        );
        assert!(
            !are_told(&[[9, 0, 6, 0, 0], [0, 9, 0, 0, 5], [0, 0, 1, 0, 1], [0, 0, 0, 6, 0]]),
            "unless they are not"
        );
        assert!(
            !are_told(&[[9, 0, 6, 0, 0], [0, 9, 0, 0, 0], [0; 5], [0, 0, 0, 4, 0]]),
            "four who are recommended neither"
        );
    }
}
