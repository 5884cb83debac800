package ledger287.reporting.export;

import static com.jerolba.carpet.model.FieldTypes.writeRecordModel;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.TimeUnit;
import com.jerolba.carpet.model.FieldType;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table in Parquet, with types: days are days, counts are numbers. Its schema is made of the names and the first rows,
 * which are held back for it; the file is complete only with its footer, so a broken one cannot be taken for whole.
 */
public final class ParquetTable implements Table {
    private static final int ROWS_HELD_BACK = 2_000;
    private static final int ROWS_IN_A_GROUP = 50_000;

    private final OutputStream out;
    private final List<List<@Nullable Object>> heldBack = new ArrayList<>();
    private List<String> columns = List.of();
    private List<ColumnType> types = List.of();
    private @Nullable CarpetWriter<Object[]> writer;

    public ParquetTable(OutputStream out) {
        this.out = out;
    }

    @Override
    public void header(String... names) {
        columns = List.of(names);
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        if (writer != null) {
            write(writer, cells);
            return;
        }
        heldBack.add(new ArrayList<>(cells));
        if (heldBack.size() == ROWS_HELD_BACK) {
            open();
        }
    }

    @Override
    public void end() throws IOException {
        CarpetWriter<Object[]> complete = writer == null ? open() : writer;
        complete.close();
    }

    private CarpetWriter<Object[]> open() throws IOException {
        types = new ArrayList<>();
        WriteRecordModelType<Object[]> schema = writeRecordModel(Object[].class);
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            ColumnType type = ColumnType.of(
                    columns.get(i),
                    heldBack.stream().map(row -> row.get(column)).toList());
            types.add(type);
            schema = schema.withField(columns.get(i), field(type), row -> row[column]);
        }
        var opened = new CarpetWriter.Builder<>(out, Object[].class)
                .withWriteRecordModel(schema)
                .withDefaultTimeUnit(TimeUnit.MICROS)
                .withRowGroupRowCountLimit(ROWS_IN_A_GROUP)
                .build();
        for (List<@Nullable Object> row : heldBack) {
            write(opened, row);
        }
        heldBack.clear();
        writer = opened;
        return opened;
    }

    private static FieldType field(ColumnType type) {
        return switch (type) {
            case TEXT -> FieldTypes.STRING;
            case INTEGER -> FieldTypes.LONG;
            case NUMBER -> FieldTypes.DOUBLE;
            case TRUTH -> FieldTypes.BOOLEAN;
            case DAY -> FieldTypes.LOCAL_DATE;
            case INSTANT -> FieldTypes.INSTANT;
        };
    }

    private void write(CarpetWriter<Object[]> opened, List<? extends @Nullable Object> cells) throws IOException {
        @Nullable Object[] row = new Object[types.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = types.get(i).read(cells.get(i));
        }
        opened.write(row);
    }
}
