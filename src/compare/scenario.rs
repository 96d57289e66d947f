use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Flows, Pace, Setting, Upgrade, Worth};
use crate::catalog::Provisioning;
use crate::model::Money;
use crate::price::{Priced, Tariff, Unpriced, convert, month_of, rises, seats_needed, seats_to_keep};

/// A course of action.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum ScenarioKind {
    /// As now: the baseline.
    StayManual,
    /// Remove what is wasted, renew fewer seats, go on by hand.
    CleanUp,
    /// Buy the plan with SCIM.
    Upgrade,
    /// Let a service automate the present plan for a flat fee.
    Automate,
    /// Switch on the SCIM that the present plan includes.
    NativeScim,
}

impl ScenarioKind {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StayManual => "stay_manual",
            Self::CleanUp => "clean_up",
            Self::Upgrade => "upgrade",
            Self::Automate => "automate",
            Self::NativeScim => "native_scim",
        }
    }
}

/// Something other than money that speaks against a course of action.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Veto {
    /// The identity provider does not end accounts in this app.
    IdpWithoutScim {
        /// The identity provider.
        idp: String,
        /// What it can do.
        provisioning: Provisioning,
    },
    /// The catalog does not know what the identity provider can do with the app.
    IdpUnknown {
        /// The identity provider, if a directory tells.
        idp: Option<String>,
    },
    /// Deprovisioned users are gone for good.
    HardDelete,
    /// What happens to a deprovisioned user is not in the catalog.
    DeletionUnknown,
    /// The plan one goes to brings no SCIM.
    PlanWithoutScim {
        /// The plan.
        plan: String,
    },
    /// Whether the plan one goes to brings SCIM is not in the catalog.
    ScimUnknown {
        /// The plan.
        plan: String,
    },
    /// Something has to be in place first.
    Prerequisite(String),
    /// Something else binds the buyer.
    Constraint(String),
    /// No discount is published for this number of seats: the list price is taken.
    NoBand,
    /// The target's price is a "from" price.
    FromPrice,
    /// Public lists disagree about the target's price: it is a range.
    Disputed,
    /// The target's price is the user's own entry.
    OwnQuote,
}

/// A course of action and what it costs. The total counts each dollar once: license bill, labor, misses, fees, one-offs.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// What is done.
    pub kind: ScenarioKind,
    /// The plan bought, where it changes.
    pub plan: Option<String>,
    /// Seats paid for once it is done.
    pub seats: u32,
    /// Month by month.
    pub flows: Priced<Flows>,
    /// The same with the least and the greatest of what is open: the least price and what is certainly waste, the greatest price
    /// and all that may be waste. More waste also means fewer seats needed, so the second need not cost more.
    pub range: Priced<(Flows, Flows)>,
    /// Accounts of leavers are ended without anybody's doing.
    pub automated: bool,
    /// Cost of the first twelve months.
    pub year_1: Priced,
    /// Cost of a settled year.
    pub run_rate: Priced,
    /// Present value of all payments as a cash flow: a cost is negative.
    pub npv: Priced,
    /// Present value gained against staying manual; negative where it costs more.
    pub saving: Priced,
    /// Months until it has cost no more in all than staying manual.
    pub payback_months: Option<u32>,
    /// Smallest number of seats at which the upgrade costs more than the flat fee.
    pub break_even_seats: Option<u32>,
    /// What speaks against it, or must be done first.
    pub vetoes: Vec<Veto>,
}

/// A course of action before it is compared.
pub(super) struct Draft {
    pub(super) kind: ScenarioKind,
    plan: Option<String>,
    seats: u32,
    pub(super) flows: Priced<Flows>,
    automated: bool,
    vetoes: Vec<Veto>,
}

/// Which end of what is open figures are for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Bound {
    /// Least price, and only what is certain is waste.
    Low,
    /// What figures are shown with.
    Point,
    /// Greatest price, and all that waits is waste.
    High,
}

/// The courses of action that apply, the baseline first.
pub(super) fn drafts(setting: &Setting<'_>, bound: Bound) -> Vec<Draft> {
    let model = Model::new(setting, bound);
    let mut drafts = vec![model.stay_manual(), model.clean_up()];
    if setting.on_scim_plan() {
        drafts.push(model.native_scim());
    }
    drafts.extend(model.upgrade());
    drafts.push(model.automate());
    drafts
}

/// All courses of action that apply, the baseline first.
pub(super) fn all(setting: &Setting<'_>, upgrade: Option<&Upgrade>) -> Vec<Scenario> {
    let policy = setting.policy;
    let worth = Worth::new(policy.discount_rate, policy.horizon_years * 12);
    let point = drafts(setting, Bound::Point);
    let baseline = point.first().map(|draft| draft.flows.clone());
    let break_even = upgrade.and_then(|upgrade| upgrade.break_even_seats);
    let ends = drafts(setting, Bound::Low).into_iter().zip(drafts(setting, Bound::High));
    let finish = |(draft, (low, high)): (Draft, (Draft, Draft))| {
        let money = |amount: &dyn Fn(&Flows) -> Decimal| -> Priced {
            draft.flows.as_ref().map(|flows| Money::new(amount(flows), policy.currency)).map_err(Clone::clone)
        };
        let saving = match (&baseline, &draft.flows) {
            (Some(Ok(baseline)), Ok(flows)) => {
                Ok(Money::new(flows.npv(&worth) - baseline.npv(&worth), policy.currency))
            }
            (Some(Err(unpriced)), _) | (_, Err(unpriced)) => Err(unpriced.clone()),
            (None, Ok(_)) => Ok(Money::zero(policy.currency)),
        };
        let payback = match (&baseline, &draft.flows) {
            (Some(Ok(baseline)), Ok(flows)) if draft.kind != ScenarioKind::StayManual => flows.payback_months(baseline),
            _ => None,
        };
        let compared = matches!(draft.kind, ScenarioKind::Upgrade | ScenarioKind::Automate);
        Scenario {
            year_1: money(&Flows::year_1),
            run_rate: money(&Flows::run_rate),
            npv: money(&|flows| flows.npv(&worth)),
            saving,
            payback_months: payback,
            break_even_seats: break_even.filter(|_| compared),
            kind: draft.kind,
            plan: draft.plan,
            seats: draft.seats,
            range: low.flows.and_then(|low| Ok((low, high.flows?))),
            flows: draft.flows,
            automated: draft.automated,
            vetoes: draft.vetoes,
        }
    };
    point.into_iter().zip(ends).map(finish).collect()
}

fn amount(money: &Priced) -> Priced<Decimal> {
    money.as_ref().map(|money| money.amount).map_err(Clone::clone)
}

/// What all courses of action of one app share.
pub(super) struct Model<'a> {
    setting: &'a Setting<'a>,
    bound: Bound,
    months: u32,
    /// The first month at the smaller number of seats; it may be beyond the horizon.
    drop_month: Option<u32>,
    /// Months from which on a higher price is paid.
    rises: Vec<u32>,
    labor: Priced<Decimal>,
    misses: Priced<Decimal>,
    /// Seats of the present plan that are kept.
    kept: u32,
    /// Seats needed, whatever the plan.
    needed: u32,
}

/// As far as anything is looked ahead: fifty years.
const FARTHEST: u32 = 600;

impl<'a> Model<'a> {
    pub(super) fn new(setting: &'a Setting<'a>, bound: Bound) -> Self {
        let (cost, policy) = (setting.cost, setting.policy);
        let months = policy.horizon_years * 12;
        let counts = &cost.counts;
        let recoverable = cost.recoverable.as_ref().ok();
        let drop = recoverable.and_then(|recoverable| recoverable.drop);
        let (fewest, most) = counts.in_use_range();
        let (in_use, orphaned) = match bound {
            Bound::Low => (most, counts.orphaned.low),
            Bound::Point => (counts.in_use, counts.orphaned.point),
            Bound::High => (fewest, counts.orphaned.high),
        };
        let kept = match &cost.terms.tariff {
            Ok(tariff) if recoverable.is_some() => seats_to_keep(tariff, cost.terms.seats, in_use, policy),
            _ => cost.terms.seats,
        };
        let each = policy.cost_per_orphan;
        let misses = Money::new(each.amount * Decimal::from(orphaned), each.currency);
        Self {
            setting,
            bound,
            months,
            drop_month: drop.and_then(|drop| month_of(setting.as_of, drop.from, FARTHEST)),
            rises: rises(&cost.terms, setting.as_of, months),
            labor: amount(&cost.impact.labor),
            misses: amount(&convert(misses, policy)),
            kept,
            needed: if recoverable.is_some() { seats_needed(in_use, policy) } else { cost.terms.seats },
        }
    }

    /// The month by which all has happened: seats were dropped, and waste has grown back.
    fn settled_month(&self) -> u32 {
        let last = self.months.saturating_sub(1);
        self.drop_month.map_or(last, |first| last.max(first + 12))
    }

    fn residual(&self) -> Priced<Decimal> {
        Ok(self.labor.clone()? * self.setting.policy.residual_labor)
    }

    /// What hours of work cost.
    fn hours(&self, hours: Decimal) -> Priced<Decimal> {
        let rate = self.setting.policy.labor_rate;
        self.in_total(Money::new(rate.amount * hours, rate.currency))
    }

    /// An amount in the reporting currency.
    fn in_total(&self, money: Money) -> Priced<Decimal> {
        amount(&convert(money, self.setting.policy))
    }

    fn fee(&self) -> Priced<Decimal> {
        self.in_total(self.setting.policy.fee_for(self.setting.cost.app.key()))
    }

    /// The yearly bill for a number of seats in the reporting currency.
    fn bill(&self, tariff: &Tariff, seats: u32) -> Priced<Decimal> {
        let bounds = tariff.bounds(seats);
        self.in_total(if self.bound == Bound::Low { bounds.low } else { bounds.high })
    }

    /// By how much prices have risen in a month.
    fn uplift(&self, risen: usize) -> Decimal {
        let uplift = self.setting.cost.terms.uplift.unwrap_or(self.setting.policy.uplift);
        if uplift.is_zero() {
            return Decimal::ONE;
        }
        (0..risen).fold(Decimal::ONE, |factor, _| factor * (Decimal::ONE + uplift))
    }

    /// The same for the present contract. What a settled year costs is told at the prices of the horizon's end.
    fn uplift_in(&self, month: u32) -> Decimal {
        let month = month.min(self.months.saturating_sub(1));
        self.uplift(self.rises.iter().filter(|rise| **rise <= month).count())
    }

    /// The same for a contract that begins now and is renewed each year.
    fn uplift_of_new(&self, month: u32) -> Decimal {
        self.uplift((month.min(self.months.saturating_sub(1)) / 12) as usize)
    }

    /// Seats paid for as bought until they can be dropped, then as `later` says for the months since; beside the license bill
    /// what `rest` says.
    fn flows(
        &self,
        one_off: Priced<Decimal>,
        later: impl Fn(u32) -> u32,
        rest: impl Fn(u32) -> Priced<Pace>,
    ) -> Priced<Flows> {
        let terms = &self.setting.cost.terms;
        let tariff = terms.tariff.as_ref().map_err(Clone::clone)?;
        let seats = |month: u32| match self.drop_month {
            Some(first) if month >= first => later(month - first),
            _ => terms.seats,
        };
        // Most months are billed for the same number of seats.
        let mut last = (terms.seats, self.bill(tariff, terms.seats)?);
        let mut pace = |month: u32| -> Priced<Pace> {
            let seats = seats(month);
            if seats != last.0 {
                last = (seats, self.bill(tariff, seats)?);
            }
            Ok(Pace { licenses: last.1 * self.uplift_in(month), ..rest(month)? })
        };
        let months = (0..self.months).map(&mut pace).collect::<Priced<_>>()?;
        let settled = pace(self.settled_month())?;
        Ok(Flows::new(months, settled, one_off?))
    }

    /// Labor and misses as they are.
    fn by_hand(&self) -> Priced<Pace> {
        Ok(Pace { labor: self.labor.clone()?, misses: self.misses.clone()?, ..Pace::default() })
    }

    fn stay_manual(&self) -> Draft {
        let seats = self.setting.cost.terms.seats;
        let rest = self.by_hand();
        let flows = self.flows(Ok(Decimal::ZERO), |_| seats, |_| rest.clone());
        Draft::new(ScenarioKind::StayManual, seats, flows)
    }

    /// What is wasted is removed now and grows back to the measured share within a year.
    fn clean_up(&self) -> Draft {
        let seats = self.setting.cost.terms.seats;
        // A twelfth each month; the division comes last, so that no part of a seat is made by rounding.
        let later = |since: u32| {
            let wasted = u64::from(seats.saturating_sub(self.kept)) * u64::from(since.min(12));
            self.kept + u32::try_from(wasted.div_ceil(12)).unwrap_or(u32::MAX)
        };
        let counts = &self.setting.cost.counts;
        let accounts = counts.orphaned.point + counts.unused + counts.duplicate;
        let minutes = Decimal::from(accounts) * self.setting.policy.cleanup_minutes_per_account;
        let one_off = self.hours(minutes / Decimal::from(60));
        let flows = self.flows(one_off, later, |month| {
            let rest = self.by_hand()?;
            Ok(Pace { misses: rest.misses * Decimal::from(month.min(12)) / Decimal::from(12), ..rest })
        });
        Draft::new(ScenarioKind::CleanUp, self.kept, flows)
    }

    fn automate(&self) -> Draft {
        let one_off = self.hours(self.setting.policy.automation_setup_hours);
        let rest = self.automated();
        let flows = self.flows(one_off, |_| self.kept, |_| rest.clone());
        Draft { automated: true, ..Draft::new(ScenarioKind::Automate, self.kept, flows) }
    }

    fn automated(&self) -> Priced<Pace> {
        Ok(Pace { fee: self.fee()?, labor: self.residual()?, ..Pace::default() })
    }

    fn native_scim(&self) -> Draft {
        let seats = self.setting.cost.terms.seats;
        let one_off = self.hours(self.setting.policy.scim_setup_hours);
        let rest = self.under_scim(true);
        let flows = self.flows(one_off, |_| seats, |_| rest.clone());
        let (automated, vetoes) = (self.setting.idp_gets_scim(), self.scim_vetoes());
        Draft { automated, vetoes, ..Draft::new(ScenarioKind::NativeScim, seats, flows) }
    }

    /// Seats bought of the target plan where so many are needed: more than that where it is cheaper.
    fn upgraded_seats(tariff: &Tariff, needed: u32, bought: u32) -> u32 {
        let enough = tariff.billed(needed);
        tariff.cheapest(enough, enough.max(bought))
    }

    fn upgrade(&self) -> Option<Draft> {
        let target = self.setting.target?;
        let tariff = self.setting.target_tariff.clone()?;
        let bought = self.setting.cost.terms.seats;
        let seats = tariff.as_ref().map_or(self.needed, |tariff| Self::upgraded_seats(tariff, self.needed, bought));
        let mut vetoes = Vec::new();
        match target.scim {
            Some(true) => {}
            Some(false) => vetoes.push(Veto::PlanWithoutScim { plan: target.name.clone() }),
            None => vetoes.push(Veto::ScimUnknown { plan: target.name.clone() }),
        }
        vetoes.extend(self.scim_vetoes());
        if let Ok(tariff) = &tariff {
            vetoes.extend(tariff.lacks_band(seats).then_some(Veto::NoBand));
            vetoes.extend(tariff.from.then_some(Veto::FromPrice));
            vetoes.extend(tariff.disputed.then_some(Veto::Disputed));
            vetoes.extend(target.own.then_some(Veto::OwnQuote));
        }
        let flows = tariff.and_then(|tariff| {
            let one_off = self.hours(self.setting.policy.scim_setup_hours)?
                + self.in_total(Money::new(tariff.one_off, tariff.currency))?;
            let (bill, rest) = (self.bill(&tariff, seats)?, self.under_scim(target.scim != Some(false))?);
            let month = |month: u32| Pace { licenses: bill * self.uplift_of_new(month), ..rest };
            let settled = month(self.settled_month());
            Ok(Flows::new((0..self.months).map(month).collect(), settled, one_off))
        });
        Some(Draft {
            plan: Some(target.name.clone()),
            automated: target.scim != Some(false) && self.setting.idp_gets_scim(),
            vetoes,
            ..Draft::new(ScenarioKind::Upgrade, seats, flows)
        })
    }

    /// Labor and misses a year on a plan that has SCIM or not: nothing changes where the identity provider cannot end
    /// accounts.
    fn under_scim(&self, has_scim: bool) -> Priced<Pace> {
        if has_scim && self.setting.idp_gets_scim() {
            Ok(Pace { labor: self.residual()?, ..Pace::default() })
        } else {
            self.by_hand()
        }
    }

    fn scim_vetoes(&self) -> Vec<Veto> {
        let mut vetoes = Vec::new();
        match self.setting.idp {
            Some((_, Some(Provisioning::Scim))) => {}
            Some((idp, Some(provisioning))) => vetoes.push(Veto::IdpWithoutScim { idp: idp.to_owned(), provisioning }),
            Some((idp, None)) => vetoes.push(Veto::IdpUnknown { idp: Some(idp.to_owned()) }),
            None => vetoes.push(Veto::IdpUnknown { idp: None }),
        }
        if let Some(app) = self.setting.catalog_app {
            match &app.deprovisioning {
                Some(known) => vetoes.extend(known.hard_delete.then_some(Veto::HardDelete)),
                None => vetoes.push(Veto::DeletionUnknown),
            }
            vetoes.extend(app.prerequisites.iter().cloned().map(Veto::Prerequisite));
            vetoes.extend(app.constraints.iter().cloned().map(Veto::Constraint));
        }
        vetoes
    }

    /// Cost of a settled year for a team of another size, if work, waste and orphaned accounts grow with it.
    pub(super) fn settled_at(&self, kind: ScenarioKind, seats: u32) -> Priced<Decimal> {
        let terms = &self.setting.cost.terms;
        let tariff = terms.tariff.as_ref().map_err(Clone::clone)?;
        let have = Decimal::from(terms.seats.max(1));
        let grown = |amount: Decimal| amount * Decimal::from(seats) / have;
        let of_team = |count: u32| grown(Decimal::from(count)).ceil().to_u32().unwrap_or(seats);
        let rest = |pace: Pace| grown(pace.labor + pace.misses) + pace.fee;
        // Without a day on which seats can be dropped none are.
        let kept = if self.drop_month.is_some() { of_team(self.kept) } else { seats };
        let settled = self.settled_month();
        let bill = |seats: u32| Ok(self.bill(tariff, seats)? * self.uplift_in(settled));
        match kind {
            ScenarioKind::StayManual | ScenarioKind::CleanUp => Ok(bill(seats)? + rest(self.by_hand()?)),
            ScenarioKind::Automate => Ok(bill(kept)? + rest(self.automated()?)),
            ScenarioKind::NativeScim => Ok(bill(seats)? + rest(self.under_scim(true)?)),
            ScenarioKind::Upgrade => {
                let unknown = || Unpriced("no plan to go to is known".into());
                let target = self.setting.target_tariff.as_ref().ok_or_else(unknown)?;
                let target = target.as_ref().map_err(Clone::clone)?;
                let has_scim = self.setting.target.is_none_or(|target| target.scim != Some(false));
                let seats = Self::upgraded_seats(target, of_team(self.needed), seats);
                Ok(self.bill(target, seats)? * self.uplift_of_new(settled) + rest(self.under_scim(has_scim)?))
            }
        }
    }
}

impl Draft {
    fn new(kind: ScenarioKind, seats: u32, flows: Priced<Flows>) -> Self {
        Self { kind, plan: None, seats, flows, automated: false, vetoes: Vec::new() }
    }
}
