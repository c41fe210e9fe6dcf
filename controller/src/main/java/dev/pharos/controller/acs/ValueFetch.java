// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Reads many parameters, some at a time. A device answers a wrong name with a fault that does not say which of them is
/// wrong, so that what fails is halved until it is found.
final class ValueFetch {
    private final Deque<List<String>> batches = new ArrayDeque<>();
    private final List<ParameterValue> found = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private int faults;

    /// @param names as the device has them
    ValueFetch(List<String> names) {
        for (int from = 0; from < names.size(); from += Limits.NAMES_AT_ONCE) {
            batches.add(List.copyOf(names.subList(from, Math.min(names.size(), from + Limits.NAMES_AT_ONCE))));
        }
    }

    Optional<GetParameterValues> next() {
        return Optional.ofNullable(batches.peek()).map(GetParameterValues::new);
    }

    void answered(Answer answer) {
        List<String> asked = batches.remove();
        switch (answer) {
            case GetParameterValuesResponse values -> found.addAll(values.parameterList());
            case CwmpFault _ -> {
                faults++;
                if (faults >= Limits.FAULTS) {
                    // it does not want to be read
                    missing.addAll(asked);
                    batches.forEach(missing::addAll);
                    batches.clear();
                } else if (asked.size() == 1) {
                    missing.addAll(asked);
                } else {
                    int half = asked.size() / 2;
                    batches.addFirst(asked.subList(half, asked.size()));
                    batches.addFirst(asked.subList(0, half));
                }
            }
            default -> missing.addAll(asked);
        }
    }

    List<ParameterValue> found() {
        return found;
    }

    /// Names at which there is nothing, as far as the device says.
    List<String> missing() {
        return missing;
    }
}
