// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pharos.controller.acs.ModuleCommands.Meaning;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.FaultCode;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.rpc.AutonomousDuResult;
import dev.pharos.cwmp.rpc.AutonomousDuStateChangeComplete;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.DuIdentity;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.DuResult;
import dev.pharos.cwmp.rpc.DuState;
import dev.pharos.cwmp.rpc.DuStateChangeComplete;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.usp.message.OperateRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Software modules of a device of TR-069, by the words that USP has for them.
class ModulesOverCwmpTest extends AcsStage {
    private static final String MODULES = "Device.SoftwareModules.";
    private static final String UNIT = MODULES + "DeploymentUnit.1.";
    private static final String OTHER = MODULES + "DeploymentUnit.2.";
    private static final String EXECUTION = MODULES + "ExecutionUnit.1.";
    private static final String UUID = "11111111-1111-5111-8111-111111111111";
    private static final String OTHER_UUID = "22222222-2222-5222-8222-222222222222";

    @BeforeEach
    void two_units_are_installed() {
        unit(UNIT, UUID, "1.0");
        unit(OTHER, OTHER_UUID, "2.0");
        device.values.put(EXECUTION + "Name", "main");
        device.values.put(EXECUTION + "Status", "Idle");
        device.values.put(EXECUTION + "ExecutionFaultCode", "NoFault");
        device.values.put(EXECUTION + "RequestedState", "Idle");
        canBeCalledAt("http://127.0.0.1:4567/x");
    }

    private void unit(String row, String uuid, String version) {
        device.values.put(row + "Name", "hello");
        device.values.put(row + "UUID", uuid);
        device.values.put(row + "Version", version);
        device.values.put(row + "ExecutionEnvRef", MODULES + "ExecEnv.1");
    }

    private Meaning meaning(String command, String... arguments) {
        Map<String, String> inputs = new TreeMap<>();
        Arrays.stream(arguments).map(each -> each.split("=", 2)).forEach(each -> inputs.put(each[0], each[1]));
        return ModuleCommands.of(ID, new OperateRequest(MODULES + command, "mine", true, inputs), stores.twins());
    }

    private Errand errand(String command, String... arguments) {
        return ((Meaning.ToDo) meaning(command, arguments)).errand();
    }

    private ErrandEnd ask(Errand errand) throws InterruptedException {
        return ((Asked.Ended) office.askNow(ID, errand, PATIENCE)).end();
    }

    private ChangeDuState ordered() {
        return device.asked.stream()
                .filter(ChangeDuState.class::isInstance)
                .map(ChangeDuState.class::cast)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static DuResult result(String uuid, String row, DuState state, int fault, String why) {
        return new DuResult(
                new DuIdentity(uuid, row, "1.0"),
                state,
                true,
                "",
                new TransferOutcome(
                        fault == 0 ? FaultStruct.NONE : new FaultStruct(FaultCode.of(fault), why),
                        CwmpTime.UNKNOWN,
                        CwmpTime.UNKNOWN));
    }

    private void tells(String key, DuResult... results) {
        outbox.add(new Report(
                new DuStateChangeComplete(List.of(results), key),
                List.of(
                        new EventStruct(StandardEvent.DU_STATE_CHANGE_COMPLETE, ""),
                        new EventStruct(MethodEvent.CHANGE_DU_STATE, key))));
        session(Integer.MAX_VALUE);
    }

    private List<DeviceEvent> told(String name) {
        return events().stream().filter(each -> each.name().equals(name)).toList();
    }

    @Test
    void an_installation_is_ordered_and_its_end_is_told_as_over_usp_once_however_often_the_device_tells_it()
            throws Exception {
        Errand errand = errand("InstallDU()", "URL=http://h/a.zip", "Username=me", "Password=word");
        assertThat(errand.toString()).doesNotContain("word");
        assertThat(ask(errand)).isInstanceOf(ErrandEnd.UnderWay.class);
        ChangeDuState order = ordered();
        assertThat(order.operations())
                .containsExactly(new DuOperation.Install(new FileLocation("http://h/a.zip", "me", "word"), "", ""));
        assertThat(order.commandKey()).hasSizeLessThanOrEqualTo(32);
        assertThat(told("InstallDU()")).isEmpty();

        String row = MODULES + "DeploymentUnit.3.";
        unit(row, "33333333-3333-5333-8333-333333333333", "1.0");
        DuResult result = result("33333333-3333-5333-8333-333333333333", row, DuState.INSTALLED, 0, "");
        tells(order.commandKey(), result);
        tells(order.commandKey(), result);
        assertThat(told("DUStateChange!"))
                .singleElement()
                .satisfies(event -> assertThat(event.args())
                        .containsEntry("CurrentState", "Installed")
                        .containsEntry("OperationPerformed", "Install")
                        .containsEntry("Fault.FaultCode", "0"));
        assertThat(told("InstallDU()")).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(EventKind.OPERATION_COMPLETE);
            assertThat(event.value()).isEqualTo("success");
            assertThat(event.path()).isEqualTo(MODULES);
            assertThat(event.args()).containsEntry("commandKey", "mine");
        });
        assertThat(twin(row + "Name")).isPresent();
    }

    @Test
    void of_several_that_are_meant_each_has_its_own_end_whatever_the_order_and_a_fault_is_said_in_words()
            throws Exception {
        assertThat(ask(errand("DeploymentUnit.[Name==\"hello\"].Uninstall()", "RetainData=false")))
                .isInstanceOf(ErrandEnd.UnderWay.class);
        assertThat(ordered().operations())
                .containsExactly(
                        new DuOperation.Uninstall(UUID, "1.0", MODULES + "ExecEnv.1"),
                        new DuOperation.Uninstall(OTHER_UUID, "2.0", MODULES + "ExecEnv.1"));
        device.values.keySet().removeIf(name -> name.startsWith(UNIT));
        tells(
                ordered().commandKey(),
                result(OTHER_UUID, OTHER, DuState.INSTALLED, 9029, "it is being updated"),
                result(UUID.toUpperCase(Locale.ROOT), UNIT, DuState.UNINSTALLED, 0, ""));
        assertThat(told("Uninstall()"))
                .extracting(DeviceEvent::path, DeviceEvent::value)
                .containsExactlyInAnyOrder(
                        tuple(UNIT, "success"), tuple(OTHER, "7229 it is being updated (TR-069 fault 9029)"));
        assertThat(stores.twins().list(ID, UNIT, 10)).isEmpty();
        assertThat(twin(OTHER + "Name")).isPresent();
    }

    @Test
    void what_nobody_has_ordered_here_is_kept_as_what_it_is() {
        tells("of another", result(UUID, UNIT, DuState.INSTALLED, 0, ""));
        outbox.add(new Report(
                new AutonomousDuStateChangeComplete(List.of(
                        new AutonomousDuResult("Uninstall", result(OTHER_UUID, OTHER, DuState.UNINSTALLED, 0, "")))),
                List.of(new EventStruct(StandardEvent.AUTONOMOUS_DU_STATE_CHANGE_COMPLETE, ""))));
        device.values.keySet().removeIf(name -> name.startsWith(OTHER));
        session(Integer.MAX_VALUE);
        assertThat(told("DUStateChange!")).hasSize(2);
        assertThat(told("DUStateChange!"))
                .anyMatch(event -> "of another".equals(event.args().get("CommandKey")));
        assertThat(stores.twins().list(ID, OTHER, 10)).isEmpty();
        assertThat(events()).noneMatch(event -> event.kind() == EventKind.OPERATION_COMPLETE);
    }

    @Test
    void a_device_that_refuses_the_order_or_goes_away_over_it_is_told_of_to_whoever_asked() throws Exception {
        device.hasModules = false;
        assertThat(ask(errand("InstallDU()", "URL=http://h/a.zip"))).isInstanceOf(ErrandEnd.Refused.class);
        awaitEvent(EventKind.OPERATION_COMPLETE, "InstallDU() failed: 7001 no (TR-069 fault 9000)");
        calling.comes = false;
        office.ask(ID, errand("DeploymentUnit.2.Update()"));
        device.hasModules = true;
        outbox.add(new EventStruct(StandardEvent.PERIODIC, ""));
        session(2);
        sessions.sweep();
        session(StandardEvent.PERIODIC);
        awaitEvent(EventKind.OPERATION_COMPLETE, "Update() failed: the session ended over it");
        assertThat(told("Update()")).hasSize(1);
    }

    @Test
    void a_unit_is_started_by_its_requested_state_and_it_is_said_why_it_does_not_run() throws Exception {
        device.onSet = () -> device.values.put(EXECUTION + "Status", "Active");
        assertThat(ask(errand("ExecutionUnit.1.SetRequestedState()", "RequestedState=Active")))
                .isEqualTo(new ErrandEnd.Done(true));
        assertThat(device.values).containsEntry(EXECUTION + "RequestedState", "Active");
        assertThat(twin(EXECUTION + "Status").orElseThrow().value()).isEqualTo("Active");
        device.onSet = () -> {
            device.values.put(EXECUTION + "Status", "Idle");
            device.values.put(EXECUTION + "ExecutionFaultCode", "FailureOnStart");
            device.values.put(EXECUTION + "ExecutionFaultMessage", "it ended with 3");
        };
        assertThat(ask(errand("ExecutionUnit.*.SetRequestedState()", "RequestedState=Active")))
                .isInstanceOfSatisfying(
                        ErrandEnd.Refused.class,
                        refused -> assertThat(FaultMeaning.sentence(refused.fault()))
                                .contains("FailureOnStart: it ended with 3"));
        device.onSet = () -> device.values.put(EXECUTION + "Status", "Stopping");
        assertThat(ask(errand("ExecutionUnit.1.SetRequestedState()", "RequestedState=Idle")))
                .isInstanceOf(ErrandEnd.UnderWay.class);
        assertThat(told("SetRequestedState()")).extracting(DeviceEvent::value).contains("success");
    }

    @Test
    void what_tr_069_cannot_say_is_refused_in_words_and_nothing_is_asked() {
        assertThat(meaning("InstallDU()", "URL=http://h/a.zip", "Privileged=true"))
                .isInstanceOfSatisfying(
                        Meaning.Impossible.class,
                        impossible -> assertThat(impossible.why()).contains("Privileged"));
        for (Meaning impossible : List.of(
                meaning("InstallDU()"),
                meaning("ExecEnv.1.Restart()"),
                meaning("ExecutionUnit.1.Restart()"),
                meaning("DeploymentUnit.1.Uninstall()", "RetainData=true"),
                meaning("ExecutionUnit.1.SetRequestedState()", "RequestedState=Gone"))) {
            assertThat(impossible).isInstanceOf(Meaning.Impossible.class);
        }
        assertThat(meaning("DeploymentUnit.7.Update()")).isEqualTo(new Meaning.NoUnit());
        assertThat(meaning("DeploymentUnit.[Name==\"other\"].Update()")).isEqualTo(new Meaning.NoUnit());
        assertThat(meaning("DeploymentUnit.1.Update()", "RetainData=true", "URL=http://h/b.zip"))
                .isInstanceOf(Meaning.ToDo.class);
    }
}
