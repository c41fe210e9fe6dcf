// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.cpe;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A device of a few string parameters.
final class TestDevice implements CpeDevice {
    static final DeviceId ID = new DeviceId("Acme", "00256D", "Box", "S1");

    final Map<String, String> values = new LinkedHashMap<>(Map.of("Device.A", "1"));
    final List<AcsRequest<?>> asked = new ArrayList<>();

    final List<Map.Entry<CpeRequest<?>, Answer>> answers = new ArrayList<>();

    @Override
    public void answered(CpeRequest<?> request, Answer answer) {
        answers.add(Map.entry(request, answer));
    }

    @Override
    public DeviceId deviceId() {
        return ID;
    }

    @Override
    public CwmpTime currentTime() {
        return new CwmpTime("2026-01-02T03:04:05Z");
    }

    @Override
    public List<ParameterValue> informParameters(List<EventStruct> events) {
        return List.of(new ParameterValue("Device.RootDataModelVersion", PrimitiveType.STRING, "2.19"));
    }

    @Override
    public List<String> methods() {
        return List.of("GetRPCMethods", "GetParameterValues", "SetParameterValues", "Reboot");
    }

    @Override
    public <R extends Response> Answer answer(AcsRequest<R> request) {
        asked.add(request);
        return switch (request) {
            case GetParameterValues get -> get(get);
            case SetParameterValues set -> {
                set.parameterList().forEach(each -> values.put(each.name(), each.value()));
                yield new SetParameterValuesResponse(Status.DONE);
            }
            default -> CwmpFault.of(StandardFaultCode.REQUEST_DENIED, "not today");
        };
    }

    private Answer get(GetParameterValues get) {
        List<ParameterValue> found = new ArrayList<>();
        for (String name : get.parameterNames()) {
            String value = values.get(name);
            if (value == null) {
                return CwmpFault.of(StandardFaultCode.INVALID_PARAMETER_NAME, name);
            }
            found.add(new ParameterValue(name, PrimitiveType.STRING, value));
        }
        return new GetParameterValuesResponse(found);
    }
}
