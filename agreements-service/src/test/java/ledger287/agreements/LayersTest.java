package ledger287.agreements;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import ledger287.agreements.ledger.Ledger;
import ledger287.agreements.ledger.Turn;
import ledger287.eventstore.EventStore;
import org.junit.jupiter.api.Test;

/** Who may know whom in this service. */
final class LayersTest {
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("ledger287.agreements");

    @Test
    void packagesFormNoCycles() {
        slices().matching("ledger287.agreements.(*)..")
                .should()
                .beFreeOfCycles()
                .check(SERVICE);
    }

    @Test
    void onlyImportingAndEditingWriteToTheLedger() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..importing..", "..editing..", "..ledger..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Turn.class)
                .check(SERVICE);
        noClasses()
                .that()
                .resideOutsideOfPackages("..importing..", "..editing..", "..ledger..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Ledger.class)
                .check(SERVICE);
        noClasses()
                .that()
                .resideOutsideOfPackage("..ledger..")
                .should()
                .callMethod(
                        EventStore.class,
                        "append",
                        java.sql.Connection.class,
                        ledger287.eventstore.Append.class,
                        Instant.class)
                .check(SERVICE);
    }

    @Test
    void theCoreKnowsNoFramework() {
        classes()
                .that()
                .resideInAnyPackage("..vocabulary..", "..roster..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.jspecify..", "ledger287.agreements.vocabulary", "ledger287.agreements.roster")
                .check(SERVICE);
        classes()
                .that()
                .resideInAPackage("..reconciliation..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "org.apache.commons.text.similarity..",
                        "ledger287.agreements.vocabulary",
                        "ledger287.agreements.roster",
                        "ledger287.agreements.sheet",
                        "ledger287.agreements.reconciliation")
                .check(SERVICE);
        noClasses()
                .that()
                .resideInAPackage("..sheet..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..", "jakarta..", "ledger287.agreements.roster..", "ledger287.eventstore..")
                .check(SERVICE);
    }

    @Test
    void timeAndIdsAreGiven() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(SERVICE);
    }
}
