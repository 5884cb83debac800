package ledger287.agreements.roster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ledger287.agreements.vocabulary.SheetKind;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows, as a fold of its facts. {@link #replay} alone changes it; everything else only looks. Not
 * safe for use by several threads.
 *
 * <p>Collections are in the order in which the log first named their members, so whoever iterates is deterministic.
 */
public final class Roster {
    private @Nullable Boolean sample;
    private final Map<UUID, Agency> agencies = new LinkedHashMap<>();
    private final Map<AgencyKey, UUID> agencyByName = new HashMap<>();
    private final Map<UUID, Agreement> agreements = new LinkedHashMap<>();
    private final Map<UUID, Agreement> listedAgreements = new LinkedHashMap<>();
    private final Index agreementsByAgency = new Index();
    private final Map<UUID, Application> applications = new LinkedHashMap<>();
    private final Map<UUID, Application> listedApplications = new LinkedHashMap<>();
    private final Index applicationsByAgency = new Index();
    private final Index applicationsByAgreement = new Index();
    private final Map<UUID, Review> reviews = new LinkedHashMap<>();
    private final Index reviewsBySubject = new Index();
    private final Map<UUID, ImportedSheet> sheets = new LinkedHashMap<>();
    private final Map<String, UUID> sheetBySha256 = new HashMap<>();
    private final Map<SheetKind, List<UUID>> sheetsByKind = new EnumMap<>(SheetKind.class);
    private final Map<String, Set<UUID>> carriersByMoaFile = new HashMap<>();
    private final Map<UUID, Set<Document>> moasByAgreement = new HashMap<>();
    private final Map<UUID, Evidence.Receipt> receipts = new HashMap<>();
    private final Map<UUID, Fact> newestFacts = new HashMap<>();
    private final Map<UUID, Instant> applicationsAppearedAt = new HashMap<>();

    private Roster() {}

    /** The roster of a log without facts. */
    public static Roster empty() {
        return new Roster();
    }

    /** A roster of its own with the same contents, to try facts on. */
    public Roster copy() {
        Roster copy = new Roster();
        copy.sample = sample;
        copy.agencies.putAll(agencies);
        copy.agencyByName.putAll(agencyByName);
        copy.agreements.putAll(agreements);
        copy.listedAgreements.putAll(listedAgreements);
        copy.agreementsByAgency.putAll(agreementsByAgency);
        copy.applications.putAll(applications);
        copy.listedApplications.putAll(listedApplications);
        copy.applicationsByAgency.putAll(applicationsByAgency);
        copy.applicationsByAgreement.putAll(applicationsByAgreement);
        copy.reviews.putAll(reviews);
        copy.reviewsBySubject.putAll(reviewsBySubject);
        copy.sheets.putAll(sheets);
        copy.sheetBySha256.putAll(sheetBySha256);
        sheetsByKind.forEach((kind, ids) -> copy.sheetsByKind.put(kind, new ArrayList<>(ids)));
        carriersByMoaFile.forEach((file, ids) -> copy.carriersByMoaFile.put(file, new LinkedHashSet<>(ids)));
        moasByAgreement.forEach((id, moas) -> copy.moasByAgreement.put(id, new LinkedHashSet<>(moas)));
        copy.receipts.putAll(receipts);
        copy.newestFacts.putAll(newestFacts);
        copy.applicationsAppearedAt.putAll(applicationsAppearedAt);
        return copy;
    }

    /** Takes one fact in. Facts come in log order, each once. */
    public void replay(Fact fact) {
        switch (fact.event()) {
            case RosterEvent.LedgerOpened opened -> sample = opened.sample();
            case RosterEvent.AgencyEvent event -> replay(event.after());
            case RosterEvent.AgreementEvent event -> {
                replay(event.after());
                remember(event.after().id(), fact);
            }
            case RosterEvent.ApplicationEvent event -> {
                if (event.after().listed()
                        && (event.before() == null || !event.before().listed())) {
                    applicationsAppearedAt.put(event.after().id(), fact.knownAt());
                }
                replay(event.after());
                remember(event.after().id(), fact);
            }
            case RosterEvent.ReviewEvent event -> {
                reviews.put(event.after().id(), event.after());
                reviewsBySubject.add(event.after().subjectId(), event.after().id());
            }
            case RosterEvent.SheetEvent event -> replay(event.after());
        }
    }

    private void replay(Agency agency) {
        Agency before = agencies.put(agency.id(), agency);
        Set<AgencyKey> names = namesOf(agency);
        if (before != null) {
            // A name that a correction takes back is free again.
            namesOf(before).stream()
                    .filter(name -> !names.contains(name))
                    .forEach(name -> agencyByName.remove(name, agency.id()));
        }
        // A name belongs to whoever had it first; the editors' rules refuse to give it to a second agency.
        names.forEach(name -> agencyByName.putIfAbsent(name, agency.id()));
    }

    private static Set<AgencyKey> namesOf(Agency agency) {
        Set<AgencyKey> names = new LinkedHashSet<>();
        names.add(AgencyKey.of(agency.state(), agency.name()));
        agency.aliases().forEach(alias -> names.add(AgencyKey.of(alias.state(), alias.name())));
        return names;
    }

    private void replay(Agreement agreement) {
        Agreement before = agreements.put(agreement.id(), agreement);
        if (before != null && !before.agencyId().equals(agreement.agencyId())) {
            agreementsByAgency.remove(before.agencyId(), before.id());
        }
        agreementsByAgency.add(agreement.agencyId(), agreement.id());
        if (agreement.listed()) {
            listedAgreements.put(agreement.id(), agreement);
        } else {
            listedAgreements.remove(agreement.id());
        }
        if (agreement.status() == Agreement.Status.RETRACTED) {
            // It never was an agreement of its own, so the file has one carrier less.
            moasByAgreement.getOrDefault(agreement.id(), Set.of()).forEach(moa -> moa.file()
                    .ifPresent(file -> carriersByMoaFile
                            .getOrDefault(file, new LinkedHashSet<>())
                            .remove(agreement.id())));
            return;
        }
        agreement.moa().file().ifPresent(file -> {
            carriersByMoaFile
                    .computeIfAbsent(file, absent -> new LinkedHashSet<>())
                    .add(agreement.id());
            moasByAgreement
                    .computeIfAbsent(agreement.id(), absent -> new LinkedHashSet<>())
                    .add(agreement.moa());
        });
    }

    private void replay(Application application) {
        Application before = applications.put(application.id(), application);
        if (before != null && !before.agencyId().equals(application.agencyId())) {
            applicationsByAgency.remove(before.agencyId(), before.id());
        }
        applicationsByAgency.add(application.agencyId(), application.id());
        if (before != null && before.agreementId() != null) {
            applicationsByAgreement.remove(before.agreementId(), before.id());
        }
        if (application.agreementId() != null) {
            applicationsByAgreement.add(application.agreementId(), application.id());
        }
        if (application.listed()) {
            listedApplications.put(application.id(), application);
        } else {
            listedApplications.remove(application.id());
        }
    }

    private void replay(ImportedSheet sheet) {
        sheets.put(sheet.id(), sheet);
        sheetBySha256.put(sheet.sha256(), sheet.id());
        List<UUID> ofKind = sheetsByKind.computeIfAbsent(sheet.kind(), absent -> new ArrayList<>());
        ofKind.remove(sheet.id());
        if (sheet.status() == ImportedSheet.Status.IMPORTED) {
            ofKind.add(sheet.id());
        }
    }

    private void remember(UUID id, Fact fact) {
        newestFacts.put(id, fact);
        Evidence evidence = fact.evidence();
        if (evidence != null && evidence.source() != null && evidence.row() != null) {
            receipts.put(id, new Evidence.Receipt(evidence.source(), evidence.row()));
        }
    }

    /** Whether the ledger holds sample data; empty while it holds nothing. */
    public Optional<Boolean> sample() {
        return Optional.ofNullable(sample);
    }

    /** The agency of that id, merged or not. */
    public Optional<Agency> agency(UUID id) {
        return Optional.ofNullable(agencies.get(id));
    }

    /** Every agency, those merged into another included. */
    public Collection<Agency> agencies() {
        return Collections.unmodifiableCollection(agencies.values());
    }

    /** The agency known under a name now or formerly; of merged agencies the one they were merged into. */
    public Optional<Agency> agencyNamed(AgencyKey key) {
        UUID id = agencyByName.get(key);
        return id == null ? Optional.empty() : agency(survivor(id));
    }

    /** The agency that an id stands for today, after all merges. */
    public UUID survivor(UUID agencyId) {
        UUID id = agencyId;
        Agency agency = agencies.get(id);
        while (agency != null && agency.mergedInto() != null) {
            id = agency.mergedInto();
            agency = agencies.get(id);
        }
        return id;
    }

    /** The agreement of that id, listed or not. */
    public Optional<Agreement> agreement(UUID id) {
        return Optional.ofNullable(agreements.get(id));
    }

    /** Every agreement the ledger ever knew. */
    public Collection<Agreement> agreements() {
        return Collections.unmodifiableCollection(agreements.values());
    }

    /** The agreements for which the newest participating workbook has a row. */
    public Collection<Agreement> listedAgreements() {
        return Collections.unmodifiableCollection(listedAgreements.values());
    }

    /** Every agreement of an agency, listed or not. */
    public List<Agreement> agreementsOf(UUID agencyId) {
        return agreementsByAgency.of(agencyId).stream()
                .map(this::knownAgreement)
                .toList();
    }

    /** The application of that id, listed or not. */
    public Optional<Application> application(UUID id) {
        return Optional.ofNullable(applications.get(id));
    }

    /** Every application the ledger ever knew. */
    public Collection<Application> applications() {
        return Collections.unmodifiableCollection(applications.values());
    }

    /** The applications for which the newest pending workbook has a row, granted meanwhile or not. */
    public Collection<Application> listedApplications() {
        return Collections.unmodifiableCollection(listedApplications.values());
    }

    /** Every application of an agency, listed or not. */
    public List<Application> applicationsOf(UUID agencyId) {
        return applicationsByAgency.of(agencyId).stream()
                .map(this::knownApplication)
                .toList();
    }

    /** The applications that an agreement answers; usually one or none. */
    public List<Application> applicationsAnsweredBy(UUID agreementId) {
        return applicationsByAgreement.of(agreementId).stream()
                .map(this::knownApplication)
                .toList();
    }

    /** The review of that id. */
    public Optional<Review> review(UUID id) {
        return Optional.ofNullable(reviews.get(id));
    }

    /** Every review, open or not. */
    public Collection<Review> reviews() {
        return Collections.unmodifiableCollection(reviews.values());
    }

    /** The reviews about an agreement or application, oldest first. */
    public List<Review> reviewsOf(UUID subjectId) {
        return reviewsBySubject.of(subjectId).stream().map(this::knownReview).toList();
    }

    /** The workbook of that id. */
    public Optional<ImportedSheet> sheet(UUID id) {
        return Optional.ofNullable(sheets.get(id));
    }

    /** The workbook of those bytes, whatever became of it. */
    public Optional<ImportedSheet> sheetWithSha256(String sha256) {
        UUID id = sheetBySha256.get(sha256);
        return id == null ? Optional.empty() : sheet(id);
    }

    /** Every workbook the ledger knows, whatever became of it. */
    public Collection<ImportedSheet> sheets() {
        return Collections.unmodifiableCollection(sheets.values());
    }

    /** The newest workbook of a kind that stands: imported, and neither held, rejected nor retracted. */
    public Optional<ImportedSheet> newestSheet(SheetKind kind) {
        List<UUID> ofKind = sheetsByKind.getOrDefault(kind, List.of());
        return ofKind.isEmpty() ? Optional.empty() : sheet(ofKind.getLast());
    }

    /** Every agreement that carried a MOA file at any time; the file named as {@link Document#file} does. */
    public Set<UUID> carriersOfMoaFile(String file) {
        return Collections.unmodifiableSet(carriersByMoaFile.getOrDefault(file, Set.of()));
    }

    /** Every MOA that an agreement's row has linked, in order. */
    public Set<Document> moasOf(UUID agreementId) {
        return Collections.unmodifiableSet(moasByAgreement.getOrDefault(agreementId, Set.of()));
    }

    /** The row that last told us something about an agreement or application, if a row ever did. */
    public Optional<Evidence.Receipt> receiptOf(UUID id) {
        return Optional.ofNullable(receipts.get(id));
    }

    /** When an application last came into the pending workbook: filed, or listed again after an absence. */
    public Optional<Instant> appearedAt(Application application) {
        return Optional.ofNullable(applicationsAppearedAt.get(application.id()));
    }

    /** The newest fact about an agreement or application. */
    public Optional<Fact> newestFactOf(UUID id) {
        return Optional.ofNullable(newestFacts.get(id));
    }

    private Agreement knownAgreement(UUID id) {
        return agreement(id).orElseThrow();
    }

    private Application knownApplication(UUID id) {
        return application(id).orElseThrow();
    }

    private Review knownReview(UUID id) {
        return review(id).orElseThrow();
    }

    /** One id to several, in order of first mention. */
    private static final class Index {
        private final Map<UUID, Set<UUID>> members = new HashMap<>();

        void add(UUID owner, UUID member) {
            members.computeIfAbsent(owner, absent -> new LinkedHashSet<>()).add(member);
        }

        void remove(UUID owner, UUID member) {
            Set<UUID> ofOwner = members.get(owner);
            if (ofOwner != null) {
                ofOwner.remove(member);
            }
        }

        void putAll(Index other) {
            other.members.forEach((owner, ids) -> members.put(owner, new LinkedHashSet<>(ids)));
        }

        Set<UUID> of(UUID owner) {
            return members.getOrDefault(owner, Set.of());
        }
    }
}
