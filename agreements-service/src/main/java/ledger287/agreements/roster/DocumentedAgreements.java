package ledger287.agreements.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/** Agreements that ended before the first workbook, known from documents only. */
public final class DocumentedAgreements {
    private DocumentedAgreements() {}

    /**
     * What the document says.
     *
     * @param supportType null when the document does not say
     * @param signedOn the day, or the first day of the month or year that is known; null when unknown
     */
    public record Document(
            State state,
            String agencyName,
            @Nullable AgencyType agencyType,
            @Nullable String county,
            @Nullable SupportType supportType,
            @Nullable LocalDate signedOn,
            Precision signedPrecision,
            Agreement.Ending ending) {}

    /** Records an agreement of the past. It was never listed, so its listing dates stay null. */
    public static Decision record(
            Roster roster, Document document, Supplier<UUID> ids, Fact.Editor editor, Instant now) {
        if ((document.signedOn() == null) != (document.signedPrecision() == Precision.UNKNOWN)) {
            return new Decision.Rejected(
                    "signed_date", "Give a date with its precision, or no date and the precision unknown.");
        }
        AgencyKey key = AgencyKey.of(document.state(), document.agencyName());
        Optional<Agency> known = roster.agencyNamed(key);
        boolean recorded = known.stream()
                .flatMap(agency -> roster.agreementsOf(agency.id()).stream())
                .anyMatch(agreement -> agreement.firstListedAt() == null
                        && agreement.status() == Agreement.Status.ENDED
                        && agreement.supportType() == document.supportType()
                        && agreement.signedPrecision() == document.signedPrecision()
                        && Objects.equals(agreement.signedOn(), document.signedOn()));
        if (recorded) {
            return new Decision.Unchanged("This agreement is recorded already.");
        }
        EditorsAct act = new EditorsAct(roster, editor, now);
        List<Fact> facts = new ArrayList<>();
        Agency agency = known.orElseGet(() -> {
            Agency registered = new Agency(
                    ids.get(),
                    document.state(),
                    document.agencyName(),
                    document.agencyType(),
                    document.county(),
                    List.of(new Agency.Alias(document.agencyName(), document.state(), now)),
                    null,
                    List.of());
            facts.add(act.fact(
                    new RosterEvent.AgencyEvent(AgencyChange.REGISTERED, null, registered),
                    registered.id(),
                    editor.reason()));
            return registered;
        });
        UUID id = ids.get();
        Agreement agreement = new Agreement(
                id,
                agency.id(),
                document.state(),
                document.agencyName(),
                document.agencyType(),
                document.county(),
                document.supportType(),
                document.signedOn(),
                document.signedPrecision(),
                false,
                ledger287.agreements.roster.Document.MISSING,
                ledger287.agreements.roster.Document.MISSING,
                Agreement.Status.ENDED,
                false,
                List.of(),
                null,
                null,
                null,
                document.ending());
        facts.add(act.fact(
                new RosterEvent.AgreementEvent(AgreementChange.SIGNED, null, agreement),
                id,
                "Known from a document; no workbook lists it.",
                editor.reason()));
        return new Decision.Accepted(facts);
    }
}
