//! Decisions that travel as files.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::outputs::write_whole;
use super::{Session, SessionError};
use crate::analysis::Analysis;
use crate::correlate::AccountId;
use crate::export::review_csv;
use crate::import::{DecisionRow, Source, read_decisions};
use crate::model::{AppName, Code, Diagnostic, Severity};
use crate::view::ReviewSheet;
use crate::workspace::{AccountKey, Change, Exemption, Verdict};

/// Writes what waits for a decision, and what was decided, to be filled in with a spreadsheet.
///
/// # Errors
/// A file that cannot be written.
pub fn write_review(analysis: &Analysis, path: &Path) -> Result<usize, SessionError> {
    let sheet = ReviewSheet::new(analysis);
    write_whole(path, |out| review_csv(&sheet, out))?;
    Ok(sheet.rows.len())
}

impl Session {
    /// Carries out the decisions of a file as one step. Tells how many accounts were decided on anew, and what could not be
    /// understood; the rest is carried out all the same.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn apply_decisions(&mut self, source: &Source<'_>) -> Result<(usize, Vec<Diagnostic>), SessionError> {
        let (rows, mut problems) = read_decisions(source);
        let analysis = self.analyze();
        let roster = &analysis.roster;
        let accounts: HashMap<AccountKey, AccountId> = roster.accounts().map(|id| (roster.key(id), id)).collect();
        // A name that leads to several people leads to none.
        let mut people: HashMap<String, Option<String>> = HashMap::new();
        for person in roster.people() {
            for record in roster.records(person) {
                let address = record.email.as_ref().map(ToString::to_string).unwrap_or_default();
                for name in [record.source_id.to_lowercase(), record.username.to_lowercase(), address] {
                    let key = Some(roster.person_key(person));
                    let known = people.entry(name).or_insert_with(|| key.clone());
                    if *known != key {
                        *known = None;
                    }
                }
            }
        }
        let (mut changes, mut count): (Vec<Change>, usize) = (Vec::new(), 0);
        let mut seen: HashMap<AccountKey, &DecisionRow> = HashMap::new();
        let differs = |a: &DecisionRow, b: &DecisionRow| {
            (&a.decision, &a.person, &a.reason, &a.until) != (&b.decision, &b.person, &b.reason, &b.until)
        };
        let mut disputed: HashSet<AccountKey> = HashSet::new();
        for row in &rows {
            let first = *seen.entry(key_of(row)).or_insert(row);
            if differs(first, row) {
                disputed.insert(key_of(row));
            }
        }
        for row in &rows {
            let key = key_of(row);
            let refused = |message: String, hint: &str| {
                Diagnostic::new(Code::BadValue, Severity::Error, Some(row.place.clone()), message).hint(hint)
            };
            if disputed.contains(&key) {
                let message = format!("{} account {} is decided on in several rows, differently", row.app, row.account);
                problems.push(refused(message, "leave one of them"));
                continue;
            }
            let Some(id) = accounts.get(&key) else {
                let message = format!("there is no account {} in {}", row.account, row.app);
                problems.push(refused(message, "the columns app and account name it as the export did"));
                continue;
            };
            match change(&analysis, *id, row, &people) {
                Ok(change) => {
                    count += usize::from(!change.is_empty());
                    changes.extend(change);
                }
                Err((message, hint)) => problems.push(refused(message, hint)),
            }
        }
        self.perform(changes)?;
        Ok((count, problems))
    }
}

fn key_of(row: &DecisionRow) -> AccountKey {
    AccountKey { app: AppName::new(&row.app).key().to_owned(), id: row.account.to_lowercase() }
}

/// What a row asks for; nothing where it is so already.
fn change(
    analysis: &Analysis,
    id: AccountId,
    row: &DecisionRow,
    people: &HashMap<String, Option<String>>,
) -> Result<Vec<Change>, (String, &'static str)> {
    let owner = |person: &str| match people.get(&person.to_lowercase()).filter(|_| !person.is_empty()) {
        Some(Some(person)) => Ok(Verdict::Owner { person: person.clone() }),
        Some(None) => Err((format!("{person} is several people"), "give the directory's id of the person")),
        None if person.is_empty() => {
            Err(("it is said to have an owner, but not which".into(), "fill in the column person"))
        }
        None => {
            Err((format!("no directory knows {person}"), "give the id, the sign-in name or the address of a person"))
        }
    };
    let verdict = match row.decision.as_str() {
        "owner" => Some(owner(&row.person)?),
        "nobody" | "orphaned" => Some(Verdict::Nobody),
        "service" => Some(Verdict::Service { owner: row.person.clone() }),
        "external" => Some(Verdict::External),
        "none" => None,
        "keep" => return exemption(analysis, id, row),
        number => {
            let chosen = number.parse::<usize>().ok().and_then(|number| row.candidates.get(number.checked_sub(1)?));
            match chosen.filter(|person| !person.is_empty()) {
                Some(person) => Some(owner(person)?),
                None => return Err((format!("\"{number}\" is no decision"), DECISIONS)),
            }
        }
    };
    let settled = analysis.roster.decision(id).map(|decision| &decision.verdict);
    // Nothing at all is left of an account's decision and exemption where none is asked for.
    let kept = verdict.is_none() && analysis.roster.exemption(id).is_some();
    let decided = (settled != verdict.as_ref()).then(|| analysis.decide(id, verdict));
    Ok(decided.into_iter().chain(kept.then(|| analysis.exempt(id, None))).collect())
}

const DECISIONS: &str = "expected the number of a candidate, owner, nobody, service, external, keep or none";

fn exemption(analysis: &Analysis, id: AccountId, row: &DecisionRow) -> Result<Vec<Change>, (String, &'static str)> {
    if row.reason.is_empty() {
        return Err(("it is to be kept, but not why".into(), "fill in the column reason"));
    }
    let until = match row.until.as_str() {
        "" => None,
        date => Some(
            date.parse().map_err(|_| (format!("\"{date}\" is no date"), "expected YYYY-MM-DD in the column until"))?,
        ),
    };
    let exemption = Exemption { reason: row.reason.clone(), until };
    let known = analysis.roster.exemption(id) == Some(&exemption);
    Ok((!known).then(|| analysis.exempt(id, Some(exemption))).into_iter().collect())
}
