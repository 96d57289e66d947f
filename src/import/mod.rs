//! Bytes to records: what a file is, what its columns mean, and what its rows say.
//!
//! [`read`] takes one file and never fails: what cannot be read is a [`Diagnostic`], and every row is either a record or
//! counted as skipped with a reason.

mod accounts;
mod archive;
mod charset;
mod columns;
mod contracts;
mod csv_rows;
mod decisions;
mod decode;
mod difference;
mod draft;
mod exported;
mod json_cells;
mod json_rows;
mod key;
mod layouts;
mod ldif_rows;
mod mapping;
mod mend;
mod own;
mod people;
mod price_cell;
mod profile;
mod profiles;
mod propose;
mod rates;
mod records;
mod redact;
mod row_reader;
mod rules;
mod source;
mod table;
mod trail;
mod workbook;

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{AppName, Code, Diagnostic, Place, Severity};

pub use archive::{is_archive, may_be_archive, unpack};
pub use columns::ColumnMeaning;
pub use contracts::{Contract, ContractRecord};
pub use decisions::{DecisionRow, read_decisions};
pub use difference::{Alteration, Difference};
pub use draft::{Draft, DraftColumn, draft, layout};
pub use key::{KEY_SECRET, read_key};
pub use mapping::{Mapping, Standing};
pub use own::{WORKBOOK_TITLE, is_own_report};
pub use price_cell::typed_amount;
pub use profile::{Container, Field, Profile, Role};
pub use profiles::{ProfileError, Profiles};
pub use rates::RateRecord;
pub use records::{
    AccountKind, AccountRecord, AccountStatus, AltId, AltKind, Billable, DirectoryRecord, PersonKind, PersonStatus,
};
pub use redact::keep;
pub use source::{Content, Source};
pub use workbook::is_named_workbook;

use columns::Columns;
use decode::Text;
use table::Table;

/// What the user says a file is, against or beyond what its content shows.
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Placing {
    /// What the file holds.
    pub role: Role,
    /// For accounts: of which app.
    pub app: Option<AppName>,
    /// What its columns mean, where somebody settled that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<Mapping>,
}

impl Placing {
    /// What a file is, and no word of its columns.
    pub fn new(role: Role, app: Option<AppName>) -> Self {
        Self { role, app, mapping: None }
    }
}

/// The records of one file, by what the file is.
#[derive(Clone, Debug, Default)]
pub enum Records {
    /// Nobody knows what the file is.
    #[default]
    None,
    /// People of an identity provider or an HR system.
    Directory(Vec<DirectoryRecord>),
    /// Accounts of one app.
    Accounts(Vec<AccountRecord>),
    /// What is paid for apps.
    Contracts(Vec<ContractRecord>),
    /// Exchange rates.
    Rates(Vec<RateRecord>),
}

impl Records {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Directory(records) => records.len(),
            Self::Accounts(records) => records.len(),
            Self::Contracts(records) => records.len(),
            Self::Rates(records) => records.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// How a file wraps its rows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wrapping {
    /// Text with this sign between cells.
    Delimited(char),
    /// JSON, or several documents behind one another.
    Json,
    /// Entries of a directory server.
    Ldif,
    /// Sheets of a spreadsheet program.
    Workbook,
}

impl Wrapping {
    /// The sign between cells.
    pub fn delimiter(self) -> Option<char> {
        match self {
            Self::Delimited(delimiter) => Some(delimiter),
            Self::Json | Self::Ldif | Self::Workbook => None,
        }
    }
}

/// One file as understood.
#[derive(Clone, Debug)]
pub struct Import {
    /// The file's name.
    pub name: Arc<str>,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// What it holds.
    pub role: Role,
    /// Which layout it has: the id of a profile, empty if none fits.
    pub format: String,
    /// What people call that layout.
    pub title: String,
    /// Why it is taken for that: `by its columns User Id, Status`.
    pub because: String,
    /// For accounts: the app.
    pub app: Option<AppName>,
    /// For a directory: the system it comes from, as the catalog names identity providers.
    pub system: Option<String>,
    /// Character encoding the text was read with.
    pub encoding: &'static str,
    /// How its rows are wrapped; absent if it could not be read at all.
    pub wrapping: Option<Wrapping>,
    /// Rows found below the header.
    pub rows: usize,
    /// Rows that became no record; each has a diagnostic, or is counted in one.
    pub skipped: usize,
    /// The day the file was exported, where its name tells.
    pub exported: Option<Date>,
    /// What each column was read as.
    pub columns: Vec<ColumnMeaning>,
    /// The records.
    pub records: Records,
    /// Problems.
    pub diagnostics: Vec<Diagnostic>,
}

impl Import {
    fn new(source: &Source<'_>) -> Self {
        Self {
            name: source.name.clone(),
            sha256: String::new(),
            size: source.content.size(),
            role: Role::Unknown,
            format: String::new(),
            title: String::new(),
            because: String::new(),
            app: None,
            system: None,
            encoding: "",
            wrapping: None,
            rows: 0,
            skipped: 0,
            exported: exported::date_in_name(&source.name),
            columns: Vec::new(),
            records: Records::None,
            diagnostics: Vec::new(),
        }
    }

    /// The same file with other records, without copying its own: there may be a million.
    pub(crate) fn holding(&self, records: Records) -> Self {
        Self {
            name: self.name.clone(),
            sha256: self.sha256.clone(),
            size: self.size,
            role: self.role,
            format: self.format.clone(),
            title: self.title.clone(),
            because: self.because.clone(),
            app: self.app.clone(),
            system: self.system.clone(),
            encoding: self.encoding,
            wrapping: self.wrapping,
            rows: self.rows,
            skipped: self.skipped,
            exported: self.exported,
            columns: self.columns.clone(),
            records,
            diagnostics: self.diagnostics.clone(),
        }
    }

    /// Which list it is an export of: lists of one role, app and system tell of the same.
    pub fn list(&self) -> (Role, String, String) {
        let app = self.app.as_ref().map_or("", AppName::key);
        (self.role, app.to_owned(), self.system.clone().unwrap_or_default())
    }

    /// Which series of exports it belongs to: one list, one name but for the date in it.
    pub fn series(&self) -> ((Role, String, String), String) {
        (self.list(), self.name.chars().filter(|c| !c.is_numeric()).collect())
    }

    fn report(&mut self, code: Code, severity: Severity, message: impl Into<String>, hint: impl Into<String>) {
        let place = Some(Place::file(&self.name));
        self.diagnostics.push(Diagnostic::new(code, severity, place, message).hint(hint));
    }
}

/// Reads one file: recognizes it by its content and turns its rows into records.
pub fn read(source: &Source<'_>, profiles: &Profiles, placing: Option<&Placing>) -> Import {
    let mut import = Import::new(source);
    let read =
        with_tables(source, &mut import, &mut |tables, import| match chosen(tables, profiles, &source.name, placing) {
            Some(table) => {
                unread_sheets(import, tables);
                read_table(import, &table, profiles, placing);
            }
            None => import.report(
                Code::Empty,
                Severity::Error,
                "the workbook holds no rows",
                "save the list into it and try again",
            ),
        });
    import.diagnostics.extend(read.err());
    import
}

fn unread_sheets(import: &mut Import, others: &[Table<'_>]) {
    for other in others.iter().filter(|other| !other.is_empty()) {
        if let Table::Sheet(sheet) = other {
            import.report(
                Code::SkippedRow,
                Severity::Warning,
                format!("the sheet \"{}\" is not read; another one is", sheet.name),
                "save it as a file of its own if it holds a list",
            );
        }
    }
}

fn read_table(import: &mut Import, table: &Table<'_>, profiles: &Profiles, placing: Option<&Placing>) {
    if let Table::Csv(csv) = table {
        import.wrapping = Some(Wrapping::Delimited(char::from(csv.delimiter)));
    }
    if table.is_empty() {
        import.report(
            Code::Empty,
            Severity::Error,
            "the file holds no rows; expected one for each person, account or contract",
            "check that the export was not filtered to nothing, and export it again",
        );
    }
    for (what, count) in table.left_out() {
        import.rows += count;
        import.skipped += count;
        import.report(
            Code::SkippedRow,
            Severity::Warning,
            format!("left out: {what} ({count}); expected one list of objects"),
            "export each list into a file of its own",
        );
    }
    if let Table::Json(json) = table
        && json.further > 0
    {
        let message = format!("values under more than {} names are not looked at", json.headers.len());
        import.report(Code::BadValue, Severity::Warning, message, "export fewer fields of each entry");
    }
    let Some((profile, because)) = layout_of(import, table, profiles, placing) else {
        import.columns = columns::unplaced(table);
        if !table.is_empty() {
            unrecognized(import, table, profiles, placing);
        }
        return;
    };
    let profile = &*profile;
    import.because = because;
    import.role = placing.map_or(profile.role, |placing| placing.role);
    import.format.clone_from(&profile.id);
    import.title.clone_from(&profile.title);
    import.system.clone_from(&profile.system);

    let mut columns = Columns::bind(profile, table);
    let lent = columns.prove_dates(table);
    let columns = columns;
    if !lent.is_empty() {
        import.report(
            Code::Guessed,
            Severity::Warning,
            format!(
                "whether dates in {} begin with the day or the month is taken from the other columns",
                lent.join(", ")
            ),
            "check one of them; if it is wrong, write the column as YYYY-MM-DD",
        );
    }
    let tested = rules::looked_at(profile, &columns, table);
    import.columns = columns.meanings(table, |column| tested.contains_key(&column));
    match import.role {
        Role::Directory => people::people(import, profile, &columns, table),
        Role::Accounts => {
            let placed = placing.and_then(|placing| placing.app.clone());
            import.app = placed.or_else(|| profile.app_name()).or_else(|| profiles.app_in_name(&import.name));
            if import.app.is_none() {
                import.role = Role::Unknown;
                return which_app(import, table);
            }
            accounts::accounts(import, profile, &columns, table);
        }
        Role::Contracts => contracts::contracts(import, profile, &columns, table),
        Role::Rates => rates::rates(import, profile, &columns, table),
        Role::Unknown => unrecognized(import, table, profiles, placing),
    }
    if let Table::Csv(csv) = table
        && let Some(fault) = csv.take_fault()
    {
        import.diagnostics.push(decode::unreadable(&import.name, &fault));
    }
    notices(import, profile, &columns, table);
}

/// The layout of a table, and why it is that: what somebody settled, else what its columns show, else what they are like.
fn layout_of<'p>(
    import: &Import,
    table: &Table<'_>,
    profiles: &'p Profiles,
    placing: Option<&Placing>,
) -> Option<(Cow<'p, Profile>, String)> {
    if let Some((placing, mapping)) = placing.and_then(|placing| Some((placing, placing.mapping.as_ref()?))) {
        let profile = profiles.mapped(placing, mapping, table, &import.name)?;
        return Some((Cow::Owned(profile), "its columns were mapped by hand".into()));
    }
    if let Some(profile) = profiles.recognize(table, &import.name, placing) {
        let shown = profile.shown_by(table);
        let some = shown.iter().take(4).copied().collect::<Vec<_>>().join(", ");
        let and_more = if shown.len() > 4 { " and more" } else { "" };
        let because = match (profile.own, profile.certain) {
            (true, _) => "by a layout of yours".into(),
            (false, true) => format!("by its columns {some}{and_more}"),
            (false, false) => format!("by the likeness of its columns {some}{and_more}"),
        };
        return Some((Cow::Borrowed(profile), because));
    }
    let named = profiles.app_in_name(&import.name);
    if placing.is_none()
        && named.is_none()
        && let Some(employees) = profiles.like_employees(table)
    {
        return Some((Cow::Owned(employees), "by the likeness of its columns".into()));
    }
    let role = placing.map(|placing| placing.role).or(named.as_ref().map(|_| Role::Accounts))?;
    let because = if placing.is_some() { "as you said" } else { "by the name of the file" };
    let app = placing.and_then(|placing| placing.app.clone()).or(named);
    Some((Cow::Owned(profiles.proposed(role, app.as_ref(), placing.is_some(), table)?), because.into()))
}

/// What is to be said of a file as a whole.
fn notices(import: &mut Import, profile: &Profile, columns: &Columns, table: &Table<'_>) {
    if !profile.certain {
        let read_as = import.columns.iter().filter(|column| column.means.is_some()).count();
        let of = import.columns.len();
        import.report(
            Code::Guessed,
            Severity::Info,
            format!("read as {} by the likeness of its headers; {read_as} of {of} columns are used", profile.title),
            "check what each column was read as; on the command line, inspect shows it and --map corrects it",
        );
    }
    for notice in &profile.when_all {
        let tests = rules::bind(&notice.when, columns, table);
        let (mut rows, mut alike) = (0, true);
        table.each_row(&mut |row| {
            rows += 1;
            alike &= rules::all_hold(&tests, &row);
            alike
        });
        let has = |header: &String| !columns::find_all(header, table.keys()).is_empty();
        let lacking = !notice.absent.is_empty() && !notice.absent.iter().any(has) && rows > 0;
        // Two rows may be alike by chance.
        if lacking || (alike && rows > 2 && !notice.when.is_empty()) {
            import.report(Code::BadValue, Severity::Warning, notice.say.clone(), notice.hint.clone());
        }
    }
    // A bare list names no next page; a round number of entries is what one page of an API holds.
    if let Table::Json(json) = table
        && json.path.is_empty()
        && json.root.is_empty()
        && [30, 50, 100, 200].contains(&json.count_rows())
    {
        import.report(
            Code::Partial,
            Severity::Warning,
            format!("the list has exactly {} entries, which is how many an API puts on one page", json.count_rows()),
            "check that it is the whole list; whoever is missing here would look like somebody without an account",
        );
    }
    if let Some(missing) = table.unread_pages(profile) {
        import.report(
            Code::Partial,
            Severity::Warning,
            format!("the file is one page of a longer list: {missing}"),
            "export all pages; whoever is missing here would look like somebody without an account",
        );
    }
}

/// Bytes a file may have that must be read as a whole. JSON takes about twelve times as much memory while it is read.
const MOST_AT_ONCE: u64 = 256 * 1024 * 1024;

/// Calls `with` with what a file holds rows in, whatever its container.
fn with_tables<T>(
    source: &Source<'_>,
    import: &mut Import,
    with: &mut dyn FnMut(&mut Vec<Table<'_>>, &mut Import) -> T,
) -> Result<T, Diagnostic> {
    let unreadable = |fault: std::io::Error| decode::unreadable(&source.name, &fault);
    let examined = decode::examine(source).map_err(unreadable)?;
    import.sha256.clone_from(&examined.sha256);
    if workbook::may_be_one(&examined.head) {
        let bytes = source.whole(MOST_AT_ONCE).map_err(unreadable)?;
        if is_named_workbook(&source.name) || workbook::is_workbook(&bytes) {
            let sheets = workbook::Sheet::read_all(&source.name, &bytes)?;
            import.wrapping = Some(Wrapping::Workbook);
            return Ok(with(&mut sheets.into_iter().map(Table::Sheet).collect(), import));
        }
    }
    let (text, told) = Text::of(source, &examined)?;
    import.encoding = text.charset.name();
    import.diagnostics.extend(told);
    let whole = || text.whole(MOST_AT_ONCE).map_err(unreadable);
    let head = text.head().map_err(unreadable)?;
    let table = if json_rows::looks_like_json(&head) {
        let text = whole()?;
        import.wrapping = Some(Wrapping::Json);
        Table::Json(json_rows::JsonDocument::parse(&source.name, &text)?)
    } else if ldif_rows::looks_like_ldif(&head) {
        let text = whole()?;
        import.wrapping = Some(Wrapping::Ldif);
        Table::Json(ldif_rows::parse(&source.name, &text)?)
    } else {
        let csv = csv_rows::CsvText::new(&text).map_err(unreadable)?;
        import.wrapping = Some(Wrapping::Delimited(char::from(csv.delimiter)));
        let taken_apart = (import.size <= MOST_AT_ONCE).then(|| json_cells::expanded(&csv)).flatten();
        taken_apart.map_or(Table::Csv(csv), Table::Sheet)
    };
    Ok(with(&mut vec![table], import))
}

/// Rows above the header that a report may have.
const MOST_TITLES: usize = 20;

/// Takes out the table to read: the first that is known, as it is or without the title rows above its header; else the
/// first that is like a list; else the first.
fn chosen<'a>(
    tables: &mut Vec<Table<'a>>,
    profiles: &Profiles,
    name: &str,
    placing: Option<&Placing>,
) -> Option<Table<'a>> {
    let known = |table: &Table<'a>| match placing.and_then(|placing| placing.mapping.as_ref()) {
        Some(mapping) => mapping.columns.values().flatten().all(|header| table.headers().contains(header)),
        None => profiles.recognize(table, name, placing).is_some() || profiles.like_employees(table).is_some(),
    };
    let likely = |table: &Table<'a>| profiles.likely(table).is_some_and(|(_, columns)| columns.len() > 1);
    let found = take(tables, &known).or_else(|| take(tables, &likely));
    found.or_else(|| (!tables.is_empty()).then(|| tables.remove(0)))
}

/// Takes out the first table that fits, as it is or without the title rows above its header.
fn take<'a>(tables: &mut Vec<Table<'a>>, fits: &dyn Fn(&Table<'a>) -> bool) -> Option<Table<'a>> {
    for index in 0..tables.len() {
        let Some(table) = tables.get(index) else { break };
        if fits(table) {
            return Some(tables.remove(index));
        }
        let titled = (1..=MOST_TITLES).map_while(|rows| table.below_titles(rows)).find(|table| fits(table));
        if titled.is_some() {
            tables.remove(index);
            return titled;
        }
    }
    None
}

fn unrecognized(import: &mut Import, table: &Table<'_>, profiles: &Profiles, placing: Option<&Placing>) {
    let rows = table.count_rows();
    import.rows += rows;
    import.skipped += rows;
    let headers: Vec<String> = table.headers().iter().take(8).cloned().collect();
    let more = table.headers().len().saturating_sub(headers.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let headerless = table.headers().iter().any(|header| crate::model::Email::parse(header).is_some());
    let hint = match (placing, profiles.likely(table)) {
        _ if headerless => "the first row is a record; put a row with the names of the columns above it".to_owned(),
        (None, Some((Role::Directory, _))) => {
            format!("it looks like a list of people: --map \"{}=directory\"", import.name)
        }
        (None, Some((Role::Accounts, _))) => {
            format!("it looks like the accounts of an app; say of which: --map \"{}=accounts:APP\"", import.name)
        }
        (None, _) => format!("say what it is: --map \"{}=accounts:APP\" or --map \"{0}=directory\"", import.name),
        (Some(_), _) => {
            "it needs a column that tells whom a row is about: an address, a sign-in name or an id".to_owned()
        }
    };
    import.report(
        Code::Unrecognized,
        Severity::Error,
        format!(
            "no known export has these columns: {}{more}; expected a directory, the accounts of an app, or contracts",
            headers.join(", ")
        ),
        hint,
    );
}

fn which_app(import: &mut Import, table: &Table<'_>) {
    import.rows = table.count_rows();
    import.skipped = import.rows;
    let hint =
        format!("name the app: --map \"{}=accounts:APP\", or put the app's name in the file's name", import.name);
    import.report(
        Code::WhichApp,
        Severity::Error,
        format!("read as {}, which does not say of which app", import.title),
        hint,
    );
}
