// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import java.util.Optional;
import java.util.function.Supplier;

/// Writes what a device has to know of who calls it, where it does not.
final class IntroductionTask implements Task {
    private final Supplier<Optional<Summons.Lesson>> toTeach;
    private final Outcome outcome;
    private boolean begun;
    private Optional<Summons.Lesson> lesson = Optional.empty();

    /// What becomes of it.
    interface Outcome {
        void taught(Summons.Lesson lesson);

        void refused(CwmpFault fault);
    }

    /// @param toTeach asked when it is this task's turn
    IntroductionTask(Supplier<Optional<Summons.Lesson>> toTeach, Outcome outcome) {
        this.toTeach = toTeach;
        this.outcome = outcome;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (begun) {
            return Optional.empty();
        }
        begun = true;
        lesson = toTeach.get();
        return lesson.map(it -> new SetParameterValues(it.values(), it.parameterKey()));
    }

    @Override
    public void answered(Answer answer) {
        switch (answer) {
            case SetParameterValuesResponse _ -> lesson.ifPresent(outcome::taught);
            case CwmpFault fault -> outcome.refused(fault);
            default -> {}
        }
    }
}
