package ledger287.reporting.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import ledger287.reporting.changelog.Cursor;
import org.junit.jupiter.api.Test;

/** What becomes of a webhook, whatever happens to it. */
final class ProgressTest {
    private static final Instant NOW = Instant.parse("2025-06-06T13:00:00Z");
    private static final Cursor AT_5 = new Cursor("e", 5);
    private static final Cursor AT_6 = new Cursor("e", 6);
    private static final double MIDDLE = 0.5;

    private final Progress active = Progress.beginning(AT_5, NOW).challenged(NOW);

    @Test
    void waits_grow_from_five_seconds_to_four_hours_and_an_endpoint_is_given_up_after_seventy_five() {
        Progress progress = active;
        Instant now = NOW;
        int attempts = 0;
        while (progress.status() == Status.ACTIVE) {
            progress = progress.failed("Answered 500.", now, null, MIDDLE);
            attempts++;
            Duration wait = Duration.between(now, progress.dueAt());
            if (progress.status() == Status.ACTIVE) {
                assertThat(wait).isBetween(Duration.ofSeconds(5), Duration.ofHours(4));
                assertThat(progress.reason()).isEqualTo("Answered 500.");
            }
            now = progress.dueAt();
        }
        assertThat(progress.status()).isEqualTo(Status.PAUSED);
        assertThat(progress.reason()).contains("75 hours").contains("Answered 500.");
        assertThat(progress.cursor()).as("nothing is lost").isEqualTo(AT_5);
        assertThat(Duration.between(NOW, now)).isBetween(Duration.ofHours(75), Duration.ofHours(79));
        assertThat(attempts).isBetween(20, 30);
        Progress resumed = progress.resumed(now);
        assertThat(resumed.status()).isEqualTo(Status.ACTIVE);
        assertThat(resumed.failures()).isZero();
        assertThat(resumed.cursor()).isEqualTo(AT_5);
    }

    @Test
    void waits_differ_by_a_fifth_and_an_endpoint_may_ask_for_more_but_not_for_ever() {
        assertThat(Backoff.after(1, null, 0)).isEqualTo(Duration.ofSeconds(4));
        assertThat(Backoff.after(1, null, 1)).isEqualTo(Duration.ofSeconds(6));
        assertThat(Backoff.after(3, null, MIDDLE)).isEqualTo(Duration.ofSeconds(45));
        assertThat(Backoff.after(1000, null, 1)).isEqualTo(Duration.ofMinutes(288));
        assertThat(Backoff.after(1, Duration.ofMinutes(10), MIDDLE)).isEqualTo(Duration.ofMinutes(10));
        assertThat(Backoff.after(1, Duration.ofSeconds(1), MIDDLE)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Backoff.after(1, Duration.ofDays(400), MIDDLE)).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void one_success_forgives_all_failures() {
        Progress progress = active.failed("a", NOW, null, MIDDLE)
                .failed("b", NOW.plusSeconds(5), null, MIDDLE)
                .delivered(AT_5, AT_6, NOW.plusSeconds(20));
        assertThat(progress.failures()).isZero();
        assertThat(progress.failingSince()).isNull();
        assertThat(progress.reason()).isNull();
        assertThat(progress.cursor()).isEqualTo(AT_6);
    }

    @Test
    void what_could_not_be_tried_is_no_failure_however_often_it_could_not() {
        Progress failing = active.failed("Answered 500.", NOW, null, MIDDLE);
        Progress progress = failing;
        Instant now = NOW;
        for (int i = 0; i < 100; i++) {
            now = now.plus(Duration.ofHours(1));
            progress = progress.deferred("Something is wrong on our side.", now);
        }
        assertThat(progress.status()).isEqualTo(Status.ACTIVE);
        assertThat(progress.dueAt()).isEqualTo(now);
        assertThat(progress.failures()).isEqualTo(failing.failures());
        Progress paused = active.paused("Paused by its owner.");
        assertThat(paused.deferred("Something is wrong on our side.", now)).isEqualTo(paused);
    }

    @Test
    void a_cursor_that_was_set_elsewhere_during_a_delivery_stays_there() {
        Cursor elsewhere = new Cursor("e", 1);
        Progress replayed = active.replayed(elsewhere, NOW);
        assertThat(replayed.delivered(AT_5, AT_6, NOW).cursor()).isEqualTo(elsewhere);
        assertThat(replayed.passed(AT_5, AT_6).cursor()).isEqualTo(elsewhere);
    }

    @Test
    void what_ends_after_a_pause_moves_the_cursor_and_does_not_end_the_pause() {
        Progress paused = active.paused("Paused by its owner.");
        Progress after = paused.delivered(AT_5, AT_6, NOW);
        assertThat(after.status()).isEqualTo(Status.PAUSED);
        assertThat(after.reason()).isEqualTo("Paused by its owner.");
        assertThat(after.cursor()).isEqualTo(AT_6);
        assertThat(paused.failed("Answered 500.", NOW, null, MIDDLE)).isEqualTo(paused);
        assertThat(paused.gone(NOW)).isEqualTo(paused);
    }

    @Test
    void an_endpoint_that_is_gone_has_to_be_challenged_before_it_is_told_anything_again() {
        Progress gone = active.gone(NOW);
        assertThat(gone.status()).isEqualTo(Status.DISABLED);
        assertThat(gone.held()).isFalse();
        assertThat(gone.resumed(NOW).verified()).isFalse();
        assertThat(gone.cursor()).isEqualTo(AT_5);
    }

    @Test
    void pausing_does_not_undo_what_an_administrator_did() {
        Progress disabled = active.disabled("Disabled by an administrator: it floods us.");
        assertThat(disabled.paused("Paused by its owner.")).isEqualTo(disabled);
        assertThat(disabled.held()).isTrue();
    }

    @Test
    void another_address_is_challenged_anew() {
        Progress moved = active.failed("Answered 500.", NOW, null, MIDDLE).moved(NOW);
        assertThat(moved.verified()).isFalse();
        assertThat(moved.failures()).isZero();
        assertThat(moved.cursor()).isEqualTo(AT_5);
    }

    @Test
    void a_token_is_echoed_alone_or_as_a_member_and_not_by_sending_everything_back() {
        assertThat(Message.echoes("abc", "abc")).isTrue();
        assertThat(Message.echoes(" abc\n", "abc")).isTrue();
        assertThat(Message.echoes("{\"challenge\":\"abc\"}", "abc")).isTrue();
        assertThat(Message.echoes("{\"type\":\"webhook.challenge\",\"data\":{\"challenge\":\"abc\"}}", "abc"))
                .isFalse();
        assertThat(Message.echoes("{\"challenge\":\"abcd\"}", "abc")).isFalse();
        assertThat(Message.echoes("{\"challenge\":", "abc")).isFalse();
        assertThat(Message.echoes("", "abc")).isFalse();
    }
}
