//! What the test of the rules has to notice.

use std::fs;
use std::path::Path;

use super::source::Crate;
use super::table::{Layer, Owner};
use super::{Broken, Tree, check};

const FILES: [(&str, &str); 4] = [
    ("lib.rs", "pub mod low; pub mod middle; pub mod top; pub use top::Top;"),
    (
        "low.rs",
        "use crate::Top as Renamed;
        fn a() { let _ = super::middle::function; }
        fn b() { assert!(crate::top::is_there()); }
        #[cfg(test)]
        mod tests { use crate::untested::Untested; }
        fn c() { quote! { crate::emitted::Name } }",
    ),
    ("middle.rs", "pub use serde_yaml::Value; pub fn function() {} fn d() { format_ident!(\"x\"); }"),
    (
        "top.rs",
        "use crate::middle::Value; use crate::low; pub struct Top; mod inner { use super::super::low; }",
    ),
];

#[test]
fn imports_in_the_wrong_place_are_noticed() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("structure");
    fs::create_dir_all(&folder).expect("the target folder can be written to");
    for (name, text) in FILES {
        fs::write(folder.join(name), text).expect("the target folder can be written to");
    }
    let layer = |folder: &str, not: &[&str]| Layer {
        folders: vec![folder.to_owned()],
        not: not.iter().map(|name| (*name).to_owned()).collect(),
    };
    let layers = [layer("low", &[]), layer("middle", &[]), layer("top", &["low", "serde_yaml"])];
    let owners = [Owner {
        what: vec!["format_ident!".to_owned(), "serde_yaml".to_owned()],
        places: vec!["elsewhere".to_owned()],
    }];
    let tree = Tree { head: "crate", root: "", module: &[], manifest: "generator/Cargo.toml" };
    let mut broken = Broken::default();
    check(&tree, &Crate::read(&folder.join("lib.rs")), &layers, &owners, &mut broken);
    let rules: Vec<&str> = broken.0.keys().map(String::as_str).collect();
    assert_eq!(
        rules,
        [
            "crate: `format_ident!` in `middle`",
            "crate: `low` imports `middle`",
            "crate: `low` imports `top`",
            "crate: `serde_yaml` in `middle`",
            "crate: `serde_yaml` in `top`",
            "crate: `top` must not know `low`",
            "crate: `top` must not know `serde_yaml`",
        ]
    );
    let through_the_root = "low.rs: crate::Top";
    let places = &broken.0["crate: `low` imports `top`"];
    assert!(places.len() == 2 && places.iter().any(|place| place.ends_with(through_the_root)), "{places:?}");
}
