package ledger287.agreements.editing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import ledger287.agreements.roster.Decision;
import ledger287.agreements.roster.DocumentedAgreements;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.Roster;
import ledger287.service.command.IdSource;

/** The histories of {@code documented-history.json}: agreements that ended before ICE's first workbook. */
@Singleton
final class DocumentedHistory {
    private final List<AgreementsResource.DocumentedAgreement> agreements;
    private final IdSource ids;

    DocumentedHistory(ObjectMapper mapper, IdSource ids) {
        this.agreements = read(mapper);
        this.ids = ids;
    }

    /** Records what is not recorded yet; facts about real agencies, so only beside real data. */
    Editing.Decide by(SecurityContext caller) {
        return (roster, now) -> roster.sample().orElse(false)
                ? new Decision.Rejected(
                        "sample_ledger", "This ledger holds generated sample data; real history has no place in it.")
                : record(roster, caller, now);
    }

    private Decision record(Roster roster, SecurityContext caller, Instant now) {
        Roster soFar = roster.copy();
        List<Fact> facts = new ArrayList<>();
        for (AgreementsResource.DocumentedAgreement agreement : agreements) {
            Fact.Editor editor = EditorsRequest.editor(caller, agreement);
            switch (DocumentedAgreements.record(soFar, agreement.document(), ids::next, editor, now)) {
                case Decision.Accepted accepted -> {
                    facts.addAll(accepted.facts());
                    accepted.facts().forEach(soFar::replay);
                }
                case Decision.Rejected rejected -> {
                    return rejected;
                }
                case Decision.Unchanged unchanged -> {}
            }
        }
        return facts.isEmpty()
                ? new Decision.Unchanged("The documented history is recorded already.")
                : new Decision.Accepted(facts);
    }

    private static List<AgreementsResource.DocumentedAgreement> read(ObjectMapper mapper) {
        try (InputStream file = Objects.requireNonNull(
                DocumentedHistory.class.getResourceAsStream("/documented-history.json"), "documented-history.json")) {
            return mapper.readValue(file, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("documented-history.json cannot be read", e);
        }
    }
}
