//! Differences between a record page and the newest release; the release takes precedence.

use crate::annotation::{Annotations, Difference};
use crate::history::Timeline;

use crate::index::generation::indexed_source::IndexedSource;

/// Adds the differences to the notices of the pages' sources.
pub(crate) fn add_differences(
    annotations: &[Annotations],
    timeline: &Timeline,
    sources: &mut [IndexedSource],
) {
    for (annotations, source) in annotations.iter().zip(sources) {
        let Annotations::RecordPage(_, page) = annotations else {
            continue;
        };
        let code = page.record.code;
        let newest = timeline.versions_of(code).last();
        for difference in newest.map_or(Vec::new(), |version| page.differences(&version.record)) {
            let Difference {
                field,
                page,
                release,
            } = difference;
            let notice = format!(
                "{code}: {field} is `{page}` there and `{release}` in the release, which takes precedence"
            );
            source.notices.push(notice);
        }
    }
}
