//! The headers that responses declare.

use crate::document::Cursor;
use crate::ir::ResponseHeader;
use crate::lower::docs;

use super::status::DeclaredResponse;

/// The headers of `responses`, each once, with the statuses that have it.
pub(super) fn lower<'a, 'd: 'a>(
    responses: impl Iterator<Item = &'a DeclaredResponse<'d>>,
) -> Vec<ResponseHeader> {
    let mut headers: Vec<ResponseHeader> = Vec::new();
    for response in responses {
        let declared = response.target.get("headers");
        for (name, place) in declared.iter().flat_map(Cursor::members) {
            match headers.iter_mut().find(|header| header.name.eq_ignore_ascii_case(name)) {
                Some(header) => header.statuses.push(response.status),
                None => headers.push(ResponseHeader {
                    name: name.to_owned(),
                    statuses: vec![response.status],
                    docs: docs::docs(&place),
                    examples: docs::examples(&place.follow()),
                }),
            }
        }
    }
    headers
}
