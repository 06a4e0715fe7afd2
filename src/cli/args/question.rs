//! The arguments of a question: words, filters, the day, the page, the format.

use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};
use hcpcs::search::{AnswerRow, FILTERS, FilterSpec, Parameter, Takes};
use hcpcs::{Date, Error, Filters, Query, QueryRequest};

use super::super::candidates;
use super::first_word::typed;

#[derive(Debug, Args)]
pub(crate) struct SearchArguments {
    /// Words, codes, patterns or ranges; optional if a filter is given.
    #[arg(value_parser = word, add = ArgValueCompleter::new(candidates::words))]
    words: Vec<String>,
    /// Leave out codes with this word; `-WORD` is the same.
    #[arg(long, value_name = "WORD", value_parser = word)]
    not: Vec<String>,
    /// Search only the release, without drug names, notes, taxonomy and synonyms.
    #[arg(long)]
    no_annotations: bool,
    #[command(flatten)]
    filters: FilterArguments,
    #[command(flatten)]
    question: QuestionArguments,
    #[command(flatten)]
    pub(crate) format: FormatArguments,
}

/// The filters of a search, from the library's table of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct FilterArguments(Filters);

/// The parameters of a question that are neither words nor filters, from the library's table.
#[derive(Clone, Debug, Default)]
pub(crate) struct QuestionArguments(QueryRequest);

/// The parameters that have another form as arguments.
const OF_THEIR_OWN: [&str; 3] = ["id", "query", "annotations"];
const FILTERS_HEADING: &str = "Filters (each repeatable, values separated by commas)";

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct FormatArguments {
    /// One JSON object.
    #[arg(long, group = "format")]
    pub(crate) json: bool,
    /// A JSON object on each line, one for each answer.
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
        requires = "format",
        value_parser = PossibleValuesParser::new(AnswerRow::FIELDS)
    )]
    pub(crate) fields: Vec<String>,
}

/// A word as typed.
#[expect(clippy::unnecessary_wraps, reason = "a parser of arguments may fail")]
fn word(text: &str) -> Result<String, String> {
    Ok(typed(text))
}

/// The question in one text.
fn text(words: &[String], not: &[String]) -> String {
    let mut text = words.join(" ");
    for word in not {
        let word = word.trim_start_matches('-').replace('"', " ");
        text += &format!(" -\"{word}\"");
    }
    text
}

impl TryFrom<&SearchArguments> for Query {
    type Error = Error;

    fn try_from(arguments: &SearchArguments) -> Result<Self, Error> {
        let query = Self::try_from(arguments.question.0.clone())?;
        Ok(Self {
            text: text(&arguments.words, &arguments.not),
            filters: arguments.filters.filters(),
            annotations: !arguments.no_annotations,
            ..query
        })
    }
}

impl FilterArguments {
    pub(crate) fn filters(&self) -> Filters {
        self.0.clone()
    }
}

/// An argument for a parameter.
fn argument(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name.replace('_', "-")).help(help)
}

fn filter_argument(filter: &'static FilterSpec) -> Arg {
    let argument = argument(filter.name, filter.help).help_heading(FILTERS_HEADING);
    if filter.is_flag {
        return argument.action(ArgAction::SetTrue);
    }
    let argument = argument
        .value_name(filter.name.to_uppercase())
        .value_delimiter(',')
        .action(ArgAction::Append);
    if filter.choices.is_empty() {
        let argument = argument.value_parser(move |text: &str| filter_value(filter, text));
        match filter.table() {
            Some(table) => argument.add(ArgValueCandidates::new(|| candidates::values(table))),
            None if filter.name == "codes" => {
                argument.add(ArgValueCompleter::new(candidates::codes))
            }
            None => argument,
        }
    } else {
        argument.value_parser(PossibleValuesParser::new(filter.choices))
    }
}

/// A value of a filter, or the error with what it takes.
fn filter_value(filter: &FilterSpec, text: &str) -> Result<String, String> {
    let add = filter.add(&mut Filters::default(), text);
    add.map(|()| text.to_owned()).map_err(|why| {
        let table = filter.table();
        let table = table.map(|table| format!("; `hcpcs table {}` lists them", table.name));
        let why = if why.is_empty() { why } else { why + "; " };
        format!("{why}give {}{}", filter.accepts, table.unwrap_or_default())
    })
}

fn question_argument(parameter: Parameter) -> Arg {
    let argument = argument(parameter.name, parameter.help);
    match parameter.takes {
        Takes::Flag => argument.action(ArgAction::SetTrue),
        Takes::Number => argument.value_name("N").value_parser(|text: &str| {
            let number = text.parse::<usize>();
            number
                .map(|_| text.to_owned())
                .map_err(|why| why.to_string())
        }),
        // The library parses it, and its error says what would be right.
        Takes::Limit => argument.value_name("N"),
        Takes::Choice(names) => argument
            .value_name("ORDER")
            .hide_possible_values(true)
            .value_parser(PossibleValuesParser::new(names)),
        _ => argument.value_name("DATE").value_parser(|text: &str| {
            let day = text.parse::<Date>();
            day.map(|_| text.to_owned()).map_err(|why| why.to_string())
        }),
    }
}

impl Args for FilterArguments {
    fn augment_args(command: Command) -> Command {
        command.args(FILTERS.iter().map(filter_argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for FilterArguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut filters = Filters::default();
        for filter in &FILTERS {
            if filter.is_flag {
                let is_set = matches.get_flag(filter.name).to_string();
                let _ = filter.add(&mut filters, &is_set);
                continue;
            }
            for text in matches
                .get_many::<String>(filter.name)
                .into_iter()
                .flatten()
            {
                filter.add(&mut filters, text).map_err(|why| {
                    clap::Error::raw(ErrorKind::InvalidValue, format!("{}: {why}\n", filter.name))
                })?;
            }
        }
        Ok(Self(filters))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The parameters of the question itself.
fn question_parameters() -> impl Iterator<Item = Parameter> {
    QueryRequest::parameters().filter(|parameter| {
        let is_filter = FILTERS.iter().any(|filter| filter.name == parameter.name);
        !is_filter && !OF_THEIR_OWN.contains(&parameter.name)
    })
}

impl Args for QuestionArguments {
    fn augment_args(command: Command) -> Command {
        command.args(question_parameters().map(question_argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for QuestionArguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = question_parameters().filter_map(|parameter| {
            let name = parameter.name;
            if parameter.takes == Takes::Flag {
                return matches.get_flag(name).then_some((name, "true"));
            }
            Some((name, matches.get_one::<String>(name)?.as_str()))
        });
        let request = QueryRequest::from_pairs(given);
        let wrong = |why: Error| clap::Error::raw(ErrorKind::InvalidValue, format!("{why}\n"));
        request.map(Self).map_err(wrong)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
