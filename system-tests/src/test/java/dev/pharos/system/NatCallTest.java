// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.testkit.AddressTranslator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A device of TR-069 behind a NAT, called through it.
class NatCallTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ID = "os::0200F0-NATTED";
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String SERVER = "Device.ManagementServer.";

    @TempDir
    Path folder;

    private static InetSocketAddress at(String url) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(url).getPort());
    }

    private RunningServer server(String more) throws IOException {
        return RunningServer.here(
                folder.resolve("server"),
                List.of(("--http 0 --ws off --mqtt off --stomp off --cwmp 0 --stun 0" + more).split(" "))
                        .toArray(String[]::new));
    }

    private JavaProgram device(AddressTranslator router) throws IOException {
        return JavaProgram.start(
                "dev.pharos.cli.Pharos",
                Map.of(),
                List.of(
                        "agent",
                        "--acs",
                        "http://127.0.0.1:" + router.tcpPort() + "/cwmp",
                        "--endpoint-id",
                        ID,
                        "--device",
                        "simulated",
                        "--data",
                        folder.resolve("device").toString()));
    }

    private static String stun(AddressTranslator router) {
        return """
                {"updateObjects": [{"objPath": "Device.ManagementServer.", "paramSettings": [
                    {"param": "STUNServerAddress", "value": "127.0.0.1"},
                    {"param": "STUNServerPort", "value": "%d"},
                    {"param": "STUNMinimumKeepAlivePeriod", "value": "5"},
                    {"param": "STUNEnable", "value": "true"}]}]}
                """.formatted(router.udpPort());
    }

    private static void becomes(RestApi rest, String path, Predicate<String> wanted) {
        await(path)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> wanted.test(rest.value(ID, path)));
    }

    private static void isSeenAt(RestApi rest, InetSocketAddress outside) {
        becomes(rest, SERVER + "UDPConnectionRequestAddress", ("127.0.0.2:" + outside.getPort())::equals);
    }

    /// Its next session by itself is a day away.
    private static void comesWhenCalled(RestApi rest, String name) throws Exception {
        rest.set(ID, SSID, name);
        becomes(rest, SSID, name::equals);
    }

    /// @param more options of the server; with integrity, the device signs with a login that it gets in its
    ///     sessions
    @ParameterizedTest
    @ValueSource(strings = {"", " --stun-integrity"})
    void a_device_behind_a_nat_is_called_through_it_also_after_the_router_has_started_anew(String more)
            throws Exception {
        try (RunningServer server = server(more);
                AddressTranslator router =
                        AddressTranslator.before(at(server.address("cwmp")), at(server.address("stun")))) {
            RestApi rest = server.rest();
            try (JavaProgram first = device(router)) {
                rest.awaitStatus(ID, "online");
                assertThat(rest.get(RestApi.device(ID)).get("address").stringValue())
                        .startsWith("127.0.0.2:");
                becomes(rest, SERVER + "ConnectionRequestUsername", name -> name.startsWith("pharos-"));
                assertThat(rest.post(RestApi.device(ID) + "/usp/set", stun(router))
                                .get("nextSession"))
                        .as("waits for its next session, since it cannot be called yet")
                        .isNotNull();
                first.terminate();
                first.awaitExit(PATIENCE);
            }
            try (JavaProgram again = device(router)) {
                isSeenAt(rest, router.mapped());
                assertThat(rest.value(ID, SERVER + "NATDetected")).isEqualTo("true");
                comesWhenCalled(rest, "First");
                router.forget();
                isSeenAt(rest, router.mapped());
                comesWhenCalled(rest, "Second");
                again.terminate();
                again.awaitExit(PATIENCE);
            }
        }
    }
}
