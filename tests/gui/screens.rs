//! What each screen shows and does.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Theme, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use truedown::gui::{App, Screen};

use crate::driver::*;

#[test]
fn the_sample_opens_on_the_overview() {
    let mut harness = light();
    harness.get_by_label_contains("Which seats you pay for in vain");
    open_sample(&mut harness);
    harness.get_by_label("Orphaned accounts: 22");
    harness.get_by_label("Intercom: annual impact $11,754");
    harness.get_by_label_contains("Intercom: $11,754 a year, upgrade +$61,800 · Essential → Expert");
    harness.get_by_label_contains("Kustomer: $18,509 a year, upgrade +$30,000 · Enterprise → Ultimate");
}

#[test]
fn a_figure_leads_to_its_accounts() {
    let mut harness = light();
    open_sample(&mut harness);
    click(&mut harness, "Orphaned accounts: 22");
    settle(&mut harness);
    assert_eq!(harness.state().as_ref().unwrap().screen(), Screen::Accounts);
    harness.get_by_label_contains("22 shown");
    harness.get_by_label("zaneta.pawlowska@northwind.example in Amplitude: Orphaned");
    assert!(harness.query_by_label_contains(": In use").is_none(), "only orphaned accounts are shown");
}

#[test]
fn accounts_are_filtered_searched_and_explained() {
    let mut harness = light();
    open_sample(&mut harness);
    click(&mut harness, "Accounts");
    harness.get_by_label_contains("656 shown");
    click(&mut harness, "Duplicate 1");
    settle(&mut harness);
    harness.get_by_label_contains("1 shown");
    harness.get_by_label("lena.hoffmann+billing@northwind.example in Intercom: Duplicate").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Second paid account of the same person; lena.hoffmann@northwind.example is kept");
    harness.get_by_label_contains("Same mailbox, lena.hoffmann@northwind.example");
    click(&mut harness, "All 656");
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(2);
    harness.get_by_label("Search people, accounts, apps").type_text("lewandowska");
    harness.run_steps(2);
    until(&mut harness, "the search is done", |harness| harness.query_by_label_contains("1 shown").is_some());
    harness.get_by_label("jolanta.lewandowska@northwind.example in Intercom: Orphaned");
}

#[test]
fn columns_sort() {
    let mut harness = light();
    open_sample(&mut harness);
    click(&mut harness, "Accounts");
    settle(&mut harness);
    // What is to be done first comes first.
    harness.get_by_label_contains("barbara.falcao@northwind.example in Bill.com: Orphaned");
    assert!(harness.query_by_label_contains(": In use").is_none());
    click(&mut harness, "Sort by App");
    settle(&mut harness);
    click(&mut harness, "Sort by App");
    settle(&mut harness);
    assert!(harness.query_by_label_contains(" in Amplitude: ").is_none(), "the last app comes first");
    harness.get_by_label_contains("bob.fischer@northwind.example in Kustomer: ");
}

#[test]
fn a_file_can_be_removed_and_brought_back() {
    let mut harness = light();
    open_sample(&mut harness);
    click(&mut harness, "Imports");
    click(&mut harness, "kustomer-users-2026-01-31.json: Ready");
    harness.get_by_label("attributes.email");
    click(&mut harness, "Remove this file");
    settle(&mut harness);
    assert!(harness.query_by_label("kustomer-users-2026-01-31.json: Ready").is_none());
    click(&mut harness, "Undo");
    until(&mut harness, "the file is back", |harness| {
        harness.query_by_label("kustomer-users-2026-01-31.json: Ready").is_some()
    });
}

#[test]
fn reports_are_written_where_the_user_says() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out");
    let mut harness = light();
    open_sample(&mut harness);
    click(&mut harness, "Export report");
    let field = harness.get_by_label("Folder");
    field.focus();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.get_by_label("Folder").type_text(target.to_str().unwrap());
    harness.run_steps(2);
    click(&mut harness, "Write reports");
    until(&mut harness, "the reports are told of", |harness| {
        harness.query_by_label_contains("12 files written to").is_some()
    });
    assert!(target.join("findings.csv").is_file());
}

#[test]
fn reports_are_looked_at_before_they_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let (target, key) = (folder.path().join("out"), folder.path().join("key.csv"));
    let mut harness = light();
    open_sample(&mut harness);
    click(&mut harness, "Reports");
    until(&mut harness, "the pages are there", |harness| harness.query_by_label("Page 1 of 3 of the PDF").is_some());
    // Without its sections the report is shorter.
    harness.get_by_role_and_label(Role::CheckBox, "Scenarios").click();
    harness.run_steps(3);
    click(&mut harness, "Renewals");
    click(&mut harness, "Since last time");
    click(&mut harness, "Method and sources");
    until(&mut harness, "a page is left", |harness| harness.query_by_label("Page 1 of 1 of the PDF").is_some());
    assert!(harness.query_by_label("Key file (optional)").is_none());
    click(&mut harness, "Pseudonymize people and addresses");
    for (field, path) in [("Key file (optional)", &key), ("Folder", &target)] {
        harness.get_by_label(field).focus();
        harness.run_steps(2);
        harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        harness.get_by_label(field).type_text(path.to_str().unwrap());
        harness.run_steps(2);
    }
    for format in ["JSON", "Excel workbook", "PDF", "CSV"] {
        click(&mut harness, format);
    }
    click(&mut harness, "Write reports");
    until(&mut harness, "the reports are told of", |harness| {
        harness.query_by_label_contains("3 files written to").is_some()
    });
    let page = std::fs::read_to_string(target.join("report.html")).unwrap();
    assert!(page.contains("Access review") && !page.contains("Course of action"));
    assert!(!page.contains("@northwind.example") && page.contains(".invalid"));
    assert!(std::fs::read_to_string(key).unwrap().contains("@northwind.example"));
}

#[test]
fn everything_is_found_by_its_name() {
    let mut harness = light();
    open_sample(&mut harness);
    let find = |harness: &mut Harness<'_, Option<App>>, text: &str, expect: &str| {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
        harness.run_steps(3);
        harness.get_by_label("Find anything").type_text(text);
        until(harness, expect, |harness| harness.query_by_label_contains(expect).is_some());
    };
    // A person leads to the accounts, an app to what can be done with it, a command is done.
    find(&mut harness, "pawlowska zaneta", "Żaneta Pawłowska Person");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().as_ref().unwrap().screen(), Screen::Accounts);
    assert!(harness.query_by_label("Find anything").is_none());
    find(&mut harness, "kustomer", "Kustomer App");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().as_ref().unwrap().screen(), Screen::Scenarios);
    find(&mut harness, "go to settings", "Go to Settings");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().as_ref().unwrap().screen(), Screen::Settings);
    // It goes away without a trace.
    find(&mut harness, "nothing is called this", "Nothing goes by that name.");
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert!(harness.query_by_label("Find anything").is_none());
    assert_eq!(harness.state().as_ref().unwrap().screen(), Screen::Settings);
}

#[test]
fn a_path_that_leads_nowhere_is_told() {
    let mut harness = light();
    open_sample(&mut harness);
    click(&mut harness, "Imports");
    harness.get_by_label("or a path").focus();
    harness.run_steps(2);
    harness.get_by_label("or a path").type_text("/nowhere/at-all.csv");
    harness.run_steps(2);
    click(&mut harness, "Import");
    until(&mut harness, "the problem is told", |harness| {
        harness.query_by_label_contains("at-all.csv: it cannot be read").is_some()
    });
}

/// A file nobody knows is settled by hand, once: the next one with its columns is known, and shows what has changed.
#[test]
fn an_unknown_file_is_mapped_and_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let header = "Contact,Who,Condition,Tier,Most recent login\n";
    let first = format!(
        "{header}ann@a.example,Ann Lee,on,Gold,2026-01-30\nbo@a.example,Bo Ek,off,Gold,2026-01-29\ncy@a.example,Cy Ota,on,Guest,never\n"
    );
    let mut harness = light();
    let workspace = folder.path().join("w.truedown");
    harness.state_mut().as_mut().unwrap().open(workspace);
    settle(&mut harness);
    import(&mut harness, &write("acme crm members 2026-01-31.csv", &first));
    harness.get_by_label("acme crm members 2026-01-31.csv: Map columns");
    until(&mut harness, "the file is laid open", |harness| harness.query_by_label("Import 3 accounts").is_some());
    harness.get_by_label("Meaning of Contact: Email");
    harness.get_by_label("Meaning of Most recent login: Last active");
    // What the program cannot know is chosen: the words of a column it has never seen.
    harness.get_by_label("Meaning of Who: Full name");
    pick(&mut harness, "Meaning of Condition: (ignore)", "Status");
    pick(&mut harness, "Status off: As usual", "Switched off");
    pick(&mut harness, "Status on: As usual", "Active");
    pick(&mut harness, "Meaning of Tier: (ignore)", "Seat");
    pick(&mut harness, "Seat Gold: As usual", "Paid seat");
    pick(&mut harness, "Seat Guest: As usual", "Free");
    click(&mut harness, "Import 3 accounts");
    settle(&mut harness);
    harness.get_by_label("acme crm members 2026-01-31.csv: Ready");
    harness.get_by_label_contains("its columns were mapped by hand");
    // The next month.
    let second = format!(
        "{header}ann@a.example,Ann Lee,off,Gold,2026-01-30\ncy@a.example,Cy Ota,on,Guest,never\ndi@a.example,Di Roe,on,Gold,2026-02-27\n"
    );
    import(&mut harness, &write("acme crm members 2026-02-28.csv", &second));
    click(&mut harness, "acme crm members 2026-02-28.csv: Ready");
    settle(&mut harness);
    harness.get_by_label_contains("by a layout of yours");
    harness.get_by_label("Since 31 Jan 2026: 1 new, 1 gone, 1 changed");
    click(&mut harness, "Show who");
    harness.get_by_label("bo@a.example");
    harness.get_by_label("status active → suspended");
    // All of it can be taken back: the second file, and the mapping of the first with its layout.
    click(&mut harness, "Undo");
    settle(&mut harness);
    click(&mut harness, "Undo");
    until(&mut harness, "the file is unknown again", |harness| {
        harness.query_by_label("acme crm members 2026-01-31.csv: Map columns").is_some()
    });
}

/// Dates that can be read two ways are asked about.
#[test]
fn the_order_of_dates_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme users.csv");
    std::fs::write(&path, "Mail,Name,Last login\nann@a.example,Ann Lee,03/04/2026\nbo@a.example,Bo Ek,05/06/2026\n")
        .unwrap();
    let mut harness = light();
    harness.state_mut().as_mut().unwrap().open(folder.path().join("w.truedown"));
    settle(&mut harness);
    import(&mut harness, &path);
    until(&mut harness, "the file is laid open", |harness| harness.query_by_label("Import 2 accounts").is_some());
    assert!(harness.query_by_label("4 Mar 2026").is_none() && harness.query_by_label("3 Apr 2026").is_none());
    pick(&mut harness, "Dates begin: as the file proves", "day first (31/12)");
    until(&mut harness, "the dates are read", |harness| harness.query_by_label("3 Apr 2026").is_some());
}

/// Pixels where pixels matter: every screen is drawn in both themes and two sizes, and shows its own colors.
#[test]
fn screens_are_drawn() {
    let pictures = std::env::var_os("TRUEDOWN_PICTURES").map(std::path::PathBuf::from);
    for (theme, behind) in [(Theme::Light, [0xF6, 0xF7, 0xF9]), (Theme::Dark, [0x12, 0x16, 0x1C])] {
        for size in [Vec2::new(1440.0, 900.0), Vec2::new(1024.0, 700.0)] {
            let mut harness = window(size, theme);
            let look = |harness: &mut Harness<'_, Option<App>>, name: &str| {
                let picture = harness.render().unwrap();
                let colors: std::collections::BTreeSet<[u8; 4]> = picture.pixels().map(|pixel| pixel.0).collect();
                assert!(colors.len() > 50, "{name} in {theme:?} at {size} is blank");
                let share = picture.pixels().filter(|pixel| pixel.0[..3] == behind).count() * 50;
                assert!(share > picture.len() / 4, "{name} in {theme:?} at {size} lacks its background");
                if let Some(folder) = &pictures {
                    picture.save(folder.join(format!("{name}-{theme:?}-{}.png", size.x))).unwrap();
                }
            };
            look(&mut harness, "welcome");
            open_sample(&mut harness);
            look(&mut harness, "overview");
            for screen in ["Imports", "Accounts", "Review", "Apps & contracts", "Scenarios", "Reports", "Settings"] {
                go(&mut harness, screen);
                settle(&mut harness);
                look(&mut harness, screen);
            }
        }
    }
}

#[test]
fn questions_are_settled_with_a_key_each() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = light();
    open_small(&mut harness, folder.path());
    click(&mut harness, "Review");
    harness.get_by_label_contains("3 left");
    harness.get_by_label_contains("tomas@gmail.com in Bitwarden").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Tomas Ruiz Ortega, ");
    harness.get_by_label_contains("Tomas Ruiz Vega, ");
    // The second candidate, by its key.
    harness.key_press(Key::Num2);
    harness.run_steps(2);
    settle(&mut harness);
    harness.get_by_label_contains("2 left");
    assert!(harness.query_by_label_contains("tomas@gmail.com in Bitwarden").is_none());
    // Taken back, and decided otherwise.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    settle(&mut harness);
    harness.get_by_label_contains("3 left");
    harness.get_by_label_contains("tomas@gmail.com in Bitwarden").click();
    harness.run_steps(2);
    harness.key_press(Key::O);
    harness.run_steps(2);
    settle(&mut harness);
    // Two accounts differ by a former domain alone.
    harness.get_by_label_contains("2 accounts differ only by the domain old.example.");
    click(&mut harness, "Preview");
    harness.get_by_label_contains("in Bitwarden → Hana Moreau");
    click(&mut harness, "Add alias");
    settle(&mut harness);
    harness.get_by_label_contains("Every account has an owner, or is known to have none");
    click(&mut harness, "Accounts");
    harness.get_by_label("tomas@gmail.com in Bitwarden: Orphaned");
}

#[test]
fn an_account_is_kept_or_given_to_somebody() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = light();
    open_small(&mut harness, folder.path());
    click(&mut harness, "Accounts");
    harness.get_by_label_contains("noor.kassem@a.example in Bitwarden: ").click();
    harness.run_steps(3);
    click(&mut harness, "Keep…");
    fill(&mut harness, "Why it is kept", "legal hold");
    fill(&mut harness, "Until (YYYY-MM-DD, or nothing)", "2026-12-31");
    click(&mut harness, "Keep it");
    settle(&mut harness);
    harness.get_by_label_contains("Kept: legal hold, until 31 Dec 2026");
    click(&mut harness, "Service account");
    settle(&mut harness);
    fill(&mut harness, "Answers for it", "Platform team");
    click(&mut harness, "Save");
    settle(&mut harness);
    click(&mut harness, "No longer keep");
    settle(&mut harness);
    harness.get_by_label("noor.kassem@a.example in Bitwarden: Service");
    click(&mut harness, "Take the decision back");
    settle(&mut harness);
    assert!(harness.query_by_label("noor.kassem@a.example in Bitwarden: Service").is_none());
}

#[test]
fn rules_are_seen_and_altered() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = light();
    open_small(&mut harness, folder.path());
    click(&mut harness, "Settings");
    harness.get_by_label("a.example");
    harness.get_by_label("5 people");
    // A word of one's own marks an account as no person's.
    fill(&mut harness, "Further word", "Kassem");
    click(&mut harness, "Add word");
    settle(&mut harness);
    harness.get_by_label("Program · added");
    click(&mut harness, "Take out kassem");
    settle(&mut harness);
    harness.get_by_label("No account is marked by a word.");
    // One of the program's is switched off.
    fill(&mut harness, "Search the words the program knows", "helpdesk");
    click(&mut harness, "Switch off helpdesk");
    settle(&mut harness);
    assert!(harness.get_all_by_label("Switch on helpdesk").count() == 2, "in the list and among those found");
    // A former domain settles what differs by it alone.
    fill(&mut harness, "Former domain", "@Old.example");
    fill(&mut harness, "Domain that replaced it", "a.example");
    click(&mut harness, "Add");
    settle(&mut harness);
    harness.get_by_label("became a.example");
    click(&mut harness, "Review");
    harness.get_by_label_contains("1 left");
    click(&mut harness, "Settings");
    click(&mut harness, "old.example is no former domain");
    settle(&mut harness);
    click(&mut harness, "Review");
    harness.get_by_label_contains("3 left");
    // Days count for all apps but those that have their own.
    click(&mut harness, "Settings");
    harness.get_by_label("as all");
    harness.get_by_role_and_label(Role::SpinButton, "Days without activity in Bitwarden").focus();
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::SpinButton, "Days without activity in Bitwarden").type_text("45");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    settle(&mut harness);
    assert!(harness.query_by_label("as all").is_none());
    click(&mut harness, "Use the general threshold for Bitwarden");
    settle(&mut harness);
    harness.get_by_label("as all");
}

#[test]
fn a_contract_is_altered_and_taken_back() {
    let mut harness = light();
    open_sample(&mut harness);
    click(&mut harness, "Apps & contracts");
    harness.get_by_label("Contract of Intercom: saves $3,271");
    harness.get_by_label_contains("Kustomer renews on 14 Mar 2026, notice by 12 Feb 2026: drop 8 seats, $8,544 a year");
    click(&mut harness, "Contract of Intercom: saves $3,271");
    harness.get_by_label("Intercom plans");
    harness.get_by_label("Google Workspace");
    enter(&mut harness, "Seats of Intercom: 50", "80");
    harness.get_by_label("Seats of Intercom: 80");
    harness.get_by_label("Contract of Intercom: saves $13,083");
    // What makes no sense is said, and nothing is changed.
    enter(&mut harness, "Renewal of Intercom: 30 Jun 2026", "soon");
    harness.get_by_label_contains("\"soon\" is not a date");
    harness.get_by_label("Renewal of Intercom: 30 Jun 2026");
    // The plan is picked from the catalog.
    click(&mut harness, "Plan of Intercom: Essential");
    harness.get_by_role_and_label(Role::Button, "Expert").click();
    harness.run_steps(3);
    settle(&mut harness);
    harness.get_by_label("Plan of Intercom: Expert");
    for _ in 0..2 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run_steps(2);
        settle(&mut harness);
    }
    harness.get_by_label("Seats of Intercom: 50");
    harness.get_by_label("Plan of Intercom: Essential");
}

#[test]
fn a_quote_changes_what_is_recommended() {
    let mut harness = light();
    open_sample(&mut harness);
    harness.get_by_label("Bill.com: Enter a quote");
    click(&mut harness, "Apps & contracts");
    click(&mut harness, "Contract of Bill.com: saves $2,844");
    enter(&mut harness, "Price of Bill.com Enterprise: ", "2100 per seat per year");
    harness.get_by_label("Price of Bill.com Enterprise: $2,100 / yr");
    harness.get_by_label("yours");
    click(&mut harness, "Overview");
    assert!(harness.query_by_label("Bill.com: Enter a quote").is_none());
    harness.get_by_label("Bill.com: Automate, flat fee").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert_eq!(harness.state().as_ref().unwrap().screen(), Screen::Scenarios);
    harness.get_by_label("Upgrade to Enterprise Licenses: $35,700");
    harness.get_by_label_contains("The price is your own entry");
    click(&mut harness, "Apps & contracts");
    click(&mut harness, "Contract of Bill.com: saves $2,844");
    click(&mut harness, "Take out your price for Enterprise");
    settle(&mut harness);
    harness.get_by_label("Price of Bill.com Enterprise: ");
}

#[test]
fn a_slider_moves_the_figures() {
    let mut harness = light();
    open_sample(&mut harness);
    click(&mut harness, "Scenarios");
    settle(&mut harness);
    harness.get_by_label("As recommended: $128,423 a year");
    click(&mut harness, "Intercom");
    settle(&mut harness);
    harness.get_by_label("Automate, flat fee: $19,301 a year, recommended");
    harness.get_by_label("Stay manual: $24,183 a year");
    harness.get_by_label("Upgrade to Expert Licenses: $63,360");
    harness.get_by_label_contains("automation pays off from 26 seats");
    harness.get_by_label_contains("Seats: 20% lower gains ");
    harness.get_by_label_contains("All of them varied at once, 400 draws");
    // By the keyboard each step is meant.
    harness.get_by_role_and_label(Role::Slider, "Automation fee: $5,000 / yr").focus();
    harness.run_steps(2);
    for _ in 0..40 {
        harness.key_press(Key::ArrowRight);
        harness.run_steps(1);
        settle(&mut harness);
    }
    harness.get_by_label("Automation fee: $9,000 / yr");
    harness.get_by_label("Clean up at renewal: $24,183 a year, recommended");
    harness.get_by_label("Why clean up");
    // Other hours, another rate, and back.
    click(&mut harness, "Hours by: Benchmark");
    click(&mut harness, "Bottom-up");
    settle(&mut harness);
    assert!(harness.query_all_by_label_contains("enter joiners a year").count() > 0);
    click(&mut harness, "By month");
    harness.get_by_label("Total paid, month by month");
    for _ in 0..41 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run_steps(1);
        settle(&mut harness);
    }
    harness.get_by_label("Automate, flat fee: $19,301 a year, recommended");
}
