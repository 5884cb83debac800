package ledger287.reporting.reference;

import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Reading;

/** Whether the county of an agency is what an editor told, where ICE's cell names none that there is. */
public final class EditorsCounty {
    private EditorsCounty() {}

    /**
     * The condition on an agency's version: an editor, and not one who took something back, changed the county to what it
     * is now. A correction of something else leaves the county ICE's own.
     *
     * @param alias of {@code agency_version} in the query
     */
    public static Sql told(Reading reading, String alias) {
        return new Sql(
                """
                exists (select from change e
                         where e.subject = 'agency-' || a.agency_id
                           and e.type = 'org.ledger287.agency.corrected.v1'
                           and e.sequence <= ?
                           and e.known_at <= ?
                           and e.event #>> '{data,editor,by}' is not null
                           and e.event #>> '{data,retracts}' is null
                           and e.event #>> '{data,agency,county}' = a.county
                           and e.event #>> '{data,before,county}' is distinct from a.county)\
                """.replace(" a.", " " + alias + "."),
                reading.moment().cursor().sequence(),
                reading.moment().knownBy());
    }
}
