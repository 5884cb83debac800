package ledger287.agreements.service;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import ledger287.service.testing.FreshLedger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DashboardOriginsTest.WithDashboard.class)
@WithTestResource(
        value = FreshLedger.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = @ResourceArg(name = "service", value = "agreements"))
final class DashboardOriginsTest {
    private static final String DASHBOARD = "https://ledger.example.org";

    /** A ledger whose dashboard is on another host. */
    public static final class WithDashboard implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ledger287.dashboard-origins", "http://localhost:8080," + DASHBOARD);
        }
    }

    @Test
    void theDashboardMayGiveWorkbooksWithAKey() {
        given().header("Origin", DASHBOARD)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,idempotency-key")
                .options("/v1/sheets")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", equalTo(DASHBOARD))
                .header("Access-Control-Allow-Methods", equalTo("GET, POST"))
                .header("Access-Control-Allow-Headers", equalTo("Authorization, Content-Type, Idempotency-Key"))
                .header("Access-Control-Allow-Credentials", nullValue())
                .header("Vary", equalTo("Origin"));
    }

    @Test
    void theDashboardReadsRefusalsToo() {
        given().header("Origin", DASHBOARD)
                .contentType("application/octet-stream")
                .body(new byte[] {1})
                .post("/v1/sheets")
                .then()
                .statusCode(401)
                .header("Access-Control-Allow-Origin", equalTo(DASHBOARD))
                .header("Vary", equalTo("Origin"));
    }

    @Test
    void noOtherPageMayReadOrWrite() {
        for (String origin : new String[] {"https://evil.example.org", "https://ledger.example.org:8443", "null"}) {
            given().header("Origin", origin)
                    .get("/v1/reviews")
                    .then()
                    .statusCode(200)
                    .header("Access-Control-Allow-Origin", nullValue())
                    .header("Vary", equalTo("Origin"));
            given().header("Origin", origin)
                    .header("Access-Control-Request-Method", "POST")
                    .options("/v1/sheets")
                    .then()
                    .header("Access-Control-Allow-Origin", nullValue())
                    .header("Access-Control-Allow-Headers", nullValue());
        }
    }

    @Test
    void theDashboardMayDoNoMoreThanItsPageDoes() {
        given().header("Origin", DASHBOARD)
                .header("Access-Control-Request-Method", "POST")
                .options("/v1/publisher/republication")
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
    }
}
