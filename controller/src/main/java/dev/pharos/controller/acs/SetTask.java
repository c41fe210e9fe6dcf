// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes values: first reads them, to know of which type the device says they are, then writes all in one request.
final class SetTask implements Task {
    private final Map<String, String> values;
    private final String parameterKey;
    private final Progress progress;
    private final Map<String, PrimitiveType> types = new HashMap<>();
    private Stage stage = Stage.TYPES;

    private enum Stage {
        TYPES,
        VALUES,
        OVER
    }

    /// @param parameterKey what the device calls its configuration afterwards, up to 32 characters
    SetTask(Errand.SetValues errand, String parameterKey, Progress progress) {
        this.values = errand.values();
        this.parameterKey = parameterKey;
        this.progress = progress;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        return switch (stage) {
            case TYPES ->
                Optional.of(new GetParameterValues(
                        values.keySet().stream().map(CwmpNames::forAcs).toList()));
            case VALUES -> Optional.of(new SetParameterValues(typed(), parameterKey));
            case OVER -> Optional.empty();
        };
    }

    /// Text where the device did not say: what it then refuses it names.
    private List<ParameterValue> typed() {
        List<ParameterValue> typed = new ArrayList<>();
        values.forEach((path, value) -> {
            String name = CwmpNames.forAcs(path);
            typed.add(new ParameterValue(name, types.getOrDefault(name, PrimitiveType.STRING), value));
        });
        return typed;
    }

    @Override
    public void answered(Answer answer) {
        if (stage == Stage.TYPES) {
            if (answer instanceof GetParameterValuesResponse read) {
                read.parameterList().forEach(each -> types.put(each.name(), each.type()));
            }
            stage = Stage.VALUES;
            return;
        }
        stage = Stage.OVER;
        switch (answer) {
            case SetParameterValuesResponse response -> {
                progress.learnt(typed(), TwinValue.Source.SET);
                progress.ended(new ErrandEnd.Done(response.status().isDone()));
            }
            case CwmpFault fault -> progress.ended(new ErrandEnd.Refused(fault));
            default -> progress.interrupted();
        }
    }

    @Override
    public void interrupted() {
        progress.interrupted();
    }
}
