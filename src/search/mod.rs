//! How a question is answered: the engine ends here.

mod answer;
mod correct;
mod counts;
mod details;
mod evaluate;
mod expand;
mod facet;
mod filter;
mod hit;
mod list;
mod listed;
mod parameter;
mod plan;
mod query;
mod rank;
mod reason;
mod request;
mod searcher;
mod syntax;
mod unlisted;

pub use answer::{Answer, Coded, Explanation, Hit, Replacement, ScorePart, Status};
pub use counts::TableRow;
pub use details::{Details, FieldValue};
pub use facet::{FacetCount, Facets};
pub use list::{List, ListQuery};
pub use listed::Listed;
pub use query::{Filters, Query};
pub use reason::{Reason, Via};
pub use request::QueryRequest;
pub use searcher::Searcher;
