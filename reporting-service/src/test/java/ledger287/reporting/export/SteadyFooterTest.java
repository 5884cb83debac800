package ledger287.reporting.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;

final class SteadyFooterTest {
    private static final int TRAILER = 8;

    @Test
    void theOrderInWhichAWriterListsEncodingsMakesNoDifference() throws IOException {
        byte[] file = table();
        Set<Integer> asWritten = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            byte[] shuffled = shuffled(file, seed);
            asWritten.add(Arrays.hashCode(shuffled));
            var out = new ByteArrayOutputStream();
            var steady = new SteadyFooter(out);
            steady.write(shuffled);
            steady.end();
            assertThat(out.toByteArray()).as("seed %d", seed).isEqualTo(file);
        }
        assertThat(asWritten).as("what came in differed").hasSizeGreaterThan(1);
    }

    @Test
    void whatIsLongerThanWhatIsHeldIsPassedOnWhole() throws IOException {
        byte[] file = table();
        byte[] before = new byte[5_000_000];
        new Random(1).nextBytes(before);
        var out = new ByteArrayOutputStream();
        var steady = new SteadyFooter(out);
        steady.write(before);
        for (byte one : file) {
            steady.write(one);
        }
        steady.end();
        assertThat(Arrays.copyOf(out.toByteArray(), before.length)).isEqualTo(before);
        assertThat(Arrays.copyOfRange(out.toByteArray(), before.length, out.size()))
                .isEqualTo(file);
    }

    /** A file in which columns have encodings of several kinds: names that repeat, and names that do not. */
    private static byte[] table() throws IOException {
        var out = new ByteArrayOutputStream();
        var table = new ParquetTable("agreements", out);
        table.header("agency_name", "state", "signed_on");
        for (int i = 0; i < 200_000; i++) {
            table.row(List.of("Agency %d of the test".formatted(i), i % 2 == 0 ? "GA" : "TX", "2025-03-01"));
        }
        table.end();
        return out.toByteArray();
    }

    private static byte[] shuffled(byte[] file, long seed) throws IOException {
        int length = ByteBuffer.wrap(file, file.length - TRAILER, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        int begins = file.length - TRAILER - length;
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, begins, length));
        var random = new Random(seed);
        for (RowGroup group : footer.getRow_groups()) {
            for (ColumnChunk chunk : group.getColumns()) {
                Collections.shuffle(chunk.getMeta_data().getEncodings(), random);
                if (chunk.getMeta_data().getEncoding_stats() != null) {
                    Collections.shuffle(chunk.getMeta_data().getEncoding_stats(), random);
                }
            }
        }
        var out = new ByteArrayOutputStream();
        out.write(file, 0, begins);
        Util.writeFileMetaData(footer, out);
        out.write(file, begins + length, TRAILER);
        return out.toByteArray();
    }
}
