package ledger287.system.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ledger287.system.Checkout;
import org.junit.jupiter.api.Test;

/** Every variable that {@code docker-compose.yml} sets is read by the program that it is set for. */
final class ComposeVariablesTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)");
    /** What PostgreSQL's image documents of itself; the image is not here to be asked. */
    private static final Set<String> OF_THE_POSTGRES_IMAGE =
            Set.of("POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_INITDB_ARGS");

    private final JsonNode compose = compose();

    @Test
    void our_services_read_each_variable_they_are_given() throws IOException {
        int services = 0;
        for (var service : compose.path("services").properties()) {
            if (Files.isDirectory(Checkout.root().resolve(service.getKey()))) {
                services++;
                ReadVariables read = ReadVariables.of(service.getKey());
                assertThat(variables(service.getValue())).as(service.getKey()).isNotEmpty();
                assertThat(variables(service.getValue()).filter(name -> !read.contains(name)))
                        .as("set for %s but read by nothing in it", service.getKey())
                        .isEmpty();
                assertThat(read.contains("QUARKUS_DATASOURCE_JDBC_ADDRESS"))
                        .as("a variable that nobody reads")
                        .isFalse();
            }
        }
        assertThat(services).isGreaterThanOrEqualTo(2);
    }

    @Test
    void the_broker_knows_each_setting_it_is_given() throws Exception {
        Set<String> known = brokerSettings();
        assertThat(known).contains("log.dirs").hasSizeGreaterThan(100);
        // The image makes server.properties of these: KAFKA_LOG_DIRS is log.dirs.
        Stream<String> given = variables(compose.at("/services/kafka")).map(name -> name.replaceFirst("^KAFKA_", "")
                .toLowerCase(Locale.ROOT)
                .replace('_', '.'));
        assertThat(given.filter(name -> !known.contains(name))).isEmpty();
    }

    @Test
    void the_database_image_or_its_first_script_reads_each_variable() throws IOException {
        var read = new StringBuilder();
        try (Stream<Path> scripts = Files.list(Checkout.root().resolve("deploy/docker/postgres-init"))) {
            for (Path script : scripts.toList()) {
                read.append(Files.readString(script));
            }
        }
        assertThat(variables(compose.at("/services/postgres"))
                        .filter(name -> !OF_THE_POSTGRES_IMAGE.contains(name))
                        .filter(name -> !Pattern.compile("\\b" + name + "\\b")
                                .matcher(read)
                                .find()))
                .isEmpty();
    }

    @Test
    void every_placeholder_is_in_the_example_of_an_environment_file_and_no_other() throws IOException {
        Set<String> wanted = new HashSet<>();
        PLACEHOLDER.matcher(text("docker-compose.yml")).results().forEach(match -> wanted.add(match.group(1)));
        List<String> offered = text("deploy/docker/env.example")
                .lines()
                .filter(line -> !line.startsWith("#") && line.contains("="))
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        assertThat(offered).containsExactlyInAnyOrderElementsOf(wanted);
    }

    /** Asks the broker's own classes, apart from ours. */
    private static Set<String> brokerSettings() throws ReflectiveOperationException, IOException {
        Path libraries = Checkout.root().resolve("deploy/local/target/broker-libs");
        URL[] jars;
        try (Stream<Path> files = Files.list(libraries)) {
            jars = files.map(ComposeVariablesTest::url).toArray(URL[]::new);
        }
        try (var loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
            Object definition = loader.loadClass("org.apache.kafka.server.config.AbstractKafkaConfig")
                    .getField("CONFIG_DEF")
                    .get(null);
            Object names = definition.getClass().getMethod("names").invoke(definition);
            var known = new HashSet<String>();
            ((Set<?>) names).forEach(name -> known.add((String) name));
            return known;
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> variables(JsonNode service) {
        return service.path("environment").properties().stream().map(entry -> entry.getKey());
    }

    private static JsonNode compose() {
        try {
            return new YAMLMapper().readTree(text("docker-compose.yml"));
        } catch (IOException e) {
            throw new IllegalStateException("docker-compose.yml cannot be read", e);
        }
    }

    private static String text(String file) throws IOException {
        return Files.readString(Checkout.root().resolve(file));
    }
}
