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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table in Parquet, with types: days are days, counts are numbers. The file is complete only with its footer, so a broken
 * one cannot be taken for whole. The same rows are the same bytes.
 */
public final class ParquetTable implements Table {
    private static final int ROWS_IN_A_GROUP = 50_000;

    private final String table;
    private final SteadyFooter out;
    private List<ColumnType> types = List.of();
    private @Nullable CarpetWriter<Object[]> writer;

    /** @param table its name in the dictionary, which knows the types */
    public ParquetTable(String table, OutputStream out) {
        this.table = table;
        this.out = new SteadyFooter(out);
    }

    @Override
    public void header(String... names) throws IOException {
        types = new ArrayList<>();
        WriteRecordModelType<Object[]> schema = writeRecordModel(Object[].class);
        for (int i = 0; i < names.length; i++) {
            int column = i;
            ColumnType type = ColumnType.of(table, names[i]);
            types.add(type);
            schema = schema.withField(names[i], field(type), row -> row[column]);
        }
        writer = new CarpetWriter.Builder<>(out, Object[].class)
                .withWriteRecordModel(schema)
                .withDefaultTimeUnit(TimeUnit.MICROS)
                .withRowGroupRowCountLimit(ROWS_IN_A_GROUP)
                .build();
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        @Nullable Object[] row = new Object[types.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = types.get(i).read(cells.get(i));
        }
        opened().write(row);
    }

    @Override
    public void end() throws IOException {
        opened().close();
        out.end();
    }

    private CarpetWriter<Object[]> opened() {
        return Objects.requireNonNull(writer, "header");
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
}
