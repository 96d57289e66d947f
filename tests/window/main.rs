//! The real window under a virtual display: found by accessible names, driven with a real pointer and real keys.
//!
//! Needs Xvfb and xdotool, and the libraries the README names; asked for with `--ignored`.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, writes its own inputs and says what it saw"
)]
#![cfg(target_os = "linux")]

mod driver;
mod pictures;

use std::path::Path;

use eframe::egui::accesskit::Role;

use driver::Window;

fn exports(folder: &Path) {
    let people = "User Id,Status,Username,First name,Last name,Primary email\n\
        p1,ACTIVE,mira.vance@a.example,Mira,Vance,mira.vance@a.example\n\
        p2,ACTIVE,tomas.ruiz@a.example,Tomas,Ruiz Ortega,tomas.ruiz@a.example\n\
        p3,ACTIVE,t.ruiz@a.example,Tomas,Ruiz Vega,t.ruiz@a.example\n\
        p4,DEPROVISIONED,hana.moreau@a.example,Hana,Moreau,hana.moreau@a.example\n";
    let members = "Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n\
        tomas@gmail.com,Tomas Ruiz,Confirmed,User,Enabled,Enrolled,Disabled,\n\
        mira.vance@a.example,,Confirmed,User,Enabled,Enrolled,Disabled,\n\
        hana.moreau@a.example,,Confirmed,User,Enabled,Enrolled,Disabled,\n";
    let contracts = "App,Plan,Seats purchased,Price per seat\nBitwarden,Teams,10,4\n";
    std::fs::create_dir(folder).unwrap();
    for (name, text) in
        [("people-2026-01-31.csv", people), ("bitwarden-2026-01-31.csv", members), ("contracts.csv", contracts)]
    {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
#[ignore = "needs Xvfb, xdotool and the libraries of a display"]
fn exports_go_in_questions_are_settled_and_reports_come_out() {
    let folder = tempfile::tempdir().unwrap();
    let (files, home, out) = (folder.path().join("exports"), folder.path().join("home"), folder.path().join("out"));
    exports(&files);
    std::fs::create_dir(&home).unwrap();
    let window = Window::open(&home, (1440, 900), 1);

    window.click(Role::Button, "Open the sample");
    window.sees("Orphaned accounts: 22");
    window.click(Role::Button, "Skip the tour");

    // Files of one's own go into a workspace of one's own.
    window.click(Role::Button, "Imports");
    window.click(Role::TextInput, "or a path");
    window.write(&files.display().to_string());
    window.key("Return");
    window.sees("bitwarden-2026-01-31.csv: Ready");
    window.sees("contracts.csv: Ready");

    // One question, settled with its key.
    window.click(Role::Button, "Review");
    window.sees("1 left");
    window.sees("Tomas Ruiz Ortega, ");
    window.key("1");
    window.sees("Nothing is left to decide");

    window.click(Role::Button, "Reports");
    window.click(Role::TextInput, "Folder");
    window.key("ctrl+a");
    window.write(&out.display().to_string());
    window.click(Role::Button, "Write reports");
    window.sees("files written to");

    let findings = std::fs::read_to_string(out.join("findings.csv")).unwrap();
    let line = |account: &str| findings.lines().find(|line| line.contains(account)).unwrap();
    assert!(line("tomas@gmail.com").contains("Tomas Ruiz"), "{findings}");
    assert!(!line("tomas@gmail.com").contains("orphaned"), "{findings}");
    assert!(line("hana.moreau@a.example").contains("orphaned"), "{findings}");
    let page = std::fs::read(out.join("report.pdf")).unwrap();
    assert!(page.starts_with(b"%PDF-"));

    // The sample is as it was, and the workspace is one file in the home of the user.
    let kept = std::fs::read_dir(home.join("truedown")).unwrap();
    assert!(kept.filter_map(Result::ok).any(|file| file.path().extension().is_some_and(|end| end == "truedown")));
}
