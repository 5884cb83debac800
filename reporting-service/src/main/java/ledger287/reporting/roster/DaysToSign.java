package ledger287.reporting.roster;

/**
 * Days from the listing of an application to the signing that answers it. When ICE first listed it is known as an
 * interval: after the last pending workbook without it, and by the first one with it. So the days are one too. They may
 * be negative, since ICE lists some applications after it has signed. No upper bound: it stood in the first workbook of
 * all. Null while it is not granted, and where the day of signing is unknown.
 *
 * <p>SQL over a version {@code v} of the application and the version {@code a} of its agreement.
 */
public final class DaysToSign {
    public static final String LOW = """
            (case when a.signed_precision = 'day'
                  then a.signed_on - (v.first_listed_at at time zone 'America/New_York')::date
             end)::bigint""";

    public static final String HIGH = """
            (case when a.signed_precision = 'day'
                  then a.signed_on - (v.absent_before at time zone 'America/New_York')::date
             end)::bigint""";

    private DaysToSign() {}
}
