//! The rules for names, each with the smallest document that shows it.

use super::endpoint::Endpoint;
use super::{Named, decide_for, source};
use crate::config::{Config, ResourceSource};
use crate::ir::{Labels, Method};

/// `GET /files` with an id and a tag; `*` behind the path for one that gives a list.
type Row = (&'static str, &'static str, &'static str);

fn labels(rows: &[Row]) -> Vec<Labels> {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    rows.iter().map(|(_, id, tag)| Labels { id: some(id), tag: some(tag), ..Labels::default() }).collect()
}

fn endpoint<'a>(row: &'a Row, labels: &'a Labels) -> Endpoint<'a> {
    let (verb, path) = row.0.split_once(' ').expect("a row begins with a method");
    let methods = [Method::Get, Method::Put, Method::Post, Method::Delete, Method::Patch, Method::Head];
    let parameters = path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
    Endpoint {
        id: row.1,
        labels,
        tag_path: labels.tag.as_deref().map(source::tag_parts).unwrap_or_default(),
        method: methods.into_iter().find(|method| method.as_str() == verb).expect("the method is known"),
        path: path.trim_end_matches('*'),
        query: &[],
        path_parameters: parameters.collect(),
        gives_list: path.ends_with('*'),
        has_body: ["POST", "PUT", "PATCH"].contains(&verb),
    }
}

/// The names of operations, and where the resources were taken from.
fn names(rows: &[Row]) -> (ResourceSource, Vec<String>) {
    let labels = labels(rows);
    let endpoints: Vec<Endpoint<'_>> =
        rows.iter().zip(&labels).map(|(row, labels)| endpoint(row, labels)).collect();
    let naming = decide_for(&endpoints, &Config::named("sdk"));
    let shown = |Named { resource, method }: &Named| format!("{}.{method}", resource.join("."));
    (naming.source, naming.operations.iter().map(shown).collect())
}

#[track_caller]
fn check(source: ResourceSource, rows: &[(&'static str, &'static str, &'static str, &str)]) {
    let operations: Vec<Row> = rows.iter().map(|(operation, id, tag, _)| (*operation, *id, *tag)).collect();
    let (taken, names) = names(&operations);
    let expected: Vec<&str> = rows.iter().map(|(.., name)| *name).collect();
    assert_eq!(names, expected);
    assert_eq!(taken, source);
}

#[test]
fn paths_give_groups_and_verbs() {
    check(
        ResourceSource::Paths,
        &[
            ("GET /v1/customers*", "GetCustomers", "", "customers.list"),
            ("POST /v1/customers", "PostCustomers", "", "customers.create"),
            ("GET /v1/customers/{id}", "GetCustomersCustomer", "", "customers.get"),
            ("POST /v1/customers/{id}", "PostCustomersCustomer", "", "customers.update"),
            ("DELETE /v1/customers/{id}", "DeleteCustomersCustomer", "", "customers.delete"),
            ("GET /v1/customers/search*", "GetCustomersSearch", "", "customers.search"),
            ("POST /v1/customers/{id}/merge", "PostCustomersMerge", "", "customers.merge"),
            ("POST /v1/checkout/sessions", "PostCheckoutSessions", "", "checkout.sessions.create"),
            ("GET /v1/customers/{id}/sources*", "GetCustomersSources", "", "customers.sources.list"),
            ("GET /v1/customers/{id}/balance", "GetCustomersBalance", "", "customers.balance"),
            ("GET /v1/account", "GetAccount", "", "account.get"),
            ("POST /v1/account", "PostAccount", "", "account.update"),
        ],
    );
}

#[test]
fn post_creates_where_put_or_patch_updates() {
    check(
        ResourceSource::Paths,
        &[
            ("PATCH /bookmarks/{id}", "a", "", "bookmarks.update"),
            ("PUT /bookmarks/{id}", "b", "", "bookmarks.replace"),
            ("POST /bookmarks/{id}", "c", "", "bookmarks.create"),
            ("PUT /settings", "d", "", "settings.update"),
            ("DELETE /bookmarks/{id}", "e", "", "bookmarks.delete"),
            ("DELETE /bookmarks", "f", "", "bookmarks.delete_all"),
        ],
    );
}

#[test]
fn verbs_that_say_more_than_http_are_kept() {
    check(
        ResourceSource::Paths,
        &[
            ("POST /files", "uploadFile", "Files", "files.upload"),
            ("DELETE /tokens/{id}", "revokeToken", "Tokens", "tokens.revoke"),
            ("POST /networking/bfd-enable", "networking_bfd_enable", "Net", "networking.bfd_enable"),
            ("POST /deployment/fail/{id}", "PostFail", "Deployments", "deployment.fail"),
        ],
    );
}

#[test]
fn ids_with_a_group_are_taken_as_they_are() {
    check(
        ResourceSource::Ids,
        &[
            ("GET /repos/{id}/issues*", "issues/list-for-repo", "Repos", "issues.list_for_repo"),
            ("GET /apps/{id}", "apps/get-webhook-config-for-app", "Apps", "apps.get_webhook_config_for_app"),
        ],
    );
}

#[test]
fn a_group_before_a_verb_is_one() {
    check(
        ResourceSource::Ids,
        &[
            ("GET /_cat/aliases", "cat-list-aliases", "Cat", "cat.list_aliases"),
            ("PUT /{index}", "indices-create", "Index", "indices.create"),
            ("GET /{index}", "indices-get", "Index", "indices.get"),
        ],
    );
}

#[test]
fn tags_that_are_names_are_groups() {
    check(
        ResourceSource::Tags,
        &[
            ("POST /invites/{id}", "inviteUser", "invites", "invites.invite_user"),
            ("GET /threads*", "listThreadsMethod", "threads", "threads.list"),
            ("GET /threads/{id}", "get_thread_by_id", "threads", "threads.get"),
            ("GET /v1/files*", "list_files_v1_files_get", "files", "files.list"),
            ("POST /jobs", "jobs_api_routes_create_job", "jobs", "jobs.create"),
            ("GET /plans*", "listorganizationplans", "billing", "billing.listorganizationplans"),
            (
                "GET /organization/plans*",
                "listorganizationplans",
                "billing",
                "billing.list_organization_plans",
            ),
        ],
    );
}

#[test]
fn names_that_clash_are_told_apart_without_numbers() {
    check(
        ResourceSource::Tags,
        &[
            ("GET /berry-flavors*", "berry_flavor_list", "berries", "berries.list_flavor"),
            ("GET /berries*", "berry_list", "berries", "berries.list"),
            ("GET /comics/search", "search", "comics", "comics.search"),
            ("POST /comics/search", "search_comics", "comics", "comics.search_with_body"),
            ("GET /comics/{name}/search", "searchComics", "comics", "comics.search_for_name"),
        ],
    );
}

#[test]
fn methods_that_every_resource_has_say_what_they_are_done_to() {
    check(
        ResourceSource::Paths,
        &[
            ("POST /volumes/{id}/clone", "postCloneVolume", "", "volumes.clone_volume"),
            ("GET /volumes*", "getVolumes", "", "volumes.list"),
            ("POST /requests/{id}/new", "a", "", "requests.new_request"),
            ("GET /matrix/client", "b", "", "matrix.get_client"),
        ],
    );
}

#[test]
fn methods_give_way_to_the_resources_in_their_own() {
    check(
        ResourceSource::Paths,
        &[
            ("GET /notes/preview", "GetNotesPreview", "", "notes.preview_note"),
            ("GET /notes/preview/lines*", "GetNotesPreviewLines", "", "notes.preview.lines"),
            ("GET /notes/{id}", "GetNotesNote", "", "notes.get"),
        ],
    );
}

#[test]
fn the_methods_of_http_are_no_words_of_clashing_names() {
    check(
        ResourceSource::Paths,
        &[
            ("POST /payments", "post-payment", "", "payments.create"),
            ("GET /payments/{id}", "get-payment", "", "payments.get"),
            ("POST /payments/{id}", "post-pay-pal-payment", "", "payments.create_pay_pal"),
            ("PUT /payments/{id}", "put-payment", "", "payments.update"),
        ],
    );
}

#[test]
fn everything_that_differs_is_said_before_a_number_is() {
    check(
        ResourceSource::Tags,
        &[
            ("PUT /_bulk", "bulk", "document", "document.bulk"),
            ("POST /_bulk", "bulk-1", "document", "document.bulk_with_body"),
            ("PUT /{index}/_bulk", "bulk-2", "document", "document.bulk_for_index"),
            ("POST /{index}/_bulk", "bulk-3", "document", "document.bulk_for_index_with_body"),
            ("GET /{index}/{type}/_bulk", "bulk-4", "document", "document.bulk_for_type"),
            ("GET /x/{node}/{type}/_bulk", "bulk-5", "document", "document.bulk_by_node_and_type"),
            ("GET /ping", "ping", "health", "health.ping"),
            ("HEAD /ping", "ping-1", "health", "health.head_ping"),
        ],
    );
}

#[test]
fn a_method_that_lost_words_gives_way() {
    check(
        ResourceSource::Tags,
        &[
            (
                "GET /identities/{id}/sessions*",
                "listIdentitySessions",
                "identity",
                "identity.list_sessions_for_id",
            ),
            ("GET /sessions*", "listSessions", "identity", "identity.list_sessions"),
        ],
    );
}
