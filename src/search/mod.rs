//! Answers questions; only this layer and `index` name the engine.
//!
//! The modules are in the order in which a question passes through them.

pub(crate) mod day_facts;
pub(crate) mod recent;
pub(crate) mod searcher;

pub(crate) mod question;

pub(crate) mod plan;

pub(crate) mod matching;

pub(crate) mod ranking;

pub(crate) mod answer;

pub(crate) mod code;

pub(crate) mod list;

pub(crate) mod batch;
pub(crate) mod changes;
pub(crate) mod units;

pub use answer::alike::Alike;
pub use answer::answer::{
    Answer, AnswerRow, Explanation, Highlights, Hit, Marks, Replacement, ScorePart,
};
pub use answer::asked_code::{AskedCode, AskedVerdict, Nearest};
pub use answer::code_on_day::{CodeOnDay, CodedList};
pub use answer::coded_value::{Coded, OtherCoded};
pub use answer::facet::{FacetCount, Facets};
pub use answer::inline::{InlineList, InlineText};
pub use answer::reason::Reason;
pub use answer::reason_text::ReasonText;
pub use batch::batch::{BatchOptions, BatchSummary};
pub use batch::question::Question;
pub use batch::question_reader::QuestionReader;
pub use batch::shared_id::NumbersInUse;
pub use changes::request::{ChangesFilter, ChangesRequest, ChangesSummary};
pub use changes::watch_list::WatchList;
pub use code::annotations::{About, Note, Sourced};
pub use code::crosswalks::CrosswalkOfDay;
pub use code::details::Details;
pub use code::field_values::FieldValue;
pub use code::missing_code::MissingCode;
pub use code::versions::{CodeHistory, Held, ReleaseAction, VersionView};
pub use list::list_query::{List, ListQuery};
pub use list::listed_code::ListedCode;
pub use list::shelves::Shelf;
pub use list::suggestions::{Suggestion, SuggestionKind};
pub use list::table_counts::TableRow;
pub use plan::plan::Via;
pub use question::filter_table::{FILTERS, FilterSpec, Filters};
pub use question::filter_texts::FilterTexts;
pub use question::parameter::{Parameter, Takes};
pub use question::query::{Query, Sort};
pub use question::request::QueryRequest;
pub use question::without::Without;
pub use searcher::Searcher;
// The status of a code on a day, and the age of the releases.
pub use crate::history::{Age, Life, Publication, Published, Status, Validity};
pub use units::answer::{PackageAnswer, UnitsAnswer, UnitsLine};
pub use units::error::UnitsError;
pub use units::request::UnitsRequest;
