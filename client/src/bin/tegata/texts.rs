//! Texts for people, from `locales/{en,ja,da}/cli.ftl` and, for the local pages, `local.ftl`, `viewer.ftl` and
//! `machine.ftl`, in the language of `--language` or of the environment.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::ffi::OsString;
use tegata_client::registration::Locale;
use unic_langid::LanguageIdentifier;

const JA: &str = concat!(
    include_str!("../../../../locales/ja/cli.ftl"),
    include_str!("../../../../locales/ja/local.ftl"),
    include_str!("../../../../locales/ja/viewer.ftl"),
    include_str!("../../../../locales/ja/machine.ftl")
);
const EN: &str = concat!(
    include_str!("../../../../locales/en/cli.ftl"),
    include_str!("../../../../locales/en/local.ftl"),
    include_str!("../../../../locales/en/viewer.ftl"),
    include_str!("../../../../locales/en/machine.ftl")
);
const DA: &str = concat!(
    include_str!("../../../../locales/da/cli.ftl"),
    include_str!("../../../../locales/da/local.ftl"),
    include_str!("../../../../locales/da/viewer.ftl"),
    include_str!("../../../../locales/da/machine.ftl")
);

/// The languages that come before the browser's, most important first.
pub(crate) struct Languages {
    /// From `--language`.
    pub(crate) option: Option<Locale>,
    /// From LC_ALL, LC_MESSAGES and LANG.
    pub(crate) environment: Option<Locale>,
}

/// The texts in one language.
pub(crate) struct Texts {
    pub(crate) locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

/// A named value in a text.
pub(crate) type Arg<'a> = (&'a str, FluentValue<'a>);

impl Texts {
    pub(crate) fn new(locale: Locale) -> Self {
        let source = match locale {
            Locale::Ja => JA,
            Locale::En => EN,
            Locale::Da => DA,
        };
        // Safe: the three tags are well-formed.
        let language: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
        // A message that cannot be parsed is left out; a test finds it.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // The isolation marks around inserted values would show up in terminals and logs.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { locale, bundle }
    }

    /// A message without values.
    pub(crate) fn get(&self, key: &str) -> String {
        self.with(key, [])
    }

    /// A message with values. An unknown key returns the key itself.
    pub(crate) fn with<'a, const N: usize>(&self, key: &str, args: [Arg<'a>; N]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let args = FluentArgs::from_iter(args);
        self.bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .into_owned()
    }

    /// Two sentences in a row: Japanese has no space between them.
    pub(crate) fn sentences(&self, first: &str, second: &str) -> String {
        let between = match self.locale {
            Locale::Ja => "",
            Locale::En | Locale::Da => " ",
        };
        format!("{first}{between}{second}")
    }

    /// What stands between the values of a list.
    pub(crate) const fn comma(&self) -> &'static str {
        match self.locale {
            Locale::Ja => "、",
            Locale::En | Locale::Da => ", ",
        }
    }

    /// Whether the message exists.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

/// The language to use before the command line has been parsed, so that help and errors use it too. `variables` are the
/// values of LC_ALL, LC_MESSAGES and LANG.
pub(crate) fn choose(arguments: &[OsString], variables: [Option<String>; 3]) -> Locale {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        let tag = match argument.strip_prefix("--language") {
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(locale) = tag.and_then(from_tag) {
            return locale;
        }
    }
    of_environment(variables).unwrap_or(Locale::En)
}

/// The language that the environment names; the first variable that is set counts (POSIX).
pub(crate) fn of_environment(variables: [Option<String>; 3]) -> Option<Locale> {
    let set = variables.into_iter().flatten().find(|value| !value.is_empty());
    set.as_deref().and_then(from_tag)
}

fn from_tag(tag: &str) -> Option<Locale> {
    // `ja_JP.UTF-8@modifier`: the tag is what precedes the encoding.
    Locale::from_tag(tag.split(['.', '@']).next()?)
}

#[cfg(test)]
mod tests {
    use super::{DA, EN, JA, choose};
    use fluent_bundle::FluentResource;
    use std::collections::BTreeSet;
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};
    use std::{env, fs};
    use tegata_client::registration::Locale;

    const PREFIXES: [&str; 4] = ["cli-", "local-", "viewer-", "machine-"];

    /// `key` and `key $variable` of every message.
    fn inventory(source: &str) -> BTreeSet<String> {
        FluentResource::try_new(source.to_owned()).expect("the file parses");
        let mut found = BTreeSet::new();
        let mut key = "";
        for line in source.lines() {
            let named = |name: &str| PREFIXES.iter().any(|prefix| name.starts_with(prefix));
            if let Some((name, _)) = line.split_once(" =").filter(|(name, _)| named(name)) {
                key = name;
                assert!(found.insert(key.to_owned()), "{key} is defined twice");
            }
            for rest in line.split('$').skip(1) {
                let end = rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                found.insert(format!("{key} ${}", &rest[..end]));
            }
        }
        found
    }

    #[test]
    fn the_languages_have_the_same_texts_with_the_same_variables() {
        let english = inventory(EN);
        for (language, source) in [("ja", JA), ("da", DA)] {
            let other = inventory(source);
            let missing: Vec<_> = english.difference(&other).collect();
            let surplus: Vec<_> = other.difference(&english).collect();
            assert!(
                missing.is_empty() && surplus.is_empty(),
                "{language}: missing {missing:?}, surplus {surplus:?}"
            );
        }
    }

    /// The files in a folder and those below it.
    fn sources(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let read = |path: PathBuf| match path.is_dir() {
            true => sources(&path),
            false => vec![fs::read_to_string(path).unwrap()],
        };
        entries.flat_map(read).collect()
    }

    #[test]
    fn every_text_the_command_names_exists_and_no_text_is_left_over() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut named = BTreeSet::new();
        for source in sources(&package.join("src/bin/tegata"))
            .into_iter()
            .chain(sources(&package.join("templates")))
        {
            for prefix in PREFIXES {
                for rest in source.split(&format!("\"{prefix}")).skip(1) {
                    named.insert(format!("{prefix}{}", rest.split('"').next().unwrap_or("")));
                }
            }
        }
        // Names with a brace are built at run time; `help` has its own test.
        named.retain(|name| !name.contains('{') && !name.ends_with('-'));
        let all: BTreeSet<String> = inventory(EN).into_iter().filter(|name| !name.contains(' ')).collect();
        let missing: Vec<_> = named.difference(&all).collect();
        let dynamic = [
            "cli-help-",
            "cli-arg-",
            "cli-state-",
            "cli-field-",
            "viewer-ended-",
            "viewer-refusal-",
            "local-refusal-",
            "machine-refusal-",
        ];
        let unused: Vec<_> = all
            .difference(&named)
            .filter(|name| !dynamic.iter().any(|prefix| name.starts_with(prefix)))
            .collect();
        assert!(
            missing.is_empty() && unused.is_empty(),
            "missing {missing:?}, unused {unused:?}"
        );
    }

    #[test]
    fn the_language_comes_from_the_option_before_the_environment() {
        let choose = |arguments: &[&str], lang: Option<&str>| {
            let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
            choose(&arguments, [None, None, lang.map(str::to_owned)])
        };
        assert_eq!(choose(&["viewer", "--language", "da"], Some("ja_JP.UTF-8")), Locale::Da);
        assert_eq!(choose(&["--language=ja"], None), Locale::Ja);
        assert_eq!(choose(&[], Some("ja_JP.UTF-8")), Locale::Ja);
        assert_eq!(choose(&["--language", "fr"], Some("C")), Locale::En);
        // The `--locale` of a tenant or an administrator.
        assert_eq!(choose(&["--locale", "da"], Some("ja_JP.UTF-8")), Locale::Ja);
    }
}
