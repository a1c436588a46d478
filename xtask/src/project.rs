//! Where things are, and how a document gets from the disk to the generator.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use sdk_generator::config::Config;
use sdk_generator::diagnostic::{Diagnostics, Location};
use sdk_generator::document::Input;

/// The document, and how to present it.
#[derive(Args, Clone, Debug)]
pub(crate) struct Source {
    /// The OpenAPI document: YAML or JSON [default: spec/openapi.yaml]
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// The settings [default: the sdk.toml beside the document, when there is one]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// An overlay to apply to the document; may be repeated [default: the overlay.yaml beside it, when there is one]
    #[arg(long = "overlay", value_name = "FILE")]
    pub(crate) overlays: Vec<PathBuf>,
    /// Fail where the document is wrong, in place of taking the nearest reading with a warning
    #[arg(long)]
    pub(crate) strict: bool,
}

/// A document that was read, with its settings.
pub(crate) struct Loaded {
    name: String,
    folder: PathBuf,
    bytes: Vec<u8>,
    overlays: Vec<(String, Vec<u8>)>,
    config: Config,
}

impl Source {
    /// Reads the document, its settings and its overlays.
    pub(crate) fn read(&self) -> Result<Loaded, Diagnostics> {
        let spec = self.spec.clone().unwrap_or_else(|| root().join("spec/openapi.yaml"));
        let bytes = read("document", &spec)?;
        let folder = spec.parent().unwrap_or(Path::new("")).to_owned();
        let overlays = self.overlay_paths(&folder).into_iter();
        let overlays = overlays.map(|path| Ok((shown(&path), read("overlay", &path)?)));
        Ok(Loaded {
            name: shown(&spec),
            bytes,
            overlays: overlays.collect::<Result<_, Diagnostics>>()?,
            config: self.read_config(&folder, &spec)?,
            folder,
        })
    }

    fn overlay_paths(&self, folder: &Path) -> Vec<PathBuf> {
        let usual = folder.join("overlay.yaml");
        if self.overlays.is_empty() && usual.is_file() { vec![usual] } else { self.overlays.clone() }
    }

    fn read_config(&self, folder: &Path, spec: &Path) -> Result<Config, Diagnostics> {
        let usual = folder.join("sdk.toml");
        let mut config = match self.config.clone().or_else(|| usual.is_file().then_some(usual)) {
            Some(path) => Config::parse(&shown(&path), &read("settings", &path)?)?,
            None => Config::named(&crate_name(spec)),
        };
        config.strict |= self.strict;
        Ok(config)
    }
}

/// Reads a file that was named on the command line, or stands beside the document.
fn read(what: &str, path: &Path) -> Result<Vec<u8>, Diagnostics> {
    read_all(path).map_err(|error| {
        let mut diagnostics = Diagnostics::default();
        let message = format!("cannot read the {what} {}: {error:#}", shown(path));
        let help = "name a file that is there and can be read";
        diagnostics.error("file-unreadable", Location::of(&shown(path)), message, help);
        diagnostics
    })
}

impl Loaded {
    /// The name of the document, for people.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Generates the crate.
    pub(crate) fn generate(&self) -> Result<sdk_generator::Generated, Diagnostics> {
        self.with_input(|input| sdk_generator::generate(input, &self.config))
    }

    /// Reads and lowers the document, and emits nothing.
    pub(crate) fn read(&self) -> Result<(sdk_generator::ir::Api, Diagnostics), Diagnostics> {
        self.with_input(|input| sdk_generator::read(input, &self.config))
    }

    fn with_input<T>(&self, then: impl FnOnce(&Input<'_>) -> T) -> T {
        let overlays: Vec<(&str, &[u8])> =
            self.overlays.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let read = |path: &str| read_inside(&self.folder, path).map_err(|error| format!("{error:#}"));
        then(&Input { name: &self.name, bytes: &self.bytes, overlays: &overlays, read: &read })
    }
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = manifest.parent().unwrap_or(manifest).to_owned();
    // Relative where it can be, so that messages show what a person would type.
    match std::env::current_dir() {
        Ok(current) if current == root => PathBuf::new(),
        _ => root,
    }
}

/// A path as it stands in messages: with `/` on every system, so that output does not vary.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Reads a file that a document refers to. Links are followed before the check, so that neither
/// `..` nor a link leads out of the document's folder.
fn read_inside(folder: &Path, path: &str) -> Result<Vec<u8>> {
    let relative = Path::new(path);
    if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        bail!("{path} is not inside the document's folder");
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let inside = folder.canonicalize().context("the document's folder is gone")?;
    let file = inside.join(relative).canonicalize().with_context(|| format!("cannot find {path}"))?;
    if !file.starts_with(&inside) {
        bail!("{path} is not inside the document's folder");
    }
    read_all(&file).with_context(|| format!("cannot read {path}"))
}

/// The largest file that is read, in bytes. The generator says more about documents that come near it.
const SIZE_LIMIT: u64 = 100 << 20;

/// Reads a file. A pipe or a device, which may have no end, is none.
fn read_all(path: &Path) -> Result<Vec<u8>> {
    let about = fs::metadata(path)?;
    if !about.is_file() {
        bail!("it is not a file");
    }
    if about.len() > SIZE_LIMIT {
        bail!("it has {} bytes, more than the {SIZE_LIMIT} that are read", about.len());
    }
    Ok(fs::read(path)?)
}

/// The name of the crate for a document without settings: that of its file.
pub(crate) fn crate_name(spec: &Path) -> String {
    let stem = spec.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let words: Vec<&str> =
        stem.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let name = words.join("-");
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => format!("{name}-sdk"),
        _ => format!("sdk-{name}").trim_end_matches('-').to_owned(),
    }
}
