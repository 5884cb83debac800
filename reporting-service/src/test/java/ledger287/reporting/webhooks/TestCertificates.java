package ledger287.reporting.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority of the test's own and what it signed for {@code *.example.test}, made by the JDK's keytool. */
public final class TestCertificates {
    private static final String PASSWORD = "of no secret";

    private final Path directory;

    private TestCertificates(Path directory) {
        this.directory = directory;
    }

    static TestCertificates make() {
        try {
            var made = new TestCertificates(Files.createTempDirectory("ledger287-certificates-"));
            made.keytool("-genkeypair", "-alias", "authority", "-dname", "CN=Authority of tests", "-ext", "bc:c");
            made.keytool(
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-dname",
                    "CN=server",
                    "-signer",
                    "authority",
                    "-ext",
                    "san=dns:*.example.test");
            made.keytool("-exportcert", "-alias", "authority", "-rfc", "-file", made.authority());
            return made;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("No certificates can be made", e);
        }
    }

    /** The file (PEM) that says whom to trust. */
    String authority() {
        return directory.resolve("authority.pem").toString();
    }

    /** Where the servers of tests find what they show. */
    static SSLContext context(Path authority) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(authority.resolveSibling("keys.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        store.deleteEntry("authority");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore", directory.resolve("keys.p12").toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-validity", "2"));
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + Files.readString(directory.resolve("keytool.log")));
        }
    }
}
