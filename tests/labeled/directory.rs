//! The directory as a file: Okta's answer to `GET /users` in one world, Microsoft Graph's in the other.

use std::fmt::Write as _;

use super::dates::{Day, iso, stamp};
use super::people::{Company, Person, Status, departments};
use super::text::json;
use super::world::World;
use super::{Files, Half};

/// File name and text.
pub(super) fn write(half: Half, world: &World, company: &Company) -> (String, String) {
    match half.files() {
        Files::Tuned => (format!("okta-api-users-{}.json", world.as_of_text), okta(world, company)),
        Files::Held => (format!("entra-graph-users-{}.json", world.as_of_text), graph(world, company)),
    }
}

/// The last sign-in: some days ago for those who are here, at the end for those who left.
fn last_login(p: &Person, world: &World) -> Option<Day> {
    let spread = (p.hired.wrapping_mul(31) ^ p.created.wrapping_mul(17)).rem_euclid(25);
    let day = p.left.unwrap_or(world.as_of) - 1 - spread;
    (day >= p.hired).then_some(day)
}

fn okta(world: &World, company: &Company) -> String {
    let departments = departments();
    let mut out = "[\n".to_owned();
    for (i, p) in company.people.iter().enumerate() {
        let comma = if i + 1 == company.people.len() { "" } else { "," };
        let z = |d: Day| json(&stamp(d, ".000", "Z"));
        let status = match p.status {
            Status::Active => "ACTIVE",
            Status::OnLeave | Status::Suspended => "SUSPENDED",
            Status::Deprovisioned => "DEPROVISIONED",
        };
        let changed = p.left.unwrap_or(match p.status {
            Status::OnLeave => world.as_of - 60,
            _ => p.created,
        });
        let employment = match p.status {
            Status::Active => "Active",
            Status::OnLeave => "On Leave",
            _ => "Terminated",
        };
        let manager = p.manager.and_then(|m| company.people.get(m));
        // A custom attribute, as directories that are fed from Active Directory have it.
        let primary = (!p.aliases.is_empty()).then(|| format!("\"SMTP:{}\"", p.mail));
        let aliases: Vec<String> =
            primary.into_iter().chain(p.aliases.iter().map(|a| format!("\"smtp:{a}\""))).collect();
        let display = if p.native { format!("{} {}", p.family, p.given) } else { format!("{} {}", p.given, p.family) };
        let _ = writeln!(
            out,
            "{{\"id\": {}, \"status\": \"{status}\", \"created\": {}, \"activated\": {}, \"statusChanged\": {}, \
             \"lastLogin\": \
             {}, \"lastUpdated\": {}, \"passwordChanged\": {}, \"type\": {{\"id\": \"oty1nv0000Norrvik0x7\"}}, \
             \"profile\": \
             {{\"firstName\": {}, \"lastName\": {}, \"displayName\": {}, \"mobilePhone\": null, \"secondEmail\": null, \
             \"login\": {}, \"email\": {}, \"proxyAddresses\": [{}], \"employeeNumber\": {}, \"department\": {}, \
             \"title\": {}, \
             \"manager\": {}, \"managerId\": {}, \"hireDate\": {}, \"terminationDate\": {}, \"employmentStatus\": \
             \"{employment}\", \"userType\": \"{}\"}}, \"credentials\": {{\"provider\": {{\"type\": \"OKTA\", \
             \"name\": \
             \"OKTA\"}}}}, \"_links\": {{}}}}{comma}",
            json(&p.id),
            z(p.created),
            z(p.created),
            z(changed),
            last_login(p, world).map_or_else(|| "null".to_owned(), z),
            z(changed.max(p.created)),
            z(p.created),
            json(&p.given),
            json(&p.family),
            json(&display),
            json(&p.login),
            json(&p.mail),
            aliases.join(", "),
            json(&p.employee),
            json(&departments[p.department].0),
            json(&p.title),
            json(&manager.map(|m| format!("{} {}", m.given, m.family)).unwrap_or_default()),
            json(manager.map_or("", |m| m.login.as_str())),
            json(&iso(p.hired)),
            json(&p.left.map(iso).unwrap_or_default()),
            match (p.guest, p.contractor) {
                (true, _) => "Guest",
                (_, true) => "Contractor",
                _ => "Employee",
            },
        );
    }
    out + "]\n"
}

fn graph(world: &World, company: &Company) -> String {
    let departments = departments();
    let mut out =
        "{\n\"@odata.context\": \"https://graph.microsoft.com/v1.0/$metadata#users\",\n\"value\": [\n".to_owned();
    for (i, p) in company.people.iter().enumerate() {
        let comma = if i + 1 == company.people.len() { "" } else { "," };
        let z = |d: Day| json(&stamp(d, "", "Z"));
        let mut proxies = Vec::new();
        if !p.guest && !p.contractor {
            proxies.push(format!("\"SMTP:{}\"", p.mail));
            proxies.extend(p.aliases.iter().map(|a| format!("\"smtp:{a}\"")));
            proxies.push(format!("\"sip:{}\"", p.mail));
        }
        let enabled = p.status == Status::Active;
        let signed = last_login(p, world)
            .map(|d| format!("{{\"lastSignInDateTime\": {0}, \"lastSuccessfulSignInDateTime\": {0}}}", z(d)))
            .unwrap_or_else(|| "null".to_owned());
        let display = if p.native { format!("{} {}", p.family, p.given) } else { format!("{} {}", p.given, p.family) };
        let leave = if p.status == Status::OnLeave { "On Leave" } else { "" };
        let _ = writeln!(
            out,
            "{{\"id\": {}, \"displayName\": {}, \"givenName\": {}, \"surname\": {}, \"userPrincipalName\": {}, \
             \"mail\": {}, \
             \"accountEnabled\": {enabled}, \"userType\": \"{}\", \"createdDateTime\": {}, \"proxyAddresses\": [{}], \
             \"otherMails\": [], \"employeeId\": {}, \"employeeHireDate\": {}, \"employeeLeaveDateTime\": {}, \
             \"department\": {}, \"jobTitle\": {}, \"employeeType\": {}, \"onPremisesSyncEnabled\": true, \
             \"onPremisesSamAccountName\": {}, \"onPremisesExtensionAttributes\": {{\"extensionAttribute1\": {}}}, \
             \"signInActivity\": {signed}}}{comma}",
            json(&p.id),
            json(&display),
            json(&p.given),
            json(&p.family),
            json(&p.login),
            json(&p.mail),
            if p.guest { "Guest" } else { "Member" },
            z(p.created),
            proxies.join(", "),
            json(&p.employee),
            z(p.hired),
            p.left.map_or_else(|| "null".to_owned(), z),
            json(&departments[p.department].0),
            json(&p.title),
            json(if p.contractor { "Contractor" } else { "Employee" }),
            json(if p.guest { "" } else { &p.sam }),
            json(leave),
        );
    }
    out + "]\n}\n"
}
