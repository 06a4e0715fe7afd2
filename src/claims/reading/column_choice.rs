//! Which of several columns of a kind is used.

use super::claim_columns::ClaimColumns;
use super::column_content::{CodeName, Column};
use super::column_mapping::ColumnMapping;
use super::column_name::{Name, words};
use crate::error::{Error, Result};

fn is_numbered(column: Column) -> bool {
    matches!(column, Column::Code(CodeName::Numbered(_)))
}

impl ClaimColumns {
    /// One column holds the code, or one of CPT and one of HCPCS, of which a row fills one.
    pub(super) fn choose_code(&mut self, mapping: &ColumnMapping) -> Result<()> {
        let is_code = |column: Column| matches!(column, Column::Code(_));
        if mapping.maps(is_code) {
            let names = &self.names;
            for (column, name) in self.columns.iter_mut().zip(names) {
                if is_code(*column) && !mapping.of(name).is_some_and(is_code) {
                    *column = Column::Other;
                }
            }
        }
        // A column whose name says more, or may say another thing, is used if there is no better.
        for lesser in [CodeName::House, CodeName::Qualified] {
            let lesser = Column::Code(lesser);
            if self
                .columns
                .iter()
                .any(|own| is_code(*own) && *own != lesser)
            {
                self.pass_over(|column| column == lesser);
            }
        }
        let plain = |column: Column| is_code(column) && !is_numbered(column);
        if self.columns.iter().any(|own| plain(*own)) {
            self.pass_over(is_numbered);
        }
        let codes: Vec<CodeName> = self
            .columns
            .iter()
            .filter_map(|column| match column {
                Column::Code(name) if !is_numbered(*column) => Some(*name),
                _ => None,
            })
            .collect();
        match codes[..] {
            [] if self.has_descriptions_of_charges()
                || self.columns.iter().any(|own| is_numbered(*own)) =>
            {
                Ok(())
            }
            [] => Err(Error::columns(
                "no column is known to hold the code",
                self.names.clone(),
            )),
            [_] | [CodeName::Cpt, CodeName::Hcpcs] | [CodeName::Hcpcs, CodeName::Cpt] => Ok(()),
            _ => {
                let named = self.named(is_code);
                let second = named.get(1).map_or("", String::as_str);
                let reason = format!("`{second}` is a second column of its kind; keep one");
                Err(Error::columns(&reason, named))
            }
        }
    }

    /// On the lines of a UB-04, whose code is called `HCPCS/RATE/HIPPS CODE`, the bare description
    /// is that of the revenue code.
    pub(super) fn pass_over_text_of_revenue_code(&mut self, mapping: &ColumnMapping) {
        let own: Vec<Name> = self.names.iter().map(|name| Name(words(name))).collect();
        if !own.iter().any(|name| name.has_word("hipps")) {
            return;
        }
        for ((column, name), words) in self.columns.iter_mut().zip(&self.names).zip(&own) {
            if words.is_of(&["text"]) && mapping.of(name).is_none() {
                *column = Column::Other;
            }
        }
    }

    /// Of several days of service, those nearest to the line are used.
    pub(super) fn choose_days(&mut self, mapping: &ColumnMapping) -> Result<()> {
        let names = &self.names;
        for is_meant in [
            (|column| matches!(column, Column::Start(_))) as fn(Column) -> bool,
            |column| matches!(column, Column::End(_)),
        ] {
            if !mapping.maps(is_meant) {
                continue;
            }
            for (column, name) in self.columns.iter_mut().zip(names) {
                if is_meant(*column) && !mapping.of(name).is_some_and(is_meant) {
                    *column = Column::OtherDay;
                }
            }
        }
        self.pass_over_ends_of_validity(mapping);
        let is_of_service = |column: Column| matches!(column, Column::Start(_) | Column::End(_));
        let is_day = |column: Column| {
            is_of_service(column) || matches!(column, Column::OtherDay | Column::UnclearDay)
        };
        let days = self.named(is_day);
        if days.is_empty() || self.columns.iter().any(|column| is_of_service(*column)) {
            return Ok(());
        }
        // A list of prices has no day of service; each row says when its price holds.
        let own: Vec<Name> = days.iter().map(|name| Name(words(name))).collect();
        let has_begin = own.iter().any(|name| name.has("validity_start"));
        let is_validity = |name: &Name| name.has("validity") || (has_begin && name.has("end"));
        if own.iter().all(is_validity) {
            let names: Vec<String> = days.iter().map(|name| format!("`{name}`")).collect();
            let names = names.join(", ");
            self.validity = Some(format!(
                "no day of service: when the row holds ({names}) is not read"
            ));
            return Ok(());
        }
        Err(Error::columns(
            "no column is known to hold the day of service",
            days,
        ))
    }

    /// Next to an effective date, an `End Date` is the end of that, unless a column has the first
    /// day of service under such a name.
    fn pass_over_ends_of_validity(&mut self, mapping: &ColumnMapping) {
        let words: Vec<Name> = self.names.iter().map(|name| Name(words(name))).collect();
        let pairs = || self.columns.iter().zip(&words);
        let has_first =
            pairs().any(|(own, name)| matches!(own, Column::Start(_)) && name.has("start"));
        if has_first || !words.iter().any(|name| name.has("validity")) {
            return;
        }
        for ((column, name), words) in self.columns.iter_mut().zip(&self.names).zip(&words) {
            let is_end = matches!(column, Column::End(_)) && mapping.of(name).is_none();
            if is_end && !words.has("of_service") {
                *column = Column::OtherDay;
            }
        }
    }

    /// The names of the columns of a kind.
    pub(super) fn named(&self, is_meant: impl Fn(Column) -> bool) -> Vec<String> {
        let pairs = self.columns.iter().zip(&self.names);
        let pairs = pairs.filter(|(column, _)| is_meant(**column));
        pairs.map(|(_, name)| name.clone()).collect()
    }

    pub(super) fn pass_over(&mut self, is_meant: impl Fn(Column) -> bool) {
        for column in self.columns.iter_mut().filter(|column| is_meant(**column)) {
            *column = Column::Other;
        }
    }

    /// Of several columns of a kind, the first is used.
    pub(super) fn choose_once(&mut self, is_meant: impl Fn(Column) -> bool) {
        for column in self
            .columns
            .iter_mut()
            .filter(|column| is_meant(**column))
            .skip(1)
        {
            *column = Column::Other;
        }
    }
}
