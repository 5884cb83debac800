package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import ledger287.reporting.query.Reading;
import ledger287.reporting.reference.Area;
import ledger287.reporting.reference.Load;
import ledger287.reporting.reference.ReferenceLoads;
import org.jspecify.annotations.Nullable;

/**
 * Where on a map a state's figures go: the mean, on the sphere, of the points that the Census Bureau gives for its
 * counties. A place for a label, and not the centre of anything. No state has a point of its own in the files that we
 * read, and none is made up: one without counties in the file has none.
 */
final class StatePoints {
    private static final double TO_SIX_PLACES = 1e6;

    private final Map<String, Sum> sums = new HashMap<>();
    private final Load load;

    private StatePoints(Load load) {
        this.load = load;
    }

    /** @param inForce with points of counties */
    static StatePoints of(Reading reading, ReferenceLoads loads, ReferenceLoads.InForce inForce) throws SQLException {
        var points = new StatePoints(inForce.points().getFirst());
        for (Area county : loads.areas(reading.connection(), points.load)) {
            Double latitude = county.latitude();
            Double longitude = county.longitude();
            if (latitude != null && longitude != null) {
                points.sums
                        .computeIfAbsent(county.state(), state -> new Sum())
                        .add(Math.toRadians(latitude), Math.toRadians(longitude));
            }
        }
        return points;
    }

    /** Puts where the points come from. */
    void describe(ObjectNode collection) {
        collection.put(
                "points",
                "Of each state the mean, on the sphere, of the points of its counties; a place for a label, not a centre."
                        + " Null where the file has no counties.");
        load.put(collection.putArray("county_sources").addObject());
    }

    /** Null where nobody told. */
    @Nullable
    Point of(String state) {
        Sum sum = sums.get(state);
        return sum == null ? null : sum.mean();
    }

    /** A sum of directions from the centre of the earth, so that the Aleutians lie on one side of the Pacific. */
    private static final class Sum {
        private double x;
        private double y;
        private double z;

        void add(double latitude, double longitude) {
            x += Math.cos(latitude) * Math.cos(longitude);
            y += Math.cos(latitude) * Math.sin(longitude);
            z += Math.sin(latitude);
        }

        Point mean() {
            return new Point(
                    rounded(Math.toDegrees(Math.atan2(z, Math.hypot(x, y)))),
                    rounded(Math.toDegrees(Math.atan2(y, x))));
        }

        private static double rounded(double degrees) {
            return Math.rint(degrees * TO_SIX_PLACES) / TO_SIX_PLACES;
        }
    }
}
