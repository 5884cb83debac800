package ledger287.reporting.ingest;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says once that something is to end, and cuts short whatever waits. */
final class StopFlag {
    private final CountDownLatch raised = new CountDownLatch(1);

    void raise() {
        raised.countDown();
    }

    boolean isRaised() {
        return raised.getCount() == 0;
    }

    /** Returns sooner when the flag is raised; an interrupted thread raises it. */
    void pause(Duration pause) {
        try {
            var unused = raised.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            raise();
        }
    }
}
