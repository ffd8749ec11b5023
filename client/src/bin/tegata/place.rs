//! The place in a list where `--cursor` goes on. The API's pages have a fixed size, so a list that ends at `--limit` may
//! end within a page. The place then names the page by its own cursor, and the items of it that were shown already.

/// A place in a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The API's cursor of the page; `None` for the first.
    pub(crate) page: Option<String>,
    /// Number of items at the beginning of the page to leave out.
    pub(crate) skip: usize,
}

/// What a place within a page begins with: `skip:4:CURSOR`. No cursor of the API holds a colon.
const WITHIN: &str = "skip:";

impl Place {
    /// Parses the value of `--cursor`.
    pub(crate) fn parse(text: Option<&str>) -> Self {
        let Some(text) = text else { return Self::default() };
        let within = text.strip_prefix(WITHIN).and_then(|rest| {
            let (skip, page) = rest.split_once(':')?;
            Some(Self {
                page: Some(page.to_owned()).filter(|page| !page.is_empty()),
                skip: skip.parse().ok()?,
            })
        });
        within.unwrap_or_else(|| Self {
            page: Some(text.to_owned()),
            skip: 0,
        })
    }

    /// The place as `--cursor` takes it; `None` for the beginning of the list.
    pub(crate) fn written(self) -> Option<String> {
        match self.skip {
            0 => self.page,
            skip => Some(format!("{WITHIN}{skip}:{}", self.page.unwrap_or_default())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        for (page, skip, written) in [
            (None, 0, None),
            (None, 4, Some("skip:4:")),
            (Some("AbC-_"), 0, Some("AbC-_")),
            (Some("50"), 7, Some("skip:7:50")),
        ] {
            let place = || Place {
                page: page.map(str::to_owned),
                skip,
            };
            assert_eq!(place().written().as_deref(), written);
            assert_eq!(Place::parse(written), place());
        }
    }
}
