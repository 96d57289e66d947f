//! What somebody comes to do, from the first click to the last.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Theme, Vec2, ViewportCommand};
use egui_kittest::kittest::Queryable;
use truedown::gui::{App, Screen};

use crate::driver::*;

/// What the window remembers from one start to the next.
#[derive(Clone, Default)]
struct Memory(Rc<RefCell<HashMap<String, String>>>);

impl eframe::Storage for Memory {
    fn get_string(&self, key: &str) -> Option<String> {
        self.0.borrow().get(key).cloned()
    }

    fn set_string(&mut self, key: &str, value: String) {
        self.0.borrow_mut().insert(key.into(), value);
    }

    fn remove_string(&mut self, key: &str) {
        self.0.borrow_mut().remove(key);
    }

    fn flush(&mut self) {}
}

impl Memory {
    fn window(&self) -> Window {
        let memory = self.clone();
        window_of(Vec2::new(1440.0, 900.0), Theme::Light, move |ctx| App::new(ctx, Some(&memory), None).unwrap())
    }

    fn close(&mut self, mut harness: Window) {
        eframe::App::save(harness.state_mut().as_mut().unwrap(), self);
    }
}

#[test]
fn somebody_new_is_led_through_the_sample() {
    let mut memory = Memory::default();
    let mut harness = memory.window();
    harness.get_by_label_contains("Which seats you pay for in vain");
    click(&mut harness, "Open the sample");
    until(&mut harness, "the tour begins", |harness| harness.query_by_label("What it costs").is_some());
    let steps = [
        ("What it costs", Screen::Overview),
        ("Whose account it is", Screen::Accounts),
        ("Where the program asks", Screen::Review),
        ("What you pay, and until when", Screen::Contracts),
        ("What to do about it", Screen::Scenarios),
        ("Now yours", Screen::Imports),
    ];
    for (number, (title, shown)) in steps.into_iter().enumerate() {
        harness.get_by_label(title);
        assert_eq!(screen(&harness), shown);
        harness.get_by_label(&format!("{} of 6", number + 1));
        if title == "Where the program asks" {
            click(&mut harness, "Back");
            harness.get_by_label("Whose account it is");
            click(&mut harness, "Next");
        }
        click(&mut harness, if number == 5 { "Done" } else { "Next" });
        settle(&mut harness);
    }
    assert!(harness.query_by_label("Now yours").is_none());
    // Once is enough, unless it is asked for.
    memory.close(harness);
    let mut harness = memory.window();
    click(&mut harness, "Open the sample");
    until(&mut harness, "the overview is there", |harness| screen(harness) == Screen::Overview);
    assert!(harness.query_by_label("What it costs").is_none());
    click(&mut harness, "Settings");
    press(&mut harness, "Take the tour");
    harness.get_by_label("What it costs");
    assert_eq!(screen(&harness), Screen::Overview);
}

/// The files of a small company; the last is one nobody knows.
fn six_files(folder: &Path) {
    let people = "User Id,Status,Username,First name,Last name,Primary email,Department\n\
        p1,ACTIVE,ann.lee@a.example,Ann,Lee,ann.lee@a.example,Support\n\
        p2,ACTIVE,bo.ek@a.example,Bo,Ek,bo.ek@a.example,Sales\n\
        p3,DEPROVISIONED,cy.ota@a.example,Cy,Ota,cy.ota@a.example,Sales\n\
        p4,ACTIVE,dee.roe@a.example,Dee,Roe,dee.roe@a.example,Support\n";
    let members = |names: &[&str]| {
        let mut text = "Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n".to_owned();
        for name in names {
            text += &format!("{name}@a.example,,Confirmed,User,Enabled,Enrolled,Disabled,\n");
        }
        text
    };
    let intercom = "Name,Email,Role,Seat,Last active\nAnn Lee,ann.lee@a.example,Agent,Full,2026-01-30\n";
    let kustomer = r#"{"data":[{"type":"user","id":"1","attributes":{"name":"Bo Ek","displayName":"Bo","email":"bo.ek@a.example","userType":"user","roleGroups":[],"roles":["org.user"],"createdAt":"2025-03-01T10:00:00.000Z","lastLoginAt":null,"deletedAt":null}}]}"#;
    let files = [
        ("people-2026-01-31.csv", people.to_owned()),
        ("bitwarden-2026-01-31.csv", members(&["ann.lee", "bo.ek", "cy.ota"])),
        ("intercom-teammates-2026-01-31.csv", intercom.to_owned()),
        ("kustomer-users-2026-01-31.json", kustomer.to_owned()),
        ("contracts.csv", "App,Plan,Seats purchased,Price per seat\nBitwarden,Teams,10,4\nAcme,Gold,3,20\n".to_owned()),
        (
            "acme members 2026-01-31.csv",
            "Contact,Who,Most recent login\nann.lee@a.example,Ann Lee,2026-01-30\ncy.ota@a.example,Cy Ota,2025-05-02\n"
                .to_owned(),
        ),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn six_files_are_imported_settled_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let exports = folder.path().join("exports");
    std::fs::create_dir(&exports).unwrap();
    six_files(&exports);
    let mut memory = Memory::default();
    let mut harness = memory.window();
    harness.state_mut().as_mut().unwrap().open(folder.path().join("company.truedown"));
    settle(&mut harness);
    assert_eq!(screen(&harness), Screen::Imports);
    harness.get_by_label("No files yet");
    // A folder in one go. Five files are known; the sixth is laid open.
    import(&mut harness, &exports);
    for name in ["people-2026-01-31.csv", "bitwarden-2026-01-31.csv", "contracts.csv"] {
        harness.get_by_label(&format!("{name}: Ready"));
    }
    click(&mut harness, "acme members 2026-01-31.csv: Map columns");
    until(&mut harness, "the file is laid open", |harness| harness.query_by_label("Import 2 accounts").is_some());
    harness.get_by_label("Meaning of Contact: Email");
    harness.get_by_label("Meaning of Most recent login: Last active");
    click(&mut harness, "Import 2 accounts");
    settle(&mut harness);
    harness.get_by_label("acme members 2026-01-31.csv: Ready");
    // Somebody who left still has two accounts.
    click(&mut harness, "Overview");
    harness.get_by_label("Orphaned accounts: 2");
    click(&mut harness, "Orphaned accounts: 2");
    settle(&mut harness);
    harness.get_by_label("cy.ota@a.example in Acme: Orphaned");
    // Both are marked and kept in one step, which one click takes back.
    click(&mut harness, "Mark all");
    harness.get_by_label("2 accounts marked");
    click(&mut harness, "Keep…");
    fill(&mut harness, "Why it is kept", "legal hold");
    click(&mut harness, "Keep it");
    settle(&mut harness);
    harness.get_by_label("2 accounts changed.");
    assert!(harness.query_by_label("cy.ota@a.example in Acme: Orphaned").is_none());
    click(&mut harness, "Undo this");
    settle(&mut harness);
    harness.get_by_label("cy.ota@a.example in Acme: Orphaned");
    click(&mut harness, "Do it again");
    settle(&mut harness);
    assert!(harness.query_by_label("cy.ota@a.example in Acme: Orphaned").is_none());
    // A column that is of no use, and a contract that has changed.
    click(&mut harness, "Columns");
    harness.get_by_role_and_label(Role::CheckBox, "Matched by").click_accesskit();
    harness.run_steps(3);
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert!(harness.query_by_label("Sort by Matched by").is_none());
    click(&mut harness, "Apps & contracts");
    enter(&mut harness, "Seats of Bitwarden: 10", "12");
    // The window is closed, and opened on another day.
    memory.close(harness);
    let mut harness = memory.window();
    harness.get_by_label("company.truedown").click();
    harness.run_steps(3);
    until(&mut harness, "the workspace is there", |harness| screen(harness) == Screen::Overview);
    settle(&mut harness);
    harness.get_by_label("Orphaned accounts: 0");
    click(&mut harness, "Apps & contracts");
    harness.get_by_label("Seats of Bitwarden: 12");
    click(&mut harness, "Accounts");
    settle(&mut harness);
    assert!(harness.query_by_label("Sort by Matched by").is_none());
    click(&mut harness, "Imports");
    harness.get_by_label("acme members 2026-01-31.csv: Ready");
}

/// The same list month after month becomes a trend, which can be read in rows as well.
#[test]
fn rounds_of_lists_become_a_trend() {
    let folder = tempfile::tempdir().unwrap();
    let exports = folder.path().join("exports");
    std::fs::create_dir(&exports).unwrap();
    let people = "User Id,Status,Username,First name,Last name,Primary email\n\
        p1,ACTIVE,ann.lee@a.example,Ann,Lee,ann.lee@a.example\n";
    std::fs::write(exports.join("people-2026-01-31.csv"), people).unwrap();
    for (day, gone) in [("2025-11-30", "cy di ed"), ("2025-12-31", "cy di"), ("2026-01-31", "cy")] {
        let mut text = "Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n".to_owned();
        for name in gone.split(' ').chain(["ann.lee"]) {
            text += &format!("{name}@a.example,,Confirmed,User,Enabled,Enrolled,Disabled,\n");
        }
        std::fs::write(exports.join(format!("bitwarden-{day}.csv")), text).unwrap();
    }
    let mut harness = light();
    harness.state_mut().as_mut().unwrap().open(folder.path().join("company.truedown"));
    settle(&mut harness);
    import(&mut harness, &exports);
    click(&mut harness, "Overview");
    let said =
        "30 Nov 2025: 3 orphaned, 3 unused. 31 Dec 2025: 2 orphaned, 2 unused. 31 Jan 2026: 1 orphaned, 1 unused.";
    until(&mut harness, "the trend is drawn", |harness| harness.query_by_label(said).is_some());
    click(&mut harness, "More of Trend over imports");
    click(&mut harness, "Show as table");
    harness.get_by_label("31 Dec 2025; 2; 2; $510");
    click(&mut harness, "More of Trend over imports");
    click(&mut harness, "Copy table");
    harness.get_by_label("Copied.");
}

/// What is marked is copied as rows for a spreadsheet, with the columns that are shown.
#[test]
fn accounts_are_copied_as_rows() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = light();
    open_small(&mut harness, folder.path());
    click(&mut harness, "Accounts");
    settle(&mut harness);
    harness.get_by_label("Mark noor.kassem@a.example in Bitwarden").click();
    harness.run_steps(2);
    harness.get_by_label("1 account marked");
    harness.get_by_label("Copy rows").click();
    let mut copied = String::new();
    for _ in 0..200 {
        harness.run_steps(1);
        let commands = &harness.output().platform_output.commands;
        let text = commands.iter().find_map(|command| match command {
            eframe::egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = text {
            copied = text;
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(
        copied,
        "App\tAccount\tName\tFinding\tPerson in the directory\tMatched by\tLast active\tCost a year\n\
         Bitwarden\tnoor.kassem@a.example\tNoor Kassem\tNot known\tNoor Kassem\tExact email\t—\t$48"
    );
    // By the keyboard: all are marked, and none again.
    harness.get_by_label("Take the marks off").click();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_steps(3);
    harness.get_by_label("4 accounts marked");
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert!(harness.query_by_label("4 accounts marked").is_none());
}

/// A picture is taken of what is in the window, however far a chart is scrolled out of it.
#[test]
fn a_picture_of_a_chart_is_asked_for() {
    for size in [Vec2::new(1440.0, 900.0), Vec2::new(1024.0, 700.0)] {
        let mut harness = window(size, Theme::Light);
        open_sample(&mut harness);
        for (screen, chart) in [
            ("Overview", "More of What manual costs today, next to the tier upgrade that would automate it"),
            ("Apps & contracts", "More of Seats bought, assigned and used"),
        ] {
            go(&mut harness, screen);
            harness.get_by_label(chart).click_accesskit();
            harness.run_steps(3);
            harness.get_by_role_and_label(Role::Button, "Copy picture").click_accesskit();
            let asked = (0..6).any(|_| {
                harness.run_steps(1);
                let commands = harness.output().viewport_output.values().flat_map(|output| &output.commands);
                commands.into_iter().any(|command| matches!(command, ViewportCommand::Screenshot(_)))
            });
            assert!(asked, "{chart}");
        }
    }
}

/// What is marked stays with its accounts: another filter, another order and another state of the workspace make no others of them.
#[test]
fn marks_stay_with_their_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = light();
    open_small(&mut harness, folder.path());
    click(&mut harness, "Accounts");
    settle(&mut harness);
    for name in ["noor.kassem@a.example", "hana.moreau@old.example"] {
        harness.get_by_label(&format!("Mark {name} in Bitwarden")).click();
        harness.run_steps(2);
    }
    harness.get_by_label("2 accounts marked");
    click(&mut harness, "Sort by Name");
    settle(&mut harness);
    harness.get_by_label("2 accounts marked");
    // What the filter hides is not acted on unseen.
    click(&mut harness, "Review 3");
    settle(&mut harness);
    harness.get_by_label("1 account marked");
    click(&mut harness, "Service accounts");
    settle(&mut harness);
    harness.get_by_label("Decision on hana.moreau@old.example in Bitwarden saved.");
    assert!(harness.query_by_label_contains(" marked").is_none());
    // What is so already is no step: the message still takes back what was done.
    click(&mut harness, "All 4");
    settle(&mut harness);
    harness.get_by_label("Mark noor.kassem@a.example in Bitwarden").click();
    harness.run_steps(2);
    click(&mut harness, "Take the decisions back");
    settle(&mut harness);
    click(&mut harness, "Undo this");
    settle(&mut harness);
    harness.get_by_label("hana.moreau@old.example in Bitwarden: Review");
}

/// A change of what is assumed changes the trend as well.
#[test]
fn the_trend_follows_what_is_assumed() {
    let mut harness = light();
    open_sample(&mut harness);
    fn shown(harness: &egui_kittest::Harness<'_, Option<App>>) -> String {
        let mut rows = harness.query_all_by_label_contains("30 Sep 2025; ");
        rows.next().and_then(|row| row.value()).unwrap_or_default()
    }
    until(&mut harness, "the trend is drawn", |harness| harness.query_by_label_contains("30 Sep 2025: ").is_some());
    click(&mut harness, "More of Trend over imports");
    click(&mut harness, "Show as table");
    let before = shown(&harness);
    assert!(before.contains('$'), "{before}");
    click(&mut harness, "Settings");
    enter(&mut harness, "Labor rate an hour: $60.00", "90");
    go(&mut harness, "Overview");
    until(&mut harness, "the trend is another one", |harness| shown(harness) != before);
}

#[test]
fn the_size_of_everything_is_chosen() {
    let mut harness = light();
    open_sample(&mut harness);
    click(&mut harness, "Settings");
    pick(&mut harness, "Text size: 100%", "125%");
    harness.get_by_label("Text size: 125%");
    assert!((harness.ctx.zoom_factor() - 1.25).abs() < 0.01);
    pick(&mut harness, "Theme: Light", "Dark");
    assert_eq!(harness.ctx.theme(), Theme::Dark);
}

/// A workspace with nothing in it, and one with no more than a file nobody knows, say on every screen what is to be done.
#[test]
fn what_is_empty_teaches() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = light();
    harness.state_mut().as_mut().unwrap().open(folder.path().join("new.truedown"));
    settle(&mut harness);
    let lessons = [
        ("Overview", "What the figures rest on"),
        ("Accounts", "No accounts yet"),
        ("Review", "Nothing to review yet"),
        ("Apps & contracts", "No apps yet"),
        ("Scenarios", "No apps yet"),
        ("Reports", "Nothing to report yet"),
        ("Settings", "Service and shared accounts"),
        ("Imports", "Drop exports here"),
    ];
    let look = |harness: &mut Window| {
        for (name, lesson) in lessons {
            go(harness, name);
            until(harness, lesson, |harness| harness.query_all_by_label_contains(lesson).next().is_some());
            settle(harness);
        }
    };
    look(&mut harness);
    let unknown = folder.path().join("acme members.csv");
    std::fs::write(&unknown, "Contact,Who\nann@a.example,Ann Lee\n").unwrap();
    import(&mut harness, &unknown);
    look(&mut harness);
}
