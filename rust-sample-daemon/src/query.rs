//! What is searched for, and where.

use std::path::{Path, PathBuf};

use grep_regex::{RegexMatcher, RegexMatcherBuilder};
use ignore::WalkBuilder;
use ignore::overrides::OverrideBuilder;
use rustbridge::Error;
use serde::Deserialize;

/// The parameters of `search`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Query {
    /// The folder (or file) that is searched.
    pub root: PathBuf,
    /// A regular expression, as ripgrep takes it.
    pub pattern: String,
    /// Only files that match; with a leading `!` only files that don't.
    pub glob: Option<String>,
    #[serde(default)]
    pub ignore_case: bool,
    /// How many hits are sent at most.
    pub max_hits: Option<u64>,
    /// Searches hidden files too.
    #[serde(default)]
    pub hidden: bool,
    /// Searches what `.gitignore`, `.ignore` and their like leave out, too.
    #[serde(default)]
    pub no_ignore: bool,
}

impl Query {
    /// The matcher, built as ripgrep builds it.
    pub fn matcher(&self) -> Result<RegexMatcher, Error> {
        RegexMatcherBuilder::new()
            .case_insensitive(self.ignore_case)
            .multi_line(true)
            .line_terminator(Some(b'\n'))
            .build(&self.pattern)
            .map_err(|error| {
                Error::invalid_params(format!(
                    "bad regular expression `{}`: {error}",
                    self.pattern
                ))
            })
    }

    /// The walk over the tree, with ripgrep's rules of what is left out.
    pub fn walk(&self) -> Result<WalkBuilder, Error> {
        existing_root(&self.root)?;
        let mut walk = WalkBuilder::new(&self.root);
        walk.standard_filters(!self.no_ignore).hidden(!self.hidden);
        if let Some(glob) = self.glob.as_deref().filter(|glob| !glob.is_empty()) {
            let bad = |error| Error::invalid_params(format!("bad glob `{glob}`: {error}"));
            let mut overrides = OverrideBuilder::new(&self.root);
            overrides.add(glob).map_err(bad)?;
            walk.overrides(overrides.build().map_err(bad)?);
        }
        Ok(walk)
    }
}

/// Fails unless there is something at `root`, with a text that says where it was looked for.
pub fn existing_root(root: &Path) -> Result<(), Error> {
    if root.as_os_str().is_empty() {
        return Err(Error::invalid_params(
            "`root` is empty: give the folder to search",
        ));
    }
    std::fs::metadata(root).map(drop).map_err(|error| {
        let place = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let text = format!("cannot search the root {}: {error}", place.display());
        match Error::from(error).code() {
            Some(code) => Error::new(text).with_code(code.to_owned()),
            None => Error::new(text),
        }
    })
}
