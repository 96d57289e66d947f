use super::{Case, Kind, Reason};

/// Disabled or deleted in the app: kept for history, never waste.
pub(super) fn rule(case: &Case<'_>) -> Option<(Kind, Reason)> {
    case.account.status.is_closed().then_some((Kind::Closed, Reason::ClosedInApp))
}
