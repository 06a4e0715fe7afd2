//! The macro that makes [`Filters`](super::filter_table::Filters) and the table of filters from one
//! list.

/// The given value, or a default.
macro_rules! first {
    (, $usual:expr) => {
        $usual
    };
    ($given:expr, $usual:expr) => {
        $given
    };
}

macro_rules! filters {
    ($(
        $(#[doc = $doc:literal])+
        $field:ident: $type:ty {
            name: $name:literal,
            title: $title:literal,
            $(is_tree: $is_tree:literal,)?
            $(is_flag: $is_flag:literal,)?
            help: $help:literal,
            accepts: $accepts:literal,
            $(choices: $choices:expr,)?
            $(table: $table:path,)?
            $(facet: $facet:literal,)?
            $(is_offered: $is_offered:literal,)?
            row: |$row:ident| $of_row:expr,
            record: |$record:ident, $rbcs:pat_param| $of_record:expr,
        }
    )*) => {
        /// The filters: a code must have one value of each list, or any value if the list is empty.
        ///
        /// ```
        /// use hcpcs::Filters;
        ///
        /// let filters = Filters {
        ///     coverage: vec!["D".parse()?],
        ///     codes: vec!["J16*".parse()?],
        ///     added: vec!["2025-01-01..".parse()?],
        ///     ..Filters::default()
        /// };
        /// assert!(!filters.is_empty());
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Filters {
            $($(#[doc = $doc])+ pub $field: $type,)*
        }

        /// Every filter, in display order.
        pub static FILTERS: [FilterSpec; [$($name),*].len()] = [$(FilterSpec {
            name: $name,
            field: stringify!($field),
            title: $title,
            help: $help,
            accepts: $accepts,
            choices: first!($(&$choices)?, &[]),
            is_tree: first!($($is_tree)?, false),
            is_flag: first!($($is_flag)?, false),
            facet: first!($(Some($facet))?, None),
            is_offered: first!($($is_offered)?, false),
            table: first!($(Some($table))?, None),
            add: |filters, text| filters.$field.add(text),
            clear: |filters| filters.$field = <$type>::default(),
            is_set: |filters| filters.$field.is_set(),
            asked: |filters, each| filters.$field.coded(each),
            passes_row: |filters, $row| filters.$field.fits($of_row),
            passes_record: |filters, $record, $rbcs| filters.$field.fits($of_record),
            of_row: |$row, each| <$type as Asked>::each($of_row, each),
            of_record: |$record, $rbcs, each| <$type as Asked>::each($of_record, each),
        }),*];
    };
}

pub(super) use {filters, first};
