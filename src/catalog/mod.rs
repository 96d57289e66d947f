//! What vendors sell: apps, plans, prices, which plan brings SCIM, which identity provider it works with. Data, from
//! `assets/catalog`; no policy.

mod price;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::model::{AppName, BillingCycle, fold_text};

pub use price::{Band, PriceTag};

/// An app and what is known about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// Its name.
    pub app: AppName,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<AppName>,
    /// Plans, from the smallest to the largest.
    #[serde(default)]
    pub plans: Vec<Plan>,
    /// What automation it allows, by identity provider.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub idp: BTreeMap<String, IdpSupport>,
    /// What removing somebody by SCIM does, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprovisioning: Option<Deprovisioning>,
    /// What SCIM can do: create, update, deactivate, groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<String>,
    /// What must be in place before SCIM works.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<String>,
    /// What else binds the buyer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<String>,
    /// How to set SCIM up, step by step, by identity provider.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub setup: BTreeMap<String, Vec<String>>,
    /// Where these facts are from.
    pub source: String,
    /// The day they were checked.
    pub checked_on: Date,
}

/// A plan a vendor sells. It has a price, or the reason why none is published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Its name.
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Its list price; several where sources disagree, none of which is preferred.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<PriceTag>,
    /// Why no price is published, and what is known of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_request: Option<String>,
    /// Least number of seats billed, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_seats: Option<u32>,
    /// How long a buyer is bound, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing: Option<BillingCycle>,
    /// Single sign-on is part of it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sso: Option<bool>,
    /// SCIM is part of it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scim: Option<bool>,
    /// It is the user's own entry: a quote, or a plan the program is not shipped with.
    #[serde(skip)]
    pub own: bool,
}

/// What an identity provider can do with an app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdpSupport {
    /// Kind of provisioning.
    pub provisioning: Provisioning,
    /// More about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// How accounts come and go.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provisioning {
    /// Created, changed and removed by the identity provider.
    Scim,
    /// Created at the first sign-in, never removed.
    Jit,
    /// Sign-in only.
    SsoOnly,
}

impl Provisioning {
    /// The word used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scim => "scim",
            Self::Jit => "jit",
            Self::SsoOnly => "sso_only",
        }
    }
}

/// What removing somebody by SCIM does in the app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deprovisioning {
    /// The user is gone for good.
    pub hard_delete: bool,
    /// More about it.
    pub note: String,
}

/// A catalog file that cannot be used.
#[derive(Clone, Debug, Error)]
#[error("{file}: {fault}")]
pub struct CatalogError {
    file: &'static str,
    fault: String,
}

/// All apps there are facts about, by name.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    apps: Vec<Arc<App>>,
    /// Places in `apps`, by the keys of all names.
    names: Arc<BTreeMap<String, usize>>,
}

macro_rules! catalog_files {
    ($($file:literal),* $(,)?) => {
        [$(($file, include_str!(concat!("../../assets/catalog/", $file)))),*]
    };
}

const FILES: &[(&str, &str)] = &catalog_files![
    "amplitude.toml",
    "bill-com.toml",
    "bitwarden.toml",
    "intercom.toml",
    "kustomer.toml",
    "public-lists.toml",
];

impl Catalog {
    /// The catalog the program is shipped with.
    ///
    /// # Errors
    /// A file that does not follow the form, or has a price without source and date; a test reads them all.
    pub fn builtin() -> Result<Self, CatalogError> {
        // Read once for the program: there are two hundred of them.
        static READ: OnceLock<Result<Catalog, CatalogError>> = OnceLock::new();
        READ.get_or_init(|| {
            let mut apps = Vec::new();
            for (file, text) in FILES {
                let read = parse_apps(text).map_err(|fault| CatalogError { file, fault })?;
                apps.extend(read.into_iter().map(Arc::new));
            }
            Ok(Self::of(apps))
        })
        .clone()
    }

    fn of(mut apps: Vec<Arc<App>>) -> Self {
        apps.sort_by(|a, b| a.app.key().cmp(b.app.key()));
        let mut names = BTreeMap::new();
        for (place, app) in apps.iter().enumerate() {
            for name in &app.aliases {
                names.entry(name.key().to_owned()).or_insert(place);
            }
        }
        // A name counts for more than another app's alias, which a shipped app had first.
        names.extend(apps.iter().enumerate().map(|(place, app)| (app.app.key().to_owned(), place)));
        Self { apps, names: Arc::new(names) }
    }

    /// The catalog with the user's own entries, which win: a plan of the same name is theirs, and so is every fact they give.
    #[must_use]
    pub fn with<'a>(&self, own: impl IntoIterator<Item = &'a App>) -> Self {
        let mut apps = self.apps.clone();
        for entry in own {
            let mut entry = entry.clone();
            entry.plans.iter_mut().for_each(|plan| plan.own = true);
            match self.names.get(entry.app.key()).and_then(|place| apps.get_mut(*place)) {
                Some(known) => *known = Arc::new(entry.over(known)),
                None => apps.push(Arc::new(entry)),
            }
        }
        Self::of(apps)
    }

    /// The app by any of its names.
    pub fn app(&self, name: &AppName) -> Option<&App> {
        self.names.get(name.key()).and_then(|place| self.apps.get(*place)).map(|app| &**app)
    }

    /// The name the catalog uses for an app, or the name itself.
    pub fn canonical(&self, name: &AppName) -> AppName {
        self.app(name).map_or_else(|| name.clone(), |app| app.app.clone())
    }

    /// All apps, by name.
    pub fn apps(&self) -> impl Iterator<Item = &App> {
        self.apps.iter().map(|app| &**app)
    }
}

/// Whether a text is a catalog rather than another kind of TOML file, by its first keys.
pub fn is_catalog(text: &str) -> bool {
    let table: Option<toml::Table> = toml::from_str(text).ok();
    // A text nobody can parse is judged by its looks, so that its fault is told of what it was meant to be.
    let by_looks = || text.lines().any(|line| matches!(line.trim(), "[[plans]]" | "[[apps]]" | "[[plans.prices]]"));
    table.map_or_else(by_looks, |table| table.contains_key("apps") || table.contains_key("plans"))
}

/// Reads a catalog file in the form of `assets/catalog`: one app, or a list of them under `apps`.
///
/// # Errors
/// What is wrong with it, in words: the place in the text, or the app and plan.
pub fn parse_apps(text: &str) -> Result<Vec<App>, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Several {
        apps: Vec<App>,
    }
    let table: toml::Table = toml::from_str(text).map_err(|fault| fault.to_string())?;
    let apps = if table.contains_key("apps") {
        toml::from_str::<Several>(text).map(|several| several.apps)
    } else {
        toml::from_str::<App>(text).map(|app| vec![app])
    };
    let apps = apps.map_err(|fault| fault.to_string())?;
    if let Some(fault) = apps.iter().find_map(App::fault) {
        return Err(fault);
    }
    let mut seen = BTreeSet::new();
    match apps.iter().find(|app| !seen.insert(app.app.key())) {
        Some(twice) => Err(format!("{} stands in it twice; put its plans together", twice.app)),
        None => Ok(apps),
    }
}

impl Plan {
    /// A plan of which only the name is known.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            aliases: Vec::new(),
            prices: Vec::new(),
            on_request: None,
            minimum_seats: None,
            billing: None,
            sso: None,
            scim: None,
            own: false,
        }
    }

    /// What is wrong with the entry.
    fn fault(&self) -> Option<String> {
        let on_request = self.on_request.as_deref().map(str::trim);
        match (self.prices.is_empty(), on_request) {
            _ if self.name.trim().is_empty() => Some("a plan has no name".into()),
            (true, None) => Some("it has no price, and on_request does not say why".into()),
            (true, Some("")) => Some("on_request does not say why there is no price".into()),
            (false, Some(_)) => Some("it has a price and on_request; only one can be".into()),
            _ if self.minimum_seats.is_some_and(|seats| seats > price::MOST_SEATS) => {
                Some(format!("its least number of seats is above {}", price::MOST_SEATS))
            }
            _ => self.prices.iter().find_map(PriceTag::fault),
        }
    }

    /// Whether a folded name is one of its names.
    pub fn is_called(&self, name: &str) -> bool {
        let is = |other: &String| fold_text(other) == name;
        is(&self.name) || self.aliases.iter().any(is)
    }

    /// This plan, with what it does not tell from another account of it.
    fn over(self, known: &Self) -> Self {
        Self {
            name: known.name.clone(),
            aliases: if self.aliases.is_empty() { known.aliases.clone() } else { self.aliases },
            minimum_seats: self.minimum_seats.or(known.minimum_seats),
            billing: self.billing.or(known.billing),
            sso: self.sso.or(known.sso),
            scim: self.scim.or(known.scim),
            ..self
        }
    }
}

impl App {
    /// An app of which only the name is known.
    pub fn new(app: AppName, source: String, checked_on: Date) -> Self {
        Self {
            app,
            aliases: Vec::new(),
            plans: Vec::new(),
            idp: BTreeMap::new(),
            deprovisioning: None,
            operations: Vec::new(),
            prerequisites: Vec::new(),
            constraints: Vec::new(),
            setup: BTreeMap::new(),
            source,
            checked_on,
        }
    }

    /// A plan by any of its names.
    pub fn plan(&self, name: &str) -> Option<&Plan> {
        let name = fold_text(name);
        self.plans.iter().find(|plan| plan.is_called(&name))
    }

    /// The first plan that brings SCIM.
    pub fn scim_plan(&self) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.scim == Some(true))
    }

    /// What is wrong with the entry.
    fn fault(&self) -> Option<String> {
        let app = &self.app;
        if app.key().is_empty() {
            return Some("an app has no name".into());
        }
        if self.source.trim().is_empty() {
            return Some(format!("{app} has no source"));
        }
        let idps = self.idp.keys().chain(self.setup.keys());
        if let Some(unknown) = idps.into_iter().find(|idp| !IDENTITY_PROVIDERS.contains(&idp.as_str())) {
            let known = IDENTITY_PROVIDERS.join(", ");
            return Some(format!("{app} speaks of the identity provider \"{unknown}\"; known are {known}"));
        }
        for (number, plan) in self.plans.iter().enumerate() {
            if let Some(fault) = plan.fault() {
                return Some(format!("{app}, plan \"{}\": {fault}", plan.name));
            }
            let name = fold_text(&plan.name);
            if self.plans.iter().take(number).any(|other| other.is_called(&name)) {
                return Some(format!("{app} has two plans called \"{}\"", plan.name));
            }
        }
        None
    }

    /// This entry, with what it does not tell from another one of the same app.
    fn over(self, known: &Self) -> Self {
        let mut plans = known.plans.clone();
        for plan in self.plans {
            let name = fold_text(&plan.name);
            match plans.iter_mut().find(|known| known.is_called(&name)) {
                Some(known) => *known = plan.over(known),
                None => plans.push(plan),
            }
        }
        let told = |own: Vec<String>, known: &Vec<String>| if own.is_empty() { known.clone() } else { own };
        let mut idp = known.idp.clone();
        idp.extend(self.idp);
        let mut setup = known.setup.clone();
        setup.extend(self.setup);
        Self {
            app: known.app.clone(),
            aliases: known.aliases.iter().cloned().chain(self.aliases).collect(),
            plans,
            idp,
            deprovisioning: self.deprovisioning.or_else(|| known.deprovisioning.clone()),
            operations: told(self.operations, &known.operations),
            prerequisites: told(self.prerequisites, &known.prerequisites),
            constraints: told(self.constraints, &known.constraints),
            setup,
            source: known.source.clone(),
            checked_on: known.checked_on,
        }
    }
}

/// Identity providers, as profiles of directories name them.
const IDENTITY_PROVIDERS: [&str; 7] =
    ["okta", "entra_id", "google_workspace", "onelogin", "jumpcloud", "pingone", "active_directory"];

/// By how much a price lies above another, in percent of the lower one.
pub fn markup_percent(from: Decimal, to: Decimal) -> Option<Decimal> {
    (!from.is_zero()).then(|| (to / from - Decimal::ONE) * Decimal::ONE_HUNDRED)
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn no_file_is_forgotten() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/catalog");
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut on_disk: Vec<String> = names.filter(|name| name.ends_with(".toml")).collect();
        on_disk.sort();
        let listed: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, on_disk);
    }

    /// Every file is read, every name is one app's, and no price is of tomorrow.
    #[test]
    fn the_catalog_is_sound() {
        let catalog = Catalog::builtin().unwrap_or_else(|fault| panic!("{fault}"));
        let names = catalog.apps().map(|app| 1 + app.aliases.len()).sum::<usize>();
        assert_eq!(catalog.names.len(), names, "two apps share a name");
        let oldest = jiff::civil::date(2015, 1, 1);
        let newest = jiff::civil::date(2026, 11, 1);
        for app in catalog.apps() {
            for tag in app.plans.iter().flat_map(|plan| &plan.prices) {
                assert!((oldest..newest).contains(&tag.checked_on), "{}: {tag:?}", app.app);
                assert!(tag.amount > Decimal::ZERO, "{}: {tag:?}", app.app);
            }
        }
    }

    /// What is wrong with a file is said, with the plan or the place.
    #[test]
    fn faults_are_told() {
        let check = |text: &str, expect: &str| {
            let told = parse_apps(text).map_or_else(|fault| fault, |apps| format!("{} apps", apps.len()));
            assert!(told.contains(expect), "{text}\n{told}");
        };
        let app = "app = \"A\"\nsource = \"a list\"\nchecked_on = \"2026-01-01\"\n";
        let plan = |rest: &str| format!("{app}[[plans]]\nname = \"Team\"\n{rest}");
        let price = |rest: &str| {
            plan(&format!(
                "[[plans.prices]]\namount = \"5\"\nunit = \"per_seat_month\"\ncurrency = \"USD\"\n\
                 source = \"a list\"\nchecked_on = \"2026-01-01\"\n{rest}"
            ))
        };
        check(app, "1 apps");
        check(&price(""), "1 apps");
        check(
            &price("").replace("source = \"a list\"\nchecked_on = \"2026-01-01\"\n[[", "[["),
            "missing field `source`",
        );
        check(&price("").replace("currency = \"USD\"\n", ""), "missing field `currency`");
        check(&price("").replace("unit = \"per_seat_month\"\n", ""), "missing field `unit`");
        check(&price("").replace("\"USD\"", "\"XYZ\""), "XYZ is no currency of ISO 4217");
        check(&price("").replace("\"5\"", "\"-5\""), "A, plan \"Team\": the amount -5 is negative");
        check(&price("amount_high = \"4\""), "the range 5 to 4 falls");
        check(&price("pack = 0"), "a pack of 0 seats");
        check(&price("pack = 5\ngraduated = true"), "is for packs and graduated");
        check(&price("").replace("\"5\"", "5.5"), "expected an amount as text");
        check(&price("").replace("\"5\"", "\"0\""), "says on_request = \"free\"");
        check(&price("").replace("\"5\"", "\"79228162514264337593543950335\""), "is above 1000000000");
        check(&price("included_seats = 4294967295"), "more seats than 10000000");
        check(&format!("{app}[idp.okat]\nprovisioning = \"scim\""), "the identity provider \"okat\"");
        check(&format!("[[apps]]\n{app}[[apps]]\n{app}"), "A stands in it twice");
        check(&price("colour = \"red\""), "unknown field `colour`");
        check(&price("[[plans.prices.bands]]\nfrom_seats = 10"), "neither a discount nor an amount");
        check(
            &price(
                "[[plans.prices.bands]]\nfrom_seats = 10\nto_seats = 20\namount = \"4\"\n[[plans.prices.bands]]\nfrom_seats = 20\namount = \"3\"",
            ),
            "overlap",
        );
        check(&plan(""), "it has no price, and on_request does not say why");
        check(&price("").replace("name = \"Team\"", "name = \"Team\"\non_request = \"quote\""), "only one can be");
        check(
            &format!("{}[[plans]]\nname = \"team\"\non_request = \"quote\"\n", price("")),
            "two plans called \"team\"",
        );
        check("[[apps]]\n", "missing field `app`");
        check("apps", "expected");
    }

    /// What the user enters wins, and what they leave out stays.
    #[test]
    fn own_entries_win() {
        let own = parse_apps(
            "app = \"bill.com\"\nsource = \"offer\"\nchecked_on = \"2026-02-01\"\n[[plans]]\nname = \"enterprise\"\n\
             [[plans.prices]]\namount = \"180\"\nunit = \"per_seat_month\"\ncurrency = \"USD\"\nsource = \"offer\"\n\
             checked_on = \"2026-02-01\"\n[[plans]]\nname = \"Starter\"\non_request = \"no idea\"",
        );
        let catalog = Catalog::builtin().unwrap().with(&own.unwrap());
        let app = catalog.app(&AppName::new("BILL")).unwrap();
        let shown: Vec<String> =
            app.plans.iter().map(|plan| format!("{} {} {:?}", plan.name, plan.own, plan.scim)).collect();
        assert_eq!(shown, ["Corporate false Some(false)", "Enterprise true Some(true)", "Starter true None"]);
        assert_eq!(app.plan("Enterprise").unwrap().prices[0].amount, dec!(180));
        assert_eq!(app.idp.len(), 2);
    }
}
