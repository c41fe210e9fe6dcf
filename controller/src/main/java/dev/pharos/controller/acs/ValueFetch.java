// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.kind.Manner;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterInfo;
import dev.pharos.cwmp.rpc.ParameterValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads many parameters, some at a time. A device answers a wrong name with a fault that does not say which of them is
/// wrong, so that what fails is halved until it is found; others leave out what they do not have. Where a device cannot
/// be asked for all beneath an object, it is asked for the names there first.
final class ValueFetch {
    private final int atOnce;
    private final Deque<String> objects = new ArrayDeque<>();
    private final Deque<List<String>> batches = new ArrayDeque<>();
    private final List<ParameterValue> found = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private int faults;

    /// @param names as the device has them
    ValueFetch(Manner manner, List<String> names) {
        this.atOnce = manner.valuesAtOnce().orElse(Limits.NAMES_AT_ONCE);
        List<String> askable = new ArrayList<>();
        for (String name : names) {
            (name.endsWith(".") && !manner.takesPartialPaths() ? objects : askable).add(name);
        }
        batch(askable);
    }

    private void batch(List<String> names) {
        for (int from = 0; from < names.size(); from += atOnce) {
            batches.add(List.copyOf(names.subList(from, Math.min(names.size(), from + atOnce))));
        }
    }

    Optional<AcsRequest<?>> next() {
        return objects.isEmpty()
                ? Optional.ofNullable(batches.peek()).map(GetParameterValues::new)
                : Optional.of(new GetParameterNames(objects.getFirst(), false));
    }

    void answered(Answer answer) {
        if (objects.isEmpty()) {
            read(batches.remove(), answer);
        } else {
            named(objects.remove(), answer);
        }
    }

    private void named(String object, Answer answer) {
        if (answer instanceof GetParameterNamesResponse names) {
            batch(names.parameterList().stream()
                    .map(ParameterInfo::name)
                    .filter(name -> name.startsWith(object) && !name.endsWith("."))
                    .limit(Limits.VALUES)
                    .toList());
        } else {
            missing.add(object);
        }
    }

    private void read(List<String> asked, Answer answer) {
        switch (answer) {
            case GetParameterValuesResponse values -> {
                found.addAll(values.parameterList());
                missing.addAll(leftOut(asked, values.parameterList()));
            }
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

    /// Beneath an object there may be nothing.
    private static List<String> leftOut(List<String> asked, List<ParameterValue> answered) {
        Set<String> names = answered.stream().map(ParameterValue::name).collect(Collectors.toSet());
        return asked.stream()
                .filter(name -> !name.endsWith(".") && !names.contains(name))
                .toList();
    }

    List<ParameterValue> found() {
        return found;
    }

    /// Names at which there is nothing, as far as the device says.
    List<String> missing() {
        return missing;
    }
}
