package ledger287.reporting.export;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under named columns, written as they come, in whichever form the reader asked for. */
public interface Table {

    /** Names of the columns, in snake_case. Called once, before the first row, also where there are no rows. */
    void header(String... columns) throws IOException;

    /**
     * A row.
     *
     * @param cells text, numbers, truth values or instants, as many as there are columns; null for what is not known
     */
    void row(List<? extends @Nullable Object> cells) throws IOException;

    /** A row. */
    default void row(@Nullable Object... cells) throws IOException {
        row(Arrays.asList(cells));
    }

    /** The table is complete. Without this call it is not, and its reader has to notice. */
    void end() throws IOException;
}
