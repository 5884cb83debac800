package ledger287.agreements.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ledger287.agreements.sheet.Cells;
import ledger287.agreements.sheet.DocumentLink;
import ledger287.agreements.sheet.Publication;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.sheet.SheetRow;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/** Sheets as short as a test can say them. */
final class Workbook {
    private Workbook() {}

    /** A row; the records' {@code with} methods make the edits that ICE makes. */
    record Row(
            @Nullable State state,
            String agency,
            @Nullable AgencyType type,
            @Nullable String county,
            List<SupportType> supports,
            @Nullable LocalDate signedOn,
            DocumentLink moa,
            DocumentLink addendum,
            List<String> doubts) {

        Row named(String name) {
            return new Row(state, name, type, county, supports, signedOn, moa, addendum, doubts);
        }

        Row in(@Nullable State other) {
            return new Row(other, agency, type, county, supports, signedOn, moa, addendum, doubts);
        }

        Row county(@Nullable String other) {
            return new Row(state, agency, type, other, supports, signedOn, moa, addendum, doubts);
        }

        Row signed(@Nullable String date) {
            LocalDate day = date == null ? null : LocalDate.parse(date);
            return new Row(state, agency, type, county, supports, day, moa, addendum, doubts);
        }

        Row supports(SupportType... other) {
            return new Row(state, agency, type, county, List.of(other), signedOn, moa, addendum, doubts);
        }

        Row moa(String file) {
            DocumentLink link =
                    new DocumentLink(DocumentLink.Status.POSTED, "https://www.ice.example/doclib/287gMOA/" + file);
            return new Row(state, agency, type, county, supports, signedOn, link, addendum, doubts);
        }

        Row addendum(String file) {
            DocumentLink link =
                    new DocumentLink(DocumentLink.Status.POSTED, "https://www.ice.example/doclib/287gMOA/" + file);
            return new Row(state, agency, type, county, supports, signedOn, moa, link, doubts);
        }

        Row type(AgencyType other) {
            return new Row(state, agency, other, county, supports, signedOn, moa, addendum, doubts);
        }

        Row doubt(String doubt) {
            return new Row(state, agency, type, county, supports, signedOn, moa, addendum, List.of(doubt));
        }
    }

    /** A county sheriff's row, its MOA still to come. */
    static Row sheriff(State state, String county, SupportType support, String signed) {
        return new Row(
                state,
                county + " County Sheriff's Office",
                AgencyType.COUNTY,
                county + " County",
                List.of(support),
                LocalDate.parse(signed),
                DocumentLink.PENDING,
                DocumentLink.MISSING,
                List.of());
    }

    /** A town's police, task force, without a county. */
    static Row police(State state, String name, String signed) {
        return new Row(
                state,
                name,
                AgencyType.MUNICIPALITY,
                null,
                List.of(SupportType.TASK_FORCE),
                LocalDate.parse(signed),
                DocumentLink.PENDING,
                DocumentLink.MISSING,
                List.of());
    }

    /** A state agency, task force. */
    static Row stateAgency(State state, String name, String signed) {
        return police(state, name, signed).type(AgencyType.STATE_AGENCY);
    }

    static Sheet participating(String day, Row... rows) {
        return sheet(SheetKind.PARTICIPATING, day, List.of(rows));
    }

    static Sheet participating(String day, List<Row> rows) {
        return sheet(SheetKind.PARTICIPATING, day, rows);
    }

    static Sheet pending(String day, Row... rows) {
        return sheet(SheetKind.PENDING, day, List.of(rows));
    }

    private static Sheet sheet(SheetKind kind, String day, List<Row> rows) {
        Instant at = LocalDate.parse(day).atTime(13, 0).toInstant(ZoneOffset.UTC);
        List<SheetRow> sheetRows = new ArrayList<>();
        for (Row row : rows) {
            sheetRows.add(row(kind, sheetRows.size() + 2, row));
        }
        return new Sheet(
                kind,
                kind.code() + day + ".xlsx",
                Integer.toHexString(rows.hashCode()) + day + kind,
                new Publication(at, day + " am"),
                true,
                sheetRows,
                0,
                List.of(),
                List.of());
    }

    private static SheetRow row(SheetKind kind, int number, Row row) {
        boolean pending = kind == SheetKind.PENDING;
        Map<String, String> raw = new LinkedHashMap<>();
        raw.put("STATE", row.state() == null ? "?" : row.state().displayName());
        raw.put("LAW ENFORCEMENT AGENCY", row.agency());
        raw.put("SUPPORT TYPE", String.valueOf(row.supports()));
        if (!pending) {
            raw.put("SIGNED", String.valueOf(row.signedOn()));
        }
        Cells cells = new Cells(
                row.state(),
                row.agency(),
                row.type(),
                row.county(),
                row.supports(),
                pending ? null : row.signedOn(),
                pending ? DocumentLink.MISSING : row.moa(),
                pending ? DocumentLink.MISSING : row.addendum());
        return new SheetRow("Sheet1", number, false, raw, Map.of(), cells, List.of(), row.doubts());
    }
}
