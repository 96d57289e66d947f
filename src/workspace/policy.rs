use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::{Decimal, dec};
use serde::{Deserialize, Serialize};

use crate::model::{Currency, Money};

/// What one unit of a currency is worth in the reporting currency, and since when.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// Units of the reporting currency for one unit of the currency.
    pub worth: Decimal,
    /// The day the rate is of.
    pub on: Date,
}

/// Thresholds, rates and rules. Each figure can be altered; each default has a source or a reason.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// The currency of totals.
    pub currency: Currency,
    /// Exchange rates into it.
    pub rates: BTreeMap<Currency, Rate>,
    /// Days without activity after which a paid seat counts as unused. 90 is what most tools and contracts use.
    pub unused_after_days: u32,
    /// The same for single apps, by app key.
    pub unused_after_days_by_app: BTreeMap<String, u32>,
    /// Days a new account may stay without activity.
    pub grace_days: u32,
    /// Somebody who is suspended has no access, so that what is left of it is orphaned; otherwise only who has left.
    pub suspended_have_left: bool,
    /// The seat of somebody on leave is in use, although nobody uses it; otherwise it is unused as any other.
    pub leave_keeps_seats: bool,
    /// Mail domains of the organization. Empty: those of the directory's own people.
    pub owned_domains: Vec<String>,
    /// A former domain and the one that replaced it: the same name before the `@` is the same person.
    pub domain_aliases: BTreeMap<String, String>,
    /// Words, beyond those the program knows, that mark an account as no person's when they stand in the name before the
    /// `@`, the sign-in name or the display name.
    #[serde(rename = "service_rules")]
    pub service_words: BTreeMap<String, ServiceClass>,
    /// Words the program knows that do not count here.
    pub service_words_off: BTreeSet<String>,
    /// Cost of an hour of IT work. $60.00: the rate that fits three published guides' hours and labor cost.
    pub labor_rate: Money,
    /// IT hours a year for each active person and app managed by hand. 0.20293: 101.47 hours for 500 people, a published
    /// aggregate over companies.
    pub hours_per_person: Decimal,
    /// How hours are estimated where nothing else is said for an app.
    pub labor: LaborEstimate,
    /// The same for single apps, by app key.
    pub labor_by_app: BTreeMap<String, LaborEstimate>,
    /// What a bottom-up estimate counts.
    pub bottom_up: BottomUp,
    /// Yearly cost of one orphaned account in compliance misses. 248.71: $1,741 for 7 of them, same aggregate.
    pub cost_per_orphan: Money,
    /// Yearly flat fee of an automation service for one app. 5,000: published as "under $5K a year, any team size".
    pub flat_fee: Money,
    /// The same for single apps, by app key: an offer the user has.
    pub flat_fee_by_app: BTreeMap<String, Money>,
    /// The plan an upgrade goes to, by app key; otherwise the first that brings SCIM.
    pub upgrade_to: BTreeMap<String, String>,
    /// Share of labor that remains when an app is automated: exceptions, access reviews. A fifth, by assumption.
    pub residual_labor: Decimal,
    /// Seats kept above those in use, as a share of them; at least one seat.
    pub seat_buffer: Decimal,
    /// Years that scenarios are compared over.
    pub horizon_years: u32,
    /// What money a year later is worth less.
    pub discount_rate: Decimal,
    /// What vendors add to the price at each renewal.
    pub uplift: Decimal,
    /// One-off hours to set up SAML and SCIM for an app: two working days, by assumption.
    pub scim_setup_hours: Decimal,
    /// One-off hours to hand an app over to an automation service: half a day, by assumption.
    pub automation_setup_hours: Decimal,
    /// Minutes to look at one account in a clean-up and remove it, by assumption.
    pub cleanup_minutes_per_account: Decimal,
    /// A deleted user must be recoverable: speaks against automation that deletes for good.
    pub recovery_needed: bool,
}

impl Default for Policy {
    fn default() -> Self {
        let usd = |amount| Money::new(amount, Currency::USD);
        Self {
            currency: Currency::USD,
            rates: BTreeMap::new(),
            unused_after_days: 90,
            unused_after_days_by_app: BTreeMap::new(),
            grace_days: 30,
            suspended_have_left: true,
            leave_keeps_seats: true,
            owned_domains: Vec::new(),
            domain_aliases: BTreeMap::new(),
            service_words: BTreeMap::new(),
            service_words_off: BTreeSet::new(),
            labor_rate: usd(dec!(60)),
            hours_per_person: dec!(0.20293),
            labor: LaborEstimate::Benchmark,
            labor_by_app: BTreeMap::new(),
            bottom_up: BottomUp::default(),
            cost_per_orphan: usd(dec!(248.71)),
            flat_fee: usd(dec!(5000)),
            flat_fee_by_app: BTreeMap::new(),
            upgrade_to: BTreeMap::new(),
            residual_labor: dec!(0.2),
            seat_buffer: dec!(0.05),
            horizon_years: 3,
            discount_rate: dec!(0.08),
            uplift: Decimal::ZERO,
            scim_setup_hours: dec!(16),
            automation_setup_hours: dec!(4),
            cleanup_minutes_per_account: dec!(15),
            recovery_needed: true,
        }
    }
}

impl Policy {
    /// Days without activity after which a seat of an app counts as unused.
    pub fn unused_after(&self, app_key: &str) -> u32 {
        self.unused_after_days_by_app.get(app_key).copied().unwrap_or(self.unused_after_days)
    }

    /// Whether accounts find the same owners under another policy. What is not known to be without influence counts.
    pub fn matches_as(&self, other: &Self) -> bool {
        let Self { unused_after_days, unused_after_days_by_app, grace_days, suspended_have_left, .. } = other.clone();
        let as_other = Self {
            unused_after_days,
            unused_after_days_by_app,
            grace_days,
            suspended_have_left,
            leave_keeps_seats: other.leave_keeps_seats,
            ..self.with_money_of(other)
        };
        as_other == *other
    }

    /// Whether accounts are found to be the same under another policy that gives them the same owners.
    pub fn finds_as(&self, other: &Self) -> bool {
        self.with_money_of(other) == *other
    }

    /// This policy with all of another one that only prices and compares.
    fn with_money_of(&self, other: &Self) -> Self {
        let other = other.clone();
        Self {
            currency: other.currency,
            rates: other.rates,
            labor_rate: other.labor_rate,
            hours_per_person: other.hours_per_person,
            labor: other.labor,
            labor_by_app: other.labor_by_app,
            bottom_up: other.bottom_up,
            cost_per_orphan: other.cost_per_orphan,
            flat_fee: other.flat_fee,
            flat_fee_by_app: other.flat_fee_by_app,
            upgrade_to: other.upgrade_to,
            residual_labor: other.residual_labor,
            seat_buffer: other.seat_buffer,
            horizon_years: other.horizon_years,
            discount_rate: other.discount_rate,
            uplift: other.uplift,
            scim_setup_hours: other.scim_setup_hours,
            automation_setup_hours: other.automation_setup_hours,
            cleanup_minutes_per_account: other.cleanup_minutes_per_account,
            recovery_needed: other.recovery_needed,
            ..self.clone()
        }
    }

    /// Reports in another currency. Entered rates are worth something in the old one: they are turned by its rate, or dropped
    /// where there is none, since a rate read in another currency would be wrong without anybody noticing.
    pub fn report_in(&mut self, currency: Currency) {
        if currency == self.currency {
            return;
        }
        let old = self.rates.remove(&currency).filter(|rate| !rate.worth.is_zero());
        let rates = std::mem::take(&mut self.rates);
        if let Some(old) = old {
            let turned = |worth: Decimal| worth / old.worth;
            self.rates = rates
                .into_iter()
                .map(|(other, rate)| (other, Rate { worth: turned(rate.worth), on: rate.on.min(old.on) }))
                .collect();
            self.rates.insert(self.currency, Rate { worth: turned(Decimal::ONE), on: old.on });
        }
        self.currency = currency;
    }

    /// How the hours of an app are estimated.
    pub fn labor_estimate(&self, app_key: &str) -> LaborEstimate {
        self.labor_by_app.get(app_key).copied().unwrap_or(self.labor)
    }

    /// What an automation service asks a year for an app.
    pub fn fee_for(&self, app_key: &str) -> Money {
        self.flat_fee_by_app.get(app_key).copied().unwrap_or(self.flat_fee)
    }
}

/// How the IT hours of an app are estimated.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum LaborEstimate {
    /// A published aggregate, scaled by the people who work here.
    #[default]
    Benchmark,
    /// Joiners, leavers, movers and access reviews, times the minutes each takes.
    BottomUp,
    /// The user's own figure.
    Hours {
        /// Hours a year.
        hours: Decimal,
    },
}

/// What a bottom-up estimate of hours counts. People who come and go are measured from the directory where it has the dates.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BottomUp {
    /// People who join within a year, in place of those measured.
    pub joiners: Option<u32>,
    /// People who leave within a year, in place of those measured.
    pub leavers: Option<u32>,
    /// People whose access changes within a year; no directory tells, so none until it is entered.
    pub movers: u32,
    /// Minutes to give, change or end one access: a ticket, a sign-in to the app, a note, by assumption.
    pub minutes_per_change: Decimal,
    /// Access reviews a year: quarterly, as auditors ask of most systems.
    pub reviews_a_year: u32,
    /// Minutes to look at one account in a review, by assumption.
    pub minutes_per_review: Decimal,
}

impl Default for BottomUp {
    fn default() -> Self {
        Self {
            joiners: None,
            leavers: None,
            movers: 0,
            minutes_per_change: dec!(20),
            reviews_a_year: 4,
            minutes_per_review: dec!(2),
        }
    }
}

/// What stands behind an account that is no person's.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceClass {
    /// A program.
    Service,
    /// Another app.
    Integration,
    /// Several people, or a room or a desk.
    Shared,
    /// A test.
    Test,
}

impl ServiceClass {
    /// All classes, in the order of lists.
    pub const ALL: [Self; 4] = [Self::Service, Self::Integration, Self::Shared, Self::Test];

    /// Reads the word used in files.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "service" => Some(Self::Service),
            "integration" => Some(Self::Integration),
            "shared" => Some(Self::Shared),
            "test" => Some(Self::Test),
            _ => None,
        }
    }
}
