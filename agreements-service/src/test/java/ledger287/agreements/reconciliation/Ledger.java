package ledger287.agreements.reconciliation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.AgreementChange;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.roster.RosterEvent;
import ledger287.agreements.sheet.Sheet;

/** A ledger without a database: reconcile, replay, and look at what came of it. Ids count up, so runs compare. */
final class Ledger {
    private final Roster roster = Roster.empty();
    private final List<Fact> facts = new ArrayList<>();
    private long ids;

    Roster roster() {
        return roster;
    }

    List<Fact> facts() {
        return facts;
    }

    UUID nextId() {
        return new UUID(0, ++ids);
    }

    /** Imports a sheet and checks what must hold after every import. */
    Reconciliation take(Sheet sheet) {
        Reconciliation reconciliation = Reconciler.reconcile(roster, sheet, nextId(), this::nextId);
        add(reconciliation.facts());
        Invariants.check(sheet, reconciliation, roster);
        return reconciliation;
    }

    void add(List<Fact> more) {
        more.forEach(roster::replay);
        facts.addAll(more);
    }

    List<RosterEvent.AgreementEvent> agreementEvents(AgreementChange change) {
        return facts.stream()
                .map(Fact::event)
                .filter(RosterEvent.AgreementEvent.class::isInstance)
                .map(RosterEvent.AgreementEvent.class::cast)
                .filter(event -> event.change() == change)
                .toList();
    }

    int count(AgreementChange change) {
        return agreementEvents(change).size();
    }

    /** How often each kind of event happened, by type. */
    Map<String, Integer> events() {
        Map<String, Integer> counts = new TreeMap<>();
        facts.forEach(fact -> counts.merge(fact.event().type(), 1, Integer::sum));
        return counts;
    }

    /** Names of what happened so, as "name, state, support type, date". */
    List<String> names(AgreementChange change) {
        return agreementEvents(change).stream()
                .map(event -> describe(event.after()))
                .sorted()
                .toList();
    }

    static String describe(Agreement agreement) {
        return agreement.agencyName() + " " + agreement.state() + " " + agreement.supportType() + " "
                + agreement.signedOn();
    }

    List<Application> applications(Predicate<Application> which) {
        return roster.applications().stream().filter(which).toList();
    }

    String statuses() {
        return roster.agreements().stream()
                .collect(Collectors.groupingBy(
                        agreement -> agreement.status().code(), TreeMap::new, Collectors.counting()))
                .toString();
    }
}
