//! Objects: structs and maps.

use super::defaults::DefaultSource;
use super::merged::{Merged, merge};
use super::null;
use super::steps::{Target, below};
use super::view::SchemaView;
use super::{Schemas, property};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Docs, Property, Shape, Struct, Type};

impl<'d> Schemas<'d> {
    /// A struct when properties are listed or no others are allowed; a map otherwise.
    pub(super) fn lower_object(
        &mut self,
        target: &mut Target<'_, 'd>,
        merged: &Merged<'d>,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let is_map =
            merged.properties.is_empty() && (!merged.is_closed || !merged.additional_properties.is_empty());
        if is_map {
            return Type::Map(Box::new(
                self.additional_properties(merged, target.name_parts, diagnostics).unwrap_or(Type::Any),
            ));
        }
        let id = self.reserve(target);
        let mut properties = Vec::new();
        for (place, (property, schema)) in
            self.lower_properties(merged, target.name_parts, diagnostics).into_iter().enumerate()
        {
            if property.default.is_some() {
                self.defaults.push(DefaultSource { struct_id: id, place, schema });
            }
            properties.push(property);
        }
        let additional_properties = self.additional_properties(merged, target.name_parts, diagnostics);
        self.types[id.0].shape = Shape::Struct(Struct { properties, additional_properties });
        Type::Named(id)
    }

    /// The properties that are listed, each with the first schema that describes it.
    pub(super) fn lower_properties(
        &mut self,
        merged: &Merged<'d>,
        name_parts: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Vec<(Property, Cursor<'d>)> {
        let mut properties = Vec::new();
        for (name, schemas) in &merged.properties {
            let is_required = merged.required.contains_key(name);
            if let Some(never) = schemas.iter().find(|schema| schema.as_bool() == Some(false)) {
                if is_required {
                    diagnostics.error(
                        "property-impossible",
                        never,
                        format!("the property `{name}` is required, but no value is allowed for it"),
                        "remove it from `required`, or describe its values",
                    );
                }
                continue;
            }
            let schemas = consistent(name, schemas, diagnostics);
            // The last schema narrows those before it, so that its place says which of their users it is.
            let narrowest = &schemas[schemas.len() - 1];
            let name_parts =
                self.place_elsewhere(narrowest, name_parts).unwrap_or_else(|| below(name_parts, name));
            let mut property = self.lower_property(name, schemas, &name_parts, diagnostics);
            if let Some([_, _, ..]) = merged.conditional.get(name).map(Vec::as_slice) {
                let views: Vec<_> = merged.conditional[name].iter().map(SchemaView::whole).collect();
                let ty = self.lower_any_of(&views, &name_parts, diagnostics);
                property = Property { ty, ..property::plain(name, Type::Any, property.docs) };
            }
            property.required = is_required;
            properties.push((property, schemas[0].clone()));
        }
        let undeclared = merged.required.iter().filter(|(name, _)| !merged.properties.contains_key(*name));
        if let (Some((_, schema)), false) = (properties.last().cloned(), merged.properties.is_empty()) {
            // What could not be resolved may describe them.
            let mut discarded = Diagnostics::default();
            let diagnostics = if merged.has_gap { &mut discarded } else { diagnostics };
            properties.extend(
                undeclared
                    .map(|(name, place)| (undeclared_property(name, place, diagnostics), schema.clone())),
            );
        }
        properties
    }

    /// The type of additional properties. A schema for some names only counts for all of them.
    fn additional_properties(
        &mut self,
        merged: &Merged<'d>,
        name_parts: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Option<Type> {
        let name_parts = below(name_parts, "value");
        let mut types: Vec<Type> = Vec::new();
        for schema in &merged.additional_properties {
            let ty = self.lower_nullable(&[SchemaView::whole(schema)], &name_parts, diagnostics);
            if !types.contains(&ty) {
                types.push(ty);
            }
        }
        match types.len() {
            0 => None,
            1 => types.pop(),
            _ => Some(Type::Any),
        }
    }
}

/// The schemas of a property that are consistent. A later one that contradicts the others was meant to
/// replace them, as in a class.
fn consistent<'s, 'd>(
    name: &str,
    schemas: &'s [Cursor<'d>],
    diagnostics: &mut Diagnostics,
) -> &'s [Cursor<'d>] {
    let [_, .., last] = schemas else { return schemas };
    if let Some(null) = schemas.iter().position(null::is_only) {
        return &schemas[null..=null];
    }
    if !is_conflict(schemas) {
        return schemas;
    }
    diagnostics.error(
        "property-conflict",
        last,
        format!("the schemas that apply to the property `{name}` allow no value together"),
        "describe the property the same way everywhere, or in one place only",
    );
    std::slice::from_ref(last)
}

/// Whether several schemas describe a property so that no value is allowed.
fn is_conflict(schemas: &[Cursor<'_>]) -> bool {
    let views: Vec<_> = schemas.iter().map(SchemaView::whole).collect();
    merge(&views, &mut Diagnostics::default()).is_contradiction
}

/// Whether no value is allowed for one of the properties.
pub(super) fn has_conflict(merged: &Merged<'_>) -> bool {
    merged.properties.values().any(|schemas| schemas.len() > 1 && is_conflict(schemas))
}

/// A property that is required but not described. Its name may be misspelled, so it is optional.
fn undeclared_property(name: &str, place: &Cursor<'_>, diagnostics: &mut Diagnostics) -> Property {
    diagnostics.warning(
        "required-undeclared",
        place,
        format!("`required` lists the property `{name}`, which `properties` does not describe"),
        "describe it in `properties`, or correct its name; until then it is optional and of any type",
    );
    property::plain(name, Type::Any, Docs::default())
}
