use rust_decimal::Decimal;

use crate::analysis::Analysis;
use crate::compare::{Choice, Comparison, ScenarioKind};
use crate::model::{Currency, Money};
use crate::price::{AppCost, Unpriced, convert};

use super::format;

/// What manual work costs each app today, beside the tier upgrade that would automate it.
#[derive(Clone, Debug, PartialEq)]
pub struct ImpactChart {
    /// One for each app, by name.
    pub bars: Vec<ImpactBar>,
    /// The reporting currency.
    pub currency: Currency,
    /// The flat fee all bars are held against, where it can be told in that currency.
    pub fee: Option<Money>,
    /// The greatest amount shown, for the axis.
    pub most: Decimal,
}

/// One app of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ImpactBar {
    /// The app.
    pub app: String,
    /// Unused licenses a year; `None` where they are not priced.
    pub licenses: Option<Money>,
    /// IT labor a year.
    pub labor: Option<Money>,
    /// Compliance misses a year.
    pub misses: Option<Money>,
    /// Their sum.
    pub total: Money,
    /// The upgrade beside it.
    pub upgrade: UpgradeBar,
}

/// The second bar of an app.
#[derive(Clone, Debug, PartialEq)]
pub enum UpgradeBar {
    /// What the plan with SCIM costs more a year.
    Premium {
        /// The amount.
        amount: Money,
        /// The amount and the step in words.
        label: String,
    },
    /// A bar nobody knows the length of: what is to be asked for.
    OnRequest(String),
    /// No bar, and why.
    None(String),
}

impl ImpactChart {
    pub(super) fn new(analysis: &Analysis) -> Self {
        let policy = &analysis.policy;
        let fee = convert(policy.flat_fee, policy).ok();
        let bars: Vec<ImpactBar> = analysis
            .costs
            .apps
            .iter()
            .zip(&analysis.comparisons)
            .map(|(cost, comparison)| ImpactBar {
                app: cost.app.to_string(),
                licenses: cost.impact.licenses.clone().ok(),
                labor: cost.impact.labor.clone().ok(),
                misses: cost.impact.misses.clone().ok(),
                total: cost.impact.total.point,
                upgrade: upgrade_bar(cost, comparison),
            })
            .collect();
        let amounts = bars.iter().flat_map(|bar| {
            let premium = match &bar.upgrade {
                UpgradeBar::Premium { amount, .. } => amount.amount,
                UpgradeBar::OnRequest(_) | UpgradeBar::None(_) => Decimal::ZERO,
            };
            [bar.total.amount, premium]
        });
        let most = amounts.chain(fee.map(|fee| fee.amount)).max().unwrap_or_default();
        Self { bars, currency: policy.currency, fee, most }
    }
}

fn upgrade_bar(cost: &AppCost, comparison: &Comparison) -> UpgradeBar {
    let Some(upgrade) = &comparison.upgrade else {
        let on_scim = comparison.scenarios.iter().any(|scenario| scenario.kind == ScenarioKind::NativeScim);
        let reason = match (on_scim, cost.terms.plan.is_empty()) {
            (true, _) => "SCIM is in the present plan",
            (false, true) => "the present plan is not known",
            (false, false) => "no plan with SCIM is known",
        };
        return UpgradeBar::None(reason.into());
    };
    let step = format!("{} → {}", upgrade.from, upgrade.to);
    match &upgrade.premium {
        Ok(premium) => {
            let from = if premium.from { "from " } else { "" };
            let label = format!("{from}{} · {step}", format::money_change(premium.usual));
            UpgradeBar::Premium { amount: premium.usual, label }
        }
        Err(_) if comparison.recommendation.choice == Choice::EnterQuote => {
            UpgradeBar::OnRequest(format!("{step}: price on request — enter a quote"))
        }
        Err(Unpriced(reason)) => UpgradeBar::None(format!("{step}: {reason}")),
    }
}

impl ImpactBar {
    /// The stacked parts as `(name, amount, for drawing)`, from the axis outwards.
    pub fn parts(&self) -> [(&'static str, Option<Money>, f64); 3] {
        let part =
            |name, money: Option<Money>| (name, money, money.map_or(0.0, |money| format::coordinate(money.amount)));
        [part("Unused licenses", self.licenses), part("IT labor", self.labor), part("Compliance misses", self.misses)]
    }
}

impl ImpactChart {
    /// The same with the greatest impact first.
    pub fn by_impact(mut self) -> Self {
        self.bars.sort_by_key(|bar| std::cmp::Reverse(bar.total.amount));
        self
    }

    /// Round amounts for the axis, from zero to the greatest one.
    pub fn ticks(&self) -> Vec<f64> {
        round_ticks(format::coordinate(self.most), 7.0)
    }

    /// The amount of a tick in words.
    pub fn tick_label(&self, tick: f64) -> String {
        axis_label(tick, format::coordinate(self.most), self.currency)
    }
}

/// Round numbers for an axis, from zero to the greatest one shown, about as many as asked for.
pub(super) fn round_ticks(most: f64, about: f64) -> Vec<f64> {
    let most = most.max(1.0);
    let rough = most / about;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough);
    let step = step.unwrap_or(rough);
    (0..=10).map(|tick| f64::from(tick) * step).take_while(|tick| *tick <= most * 1.001 + step * 0.001).collect()
}

/// Round numbers whose last stands at or above the greatest one shown.
pub(super) fn with_one_above(mut ticks: Vec<f64>, most: f64) -> Vec<f64> {
    if let [.., before, last] = ticks[..]
        && last < most
    {
        ticks.push(2.0 * last - before);
    }
    ticks
}

/// An amount on an axis on which the greatest one is given.
pub(super) fn axis_label(tick: f64, most: f64, currency: Currency) -> String {
    let sign = currency.sign();
    if most < 1000.0 { format!("{sign}{tick:.0}") } else { format!("{sign}{}K", tick / 1000.0) }
}
