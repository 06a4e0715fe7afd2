//! The envelope of X12: whether an interchange and its transactions end, with all their segments.

/// Follows the envelope of an interchange segment by segment.
#[derive(Default)]
pub(super) struct Envelope {
    is_interchange_open: bool,
    is_transaction_open: bool,
    /// The number of segments of the transaction up to now.
    segments: usize,
}

impl Envelope {
    /// Takes the identifier and the first element of a segment; says what is wrong with the
    /// envelope.
    pub(super) fn take(&mut self, id: &str, first: &str) -> Option<String> {
        self.segments += 1;
        match id {
            "ISA" => {
                let before = self.finish();
                self.is_interchange_open = true;
                before
            }
            "ST" => {
                self.is_transaction_open = true;
                self.segments = 1;
                None
            }
            "SE" => {
                let (stated, found) = (first.parse::<usize>().ok(), self.segments);
                let is_open = std::mem::take(&mut self.is_transaction_open);
                let is_wrong = is_open && stated.is_some_and(|stated| stated != found);
                is_wrong.then(|| {
                    format!(
                        "the transaction ends with {found} segments and states {first}; claim \
                         lines may be missing"
                    )
                })
            }
            "IEA" => {
                self.is_interchange_open = false;
                None
            }
            _ => None,
        }
    }

    /// Says what is open at the end of the input.
    pub(super) fn finish(&mut self) -> Option<String> {
        let is_transaction = std::mem::take(&mut self.is_transaction_open);
        let is_interchange = std::mem::take(&mut self.is_interchange_open);
        let missing = match (is_transaction, is_interchange) {
            (true, _) => "SE",
            (false, true) => "IEA",
            (false, false) => return None,
        };
        Some(format!(
            "the transmission breaks off before {missing}; claim lines may be missing"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let mut envelope = Envelope::default();
        let segments = text.split('~').filter(|own| !own.is_empty());
        let mut faults: Vec<String> = segments
            .filter_map(|own| {
                let mut elements = own.split('*');
                let id = elements.next().unwrap();
                envelope.take(id, elements.next().unwrap_or_default())
            })
            .collect();
        faults.extend(envelope.finish());
        faults
    }

    #[test]
    fn an_envelope_is_closed() {
        let whole = "ISA*00~GS*HC~ST*837~LX*1~SV1*HC:J1640~SE*4*1~GE*1~IEA*1~";
        assert!(faults(whole).is_empty());
        assert!(faults(&whole.repeat(2)).is_empty());
        assert!(faults("LX*1~SV1*HC:J1640~").is_empty(), "segments alone");
        for (text, said) in [
            (whole.replace("SE*4", "SE*9"), "4 segments and states 9"),
            (whole.replace("SE*4*1~GE*1~IEA*1~", ""), "before SE"),
            (whole.replace("IEA*1~", ""), "before IEA"),
            (whole.replace("IEA*1~", "") + whole, "before IEA"),
        ] {
            let faults = faults(&text);
            assert!(faults.len() == 1 && faults[0].contains(said), "{faults:?}");
        }
    }
}
