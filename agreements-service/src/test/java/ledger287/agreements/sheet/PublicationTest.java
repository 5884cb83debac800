package ledger287.agreements.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublicationTest {
    @Test
    void a_files_name_gives_the_publication_in_new_york() {
        Map<String, String> published = Map.ofEntries(
                Map.entry("participatingAgencies06062025am.xlsx", "2025-06-06T13:00:00Z"),
                Map.entry("participatingAgencies06062025mid.xlsx", "2025-06-06T16:00:00Z"),
                Map.entry("participatingAgencies06062025pm.xlsx", "2025-06-06T21:00:00Z"),
                Map.entry("participatingAgencies06062025am_b.xlsx", "2025-06-06T13:01:00Z"),
                Map.entry("ParticipatingAgencies06062025AM.xlsx", "2025-06-06T13:00:00Z"),
                Map.entry("participatingAgencies04212026am 12.15.07 AM.xlsx", "2026-04-21T13:00:00Z"),
                Map.entry("287gParticipatingAgencies091526pm.xlsx", "2026-09-15T21:00:00Z"),
                Map.entry("pendingAgencies12012025pm.xlsx", "2025-12-01T22:00:00Z"),
                Map.entry("participatingAgencies06062025am (1).xlsx", "2025-06-06T13:00:00Z"),
                Map.entry("20250519_024922_participatingAgencies05162025am.xlsx", "2025-05-16T13:00:00Z"),
                Map.entry("pending-2025-06-06-mid.xlsx", "2025-06-06T16:00:00Z"),
                Map.entry("participatingAgencies6062025am.xlsx", "2025-06-06T13:00:00Z"),
                Map.entry("some/folder/pendingAgencies06062025.xlsx", "2025-06-06T13:00:00Z"));
        published.forEach((name, instant) -> assertEquals(
                Instant.parse(instant), Publication.ofFileName(name).at(), name));
        assertEquals(
                "2025-06-06 am b",
                Publication.ofFileName("participatingAgencies06062025am_b.xlsx").label());
    }

    @Test
    void a_name_that_cannot_be_right_asks_for_the_parameter() {
        for (String name : List.of(
                "participatingAgencies06063025am.xlsx",
                "participatingAgencies13322025am.xlsx",
                "participatingAgencies1112025am.xlsx",
                "participatingAgencies.xlsx",
                "287g.xlsx",
                "")) {
            SheetRejected refusal = assertThrows(SheetRejected.class, () -> Publication.ofFileName(name), name);
            assertEquals(SheetRejected.Reason.PUBLICATION_UNKNOWN, refusal.reason());
            assertTrue(refusal.detail().contains("published_at="), refusal::detail);
        }
    }

    @Test
    void the_parameter_is_a_day_a_part_of_a_day_or_an_instant() {
        Map<String, Publication> published = Map.of(
                "2025-06-06", new Publication(Instant.parse("2025-06-06T13:00:00Z"), "2025-06-06"),
                "2025-06-06 am", new Publication(Instant.parse("2025-06-06T13:00:00Z"), "2025-06-06 am"),
                "2025-06-06mid", new Publication(Instant.parse("2025-06-06T16:00:00Z"), "2025-06-06 mid"),
                "2025-06-06PM", new Publication(Instant.parse("2025-06-06T21:00:00Z"), "2025-06-06 pm"),
                "2025-06-06 am b", new Publication(Instant.parse("2025-06-06T13:01:00Z"), "2025-06-06 am b"),
                "2025-06-06T13:00:00Z", new Publication(Instant.parse("2025-06-06T13:00:00Z"), "2025-06-06 09:00"),
                "2025-06-06T23:30:00-04:00",
                        new Publication(Instant.parse("2025-06-07T03:30:00Z"), "2025-06-06 23:30"));
        published.forEach((text, publication) -> assertEquals(publication, Publication.parse(text), text));
        for (String text : List.of("", "June 6", "2025-13-06", "06/06/2025", "3025-06-06", "2025-06-06 noon")) {
            assertThrows(SheetRejected.class, () -> Publication.parse(text), text);
        }
    }
}
