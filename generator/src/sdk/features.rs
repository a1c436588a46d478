//! The Cargo features of the crate: one for each group at the top, and those of the runtime.

use super::{Resource, ResourceId};

/// A Cargo feature.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// Whether it is on unless it is turned off.
    pub is_default: bool,
    /// The group that it compiles; `None` for a feature of the runtime.
    pub resource: Option<ResourceId>,
    /// What it is for, in a sentence.
    pub description: &'static str,
}

/// The features of the runtime, whose manifest defines them.
const RUNTIME: &[(&str, bool, &str)] = &[
    ("rustls", true, "TLS through rustls."),
    ("native-tls", false, "TLS through the library of the operating system, in place of `rustls`."),
    ("blocking", false, "Calls from code that is not async."),
    ("tracing", false, "A span for each call and an event for each attempt."),
    ("test", false, "A transport without a network, for tests of code that uses this crate."),
];

/// The features of a crate with these resources: those of groups first.
pub(super) fn plan(resources: &[Resource]) -> Vec<Feature> {
    let top = resources.iter().enumerate().filter(|(_, resource)| resource.parent.is_none());
    let groups = top.map(|(index, resource)| Feature {
        name: resource.feature.clone(),
        is_default: true,
        resource: Some(ResourceId(index)),
        description: "The operations of this group.",
    });
    let runtime = RUNTIME.iter().map(|(name, is_default, description)| Feature {
        name: (*name).to_owned(),
        is_default: *is_default,
        resource: None,
        description,
    });
    groups.chain(runtime).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn features_of_the_runtime_are_those_of_its_manifest() {
        let manifest: toml::Table =
            toml::from_str(include_str!("../../runtime/manifest.toml")).expect("the manifest is TOML");
        let defined = manifest["features"].as_table().expect("the runtime has features");
        let names: BTreeSet<&str> = super::RUNTIME.iter().map(|(name, ..)| *name).collect();
        let expected: BTreeSet<&str> =
            defined.keys().map(String::as_str).filter(|name| *name != "default").collect();
        assert_eq!(names, expected);
        let defaults: Vec<&str> =
            super::RUNTIME.iter().filter(|(_, is_default, _)| *is_default).map(|(name, ..)| *name).collect();
        let expected: Vec<&str> =
            defined["default"].as_array().into_iter().flatten().filter_map(toml::Value::as_str).collect();
        assert_eq!(defaults, expected);
    }
}
