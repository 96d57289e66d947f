use super::{Case, Kind, Reason};
use crate::correlate::Link;

/// A program's or shared account: listed, never counted as waste silently.
pub(super) fn rule(case: &Case<'_>) -> Option<(Kind, Reason)> {
    (case.outcome.link == Link::Service).then_some((Kind::Service, Reason::Service))
}
