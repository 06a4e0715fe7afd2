//! The examples, as a reader runs them; each holds what it finds.

#[path = "../../examples/review_claims.rs"]
mod review_claims;
#[path = "../../examples/search_a_list.rs"]
mod search_a_list;
#[path = "../../examples/watch_my_codes.rs"]
mod watch_my_codes;

#[test]
fn a_list_is_searched() {
    search_a_list::main().unwrap();
}

#[test]
fn a_table_of_claims_is_reviewed() {
    review_claims::main().unwrap();
}

#[test]
fn the_changes_of_some_codes_are_watched() {
    watch_my_codes::main().unwrap();
}
