//! What must hold for any price: bills rise with seats but where a band begins, a search finds what walking finds, sums agree,
//! and nothing that is not known is zero. And every shape of the guide to the catalog, to the cent.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and writes its own inputs"
)]

use proptest::prelude::*;
use rust_decimal::{Decimal, dec};
use truedown::analysis::Analysis;
use truedown::catalog::{App, parse_apps};
use truedown::compare::{Choice, Flows, ScenarioKind, Worth, break_even_seats};
use truedown::import::{Placing, Role, Source};
use truedown::model::{AppName, Currency};
use truedown::price::Tariff;
use truedown::session::Session;

fn app(plans: &str) -> App {
    let text = format!("app = \"Desk\"\nsource = \"a list\"\nchecked_on = \"2026-01-01\"\n{plans}");
    parse_apps(&text).unwrap_or_else(|fault| panic!("{fault}\n{text}")).remove(0)
}

/// A plan with one price; `rest` stands in the price, `plan` in the plan.
fn plan(plan: &str, rest: &str) -> String {
    format!(
        "[[plans]]\nname = \"Team\"\n{plan}\n[[plans.prices]]\ncurrency = \"USD\"\nsource = \"a list\"\n\
         checked_on = \"2026-01-01\"\n{rest}\n"
    )
}

fn tariff(plan_rest: &str, price: &str) -> Tariff {
    Tariff::of_plan(&app(&plan(plan_rest, price)).plans[0]).unwrap()
}

/// Every published shape as one entry, and the bill of a year for some seats.
#[test]
fn published_shapes() {
    let check = |plan: &str, price: &str, seats: u32, expect: &str| {
        let tariff = tariff(plan, &price.replace("; ", "\n"));
        let bounds = tariff.bounds(seats);
        let text = |amount: Decimal| amount.normalize().to_string();
        let from = if tariff.from { " or more" } else { "" };
        let shown = match bounds.is_certain() {
            true => text(bounds.high.amount) + from,
            false => format!("{} to {}", text(bounds.low.amount), text(bounds.high.amount)),
        };
        assert_eq!(shown, expect, "{plan} {price} {seats}");
    };
    check("", "amount = \"12\"; unit = \"per_seat_month\"", 10, "1440");
    check("", "amount = \"96\"; unit = \"per_seat_year\"", 10, "960");
    check("", "amount = \"49\"; unit = \"flat_month\"", 900, "588");
    check("", "amount = \"36000\"; unit = \"flat_year\"; from = true", 10, "36000 or more");
    check("", "amount = \"18\"; unit = \"per_seat_month\"; pack = 10", 11, "432");
    check("", "amount = \"12\"; unit = \"per_seat_month\"; base_fee = \"500\"", 10, "7440");
    check("", "amount = \"100\"; unit = \"per_seat_year\"; base_fee = \"500\"", 10, "1500");
    let included = "amount = \"20\"; unit = \"per_seat_month\"; base_fee = \"95\"; included_seats = 3";
    check("", included, 2, "1140");
    check("", included, 3, "1140");
    check("", included, 10, "2820");
    check("", "amount = \"8\"; unit = \"per_seat_month\"; add_on = \"4\"", 10, "1440");
    check("", "amount = \"18\"; unit = \"per_seat_month\"; pack = 10; add_on = \"4\"", 10, "696");
    check("", "amount = \"20\"; amount_high = \"30\"; unit = \"per_seat_month\"", 10, "2400 to 3600");
    check("minimum_seats = 100", "amount = \"15\"; unit = \"per_seat_month\"", 20, "18000");
    check("minimum_seats = 100", "amount = \"15\"; unit = \"per_seat_month\"", 101, "18180");
    check("", "amount = \"10\"; unit = \"per_seat_month\"; commitment = \"8000\"", 20, "8000");
    check("", "amount = \"10\"; unit = \"per_seat_month\"; commitment = \"8000\"", 80, "9600");
    let banded = "amount = \"10\"; unit = \"per_seat_month\"; [[plans.prices.bands]]; from_seats = 50; amount = \"8\"";
    check("", banded, 49, "5880");
    check("", banded, 50, "4800");
    let graduated = "amount = \"10\"; unit = \"per_seat_month\"; graduated = true; [[plans.prices.bands]]; from_seats = 50; amount = \"8\"";
    check("", graduated, 49, "5880");
    check("", graduated, 60, "6936");
    let discounts = "amount = \"132\"; unit = \"per_seat_month\"; [[plans.prices.bands]]; from_seats = 25; to_seats = 30; \
                     discount_low = \"0.12\"; discount_high = \"0.15\"";
    check("", discounts, 24, "38016");
    check("", discounts, 25, "33660 to 34848");
    check("", discounts, 31, "49104");
    let flat_bands = "amount = \"50\"; unit = \"flat_month\"; [[plans.prices.bands]]; from_seats = 11; to_seats = 50; \
                      amount = \"90\"; [[plans.prices.bands]]; from_seats = 51; amount = \"150\"";
    check("", flat_bands, 10, "600");
    check("", flat_bands, 11, "1080");
    check("", flat_bands, 400, "1800");
}

/// Public lists that disagree make a range; what they disagree about entirely has no price.
#[test]
fn sources_that_disagree() {
    let check = |prices: &[&str], expect: &str| {
        let mut text = "[[plans]]\nname = \"Team\"\n".to_owned();
        for price in prices {
            text += "[[plans.prices]]\ncurrency = \"USD\"\nsource = \"a list\"\nchecked_on = \"2026-01-01\"\n";
            text += &price.replace("; ", "\n");
            text.push('\n');
        }
        let shown = match Tariff::of_plan(&app(&text).plans[0]) {
            Ok(tariff) => {
                let bounds = tariff.bounds(10);
                format!("{} to {} {}", bounds.low.amount.normalize(), bounds.high.amount.normalize(), tariff.disputed)
            }
            Err(unpriced) => unpriced.0,
        };
        assert_eq!(shown, expect, "{prices:?}");
    };
    let seat = |amount: &str| format!("amount = \"{amount}\"; unit = \"per_seat_month\"");
    check(&[&seat("10"), &seat("12"), &seat("11")], "1200 to 1440 true");
    check(&[&seat("10"), &seat("10")], "1200 to 1200 false");
    let flat = "amount = \"10\"; unit = \"flat_month\"";
    check(&[&seat("10"), flat], "the sources of its price for Team disagree on its shape");
}

/// A tariff of any shape.
fn any_tariff() -> impl Strategy<Value = Tariff> {
    let unit = prop::sample::select(vec!["per_seat_month", "per_seat_year", "flat_month", "flat_year"]);
    let band = prop::option::of((2..400_u32, prop::option::of(1..200_u32), any::<bool>(), 1..90_u32));
    let numbers = (1..30_000_u32, 0..30_u32, 0..3_000_u32, 0..40_000_u32, 0..60_u32);
    (unit, numbers, prop::sample::select(vec![1_u32, 1, 1, 5, 10]), 0..6_u32, band, any::<bool>()).prop_map(
        |(unit, (cents, minimum, base, commitment, high), pack, included, band, graduated)| {
            let per_seat = unit.starts_with("per_seat");
            let amount = Decimal::new(i64::from(cents), 2);
            let mut price = format!(
                "amount = \"{amount}\"\namount_high = \"{}\"\nunit = \"{unit}\"\nbase_fee = \"{base}\"\n\
                 commitment = \"{commitment}\"\n",
                amount + Decimal::from(high)
            );
            if per_seat {
                let graduated = graduated && pack == 1;
                price +=
                    &format!("pack = {pack}\nincluded_seats = {included}\ngraduated = {graduated}\nadd_on = \"2\"\n");
            }
            if let Some((from, length, discount, share)) = band {
                price += &format!("[[plans.prices.bands]]\nfrom_seats = {from}\n");
                if let Some(length) = length {
                    price += &format!("to_seats = {}\n", from + length);
                }
                price += &if discount && per_seat {
                    format!("discount_low = \"0.{share:02}\"\ndiscount_high = \"0.{:02}\"\n", share + 9)
                } else {
                    format!("amount = \"{}\"\n", amount * Decimal::new(i64::from(share), 2))
                };
            }
            tariff(&format!("minimum_seats = {minimum}"), &price)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// More seats never cost less, but where a band begins or ends.
    #[test]
    fn bills_rise_with_seats(tariff in any_tariff()) {
        let turns = tariff.turns(700);
        for seats in 1..600_u32 {
            let (fewer, more) = (tariff.bounds(seats), tariff.bounds(seats + 1));
            prop_assert!(fewer.low.amount <= fewer.high.amount);
            let edge = turns.contains(&(seats + 1));
            prop_assert!(edge || fewer.high.amount <= more.high.amount, "{seats} {tariff:?}");
        }
    }

    /// Between the numbers of seats at which it may turn, a bill is a straight line.
    #[test]
    fn bills_are_lines_between_turns(tariff in any_tariff()) {
        let turns = tariff.turns(700);
        for span in turns.windows(2) {
            let bill = |seats: u32| tariff.bounds(seats).high.amount;
            let (first, last) = (span[0], span[1]);
            let slope = bill(last) - bill(first);
            for seats in first..last {
                let left = (bill(seats) - bill(first)) * Decimal::from(last - first);
                prop_assert_eq!(left, slope * Decimal::from(seats - first), "{} {:?}", seats, tariff);
            }
        }
    }

    /// The search finds what walking finds.
    #[test]
    fn break_even_agrees_with_walking(from in any_tariff(), to in any_tariff(), fee in 0..60_000_u32) {
        let fee = Decimal::from(fee);
        let found = break_even_seats(&from, &to, fee);
        if !from.depends_on_seats() && !to.depends_on_seats() {
            prop_assert_eq!(found, None);
        } else {
            let dearer = |seats: &u32| to.annual(*seats).amount - from.annual(*seats).amount > fee;
            let walked = (1..=2_000_u32).find(dearer);
            prop_assert_eq!(found.filter(|seats| *seats <= 2_000), walked);
        }
    }

    /// The cheapest number of seats is the cheapest of all that serve.
    #[test]
    fn the_cheapest_is_the_cheapest(tariff in any_tariff(), needed in 1..300_u32, spare in 0..200_u32) {
        let bought = needed + spare;
        let found = tariff.cheapest(needed, bought);
        prop_assert!((needed..=bought).contains(&found));
        let bill = |seats: u32| tariff.annual(seats).amount;
        let least = (needed..=bought).map(bill).min().unwrap();
        prop_assert_eq!(bill(found), least);
    }

    /// Without a rate a present value is a sum; with one it is less of a cost; months add up to years.
    #[test]
    fn present_values(months in prop::collection::vec((0..100_000_u32, 0..9_000_u32), 36), once in 0..9_000_u32, percent in 1..30_u32) {
        let paces = months.iter().map(|(licenses, labor)| truedown::compare::Pace {
            licenses: Decimal::from(*licenses),
            labor: Decimal::from(*labor),
            ..truedown::compare::Pace::default()
        });
        let flows = Flows::new(paces.collect(), truedown::compare::Pace::default(), Decimal::from(once));
        let none = Worth::new(Decimal::ZERO, 36);
        prop_assert_eq!(flows.npv(&none), -flows.sum());
        prop_assert_eq!(flows.cumulative().last().copied(), Some(flows.sum()));
        let some = flows.npv(&Worth::new(Decimal::new(i64::from(percent), 2), 36));
        prop_assert!(some >= -flows.sum());
        let twice = flows.clone().plus(&flows);
        // A twelfth of a year cannot always be written down exactly.
        prop_assert!((twice.sum() - flows.sum() - flows.sum()).abs() < dec!(0.000001));
    }
}

const PEOPLE: &str = "User Id,Status,Username,First name,Last name,Primary email\n";
const TEAM: &str = "Name,Email,Seat type,Role,Teams,Last active\n";

/// A company of so many people, each with an account, under some contracts.
fn company(people: usize, contracts: &str) -> Analysis {
    let mut directory = PEOPLE.to_owned();
    let mut team = TEAM.to_owned();
    for number in 0..people {
        let status = if number % 9 == 8 { "DEPROVISIONED" } else { "ACTIVE" };
        let address = format!("p{number}@a.example");
        directory += &format!("\"{number}\",\"{status}\",\"{address}\",\"P{number}\",\"Q{number}\",\"{address}\"\n");
        let last = if number % 5 == 4 { "2025-01-01 10:00:00" } else { "2026-01-30 10:00:00" };
        team += &format!("P{number} Q{number},{address},Full,Agent,Team,{last}\n");
    }
    let wiki = team.clone();
    let file = |name: &str, text: String| Source::new(name, text.into_bytes());
    let mut session = Session::unsaved().unwrap();
    let files = [
        file("people 2026-01-31.csv", directory),
        file("team 2026-01-31.csv", team),
        file("wiki.csv", wiki),
        file("contracts.csv", contracts.to_owned()),
    ];
    let placings = vec![("wiki.csv".into(), Placing::new(Role::Accounts, Some(AppName::new("Kustomer"))))];
    session.import(&files, &placings, &mut |_| true).unwrap();
    session.analyze()
}

const CONTRACTS: &str = "App,Plan,Seats purchased,Price per seat,Renewal date,Notice days\n\
    Intercom,Essential,60,29,2026-06-30,30\nKustomer,Enterprise,50,89,2026-03-14,30\n";

/// All apps under a course of action are the sum of the apps, and what is recommended is the sum of what is.
#[test]
fn apps_sum_to_the_portfolio() {
    let analysis = company(45, CONTRACTS);
    for scenario in &analysis.portfolio.scenarios {
        let of_app = |comparison: &truedown::compare::Comparison| {
            let wanted = scenario.kind.unwrap_or(match comparison.recommendation.choice {
                Choice::Take(kind) => kind,
                _ => ScenarioKind::StayManual,
            });
            let found = comparison.scenarios.iter().find(|own| own.kind == wanted);
            let found = found.filter(|own| own.npv.is_ok()).unwrap_or(&comparison.scenarios[0]);
            (found.npv.clone().unwrap().amount, found.run_rate.clone().unwrap().amount)
        };
        let all: Vec<_> = analysis.comparisons.iter().map(of_app).collect();
        let close = |a: Decimal, b: Decimal| (a - b).abs() < dec!(0.000001);
        assert!(close(scenario.npv.amount, all.iter().map(|(npv, _)| npv).sum()), "{scenario:?}");
        assert!(close(scenario.run_rate.amount, all.iter().map(|(_, rate)| rate).sum()), "{scenario:?}");
    }
}

/// Where nothing is wasted and nothing is saved, cleaning up is staying; an assumption that is not off moves nothing.
#[test]
fn no_change_is_the_baseline() {
    let mut contracts = CONTRACTS.to_owned();
    contracts = contracts.replace("60,29", "41,29");
    let analysis = company(8, &contracts.replace(",41,", ",8,").replace(",50,", ",8,"));
    for comparison in &analysis.comparisons {
        let find = |kind| comparison.scenarios.iter().find(|scenario| scenario.kind == kind).unwrap();
        let (manual, clean) = (find(ScenarioKind::StayManual), find(ScenarioKind::CleanUp));
        assert_eq!(manual.saving.as_ref().unwrap().amount, Decimal::ZERO);
        assert_eq!(manual.run_rate.as_ref().unwrap(), clean.run_rate.as_ref().unwrap(), "{}", comparison.app);
        let (low, high) = manual.range.as_ref().unwrap();
        assert!(low.run_rate() <= high.run_rate());
    }
    for (app, comparison) in analysis.costs.apps.iter().zip(&analysis.comparisons) {
        let study = analysis.study(&app.app, false).unwrap();
        let have = study.curve.have;
        // The curve at the seats there are is the settled year of each course.
        for line in &study.curve.lines {
            let point = line.points.iter().find(|point| point.seats == have).unwrap();
            let scenario = comparison.scenarios.iter().find(|scenario| scenario.kind == line.kind).unwrap();
            assert_eq!(point.cost, scenario.run_rate.as_ref().unwrap().amount, "{} {:?}", app.app, line.kind);
        }
    }
}

/// A simulation with a fixed seed says the same each time, and its middle is near what is expected.
#[test]
fn simulations_repeat() {
    let analysis = company(45, CONTRACTS);
    let app = AppName::new("Intercom");
    let (a, b) = (analysis.study(&app, true).unwrap(), analysis.study(&app, true).unwrap());
    let simulation = a.simulation.unwrap();
    assert_eq!(Some(&simulation), b.simulation.as_ref());
    assert!(simulation.bands.len() >= 3);
    for band in &simulation.bands {
        assert!(band.low.amount <= band.middle.amount && band.middle.amount <= band.high.amount, "{band:?}");
    }
}

/// What nobody knows is told of with a hint, and is in no sum as zero.
#[test]
fn bad_terms_are_told() {
    let told = |line: &str, code: &str, message: &str| {
        let header = "App,Plan,Seats purchased,Price per seat,Currency,Renewal date\n";
        let analysis = company(9, &format!("{header}{line}\n"));
        let all: Vec<String> = analysis
            .diagnostics()
            .filter(|problem| !problem.hints.is_empty())
            .map(|problem| format!("{} {}", problem.code.as_str(), problem.message))
            .collect();
        assert!(all.iter().any(|told| told.starts_with(code) && told.contains(message)), "{line}: {all:#?}");
        let intercom = analysis.costs.app(&AppName::new("Intercom")).unwrap();
        (intercom.impact.licenses.clone(), intercom.impact.total.missing.len())
    };
    let check = |line: &str, code: &str, message: &str| drop(told(line, code, message));
    check("Intercom,Essential,-5,29,USD,", "bad_value", "\"-5\" is no number of seats");
    check("Intercom,Essential,10,0,USD,", "bad_value", "the price of Intercom is 0");
    check("Intercom,Essential,10,29,USD,2025-06-30", "bad_value", "was to be renewed on 2025-06-30");
    check("Intercom,Platinum,10,29,USD,", "missing", "Intercom has no plan \"Platinum\" in the catalog");
    let (licenses, missing) = told("Intercom,Essential,10,29,XYZ,", "bad_value", "\"XYZ\" is not a currency");
    assert!(licenses.is_err() && missing == 1);
    check("Intercom,Essential,10,29,USD,\nIntercom,Expert,10,132,USD,", "repeated", "Intercom has a second contract");
    let (licenses, missing) = told("Intercom,Essential,10,29,EUR,", "missing", "no contract names Kustomer");
    assert!(licenses.is_err() && missing == 1, "euros without a rate are in no sum of dollars");
    assert!(Currency::parse("XYZ").is_err());
}

/// No float enters an amount: the stages that price and compare know none.
#[test]
fn amounts_know_no_float() {
    fn sources(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() { sources(&path, found) } else { found.push(path) }
        }
    }
    let mut files = Vec::new();
    for stage in ["model/money.rs", "catalog", "price", "compare", "workspace/policy.rs"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(stage);
        if path.is_dir() { sources(&path, &mut files) } else { files.push(path) }
    }
    assert!(files.len() > 20);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            let float = ["f64", "f32"].iter().any(|word| line.contains(word));
            assert!(!float, "{}:{number}: {line}", file.display());
        }
    }
}

/// Directories that only sign people in: upgrading does not automate offboarding, and that is said.
#[test]
fn upgrading_brings_nothing_with_google_workspace() {
    let directory = "First Name [Required],Last Name [Required],Email Address [Required],Org Unit Path [Required],\
        Status [READ ONLY],Last Sign In [READ ONLY]\nAnn,Lee,ann@a.example,/,Active,2026/01/30 10:00:00\n\
        Bo,Ray,bo@a.example,/,Suspended,Never logged in\n";
    let team = format!(
        "{TEAM}Ann Lee,ann@a.example,Full,Agent,Team,2026-01-30 10:00:00\nBo Ray,bo@a.example,Full,Agent,Team,\n"
    );
    let contracts = "App,Plan,Seats purchased,Price per seat,Renewal date\nIntercom,Essential,20,29,2026-06-30\n";
    let file = |name: &str, text: &str| Source::new(name, text.as_bytes().to_vec());
    let mut session = Session::unsaved().unwrap();
    let files = [
        file("User_Download_31012026.csv", directory),
        file("team 2026-01-31.csv", &team),
        file("contracts.csv", contracts),
    ];
    session.import(&files, &Vec::new(), &mut |_| true).unwrap();
    let analysis = session.analyze();
    assert_eq!(analysis.roster.identity_provider(), Some("google_workspace"));
    let comparison = &analysis.comparisons[0];
    let find = |kind| comparison.scenarios.iter().find(|scenario| scenario.kind == kind).unwrap();
    let pace = |kind| find(kind).flows.as_ref().unwrap().settled();
    let (manual, upgrade) = (pace(ScenarioKind::StayManual), pace(ScenarioKind::Upgrade));
    assert_eq!((upgrade.labor, upgrade.misses), (manual.labor, manual.misses));
    assert!(!find(ScenarioKind::Upgrade).automated);
    let said: Vec<String> = comparison.recommendation.reasons.iter().map(truedown::view::words::why).collect();
    assert!(
        said.iter().any(|reason| reason.contains("Google Workspace makes accounts at the first sign-in")),
        "{said:?}"
    );
    assert_ne!(comparison.recommendation.choice, Choice::Take(ScenarioKind::Upgrade));
}
