// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.ParameterValue;
import java.util.List;
import java.util.Optional;

/// Reads what somebody asked for.
final class ReadTask implements Task {
    private final ValueFetch values;
    private final Outcome outcome;
    private boolean told;

    /// What becomes of it.
    interface Outcome {
        /// @param missing paths at which the device has nothing
        void read(List<ParameterValue> values, List<String> missing);

        void interrupted();
    }

    ReadTask(Errand.ReadValues errand, Outcome outcome) {
        this.values =
                new ValueFetch(errand.paths().stream().map(CwmpNames::forAcs).toList());
        this.outcome = outcome;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        Optional<AcsRequest<?>> next = values.next().map(request -> request);
        if (next.isEmpty() && !told) {
            told = true;
            outcome.read(values.found(), values.missing());
        }
        return next;
    }

    @Override
    public void answered(Answer answer) {
        values.answered(answer);
    }

    @Override
    public void interrupted() {
        outcome.interrupted();
    }
}
