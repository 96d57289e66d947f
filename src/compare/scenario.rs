use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Flows, Setting, Upgrade};
use crate::catalog::Provisioning;
use crate::model::Money;
use crate::price::{Priced, Tariff, convert, month_of};

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
    /// Something has to be in place first.
    Prerequisite(String),
    /// Something else binds the buyer.
    Constraint(String),
    /// No discount is published for this number of seats: the list price is taken.
    NoBand,
    /// The target's price is a "from" price.
    FromPrice,
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
struct Draft {
    kind: ScenarioKind,
    plan: Option<String>,
    seats: u32,
    flows: Priced<Flows>,
    vetoes: Vec<Veto>,
}

/// All courses of action that apply, the baseline first.
pub(super) fn all(setting: &Setting<'_>, upgrade: Option<&Upgrade>) -> Vec<Scenario> {
    let model = Model::new(setting);
    let mut drafts = vec![model.stay_manual(), model.clean_up()];
    if setting.on_scim_plan() {
        drafts.push(model.native_scim());
    } else {
        drafts.extend(model.upgrade());
    }
    drafts.push(model.automate());
    let baseline = drafts.first().map(|draft| draft.flows.clone());
    let policy = setting.policy;
    let break_even = upgrade.and_then(|upgrade| upgrade.break_even_seats);
    let finish = |draft: Draft| {
        let money = |amount: &dyn Fn(&Flows) -> Decimal| -> Priced {
            draft.flows.as_ref().map(|flows| Money::new(amount(flows), policy.currency)).map_err(Clone::clone)
        };
        let saving = match (&baseline, &draft.flows) {
            (Some(Ok(baseline)), Ok(flows)) => {
                let gained = flows.npv(policy.discount_rate) - baseline.npv(policy.discount_rate);
                Ok(Money::new(gained, policy.currency))
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
            npv: money(&|flows| flows.npv(policy.discount_rate)),
            saving,
            payback_months: payback,
            break_even_seats: break_even.filter(|_| compared),
            kind: draft.kind,
            plan: draft.plan,
            seats: draft.seats,
            flows: draft.flows,
            vetoes: draft.vetoes,
        }
    };
    drafts.into_iter().map(finish).collect()
}

fn amount(money: &Priced) -> Priced<Decimal> {
    money.as_ref().map(|money| money.amount).map_err(Clone::clone)
}

/// The pieces that the courses of action are made of.
struct Model<'a> {
    setting: &'a Setting<'a>,
    months: u32,
    /// Month of the horizon from which fewer seats can be paid for.
    drop_month: Option<u32>,
    labor: Priced<Decimal>,
    misses: Priced<Decimal>,
    needed: u32,
}

impl<'a> Model<'a> {
    fn new(setting: &'a Setting<'a>) -> Self {
        let cost = setting.cost;
        let months = setting.policy.horizon_years * 12;
        let recoverable = cost.recoverable.as_ref().ok();
        let drop = recoverable.and_then(|recoverable| recoverable.drop);
        Self {
            setting,
            months,
            drop_month: drop.and_then(|drop| month_of(setting.as_of, drop.from, months)),
            labor: amount(&cost.impact.labor),
            misses: amount(&cost.impact.misses),
            needed: recoverable.map_or(cost.terms.seats, |recoverable| recoverable.needed),
        }
    }

    fn residual(&self) -> Priced<Decimal> {
        Ok(self.labor.clone()? * self.setting.policy.residual_labor)
    }

    /// What hours of work cost.
    fn hours(&self, hours: Decimal) -> Priced<Decimal> {
        let rate = self.setting.policy.labor_rate;
        amount(&convert(Money::new(rate.amount * hours, rate.currency), self.setting.policy))
    }

    /// The yearly bill for a number of seats in the reporting currency.
    fn bill(&self, tariff: &Tariff, seats: u32) -> Priced<Decimal> {
        convert(tariff.annual(seats), self.setting.policy).map(|money| money.amount)
    }

    /// By how much prices have risen in a month: the uplift comes with each renewal.
    fn uplift(&self, month: u32) -> Decimal {
        let policy = self.setting.policy;
        if policy.uplift.is_zero() {
            return Decimal::ONE;
        }
        let renewals = match self.drop_month {
            Some(first) if month >= first => (month - first) / 12 + 1,
            Some(_) => 0,
            None => month / 12,
        };
        (0..renewals).fold(Decimal::ONE, |factor, _| factor * (Decimal::ONE + policy.uplift))
    }

    /// Seats paid for as bought until they can be dropped, then as `later` says for the months since.
    fn flows(
        &self,
        one_off: Priced<Decimal>,
        later: impl Fn(u32) -> u32,
        rest: impl Fn(u32) -> Priced<Decimal>,
    ) -> Priced<Flows> {
        let terms = &self.setting.cost.terms;
        let tariff = terms.tariff.as_ref().map_err(Clone::clone)?;
        let seats = |month: u32| match self.drop_month {
            Some(first) if month >= first => later(month - first),
            _ => terms.seats,
        };
        let month = |month: u32| Ok(self.bill(tariff, seats(month))? * self.uplift(month) + rest(month)?);
        let yearly: Vec<Decimal> = (0..self.months).map(month).collect::<Priced<_>>()?;
        Ok(Flows::new(yearly, one_off?))
    }

    fn stay_manual(&self) -> Draft {
        let seats = self.setting.cost.terms.seats;
        let flows = self.flows(Ok(Decimal::ZERO), |_| seats, |_| Ok(self.labor.clone()? + self.misses.clone()?));
        Draft { kind: ScenarioKind::StayManual, plan: None, seats, flows, vetoes: Vec::new() }
    }

    /// What is wasted is removed now and grows back to the measured share within a year.
    fn clean_up(&self) -> Draft {
        let seats = self.setting.cost.terms.seats;
        let regrown = |months: u32| Decimal::from(months.min(12)) / Decimal::from(12);
        let later = |since: u32| {
            let back = Decimal::from(seats.saturating_sub(self.needed)) * regrown(since);
            self.needed + back.ceil().to_u32().unwrap_or(0)
        };
        let counts = &self.setting.cost.counts;
        let accounts = counts.orphaned.point + counts.unused + counts.duplicate;
        let minutes = Decimal::from(accounts) * self.setting.policy.cleanup_minutes_per_account;
        let one_off = self.hours(minutes / Decimal::from(60));
        let flows = self.flows(one_off, later, |month| Ok(self.labor.clone()? + self.misses.clone()? * regrown(month)));
        Draft { kind: ScenarioKind::CleanUp, plan: None, seats: self.needed, flows, vetoes: Vec::new() }
    }

    fn automate(&self) -> Draft {
        let policy = self.setting.policy;
        let one_off = self.hours(policy.automation_setup_hours);
        let flows =
            self.flows(one_off, |_| self.needed, |_| Ok(amount(&convert(policy.flat_fee, policy))? + self.residual()?));
        Draft { kind: ScenarioKind::Automate, plan: None, seats: self.needed, flows, vetoes: Vec::new() }
    }

    fn native_scim(&self) -> Draft {
        let seats = self.setting.cost.terms.seats;
        let one_off = self.hours(self.setting.policy.scim_setup_hours);
        let flows = self.flows(one_off, |_| seats, |_| self.under_scim());
        let vetoes = self.scim_vetoes();
        Draft { kind: ScenarioKind::NativeScim, plan: None, seats, flows, vetoes }
    }

    fn upgrade(&self) -> Option<Draft> {
        let target = self.setting.target?;
        let tariff = self.setting.target_tariff.clone()?;
        let seats = tariff.as_ref().map_or(self.needed, |tariff| {
            tariff.cheapest(tariff.billed(self.needed), self.needed.max(self.setting.cost.terms.seats))
        });
        let one_off = self.hours(self.setting.policy.scim_setup_hours);
        let mut vetoes = self.scim_vetoes();
        if let Ok(tariff) = &tariff {
            vetoes.extend(tariff.lacks_band(seats).then_some(Veto::NoBand));
            vetoes.extend(tariff.from.then_some(Veto::FromPrice));
        }
        let flows = tariff.and_then(|tariff| {
            let (bill, rest) = (self.bill(&tariff, seats)?, self.under_scim()?);
            let yearly = (0..self.months).map(|month| bill * self.uplift(month) + rest).collect();
            Ok(Flows::new(yearly, one_off?))
        });
        Some(Draft { kind: ScenarioKind::Upgrade, plan: Some(target.name.clone()), seats, flows, vetoes })
    }

    /// Labor and misses a year under SCIM: nothing changes where the identity provider cannot end accounts.
    fn under_scim(&self) -> Priced<Decimal> {
        if self.setting.idp_gets_scim() { self.residual() } else { Ok(self.labor.clone()? + self.misses.clone()?) }
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
            vetoes.extend(app.deprovisioning.hard_delete.then_some(Veto::HardDelete));
            vetoes.extend(app.prerequisites.iter().cloned().map(Veto::Prerequisite));
            vetoes.extend(app.constraints.iter().cloned().map(Veto::Constraint));
        }
        vetoes
    }
}
