//! How the days of an account go with those of a person.

use jiff::civil::Date;

use super::model::{Comparison, End, Standing, Start};
use super::{Fact, PersonId};
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

/// When people were here.
pub(super) struct Tenures {
    days: Vec<Days>,
    /// The days directory records were made tell when people came.
    records_tell: bool,
}

impl Tenures {
    /// `days` are those of each person.
    pub(super) fn new(days: Vec<Days>) -> Self {
        Self { days, records_tell: false }
    }

    fn of(&self, person: PersonId) -> Days {
        self.days.get(person.index()).copied().unwrap_or_default()
    }

    /// Says whether the days on which directory records were made tell when people came. They do not where the directory
    /// is younger than the company.
    pub(super) fn trust_records(&mut self, trusted: bool) {
        self.records_tell = trusted;
    }

    /// Whether a person has left or is suspended.
    pub(super) fn is_gone(&self, person: PersonId) -> bool {
        self.of(person).gone
    }

    /// The day a person came, as far as a directory tells.
    pub(super) fn came(&self, person: PersonId) -> Option<Date> {
        let days = self.of(person);
        days.hired.or(days.recorded.filter(|_| self.records_tell))
    }

    /// How many days a person had been here when an account was made; the most where that is not known, or it was before.
    pub(super) fn days_before(&self, account: &AccountRecord, person: PersonId) -> i32 {
        let created = account.created.map(Moment::date);
        let days = created.zip(self.came(person)).and_then(|(created, came)| created.since(came).ok());
        days.map(|days| days.get_days()).filter(|days| *days >= -EARLY).unwrap_or(i32::MAX)
    }

    /// How the days of an account go with those of a person.
    pub(super) fn dates(&self, account: &AccountRecord, person: PersonId) -> (Start, End) {
        let days = self.of(person);
        (start(account, self.came(person), days.left), end(account, days))
    }

    /// The same, by the day on which the directory's record was made.
    pub(super) fn start_by_record(&self, account: &AccountRecord, person: PersonId) -> Start {
        let days = self.of(person);
        start(account, days.recorded, None)
    }

    /// Whether an account is open, and a person here.
    pub(super) fn standing(&self, account: &AccountRecord, person: PersonId) -> Standing {
        match (account.status.is_closed(), self.is_gone(person)) {
            (false, false) => Standing::Open,
            (true, false) => Standing::Closed,
            (false, true) => Standing::OpenAfter,
            (true, true) => Standing::ClosedAfter,
        }
    }

    /// What the first day says, the last one, and whether both are still there.
    pub(super) fn facts(&self, account: &AccountRecord, person: PersonId, compared: &Comparison) -> [Option<Fact>; 3] {
        let left = self.of(person).left;
        let came = self.came(person);
        let created = account.created.map(Moment::date);
        let start = match compared.start {
            Start::AtHire => created.zip(came).map(|(created, hired)| Fact::MadeAtHire {
                days: created.since(hired).map_or(0, |span| span.get_days()),
            }),
            Start::Later => created.zip(came).map(|_| Fact::MadeAfterHire),
            Start::BeforeHire => came.map(Fact::OlderThanHire),
            Start::AfterLeaving => left.map(Fact::MadeAfterLeaving),
            Start::Unknown => None,
        };
        let end = match compared.end {
            End::AfterLeaving => left.map(Fact::UsedAfterLeaving),
            End::Within | End::Unknown => None,
        };
        let (is_closed, is_gone) = (account.status.is_closed(), self.is_gone(person));
        // What is usual need not be told.
        let standing = (is_closed || is_gone).then_some(Fact::Standing { is_closed, is_gone });
        [start, end, standing]
    }
}

/// An account made this many days before a person's first day was made for that day.
const EARLY: i32 = 30;

/// An account made up to this many days after a person's first day was made for that person's start.
const SOON: i32 = 45;

/// A last activity up to this many days after somebody left may be that of the offboarding.
const LATE: i32 = 7;

/// How the first day of an account goes with the day a person came, and the one on which they left.
fn start(account: &AccountRecord, came: Option<Date>, left: Option<Date>) -> Start {
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
fn end(account: &AccountRecord, days: Days) -> End {
    match (account.last_active, days.left) {
        (Seen::At(moment), Some(left)) if moment.date().since(left).is_ok_and(|span| span.get_days() > LATE) => {
            End::AfterLeaving
        }
        (Seen::At(_), Some(_)) => End::Within,
        _ => End::Unknown,
    }
}
