use std::collections::BTreeMap;

use super::columns::Columns;
use super::mend::mended;
use super::profile::{Field, Profile};
use super::rules::{Test, all_hold, bind, has_columns, is_flag, looked_at};
use super::table::{Row, StrayQuote, Table};
use super::{Import, Role};
use crate::model::{Code, DateError, Diagnostic, Email, Moment, Place, Seen, Severity, fold_text, parse_moment_in};

/// How many rows tell what a column holds.
pub(super) const SAMPLE_ROWS: usize = 200;

/// Why a further row of an id is no record.
pub(super) const ONE_OF_SEVERAL: &str = "one of several rows of the same id; they are read as one";

/// Why a row of a list of several apps is no record.
pub(super) const OF_ANOTHER_APP: &str = "of another app";

/// Problems of one kind that are told one by one; the rest are told as a number.
const TOLD_EACH: usize = 20;

/// Different words of one file that are counted one by one.
const MOST_WORDS: usize = 1_000;

/// Kinds of addresses in a list of Exchange.
const MARKS: [&str; 8] = ["smtp", "SMTP", "sip", "SIP", "X500", "x500", "eum", "spo"];

/// The address of a guest of Entra ID, from a sign-in name such as `lars.bech_partner.example#EXT#@tenant.onmicrosoft.com`:
/// a domain holds no underscore, so the last one stands for the `@`.
pub(super) fn guest_address(username: &str) -> Option<Email> {
    let at = username.to_ascii_lowercase().find("#ext#")?;
    let (local, domain) = username.get(..at)?.rsplit_once('_')?;
    Email::parse(&format!("{local}@{domain}"))
}

/// Walks the rows of a table, counts them, and reports what cannot be read, without repeating itself without end.
pub(super) struct RowReader<'a> {
    import: &'a mut Import,
    columns: &'a Columns,
    keep: Vec<Test>,
    otherwise: &'a str,
    drop: Vec<(Vec<Test>, &'a str)>,
    /// Rows the layout leaves out, by its reason: told as a number, since nothing is wrong with them.
    by_layout: BTreeMap<String, usize>,
    told: BTreeMap<Code, usize>,
    /// Words no rule knows: what they should be, where each stood first, and in how many rows.
    words: BTreeMap<(String, String), (Place, usize)>,
    /// The first row with a text that a program had damaged, and how many such texts there are.
    mended: Option<(Place, usize)>,
    width: usize,
    headers: Vec<String>,
    absent_is_never: bool,
    /// Columns of yes and no that the layout's rules go by.
    flags: Vec<usize>,
    /// All rows have another number of cells than the header: no column can be trusted.
    misaligned: bool,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(import: &'a mut Import, profile: &'a Profile, columns: &'a Columns, table: &Table<'_>) -> Self {
        let keep = profile.keep.as_ref();
        Self {
            import,
            columns,
            // What the file does not tell of any row cannot keep one out.
            keep: keep
                .map(|keep| bind(&keep.when, columns, table).into_iter().filter(has_columns).collect())
                .unwrap_or_default(),
            otherwise: keep.map_or("", |keep| keep.otherwise.as_str()),
            drop: profile.drop.iter().map(|drop| (bind(&drop.when, columns, table), drop.because.as_str())).collect(),
            by_layout: profile
                .drop
                .iter()
                .map(|drop| drop.because.clone())
                .chain(keep.map(|keep| keep.otherwise.clone()))
                .chain([ONE_OF_SEVERAL, OF_ANOTHER_APP].map(str::to_owned))
                .map(|because| (because, 0))
                .collect(),
            told: BTreeMap::new(),
            words: BTreeMap::new(),
            mended: None,
            width: table.headers().len(),
            headers: table.headers().to_vec(),
            absent_is_never: profile.absent_activity_is_never,
            flags: looked_at(profile, columns, table)
                .into_iter()
                .filter(|(_, is_flag)| *is_flag)
                .map(|(column, _)| column)
                .collect(),
            misaligned: is_misaligned(table),
        }
    }

    /// Calls `make` for every row worth it; its error is why the row is skipped.
    pub(super) fn each(
        &mut self,
        table: &Table<'_>,
        make: &mut dyn FnMut(&mut Self, &Row<'_>, Place) -> Result<(), String>,
    ) {
        table.each_row(&mut |row| {
            self.import.rows += 1;
            let place = table.place(&self.import.name, row.number);
            let made = self.check(&row, &place).and_then(|()| make(self, &row, place.clone()));
            if made.is_ok() {
                self.check_flags(&row, &place);
            }
            if let Err(reason) = made {
                self.import.skipped += 1;
                if self.by_layout.contains_key(&reason) {
                    *self.by_layout.entry(reason).or_default() += 1;
                } else if !reason.is_empty() {
                    self.tell(Code::SkippedRow, Severity::Warning, &place, format!("row skipped: {reason}"), None);
                }
            }
            true
        });
    }

    /// Why a row is no record at all.
    fn check(&mut self, row: &Row<'_>, place: &Place) -> Result<(), String> {
        let filled: Vec<&str> =
            row.cells.iter().filter_map(|cell| cell.as_deref()).filter(|cell| !cell.trim().is_empty()).collect();
        if filled.is_empty() {
            return Err("all cells are empty".into());
        }
        if self.width >= 3 && (filled.len() == 1 || is_sum(&filled)) && !filled.iter().any(|cell| is_known_by(cell)) {
            let text: String = filled.join(" ").chars().take(60).collect();
            return Err(format!("a note, not a record: \"{text}\""));
        }
        let headers = self.headers.iter();
        if row.cells.len() > 1
            && row.cells.iter().map(|cell| cell.as_deref().unwrap_or_default()).eq(headers.map(String::as_str))
        {
            return Err("the header again, as where two exports were put together".into());
        }
        if self.misaligned {
            if !self.told.contains_key(&Code::Malformed) {
                let cells = row.ragged.map_or(0, |ragged| ragged.cells);
                let message = format!("the header has {} cells and every row has {cells}; no row is read", self.width);
                let hint = "a header may hold a delimiter without quotes; put it in quotes, or export the file again";
                self.tell(Code::Malformed, Severity::Error, place, message, Some(hint));
            }
            return Err(String::new());
        }
        if let Some(ragged) = row.ragged {
            let message = match ragged.quote {
                Some(StrayQuote::NeverClosed(lines)) => format!(
                    "a quote that is opened here is never closed; it swallows the rest of the file (lines: {lines})"
                ),
                Some(StrayQuote::ClosedByAnother(lines)) => {
                    format!("a quote that is opened here is closed by one in another row; it swallows {lines} lines")
                }
                None => format!("{} cells where the header has {}", ragged.cells, self.width),
            };
            let hint = if ragged.quote.is_some() {
                "close the quote, or export the file again"
            } else if ragged.shifted {
                "a cell may hold a delimiter without quotes; put it in quotes, or export the file again"
            } else {
                "missing cells are taken as not reported"
            };
            let severity = if ragged.shifted { Severity::Error } else { Severity::Warning };
            let skipped = if ragged.shifted { "; the row is skipped" } else { "" };
            self.tell(Code::RaggedRow, severity, place, format!("{message}{skipped}"), Some(hint));
            if ragged.shifted {
                return Err(String::new());
            }
        }
        if !all_hold(&self.keep, row) {
            return Err(self.otherwise.to_owned());
        }
        if let Some((_, because)) = self.drop.iter().find(|(tests, _)| all_hold(tests, row)) {
            return Err((*because).to_owned());
        }
        Ok(())
    }

    /// An id as text. A spreadsheet turns long ones into `7.31E+06` for good, which is told.
    pub(super) fn id(&mut self, field: Field, row: &Row<'_>, place: &Place) -> String {
        let id = self.columns.owned(field, row);
        if is_scientific(&id) {
            let message = format!("\"{id}\" was a longer number before a spreadsheet saved the file; the id is lost");
            self.bad_value(place, message, "use the export as it was downloaded, or format the column as text first");
        }
        id
    }

    /// What the rules say of a word; a word no rule knows is told of.
    pub(super) fn word<T: Default>(
        &mut self,
        said: Option<T>,
        field: Field,
        row: &Row<'_>,
        place: &Place,
        what: &str,
    ) -> T {
        if said.is_none()
            && let Some(text) = self.columns.text(field, row)
        {
            self.note_word(what.to_owned(), text, place);
        }
        said.unwrap_or_default()
    }

    /// Notes words in the place of yes and no.
    fn check_flags(&mut self, row: &Row<'_>, place: &Place) {
        let flags = std::mem::take(&mut self.flags);
        for column in flags.iter().copied() {
            let cell = row.cells.get(column).and_then(Option::as_deref).unwrap_or_default();
            if !is_flag(cell) {
                let header = self.headers.get(column).map_or("", String::as_str);
                self.note_word(format!("yes or no under {header}"), cell, place);
            }
        }
        self.flags = flags;
    }

    /// Notes a word no rule knows, in the place of what.
    fn note_word(&mut self, what: String, word: &str, place: &Place) {
        let key = (what, word.to_owned());
        if self.words.len() < MOST_WORDS || self.words.contains_key(&key) {
            self.words.entry(key).or_insert_with(|| (place.clone(), 0)).1 += 1;
        } else {
            *self.told.entry(Code::BadValue).or_default() += 1;
        }
    }

    /// A value that is not what its column means.
    pub(super) fn bad_value(&mut self, place: &Place, message: String, hint: &str) {
        self.tell(Code::BadValue, Severity::Warning, place, message, Some(hint));
    }

    fn tell(&mut self, code: Code, severity: Severity, place: &Place, message: String, hint: Option<&str>) {
        let told = self.told.entry(code).or_default();
        *told += 1;
        if *told <= TOLD_EACH {
            let mut problem = Diagnostic::new(code, severity, Some(place.clone()), message);
            problem.hints.extend(hint.map(str::to_owned));
            self.import.diagnostics.push(problem);
        }
    }

    /// Says how many problems were not told one by one.
    pub(super) fn finish(mut self) {
        // Each kind of word is told apart from other problems, which shall not hide it.
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        for ((what, word), (place, rows)) in std::mem::take(&mut self.words) {
            let count = told.entry(what.clone()).or_default();
            *count += 1;
            if *count > TOLD_EACH {
                continue;
            }
            let more = if rows > 1 { format!(" ({rows} rows)") } else { String::new() };
            let message = format!("\"{word}\"{more} is no {what} this layout is known to have; taken as not reported");
            self.import.diagnostics.push(
                Diagnostic::new(Code::BadValue, Severity::Warning, Some(place), message)
                    .hint("say what the word means by mapping the columns, before relying on the figures"),
            );
        }
        for (what, count) in told.into_iter().filter(|(_, count)| *count > TOLD_EACH) {
            let place = Some(Place::file(&self.import.name));
            let message = format!("{} more words that are no {what} this layout is known to have", count - TOLD_EACH);
            self.import.diagnostics.push(Diagnostic::new(Code::BadValue, Severity::Warning, place, message));
        }
        if let Some((place, count)) = self.mended {
            let message =
                format!("texts that a program damaged on the way, as \"MÃ¼ller\" or \"O&#39;Neil\" are: {count}");
            let told = Diagnostic::new(Code::BadValue, Severity::Info, Some(place), message);
            self.import.diagnostics.push(told.hint("they are read as they were meant"));
        }
        for (because, count) in self.by_layout.into_iter().filter(|(_, count)| *count > 0) {
            let place = Some(Place::file(&self.import.name));
            let message = format!("rows left out: {count} ({because})");
            // A file of which next to nothing is left is not the one that was meant.
            let most = because == self.otherwise && count * 5 > self.import.rows * 4;
            let severity = if most { Severity::Error } else { Severity::Info };
            self.import.diagnostics.push(Diagnostic::new(Code::SkippedRow, severity, place, message));
        }
        for (code, told) in self.told {
            if told > TOLD_EACH {
                let place = Some(Place::file(&self.import.name));
                let message = format!("{} more like the {TOLD_EACH} above ({})", told - TOLD_EACH, code.as_str());
                self.import.diagnostics.push(Diagnostic::new(code, Severity::Warning, place, message));
            }
        }
    }

    /// What people read, such as a name: mended where a program damaged it on the way.
    pub(super) fn words_of(&mut self, field: Field, row: &Row<'_>, place: &Place) -> String {
        let text = self.columns.text(field, row).unwrap_or_default();
        let Some(mended) = mended(text) else { return text.to_owned() };
        self.mended.get_or_insert_with(|| (place.clone(), 0)).1 += 1;
        mended
    }

    /// Given name, family name and full name; the full one is made of the others where the file has none.
    pub(super) fn names(&mut self, row: &Row<'_>, place: &Place) -> [String; 3] {
        let [given, family, shown] =
            [Field::Given, Field::Family, Field::Name].map(|field| self.words_of(field, row, place));
        let full = if shown.is_empty() { format!("{given} {family}").trim().to_owned() } else { shown };
        [given, family, full]
    }

    pub(super) fn email(&mut self, row: &Row<'_>) -> Option<Email> {
        // Several in one cell: the first is the main one.
        let cells = self.columns.cells(Field::Email, row);
        cells.flat_map(|cell| cell.split([',', ';'])).find_map(Email::parse)
    }

    /// The address Exchange marks as the main one, by capitals: `SMTP:`.
    pub(super) fn marked_primary(&self, row: &Row<'_>) -> Option<Email> {
        let cells = self.columns.cells(Field::Alias, row);
        let parts = cells.flat_map(|cell| cell.split([' ', ',', ';', '|', '+']));
        parts.filter_map(|part| part.strip_prefix("SMTP:")).find_map(Email::parse)
    }

    pub(super) fn aliases(&self, row: &Row<'_>) -> Vec<Email> {
        let mut found: Vec<Email> = Vec::new();
        for cell in self.columns.cells(Field::Alias, row) {
            // Microsoft joins typed addresses with a plus, which is also a sign within addresses.
            let typed = MARKS
                .iter()
                .fold(cell.to_owned(), |cell, mark| cell.replace(&format!("+{mark}:"), &format!(" {mark}:")));
            for part in typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|')) {
                // Exchange marks the kind of an address; only mail addresses name a person.
                let part = match part.split_once(':') {
                    Some((kind, address)) if kind.eq_ignore_ascii_case("smtp") => address,
                    Some(_) => continue,
                    None => part,
                };
                // Google makes an address for tests of every address; nobody writes to it.
                let alias = Email::parse(part).filter(|alias| !alias.domain().ends_with(".test-google-a.com"));
                found.extend(alias.filter(|alias| !found.contains(alias)));
            }
        }
        found
    }

    /// Further sign-in names, which stand among the other addresses and are none.
    pub(super) fn logins(&self, row: &Row<'_>) -> Vec<String> {
        let is_login =
            |cell: &&str| !cell.is_empty() && !cell.contains(|c: char| c.is_whitespace() || "@:,;|[]".contains(c));
        self.columns.cells(Field::Alias, row).filter(is_login).map(str::to_owned).collect()
    }

    /// A date, or nothing and a diagnostic.
    pub(super) fn moment(&mut self, field: Field, row: &Row<'_>) -> Option<Moment> {
        // BambooHR's "no date".
        let (column, text) = self.columns.text_in(field, row)?;
        // What systems write for no day at all; nine quintillion is Active Directory's "never".
        const NONE: [&str; 5] = ["0", "never", "9223372036854775807", "n/a", "-"];
        if text.starts_with("0000-00-00") || NONE.contains(&text.to_lowercase().as_str()) {
            return None;
        }
        match parse_moment_in(text, self.columns.date_order(column)) {
            Ok(moment) => Some(moment).filter(|moment| !is_no_date(*moment)),
            Err(fault) => {
                self.bad_date(row, &fault);
                None
            }
        }
    }

    /// The latest of a field's columns: some exports have one for each product.
    pub(super) fn seen(&mut self, field: Field, row: &Row<'_>) -> Seen {
        let columns = self.columns;
        if field == Field::LastActive {
            let success = self.seen(Field::LastSuccess, row);
            if matches!(success, Seen::At(_)) {
                return success;
            }
        }
        let absent = if self.absent_is_never && field == Field::LastActive && columns.has(field) {
            Seen::Never
        } else {
            Seen::NotReported
        };
        columns.numbered(field, row).map(|(column, cell)| self.seen_in(column, cell, row)).max().unwrap_or(absent)
    }

    fn seen_in(&mut self, column: usize, text: &str, row: &Row<'_>) -> Seen {
        // The cell is there and empty, or holds a word exports use for "never".
        const NEVER: [&str; 8] =
            ["", "0", "never", "never logged in", "never accessed", "never signed in", "null", "none"];
        // Apps write these for "never"; directories are exported by scripts that write them for "no such value".
        const DASHES: [&str; 3] = ["-", "--", "n/a"];
        let folded = fold_text(text);
        if NEVER.contains(&folded.as_str()) {
            return Seen::Never;
        }
        if DASHES.contains(&folded.as_str()) {
            return if self.import.role == Role::Accounts { Seen::Never } else { Seen::NotReported };
        }
        // The first day .NET knows, as a computer writes it.
        if ["1/1/0001", "01/01/0001", "01.01.0001", "1.1.0001", "0001/01/01"].iter().any(|day| text.starts_with(day)) {
            return Seen::Never;
        }
        // What PowerShell prints for an object it was not asked to open.
        if folded == "unknown" || folded == "system.string[]" || folded.starts_with("microsoft.graph.") {
            return Seen::NotReported;
        }
        match parse_moment_in(text, self.columns.date_order(column)) {
            Ok(moment) if is_no_date(moment) => Seen::Never,
            Ok(moment) => Seen::At(moment),
            Err(fault) => {
                self.bad_date(row, &fault);
                Seen::NotReported
            }
        }
    }

    fn bad_date(&mut self, row: &Row<'_>, fault: &DateError) {
        let place = Place { file: self.import.name.clone(), line: None, record: Some(row.number) };
        let place = if self.import.wrapping.is_some_and(|wrapping| wrapping.delimiter().is_some()) {
            Place::line(&place.file, row.number)
        } else {
            place
        };
        let hint = match fault {
            DateError::Unknown(_) => "the date is taken as not reported; export the column in ISO form if you can",
            DateError::DayOrMonth(_) => {
                "the date is taken as not reported; write it as YYYY-MM-DD, or say how dates begin when mapping the columns"
            }
        };
        self.bad_value(&place, fault.to_string(), hint);
    }
}

/// Whether a cell can be what somebody is known by: an address, or a sign-in name with an @ and no sentence around it.
fn is_known_by(cell: &str) -> bool {
    Email::parse(cell).is_some() || (cell.contains('@') && !cell.trim().contains(' '))
}

/// Whether a row says how many there are above it: `Total,5`.
fn is_sum(filled: &[&str]) -> bool {
    let Some((first, rest)) = filled.split_first() else { return false };
    let word = fold_text(first);
    let sum = ["total", "totals", "grand total", "sum", "count", "subtotal"]
        .contains(&word.trim_end_matches([':', '=']))
        || ["total ", "grand total ", "number of "].iter().any(|start| word.starts_with(start));
    let number = |cell: &&str| cell.trim().trim_end_matches('%').replace([',', '.', ' '], "").parse::<u64>().is_ok();
    sum && rest.len() <= 2 && rest.iter().all(number)
}

/// Whether an id is what a spreadsheet makes of a long number.
pub(super) fn is_scientific(id: &str) -> bool {
    id.split_once("E+").is_some_and(|(number, power)| {
        number.contains(['.', ',']) && number.replace(',', ".").parse::<f64>().is_ok() && power.parse::<u8>().is_ok()
    })
}

/// Whether the first rows, at least two of them, all have the same number of cells, and not that of the header.
fn is_misaligned(table: &Table<'_>) -> bool {
    let mut widths = std::collections::BTreeSet::new();
    let mut rows = 0;
    table.each_row(&mut |row| {
        rows += 1;
        // A cell too many that is empty moves nothing.
        let width = row.ragged.filter(|ragged| ragged.shifted || ragged.cells < table.headers().len());
        widths.insert(width.map(|ragged| ragged.cells));
        rows < SAMPLE_ROWS
    });
    rows > 1 && widths.len() == 1 && !widths.contains(&None)
}

/// Dates that systems write for "none": the start of Unix time and of older calendars.
fn is_no_date(moment: Moment) -> bool {
    moment.date().year() <= 1970
}
