//! Breaks the cycles of aliases, which describe no value, or none that a type can be written for.
//!
//! Types that contain themselves otherwise are fine here: where a pointer is needed is for the model
//! of the SDK to decide.

use crate::diagnostic::Diagnostics;
use crate::ir::{Shape, Type, TypeDef, TypeId};

/// Breaks the cycles of aliases in `types`.
pub(in crate::lower) fn break_all(types: &mut [TypeDef], diagnostics: &mut Diagnostics) {
    break_cycles(types, held_by_value, |alias| {
        diagnostics.error(
            "schema-cycle",
            &alias.location,
            "the schema is made of nothing but itself, so it describes no value",
            "describe its values, or remove the schema",
        );
    });
    break_cycles(types, Type::named, |alias| {
        diagnostics.warning(
            "alias-cycle",
            &alias.location,
            "the schema is a list or map of nothing but itself, which no Rust type can express",
            "make it an object or a `oneOf`; until then its content is any JSON value",
        );
    });
}

/// Breaks the cycles at the alias that leads back to one before it. `next` gives the type that one
/// refers to.
fn break_cycles(
    types: &mut [TypeDef],
    next: impl Fn(&Type) -> Option<TypeId>,
    mut report: impl FnMut(&TypeDef),
) {
    // For each type, from where it was reached first.
    let mut reached_from = vec![None; types.len()];
    for start in 0..types.len() {
        let mut id = TypeId(start);
        while reached_from[id.0].is_none() {
            reached_from[id.0] = Some(start);
            let Shape::Alias(alias) = &types[id.0].shape else { break };
            let Some(to) = next(&alias.target) else { break };
            if reached_from[to.0] == Some(start) {
                report(&types[id.0]);
                let Shape::Alias(alias) = &mut types[id.0].shape else { break };
                *alias.target.innermost_mut() = Type::Any;
                break;
            }
            id = to;
        }
    }
}

/// The named type that a value of `ty` holds directly.
fn held_by_value(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(ty) => held_by_value(ty),
        Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) => None,
    }
}
