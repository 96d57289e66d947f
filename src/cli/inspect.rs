use serde_json::{Value, json};

use super::{Failure, InspectArgs, tell};
use crate::import::{
    AccountRecord, ContractRecord, DirectoryRecord, Import, RateRecord, Records, Role, Source, Wrapping,
};
use crate::model::{Diagnostic, Email, Moment, Seen};
use crate::session::{Session, gather};
use crate::view::{format, words};

/// Records shown for people to read; a program asks for JSON.
const SHOWN: usize = 20;

pub(super) fn run(args: InspectArgs) -> Result<(), Failure> {
    let (sources, unreadable) = gather(&args.paths);
    if args.layout {
        return layouts(&args, &sources, &unreadable);
    }
    let imports: Vec<Import> = {
        let mut session = Session::unsaved()?;
        args.profile.iter().try_for_each(|path| session.learn_profile(path))?;
        sources.iter().map(|source| session.look_at(source, &args.map)).collect()
    };
    tell(unreadable.iter());
    if args.json {
        let all: Vec<Value> = imports.iter().map(|import| document(import, args.records)).collect();
        super::print(&format!("{:#}\n", Value::Array(all)))?;
    } else {
        for import in &imports {
            super::print(&text(import, args.records))?;
        }
    }
    let known = imports.iter().any(|import| import.role != Role::Unknown);
    if known { Ok(()) } else { Err(Failure::Input) }
}

fn layouts(args: &InspectArgs, sources: &[Source<'_>], unreadable: &[Diagnostic]) -> Result<(), Failure> {
    let mut session = Session::unsaved()?;
    args.profile.iter().try_for_each(|path| session.learn_profile(path))?;
    tell(unreadable.iter());
    let mut any = false;
    for source in sources {
        match session.layout_of(source, &args.map) {
            Ok(text) => {
                any = true;
                super::print(&text)?;
            }
            Err(problem) => tell(std::iter::once(&problem)),
        }
    }
    if any { Ok(()) } else { Err(Failure::Input) }
}

fn text(import: &Import, records: bool) -> String {
    let of = import.app.as_ref().map(|app| format!(" of {app}")).unwrap_or_default();
    let mut text = format!("{}: {}{of}", import.name, words::role(import.role).to_lowercase());
    if !import.title.is_empty() {
        text += &format!(", {} ({})", import.title, import.format);
    }
    text += &format!(
        "\n  {}{}, {} rows, {} records, {} skipped\n",
        import.encoding,
        delimiter(import).map(|delimiter| format!(", delimiter {delimiter:?}")).unwrap_or_default(),
        import.rows,
        import.records.len(),
        import.skipped,
    );
    for column in &import.columns {
        text += &format!("  {} → {}\n", column.header, words::column(column).unwrap_or("(not used)"));
    }
    for problem in &import.diagnostics {
        text += &format!("  {}\n", problem.to_string().replace('\n', "\n  "));
    }
    if records {
        let all = rows(import);
        for row in all.iter().take(SHOWN) {
            text += &format!("  {row}\n");
        }
        if all.len() > SHOWN {
            text += &format!("  … and {} more; --json shows all\n", format::count(all.len() as u64 - SHOWN as u64));
        }
    }
    text
}

fn delimiter(import: &Import) -> Option<char> {
    import.wrapping.and_then(Wrapping::delimiter)
}

fn document(import: &Import, records: bool) -> Value {
    let columns: Vec<Value> =
        import.columns.iter().map(|column| json!({ "header": column.header, "means": column.means })).collect();
    let mut document = json!({
        "file": &*import.name,
        "role": import.role,
        "format": import.format,
        "app": import.app,
        "encoding": import.encoding,
        "delimiter": delimiter(import),
        "rows": import.rows,
        "skipped": import.skipped,
        "columns": columns,
        "diagnostics": import.diagnostics.iter().map(diagnostic).collect::<Vec<_>>(),
    });
    if records && let Some(object) = document.as_object_mut() {
        object.insert("records".into(), rows(import).into());
    }
    document
}

fn diagnostic(problem: &Diagnostic) -> Value {
    let place = problem.place.as_ref();
    json!({
        "code": problem.code,
        "severity": problem.severity,
        "line": place.and_then(|place| place.line.or(place.record)),
        "message": problem.message,
        "hints": problem.hints,
    })
}

fn rows(import: &Import) -> Vec<Value> {
    match &import.records {
        Records::None => Vec::new(),
        Records::Directory(records) => records.iter().map(person).collect(),
        Records::Accounts(records) => records.iter().map(account).collect(),
        Records::Contracts(records) => records.iter().map(contract).collect(),
        Records::Rates(records) => records.iter().map(rate).collect(),
    }
}

fn address(email: Option<&Email>) -> Value {
    email.map_or(Value::Null, |email| email.as_str().into())
}

fn moment(moment: Option<Moment>) -> Value {
    moment.map_or(Value::Null, |moment| moment.to_string().into())
}

fn seen(seen: Seen) -> String {
    match seen {
        Seen::NotReported => "not_reported".into(),
        Seen::Never => "never".into(),
        Seen::At(moment) => moment.to_string(),
    }
}

fn person(record: &DirectoryRecord) -> Value {
    json!({
        "source_id": record.source_id,
        "username": record.username,
        "email": address(record.email.as_ref()),
        "aliases": record.aliases,
        "employee_id": record.employee_id,
        "given": record.given,
        "family": record.family,
        "display": record.display,
        "status": record.status,
        "status_raw": record.status_raw,
        "kind": record.kind,
        "last_sign_in": seen(record.last_sign_in),
        "department": record.department,
        "title": record.title,
        "manager": record.manager,
        "created": moment(record.created),
        "hired": moment(record.hired),
        "left": moment(record.left),
        "source": record.place.to_string(),
    })
}

fn account(record: &AccountRecord) -> Value {
    json!({
        "id": record.id,
        "username": record.username,
        "email": address(record.email.as_ref()),
        "alt_ids": record.alt_ids,
        "display_name": record.display_name,
        "status": record.status,
        "role": record.role,
        "seat": record.seat,
        "billable": record.billable,
        "last_active": seen(record.last_active),
        "created": moment(record.created),
        "kind": record.kind,
        "source": record.place.to_string(),
    })
}

fn contract(record: &ContractRecord) -> Value {
    let contract = &record.contract;
    json!({
        "app": contract.app,
        "plan": contract.plan,
        "seats": contract.seats,
        "price": contract.price,
        "price_high": contract.price_high,
        "from": contract.from,
        "unit": contract.unit.as_str(),
        "pack": contract.pack,
        "add_on": contract.add_on,
        "base_fee": contract.base_fee,
        "one_off": contract.one_off,
        "commitment": contract.commitment,
        "unpriced": contract.unpriced,
        "currency": contract.currency,
        "billing": contract.billing,
        "renewal": contract.renewal.map(|date| date.to_string()),
        "notice_days": contract.notice_days,
        "discount": contract.discount,
        "minimum": contract.minimum,
        "included": contract.included,
        "term_months": contract.term_months,
        "uplift": contract.uplift,
        "source": record.place.to_string(),
    })
}

fn rate(record: &RateRecord) -> Value {
    json!({
        "from": record.from,
        "to": record.to,
        "rate": record.worth,
        "on": record.on.map(|date| date.to_string()),
        "source": record.place.to_string(),
    })
}
