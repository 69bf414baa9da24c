//! The usual names of parameters and properties by which lists are paged, as [`key`] gives them.

/// The id of the last item.
pub(super) const CURSORS: &[&str] = &["startingafter", "after", "afterid"];

/// The id of the first item, to walk backwards.
pub(super) const BACKWARDS: &[&str] = &["endingbefore", "before", "beforeid"];

/// Parameters that take a token, in the order in which they are looked for.
pub(super) const TOKENS: &[&str] = &[
    "pagetoken",
    "cursor",
    "nexttoken",
    "nextcursor",
    "continuationtoken",
    "continuetoken",
    "startcursor",
    "nextpagetoken",
    "pagecursor",
    "pageafter",
    "nextpage",
    "continue",
    "scrollid",
    "skiptoken",
    "bookmark",
    "after",
    "startingafter",
    "afterid",
    "marker",
    "nextmarker",
    "start",
    "offset",
    "next",
    "page",
    "token",
];

/// Properties that hold a token and nothing else.
pub(super) const NEXT_TOKENS: &[&str] = &[
    "nextpagetoken",
    "nextcursor",
    "nexttoken",
    "continuationtoken",
    "nextcontinuationtoken",
    "nextpagecursor",
    "nextmarker",
    "nextkey",
    "endcursor",
    "nextoffset",
    "nextskiptoken",
    "scrollid",
];

/// Properties that hold a token or a URL: the value says which.
pub(super) const NEXT: &[&str] = &["next", "nextpage"];

/// Properties that are tokens if the parameter has their name. A number may be the one that was sent.
pub(super) const SAME: &[&str] = &[
    "cursor",
    "token",
    "pagetoken",
    "pagecursor",
    "continuationtoken",
    "continuetoken",
    "continue",
    "scrollid",
    "bookmark",
    "marker",
    "offset",
    "after",
    "startingafter",
];

/// Properties of an object that is the next page, such as `next: {cursor, url}`.
pub(super) const IN_NEXT: &[&str] =
    &["cursor", "token", "pagetoken", "after", "startingafter", "marker", "offset", "page"];

/// The id of the last item, beside a flag that says whether there is more.
pub(super) const LAST_IDS: &[&str] = &["lastid", "lastitemid"];

pub(super) const NEXT_URLS: &[&str] = &[
    "next",
    "nexturl",
    "nexturi",
    "nextpage",
    "nextpageurl",
    "nextpageuri",
    "nextpagelink",
    "nextlink",
    "nexthref",
    "odatanextlink",
];

/// Properties of the next page or of a link to it.
pub(super) const HREFS: &[&str] = &["href", "url", "uri", "link"];

pub(super) const OFFSETS: &[&str] =
    &["offset", "skip", "start", "startindex", "startat", "pageoffset"];

pub(super) const PAGES: &[&str] =
    &["page", "pagenumber", "pageindex", "pageno", "pagenum", "currentpage"];

pub(super) const LIMITS: &[&str] = &[
    "limit",
    "pagesize",
    "perpage",
    "maxresults",
    "count",
    "size",
    "take",
    "maxpagesize",
    "pagelimit",
    "itemsperpage",
    "resultsperpage",
    "top",
    "rows",
    "first",
];

pub(super) const MORE: &[&str] = &[
    "hasmore",
    "hasnext",
    "hasnextpage",
    "more",
    "hasmorepages",
    "hasmoreresults",
    "hasmoreitems",
    "moreresults",
    "istruncated",
];

/// The start of a range, beside whose end it is no offset.
pub(super) const RANGE_STARTS: &[&str] = &["start"];

pub(super) const RANGE_ENDS: &[&str] = &["end", "to", "until", "till", "stop", "endtime"];

/// The number of all items.
pub(super) const TOTALS: &[&str] = &[
    "total",
    "totalcount",
    "totalsize",
    "totalresults",
    "totalitems",
    "totalrecords",
    "totalelements",
];

/// The number of all pages.
pub(super) const TOTAL_PAGES: &[&str] =
    &["totalpages", "pagecount", "pagescount", "numpages", "numberofpages", "pages", "lastpage"];

/// The list of items, where a page has several lists.
pub(super) const LISTS: &[&str] = &[
    "data",
    "items",
    "content",
    "elements",
    "documents",
    "docs",
    "results",
    "entries",
    "records",
    "values",
    "list",
    "objects",
    "result",
    "rows",
    "resources",
    "hits",
];

/// Lists that stand beside the items.
pub(super) const SIDE_LISTS: &[&str] =
    &["errors", "warnings", "messages", "included", "links", "facets", "schemas", "sort"];

/// Objects in which pages keep such things.
pub(super) const NESTED: &[&str] = &[
    "meta",
    "paging",
    "pagination",
    "responsemetadata",
    "links",
    "pageinfo",
    "metadata",
    "resultinfo",
    "cursor",
    "cursors",
    "nextpage",
    "next",
    "page",
];

/// Objects around a page.
pub(super) const WRAPPERS: &[&str] =
    &["data", "result", "results", "response", "payload", "embedded"];

/// Response headers with a token.
pub(super) const HEADERS: &[&str] =
    &["nextcursor", "nextpage", "nexttoken", "nextpagetoken", "continuationtoken", "cursor"];

/// Parameters that are there only to move through a list.
pub(super) const MOVES: &[&str] = &[
    "cursor",
    "offset",
    "page",
    "pagetoken",
    "pagecursor",
    "pagenumber",
    "pageindex",
    "pageafter",
    "pageoffset",
    "nextpagetoken",
    "nexttoken",
    "nextcursor",
    "continuationtoken",
    "startingafter",
    "startindex",
];

/// The formats of times, which are no positions in a list.
pub(super) const TIMES: &[&str] = &[
    "date",
    "date-time",
    "datetime",
    "time",
    "timestamp",
    "duration",
    "partial-date-time",
    "unix-time",
    "unixtime",
    "epoch",
];

/// The formats of URLs.
pub(super) const URLS: &[&str] = &["uri", "url", "uri-reference", "iri", "iri-reference"];

/// A name without case and separators.
pub(crate) fn key(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// True if this is the [`key`] of a name. Most names differ in their first letter, so the key is not built.
pub(super) fn is_key(name: &str, key: &str) -> bool {
    let letters = name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.eq(key.chars())
}
