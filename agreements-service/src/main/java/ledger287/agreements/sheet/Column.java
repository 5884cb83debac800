package ledger287.agreements.sheet;

import java.util.EnumSet;
import java.util.Set;
import ledger287.agreements.vocabulary.PlainText;
import ledger287.agreements.vocabulary.SheetKind;
import org.jspecify.annotations.Nullable;

/** The columns of ICE's workbooks, known by their header text; the order in a file does not matter. */
enum Column {
    STATE("STATE"),
    AGENCY("LAW ENFORCEMENT AGENCY"),
    TYPE("TYPE"),
    COUNTY("COUNTY"),
    SUPPORT_TYPE("SUPPORT TYPE"),
    SIGNED("SIGNED"),
    MOA("MOA"),
    /** Since 2025-07-01. */
    ADDENDUM("ADDENDUM");

    private static final Set<Column> ALL = EnumSet.allOf(Column.class);
    private static final Set<Column> OF_BOTH = EnumSet.range(STATE, SUPPORT_TYPE);
    private static final Set<Column> OF_PARTICIPATING = EnumSet.range(STATE, MOA);

    private final String header;

    Column(String header) {
        this.header = header;
    }

    String header() {
        return header;
    }

    static Set<Column> required(SheetKind kind) {
        return switch (kind) {
            case PARTICIPATING -> OF_PARTICIPATING;
            case PENDING -> OF_BOTH;
        };
    }

    /** The column that a header names, whatever its case and spacing, or null. */
    static @Nullable Column named(String headerText) {
        for (Column column : ALL) {
            if (column.isNamed(headerText)) {
                return column;
            }
        }
        return null;
    }

    boolean isNamed(String headerText) {
        return header.equalsIgnoreCase(PlainText.of(headerText));
    }
}
