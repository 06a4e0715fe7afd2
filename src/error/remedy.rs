//! `Remedy`: what helps against an error.

/// The remedy for an error. The library does not know how a user applies it; each front end words
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// Build an index in the folder.
    BuildIndex,
    /// Build the index again, from its sources.
    RebuildIndex,
    /// Use another folder for the index.
    OtherFolder,
    /// Say which release the file is.
    NameRelease,
    /// Check the file, or force it.
    Insist,
    /// Fetch the file by hand, or try again later.
    FetchByHand,
    /// Fetch the file by hand, try again later, or wait longer for the server.
    WaitLonger,
    /// Give the address of the page that links the releases.
    NamePage,
    /// Give the address of that page, or fetch the file by hand.
    NamePageOrFetch,
    /// Listen on another address.
    OtherAddress,
    /// Say what the columns hold, or which to ignore.
    MapColumns,
}
