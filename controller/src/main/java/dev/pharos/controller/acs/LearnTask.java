// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.ParameterInfo;
import dev.pharos.cwmp.rpc.ParameterValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads everything that a device has: first the names, then the values. A device that does not name what it has is
/// asked
/// for all of it at once.
final class LearnTask implements Task {
    private final String root;
    private final Consumer<List<ParameterValue>> learnt;
    private @Nullable ValueFetch values;
    private boolean told;

    /// @param root the device's own, `Device.` or `InternetGatewayDevice.`
    /// @param learnt is given all values, once
    LearnTask(String root, Consumer<List<ParameterValue>> learnt) {
        this.root = root;
        this.learnt = learnt;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        ValueFetch fetch = values;
        if (fetch == null) {
            return Optional.of(new GetParameterNames(root, false));
        }
        Optional<AcsRequest<?>> next = fetch.next().map(request -> request);
        if (next.isEmpty() && !told) {
            told = true;
            learnt.accept(fetch.found());
        }
        return next;
    }

    @Override
    public void answered(Answer answer) {
        ValueFetch fetch = values;
        if (fetch != null) {
            fetch.answered(answer);
            return;
        }
        List<String> names = answer instanceof GetParameterNamesResponse response
                ? response.parameterList().stream()
                        .map(ParameterInfo::name)
                        .filter(name -> !name.endsWith("."))
                        .limit(Limits.VALUES)
                        .toList()
                : List.of();
        values = new ValueFetch(names.isEmpty() ? List.of(root) : names);
    }
}
