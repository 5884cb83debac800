package ledger287.reporting.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import ledger287.reporting.Reader;
import ledger287.reporting.Servers;
import ledger287.reporting.TestLedger;
import ledger287.reporting.TestOperations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every page without a script, from a ledger in which somebody has tried to do harm. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PagesTest {
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final String JUNE_6 = "2025-06-06T13:00:00Z";
    private static final String TFM = "task_force";
    private static final String SCRIPT = "<script>alert(1)</script> County \"Sheriff\"";
    private static final String TURNED = "\u202Eflow \u2066Marsh County";
    private static final String LONG = "Interminable ".repeat(24) + "County Sheriff's Office";
    private static final String PAST = "Copperwell County Sheriff's Office";
    private static final String HELD = "2025-06-06T15:00:00Z";
    private static final String REJECTED = "2025-06-06T16:00:00Z";
    private static final String JUNE_5 = "2025-06-05T14:00:00Z";
    /** One that the services say, so that it has its Spanish. */
    private static final String QUESTION = "It was absent from the pending workbook and is listed again.";

    private static final String QUIET = "Quillmarsh County Sheriff's Office";

    private final PublishedLedger published = new PublishedLedger();
    private final Reader reader = published.reader();
    private final Languages languages;
    private final TestLedger ledger = published.agreements();
    private final TestOperations sweep = published.operations();

    PagesTest(Languages languages) {
        this.languages = languages;
    }

    @BeforeAll
    void publishHistory() throws Exception {
        published.create();
        emptyLedgerSaysSo();
        ledger.open(true, JUNE_4)
                .sign(QUIET, "GA", TFM, "2025-05-08", JUNE_4)
                .sign(SCRIPT, "FL", TFM, "2025-03-01", JUNE_4)
                .sign(TURNED, "TX", "jail_enforcement", null, JUNE_4)
                .sign(LONG, "TX", TFM, "2021-02-03", JUNE_4)
                .imported("participating", 4, JUNE_4);
        published.publish();
        ledger.file(SCRIPT, "FL", "warrant_service_officer", JUNE_4).imported("pending", 1, JUNE_4);
        published.publish();
        ledger.agreement("date-changed", QUIET, TFM, JUNE_6, image -> image.put("signed_on", "2025-05-09"))
                .unlist(TURNED, "jail_enforcement", JUNE_4, JUNE_6)
                .change("review", "opened", TestLedger.id("review"), JUNE_6, image -> {
                    image.put("review_id", TestLedger.id("review").toString());
                    image.put("subject_id", TestLedger.id(QUIET + TFM).toString());
                    image.put("question", QUESTION);
                    image.putArray("candidates");
                    image.put("status", "open");
                    image.putNull("decision");
                })
                .imported("participating", 3, JUNE_6);
        published.publish();
        ledger.document(PAST, "AZ", TFM, "2006", JUNE_5)
                .agreement("corrected", PAST, TFM, JUNE_5, image -> {
                    image.put("signed_on", "2006-03-01");
                    image.put("signed_precision", "month");
                    image.put("status", "unlisted");
                    image.putNull("ended");
                })
                .agreement("corrected", PAST, TFM, JUNE_5, image -> {
                    image.put("status", "ended");
                    TestLedger.ended(image, "2012-10-01", "month");
                });
        published.publish();
        ledger.workbook("held", "participating", 3, HELD, changes -> changes.put("unlisted", 371));
        published.publish();
        ledger.workbook("rejected", "participating", 3, REJECTED, changes -> changes.put("unlisted", 372));
        published.publish();
        sweep.open(JUNE_4)
                .record(SCRIPT, "FL", JUNE_4, image -> {})
                .claim(
                        "floor",
                        SCRIPT,
                        "arrests",
                        TestOperations.Figure.moreThan(1300),
                        TestOperations.ICE,
                        true,
                        JUNE_4)
                .record(LONG, "TX", JUNE_4, image -> {});
        published.publish();
        published.awaitRead();
    }

    @AfterAll
    void close() {
        published.close();
    }

    private void emptyLedgerSaysSo() throws Exception {
        for (String path :
                List.of("/", "/agencies", "/pending", "/operations", "/changes", "/corrections", "/imports")) {
            assertThat(page(path)).as(path).doesNotContain("NaN");
        }
        assertThat(page("/"))
                .contains("No participating workbook is known yet")
                .contains("not known")
                .doesNotContain("287(g) agreements,");
        assertThat(page("/changes")).contains("Nothing has changed yet.");
    }

    private List<String> paths() throws Exception {
        List<String> paths = new ArrayList<>(List.of(
                "/",
                "/?basis=listed",
                "/states",
                "/states/FL",
                "/states/PR",
                "/agencies",
                "/agreements?state=FL",
                "/applications",
                "/pending",
                "/operations",
                "/changes",
                "/changes?tone=correction",
                "/corrections",
                "/imports",
                "/importer",
                "/methods"));
        for (String name : Figures.NAMES) {
            paths.add("/figures/" + name);
            paths.add("/embed/" + name);
        }
        for (String kind : List.of("agencies", "agreements", "applications", "operations")) {
            for (JsonNode item : reader.json("/v1/" + kind + ("operations".equals(kind) ? "" : "?listed=any"))
                    .path("items")) {
                String id = kind.replaceFirst("ies$", "y").replaceFirst("s$", "") + "_id";
                paths.add("/" + kind + "/" + item.path(id).asText());
            }
        }
        for (JsonNode sheet : reader.json("/v1/sources").path("items")) {
            paths.add("/imports/" + sheet.path("sheet_id").asText());
        }
        return paths;
    }

    @Test
    void everyPageIsCompleteWithoutAScriptAndLetsNoDataBecomeMarkup() throws Exception {
        for (String path : paths()) {
            String page = page(path);
            assertThat(page).as(path).doesNotContain("<script>").contains("Sample data.");
            assertThat(page).as(path).doesNotContain("NOT_FOUND").doesNotContain("style=\"");
            assertThat(Pattern.compile("(src|href)=\"(https?:)?//(?!localhost|news\\.example\\.org)")
                            .matcher(page)
                            .find())
                    .as("%s fetches from another host", path)
                    .isFalse();
        }
    }

    @Test
    void everyPageSpeaksSpanishThroughout() throws Exception {
        for (String path : paths()) {
            String page = page(path + (path.contains("?") ? "&" : "?") + "lang=es");
            assertThat(page).as(path).contains("<html lang=\"es\"").contains("Datos ficticios de ejemplo.");
        }
        assertThat(languages.spanish().missing()).isEmpty();
    }

    @Test
    void theBrowsersLanguageDecidesUnlessTheReaderDoes() throws Exception {
        assertThat(reader.get("/", "Accept-Language", "es-MX,es;q=0.9,en;q=0.5").body())
                .contains("<html lang=\"es\"");
        assertThat(reader.get("/?lang=en", "Accept-Language", "es-MX").body()).contains("<html lang=\"en\"");
        assertThat(reader.get("/", "Accept-Language", "fr").body()).contains("<html lang=\"en\"");
    }

    @Test
    void figuresOfThePageAreThoseOfTheApi() throws Exception {
        JsonNode headline = reader.json("/v1/statistics/headline");
        String page = page("/");
        for (String measure : List.of("agreements", "new_agreements", "agencies", "pending_applications", "unlisted")) {
            assertThat(page)
                    .containsPattern("data-measure=\"" + measure + "\"[^>]*>"
                            + headline.path(measure).asText() + "</a>");
        }
        assertThat(page).contains("at least 1,301");
    }

    /** Links that are numbers, wherever they stand: in the sentence, the counters, the decks and the tables. */
    private static final Pattern NUMBER = Pattern.compile(
            "<a (?:class=\"number\" )?href=\"([^\"]+)\"[^>]*>(?:<strong>)?([0-9][0-9,]*)(?:</strong>)?</a>");

    @Test
    void everyNumberLeadsToAsManyRows() throws Exception {
        Map<String, String> followed = new LinkedHashMap<>();
        for (String path : List.of(
                "/",
                "/?basis=listed",
                "/states",
                "/states/TX",
                "/agencies",
                "/pending",
                "/operations",
                "/imports",
                "/figures/growth?state=TX",
                "/figures/map?model=task_force",
                "/figures/states?model=task_force",
                "/figures/growth?basis=listed",
                "/figures/pulse")) {
            var link = NUMBER.matcher(page(path));
            while (link.find()) {
                String number = link.group(2).replace(",", "");
                String earlier = followed.put(link.group(1).replace("&amp;", "&"), number);
                assertThat(earlier == null ? number : earlier)
                        .as("%s on %s", link.group(1), path)
                        .isEqualTo(number);
            }
        }
        for (Map.Entry<String, String> link : followed.entrySet()) {
            String[] address = link.getKey().split("#", 2);
            String behind = page(address[0]);
            if (address.length == 2) {
                int table = behind.indexOf("id=\"" + address[1] + "\"");
                assertThat(table).as(link.getKey()).isPositive();
                behind = behind.substring(table, behind.indexOf("</table>", table));
                assertThat(behind).as(link.getKey()).contains(">" + link.getValue() + "<");
            } else {
                assertThat(behind).as(link.getKey()).contains("data-count=\"" + link.getValue() + "\"");
            }
        }
        assertThat(followed).hasSizeGreaterThan(60);
    }

    @Test
    void noCounterAndNoFigureOfATableIsWithoutAWayToItsRows() throws Exception {
        String front = page("/");
        assertThat(counted(front, "data-measure=\"")).isGreaterThanOrEqualTo(10);
        assertThat(counted(front, "<a class=\"number( wordy)?\" href=\"/[^\"]+\" data-measure=\""))
                .as("counters that are links")
                .isEqualTo(counted(front, "data-measure=\""));
        assertThat(front)
                .as("the deck of the curve")
                .containsPattern(
                        "<p class=\"deck\"><a href=\"/agreements[^\"]*\"><strong>[0-9]+</strong></a> agreements in all");
        for (String table : List.of("growth-table", "map-table", "states-table", "pending-table", "pulse-table")) {
            int begin = front.indexOf("id=\"" + table + "\"");
            assertThat(begin).as(table).isPositive();
            assertThat(front.substring(begin, front.indexOf("</table>", begin)))
                    .as(table)
                    .contains("<td class=\"n\"><a ")
                    .doesNotContainPattern("<td class=\"n\">[0-9]");
        }
        assertThat(page("/operations")).contains("at least 1,301").contains("data-count=\"2\"");
    }

    private static long counted(String page, String pattern) {
        return Pattern.compile(pattern).matcher(page).results().count();
    }

    @Test
    void whatIsFilteredSaysOfWhatItIs() throws Exception {
        String title = "Agreements by the day they were signed: Texas; Task force";
        String figure = page("/figures/growth?state=TX&model=task_force");
        assertThat(figure)
                .containsPattern("<h1>" + title + "</h1>")
                .contains("<caption id=\"growth-table-caption\">" + title + "</caption>")
                .contains("<q>SAMPLE DATA, not real: " + title + ", as of ")
                .contains("title=\"" + title + "\"&gt;&lt;/ledger287-figure&gt;");
        assertThat(page("/embed/growth?state=TX&model=task_force")).contains(title);
        assertThat(page("/states/FL"))
                .contains("Agreements by the day they were signed: Florida")
                .contains("application from Florida.");
        assertThat(page("/agreements?state=FL&signed_on__gte=2025-01-20"))
                .contains("<h1>Agreements: Florida; signed from January 20, 2025 on</h1>");
        assertThat(page("/pending?state=FL")).contains("href=\"/applications/");
        assertThat(page("/pending?state=GA"))
                .contains("In the newest pending workbook: Georgia")
                .doesNotContain("href=\"/applications/");
        assertThat(page("/figures/map?region=south_atlantic&lang=es")).contains(": Atlántico Sur");
    }

    @Test
    void whatIsAskedByADaySaysSoAndOnlyThere() throws Exception {
        String notice = "Shown is what was in force on June 5, 2025";
        assertThat(page("/?on=2025-06-05"))
                .contains(notice)
                .contains("287(g) agreements, in force on June 5, 2025, as of ")
                .doesNotContain("Its pending workbook of")
                .containsPattern(
                        "href=\"/applications\\?as_of=2025-06-05[^\"]*\" data-measure=\"pending_applications\"");
        assertThat(page("/agreements?on=2025-06-05")).contains(notice);
        for (String path : List.of("/pending", "/operations", "/changes", "/imports", "/figures/waits")) {
            assertThat(page(path + "?on=2025-06-05"))
                    .as(path)
                    .doesNotContain("Shown is what was in force")
                    .doesNotContain(", in force on");
        }
        assertThat(page("/operations?on=2025-01-01"))
                .as("bars and their sum are of the same operations")
                .contains("Together <strong>at least 1,301</strong>");
    }

    @Test
    void anAgencysPageHasTheQuestionsAboutWhatItHolds() throws Exception {
        assertThat(page("/agencies/" + TestLedger.id(QUIET)))
                .contains("id=\"reviews-feed\"")
                .contains("Question put to a person")
                .contains(QUESTION);
        assertThat(page("/agencies/" + TestLedger.id(LONG))).doesNotContain("reviews-feed");
    }

    @Test
    void beforeTheFirstPublicationNothingIsSaidToBeZero() throws Exception {
        String then = "as_of=2025-05-01";
        for (String path :
                List.of("/", "/states", "/states/FL", "/agencies", "/agreements", "/applications", "/pending")) {
            String page = page(path + "?" + then);
            assertThat(page)
                    .as(path)
                    .containsPattern("No (participating|pending) workbook was known")
                    .doesNotContain("data-count=\"0\"")
                    .doesNotContainPattern("data-measure=\"[a-z_]+\"[^>]*>0<");
        }
        for (String name : Figures.NAMES) {
            assertThat(page("/figures/" + name + "?" + then))
                    .as(name)
                    .doesNotContainPattern("tile-figure[^>]*>0<")
                    .doesNotContain("NaN");
        }
        assertThat(page("/figures/map?" + then)).contains(">?</text>");
    }

    @Test
    void fiftySixPlacesWithoutAnyAgreementAreShownAsSuch() throws Exception {
        String map = page("/figures/map?agency_type=state_agency");
        String wide = map.substring(map.indexOf("<svg"), map.indexOf("</svg>"));
        assertThat(Pattern.compile("tile-figure[^>]*>0</text>")
                        .matcher(wide)
                        .results()
                        .count())
                .isEqualTo(56);
        assertThat(map).contains("There is nothing to show yet.");
        String states = page("/states?agency_type=state_agency");
        assertThat(states)
                .contains("States and territories with an agreement: 0")
                .contains("without one: 56");
        assertThat(page("/states/GU")).contains("Guam").contains("On June 6, 2025, ICE listed");
    }

    @Test
    void longNamesAreCutInDrawingsAndWholeInTables() throws Exception {
        String operations = page("/operations");
        assertThat(Pattern.compile("<text[^>]*>[^<]{130,}</text>")
                        .matcher(operations)
                        .find())
                .isFalse();
        assertThat(operations).contains(LONG.replace("'", "&#39;"));
        assertThat(page("/agreements?state=TX")).contains("<bdi>" + LONG.replace("'", "&#39;") + "</bdi>");
    }

    @Test
    void directionsThatANameTurnsEndWithIt() throws Exception {
        assertThat(page("/agencies?listed=any")).contains("<bdi>" + TURNED + "</bdi>");
        for (String name : Figures.NAMES) {
            String drawn = page("/figures/" + name).replaceAll("(?s)<table.*?</table>", "");
            assertThat(drawn.replaceAll("(?s)^.*?<svg", "<svg").replaceAll("(?s)</svg>.*", ""))
                    .as(name)
                    .doesNotContain("\u202E")
                    .doesNotContain("\u2066");
        }
    }

    @Test
    void spanishPagesSayInSpanishWhatTheApiSaysInEnglish() throws Exception {
        for (String path : List.of("/", "/methods", "/operations", "/imports", "/changes")) {
            assertThat(page(path + "?lang=es")).as(path).doesNotContain("<span lang=\"en\">");
        }
        assertThat(page("/?lang=es")).contains("6 de junio de 2025").contains("al menos 1,301");
        for (String form : Sayings.FORMS) {
            assertThat(languages.spanish().of(form)).as(form).isNotEqualTo(form);
        }
        assertThat(languages
                        .spanish()
                        .said("Signed date 2025-05-06 before, 2025-05-02 now.")
                        .text())
                .isEqualTo("Fecha de firma: antes 2025-05-06, ahora 2025-05-02.");
        assertThat(languages
                        .spanish()
                        .said("A sentence of tomorrow.")
                        .spans()
                        .getFirst()
                        .kind())
                .isEqualTo("ENGLISH");
        assertThat(reader.get("/states/XX?lang=es").body())
                .contains("<html lang=\"es\"")
                .contains("Aquí no hay nada")
                .contains("<p lang=\"en\">");
    }

    @Test
    void whatAWorkbookCorrectsIsNotCalledAnEditors() {
        assertThat(ChangeWords.verb("org.ledger287.agency.corrected.v1", false)).doesNotContain("editor");
        assertThat(ChangeWords.verb("org.ledger287.agency.corrected.v1", true)).contains("editor");
        assertThat(ChangeWords.types("departure")).doesNotContain("org.ledger287.application.unlisted.v1");
    }

    @Test
    void anAgreementOfThePastIsNotCalledNew() throws Exception {
        String past = "Past agreement recorded from a document";
        assertThat(page("/changes")).contains(past).contains("Newly listed");
        assertThat(page("/changes?tone=addition")).contains("Newly listed").doesNotContain(past);
        assertThat(page("/changes?state=AZ")).contains(past).doesNotContain("Newly listed");
        String pulse = page("/figures/pulse");
        int day = pulse.indexOf("June 5, 2025", pulse.indexOf("id=\"pulse-table\""));
        assertThat(pulse.substring(day, pulse.indexOf("</tr>", day)))
                .as("additions of that day")
                .containsPattern("tone=addition[^>]*>0<");
    }

    @Test
    void datesAreSaidAsExactlyAsTheyAreKnown() throws Exception {
        String timeline = page("/agreements/" + TestLedger.id(PAST + TFM));
        assertThat(timeline)
                .contains("<bdi>2006</bdi>")
                .contains("<bdi>March 2006</bdi>")
                .contains("<bdi>October 2012</bdi>")
                .doesNotContain("January 1, 2006");
        // An agreement that has not ended has no end that is unknown.
        assertThat(timeline)
                .containsPattern("Ended:</span> <del>[^→]*<bdi>–</bdi>")
                .containsPattern("Ended:</span> <del>[^→]*<bdi>date not known</bdi></del>[^→]*→[^→]*<bdi>–</bdi>");
    }

    @Test
    void aWorkbookThatChangedNothingIsNotSaidToHave() throws Exception {
        assertThat(page("/imports/" + TestLedger.id("participating" + HELD)))
                .contains("What it would change; nothing is published")
                .doesNotContain("What it changed");
        assertThat(page("/imports/" + TestLedger.id("participating" + REJECTED)))
                .contains("What it would have changed; nothing was published")
                .doesNotContain("What it changed");
        assertThat(page("/imports/" + TestLedger.id("participating" + JUNE_6))).contains("What it changed<");
    }

    @Test
    void theLargestModelIsNotCalledMost() throws Exception {
        assertThat(text(page("/figures/growth"))).contains("in all; the largest model is Task force:");
        assertThat(text(page("/figures/growth?state=GU")))
                .contains("0 agreements in all.")
                .doesNotContain("largest model");
    }

    @Test
    void whatThisLedgerWithdrawsIsNotTheAgencysAct() {
        for (String kind : List.of("agreement", "application", "operation", "claim", "sheet")) {
            String verb = ChangeWords.verb("org.ledger287." + kind + ".retracted.v1", true);
            assertThat(verb).contains("by this ledger");
            assertThat(languages.spanish().of(verb)).contains("por este libro de registro");
        }
        assertThat(languages.spanish().of("record withdrawn by this ledger")).doesNotContain("retirad");
    }

    @Test
    void anEmbedSaysTheDayOfItsOwnKnowledge() throws Exception {
        assertThat(page("/embed/operations?as_of=2025-06-05")).contains("As known on <strong>June 5, 2025</strong>");
    }

    @Test
    void anEmptySelectionIsNotAnEmptyLedger() throws Exception {
        assertThat(page("/changes?state=GU"))
                .contains("No change of this kind is known.")
                .doesNotContain("Nothing has changed yet.");
        assertThat(page("/states/GU")).contains("No change of this kind is known.");
        assertThat(page("/?as_of=2025-05-01")).contains("No change of this kind was known then.");
    }

    @Test
    void pagesDoNotSayWhatTheLedgerDoesNotKnow() throws Exception {
        assertThat(page("/operations"))
                .contains("no such figure is recorded here")
                .doesNotContain("Nobody publishes");
        assertThat(page("/figures/pulse")).doesNotContain("most are granted");
    }

    @Test
    void anAddendumThatIsNotListedIsNotSaidToBeMissing() throws Exception {
        String address = "/agreements/" + TestLedger.id(QUIET + TFM);
        assertThat(page(address))
                .containsPattern("Addendum</dt>\\s*<dd>none listed")
                .doesNotContain("missing");
        assertThat(page(address + "?lang=es")).containsPattern("Adenda</dt>\\s*<dd>no figura en la lista");
    }

    @Test
    void oneIsSaidAsOne() throws Exception {
        assertThat(text(page("/states/GA"))).contains("ICE listed 1 agreement with 1 agency in Georgia:");
        assertThat(text(page("/states/GA?lang=es"))).contains("1 convenio con 1 agencia en Georgia:");
        assertThat(page("/states/GA")).contains("1 287(g) agreement in Georgia, as of");
        assertThat(text(page("/states/FL"))).contains("listed 1 application from Florida.");
        assertThat(page("/states/GA?as_of=2025-05-01"))
                .doesNotContain("287(g) agreements in Georgia")
                .doesNotContain("287(g) agreement in Georgia");
        Words english = languages.choose("en", List.of());
        assertThat(english.of("signed {0} {0|day|days} before", "1")).isEqualTo("signed 1 day before");
        assertThat(english.of("signed {0} {0|day|days} before", "11")).isEqualTo("signed 11 days before");
    }

    @Test
    void aDrawingTakenAlongSaysWhatItIsAndThatItIsASample() throws Exception {
        for (String size : List.of("wide", "narrow")) {
            String drawing = reader.get("/figures/growth.svg?as_of=2025-06-06&size=" + size)
                    .body();
            String lines = text(drawing.replaceAll("(?s)<style>.*?</style>", ""));
            assertThat(lines)
                    .as(size)
                    .contains("SAMPLE DATA, not real")
                    .contains("Agreements by the day they were signed")
                    .contains("as known on June 6, 2025");
            assertThat(drawing).as(size).contains("class=\"alone-title\"").contains("class=\"alone-sample\"");
        }
    }

    @Test
    void proseOfSourcesIsMarkedAsEnglish() throws Exception {
        assertThat(page("/operations/" + TestLedger.id(LONG) + "?lang=es"))
                .contains("<h1><bdi lang=\"en\">Interminable");
        assertThat(page("/agencies/" + TestLedger.id(LONG) + "?lang=es")).contains("<h1><bdi>Interminable");
    }

    @Test
    void valuesInSayingsAreTranslatedAndNamesAreNot() {
        Words spanish = languages.spanish();
        assertThat(spanish.said("Addendum: pending before, posted now.").text())
                .isEqualTo("Adenda: antes pendiente, ahora con enlace.");
        assertThat(spanish.said("The participating workbook 2025-06-06 am lists 4; the query stores count 3.")
                        .text())
                .startsWith("Libro de participantes (2025-06-06 am)");
        assertThat(spanish.said("Agency: county before, Posted now.").text())
                .isEqualTo("Agencia: antes county, ahora Posted.");
        assertThat(spanish.said("State: New York before, Georgia now.").text())
                .isEqualTo("Estado: antes Nueva York, ahora Georgia.");
    }

    /** What stands between the marks of a page or a drawing, spaces folded. */
    private static String text(String marked) {
        return marked.replaceAll("</text>", " ").replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
    }

    @Test
    void aPinnedPageStandsStillAndWarnsWhenItWasRevised() throws Exception {
        String then =
                reader.json("/v1/statistics/headline").path("feed_position").asText();
        String before = page("/?position=" + then);
        List<String> elsewhere = List.of(
                "/states/AK",
                "/figures/growth?state=TX",
                "/embed/map?state=GA,TX",
                "/agreements?state=TX",
                "/agencies/" + TestLedger.id(QUIET),
                "/agreements/" + TestLedger.id(QUIET + TFM),
                "/operations",
                "/pending",
                "/changes");
        List<String> touched =
                List.of("/states/AL", "/embed/map", "/figures/growth", "/states", "/agreements?state=AL");
        for (List<String> some : List.of(elsewhere, touched)) {
            for (String path : some) {
                assertThat(pinned(path, then)).as(path).doesNotContain("Revised since.");
            }
        }
        ledger.sign("Latecomer Police Department", "AL", TFM, "2025-06-01", JUNE_6)
                .imported("participating", 4, "2025-06-06T13:00:01Z");
        published.publish();
        published.awaitRead();
        String after = page("/?position=" + then);
        assertThat(before).contains("This page stands still").doesNotContain("Revised since.");
        assertThat(after).contains("Revised since.").contains("Agreements: 3 then, 4 now");
        assertThat(page("/")).doesNotContain("Revised since.");
        for (String path : elsewhere) {
            assertThat(pinned(path, then)).as(path).doesNotContain("Revised since.");
        }
        for (String path : touched) {
            assertThat(pinned(path, then)).as(path).contains("Revised since.");
        }
        assertThat(pinned("/embed/map", then)).contains("Alabama: 0 then, 1 now");
        assertThat(pinned("/agreements?state=AL", then)).contains("Agreements: 0 then, 1 now");

        String late = TestLedger.id("Latecomer Police Department").toString();
        String first =
                reader.json("/v1/statistics/headline").path("feed_position").asText();
        ledger.agreement(
                        "date-changed",
                        "Latecomer Police Department",
                        TFM,
                        JUNE_6,
                        image -> image.put("signed_on", "2025-06-02"))
                .imported("participating", 4, "2025-06-06T13:00:02Z");
        published.publish();
        published.awaitRead();
        assertThat(pinned("/agencies/" + late, first)).contains("Revised since.", "what this page tells");
        assertThat(pinned("/agencies/" + TestLedger.id(QUIET), first)).doesNotContain("Revised since.");
    }

    private String pinned(String path, String position) throws Exception {
        return page(path + (path.contains("?") ? "&" : "?") + "position=" + position);
    }

    @Test
    void whatIsNotThereIsAPageThatSaysSo() throws Exception {
        for (String path : List.of("/states/XX", "/agencies/nobody", "/figures/unheard", "/imports/none")) {
            HttpResponse<String> response = reader.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(response.body()).as(path).contains("This page cannot be shown");
        }
        assertThat(reader.get("/agreements?sttate=FL").statusCode()).isEqualTo(400);
    }

    @Test
    void drawingsAreFilesThatStandAlone() throws Exception {
        for (String name : Figures.NAMES) {
            HttpResponse<String> drawing = reader.get("/figures/" + name + ".svg");
            if (drawing.statusCode() == 404) {
                assertThat(name).isEqualTo("waits");
                continue;
            }
            assertThat(drawing.headers().firstValue("Content-Type").orElse("")).startsWith("image/svg+xml");
            var document = javax.xml.parsers.DocumentBuilderFactory.newInstance();
            document.setNamespaceAware(true);
            assertThat(document.newDocumentBuilder()
                            .parse(new org.xml.sax.InputSource(new java.io.StringReader(drawing.body())))
                            .getDocumentElement()
                            .getLocalName())
                    .isEqualTo("svg");
        }
    }

    @Test
    void embedsMayBeFramedByAnybodyAndPagesByNobody() throws Exception {
        assertThat(policy("/embed/growth")).contains("frame-ancestors *").startsWith("default-src 'self'");
        assertThat(policy("/")).contains("frame-ancestors 'none'").doesNotContain("unsafe");
        assertThat(reader.get("/dashboard/embed.js").headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("*");
    }

    private String policy(String path) throws Exception {
        return reader.get(path).headers().firstValue("Content-Security-Policy").orElse("");
    }

    private String page(String path) throws Exception {
        return published.page(path);
    }
}
