package ledger287.reporting.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Text with links and emphasis. */
public record Rich(List<Span> spans) {
    public Rich {
        spans = List.copyOf(spans);
    }

    static Rich of(Span... spans) {
        return new Rich(List.of(spans));
    }

    static Rich of(String text) {
        return of(Span.plain(text));
    }

    Rich and(Span span) {
        List<Span> all = new ArrayList<>(spans);
        all.add(span);
        return new Rich(all);
    }

    Rich and(String text) {
        return and(Span.plain(text));
    }

    Rich and(Rich more) {
        List<Span> all = new ArrayList<>(spans);
        all.addAll(more.spans);
        return new Rich(all);
    }

    /** The text alone. */
    public String text() {
        return spans.stream().map(Span::text).collect(Collectors.joining());
    }
}
