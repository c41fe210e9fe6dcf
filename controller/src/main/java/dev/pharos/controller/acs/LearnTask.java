// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.kind.Manner;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.ParameterInfo;
import dev.pharos.cwmp.rpc.ParameterValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads everything that a device has: first the names, then the values. A device that does not name what it has is
/// asked for all of it at once.
final class LearnTask implements Task {
    private final String root;
    private final Manner manner;
    private final Consumer<List<ParameterValue>> learnt;
    private final Deque<String> objects = new ArrayDeque<>();
    private final List<String> names = new ArrayList<>();
    private int named;
    private @Nullable ValueFetch values;
    private boolean told;

    /// @param root the device's own, `Device.` or `InternetGatewayDevice.`
    /// @param learnt is given all values, once
    LearnTask(String root, Manner manner, Consumer<List<ParameterValue>> learnt) {
        this.root = root;
        this.manner = manner;
        this.learnt = learnt;
        if (manner.discovery() != Manner.Discovery.VALUES) {
            objects.add(root);
        }
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (!objects.isEmpty()) {
            return Optional.of(new GetParameterNames(objects.getFirst(), isByLevels()));
        }
        ValueFetch fetch = values;
        if (fetch == null) {
            fetch = new ValueFetch(manner, names.isEmpty() ? List.of(root) : names);
            values = fetch;
        }
        Optional<AcsRequest<?>> next = fetch.next();
        if (next.isEmpty() && !told) {
            told = true;
            learnt.accept(fetch.found());
        }
        return next;
    }

    private boolean isByLevels() {
        return manner.discovery() == Manner.Discovery.LEVELS;
    }

    @Override
    public void answered(Answer answer) {
        ValueFetch fetch = values;
        if (fetch != null) {
            fetch.answered(answer);
            return;
        }
        String object = objects.remove();
        if (answer instanceof GetParameterNamesResponse response) {
            response.parameterList().stream().map(ParameterInfo::name).forEach(name -> note(object, name));
        }
    }

    private void note(String object, String name) {
        if (!name.endsWith(".")) {
            if (names.size() < Limits.VALUES) {
                names.add(name);
            }
        } else if (isByLevels()
                && name.startsWith(object)
                && name.length() > object.length()
                && named < Limits.OBJECTS) {
            named++;
            objects.add(name);
        }
    }
}
