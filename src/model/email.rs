use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// An e-mail address as given, with the forms it is compared by.
#[derive(Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(Box<str>);

impl Email {
    /// Reads an address: trimmed, lower-cased, compatibility form, without the name in front of `<…>`, a `mailto:` or `smtp:`, and a
    /// remark in brackets behind it.
    ///
    /// `None` if the text has not exactly the shape `local@domain`; no attempt is made to repair it.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.trim().nfkc().flat_map(char::to_lowercase).collect();
        let text = match text.split_once(" (") {
            Some((address, remark)) if remark.ends_with(')') => address.trim_end(),
            _ => text.as_str(),
        };
        let text = match text.rsplit_once('<') {
            Some((_, address)) => address.strip_suffix('>')?,
            None => text,
        };
        let text = ["mailto:", "smtp:"].iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text);
        let (local, domain) = text.rsplit_once('@')?;
        let domain = domain.trim_end_matches('.');
        let sound = |part: &str| {
            !part.is_empty()
                && !part
                    .contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | ',' | ';' | '<' | '>'))
        };
        // One spelling for a domain that can be written in its own letters or in Punycode.
        let domain = match domain.contains("xn--") {
            true => idna::domain_to_unicode(domain).0,
            false => domain.to_owned(),
        };
        (sound(local) && sound(&domain)).then(|| Self(format!("{local}@{domain}").into()))
    }

    /// The address in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// What stands behind the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The mailbox the address reaches: without a plus-tag, and for Gmail, which ignores them, without dots; and without the
    /// `.invalid` that a copy of an app for trials puts behind addresses so that nobody gets mail from it (Salesforce's
    /// sandboxes do).
    pub fn mailbox(&self) -> String {
        let domain = match without_invalid(self.domain()) {
            "googlemail.com" => "gmail.com",
            domain => domain,
        };
        // A leading plus is part of the name, not a tag.
        let local = match self.local().split_once('+') {
            Some((local, _)) if !local.is_empty() => local,
            _ => self.local(),
        };
        if domain == "gmail.com" { format!("{}@{domain}", local.replace('.', "")) } else { format!("{local}@{domain}") }
    }
}

/// A domain without the `.invalid` that stands behind it in a copy of an app.
pub fn without_invalid(domain: &str) -> &str {
    domain.strip_suffix(".invalid").filter(|domain| domain.contains('.')).unwrap_or(domain)
}

/// A domain as it is written in addresses: without an `@` or a scheme, with a dot in it.
pub fn as_domain(text: &str) -> Option<String> {
    let bare = text.trim().trim_start_matches('@').trim_end_matches('.');
    let address = Email::parse(&format!("x@{bare}"))?;
    let domain = address.domain();
    let plain = domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    (plain && domain.contains('.') && !domain.starts_with('.')).then(|| domain.to_owned())
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_addresses() {
        let check = |text: &str, address: &str, mailbox: &str| {
            let email = Email::parse(text).unwrap_or_else(|| panic!("{text} is an address"));
            assert_eq!((email.as_str(), email.mailbox().as_str()), (address, mailbox));
        };
        check(
            " Mara.Oconnell@Northwind.Example ",
            "mara.oconnell@northwind.example",
            "mara.oconnell@northwind.example",
        );
        check("lena+billing@x.example", "lena+billing@x.example", "lena@x.example");
        check("J.Doe+a@GoogleMail.com", "j.doe+a@googlemail.com", "jdoe@gmail.com");
        check("i@xn--bcher-kva.example", "i@bücher.example", "i@bücher.example");
        check("<a@b.example>", "a@b.example", "a@b.example");
        check("\"Bee, Ann\" <a@b.example>", "a@b.example", "a@b.example");
        check("SMTP:a@b.example", "a@b.example", "a@b.example");
        check("a@b.example (primary)", "a@b.example", "a@b.example");
        check("i@b.example.invalid", "i@b.example.invalid", "i@b.example");
        check("i@example.invalid", "i@example.invalid", "i@example.invalid");
        check("+tag@b.example", "+tag@b.example", "+tag@b.example");
    }

    #[test]
    fn err_addresses() {
        for text in ["", "plain", "@b.example", "a@", "a b@c.example", "a@b@", "a@b.example, c@d.example"] {
            assert_eq!(Email::parse(text), None, "{text}");
        }
    }

    #[test]
    fn domains_as_typed() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(as_domain(text).as_deref(), expect, "{text}");
        check(" @Contoso.Example ", Some("contoso.example"));
        check("contoso.example.", Some("contoso.example"));
        check("xn--bcher-kva.example", Some("bücher.example"));
        check("contoso", None);
        check("https://contoso.example", None);
        check("a b.example", None);
    }
}
