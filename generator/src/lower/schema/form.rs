//! The properties of objects that are sent as forms, which have no variants.

use indexmap::IndexMap;

use super::Schemas;
use super::merged::{OneOf, merge};
use super::steps::below;
use super::view::SchemaView;
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::Property;

/// How deep nested `oneOf`s are followed.
const LIMIT: usize = 8;

impl<'d> Schemas<'d> {
    /// The properties of what satisfies all of `views`, and of all the variants that it may have. Those that
    /// not every variant requires are optional.
    pub(super) fn properties_of_all(
        &mut self,
        views: &[SchemaView<'d>],
        name_parts: &[String],
        depth: usize,
        diagnostics: &mut Diagnostics,
    ) -> Vec<(Property, Cursor<'d>)> {
        if depth > 0 && !self.budget.take(diagnostics) {
            return Vec::new();
        }
        let mut merged = merge(views, diagnostics);
        let one_ofs = self.one_ofs(views, &mut merged, diagnostics);
        let mut properties = self.lower_properties(&merged, name_parts, diagnostics);
        if depth >= LIMIT {
            return properties;
        }
        for one_of in &one_ofs {
            for (property, schema) in self.properties_of_any(one_of, name_parts, depth, diagnostics) {
                if !properties.iter().any(|(other, _)| other.name == property.name) {
                    properties.push((property, schema));
                }
            }
        }
        properties
    }

    fn properties_of_any(
        &mut self,
        one_of: &OneOf<'d>,
        name_parts: &[String],
        depth: usize,
        diagnostics: &mut Diagnostics,
    ) -> Vec<(Property, Cursor<'d>)> {
        let variants = self.variants(one_of);
        let mut by_name: IndexMap<String, Vec<(Property, Cursor<'d>)>> = IndexMap::new();
        for variant in &variants {
            let views = std::slice::from_ref(variant);
            for (property, schema) in self.properties_of_all(views, name_parts, depth + 1, diagnostics) {
                by_name.entry(property.name.clone()).or_default().push((property, schema));
            }
        }
        let mut properties = Vec::new();
        for (name, uses) in by_name {
            let is_required =
                uses.len() == variants.len() && uses.iter().all(|(property, _)| property.required);
            let is_same = uses
                .iter()
                .all(|(property, _)| property.ty == uses[0].0.ty && property.constant == uses[0].0.constant);
            let mut property = uses[0].0.clone();
            if !is_same {
                let schemas: Vec<_> = uses.iter().map(|(_, schema)| SchemaView::whole(schema)).collect();
                property.ty = self.lower_any_of(&schemas, &below(name_parts, &name), diagnostics);
                property.constant = None;
                property.prefilled = false;
            }
            property.required = is_required;
            properties.push((property, uses[0].1.clone()));
        }
        properties
    }
}
