// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads what somebody asked for.
final class ReadTask implements Task {
    private final ValueFetch values;
    private final List<String> unasked;
    private final Progress progress;
    private boolean told;

    ReadTask(Errand.ReadValues errand, Approach approach, Progress progress) {
        this.values = new ValueFetch(
                approach.manner(),
                errand.paths().stream()
                        .filter(approach::mayAsk)
                        .map(CwmpNames::forAcs)
                        .toList());
        this.unasked =
                errand.paths().stream().filter(path -> !approach.mayAsk(path)).toList();
        this.progress = progress;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        Optional<AcsRequest<?>> next = values.next();
        if (next.isEmpty() && !told) {
            told = true;
            progress.learnt(values.found(), TwinValue.Source.GET);
            progress.ended(new ErrandEnd.Read(
                    Stream.concat(unasked.stream(), values.missing().stream().map(CwmpNames::inModel))
                            .toList()));
        }
        return next;
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
