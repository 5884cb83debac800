package ledger287.agreements.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class FoldedNameTest {
    @Test
    void spacing_case_and_apostrophes_do_not_make_another_name() {
        FoldedName name = FoldedName.of("Quillan County Sheriff's Office");
        assertEquals(name, FoldedName.of("  Quillan\u00a0County  Sheriff\u2019s\tOFFICE "));
        assertEquals(name, FoldedName.of("Quillan County Sheriffs Office"));
        assertEquals(name, FoldedName.of("Quillan County \u200bSheriff\u00b4s Office\n"));
    }

    @Test
    void anything_else_makes_another_name() {
        FoldedName name = FoldedName.of("St. Quillan Police Department");
        assertNotEquals(name, FoldedName.of("City of St. Quillan Police Department"));
        assertNotEquals(name, FoldedName.of("Saint Quillan Police Department"));
        assertNotEquals(name, FoldedName.of("St Quillan Police Department"));
        assertNotEquals(name, FoldedName.of("St. Quillan Police Departmen"));
    }

    @Test
    void folding_is_stable() {
        String once = FoldedName.of(" Sheriff\u2019s  \u00a0Office").text();
        assertEquals(once, FoldedName.of(once).text());
    }
}
