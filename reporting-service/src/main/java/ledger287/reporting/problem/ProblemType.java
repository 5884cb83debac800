package ledger287.reporting.problem;

/** What can go wrong for a reader. The code is stable; {@code urn:ledger287:problem:<code>} is the problem's type. */
public enum ProblemType {
    INVALID_PARAMETER("invalid-parameter", 400, "A parameter is unknown or its value cannot be used"),
    INVALID_REQUEST("invalid-request", 400, "The request cannot be read"),
    UNAUTHENTICATED("unauthenticated", 401, "An API key is needed"),
    FORBIDDEN("forbidden", 403, "The API key does not allow this"),
    NOT_FOUND("not-found", 404, "There is nothing here"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This address does not take that method"),
    NOT_ACCEPTABLE("not-acceptable", 406, "None of the asked for formats is served here"),
    REFERENCE_NEEDED("reference-needed", 409, "A reference file has to be loaded first"),
    WEBHOOKS_NOT_SET_UP("webhooks-not-set-up", 409, "Webhooks have not been set up here"),
    WEBHOOK_NOT_READY("webhook-not-ready", 409, "The webhook is not in a state that allows this"),
    CURSOR_GONE("cursor-gone", 410, "The cursor belongs to an earlier change log"),
    TOO_LARGE("too-large", 413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The body's media type is not taken here"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "You have asked too much for now"),
    TOO_MANY_STREAMS("too-many-streams", 503, "Too many streams are open"),
    STILL_UNREADABLE("still-unreadable", 422, "The parked events still cannot be projected"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "The idempotency key belongs to another request"),
    TOO_MANY_WEBHOOKS("too-many-webhooks", 422, "There are as many webhooks as may be"),
    REFERENCE_UNREADABLE("reference-unreadable", 422, "The reference file cannot be used"),
    BUSY("busy", 503, "Too much is asked for now"),
    TOO_SLOW("too-slow", 503, "The answer took too long to find"),
    NOT_YET("not-yet", 503, "The asked for position has not been projected yet"),
    UNAVAILABLE("unavailable", 503, "The query store does not answer"),
    INTERNAL("internal", 500, "Something is wrong on our side");

    private final String code;
    private final int status;
    private final String title;

    ProblemType(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    /** The stable type of the problem document. */
    public String urn() {
        return "urn:ledger287:problem:" + code;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
