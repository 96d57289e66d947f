use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::fonts::SystemFonts;
use super::{Session, SessionError};
use crate::analysis::{Analysis, Earlier};
use crate::export::{self, Shape, WrittenFile};
use crate::import;
use crate::pseudonyms::{Pseudonyms, Secret};
use crate::view::{Dossier, Section, WorkRow, Worklist};

/// A format of reports.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub enum Format {
    /// `findings.csv`, `evidence.csv` behind it, and a worklist for each app.
    Csv,
    /// `report.json`.
    Json,
    /// `report.html`.
    Html,
    /// `report.xlsx`.
    Xlsx,
    /// `report.pdf`.
    Pdf,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Json, Self::Html, Self::Xlsx, Self::Pdf];

    /// The name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Csv => "findings.csv",
            Self::Json => "report.json",
            Self::Html => "report.html",
            Self::Xlsx => "report.xlsx",
            Self::Pdf => "report.pdf",
        }
    }

    /// What it is, for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Html => "HTML",
            Self::Xlsx => "Excel workbook",
            Self::Pdf => "PDF",
        }
    }

    /// What it is good for, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::Csv => {
                "findings.csv with every account, evidence.csv with what spoke for each link, a worklist for each app"
            }
            Self::Json => "report.json for other programs",
            Self::Html => "report.html, one page to read, print and send; needs nothing else",
            Self::Xlsx => "report.xlsx, whose figures follow when an assumption in it is changed",
            Self::Pdf => "report.pdf, a few pages to put before a board",
        }
    }

    /// Reads the word used on the command line.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "html" => Some(Self::Html),
            "xlsx" => Some(Self::Xlsx),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

/// What is to be written.
#[derive(Clone, Debug)]
pub struct ReportOrder {
    /// Formats.
    pub formats: Vec<Format>,
    /// Sections, of formats that have some.
    pub sections: Vec<Section>,
    /// Whether people and addresses are replaced by tokens.
    pub pseudonymize: bool,
    /// Where the key to the tokens is kept; nowhere if there is none. One that is there already is used again.
    pub key: Option<PathBuf>,
}

impl ReportOrder {
    /// All sections, with the names of people.
    pub fn of(formats: &[Format]) -> Self {
        Self { formats: formats.to_vec(), sections: Section::ALL.to_vec(), pseudonymize: false, key: None }
    }
}

/// How far the writing of reports is.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'a> {
    /// The file under way.
    pub file: &'a str,
    /// Its number, from 1.
    pub number: usize,
    /// Files in all.
    pub files: usize,
    /// Bytes written of it.
    pub done: u64,
}

/// Is told how far the writing is, before each file and as its bytes are written; false stops it, and the file under way does not
/// appear. A page, a workbook and a PDF are made whole before their first byte is written.
pub type Watch<'a> = dyn Fn(&Writing<'_>) -> bool + 'a;

/// A report that could not be written. What stood there before is untouched.
#[derive(Debug, Error)]
#[error("{path} could not be written: {reason}\n  hint: {hint}")]
pub struct OutputError {
    path: String,
    reason: String,
    hint: &'static str,
}

impl OutputError {
    fn new(path: &Path, fault: &io::Error) -> Self {
        let hint = match fault.kind() {
            io::ErrorKind::PermissionDenied if cfg!(windows) => {
                "close the file where it is open, or choose another folder"
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "choose a folder you may write to",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk, or choose another one",
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                "a file is in the way; choose another folder"
            }
            io::ErrorKind::IsADirectory => "a folder of that name is in the way; choose another folder",
            io::ErrorKind::InvalidFilename => "choose a folder whose path is shorter",
            _ => "what stood there before is untouched; try another folder",
        };
        let path = path.display().to_string();
        Self { path, reason: super::files::plain(fault), hint }
    }

    fn key(path: &Path, reason: &str, hint: &'static str) -> Self {
        Self { path: path.display().to_string(), reason: reason.to_owned(), hint }
    }
}

impl Session {
    /// What reports of an analysis are made of, with what was before it ([`Session::analyze_earlier`]) and the log of the workspace.
    ///
    /// # Errors
    /// Those of the workspace file, and a key that cannot be read.
    pub fn with_dossier<T>(
        &self,
        analysis: &Analysis,
        then: &[Earlier],
        order: &ReportOrder,
        make: impl FnOnce(&Dossier<'_>, Option<&Pseudonyms>) -> Result<T, SessionError>,
    ) -> Result<T, SessionError> {
        let log = self.log()?;
        if !order.pseudonymize {
            return make(&Dossier::new(analysis, then, &log, &order.sections), None);
        }
        let secret = order.key.as_deref().map(known_key).transpose()?.flatten().map(|known| known.secret);
        let secret = secret.map_or_else(new_secret, Ok)?;
        let known: Vec<&Analysis> = std::iter::once(analysis).chain(then.iter().map(|then| &then.analysis)).collect();
        let names = Pseudonyms::new(&secret, &known);
        let masked = names.analysis(analysis);
        let tell = |then: &Earlier| Earlier { apps: then.apps.clone(), analysis: names.analysis(&then.analysis) };
        let masked_then: Vec<Earlier> = then.iter().map(tell).collect();
        let log = names.log(analysis, &log);
        make(&Dossier::new(&masked, &masked_then, &log, &order.sections), Some(&names))
    }

    /// The pages of the PDF, to be looked at before it is written.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn preview_pages(
        &self,
        analysis: &Analysis,
        then: &[Earlier],
        sections: &[Section],
    ) -> Result<Vec<Vec<Shape>>, SessionError> {
        let order = ReportOrder { sections: sections.to_vec(), ..ReportOrder::of(&[]) };
        self.with_dossier(analysis, then, &order, |dossier, _| {
            export::report_pages(dossier, &SystemFonts::default())
                .map_err(|fault| OutputError::new(Path::new(Format::Pdf.file_name()), &fault).into())
        })
    }

    /// Writes reports into a folder, which is made if there is none, and a manifest of them. Each file appears whole or not at
    /// all.
    ///
    /// # Errors
    /// The first file that cannot be written; those before it are there. Those of the workspace file.
    pub fn write_reports(
        &self,
        analysis: &Analysis,
        then: &[Earlier],
        folder: &Path,
        order: &ReportOrder,
        watch: &Watch<'_>,
    ) -> Result<Vec<PathBuf>, SessionError> {
        std::fs::create_dir_all(folder).map_err(|fault| OutputError::new(folder, &fault))?;
        if let Some(key) = &order.key {
            apart(key, folder)?;
        }
        self.with_dossier(analysis, then, order, |dossier, names| {
            let key = order.key.as_deref().zip(names).map(|(key, names)| write_key(key, names)).transpose()?;
            let mut written = write_all(dossier, folder, order, watch)?;
            written.extend(key);
            Ok(written)
        })
    }
}

/// Writes what tokens stand for, beside those of earlier reports. Before the reports: without it nobody could read them.
fn write_key(path: &Path, names: &Pseudonyms) -> Result<PathBuf, OutputError> {
    let mut given = known_key(path)?.map(|known| known.given).unwrap_or_default();
    given.extend(names.given());
    write_secretly(path, |out| export::key_csv(&hex(&names.secret()), &given, out))?;
    Ok(path.to_owned())
}

/// A secret nobody knows.
fn new_secret() -> Result<Secret, OutputError> {
    let mut secret = Secret::default();
    getrandom::fill(&mut secret)
        .map_err(|fault| OutputError::key(Path::new("the secret"), &fault.to_string(), "try again"))?;
    Ok(secret)
}

fn write_all(
    dossier: &Dossier<'_>,
    folder: &Path,
    order: &ReportOrder,
    watch: &Watch<'_>,
) -> Result<Vec<PathBuf>, OutputError> {
    let count = |format: &Format| if *format == Format::Csv { 2 + dossier.worklist.apps.len() } else { 1 };
    let expected = order.formats.iter().map(count).sum();
    let fonts = SystemFonts::default();
    let before = last_manifest(folder);
    let mut written = Vec::new();
    let mut files = Vec::new();
    let mut write = |name: &str, write: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
        let path = folder.join(name);
        let at = Writing { file: name, number: written.len() + 1, files: expected, done: 0 };
        files.push(write_and_hash(&path, at, watch, write)?);
        written.push(path);
        Ok::<(), OutputError>(())
    };
    let done = order.formats.iter().try_for_each(|format| {
        match format {
            Format::Csv => {
                write(format.file_name(), &|out| export::findings_csv(&dossier.rows, out))?;
                write("evidence.csv", &|out| export::evidence_csv(&dossier.rows, out))?;
                for (name, app, rows) in worklists(&dossier.worklist) {
                    write(&name, &|out| export::worklist_csv(app, rows, out))?;
                }
            }
            Format::Json => write(format.file_name(), &|out| export::report_json(dossier, out))?,
            Format::Html => write(format.file_name(), &|out| export::report_html(dossier, out))?,
            Format::Pdf => write(format.file_name(), &|out| export::report_pdf(dossier, &fonts, out))?,
            Format::Xlsx => write(format.file_name(), &|out| export::report_xlsx(dossier, out))?,
        }
        Ok(())
    });
    if let Err(fault) = done {
        if !files.is_empty() {
            list_unfinished(dossier, folder, order, &before, files);
        }
        return Err(fault);
    }
    let replaced =
        |name: &str| order.pseudonymize || (order.formats.contains(&Format::Csv) && name.starts_with("worklist-"));
    drop_stale(folder, before.iter().filter(|(name, _)| replaced(name)), &files);
    let path = folder.join(MANIFEST);
    write_whole(&path, |out| export::manifest_json(&dossier.report, &order.sections, order.pseudonymize, &files, out))?;
    written.push(path);
    Ok(written)
}

/// After a report that was not finished: what it wrote, and what of the last one is still there, so that the next one can take away
/// what it replaces. A list that cannot be written is no fault beside the one there is.
fn list_unfinished(
    dossier: &Dossier<'_>,
    folder: &Path,
    order: &ReportOrder,
    before: &BTreeMap<String, String>,
    mut files: Vec<WrittenFile>,
) {
    let left: Vec<WrittenFile> = before
        .iter()
        .filter(|(name, _)| !files.iter().any(|file| file.name == **name))
        .filter_map(|(name, sha256)| {
            let bytes = std::fs::metadata(folder.join(name)).ok()?.len();
            Some(WrittenFile { name: name.clone(), bytes, sha256: sha256.clone() })
        })
        .collect();
    // Files of before may name people.
    let pseudonymized = order.pseudonymize && left.is_empty();
    files.extend(left);
    let _ = write_whole(&folder.join(MANIFEST), |out| {
        export::manifest_json(&dossier.report, &order.sections, pseudonymized, &files, out)
    });
}

/// Files of the last report in a folder, with their hashes.
fn last_manifest(folder: &Path) -> BTreeMap<String, String> {
    let path = folder.join(MANIFEST);
    let known = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    let known = known.filter(|known| known["made_by"].as_str().is_some_and(|by| by.starts_with("Truedown ")));
    let Some(known) = known else { return BTreeMap::new() };
    let files = known["files"].as_array().into_iter().flatten();
    let named = files.filter_map(|file| Some((file["name"].as_str()?.to_owned(), file["sha256"].as_str()?.to_owned())));
    named.collect()
}

/// Takes away what the last report wrote and this one did not, of some of its files: a worklist of an app in which nothing is left to do
/// would be taken for a present one, and a file with names would lie beside a report without. What somebody has altered since is
/// theirs and stays.
fn drop_stale<'a>(folder: &Path, before: impl Iterator<Item = (&'a String, &'a String)>, files: &[WrittenFile]) {
    for (name, sha256) in before {
        let plain = Path::new(name).file_name().is_some_and(|own| own == name.as_str());
        if !plain || files.iter().any(|file| file.name == *name) {
            continue;
        }
        let path = folder.join(name);
        let unaltered = std::fs::read(&path).is_ok_and(|bytes| hex(&Sha256::digest(&bytes)) == *sha256);
        if unaltered {
            // What cannot be taken away is no fault of the reports.
            let _ = std::fs::remove_file(&path);
        }
    }
}

/// The list of what was written.
const MANIFEST: &str = "manifest.json";

/// A key file that is there already.
struct KnownKey {
    secret: Secret,
    given: BTreeMap<String, String>,
}

/// What is known of a key file; `None` if there is none yet.
fn known_key(path: &Path) -> Result<Option<KnownKey>, OutputError> {
    let no_key = || OutputError::key(path, "there is another file of that name", "choose another name for the key");
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(fault) => return Err(OutputError::new(path, &fault)),
    };
    let (secret, given) = import::read_key(file).ok_or_else(no_key)?;
    Ok(Some(KnownKey { secret: unhex(&secret).ok_or_else(no_key)?, given }))
}

/// A key that lies beside what it opens keeps nothing secret.
fn apart(key: &Path, folder: &Path) -> Result<(), OutputError> {
    let parent = key.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !parent.is_dir() {
        return Err(OutputError::key(key, "its folder is not there", "make the folder first, or choose another"));
    }
    let same = matches!((parent.canonicalize(), folder.canonicalize()), (Ok(a), Ok(b)) if a.starts_with(&b));
    if same {
        let reason = "the key would lie beside the reports it opens";
        return Err(OutputError::key(key, reason, "choose a place apart from them"));
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Secret> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len() == 64)?;
    let bytes: Vec<u8> =
        digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit)).collect();
    bytes.try_into().ok()
}

/// The worklist of each app with the name of its file. Two apps whose names differ only in signs get two files.
fn worklists(worklist: &Worklist) -> Vec<(String, &str, &[WorkRow])> {
    let mut used: BTreeSet<String> = BTreeSet::new();
    let named = worklist.apps.iter().map(|(app, rows)| {
        let numbered = |number: u32| worklist_name(app, number);
        let name = (1..).map(numbered).find(|name| used.insert(name.to_lowercase())).unwrap_or_default();
        (name, app.as_str(), rows.as_slice())
    });
    named.collect()
}

/// The name of an app's worklist: letters and digits of any script, and nothing a file system could take for something else.
fn worklist_name(app: &str, number: u32) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() || letter == '.' { letter } else { '-' };
    let name: String = app.chars().take(60).map(plain).collect();
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    format!("worklist-{}{number}.csv", name.trim_matches(['-', '.']))
}

/// Writes a file whole, and says what it came to.
fn write_and_hash(
    path: &Path,
    mut at: Writing<'_>,
    watch: &Watch<'_>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<WrittenFile, OutputError> {
    let mut sum = Sha256::new();
    write_whole(path, |out| {
        let mut hashed = Hashed { out, sum: &mut sum, at: &mut at, watch };
        hashed.look()?;
        write(&mut hashed)
    })?;
    Ok(WrittenFile { name: at.file.to_owned(), bytes: at.done, sha256: hex(&sum.finalize()) })
}

/// Passes on what is written, adds it up, and stops where somebody asks for that.
struct Hashed<'a, 'w> {
    out: &'a mut dyn Write,
    sum: &'a mut Sha256,
    at: &'a mut Writing<'w>,
    watch: &'a Watch<'a>,
}

impl Hashed<'_, '_> {
    fn look(&self) -> io::Result<()> {
        if (self.watch)(self.at) { Ok(()) } else { Err(io::Error::other("it was stopped")) }
    }
}

impl Write for Hashed<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sum.update(&bytes[..written]);
        self.at.done += written as u64;
        self.look()?;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes a file that appears whole or not at all.
pub(super) fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), OutputError> {
    write_aside(path, 0o666, write).map_err(|fault| OutputError::new(path, &fault))
}

/// The same for a file that nobody else may read.
fn write_secretly(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), OutputError> {
    write_aside(path, 0o600, write).map_err(|fault| OutputError::new(path, &fault))
}

/// Written aside in the same folder, so that the rename cannot cross a disk; with the rights any new file has.
fn write_aside(path: &Path, rights: u32, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(rights));
    #[cfg(not(unix))]
    let _ = rights;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = builder.tempfile_in(folder)?;
    let mut out = BufWriter::new(file.as_file_mut());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    file.as_file().sync_all()?;
    file.persist(path).map_err(|fault| fault.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worklists_have_names_any_system_takes() {
        let check = |app: &str, expect: &str| assert_eq!(worklist_name(app, 1), expect);
        check("Bill.com", "worklist-Bill.com.csv");
        check("../../etc/passwd", "worklist-etc-passwd.csv");
        check("陽子: a/b?", "worklist-陽子--a-b.csv");
        let rows = || (0..0).map(|_: u32| unreachable!()).collect::<Vec<WorkRow>>();
        let apps = ["a/b", "a:b", "A?B"].map(|app| (app.to_owned(), rows()));
        let worklist = Worklist { apps: apps.into() };
        let names: Vec<String> = worklists(&worklist).into_iter().map(|(name, ..)| name).collect();
        assert_eq!(names, ["worklist-A-B.csv", "worklist-a-b-2.csv", "worklist-a-b-3.csv"]);
    }

    #[test]
    fn a_file_that_fails_leaves_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        write_whole(&path, |out| out.write_all(b"before")).unwrap();
        let full = |_: &mut dyn Write| Err(io::Error::from(io::ErrorKind::StorageFull));
        let said = write_whole(&path, full).unwrap_err().to_string();
        assert!(said.contains("could not be written") && said.contains("make room on the disk"), "{said}");
        assert_eq!(std::fs::read(&path).unwrap(), b"before");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn secrets_are_read_as_they_were_written() {
        let secret: Secret = std::array::from_fn(|place| u8::try_from(place * 7 % 256).unwrap());
        assert_eq!(unhex(&hex(&secret)), Some(secret));
        assert_eq!(unhex("00"), None);
        assert_eq!(unhex(&"zz".repeat(32)), None);
    }
}
