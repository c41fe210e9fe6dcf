// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.acs.Calling.Login;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Writes the login with which the device is called from now on, where it does not have it.
final class IntroductionTask implements Task {
    private final String root;
    private final Supplier<Optional<Summons.Lesson>> toTeach;
    private final Outcome outcome;
    private boolean begun;
    private Optional<Summons.Lesson> lesson = Optional.empty();

    /// What becomes of it.
    interface Outcome {
        void taught(Login login);

        void refused(CwmpFault fault);
    }

    /// @param toTeach asked when it is this task's turn
    IntroductionTask(String root, Supplier<Optional<Summons.Lesson>> toTeach, Outcome outcome) {
        this.root = root;
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
        return lesson.map(it -> new SetParameterValues(
                List.of(
                        new ParameterValue(
                                Summons.username(root),
                                PrimitiveType.STRING,
                                it.login().username()),
                        new ParameterValue(
                                Summons.password(root),
                                PrimitiveType.STRING,
                                it.login().password())),
                it.parameterKey()));
    }

    @Override
    public void answered(Answer answer) {
        switch (answer) {
            case SetParameterValuesResponse _ -> lesson.ifPresent(it -> outcome.taught(it.login()));
            case CwmpFault fault -> outcome.refused(fault);
            default -> {}
        }
    }
}
