package ledger287.agreements.roster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.State;
import org.jspecify.annotations.Nullable;

/** What editors may say about agencies: another name, that two are one, what kind they are and where. */
public final class Agencies {
    private Agencies() {}

    /** Adds a name under which the agency is to be found and recognised. */
    public static Decision addAlias(
            Roster roster, UUID agencyId, @Nullable State state, String name, Fact.Editor editor, Instant now) {
        Optional<Agency> found = standing(roster, agencyId);
        if (found.isEmpty()) {
            return unknown(agencyId);
        }
        Agency agency = found.get();
        Optional<Agency> owner = roster.agencyNamed(AgencyKey.of(state, name));
        if (owner.isPresent()) {
            return owner.get().id().equals(agency.id())
                    ? new Decision.Unchanged("The agency is known under this name already.")
                    : new Decision.Rejected(
                            "name_taken",
                            "Agency " + owner.get().id() + " bears this name; merge the two if they are one.");
        }
        List<Agency.Alias> aliases = new ArrayList<>(agency.aliases());
        aliases.add(new Agency.Alias(name, state, now));
        return accept(
                roster,
                AgencyChange.ALIAS_ADDED,
                agency,
                new Agency(
                        agency.id(),
                        agency.state(),
                        agency.name(),
                        agency.type(),
                        agency.county(),
                        aliases,
                        agency.mergedInto(),
                        agency.related()),
                editor,
                now);
    }

    /**
     * Says that two agencies are one. The first one's agreements and applications move to the second; its names lead
     * there from now on.
     */
    public static Decision merge(Roster roster, UUID agencyId, UUID intoId, Fact.Editor editor, Instant now) {
        Optional<Agency> found = roster.agency(agencyId);
        Optional<Agency> target = standing(roster, intoId);
        if (found.isEmpty()) {
            return unknown(agencyId);
        }
        if (target.isEmpty()) {
            return unknown(intoId);
        }
        UUID into = target.get().id();
        if (roster.survivor(agencyId).equals(into)) {
            return agencyId.equals(into)
                    ? new Decision.Rejected("same_agency", "An agency cannot be merged into itself.")
                    : new Decision.Unchanged("The two are one already.");
        }
        Agency agency = found.get();
        if (agency.mergedInto() != null) {
            return new Decision.Rejected(
                    "merged_already", "Agency " + agencyId + " was merged into " + agency.mergedInto() + " before.");
        }
        EditorsAct act = new EditorsAct(roster, editor, now);
        List<Fact> facts = new ArrayList<>();
        facts.add(act.fact(
                new RosterEvent.AgencyEvent(
                        AgencyChange.MERGED,
                        agency,
                        new Agency(
                                agency.id(),
                                agency.state(),
                                agency.name(),
                                agency.type(),
                                agency.county(),
                                agency.aliases(),
                                into,
                                agency.related())),
                agencyId,
                editor.reason()));
        for (Agreement agreement : roster.agreementsOf(agencyId)) {
            facts.add(act.fact(
                    new RosterEvent.AgreementEvent(
                            AgreementChange.CORRECTED, agreement, AgreementImages.heldBy(agreement, into)),
                    agreement.id(),
                    "Its agency was merged into another.",
                    editor.reason()));
        }
        for (Application application : roster.applicationsOf(agencyId)) {
            facts.add(act.fact(
                    new RosterEvent.ApplicationEvent(
                            ApplicationChange.CORRECTED, application, ApplicationImages.heldBy(application, into)),
                    application.id(),
                    "Its agency was merged into another.",
                    editor.reason()));
        }
        return new Decision.Accepted(facts);
    }

    /** Corrects an agency's kind or county; null leaves a value as it is. */
    public static Decision correct(
            Roster roster,
            UUID agencyId,
            @Nullable AgencyType type,
            @Nullable String county,
            Fact.Editor editor,
            Instant now) {
        Optional<Agency> found = standing(roster, agencyId);
        if (found.isEmpty()) {
            return unknown(agencyId);
        }
        Agency agency = found.get();
        Agency after = new Agency(
                agency.id(),
                agency.state(),
                agency.name(),
                type == null ? agency.type() : type,
                county == null ? agency.county() : county,
                agency.aliases(),
                agency.mergedInto(),
                agency.related());
        return after.equals(agency)
                ? new Decision.Unchanged("The agency has these values already.")
                : accept(roster, AgencyChange.CORRECTED, agency, after, editor, now);
    }

    private static Optional<Agency> standing(Roster roster, UUID agencyId) {
        return roster.agency(agencyId).flatMap(known -> roster.agency(roster.survivor(known.id())));
    }

    private static Decision unknown(UUID agencyId) {
        return new Decision.Rejected("unknown_agency", "There is no agency " + agencyId + ".");
    }

    private static Decision accept(
            Roster roster, AgencyChange change, Agency before, Agency after, Fact.Editor editor, Instant now) {
        return new Decision.Accepted(List.of(new EditorsAct(roster, editor, now)
                .fact(new RosterEvent.AgencyEvent(change, before, after), after.id(), editor.reason())));
    }
}
