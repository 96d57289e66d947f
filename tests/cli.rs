//! The real binary: what it prints where, and how it ends.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and writes its own inputs"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;

/// Runs the program and shows what came of it. Paths of this run are replaced.
fn run(folder: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_truedown"))
        .current_dir(folder)
        .args(args)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).replace(folder.to_str().unwrap(), "[folder]");
        text.replace(env!("CARGO_MANIFEST_DIR"), "[repository]").replace(".exe", "").replace(WINDOW_HINT, "")
    };
    format!(
        "exit status {}\n--- stdout\n{}--- stderr\n{}",
        output.status.code().map_or_else(|| "none".into(), |code| code.to_string()),
        text(&output.stdout),
        text(&output.stderr)
    )
}

/// Only a build with the window tells of it; a test of its own looks for it.
const WINDOW_HINT: &str =
    "To look around in a window, run truedown without arguments (cargo run --release) and open the sample.\n";

fn sample() -> String {
    format!("{}/sample-data", env!("CARGO_MANIFEST_DIR"))
}

/// A folder with files of the given content.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

const PEOPLE: &[u8] = b"User Id,Status,Username,First name,Last name,Primary email\n\
    \"1\",\"ACTIVE\",\"ann@a.example\",\"Ann\",\"Lee\",\"ann@a.example\"\n\
    \"2\",\"DEPROVISIONED\",\"bo@a.example\",\"Bo\",\"Ray\",\"bo@a.example\"\n";
const MEMBERS: &[u8] = b"Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n\
    ann@a.example,Ann Lee,Confirmed,User,Enabled,Enrolled,Disabled,\n\
    bo@a.example,Bo Ray,Confirmed,Owner,Enabled,Enrolled,Disabled,\n";

#[test]
fn audit_of_the_sample() {
    let folder = folder(&[]);
    assert_snapshot!(run(folder.path(), &["audit", &sample(), "--out", "report"]));
    for file in ["findings.csv", "report.json", "report.html"] {
        assert!(folder.path().join("report").join(file).is_file(), "{file}");
    }
}

#[test]
fn audit_pseudonymized_with_some_sections() {
    let folder = folder(&[("people.csv", PEOPLE), ("bitwarden members.csv", MEMBERS)]);
    let args = ["audit", "people.csv", "bitwarden members.csv", "--as-of", "2026-01-31", "--out", "report"];
    let more = ["--format", "csv,html", "--sections", "summary,findings", "--pseudonymize", "--key", "key.csv"];
    let said = run(folder.path(), &[&args[..], &more[..]].concat());
    assert!(said.contains("wrote report/manifest.json\nwrote key.csv"), "{said}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let (page, key) = (read("report/report.html"), read("key.csv"));
    assert!(!page.contains("ann@") && !page.contains("Access review"), "{page}");
    assert!(key.contains("Bo Ray bo@a.example 2"), "{key}");
    let check = |args: &[&str], expect: &str| {
        let said = run(folder.path(), &[&["audit", "people.csv"], args].concat());
        assert!(said.starts_with("exit status 2") && said.contains(expect), "{said}");
    };
    check(&["--key", "key.csv"], "--pseudonymize");
    check(&["--sections", "findings,all"], "\"all\" is not a section; expected some of summary, apps,");
}

#[test]
fn audit_ends_by_saying_how_to_open_the_window() {
    let folder = folder(&[]);
    let output = Command::new(env!("CARGO_BIN_EXE_truedown"))
        .args(["audit", &sample(), "--out"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr).ends_with(WINDOW_HINT), cfg!(feature = "gui"));
}

#[test]
fn audit_as_json_on_another_day() {
    let folder = folder(&[("people.csv", PEOPLE), ("members.csv", MEMBERS)]);
    let out = run(folder.path(), &["audit", ".", "--as-of", "2026-01-31", "--json"]);
    assert_snapshot!(out);
}

#[test]
fn inspect() {
    let folder = folder(&[("people.csv", PEOPLE), ("members.csv", MEMBERS)]);
    assert_snapshot!(run(folder.path(), &["inspect", "people.csv", "members.csv", "--records"]));
}

#[test]
fn inspect_as_json() {
    let folder = folder(&[("members.csv", MEMBERS)]);
    assert_snapshot!(run(folder.path(), &["inspect", "members.csv", "--json", "--records"]));
}

#[test]
fn a_file_is_what_the_user_says() {
    let list = b"Mail,Full name\nann@a.example,Ann Lee\nzoe@a.example,Zoe Park\n";
    let folder = folder(&[("people.csv", PEOPLE), ("list (3).csv", list)]);
    let map = ["audit", ".", "--as-of", "2026-01-31", "--map", "list (3).csv=accounts:Wiki"];
    assert_snapshot!(run(folder.path(), &map));
    assert_snapshot!(run(folder.path(), &["audit", ".", "--as-of", "2026-01-31"]));
}

#[test]
fn a_workspace_keeps_what_was_audited() {
    let folder = folder(&[("people.csv", PEOPLE), ("members.csv", MEMBERS)]);
    let keep = ["audit", "people.csv", "--workspace", "w.truedown", "--as-of", "2026-01-31"];
    assert!(run(folder.path(), &keep).starts_with("exit status 1"), "a directory alone is no audit");
    let rest = ["audit", "members.csv", "--workspace", "w.truedown", "--as-of", "2026-01-31"];
    let out = run(folder.path(), &rest);
    assert!(out.starts_with("exit status 0"), "{out}");
    assert!(out.contains("1 person · 2 accounts in 1 app"), "{out}");
}

#[test]
fn bad_input() {
    let ragged = b"Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n\
        ann@a.example,Ann Lee,Confirmed,User,Enabled,Enrolled,Disabled,Staff,IT\n\
        bo@a.example,Bo Ray,Confirmed\n\
        cy@a.example,\"Cy Dow,Confirmed,User,Enabled,Enrolled,Disabled,\n\
        di@a.example,Di Fox,Confirmed,User,Enabled,Enrolled,Disabled,\n\
        ed@a.example,\"Ed Gay\",Confirmed,User,Enabled,Enrolled,Disabled,\n\
        fay@a.example,Fay Hay,Confirmed,User,Enabled,Enrolled,Disabled,\n";
    let folder = folder(&[
        ("binary.csv", &[0, 159, 146, 150, 0, 1, 2, 3]),
        ("cut.json", b"{\"data\":[{\"type\":\"user\","),
        ("empty.csv", b""),
        ("header.csv", b"Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n"),
        ("people.csv", PEOPLE),
        ("ragged.csv", ragged),
        ("recipe.csv", b"Flour,Eggs\n200 g,3\n"),
    ]);
    assert_snapshot!(run(folder.path(), &["audit", ".", "--as-of", "2026-01-31"]));
}

/// What is not known is said, never counted.
#[test]
fn honest_gaps() {
    let contracts = b"App,Plan,Seats purchased,Price per seat,Unit,Currency,Billing,Renewal date,Notice days\n\
        Slack,Pro,100,10,per seat per year,USD,annual,2026-06-30,30\n\
        Kustomer,Enterprise,20,89,,EUR,annual,2026-06-30,99999999\n\
        Intercom,Essential,4000000000,29,,USD,annual,,\n";
    let kustomer = br#"{"data":[{"type":"user","id":"1","attributes":{"name":"Ann","email":"ann@a.example","userType":"user",
        "roles":[],"emailVerifiedAt":"2025-01-01T00:00:00Z","deletedAt":null}},null],"links":{"next":"/v1/users?page=2"}}"#;
    let quote = b"Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n\
        ann@a.example,Ann Lee,Confirmed,User,Enabled,Enrolled,Disabled,\n\
        no-reply@a.example,,Eingeladen,User,Enabled,Enrolled,Disabled,\n\
        bo@a.example,\"Bo Ray,Confirmed,Owner,Enabled,Enrolled,Disabled,\n";
    let folder = folder(&[
        ("contracts.csv", contracts),
        ("intercom.csv", b"Name,Email,Seat type,Role,Last active\nAnn,ann@a.example,Full,Agent,30.01.26\n"),
        ("kustomer.json", kustomer),
        ("members.csv", quote),
        ("people.csv", PEOPLE),
        ("plan 2031-01-01.csv", b"Flour,Eggs\n200 g,3\n"),
    ]);
    let args = ["audit", ".", "--as-of", "2026-01-31", "--map", "typo.csv=accounts:Wiki"];
    assert_snapshot!(run(folder.path(), &args));
}

/// With a rate the amounts in another currency join the totals; a rate of a later day does not count.
#[test]
fn rates_join_currencies() {
    let contracts =
        b"App,Plan,Seats purchased,Price per seat,Unit,Currency\nBitwarden,Teams,10,100,per seat per year,EUR\n";
    let rates = b"Currency,To,Rate,Date\nUSD,EUR,0.8,2026-01-01\nEUR,USD,9,2026-12-01\nEUR,USD,none,2026-01-02\n";
    let folder =
        folder(&[("contracts.csv", contracts), ("members.csv", MEMBERS), ("people.csv", PEOPLE), ("rates.csv", rates)]);
    assert_snapshot!(run(folder.path(), &["audit", ".", "--as-of", "2026-01-31"]));
}

/// A corrected file replaces the one of the same name; an older one of a series waits for its day.
#[test]
fn files_replace_each_other() {
    let folder = folder(&[
        ("people.csv", PEOPLE),
        ("members 2026-01-31.csv", MEMBERS),
        ("members 2025-10-31.csv", &MEMBERS[..MEMBERS.len() - 60]),
    ]);
    let audit = |args: &[&str]| run(folder.path(), &[&["audit", ".", "--workspace", "w.truedown"], args].concat());
    assert_snapshot!(audit(&[]));
    fs::write(folder.path().join("people.csv"), String::from_utf8_lossy(PEOPLE).replace("DEPROVISIONED", "ACTIVE"))
        .unwrap();
    assert_snapshot!(audit(&["--as-of", "2026-02-28"]));
    assert!(audit(&["--as-of", "2025-12-31"]).contains("1 account in 1 app"));
}

#[test]
fn err_nothing_to_audit() {
    let folder = folder(&[("notes.md", b"# notes")]);
    assert_snapshot!(run(folder.path(), &["audit", "."]));
    assert_snapshot!(run(folder.path(), &["audit", "missing.csv"]));
}

#[cfg(unix)]
#[test]
fn err_unreadable_file_and_folder() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("people.csv", PEOPLE)]);
    // A link to nowhere cannot be read by anybody, whoever runs the test.
    symlink("nowhere", folder.path().join("members.csv")).unwrap();
    assert_snapshot!(run(folder.path(), &["audit", "."]));
    fs::write(folder.path().join("report"), "a file where the folder should be").unwrap();
    fs::remove_file(folder.path().join("members.csv")).unwrap();
    fs::write(folder.path().join("members.csv"), MEMBERS).unwrap();
    let out = run(folder.path(), &["audit", ".", "--as-of", "2026-01-31", "--out", "report"]);
    assert!(out.starts_with("exit status 2"), "{out}");
    assert!(out.contains("error: report could not be written"), "{out}");
    assert_eq!(fs::read_to_string(folder.path().join("report")).unwrap(), "a file where the folder should be");
}

#[test]
fn err_usage() {
    let folder = folder(&[]);
    assert_snapshot!(run(folder.path(), &["audit"]));
    assert_snapshot!(run(folder.path(), &["audit", "x", "--as-of", "31.1.2026"]));
    assert_snapshot!(run(folder.path(), &["audit", "x", "--map", "a.csv=people"]));
}

#[cfg(all(feature = "gui", target_os = "linux"))]
#[test]
fn err_no_display() {
    let folder = folder(&[]);
    assert_snapshot!(run(folder.path(), &[]), @r"
    exit status 1
    --- stdout
    --- stderr
    Truedown cannot open its window: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set); `truedown audit PATH… --out DIR` does the same work without one.
    ");
}

#[cfg(not(feature = "gui"))]
#[test]
fn err_built_without_a_window() {
    let folder = folder(&[]);
    assert_snapshot!(run(folder.path(), &[]), @r"
    exit status 2
    --- stdout
    --- stderr
    This build of Truedown has no window; `truedown audit PATH… --out DIR` does its work without one.
    ");
}

/// What the columns of an unknown file may mean is printed as a layout, which reads the next file of that kind.
#[test]
fn a_layout_is_printed_and_used() {
    let folder = folder(&[
        ("acme members.csv", b"Contact,Who,Since last login\nann@a.example,Ann Lee,2026-01-30\n"),
        ("list.csv", b"Contact,Who,Since last login\nbo@a.example,Bo Ray,never\n"),
    ]);
    let printed = Command::new(env!("CARGO_BIN_EXE_truedown"))
        .current_dir(folder.path())
        .args(["inspect", "acme members.csv", "--layout"])
        .output()
        .unwrap();
    fs::write(folder.path().join("acme.toml"), printed.stdout).unwrap();
    assert_snapshot!(run(folder.path(), &["inspect", "list.csv", "--profile", "acme.toml", "--records"]));
}

/// A domain that may be a former one is told of, and declared.
#[test]
fn a_former_domain_is_declared() {
    let members = b"Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n\
        ann.lee@old.example,,Confirmed,User,Enabled,Enrolled,Disabled,\n\
        bo.ray@old.example,,Confirmed,Owner,Enabled,Enrolled,Disabled,\n";
    let people = b"User Id,Status,Username,First name,Last name,Primary email\n\
        u1,ACTIVE,ann.lee@a.example,Ann,Lee,ann.lee@a.example\n\
        u2,ACTIVE,bo.ray@a.example,Bo,Ray,bo.ray@a.example\n\
        u3,ACTIVE,cy.dow@a.example,Cy,Dow,cy.dow@a.example\n";
    let folder = folder(&[("people-2026-01-31.csv", people), ("bitwarden-2026-01-31.csv", members)]);
    let mut shown = run(folder.path(), &["audit", ".", "--workspace", "w.truedown"]);
    shown += &run(folder.path(), &["review", "--workspace", "w.truedown", "--former-domain", "old.example"]);
    shown += &run(folder.path(), &["review", "--workspace", "w.truedown", "--former-domain", "old.example=A.example"]);
    shown += &run(folder.path(), &["review", "--workspace", "w.truedown"]);
    assert_snapshot!(shown);
}

/// What is asked travels as a file, is filled in, and comes back.
#[test]
fn decisions_travel_as_a_file() {
    let members = b"Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n\
        ann@b.example,Ann Lee,Confirmed,User,Enabled,Enrolled,Disabled,\n\
        bo@b.example,Bo Ray,Confirmed,Owner,Enabled,Enrolled,Disabled,\n";
    let folder = folder(&[("people-2026-01-31.csv", PEOPLE), ("bitwarden-2026-01-31.csv", members)]);
    run(folder.path(), &["audit", "people-2026-01-31.csv", "bitwarden-2026-01-31.csv", "--workspace", "w.truedown"]);
    let mut shown = String::new();
    shown += &run(folder.path(), &["review", "--workspace", "w.truedown"]);
    shown += &run(folder.path(), &["review", "--workspace", "w.truedown", "--export", "queue.csv"]);
    let queue = fs::read_to_string(folder.path().join("queue.csv")).unwrap();
    shown += &queue;
    let mut lines: Vec<String> = queue.lines().map(str::to_owned).collect();
    for (line, decision) in lines.iter_mut().skip(1).zip(["1", "perhaps"]) {
        let mut cells: Vec<&str> = line.splitn(9, ',').collect();
        cells[7] = decision;
        *line = cells.join(",");
    }
    fs::write(folder.path().join("decided.csv"), lines.join("\r\n")).unwrap();
    shown += &run(folder.path(), &["review", "--workspace", "w.truedown", "--apply", "decided.csv"]);
    shown += &run(folder.path(), &["review", "--workspace", "w.truedown", "--apply", "people-2026-01-31.csv"]);
    shown += &run(folder.path(), &["review", "--workspace", "w.truedown"]);
    assert_snapshot!(shown);
}

#[test]
fn plans_side_by_side() {
    let folder = folder(&[]);
    let check = |args: &[&str]| run(folder.path(), args);
    assert_snapshot!(check(&["compare", "Intercom"]));
    assert_snapshot!(check(&["compare", "kustomer", "--seats", "5,9", "--fee", "4,999.99", "--json"]));
    assert_snapshot!(check(&["compare", "Bill.com", "--seats", "20"]));
    assert_snapshot!(check(&["compare", "Amplitude", "--seats", "20"]));
    assert_snapshot!(check(&["compare", "Nope"]));
    assert_snapshot!(check(&["compare", "Intercom", "--from", "Silver"]));
    assert_snapshot!(check(&["compare", "Intercom", "--seats", "0"]));
    assert_snapshot!(check(&["compare", "Intercom", "--fee", "much"]));
}

#[test]
fn what_the_catalog_knows() {
    let folder = folder(&[]);
    assert_snapshot!(run(folder.path(), &["catalog", "Kustomer"]));
    assert_snapshot!(run(folder.path(), &["catalog", "Kustomer", "--json"]));
    assert!(run(folder.path(), &["catalog"]).contains("Bitwarden"));
}

/// A folder that holds the last reports is audited as if they were not there.
#[test]
fn reports_are_no_exports() {
    let folder = folder(&[]);
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    for entry in fs::read_dir(sample).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let first = run(folder.path(), &["audit", ".", "--out", "out", "--format", "csv,json,html,xlsx"]);
    let second = run(folder.path(), &["audit", "."]);
    let figures = |shown: &str| shown.lines().filter(|line| line.contains('$')).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(figures(&first), figures(&second));
    assert!(second.contains("it is a report of this program and is left out"), "{second}");
}

#[test]
fn a_workspace_is_filled_and_reported_on() {
    let folder = folder(&[]);
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data");
    let shown = run(folder.path(), &["import", sample, "--workspace", "w.truedown"]);
    assert!(shown.contains("intercom-teammates-2026-01-31.csv") && shown.contains("Accounts of Intercom"), "{shown}");
    let shown = run(folder.path(), &["report", "--workspace", "w.truedown", "--out", "r", "--format", "json,csv"]);
    assert!(shown.contains("report.json"), "{shown}");
    assert!(folder.path().join("r/worklist-Intercom.csv").is_file());
    // Figures that are set stay with the workspace.
    run(
        folder.path(),
        &["report", "--workspace", "w.truedown", "--out", "r", "--format", "json", "--set", "labor-rate=120"],
    );
    let report = fs::read_to_string(folder.path().join("r/report.json")).unwrap();
    assert!(report.contains("\"it_labor\": \"12175.80\""), "{report}");
    let shown = run(folder.path(), &["report", "--workspace", "w.truedown", "--out", "r", "--set", "labour=1"]);
    assert!(shown.contains("is no figure; expected one of currency, labor-rate"), "{shown}");
}
