package ledger287.system.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import ledger287.system.Checkout;

/**
 * The environment variables that a packaged service reads: those of the configuration keys in its
 * {@code application.properties}, of our own configuration interfaces, and of the Quarkus extensions that it carries.
 */
final class ReadVariables {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG_MAPPING = "io.smallrye.config.ConfigMapping";
    private static final String CONFIG_PROPERTY = "org.eclipse.microprofile.config.inject.ConfigProperty";

    private final List<Pattern> variables = new ArrayList<>();

    private ReadVariables() {}

    static ReadVariables of(String service) {
        var read = new ReadVariables();
        Path target = Checkout.root().resolve(service).resolve("target");
        read.addProperties(target.resolve("classes/application.properties"));
        read.addOwnInterfaces(new ClassFileImporter().importPath(target.resolve("classes")));
        read.addOwnInterfaces(ownLibraries(target.resolve("quarkus-app/lib/main")));
        read.addExtensions(target.resolve("quarkus-app/lib"));
        return read;
    }

    boolean contains(String variable) {
        return variables.stream().anyMatch(pattern -> pattern.matcher(variable).matches());
    }

    private void addProperties(Path file) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties.stringPropertyNames().forEach(key -> add(Pattern.quote(variable(key))));
    }

    /** What the services have in common, too, is ours. */
    private static JavaClasses ownLibraries(Path libraries) {
        try (Stream<Path> jars = Files.list(libraries)) {
            return new ClassFileImporter()
                    .importLocations(
                            jars.filter(jar -> jar.getFileName().toString().startsWith("ledger287."))
                                    .map(jar -> Location.of(URI.create("jar:%s!/".formatted(jar.toUri()))))
                                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addOwnInterfaces(JavaClasses classes) {
        for (JavaClass type : classes) {
            type.tryGetAnnotationOfType(CONFIG_MAPPING)
                    .ifPresent(mapping -> addMembers(
                            Pattern.quote(
                                    variable((String) mapping.get("prefix").orElseThrow())),
                            type));
            type.getConstructors().stream()
                    .flatMap(constructor -> constructor.getParameters().stream())
                    .flatMap(parameter -> parameter.tryGetAnnotationOfType(CONFIG_PROPERTY).stream())
                    .forEach(property -> add(
                            Pattern.quote(variable((String) property.get("name").orElseThrow()))));
        }
    }

    private void addMembers(String path, JavaClass type) {
        for (JavaMethod method : type.getMethods()) {
            if (!method.getModifiers().contains(JavaModifier.STATIC)) {
                boolean asParent = method.isAnnotatedWith("io.smallrye.config.WithParentName");
                String member = asParent ? path : path + "_" + variable(hyphenated(method.getName()));
                addType(member, method.getReturnType());
            }
        }
    }

    private void addType(String path, JavaType type) {
        JavaClass raw = type.toErasure();
        List<JavaType> arguments =
                type instanceof JavaParameterizedType generic ? generic.getActualTypeArguments() : List.of();
        if (raw.isEquivalentTo(Map.class)) {
            addType(path + "_[A-Z0-9_]+", arguments.get(1));
        } else if (raw.getPackageName().startsWith("ledger287") && raw.isInterface()) {
            addMembers(path, raw);
        } else {
            add(path);
        }
    }

    private void addExtensions(Path libraries) {
        try (Stream<Path> jars = Files.walk(libraries)) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (var zip = new ZipFile(jar.toFile())) {
                    var model = zip.getEntry("META-INF/quarkus-config-doc/quarkus-config-model.json");
                    if (model != null) {
                        addModel(JSON.readTree(zip.getInputStream(model)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addModel(JsonNode model) {
        model.findValuesAsText("environmentVariable").forEach(name -> add(Pattern.quote(name)));
    }

    private void add(String pattern) {
        variables.add(Pattern.compile(pattern));
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static String hyphenated(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
