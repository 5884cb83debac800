package ledger287.agreements.sheet;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ledger287.local.sample.WorkbookXml;
import org.junit.jupiter.api.Test;

/** Whatever happens to a workbook's bytes, it is read or refused; nothing hangs and nothing else is thrown. */
class SheetFuzzTest {
    private static final int ROUNDS = 1_200;

    @Test
    void flipped_and_cut_files_are_read_or_refused() {
        byte[] whole = workbook().bytes();
        Random random = new Random(287);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = random.nextInt(5) == 0
                    ? Arrays.copyOf(whole, random.nextInt(whole.length))
                    : flipped(whole, random);
            read += readOrRefused(bytes, round) ? 1 : 0;
        }
        assertTrue(read < ROUNDS, "some were refused");
    }

    @Test
    void garbled_parts_in_a_sound_zip_are_read_or_refused() {
        Random random = new Random(1996);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, byte[]> parts = new LinkedHashMap<>(workbook().parts());
            String name = List.copyOf(parts.keySet()).get(random.nextInt(parts.size()));
            parts.put(
                    name,
                    random.nextBoolean() ? flipped(bytes(parts, name), random) : spliced(bytes(parts, name), random));
            read += readOrRefused(WorkbookXml.zip(parts), round) ? 1 : 0;
        }
        assertTrue(read > 0 && read < ROUNDS, "some were read, some refused: " + read);
    }

    private static boolean readOrRefused(byte[] bytes, int round) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> {
                    try {
                        new SheetReader().read(bytes, SheetSource.named(Fixture.PARTICIPATING));
                        return true;
                    } catch (SheetRejected refusal) {
                        assertTrue(refusal.detail().endsWith("."), refusal::detail);
                        return false;
                    }
                },
                () -> "round " + round);
    }

    private static byte[] flipped(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] spliced(byte[] part, Random random) {
        String xml = new String(part, StandardCharsets.UTF_8);
        int from = random.nextInt(xml.length());
        int to = Math.min(xml.length(), from + random.nextInt(200));
        int at = random.nextInt(xml.length());
        String spliced = random.nextBoolean()
                ? xml.substring(0, at) + xml.substring(from, to) + xml.substring(at)
                : xml.substring(0, from) + xml.substring(to);
        return spliced.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Map<String, byte[]> parts, String name) {
        byte[] content = parts.get(name);
        return content == null ? new byte[0] : content;
    }

    private static WorkbookXml workbook() {
        WorkbookXml workbook = new WorkbookXml();
        WorkbookXml.Tab tab = Fixture.headed(workbook);
        for (int i = 0; i < 5; i++) {
            tab.row(Fixture.row("Agency " + i));
        }
        tab.link("G2", "https://www.example.org/a.pdf")
                .link("G3:G5", "https://www.example.org/b.pdf")
                .merge("A2:A4");
        return workbook;
    }
}
