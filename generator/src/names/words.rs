//! Text in, its words out: where they begin, and their singular.
//!
//! Knows English and how programmers write it; not what a name is for.

/// Words whose capitals do not begin words, as they are written.
const SPELLINGS: &[&str] = &[
    "DevOps",
    "GitHub",
    "GitLab",
    "GraphQL",
    "IPv4",
    "IPv6",
    "JavaScript",
    "MySQL",
    "NoSQL",
    "OAuth",
    "OpenID",
    "OpenAPI",
    "PostgreSQL",
    "TypeScript",
    "WebRTC",
    "WebSocket",
    "iOS",
    "macOS",
];

/// Plurals that no rule gives the singular of.
const IRREGULAR: &[(&str, &str)] = &[
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("biases", "bias"),
    ("caches", "cache"),
    ("canvases", "canvas"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("criteria", "criterion"),
    ("indices", "index"),
    ("matrices", "matrix"),
    ("movies", "movie"),
    ("people", "person"),
    ("quizzes", "quiz"),
    ("vertices", "vertex"),
];

/// Words that end like plurals and are none.
const UNCOUNTABLE: &[&str] =
    &["aws", "dns", "https", "kubernetes", "news", "series", "sms", "species", "tls"];

/// The words of `text`, in lower case: `UserIDs` is `user ids`, and `OAuth2Tokens` is `oauth2 tokens`.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || is_east_asian(letter);
    for run in text.split(|letter: char| !is_letter(letter)).filter(|run| !run.is_empty()) {
        let mut rest = run;
        while !rest.is_empty() {
            let end = first_word(rest);
            words.push(rest[..end].to_ascii_lowercase());
            rest = &rest[end..];
        }
    }
    words
}

/// Whether `letter` is of Chinese, Japanese or Korean: a letter of a name as it stands, which has no case, and of
/// which Unicode has one form alone.
pub(super) fn is_east_asian(letter: char) -> bool {
    let hanzi = ['\u{3400}'..='\u{4dbf}', '\u{4e00}'..='\u{9fff}', '々'..='々'];
    let kana = ['ぁ'..='ゖ', 'ァ'..='ヺ', 'ー'..='ー'];
    let hangul = ['가'..='힣'];
    hanzi.iter().chain(&kana).chain(&hangul).any(|letters| letters.contains(&letter))
}

/// Where the first word of `run` ends, which has nothing but letters and digits.
fn first_word(run: &str) -> usize {
    let spelled = SPELLINGS.iter().find(|word| run.starts_with(**word) && !goes_on(&run[word.len()..]));
    if let Some(word) = spelled {
        return word.len() + digits(&run[word.len()..]);
    }
    let bytes = run.as_bytes();
    let capitals = bytes.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let rest = &bytes[capitals..];
    let small = rest.iter().take_while(|byte| !byte.is_ascii_uppercase()).count();
    match capitals {
        0 | 1 => capitals + small,
        // `IDs`, `URLs`: a plural.
        _ if rest.first() == Some(&b's') && small == 1 => capitals + 1,
        _ if rest.first().is_some_and(u8::is_ascii_lowercase) => capitals - 1,
        _ => capitals + digits(&run[capitals..]),
    }
}

/// Whether a word goes on with `rest`.
fn goes_on(rest: &str) -> bool {
    rest.starts_with(|letter: char| letter.is_ascii_lowercase())
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The singular of `word`, which is in lower case; the word itself when it is no plural.
pub(super) fn singular(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    let cut = |letters: usize, end: &str| format!("{}{end}", &word[..word.len() - letters]);
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    if word.len() < 4 && word != "ids" || !word.ends_with('s') || UNCOUNTABLE.contains(&word) {
        word.to_owned()
    } else if word.len() > 4 && ends(&["ies"]) {
        cut(3, "y")
    } else if ends(&["ches", "shes", "sses", "xes"]) || is_us(word) {
        cut(2, "")
    } else if ends(&["ss", "us", "is"]) {
        word.to_owned()
    } else {
        cut(1, "")
    }
}

/// Whether `word` is the plural of one in `us`: `statuses`, but not `causes` or `uses`.
fn is_us(word: &str) -> bool {
    let before = word.strip_suffix("uses").and_then(|start| start.chars().next_back());
    word.len() > 5 && before.is_some_and(|letter| !matches!(letter, 'a' | 'e' | 'f' | 'o'))
}

/// Whether `word` is among `words`, be it in the singular or the plural.
pub(super) fn has(words: &[String], word: &str) -> bool {
    words.iter().any(|other| other == word || singular(other) == singular(word))
}

/// Takes a word apart that was written without anything between its parts (`listprojectkeys`), when all of it
/// is made of words that `is_known`.
pub(super) fn split_run_together(word: &str, is_known: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    if word.len() < SHORTEST_RUN || word.len() > LONGEST_RUN || !word.is_ascii() || is_known(word) {
        return None;
    }
    // The fewest words that end at each place.
    let mut best: Vec<Option<Vec<&str>>> = vec![None; word.len() + 1];
    best[0] = Some(Vec::new());
    for end in 1..=word.len() {
        for start in 0..end {
            let Some(before) = &best[start] else { continue };
            let is_better = best[end].as_ref().is_none_or(|best| before.len() + 1 < best.len());
            if is_better && is_known(&word[start..end]) {
                let parts = before.iter().copied().chain([&word[start..end]]).collect();
                best[end] = Some(parts);
            }
        }
    }
    best.pop().flatten().map(|parts| parts.into_iter().map(str::to_owned).collect())
}

/// Shorter words are words.
const SHORTEST_RUN: usize = 9;

/// Nobody writes longer ones, and it takes time to take them apart.
const LONGEST_RUN: usize = 80;

#[cfg(test)]
mod tests {
    use super::{singular, split, split_run_together};

    #[test]
    fn capitals_begin_words() {
        for (text, words) in [
            ("listFiles", "list files"),
            ("FileSignedURL", "file signed url"),
            ("HTTPServer", "http server"),
            ("userIDs", "user ids"),
            ("imageURLsAllowed", "image urls allowed"),
            ("ACLs", "acls"),
            ("OAuth2Token", "oauth2 token"),
            ("IPv6Address", "ipv6 address"),
            ("linkGitHubAccount", "link github account"),
            ("v1beta1Pod", "v1beta1 pod"),
            ("getK8sConfig", "get k8s config"),
            ("S3Bucket", "s3 bucket"),
            ("file_id-list", "file id list"),
            ("XMLs", "xmls"),
        ] {
            assert_eq!(split(text).join(" "), words, "{text}");
        }
    }

    #[test]
    fn plurals_have_a_singular() {
        for (plural, word) in [
            ("choices", "choice"),
            ("categories", "category"),
            ("addresses", "address"),
            ("statuses", "status"),
            ("databases", "database"),
            ("batches", "batch"),
            ("boxes", "box"),
            ("caches", "cache"),
            ("indices", "index"),
            ("uses", "use"),
            ("causes", "cause"),
            ("ids", "id"),
            ("responses", "response"),
        ] {
            assert_eq!(singular(plural), word);
        }
        for word in ["status", "address", "analysis", "dns", "bus", "data", "gas"] {
            assert_eq!(singular(word), word);
        }
    }

    #[test]
    fn words_that_are_run_together_are_split_only_as_a_whole() {
        let is_known = |word: &str| ["list", "project", "keys", "by"].contains(&word);
        let split = |word| split_run_together(word, is_known).map(|words| words.join(" "));
        assert_eq!(split("listprojectkeys").as_deref(), Some("list project keys"));
        assert_eq!(split("listprojectkeysx"), None);
        assert_eq!(split("listing"), None);
    }
}
