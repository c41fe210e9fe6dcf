// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Writes what is otherwise than it shall be, one request after the other, whatever becomes of each.
final class PolicyTask implements Task {
    private final Supplier<Lessons> toTeach;
    private final Outcome outcome;
    private final Deque<List<ParameterValue>> open = new ArrayDeque<>();
    private boolean begun;
    private String parameterKey = "";

    /// @param values what goes into one request each
    /// @param parameterKey what the device calls its configuration, which does not become another by this
    record Lessons(List<List<ParameterValue>> values, String parameterKey) {}

    /// What becomes of each.
    interface Outcome {
        void taught(List<ParameterValue> values);

        void refused(List<ParameterValue> values, CwmpFault fault);
    }

    /// @param toTeach asked when it is this task's turn
    PolicyTask(Supplier<Lessons> toTeach, Outcome outcome) {
        this.toTeach = toTeach;
        this.outcome = outcome;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (!begun) {
            begun = true;
            Lessons lessons = toTeach.get();
            open.addAll(lessons.values());
            parameterKey = lessons.parameterKey();
        }
        return Optional.ofNullable(open.peek()).map(values -> new SetParameterValues(values, parameterKey));
    }

    @Override
    public void answered(Answer answer) {
        List<ParameterValue> asked = open.remove();
        switch (answer) {
            case SetParameterValuesResponse _ -> outcome.taught(asked);
            case CwmpFault fault -> outcome.refused(asked, fault);
            default -> {}
        }
    }
}
