//! What distinguishes the worlds besides names: domains, dates, habits.

use super::Half;
use super::dates::{Day, day};

pub(super) struct World {
    /// The company's domain of today.
    pub(super) domain: &'static str,
    /// Its domain before the new name; not declared in any file.
    pub(super) former: &'static str,
    /// Last day on which people joined under the old name.
    pub(super) rebrand: Day,
    pub(super) as_of: Day,
    pub(super) as_of_text: &'static str,
    pub(super) partners: [&'static str; 8],
    pub(super) mailboxes: [&'static str; 7],
    /// How one numbers the employees: width, first number.
    pub(super) employee: (usize, usize),
    pub(super) salt: u64,
}

pub(super) fn world(half: Half) -> World {
    match half {
        Half::Tuned => World {
            domain: "norrvik.com",
            former: "baltmar.eu",
            rebrand: day(2023, 6, 1),
            as_of: day(2026, 3, 31),
            as_of_text: "2026-03-31",
            partners: [
                "hexalabs.io",
                "bridgewell-consulting.com",
                "studio-lumen.fr",
                "ostwind.de",
                "freightpoint.co.uk",
                "nimbusworks.pl",
                "calder-audit.com",
                "tekserv.in",
            ],
            mailboxes: ["gmail.com", "gmx.de", "outlook.com", "yahoo.com", "icloud.com", "qq.com", "mail.ru"],
            employee: (6, 1200),
            salt: 0x5eed_0001,
        },
        Half::Held => World {
            domain: "solvenda-group.com",
            former: "kestrelworks.net",
            rebrand: day(2022, 10, 15),
            as_of: day(2026, 5, 15),
            as_of_text: "2026-05-15",
            partners: [
                "quillandco.com",
                "adriatica-it.hr",
                "pixelmolen.nl",
                "grupotrama.es",
                "harborstaffing.com",
                "vantaprint.se",
                "sigma-rev.co",
                "okafor-partners.ng",
            ],
            mailboxes: ["gmail.com", "web.de", "hotmail.com", "proton.me", "163.com", "yandex.ru", "libero.it"],
            employee: (5, 310),
            salt: 0x5eed_0002,
        },
        Half::Third | Half::Crossed => World {
            domain: "halvenmoor.com",
            former: "pinetarn.org",
            rebrand: day(2023, 2, 1),
            as_of: day(2026, 4, 30),
            as_of_text: "2026-04-30",
            partners: [
                "brightkiln.io",
                "sauna-digital.fi",
                "ararat-consult.am",
                "negevsoft.co.il",
                "menaraworks.co.id",
                "tatra-audit.sk",
                "manilabridge.ph",
                "corriol-studio.cat",
            ],
            mailboxes: ["gmail.com", "outlook.com", "yahoo.com", "inbox.lv", "walla.co.il", "centrum.sk", "mail.ee"],
            employee: (6, 2500),
            // Odd where the directory is Okta's, as the tuned world's is.
            salt: if half == Half::Third { 0x5eed_0003 } else { 0x5eed_0004 },
        },
    }
}
