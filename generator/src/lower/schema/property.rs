//! Properties of objects: the type, and what the document says about its use there.

use serde_json::Value;

use super::enumeration;
use super::merged::merge;
use super::view::{SchemaView, address};
use super::{Schemas, docs, unwrap};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Docs, Property, Type};

impl<'d> Schemas<'d> {
    /// Lowers what satisfies all of `schemas` as the property `name`.
    pub(super) fn lower_property(
        &mut self,
        name: &str,
        schemas: &[Cursor<'d>],
        name_parts: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Property {
        let views: Vec<_> = schemas.iter().map(SchemaView::whole).collect();
        let paths = schemas.iter().map(|schema| unwrap::path(schema, |_| false));
        let paths: Vec<_> = paths.collect();
        let all: Vec<&Cursor<'d>> = paths.iter().flatten().collect();
        // What a named type says is documented there.
        let here = paths.iter().map(|path| {
            let is_named = |place: &Cursor<'d>| self.components.contains_key(&address(place));
            &path[..path.iter().position(is_named).unwrap_or(path.len())]
        });
        // A later schema narrows those before it, so that its texts and its default count.
        let docs = docs::first(here.clone().rev().flatten(), name);
        let examples = here.flatten().flat_map(docs::examples).collect();
        let innermost: Vec<_> = paths.iter().filter_map(|path| path.last()).map(SchemaView::whole).collect();
        let constant = if self.nulls.allow(&views) { None } else { constant(&innermost) };
        let ty = match constant.as_ref().and_then(enumeration::scalar) {
            Some(scalar) => {
                // What is wrong with it was discarded above, and nothing else lowers it.
                if innermost.iter().all(|view| !self.components.contains_key(&address(&view.schema))) {
                    merge(&innermost, diagnostics);
                }
                Type::Scalar(scalar)
            }
            None => self.lower_nullable(&views, name_parts, diagnostics),
        };
        let default = paths.iter().rev().flatten().find_map(|place| place.get("default"));
        let default = default.map(|default| default.value().clone());
        Property {
            prefilled: constant.is_some() && constant == default,
            constant,
            default,
            read_only: all.iter().any(|place| place.bool("readOnly") == Some(true)),
            write_only: all.iter().any(|place| place.bool("writeOnly") == Some(true)),
            examples,
            ..plain(name, ty, docs)
        }
    }
}

/// The only value that satisfies all of `views`, when it is a scalar.
pub(super) fn constant(views: &[SchemaView<'_>]) -> Option<Value> {
    // Most properties cannot have one, and merging takes time.
    let may_have = |view: &SchemaView<'_>| {
        ["enum", "const", "allOf", "$ref"].iter().any(|keyword| view.schema.get(keyword).is_some())
    };
    if !views.iter().any(may_have) {
        return None;
    }
    let merged = merge(views, &mut Diagnostics::default());
    match merged.values?.as_slice() {
        [only] if enumeration::scalar(&only.value).is_some() => Some(only.value.clone()),
        _ => None,
    }
}

/// A property without further keywords.
pub(super) fn plain(name: &str, ty: Type, docs: Docs) -> Property {
    Property {
        name: name.to_owned(),
        ty,
        required: false,
        constant: None,
        prefilled: false,
        default: None,
        read_only: false,
        write_only: false,
        docs,
        examples: Vec::new(),
    }
}
