package ledger287.local.sample;

/** What is odd about the form of one workbook. */
enum Trait {
    /** Days counted from 1904. */
    FROM_1904,
    /** Text in the cells themselves. */
    INLINE_TEXT,
    /** Rows in the order of their days, not of their states. */
    SORTED_BY_DAY,
    /** A filter has hidden every row but one state's. */
    FILTERED,
    /** A title and a merged note above the headers. */
    TITLE_ABOVE,
    /** Headers in other spelling. */
    ODD_HEADERS,
    /** Columns in another order. */
    SHUFFLED_COLUMNS,
    /** A column that is not ICE's. */
    NOTES_COLUMN,
    /** Blank rows in the middle and at the end. */
    BLANK_ROWS,
    /** The column that came on 2025-07-01. */
    ADDENDUM_COLUMN,
    /** A hidden column and a comment. */
    HIDDEN_COLUMN,
    /** One agency's name merged over its rows. */
    MERGED_NAMES,
    /** The tab that says that it is sample data comes first. */
    NOTICE_FIRST
}
