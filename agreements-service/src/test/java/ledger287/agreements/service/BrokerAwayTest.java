package ledger287.agreements.service;

import static io.restassured.RestAssured.given;
import static ledger287.agreements.service.Api.importSheet;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import ledger287.service.testing.FreshLedger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A service that is started while no broker answers. */
@QuarkusTest
@WithTestResource(
        value = FreshLedger.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = {
            @ResourceArg(name = "service", value = "agreements"),
            @ResourceArg(name = "kafka.bootstrap.servers", value = "localhost:1")
        })
final class BrokerAwayTest {

    @Test
    void commandsAreAcceptedAndTheServiceSaysThatItIsDegraded() {
        importSheet("participatingAgencies06042025am.xlsx", Workbooks.participating(Workbooks.agencies(12)))
                .statusCode(201);

        String publication = "checks.find { it.name == 'publication' }.";
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body(publication + "status", equalTo("UP"))
                .body(publication + "data.degraded", equalTo(true))
                .body(publication + "data.lag_events", greaterThan(12)));
        given().get("/v1/publisher").then().body("degraded", equalTo(true)).body("published_position", equalTo(0));
        importSheet("participatingAgencies06062025am.xlsx", Workbooks.participating(Workbooks.agencies(13)))
                .statusCode(201);
    }

    @Test
    void onlyAnAdminOrdersARepublication() {
        given().auth()
                .oauth2(FreshLedger.EDITOR)
                .post("/v1/publisher/republication")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(FreshLedger.ADMIN)
                .post("/v1/publisher/republication")
                .then()
                .statusCode(202);
    }
}
