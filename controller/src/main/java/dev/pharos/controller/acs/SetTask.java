// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.kind.Naming;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.ParameterFault;
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
    private final Approach approach;
    private final ValueFetch types;
    private Stage stage = Stage.TYPES;

    private enum Stage {
        TYPES,
        VALUES,
        OVER
    }

    /// @param parameterKey what the device calls its configuration afterwards, up to 32 characters
    SetTask(Errand.SetValues errand, Approach approach, String parameterKey, Progress progress) {
        this.values = errand.values();
        this.approach = approach;
        this.types = new ValueFetch(
                approach.manner(),
                values.keySet().stream().map(approach::ownName).toList());
        this.parameterKey = parameterKey;
        this.progress = progress;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (stage == Stage.TYPES) {
            List<ParameterFault> faults = values.keySet().stream()
                    .flatMap(path -> objection(path).stream())
                    .toList();
            if (!faults.isEmpty()) {
                stage = Stage.OVER;
                progress.ended(new ErrandEnd.Refused(
                        CwmpFault.of(StandardFaultCode.INVALID_ARGUMENTS, "the device was not asked", faults)));
            }
        }
        return switch (stage) {
            case TYPES -> {
                Optional<AcsRequest<?>> next = types.next();
                if (next.isPresent()) {
                    yield next;
                }
                stage = Stage.VALUES;
                yield Optional.of(new SetParameterValues(typed(), parameterKey));
            }
            case VALUES -> Optional.of(new SetParameterValues(typed(), parameterKey));
            case OVER -> Optional.empty();
        };
    }

    /// Why the device is not even asked.
    private Optional<ParameterFault> objection(String path) {
        if (!approach.mayAsk(path)) {
            return fault(
                    path,
                    StandardFaultCode.INVALID_PARAMETER_NAME,
                    "the device has never named it, and is not asked for what it has not named (unknown-names)");
        }
        return approach.naming().own(path).filter(Naming.Own::fixed).isPresent()
                ? fault(
                        path,
                        StandardFaultCode.NON_WRITABLE_PARAMETER,
                        "it is shown by a rule, and no value of the device")
                : Optional.empty();
    }

    private static Optional<ParameterFault> fault(String path, StandardFaultCode code, String why) {
        return Optional.of(new ParameterFault(CwmpNames.forAcs(path), new FaultStruct(code, why)));
    }

    /// Text where the device did not say: what it then refuses it names.
    private List<ParameterValue> typed() {
        Map<String, PrimitiveType> told = new HashMap<>();
        types.found().forEach(each -> told.put(each.name(), each.type()));
        List<ParameterValue> typed = new ArrayList<>();
        values.forEach((path, value) -> {
            String name = approach.ownName(path);
            String own = approach.naming().own(path).map(it -> it.value(value)).orElse(value);
            typed.add(new ParameterValue(name, told.getOrDefault(name, PrimitiveType.STRING), own));
        });
        return typed;
    }

    @Override
    public void answered(Answer answer) {
        if (stage == Stage.TYPES) {
            types.answered(answer);
            return;
        }
        stage = Stage.OVER;
        switch (answer) {
            case SetParameterValuesResponse response -> {
                progress.learnt(typed(), TwinValue.Source.SET);
                progress.ended(new ErrandEnd.Done(response.status().isDone()));
            }
            case CwmpFault fault -> progress.ended(new ErrandEnd.Refused(inWordsAsked(fault)));
            default -> progress.interrupted();
        }
    }

    /// With the names by which it was asked for.
    private CwmpFault inWordsAsked(CwmpFault fault) {
        Map<String, String> asked = new HashMap<>();
        values.keySet().forEach(path -> asked.put(approach.ownName(path), CwmpNames.forAcs(path)));
        return new CwmpFault(
                fault.soapCode(),
                fault.fault(),
                fault.parameterFaults().stream()
                        .map(each -> new ParameterFault(
                                asked.getOrDefault(each.parameterName(), each.parameterName()), each.fault()))
                        .toList());
    }

    @Override
    public void interrupted() {
        progress.interrupted();
    }
}
