//! Checks what settings say against what crates, Rust and environments take.
//!
//! Each fault is reported at its line, all of them in one run. Whether what settings name is in the
//! document is for [`crate::lower`] to say.

use spdx::{Expression, ParseMode};

use super::crate_name::is_taken;
use super::{Config, Package};
use crate::diagnostic::Diagnostics;

/// What crates.io takes (`cargo publish` reports the same, much later).
const LONGEST_NAME: usize = 64;
const MOST_KEYWORDS: usize = 5;
const LONGEST_KEYWORD: usize = 20;

/// Old identifiers such as `GPL-3.0` are on the list of SPDX, and in use.
const LICENSES: ParseMode = ParseMode { allow_deprecated: true, ..ParseMode::STRICT };

/// Reports what is wrong with `config` by itself.
pub(crate) fn check(config: &Config, diagnostics: &mut Diagnostics) {
    if let Some(source) = &config.source {
        diagnostics.add_source(source.clone());
    }
    let mut checks = Checks { config, diagnostics };
    checks.package(&config.package);
    checks.names();
    checks.reasons();
    checks.others();
}

struct Checks<'a> {
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
}

impl Checks<'_> {
    /// Reports the setting at `keys`, unless it is as it should be.
    fn expect(&mut self, is_right: bool, keys: &[&str], message: impl FnOnce() -> String, help: &str) {
        if !is_right {
            self.diagnostics.error("config-invalid", self.config.location(keys), message(), help);
        }
    }

    fn package(&mut self, package: &Package) {
        let Package { name, version, license, repository, keywords, .. } = package;
        let is_valid = is_word(name, "-_") && name.len() <= LONGEST_NAME;
        self.expect(
            is_valid,
            &["crate", "name"],
            || format!("`{name}` cannot be the name of a crate"),
            "start with a letter, go on with letters, digits, `-` and `_`, and use 64 at most",
        );
        self.expect(
            !is_valid || !is_taken(name),
            &["crate", "name"],
            || format!("`{name}` is the name of another crate, or a word of Rust"),
            "choose another name",
        );
        if let Err(error) = semver::Version::parse(version) {
            let message = || format!("`{version}` is not a version: {error}");
            self.expect(false, &["crate", "version"], message, "write a version like `0.1.0`");
        }
        self.license(license.as_deref());
        self.expect(
            repository.as_deref().is_none_or(|url| url.starts_with("https://") || url.starts_with("http://")),
            &["crate", "repository"],
            || format!("`{}` is not an HTTP URL", repository.as_deref().unwrap_or_default()),
            "write the whole URL",
        );
        let message =
            || format!("there are {} keywords, and crates.io takes {MOST_KEYWORDS}", keywords.len());
        self.expect(keywords.len() <= MOST_KEYWORDS, &["crate", "keywords"], message, "keep the best ones");
        for (index, keyword) in keywords.iter().enumerate() {
            self.expect(
                is_word(keyword, "-_+") && keyword.len() <= LONGEST_KEYWORD,
                &["crate", "keywords", &index.to_string()],
                || format!("`{keyword}` is not a keyword that crates.io takes"),
                "use one word of up to 20 letters, digits, `-`, `_` and `+`",
            );
        }
    }

    /// A license is an expression of SPDX (version 2.3, annex D), in the form that Cargo and crates.io take.
    fn license(&mut self, license: Option<&str>) {
        let Some(license) = license else { return };
        if let Err(error) = Expression::parse_mode(license, LICENSES) {
            let message = || format!("`{license}` is not a license expression: {}", error.reason);
            let help =
                "use SPDX identifiers with `AND`, `OR` and `WITH` between them, like `MIT OR Apache-2.0`";
            self.expect(false, &["crate", "license"], message, help);
        }
    }

    /// The names that the settings give to what the document has.
    fn names(&mut self) {
        let help = "use letters, digits and underscores, and start with a letter";
        for (id, operation) in &self.config.operations {
            let name = operation.name.as_deref().unwrap_or("a");
            let message = || format!("`{name}` cannot be the name of a method");
            self.expect(is_word(name, "_"), &["operations", id, "name"], message, help);
            let resource = operation.resource.as_deref().unwrap_or("a");
            self.expect(
                resource.split('.').all(|part| is_word(part, "-_")),
                &["operations", id, "resource"],
                || format!("`{resource}` cannot be the name of a group"),
                "write the groups from the outermost on, with dots between them, like `beta.libraries`",
            );
        }
        for (id, rename) in &self.config.types {
            let message = || format!("`{}` cannot be the name of a type", rename.name);
            self.expect(is_word(&rename.name, "_"), &["types", id, "name"], message, help);
        }
    }

    fn variable(&mut self, name: &str, keys: &[&str]) {
        self.expect(
            is_variable(name),
            keys,
            || format!("`{name}` cannot be the name of an environment variable"),
            "use letters, digits and underscores, and start with a letter or an underscore",
        );
    }

    /// An entry that overrules a rule of ours says why.
    fn reasons(&mut self) {
        let operations = self.config.operations.iter();
        let operations = operations.map(|(id, operation)| ("operations", id, &operation.reason));
        let types = self.config.types.iter().map(|(id, rename)| ("types", id, &rename.reason));
        for (table, id, reason) in operations.chain(types) {
            self.expect(
                !reason.trim().is_empty(),
                &[table, id, "reason"],
                || format!("the settings for `{id}` have no reason"),
                "say why the rule is wrong here",
            );
        }
    }

    fn others(&mut self) {
        let environment = &self.config.environment;
        for (scheme, credential) in &environment.schemes {
            self.variable(&credential.variable, &["environment", scheme, "variable"]);
        }
        if let Some(variable) = &environment.base_url {
            self.variable(variable, &["environment", "base_url"]);
        }
        for (name, _) in &self.config.dev_dependencies {
            self.expect(
                is_word(name, "-_"),
                &["dev-dependencies", name],
                || format!("`{name}` cannot be the name of a crate"),
                "write the name of a crate as its key",
            );
        }
        for (index, example) in self.config.examples.iter().enumerate() {
            self.expect(
                is_word(&example.name, "-_"),
                &["example", &index.to_string(), "name"],
                || format!("`{}` cannot be the name of an example", example.name),
                "write the name of its file without the ending",
            );
        }
    }
}

/// Whether `text` starts with a letter and goes on with letters, digits and `others`.
fn is_word(text: &str, others: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || others.contains(letter))
}

/// Whether `text` is a name as shells take it (POSIX.1-2024, section 3.216).
fn is_variable(text: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    text.starts_with(|first: char| is_part(first) && !first.is_ascii_digit()) && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::is_variable;

    #[test]
    fn variables_are_names_of_a_shell() {
        for right in ["MISTRAL_API_KEY", "_key", "_", "k1"] {
            assert!(is_variable(right), "{right}");
        }
        for wrong in ["", "1a", "A-B", "_\0=\n", "_a b", "Ä"] {
            assert!(!is_variable(wrong), "{wrong:?}");
        }
    }
}
