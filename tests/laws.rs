//! What must hold for any data: nothing is lost, sums agree, order does not matter, undo is the inverse.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and writes its own inputs"
)]

use proptest::prelude::*;
use rust_decimal::Decimal;
use truedown::analysis::Analysis;
use truedown::classify::Kind;
use truedown::compare::ScenarioKind;
use truedown::import::{Contract, Placing, Role, Source};
use truedown::model::AppName;
use truedown::price::Priced;
use truedown::session::{Placings, Session};
use truedown::workspace::{AccountKey, Change, Edit, Policy, Verdict, Workspace};

/// A small world: people with a status, and accounts that may or may not be theirs.
#[derive(Clone, Debug)]
struct World {
    people: Vec<Person>,
    accounts: Vec<Account>,
    seats: u32,
    minimum: u32,
    cents: u32,
    /// The second app has a contract, in euros, for which there is no rate.
    euros: bool,
}

#[derive(Clone, Debug)]
struct Person {
    status: &'static str,
    name: usize,
}

#[derive(Clone, Debug)]
struct Account {
    /// Whose address it has; beyond the people it is nobody's.
    owner: usize,
    tagged: bool,
    outside: bool,
    seat: &'static str,
    last_active: &'static str,
}

const NAMES: [&str; 5] = ["Ann Lee", "Bo Ray", "Zoë Ünal", "陽子 田中", "Min Park"];

fn person() -> impl Strategy<Value = Person> {
    let status = prop::sample::select(vec!["ACTIVE", "SUSPENDED", "DEPROVISIONED", "STAGED", "ACTIVE", "LOCKED_OUT"]);
    (status, 0..NAMES.len()).prop_map(|(status, name)| Person { status, name })
}

fn account() -> impl Strategy<Value = Account> {
    let seat = prop::sample::select(vec!["Full", "Lite", "Pending", "Full", "Strange"]);
    let last_active = prop::sample::select(vec!["", "2026-01-30 10:00:00", "2025-02-01 10:00:00", "nonsense"]);
    (0..14_usize, any::<bool>(), prop::bool::weighted(0.1), seat, last_active)
        .prop_map(|(owner, tagged, outside, seat, last_active)| Account { owner, tagged, outside, seat, last_active })
}

fn world() -> impl Strategy<Value = World> {
    let people = prop::collection::vec(person(), 1..10);
    let accounts = prop::collection::vec(account(), 1..25);
    (people, accounts, 0..40_u32, 0..12_u32, 0..20_000_u32, any::<bool>()).prop_map(
        |(people, accounts, seats, minimum, cents, euros)| World { people, accounts, seats, minimum, cents, euros },
    )
}

impl World {
    /// The world as files; `turn` puts rows and files into another order.
    fn files(&self, turn: usize) -> Vec<Source<'static>> {
        let mut people: Vec<String> = self
            .people
            .iter()
            .enumerate()
            .map(|(number, person)| {
                let (given, family) = NAMES[person.name].split_once(' ').unwrap();
                let address = format!("p{number}@a.example");
                format!("\"{number}\",\"{}\",\"{address}\",\"{given}\",\"{family}\",\"{address}\"", person.status)
            })
            .collect();
        let mut accounts: Vec<String> = self
            .accounts
            .iter()
            .enumerate()
            .map(|(number, account)| {
                let tag = if account.tagged { format!("+t{number}") } else { String::new() };
                let domain = if account.outside { "elsewhere.example" } else { "a.example" };
                let name = NAMES[number % NAMES.len()];
                let address = format!("p{}{tag}@{domain}", account.owner);
                format!("{name},{address},{},Agent,Team,{}", account.seat, account.last_active)
            })
            .collect();
        people.rotate_left(turn % self.people.len());
        accounts.rotate_left(turn % self.accounts.len());
        let price = Decimal::new(i64::from(self.cents), 2);
        let second = if self.euros { "Wiki,Team,5,3,EUR,,\n" } else { "" };
        let contracts = format!(
            "App,Plan,Seats purchased,Price per seat,Currency,Minimum seats,Renewal date\n\
             Intercom,Essential,{},{price},USD,{},2026-06-30\n{second}Slack,Pro,100,10,USD,,\n",
            self.seats, self.minimum
        );
        // A second app with the same people, and a third that has a contract and no list.
        let wiki: Vec<String> =
            accounts.iter().map(|row| row.split(',').take(2).collect::<Vec<_>>().join(",")).collect();
        let file = |name: &str, header: &str, rows: &[String]| {
            let text = format!("{header}\n{}\n", rows.join("\n"));
            Source::new(name, text.into_bytes())
        };
        let mut files = vec![
            file("people 2026-01-31.csv", "User Id,Status,Username,First name,Last name,Primary email", &people),
            file("team 2026-01-31.csv", "Name,Email,Seat type,Role,Teams,Last active", &accounts),
            file("wiki.csv", "Name,Email", &wiki),
            Source::new("contracts.csv", contracts.into_bytes()),
        ];
        let turns = turn % files.len();
        files.rotate_left(turns);
        files
    }

    fn analyze(&self, turn: usize) -> Analysis {
        session(&self.files(turn)).analyze()
    }
}

fn session(files: &[Source<'_>]) -> Session {
    let mut session = Session::unsaved().unwrap();
    session.import(files, &placings(), &mut |_| true).unwrap();
    session
}

/// What no content can tell: of which app the second list is.
fn placings() -> Placings {
    vec![("wiki.csv".into(), Placing::new(Role::Accounts, Some(AppName::new("Wiki"))))]
}

/// What figures come to, without regard to order.
fn figures(analysis: &Analysis) -> String {
    let apps = analysis.costs.apps.iter().map(|app| format!("{:?} {:?} {:?}", app.counts, app.impact, app.recoverable));
    let best = analysis.comparisons.iter().map(|comparison| format!("{:?}", comparison.recommendation.choice));
    apps.chain(best).collect::<Vec<_>>().join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_in_are_rows_accounted_for(world in world()) {
        let analysis = world.analyze(0);
        for import in analysis.workspace.imports.values() {
            prop_assert_eq!(import.rows, import.records.len() + import.skipped, "{}", import.name);
        }
        let repeated = analysis.roster.diagnostics.len();
        prop_assert_eq!(analysis.findings.len() + repeated, 2 * world.accounts.len());
    }

    #[test]
    fn findings_sum_to_accounts(world in world()) {
        let analysis = world.analyze(0);
        let all: u32 = analysis.costs.apps.iter().map(|app| app.counts.accounts).sum();
        prop_assert_eq!(all as usize, analysis.findings.len());
        for app in &analysis.costs.apps {
            let counts = &app.counts;
            prop_assert_eq!(counts.kinds.values().sum::<u32>(), counts.accounts);
            prop_assert_eq!(counts.in_use + counts.orphaned_billed + counts.unused + counts.duplicate, counts.billed);
            prop_assert!(counts.unused_licenses.low <= counts.unused_licenses.point);
            prop_assert!(counts.unused_licenses.point <= counts.unused_licenses.high);
            prop_assert!(counts.orphaned.low <= counts.orphaned.point && counts.orphaned.point <= counts.orphaned.high);
            for (kind, count) in &counts.kinds {
                let of_app = analysis.roster.accounts().zip(analysis.findings.iter());
                let found = of_app.filter(|(id, finding)| {
                    analysis.roster.app(*id).key() == app.app.key() && finding.kind == *kind
                });
                prop_assert_eq!(found.count(), *count as usize);
            }
        }
    }

    #[test]
    fn cost_by_finding_is_cost_by_app_is_the_total(world in world()) {
        let analysis = world.analyze(0);
        let waste = |kind: Kind| matches!(kind, Kind::Orphaned | Kind::Unused | Kind::Duplicate);
        let mut total = Decimal::ZERO;
        for app in &analysis.costs.apps {
            let parts = [&app.impact.licenses, &app.impact.labor, &app.impact.misses];
            let known: Decimal = parts.into_iter().flatten().map(|money| money.amount).sum();
            prop_assert_eq!(app.impact.total.point.amount, known);
            prop_assert_eq!(app.impact.total.missing.is_empty(), app.impact.licenses.is_ok());
            prop_assert!(app.impact.total.low.amount <= known && known <= app.impact.total.high.amount);
            total += known;
            let Ok(licenses) = &app.impact.licenses else { continue };
            let price = amount(&app.terms.seat_price().unwrap());
            let by_finding: Decimal = analysis
                .roster
                .accounts()
                .zip(analysis.findings.iter())
                .filter(|(id, finding)| analysis.roster.app(*id).key() == app.app.key() && waste(finding.kind))
                .filter_map(|(_, finding)| analysis.costs.seat_price(&app.app, finding))
                .map(|price| price.unwrap().amount)
                .sum();
            let uncapped = by_finding + price * Decimal::from(app.counts.shelfware);
            prop_assert_eq!(licenses.amount, uncapped.min(price * Decimal::from(app.terms.billed_seats())));
        }
        prop_assert_eq!(analysis.costs.impact.point.amount, total);
        // The list without a price and the contract without a list are missing from the total, visibly.
        prop_assert_eq!(analysis.costs.impact.missing.len(), 2);
    }

    #[test]
    fn order_of_input_does_not_matter(world in world(), turn in 1..20_usize) {
        prop_assert_eq!(figures(&world.analyze(0)), figures(&world.analyze(turn)));
    }

    #[test]
    fn undo_is_the_inverse(world in world(), steps in prop::collection::vec(0..4_u8, 1..8)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.truedown");
        let mut session = Session::open_or_make(&path).unwrap();
        session.import(&world.files(0), &placings(), &mut |_| true).unwrap();
        let before = state(session.workspace());
        // What is so already is no step.
        let mut taken = 0;
        for (number, step) in steps.iter().enumerate() {
            let (was, change) = (state(session.workspace()), change(session.workspace(), *step, number));
            session.perform(vec![change]).unwrap();
            taken += usize::from(state(session.workspace()) != was);
        }
        let after = state(session.workspace());
        for _ in 0..taken {
            prop_assert!(session.undo().unwrap());
        }
        prop_assert_eq!(&state(session.workspace()), &before);
        prop_assert_eq!(&state(Session::open(&path).unwrap().workspace()), &before, "the file has it as well");
        for _ in 0..taken {
            prop_assert!(session.redo().unwrap());
        }
        prop_assert_eq!(&state(session.workspace()), &after);
        prop_assert_eq!(&state(Session::open(&path).unwrap().workspace()), &after, "the file has it as well");
    }

    #[test]
    fn scenarios_count_each_dollar_once(world in world()) {
        let analysis = world.analyze(0);
        let app = &analysis.costs.apps[0];
        prop_assert_eq!(app.app.as_str(), "Intercom");
        let scenarios = &analysis.comparisons[0].scenarios;
        let labor = amount(&app.impact.labor);
        let manual = amount(&app.terms.annual(app.terms.seats)) + labor + amount(&app.impact.misses);
        prop_assert_eq!(amount(&scenarios[0].year_1), manual);
        prop_assert_eq!(amount(&scenarios[0].saving), Decimal::ZERO);
        for scenario in scenarios.iter().filter(|scenario| scenario.kind == ScenarioKind::Automate) {
            let needed = amount(&app.terms.annual(scenario.seats));
            let settled = needed + Decimal::from(5000) + labor * Decimal::new(2, 1);
            prop_assert_eq!(amount(&scenario.run_rate), settled);
            // Nothing is dropped before the renewal, and no course costs less than what is bought until then.
            prop_assert!(amount(&scenario.year_1) >= settled);
        }
    }

    /// Text of any kind is read without a panic, and every row is told of.
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "[a-z]{1,8}\\.(csv|json)") {
        let session = Session::unsaved().unwrap();
        let import = session.look_at(&Source::new(name.as_str(), bytes), &Vec::new());
        prop_assert_eq!(import.rows, import.records.len() + import.skipped);
        prop_assert!(!import.diagnostics.is_empty() || !import.records.is_empty());
    }

    #[test]
    fn broken_exports_are_read(text in "(Email|Name|Status|Role|,|;|\"|\n|\r|a@b\\.example|=1\\+1|2026-01-31|\u{feff}|é| ){0,60}") {
        let header = "Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n";
        let source = Source::new("members.csv", format!("{header}{text}").into_bytes());
        let import = Session::unsaved().unwrap().look_at(&source, &Vec::new());
        prop_assert_eq!(import.rows, import.records.len() + import.skipped);
    }
}

fn amount(money: &Priced) -> Decimal {
    money.clone().unwrap().amount
}

/// Ground state in comparable form.
fn state(workspace: &Workspace) -> String {
    let imports: Vec<_> = workspace.imports.keys().collect();
    format!("{imports:?} {:?} {:?} {:?}", workspace.decisions, workspace.contracts, workspace.policy)
}

fn change(workspace: &Workspace, step: u8, number: usize) -> Change {
    match step {
        0 => {
            let account = AccountKey { app: "intercom".into(), id: format!("p{}@a.example", number % 3) };
            let before = workspace.decisions.get(&account).cloned();
            Change::Decision {
                account,
                edit: Edit { before, after: Some(Verdict::Service { owner: "IT".into() }.into()) },
            }
        }
        1 => match workspace.imports.iter().next() {
            Some((id, import)) => Change::remove_import(*id, import.clone()),
            None => change(workspace, 2, number),
        },
        2 => {
            let before = Box::new(workspace.policy.clone());
            let after = Policy { unused_after_days: 30 + u32::try_from(number).unwrap(), ..Policy::clone(&before) };
            Change::Policy { before, after: Box::new(after) }
        }
        _ => Change::Contract {
            app: "intercom".into(),
            edit: Box::new(Edit {
                before: workspace.contracts.get("intercom").cloned(),
                after: Some(Contract { seats: Some(u32::try_from(number).unwrap()), ..contract() }),
            }),
        },
    }
}

fn contract() -> Contract {
    Contract { plan: "Advanced".into(), ..Contract::new(AppName::new("Intercom")) }
}
