// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what somebody asked for.
final class ReadTask implements Task {
    private final Map<String, List<String>> names = new LinkedHashMap<>();
    private final ValueFetch values;
    private final List<String> unasked;
    private final Progress progress;
    private boolean told;

    ReadTask(Errand.ReadValues errand, Approach approach, Progress progress) {
        this.unasked =
                errand.paths().stream().filter(path -> !approach.mayAsk(path)).toList();
        errand.paths().stream()
                .filter(path -> !unasked.contains(path))
                .forEach(path -> names.put(path, approach.ownNames(path)));
        this.values = new ValueFetch(
                approach.manner(),
                names.values().stream().flatMap(List::stream).distinct().toList());
        this.progress = progress;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        Optional<AcsRequest<?>> next = values.next();
        if (next.isEmpty() && !told) {
            told = true;
            progress.learnt(values.found(), TwinValue.Source.GET);
            progress.ended(new ErrandEnd.Read(missing()));
        }
        return next;
    }

    /// Where none of what a path means is there.
    private List<String> missing() {
        Set<String> absent = new HashSet<>(values.missing());
        List<String> missing = new ArrayList<>(unasked);
        names.forEach((path, own) -> {
            if (absent.containsAll(own)) {
                missing.add(path);
            }
        });
        return missing;
    }

    @Override
    public void answered(Answer answer) {
        values.answered(answer);
    }

    @Override
    public void interrupted() {
        progress.interrupted();
    }
}
