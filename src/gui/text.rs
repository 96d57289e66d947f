//! All words the window says, by screen. What it says of accounts and money comes from `view`.

use crate::view::format;

fn counted(number: usize, one: &str, many: &str) -> String {
    format::counted(u32::try_from(number).unwrap_or(u32::MAX), one, many)
}

/// Words that mean the same on several screens.
pub(super) mod common {
    use std::fmt::Display;

    pub(in crate::gui) const APP: &str = "App";
    pub(in crate::gui) const CANCEL: &str = "Cancel";
    pub(in crate::gui) const COLUMN_IN_FILE: &str = "Column in the file";
    pub(in crate::gui) const DROP_HERE: &str = "Drop exports here";
    pub(in crate::gui) const FIND_ANYTHING: &str = "Find anything";
    pub(in crate::gui) const IMPORT: &str = "Import";
    pub(in crate::gui) const IMPORT_FILES: &str = "Import files";
    pub(in crate::gui) const MEANS: &str = "Means";
    pub(in crate::gui) const NEW_WORKSPACE: &str = "New workspace…";
    pub(in crate::gui) const OPEN_WORKSPACE: &str = "Open workspace…";
    pub(in crate::gui) const NO_APPS: &str = "No apps yet";
    pub(in crate::gui) const READING: &str = "Reading…";
    pub(in crate::gui) const SERVICE_ACCOUNT: &str = "Service account";
    pub(in crate::gui) const UNDO: &str = "Undo";

    pub(in crate::gui) fn accounts(number: usize) -> String {
        super::counted(number, "account", "accounts")
    }

    pub(in crate::gui) fn and_more(number: impl Display) -> String {
        format!("and {number} more")
    }
}

/// What it costs and what is urgent.
pub(super) mod overview {
    use std::fmt::Display;

    pub(in crate::gui) const CHART: &str = "What manual costs today, next to the tier upgrade that would automate it";
    pub(in crate::gui) const LACKING: &str = "What the figures rest on";
    pub(in crate::gui) const DIRECTORY: &str = "A directory";
    pub(in crate::gui) const DIRECTORY_WHY: &str = "Who works here: the user export of your identity provider.";
    pub(in crate::gui) const APP_LISTS: &str = "User lists of apps";
    pub(in crate::gui) const APP_LISTS_WHY: &str = "Who has an account, in which app.";
    pub(in crate::gui) const CONTRACTS: &str = "Contracts";
    pub(in crate::gui) const CONTRACTS_WHY: &str = "What is paid for it: a list of your own, or typed in under Apps.";
    pub(in crate::gui) const IS_THERE: &str = "It is there";
    pub(in crate::gui) const IS_MISSING: &str = "It is missing";
    pub(in crate::gui) const DO_NEXT: &str = "Do next";
    pub(in crate::gui) const TREND: &str = "Trend over imports";
    pub(in crate::gui) const ONE_ROUND: &str =
        "There is one round of exports so far. Import the next one, and the trend begins.";
    pub(in crate::gui) const TREND_UNDER_WAY: &str = "Looking at earlier rounds of exports…";
    pub(in crate::gui) const TREND_TAKES_A_WHILE: &str =
        "With this many accounts each earlier round takes a while to look at.";
    pub(in crate::gui) const TREND_IS_OLD: &str = "It leads up to an earlier state.";
    pub(in crate::gui) const TREND_STOPPED: &str = "Stopped before all rounds were looked at.";
    pub(in crate::gui) const DRAW_TREND: &str = "Draw the trend";
    pub(in crate::gui) const NOTHING_URGENT: &str = "Nothing is urgent.";

    pub(in crate::gui) const ORPHANED_ADMIN: &str = "Orphaned admin";
    pub(in crate::gui) const RENEWAL: &str = "Renewal";
    pub(in crate::gui) const REVIEW: &str = "Review";
    pub(in crate::gui) const DATA: &str = "Data";

    pub(in crate::gui) const HEADERS: [&str; 8] =
        ["App", "Seats", "In use", "Orphaned", "Unused licenses", "Annual impact", "Recommendation", "Why"];
    pub(in crate::gui) const COMPARE: &str = "Compare courses of action";

    pub(in crate::gui) fn app_impact(app: &str, impact: impl Display) -> String {
        format!("{app}: annual impact {impact}")
    }

    pub(in crate::gui) fn without_licenses(missing: &str) -> String {
        format!("Without licenses: {missing}")
    }
}

/// The files.
pub(super) mod imports {
    pub(in crate::gui) const CHOOSE_A_FILE: &str = "Choose a file to see how its columns were read.";

    pub(in crate::gui) const OR: &str = ", or ";
    pub(in crate::gui) const CHOOSE_FILES: &str = "choose files…";
    pub(in crate::gui) const WHAT_IS_READ: &str = "Directory, app user lists and contracts — CSV, Excel, JSON, SCIM. \
        Recognized by their columns; nothing leaves this computer.";
    pub(in crate::gui) const OR_A_PATH: &str = "or a path";
    pub(in crate::gui) const PATH_HINT: &str = "/home/me/exports";

    pub(in crate::gui) const HEADERS: [&str; 5] = ["File", "Recognized as", "Rows", "Exported", ""];
    pub(in crate::gui) const NO_FILES: &str = "No files yet";
    pub(in crate::gui) const BEGIN_WITH: &str = "Begin with the user export of your identity provider, then add the \
        user lists of your apps and contracts.csv.";
    pub(in crate::gui) const REPLACED: &str = "A newer export of the same list is used";

    pub(in crate::gui) const MAP_COLUMNS: &str = "Map columns…";
    pub(in crate::gui) const REMOVE: &str = "Remove this file";
    pub(in crate::gui) const REMOVE_WHY: &str = "Its records leave every figure; undo brings it back";
    pub(in crate::gui) const SHOW_WHO: &str = "Show who";

    pub(in crate::gui) const HIDE_OLDER: &str = "Hide older exports";

    pub(in crate::gui) fn show_older(files: usize) -> String {
        format!("Show {}", super::counted(files, "older export", "older exports"))
    }
}

/// What the columns of a file mean.
pub(super) mod mapping {
    pub(in crate::gui) const PROPOSED: &str =
        "No known export has these columns. This is what they look like; check it before it counts.";
    pub(in crate::gui) const WHAT_IT_HOLDS: &str = "What the file holds";
    pub(in crate::gui) const OF: &str = "of";
    pub(in crate::gui) const WHICH_APP: &str = "which app?";
    pub(in crate::gui) const DATES_BEGIN: &str = "Dates begin";

    pub(in crate::gui) const REMEMBER: &str = "Remember this layout for files with the same columns";
    pub(in crate::gui) const SAVE_LAYOUT: &str = "Save layout…";
    pub(in crate::gui) const SAVE_LAYOUT_WHY: &str = "As a file that others can drop into their window";
    pub(in crate::gui) const LEAVE: &str = "Leave";
    pub(in crate::gui) const LEAVE_WHY: &str = "The file stays as it is";

    pub(in crate::gui) const HEADERS: [&str; 3] = [super::common::COLUMN_IN_FILE, super::common::MEANS, "First value"];
    pub(in crate::gui) const STATUS: &str = "Status";
    pub(in crate::gui) const SEAT: &str = "Seat";
    pub(in crate::gui) const READ_AS: &str = "Would be read as";

    pub(in crate::gui) fn meaning(header: &str) -> String {
        format!("Meaning of {header}")
    }

    pub(in crate::gui) fn words(column: &str) -> String {
        format!("Words of the {} column", column.to_lowercase())
    }
}

/// The accounts.
pub(super) mod accounts {
    pub(in crate::gui) const FEW_KEYS: &str = "Space mark · / search";
    pub(in crate::gui) const BACK: &str = "Back to the list";
    pub(in crate::gui) const COLUMNS: &str = "Columns";
    pub(in crate::gui) const APP: &str = "App";
    pub(in crate::gui) const DEPARTMENT: &str = "Department";
    pub(in crate::gui) const ANY: &str = "any";
    pub(in crate::gui) const MARK_ALL: &str = "Mark all";
    pub(in crate::gui) const MARK_NONE: &str = "Mark none";
    pub(in crate::gui) const UNMARK: &str = "Take the marks off";
    pub(in crate::gui) const MARKED_WHY: &str =
        "What you choose here is done with all of them, in one step that can be undone.";
    pub(in crate::gui) const COPY_ROWS: &str = "Copy rows";
    pub(in crate::gui) const SERVICE_ACCOUNTS: &str = "Service accounts";
    pub(in crate::gui) const NOBODYS: &str = "Nobody's";
    pub(in crate::gui) const TAKE_BACK_ALL: &str = "Take the decisions back";
    pub(in crate::gui) const NO_ACCOUNTS: &str = "No accounts yet";
    pub(in crate::gui) const NO_ACCOUNTS_WHY: &str =
        "Import the user list of an app, and its accounts stand here with their owners.";
    pub(in crate::gui) const PAID_ONLY: &str = "Paid seats only";
    pub(in crate::gui) const NONE_FITS: &str = "No account matches";
    pub(in crate::gui) const NONE_FITS_WHY: &str = "Take a filter off, or search for something else.";

    pub(in crate::gui) const CHOOSE: &str = "Choose an account";
    pub(in crate::gui) const CHOOSE_WHY: &str =
        "Whose it is, why the program thinks so, and what the finding rests on.";
    pub(in crate::gui) const SOURCE: &str = "Found in";

    pub(in crate::gui) const ACTIONS: &str = "What to do with it";
    pub(in crate::gui) const ANSWERS: &str = "Answers for it";
    pub(in crate::gui) const ANSWERS_HINT: &str = "a person or a team";
    pub(in crate::gui) const SAVE: &str = "Save";
    pub(in crate::gui) const NOT_THIS_PERSON: &str = "Not this person";
    pub(in crate::gui) const TAKE_BACK: &str = "Take the decision back";
    pub(in crate::gui) const NO_LONGER_KEEP: &str = "No longer keep";
    pub(in crate::gui) const KEEP: &str = "Keep…";
    pub(in crate::gui) const KEEP_WHY: &str = "Why it is kept";
    pub(in crate::gui) const KEEP_UNTIL: &str = "Until (YYYY-MM-DD, or nothing)";
    pub(in crate::gui) const KEEP_IT: &str = "Keep it";
    pub(in crate::gui) const NO_DATE: &str = "That is not a date; expected one such as 2026-12-31.";

    pub(in crate::gui) fn keys(copy: &str) -> String {
        format!("↑ ↓ choose · Space mark · K keep · {copy} copy · / search")
    }

    pub(in crate::gui) fn one_of(name: &str, chosen: &str) -> String {
        format!("{name}: {chosen}")
    }

    pub(in crate::gui) fn marked(number: usize) -> String {
        format!("{} marked", super::common::accounts(number))
    }

    pub(in crate::gui) fn summary_marked(summary: &str, number: usize) -> String {
        format!("{summary} · {number} marked")
    }

    pub(in crate::gui) fn mark(account: &str, app: &str) -> String {
        format!("Mark {account} in {app}")
    }

    pub(in crate::gui) fn sort_by(column: &str) -> String {
        format!("Sort by {column}")
    }

    pub(in crate::gui) fn account(account: &str, app: &str, finding: &str) -> String {
        format!("{account} in {app}: {finding}")
    }

    pub(in crate::gui) fn next_best(evidence: &str) -> String {
        format!("Next best: {evidence}")
    }

    pub(in crate::gui) fn kept(exemption: &str) -> String {
        format!("Kept: {exemption}")
    }
}

/// Who owns which account.
pub(super) mod review {
    pub(in crate::gui) const NOT_YET: &str = "Nothing to review yet";
    pub(in crate::gui) const NOT_YET_WHY: &str = "Import a directory and the user list of an app: what cannot be told for sure is asked here, one question at a time.";
    pub(in crate::gui) const NOTHING_LEFT: &str = "Nothing is left to decide";
    pub(in crate::gui) const NOTHING_LEFT_WHY: &str =
        "Every account has an owner, or is known to have none. Decisions are kept and survive new exports.";
    pub(in crate::gui) const UNDO_LAST: &str = "Undo the last step";

    pub(in crate::gui) const SAME_PERSON: &str = "Same person";
    pub(in crate::gui) const SAME_PERSON_KEY: &str = "Enter";
    pub(in crate::gui) const NOBODY: &str = "Nobody — orphaned";
    pub(in crate::gui) const NOBODY_KEY: &str = "O";
    pub(in crate::gui) const SERVICE_ACCOUNT_KEY: &str = "S";
    pub(in crate::gui) const EXTERNAL: &str = "External";
    pub(in crate::gui) const EXTERNAL_KEY: &str = "X";
    pub(in crate::gui) const LATER: &str = "Decide later";
    pub(in crate::gui) const LATER_KEY: &str = "→";

    pub(in crate::gui) const HIDE: &str = "Hide";
    pub(in crate::gui) const PREVIEW: &str = "Preview";
    pub(in crate::gui) const ADD_ALIAS: &str = "Add alias";

    pub(in crate::gui) fn account(account: &str, app: &str, confidence: &str) -> String {
        format!("{account} in {app}, {confidence}")
    }

    pub(in crate::gui) fn decided_earlier(contradiction: &str) -> String {
        format!("Decided earlier. {contradiction}")
    }

    pub(in crate::gui) fn differ_by_domain(accounts: usize, domain: &str) -> String {
        format!("{} differ only by the domain {domain}.", super::common::accounts(accounts))
    }

    pub(in crate::gui) fn treat_as_former(owned: &str) -> String {
        format!("Treat it as a former domain of {owned} and settle all of them?")
    }

    pub(in crate::gui) fn would_be(app: &str, person: &str) -> String {
        format!("in {app} → {person}")
    }
}

/// What is paid for each app.
pub(super) mod contracts {
    pub(in crate::gui) const SEATS: &str = "Seats bought, assigned and used";
    use std::fmt::Display;

    use crate::view::format;

    pub(in crate::gui) const NO_APPS_WHY: &str =
        "Import the user list of an app, or a list of what you pay: each app gets a line here.";

    pub(in crate::gui) const HEADERS: [&str; 10] = [
        "App",
        "Plan",
        "Seats bought",
        "Per seat / mo",
        "Billing",
        "Renews",
        "In",
        "Droppable",
        "Saves / yr",
        "Provisioning",
    ];
    pub(in crate::gui) const NARROW_HEADERS: [&str; 10] =
        ["App", "Plan", "Seats", "Seat / mo", "", "Renews", "", "Drop", "Saves / yr", "Provisioning"];
    pub(in crate::gui) const ENTER: &str = "enter";

    pub(in crate::gui) const CALENDAR: &str = "Renewal calendar — what can be dropped, and when the notice is due";
    pub(in crate::gui) const NO_RENEWALS: &str =
        "No term ends within a year. Enter renewal dates above, or import them.";

    pub(in crate::gui) const SSO: &str = "SSO";
    pub(in crate::gui) const SCIM: &str = "SCIM";
    pub(in crate::gui) const PLAN_HEADERS: [&str; 5] = ["Plan", "Price", SSO, SCIM, ""];
    pub(in crate::gui) const INCLUDED: &str = "included";
    pub(in crate::gui) const NOT_INCLUDED: &str = "not included";
    pub(in crate::gui) const NOT_KNOWN: &str = "not known";
    pub(in crate::gui) const YOURS: &str = "yours";
    pub(in crate::gui) const ENTER_QUOTE: &str = "enter a quote";

    pub(in crate::gui) const BY_HAND: &str = "Entered by hand";
    pub(in crate::gui) const NOBODY_TELLS: &str =
        "What is paid is not known yet. Enter seats and price above, and what else was agreed here.";
    pub(in crate::gui) const BACK_TO_FILE: &str = "Back to the file";
    pub(in crate::gui) const TAKE_OUT: &str = "Take it out";
    pub(in crate::gui) const PRICE_IS: &str = "Price is";
    pub(in crate::gui) const BOUND_FOR: &str = "Bound for";
    pub(in crate::gui) const NOT_TOLD: &str = "not told";

    pub(in crate::gui) const FACTS: &str = "What the upgrade brings, and what it does not";
    pub(in crate::gui) const NO_FACTS: &str =
        "Nothing is known about single sign-on, SCIM and what removing a user does in this app.";
    pub(in crate::gui) const SETUP: &str = "How to set it up with your identity provider";

    pub(in crate::gui) fn term_of(term: &str, app: impl Display) -> String {
        format!("{term} of {app}")
    }

    pub(in crate::gui) fn fault(term: &str, app: impl Display, fault: &str) -> String {
        format!("{term} of {app}: {fault}")
    }

    pub(in crate::gui) fn saves(amount: impl Display) -> String {
        format!("saves {amount}")
    }

    pub(in crate::gui) fn contract_of(app: impl Display, saves: &str) -> String {
        format!("Contract of {app}: {saves}")
    }

    pub(in crate::gui) fn plan_of(app: impl Display) -> String {
        format!("Plan of {app}")
    }

    pub(in crate::gui) fn seats_of(app: impl Display) -> String {
        format!("Seats of {app}")
    }

    pub(in crate::gui) fn usage(bought: u32, assigned: u32, used: u32) -> String {
        format!("{bought} bought · {assigned} assigned · {used} in use")
    }

    pub(in crate::gui) fn over(accounts: u32) -> String {
        let accounts = format::counted(accounts, "account", "accounts");
        format!("{accounts} more on paid seats than bought: a true-up bill to come")
    }

    pub(in crate::gui) fn price_of(app: impl Display) -> String {
        format!("Price of {app}")
    }

    pub(in crate::gui) fn renewal_of(app: impl Display) -> String {
        format!("Renewal of {app}")
    }

    pub(in crate::gui) fn undated(apps: &str) -> String {
        format!("Annual, but the renewal date is not known: {apps}")
    }

    pub(in crate::gui) fn plans(app: impl Display) -> String {
        format!("{app} plans")
    }

    pub(in crate::gui) fn for_your_seats(seats: u32) -> String {
        format!("For your {}", format::counted(seats, "seat", "seats"))
    }

    pub(in crate::gui) fn plan_has(what: &str, plan: &str, has: &str) -> String {
        format!("{what} of {plan}: {has}")
    }

    pub(in crate::gui) fn take_out_price(plan: &str) -> String {
        format!("Take out your price for {plan}")
    }

    pub(in crate::gui) fn plan_price(app: impl Display, plan: &str) -> String {
        format!("Price of {app} {plan}")
    }

    pub(in crate::gui) fn contract(app: impl Display) -> String {
        format!("{app} contract")
    }

    pub(in crate::gui) fn altered(place: &str) -> String {
        format!("Altered by hand; {place} has another")
    }

    pub(in crate::gui) fn as_imported(place: &str) -> String {
        format!("As {place} has it; what is altered here wins")
    }

    pub(in crate::gui) fn unit_of(app: impl Display) -> String {
        format!("Unit of {app}")
    }

    pub(in crate::gui) fn billing_of(app: impl Display) -> String {
        format!("Billing of {app}")
    }
}

/// Courses of action side by side.
pub(super) mod scenarios {
    use std::fmt::Display;

    use crate::view::format;

    pub(in crate::gui) const DETAILS: &str = "Details";
    pub(in crate::gui) const COMPARING: &str = "Comparing…";
    pub(in crate::gui) const NO_APPS_WHY: &str =
        "Import the user list of an app and what you pay for it: what can be done about it stands here, side by side.";

    pub(in crate::gui) const ALL_APPS: &str = "All apps";
    pub(in crate::gui) const HORIZON: &str = "Horizon";
    pub(in crate::gui) const RATE: &str = "Rate";

    pub(in crate::gui) const COST_BY_SEATS: &str = "Annual cost by number of seats";
    pub(in crate::gui) const COST_BY_SEATS_WHY: &str =
        "Steps are volume discounts and the plan minimum; work, waste and orphaned accounts grow with the team";
    pub(in crate::gui) const COST_BY_MONTH: &str = "Total paid, month by month";
    pub(in crate::gui) const COST_BY_MONTH_WHY: &str = "With what is paid once at the start, not discounted";
    pub(in crate::gui) const BY_MONTH: &str = "By month";
    pub(in crate::gui) const BY_SEATS: &str = "By seats";

    pub(in crate::gui) const ASSUMPTIONS: &str = "Assumptions";
    pub(in crate::gui) const ESTIMATES: [&str; 3] = ["Benchmark", "Bottom-up", "Your own hours"];
    pub(in crate::gui) const HOURS_BY: &str = "Hours by";
    pub(in crate::gui) const UPGRADE_TO: &str = "Upgrade to";
    pub(in crate::gui) const UPGRADE_TO_WHICH: &str = "Upgrade to…";
    pub(in crate::gui) const RECOVERABLE: &str = "Deleted users must be recoverable";
    pub(in crate::gui) const LABOR_RATE: &str = "Labor rate";
    pub(in crate::gui) const HOURS: &str = "Hours a year, manual";
    pub(in crate::gui) const HOURS_PER_PERSON: &str = "Hours a year for each person and app";
    pub(in crate::gui) const ORPHAN_COST: &str = "Cost per orphaned account";
    pub(in crate::gui) const FEE: &str = "Automation fee";
    pub(in crate::gui) const INACTIVE_AFTER: &str = "Inactive after";

    pub(in crate::gui) const AGAINST: &str = "speaks against it";
    pub(in crate::gui) const FIRST: &str = "first";
    pub(in crate::gui) const PRICE: &str = "price";
    pub(in crate::gui) const TO_KNOW: &str = "to know";
    pub(in crate::gui) const NOT_IN_SUM: &str = "not in the sum";

    pub(in crate::gui) const DEPENDS_ON: &str = "What the answer depends on";

    pub(in crate::gui) fn years(number: u32) -> String {
        format::counted(number, "year", "years")
    }

    pub(in crate::gui) fn days(number: u32) -> String {
        format::counted(number, "day", "days")
    }

    pub(in crate::gui) fn discount_rate(percent: impl Display) -> String {
        format!("Discount rate {percent}")
    }

    pub(in crate::gui) fn upgrade_to(plan: &str) -> String {
        format!("To {plan}")
    }

    pub(in crate::gui) fn per_hour(amount: impl Display) -> String {
        format!("{amount} / h")
    }

    pub(in crate::gui) fn hours(number: impl Display) -> String {
        format!("{number} h")
    }

    pub(in crate::gui) fn per_year(amount: impl Display) -> String {
        format!("{amount} / yr")
    }

    pub(in crate::gui) fn saving_of(title: &str) -> String {
        format!("{title}: saving against manual, each ±20%")
    }

    pub(in crate::gui) fn all_off(draws: u32, low: impl Display, high: impl Display, best: u32) -> String {
        format!(
            "All of them varied at once, {draws} draws: {low} to {high} in 9 of 10; the best course in {best} of 100."
        )
    }
}

/// What can be written and handed on.
pub(super) mod reports {
    pub(in crate::gui) const NOT_YET: &str = "Nothing to report yet";
    pub(in crate::gui) const NOT_YET_WHY: &str =
        "Import files first: the pages are shown here as they will be printed.";
    pub(in crate::gui) const FORMATS: &str = "Formats";
    pub(in crate::gui) const SECTIONS: &str = "Sections";
    pub(in crate::gui) const SECTIONS_WHY: &str = "Sections of the page, the PDF and the workbook. CSV and JSON hold \
        everything; the PDF leaves accounts out.";

    pub(in crate::gui) const PRIVACY: &str = "Privacy";
    pub(in crate::gui) const PSEUDONYMIZE: &str = "Pseudonymize people and addresses";
    pub(in crate::gui) const PSEUDONYMIZED: &str = "A token stands for each person, address and account. Give a key \
        file to be able to read them, and to have the same tokens next time; keep it apart from the reports.";
    pub(in crate::gui) const NAMED: &str = "Reports name people, with addresses and evidence.";
    pub(in crate::gui) const KEY_FILE: &str = "Key file (optional)";

    pub(in crate::gui) const WHERE: &str = "Where";
    pub(in crate::gui) const FOLDER: &str = "Folder";
    pub(in crate::gui) const WRITE: &str = "Write reports";
    pub(in crate::gui) const WRITE_WHY: &str = "Files of the same names are replaced, each whole or not at all. A \
        manifest lists the SHA-256 of each. Nothing leaves this computer.";
    pub(in crate::gui) const CHOOSE: &str = "Choose…";

    pub(in crate::gui) const LAYING_OUT: &str = "Laying out the pages…";

    pub(in crate::gui) fn choose(what: &str) -> String {
        format!("Choose: {what}")
    }

    pub(in crate::gui) fn page(number: usize, pages: usize) -> String {
        format!("Page {number} of {pages} of the PDF")
    }
}

/// What can be set.
pub(super) mod settings {
    use std::fmt::Display;

    pub(in crate::gui) const WINDOW: &str = "This window";
    pub(in crate::gui) const WINDOW_WHY: &str =
        "How it looks on this computer. It is remembered, and no part of the workspace.";
    pub(in crate::gui) const THEME: &str = "Theme";
    pub(in crate::gui) const THEMES: [&str; 3] = ["As the system", "Light", "Dark"];
    pub(in crate::gui) const TEXT_SIZE: &str = "Text size";
    pub(in crate::gui) const TOUR: &str = super::actions::GUIDE;

    pub(in crate::gui) const DAYS: &str = " days";
    pub(in crate::gui) const UNUSED: &str = "Unused seats";
    pub(in crate::gui) const UNUSED_WHY: &str =
        "A paid seat counts as unused when its owner works here and nobody has used it for this long.";
    pub(in crate::gui) const WITHOUT_ACTIVITY: &str = "Without activity for";
    pub(in crate::gui) const DAYS_WITHOUT_ACTIVITY: &str = "Days without activity";
    pub(in crate::gui) const GRACE: &str = "New accounts may stay unused for";
    pub(in crate::gui) const DAYS_OF_GRACE: &str = "Days of grace";
    pub(in crate::gui) const LEAVE_IN_USE: &str = "Seats of people on leave count as in use";
    pub(in crate::gui) const SUSPENDED_ORPHANED: &str = "Accounts of suspended people count as orphaned";
    pub(in crate::gui) const BY_APP: &str = "By app";
    pub(in crate::gui) const AS_ALL: &str = "as all";

    pub(in crate::gui) const MONEY: &str = "Money";
    pub(in crate::gui) const MONEY_WHY: &str = "What figures are computed with. Empty a field to go back to the \
        published or assumed figure; point at it for its source.";
    pub(in crate::gui) const HOURS_ESTIMATED: &str = "Hours are estimated";
    pub(in crate::gui) const NOT_MEASURED: &str = "not measured";
    pub(in crate::gui) const ENTERED: &str = "entered";
    pub(in crate::gui) const IMPORTED: &str = "imported";
    pub(in crate::gui) const CURRENCY: &str = "Currency of a rate";
    pub(in crate::gui) const CURRENCY_HINT: &str = "EUR";
    pub(in crate::gui) const WORTH: &str = "What it is worth";
    pub(in crate::gui) const WORTH_HINT: &str = "1.08";
    pub(in crate::gui) const ADD_RATE: &str = "Add rate";

    pub(in crate::gui) const DOMAINS: &str = "Your domains";
    pub(in crate::gui) const DOMAINS_TAKEN: &str =
        "Taken from the directory: the domains its people share. Declare one, and only declared ones count.";
    pub(in crate::gui) const DOMAINS_DECLARED: &str =
        "Only these count. Take all of them out to go by the directory again.";
    pub(in crate::gui) const DOMAIN: &str = "Domain of yours";
    pub(in crate::gui) const DOMAIN_HINT: &str = "company.com";
    pub(in crate::gui) const DECLARE: &str = "Declare";

    pub(in crate::gui) const FORMER: &str = "Former domains";
    pub(in crate::gui) const FORMER_WHY: &str =
        "After a new name or an acquisition: whoever has the same name before the @ is the same person.";
    pub(in crate::gui) const FORMER_DOMAIN: &str = "Former domain";
    pub(in crate::gui) const FORMER_DOMAIN_HINT: &str = "old-name.com";
    pub(in crate::gui) const BECAME: &str = "became";
    pub(in crate::gui) const REPLACED_BY: &str = "Domain that replaced it";
    pub(in crate::gui) const ADD: &str = "Add";

    pub(in crate::gui) const SERVICE: &str = "Service and shared accounts";
    pub(in crate::gui) const SERVICE_WHY: &str = "Words in an address, a sign-in name or a display name that say no \
        person is behind it. These mark accounts here.";
    pub(in crate::gui) const NONE_MARKED: &str = "No account is marked by a word.";
    pub(in crate::gui) const WORD: &str = "Further word";
    pub(in crate::gui) const WORD_HINT: &str = "a word of yours";
    pub(in crate::gui) const STANDS_FOR: &str = "It stands for";
    pub(in crate::gui) const ADD_WORD: &str = "Add word";
    pub(in crate::gui) const SEARCH: &str = "Search the words the program knows";
    pub(in crate::gui) const SEARCH_HINT: &str = "search the words the program knows";
    pub(in crate::gui) const ADDED: &str = "added";
    pub(in crate::gui) const OFF: &str = "off";
    pub(in crate::gui) const SWITCH_ON: &str = "Switch on";
    pub(in crate::gui) const SWITCH_OFF: &str = "Switch off";

    pub(in crate::gui) fn scale(percent: u32) -> String {
        format!("{percent}%")
    }

    pub(in crate::gui) fn days_without_activity_in(app: &str) -> String {
        format!("Days without activity in {app}")
    }

    pub(in crate::gui) fn use_general(app: &str) -> String {
        format!("Use the general threshold for {app}")
    }

    pub(in crate::gui) fn measured(people: u32) -> String {
        format!("measured: {people}")
    }

    pub(in crate::gui) fn rate(worth: impl Display, reporting: impl Display, date: &str, from: &str) -> String {
        format!("{worth} {reporting} on {date}, {from}")
    }

    pub(in crate::gui) fn take_out_rate(currency: impl Display) -> String {
        format!("Take out the rate of {currency}")
    }

    pub(in crate::gui) fn people(number: usize) -> String {
        super::counted(number, "person", "people")
    }

    pub(in crate::gui) fn declared(people: &str) -> String {
        format!("declared · {people}")
    }

    pub(in crate::gui) fn no_longer_declare(domain: &str) -> String {
        format!("No longer declare {domain}")
    }

    pub(in crate::gui) fn became(owned: &str) -> String {
        format!("became {owned}")
    }

    pub(in crate::gui) fn no_former_domain(domain: &str) -> String {
        format!("{domain} is no former domain")
    }

    pub(in crate::gui) fn words_found(number: usize) -> String {
        format!("{} found", super::counted(number, "word", "words"))
    }

    pub(in crate::gui) fn take_out(word: &str) -> String {
        format!("Take out {word}")
    }
}

/// What the program is and how to begin.
pub(super) mod welcome {
    pub(in crate::gui) const NAME: (&str, &str) = ("true", "down");
    pub(in crate::gui) const PROMISE: &str =
        "Which seats you pay for in vain, and whose accounts outlived their owners.";
    pub(in crate::gui) const STEPS: [(&str, &str); 3] = [
        (
            "Drop in your exports",
            "The user export of your identity provider, the user lists of your apps, and what you pay for them.",
        ),
        (
            "See what does not belong",
            "Accounts whose owner left, seats nobody uses, and why: each finding names its reason and its line.",
        ),
        (
            "Decide with figures",
            "What staying manual costs a year, next to upgrading the plan, automating for a flat fee, or cleaning up.",
        ),
    ];
    pub(in crate::gui) const WHAT_IS_READ: &str =
        "CSV, Excel, JSON and SCIM, recognized by their columns. Nothing leaves this computer.";
    pub(in crate::gui) const OPEN_SAMPLE: &str = "Open the sample";
    pub(in crate::gui) const CHOOSE_FILES: &str = "Choose files…";
    pub(in crate::gui) const RECENT: &str = "Recent workspaces";
}

/// Everything by its name.
pub(super) mod palette {
    pub(in crate::gui) const HINT: &str = "Find people, accounts, apps, or something to do";
    pub(in crate::gui) const NOTHING: &str = "Nothing goes by that name.";
}

/// Messages in the corner of the window.
pub(super) mod toasts {
    pub(in crate::gui) const OPEN_FOLDER: &str = "Open folder";
    pub(in crate::gui) const CLOSE: &str = "Close message";
    pub(in crate::gui) const UNDO_THIS: &str = "Undo this";
    pub(in crate::gui) const REDO_THIS: &str = "Do it again";
}

/// File dialogs: their titles, and the kinds of files.
pub(super) mod dialogs {
    pub(in crate::gui) const IMPORT: &str = "Import exports";
    pub(in crate::gui) const EXPORTS: &str = "Exports";
    pub(in crate::gui) const OPEN_WORKSPACE: &str = "Open workspace";
    pub(in crate::gui) const NEW_WORKSPACE: &str = "New workspace";
    pub(in crate::gui) const WORKSPACES: &str = "Truedown workspace";
    pub(in crate::gui) const SAVE_LAYOUT: &str = "Save layout";
    pub(in crate::gui) const LAYOUTS: &str = "Layout";
    pub(in crate::gui) const KEY_FILE: &str = "Key to the report";
    pub(in crate::gui) const KEYS: &str = "Key";
    pub(in crate::gui) const EXPORT_FOLDER: &str = "Folder for the reports";
}

/// What can be done from anywhere.
pub(super) mod actions {
    pub(in crate::gui) const IMPORT: &str = "Import files…";
    pub(in crate::gui) const CLOSE_WORKSPACE: &str = "Close workspace";
    pub(in crate::gui) const REDO: &str = "Redo";
    pub(in crate::gui) const SWITCH_THEME: &str = "Switch between light and dark";
    pub(in crate::gui) const GUIDE: &str = "Take the tour";
    pub(in crate::gui) const FIND_ACCOUNTS: &str = "Find accounts";
    pub(in crate::gui) const LARGER: &str = "Larger";
    pub(in crate::gui) const SMALLER: &str = "Smaller";
    pub(in crate::gui) const NORMAL_SIZE: &str = "Normal size";

    pub(in crate::gui) fn go_to(screen: &str) -> String {
        format!("Go to {screen}")
    }
}

/// Charts.
pub(super) mod charts {
    use std::fmt::Display;

    pub(in crate::gui) const UNUSED: &str = "Unused licenses";
    pub(in crate::gui) const LABOR: &str = "IT labor";
    pub(in crate::gui) const MISSES: &str = "Compliance misses";
    pub(in crate::gui) const UPGRADE: &str = "SCIM tier upgrade, per year";
    pub(in crate::gui) const MORE: &str = "Table, picture";
    pub(in crate::gui) const AS_TABLE: &str = "Show as table";
    pub(in crate::gui) const AS_CHART: &str = "Show as chart";
    pub(in crate::gui) const COPY_TABLE: &str = "Copy table";
    pub(in crate::gui) const COPY_PICTURE: &str = "Copy picture";
    pub(in crate::gui) const ORPHANED: &str = "Orphaned";
    pub(in crate::gui) const UNUSED_SHORT: &str = "Unused";
    pub(in crate::gui) const IN_USE: &str = "In use";
    pub(in crate::gui) const NOT_USED: &str = "Not used";
    pub(in crate::gui) const TODAY: &str = "Today";
    pub(in crate::gui) const NOTICE: &str = "Last day to give notice";
    pub(in crate::gui) const RENEWS: &str = "Renews; the larger, the more it saves";
    pub(in crate::gui) const NOT_ASSIGNED: &str = "Not assigned";
    pub(in crate::gui) const NOTHING_TO_VARY: &str =
        "There is nothing to vary: this course of action has no price yet.";
    pub(in crate::gui) const LOWER: &str = "20% lower";
    pub(in crate::gui) const HIGHER: &str = "20% higher";

    pub(in crate::gui) fn fee(amount: impl Display) -> String {
        format!("Flat-fee automation, {amount}")
    }

    pub(in crate::gui) fn impact(app: &str, total: impl Display, upgrade: &str) -> String {
        format!("{app}: {total} a year, upgrade {upgrade}")
    }

    pub(in crate::gui) fn more_of(title: &str) -> String {
        format!("More of {title}")
    }

    pub(in crate::gui) fn impact_then(amount: impl Display) -> String {
        format!("Annual impact: {amount}")
    }

    pub(in crate::gui) fn percent(share: u8) -> String {
        format!("{share}%")
    }

    pub(in crate::gui) fn of_bought(in_use: impl Display, bought: impl Display) -> String {
        format!("{in_use} of {bought} used")
    }

    pub(in crate::gui) fn accounts_of(app: &str) -> String {
        format!("Accounts of {app}")
    }
}

/// What takes a while.
pub(super) mod progress {
    use std::fmt::Display;

    use crate::session::Doing;
    use crate::view::format;

    pub(in crate::gui) fn doing(what: &Doing) -> String {
        match what {
            Doing::Opening => "Opening the workspace".into(),
            Doing::Reading(file) => format!("Reading {file}"),
            Doing::Matching => "Matching accounts to people".into(),
            Doing::LookingAt(day) => format!("Looking at {}", format::date(*day)),
            Doing::Saving => "Saving what was decided".into(),
            Doing::Copying => "Copying".into(),
            Doing::Preparing => "Preparing reports".into(),
            Doing::Writing(file) => format!("Writing {file}"),
        }
    }

    /// `312 MB of 1.0 GB`.
    pub(in crate::gui) fn of(done: impl Display, all: impl Display) -> String {
        format!("{done} of {all}")
    }

    pub(in crate::gui) fn file(number: usize, files: usize) -> String {
        format!("file {number} of {files}")
    }

    pub(in crate::gui) fn rate(bytes: impl Display) -> String {
        format!("{bytes}/s")
    }

    pub(in crate::gui) fn seconds_left(seconds: u64) -> String {
        format!("about {seconds} s left")
    }

    pub(in crate::gui) fn minutes_left(minutes: u64) -> String {
        format!("about {minutes} min left")
    }
}

/// The walk through the screens.
pub(super) mod guide {
    pub(in crate::gui) const NEXT: &str = "Next";
    pub(in crate::gui) const BACK: &str = "Back";
    pub(in crate::gui) const SKIP: &str = "Skip the tour";
    pub(in crate::gui) const DONE: &str = "Done";
    pub(in crate::gui) const SAMPLE: &str = "Northwind Support is an invented company.";
    pub(in crate::gui) const STEPS: [(&str, &str); 6] = [
        (
            "What it costs",
            "Every figure here leads to the accounts behind it: point at one to see its formula, click it to see its rows.",
        ),
        (
            "Whose account it is",
            "Each account with its owner and a finding. Choose one to read why the program thinks so and which line of \
             which file says it.",
        ),
        (
            "Where the program asks",
            "It never guesses between two people. Each question takes one key: 1 or 2 for a candidate, O for nobody, \
             S for a service account. Undo takes anything back.",
        ),
        (
            "What you pay, and until when",
            "Plans, prices and seats can be changed in place. The calendar shows when seats can be dropped and by which \
             day the vendor must be told.",
        ),
        (
            "What to do about it",
            "Staying manual, cleaning up, upgrading or automating, side by side. Move a slider and all figures follow.",
        ),
        (
            "Now yours",
            "Drop your own exports anywhere into the window. They go into a workspace of their own, and nothing leaves \
             this computer.",
        ),
    ];

    pub(in crate::gui) fn step(number: usize, steps: usize) -> String {
        format!("{number} of {steps}")
    }
}

/// Around the screens: the side bar, the bar on top, and what comes of commands.
pub(super) mod app {
    use std::fmt::Display;
    use std::path::Path;

    use crate::session::Refused;

    pub(in crate::gui) const NAME: (&str, &str) = super::welcome::NAME;
    pub(in crate::gui) const OVERVIEW: &str = "Overview";
    pub(in crate::gui) const IMPORTS: &str = "Imports";
    pub(in crate::gui) const ACCOUNTS: &str = "Accounts";
    pub(in crate::gui) const REVIEW: &str = "Review";
    pub(in crate::gui) const REVIEW_TITLE: &str = "Review uncertain matches";
    pub(in crate::gui) const CONTRACTS: &str = "Apps & contracts";
    pub(in crate::gui) const SCENARIOS: &str = "Scenarios";
    pub(in crate::gui) const REPORTS: &str = "Reports";
    pub(in crate::gui) const SETTINGS: &str = "Settings";
    pub(in crate::gui) const WELCOME: &str = "Welcome";

    pub(in crate::gui) const WORKSPACE: &str = "Workspace";
    pub(in crate::gui) const NEW: &str = "New…";
    pub(in crate::gui) const OPEN: &str = "Open…";
    pub(in crate::gui) const CLOSE: &str = "Close";
    pub(in crate::gui) const LOCAL: &str = "Everything stays on this computer";
    pub(in crate::gui) const LIGHT_THEME: &str = "Light theme";
    pub(in crate::gui) const DARK_THEME: &str = "Dark theme";
    pub(in crate::gui) const CHOOSE_FILES: &str = "Choose files…";
    pub(in crate::gui) const EXPORT_REPORT: &str = "Export report";
    pub(in crate::gui) const IMPORT: &str = "Import…";
    pub(in crate::gui) const SEARCH: &str = "Search people, accounts, apps";

    pub(in crate::gui) const NO_DIALOG: &str =
        "This system shows no file dialog. Drop the files into the window, or type their path on Imports.";
    pub(in crate::gui) const IMPORT_STOPPED: &str = "Import stopped. Nothing was changed.";
    pub(in crate::gui) const EXPORT_STOPPED: &str = "Export stopped. Files that were done by then are whole.";
    pub(in crate::gui) const NOTHING_TO_UNDO: &str = "There is nothing to undo or redo.";
    pub(in crate::gui) const UNDONE: &str = "Taken back.";
    pub(in crate::gui) const COPIED: &str = "Copied.";
    pub(in crate::gui) const PICTURE_COPIED: &str = "Picture copied.";
    pub(in crate::gui) const WORKER_GONE: &str = "The part of the program that does the work has stopped. Close the window and open it again; the workspace file \
         holds everything up to the last change.";

    pub(in crate::gui) fn refused(why: Refused) -> &'static str {
        match why {
            Refused::Broken => "Something unexpected went wrong, and the workspace was closed. Its file is as it was.",
            Refused::Elsewhere => "Another workspace was opened in the meantime; nothing was changed.",
            Refused::NoLayout => "No column is mapped yet, so there is no layout to save.",
        }
    }

    pub(in crate::gui) fn as_of(day: impl Display) -> String {
        format!("As of {day}")
    }

    pub(in crate::gui) fn layout_written(path: &Path) -> String {
        format!("Layout written to {}", path.display())
    }

    pub(in crate::gui) fn written(files: usize, folder: &Path) -> String {
        format!("{} written to {}", super::counted(files, "file", "files"), folder.display())
    }

    pub(in crate::gui) fn drop_to_import(files: usize) -> String {
        format!("Drop to import {}", super::counted(files, "file", "files"))
    }

    pub(in crate::gui) fn problem(place: Option<impl Display>, message: &str, hint: Option<&String>) -> String {
        let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
        let hint = hint.map(|hint| format!(" — {hint}")).unwrap_or_default();
        format!("{place}{message}{hint}")
    }
}

/// Before there is a window, and where there will be none.
pub(super) mod launch {
    use std::path::Path;

    pub(in crate::gui) const TITLE: &str = "Truedown";
    pub(in crate::gui) const NO_RENDERER: &str =
        "neither OpenGL nor Vulkan or DirectX works here (a graphics driver, or Mesa, may be missing)";
    pub(in crate::gui) const TOOLKIT_GAVE_UP: &str = "the window toolkit gave up";
    pub(in crate::gui) const NO_DISPLAY: &str = "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)";
    pub(in crate::gui) const NO_LIBRARIES: &str = "the libraries of the display are missing";

    pub(in crate::gui) fn with_packages(why: &str) -> String {
        format!("{why} (the README names the packages)")
    }

    pub(in crate::gui) fn no_window(why: &str) -> String {
        format!(
            "Truedown cannot open its window: {why}; `truedown audit PATH… --out DIR` does the same work without one."
        )
    }

    pub(in crate::gui) fn with_log(text: &str, log: &Path) -> String {
        format!("{text}\n\nThis was also written to {}.", log.display())
    }
}
