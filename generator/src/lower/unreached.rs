//! Drops what only the operations that were left out needed: security schemes, and what was reported about them
//! and about shared parts that nothing else refers to.
//!
//! Types are dropped by [`passes::reachability`](super::passes::reachability), as without a selection.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::selection::Selection;
use crate::diagnostic::{Diagnostics, Location, Pointer};
use crate::document::Cursor;
use crate::ir::{Api, SecuritySchemeId};

/// Drops the security schemes that no operation of `api` accepts.
pub(super) fn drop_security_schemes(api: &mut Api) {
    let requirements = api.operations.iter().flat_map(|operation| &operation.security);
    let used: BTreeSet<SecuritySchemeId> =
        requirements.flat_map(|requirement| requirement.schemes.iter().map(|(id, _)| *id)).collect();
    let places: BTreeMap<SecuritySchemeId, SecuritySchemeId> =
        used.iter().enumerate().map(|(place, id)| (*id, SecuritySchemeId(place))).collect();
    let schemes = std::mem::take(&mut api.security_schemes).into_iter().enumerate();
    let kept = schemes.filter(|(index, _)| used.contains(&SecuritySchemeId(*index)));
    api.security_schemes = kept.map(|(_, scheme)| scheme).collect();
    for requirement in api.operations.iter_mut().flat_map(|operation| &mut operation.security) {
        requirement.schemes.iter_mut().for_each(|(id, _)| *id = places[id]);
    }
}

/// Drops what was reported about operations that were left out, and about parts of `components` that no
/// operation refers to and no type of `api` is.
pub(super) fn drop_diagnostics(
    root: &Cursor<'_>,
    selection: &Selection,
    api: &Api,
    diagnostics: &mut Diagnostics,
) {
    let operations = selection.left_out.iter().map(|left_out| &left_out.operation);
    let paths = selection.left_out.iter().map(|left_out| &left_out.path);
    let paths = paths.filter(|path| !selection.kept_paths.contains(path));
    let left_out: BTreeSet<&Location> = operations.chain(paths).collect();
    let mut reached = shared_parts(root, &left_out);
    reached.extend(api.types.iter().filter_map(|ty| shared_part(&ty.location)));
    diagnostics.retain(|one| {
        let around = around(&one.location);
        !around.iter().any(|location| left_out.contains(location))
            && shared_part(&one.location).is_none_or(|part| reached.contains(&part))
    });
}

/// The parts of `components` that the paths of the document lead to, but for those through `left_out`.
fn shared_parts(root: &Cursor<'_>, left_out: &BTreeSet<&Location>) -> BTreeSet<Location> {
    let mut reached = BTreeSet::new();
    let mut seen = HashSet::new();
    let mut next: Vec<Cursor<'_>> = root.get("paths").into_iter().collect();
    while let Some(place) = next.pop() {
        if !seen.insert(place.address()) || left_out.contains(&place.location()) {
            continue;
        }
        reached.extend(shared_part(&place.location()));
        next.extend(place.reference());
        next.extend(place.members().map(|(_, value)| value));
        next.extend(place.items());
    }
    reached
}

/// The place in `components` that a location is at or in: `/components/schemas/File`.
fn shared_part(location: &Location) -> Option<Location> {
    let tokens: Vec<_> = location.pointer.tokens().take(3).collect();
    if tokens.len() < 3 || tokens[0] != "components" {
        return None;
    }
    let pointer = tokens.iter().fold(Pointer::default(), |pointer, token| pointer.child(token));
    Some(Location { file: location.file.clone(), pointer })
}

/// A location, and those around it.
fn around(location: &Location) -> Vec<Location> {
    let at = |pointer: &Pointer| Location { file: location.file.clone(), pointer: pointer.clone() };
    let pointers = std::iter::successors(Some(location.pointer.clone()), Pointer::parent);
    pointers.map(|pointer| at(&pointer)).collect()
}
