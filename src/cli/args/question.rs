//! What a question is asked with: words, filters, the day, the page, the format.

use clap::{Args, ValueEnum};
use hcpcs::{
    Action, AscGroup, Betos, CodeSpan, Coverage, Date, DateSpan, Filters, Kind, PricingIndicator,
    Query, Section, TypeOfService,
};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub(crate) struct SearchArguments {
    /// Words, codes, patterns or ranges; may be absent where a filter is given.
    pub(crate) words: Vec<String>,
    /// Leave out what has this word; `-WORD` is the same.
    #[arg(long, value_name = "WORD")]
    pub(crate) not: Vec<String>,
    #[command(flatten)]
    pub(crate) filters: FilterArguments,
    /// Codes as they were valid on a day, YYYY-MM-DD [default: today].
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Also codes that are not valid on the day.
    #[arg(long)]
    pub(crate) terminated: bool,
    /// Take words as they are written, without corrections.
    #[arg(long)]
    pub(crate) exact: bool,
    /// Search the release alone, without drug names, notes, taxonomy and synonyms.
    #[arg(long)]
    pub(crate) no_annotations: bool,
    /// Search clinical notes alone, and show the words around each match.
    #[arg(long)]
    pub(crate) notes: bool,
    /// Count the whole match by coverage, BETOS, section, kind, pricing, type of service.
    #[arg(long)]
    pub(crate) facets: bool,
    /// Say for each answer what counted how much.
    #[arg(long)]
    pub(crate) explain: bool,
    /// How many answers to show.
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(crate) limit: usize,
    /// How many answers to pass over.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) offset: usize,
    #[command(flatten)]
    pub(crate) format: FormatArguments,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Filters (each repeatable, values separated by commas)")]
pub(crate) struct FilterArguments {
    /// BETOS, or a part of its tree: O1E, O1, O.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = upper_case::<Betos>)]
    betos: Vec<Betos>,
    /// Coverage: C, D, I, M, S.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = upper_case::<Coverage>)]
    coverage: Vec<Coverage>,
    /// Procedure codes or modifiers.
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<KindArgument>,
    /// Section, the first letter of a code.
    #[arg(long, value_name = "LETTER", value_delimiter = ',', value_parser = upper_case::<Section>)]
    section: Vec<Section>,
    /// Codes: J1000-J1999, J16*, J1640.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    codes: Vec<CodeSpan>,
    /// Pricing indicator.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = upper_case::<PricingIndicator>)]
    pricing: Vec<PricingIndicator>,
    /// Type of service.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = upper_case::<TypeOfService>)]
    tos: Vec<TypeOfService>,
    /// What the release did to the code: A added, C changed, D discontinued …
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = upper_case::<Action>)]
    action: Vec<Action>,
    /// Payment group of ambulatory surgical centres.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = upper_case::<AscGroup>)]
    asc: Vec<AscGroup>,
    /// RBCS, or a part of its tree: RI035N, RI, R.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    rbcs: Vec<String>,
    /// Only codes "not otherwise classified".
    #[arg(long)]
    noc: bool,
    /// Days on which the code was added: 2025-01-01.., ..2024-12-31, 2025-01-01..2025-12-31.
    #[arg(long, value_name = "DATES", value_delimiter = ',')]
    added: Vec<DateSpan>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum KindArgument {
    Procedure,
    Modifier,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct FormatArguments {
    /// One JSON object.
    #[arg(long, group = "format")]
    pub(crate) json: bool,
    /// A JSON object a line for each answer.
    #[arg(long, group = "format")]
    pub(crate) jsonl: bool,
    /// CSV with a header.
    #[arg(long, group = "format")]
    pub(crate) csv: bool,
    /// Only these fields of an answer, in this order.
    #[arg(
        long,
        value_name = "FIELDS",
        value_delimiter = ',',
        requires = "format"
    )]
    pub(crate) fields: Vec<String>,
}

/// The question in one text.
fn text(words: &[String], not: &[String]) -> String {
    let mut text = words.join(" ");
    for word in not {
        text += &format!(" -\"{}\"", word.replace('"', " "));
    }
    text
}

impl From<&SearchArguments> for Query {
    fn from(arguments: &SearchArguments) -> Self {
        Self {
            text: text(&arguments.words, &arguments.not),
            filters: arguments.filters.filters(),
            as_of: arguments.as_of,
            any_time: false,
            terminated: arguments.terminated,
            limit: arguments.limit,
            offset: arguments.offset,
            exact: arguments.exact,
            facets: arguments.facets,
            annotations: !arguments.no_annotations,
            notes: arguments.notes,
            explain: arguments.explain,
        }
    }
}

impl FilterArguments {
    fn filters(&self) -> Filters {
        Filters {
            betos: self.betos.clone(),
            coverage: self.coverage.clone(),
            kind: self
                .kind
                .iter()
                .map(|kind| match kind {
                    KindArgument::Procedure => Kind::Procedure,
                    KindArgument::Modifier => Kind::Modifier,
                })
                .collect(),
            section: self.section.clone(),
            codes: self.codes.clone(),
            pricing: self.pricing.clone(),
            type_of_service: self.tos.clone(),
            action: self.action.clone(),
            asc_group: self.asc.clone(),
            rbcs: self
                .rbcs
                .iter()
                .map(|value| value.to_ascii_uppercase())
                .collect(),
            not_otherwise_classified: self.noc,
            added: self.added.clone(),
        }
    }
}

/// A coded value, in capitals as CMS writes them.
fn upper_case<T: std::str::FromStr>(text: &str) -> Result<T, T::Err> {
    text.trim().to_ascii_uppercase().parse()
}
