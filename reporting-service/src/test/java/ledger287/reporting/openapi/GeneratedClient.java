package ledger287.reporting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A client that OpenAPI Generator makes of the document, in a process and with a class path of its own. */
final class GeneratedClient {
    /** What the client's code needs; everything else that tests have is kept from it. */
    private static final Pattern NEEDED = Pattern.compile(
            ".*/(jackson-(annotations|core|databind|datatype-jsr310)|jakarta\\.annotation-api)-[0-9.]+\\.jar");

    /** What somebody who has the client writes. */
    private static final String CALLER = """
            package client;

            import client.api.ReadingApi;
            import client.api.StatisticsApi;
            import client.api.SubscribingApi;
            import client.model.Headline;
            import java.util.List;
            import java.util.Map;
            import java.util.function.Function;

            public final class Caller implements Function<String, Map<String, Object>> {
                @Override
                public Map<String, Object> apply(String address) {
                    ApiClient client = new ApiClient();
                    client.updateBaseUri(address);
                    try {
                        Headline headline = new StatisticsApi(client)
                                .getHeadline(StatisticsApi.APIGetHeadlineRequest.newBuilder()
                                        .state(List.of("GA", "FL"))
                                        .build());
                        return Map.of(
                                "agreements", headline.getAgreements(),
                                "task_force", headline.getByModel().getTaskForce(),
                                "arrests", headline.getOperations().getArrests().getText(),
                                "listed", new ReadingApi(client)
                                        .listAgreements(ReadingApi.APIListAgreementsRequest.newBuilder()
                                                .limit(1)
                                                .build())
                                        .getCount(),
                                "series", new StatisticsApi(client)
                                        .getSeries(StatisticsApi.APIGetSeriesRequest.newBuilder()
                                                .by("model")
                                                .build())
                                        .getItems()
                                        .getLast()
                                        .getAgreements(),
                                "first_change", new SubscribingApi(client)
                                        .listChanges(SubscribingApi.APIListChangesRequest.newBuilder()
                                                .limit(1)
                                                .build())
                                        .getItems()
                                        .getFirst()
                                        .getType());
                    } catch (ApiException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            """;

    private final Path classes;

    private GeneratedClient(Path classes) {
        this.classes = classes;
    }

    /**
     * Generates and compiles.
     *
     * @param directory is emptied
     */
    static GeneratedClient of(Document document, Path directory) throws IOException, InterruptedException {
        empty(directory);
        Path description = Files.writeString(
                directory.resolve("openapi.json"), document.root().toString());
        Path log = directory.resolve("generator.log");
        Process generator = new ProcessBuilder(
                        Path.of(property("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        property("ledger287.openapi-generator"),
                        "generate",
                        "--input-spec=" + description,
                        "--generator-name=java",
                        "--library=native",
                        "--output=" + directory,
                        "--invoker-package=client",
                        "--api-package=client.api",
                        "--model-package=client.model",
                        // Every object has a wait() of its own.
                        "--parameter-name-mappings=wait=waitSeconds",
                        "--additional-properties=openApiNullable=false,useJakartaEe=true,useSingleRequestParameter=true",
                        "--global-property=apis,models,supportingFiles,"
                                + "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(generator.waitFor()).as(Files.readString(log)).isZero();
        Path sources = directory.resolve("src/main/java");
        Files.writeString(sources.resolve("client/Caller.java"), CALLER);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        compile(sources, classes);
        return new GeneratedClient(classes);
    }

    private static void compile(Path sources, Path classes) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            said,
                            manager,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-nowarn",
                                    "-d",
                                    classes.toString(),
                                    "-classpath",
                                    String.join(File.pathSeparator, needed())),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    /** What the caller reads at an address, by its own names. */
    Map<?, ?> call(String address) throws IOException, ReflectiveOperationException {
        List<URL> path = new ArrayList<>();
        path.add(classes.toUri().toURL());
        for (String jar : needed()) {
            path.add(Path.of(jar).toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Function<?, ?> caller = (Function<?, ?>)
                    loader.loadClass("client.Caller").getConstructor().newInstance();
            return (Map<?, ?>) Function.class.getMethod("apply", Object.class).invoke(caller, address);
        } catch (InvocationTargetException e) {
            throw new AssertionError("The generated client failed", e.getCause());
        }
    }

    private static List<String> needed() {
        String listed = System.getProperty("surefire.test.class.path");
        String tests = listed == null ? property("java.class.path") : listed;
        return Stream.of(tests.split(File.pathSeparator))
                .filter(jar -> NEEDED.matcher(jar).matches())
                .toList();
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }

    private static void empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(directory);
    }
}
