// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.pharos.cwmp.rpc.GetParameterAttributes;
import dev.pharos.cwmp.rpc.GetParameterAttributesResponse;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterInfo;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import dev.pharos.cwmp.rpc.SetParameterAttributesResponse;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.Origin;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rows that go by their Alias or by `*`, and what Informs tell because the ACS asks for it.
class RowNamesTest {
    private static final String MODEL = """
            model urn:broadband-forum-org:tr-181-2-19-0

            object Device. readOnly

            object Device.DeviceInfo. readOnly
              param SoftwareVersion readOnly string default=1.0

            object Device.LocalAgent. readOnly
              param EndpointID readOnly string default=os::00256D-S1

            object Device.ManagementServer. readOnly
              param InstanceMode readWrite string enum=InstanceNumber|InstanceAlias default=InstanceNumber
              param AutoCreateInstances readWrite boolean default=false
              param LightweightNotificationProtocolsUsed readWrite string list enum=UDP
              param InformParameterNumberOfEntries readOnly unsignedInt

            object Device.ManagementServer.InformParameter.{i}. addDelete key Alias! key ParameterName
              param Enable readWrite boolean default=false
              param Alias writeOnce string len=..64 type=Alias
              param ParameterName readWrite string len=..256
              param EventList readWrite string list

            object Device.IP. readOnly

            object Device.IP.Interface.{i}. addDelete key Alias!
              param Alias writeOnce string len=..64 type=Alias
              param Enable readWrite boolean default=false
              param LowerLayers readWrite string list ref=weak:Device.IP.Interface.{i}.

            object Device.IP.Interface.{i}.IPv4Address.{i}. addDelete key Alias!
              param Alias writeOnce string len=..64 type=Alias
              param SubnetMask readWrite string

            object Device.Users. readOnly

            object Device.Users.User.{i}. addDelete key Username
              param Username readWrite string len=..16
            """;

    private static final String INTERFACE = "Device.IP.Interface.";
    private static final String SERVER = "Device.ManagementServer.";

    private final InstantiatedDataModel model = InstantiatedDataModel.start(List.of(element()), ChangeJournal.none());
    private final NotedActions actions = new NotedActions();
    private final ModelDevice device = new ModelDevice(
            model,
            new ModelDevice.Surroundings(new Attributes(Map.of(), _ -> {}), _ -> {}, actions, () -> Instant.EPOCH));

    RowNamesTest() throws IOException {}

    private static ServiceElement element() {
        try {
            SupportedDataModel supported = ModelFormat.read(new StringReader(MODEL), "test");
            return new ServiceElement() {
                @Override
                public SupportedDataModel supported() {
                    return supported;
                }

                @Override
                public void start(DeviceContext context) {
                    // it is as it is
                }
            };
        } catch (IOException | ModelFormatException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @AfterEach
    @AfterTry
    void it_goes() {
        model.close();
    }

    private Answer set(String... namesAndValues) {
        List<ParameterValue> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(new ParameterValue(namesAndValues[i], PrimitiveType.STRING, namesAndValues[i + 1]));
        }
        return device.answer(new SetParameterValues(values, "key"));
    }

    private Map<String, String> get(String... names) {
        Map<String, String> values = new LinkedHashMap<>();
        ((GetParameterValuesResponse) device.answer(new GetParameterValues(List.of(names))))
                .parameterList()
                .forEach(each -> values.put(each.name(), each.value()));
        return values;
    }

    private List<String> names(String path, boolean nextLevel) {
        return ((GetParameterNamesResponse) device.answer(new GetParameterNames(path, nextLevel)))
                .parameterList().stream().map(ParameterInfo::name).toList();
    }

    private StandardFaultCode fault(AcsRequest<?> request) {
        return (StandardFaultCode) ((CwmpFault) device.answer(request)).fault().faultCode();
    }

    private StandardFaultCode refused(Answer answer) {
        CwmpFault fault = (CwmpFault) answer;
        assertThat(fault.fault().faultCode()).isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        return (StandardFaultCode) fault.parameterFaults().getFirst().fault().faultCode();
    }

    private long add(String name) {
        return ((AddObjectResponse) device.answer(new AddObject(name, ""))).instanceNumber();
    }

    @Test
    void a_row_goes_by_its_alias_and_is_answered_by_what_it_was_called() {
        assertThat(add(INTERFACE + "[wan].")).isEqualTo(1);
        assertThat(add(INTERFACE + "[wan].IPv4Address.[a.b].")).isEqualTo(1);
        assertThat(set(INTERFACE + "[wan].IPv4Address.[a.b].SubnetMask", "255.0.0.0"))
                .isInstanceOf(SetParameterValuesResponse.class);
        assertThat(get(INTERFACE + "1.IPv4Address.1.SubnetMask", INTERFACE + "[wan].IPv4Address.1.Alias"))
                .isEqualTo(Map.of(
                        INTERFACE + "1.IPv4Address.1.SubnetMask", "255.0.0.0",
                        INTERFACE + "[wan].IPv4Address.1.Alias", "a.b"));
        assertThat(get(INTERFACE + "[wan].IPv4Address.[a.b].SubnetMask"))
                .containsOnlyKeys(INTERFACE + "[wan].IPv4Address.[a.b].SubnetMask");
        assertThat(names(INTERFACE + "[wan].", true))
                .containsExactly(
                        INTERFACE + "[wan].Alias",
                        INTERFACE + "[wan].Enable",
                        INTERFACE + "[wan].LowerLayers",
                        INTERFACE + "[wan].IPv4Address.");
        assertThat(names(INTERFACE + "[wan].IPv4Address.", true)).containsExactly(INTERFACE + "[wan].IPv4Address.1.");
        assertThat(device.answer(new DeleteObject(INTERFACE + "[wan].IPv4Address.[a.b].", "")))
                .isInstanceOf(DeleteObjectResponse.class);
        assertThat(get(INTERFACE + "[wan].IPv4Address.")).isEmpty();
    }

    @Test
    void what_is_not_there_has_no_name() {
        add(INTERFACE + "[wan].");
        assertThat(fault(new AddObject(INTERFACE + "[wan].", ""))).isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        assertThat(fault(new AddObject(INTERFACE + "[lan].IPv4Address.", "")))
                .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        assertThat(fault(new AddObject("Device.Users.User.[a].", "")))
                .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        assertThat(fault(new AddObject(INTERFACE + "[1st].", ""))).isEqualTo(StandardFaultCode.INVALID_PARAMETER_VALUE);
        for (String name : List.of(
                INTERFACE + "[lan].Enable",
                INTERFACE + "[wan].No",
                "Device.[wan].Enable",
                "[wan].",
                INTERFACE + "[wan")) {
            assertThat(fault(new GetParameterValues(List.of(name))))
                    .as(name)
                    .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        }
        assertThat(fault(new DeleteObject(INTERFACE + "[lan].", "")))
                .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        assertThat(refused(set(INTERFACE + "[lan].Enable", "true")))
                .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        // one row by two names is one row
        assertThat(refused(set(INTERFACE + "[wan].Enable", "true", INTERFACE + "1.Enable", "false")))
                .isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        assertThat(get(INTERFACE + "1.Enable")).containsValue("false");
    }

    @Test
    void rows_are_made_by_writing_to_them_where_the_acs_wants_that_and_all_or_none() {
        set(SERVER + "AutoCreateInstances", "true");
        assertThat(refused(set(
                        INTERFACE + "[wan].Enable",
                        "true",
                        INTERFACE + "[wan].IPv4Address.[x].SubnetMask",
                        "m",
                        "Device.Users.User.[nobody].Username",
                        "u")))
                .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        assertThat(get(INTERFACE)).isEmpty();
        assertThat(get("Device.Users.User.")).isEmpty();
        assertThat(set(INTERFACE + "[wan].Enable", "true", INTERFACE + "[wan].IPv4Address.[x].SubnetMask", "m"))
                .isInstanceOf(SetParameterValuesResponse.class);
        assertThat(get(INTERFACE))
                .containsEntry(INTERFACE + "1.Enable", "true")
                .containsEntry(INTERFACE + "1.IPv4Address.1.SubnetMask", "m")
                .containsEntry(INTERFACE + "1.IPv4Address.1.Alias", "x");
        // reading makes nothing
        assertThat(fault(new GetParameterValues(List.of(INTERFACE + "[lan].Enable"))))
                .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
    }

    @Test
    void in_the_mode_of_aliases_answers_and_references_go_by_them() {
        add(INTERFACE + "[wan].");
        add(INTERFACE + "[lan].");
        add("Device.Users.User.");
        set(SERVER + "InstanceMode", "InstanceAlias", INTERFACE + "2.LowerLayers", INTERFACE + "[wan]");
        assertThat(get(INTERFACE))
                .containsEntry(INTERFACE + "[wan].Enable", "false")
                .containsEntry(INTERFACE + "[lan].LowerLayers", INTERFACE + "[wan]");
        assertThat(get(INTERFACE + "1.")).containsEntry(INTERFACE + "1.Alias", "wan");
        // no Alias, or one that cannot be said: its number
        assertThat(get("Device.Users.")).containsKey("Device.Users.User.1.Username");
        assertThat(get("Device.USPAgent.")).containsKey("Device.USPAgent.EndpointID");
        assertThat(names("Device.", false)).contains(INTERFACE + "[lan].IPv4Address.", "Device.USPAgent.");
        set(SERVER + "InstanceMode", "InstanceNumber");
        assertThat(get(INTERFACE + "[lan].LowerLayers"))
                .isEqualTo(Map.of(INTERFACE + "[lan].LowerLayers", INTERFACE + "1"));
    }

    @Test
    void a_star_is_every_row_where_something_is_read() {
        assertThat(get(INTERFACE + "*.Enable")).isEmpty();
        add(INTERFACE + "[wan].");
        add(INTERFACE + "[lan].");
        add(INTERFACE + "[lan].IPv4Address.");
        assertThat(get(INTERFACE + "*.Enable")).containsOnlyKeys(INTERFACE + "1.Enable", INTERFACE + "2.Enable");
        assertThat(get(INTERFACE + "*.IPv4Address.*."))
                .containsOnlyKeys(INTERFACE + "2.IPv4Address.1.Alias", INTERFACE + "2.IPv4Address.1.SubnetMask");
        assertThat(names(INTERFACE + "*.IPv4Address.", true)).containsExactly(INTERFACE + "2.IPv4Address.1.");
        assertThat(((GetParameterAttributesResponse)
                                device.answer(new GetParameterAttributes(List.of(INTERFACE + "*.Enable"))))
                        .parameterList())
                .hasSize(2);
        for (String name : List.of("Device.*.Enable", INTERFACE + "*", "*", INTERFACE + "*.No", "Device.No.*.Enable")) {
            assertThat(fault(new GetParameterValues(List.of(name))))
                    .as(name)
                    .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        }
        assertThat(refused(set(INTERFACE + "*.Enable", "true"))).isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        assertThat(fault(new SetParameterAttributes(List.of(new AttributeChange(
                        INTERFACE + "*.Enable", Optional.of(Notification.ACTIVE), Optional.empty())))))
                .isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        assertThat(device.answer(new SetParameterAttributes(List.of(new AttributeChange(
                        INTERFACE + "[wan].Enable", Optional.of(Notification.ACTIVE), Optional.empty())))))
                .isInstanceOf(SetParameterAttributesResponse.class);
        assertThat(((GetParameterAttributesResponse)
                                device.answer(new GetParameterAttributes(List.of(INTERFACE + "1.Enable"))))
                        .parameterList()
                        .getFirst()
                        .notification())
                .isEqualTo(Notification.ACTIVE);
    }

    @Property(tries = 300)
    void no_name_breaks_it(
            @ForAll @StringLength(max = 40) @Chars({'[', ']', '.', '*', 'w'}) @CharRange(from = '0', to = '2')
                    String tail) {
        for (String name : List.of(tail, INTERFACE + tail, INTERFACE + "[" + tail + "].Enable")) {
            device.answer(new GetParameterValues(List.of(name)));
            device.answer(new GetParameterNames(name, true));
            set(name, "true");
            device.answer(new AddObject(name + ".", ""));
            device.answer(new DeleteObject(name + ".", ""));
        }
        assertThat(actions.noted).isEmpty();
    }

    private List<String> told(StandardEvent... events) {
        return device
                .informParameters(List.of(events).stream()
                        .map(each -> new EventStruct(each, ""))
                        .toList())
                .stream()
                .map(ParameterValue::name)
                .toList();
    }

    @Test
    void an_inform_tells_what_the_acs_has_asked_for_with_these_events() {
        add(INTERFACE + "[wan].");
        add(INTERFACE + "[lan].");
        add(SERVER + "InformParameter.");
        String row = SERVER + "InformParameter.1.";
        set(row + "ParameterName", INTERFACE + "*.Enable", row + "EventList", "2 PERIODIC,6 CONNECTION REQUEST");
        assertThat(told(StandardEvent.PERIODIC)).doesNotContain(INTERFACE + "1.Enable");
        set(row + "Enable", "true");
        assertThat(told(StandardEvent.PERIODIC)).contains(INTERFACE + "1.Enable", INTERFACE + "2.Enable");
        assertThat(told(StandardEvent.BOOT)).doesNotContain(INTERFACE + "1.Enable");
        set(row + "EventList", "");
        assertThat(told(StandardEvent.BOOT)).contains(INTERFACE + "1.Enable");
        assertThat(told(StandardEvent.VALUE_CHANGE)).doesNotContain(INTERFACE + "1.Enable");
        // what is not there is not told, and what every Inform tells is told once
        set(row + "ParameterName", INTERFACE + "7.Enable");
        assertThat(told(StandardEvent.BOOT)).doesNotContain(INTERFACE + "7.Enable");
        set(row + "ParameterName", "Device.DeviceInfo.SoftwareVersion");
        assertThat(told(StandardEvent.BOOT)).containsOnlyOnce("Device.DeviceInfo.SoftwareVersion");
    }

    @Test
    void what_cannot_be_asked_for_in_informs_is_said() {
        assertThat(InformParameters.nameObjection("Device.IP.Interface.*.Enable"))
                .isEmpty();
        assertThat(InformParameters.nameObjection("Device.IP.Interface.[wan].Enable"))
                .isEmpty();
        for (String name : List.of("", "Device.IP.", "Device.IP.Interface.*", "Foo", "Device.a b", "Device..X")) {
            assertThat(InformParameters.nameObjection(name)).as(name).isPresent();
        }
        assertThat(InformParameters.nameObjection("Device.ManagementServer.ParameterKey"))
                .contains("Device.ManagementServer.ParameterKey is told in every Inform already");
        assertThat(InformParameters.eventsObjection("0 BOOTSTRAP, 14 HEARTBEAT,M Reboot,X 00256D Hot,M X_00256D_Do"))
                .isEmpty();
        assertThat(InformParameters.eventsObjection("2 PERIODIC,4 VALUE CHANGE"))
                .isPresent();
        assertThat(InformParameters.eventsObjection("PERIODIC"))
                .contains("PERIODIC is no event of TR-069, such as 2 PERIODIC");
    }

    @Test
    void changes_are_told_lightly_by_their_level_and_where_that_is_used() {
        add(INTERFACE + "[wan].");
        String enable = INTERFACE + "1.Enable";
        List<Urgency> urgencies = new ArrayList<>();
        model.onChange(changes -> urgencies.add(device.changed(changes)));
        watch(enable, Notification.ACTIVE_LIGHTWEIGHT);
        change(enable, "true");
        assertThat(urgencies.removeLast()).isEqualTo(Urgency.NONE);
        assertThat(device.lightNews()).isEmpty();
        set(SERVER + "LightweightNotificationProtocolsUsed", "UDP");
        change(enable, "false");
        assertThat(urgencies.removeLast()).isEqualTo(new Urgency(false, true));
        assertThat(device.hasChanged()).isFalse();
        assertThat(device.lightNews()).containsExactly(new ParameterValue(enable, PrimitiveType.BOOLEAN, "false"));
        assertThat(device.lightNews()).isEmpty();
        watch(enable, Notification.PASSIVE_WITH_PASSIVE_LIGHTWEIGHT);
        change(enable, "true");
        assertThat(urgencies.removeLast()).isEqualTo(Urgency.NONE);
        assertThat(device.hasChanged()).isTrue();
        assertThat(device.lightNews()).hasSize(1);
        watch(enable, Notification.PASSIVE_WITH_ACTIVE_LIGHTWEIGHT);
        change(enable, "false");
        assertThat(urgencies.removeLast()).isEqualTo(new Urgency(false, true));
        // a row that is gone has nothing to tell
        model.write(Origin.DEVICE, transaction -> {
            transaction.delete(INTERFACE + "1.");
            return transaction;
        });
        assertThat(device.lightNews()).isEmpty();
    }

    private void watch(String name, Notification notification) {
        device.answer(new SetParameterAttributes(
                List.of(new AttributeChange(name, Optional.of(notification), Optional.empty()))));
    }

    private void change(String path, String value) {
        model.write(Origin.DEVICE, transaction -> {
            transaction.set(path, value);
            return transaction;
        });
    }
}
