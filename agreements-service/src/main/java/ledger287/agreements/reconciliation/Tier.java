package ledger287.agreements.reconciliation;

/** Which rule says so. The first matching rule counts; they are tried in the order of the strength of their evidence. */
enum Tier {
    /** State, agency, support type and signed date agree. */
    SAME_KEY("same_key"),
    /** The same, the agency being known under the row's name from earlier. */
    SAME_AGENCY_ALIAS("same_agency_alias"),
    /** The row reads as the last one that stood for it; an editor had corrected a value. */
    SAME_ROW("same_row"),
    /** The row under review came back as it was. */
    CAME_BACK("came_back"),
    /** One memorandum's file, on one row before and on one row now. */
    SAME_MOA_FILE("same_moa_file"),
    /** Same agency and support type, another date, one for one. */
    DATE_CHANGED("date_changed"),
    /** One name vanishes where the other appears, alike word by word. */
    RENAMED("renamed_word_by_word"),
    /** Same agency, date and memorandum, another support type. */
    SUPPORT_TYPE_CHANGED("support_type_changed"),
    /** Same name, support type and date in another state. */
    STATE_CHANGED("state_changed"),
    /** An agreement that had left the list is on it again. */
    RELISTED("relisted"),
    /** A row vanishes while a row for the same agency, support type and date stays. */
    DUPLICATE_REMOVED("duplicate_removed"),
    /** Vanished here, and pending again. */
    RETURNED_TO_PENDING("returned_to_pending"),
    /** Not certain: a person decides. */
    UNDER_REVIEW("under_review"),
    /** Vanished with none of the above. */
    UNLISTED("unlisted"),
    /** Appears with no counterpart. */
    NEW("new"),
    /** Agreement and application of one agency and support type. */
    GRANTED("granted"),
    /** Agreement and application of one support type, the agency's name alike word by word. */
    GRANTED_UNDER_ANOTHER_NAME("granted_under_another_name"),
    /** A cell that cannot be read in exactly one way. */
    DOUBTFUL_CELL("doubtful_cell"),
    /** A later workbook answered the question. */
    SETTLED("settled");

    private final String code;

    Tier(String code) {
        this.code = code;
    }

    /** The name in events. */
    String code() {
        return code;
    }
}
