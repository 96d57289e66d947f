use super::{Billed, Case, Kind, Reason};
use crate::import::AccountStatus;
use crate::model::{Moment, Seen};

/// Whether the seat of somebody who works here is used. Always speaks: what no other rule claims ends here.
pub(super) fn rule(case: &Case<'_>) -> Option<(Kind, Reason)> {
    let account = case.account;
    if case.billed == Billed::No {
        let reason = if account.status == AccountStatus::Invited { Reason::Invited } else { Reason::NoPaidSeat };
        return Some((Kind::InUse, reason));
    }
    if case.policy.leave_keeps_seats && case.owner.is_some_and(|owner| owner.on_leave) {
        return Some((Kind::InUse, Reason::OnLeave));
    }
    Some(match account.last_active {
        // Nobody can have used what nobody has accepted; without its day the invitation may be of yesterday.
        Seen::NotReported if account.status == AccountStatus::Invited && account.created.is_some() => never(case),
        Seen::NotReported => (Kind::Unknown, Reason::ActivityNotReported),
        Seen::Never => never(case),
        Seen::At(moment) => {
            let last = moment.date();
            let days = case.as_of.since(last).map_or(0, |span| span.get_days());
            if i64::from(days) > i64::from(case.threshold) {
                (Kind::Unused, Reason::InactiveSince { last, days, threshold: case.threshold })
            } else {
                (Kind::InUse, Reason::Active { last })
            }
        }
    })
}

/// Never active: waste, unless it is new. An account without a date of creation is as old as its owner's record at most.
fn never(case: &Case<'_>) -> (Kind, Reason) {
    let owner = case.owner.map(|owner| owner.record);
    let since = case.account.created.or_else(|| owner?.hired.or(owner?.created)).map(Moment::date);
    match since {
        Some(since)
            if case.as_of.since(since).map_or(0, |span| span.get_days()) <= case.policy.grace_days.cast_signed() =>
        {
            (Kind::InUse, Reason::New { since })
        }
        _ if case.account.status == AccountStatus::Invited => {
            (Kind::Unused, Reason::NotAccepted { since: case.account.created.map(Moment::date) })
        }
        since => (Kind::Unused, Reason::NeverActive { since }),
    }
}
