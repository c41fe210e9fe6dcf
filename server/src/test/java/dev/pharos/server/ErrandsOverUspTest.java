// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A device that is asked over TR-069, cannot be called, and then is there over USP.
final class ErrandsOverUspTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final EndpointId ID = EndpointId.of("os::00256D-CROSSES");
    private static final String DEVICE = "/api/v1/devices/" + Rest.segment(ID);

    private static void waits(String what, String body) {
        Rest.Answer answer = REST.post(DEVICE + "/usp/" + what, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.json().at("/nextSession/queued").booleanValue()).isTrue();
    }

    @Test
    void what_waited_for_a_session_is_done_when_the_device_comes_over_usp() throws Exception {
        new VisitingDevice(SERVER.acs(), "CROSSES", Map.of("Device.DeviceInfo.SoftwareVersion", "1.0")).visits();
        waits(
                "set",
                "{\"updateObjects\":[{\"objPath\":\"Device.WiFi.SSID.1.\",\"paramSettings\":[{\"param\":\"SSID\","
                        + "\"value\":\"Crossed\"}]}]}");
        waits(
                "set",
                "{\"updateObjects\":[{\"objPath\":\"Device.Nothing.\",\"paramSettings\":[{\"param\":\"A\",\"value\":\"b\"}]}]}");
        waits("add", "{\"createObjects\":[{\"objPath\":\"Device.LocalAgent.Subscription.\"}]}");

        try (HomeGateway _ = new HomeGateway(ID, SERVER.ws())) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(
                            () -> REST.get(DEVICE + "/events?limit=100")
                                    .response()
                                    .body(),
                            told -> List.of(
                                            ": set Device.WiFi.SSID.1.SSID\"",
                                            ": set Device.Nothing.A: 7",
                                            ": add a row to Device.LocalAgent.Subscription., which is Device.LocalAgent.")
                                    .stream()
                                    .allMatch(told::contains));
            assertThat(REST.post(DEVICE + "/usp/get", "{\"paths\":[\"Device.WiFi.SSID.1.SSID\"]}")
                            .json()
                            .at("/requestedPathResults/0/resolvedPathResults/0/resultParams/SSID")
                            .stringValue())
                    .isEqualTo("Crossed");
        }
    }
}
