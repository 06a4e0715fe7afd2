//! The columns of a table of claim lines, known by the names that people give them.

use serde_json::Value;

use crate::error::{Error, Result};

use super::claim_line::{ClaimLine, MOST_MODIFIERS, day};

/// What columns are called, in small letters and digits alone; the modifiers' may end in a number.
const NAMES: &[(Column, &[&str])] = &[
    (
        Column::Code,
        &[
            "code",
            "hcpcs",
            "hcpcscode",
            "hcpcscd",
            "procedure",
            "procedurecode",
            "proccode",
            "proccd",
            "cpthcpcs",
            "hcpcscpt",
            "cptcode",
            "cpt",
            "sv101",
        ],
    ),
    (
        Column::Dos,
        &[
            "dos",
            "date",
            "day",
            "servicedate",
            "dateofservice",
            "dayofservice",
            "fromdate",
            "servicefromdate",
            "linedate",
        ],
    ),
    (
        Column::LineId,
        &[
            "lineid",
            "id",
            "line",
            "linenumber",
            "lineno",
            "claimline",
            "claimlineid",
        ],
    ),
    (
        Column::Units,
        &[
            "units",
            "unit",
            "quantity",
            "qty",
            "serviceunits",
            "unitcount",
        ],
    ),
    (
        Column::Modifier,
        &[
            "mod",
            "mods",
            "modifier",
            "modifiers",
            "mdfr",
            "modcode",
            "modifiercode",
            "mdfrcd",
        ],
    ),
];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Code,
    Dos,
    LineId,
    Units,
    Modifier,
}

/// The columns of a table of claim lines, by its header.
///
/// ```
/// use hcpcs::search::ClaimColumns;
///
/// let header = ["Line ID", "Date of Service", "HCPCS", "mod1", "mod2", "charge"];
/// let columns = ClaimColumns::from_header(header)?;
/// assert_eq!(columns.unread(), ["charge"]);
/// let line = columns.line(["7", "2026-01-15", "J1640", "JW", "", "12.50"])?;
/// assert_eq!((line.code.as_str(), line.modifiers.len()), ("J1640", 1));
/// # Ok::<(), hcpcs::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ClaimColumns {
    columns: Vec<Option<Column>>,
    unread: Vec<String>,
}

impl ClaimColumns {
    /// Whether a first row is a header, and no claim line.
    #[must_use]
    pub fn is_header<'c>(row: impl IntoIterator<Item = &'c str>) -> bool {
        row.into_iter()
            .any(|name| column(name) == Some(Column::Code))
    }

    /// Reads a header: names in any order and in small or capital letters, of which only that of
    /// the code is needed.
    ///
    /// # Errors
    /// No column holds the code, or two hold the same.
    pub fn from_header<'c>(row: impl IntoIterator<Item = &'c str>) -> Result<Self> {
        let (mut columns, mut unread) = (Vec::new(), Vec::new());
        for name in row {
            let column = column(name);
            if column.is_none() {
                unread.push(name.trim().to_owned());
            }
            let is_one = column != Some(Column::Modifier);
            if column.is_some() && is_one && columns.contains(&column) {
                let reason = format!("`{}` is a second column of its kind; keep one", name.trim());
                return Err(Error::query(reason));
            }
            columns.push(column);
        }
        if !columns.contains(&Some(Column::Code)) {
            return Err(Error::query(
                "no column is called `code`; give a header with one",
            ));
        }
        Ok(Self { columns, unread })
    }

    /// The columns that are of no concern here.
    #[must_use]
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// The claim line of a row.
    ///
    /// # Errors
    /// There is no code, the day is none, or there are too many modifiers.
    pub fn line<'c>(&self, row: impl IntoIterator<Item = &'c str>) -> Result<ClaimLine> {
        let mut line = ClaimLine::default();
        let mut modifiers = Vec::with_capacity(MOST_MODIFIERS);
        for (at, cell) in row.into_iter().enumerate() {
            let cell = cell.trim();
            let Some(column) = self.columns.get(at) else {
                if cell.is_empty() {
                    continue;
                }
                let (cells, columns) = (at + 1, self.columns.len());
                let reason = format!("the row has {cells} cells, the header {columns}");
                return Err(Error::query(
                    reason + "; put in quotes what has a comma in it",
                ));
            };
            let value = || (!cell.is_empty()).then(|| Value::from(cell));
            match column {
                Some(Column::Code) => {
                    let ClaimLine {
                        code, modifiers, ..
                    } = cell.parse()?;
                    (line.code, line.modifiers) = (code, modifiers);
                }
                Some(Column::Dos) => line.dos = day(cell)?,
                Some(Column::LineId) => line.line_id = value(),
                Some(Column::Units) => line.units = value(),
                Some(Column::Modifier) => modifiers.extend(cell.split([' ', ',', ':', ';', '|'])),
                None => {}
            }
        }
        for modifier in modifiers {
            line.add_modifier(modifier)?;
        }
        if line.code.is_empty() {
            return Err(Error::query("there is no code; give one such as `J1640`"));
        }
        Ok(line)
    }
}

/// What a column of a name holds.
fn column(name: &str) -> Option<Column> {
    let name = name.chars().filter(char::is_ascii_alphanumeric);
    let name = name.collect::<String>().to_ascii_lowercase();
    let numbered = name.trim_end_matches(|char: char| ('1'..='4').contains(&char));
    let is = |(column, names): &&(Column, &[&str])| {
        let name = match column {
            Column::Modifier => numbered,
            _ => name.as_str(),
        };
        names.contains(&name)
    };
    NAMES.iter().find(is).map(|(column, _)| *column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_as_people_write_them() {
        for header in [
            "line_id,dos,code,mod1,mod2,mod3,mod4,units",
            "LINE ID,Date of Service,HCPCS Code,Modifier 1,Modifier 2,Modifier 3,Modifier 4,Qty",
            "id,date,procedure_code,mod_1,mod_2,mod_3,mod_4,quantity",
        ] {
            let columns = ClaimColumns::from_header(header.split(',')).unwrap();
            assert!(columns.unread().is_empty(), "{header}");
            let line = columns
                .line(["7", "20260115", "j1640", "jw", "", "kx", "", "2"])
                .unwrap();
            assert_eq!(
                (line.code.as_str(), line.modifiers.join(" ")),
                ("J1640", "JW KX".into())
            );
            assert_eq!(line.line_id, Some(Value::from("7")));
            assert_eq!(line.units, Some(Value::from("2")));
        }
        assert!(!ClaimColumns::is_header(["J1640", "JW"]));
        assert!(ClaimColumns::is_header(["x", "Code"]));
        assert!(ClaimColumns::from_header(["x", "mod1"]).is_err());
        assert!(ClaimColumns::from_header(["code", "hcpcs"]).is_err());
    }

    #[test]
    fn rows_that_are_wrong_or_unusual() {
        let columns = ClaimColumns::from_header(["modifiers", "code", "dos"]).unwrap();
        let line = columns.line(["KX, KH", "HC:E0601:RR", ""]).unwrap();
        assert_eq!(line.modifiers, ["RR", "KX", "KH"]);
        for (row, said) in [
            (["", "", ""], "there is no code"),
            (["", "J1640", "soon"], "is no day"),
            (["A1 A2 A3 A4 A5", "J1640", ""], "more than 4"),
        ] {
            assert!(columns.line(row).unwrap_err().to_string().contains(said));
        }
    }
}
