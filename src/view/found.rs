use crate::analysis::Analysis;
use crate::correlate::{AccountId, PersonId};
use crate::model::{AppName, Email, fold_text};

use super::accounts::{Filter, text_of};
use super::{Target, words};

/// What a word or two lead to: apps, people, accounts.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The best of each, in this order.
    pub hits: Vec<Hit>,
}

/// Something that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// What kind of thing it is.
    pub kind: HitKind,
    /// What it is called.
    pub name: String,
    /// More about it.
    pub detail: String,
    /// Where it leads.
    pub target: Target,
}

/// What kind of thing was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum HitKind {
    /// An app.
    App,
    /// A person.
    Person,
    /// An account.
    Account,
}

impl HitKind {
    /// As a label.
    pub fn title(self) -> &'static str {
        match self {
            Self::App => "App",
            Self::Person => "Person",
            Self::Account => "Account",
        }
    }
}

/// Hits of each kind; more than these nobody reads.
const OF_EACH: usize = 6;

impl Found {
    /// Looks for a text: every word of it stands somewhere in what is found.
    pub fn new(analysis: &Analysis, text: &str) -> Self {
        let text = fold_text(text);
        let wanted: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        if wanted.is_empty() {
            return Self::default();
        }
        let fits = |text: &str| wanted.iter().all(|word| text.contains(word));
        let apps = analysis.costs.apps.iter().filter(|cost| fits(&fold_text(cost.app.as_str())));
        let mut hits: Vec<Hit> = apps.take(OF_EACH).map(|cost| app(analysis, &cost.app)).collect();
        let roster = &analysis.roster;
        let person_fits = |id: &PersonId| {
            let person = roster.person(*id);
            let address = person.email.as_ref().map(Email::as_str).unwrap_or_default();
            fits(&fold_text(&format!("{} {} {address}", person.display, person.username)))
        };
        hits.extend(roster.people().filter(person_fits).take(OF_EACH).map(|id| {
            let person = roster.person(id);
            let address = person.email.as_ref().map_or_else(|| person.username.clone(), ToString::to_string);
            let search = if address.is_empty() { person.display.clone() } else { address.clone() };
            Hit {
                kind: HitKind::Person,
                name: if person.display.is_empty() { address.clone() } else { person.display.clone() },
                detail: [words::person_status(roster.status(id)), &address].join(" · "),
                target: Target::Accounts(Filter { search, ..Filter::default() }),
            }
        }));
        // Whoever names an app alone does not look for its accounts.
        let of_app = |id: &AccountId| fits(&fold_text(roster.app(*id).as_str()));
        let accounts = roster.accounts().filter(|id| fits(&text_of(analysis, *id)) && !of_app(id));
        hits.extend(accounts.take(OF_EACH).map(|id| {
            let finding = analysis.findings.get(id.index()).map_or("", |finding| words::kind(finding.kind));
            let name = words::account_name(analysis, id);
            Hit {
                kind: HitKind::Account,
                detail: format!("{} · {finding}", roster.app(id)),
                target: Target::Accounts(Filter {
                    search: name.clone(),
                    app: Some(shown(analysis, roster.app(id))),
                    ..Filter::default()
                }),
                name,
            }
        }));
        Self { hits }
    }
}

fn shown(analysis: &Analysis, app: &AppName) -> String {
    analysis.costs.app(app).map_or_else(|| app.to_string(), |cost| cost.app.to_string())
}

fn app(analysis: &Analysis, app: &AppName) -> Hit {
    let comparison = analysis.comparisons.iter().find(|comparison| comparison.app == *app);
    Hit {
        kind: HitKind::App,
        name: app.to_string(),
        detail: comparison.map_or("", |comparison| words::choice(comparison.recommendation.choice)).to_owned(),
        target: Target::Scenarios(Some(app.clone())),
    }
}
