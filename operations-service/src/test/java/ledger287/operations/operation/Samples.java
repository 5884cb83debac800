package ledger287.operations.operation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;

/** Fictional operations and claims, dated by days of July 2025. */
final class Samples {
    static final Speaker ICE = new Speaker(null, "U.S. Immigration and Customs Enforcement", true);
    static final Speaker SHERIFF = new Speaker("Sheriff of Quillmarsh County", null, true);

    private Samples() {}

    static UUID id(int n) {
        return new UUID(287, n);
    }

    static LocalDate day(int day) {
        return LocalDate.of(2025, 7, day);
    }

    static Instant noon(int day) {
        return day(day).atTime(LocalTime.NOON).atZone(NewYork.ZONE).toInstant();
    }

    static Act act(int day) {
        return new Act("editor", noon(day), "A reason", null);
    }

    static Description description(String name) {
        return new Description(
                name,
                null,
                PartialDate.month(2025, 6),
                PartialDate.NOT_KNOWN,
                List.of(new Place(State.GA, "Quillmarsh", "13999", null)),
                null,
                List.of(new Partner("Quillmarsh County Sheriff's Office", State.GA, null, null)),
                null,
                List.of(new Source("https://news.example.org/quillmarsh", "A week of stops", "Example", day(1), null)),
                Scope.OPERATION);
    }

    static Operation operation() {
        return new Operation(
                id(1000), "quillmarsh", description("Quillmarsh"), List.of(), OperationStatus.RECORDED, null);
    }

    static Statement arrests(Figure figure, Speaker speaker, int day) {
        return new Statement(
                Metric.ARRESTS,
                figure,
                PartialDate.NOT_KNOWN,
                day(day),
                speaker,
                null,
                "https://news.example.org/" + day,
                null);
    }

    static List<Fact> facts(Decision decision) {
        return switch (decision) {
            case Decision.Accepted accepted -> accepted.facts();
            case Decision.Rejected rejected -> throw new AssertionError("Rejected: " + rejected.detail());
            case Decision.Unchanged unchanged -> List.of();
        };
    }
}
