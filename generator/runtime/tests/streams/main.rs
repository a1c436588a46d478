//! What is streamed, against a real server in the same process: uploads,
//! downloads, events and pages.

#[path = "../support/mod.rs"]
mod support;

mod downloads;
mod event_decoder;
mod event_failures;
mod events;
mod multipart;
mod operations;
mod page_faults;
mod pages;
mod resumed;
mod saving;
mod uploads;
