//! How well accounts find their owners, on labeled companies that were written before the weights: what is linked must be
//! right, what can be known must be linked, and what is asked must be little.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and the benchmark prints its table"
)]

mod labeled;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::time::Instant;

use labeled::{Company, Difficulty, Expected, Half, Owner, Spec, Truth, company};
use truedown::analysis::Analysis;
use truedown::classify::Kind;
use truedown::correlate::{Link, Outcome, aliases};
use truedown::import::Source;
use truedown::session::{Placings, Session};

/// What came out, counted for one kind of difficulty or for all.
#[derive(Clone, Debug, Default)]
struct Score {
    accounts: usize,
    knowable: usize,
    /// Linked without asking, and to whom they should be.
    linked: usize,
    right: usize,
    /// Knowable, and linked right.
    reached: usize,
    asked: usize,
    /// Asked about, with an owner in the directory, and the owner named first.
    owned_asked: usize,
    first: usize,
    /// Of these, the owner is as likely as the first: nothing in the files tells them apart.
    tied: usize,
    /// Asked about though the files say whose it is, and the owner named first.
    knowable_asked: usize,
    knowable_first: usize,
    orphans: usize,
    said_orphaned: usize,
    orphans_found: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        share(self.right, self.linked)
    }

    fn recall(&self) -> f64 {
        share(self.reached, self.knowable)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn analyze(company: &Company) -> (Session, Analysis) {
    let mut session = Session::unsaved().unwrap();
    let sources: Vec<Source<'_>> =
        company.files.iter().map(|(name, text)| Source::new(name.as_str(), text.clone().into_bytes())).collect();
    session.import(&sources, &Placings::new(), &mut |_| true).unwrap();
    session.set_as_of(Some(company.as_of.parse().unwrap()));
    let analysis = session.analyze();
    (session, analysis)
}

/// What comes out when every former domain the program proposes is accepted: one answer each.
fn accept_domains(session: &mut Session, analysis: &Analysis) -> Analysis {
    let mut now = session.analyze();
    for alias in aliases(&analysis.roster, &analysis.outcomes) {
        session.perform(vec![now.declare(&alias.domain, &alias.owned)]).unwrap();
        now = session.analyze();
    }
    now
}

/// An account whose owner was got wrong, or was not found though it could have been.
struct Fault {
    difficulty: Difficulty,
    text: String,
}

/// Counts by difficulty, what went wrong, and how sure the program was each time it was right or wrong.
type Scored = (BTreeMap<&'static str, Score>, Vec<Fault>, Vec<(f64, bool)>);

fn score(company: &Company, analysis: &Analysis) -> Scored {
    let truth: HashMap<(&str, &str), &Truth> =
        company.truth.iter().map(|truth| ((truth.app.as_str(), truth.account.as_str()), truth)).collect();
    let mut scores: BTreeMap<&'static str, Score> = BTreeMap::new();
    let (mut faults, mut confidences) = (Vec::new(), Vec::new());
    let mut met = 0;
    for (id, (outcome, finding)) in
        analysis.roster.accounts().zip(analysis.outcomes.iter().zip(analysis.findings.iter()))
    {
        let account = analysis.roster.account(id);
        let app = analysis.roster.app(id);
        let Some(truth) = truth.get(&(app.as_str(), account.key())) else {
            panic!("nothing is said of {app} {}", account.key())
        };
        met += 1;
        // That an account is nobody's can be known as well, but makes no link.
        let knowable = truth.knowable && matches!(truth.owner, Owner::Person(_));
        let named = outcome.person().map(|person| analysis.roster.person(person).source_id.clone());
        let is_right = matches!((&truth.owner, &named), (Owner::Person(owner), Some(named)) if owner == named);
        let linked = matches!(outcome.link, Link::Person(_));
        if named.is_some() {
            confidences.push((outcome.confidence, is_right));
        }
        for key in [truth.difficulty.name(), "all"] {
            let score = scores.entry(key).or_default();
            let asked_of_owner = outcome.is_review() && matches!(truth.owner, Owner::Person(_));
            let orphaned = finding.kind == Kind::Orphaned;
            score.accounts += 1;
            score.knowable += usize::from(knowable);
            score.linked += usize::from(linked);
            score.right += usize::from(linked && is_right);
            score.reached += usize::from(knowable && linked && is_right);
            score.asked += usize::from(finding.review);
            score.owned_asked += usize::from(asked_of_owner);
            score.first += usize::from(asked_of_owner && is_right);
            score.knowable_asked += usize::from(asked_of_owner && knowable);
            score.knowable_first += usize::from(asked_of_owner && knowable && is_right);
            score.tied += usize::from(asked_of_owner && !is_right && ties(analysis, outcome, &truth.owner));
            match truth.finding {
                Some(Expected::Orphaned) => {
                    score.orphans += 1;
                    score.orphans_found += usize::from(orphaned);
                    score.said_orphaned += usize::from(orphaned);
                }
                Some(Expected::NotOrphaned) => score.said_orphaned += usize::from(orphaned),
                None => {}
            }
        }
        let orphan_fault = match truth.finding {
            Some(Expected::Orphaned) => finding.kind != Kind::Orphaned && finding.kind != Kind::Closed,
            Some(Expected::NotOrphaned) => finding.kind == Kind::Orphaned,
            None => false,
        };
        let misordered = outcome.is_review() && matches!(truth.owner, Owner::Person(_)) && !is_right;
        let missed = knowable && !linked;
        if misordered || missed || orphan_fault || (linked && !is_right) {
            let kind = if linked && !is_right {
                "WRONG"
            } else if misordered {
                "ORDER"
            } else if orphan_fault {
                "ORPHAN"
            } else {
                "missed"
            };
            let owner = match &truth.owner {
                Owner::Person(id) => analysis
                    .roster
                    .people()
                    .map(|person| analysis.roster.person(person))
                    .find(|person| person.source_id == *id)
                    .map_or("?".into(), |person| {
                        format!(
                            "{} <{}> {}",
                            person.display,
                            person.email.as_ref().map_or("", |email| email.as_str()),
                            person.username
                        )
                    }),
                other => format!("{other:?}"),
            };
            let said = outcome.person().map(|person| analysis.roster.person(person).display.clone());
            let text = format!(
                "{kind} {app} {} \"{}\" <{}> is {owner}; said {} {said:?} {:.3} {:?} {:?}",
                account.username,
                account.display_name,
                account.email.as_ref().map_or("", |email| email.as_str()),
                match (linked, outcome.is_review()) {
                    (true, _) => "linked",
                    (_, true) => "asked",
                    _ => "none",
                },
                outcome.confidence,
                finding.kind,
                outcome
                    .evidence()
                    .iter()
                    .map(|evidence| format!("{:?} {:?}", evidence.fact, evidence.weight))
                    .collect::<Vec<_>>(),
            );
            faults.push(Fault { difficulty: truth.difficulty, text });
        }
    }
    assert_eq!(met, company.truth.len(), "accounts are missing");
    (scores, faults, confidences)
}

/// Whether the owner is among the candidates that are as likely as the first.
fn ties(analysis: &Analysis, outcome: &Outcome, owner: &Owner) -> bool {
    let best = outcome.confidence;
    let mut equal = outcome.candidates().iter().filter(|candidate| best - candidate.confidence < 0.02);
    equal.any(|candidate| *owner == Owner::Person(analysis.roster.person(candidate.person).source_id.clone()))
}

fn table(scores: &BTreeMap<&'static str, Score>) -> String {
    let mut text = String::from(
        "| difficulty | accounts | knowable | linked | wrong | precision | recall | asked | first right | or as likely |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for (name, score) in scores {
        let percent =
            |part: f64, some: usize| if some == 0 { "–".to_owned() } else { format!("{:.2} %", part * 100.0) };
        writeln!(
            text,
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            score.accounts,
            score.knowable,
            score.linked,
            score.linked - score.right,
            percent(score.precision(), score.linked),
            percent(score.recall(), score.knowable),
            score.asked,
            percent(share(score.first, score.owned_asked), score.owned_asked),
            percent(share(score.first + score.tied, score.owned_asked), score.owned_asked),
        )
        .unwrap();
    }
    let all = &scores["all"];
    writeln!(
        text,
        "\nasked about {:.2} %, {} of these knowable and the owner first in {}; \
         orphans: recall {:.2} %, precision {:.2} % of {}",
        100.0 * share(all.asked, all.accounts),
        all.knowable_asked,
        all.knowable_first,
        100.0 * share(all.orphans_found, all.orphans),
        100.0 * share(all.orphans_found, all.said_orphaned),
        all.orphans
    )
    .unwrap();
    text
}

/// How often the program is right where it says it is so sure.
fn calibration(confidences: &[(f64, bool)]) -> String {
    let mut text = String::from("| confidence | accounts | mean | right |\n| --- | ---: | ---: | ---: |\n");
    let edges = [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.01];
    for pair in edges.windows(2) {
        let within: Vec<_> = confidences.iter().filter(|(said, _)| (pair[0]..pair[1]).contains(said)).collect();
        let mean = within.iter().map(|(said, _)| said).sum::<f64>() / within.len().max(1) as f64;
        let right = share(within.iter().filter(|(_, right)| *right).count(), within.len());
        writeln!(text, "| {:.3}–{:.3} | {} | {mean:.3} | {right:.3} |", pair[0], pair[1].min(1.0), within.len())
            .unwrap();
    }
    text
}

/// What must hold in all worlds. The weights were made on the first alone; the second tells whether they are fitted to it.
fn check(half: Half) {
    let mut all: BTreeMap<&'static str, Score> = BTreeMap::new();
    let mut faults = String::new();
    for seed in 11..13 {
        let company = company(&Spec { half, people: 500, accounts: 2_000, seed });
        let (scores, found, _) = score(&company, &analyze(&company).1);
        for (name, score) in scores {
            all.entry(name).or_default().add(&score);
        }
        for fault in found.iter().filter(|fault| fault.text.starts_with("WRONG")) {
            writeln!(faults, "{}: {}", fault.difficulty.name(), fault.text).unwrap();
        }
    }
    let shown = table(&all);
    let total = &all["all"];
    let orphans = (share(total.orphans_found, total.orphans), share(total.orphans_found, total.said_orphaned));
    assert!(total.precision() >= 0.999, "wrong links\n{shown}\n{faults}");
    assert!(total.recall() >= 0.98, "missed links\n{shown}");
    assert!(share(total.asked, total.accounts) <= 0.06, "too many questions\n{shown}");
    assert!(share(total.first, total.owned_asked) >= 0.8, "the wrong candidate first\n{shown}");
    // Of some forty questions two may be otherwise.
    assert!(share(total.knowable_first, total.knowable_asked) >= 0.9, "the owner is knowable and not first\n{shown}");
    assert!(orphans.0 >= 0.99 && orphans.1 >= 0.96, "orphans\n{shown}");
    for trap in [Difficulty::SameName, Difficulty::FatherSon] {
        assert_eq!(all[trap.name()].linked, all[trap.name()].right, "{}\n{faults}", trap.name());
    }
}

#[test]
fn the_half_the_weights_were_made_on() {
    check(Half::Tuned);
}

#[test]
fn other_languages_in_other_files() {
    check(Half::Third);
    check(Half::Crossed);
}

#[test]
fn the_half_kept_back() {
    check(Half::Held);
}

/// Prints the tables of the documents. `cargo test --release --test correlation -- --ignored --nocapture benchmark`
#[test]
#[ignore = "takes a minute and prints; what must hold is asserted by the others"]
fn benchmark() {
    let people = std::env::var("PEOPLE").map_or(2_000, |people| people.parse().unwrap());
    let halves = match std::env::var("HALF").as_deref() {
        Ok("tuned") => vec![Half::Tuned],
        Ok("held") => vec![Half::Held],
        Ok("third") => vec![Half::Third],
        Ok("crossed") => vec![Half::Crossed],
        _ => vec![Half::Tuned, Half::Held],
    };
    for half in halves {
        let seeds = std::env::var("SEEDS").map_or(3, |seeds| seeds.parse().unwrap());
        let mut all: BTreeMap<&'static str, Score> = BTreeMap::new();
        let mut accepted = all.clone();
        let mut confidences = Vec::new();
        for seed in 1..=seeds {
            let company = company(&Spec { half, people, accounts: people * 4, seed });
            let (mut session, analysis) = analyze(&company);
            let (scores, faults, said) = score(&company, &analysis);
            for (name, score) in scores {
                all.entry(name).or_default().add(&score);
            }
            for (name, score) in score(&company, &accept_domains(&mut session, &analysis)).0 {
                accepted.entry(name).or_default().add(&score);
            }
            confidences.extend(said);
            if std::env::var("FAULTS").is_ok() {
                faults.iter().for_each(|fault| println!("{} {}", fault.difficulty.name(), fault.text));
            }
        }
        println!("\n{half:?}: {seeds} companies of {people} people\n\n{}\n{}", table(&all), calibration(&confidences));
        accepted.retain(|name, _| matches!(*name, "all" | "former domain" | "former, unlisted"));
        println!("with the former domains accepted that it proposes\n\n{}", table(&accepted));
    }
}

impl Score {
    fn add(&mut self, other: &Self) {
        let pairs: [(&mut usize, usize); 14] = [
            (&mut self.accounts, other.accounts),
            (&mut self.knowable, other.knowable),
            (&mut self.linked, other.linked),
            (&mut self.right, other.right),
            (&mut self.reached, other.reached),
            (&mut self.asked, other.asked),
            (&mut self.owned_asked, other.owned_asked),
            (&mut self.first, other.first),
            (&mut self.tied, other.tied),
            (&mut self.knowable_asked, other.knowable_asked),
            (&mut self.knowable_first, other.knowable_first),
            (&mut self.orphans, other.orphans),
            (&mut self.said_orphaned, other.said_orphaned),
            (&mut self.orphans_found, other.orphans_found),
        ];
        for (own, other) in pairs {
            *own += other;
        }
    }
}

/// Prints what each account costs as the company grows.
#[test]
#[ignore = "takes minutes and gigabytes, and prints"]
fn scale() {
    // The lists of names are read once; that is no part of what an account costs.
    analyze(&company(&Spec { half: Half::Tuned, people: 50, accounts: 200, seed: 1 }));
    for people in [2_500, 12_500, 50_000, 250_000] {
        let company = company(&Spec { half: Half::Tuned, people, accounts: people * 4, seed: 1 });
        let mut session = Session::unsaved().unwrap();
        let sources: Vec<Source<'_>> =
            company.files.iter().map(|(name, text)| Source::new(name.as_str(), text.clone().into_bytes())).collect();
        session.import(&sources, &Placings::new(), &mut |_| true).unwrap();
        let workspace = session.workspace().clone();
        let roster = truedown::correlate::Roster::new(workspace.clone(), company.as_of.parse().unwrap());
        let began = Instant::now();
        let outcomes = truedown::correlate::correlate(&roster, &workspace.policy);
        let took = began.elapsed();
        println!(
            "{people} people, {} accounts: {:.2} s, {:.1} µs each",
            outcomes.len(),
            took.as_secs_f64(),
            took.as_secs_f64() * 1e6 / outcomes.len() as f64
        );
    }
}

/// Writes a company's files into the folder `OUT`, to look at them or to run the program on them.
#[test]
#[ignore = "writes files"]
fn write_company() {
    let people = std::env::var("PEOPLE").map_or(2_000, |people| people.parse().unwrap());
    let folder = std::path::PathBuf::from(std::env::var("OUT").unwrap());
    let company = company(&Spec { half: Half::Tuned, people, accounts: people * 4, seed: 1 });
    for (name, text) in &company.files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}
