//! Names that strangers type reach mailboxes before anyone has checked them: anybody can ask for a code to be sent to any
//! address. Mail programs turn what looks like a web address into a link, so here it is written in a way that they do
//! not: `[.]` and `[://]`.

/// A person's or company's name with nothing in it that a mail program would link.
pub(super) fn name(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut previous = ' ';
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let mut ahead = rest.clone();
        let next_two = (ahead.next(), ahead.next());
        match (c, next_two) {
            ('.', (Some(one), Some(two)))
                if previous.is_alphanumeric() && one.is_alphabetic() && two.is_alphabetic() =>
            {
                written.push_str("[.]");
            }
            (':', (Some('/'), Some('/'))) => {
                written.push_str("[://]");
                rest = ahead;
            }
            _ => written.push(c),
        }
        previous = c;
    }
    written
}

/// A PC's name. A host name with a domain, such as `pc-07.local`, is a usual name and stays.
pub(super) fn device(text: &str) -> String {
    let host_name = text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if host_name { text.to_owned() } else { name(text) }
}

#[cfg(test)]
mod tests {
    use super::{device, name};

    #[test]
    fn addresses_are_written_so_that_they_do_not_link() {
        assert_eq!(name("当選 https://evil.example/a"), "当選 https[://]evil[.]example/a");
        assert_eq!(name("see www.evil.example"), "see www[.]evil[.]example");
        assert_eq!(device("PC at evil.example"), "PC at evil[.]example");
    }

    #[test]
    fn usual_names_stay() {
        for usual in [
            "佐藤 花子",
            "J. R. Hansen",
            "Nordlys A/S",
            "Aozora Co., Ltd.",
            "a.",
            ".",
            "",
        ] {
            assert_eq!(name(usual), usual);
        }
        assert_eq!(device("pc-07.aozora.local"), "pc-07.aozora.local");
    }
}
