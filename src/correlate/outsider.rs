//! What marks somebody who works here for another organization.

use super::traits::is_separator;
use crate::import::{DirectoryRecord, PersonKind};
use crate::model::{Email, fold_text};

/// Words that say so in a remark, a department or a column of the directory: `Ann Lee (Contractor)`.
const MARKS: [&str; 78] = [
    "3rd party",
    "agency",
    "agency staff",
    "agency worker",
    "collaboratore esterno",
    "consultant",
    "consultants",
    "consultor",
    "consultora",
    "contingent",
    "contingent worker",
    "contract",
    "contract staff",
    "contractor",
    "contractors",
    "cw",
    "cwk",
    "dienstleister",
    "dis kaynak",
    "dodavatel",
    "esterna",
    "esterno",
    "ext",
    "exterieur",
    "extern",
    "externa",
    "external",
    "external guest",
    "externals",
    "externe",
    "externe mitarbeiter",
    "externe mitarbeiterin",
    "externer",
    "externi",
    "externo",
    "fornitore",
    "freelance",
    "freelancer",
    "freelancers",
    "fremdfirma",
    "gast",
    "guest",
    "ingehuurd",
    "inhuur",
    "invitado",
    "invite",
    "konsulent",
    "konsult",
    "kulsos",
    "leiharbeiter",
    "non employee",
    "offshore",
    "outsourced",
    "partner",
    "podwykonawca",
    "prestataire",
    "prestataire externe",
    "sous traitant",
    "subcontractor",
    "supplier",
    "temp",
    "temporary",
    "temps",
    "terceirizado",
    "tercero",
    "third party",
    "tvc",
    "vendor",
    "vendors",
    "zeitarbeit",
    "zewnetrzna",
    "zewnetrzny",
    "zzp",
    "外包",
    "外部",
    "業務委託",
    "派遣",
    "외부",
];

/// Those of them that say so without a bracket as well, in front of a name or behind it, and that are nobody's name.
const BARE: [&str; 5] = ["contractor", "ext", "extern", "external", "freelancer"];

/// Words that say so in a local part or sign-in name: `ann.lee-ext`.
const IN_LOCALS: [&str; 13] = [
    "agency",
    "con",
    "consultant",
    "contractor",
    "ctr",
    "ext",
    "extern",
    "external",
    "externe",
    "freelancer",
    "partner",
    "temp",
    "vendor",
];

/// Letters that say so in front of a hyphen: `v-annlee`.
const LETTERS: [&str; 3] = ["c", "v", "x"];

/// The folded words of a text.
fn words(text: &str) -> String {
    let folded = fold_text(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A name and what stands beside it, folded: in brackets, behind a bar, a comma or a dash.
pub(super) fn pieces(name: &str) -> Vec<String> {
    let is_end = |c: char| matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '（' | '）' | '|' | ',' | ':');
    let pieces = name.split(is_end).flat_map(|piece| piece.split(" - ")).flat_map(|piece| piece.split(" – "));
    pieces.map(words).filter(|piece| !piece.is_empty()).collect()
}

/// What in the pieces of a name says that its bearer is of another organization.
pub(super) fn mark(pieces: &[String]) -> Option<String> {
    let whole = pieces.iter().find(|piece| MARKS.contains(&piece.as_str()));
    let first = || pieces.first().and_then(|piece| piece.split(' ').next());
    let last = || pieces.last().and_then(|piece| piece.split(' ').next_back());
    let bare = || first().into_iter().chain(last()).find(|word| BARE.contains(word));
    whole.map(String::as_str).or_else(bare).map(str::to_owned)
}

/// Whether a word of a local part says so, with a number behind it or without: `ann.lee.ext2`.
pub(super) fn marks_local(word: &str) -> bool {
    IN_LOCALS.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// A local part without a letter in front that says so: `v-annlee`, and not `v-lee`, whose `v` is an initial, as `is_name` knows.
pub(super) fn without_letter<'a>(local: &'a str, is_name: &dyn Fn(&str) -> bool) -> Option<&'a str> {
    let (letter, rest) = local.split_once('-')?;
    let bare = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    (LETTERS.contains(&letter) && !bare.split(is_separator).any(is_name)).then_some(rest)
}

/// Whether the directory says that somebody is of another organization.
pub(super) fn is_of_others(record: &DirectoryRecord) -> bool {
    let whole = |text: &str| MARKS.contains(&text);
    // A developer (external), an external; not a vendor manager, whose job it is.
    let title = words(&record.title);
    let by_title = title.split(' ').next_back().is_some_and(|last| BARE.contains(&last))
        || pieces(&record.title).iter().any(|piece| whole(piece));
    let own = words(&format!("{} {} {}", record.given, record.family, record.display));
    let is_own = |word: &str| own.split(' ').any(|one| one == word);
    let worker_type = words(&record.worker_type);
    let address = record.email.as_ref().map_or(record.username.as_str(), Email::as_str).to_lowercase();
    let (local, domain) = address.split_once('@').unwrap_or((&address, ""));
    record.kind == PersonKind::Guest
        || worker_type == "guest"
        || whole(&worker_type)
        || [&record.department, &record.status_raw].into_iter().any(|text| whole(&words(text)))
        || [&record.display, &record.family].into_iter().any(|name| mark(&pieces(name)).is_some())
        || by_title
        // ann.lee-ext@…, and ann.lee@ext.….
        || local.split(is_separator).chain(domain.split('.').next()).any(|word| marks_local(word) && !is_own(word))
        || without_letter(local, &is_own).is_some()
}

/// Whether a mark is what somebody works as or in.
pub(super) fn is_job(record: &DirectoryRecord, mark: &str) -> bool {
    [&record.title, &record.department].into_iter().any(|text| words(text).split(' ').any(|word| word == mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_whose_they_are() {
        let check = |name: &str, expect: bool| assert_eq!(mark(&pieces(name)).is_some(), expect, "{name}");
        check("Ann Lee (Contractor)", true);
        check("Ann Lee (non-employee)", true);
        check("[EXT] Ann Lee", true);
        check("Lee, Ann - External", true);
        check("Ann Lee | Prestataire", true);
        check("EXT Ann Lee", true);
        check("Ann Lee Contractor", true);
        check("Ann Lee", false);
        check("Ann Temp", false);
        check("Ann Lee (she/her)", false);
        check("Ann Lee - Vendor Management", false);
        check("Ann Lee (External Communications)", false);
        check("Ann Lee | Senior Consultant", false);
        check("Ann Lee (ext. 4512)", false);
        check("Ann Lee ext 4512", false);
    }

    #[test]
    fn local_parts_may_begin_with_a_letter() {
        let is_name = |word: &str| word == "lee";
        let check = |local: &str, expect: Option<&str>| assert_eq!(without_letter(local, &is_name), expect, "{local}");
        check("v-annlee", Some("annlee"));
        check("v-lee", None);
        check("v-lee2", None);
        check("v-lopez-lee", None);
        check("b-annlee", None);
        check("v.annlee", None);
    }
}
