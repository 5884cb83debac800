package ledger287.operations.bulk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Some lines of a file, as they are kept until they are worked off. */
record Piece(List<RawLine> lines) {
    private static final int TOO_LONG = -1;

    Piece {
        lines = List.copyOf(lines);
    }

    byte[] packed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(lines.size());
            for (RawLine line : lines) {
                out.writeLong(line.number());
                out.writeInt(line.tooLong() ? TOO_LONG : line.bytes().length);
                out.write(line.bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Piece unpacked(byte[] packed) {
        List<RawLine> lines = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                long number = in.readLong();
                int length = in.readInt();
                lines.add(
                        length == TOO_LONG
                                ? new RawLine(number, new byte[0], true)
                                : new RawLine(number, in.readNBytes(length), false));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A piece of a file is not as it was kept", e);
        }
        return new Piece(lines);
    }
}
