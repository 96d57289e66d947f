//! Figures of the policy that price and compare: shown as text with their source, and read from it.

use rust_decimal::Decimal;

use super::format;
use super::terms::{PEOPLE_WORDS, REVIEW_WORDS, amount, percent, whole};
use crate::import::typed_amount;
use crate::model::{Currency, Money};
use crate::workspace::{LaborEstimate, Policy};

/// A figure that can be set.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Hash)]
pub enum Figure {
    /// The currency of totals.
    Currency,
    /// What an hour of IT work costs.
    LaborRate,
    /// Hours a year for each person and app.
    HoursPerPerson,
    /// What an orphaned account costs a year.
    CostPerOrphan,
    /// What an automation service asks a year.
    FlatFee,
    /// The share of labor that remains when an app is automated.
    ResidualLabor,
    /// Seats kept above those in use.
    SeatBuffer,
    /// What vendors add at each renewal.
    Uplift,
    /// Hours to set SCIM up.
    ScimSetup,
    /// Hours to hand an app over.
    AutomationSetup,
    /// Minutes for each account in a clean-up.
    CleanupMinutes,
    /// People who join within a year.
    Joiners,
    /// People who leave within a year.
    Leavers,
    /// People whose access changes within a year.
    Movers,
    /// Minutes for each of them.
    MinutesPerChange,
    /// Access reviews a year.
    Reviews,
    /// Minutes for each account in one.
    MinutesPerReview,
}

impl Figure {
    /// What prices and compares.
    pub const MONEY: [Self; 11] = [
        Self::Currency,
        Self::LaborRate,
        Self::HoursPerPerson,
        Self::CostPerOrphan,
        Self::FlatFee,
        Self::ResidualLabor,
        Self::SeatBuffer,
        Self::Uplift,
        Self::ScimSetup,
        Self::AutomationSetup,
        Self::CleanupMinutes,
    ];

    /// What a bottom-up estimate of hours counts.
    pub const BOTTOM_UP: [Self; 6] =
        [Self::Joiners, Self::Leavers, Self::Movers, Self::MinutesPerChange, Self::Reviews, Self::MinutesPerReview];

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Currency => "Currency of totals",
            Self::LaborRate => "Labor rate an hour",
            Self::HoursPerPerson => "Hours a year, by person and app",
            Self::CostPerOrphan => "Cost of an orphaned account a year",
            Self::FlatFee => "Automation fee a year and app",
            Self::ResidualLabor => "Labor that remains when automated",
            Self::SeatBuffer => "Seats kept above those in use",
            Self::Uplift => "Rise of prices at each renewal",
            Self::ScimSetup => "Hours to set SCIM up, once",
            Self::AutomationSetup => "Hours to hand an app over, once",
            Self::CleanupMinutes => "Minutes by account in a clean-up",
            Self::Joiners => "Joiners a year",
            Self::Leavers => "Leavers a year",
            Self::Movers => "Movers a year",
            Self::MinutesPerChange => "Minutes for each of them and app",
            Self::Reviews => "Access reviews a year",
            Self::MinutesPerReview => "Minutes by account in a review",
        }
    }

    /// The word used on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Currency => "currency",
            Self::LaborRate => "labor-rate",
            Self::HoursPerPerson => "hours-per-person",
            Self::CostPerOrphan => "cost-per-orphan",
            Self::FlatFee => "fee",
            Self::ResidualLabor => "residual-labor",
            Self::SeatBuffer => "seat-buffer",
            Self::Uplift => "uplift",
            Self::ScimSetup => "scim-setup-hours",
            Self::AutomationSetup => "automation-setup-hours",
            Self::CleanupMinutes => "cleanup-minutes",
            Self::Joiners => "joiners",
            Self::Leavers => "leavers",
            Self::Movers => "movers",
            Self::MinutesPerChange => "minutes-per-change",
            Self::Reviews => "reviews",
            Self::MinutesPerReview => "minutes-per-review",
        }
    }

    /// The figure of a word.
    pub fn parse(id: &str) -> Option<Self> {
        Self::MONEY.into_iter().chain(Self::BOTTOM_UP).find(|figure| figure.id() == id)
    }

    /// Where the figure it has without being set comes from.
    pub fn source(self) -> &'static str {
        match self {
            Self::Currency => "Amounts in other currencies are converted by the rates below",
            Self::LaborRate => "$60.00: the rate that fits the hours and labor cost of three published guides",
            Self::HoursPerPerson => "0.20293: 101.47 hours for 500 people, a published aggregate over companies",
            Self::CostPerOrphan => "$248.71: $1,741 for 7 accounts, the same aggregate",
            Self::FlatFee => "$5,000: published as under $5K a year, whatever the team size",
            Self::ResidualLabor => "20%: exceptions and access reviews, by assumption",
            Self::SeatBuffer => "5%, at least one seat, by assumption",
            Self::Uplift => "0%: a contract can have a rise of its own",
            Self::ScimSetup => "16: two working days for SAML and SCIM, by assumption",
            Self::AutomationSetup => "4: half a day, by assumption",
            Self::CleanupMinutes => "15, by assumption",
            Self::Joiners => "Measured from hire dates of the directory; enter a number to use it instead",
            Self::Leavers => "Measured from leave dates of the directory; enter a number to use it instead",
            Self::Movers => "No directory tells; none until you enter them",
            Self::MinutesPerChange => "20: a ticket, a sign-in to the app, a note, by assumption",
            Self::Reviews => "4: quarterly, as auditors ask of most systems",
            Self::MinutesPerReview => "2, by assumption",
        }
    }

    /// What it is now.
    pub fn shown(self, policy: &Policy) -> String {
        let plain = |number: Decimal| number.normalize().to_string();
        let effort = &policy.bottom_up;
        match self {
            Self::Currency => policy.currency.to_string(),
            Self::LaborRate => format::money_exact(policy.labor_rate),
            Self::HoursPerPerson => plain(policy.hours_per_person),
            Self::CostPerOrphan => format::money_exact(policy.cost_per_orphan),
            Self::FlatFee => format::money_trim(policy.flat_fee),
            Self::ResidualLabor => format::percent(policy.residual_labor),
            Self::SeatBuffer => format::percent(policy.seat_buffer),
            Self::Uplift => format::percent(policy.uplift),
            Self::ScimSetup => plain(policy.scim_setup_hours),
            Self::AutomationSetup => plain(policy.automation_setup_hours),
            Self::CleanupMinutes => plain(policy.cleanup_minutes_per_account),
            Self::Joiners => effort.joiners.map_or_else(String::new, |number| number.to_string()),
            Self::Leavers => effort.leavers.map_or_else(String::new, |number| number.to_string()),
            Self::Movers => effort.movers.to_string(),
            Self::MinutesPerChange => plain(effort.minutes_per_change),
            Self::Reviews => effort.reviews_a_year.to_string(),
            Self::MinutesPerReview => plain(effort.minutes_per_review),
        }
    }

    /// Sets it to what was entered; nothing entered goes back to what it is without being set.
    ///
    /// # Errors
    /// What was expected, in a sentence.
    pub fn enter(self, text: &str, policy: &mut Policy) -> Result<(), String> {
        let text = text.trim();
        let before = Policy::default();
        let unset = self.shown(&before);
        let text = if text.is_empty() { unset.as_str() } else { text };
        let people =
            |text: &str| if text.is_empty() { Ok(None) } else { whole(text, PEOPLE_WORDS, MOST_PEOPLE).map(Some) };
        let money = |old: Money| typed_amount(text, old.currency).map(|(amount, own)| Money::new(amount, own));
        match self {
            Self::Currency => {
                policy.report_in(Currency::parse(text).map_err(|fault| fault.to_string())?);
            }
            Self::LaborRate => policy.labor_rate = money(policy.labor_rate)?,
            Self::HoursPerPerson => policy.hours_per_person = amount(text)?,
            Self::CostPerOrphan => policy.cost_per_orphan = money(policy.cost_per_orphan)?,
            Self::FlatFee => policy.flat_fee = money(policy.flat_fee)?,
            Self::ResidualLabor => policy.residual_labor = percent(text)?,
            Self::SeatBuffer => policy.seat_buffer = percent(text)?,
            Self::Uplift => policy.uplift = percent(text)?,
            Self::ScimSetup => policy.scim_setup_hours = amount(text)?,
            Self::AutomationSetup => policy.automation_setup_hours = amount(text)?,
            Self::CleanupMinutes => policy.cleanup_minutes_per_account = amount(text)?,
            Self::Joiners => policy.bottom_up.joiners = people(text)?,
            Self::Leavers => policy.bottom_up.leavers = people(text)?,
            Self::Movers => policy.bottom_up.movers = whole(text, PEOPLE_WORDS, MOST_PEOPLE)?,
            Self::MinutesPerChange => policy.bottom_up.minutes_per_change = amount(text)?,
            Self::Reviews => policy.bottom_up.reviews_a_year = whole(text, REVIEW_WORDS, MOST_REVIEWS)?,
            Self::MinutesPerReview => policy.bottom_up.minutes_per_review = amount(text)?,
        }
        Ok(())
    }
}

/// More people than any company has.
const MOST_PEOPLE: u32 = 10_000_000;
/// One a day.
const MOST_REVIEWS: u32 = 366;

/// How hours are estimated, with labels, in the order of lists.
pub const ESTIMATES: [(LaborEstimate, &str); 2] =
    [(LaborEstimate::Benchmark, "Published aggregate"), (LaborEstimate::BottomUp, "Bottom-up")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_entered_is_shown() {
        let check = |figure: Figure, text: &str, expect: &str| {
            let mut policy = Policy::default();
            let shown = figure.enter(text, &mut policy).map_or_else(|fault| fault, |()| figure.shown(&policy));
            assert_eq!(shown, expect, "{figure:?} {text}");
        };
        check(Figure::Currency, "eur", "EUR");
        check(Figure::Currency, "", "USD");
        check(Figure::LaborRate, "75.5", "$75.50");
        check(Figure::LaborRate, "lots", "\"lots\" is no amount; expected a number such as 29.50");
        check(Figure::ResidualLabor, "35%", "35%");
        check(Figure::ResidualLabor, "-5", "\"-5\" is no percentage; expected a number from 0 to below 100");
        check(Figure::Joiners, "120", "120");
        check(Figure::Joiners, "", "");
        check(Figure::Movers, "", "0");
        check(Figure::HoursPerPerson, "", "0.20293");
    }

    /// What a figure is without being set can be entered again.
    #[test]
    fn unset_figures_can_be_entered() {
        for figure in Figure::MONEY.into_iter().chain(Figure::BOTTOM_UP) {
            let mut policy = Policy::default();
            let shown = figure.shown(&policy);
            assert_eq!(figure.enter(&shown, &mut policy), Ok(()), "{figure:?}");
            assert_eq!(policy, Policy::default(), "{figure:?}");
            assert!(!figure.source().is_empty() && !figure.label().is_empty());
        }
    }
}
