use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{format, words};
use crate::catalog::{App, Catalog, ListPrice, Plan, Provisioning};
use crate::compare::{PlanComparison, PlanRow, compare_plans};
use crate::model::{AppName, BillingCycle, Currency, Money};
use crate::workspace::Policy;

/// A plan as a list shows it.
#[derive(Clone, Debug)]
pub struct PlanCard {
    /// Its name.
    pub name: String,
    /// Its list price; `None` where none is published.
    pub price: Option<Money>,
    /// Why there is none.
    pub unpriced: String,
    /// What the price is for.
    pub unit: &'static str,
    /// The price is the least one can pay.
    pub from: bool,
    /// Least number of seats billed.
    pub minimum_seats: u32,
    /// How long a buyer is bound.
    pub billing: BillingCycle,
    /// Single sign-on is part of it.
    pub sso: bool,
    /// SCIM is part of it.
    pub scim: bool,
    /// Where the price was read, and when; of a missing one, where that was.
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
    /// A removed user is gone for good.
    pub hard_delete: bool,
    /// What removing somebody does.
    pub deprovisioning: String,
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
    catalog.app(&AppName::new(app)).ok_or_else(|| {
        let known: Vec<&str> = catalog.apps().map(|app| app.app.as_str()).collect();
        let message = format!("the catalog does not know {app}");
        NotInCatalog { message, hint: format!("it knows {}", known.join(", ")) }
    })
}

fn currency(plan: &Plan) -> Option<Currency> {
    match &plan.price {
        ListPrice::Published(tag) => Some(tag.currency),
        ListPrice::OnRequest(_) => None,
    }
}

fn app_card(app: &App) -> AppCard {
    let idp = app.idp.iter().map(|(id, support)| (id.clone(), support.provisioning, support.note.clone()));
    AppCard {
        app: app.app.to_string(),
        plans: app.plans.iter().map(|plan| plan_card(app, plan)).collect(),
        idp: idp.collect(),
        hard_delete: app.deprovisioning.hard_delete,
        deprovisioning: app.deprovisioning.note.clone(),
        prerequisites: app.prerequisites.clone(),
        constraints: app.constraints.clone(),
        source: app.source.clone(),
        checked_on: app.checked_on,
    }
}

fn plan_card(app: &App, plan: &Plan) -> PlanCard {
    let card = PlanCard {
        name: plan.name.clone(),
        price: None,
        unpriced: String::new(),
        unit: "",
        from: false,
        minimum_seats: plan.minimum_seats,
        billing: plan.billing,
        sso: plan.sso,
        scim: plan.scim,
        source: app.source.clone(),
        checked_on: app.checked_on,
    };
    match &plan.price {
        ListPrice::Published(tag) => PlanCard {
            price: Some(Money::new(tag.amount, tag.currency)),
            unit: tag.unit.as_str(),
            from: tag.from,
            source: tag.source.clone(),
            checked_on: tag.checked_on,
            ..card
        },
        ListPrice::OnRequest(reason) => PlanCard { unpriced: reason.clone(), ..card },
    }
}

impl PlanCard {
    /// `$29.00 per seat per month`, `from $49.00 flat per month`, or why there is no price.
    pub fn price_line(&self) -> String {
        match self.price {
            Some(price) => {
                let from = if self.from { "from " } else { "" };
                format!("{from}{} {}", format::money_exact(price), self.unit)
            }
            None => format!("price on request: {}", self.unpriced),
        }
    }
}

fn row(row: &PlanRow) -> PlanSheetRow {
    let mut notes = Vec::new();
    if row.billed > row.seats {
        notes.push(format!("{}-seat minimum", row.billed));
    }
    let bounds = row.published.as_ref().ok();
    if row.lacks_band {
        notes.push("no discount is published for so many seats: list price".into());
    } else if let Some((bounds, list)) = bounds.zip(row.to.as_ref().ok()).filter(|(bounds, list)| bounds.low != **list)
    {
        let off = |money: Money| (Decimal::ONE - money.amount / list.amount) * Decimal::ONE_HUNDRED;
        let (least, most) = (off(bounds.high).normalize(), off(bounds.low).normalize());
        notes.push(format!("{least}–{most} % discount published: a range, not an offer"));
    }
    if row.published.is_ok() && row.from_price {
        notes.push("a \"from\" price: at least this".into());
    }
    if let Err(unpriced) = &row.upgrade {
        notes.push(unpriced.0.clone());
    }
    PlanSheetRow {
        seats: row.seats,
        from_cost: row.from.as_ref().ok().copied(),
        to_cost: row.to.as_ref().ok().copied(),
        upgrade_cost: row.upgrade.as_ref().ok().copied(),
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
