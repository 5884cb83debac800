package ledger287.eventstore;

import static ledger287.eventstore.Facts.append;
import static ledger287.eventstore.Facts.fact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ledger287.eventstore.CommandReceipts.Claim;
import ledger287.eventstore.CommandReceipts.Receipt;
import ledger287.local.SharedServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandReceiptsTest {

    private static final Instant NOW = Instant.parse("2025-06-06T13:00:00Z");
    private static final Receipt RECEIPT = new Receipt("abc", 201, "application/json", "{\"position\":7}", 7);

    private final CommandReceipts receipts = new CommandReceipts();
    private final EventStore store = new EventStore();
    private TestDatabase database;

    @BeforeEach
    void anEmptyLog() throws SQLException {
        database = TestDatabase.emptied(SharedServers.postgres());
        try (Connection transaction = database.begin()) {
            receipts.store(transaction, "importer", "key", RECEIPT, NOW);
            transaction.commit();
        }
    }

    @Test
    void theSameCommandAgainGetsTheSameAnswer() throws SQLException {
        assertThat(claim("importer", "key", "abc")).isEqualTo(new Claim.Answered(RECEIPT));
    }

    @Test
    void anotherCommandUnderTheSameKeyIsToldSo() throws SQLException {
        assertThat(claim("importer", "key", "def")).isEqualTo(new Claim.TakenByAnother("abc"));
    }

    @Test
    void anotherCallersKeysAreItsOwn() throws SQLException {
        assertThat(claim("editor", "key", "def")).isEqualTo(new Claim.Fresh());
        assertThat(claim("importer", "other", "abc")).isEqualTo(new Claim.Fresh());
    }

    @Test
    void aReceiptIsRolledBackWithItsTransaction() throws SQLException {
        try (Connection transaction = database.begin()) {
            receipts.store(transaction, "importer", "lost", RECEIPT, NOW);
            transaction.rollback();
        }
        assertThat(claim("importer", "lost", "abc")).isEqualTo(new Claim.Fresh());
    }

    @Test
    void aClaimOutsideATransactionIsRefused() throws SQLException {
        try (Connection connection = database.connect()) {
            assertThatThrownBy(() -> receipts.claim(connection, "importer", "key", "abc"))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void theSameCommandSentEightTimesAtOnceHappensOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Receipt>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(this::command));
            }
            for (Future<Receipt> answer : answers) {
                assertThat(answer.get()).isEqualTo(answers.getFirst().get());
            }
        }
        try (Connection connection = database.connect()) {
            assertThat(store.head(connection)).isEqualTo(1);
        }
    }

    private Receipt command() throws SQLException {
        try (Connection transaction = database.begin()) {
            return switch (receipts.claim(transaction, "importer", "twin", "abc")) {
                case Claim.Answered(Receipt receipt) -> receipt;
                case Claim.TakenByAnother other -> throw new AssertionError(other);
                case Claim.Fresh() -> {
                    Appended appended = store.append(transaction, append(fact("a")), NOW);
                    Receipt receipt = new Receipt(
                            "abc", 201, "text/plain", "at " + appended.lastPosition(), appended.lastPosition());
                    receipts.store(transaction, "importer", "twin", receipt, NOW);
                    transaction.commit();
                    yield receipt;
                }
            };
        }
    }

    private Claim claim(String caller, String key, String bodySha256) throws SQLException {
        try (Connection transaction = database.begin()) {
            return receipts.claim(transaction, caller, key, bodySha256);
        }
    }
}
