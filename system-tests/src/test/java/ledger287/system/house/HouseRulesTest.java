package ledger287.system.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the house that hold in every module; each module's own rules are tested there. */
final class HouseRulesTest {

    /** Where the clock and the ids come from, for all others to be given. */
    private static final Set<String> PROVIDERS =
            Set.of("ledger287.reporting.ingest.Surroundings", "ledger287.service.command.Providers");

    private static final Set<String> CLOCKS_AND_CHANCE = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.lang.System.currentTimeMillis",
            "java.util.UUID.randomUUID",
            "java.lang.Math.random");

    private static final Set<String> MUTABLE = Set.of(
            "java.util.ArrayList",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.TreeMap",
            "java.util.HashSet",
            "java.util.Random",
            "java.lang.StringBuilder");

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = Modules.classes();
        assertThat(all.size()).isGreaterThan(50);
    }

    @Test
    void nobody_but_their_providers_reads_a_clock_or_makes_ids() {
        noClasses()
                .that(DescribedPredicate.describe(
                        "provide neither clock nor ids",
                        type -> !PROVIDERS.contains(type.getName().replaceFirst("\\$.*", ""))))
                .should()
                .accessTargetWhere(calls(CLOCKS_AND_CHANCE))
                .because("what depends on time or chance is given it, so that tests can decide both")
                .check(all);
    }

    @Test
    void every_provider_of_clock_or_ids_is_needed() {
        PROVIDERS.forEach(name -> assertThat(all.get(name).getAccessesFromSelf().stream()
                        .anyMatch(access -> calls(CLOCKS_AND_CHANCE).test(access)))
                .as(name)
                .isTrue());
    }

    @Test
    void nothing_is_injected_into_fields() {
        noFields()
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
                .orShould()
                .beAnnotatedWith("org.eclipse.microprofile.reactive.messaging.Channel")
                .allowEmptyShould(true)
                .check(all);
    }

    @Test
    void no_static_state_can_change() {
        fields().that().areStatic().should().beFinal().check(all);
        fields().that()
                .areStatic()
                .should()
                .notHaveRawType(DescribedPredicate.describe(
                        "made to change",
                        (JavaClass type) ->
                                type.getName().startsWith("java.util.concurrent.") || MUTABLE.contains(type.getName())))
                .check(all);
    }

    @Test
    void services_know_nothing_of_each_other() {
        String[] services = {
            "ledger287.agreements..", "ledger287.reporting..", "ledger287.operations..", "ledger287.local.."
        };
        for (String service : services) {
            String[] others = List.of(services).stream()
                    .filter(other -> !other.equals(service))
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(service)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .allowEmptyShould(true)
                    .because("services meet only at contracts/")
                    .check(all);
        }
    }

    @Test
    void the_event_store_knows_no_service_and_reporting_no_event_store() {
        noClasses()
                .that()
                .resideInAPackage("ledger287.eventstore..")
                .should()
                .dependOnClassesThat(resideInAPackage("ledger287..")
                        .and(DescribedPredicate.not(resideInAPackage("ledger287.eventstore.."))))
                .check(all);
        noClasses()
                .that()
                .resideInAPackage("ledger287.reporting..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ledger287.eventstore..")
                .allowEmptyShould(true)
                .because("reporting reads the public topics like anybody else")
                .check(all);
    }

    @Test
    void features_form_no_cycles() {
        for (String module : List.of("agreements", "operations", "reporting", "service", "eventstore", "local")) {
            slices().matching("ledger287.%s.(*)..".formatted(module))
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(all);
        }
    }

    @Test
    void nothing_is_named_after_what_it_is_not_about() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Util|Utils|Helper|Helpers|Manager)")
                .check(all);
        classes().should().resideInAPackage("ledger287..").check(all);
    }

    @Test
    void every_package_is_null_marked() throws IOException {
        var packages = new TreeSet<Path>();
        Modules.sources().forEach(source -> packages.add(source.getParent()));
        assertThat(packages).hasSizeGreaterThan(10);
        for (Path directory : packages) {
            // A test package that is also a main one takes the mark from there.
            Path main = Path.of(directory.toString().replace("/src/test/java/", "/src/main/java/"));
            Path marked = Files.exists(main.resolve("package-info.java")) ? main : directory;
            assertThat(marked.resolve("package-info.java")).exists();
            assertThat(Files.readString(marked.resolve("package-info.java"))).contains("@NullMarked");
        }
    }

    @Test
    void tests_use_no_mocks_and_the_outside_reader_uses_nothing_of_ours() throws IOException {
        for (Path source : Modules.sources()) {
            String text = Files.readString(source);
            assertThat(text).as(source.toString()).doesNotContain("import org." + "mockito");
            if (source.toString().contains("/system/outsider/") && !source.endsWith("package-info.java")) {
                assertThat(text.lines().filter(line -> line.startsWith("import ")))
                        .as(source.toString())
                        .allMatch(line -> line.matches(
                                "import (static )?(java|org\\.apache\\.kafka|com\\.fasterxml\\.jackson)\\..*"));
            }
        }
    }

    private static DescribedPredicate<JavaAccess<?>> calls(Set<String> methods) {
        return DescribedPredicate.describe(
                "is one of " + new TreeSet<>(methods),
                access -> methods.contains(access.getTargetOwner().getName() + "."
                                + access.getTarget().getName())
                        && !takesTheClock(access));
    }

    /** {@code now(clock)} asks a clock that was given. */
    private static boolean takesTheClock(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }
}
