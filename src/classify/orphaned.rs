use super::{Case, Kind, Reason};
use crate::correlate::{Fact, Link, Stranger};
use crate::import::PersonStatus;

/// Access whose owner left or is suspended, or that nobody owns.
pub(super) fn rule(case: &Case<'_>) -> Option<(Kind, Reason)> {
    // Of all it may be, that it is nobody's is the likeliest.
    if case.outcome.otherwise == Some(Stranger::Unknown) {
        return Some((Kind::Orphaned, Reason::LikelyNobody));
    }
    let reason = match (case.owner, &case.outcome.link) {
        (Some(owner), _) if owner.status == PersonStatus::Suspended => {
            if !case.policy.suspended_have_left {
                return None;
            }
            Reason::OwnerSuspended(owner.left)
        }
        (Some(owner), _) if owner.status.is_gone() => Reason::OwnerLeft(owner.left),
        (None, Link::Nobody) => match case.outcome.evidence().first().map(|evidence| &evidence.fact) {
            Some(Fact::Decided) => Reason::DecidedNobody,
            Some(Fact::DecidedPersonMissing(_)) => Reason::DecidedPersonMissing,
            _ => Reason::NotInDirectory,
        },
        _ => return None,
    };
    Some((Kind::Orphaned, reason))
}
