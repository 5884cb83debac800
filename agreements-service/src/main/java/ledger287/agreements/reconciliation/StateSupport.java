package ledger287.agreements.reconciliation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/** Within this, and never across it, one agency's name is looked for in another. */
record StateSupport(@Nullable State state, @Nullable SupportType support) {
    static StateSupport of(Entry entry) {
        return new StateSupport(entry.cells().state(), entry.support());
    }

    static <T> Map<StateSupport, List<T>> group(Collection<T> things, Function<T, StateSupport> of) {
        Map<StateSupport, List<T>> groups = new LinkedHashMap<>();
        things.forEach(thing -> groups.computeIfAbsent(of.apply(thing), absent -> new ArrayList<>())
                .add(thing));
        return groups;
    }
}
