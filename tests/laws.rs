//! What must hold for any data: nothing is lost, sums agree, order does not matter, undo is the inverse.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and writes its own inputs"
)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_decimal::Decimal;
use truedown::analysis::Analysis;
use truedown::classify::Kind;
use truedown::import::Source;
use truedown::session::Session;
use truedown::workspace::{AccountKey, Change, Decision, Edit, Policy, Workspace};

/// A small world: people with a status, and accounts that may or may not be theirs.
#[derive(Clone, Debug)]
struct World {
    people: Vec<Person>,
    accounts: Vec<Account>,
    seats: u32,
    minimum: u32,
    cents: u32,
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
    (people, accounts, 0..40_u32, 0..12_u32, 0..20_000_u32)
        .prop_map(|(people, accounts, seats, minimum, cents)| World { people, accounts, seats, minimum, cents })
}

impl World {
    /// The world as files; `turn` puts rows and files into another order.
    fn files(&self, turn: usize) -> Vec<Source> {
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
        let contracts = format!(
            "App,Plan,Seats purchased,Price per seat,Minimum seats,Renewal date\nIntercom,Essential,{},{price},{},2026-06-30\n",
            self.seats, self.minimum
        );
        let file = |name: &str, header: &str, rows: &[String]| {
            let text = format!("{header}\n{}\n", rows.join("\n"));
            Source { name: name.into(), bytes: text.into_bytes().into() }
        };
        let mut files = vec![
            file("people 2026-01-31.csv", "User Id,Status,Username,First name,Last name,Primary email", &people),
            file("team 2026-01-31.csv", "Name,Email,Seat type,Role,Teams,Last active", &accounts),
            Source { name: "contracts.csv".into(), bytes: contracts.into_bytes().into() },
        ];
        let turns = turn % files.len();
        files.rotate_left(turns);
        files
    }

    fn analyze(&self, turn: usize) -> Analysis {
        session(&self.files(turn)).analyze()
    }
}

fn session(files: &[Source]) -> Session {
    let mut session = Session::unsaved().unwrap();
    session.import(files, &Vec::new(), &mut |_| true).unwrap();
    session
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
        prop_assert_eq!(analysis.findings.len() + repeated, world.accounts.len());
    }

    #[test]
    fn findings_sum_to_accounts(world in world()) {
        let analysis = world.analyze(0);
        let mut kinds: BTreeMap<Kind, u32> = BTreeMap::new();
        for finding in &analysis.findings {
            *kinds.entry(finding.kind).or_default() += 1;
        }
        for app in &analysis.costs.apps {
            let counts = &app.counts;
            prop_assert_eq!(counts.kinds.values().sum::<u32>(), counts.accounts);
            prop_assert_eq!(counts.in_use + counts.orphaned_billed + counts.unused + counts.duplicate, counts.billed);
            prop_assert!(counts.unused_licenses.low <= counts.unused_licenses.point);
            prop_assert!(counts.unused_licenses.point <= counts.unused_licenses.high);
            prop_assert!(counts.orphaned.low <= counts.orphaned.point && counts.orphaned.point <= counts.orphaned.high);
            for (kind, count) in &counts.kinds {
                prop_assert_eq!(kinds.get(kind).copied().unwrap_or(0), *count);
            }
        }
    }

    #[test]
    fn cost_by_finding_is_cost_by_app_is_the_total(world in world()) {
        let analysis = world.analyze(0);
        let app = &analysis.costs.apps[0];
        let price = app.terms.seat_price().unwrap().unwrap().amount;
        let waste = |kind: Kind| matches!(kind, Kind::Orphaned | Kind::Unused | Kind::Duplicate);
        let by_finding: Decimal = analysis.findings.iter()
            .filter(|finding| waste(finding.kind))
            .filter_map(|finding| analysis.costs.seat_price(&app.app, finding))
            .map(|price| price.unwrap().amount)
            .sum();
        let uncapped = by_finding + price * Decimal::from(app.counts.shelfware);
        let most = price * Decimal::from(app.terms.billed_seats());
        let licenses = app.impact.licenses.clone().unwrap().amount;
        prop_assert_eq!(licenses, uncapped.min(most));
        let parts = licenses + app.impact.labor.amount + app.impact.misses.amount;
        prop_assert_eq!(app.impact.total.point.amount, parts);
        prop_assert_eq!(analysis.costs.impact.point.amount, parts);
        prop_assert!(app.impact.total.low.amount <= parts && parts <= app.impact.total.high.amount);
    }

    #[test]
    fn order_of_input_does_not_matter(world in world(), turn in 1..20_usize) {
        prop_assert_eq!(figures(&world.analyze(0)), figures(&world.analyze(turn)));
    }

    #[test]
    fn undo_is_the_inverse(world in world(), steps in prop::collection::vec(0..4_u8, 1..8)) {
        let mut session = session(&world.files(0));
        let before = state(session.workspace());
        for (number, step) in steps.iter().enumerate() {
            let change = change(session.workspace(), *step, number);
            session.perform(vec![change]).unwrap();
        }
        let after = state(session.workspace());
        for _ in &steps {
            prop_assert!(session.undo().unwrap());
        }
        prop_assert_eq!(&state(session.workspace()), &before);
        for _ in &steps {
            prop_assert!(session.redo().unwrap());
        }
        prop_assert_eq!(&state(session.workspace()), &after);
    }

    #[test]
    fn scenarios_count_each_dollar_once(world in world()) {
        let analysis = world.analyze(0);
        let app = &analysis.costs.apps[0];
        let scenarios = &analysis.comparisons[0].scenarios;
        let manual = &scenarios[0];
        let bill = app.terms.annual(app.terms.seats).unwrap().amount;
        let year = bill + app.impact.labor.amount + app.impact.misses.amount;
        prop_assert_eq!(manual.year_1.clone().unwrap().amount, year);
        prop_assert_eq!(manual.saving.clone().unwrap().amount, Decimal::ZERO);
        for scenario in scenarios {
            if let Ok(flows) = &scenario.flows {
                prop_assert_eq!(flows.npv(Decimal::ZERO), -flows.sum());
            }
        }
    }

    /// Text of any kind is read without a panic, and every row is told of.
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "[a-z]{1,8}\\.(csv|json)") {
        let session = Session::unsaved().unwrap();
        let import = session.look_at(&Source { name: name.as_str().into(), bytes: bytes.into() }, &Vec::new());
        prop_assert_eq!(import.rows, import.records.len() + import.skipped);
        prop_assert!(!import.diagnostics.is_empty() || !import.records.is_empty());
    }

    #[test]
    fn broken_exports_are_read(text in "(Email|Name|Status|Role|,|;|\"|\n|\r|a@b\\.example|=1\\+1|2026-01-31|\u{feff}|é| ){0,60}") {
        let header = "Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n";
        let source = Source { name: "members.csv".into(), bytes: format!("{header}{text}").into_bytes().into() };
        let import = Session::unsaved().unwrap().look_at(&source, &Vec::new());
        prop_assert_eq!(import.rows, import.records.len() + import.skipped);
    }
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
            Change::Decision { account, edit: Edit { before, after: Some(Decision::Service { owner: "IT".into() }) } }
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
            edit: Edit { before: workspace.contracts.get("intercom").cloned(), after: None },
        },
    }
}
