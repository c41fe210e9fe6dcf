// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import java.util.Optional;

/// Reads what somebody asked for.
final class ReadTask implements Task {
    private final ValueFetch values;
    private final Progress progress;
    private boolean told;

    ReadTask(Errand.ReadValues errand, Progress progress) {
        this.values =
                new ValueFetch(errand.paths().stream().map(CwmpNames::forAcs).toList());
        this.progress = progress;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        Optional<AcsRequest<?>> next = values.next().map(request -> request);
        if (next.isEmpty() && !told) {
            told = true;
            progress.learnt(values.found(), TwinValue.Source.GET);
            progress.ended(new ErrandEnd.Read(
                    values.missing().stream().map(CwmpNames::inModel).toList()));
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
