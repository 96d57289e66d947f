//! How the days of an account go with those of a person.

use jiff::civil::Date;

use super::model::{End, Start};
use crate::import::AccountRecord;
use crate::model::{Moment, Seen};

/// The days that bound a person's time here.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Days {
    pub(super) hired: Option<Date>,
    pub(super) recorded: Option<Date>,
    pub(super) left: Option<Date>,
    pub(super) gone: bool,
}

/// An account made this many days before a person's first day was made for that day.
pub(super) const EARLY: i32 = 30;

/// An account made up to this many days after a person's first day was made for that person's start.
const SOON: i32 = 45;

/// A last activity up to this many days after somebody left may be that of the offboarding.
const LATE: i32 = 7;

/// How the first day of an account goes with the day a person came, and the one on which they left.
pub(super) fn start(account: &AccountRecord, came: Option<Date>, left: Option<Date>) -> Start {
    let created = account.created.map(Moment::date);
    let used = match account.last_active {
        Seen::At(moment) => Some(moment.date()),
        _ => None,
    };
    if let (Some(created), Some(left)) = (created, left)
        && created > left
    {
        return Start::AfterLeaving;
    }
    let Some(came) = came else { return Start::Unknown };
    let days_after = |day: Date| day.since(came).map_or(0, |span| span.get_days());
    match (created.map(days_after), used.map(days_after)) {
        (_, Some(used)) if used < -EARLY => Start::BeforeHire,
        (Some(created), _) if created < -EARLY => Start::BeforeHire,
        (Some(created), _) if created <= SOON => Start::AtHire,
        (Some(_), _) => Start::Later,
        (None, _) => Start::Unknown,
    }
}

/// How its last activity goes with a person's last day. Of who is here it says nothing.
pub(super) fn end(account: &AccountRecord, days: Days) -> End {
    match (account.last_active, days.left) {
        (Seen::At(moment), Some(left)) if moment.date().since(left).is_ok_and(|span| span.get_days() > LATE) => {
            End::AfterLeaving
        }
        (Seen::At(_), Some(_)) => End::Within,
        _ => End::Unknown,
    }
}
