// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.kind.DeviceMatch;
import dev.pharos.controller.kind.Kind;
import dev.pharos.controller.kind.Kinds;
import dev.pharos.controller.kind.NamePattern;
import dev.pharos.controller.kind.NameRule;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A device of TR-069 gets to know a controller of USP, and forgets it.
class MeetTaskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EndpointId US = EndpointId.of("self::pharos");
    private static final UspDoor WS = new UspDoor(US, "acs.example", 8183, true, new UspDoor.Way.WebSocket("/usp"));
    private static final UspDoor MQTT =
            new UspDoor(US, "::1", 1883, false, new UspDoor.Way.Mqtt("usp/controller/us", "usp/agent/it"));
    private static final UspDoor STOMP =
            new UspDoor(US, "acs.example", 61614, true, new UspDoor.Way.Stomp("/topic/us", "/topic/it"));

    private final AgentOnPaper paper = new AgentOnPaper();
    private final List<ErrandEnd> ends = new ArrayList<>();

    MeetTaskTest() {
        paper.office().watchedBy((_, end) -> ends.add(end));
    }

    @AfterEach
    void it_stops() {
        paper.close();
    }

    private ErrandEnd ask(Errand errand) throws InterruptedException {
        Asked asked = paper.office().askNow(AgentOnPaper.ID, errand, PATIENCE);
        return asked instanceof Asked.Ended(ErrandEnd end) ? end : new ErrandEnd.GivenUp();
    }

    private void isMet() {
        assertThat(paper.beneath(AgentOnPaper.CONTROLLERS).entrySet())
                .filteredOn(each -> !each.getKey().contains("MTP"))
                .extracting(each -> each.getKey().replaceAll("^[0-9]+\\.", "") + "=" + each.getValue())
                .containsExactlyInAnyOrder(
                        "EndpointID=self::pharos",
                        "AssignedRole=Device.USPAgent.ControllerTrust.Role.4",
                        "Enable=true");
        assertThat(paper.beneath(AgentOnPaper.CONTROLLERS).entrySet())
                .filteredOn(each -> each.getKey().contains("MTP"))
                .extracting(each -> each.getKey().replaceAll("^.*MTP\\.[0-9]+\\.", "") + "=" + each.getValue())
                .contains(
                        "Enable=true",
                        "Protocol=WebSocket",
                        "WebSocket.Host=acs.example",
                        "WebSocket.Port=8183",
                        "WebSocket.Path=/usp",
                        "WebSocket.EnableEncryption=true");
    }

    @Test
    void it_knows_the_controller_after_one_session_and_says_what_it_is() throws Exception {
        ErrandEnd end = ask(new Errand.MeetController(WS));
        isMet();
        assertThat(end)
                .isEqualTo(new ErrandEnd.Met(Map.of(
                        "Device.DeviceInfo.SerialNumber", "S 1",
                        "Device.DeviceInfo.SoftwareVersion", "1.0",
                        "Device.ManagementServer.PeriodicInformInterval", "60",
                        "Device.WiFi.SSID.1.SSID", "Home")));
        assertThat(ends).containsExactly(end);
        paper.device.asked.clear();
        assertThat(ask(new Errand.MeetController(WS))).isEqualTo(end);
        assertThat(paper.device.asked).as("nothing is left to do").noneMatch(AddObject.class::isInstance);
    }

    @Test
    void it_forgets_the_controller_and_nobody_else() throws Exception {
        paper.device.values.put(AgentOnPaper.CONTROLLERS + "77.EndpointID", "self::another");
        paper.device.values.put(AgentOnPaper.CONTROLLERS + "77.Enable", "1");
        paper.device.values.put(AgentOnPaper.CONTROLLERS + "78.EndpointID", "oui:00256D:disabled");
        paper.device.values.put(AgentOnPaper.CONTROLLERS + "78.Enable", "0");
        Map<String, String> before = paper.beneath("Device.");
        ask(new Errand.MeetController(WS));
        assertThat(ask(new Errand.LeaveController(WS)))
                .isInstanceOfSatisfying(
                        ErrandEnd.Left.class, left -> assertThat(left.rows()).hasSize(1));
        assertThat(paper.beneath("Device.")).isEqualTo(before);
        assertThat(ask(new Errand.LeaveController(WS))).isEqualTo(new ErrandEnd.Left(List.of()));
        assertThat(paper.stores.twins().list(AgentOnPaper.ID, "Device.LocalAgent.Controller.", 100))
                .noneMatch(value -> value.value().equals("self::pharos"));
    }

    @Test
    void over_a_broker_there_are_two_rows_more_and_they_go_too() throws Exception {
        Map<String, String> before = paper.beneath("Device.");
        assertThat(ask(new Errand.MeetController(MQTT))).isInstanceOf(ErrandEnd.Met.class);
        String client =
                paper.beneath("Device.MQTT.Client.").keySet().iterator().next().replaceAll("\\..*", "");
        assertThat(paper.beneath("Device.MQTT.Client." + client + "."))
                .containsEntry("BrokerAddress", "::1")
                .containsEntry("TransportProtocol", "TCP/IP")
                .containsEntry("ClientID", AgentOnPaper.ID.toString())
                .containsEntry("Enable", "true");
        assertThat(paper.beneath("Device.USPAgent.MTP.").values())
                .contains("MQTT", "Device.MQTT.Client." + client, "usp/agent/it");
        assertThat(paper.beneath(AgentOnPaper.CONTROLLERS).values()).contains("usp/controller/us");
        assertThat(ask(new Errand.LeaveController(MQTT)))
                .isInstanceOfSatisfying(
                        ErrandEnd.Left.class, left -> assertThat(left.rows()).hasSize(3));
        assertThat(paper.beneath("Device.")).isEqualTo(before);
    }

    @Test
    void a_server_of_stomp_is_a_row_of_its_own_kind() throws Exception {
        Map<String, String> before = paper.beneath("Device.");
        assertThat(ask(new Errand.MeetController(STOMP))).isInstanceOf(ErrandEnd.Met.class);
        String connection = row("Device.STOMP.Connection.");
        assertThat(paper.beneath(connection))
                .containsEntry("Host", "acs.example")
                .containsEntry("Port", "61614")
                .containsEntry("EnableEncryption", "true")
                .containsEntry("Username", AgentOnPaper.ID.toString())
                .containsEntry("Enable", "true");
        String reference = connection.substring(0, connection.length() - 1);
        assertThat(paper.beneath("Device.USPAgent.MTP.").values()).contains("STOMP", reference, "/topic/it");
        assertThat(paper.beneath(AgentOnPaper.CONTROLLERS).values()).contains("STOMP", reference, "/topic/us");
        assertThat(ask(new Errand.LeaveController(STOMP)))
                .isInstanceOfSatisfying(
                        ErrandEnd.Left.class, left -> assertThat(left.rows()).hasSize(3));
        assertThat(paper.beneath("Device.")).isEqualTo(before);
    }

    private String row(String table) {
        return table + paper.beneath(table).keySet().iterator().next().replaceAll("\\..*", "") + ".";
    }

    private void hasTheLoginThatCounts(String table) {
        BrokerLogins.Login login = paper.brokerLogins.of(AgentOnPaper.ID).orElseThrow();
        assertThat(paper.beneath(row(table)))
                .containsEntry("Username", login.userName())
                .containsEntry("Password", login.password());
        assertThat(paper.stores.twins().list(AgentOnPaper.ID, "Device.", 1000))
                .extracting(TwinValue::value)
                .doesNotContain(login.password());
    }

    @Test
    void a_broker_knows_it_by_a_login_of_its_own_which_only_the_device_has_and_which_is_another_each_time()
            throws Exception {
        for (UspDoor door : List.of(MQTT, STOMP)) {
            String table = door.brokers().orElseThrow().path();
            ask(new Errand.MeetController(door));
            hasTheLoginThatCounts(table);
            BrokerLogins.Login first = paper.brokerLogins.of(AgentOnPaper.ID).orElseThrow();
            ask(new Errand.MeetController(door));
            hasTheLoginThatCounts(table);
            assertThat(paper.brokerLogins.of(AgentOnPaper.ID)).get().isNotEqualTo(first);
        }
        assertThat(paper.beneath("Device.MQTT.Client.").keySet())
                .filteredOn(name -> name.endsWith(".Password"))
                .hasSize(1);
    }

    @Test
    void over_websocket_it_gets_none() throws Exception {
        ask(new Errand.MeetController(WS));
        assertThat(paper.brokerLogins.of(AgentOnPaper.ID)).isEmpty();
    }

    @Test
    void what_the_device_says_of_a_password_that_it_refuses_is_not_told() throws Exception {
        paper.device.unwritable = "Password";
        paper.device.echoes = true;
        ErrandEnd end = ask(new Errand.MeetController(MQTT));
        String password = paper.brokerLogins.of(AgentOnPaper.ID).orElseThrow().password();
        assertThat(end).isInstanceOf(ErrandEnd.Refused.class);
        assertThat(end.toString()).contains("read-only, not …").doesNotContain(password);
    }

    @Test
    void a_session_that_ends_at_any_moment_leaves_the_device_with_the_login_that_counts_after_the_next()
            throws Exception {
        for (int exchanges = 2; exchanges < 20; exchanges++) {
            ask(new Errand.LeaveController(MQTT));
            waits(new Errand.MeetController(MQTT));
            paper.exchanges = exchanges;
            assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
            paper.exchanges = Integer.MAX_VALUE;
            assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
            hasTheLoginThatCounts("Device.MQTT.Client.");
            assertThat(paper.beneath("Device.MQTT.Client.").keySet())
                    .as(exchanges + " exchanges")
                    .filteredOn(name -> name.endsWith(".Password"))
                    .hasSize(1);
            assertThat(paper.errands.of(AgentOnPaper.ID)).isEmpty();
        }
    }

    @Test
    void what_it_refuses_leaves_nothing_behind() throws Exception {
        Map<String, String> before = paper.beneath("Device.");
        for (String refused : List.of("EndpointID", "WebSocket.Host", "Locked")) {
            paper.device.unwritable = refused;
            // the very last write, which enables the controller
            paper.device.onSet = () -> {
                if (refused.equals("Locked") && paper.beneath("").containsValue("WebSocket")) {
                    paper.device.unwritable = "Enable";
                }
            };
            assertThat(ask(new Errand.MeetController(WS))).as(refused).isInstanceOf(ErrandEnd.Refused.class);
            assertThat(paper.beneath("Device.")).as(refused).isEqualTo(before);
        }
        for (String refused : List.of("Client", "MQTT.Reference", "MQTT.Topic")) {
            paper.device.unwritable = refused;
            assertThat(ask(new Errand.MeetController(MQTT))).as(refused).isInstanceOf(ErrandEnd.Refused.class);
            assertThat(paper.beneath("Device.")).as(refused).isEqualTo(before);
        }
    }

    @Test
    void a_session_that_ends_at_any_moment_is_gone_on_with_in_the_next_and_no_row_is_made_twice() throws Exception {
        Map<String, String> whole = wholeOnce();
        for (int exchanges = 2; exchanges < 14; exchanges++) {
            ask(new Errand.LeaveController(WS));
            waits(new Errand.MeetController(WS));
            paper.exchanges = exchanges;
            assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
            paper.exchanges = Integer.MAX_VALUE;
            assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
            isMet();
            assertThat(paper.beneath(AgentOnPaper.CONTROLLERS))
                    .as(exchanges + " exchanges")
                    .hasSameSizeAs(whole);
            assertThat(paper.errands.of(AgentOnPaper.ID)).isEmpty();
        }
    }

    /// Without a call.
    private void waits(Errand errand) {
        assertThat(paper.errands.add(AgentOnPaper.ID, errand, paper.clock.instant(), 1))
                .isPresent();
    }

    private Map<String, String> wholeOnce() throws InterruptedException {
        ask(new Errand.MeetController(WS));
        return paper.beneath(AgentOnPaper.CONTROLLERS);
    }

    /// Where the maker has what TR-181 says, by a name of its own.
    private void callsItsAgent(String name) {
        String fromTr181 = "Device.USPAgent.";
        paper.beneath(fromTr181).forEach((rest, value) -> {
            paper.device.values.remove(fromTr181 + rest);
            paper.device.values.put(name + rest, value);
        });
        paper.device.fresh.put(
                name + "Controller.", paper.device.fresh.getOrDefault(AgentOnPaper.CONTROLLERS, Map.of()));
        paper.device.informs.remove(fromTr181 + "EndpointID");
        NameRule agent = new NameRule(
                NamePattern.of("Device.LocalAgent.").orElseThrow(),
                List.of(NamePattern.of(name).orElseThrow()),
                Map.of(),
                "");
        paper.office()
                .treats(new Kinds(List.of(
                        new Kind("acme", "a test says so", "test:1", DeviceMatch.ALL, Map.of(), List.of(agent)))));
        assertThat(paper.session(StandardEvent.BOOT)).isTrue();
    }

    @Test
    void a_maker_that_calls_the_agent_otherwise_is_written_to_by_its_name_where_a_kind_says_it() throws Exception {
        String acme = "Device.X_ACME_Agent.";
        callsItsAgent(acme);
        assertThat(paper.stores.twins().find(AgentOnPaper.ID, "Device.LocalAgent.EndpointID"))
                .as("by which it is seen that it can be moved")
                .hasValueSatisfying(id -> assertThat(id.value()).isEqualTo(AgentOnPaper.ID.toString()));
        Map<String, String> before = paper.beneath("Device.");
        for (UspDoor door : List.of(WS, MQTT, STOMP)) {
            assertThat(ask(new Errand.MeetController(door))).isInstanceOf(ErrandEnd.Met.class);
            assertThat(paper.beneath(acme + "Controller.").values())
                    .contains(
                            "self::pharos",
                            acme + "ControllerTrust.Role.4",
                            door.way().protocol());
            paper.device.asked.clear();
            assertThat(ask(new Errand.MeetController(door))).isInstanceOf(ErrandEnd.Met.class);
            assertThat(paper.device.asked).as("nothing is made twice").noneMatch(AddObject.class::isInstance);
            if (door.way() instanceof UspDoor.Way.Mqtt) {
                String mtp = row(acme + "MTP.");
                assertThat(paper.beneath(acme + "Controller.").values()).contains(mtp.substring(0, mtp.length() - 1));
            }
            assertThat(ask(new Errand.LeaveController(door))).isInstanceOf(ErrandEnd.Left.class);
            assertThat(paper.beneath("Device.")).isEqualTo(before);
        }
    }

    @Test
    void sessions_that_end_over_it_again_and_again_end_it_too() throws Exception {
        waits(new Errand.MeetController(WS));
        paper.exchanges = 4;
        for (int i = 0; i < Limits.ATTEMPTS; i++) {
            assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
        }
        assertThat(ends).containsExactly(new ErrandEnd.GivenUp());
    }

    @Test
    void a_controller_that_cannot_be_removed_is_disabled() throws Exception {
        ask(new Errand.MeetController(WS));
        paper.device.undeletable = true;
        assertThat(ask(new Errand.LeaveController(WS))).isEqualTo(new ErrandEnd.Left(List.of()));
        assertThat(paper.beneath(AgentOnPaper.CONTROLLERS)).containsValue("false");
        paper.device.unwritable = "Enable";
        assertThat(ask(new Errand.LeaveController(WS))).isInstanceOf(ErrandEnd.Refused.class);
    }
}
