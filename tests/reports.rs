//! Reports as finance and auditors get them: the formats agree, nothing in them runs, nobody is named where nobody may be, and what
//! was removed since the last time is told.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and writes its own inputs"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use jiff::civil::Date;
use serde_json::Value;
use sha2::{Digest, Sha256};
use truedown::session::{Format, Placings, ReportOrder, Session, gather};
use truedown::view::Section;
use truedown::workspace::{AccountKey, Change, Edit, Exemption, Verdict};

/// People of a company, with names nobody else bears.
const PEOPLE: [(&str, &str, &str); 8] = [
    ("00q1", "Ottoline", "Quibblethwaite"),
    ("00q2", "Żdzisława", "Brzęczyszczykiewicz"),
    ("00q3", "陽子", "山田"),
    ("00q4", "Xanthippe", "Featherstonehaugh"),
    ("00q5", "Fitzgerald", "Marmaduke-Pym"),
    ("00q6", "Ngozichukwuka", "Okwuosa"),
    ("00q7", "<script>alert(1)</script>", "Tables"),
    ("00q8", "Bartholomew", "Crumplehorn"),
];

fn address(person: usize) -> String {
    let (id, ..) = PEOPLE[person];
    let locals = ["ottoline", "zdzislawa.b", "yamada", "xfeather", "fitz.pym", "ngozi", "bobby", "crumplehorn"];
    assert!(id.starts_with("00q"));
    format!("{}@pumpernickel.example", locals[person])
}

/// The directory; two people have left.
fn directory() -> String {
    let mut text = "User Id,Status,Username,First name,Last name,Primary email\n".to_owned();
    for (number, (id, given, family)) in PEOPLE.iter().enumerate() {
        let status = if number == 4 || number == 5 { "DEPROVISIONED" } else { "ACTIVE" };
        text += &format!("{id},{status},{0},{given},{family},{0}\n", address(number));
    }
    text
}

fn teammate(person: usize, last: &str) -> String {
    let (_, given, family) = PEOPLE[person];
    format!("{given} {family},{},Full,Agent,Support,{last}\n", address(person))
}

/// Teammates: two of people who left, one who never comes, one of nobody, a formula, a service account.
fn teammates(which: &[usize]) -> String {
    let mut text = "Name,Email,Seat type,Role,Teams,Last active\n".to_owned();
    for person in which {
        let last = if *person == 3 { "2025-01-05 10:00:00" } else { "2026-01-20 10:00:00" };
        text += &teammate(*person, last);
    }
    text += "Wilhelmina Doppelmoppel,doppelmoppel@pumpernickel.example,Full,Agent,Support,2026-01-20 10:00:00\n";
    text += "=HYPERLINK(\"http://evil.example\"),evil@pumpernickel.example,Full,Agent,Support,2026-01-20 10:00:00\n";
    text += "Night Robot,robot@pumpernickel.example,Full,Agent,Support,2026-01-20 10:00:00\n";
    text
}

fn contracts(seats: u32) -> String {
    format!(
        "App,Plan,Seats purchased,Price per seat,Unit,Currency,Billing,Renewal date,Notice days\n\
         Intercom,Essential,{seats},29,per seat per month,USD,annual,2026-06-30,30\n"
    )
}

type Files<'a> = &'a [(&'a str, String)];

/// Puts files into a workspace.
fn import(session: &mut Session, files: Files<'_>) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let (sources, problems) = gather(&[folder.path().to_owned()]);
    assert!(problems.is_empty(), "{problems:?}");
    session.import(&sources, &Placings::new(), &mut |_| true).unwrap();
}

fn january() -> Vec<(&'static str, String)> {
    vec![
        ("okta-users-2026-01-31.csv", directory()),
        ("intercom-teammates-2026-01-31.csv", teammates(&[0, 1, 2, 3, 4, 5, 6, 7])),
        ("contracts.csv", contracts(11)),
    ]
}

/// Writes reports, and reads them back.
fn written(session: &Session, order: &ReportOrder) -> (tempfile::TempDir, BTreeMap<String, Vec<u8>>) {
    let folder = tempfile::tempdir().unwrap();
    let analysis = session.analyze();
    let then = session.analyze_earlier(&analysis).unwrap();
    session.write_reports(&analysis, &then, folder.path(), order, &|_| true).unwrap();
    let files = fs::read_dir(folder.path()).unwrap().map(|entry| {
        let entry = entry.unwrap();
        (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())
    });
    let files = files.collect();
    (folder, files)
}

fn json(files: &BTreeMap<String, Vec<u8>>) -> Value {
    serde_json::from_slice(&files["report.json"]).unwrap()
}

fn keys(account: &str) -> AccountKey {
    AccountKey { app: "intercom".into(), id: account.into() }
}

/// A workspace file in which people have decided, and a second round of lists: of what was to go in January, one account is
/// gone, one is in the list no more but was in doubt, the seats were cut.
fn two_rounds(folder: &Path) -> Session {
    let mut session = Session::open_or_make(&folder.join("company.truedown")).unwrap();
    import(&mut session, &january());
    let decision = Change::Decision {
        account: keys("robot@pumpernickel.example"),
        edit: Edit::added(Verdict::Service { owner: "Griselda Hufflepuff".into() }.into()),
    };
    let exemption = Exemption { reason: "Xanthippe is on a sabbatical".into(), until: None };
    let keep = Change::Exemption { account: keys("xfeather@pumpernickel.example"), edit: Edit::added(exemption) };
    let ended = Exemption { reason: "Evangelina is back in spring".into(), until: Some(Date::constant(2026, 1, 15)) };
    let ended = Change::Exemption { account: keys("bobby@pumpernickel.example"), edit: Edit::added(ended) };
    let gone = Verdict::Owner { person: "tarquinius".into() };
    let gone = Change::Decision { account: keys("evil@pumpernickel.example"), edit: Edit::added(gone.into()) };
    session.perform(vec![ended]).unwrap();
    session.perform(vec![gone]).unwrap();
    session.perform(vec![decision]).unwrap();
    session.perform(vec![keep]).unwrap();
    import(
        &mut session,
        &[("intercom-teammates-2026-02-28.csv", teammates(&[0, 1, 2, 3, 5, 6, 7])), ("contracts.csv", contracts(10))],
    );
    session
}

/// One round of lists: the day on which they came, and the files.
type Came<'a> = (&'a str, Vec<(&'a str, String)>);

/// A workspace into which lists came on several days.
fn rounds(folder: &Path, rounds: &[Came<'_>]) -> Session {
    let path = folder.join("rounds.truedown");
    for (day, files) in rounds {
        import(&mut Session::open_or_make(&path).unwrap(), files);
        // What was just written down was written down on that day.
        let kept = rusqlite::Connection::open(&path).unwrap();
        let at = format!("{day}T10:00:00Z");
        kept.execute("UPDATE change SET at = ?1 WHERE at > '2026-06-01'", [at]).unwrap();
    }
    Session::open(&path).unwrap()
}

#[test]
fn what_was_removed_is_told_with_what_it_saves() {
    let folder = tempfile::tempdir().unwrap();
    let session = two_rounds(folder.path());
    let (kept, files) = written(&session, &ReportOrder::of(&Format::ALL));
    let since = &json(&files)["since_last"];
    assert_eq!(since["accounts"][0]["email"], "fitz.pym@pumpernickel.example");
    assert_eq!(since["accounts"][0]["reason"], "The owner has left");
    // One seat at 29 × 12; the bill fell by one seat.
    assert_eq!(since_last(&session), "1 gone, 3 left; freed 348, saved 348, pending 0, kept 0");
    let page = String::from_utf8(files["report.html"].clone()).unwrap();
    assert!(
        page.contains("1 has gone and 3 are still there. The seats that were given up cost $348 a year: $348 is saved")
    );
    let mut book: Xlsx<_> = open_workbook(kept.path().join("report.xlsx")).unwrap();
    let sheet = book.worksheet_range("Since last time").unwrap();
    assert_eq!(sheet.get((1, 7)).unwrap(), &Data::Float(348.0));
    // Nothing came before: nothing is told.
    let mut session = Session::unsaved().unwrap();
    import(&mut session, &january());
    let (_folder, files) = written(&session, &ReportOrder::of(&[Format::Json, Format::Html]));
    assert!(json(&files)["since_last"].is_null());
}

/// What `report.json` says of the time since the last lists, in a line.
fn since_last(session: &Session) -> String {
    let (_folder, files) = written(session, &ReportOrder::of(&[Format::Json]));
    let since = &json(&files)["since_last"];
    if since.is_null() {
        return "nothing".into();
    }
    let amount = |key: &str| since[key].as_str().unwrap().trim_end_matches(".00").to_owned();
    let left: u64 = since["apps"].as_array().unwrap().iter().map(|app| app["left"].as_u64().unwrap()).sum();
    let from = since["apps"][0]["pending_from"].as_str().map(|day| format!(" from {day}")).unwrap_or_default();
    format!(
        "{} gone, {left} left; freed {}, saved {}, pending {}{from}, kept {}",
        since["removed"],
        amount("freed"),
        amount("saved"),
        amount("pending"),
        amount("kept"),
    )
}

/// Teammates by number, on a full seat unless said otherwise; 4 and 5 have left, 3 has not come for a year.
fn team(seats: &[(usize, &str)]) -> String {
    let mut text = "Name,Email,Seat type,Role,Teams,Last active\n".to_owned();
    for (person, seat) in seats {
        let last = if *person == 3 { "2025-01-05 10:00:00" } else { "2026-01-20 10:00:00" };
        text += &teammate(*person, last).replace(",Full,", &format!(",{seat},"));
    }
    text
}

fn full(people: &[usize]) -> String {
    team(&people.iter().map(|person| (*person, "Full")).collect::<Vec<_>>())
}

/// A contract for seats at a price a year.
fn yearly(seats: u32, price: u32, more: &str) -> String {
    let (headers, values) = more
        .split_once('=')
        .map_or((String::new(), String::new()), |(header, value)| (format!(",{header}"), format!(",{value}")));
    format!(
        "App,Plan,Seats purchased,Price per seat,Unit,Currency,Billing,Renewal date,Notice days{headers}\n\
         Intercom,Essential,{seats},{price},per seat per year,USD,annual,2026-06-30,30{values}\n"
    )
}

#[test]
fn a_removal_saves_what_fewer_seats_cost_and_nothing_else() {
    const JANUARY: &str = "intercom-teammates-2026-01-31.csv";
    const FEBRUARY: &str = "intercom-teammates-2026-02-28.csv";
    let people = || ("okta-users-2026-01-31.csv", directory());
    let check = |came: &[Came<'_>], expect: &str| {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(since_last(&rounds(folder.path(), came)), expect);
    };
    let everybody = || full(&[0, 1, 2, 4, 5]);
    let january =
        |contract: String| ("2026-01-31", vec![people(), (JANUARY, everybody()), ("contracts.csv", contract)]);
    let february = |list: String, contract: Option<String>| {
        let contract = contract.map(|contract| ("contracts.csv", contract));
        ("2026-02-28", [Some((FEBRUARY, list)), contract].into_iter().flatten().collect())
    };
    // The seats of both are still bought, and nobody holds them.
    check(
        &[january(yearly(5, 100, "")), february(full(&[0, 1, 2]), None)],
        "2 gone, 0 left; freed 200, saved 0, pending 200 from 2026-06-30, kept 0",
    );
    // Two others have come: their seats are held.
    check(
        &[january(yearly(5, 100, "")), february(full(&[0, 1, 2, 6, 7]), None)],
        "2 gone, 0 left; freed 200, saved 0, pending 0, kept 200",
    );
    // Fewer seats at a higher price are fewer seats; a lower price is no saving of a removal.
    check(
        &[january(yearly(5, 100, "")), february(full(&[0, 1, 2]), Some(yearly(3, 130, "")))],
        "2 gone, 0 left; freed 200, saved 200, pending 0, kept 0",
    );
    check(
        &[january(yearly(5, 100, "")), february(full(&[0, 1, 2, 6, 7]), Some(yearly(5, 60, "")))],
        "2 gone, 0 left; freed 200, saved 0, pending 0, kept 200",
    );
    // A minimum keeps the bill where it was.
    check(
        &[january(yearly(5, 100, "Minimum seats=5")), february(full(&[0, 1, 2]), None)],
        "2 gone, 0 left; freed 200, saved 0, pending 0, kept 200",
    );
    // More accounts than seats: what nobody had bought cannot be given back.
    check(
        &[january(yearly(2, 100, "")), february(full(&[0, 1]), None)],
        "2 gone, 0 left; freed 200, saved 0, pending 0, kept 200",
    );
    // A contract that was wrong and put right before the first lists is no saving.
    check(
        &[
            ("2026-01-10", vec![("contracts.csv", yearly(100, 100, ""))]),
            ("2026-01-11", vec![("contracts.csv", yearly(5, 100, ""))]),
            ("2026-01-31", vec![people(), (JANUARY, everybody())]),
            february(full(&[0, 1, 2]), None),
        ],
        "2 gone, 0 left; freed 200, saved 0, pending 200 from 2026-06-30, kept 0",
    );
    // A saving is counted once: the third round knows only its own.
    check(
        &[
            january(yearly(5, 100, "")),
            february(full(&[0, 1, 2, 3]), Some(yearly(4, 100, ""))),
            ("2026-03-31", vec![("intercom-teammates-2026-03-31.csv", full(&[0, 1, 2]))]),
        ],
        "1 gone, 0 left; freed 100, saved 0, pending 100 from 2026-06-30, kept 0",
    );
    // Access that is still open is no removal, though its seat was taken back; an unused seat taken back is one.
    check(
        &[
            january(yearly(5, 100, "")),
            february(team(&[(0, "Full"), (1, "Full"), (2, "Full"), (4, "Lite"), (5, "Full")]), None),
        ],
        "0 gone, 2 left; freed 100, saved 0, pending 100 from 2026-06-30, kept 0",
    );
    check(
        &[
            ("2026-01-31", vec![people(), (JANUARY, full(&[0, 3])), ("contracts.csv", yearly(2, 100, ""))]),
            february(team(&[(0, "Full"), (3, "Lite")]), Some(yearly(1, 100, ""))),
        ],
        "1 gone, 0 left; freed 100, saved 100, pending 0, kept 0",
    );
    // Lists without a day: what replaces one on a later day is the next round, on the same day a correction.
    let undated = |list: String| ("intercom-teammates.csv", list);
    let first = || vec![people(), undated(everybody()), ("contracts.csv", yearly(5, 100, ""))];
    check(
        &[("2026-01-31", first()), ("2026-03-31", vec![undated(full(&[0, 1, 2]))])],
        "2 gone, 0 left; freed 200, saved 0, pending 200 from 2026-06-30, kept 0",
    );
    check(&[("2026-01-31", first()), ("2026-01-31", vec![undated(full(&[0, 1, 2]))])], "nothing");
    // A directory without a day that was put right before the lists: nobody was to go by the right one.
    let some = directory().lines().take(3).map(|line| format!("{line}\n")).collect::<String>();
    let all = directory().replace("DEPROVISIONED", "ACTIVE");
    check(
        &[
            ("2026-01-10", vec![("okta-users.csv", some)]),
            ("2026-01-12", vec![("okta-users.csv", all.clone())]),
            ("2026-01-31", vec![(JANUARY, everybody()), ("contracts.csv", yearly(5, 100, ""))]),
            ("2026-02-27", vec![("okta-users.csv", all)]),
            february(full(&[0, 1, 2]), None),
        ],
        "0 gone, 0 left; freed 0, saved 0, pending 0, kept 0",
    );
}

#[test]
fn report_json_follows_its_schema() {
    let schema: Value = serde_json::from_str(
        &fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report.schema.json")).unwrap(),
    )
    .unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("report.schema.json", schema).unwrap();
    let schema = compiler.compile("report.schema.json", &mut schemas).unwrap();
    let check = |report: &Value| {
        if let Err(fault) = schemas.validate(report, schema) {
            panic!("{fault:#}");
        }
    };
    let report_of = |session: &Session, pseudonymize: bool| {
        let order = ReportOrder { pseudonymize, ..ReportOrder::of(&[Format::Json]) };
        let (_folder, files) = written(session, &order);
        json(&files)
    };
    let sample = report_of(&Session::sample().unwrap(), false);
    check(&sample);
    let folder = tempfile::tempdir().unwrap();
    let session = two_rounds(folder.path());
    check(&report_of(&session, false));
    check(&report_of(&session, true));
    // Without a price, a directory that tells little, an app nobody knows.
    let mut bare = Session::unsaved().unwrap();
    import(
        &mut bare,
        &[
            ("okta-users.csv", directory()),
            ("Frobnicator members.csv", "Name,Email,Role,Status\nAnn,ann@x.example,User,Active\n".into()),
            ("intercom-teammates.csv", teammates(&[0])),
        ],
    );
    check(&report_of(&bare, false));
    // A schema that takes anything would prove nothing.
    let mut wrong = sample.clone();
    wrong["apps"][0]["impact"]["total"] = Value::from(12);
    assert!(schemas.validate(&wrong, schema).is_err());
    let mut more = sample;
    more["apps"][0]["extra"] = Value::from("x");
    assert!(schemas.validate(&more, schema).is_err());
}

/// Bytes of a file and of everything packed within it.
fn unpacked(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![bytes.to_vec()];
    if let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            let mut inner = file.name().unwrap().into_owned().into_bytes();
            file.read_to_end(&mut inner).unwrap();
            all.push(inner);
        }
    }
    let (begin, end) = (b"stream".as_slice(), b"endstream".as_slice());
    let find =
        |from: usize, what: &[u8]| bytes[from..].windows(what.len()).position(|at| at == what).map(|at| from + at);
    let mut from = 0;
    while bytes.starts_with(b"%PDF")
        && let Some(at) = find(from, begin)
    {
        let start = at + begin.len();
        let start = start + bytes[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let stop = find(start, end).unwrap();
        let mut inflated = Vec::new();
        if flate2::read::ZlibDecoder::new(&bytes[start..stop]).read_to_end(&mut inflated).is_ok() {
            all.push(inflated);
        }
        from = stop + end.len();
    }
    all
}

/// Every way in which a text may stand in a file.
fn spellings(text: &str) -> Vec<Vec<u8>> {
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hex: String = utf16.iter().map(|byte| format!("{byte:02X}")).collect();
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    vec![text.as_bytes().to_vec(), text.to_lowercase().into_bytes(), escaped.into_bytes(), utf16, hex.into_bytes()]
}

fn holds(bytes: &[u8], text: &str) -> bool {
    spellings(text).iter().any(|spelled| bytes.windows(spelled.len()).any(|at| at == spelled.as_slice()))
}

/// Names, addresses, sign-in names and ids of the company, and whoever is named in what people have typed.
fn identities() -> Vec<String> {
    let mut all = Vec::new();
    for (number, (id, given, family)) in PEOPLE.iter().enumerate() {
        let address = address(number);
        let local = address.split('@').next().unwrap().to_owned();
        all.extend([(*id).to_owned(), (*given).to_owned(), address, local]);
        // "Tables" is a word of the page as well.
        all.extend((number != 6).then(|| (*family).to_owned()));
    }
    let further = [
        "Doppelmoppel",
        "Wilhelmina",
        "evil@",
        "robot@",
        "Hufflepuff",
        "Griselda",
        "sabbatical",
        "pumpernickel",
        "Zebedee",
    ];
    all.extend(further.map(str::to_owned));
    all
}

#[test]
fn a_pseudonymized_report_names_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = two_rounds(folder.path());
    // Rows that cannot be read, people listed twice, a file that is called after somebody, a former domain.
    let broken = "Name,Email,Seat type,Role,Teams,Last active\n\
        Ottoline Quibblethwaite,ottoline@pumpernickel.example,Full,Agent,Support,the day Zebedee left\n\
        Ottoline Quibblethwaite,ottoline@pumpernickel.example,Full,Agent,Support,2026-01-20 10:00:00\n\
        Ngozichukwuka,too,many,cells,in,this,row,ngozi@pumpernickel.example\n\
        Yamada Yoko,yamada@pumpernickel-old.example,Full,Agent,Support,2026-01-20 10:00:00\n";
    let members = "Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n\
        ottoline@pumpernickel.example,Ottoline Quibblethwaite,Confirmed,Owner,Enabled,Enrolled,Disabled,\n\
        ottoline@pumpernickel.example,Ottoline Quibblethwaite,Confirmed,User,Enabled,Enrolled,Disabled,\n\
        ,,,,,,,\n";
    import(
        &mut session,
        &[
            ("kustomer of ottoline@pumpernickel.example.csv", broken.to_owned()),
            ("Bitwarden Crumplehorn.csv", members.to_owned()),
            ("notes.csv", "Peregrine Tattersall,Head of Doing,Room 5\n".to_owned()),
            (
                "okta-users-山田陽子.csv",
                directory() + "00q9,ACTIVE,quentin@pumpernickel.example,Quentin,Loom,quentin@pumpernickel.example\n",
            ),
            (
                "okta xanthippefeatherstonehaugh.csv",
                "User Id,Status,Username,First name,Last name,Primary email\n\
                9,ACTIVE,gull@pumpernickel.example,gulliver,oz,gull@pumpernickel.example\n\
                9,ACTIVE,gull@pumpernickel.example,gulliver,oz,gull@pumpernickel.example\n"
                    .to_owned(),
            ),
        ],
    );
    let named = ReportOrder::of(&Format::ALL);
    let (_folder, files) = written(&session, &named);
    let all = |files: &BTreeMap<String, Vec<u8>>| -> Vec<(String, Vec<u8>)> {
        let each = files.iter().flat_map(|(name, bytes)| {
            let inner = unpacked(bytes).into_iter().map(move |bytes| (name.clone(), bytes));
            inner.chain([(name.clone(), name.clone().into_bytes())])
        });
        each.collect()
    };
    // The search finds them where they may stand.
    let found = all(&files);
    // Who has no account any more is in none; a row that could not be read is only told of.
    for text in identities().iter().filter(|text| !matches!(text.as_str(), "Zebedee" | "00q5" | "Gulliver")) {
        assert!(found.iter().any(|(_, bytes)| holds(bytes, text)), "{text} is in no report at all");
    }
    let order = ReportOrder { pseudonymize: true, ..named };
    let (_folder, files) = written(&session, &order);
    for (name, bytes) in all(&files) {
        for text in identities() {
            if holds(&bytes, &text) {
                let at = spellings(&text)
                    .iter()
                    .find_map(|spelled| bytes.windows(spelled.len()).position(|at| at == spelled.as_slice()))
                    .unwrap();
                let around = &bytes[at.saturating_sub(80)..(at + 80).min(bytes.len())];
                panic!("{name} holds {text}: {}", String::from_utf8_lossy(around));
            }
        }
    }
    // What is counted and priced stays.
    let (_folder, open) = written(&session, &ReportOrder::of(&[Format::Json]));
    assert_eq!(json(&open)["totals"], json(&files)["totals"]);
    assert_eq!(json(&open)["since_last"]["saved"], json(&files)["since_last"]["saved"]);
}

#[test]
fn a_key_opens_a_pseudonymized_report_and_keeps_its_tokens() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::unsaved().unwrap();
    import(&mut session, &january());
    let key = folder.path().join("key.csv");
    let order =
        |key: &PathBuf| ReportOrder { pseudonymize: true, key: Some(key.clone()), ..ReportOrder::of(&[Format::Csv]) };
    let people = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        let mut rows = csv::Reader::from_reader(files["findings.csv"].as_slice());
        rows.records().map(|row| row.unwrap()[5].to_owned()).filter(|name| !name.is_empty()).collect()
    };
    let (_folder, first) = written(&session, &order(&key));
    let text = fs::read_to_string(&key).unwrap();
    let token = people(&first).into_iter().next().unwrap();
    let line = text.lines().find(|line| line.starts_with(&token)).unwrap();
    assert!(line.contains("Ottoline Quibblethwaite"), "{line}");
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&key).unwrap().permissions()) & 0o077, 0);
    // Other lists, the same key: the same person has the same token, and the key still opens the first report.
    let mut later = Session::unsaved().unwrap();
    import(
        &mut later,
        &[("okta-users-2026-03-31.csv", directory()), ("intercom-teammates-2026-03-31.csv", teammates(&[0, 7]))],
    );
    let (_folder, second) = written(&later, &order(&key));
    assert_eq!(people(&second)[0], token);
    let after = fs::read_to_string(&key).unwrap();
    assert!(text.lines().all(|line| after.contains(line)));
    // Without it tokens are others, each time.
    let apart = ReportOrder { key: None, ..order(&key) };
    let (_folder, third) = written(&later, &apart);
    assert_ne!(people(&third)[0], token);
    // A key that would lie beside what it opens, or in the place of another file.
    let refused = |key: PathBuf, folder: &Path| {
        let analysis = session.analyze();
        session.write_reports(&analysis, &[], folder, &order(&key), &|_| true).unwrap_err().to_string()
    };
    let beside = refused(folder.path().join("key.csv"), folder.path());
    assert!(beside.contains("the key would lie beside the reports it opens"), "{beside}");
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("list.csv"), "a,b\n1,2\n").unwrap();
    let taken = refused(other.path().join("list.csv"), folder.path());
    assert!(taken.contains("there is another file of that name"), "{taken}");
    assert_eq!(fs::read_to_string(other.path().join("list.csv")).unwrap(), "a,b\n1,2\n");
}

/// The number behind a label of the page, as it is shown there.
fn on_page(page: &str, app: &str, heading: &str, column: usize) -> String {
    let (_, behind) = page.split_once(heading).unwrap_or_else(|| panic!("no {heading}"));
    let row = behind.split("<tr>").skip(1).find(|row| row.contains(&format!(">{app}</"))).unwrap();
    let cell = row.split("<td").nth(column).unwrap();
    cell.split_once('>').unwrap().1.split('<').next().unwrap().to_owned()
}

fn dollars(amount: &str) -> String {
    let whole = truedown::model::round(amount.parse().unwrap(), 0);
    truedown::view::format::money(truedown::model::Money::new(whole, truedown::model::Currency::USD))
}

/// Each figure of report.json against the table of the page, the workbook, the lists, and the pages of the PDF.
#[test]
fn all_formats_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let check = |session: &Session| {
        let (kept, files) = written(session, &ReportOrder::of(&Format::ALL));
        let report = json(&files);
        let page = String::from_utf8(files["report.html"].clone()).unwrap();
        let pages = session.analyze();
        let then = session.analyze_earlier(&pages).unwrap();
        let printed: Vec<String> = session
            .preview_pages(&pages, &then, &Section::ALL)
            .unwrap()
            .into_iter()
            .flatten()
            .filter_map(|shape| match shape {
                truedown::session::Shape::Text { text, .. } => Some(text),
                truedown::session::Shape::Box { .. } => None,
            })
            .collect();
        let prints = |text: &str| assert!(printed.iter().any(|line| line == text), "the PDF does not say {text}");
        let mut book: Xlsx<_> = open_workbook(kept.path().join("report.xlsx")).unwrap();
        let apps = book.worksheet_range("Apps").unwrap();
        let scenarios = book.worksheet_range("Scenarios").unwrap();
        let (mut rows, mut costs): (BTreeMap<(String, String), u64>, BTreeMap<String, f64>) = Default::default();
        let mut lines = csv::Reader::from_reader(files["findings.csv"].as_slice());
        for row in lines.records().map(Result::unwrap) {
            *rows.entry((row[0].to_owned(), row[7].to_owned())).or_default() += 1;
            if matches!(&row[7], "orphaned" | "unused" | "duplicate") && &row[12] == "true" {
                *costs.entry(row[0].to_owned()).or_default() += row[13].parse::<f64>().unwrap_or(0.0);
            }
        }
        let mut compared = 0;
        for app in report["apps"].as_array().unwrap() {
            let name = app["app"].as_str().unwrap();
            for (kind, count) in app["findings"].as_object().unwrap().iter().filter(|(kind, _)| *kind != "review") {
                let listed = rows.get(&(name.to_owned(), kind.clone())).copied().unwrap_or(0);
                assert_eq!(listed, count.as_u64().unwrap(), "{name} {kind} in findings.csv");
                compared += 1;
            }
            let impact = &app["impact"];
            let row = apps.rows().find(|row| row[0] == Data::String(name.into())).unwrap();
            for (key, on, column, cell) in [
                ("unused_licenses", 1, 12, "What manual costs today"),
                ("it_labor", 2, 14, "What manual costs today"),
                ("compliance_misses", 3, 15, "What manual costs today"),
                ("total", 4, 16, "What manual costs today"),
            ] {
                let Some(amount) = impact[key].as_str() else { continue };
                assert_eq!(on_page(&page, name, cell, on), dollars(amount), "{name} {key} on the page");
                let in_book = calamine::DataType::as_f64(&row[column]).unwrap();
                assert!((in_book - amount.parse::<f64>().unwrap()).abs() < 0.0051, "{name} {key} in the workbook");
                compared += 2;
            }
            prints(&dollars(impact["total"].as_str().unwrap()));
            let of_app = scenarios.rows().filter(|row| row[0] == Data::String(name.into()));
            for (row, scenario) in of_app.zip(app["scenarios"].as_array().unwrap()) {
                for (key, column) in [("year_1", 10), ("run_rate", 8), ("npv", 11)] {
                    let Some(amount) = scenario[key].as_str() else { continue };
                    let in_book = calamine::DataType::as_f64(&row[column]).unwrap();
                    assert!((in_book - amount.parse::<f64>().unwrap()).abs() < 0.0051, "{name} {key} in the workbook");
                    assert!(page.contains(&format!(">{}<", dollars(amount))), "{name} {key} {amount} on the page");
                    prints(&dollars(amount));
                    compared += 3;
                }
            }
            // Work to do, and findings, are the same accounts.
            let worklist = files.iter().find(|(file, _)| **file == format!("worklist-{name}.csv"));
            let listed = worklist.map_or(0, |(_, bytes)| csv::Reader::from_reader(bytes.as_slice()).records().count());
            let mut certain = csv::Reader::from_reader(files["findings.csv"].as_slice());
            let waste = certain.records().map(Result::unwrap).filter(|row| {
                &row[0] == name && matches!(&row[7], "orphaned" | "unused" | "duplicate") && &row[11] == "false"
            });
            assert_eq!(listed, waste.count(), "{name} in its worklist");
            compared += 1;
        }
        let totals = &report["totals"]["impact"];
        prints(&dollars(totals["total"].as_str().unwrap()));
        assert!(page.contains(&format!(">{}<", dollars(totals["total"].as_str().unwrap()))));
        if let Some(since) = report["since_last"].as_object() {
            let app = &since["apps"][0];
            let name = app["app"].as_str().unwrap();
            assert_eq!(on_page(&page, name, "Since last time", 5), dollars(app["saved"].as_str().unwrap()));
            prints(&dollars(app["saved"].as_str().unwrap()));
            compared += 2;
        }
        compared
    };
    assert!(check(&Session::sample().unwrap()) > 150);
    assert!(check(&two_rounds(folder.path())) > 20);
}

#[test]
fn nothing_in_a_report_runs() {
    let mut session = Session::unsaved().unwrap();
    import(&mut session, &january());
    let (folder, files) = written(&session, &ReportOrder::of(&Format::ALL));
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        for row in csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice()).records() {
            for cell in &row.unwrap() {
                let number = cell.parse::<f64>().is_ok();
                assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
            }
        }
    }
    let findings = String::from_utf8(files["findings.csv"].clone()).unwrap();
    assert!(findings.contains("'=HYPERLINK"));
    let page = String::from_utf8(files["report.html"].clone()).unwrap();
    assert!(page.contains("=HYPERLINK(&quot;http://evil.example&quot;)"));
    assert!(!page.contains("<script"), "a name became a part of the page");
    for what in ["<link", "<img", " src=", " onload=", "@import", "url("] {
        assert!(!page.contains(what), "the page asks for something: {what}");
    }
    let mut book: Xlsx<_> = open_workbook(folder.path().join("report.xlsx")).unwrap();
    for list in ["Findings", "Worklist", "Evidence", "Access review"] {
        assert_eq!(book.worksheet_formula(list).map_or(0, |cells| cells.used_cells().count()), 0, "{list}");
    }
    let cells = book.worksheet_range("Findings").unwrap();
    assert!(cells.rows().flatten().any(|cell| cell.to_string().starts_with("=HYPERLINK")));
}

#[test]
fn sections_can_be_left_out() {
    let mut session = Session::unsaved().unwrap();
    import(&mut session, &january());
    let order = ReportOrder { sections: vec![Section::Summary, Section::Apps], ..ReportOrder::of(&Format::ALL) };
    let (folder, files) = written(&session, &order);
    let page = String::from_utf8(files["report.html"].clone()).unwrap();
    assert!(page.contains("Annual financial impact") && page.contains("<h2>Apps</h2>"));
    for gone in ["Renewals", "Findings</h3>", "Access review", "Files this rests on", "Course of action"] {
        assert!(!page.contains(gone), "{gone}");
    }
    assert!(!page.contains("ottoline@"), "an account is on a page without findings");
    let book: Xlsx<_> = open_workbook(folder.path().join("report.xlsx")).unwrap();
    let names = book.sheet_names();
    assert_eq!(names, ["Summary", "Apps", "Contracts", "Upgrades", "Scenarios", "Cash flows", "Assumptions"]);
}

#[test]
fn the_manifest_tells_each_file() {
    let folder = tempfile::tempdir().unwrap();
    let session = two_rounds(folder.path());
    let (_folder, files) = written(&session, &ReportOrder::of(&Format::ALL));
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(listed.len(), files.len() - 1);
    for file in listed {
        let bytes = &files[file["name"].as_str().unwrap()];
        let sum: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((file["sha256"].as_str().unwrap(), file["bytes"].as_u64().unwrap()), (&*sum, bytes.len() as u64));
    }
    assert_eq!(manifest["inputs"].as_array().unwrap().len(), 3);
}

#[test]
fn decisions_are_told_with_who_and_when() {
    let folder = tempfile::tempdir().unwrap();
    let session = two_rounds(folder.path());
    let (_folder, files) = written(&session, &ReportOrder::of(&[Format::Json]));
    let access = &json(&files)["access_review"];
    let decisions = access["decisions"].as_array().unwrap();
    let told: Vec<&str> = decisions.iter().map(|decision| decision["what"].as_str().unwrap()).collect();
    assert_eq!(
        told,
        [
            "keep: Xanthippe is on a sabbatical",
            "a service account, Griselda Hufflepuff answers for it",
            "belongs to tarquinius",
            "keep until 15 Jan 2026: Evangelina is back in spring",
        ]
    );
    assert!(decisions.iter().all(|decision| decision["at"].as_str().is_some_and(|at| at.ends_with('Z'))));
    assert_eq!(access["exemptions"][1]["account"], "xfeather@pumpernickel.example");
    let app = &access["apps"][0];
    assert_eq!((&app["settled"], &app["exempt"]), (&Value::from(2), &Value::from(1)));
    let kinds = ["ours", "orphaned", "not_ours", "exempt", "closed"].map(|kind| app[kind].as_u64().unwrap());
    assert_eq!(app["accounts"].as_u64().unwrap(), kinds.iter().sum::<u64>());
}

#[test]
fn what_stands_in_the_way_is_told_and_nothing_is_lost() {
    let session = Session::sample().unwrap();
    let analysis = session.analyze();
    let folder = tempfile::tempdir().unwrap();
    let refused = |folder: &Path| {
        let order = ReportOrder::of(&[Format::Json]);
        session.write_reports(&analysis, &[], folder, &order, &|_| true).unwrap_err().to_string()
    };
    let file = folder.path().join("taken");
    fs::write(&file, "mine").unwrap();
    let said = refused(&file);
    assert!(said.contains("taken could not be written") && said.contains("choose another folder"), "{said}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    let reports = folder.path().join("reports");
    fs::create_dir_all(reports.join("report.json")).unwrap();
    let said = refused(&reports);
    assert!(said.contains("report.json could not be written"), "{said}");
    // Nothing half written is left behind.
    let left: Vec<_> = fs::read_dir(&reports).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["report.json"]);
}

/// Apps, and files, by any name: in the worklist's file name and in every format.
#[test]
fn apps_may_be_called_anything() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::open_or_make(&folder.path().join("company.truedown")).unwrap();
    let list = "Name,Email,Role,Status\nBo,bo@pumpernickel.example,Admin,Active\n".to_owned();
    import(&mut session, &[("okta-users.csv", directory()), ("list.csv", list)]);
    let placed = *session.workspace().imports.iter().find(|(_, import)| &*import.name == "list.csv").unwrap().0;
    let app = truedown::model::AppName::new("陽子 & <b>Söhne</b>: ../../قلم");
    let placing = truedown::import::Placing::new(truedown::import::Role::Accounts, Some(app));
    session.place(placed, &placing, false).unwrap();
    let (_folder, files) = written(&session, &ReportOrder::of(&Format::ALL));
    let page = String::from_utf8(files["report.html"].clone()).unwrap();
    assert!(page.contains("陽子 &amp; &lt;b&gt;Söhne&lt;/b&gt;: ../../قلم"));
    assert!(
        files.keys().any(|name| name.starts_with("worklist-陽子") && name.ends_with("قلم.csv")),
        "{:?}",
        files.keys()
    );
}

/// The text of a PDF, as a viewer gives it to whoever copies it.
fn copied(path: &Path) -> String {
    let done = std::process::Command::new("pdftotext").args(["-layout"]).arg(path).arg("-").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[test]
#[ignore = "needs pdftotext, which the checks before a change lands have"]
fn the_text_of_the_pdf_can_be_copied() {
    let session = Session::sample().unwrap();
    let (folder, files) = written(&session, &ReportOrder::of(&[Format::Pdf, Format::Json]));
    let text = copied(&folder.path().join("report.pdf"));
    let report = json(&files);
    for app in report["apps"].as_array().unwrap() {
        assert!(text.contains(app["app"].as_str().unwrap()));
        assert!(text.contains(&dollars(app["impact"]["total"].as_str().unwrap())));
        for amount in app["scenarios"].as_array().unwrap().iter().filter_map(|scenario| scenario["npv"].as_str()) {
            assert!(text.contains(&dollars(amount)), "{} {amount}", app["app"]);
        }
    }
    // A line of a table stays a line.
    let line = text.lines().find(|line| line.contains("Upgrade tier: Expert")).unwrap();
    let mut scenarios = report["apps"].as_array().unwrap().iter().flat_map(|app| app["scenarios"].as_array().unwrap());
    let upgrade = scenarios.find(|scenario| scenario["plan"] == "Expert").unwrap();
    let amounts = ["year_1", "run_rate", "npv", "saving"].map(|key| dollars(upgrade[key].as_str().unwrap()));
    assert!(line.split_whitespace().collect::<Vec<_>>().join(" ").contains(&amounts.join(" ")), "{line}");
    // Nobody is named on the pages of a pseudonymized one.
    let folder = tempfile::tempdir().unwrap();
    let order = ReportOrder { pseudonymize: true, ..ReportOrder::of(&[Format::Pdf]) };
    let mut session = two_rounds(folder.path());
    let more = directory() + "00q9,ACTIVE,quentin@pumpernickel.example,Quentin,Loom,quentin@pumpernickel.example\n";
    import(&mut session, &[("okta-users of Ottoline.csv", more)]);
    let (named, _) = written(&session, &ReportOrder::of(&[Format::Pdf]));
    assert!(copied(&named.path().join("report.pdf")).contains("Ottoline"));
    let (masked, _) = written(&session, &order);
    let text = copied(&masked.path().join("report.pdf"));
    assert!(!identities().iter().any(|name| text.contains(name.as_str())), "{text}");
    // A letter that cannot be drawn can still be copied.
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::open_or_make(&folder.path().join("company.truedown")).unwrap();
    let list = "Name,Email,Role,Status\nBo,bo@pumpernickel.example,Admin,Active\n".to_owned();
    import(&mut session, &[("okta-users.csv", directory()), ("list.csv", list)]);
    let placed = *session.workspace().imports.iter().find(|(_, import)| &*import.name == "list.csv").unwrap().0;
    let app = truedown::model::AppName::new("陽子 \u{16A0}\u{10330}");
    let placing = truedown::import::Placing::new(truedown::import::Role::Accounts, Some(app));
    session.place(placed, &placing, false).unwrap();
    let (folder, _) = written(&session, &ReportOrder::of(&[Format::Pdf]));
    assert!(copied(&folder.path().join("report.pdf")).contains("陽子 \u{16A0}\u{10330}"));
}

/// What is stopped leaves whole files and a list of them, by which the next report takes away what it replaces.
#[test]
fn a_report_that_is_stopped_leaves_no_names_behind() {
    let session = Session::sample().unwrap();
    let analysis = session.analyze();
    let folder = tempfile::tempdir().unwrap();
    let write = |formats: &[Format], pseudonymize: bool, until: &str| {
        let order = ReportOrder { pseudonymize, ..ReportOrder::of(formats) };
        session.write_reports(&analysis, &[], folder.path(), &order, &|at| at.file != until)
    };
    let there = || {
        let files = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name());
        let mut names: Vec<String> = files.map(|name| name.into_string().unwrap()).collect();
        names.retain(|name| !name.starts_with("worklist-"));
        names.sort();
        names.join(" ")
    };
    write(&[Format::Csv, Format::Html], false, "").unwrap();
    assert_eq!(there(), "evidence.csv findings.csv manifest.json report.html");
    // The second of two files is stopped: the first is there, and the list of all of them.
    write(&[Format::Json, Format::Pdf], true, "report.pdf").unwrap_err();
    assert_eq!(there(), "evidence.csv findings.csv manifest.json report.html report.json");
    write(&[Format::Json], true, "").unwrap();
    assert_eq!(there(), "manifest.json report.json");
}

/// The sample cannot be taken back: nothing would be left.
#[test]
fn the_sample_is_where_undo_ends() {
    for mut session in [Session::sample().unwrap(), Session::sample_with_months().unwrap()] {
        assert!(!session.undo().unwrap());
    }
}
