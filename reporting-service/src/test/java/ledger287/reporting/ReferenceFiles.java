package ledger287.reporting;

import java.util.Locale;

/** Files in the Census Bureau's forms, of counties that are not. */
public final class ReferenceFiles {
    /** Fewer would be taken for half a download. */
    public static final int COUNTIES = 1_000;

    private ReferenceFiles() {}

    /** A Gazetteer file: in Georgia County 1 County to County 999 County, and one that is named. */
    public static String gazetteer(String name) {
        return gazetteer("13000", name);
    }

    /** @param fips the code of the one that is named */
    public static String gazetteer(String fips, String name) {
        StringBuilder file = new StringBuilder("USPS|GEOID|GEOIDFQ|ANSICODE|NAME|ALAND|INTPTLAT|INTPTLONG   \n");
        for (int i = 0; i < COUNTIES; i++) {
            row(file, i == 0 ? fips : "13%03d".formatted(i), i, i == 0 ? name : "County " + i + " County");
        }
        return file.toString();
    }

    /** Estimates as a spreadsheet saves them, without leading zeros; a county has 1,000 people and its number. */
    public static String estimates(int year, String name) {
        StringBuilder file = new StringBuilder("SUMLEV,REGION,DIVISION,STATE,COUNTY,STNAME,CTYNAME,POPESTIMATE"
                + (year - 1) + ",POPESTIMATE" + year + "\n");
        file.append("40,3,5,13,0,Georgia,Georgia,1,2000000\n");
        file.append("40,3,6,1,0,Alabama,Alabama,1,500000\n");
        for (int i = 0; i < COUNTIES; i++) {
            file.append("50,3,5,13,%d,Georgia,%s,1,%d%n"
                    .formatted(i, i == 0 ? name : "County " + i + " County", 1_000 + i));
        }
        return file.toString();
    }

    private static void row(StringBuilder file, String fips, int county, String name) {
        file.append(String.format(
                Locale.ROOT, "GA|%1$s|0500000US%1$s|%2$d|%3$s|100|32.%2$06d|-86.%2$06d%n", fips, county, name));
    }
}
