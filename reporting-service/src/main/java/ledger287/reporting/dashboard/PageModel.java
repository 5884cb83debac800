package ledger287.reporting.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page before it is set.
 *
 * @param kicker a few words above the title; null when there are none
 * @param title its heading, and its name in the browser
 */
record PageModel(@Nullable String kicker, Rich title, List<Block> blocks) {
    PageModel {
        blocks = List.copyOf(blocks);
    }
}
