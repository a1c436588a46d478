//! Words in, names in Rust's cases out.
//!
//! Knows what Rust accepts as an identifier; not where a name is used.

use super::words;

use crate::config::is_keyword;

/// Longer names lose words: nobody reads more, and file systems allow 255 bytes.
const LONGEST: usize = 80;

/// What crates.io takes for the name of a crate; those of features are kept to it, too.
const LONGEST_FEATURE: usize = 64;

/// What comes later in a text has no part in its name.
const MOST_READ: usize = 4096;

/// `file_kind`, or nothing when `text` has no letter or digit.
pub(super) fn snake(text: &str) -> Option<String> {
    named(&short(text).join("_"), "n_")
}

/// `file_kind` with nothing but ASCII, as it is the name of a file.
pub(super) fn module(text: &str) -> Option<String> {
    snake(&in_ascii(text))
}

/// `FileKind`, or nothing when `text` has no letter or digit.
pub(super) fn upper_camel(text: &str) -> Option<String> {
    named(&camel(&short(text)), "N")
}

/// `FILE_PURPOSE`, or nothing when `text` has no letter or digit.
pub(super) fn shouty(text: &str) -> Option<String> {
    named(&short(text).join("_").to_ascii_uppercase(), "N_")
}

/// `file-purpose`, for Cargo, or nothing when `text` has no letter or digit.
pub(super) fn kebab(text: &str) -> Option<String> {
    let words = shortened(words(&in_ascii(text)), LONGEST_FEATURE);
    (!words.is_empty()).then(|| words.join("-"))
}

/// The words of `text`, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    words::split(&spell_out(text))
}

/// Marks `name` as not being a keyword.
pub(super) fn unreserved(name: String) -> String {
    if is_keyword(&name) { name + "_" } else { name }
}

/// The words of `text`, fewer of them when it is long.
fn short(text: &str) -> Vec<String> {
    shortened(words(text), LONGEST)
}

/// Words with capitals at their beginnings. Numbers side by side stay apart, as Rust allows it.
fn camel(words: &[String]) -> String {
    let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let mut name = String::new();
    for word in words {
        let mut letters = word.chars();
        let first = letters.next();
        if is_digit(name.chars().next_back()) && is_digit(first) {
            name.push('_');
        }
        name.extend(first.map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

/// Whether a name of these words keeps all of them.
pub(super) fn is_short(words: &[String]) -> bool {
    words.iter().map(|word| word.len() + 1).sum::<usize>() <= LONGEST + 1
}

/// The words without some in the middle: what a name begins with says what it belongs to, and what it
/// ends with tells it from its neighbors. The same words always lose the same.
fn shortened(mut words: Vec<String>, longest: usize) -> Vec<String> {
    let mut length: usize = words.iter().map(|word| word.len() + 1).sum();
    while length > longest + 1 && words.len() > 1 {
        let dropped = words.remove(words.len() / 2);
        length -= dropped.len() + 1;
    }
    if let [only] = words.as_mut_slice() {
        let end =
            only.char_indices().map(|(at, letter)| at + letter.len_utf8()).take_while(|end| *end <= longest);
        only.truncate(end.last().unwrap_or_default());
    }
    words
}

/// A name cannot start with a digit.
fn named(name: &str, before_digit: &str) -> Option<String> {
    let first = name.chars().next()?;
    let name = if first.is_ascii_digit() { format!("{before_digit}{name}") } else { name.to_owned() };
    Some(unreserved(name))
}

/// Text with nothing but letters, digits and spaces.
///
/// Letters beyond ASCII are written as they sound, but for those that nobody reads in this form. A sign before a
/// digit is a word, so that `+1` and `-1` differ, and so is an asterisk that stands for anything: `documents.*`,
/// `*.get`. Where there is nothing but signs, each of them is.
fn spell_out(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len().min(MOST_READ));
    let is_plain = text.chars().any(char::is_alphanumeric);
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if spelled.len() > MOST_READ {
            break;
        }
        let after_word = before.is_some_and(char::is_alphanumeric);
        let before_digit = rest.peek().is_some_and(char::is_ascii_digit);
        match character {
            letter if letter.is_ascii_alphanumeric() || words::is_east_asian(letter) => spelled.push(letter),
            letter if letter.is_alphanumeric() => {
                spelled.push_str(&transliterated(letter));
            }
            // `don't` is one word.
            '\'' | '\u{2019}' => {}
            '*' if is_wildcard(before, rest.peek().copied()) => spelled.push_str(&word(&sign_name('*'))),
            sign if !is_plain || (matches!(sign, '+' | '-') && before_digit && !after_word) => {
                spelled.push_str(&word(&sign_name(sign)));
            }
            _ => spelled.push(' '),
        }
        before = Some(character);
    }
    spelled
}

/// Whether an asterisk between these stands for anything.
fn is_wildcard(before: Option<char>, after: Option<char>) -> bool {
    let is_end = |sign: Option<char>| sign.is_none_or(|sign| matches!(sign, '.' | '/' | ':'));
    is_end(before) && is_end(after)
}

/// Text in which no letter is left that [`spell_out`] keeps although it is not of ASCII.
fn in_ascii(text: &str) -> String {
    let letters = text.chars();
    let spelled = letters
        .map(|letter| if words::is_east_asian(letter) { transliterated(letter) } else { letter.to_string() });
    spelled.collect()
}

/// How a letter that is not of ASCII is written in ASCII.
fn transliterated(letter: char) -> String {
    // A soft sign is an apostrophe, which is no letter.
    let plain = deunicode::deunicode_char(letter).map(|text| text.replace(['\'', '`'], ""));
    let is_plain = |text: &String| text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == ' ');
    plain.filter(is_plain).unwrap_or_else(|| word(&format!("u{:x}", u32::from(letter))))
}

/// Something that stands by itself.
fn word(text: &str) -> String {
    format!(" {text} ")
}

fn sign_name(sign: char) -> String {
    let name = match sign {
        '+' => "plus",
        '-' => "minus",
        '*' => "all",
        '/' => "slash",
        '%' => "percent",
        '=' => "equal",
        '!' => "not",
        '<' => "less",
        '>' => "greater",
        '~' => "tilde",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '_' => "underscore",
        ' ' => "space",
        other => return format!("u{:x}", u32::from(other)),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{kebab, module, shouty, snake, upper_camel, words};

    #[test]
    fn cases_are_those_of_rust() {
        assert_eq!(upper_camel("FileSignedURL").as_deref(), Some("FileSignedUrl"));
        assert_eq!(upper_camel("io.k8s.api.core.v1.Pod").as_deref(), Some("IoK8sApiCoreV1Pod"));
        assert_eq!(snake("X-Request-ID").as_deref(), Some("x_request_id"));
        assert_eq!(shouty("fine-tune").as_deref(), Some("FINE_TUNE"));
        assert_eq!(words("createChatCompletion"), ["create", "chat", "completion"]);
        assert_eq!(upper_camel("gpt-4-0613").as_deref(), Some("Gpt4_0613"));
    }

    #[test]
    fn every_text_with_content_has_a_name_that_rust_accepts() {
        for (text, name) in [
            ("type", "type_"),
            ("Self", "self_"),
            ("2fa", "n_2fa"),
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("<=", "less_equal"),
            ("*", "all"),
            ("documents.*", "documents_all"),
            ("*.get", "all_get"),
            ("5* or 2 * 3", "n_5_or_2_3"),
            ("don't", "dont"),
            ("naïve", "naive"),
            ("Größe", "grosse"),
            ("имя файла", "imia_faila"),
            ("北京", "北京"),
            ("ファイル名Id", "ファイル名_id"),
            ("파일 이름", "파일_이름"),
            ("a\u{202e}b\"#", "a_b"),
        ] {
            assert_eq!(snake(text).as_deref(), Some(name), "{text}");
        }
        assert_eq!(snake(""), None);
        assert_eq!(module("北京").as_deref(), Some("bei_jing"));
        assert_eq!(kebab("北京").as_deref(), Some("bei-jing"));
        assert_eq!(upper_camel("北京 file").as_deref(), Some("北京File"));
        assert_eq!(upper_camel("self").as_deref(), Some("Self_"));
    }

    #[test]
    fn a_long_name_loses_words_in_its_middle() {
        let words: Vec<String> = (0..200).map(|number| format!("word{number}")).collect();
        let name = snake(&words.join(" ")).expect("it has words");
        assert_eq!(name, "word0_word1_word2_word3_word4_word5_word195_word196_word197_word198_word199");
        assert_eq!(upper_camel(&words.join("-")).expect("it has words").len(), 65);
        assert_eq!(snake(&"a".repeat(10_000_000)).map(|name| name.len()), Some(super::LONGEST));
        assert_eq!(snake(&"名".repeat(100)).map(|name| name.chars().count()), Some(26));
        assert_eq!(kebab(&"ab ".repeat(100)).map(|name| name.len()), Some(62));
    }
}
