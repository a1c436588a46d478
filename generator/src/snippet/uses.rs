//! The `use` lines of example code.
//!
//! Knows nothing of what is imported.

use std::collections::{BTreeMap, BTreeSet};

/// Paths that are imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uses {
    paths: BTreeSet<String>,
}

impl Uses {
    /// Adds the path of an item.
    pub(crate) fn name(&mut self, path: &str) {
        self.paths.insert(path.to_owned());
    }

    /// Adds all of `other`.
    pub(crate) fn add(&mut self, other: &Self) {
        self.paths.extend(other.paths.iter().cloned());
    }

    /// The `use` lines, one for each module.
    pub(crate) fn print(&self) -> String {
        let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in &self.paths {
            let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
            modules.entry(module).or_default().push(name);
        }
        let mut lines: Vec<String> = modules.iter().map(|(module, names)| line(module, names)).collect();
        // Lists stand behind single names, as rustfmt has it.
        lines.sort_by_key(|line| line.replace('{', "~"));
        super::layout::uses(&lines.concat())
    }
}

fn line(module: &str, names: &[&str]) -> String {
    match names {
        [name] if module.is_empty() => format!("use {name};\n"),
        [name] => format!("use {module}::{name};\n"),
        _ => format!("use {module}::{{{}}};\n", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_a_module_share_a_line() {
        let mut uses = Uses::default();
        for path in ["pets::models::Dog", "std::collections::BTreeMap", "pets::Client", "pets::models::Cat"] {
            uses.name(path);
        }
        let expected = "use pets::Client;\nuse pets::models::{Cat, Dog};\nuse std::collections::BTreeMap;\n";
        assert_eq!(uses.print(), expected);
    }
}
