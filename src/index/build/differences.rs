//! Where a record page says something else than the newest release, which stands.

use crate::annotation::{Annotations, Difference};
use crate::history::Timeline;

use crate::index::generation::manifest::IndexedSource;

/// Notes the differences with the sources of the pages.
pub(crate) fn tell_differences(
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
                "{code}: {field} is `{page}` there and `{release}` in the release, which stands"
            );
            source.notices.push(notice);
        }
    }
}
