// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.AddObjectResponse;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.AttributeChange;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.DeleteObject;
import dev.pharos.cwmp.rpc.DeleteObjectResponse;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FactoryReset;
import dev.pharos.cwmp.rpc.GetOptions;
import dev.pharos.cwmp.rpc.GetOptionsResponse;
import dev.pharos.cwmp.rpc.GetParameterAttributes;
import dev.pharos.cwmp.rpc.GetParameterAttributesResponse;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterAttributes;
import dev.pharos.cwmp.rpc.ParameterInfo;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.RebootResponse;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.cwmp.rpc.ScheduleInformResponse;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.cwmp.rpc.SetVouchers;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelDeviceTest {
    private static final String USER = "Device.Users.User.1.";
    private static final String CODE = "Device.DeviceInfo.ProvisioningCode";

    private final TestModel element = new TestModel();
    private final NotedActions actions = new NotedActions();
    private final List<Boolean> urgent = new ArrayList<>();
    private final Map<String, Notification> kept = new HashMap<>();
    private String parameterKey = "before";
    private InstantiatedDataModel model;
    private ModelDevice device;

    ModelDeviceTest() throws IOException {
        model = InstantiatedDataModel.start(List.of(element), ChangeJournal.none());
        device = new ModelDevice(
                model,
                new ModelDevice.Surroundings(
                        new Attributes(Map.of(), all -> {
                            kept.clear();
                            kept.putAll(all);
                        }),
                        key -> parameterKey = key,
                        actions,
                        () -> Instant.EPOCH));
    }

    @BeforeEach
    void the_device_hears_of_changes() {
        model.onChange(changes -> urgent.add(device.changed(changes).session()));
    }

    @AfterEach
    void it_goes() {
        model.close();
    }

    private Map<String, String> get(String... names) {
        Map<String, String> values = new HashMap<>();
        ((GetParameterValuesResponse) device.answer(new GetParameterValues(List.of(names))))
                .parameterList()
                .forEach(each -> values.put(each.name(), each.value()));
        return values;
    }

    private List<ParameterInfo> names(String path, boolean nextLevel) {
        return ((GetParameterNamesResponse) device.answer(new GetParameterNames(path, nextLevel))).parameterList();
    }

    private StandardFaultCode fault(AcsRequest<?> request) {
        return (StandardFaultCode) failed(request).fault().faultCode();
    }

    private CwmpFault failed(AcsRequest<?> request) {
        return (CwmpFault) device.answer(request);
    }

    private Answer set(String... namesAndValues) {
        List<ParameterValue> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(new ParameterValue(namesAndValues[i], PrimitiveType.STRING, namesAndValues[i + 1]));
        }
        return device.answer(new SetParameterValues(values, "key"));
    }

    private void addUser() {
        device.answer(new AddObject("Device.Users.User.", "added"));
    }

    private void watch(String name, Notification notification) {
        device.answer(new SetParameterAttributes(
                List.of(new AttributeChange(name, Optional.of(notification), Optional.empty()))));
    }

    @Test
    void it_says_who_it_is() {
        assertThat(device.deviceId()).isEqualTo(new DeviceId("Acme", "00256D", "Box", "S1"));
        assertThat(device.currentTime()).isEqualTo(new CwmpTime("1970-01-01T00:00:00Z"));
    }

    @Test
    void one_parameter_an_object_a_table_and_all_are_read() {
        addUser();
        assertThat(get("Device.DeviceInfo.SerialNumber", "Device.DeviceInfo.SerialNumber"))
                .isEqualTo(Map.of("Device.DeviceInfo.SerialNumber", "S1"));
        assertThat(get("Device.DeviceInfo.")).hasSize(7).containsEntry("Device.DeviceInfo.Manufacturer", "Acme");
        assertThat(get("Device.Users.User.")).containsEntry(USER + "Enable", "false");
        assertThat(get("")).isEqualTo(get("Device.")).containsKey("Device.RootDataModelVersion");
    }

    @Test
    void values_have_their_types_and_lists_are_text() {
        addUser();
        GetParameterValuesResponse got =
                (GetParameterValuesResponse) device.answer(new GetParameterValues(List.of(USER)));
        assertThat(got.parameterList())
                .contains(
                        new ParameterValue(USER + "Enable", PrimitiveType.BOOLEAN, "false"),
                        new ParameterValue(USER + "Language", PrimitiveType.STRING, ""));
    }

    @Test
    void what_is_not_there_is_faulted_and_an_empty_table_is_empty() {
        assertThat(get("Device.Users.User.")).isEmpty();
        for (String nothing : List.of("Device.Nothing", "Device.Users.User.1.", "Device.Users.No.*.", "Other.", "x")) {
            assertThat(fault(new GetParameterValues(List.of("Device.", nothing))))
                    .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
            assertThat(fault(new GetParameterNames(nothing, false)))
                    .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        }
    }

    @Test
    void secrets_are_written_and_never_read() {
        addUser();
        assertThat(set(USER + "Password", "hidden")).isInstanceOf(SetParameterValuesResponse.class);
        assertThat(model.snapshot().value(USER + "Password")).contains("hidden");
        assertThat(get(USER + "Password")).containsValue("");
    }

    @Test
    void the_usp_agent_has_another_name_than_over_usp() {
        assertThat(get("Device.USPAgent.")).isEqualTo(Map.of("Device.USPAgent.EndpointID", "os::00256D-S1"));
        assertThat(get("Device.")).containsKey("Device.USPAgent.EndpointID");
        assertThat(fault(new GetParameterValues(List.of("Device.LocalAgent."))))
                .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        assertThat(names("Device.", true)).contains(new ParameterInfo("Device.USPAgent.", false));
    }

    @Test
    void names_say_what_can_be_written_added_and_deleted() {
        addUser();
        assertThat(names("", true)).containsExactly(new ParameterInfo("Device.", false));
        assertThat(names("Device.Users.", true)).containsExactly(new ParameterInfo("Device.Users.User.", true));
        assertThat(names("Device.Users.User.", true)).containsExactly(new ParameterInfo(USER, true));
        assertThat(names("Device.Users.User.", false))
                .startsWith(new ParameterInfo("Device.Users.User.", true), new ParameterInfo(USER, true))
                .contains(new ParameterInfo(USER + "Enable", true));
        assertThat(names(USER + "Enable", false)).containsExactly(new ParameterInfo(USER + "Enable", true));
        assertThat(names("Device.DeviceInfo.", true)).contains(new ParameterInfo(CODE, true));
        assertThat(names("", false)).contains(new ParameterInfo("Device.", false), new ParameterInfo(USER, true));
        assertThat(fault(new GetParameterNames(CODE, true))).isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
    }

    @Test
    void all_is_set_or_nothing_and_each_refusal_is_named() {
        addUser();
        assertThat(set(USER + "Enable", "1", CODE, "abc")).isEqualTo(new SetParameterValuesResponse(Status.DONE));
        assertThat(get(USER + "Enable", CODE))
                .containsEntry(USER + "Enable", "true")
                .containsEntry(CODE, "abc");
        CwmpFault failed = (CwmpFault) set(
                CODE,
                "new",
                USER + "Enable",
                "perhaps",
                "Device.DeviceInfo.SerialNumber",
                "S2",
                "Device.Nothing",
                "x",
                "Device.Users.",
                "x",
                USER + "Username",
                "longer than sixteen characters",
                CODE,
                "again");
        assertThat(failed.fault().faultCode()).isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        assertThat(failed.parameterFaults())
                .extracting(each -> each.parameterName() + " " + each.fault().faultCode())
                .containsExactly(
                        USER + "Enable INVALID_PARAMETER_TYPE",
                        "Device.DeviceInfo.SerialNumber NON_WRITABLE_PARAMETER",
                        "Device.Nothing INVALID_PARAMETER_NAME",
                        "Device.Users. INVALID_PARAMETER_NAME",
                        USER + "Username INVALID_PARAMETER_VALUE",
                        CODE + " INVALID_ARGUMENTS");
        assertThat(get(CODE)).containsValue("abc");
    }

    @Test
    void what_the_device_refuses_is_named_too() {
        CwmpFault failed = (CwmpFault) set(CODE, "never");
        assertThat(failed.parameterFaults())
                .extracting(each -> each.fault().faultCode())
                .containsExactly(StandardFaultCode.REQUEST_DENIED);
    }

    @Test
    void the_parameter_key_is_taken_with_success_only() {
        set(CODE, "abc");
        assertThat(parameterKey).isEqualTo("key");
        addUser();
        assertThat(parameterKey).isEqualTo("added");
        set("Device.Nothing", "x");
        assertThat(parameterKey).isEqualTo("added");
        assertThat(fault(new SetParameterValues(List.of(), "k".repeat(33))))
                .isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        assertThat(parameterKey).isEqualTo("added");
    }

    @Test
    void rows_are_added_and_deleted() {
        assertThat(device.answer(new AddObject("Device.Users.User.", "")))
                .isEqualTo(new AddObjectResponse(1, Status.DONE));
        assertThat(device.answer(new DeleteObject(USER, ""))).isEqualTo(new DeleteObjectResponse(Status.DONE));
        assertThat(get("Device.Users.User.")).isEmpty();
        for (AcsRequest<?> nothing : List.of(
                new DeleteObject(USER, ""),
                new DeleteObject("Device.DeviceInfo", ""),
                new AddObject("Device.DeviceInfo.", ""),
                new AddObject("Device.Users.User", ""),
                new AddObject("Device.Nothing.", ""))) {
            assertThat(fault(nothing)).isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        }
    }

    @Test
    void changes_are_told_as_the_acs_wants_it() {
        addUser();
        watch(USER, Notification.PASSIVE);
        watch(USER + "Enable", Notification.ACTIVE);
        urgent.clear();
        element.set(USER + "Language", "en");
        element.set("Device.DeviceInfo.UpTime", "7");
        element.set(USER + "Enable", "true");
        element.set("Device.DeviceInfo.SoftwareVersion", "1.1");
        assertThat(urgent).containsExactly(false, false, true, true);
        assertThat(device.hasChanged()).isTrue();
        EventStruct change = new EventStruct(StandardEvent.VALUE_CHANGE, "");
        assertThat(device.informParameters(List.of(change)))
                .extracting(ParameterValue::name)
                .contains(USER + "Language", USER + "Enable", "Device.DeviceInfo.SoftwareVersion")
                .doesNotContain("Device.DeviceInfo.UpTime")
                .doesNotHaveDuplicates();
        assertThat(device.hasChanged()).isTrue();
        device.informed();
        assertThat(device.hasChanged()).isFalse();
    }

    @Test
    void what_the_acs_changes_itself_is_no_news_to_it() {
        watch("", Notification.ACTIVE);
        set(CODE, "abc");
        addUser();
        assertThat(urgent).containsExactly(false, false);
        assertThat(device.hasChanged()).isFalse();
    }

    @Test
    void values_of_rows_that_are_gone_are_not_told() {
        watch("Device.Users.", Notification.PASSIVE);
        addUser();
        element.set(USER + "Enable", "true");
        device.answer(new DeleteObject(USER, ""));
        assertThat(device.informParameters(List.of(new EventStruct(StandardEvent.VALUE_CHANGE, ""))))
                .extracting(ParameterValue::name)
                .doesNotContain(USER + "Enable");
    }

    @Test
    void every_inform_tells_what_every_inform_tells() {
        assertThat(device.informParameters(List.of(new EventStruct(StandardEvent.BOOT, ""))))
                .extracting(ParameterValue::name)
                .containsExactly(
                        "Device.RootDataModelVersion",
                        "Device.DeviceInfo.SoftwareVersion",
                        CODE,
                        "Device.USPAgent.EndpointID");
    }

    @Test
    void attributes_are_those_of_the_nearest_that_has_some_and_are_kept() {
        addUser();
        watch("Device.Users.", Notification.PASSIVE);
        watch(USER + "Enable", Notification.OFF);
        GetParameterAttributesResponse got = (GetParameterAttributesResponse)
                device.answer(new GetParameterAttributes(List.of(USER, "Device.DeviceInfo.SoftwareVersion")));
        assertThat(got.parameterList())
                .contains(
                        new ParameterAttributes(USER + "Enable", Notification.OFF, List.of()),
                        new ParameterAttributes(USER + "Username", Notification.PASSIVE, List.of()),
                        new ParameterAttributes("Device.DeviceInfo.SoftwareVersion", Notification.ACTIVE, List.of()));
        assertThat(kept).isEqualTo(Map.of("Device.Users.", Notification.PASSIVE, USER + "Enable", Notification.OFF));
        watch("Device.", Notification.ACTIVE);
        assertThat(kept).isEqualTo(Map.of("Device.", Notification.ACTIVE));
    }

    @Test
    void attributes_are_changed_all_or_none() {
        SetParameterAttributes asked = new SetParameterAttributes(List.of(
                new AttributeChange(CODE, Optional.empty(), Optional.of(List.of())),
                new AttributeChange("Device.Users.", Optional.of(Notification.ACTIVE), Optional.empty()),
                new AttributeChange(
                        "Device.DeviceInfo.SoftwareVersion", Optional.of(Notification.OFF), Optional.empty())));
        assertThat(fault(asked)).isEqualTo(StandardFaultCode.NOTIFICATION_REQUEST_REJECTED);
        assertThat(kept).isEmpty();
        assertThat(fault(new SetParameterAttributes(List.of(
                        new AttributeChange("Device.Nothing", Optional.of(Notification.OFF), Optional.empty())))))
                .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
    }

    @Test
    void what_is_no_matter_of_the_data_model_is_handed_on() {
        assertThat(device.answer(new Reboot("k"))).isEqualTo(new RebootResponse());
        device.answer(new FactoryReset());
        assertThat(actions.noted).containsExactly("reboot k", "factory reset");
        actions.noted.clear();
        assertThat(device.answer(new ScheduleInform(Duration.ofSeconds(5), "k")))
                .isEqualTo(new ScheduleInformResponse());
        assertThat(fault(new ScheduleInform(Duration.ofSeconds(5), "k")))
                .isEqualTo(StandardFaultCode.RESOURCES_EXCEEDED);
        assertThat(fault(new ScheduleInform(Duration.ZERO, "k"))).isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        assertThat(fault(new SetVouchers(List.of()))).isEqualTo(StandardFaultCode.METHOD_NOT_SUPPORTED);
    }

    @Test
    void there_are_no_options_since_no_voucher_turns_one_on() {
        assertThat(device.methods()).contains("GetOptions").doesNotContain("SetVouchers");
        assertThat(device.answer(new GetOptions(""))).isEqualTo(new GetOptionsResponse(List.of()));
        assertThat(fault(new GetOptions("Voice"))).isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
    }

    @Test
    void a_defect_of_ours_is_an_internal_error_and_the_log_says_which() {
        actions.broken = true;
        assertThat(fault(new Reboot("k"))).isEqualTo(StandardFaultCode.INTERNAL_ERROR);
        assertThat(actions.noted).containsExactly("Reboot broken");
    }

    @Test
    void a_device_that_cannot_restart_does_not_offer_it() {
        assertThat(device.methods()).contains("Reboot", "FactoryReset", "Download");
        actions.canRestart = false;
        assertThat(device.methods()).doesNotContain("Reboot", "FactoryReset", "Download");
    }
}
