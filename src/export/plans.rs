use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::json::maybe;
use crate::model::BillingCycle;
use crate::view::{AppCard, PlanCard, PlanSheet, PlanSheetRow, PriceSource, format};

/// Writes a comparison of two plans as one JSON document.
///
/// # Errors
/// Those of the writer.
pub fn plans_json(sheet: &PlanSheet, out: &mut dyn Write) -> io::Result<()> {
    let document = json!({
        "app": sheet.app.app,
        "currency": sheet.from.price.or(sheet.to.price).map(|price| price.currency.to_string()),
        "from": price(&sheet.from),
        "to": price(&sheet.to),
        "rows": sheet.rows.iter().map(row).collect::<Vec<_>>(),
        "markup_percent": sheet.markup_percent.map(format::plain),
        "fee": maybe(sheet.fee),
        "break_even_seats": sheet.break_even_seats,
        "idp": idp(&sheet.app),
        "hard_delete": sheet.app.hard_delete,
        "prerequisites": sheet.app.prerequisites,
        "constraints": sheet.app.constraints,
        "source": sheet.to.source_line(),
        "checked_on": sheet.to.checked_on().map(|day| day.to_string()),
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// Writes what is known of apps as one JSON document.
///
/// # Errors
/// Those of the writer.
pub fn catalog_json(apps: &[AppCard], out: &mut dyn Write) -> io::Result<()> {
    let documents: Vec<Value> = apps.iter().map(app).collect();
    serde_json::to_writer_pretty(&mut *out, &documents)?;
    writeln!(out)
}

fn app(app: &AppCard) -> Value {
    json!({
        "app": app.app,
        "plans": app.plans.iter().map(plan).collect::<Vec<_>>(),
        "idp": idp(app),
        "deprovisioning": { "hard_delete": app.hard_delete, "note": app.deprovisioning },
        "operations": app.operations,
        "setup": app.setup.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        "prerequisites": app.prerequisites,
        "constraints": app.constraints,
        "source": app.source,
        "checked_on": app.checked_on.to_string(),
    })
}

fn plan(plan: &PlanCard) -> Value {
    json!({
        "plan": plan.name,
        "price": maybe(plan.price),
        "price_high": maybe(plan.price_high),
        "unit": plan.price.map(|_| plan.unit),
        "currency": plan.price.map(|price| price.currency.to_string()),
        "from_price": plan.from,
        "beside": plan.beside,
        "unpriced": plan.price.is_none().then_some(&plan.unpriced),
        "minimum_seats": plan.minimum_seats,
        "billing": plan.billing.map(|billing| match billing {
            BillingCycle::Monthly => "monthly",
            BillingCycle::Annual => "annual",
        }),
        "sso": plan.sso,
        "scim": plan.scim,
        "own": plan.own,
        "sources": plan.sources.iter().map(source).collect::<Vec<_>>(),
    })
}

fn source(source: &PriceSource) -> Value {
    json!({
        "price": maybe(source.amount),
        "source": source.source,
        "checked_on": source.checked_on.to_string(),
    })
}

fn price(plan: &PlanCard) -> Value {
    json!({
        "plan": plan.name,
        "price": maybe(plan.price),
        "price_high": maybe(plan.price_high),
        "unit": plan.price.map(|_| plan.unit),
        "minimum_seats": plan.minimum_seats,
    })
}

fn row(row: &PlanSheetRow) -> Value {
    json!({
        "seats": row.seats,
        "from_cost": maybe(row.from_cost),
        "to_cost": maybe(row.to_cost),
        "upgrade_cost": maybe(row.upgrade_cost),
        "upgrade_cost_low": maybe(row.upgrade_cost_low),
        "upgrade_cost_high": maybe(row.upgrade_cost_high),
        "to_cost_low": maybe(row.to_cost_low),
        "to_cost_high": maybe(row.to_cost_high),
        "note": row.note,
    })
}

fn idp(app: &AppCard) -> Value {
    let support = app.idp.iter().map(|(id, provisioning, _)| (id.clone(), provisioning.as_str().into()));
    Value::Object(support.collect::<Map<String, Value>>())
}
