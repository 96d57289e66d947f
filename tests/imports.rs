//! Files that come again, come under the same name, or come after somebody has settled what they are.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use truedown::import::{Mapping, Placing, Role, Source, Standing};
use truedown::model::AppName;
use truedown::session::Session;

fn import(session: &mut Session, name: &str, text: &str) {
    session.import(&[Source::new(name, text.as_bytes().to_vec())], &Vec::new(), &mut |_| true).unwrap().unwrap();
}

/// The files of a session as `name app records`, in the order of their names.
fn files(session: &Session) -> String {
    let files = session.workspace().imports.values().map(|import| {
        let app = import.app.as_ref().map_or("-".to_owned(), ToString::to_string);
        format!("{} {app} {}", import.name, import.records.len())
    });
    let mut files: Vec<String> = files.collect();
    files.sort();
    files.join("; ")
}

const BITWARDEN: &str = "Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n\
    ann@a.example,Ann Lee,Confirmed,User,Enabled,Enrolled,Disabled,\n";
const INTERCOM: &str = "Name,Email,Seat type,Role,Teams,Last active\nAnn,ann@a.example,Full,Agent,,2026-01-30\n";
const UNKNOWN: &str = "Contact,Who,Condition\nann@a.example,Ann Lee,on\nbo@a.example,Bo Ek,off\n";

fn settled(app: &str) -> Placing {
    let mut mapping = Mapping::default();
    mapping.set("Contact", Some(truedown::import::Field::Email));
    mapping.set("Condition", Some(truedown::import::Field::Status));
    mapping.status.insert("on".into(), Standing::Active);
    mapping.status.insert("off".into(), Standing::Deactivated);
    Placing { role: Role::Accounts, app: Some(AppName::new(app)), mapping: Some(mapping) }
}

#[test]
fn a_file_replaces_one_of_the_same_name_and_list() {
    let mut session = Session::unsaved().unwrap();
    import(&mut session, "members.csv", BITWARDEN);
    import(&mut session, "members.csv", INTERCOM);
    assert_eq!(files(&session), "members.csv Bitwarden 1; members.csv Intercom 1");
    import(&mut session, "members.csv", &BITWARDEN.replace("Ann Lee", "Ann Lea"));
    assert_eq!(files(&session), "members.csv Bitwarden 1; members.csv Intercom 1");
}

#[test]
fn what_is_settled_stays_settled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.truedown");
    let mut session = Session::open_or_make(&path).unwrap();
    import(&mut session, "list.csv", UNKNOWN);
    assert_eq!(files(&session), "list.csv - 0");
    let id = *session.workspace().imports.keys().next().unwrap();
    session.place(id, &settled("Acme"), false).unwrap();
    assert_eq!(files(&session), "list.csv Acme 2");
    // The same file again, and the workspace opened again.
    import(&mut session, "list.csv", UNKNOWN);
    assert_eq!(files(&session), "list.csv Acme 2");
    drop(session);
    assert_eq!(files(&Session::open(&path).unwrap()), "list.csv Acme 2");
    // Not remembered, and so not known in another file.
    let mut session = Session::open(&path).unwrap();
    import(&mut session, "other.csv", UNKNOWN);
    assert_eq!(files(&session), "list.csv Acme 2; other.csv - 0");
}

/// A layout is for lists with the same columns, not for every list with an address.
#[test]
fn a_remembered_layout_takes_only_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.truedown");
    let mut session = Session::open_or_make(&path).unwrap();
    import(&mut session, "list.csv", UNKNOWN);
    let id = *session.workspace().imports.keys().next().unwrap();
    session.place(id, &settled("Acme"), true).unwrap();
    import(&mut session, "next.csv", &UNKNOWN.replace("bo@", "cy@"));
    import(&mut session, "less.csv", "Contact,Who\nann@a.example,Ann Lee\n");
    import(&mut session, "bitwarden.csv", BITWARDEN);
    assert_eq!(files(&session), "bitwarden.csv Bitwarden 1; less.csv - 0; list.csv Acme 2; next.csv Acme 2");
    // As a file it is the same to somebody else; a file that asks for nothing is none.
    let id = session.workspace().imports.iter().find(|(_, import)| &*import.name == "list.csv").map(|(id, _)| *id);
    let text = session.layout(id.unwrap(), &settled("Acme")).unwrap().unwrap();
    let mut other = Session::unsaved().unwrap();
    import(&mut other, "acme.toml", &text);
    import(&mut other, "theirs.csv", UNKNOWN);
    assert_eq!(files(&other), "theirs.csv Acme 2");
    let empty = Source::new("all.toml", text.replace("must = [", "not = [").into_bytes());
    let told = other.import(&[empty], &Vec::new(), &mut |_| true).unwrap().unwrap();
    assert_eq!(told[0].message, "it is no layout: it asks for no column");
}

/// A screen size is no open quote, and a row of it no loss.
#[test]
fn a_quote_within_a_cell_is_text() {
    let mut session = Session::unsaved().unwrap();
    import(&mut session, "intercom.csv", &format!("{INTERCOM}Bo,bo@a.example,Full,15\" screen,,2026-01-30"));
    assert_eq!(files(&session), "intercom.csv Intercom 2");
}

/// A rate nobody could mean does not reach the figures.
/// Of whom lists say different things, or one list twice the same, is told by file and line.
#[test]
fn people_told_twice_are_told_of() {
    let check = |rows: &[(&str, &str)], expect: &[&str]| {
        let mut session = Session::unsaved().unwrap();
        for (name, rows) in rows {
            let text = format!("User Id,Status,Username,First name,Last name,Primary email\n{rows}\n");
            session.import(&[Source::new(*name, text.into_bytes())], &Vec::new(), &mut |_| true).unwrap();
        }
        let roster = session.analyze().roster;
        let told = roster.diagnostics.iter().filter(|told| !told.message.starts_with("people come from"));
        let told: Vec<&str> = told.map(|told| told.message.as_str()).collect();
        assert_eq!(told, expect, "{rows:?}");
    };
    let (here, gone) =
        ("1,ACTIVE,a@x.example,Ann,Alpha,a@x.example", "1,DEPROVISIONED,a@x.example,Ann,Alpha,a@x.example");
    let both = format!("{here}\n{gone}");
    check(&[("okta.csv", here)], &[]);
    check(
        &[("okta.csv", &both)],
        &["Ann Alpha works here by okta.csv:2 and has left by okta.csv:3; taken as having left"],
    );
    check(&[("okta.csv", &format!("{here}\n{here}"))], &["Ann Alpha stands in two rows; they are read as one person"]);
    check(
        &[("okta-a.csv", here), ("okta-b.csv", gone)],
        &["Ann Alpha works here by okta-a.csv:2 and has left by okta-b.csv:2; taken as having left"],
    );
}

#[test]
fn a_rate_out_of_range_is_skipped() {
    let mut session = Session::unsaved().unwrap();
    import(&mut session, "rates.csv", "Currency,To,Rate\nEUR,USD,70000000000000000000000000000\nGBP,USD,1.27\n");
    assert_eq!(files(&session), "rates.csv - 1");
}
