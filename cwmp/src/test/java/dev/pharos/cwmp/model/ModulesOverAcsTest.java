// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.ChangeDuStateResponse;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterInfo;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.datamodel.instance.ChangeJournal;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Software modules of a device as an ACS sees and orders them.
class ModulesOverAcsTest {
    private static final String UNIT = "Device.SoftwareModules.ExecutionUnit.1.";
    private static final String STATE = UNIT + "RequestedState";
    private static final String MODEL = """
            model urn:broadband-forum-org:tr-181-2-19-0

            object Device. readOnly

            object Device.SoftwareModules. readOnly

            object Device.SoftwareModules.ExecEnv.{i}. readOnly key Name
              param Name readOnly string
              param Enable readWrite boolean default=true

            object Device.SoftwareModules.ExecutionUnit.{i}. readOnly key Name
              param Name readOnly string
              param Status readOnly string default=Idle
              param ExecutionEnvRef readOnly string
              param AutoStart readWrite boolean
              command SetRequestedState() sync
                in RequestedState string
            """;

    private final List<String> asked = new ArrayList<>();
    private boolean room = true;
    private boolean hasModules = true;

    @SuppressWarnings("NullAway.Init") // set before each test
    private InstantiatedDataModel model;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ModelDevice device;

    /// A device with one execution unit.
    private static final class OneUnit implements ServiceElement {
        @Override
        public SupportedDataModel supported() {
            try {
                return ModelFormat.read(new StringReader(MODEL), "test");
            } catch (IOException | ModelFormatException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public void start(DeviceContext started) {
            started.update(transaction -> {
                transaction.add("Device.SoftwareModules.ExecEnv.", Map.of("Name", "host"));
                transaction.add("Device.SoftwareModules.ExecutionUnit.", Map.of("Name", "main"));
                transaction.set(UNIT + "ExecutionEnvRef", "Device.SoftwareModules.ExecEnv.1");
                return "";
            });
        }
    }

    private final class Noting implements DeviceActions, ModuleActions {
        @Override
        public boolean canRestart() {
            return false;
        }

        @Override
        public void reboot(String commandKey) {}

        @Override
        public void factoryReset() {}

        @Override
        public boolean canFetch() {
            return false;
        }

        @Override
        public List<AnyQueuedTransfer> queued() {
            return List.of();
        }

        @Override
        public boolean cancel(String commandKey) {
            return false;
        }

        @Override
        public boolean carry(FileCommand order) {
            return false;
        }

        @Override
        public void failed(String method, RuntimeException defect) {
            throw defect;
        }

        @Override
        public boolean scheduleInform(Duration delay, String commandKey) {
            return false;
        }

        @Override
        public Optional<ModuleActions> modules() {
            return hasModules ? Optional.of(this) : Optional.empty();
        }

        @Override
        public boolean change(ChangeDuState order) {
            asked.add(order.commandKey());
            return room;
        }

        @Override
        public void request(String unit, String state) {
            asked.add(unit + " " + state);
        }
    }

    @BeforeEach
    void it_starts() throws IOException {
        model = InstantiatedDataModel.start(List.of(new OneUnit()), ChangeJournal.none());
        device = new ModelDevice(
                model,
                new ModelDevice.Surroundings(
                        new Attributes(Map.of(), _ -> {}), _ -> {}, new Noting(), () -> Instant.EPOCH));
    }

    @AfterEach
    void it_goes() {
        model.close();
    }

    private String value(String name) {
        return ((GetParameterValuesResponse) device.answer(new GetParameterValues(List.of(name))))
                .parameterList()
                .getFirst()
                .value();
    }

    private static SetParameterValues set(String... namesAndValues) {
        List<ParameterValue> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(new ParameterValue(namesAndValues[i], PrimitiveType.STRING, namesAndValues[i + 1]));
        }
        return new SetParameterValues(values, "");
    }

    private StandardFaultCode fault(AcsRequest<?> request) {
        return (StandardFaultCode) ((CwmpFault) device.answer(request)).fault().faultCode();
    }

    @Test
    void an_execution_unit_has_a_requested_state_where_usp_has_a_command() {
        assertThat(((GetParameterNamesResponse) device.answer(new GetParameterNames(UNIT, true))).parameterList())
                .contains(new ParameterInfo(STATE, true), new ParameterInfo(UNIT + "Status", false));
        assertThat(value(STATE)).isEqualTo("Idle");
        assertThat(((GetParameterValuesResponse) device.answer(new GetParameterValues(List.of(UNIT)))).parameterList())
                .anyMatch(each -> each.name().equals(STATE));
        assertThat(device.answer(set(STATE, "Active", UNIT + "AutoStart", "true")))
                .isEqualTo(new SetParameterValuesResponse(Status.DONE));
        assertThat(asked).containsExactly(UNIT + " Active");
        assertThat(model.snapshot().value(UNIT + "AutoStart")).contains("true");
    }

    @Test
    void nothing_is_started_where_one_value_of_the_call_is_wrong() {
        assertThat(fault(set(STATE, "Active", UNIT + "Status", "Active")))
                .isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        assertThat(fault(set(STATE, "Running"))).isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        assertThat(fault(set("Device.SoftwareModules.ExecutionUnit.2.RequestedState", "Idle")))
                .isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        assertThat(device.answer(set("Device.SoftwareModules.ExecEnv.1.Enable", "false")))
                .isInstanceOf(SetParameterValuesResponse.class);
        assertThat(fault(set(STATE, "Active"))).isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        assertThat(asked).isEmpty();
        device.answer(set(STATE, "Idle"));
        assertThat(asked).containsExactly(UNIT + " Idle");
    }

    @Test
    void orders_are_taken_where_there_are_modules_and_room() {
        ChangeDuState order = new ChangeDuState(List.of(new DuOperation.Uninstall("u", "", "")), "key");
        assertThat(device.methods()).contains("ChangeDUState");
        assertThat(device.answer(order)).isEqualTo(new ChangeDuStateResponse());
        assertThat(fault(new ChangeDuState(List.of(), "key"))).isEqualTo(StandardFaultCode.REQUEST_DENIED);
        room = false;
        assertThat(fault(order)).isEqualTo(StandardFaultCode.RESOURCES_EXCEEDED);
        hasModules = false;
        assertThat(device.methods()).doesNotContain("ChangeDUState");
        assertThat(fault(order)).isEqualTo(StandardFaultCode.METHOD_NOT_SUPPORTED);
        assertThat(asked).containsExactly("key", "key");
    }
}
