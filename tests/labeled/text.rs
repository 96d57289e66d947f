//! Letters: folding to ASCII, romanization, and the quoting of CSV and JSON.

const PLAIN: [(&str, &str); 27] = [
    ("áàâãäåāăąạảấầẩẫậắằẳẵặ", "a"),
    ("çćčĉ", "c"),
    ("ďđð", "d"),
    ("éèêëēėęěẹẻẽếềểễệə", "e"),
    ("ğģĝ", "g"),
    ("íìîïīįıĩỉị", "i"),
    ("ķ", "k"),
    ("łľĺļ", "l"),
    ("ñńňņ", "n"),
    ("óòôõöøōőơọỏốồổỗộớờởỡợ", "o"),
    ("řŕ", "r"),
    ("śšşșŝṣ", "s"),
    ("ťţț", "t"),
    ("úùûüūůűųưụủứừửữựũ", "u"),
    ("ýÿỳỵỷỹ", "y"),
    ("źżž", "z"),
    ("ß", "ss"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("þ", "th"),
    ("i\u{307}", "i"),
    ("ĥ", "h"),
    ("ĵ", "j"),
    ("ŵ", "w"),
    ("Þ", "th"),
    ("\u{2019}", "'"),
    ("\u{a0}", " "),
];

/// How the letters with marks are written where only ASCII is allowed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Folding {
    /// `ü` becomes `u`
    Plain,
    /// `ü` becomes `ue`
    Expanded,
}

/// Lower case, without marks; letters of other scripts stay.
pub(super) fn fold(text: &str, folding: Folding) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        if folding == Folding::Expanded {
            let wide = match c {
                'ä' | 'æ' => "ae",
                'ö' | 'ø' => "oe",
                'ü' => "ue",
                'å' => "aa",
                _ => "",
            };
            if !wide.is_empty() {
                out.push_str(wide);
                continue;
            }
        }
        if c == '\u{307}' {
            continue;
        }
        match PLAIN.iter().find(|(from, _)| from.contains(c)) {
            Some((_, to)) => out.push_str(to),
            None => out.push(c),
        }
    }
    out
}

/// Folded, and nothing but letters and digits.
pub(super) fn squeeze(text: &str, folding: Folding) -> String {
    fold(text, folding).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The usual ways to write Cyrillic and Greek with Latin letters.
pub(super) const SCHEMES: usize = 4;

fn cyrillic(c: char, scheme: usize, lang: &str, first: bool) -> Option<&'static str> {
    let german = scheme == 2;
    let passport = scheme == 1;
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' if german => "w",
        'в' => "v",
        'г' if lang == "uk" => "h",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' if scheme == 3 && first && lang != "bg" => "ye",
        'е' | 'э' => "e",
        'ё' if scheme == 3 => "yo",
        'ё' if german => "jo",
        'ё' => "e",
        'ж' if german => "sch",
        'ж' => "zh",
        'з' if german => "s",
        'з' => "z",
        'и' if lang == "uk" => "y",
        'и' | 'і' => "i",
        'й' if german => "j",
        'й' if passport => "i",
        'й' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' if german => "ch",
        'х' if lang == "bg" || scheme == 3 => "h",
        'х' => "kh",
        'ц' if german => "z",
        'ц' => "ts",
        'ч' if german => "tsch",
        'ч' => "ch",
        'ш' if german => "sch",
        'ш' => "sh",
        'щ' if german => "schtsch",
        'щ' if lang == "bg" => "sht",
        'щ' => "shch",
        'ъ' if lang == "bg" && scheme == 3 => "u",
        'ъ' if lang == "bg" => "a",
        'ъ' if passport => "ie",
        'ъ' | 'ь' => "",
        'ы' => "y",
        'ю' if german => "ju",
        'ю' if passport => "iu",
        'ю' => "yu",
        'я' if german => "ja",
        'я' if passport => "ia",
        'я' => "ya",
        'ї' if german => "ji",
        'ї' if passport => "i",
        'ї' => "yi",
        'є' if german => "je",
        'є' if passport => "ie",
        'є' => "ye",
        _ => return None,
    })
}

fn greek_pair(a: char, b: char, scheme: usize, first: bool) -> Option<&'static str> {
    let phonetic = scheme % 2 == 1;
    Some(match (a, b) {
        ('ο', 'υ' | 'ύ') => "ou",
        ('α', 'ι' | 'ί') if phonetic => "e",
        ('ε' | 'ο', 'ι' | 'ί') if phonetic => "i",
        ('α', 'υ' | 'ύ') => "av",
        ('ε', 'υ' | 'ύ') => "ev",
        ('γ', 'γ') => "ng",
        ('γ', 'κ') if phonetic => "g",
        ('γ', 'κ') => "gk",
        ('μ', 'π') if first || phonetic => "b",
        ('ν', 'τ') if phonetic => "d",
        ('τ', 'ζ') => "tz",
        _ => return None,
    })
}

fn greek(c: char, scheme: usize) -> Option<&'static str> {
    let phonetic = scheme % 2 == 1;
    Some(match c {
        'α' | 'ά' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' | 'έ' => "e",
        'ζ' => "z",
        'η' | 'ή' => "i",
        'θ' => "th",
        'ι' | 'ί' | 'ϊ' | 'ΐ' => "i",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ό' | 'ω' | 'ώ' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' | 'ύ' | 'ϋ' if phonetic => "i",
        'υ' | 'ύ' | 'ϋ' => "y",
        'φ' if phonetic => "ph",
        'φ' => "f",
        'χ' if phonetic => "h",
        'χ' => "ch",
        'ψ' => "ps",
        _ => return None,
    })
}

/// A name in Latin letters by one of the usual schemes; Latin letters pass.
pub(super) fn romanize(text: &str, scheme: usize, lang: &str) -> String {
    let lower: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let original: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut i = 0;
    while let Some(&c) = lower.get(i) {
        let first = i == 0;
        let next = lower.get(i + 1).copied();
        let last_two = i + 2 == lower.len();
        let (mut piece, mut used) = (String::new(), 1);
        if last_two && matches!((c, next), ('и' | 'ы', Some('й'))) && scheme == 0 {
            piece.push('y');
            used = 2;
        } else if let Some(pair) = next.and_then(|n| greek_pair(c, n, scheme, first)) {
            piece.push_str(pair);
            used = 2;
        } else if let Some(one) = cyrillic(c, scheme, lang, first).or_else(|| greek(c, scheme)) {
            piece.push_str(one);
        } else {
            piece.extend(original.get(i));
        }
        if original.get(i).is_some_and(|o| o.is_uppercase()) {
            piece = capital(&piece);
        }
        out.push_str(&piece);
        i += used;
    }
    out
}

/// The first letter in upper case.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// A CSV cell, quoted where needed.
pub(super) fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

/// A CSV line.
pub(super) fn row(cells: &[&str]) -> String {
    let mut line = cells.iter().map(|c| cell(c)).collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

/// A JSON string; an empty text is `null`.
pub(super) fn json(text: &str) -> String {
    if text.is_empty() {
        return "null".to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
