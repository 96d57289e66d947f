use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{format, words};
use crate::analysis::Analysis;
use crate::catalog::{App, Catalog, Plan, PriceTag, Provisioning};
use crate::compare::{PlanComparison, PlanRow, compare_plans};
use crate::model::{AppName, BillingCycle, Currency, Money, PriceUnit, round};
use crate::price::Tariff;
use crate::workspace::Policy;

/// A plan as a list shows it.
#[derive(Clone, Debug)]
pub struct PlanCard {
    /// Its name.
    pub name: String,
    /// Its list price for one unit; `None` where none is known.
    pub price: Option<Money>,
    /// The greatest price, where a range is published or sources disagree.
    pub price_high: Option<Money>,
    /// Why there is none.
    pub unpriced: String,
    /// What the price is for.
    pub unit: &'static str,
    /// What is charged beside it, in words: packs, base fee, add-on, minimum commitment, bands.
    pub beside: Vec<String>,
    /// The price is the least one can pay.
    pub from: bool,
    /// Least number of seats billed.
    pub minimum_seats: u32,
    /// How long a buyer is bound, where that is known.
    pub billing: Option<BillingCycle>,
    /// Single sign-on is part of it, where that is known.
    pub sso: Option<bool>,
    /// SCIM is part of it, where that is known.
    pub scim: Option<bool>,
    /// It is the user's own entry.
    pub own: bool,
    /// Sources disagree about the amount.
    pub disputed: bool,
    /// Where the price was read, and when; several where sources disagree. Of a missing price, where that was.
    pub sources: Vec<PriceSource>,
}

/// Where a price was read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PriceSource {
    /// The amount it tells.
    pub amount: Option<Money>,
    /// The source.
    pub source: String,
    /// The day it was checked.
    pub checked_on: Date,
}

/// What is known of an app.
#[derive(Clone, Debug)]
pub struct AppCard {
    /// Its name.
    pub app: String,
    /// Its plans, the smallest first.
    pub plans: Vec<PlanCard>,
    /// What each identity provider can do: its id, the kind of provisioning, and more about it.
    pub idp: Vec<(String, Provisioning, String)>,
    /// A removed user is gone for good, where that is known.
    pub hard_delete: Option<bool>,
    /// What removing somebody does; empty where that is not known.
    pub deprovisioning: String,
    /// What SCIM can do.
    pub operations: Vec<String>,
    /// How to set SCIM up, by identity provider.
    pub setup: Vec<(String, Vec<String>)>,
    /// What must be in place before SCIM works.
    pub prerequisites: Vec<String>,
    /// What else binds the buyer.
    pub constraints: Vec<String>,
    /// Where these facts are from.
    pub source: String,
    /// The day they were checked.
    pub checked_on: Date,
}

/// Two plans side by side.
#[derive(Clone, Debug)]
pub struct PlanSheet {
    /// The app.
    pub app: AppCard,
    /// The plan one comes from.
    pub from: PlanCard,
    /// The plan one goes to.
    pub to: PlanCard,
    /// A row for each number of seats.
    pub rows: Vec<PlanSheetRow>,
    /// By how much the price rises, in percent of the lower one.
    pub markup_percent: Option<Decimal>,
    /// A yearly fee the difference is held against.
    pub fee: Option<Money>,
    /// Smallest number of seats at which the difference exceeds the fee.
    pub break_even_seats: Option<u32>,
}

/// Two plans for a number of seats, a year. Amounts are missing where a price is.
#[derive(Clone, Debug)]
pub struct PlanSheetRow {
    /// Seats taken.
    pub seats: u32,
    /// The plan one comes from, by its list price.
    pub from_cost: Option<Money>,
    /// The plan one goes to, by its list price.
    pub to_cost: Option<Money>,
    /// The difference of the list prices.
    pub upgrade_cost: Option<Money>,
    /// The same with the least and the greatest price known for so many seats.
    pub upgrade_cost_low: Option<Money>,
    /// See there.
    pub upgrade_cost_high: Option<Money>,
    /// The plan one goes to, with the greatest discount published.
    pub to_cost_low: Option<Money>,
    /// With the least.
    pub to_cost_high: Option<Money>,
    /// What is to be known of this number of seats.
    pub note: String,
}

/// What was asked for and is not there: what, and what there is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NotInCatalog {
    /// What is wrong.
    pub message: String,
    /// What could be meant.
    pub hint: String,
}

impl PlanSheet {
    /// Compares two plans. Without names, the smallest plan is held against the first one that brings SCIM; without a fee, the
    /// usual one is taken where the plans are priced in its currency.
    ///
    /// # Errors
    /// An app or a plan the catalog does not know.
    pub fn new(
        catalog: &Catalog,
        app: &str,
        from: Option<&str>,
        to: Option<&str>,
        seats: &[u32],
        fee: Option<Decimal>,
    ) -> Result<Self, NotInCatalog> {
        let app = known_app(catalog, app)?;
        let missing = |message: String| {
            let plans: Vec<&str> = app.plans.iter().map(|plan| plan.name.as_str()).collect();
            NotInCatalog { message, hint: format!("plans the catalog knows: {}", plans.join(", ")) }
        };
        let plan = |name: &str| {
            app.plan(name).ok_or_else(|| missing(format!("{} has no plan \"{name}\" in the catalog", app.app)))
        };
        let to = match to {
            Some(name) => plan(name)?,
            None => app
                .scim_plan()
                .ok_or_else(|| missing(format!("no plan of {} is known to bring SCIM; name one with --to", app.app)))?,
        };
        let from = match from {
            Some(name) => plan(name)?,
            None => app.plans.first().ok_or_else(|| missing(format!("{} has no plans in the catalog", app.app)))?,
        };
        if from.name == to.name {
            return Err(missing(format!("{} of {} is both plans of the comparison", to.name, app.app)));
        }
        let usual = Policy::default().flat_fee;
        let currency = currency(from).or(currency(to)).unwrap_or(usual.currency);
        let fee = fee.map(|amount| Money::new(amount, currency)).or((currency == usual.currency).then_some(usual));
        Ok(Self::of(&compare_plans(app, from, to, seats, fee)))
    }

    fn of(compared: &PlanComparison<'_>) -> Self {
        let app = compared.app;
        Self {
            from: plan_card(app, compared.from),
            to: plan_card(app, compared.to),
            rows: compared.rows.iter().map(row).collect(),
            markup_percent: compared.markup_percent,
            fee: compared.fee,
            break_even_seats: compared.break_even_seats,
            app: app_card(app),
        }
    }
}

/// The apps of the catalog, or one of them.
///
/// # Errors
/// An app the catalog does not know.
pub fn catalog_cards(catalog: &Catalog, app: Option<&str>) -> Result<Vec<AppCard>, NotInCatalog> {
    match app {
        Some(app) => Ok(vec![app_card(known_app(catalog, app)?)]),
        None => Ok(catalog.apps().map(app_card).collect()),
    }
}

fn known_app<'a>(catalog: &'a Catalog, app: &str) -> Result<&'a App, NotInCatalog> {
    let name = AppName::new(app);
    catalog.app(&name).ok_or_else(|| {
        // Whoever misspells a name mostly gets its beginning right.
        let alike = |known: &&App| {
            let (known, asked) = (known.app.key(), name.key());
            let begins = known.chars().zip(asked.chars()).take_while(|(a, b)| a == b).count();
            !asked.is_empty() && (begins >= 3 || known.contains(asked))
        };
        let known: Vec<&str> = catalog.apps().filter(alike).map(|app| app.app.as_str()).take(8).collect();
        let hint = match known.is_empty() {
            true => {
                format!("truedown catalog lists the {} apps it knows; --catalog adds your own", catalog.apps().count())
            }
            false => format!("it knows {}", known.join(", ")),
        };
        NotInCatalog { message: format!("the catalog does not know {app}"), hint }
    })
}

fn currency(plan: &Plan) -> Option<Currency> {
    plan.prices.first().map(|tag| tag.currency)
}

pub(super) fn app_card(app: &App) -> AppCard {
    let idp = app.idp.iter().map(|(id, support)| (id.clone(), support.provisioning, support.note.clone()));
    let deprovisioning = app.deprovisioning.as_ref();
    AppCard {
        app: app.app.to_string(),
        plans: app.plans.iter().map(|plan| plan_card(app, plan)).collect(),
        idp: idp.collect(),
        hard_delete: deprovisioning.map(|known| known.hard_delete),
        deprovisioning: deprovisioning.map(|known| known.note.clone()).unwrap_or_default(),
        operations: app.operations.clone(),
        setup: app.setup.iter().map(|(idp, steps)| (idp.clone(), steps.clone())).collect(),
        prerequisites: app.prerequisites.clone(),
        constraints: app.constraints.clone(),
        source: app.source.clone(),
        checked_on: app.checked_on,
    }
}

fn plan_card(app: &App, plan: &Plan) -> PlanCard {
    let tariff = Tariff::of_plan(plan);
    let source = |tag: &PriceTag| PriceSource {
        amount: Some(Money::new(tag.amount, tag.currency)),
        source: tag.source.clone(),
        checked_on: tag.checked_on,
    };
    let mut sources: Vec<PriceSource> = plan.prices.iter().map(source).collect();
    if sources.is_empty() {
        sources.push(PriceSource { amount: None, source: app.source.clone(), checked_on: app.checked_on });
    }
    let of = |amount: fn(&Tariff) -> Option<Decimal>| {
        tariff.as_ref().ok().and_then(|tariff| Some(Money::new(amount(tariff)?, tariff.currency)))
    };
    PlanCard {
        name: plan.name.clone(),
        price: of(|tariff| Some(tariff.amount)),
        price_high: of(|tariff| tariff.amount_high),
        unpriced: tariff.as_ref().err().map(|reason| reason.0.clone()).unwrap_or_default(),
        unit: tariff.as_ref().map_or("", |tariff| tariff.unit.as_str()),
        beside: match (&tariff, plan.prices.first()) {
            (Ok(_), Some(tag)) => beside(tag),
            _ => Vec::new(),
        },
        from: tariff.as_ref().is_ok_and(|tariff| tariff.from),
        minimum_seats: plan.minimum_seats.unwrap_or(0),
        billing: plan.billing,
        sso: plan.sso,
        scim: plan.scim,
        own: plan.own,
        disputed: tariff.as_ref().is_ok_and(|tariff| tariff.disputed),
        sources,
    }
}

/// What is charged beside the price of a unit.
fn beside(tag: &PriceTag) -> Vec<String> {
    let money = |amount: Decimal| format::money_trim(Money::new(amount, tag.currency));
    let period = match tag.unit {
        PriceUnit::PerSeatMonth | PriceUnit::FlatMonth => "month",
        PriceUnit::PerSeatYear | PriceUnit::FlatYear => "year",
    };
    let mut said = Vec::new();
    if tag.pack > 1 {
        said.push(format!("sold by {} seats at that price together", tag.pack));
    }
    if tag.base_fee > Decimal::ZERO {
        said.push(match tag.included_seats {
            0 => format!("and {} a {period} for the account", money(tag.base_fee)),
            seats => format!(
                "beyond {} that {} a {period} pays for",
                format::counted(seats, "seat", "seats"),
                money(tag.base_fee)
            ),
        });
    }
    if tag.add_on > Decimal::ZERO {
        said.push(format!("of it {} for an add-on", money(tag.add_on)));
    }
    if tag.one_off > Decimal::ZERO {
        said.push(format!("and {} once", money(tag.one_off)));
    }
    if tag.commitment > Decimal::ZERO {
        said.push(format!("at least {} a year", money(tag.commitment)));
    }
    for band in &tag.bands {
        let seats = match band.to_seats {
            Some(to) => format!("{}–{to} seats", band.from_seats),
            None => format!("{} seats or more", band.from_seats),
        };
        said.push(match band.amount {
            Some(amount) => format!("{seats}: {}", money(amount)),
            None if band.discount_low == band.discount_high => {
                format!("{seats}: {} off", format::percent(band.discount_low))
            }
            None => format!(
                "{seats}: {}–{} off",
                (band.discount_low * Decimal::ONE_HUNDRED).normalize(),
                format::percent(band.discount_high)
            ),
        });
    }
    if tag.graduated {
        said.push("each band prices its own seats".into());
    }
    said
}

impl PlanCard {
    /// `$29.00 per seat per month`, `from $49.00 flat per month`, `$15.00–18.00 …`, or why there is no price.
    pub fn price_line(&self) -> String {
        match self.price {
            Some(price) => {
                let from = if self.from { "from " } else { "" };
                let high = self.price_high.map(|high| format!("–{}", format::money_exact(high))).unwrap_or_default();
                let mut line = format!("{from}{}{high} {}", format::money_exact(price), self.unit);
                for beside in &self.beside {
                    line += &format!("; {beside}");
                }
                line
            }
            None => format!("price on request: {}", self.unpriced),
        }
    }

    /// The price of a unit without what stands beside it, or that there is none.
    pub fn short_price(&self) -> String {
        let Some(price) = self.price else { return "on request".into() };
        let from = if self.from { "from " } else { "" };
        let high = self.price_high.map(|high| format!("–{}", format::money_trim(high))).unwrap_or_default();
        format!("{from}{}{high} {}", format::money_trim(price), self.unit)
    }

    /// The price in a cell: `$89`, `$36,000 / yr flat`.
    pub fn cell_price(&self) -> String {
        let Some(price) = self.price else { return String::new() };
        let from = if self.from { "from " } else { "" };
        let high = self.price_high.map(|high| format!("–{}", format::money_trim(high))).unwrap_or_default();
        let unit = match self.unit {
            "per seat per month" => "",
            "per seat per year" => " / yr",
            "flat per month" => " flat / mo",
            _ => " flat / yr",
        };
        format!("{from}{}{high}{unit}", format::money_trim(price))
    }

    /// The price as it is to be typed: `29 per seat per month`.
    pub fn typed_price(&self) -> String {
        self.price.map_or_else(String::new, |price| format!("{} {}", format::money_trim(price), self.unit))
    }

    /// A price the user enters for the plan: an amount, with or without what it is for; nothing takes the entry out.
    ///
    /// # Errors
    /// What was expected, in a sentence.
    pub fn quote(&self, text: &str, analysis: &Analysis) -> Result<Option<PriceTag>, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let unit = PriceUnit::parse(self.unit).unwrap_or(PriceUnit::PerSeatMonth);
        let currency = self.price.map_or(analysis.policy.currency, |price| price.currency);
        let (amount, unit, currency) = super::terms::price(text, unit, currency)?;
        if amount.is_zero() {
            return Err("a quote of 0 is no price; leave it empty to take your entry out".into());
        }
        Ok(Some(PriceTag::new(amount, unit, currency, "your own entry".into(), analysis.as_of)))
    }

    /// Where the price was read and when, in words.
    pub fn source_line(&self) -> String {
        let said = self.sources.iter().map(|source| {
            let amount = source.amount.filter(|_| self.disputed).map(format::money_exact);
            let amount = amount.map(|amount| format!("{amount} in ")).unwrap_or_default();
            format!("{amount}{}, checked {}", source.source, format::date(source.checked_on))
        });
        said.collect::<Vec<_>>().join("; ")
    }

    /// The newest day any of its sources was checked.
    pub fn checked_on(&self) -> Option<Date> {
        self.sources.iter().map(|source| source.checked_on).max()
    }
}

fn row(row: &PlanRow) -> PlanSheetRow {
    let mut notes = Vec::new();
    if row.billed > row.seats {
        notes.push(match row.pack {
            0 | 1 => format!("{}-seat minimum", row.billed),
            pack => format!("{} seats billed, in packs of {pack}", row.billed),
        });
    }
    match row.disputed {
        (true, true) => notes.push("sources disagree about both prices: ranges".into()),
        (true, false) => notes.push("sources disagree about the price one comes from: a range".into()),
        (false, true) => notes.push("sources disagree about the price one goes to: a range".into()),
        (false, false) => {}
    }
    let bounds = row.published.as_ref().ok();
    let discounted = bounds.zip(row.to.as_ref().ok()).filter(|(bounds, list)| bounds.high.amount < list.amount);
    if row.lacks_band {
        notes.push("no discount is published for so many seats: list price".into());
    } else if let Some((bounds, list)) = discounted {
        let off = |money: Money| {
            let share = Decimal::ONE - money.amount / list.amount;
            round(share * Decimal::ONE_HUNDRED, 1).normalize()
        };
        let (least, most) = (off(bounds.high), off(bounds.low));
        notes.push(format!("{least}–{most}% discount published: a range, not an offer"));
    } else if !row.disputed.1 && bounds.is_some_and(|bounds| !bounds.is_certain()) {
        notes.push("a range of prices is published".into());
    }
    if row.published.is_ok() && row.from_price {
        notes.push("a \"from\" price: at least this".into());
    }
    if let Err(unpriced) = &row.premium {
        notes.push(unpriced.0.clone());
    }
    PlanSheetRow {
        seats: row.seats,
        from_cost: row.from.as_ref().ok().copied(),
        to_cost: row.to.as_ref().ok().copied(),
        upgrade_cost: row.upgrade().ok(),
        upgrade_cost_low: row.premium.as_ref().ok().map(|premium| premium.low),
        upgrade_cost_high: row.premium.as_ref().ok().map(|premium| premium.high),
        to_cost_low: bounds.map(|bounds| bounds.low),
        to_cost_high: bounds.map(|bounds| bounds.high),
        note: notes.join("; "),
    }
}

impl AppCard {
    /// What each identity provider can do, as sentences.
    pub fn idp_lines(&self) -> impl Iterator<Item = String> {
        self.idp
            .iter()
            .map(|(id, provisioning, _)| format!("{} {}", words::idp(id), words::provisioning_words(*provisioning)))
    }
}
