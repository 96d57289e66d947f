use super::columns::Columns;
use super::mapping::Mapping;
use super::row_reader::SAMPLE_ROWS;
use super::table::Table;
use super::{Import, Placing, Profiles, Role, Source, chosen, layout_of, with_tables};
use crate::model::Diagnostic;

/// A file laid open: what it is read as, or may be, beside what its columns hold.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What the file is read as; a proposal if nobody knows. Its mapping is always there.
    pub placing: Placing,
    /// Nobody has said so, and no layout is known.
    pub proposed: bool,
    /// The columns in the order of the file.
    pub columns: Vec<DraftColumn>,
}

/// A column of a file and what it holds.
#[derive(Clone, Debug)]
pub struct DraftColumn {
    /// Its header.
    pub header: String,
    /// The first of its values.
    pub first: String,
    /// Its different values with how often each comes, if they are few enough to be words.
    pub words: Vec<(String, usize)>,
}

/// Lays a file open.
///
/// # Errors
/// A file of which nothing can be read.
pub fn draft(source: &Source<'_>, profiles: &Profiles, placing: Option<&Placing>) -> Result<Draft, Diagnostic> {
    with_tables(source, &mut Import::new(source), &mut |tables, import| {
        let Some(table) = chosen(tables, profiles, &source.name, placing) else {
            return Draft { placing: nothing(), proposed: true, columns: Vec::new() };
        };
        let columns = columns(&table);
        if let Some(placing) = placing.filter(|placing| placing.mapping.is_some()) {
            return Draft { placing: placing.clone(), proposed: false, columns };
        }
        let app = || {
            let said = placing.and_then(|placing| placing.app.clone());
            said.or_else(|| profiles.app_proposed(&source.name))
        };
        let (proposed, role, app, found) = match layout_of(import, &table, profiles, placing) {
            Some((profile, _)) => {
                let app = profile.app_name().or_else(app).filter(|_| profile.role == Role::Accounts);
                (!profile.certain, profile.role, app, Columns::bind(&profile, &table).headers(&table))
            }
            None => {
                let (role, found) = profiles.likely(&table).unwrap_or((Role::Accounts, Default::default()));
                (true, role, app().filter(|_| role == Role::Accounts), found)
            }
        };
        let mapping = Mapping { columns: found, ..Mapping::default() };
        Draft { placing: Placing { role, app, mapping: Some(mapping) }, proposed, columns }
    })
}

/// A settled mapping of a file as a layout of its own: its id, and its text for the files of `assets/profiles`.
///
/// # Errors
/// A file of which nothing can be read.
pub fn layout(
    source: &Source<'_>,
    profiles: &Profiles,
    placing: &Placing,
) -> Result<Option<(String, String)>, Diagnostic> {
    with_tables(source, &mut Import::new(source), &mut |tables, _| {
        let table = chosen(tables, profiles, &source.name, Some(placing))?;
        profiles.remembered(placing, placing.mapping.as_ref()?, &table, &source.name)
    })
}

fn nothing() -> Placing {
    Placing { role: Role::Accounts, app: None, mapping: Some(Mapping::default()) }
}

/// More different values than this are no words somebody chose from.
const MOST_WORDS: usize = 12;

fn columns(table: &Table<'_>) -> Vec<DraftColumn> {
    let empty = |header: &String| DraftColumn { header: header.clone(), first: String::new(), words: Vec::new() };
    let mut columns: Vec<DraftColumn> = table.headers().iter().map(empty).collect();
    let mut rows = 0;
    table.each_row(&mut |row| {
        for (column, cell) in columns.iter_mut().zip(row.cells) {
            let Some(cell) = cell.as_deref().map(str::trim).filter(|cell| !cell.is_empty()) else { continue };
            if column.first.is_empty() {
                column.first = cell.to_owned();
            }
            let words = &mut column.words;
            match words.iter().position(|(word, _)| word == cell) {
                Some(known) => words.iter_mut().skip(known).take(1).for_each(|(_, count)| *count += 1),
                None if words.len() <= MOST_WORDS => words.push((cell.to_owned(), 1)),
                None => {}
            }
        }
        rows += 1;
        rows < SAMPLE_ROWS * 10
    });
    for column in &mut columns {
        if column.words.len() > MOST_WORDS {
            column.words.clear();
        }
    }
    columns
}
