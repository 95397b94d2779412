//! As much of protobuf's wire format as reading a number takes.

/// The number in the varint field `number` of a message, the last where there are several; `None` also where the bytes
/// are no message.
pub(crate) fn varint_field(mut bytes: &[u8], number: u64) -> Option<u64> {
    let mut found = None;
    while !bytes.is_empty() {
        let key = varint(&mut bytes)?;
        match key & 7 {
            0 => {
                let value = varint(&mut bytes)?;
                if key >> 3 == number {
                    found = Some(value);
                }
            }
            1 => bytes = bytes.get(8..)?,
            2 => {
                let length = usize::try_from(varint(&mut bytes)?).ok()?;
                bytes = bytes.get(length..)?;
            }
            5 => bytes = bytes.get(4..)?,
            _ => return None,
        }
    }
    found
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_behind_others() {
        let message = b"\x1a\x05Arial \x14\x0d\0\0\0\0\x09\0\0\0\0\0\0\0\0H\xd5\xeb\xc2\x8b\xc6\xec\x90\xb1x";
        assert_eq!(varint_field(message, 4), Some(20));
        assert_eq!(varint_field(message, 9), Some(8_674_569_930_679_563_733));
        assert_eq!(varint_field(message, 3), None);
        assert_eq!(varint_field(b"", 1), None);
    }

    #[test]
    fn what_is_no_message_has_no_field() {
        for bytes in
            [&b"\x08"[..], b"\x1a\xff\xff\xff\xff\x0f", b"\x0b", b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"]
        {
            assert_eq!(varint_field(bytes, 1), None, "{bytes:?}");
        }
    }
}
