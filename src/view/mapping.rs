use crate::import::{Draft, DraftColumn, Field, Import, Mapping, Placing, Records, Role, Standing};
use crate::model::{AppName, DateError, DateOrder, parse_moment};

use super::{format, words};

/// A file laid open, for somebody to say what it is and what its columns mean. A choice is a number in a list of labels.
#[derive(Clone, Debug)]
pub struct MappingDraft {
    /// Nobody has settled it: what is shown is a guess.
    pub proposed: bool,
    /// The app whose accounts it holds, as typed.
    pub app: String,
    role: Role,
    mapping: Mapping,
    columns: Vec<DraftColumn>,
}

/// A column with what it is read as.
#[derive(Clone, Debug)]
pub struct ColumnDraft<'a> {
    /// Its header.
    pub header: &'a str,
    /// The label of what it means.
    pub means: &'static str,
    /// The first of its values.
    pub first: &'a str,
}

/// A word of the status column, or of the seat column, with what it is taken for.
#[derive(Clone, Debug)]
pub struct WordDraft<'a> {
    /// The word.
    pub word: &'a str,
    /// `128 rows`.
    pub rows: String,
    /// What it is taken for; none if that is left to the rules.
    pub means: Option<&'static str>,
}

/// What an unused column is called.
const IGNORED: &str = "(ignore)";

const ROLES: [Role; 4] = [Role::Accounts, Role::Directory, Role::Contracts, Role::Rates];

impl MappingDraft {
    /// A file as it was laid open.
    pub fn new(draft: Draft) -> Self {
        let Placing { role, app, mapping } = draft.placing;
        Self {
            proposed: draft.proposed,
            app: app.map_or_else(String::new, |app| app.to_string()),
            role,
            mapping: mapping.unwrap_or_default(),
            columns: draft.columns,
        }
    }

    /// What is settled now.
    pub fn placing(&self) -> Placing {
        let app = Some(AppName::new(&self.app)).filter(|app| self.needs_app() && !app.key().is_empty());
        Placing { role: self.role, app, mapping: Some(self.mapping.clone()) }
    }

    /// Whether an app must be named.
    pub fn needs_app(&self) -> bool {
        self.role == Role::Accounts
    }

    /// Why it cannot be imported yet.
    pub fn lacks(&self) -> Option<&'static str> {
        let has = |field| self.mapping.columns.contains_key(&field);
        match self.role {
            Role::Accounts if AppName::new(&self.app).key().is_empty() => Some("Say which app it is."),
            Role::Accounts | Role::Directory if !(has(Field::Email) || has(Field::Username) || has(Field::Id)) => {
                Some("Say which column holds the email address or the user name.")
            }
            Role::Contracts if !has(Field::App) => Some("Say which column names the app."),
            Role::Rates if !(has(Field::Currency) && has(Field::Rate)) => {
                Some("Say which columns hold the currency and the rate.")
            }
            _ => None,
        }
    }

    /// Labels of what a file can hold, and the number of the one chosen.
    pub fn roles(&self) -> (Vec<&'static str>, usize) {
        let chosen = ROLES.iter().position(|role| *role == self.role).unwrap_or(0);
        (ROLES.iter().map(|role| words::role(*role)).collect(), chosen)
    }

    /// Chooses what the file holds.
    pub fn set_role(&mut self, choice: usize) {
        self.role = ROLES.get(choice).copied().unwrap_or(self.role);
        let fields = fields(self.role);
        self.mapping.columns.retain(|field, _| fields.contains(field));
    }

    /// Columns in the order of the file.
    pub fn columns(&self) -> impl Iterator<Item = ColumnDraft<'_>> {
        self.columns.iter().map(|column| ColumnDraft {
            header: &column.header,
            means: self.mapping.field_of(&column.header).map_or(IGNORED, words::field),
            first: &column.first,
        })
    }

    /// Labels of what a column can mean in such a file; the first is for a column that is not used.
    pub fn meanings(&self) -> Vec<&'static str> {
        std::iter::once(IGNORED).chain(fields(self.role).iter().map(|field| words::field(*field))).collect()
    }

    /// Chooses what a column means.
    pub fn set_meaning(&mut self, column: usize, choice: usize) {
        let field = choice.checked_sub(1).and_then(|choice| fields(self.role).get(choice)).copied();
        if let Some(column) = self.columns.get(column) {
            self.mapping.set(&column.header, field);
        }
    }

    /// Whether the file holds dates that can be read two ways, as far as its first values show.
    pub fn has_open_dates(&self) -> bool {
        let open = |column: &DraftColumn| matches!(parse_moment(&column.first), Err(DateError::DayOrMonth(_)));
        self.columns.iter().any(open)
    }

    /// Labels of how such dates begin, and the number of the one chosen; the first leaves it to the file.
    pub fn date_orders(&self) -> (Vec<&'static str>, usize) {
        let chosen = match self.mapping.date_order {
            None => 0,
            Some(DateOrder::DayFirst) => 1,
            Some(DateOrder::MonthFirst) => 2,
        };
        (vec!["as the file proves", "day first (31/12)", "month first (12/31)"], chosen)
    }

    /// Chooses how such dates begin.
    pub fn set_date_order(&mut self, choice: usize) {
        self.mapping.date_order = match choice {
            1 => Some(DateOrder::DayFirst),
            2 => Some(DateOrder::MonthFirst),
            _ => None,
        };
    }

    /// Words of the status column.
    pub fn status_words(&self) -> Vec<WordDraft<'_>> {
        let means = |word: &str| self.mapping.status.get(word).map(|standing| words::standing(*standing, self.role));
        self.words_of(Field::Status, &means)
    }

    /// Labels of what a word of the status column can be taken for; the first leaves it to the rules.
    pub fn standings(&self) -> Vec<&'static str> {
        let labels = Standing::ALL.iter().map(|standing| words::standing(*standing, self.role));
        std::iter::once(BY_RULE).chain(labels).collect()
    }

    /// Chooses what a word of the status column is taken for.
    pub fn set_standing(&mut self, word: &str, choice: usize) {
        match choice.checked_sub(1).and_then(|choice| Standing::ALL.get(choice)) {
            Some(standing) => self.mapping.status.insert(word.to_owned(), *standing),
            None => self.mapping.status.remove(word),
        };
    }

    /// Words of the seat column.
    pub fn seat_words(&self) -> Vec<WordDraft<'_>> {
        let label = |paid: &bool| if *paid { PAID[1] } else { PAID[2] };
        self.words_of(Field::Seat, &|word| self.mapping.paid.get(word).map(label))
    }

    /// Labels of what a word of the seat column can be taken for; the first leaves it to the rules.
    pub fn payings(&self) -> Vec<&'static str> {
        PAID.to_vec()
    }

    /// Chooses whether a word of the seat column is paid for.
    pub fn set_paying(&mut self, word: &str, choice: usize) {
        match choice {
            1 | 2 => self.mapping.paid.insert(word.to_owned(), choice == 1),
            _ => self.mapping.paid.remove(word),
        };
    }

    fn words_of(&self, field: Field, means: &dyn Fn(&str) -> Option<&'static str>) -> Vec<WordDraft<'_>> {
        let headers = self.mapping.columns.get(&field).map(Vec::as_slice).unwrap_or_default();
        let columns = self.columns.iter().filter(|column| headers.contains(&column.header));
        columns
            .flat_map(|column| &column.words)
            .map(|(word, count)| WordDraft {
                word,
                rows: format::counted(u32::try_from(*count).unwrap_or(u32::MAX), "row", "rows"),
                means: means(word),
            })
            .collect()
    }
}

const BY_RULE: &str = "As usual";
const PAID: [&str; 3] = [BY_RULE, "Paid seat", "Free"];

/// What a column of a list can mean.
fn fields(role: Role) -> &'static [Field] {
    match role {
        Role::Accounts => &[
            Field::Email,
            Field::Name,
            Field::Given,
            Field::Family,
            Field::Username,
            Field::Id,
            Field::EmployeeId,
            Field::ExternalId,
            Field::Alias,
            Field::Status,
            Field::Role,
            Field::Seat,
            Field::LastActive,
            Field::Created,
        ],
        Role::Directory => &[
            Field::Email,
            Field::Name,
            Field::Given,
            Field::Family,
            Field::Username,
            Field::Id,
            Field::EmployeeId,
            Field::Alias,
            Field::Status,
            Field::LastActive,
            Field::Created,
            Field::StatusChanged,
            Field::Department,
            Field::Title,
            Field::WorkerType,
            Field::Manager,
            Field::Hired,
            Field::Left,
        ],
        Role::Contracts => &[
            Field::App,
            Field::Plan,
            Field::Seats,
            Field::Price,
            Field::Unit,
            Field::Currency,
            Field::Billing,
            Field::Renewal,
            Field::Notice,
            Field::Discount,
            Field::Minimum,
            Field::BaseFee,
            Field::AddOn,
            Field::OneOff,
            Field::Commitment,
            Field::Included,
            Field::Term,
            Field::Uplift,
        ],
        Role::Rates => &[Field::Currency, Field::To, Field::Rate, Field::Date],
        Role::Unknown => &[],
    }
}

/// Records shown of a file that is being settled.
const SHOWN: usize = 5;

/// What a file would be read as.
#[derive(Clone, Debug)]
pub struct MappingPreview {
    /// `Import 500 accounts`.
    pub action: String,
    /// `500 accounts · 2 rows skipped`.
    pub rows: String,
    /// The first records: headers, and their cells.
    pub headers: Vec<&'static str>,
    /// One line for each record.
    pub records: Vec<Vec<String>>,
    /// Problems that would be told of, in short.
    pub problems: Vec<String>,
}

impl MappingPreview {
    /// Of a file as read for the time being.
    pub fn new(import: &Import) -> Self {
        let count = words::records(import.role, import.records.len());
        let skipped = u32::try_from(import.skipped).unwrap_or(u32::MAX);
        let rows = if skipped == 0 {
            count.clone()
        } else {
            format!("{count} · {} skipped", format::counted(skipped, "row", "rows"))
        };
        let (headers, records) = match &import.records {
            Records::Accounts(records) => {
                table(["Account", "Name", "Status", "Seat", "Last active"], records, |record| {
                    [
                        record.email.as_ref().map_or_else(|| record.key().to_owned(), ToString::to_string),
                        record.display_name.clone(),
                        words::account_status(record.status).to_owned(),
                        if record.seat.is_empty() { record.role.clone() } else { record.seat.clone() },
                        format::seen(record.last_active),
                    ]
                })
            }
            Records::Directory(records) => {
                table(["Person", "Name", "Status", "Department", "Left"], records, |record| {
                    [
                        record.email.as_ref().map_or_else(|| record.username.clone(), ToString::to_string),
                        record.display.clone(),
                        words::person_status(record.status).to_owned(),
                        record.department.clone(),
                        record.left.map_or_else(|| "—".into(), |left| format::date(left.date())),
                    ]
                })
            }
            Records::Contracts(records) => table(["App", "Plan", "Seats", "Price", "Unit"], records, |record| {
                let contract = &record.contract;
                [
                    contract.app.to_string(),
                    contract.plan.clone(),
                    contract.seats.map_or_else(|| "—".into(), |seats| seats.to_string()),
                    contract.price.map_or_else(|| "—".into(), |price| price.to_string()),
                    contract.unit.as_str().to_owned(),
                ]
            }),
            Records::Rates(_) | Records::None => (Vec::new(), Vec::new()),
        };
        let problems = import.diagnostics.iter().take(3).map(|problem| problem.message.clone()).collect();
        Self { action: format!("Import {count}"), rows, headers, records, problems }
    }
}

/// The first records as rows below headers.
fn table<R>(
    headers: [&'static str; 5],
    records: &[R],
    cells: impl Fn(&R) -> [String; 5],
) -> (Vec<&'static str>, Vec<Vec<String>>) {
    (headers.to_vec(), records.iter().take(SHOWN).map(|record| cells(record).to_vec()).collect())
}
