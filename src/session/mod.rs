//! The one place that holds a workspace open: performs commands, keeps the undo history, derives the analysis, writes
//! files. Above it nothing touches a disk; the window talks to it through the [`Worker`].

mod decisions;
mod earlier;
mod files;
mod fonts;
mod meter;
mod outputs;
mod rebase;
mod sample;
mod trend;
mod worker;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use thiserror::Error;

use crate::analysis::{Analysis, analyze, analyze_after};
use crate::catalog::{self, Catalog, CatalogError};
use crate::import::{self, Draft, Import, ProfileError, Profiles, Role, Source};
use crate::model::{Code, Currency, Diagnostic, Place, Severity};
use crate::store::{Received, Store, StoreError};
use crate::workspace::{Change, Edit, ImportId, Policy, Workspace};

use meter::Meter;

pub use decisions::write_review;
pub use files::{ENDINGS, gather};
pub use meter::Step;
pub use outputs::{Format, OutputError, ReportOrder, Watch, Writing};
// What the window hands back of a mapping without looking into it.
pub use crate::import::Placing;
// Pages to be shown before they are written.
pub use crate::export::{Color, SHEET, Shape, Weight};
pub use worker::{
    Bulk, Command, Doing, Event, Listing, Opened, Progress, Refused, ReportPages, Snapshot, Stepped, Stop, Stopped,
    Studied, Way, Worker,
};

/// The catalog the program is shipped with and files of the user's own, for what needs no workspace.
///
/// # Errors
/// A built-in file that is damaged, or a file that cannot be read or does not follow the form.
pub fn load_catalog(own: &[PathBuf]) -> Result<Catalog, SessionError> {
    let mut catalog = Catalog::builtin()?;
    for path in own {
        catalog = catalog.with(&read_catalog(path, catalog::parse_apps)?);
    }
    Ok(catalog)
}

fn read_catalog<T>(path: &Path, read: impl FnOnce(&str) -> Result<T, String>) -> Result<T, SessionError> {
    let text = std::fs::read_to_string(path).map_err(|fault| fault.to_string());
    let read = text.and_then(|text| read(&text));
    read.map_err(|fault| SessionError::UserCatalog(path.display().to_string(), fault.trim().to_owned()))
}

/// Why a session cannot go on. Problems of data are diagnostics instead.
#[derive(Debug, Error)]
pub enum SessionError {
    /// The workspace file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Reports.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// A profile the program is shipped with.
    #[error("a built-in file is damaged: {0}")]
    Profile(#[from] ProfileError),
    /// A profile of the user's own.
    #[error("{0} is no profile: {1}")]
    UserProfile(String, String),
    /// A catalog of the user's own.
    #[error("{0} is no catalog: {1}")]
    UserCatalog(String, String),
    /// A file of which nothing can be read.
    #[error("{0}")]
    Unreadable(Diagnostic),
    /// A catalog file the program is shipped with.
    #[error("a built-in file is damaged: {0}")]
    Catalog(#[from] CatalogError),
}

/// A workspace with what belongs to it.
#[derive(Debug)]
pub struct Session {
    profiles: Profiles,
    catalog: Catalog,
    store: Store,
    workspace: Arc<Workspace>,
    /// The day the user asked for; otherwise the newest export's.
    as_of: Option<Date>,
    /// Whose changes are written down: the name of the account on the computer.
    who: String,
    undo: Vec<Vec<Change>>,
    redo: Vec<Vec<Change>>,
}

/// What to read a file as, by its name.
pub type Placings = Vec<(String, Placing)>;

impl Session {
    /// A session whose workspace is kept nowhere.
    ///
    /// # Errors
    /// A damaged built-in file, or no memory for a database.
    pub fn unsaved() -> Result<Self, SessionError> {
        Self::new(Store::in_memory(false)?)
    }

    /// A session on a workspace file.
    ///
    /// # Errors
    /// A file that is not there or cannot be used.
    pub fn open(path: &Path) -> Result<Self, SessionError> {
        Self::new(Store::open(path)?)
    }

    /// A session on a workspace file, which is made if there is none.
    ///
    /// # Errors
    /// A file that cannot be used.
    pub fn open_or_make(path: &Path) -> Result<Self, SessionError> {
        Self::new(Store::open_or_make(path)?)
    }

    /// A session with the sample, kept nowhere.
    ///
    /// # Errors
    /// As [`Session::unsaved`].
    pub fn sample() -> Result<Self, SessionError> {
        let mut session = Self::new(Store::in_memory(true)?)?;
        session.import(&sample::files(), &Placings::new(), &mut |_| true)?;
        // Without its files there would be no sample to go back to.
        session.undo.clear();
        Ok(session)
    }

    /// The same after some months: with the lists of earlier rounds, which say how things have gone.
    ///
    /// # Errors
    /// As [`Session::unsaved`].
    pub fn sample_with_months() -> Result<Self, SessionError> {
        let mut session = Self::new(Store::in_memory(true)?)?;
        let files: Vec<Source<'_>> = sample::earlier().into_iter().chain(sample::files()).collect();
        session.import(&files, &Placings::new(), &mut |_| true)?;
        session.undo.clear();
        Ok(session)
    }

    fn new(store: Store) -> Result<Self, SessionError> {
        let (profiles, catalog) = (Profiles::builtin()?, Catalog::builtin()?);
        let mut workspace = store.load(&profiles)?;
        let own = catalog.with(workspace.catalog.values());
        for import in workspace.imports.values_mut() {
            name_app(Arc::make_mut(import), &own);
        }
        let workspace = Arc::new(workspace);
        // A system that names nobody leaves it empty.
        let who = whoami::username().unwrap_or_default();
        Ok(Self { profiles, catalog, store, workspace, as_of: None, who, undo: Vec::new(), redo: Vec::new() })
    }

    /// Learns a layout from a file, for as long as the session lasts.
    ///
    /// # Errors
    /// A file that cannot be read or does not follow the form of `assets/profiles`.
    pub fn learn_profile(&mut self, path: &Path) -> Result<(), SessionError> {
        let fault = |fault: String| SessionError::UserProfile(path.display().to_string(), fault);
        let text = std::fs::read_to_string(path).map_err(|error| fault(error.to_string()))?;
        self.profiles.add(&text).map_err(fault)
    }

    /// Asks for a day other than that of the newest export.
    pub fn set_as_of(&mut self, as_of: Option<Date>) {
        self.as_of = as_of;
    }

    /// Sets the reporting currency.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn set_currency(&mut self, currency: Currency) -> Result<(), SessionError> {
        let before = Box::new(self.workspace.policy.clone());
        let mut after = before.clone();
        after.report_in(currency);
        self.perform(vec![Change::Policy { before, after }])
    }

    /// The ground state.
    pub fn workspace(&self) -> &Arc<Workspace> {
        &self.workspace
    }

    /// Reads files into the workspace, in order of their names. `progress` is told how far it is, many times a second; it
    /// returns false to stop, which leaves the workspace as it was and gives `None`. A file that is there already is not
    /// read again.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn import(
        &mut self,
        sources: &[Source<'_>],
        placings: &Placings,
        progress: &mut dyn FnMut(&Step<'_>) -> bool,
    ) -> Result<Option<Vec<Diagnostic>>, SessionError> {
        let (taught, sources): (Vec<&Source<'_>>, Vec<&Source<'_>>) =
            sources.iter().partition(|source| teaches(source));
        let sources: Vec<Source<'_>> = sources.into_iter().cloned().collect();
        let (mut changes, refused) = self.learn(&taught);
        let mut known = Workspace { layouts: self.workspace.layouts.clone(), ..Workspace::default() };
        known.catalog.clone_from(&self.workspace.catalog);
        changes.iter().for_each(|change| change.apply(&mut known));
        let profiles = self.profiles.with(known.layouts.values().map(String::as_str));
        let catalog = self.catalog.with(known.catalog.values());
        // Reports of this program are no exports, however much they look like lists of accounts.
        let (own, sources): (Vec<Source<'_>>, Vec<Source<'_>>) = sources.into_iter().partition(import::is_own_report);
        let meter = Meter::new(&sources, progress);
        let sources: Vec<Source<'_>> = sources.iter().map(|source| meter.watch(source)).collect();
        let mut read: Vec<(&Source<'_>, Option<&Placing>, Import)> = Vec::new();
        let mut noticed = unmatched(&sources, placings);
        noticed.extend(refused);
        noticed.extend(own.iter().map(|source| {
            let message = "it is a report of this program and is left out";
            Diagnostic::new(Code::Repeated, Severity::Info, Some(Place::file(&source.name)), message)
        }));
        for source in &sources {
            let placing = placing_of(source, placings);
            let mut import = import::read(source, &profiles, placing);
            if meter.is_stopped() {
                // Millions of records take a while to give back.
                let _ = thread::Builder::new().name("drop".into()).spawn(move || drop(import));
                return Ok(None);
            }
            meter.file_is_read();
            name_app(&mut import, &catalog);
            let known =
                self.workspace.imports.values().map(|known| &**known).chain(read.iter().map(|(_, _, known)| known));
            // What somebody has settled about a file is not undone by bringing it again.
            let settled = |known: &Import| known.name == import.name && import.role == Role::Unknown;
            let alike = |known: &Import| known.role == import.role && known.app == import.app;
            let same = |known: &Import| known.sha256 == import.sha256 && (alike(known) || settled(known));
            match known.into_iter().find(|known| same(known)) {
                // The same file again is no news.
                Some(known) if known.name == import.name => {}
                Some(known) => noticed.push(
                    Diagnostic::new(
                        Code::Repeated,
                        Severity::Info,
                        Some(Place::file(&import.name)),
                        format!("the file has the same content as {}, which is imported already", known.name),
                    )
                    .hint("nothing is lost; it counts once"),
                ),
                None => read.push((source, placing, import)),
            }
        }
        let mut received = Vec::new();
        let mut next = self.store.next_import()?;
        for (source, placing, import) in read {
            // A file of the same name and list is the same file, corrected or exported again.
            let unknown = |known: &Import| known.role == Role::Unknown || import.role == Role::Unknown;
            let one_list = |known: &Import| known.list() == import.list() || unknown(known);
            let before =
                self.workspace.imports.iter().filter(|(_, known)| known.name == import.name && one_list(known));
            changes.extend(before.map(|(id, known)| Change::remove_import(*id, known.clone())));
            let import = Arc::new(import);
            changes.push(Change::add_import(next, import.clone()));
            received.push((next, source, import, placing));
            next = ImportId(next.0 + 1);
        }
        let files: Vec<Received<'_>> = received
            .iter()
            .map(|(id, source, import, placing)| Received { id: *id, source, import, placing: *placing })
            .collect();
        match self.perform_with(&files, changes) {
            Err(_) if meter.is_stopped() => Ok(None),
            done => done.map(|()| Some(noticed)),
        }
    }

    /// Reads files that teach: layouts, and catalogs of the user's own. What they bring, and what cannot be used.
    fn learn(&self, files: &[&Source<'_>]) -> (Vec<Change>, Vec<Diagnostic>) {
        let (mut learned, mut refused) = (Vec::new(), Vec::new());
        for file in files {
            let mut text = String::new();
            let read = file.content.open().and_then(|bytes| bytes.take(1 << 20).read_to_string(&mut text));
            let is_catalog = catalog::is_catalog(&text);
            let taught = read
                .map_err(|fault| fault.to_string())
                .and_then(|_| if is_catalog { self.catalog_entries(&text) } else { self.layout_entry(text) });
            let (what, hint) = if is_catalog {
                ("catalog", "docs/catalog.md has the form of a catalog, with an example of each shape of price")
            } else {
                ("layout", "a layout is a file that was saved from the mapping of a file's columns")
            };
            let place = Some(Place::file(&file.name));
            let refuse = |fault: String| {
                let message = format!("it is no {what}: {}", fault.trim());
                Diagnostic::new(Code::Malformed, Severity::Error, place, message).hint(hint)
            };
            match taught {
                Ok(changes) => learned.extend(changes),
                Err(fault) => refused.push(refuse(fault)),
            }
        }
        (learned, refused)
    }

    fn layout_entry(&self, text: String) -> Result<Vec<Change>, String> {
        let id = Profiles::id_of(&text)?;
        let before = self.workspace.layouts.get(&id).cloned();
        let news = before.as_ref() != Some(&text);
        Ok(news.then_some(Change::Layout { id, edit: Edit { before, after: Some(text) } }).into_iter().collect())
    }

    /// The steps that take a catalog file's entries into the workspace. They replace earlier entries of the same apps.
    fn catalog_entries(&self, text: &str) -> Result<Vec<Change>, String> {
        let entries = catalog::parse_apps(text)?.into_iter().map(|entry| {
            let app = self.catalog.canonical(&entry.app).key().to_owned();
            let before = self.workspace.catalog.get(&app).cloned();
            Change::Catalog { app, edit: Box::new(Edit { before, after: Some(entry) }) }
        });
        let news = |change: &Change| match change {
            Change::Catalog { edit, .. } => edit.before != edit.after,
            _ => true,
        };
        Ok(entries.filter(news).collect())
    }

    /// Takes a catalog file of the user's own into the workspace.
    ///
    /// # Errors
    /// A file that cannot be read or does not follow the form, and those of the workspace file.
    pub fn learn_catalog(&mut self, path: &Path) -> Result<(), SessionError> {
        let entries = read_catalog(path, |text| self.catalog_entries(text))?;
        self.perform(entries)
    }

    /// What vendors sell, with the user's own entries.
    pub fn catalog(&self) -> Catalog {
        self.catalog.with(self.workspace.catalog.values())
    }

    /// Reads a file without keeping it.
    pub fn look_at(&self, source: &Source<'_>, placings: &Placings) -> Import {
        let mut import = import::read(source, &self.profiles(), placing_of(source, placings));
        name_app(&mut import, &self.catalog());
        import
    }

    /// What a file's columns are read as, or may mean, as a layout in the form of `assets/profiles`.
    ///
    /// # Errors
    /// A file of which nothing can be read, or that no layout can be made for.
    pub fn layout_of(&self, source: &Source<'_>, placings: &Placings) -> Result<String, Diagnostic> {
        let profiles = self.profiles();
        let draft = import::draft(source, &profiles, placing_of(source, placings))?;
        let layout = import::layout(source, &profiles, &draft.placing)?;
        layout.map(|(_, text)| text).ok_or_else(|| {
            let place = Some(Place::file(&source.name));
            Diagnostic::new(Code::Unrecognized, Severity::Error, place, "no column of it says whom the rows are about")
        })
    }

    /// Lays a file of the workspace open, to say what its columns mean.
    ///
    /// # Errors
    /// Those of the workspace file, and a file of which nothing can be read.
    pub fn draft(&self, id: ImportId) -> Result<Draft, SessionError> {
        let (source, placing) = self.store.source(id)?;
        import::draft(&source, &self.profiles(), placing.as_ref()).map_err(SessionError::Unreadable)
    }

    /// What a file of the workspace would be read as. Of a large one the beginning is read.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn preview(&self, id: ImportId, placing: &Placing) -> Result<Import, SessionError> {
        let (source, _) = self.store.source(id)?;
        let import = match beginning(&source).unwrap_or_default() {
            Some(beginning) => import::read(&beginning, &self.profiles(), Some(placing)),
            None => import::read(&source, &self.profiles(), Some(placing)),
        };
        Ok(import)
    }

    /// Reads a file of the workspace as somebody has settled; remembers that for files with the same headers, if asked.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn place(&mut self, id: ImportId, placing: &Placing, remember: bool) -> Result<(), SessionError> {
        let Some(before) = self.workspace.imports.get(&id).cloned() else { return Ok(()) };
        let profiles = self.profiles();
        let (import, layout) = {
            let (source, _) = self.store.source(id)?;
            let layout = if remember { import::layout(&source, &profiles, placing) } else { Ok(None) };
            let import = import::read(&source, &profiles, Some(placing));
            (import, layout.map_err(SessionError::Unreadable)?)
        };
        let mut import = Import { sha256: before.sha256.clone(), size: before.size, ..import };
        name_app(&mut import, &self.catalog());
        let new = self.store.next_import()?;
        let import = Arc::new(import);
        let mut changes = vec![Change::remove_import(id, before.clone()), Change::add_import(new, import.clone())];
        if let Some((id, text)) = layout {
            let known = self.workspace.layouts.get(&id).cloned();
            changes.push(Change::Layout { id, edit: Edit { before: known, after: Some(text) } });
        }
        // Its content is kept already, under the hash it came with.
        let source = Source::new(before.name.clone(), Vec::new());
        let file = Received { id: new, source: &source, import: &import, placing: Some(placing) };
        self.perform_with(&[file], changes)
    }

    /// A settled mapping as a layout file that can be handed on.
    ///
    /// # Errors
    /// Those of the workspace file, and a file of which nothing can be read.
    pub fn layout(&self, id: ImportId, placing: &Placing) -> Result<Option<String>, SessionError> {
        let (source, _) = self.store.source(id)?;
        let layout = import::layout(&source, &self.profiles(), placing).map_err(SessionError::Unreadable)?;
        Ok(layout.map(|(_, text)| text))
    }

    /// The layouts the program is shipped with and those of the workspace.
    fn profiles(&self) -> Profiles {
        self.profiles.with(self.workspace.layouts.values().map(String::as_str))
    }

    /// Takes a file out of the workspace.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn remove(&mut self, id: ImportId) -> Result<(), SessionError> {
        match self.workspace.imports.get(&id) {
            Some(import) => self.perform(vec![Change::remove_import(id, import.clone())]),
            None => Ok(()),
        }
    }

    /// Carries out changes as one step that can be undone.
    ///
    /// # Errors
    /// Those of the workspace file; then nothing is changed.
    pub fn perform(&mut self, changes: Vec<Change>) -> Result<(), SessionError> {
        let now: Vec<Change> = changes.into_iter().filter_map(|change| rebase::onto(change, &self.workspace)).collect();
        self.perform_with(&[], now)
    }

    fn perform_with(&mut self, files: &[Received<'_>], changes: Vec<Change>) -> Result<(), SessionError> {
        if changes.is_empty() {
            return Ok(());
        }
        self.apply(files, &changes)?;
        self.undo.push(changes);
        self.redo.clear();
        Ok(())
    }

    /// How many steps can be taken back.
    pub fn steps(&self) -> usize {
        self.undo.len()
    }

    /// The last step that was taken and not taken back.
    pub fn last_step(&self) -> &[Change] {
        self.undo.last().map_or(&[], Vec::as_slice)
    }

    /// Takes the last step back; false if there is none.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn undo(&mut self) -> Result<bool, SessionError> {
        let Some(changes) = self.undo.last() else { return Ok(false) };
        let inverse: Vec<Change> = changes.iter().rev().cloned().map(Change::inverse).collect();
        // A step that could not be written stays where it was.
        self.apply(&[], &inverse)?;
        self.redo.extend(self.undo.pop());
        Ok(true)
    }

    /// Does again what was taken back last; false if there is nothing.
    ///
    /// # Errors
    /// Those of the workspace file.
    pub fn redo(&mut self) -> Result<bool, SessionError> {
        let Some(changes) = self.redo.last().cloned() else { return Ok(false) };
        self.apply(&[], &changes)?;
        self.undo.extend(self.redo.pop());
        Ok(true)
    }

    fn apply(&mut self, files: &[Received<'_>], changes: &[Change]) -> Result<(), SessionError> {
        self.store.record(files, changes, &Timestamp::now().to_string(), &self.who)?;
        let workspace = Arc::make_mut(&mut self.workspace);
        for change in changes {
            change.apply(workspace);
        }
        Ok(())
    }

    /// The day figures are for: the one asked for, else that of the newest export, else today.
    pub fn as_of(&self) -> (Date, AsOf) {
        if let Some(date) = self.as_of {
            return (date, AsOf::Asked);
        }
        let lists = |import: &&Arc<Import>| {
            matches!(import.role, Role::Directory | Role::Accounts) && !import.records.is_empty()
        };
        match self.workspace.imports.values().filter(lists).filter_map(|import| import.exported).max() {
            Some(date) => (date, AsOf::NewestExport),
            None => (Timestamp::now().to_zoned(TimeZone::UTC).date(), AsOf::Today),
        }
    }

    /// Derives everything from the workspace as it is.
    pub fn analyze(&self) -> Analysis {
        analyze(self.workspace.clone(), &self.catalog, self.as_of().0)
    }

    /// Derives what has become another one since an earlier analysis; under a policy that is only tried, if one is given.
    pub fn analyze_after(&self, before: Option<&Analysis>, trial: Option<&Policy>) -> Analysis {
        let workspace = match trial {
            Some(policy) => Arc::new(Workspace { policy: policy.clone(), ..Workspace::clone(&self.workspace) }),
            None => self.workspace.clone(),
        };
        analyze_after(before, workspace, &self.catalog, self.as_of().0)
    }

    /// Whether a directory and accounts are there, without which there is nothing to say.
    pub fn lacks(&self) -> Option<Lacks> {
        let has =
            |role| self.workspace.imports.values().any(|import| import.role == role && !import.records.is_empty());
        match (has(Role::Directory), has(Role::Accounts)) {
            (true, true) => None,
            (false, true) => Some(Lacks::Directory),
            (true, false) => Some(Lacks::Accounts),
            (false, false) => Some(Lacks::Both),
        }
    }
}

/// How the as-of date was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AsOf {
    /// The user asked for it.
    Asked,
    /// The newest date in a file's name.
    NewestExport,
    /// No file tells: the clock.
    Today,
}

/// What is missing for an analysis.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lacks {
    /// Who works here.
    Directory,
    /// Who has accounts.
    Accounts,
    /// Both.
    Both,
}

/// Whether a file is a layout or a catalog of somebody's own, handed on.
fn teaches(source: &Source<'_>) -> bool {
    source.name.to_lowercase().ends_with(".toml")
}

/// The first megabyte of a large file of lines; `None` if it is to be read whole.
fn beginning(source: &Source<'_>) -> std::io::Result<Option<Source<'static>>> {
    const LARGE: u64 = 16 << 20;
    let mut bytes = Vec::new();
    source.content.open()?.take(1 << 20).read_to_end(&mut bytes)?;
    let lines = bytes.iter().rposition(|byte| *byte == b'\n').filter(|_| !bytes.starts_with(b"PK"));
    let json = bytes.trim_ascii_start().starts_with(b"[") || bytes.trim_ascii_start().starts_with(b"{");
    let Some(end) = lines.filter(|_| source.content.size() > LARGE && !json) else { return Ok(None) };
    bytes.truncate(end + 1);
    Ok(Some(Source::new(source.name.clone(), bytes)))
}

/// Gives an app the name the catalog has for it, so that all its files are one app's.
fn name_app(import: &mut Import, catalog: &Catalog) {
    import.app = import.app.as_ref().map(|app| catalog.canonical(app));
}

/// What the user said of files that are not there.
fn unmatched(sources: &[Source<'_>], placings: &Placings) -> Vec<Diagnostic> {
    let missed = placings.iter().filter(|(name, _)| !sources.iter().any(|source| is_named(source, name)));
    missed
        .map(|(name, _)| {
            let message = format!("what was said of \"{name}\" fits no file");
            let hint = "give the name of the file as it stands in the folder, without the folder";
            Diagnostic::new(Code::Missing, Severity::Warning, None, message).hint(hint)
        })
        .collect()
}

/// What the user said about a file: by its whole name, or the last part of it.
fn placing_of<'a>(source: &Source<'_>, placings: &'a Placings) -> Option<&'a Placing> {
    placings.iter().find(|(name, _)| is_named(source, name)).map(|(_, placing)| placing)
}

fn is_named(source: &Source<'_>, name: &str) -> bool {
    let last = Path::new(&*source.name).file_name().and_then(|name| name.to_str());
    *name == *source.name || Some(name) == last
}

/// Where workspaces are kept unless the user says otherwise.
pub fn data_folder() -> PathBuf {
    directories::ProjectDirs::from("", "", "truedown")
        .map_or_else(|| PathBuf::from("."), |folders| folders.data_dir().to_owned())
}

/// Adds a line with the time to the log file, for a program that nobody sees the console of; where it is, if it could be written.
pub fn write_log(text: &str) -> Option<PathBuf> {
    use std::io::Write as _;
    let folder = data_folder();
    std::fs::create_dir_all(&folder).ok()?;
    let path = folder.join("truedown.log");
    let mut log = std::fs::OpenOptions::new().create(true).append(true).open(&path).ok()?;
    writeln!(log, "{} {text}", Timestamp::now()).ok()?;
    Some(path)
}
