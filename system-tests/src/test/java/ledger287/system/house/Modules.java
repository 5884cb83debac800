package ledger287.system.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import ledger287.system.Checkout;
import org.xml.sax.SAXException;

/** The modules with code of their own, as the root {@code pom.xml} names them. */
final class Modules {

    private Modules() {}

    static List<Path> withCode() {
        try {
            var pom = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Checkout.root().resolve("pom.xml").toFile());
            var names = pom.getElementsByTagName("module");
            return Stream.iterate(0, i -> i < names.getLength(), i -> i + 1)
                    .map(i -> Checkout.root().resolve(names.item(i).getTextContent()))
                    .filter(module -> Files.isDirectory(module.resolve("src/main/java")))
                    .toList();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("Cannot read the root pom.xml", e);
        }
    }

    /** What the build compiled of them; not their tests. */
    static JavaClasses classes() {
        return new ClassFileImporter()
                .importPaths(withCode().stream()
                        .map(module -> module.resolve("target/classes"))
                        .toList());
    }

    /** Their source files, tests too. */
    static List<Path> sources() {
        return Stream.concat(withCode().stream(), Stream.of(Checkout.root().resolve("system-tests")))
                .map(module -> module.resolve("src"))
                .flatMap(Modules::javaFiles)
                .toList();
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
