package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What each figure means, in the words that travel with it. */
final class Definitions {
    private Definitions() {}

    /** Of the measures of agreements and applications. */
    static void put(ObjectNode answer, LocalDate since, @Nullable LocalDate on) {
        putMeasures(answer.putObject("definitions"), since, on);
    }

    private static void putMeasures(ObjectNode words, LocalDate since, @Nullable LocalDate on) {
        words.put("agreements", agreements(on));
        words.put("new_agreements", "Of those, signed on or after " + since + ".");
        words.put("agreements_before_since", "Of those, signed before " + since + ".");
        words.put(
                "signed_unknown",
                "Of those, with a signing date that is unknown or too vague to tell; in neither count.");
        words.put("agencies", "Distinct agencies with at least one of those agreements.");
        words.put("states", "Distinct states, D.C. and territories with at least one of those agreements.");
        words.put("new_states", "The same for the new agreements.");
        words.put("by_model", "Agreements by support type. An agency may hold one of each.");
        words.put("agencies_by_model", "Distinct agencies by support type; they do not add up to agencies.");
        words.put("by_agency_type", "Agreements by the kind of agency, as ICE's TYPE column says.");
        words.put(
                "pending_applications",
                "Rows of ICE's newest pending workbook, granted meanwhile or not. Null before the first workbook.");
        words.put(
                "granted_still_listed",
                "Of those, applications that an agreement has answered. Null when 'on' is asked.");
        words.put("unlisted", "Agreements that left the list without a document that says why.");
        words.put("under_review", "Agreements whose row vanished and whose successor a person has yet to confirm.");
        words.put(
                "uncertain",
                "With 'on': agreements that had left the list by then, without a document that ends them. Not in agreements.");
        words.put(
                "not_determinable",
                "With 'on': agreements whose dates are known too vaguely to say. Not in agreements.");
    }

    private static String agreements(@Nullable LocalDate on) {
        return on == null
                ? "Agreements that ICE's newest participating workbook lists, as known at as_of. Null before the first workbook."
                : ("Agreements in force on %s, as known at as_of: signed by then, not ended by then according to a"
                                + " document, and listed on or after that day or still. Agreements that ended before the"
                                + " first workbook are not in it unless a document recorded them.")
                        .formatted(on);
    }

    /** Of the same measures, and of operations. */
    static void putHeadline(ObjectNode answer, LocalDate since, @Nullable LocalDate on) {
        ObjectNode words = answer.putObject("definitions");
        putMeasures(words, since, on);
        words.put(
                "operations",
                "Enforcement operations recorded by as_of (with 'on': begun by then), and the sum of the bounds of the arrests"
                        + " claimed for them: for each the preferred claim, else the latest official one, else the latest."
                        + " Operations that overlap others and figures without bounds are left out, so that the sum is a"
                        + " floor; left_out names them. Unknown is not zero.");
    }

    static void putSeries(ObjectNode answer, SeriesQuestion asked) {
        ObjectNode words = answer.putObject("definitions");
        String name = asked.measure().code();
        String what =
                switch (asked.measure()) {
                    case AGREEMENTS -> "Agreements";
                    case NEW_AGREEMENTS -> "Agreements signed on or after " + asked.since();
                    case AGENCIES -> "Distinct agencies with at least one agreement";
                    case PENDING_APPLICATIONS -> "Rows of the pending workbook, granted meanwhile or not";
                    case UNLISTED -> "Agreements that had left the list without a document that says why";
                    case OPERATIONS -> "Enforcement operations";
                    case ARRESTS -> "Arrests claimed for enforcement operations, as the sum of the claims' bounds";
                };
        String when;
        if (asked.basis() == SeriesQuestion.Basis.SIGNED) {
            when =
                    ", by the day of signing, of those that count at this moment: agreements that have left meanwhile are"
                            + " not in it. The last value is the headline's. Where the day of signing is vague or yet to come,"
                            + " the last day possible or the first listing places it, whichever is earlier;"
                            + " placed_by_listing says for how many.";
            words.put(
                    "placed_by_listing",
                    "Agreements whose day of signing is vague or yet to come, so that it does not place them.");
        } else if (asked.basis() == SeriesQuestion.Basis.LISTED) {
            when = ", as ICE's workbooks told it at the end of each stretch. Null before the first workbook.";
        } else {
            when =
                    ", by the stretch in which they began. undated holds those of which that is not known; they are in no"
                            + " item. Null before the first figure.";
            words.put("undated", "Operations that did not begin within one stretch for certain.");
        }
        words.put(name, what + when);
        words.put(
                "cumulative",
                asked.cumulative()
                        ? "Each value is the figure at the end of its stretch."
                        : "Each value is by how much the figure rose or fell in its stretch.");
        Grouping by = asked.by();
        if (by != null) {
            words.put(
                    "by_" + by.code(),
                    switch (by) {
                        case MODEL, STATE, AGENCY_TYPE ->
                            "The same for each; unknown where ICE's cell does not tell."
                                    + (asked.measure() == Measure.AGENCIES
                                            ? " An agency may stand under several, so they do not add up."
                                            : "");
                        case REGION ->
                            "The same for each. The Census regions northeast, midwest, south and west, with territories and"
                                    + " unknown, make up the whole; divisions and southeast (South Atlantic and East South"
                                    + " Central) lie within them.";
                    });
        }
    }

    static void putCoverage(ObjectNode answer) {
        ObjectNode words = answer.putObject("definitions");
        words.put(
                "counties",
                "Counties and equivalents with at least one agreement of an agency of ICE's type County that counts. The"
                        + " county cell decides, with its suffix.");
        words.put("population", "People living in those counties, by the estimates of population_source.");
        words.put(
                "population_total",
                "People living in the states (or in those asked for), by the same file; it leaves territories out.");
        words.put("share", "population by population_total; share_percent is the same in percent, to two places.");
        words.put(
                "by_model", "The same for counties with an agreement of that support type. A county may have several.");
        words.put("largest_counties", "The 25 counties with the most people, and whether they have such an agreement.");
        words.put(
                "largest_places",
                "The 25 incorporated places with the most people, and whether their own police (an agency of ICE's type"
                        + " Municipality, of the place's name) has an agreement. Null until a file of places is loaded.");
        words.put(
                "unmatched",
                "Agreements of county agencies whose county cell is empty (unknown), names no county of its state"
                        + " (no_such_county), or several (ambiguous). In no figure here. An editor settles one by correcting"
                        + " the agency's county, with a source.");
        words.put("settled", "Agreements whose county cell leads nowhere and whose county an editor told.");
        words.put(
                "without_population", "Counties with an agreement that the estimates do not have; they add no people.");
    }

    static void putCounties(ObjectNode answer, @Nullable LocalDate on) {
        ObjectNode words = answer.putObject("definitions");
        words.put(
                "county",
                "A county or equivalent with at least one of these agreements of an agency of ICE's type County. The county"
                        + " cell decides, with its suffix; agreements whose cell leads nowhere are in no row, and"
                        + " /v1/statistics/coverage lists them. With listed=any, every county.");
        words.put("agreements", agreements(on));
        words.put("by_model", "Agreements by support type; unknown where ICE's cell does not tell.");
        words.put(
                "population",
                "People living in the county, by the estimates that were loaded; null where it is not in them.");
    }

    static void putFunnel(ObjectNode answer) {
        ObjectNode words = answer.putObject("definitions");
        words.put("filed", "Applications that a pending workbook ever listed, retracted ones left out.");
        words.put("open", "Listed in the newest pending workbook and not answered.");
        words.put("granted", "Answered by an agreement that ICE lists or listed.");
        words.put("granted_still_listed", "Of those, still in the newest pending workbook.");
        words.put(
                "awaiting_outcome",
                "Gone from the pending workbook, and no agreement is known. Absence alone does not make them lapsed.");
        words.put("under_review", "A person has yet to say what became of them.");
        words.put("lapsed", "Ended without an agreement, according to a document.");
        words.put("returned", "Agreements that went back to the pending workbook.");
        words.put(
                "days_to_sign",
                "Days from the first listing of a granted application to the signing of its agreement. ICE's listing came"
                        + " after the last workbook without it and by the first with it, so each is an interval, and so"
                        + " are the median and the quartiles; a bound is null where there is none.");
        words.put("measured", "Granted applications whose agreement has a day of signing.");
        words.put("negative", "Of those, signed before they were listed for certain; possibly_negative: perhaps.");
        words.put(
                "censored",
                "Of those, listed in the first pending workbook of all: they may have waited any time before it.");
        words.put("not_measurable", "Granted, with a day of signing that is not known.");
        words.put("waiting", "Not granted so far: open, awaiting or under review. In no median.");
    }

    static void putRevisions(ObjectNode answer) {
        ObjectNode words = answer.putObject("definitions");
        words.put(
                "figures",
                "Each figure of the headline that differs: published, as ICE's workbooks told it at the end of the first"
                        + " day; now, for that same day (in force on it) with all that was known by the second.");
        words.put(
                "change",
                "added: counted now, not then. removed: counted then, not now. uncertain: left the list by that day without"
                        + " a document. not_determinable: its dates are too vague for a day. restated: counted both times,"
                        + " with other facts.");
        words.put("events", "What became known in between about it; or, where nothing did, the event that says so.");
    }
}
