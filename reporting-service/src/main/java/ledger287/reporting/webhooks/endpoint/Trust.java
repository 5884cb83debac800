package ledger287.reporting.webhooks.endpoint;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyStoreOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whose certificates are believed. */
final class Trust {
    private static final String NO_SECRET = "certificates";

    private Trust() {}

    /** Those that Java believes, and those in a file. */
    static TrustOptions beside(String file) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (X509Certificate usual : usual()) {
                store.setCertificateEntry("usual-" + number++, usual);
            }
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                for (Certificate own : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    store.setCertificateEntry("own-" + number++, own);
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, NO_SECRET.toCharArray());
            return new KeyStoreOptions()
                    .setType("PKCS12")
                    .setPassword(NO_SECRET)
                    .setValue(Buffer.buffer(bytes.toByteArray()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "ledger287.reporting.webhook-endpoint.trust names no readable file of certificates (PEM): " + file,
                    e);
        }
    }

    private static X509Certificate[] usual() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }
}
