use super::{CLIPBOARD, Filter, MOUSE_BUTTONS, NotUnderstood, XVP};
use std::collections::VecDeque;

/// What goes on of `said`, which arrives in pieces of `piece` bytes.
fn passes(said: &[u8], control: bool, piece: usize) -> Result<Vec<u8>, NotUnderstood> {
    let (mut filter, mut out) = (Filter::new(control), Vec::new());
    for piece in said.chunks(piece) {
        filter.take(piece, &mut out)?;
    }
    Ok(out)
}

fn encodings(list: &[i32]) -> Vec<u8> {
    let mut message = vec![2, 0];
    message.extend(u16::try_from(list.len()).unwrap().to_be_bytes());
    message.extend(list.iter().flat_map(|encoding| encoding.to_be_bytes()));
    message
}

fn cut_text(text: &[u8], with_formats: bool) -> Vec<u8> {
    let length = i32::try_from(text.len()).unwrap();
    let mut message = vec![6, 0, 0, 0];
    message.extend(if with_formats { -length } else { length }.to_be_bytes());
    message.extend_from_slice(text);
    message
}

/// Looks at the screen: pixel format, update request, continuous updates, fence.
fn looks() -> Vec<Vec<u8>> {
    let mut format = vec![0; 20];
    format[4] = 32;
    vec![
        format,
        vec![3, 1, 0, 0, 0, 0, 4, 0, 3, 0],
        vec![150, 1, 0, 0, 0, 0, 4, 0, 3, 0],
        vec![248, 0, 0, 0, 0x80, 0, 0, 1, 3, b'a', b'b', b'c'],
    ]
}

/// Changes something on the machine: keys, pointer, clipboard in both forms, size.
fn acts() -> Vec<Vec<u8>> {
    let mut size = vec![251, 0, 4, 0, 3, 0, 2, 0];
    size.extend([7; 32]);
    vec![
        vec![4, 1, 0, 0, 0, 0, 0, 0x61],
        vec![255, 0, 0, 1, 0, 0, 0, 0x61, 0, 0, 0, 0x1e],
        vec![5, 1, 0, 10, 0, 20],
        cut_text(b"text", false),
        cut_text("日本語".as_bytes(), true),
        cut_text(b"", false),
        size,
    ]
}

#[test]
fn who_may_only_look_changes_nothing() {
    let said: Vec<u8> = looks()
        .into_iter()
        .zip(acts().into_iter().cycle())
        .flat_map(|(look, act)| [look, act])
        .chain(acts())
        .flatten()
        .collect();
    for piece in [1, 2, 3, 7, said.len()] {
        assert_eq!(
            passes(&said, false, piece).unwrap(),
            looks().concat(),
            "in pieces of {piece}"
        );
    }
}

#[test]
fn who_may_control_says_everything_but_what_restarts_the_machine() {
    let said = [looks().concat(), acts().concat()].concat();
    let with_restart = [looks().concat(), vec![250, 0, 1, 3], acts().concat()].concat();
    for piece in [1, 5, said.len()] {
        assert_eq!(passes(&said, true, piece).unwrap(), said, "in pieces of {piece}");
        assert_eq!(
            passes(&with_restart, true, piece).unwrap(),
            said,
            "in pieces of {piece}"
        );
    }
}

#[test]
fn extensions_that_would_bring_other_messages_are_not_agreed_on() {
    let said = encodings(&[7, MOUSE_BUTTONS, -239, XVP, CLIPBOARD, 0]);
    assert_eq!(passes(&said, true, 3).unwrap(), encodings(&[7, -239, CLIPBOARD, 0]));
    assert_eq!(passes(&said, false, 1).unwrap(), encodings(&[7, -239, 0]));
    assert_eq!(passes(&encodings(&[]), true, 1).unwrap(), encodings(&[]));
}

#[test]
fn what_is_not_understood_ends_the_stream() {
    for said in [
        &[1][..],
        &[7],
        &[252],
        &[255, 1],
        &[255, 2],
        &[6, 0, 0, 0, 0x7f, 0, 0, 0],
        &[6, 0, 0, 0, 0x80, 0, 0, 0],
    ] {
        assert_eq!(passes(said, true, 1), Err(NotUnderstood), "{said:?}");
    }
}

/// Bytes that look random, and are the same in every run.
fn noise(seed: u64) -> impl Iterator<Item = u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    std::iter::from_fn(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes().first().copied()
    })
}

#[test]
fn whatever_comes_nothing_but_whole_known_messages_goes_on() {
    let kinds = [0, 2, 3, 4, 5, 6, 150, 248, 250, 251, 255];
    for seed in 1..20_000 {
        let mut bytes: VecDeque<u8> = noise(seed).take(200).collect();
        // Most begin as a known message does, so that they get far.
        if seed % 4 > 0 {
            bytes.push_front(kinds[usize::try_from(seed).unwrap() % kinds.len()]);
        }
        let bytes = Vec::from(bytes);
        let (whole, single) = (passes(&bytes, false, 200), passes(&bytes, false, 1));
        assert_eq!(whole, single, "{seed}: how it is cut changes nothing");
        let Ok(out) = whole else { continue };
        let (mut again, mut twice) = (Filter::new(false), Vec::new());
        again.take(&out, &mut twice).unwrap();
        assert_eq!(out, twice, "{seed}: what goes on is understood, and goes on again");
    }
}
