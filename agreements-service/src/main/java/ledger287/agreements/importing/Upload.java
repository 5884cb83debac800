package ledger287.agreements.importing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;

/**
 * A file as it came, on disk for as long as it is looked at.
 *
 * @param sha256 hex digest of the bytes; the identity of the file
 */
record Upload(Path path, String sha256, long size) implements AutoCloseable {
    /** How the names of these files begin. */
    static final String PREFIX = "ledger287-sheet-";

    /** Streams a body to disk; stops, with a problem, at the first byte too many. */
    static Upload receive(InputStream body, long maxBytes) throws IOException {
        Path path = Files.createTempFile(PREFIX, ".xlsx");
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long size;
            try (OutputStream file = new DigestOutputStream(Files.newOutputStream(path), digest)) {
                size = copy(body, file, maxBytes);
            }
            return new Upload(path, HexFormat.of().formatHex(digest.digest()), size);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    private static long copy(InputStream body, OutputStream file, long maxBytes) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long size = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            size += read;
            if (size > maxBytes) {
                throw tooLarge(maxBytes).asException();
            }
            file.write(buffer, 0, read);
        }
        return size;
    }

    /** The refusal of a body, wherever its length is noticed. */
    static Problem tooLarge(long maxBytes) {
        return Problem.of(
                ProblemType.TOO_LARGE,
                "A body may have " + maxBytes
                        + " bytes at most (ledger287.upload.max-bytes); ICE's workbooks have about"
                        + " 100,000. Is it the right file?");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
