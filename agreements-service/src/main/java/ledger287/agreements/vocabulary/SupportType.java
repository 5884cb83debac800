package ledger287.agreements.vocabulary;

/** The kind of authority an agreement delegates; ICE also calls it the model. */
public enum SupportType {
    /** Acts during routine policing. Ended in 2012, revived in 2025. */
    TASK_FORCE("task_force"),
    /** Serves ICE's administrative warrants inside a jail. */
    WARRANT_SERVICE_OFFICER("warrant_service_officer"),
    /** Identifies and processes removable people inside a jail. */
    JAIL_ENFORCEMENT("jail_enforcement");

    private final String code;

    SupportType(String code) {
        this.code = code;
    }

    /** The name in the public contract. */
    public String code() {
        return code;
    }
}
