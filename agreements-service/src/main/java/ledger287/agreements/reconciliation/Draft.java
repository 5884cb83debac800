package ledger287.agreements.reconciliation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ledger287.agreements.roster.Agency;
import ledger287.agreements.roster.AgencyChange;
import ledger287.agreements.roster.AgencyKey;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.AgreementChange;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.ApplicationChange;
import ledger287.agreements.roster.Confidence;
import ledger287.agreements.roster.Evidence;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.Review;
import ledger287.agreements.roster.ReviewChange;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.roster.RosterEvent;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.sheet.SheetRow;
import ledger287.agreements.vocabulary.State;
import org.jspecify.annotations.Nullable;

/**
 * The facts that one sheet adds, in the making: the roster as it was, and above it the images as they will be. The
 * roster itself is never touched.
 */
final class Draft {
    private final Roster roster;
    private final Instant publishedAt;
    private final Evidence.Source source;
    private final Supplier<UUID> ids;
    private final List<Fact> facts = new ArrayList<>();
    private final Map<String, Integer> changes = new LinkedHashMap<>();
    private final Map<UUID, Agency> agencies = new HashMap<>();
    private final Map<AgencyKey, UUID> agencyByName = new HashMap<>();
    private final Map<UUID, Agreement> agreements = new LinkedHashMap<>();
    private final Map<UUID, Application> applications = new LinkedHashMap<>();
    private final Map<UUID, List<UUID>> applicationsByAgency = new HashMap<>();
    private final Map<UUID, Review> reviews = new LinkedHashMap<>();

    Draft(Roster roster, Sheet sheet, UUID sheetId, Supplier<UUID> ids) {
        this.roster = roster;
        this.publishedAt = sheet.publication().at();
        this.source = new Evidence.Source(sheetId, sheet.kind(), publishedAt, sheet.fileName(), sheet.sha256());
        this.ids = ids;
        if (roster.sample().isEmpty()) {
            facts.add(new Fact(new RosterEvent.LedgerOpened(sheet.sample(), publishedAt), publishedAt, null, null));
        }
    }

    Roster roster() {
        return roster;
    }

    Instant publishedAt() {
        return publishedAt;
    }

    UUID nextId() {
        return ids.get();
    }

    List<Fact> facts() {
        return facts;
    }

    int changes(String name) {
        return changes.getOrDefault(name, 0);
    }

    void count(String name) {
        changes.merge(name, 1, Integer::sum);
    }

    // --- evidence ---------------------------------------------------------------------------------------------------

    /** A row shows it. */
    Evidence shown(SheetRow row, Tier tier, Confidence confidence, List<String> because) {
        return new Evidence(source, row(row), null, tier.code(), confidence, because);
    }

    /** No row shows it any more; the last row that did is the receipt. */
    Evidence absent(UUID subject, Tier tier, Confidence confidence, List<String> because) {
        return new Evidence(source, null, roster.receiptOf(subject).orElse(null), tier.code(), confidence, because);
    }

    private static Evidence.Row row(SheetRow row) {
        return new Evidence.Row(
                row.tab(),
                row.number(),
                row.hidden(),
                row.raw(),
                row.links(),
                row.repairs().stream()
                        .map(repair -> new Evidence.Repair(
                                repair.column(), repair.from(), repair.to(), repair.rule(), repair.flagged()))
                        .toList());
    }

    // --- agencies ---------------------------------------------------------------------------------------------------

    Agency agency(UUID id) {
        UUID survivor = roster.survivor(id);
        Agency drafted = agencies.get(survivor);
        return drafted != null ? drafted : roster.agency(survivor).orElseThrow();
    }

    Optional<Agency> agencyNamed(AgencyKey key) {
        UUID drafted = agencyByName.get(key);
        return drafted != null
                ? Optional.of(agency(drafted))
                : roster.agencyNamed(key).map(known -> agency(known.id()));
    }

    /** The agency a row names, registered now if the ledger has never seen the name. */
    Agency agencyOf(Entry entry, Evidence evidence) {
        return agencyNamed(entry.key()).orElseGet(() -> {
            Agency agency = new Agency(
                    ids.get(),
                    entry.cells().state(),
                    entry.cells().agencyName(),
                    entry.cells().agencyType(),
                    entry.cells().county(),
                    List.of(alias(entry)),
                    null,
                    List.of());
            put(AgencyChange.REGISTERED, null, agency, evidence);
            return agency;
        });
    }

    private Agency.Alias alias(Entry entry) {
        return new Agency.Alias(entry.cells().agencyName(), entry.cells().state(), publishedAt);
    }

    /** The same body under another name, or in another state: it is called so from now on. */
    Agency rename(Agency agency, Entry entry, Evidence evidence) {
        AgencyChange change = agency.state() == entry.cells().state() ? AgencyChange.RENAMED : AgencyChange.CORRECTED;
        Agency renamed = with(agency, entry.cells().state(), entry.cells().agencyName(), aliases(agency, entry));
        return put(change, agency, renamed, evidence);
    }

    /** One more name of the same body. */
    Agency addAlias(Agency agency, Entry entry, Evidence evidence) {
        List<Agency.Alias> aliases = aliases(agency, entry);
        return aliases.equals(agency.aliases())
                ? agency
                : put(AgencyChange.ALIAS_ADDED, agency, with(agency, agency.state(), agency.name(), aliases), evidence);
    }

    private List<Agency.Alias> aliases(Agency agency, Entry entry) {
        boolean known = agency.aliases().stream()
                .anyMatch(alias -> AgencyKey.of(alias.state(), alias.name()).equals(entry.key()));
        if (known) {
            return agency.aliases();
        }
        List<Agency.Alias> aliases = new ArrayList<>(agency.aliases());
        aliases.add(alias(entry));
        return aliases;
    }

    private static Agency with(Agency agency, @Nullable State state, String name, List<Agency.Alias> aliases) {
        return new Agency(
                agency.id(),
                state,
                name,
                agency.type(),
                agency.county(),
                aliases,
                agency.mergedInto(),
                agency.related());
    }

    /** Two bodies of which ICE's row named first the one, then the other; both stay. */
    void link(Agency from, Agency to, Evidence evidence) {
        link(from, new Agency.Relation(to.id(), Agency.Relation.Kind.RELABELLED_TO), evidence);
        link(to, new Agency.Relation(from.id(), Agency.Relation.Kind.RELABELLED_FROM), evidence);
    }

    private void link(Agency agency, Agency.Relation relation, Evidence evidence) {
        if (agency.related().contains(relation)) {
            return;
        }
        List<Agency.Relation> related = new ArrayList<>(agency.related());
        related.add(relation);
        put(
                AgencyChange.LINKED,
                agency,
                new Agency(
                        agency.id(),
                        agency.state(),
                        agency.name(),
                        agency.type(),
                        agency.county(),
                        agency.aliases(),
                        agency.mergedInto(),
                        related),
                evidence);
    }

    /** An agency's county and kind follow its rows, unless another row of it says otherwise. */
    void follow(UUID agencyId, Entry entry, @Nullable Agreement before, Evidence evidence) {
        Agency agency = agency(agencyId);
        boolean countyMoves = entry.cells().county() != null
                && (agency.county() == null || (before != null && Objects.equals(agency.county(), before.county())));
        boolean typeMoves = entry.cells().agencyType() != null
                && (agency.type() == null || (before != null && agency.type() == before.agencyType()));
        Agency followed = new Agency(
                agency.id(),
                agency.state(),
                agency.name(),
                typeMoves ? entry.cells().agencyType() : agency.type(),
                countyMoves ? entry.cells().county() : agency.county(),
                agency.aliases(),
                agency.mergedInto(),
                agency.related());
        if (!followed.equals(agency)) {
            put(AgencyChange.CORRECTED, agency, followed, evidence);
        }
    }

    private Agency put(AgencyChange change, @Nullable Agency before, Agency after, Evidence evidence) {
        agencies.put(after.id(), after);
        agencyByName.putIfAbsent(AgencyKey.of(after.state(), after.name()), after.id());
        after.aliases()
                .forEach(alias -> agencyByName.putIfAbsent(AgencyKey.of(alias.state(), alias.name()), after.id()));
        facts.add(new Fact(new RosterEvent.AgencyEvent(change, before, after), publishedAt, evidence, null));
        return after;
    }

    // --- agreements, applications, reviews --------------------------------------------------------------------------

    Agreement agreement(UUID id) {
        Agreement drafted = agreements.get(id);
        return drafted != null ? drafted : roster.agreement(id).orElseThrow();
    }

    void put(AgreementChange change, @Nullable Agreement before, Agreement after, Instant knownAt, Evidence evidence) {
        agreements.put(after.id(), after);
        count(change.code().replace('-', '_'));
        facts.add(new Fact(new RosterEvent.AgreementEvent(change, before, after), knownAt, evidence, null));
    }

    void put(AgreementChange change, @Nullable Agreement before, Agreement after, Evidence evidence) {
        put(change, before, after, publishedAt, evidence);
    }

    Application application(UUID id) {
        Application drafted = applications.get(id);
        return drafted != null ? drafted : roster.application(id).orElseThrow();
    }

    /** An agency's applications as drafted, those filed by this sheet included. */
    List<Application> applicationsOf(UUID agencyId) {
        List<Application> found = new ArrayList<>();
        roster.applicationsOf(agencyId).forEach(known -> found.add(application(known.id())));
        applicationsByAgency.getOrDefault(agencyId, List.of()).forEach(id -> found.add(application(id)));
        return found;
    }

    void put(
            ApplicationChange change,
            @Nullable Application before,
            Application after,
            Instant knownAt,
            Evidence evidence) {
        if (before == null) {
            applicationsByAgency
                    .computeIfAbsent(after.agencyId(), absent -> new ArrayList<>())
                    .add(after.id());
        }
        applications.put(after.id(), after);
        count(
                switch (change) {
                    case FILED -> "applied";
                    case GRANTED -> "granted";
                    case UNLISTED, RELISTED, RENAMED, ATTRIBUTE_CHANGED, LAPSED, CORRECTED, RETRACTED ->
                        "application_" + change.code().replace('-', '_');
                });
        facts.add(new Fact(new RosterEvent.ApplicationEvent(change, before, after), knownAt, evidence, null));
    }

    void put(ReviewChange change, @Nullable Review before, Review after, Evidence evidence) {
        reviews.put(after.id(), after);
        facts.add(new Fact(new RosterEvent.ReviewEvent(change, before, after), publishedAt, evidence, null));
    }

    /** The reviews about a thing as drafted. */
    List<Review> reviewsOf(UUID subject) {
        List<Review> found = new ArrayList<>();
        roster.reviewsOf(subject).forEach(known -> found.add(reviews.getOrDefault(known.id(), known)));
        reviews.values().stream()
                .filter(review -> review.subjectId().equals(subject)
                        && roster.review(review.id()).isEmpty())
                .forEach(found::add);
        return found;
    }

    /** Whether an open question names the agreement as a candidate. */
    boolean namedByAnOpenReview(UUID candidateId) {
        return Stream.concat(
                        roster.reviews().stream().map(known -> reviews.getOrDefault(known.id(), known)),
                        reviews.values().stream()
                                .filter(review -> roster.review(review.id()).isEmpty()))
                .filter(review -> review.status() == Review.Status.OPEN)
                .flatMap(review -> review.candidates().stream())
                .anyMatch(candidate -> candidate.id().equals(candidateId));
    }

    /** Every agreement that will be listed, in log order, those listed anew last. */
    List<Agreement> listedAgreements() {
        List<Agreement> listed = new ArrayList<>();
        for (Agreement known : roster.agreements()) {
            Agreement now = agreements.getOrDefault(known.id(), known);
            if (now.listed()) {
                listed.add(now);
            }
        }
        agreements.values().stream()
                .filter(drafted ->
                        drafted.listed() && roster.agreement(drafted.id()).isEmpty())
                .forEach(listed::add);
        return listed;
    }

    /** Every application that will be listed, likewise. */
    List<Application> listedApplications() {
        List<Application> listed = new ArrayList<>();
        for (Application known : roster.applications()) {
            Application now = applications.getOrDefault(known.id(), known);
            if (now.listed()) {
                listed.add(now);
            }
        }
        applications.values().stream()
                .filter(drafted ->
                        drafted.listed() && roster.application(drafted.id()).isEmpty())
                .forEach(listed::add);
        return listed;
    }
}
