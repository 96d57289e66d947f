//! The sample through the whole program: every report, to the letter.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and writes its own inputs"
)]

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use truedown::session::{Format, ReportOrder, Session};

/// The reports of the sample by file name; what is no text as it can be shown.
fn reports() -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::sample().unwrap();
    let written = session
        .write_reports(&session.analyze(), &[], folder.path(), &ReportOrder::of(&Format::ALL), &|_| true)
        .unwrap();
    let name = |path: &std::path::Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    written.iter().map(|path| (name(path), text(path))).collect()
}

fn text(path: &std::path::Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()
}

#[test]
fn findings_csv() {
    insta::assert_snapshot!(reports()["findings.csv"]);
}

#[test]
fn worklist_csv() {
    insta::assert_snapshot!(reports()["worklist-Kustomer.csv"]);
}

#[test]
fn report_json() {
    insta::assert_snapshot!(reports()["report.json"]);
}

#[test]
fn report_html() {
    insta::assert_snapshot!(reports()["report.html"]);
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    assert_eq!(reports(), reports());
}

/// The figures the sample is made for, each to the cent.
#[test]
fn figures_of_the_sample() {
    let report: Value = serde_json::from_str(&reports()["report.json"]).unwrap();
    let app = |name: &str| report["apps"].as_array().unwrap().iter().find(|app| app["app"] == name).unwrap().clone();
    let intercom = app("Intercom");
    let check = |pointer: &str, expect: &str| {
        let found = intercom.pointer(pointer).unwrap();
        assert_eq!(found.to_string().trim_matches('"'), expect, "{pointer}");
    };
    assert_eq!(report["as_of"], "2026-01-31");
    assert_eq!(report["headcount"], 500);
    check("/plan", "Essential");
    check("/seats_purchased", "50");
    check("/findings/orphaned", "7");
    check("/impact/unused_license_count", "12");
    check("/impact/it_hours", "101.47");
    check("/impact/unused_licenses", "3924.96");
    check("/impact/it_labor", "6087.90");
    check("/impact/compliance_misses", "1740.97");
    check("/impact/total", "11753.83");
    check("/upgrade/cost", "61800.00");
    check("/upgrade/markup_percent", "355.17");
    check("/upgrade/break_even_seats", "5");
    let kustomer = app("Kustomer");
    assert_eq!(kustomer["seats_purchased"], 50);
    assert_eq!(kustomer["upgrade"]["cost"], "30000.00");
    assert_eq!(kustomer["upgrade"]["break_even_seats"], 9);
}

/// The page, the table and the document say the same.
#[test]
fn reports_agree() {
    let reports = reports();
    let report: Value = serde_json::from_str(&reports["report.json"]).unwrap();
    let mut counted: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(reports["findings.csv"].as_bytes());
    for row in reader.records().map(Result::unwrap) {
        *counted.entry((row[0].to_owned(), row[7].to_owned())).or_default() += 1;
        if &row[11] == "true" {
            *counted.entry((row[0].to_owned(), "review".to_owned())).or_default() += 1;
        }
    }
    for app in report["apps"].as_array().unwrap() {
        let name = app["app"].as_str().unwrap();
        for (kind, count) in app["findings"].as_object().unwrap() {
            let rows = counted.get(&(name.to_owned(), kind.clone())).copied().unwrap_or(0);
            assert_eq!(count.as_u64().unwrap(), rows, "{name} {kind}");
        }
    }
    let page = &reports["report.html"];
    for figure in ["$11,754", "+$61,800 · Essential → Expert", "+$30,000 · Enterprise → Ultimate"] {
        assert!(page.contains(figure), "the page lacks {figure}");
    }
    assert!(!page.contains("http"), "the page leads to another place");
    assert!(!page.contains("<script"), "the page runs a script");
}

/// What is kept in a workspace is read again as it was.
#[test]
fn a_workspace_opened_again_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("northwind.truedown");
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let (sources, _) = truedown::session::gather(&[sample]);
    let mut session = Session::open_or_make(&path).unwrap();
    session.import(&sources, &Vec::new(), &mut |_| true).unwrap();
    drop(session);
    let reports_of = |session: Session| {
        session
            .write_reports(&session.analyze(), &[], folder.path(), &ReportOrder::of(&Format::ALL), &|_| true)
            .unwrap();
        Format::ALL.map(|format| text(&folder.path().join(format.file_name())))
    };
    let again = reports_of(Session::open(&path).unwrap());
    assert!(again == reports_of(Session::sample().unwrap()), "the reports differ");
}

/// The program carries the same sample that lies in the repository.
#[test]
fn the_built_in_sample_is_the_one_on_disk() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let (sources, problems) = truedown::session::gather(&[folder]);
    assert!(problems.is_empty());
    let session = Session::sample().unwrap();
    let looked = sources.iter().map(|source| session.look_at(source, &Vec::new()));
    let on_disk: Vec<String> = looked.map(|import| format!("{} {}", import.name, import.sha256)).collect();
    let mut built_in: Vec<String> =
        session.workspace().imports.values().map(|import| format!("{} {}", import.name, import.sha256)).collect();
    built_in.sort();
    assert_eq!(on_disk, built_in);
}
