package ledger287.agreements.sheet;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import ledger287.agreements.sheet.SheetRejected.Reason;

/**
 * The zip around a workbook, opened only when its directory promises something of a workbook's size, and every part of
 * it inflated under guard.
 */
final class WorkbookArchive implements Closeable {
    /** A document type stands before the root element, so this much of a part shows it. */
    private static final int PROLOG_BYTES = 4_096;

    private final ZipFile zip;
    private final ReadingLimits limits;
    private final Map<String, ZipEntry> parts;
    private final InflationBudget budget;

    private WorkbookArchive(ZipFile zip, ReadingLimits limits, Map<String, ZipEntry> parts) {
        this.zip = zip;
        this.limits = limits;
        this.parts = parts;
        this.budget = new InflationBudget(limits);
    }

    static WorkbookArchive open(Path file, ReadingLimits limits) throws IOException {
        if (Files.size(file) > limits.fileBytes()) {
            throw new SheetRejected(
                    Reason.TOO_LARGE,
                    "The file has %,d bytes; at most %,d are taken. Send ICE's workbook as published."
                            .formatted(Files.size(file), limits.fileBytes()));
        }
        refuseOtherKinds(file);
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException | IllegalArgumentException e) {
            throw new SheetRejected(
                    Reason.DAMAGED_WORKBOOK,
                    "The file begins like a workbook but is cut off or damaged. Download it again.",
                    e);
        }
        try {
            WorkbookArchive archive = new WorkbookArchive(zip, limits, prescan(zip, limits));
            archive.refuseDocumentTypes();
            return archive;
        } catch (Throwable e) {
            zip.close();
            throw e;
        }
    }

    boolean has(String part) {
        return parts.containsKey(key(part));
    }

    /** A part under guard; whoever reads it gets a {@link SheetRejected} when it is more than it may be. */
    BoundedSteps open(String part) {
        return new BoundedSteps(inflated(part), part);
    }

    /** A worksheet likewise, but without its rows. */
    BoundedSteps openWithoutRows(String part) {
        return new BoundedSteps(new RowsLeftOut(inflated(part)), part);
    }

    private InputStream inflated(String part) {
        ZipEntry entry = parts.get(key(part));
        if (entry == null) {
            throw new SheetRejected(
                    Reason.DAMAGED_WORKBOOK, "The workbook lacks its part '%s'. Download it again.".formatted(part));
        }
        try {
            return new GuardedPart(zip.getInputStream(entry), part, entry.getCompressedSize(), limits, budget);
        } catch (ZipException e) {
            throw damaged(part, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    static SheetRejected damaged(String part, Throwable cause) {
        return new SheetRejected(
                Reason.DAMAGED_WORKBOOK,
                "The workbook's part '%s' is damaged. Download the file again.".formatted(part),
                cause);
    }

    private static void refuseOtherKinds(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(512);
        }
        if (startsWith(start, 'P', 'K', 3, 4)) {
            return;
        }
        if (startsWith(start, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw new SheetRejected(
                    Reason.OLD_OR_ENCRYPTED_WORKBOOK,
                    "This is an .xls of before 2007 or a workbook behind a password."
                            + " Save it as .xlsx without a password and send that.");
        }
        String text = new String(start, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        String kind = text.isBlank()
                ? "empty"
                : text.contains("<html") || text.contains("<!doctype html")
                        ? "a web page, perhaps a notice that the download was blocked"
                        : text.startsWith("\u0089png") || text.startsWith("\u00ff\u00d8")
                                ? "an image"
                                : text.startsWith("%pdf") ? "a PDF" : "not an Excel workbook";
        throw new SheetRejected(
                Reason.NOT_A_WORKBOOK, "The file is %s. Send the .xlsx as ICE publishes it.".formatted(kind));
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, ZipEntry> prescan(ZipFile zip, ReadingLimits limits) {
        if (zip.size() > limits.entries()) {
            throw new SheetRejected(
                    Reason.TOO_LARGE,
                    "The workbook has %,d parts; at most %,d are taken.".formatted(zip.size(), limits.entries()));
        }
        Map<String, ZipEntry> parts = new HashMap<>();
        long total = 0;
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            total += Math.max(0, entry.getSize());
            GuardedPart.check(entry.getName(), entry.getSize(), entry.getCompressedSize(), limits);
            if (total > limits.totalBytes()) {
                throw new SheetRejected(
                        Reason.TOO_LARGE,
                        "Unpacked, the workbook would have more than %,d bytes.".formatted(limits.totalBytes()));
            }
            if (parts.put(key(entry.getName()), entry) != null) {
                // Which of the two a spreadsheet program would show is anyone's guess.
                throw new SheetRejected(
                        Reason.DAMAGED_WORKBOOK,
                        "The workbook has its part '%s' twice. Download it again.".formatted(entry.getName()));
            }
        }
        if (!parts.containsKey("[content_types].xml")) {
            throw new SheetRejected(
                    Reason.NOT_A_WORKBOOK, "The file is a zip, but not a workbook. Send ICE's .xlsx as published.");
        }
        return parts;
    }

    /** Also in parts that nothing here reads: a file with one was not made by a spreadsheet program. */
    private void refuseDocumentTypes() throws IOException {
        for (ZipEntry entry : parts.values()) {
            String name = entry.getName().toLowerCase(Locale.ROOT);
            if (!name.endsWith(".xml") && !name.endsWith(".rels")) {
                continue;
            }
            try (InputStream in = zip.getInputStream(entry)) {
                String prolog = new String(in.readNBytes(PROLOG_BYTES), StandardCharsets.ISO_8859_1);
                // Zero bytes dropped, so that UTF-16 shows it as well.
                if (prolog.replace("\0", "").contains("<!DOCTYPE")) {
                    throw GuardedPart.documentType(entry.getName());
                }
            } catch (ZipException | EOFException e) {
                throw damaged(entry.getName(), e);
            }
        }
    }

    /** Part names are compared without case (ECMA-376 part 2, §6.2.2.3); some writers use backslashes. */
    private static String key(String part) {
        String slashes = part.replace('\\', '/');
        return (slashes.startsWith("/") ? slashes.substring(1) : slashes).toLowerCase(Locale.ROOT);
    }
}
