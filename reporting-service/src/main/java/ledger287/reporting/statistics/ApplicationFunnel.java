package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Known;
import ledger287.reporting.query.Reading;
import ledger287.reporting.roster.DaysToSign;
import org.jspecify.annotations.Nullable;

/** What became of applications, and how long it took. */
final class ApplicationFunnel {
    private static final List<String> STAGES =
            List.of("filed", "open", "granted", "granted_still_listed", "awaiting_outcome", "under_review", "lapsed");

    private ApplicationFunnel() {}

    static void put(Reading reading, Filters filters, ObjectNode answer) throws SQLException {
        if (!Known.at(reading).pending()) {
            STAGES.forEach(answer::putNull);
            answer.putNull("returned");
            putUnknown(answer.putObject("days_to_sign"));
            return;
        }
        try (PreparedStatement select = applications(reading, filters).prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            row.next();
            for (String stage : STAGES) {
                answer.put(stage, row.getLong(stage));
            }
            answer.put("returned", returned(reading, filters));
            ObjectNode days = answer.putObject("days_to_sign");
            long measured = row.getLong("measured");
            days.put("measured", measured);
            days.put("not_measurable", row.getLong("granted") - measured);
            putInterval(days.putObject("median"), row, 2);
            ObjectNode quartiles = days.putObject("quartiles");
            putInterval(quartiles.putObject("first"), row, 1);
            putInterval(quartiles.putObject("third"), row, 3);
            days.put("negative", row.getLong("negative"));
            days.put("possibly_negative", row.getLong("possibly_negative"));
            days.put("censored", row.getLong("censored"));
            days.put("waiting", row.getLong("open") + row.getLong("awaiting_outcome") + row.getLong("under_review"));
        }
    }

    /** The same members as when something is known, so that tables keep their columns. */
    private static void putUnknown(ObjectNode days) {
        days.putNull("measured").putNull("not_measurable");
        days.putObject("median").putNull("low").putNull("high");
        ObjectNode quartiles = days.putObject("quartiles");
        quartiles.putObject("first").putNull("low").putNull("high");
        quartiles.putObject("third").putNull("low").putNull("high");
        days.putNull("negative")
                .putNull("possibly_negative")
                .putNull("censored")
                .putNull("waiting");
    }

    /**
     * A quantile of intervals lies between the same quantile of their lower bounds and that of their upper ones; an
     * upper bound that is missing is higher than any.
     */
    private static Sql applications(Reading reading, Filters filters) {
        return new Sql("""
                with application as (
                  select v.status, v.listed, %s as low, %s as high
                    from application_version v
                    left join agreement_version a
                      on v.status = 'granted'
                     and a.agreement_id = v.agreement_id
                     and\s""".formatted(DaysToSign.LOW, DaysToSign.HIGH))
                .add(reading.visible().of("a"))
                .add("\n   where v.status <> 'retracted'\n     and ")
                .add(reading.visible().of("v"))
                .add(filters.on("v"))
                .add("""

                )
                select count(*) as filed,
                       count(*) filter (where status = 'open') as open,
                       count(*) filter (where status = 'granted') as granted,
                       count(*) filter (where status = 'granted' and listed) as granted_still_listed,
                       count(*) filter (where status = 'awaiting_outcome') as awaiting_outcome,
                       count(*) filter (where status = 'under_review') as under_review,
                       count(*) filter (where status = 'lapsed') as lapsed,
                       count(low) as measured,
                       count(*) filter (where high < 0) as negative,
                       count(*) filter (where low < 0 and coalesce(high, 0) >= 0) as possibly_negative,
                       count(*) filter (where low is not null and high is null) as censored,
                       percentile_disc(array[0.25, 0.5, 0.75]) within group (order by low) as lows,
                       percentile_disc(array[0.25, 0.5, 0.75])
                         within group (order by coalesce(high, 9223372036854775807)) filter (where low is not null) as highs
                  from application
                """);
    }

    private static long returned(Reading reading, Filters filters) throws SQLException {
        Sql sql = new Sql("select count(*) from agreement_version v where v.status = 'returned_to_pending' and ")
                .add(reading.visible().of("v"))
                .add(filters.on("v"));
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void putInterval(ObjectNode interval, ResultSet row, int quartile) throws SQLException {
        Long high = quantile(row, "highs", quartile);
        interval.put("low", quantile(row, "lows", quartile));
        interval.put("high", high == null || high == Long.MAX_VALUE ? null : high);
    }

    private static @Nullable Long quantile(ResultSet row, String column, int quartile) throws SQLException {
        java.sql.Array array = row.getArray(column);
        if (array == null) {
            return null;
        }
        return ((Long[]) array.getArray())[quartile - 1];
    }
}
