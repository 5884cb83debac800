package ledger287.service.problem;

/**
 * The catalogue: every problem that a command service answers with. Names are part of the public contract; a title may
 * be reworded, a name may not.
 */
public enum ProblemType {
    INVALID_PARAMETER("invalid-parameter", 400, "A parameter has a value that cannot be used"),
    UNKNOWN_PARAMETER("unknown-parameter", 400, "There is no such parameter"),
    MALFORMED_BODY("malformed-body", 400, "The body cannot be read"),
    UNAUTHENTICATED("unauthenticated", 401, "A valid API key is needed"),
    FORBIDDEN("forbidden", 403, "The API key may not do this"),
    NOT_FOUND("not-found", 404, "There is nothing at this address"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This address does not take this method"),
    NOT_ACCEPTABLE("not-acceptable", 406, "This address does not answer in the format asked for"),
    OLDER_PUBLICATION("older-publication", 409, "A newer publication of this workbook is in the ledger"),
    WRONG_STATUS("wrong-status", 409, "The status does not allow this"),
    STALE("stale", 412, "It has changed since you read it"),
    TOO_LARGE("too-large", 413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "This address does not take this kind of body"),
    UNREADABLE_WORKBOOK("unreadable-workbook", 422, "The file cannot be taken as a workbook of ICE"),
    FUTURE_PUBLICATION("future-publication", 422, "The publication date is in the future"),
    SAMPLE_AND_REAL("sample-and-real", 422, "A ledger holds sample data or real data, never both"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "The Idempotency-Key belongs to another request"),
    INVALID_FIELD("invalid-field", 422, "A field has a value that cannot be used"),
    REFUSED("refused", 422, "The ledger refuses this"),
    INVARIANT_VIOLATED("invariant-violated", 500, "The import does not add up; nothing was stored"),
    INTERNAL("internal", 500, "The service failed"),
    BUSY("busy", 503, "Other commands are being carried out"),
    DATABASE_UNAVAILABLE("database-unavailable", 503, "The database does not answer");

    private final String code;
    private final int status;
    private final String title;

    ProblemType(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    /** The URI that names it, for ever. */
    public String uri() {
        return "urn:ledger287:problem:" + code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** One sentence, the same for every occurrence. */
    public String title() {
        return title;
    }
}
