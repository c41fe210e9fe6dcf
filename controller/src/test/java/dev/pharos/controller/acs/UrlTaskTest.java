// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.kind.DeviceMatch;
import dev.pharos.controller.kind.Kind;
import dev.pharos.controller.kind.Kinds;
import dev.pharos.controller.kind.Quirk;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A device of TR-069 that has one URL for its USP controller gets to know us, and forgets us.
class UrlTaskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OWN = "Device.X_ACME_USP.";
    private static final EndpointId US = EndpointId.of("self::pharos");
    private static final UspDoor WS = new UspDoor(US, "acs.example", 8183, true, new UspDoor.Way.WebSocket("/usp"));

    private final AgentOnPaper paper = new AgentOnPaper();

    @BeforeEach
    void its_kind_has_one_url() {
        paper.device.values.keySet().removeIf(name -> name.startsWith("Device.USPAgent.ControllerTrust."));
        paper.device.values.putAll(Map.of(OWN + "URL", "", OWN + "ID", "", OWN + "On", "0"));
        paper.office()
                .treats(new Kinds(List.of(new Kind(
                        "acme",
                        "a test says so",
                        "test:1",
                        DeviceMatch.ALL,
                        Map.of(
                                Quirk.USP_URL, List.of(OWN + "URL"),
                                Quirk.USP_CONTROLLER, List.of(OWN + "ID"),
                                Quirk.USP_ENABLE, List.of(OWN + "On")),
                        List.of()))));
        assertThat(paper.session(StandardEvent.BOOT)).isTrue();
        paper.device.asked.clear();
    }

    @AfterEach
    void it_stops() {
        paper.close();
    }

    private ErrandEnd ask(Errand errand) throws InterruptedException {
        Asked asked = paper.office().askNow(AgentOnPaper.ID, errand, PATIENCE);
        return asked instanceof Asked.Ended(ErrandEnd end) ? end : new ErrandEnd.GivenUp();
    }

    private long writes() {
        return paper.device.asked.stream()
                .filter(SetParameterValues.class::isInstance)
                .count();
    }

    @Test
    void it_is_told_by_one_request_and_told_nothing_when_it_forgets() throws Exception {
        assertThat(ask(new Errand.MeetController(WS)))
                .isInstanceOfSatisfying(
                        ErrandEnd.Met.class,
                        met -> assertThat(met.seen()).containsEntry("Device.DeviceInfo.SerialNumber", "S 1"));
        assertThat(paper.beneath(OWN))
                .isEqualTo(Map.of("URL", "wss://acs.example:8183/usp", "ID", "self::pharos", "On", "true"));
        assertThat(writes()).isEqualTo(1);
        assertThat(paper.beneath(AgentOnPaper.CONTROLLERS)).isEmpty();

        assertThat(ask(new Errand.LeaveController(WS))).isEqualTo(new ErrandEnd.Left(List.of()));
        assertThat(paper.beneath(OWN)).isEqualTo(Map.of("URL", "", "ID", "", "On", "false"));
        paper.device.asked.clear();
        assertThat(ask(new Errand.LeaveController(WS))).isEqualTo(new ErrandEnd.Left(List.of()));
        assertThat(writes()).isZero();
    }

    @Test
    void another_controller_that_it_has_stays() throws Exception {
        paper.device.values.put(OWN + "URL", "wss://acme.example/usp");
        assertThat(ask(new Errand.MeetController(WS)))
                .isInstanceOfSatisfying(
                        ErrandEnd.Refused.class,
                        refused -> assertThat(refused.fault().toString())
                                .contains("another controller already: wss://acme.example/usp"));
        assertThat(ask(new Errand.LeaveController(WS))).isEqualTo(new ErrandEnd.Left(List.of()));
        assertThat(paper.beneath(OWN)).containsEntry("URL", "wss://acme.example/usp");
        assertThat(writes()).isZero();
    }

    @Test
    void what_a_url_cannot_say_is_refused_and_nothing_is_written() throws Exception {
        UspDoor mqtt = new UspDoor(US, "::1", 1883, false, new UspDoor.Way.Mqtt("usp/controller/us", "usp/agent/it"));
        assertThat(ask(new Errand.MeetController(mqtt))).isInstanceOf(ErrandEnd.Refused.class);
        paper.device.unwritable = "ID";
        assertThat(ask(new Errand.MeetController(WS))).isInstanceOf(ErrandEnd.Refused.class);
        assertThat(paper.beneath(OWN)).isEqualTo(Map.of("URL", "", "ID", "", "On", "0"));
    }
}
