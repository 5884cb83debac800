package ledger287.local.importing;

import java.io.PrintStream;

/** Tells how an import is getting on: lines, and below them a bar when a person watches at a terminal. */
sealed interface Progress {

    void line(String text);

    void at(int done, int all);

    /** The script says whether a person watches; {@code System.console()} would also ask for a keyboard. */
    static Progress on(PrintStream out, int all) {
        return Boolean.getBoolean("ledger287.terminal") && all > 1 ? new Bar(out) : new Lines(out);
    }

    record Lines(PrintStream out) implements Progress {

        @Override
        public void line(String text) {
            out.println(text);
        }

        @Override
        public void at(int done, int all) {
            // The lines say it.
        }
    }

    record Bar(PrintStream out) implements Progress {

        private static final int WIDTH = 40;
        private static final String ERASE_LINE = "\r\u001b[K";

        @Override
        public void line(String text) {
            out.println(ERASE_LINE + text);
        }

        @Override
        public void at(int done, int all) {
            int filled = all == 0 ? 0 : (int) ((long) done * WIDTH / all);
            out.print("%s[%s%s] %,d of %,d"
                    .formatted(ERASE_LINE, "#".repeat(filled), "-".repeat(WIDTH - filled), done, all));
            if (done == all) {
                out.print(ERASE_LINE);
            }
            out.flush();
        }
    }
}
