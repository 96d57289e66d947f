use super::{Case, Kind, Reason};
use crate::correlate::{Link, Stranger};
use crate::import::PersonKind;

/// Somebody of another organization, or a guest of the directory.
pub(super) fn rule(case: &Case<'_>) -> Option<(Kind, Reason)> {
    let guest = case.owner.is_some_and(|owner| owner.record.kind == PersonKind::Guest);
    let outside = case.outcome.link == Link::External || case.outcome.otherwise == Some(Stranger::Outside);
    (guest || outside).then_some((Kind::External, Reason::External))
}
