//! What a call through the SDK costs, beside the same request through bare `reqwest`.

mod support;

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use sdk_runtime::runtime::Client;
use sdk_runtime::sample::Thing;
use support::compare::{compare, timed};

fn main() {
    let mut criterion = Criterion::default().measurement_time(Duration::from_secs(10)).configure_from_args();
    small_get(&mut criterion);
    criterion.final_summary();
}

/// A GET with a key, and a response of a few bytes that are decoded.
fn small_get(criterion: &mut Criterion) {
    let executor = support::executor();
    // Both sides have one thread. What a second one would add is the time that the system takes
    // to wake it, which is longer than the work of either side, and depends on how long it slept.
    let url = support::serve_on(&executor);
    let bare = |read_timeout: Option<Duration>| {
        // The SDK says who it is, as all do, and both are to send the same.
        let builder = reqwest::Client::builder().user_agent("sample-sdk/1.2.3");
        let builder = match read_timeout {
            Some(limit) => builder.read_timeout(limit),
            None => builder,
        };
        builder.build().expect("the settings are fine")
    };
    let (plain, with_timeout) = (bare(None), bare(Some(Duration::from_secs(300))));
    let client = Client::builder().base_url(&url).api_key("sk-0123456789").build();
    let client = client.expect("the settings are fine");
    let call = || executor.block_on(client.thing(black_box("t1")).send()).expect("it is there");
    let get = |bare| executor.block_on(get(bare, &url, black_box("t1"))).expect("it is there");

    let mut group = criterion.benchmark_group("small GET");
    let ours = || each_of_many(call);
    compare(&mut group, "sdk beside reqwest", ours, || each_of_many(|| get(&plain)));
    compare(&mut group, "sdk beside reqwest with a read timeout", ours, || {
        each_of_many(|| get(&with_timeout))
    });
    group.finish();
}

/// What one of some calls in a row takes. Programs do not change between two clients with each call,
/// and what both have in common would be warm for either, but what each has of its own for none.
fn each_of_many<T>(mut call: impl FnMut() -> T) -> Duration {
    const MANY: u32 = 200;
    timed(|| (0..MANY).for_each(|_| drop(black_box(call())))) / MANY
}

async fn get(client: &reqwest::Client, server: &str, id: &str) -> reqwest::Result<Thing> {
    let request = client
        .get(format!("{server}/things/{id}"))
        .bearer_auth("sk-0123456789")
        .header("accept", "application/json");
    let response = request.send().await?.error_for_status()?;
    Ok(serde_json::from_slice(&response.bytes().await?).expect("it is a thing"))
}
