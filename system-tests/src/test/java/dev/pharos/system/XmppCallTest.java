// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.testkit.Prosody;
import dev.pharos.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device of TR-069 that nobody reaches but over XMPP, with Prosody between it and its ACS, where that is installed.
class XmppCallTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ID = "os::0200F0-CHATS";
    private static final String SERVER = "Device.ManagementServer.";
    private static final String ROW = "Device.XMPP.Connection.1.";
    private static final String PASSWORD = "the-device-says-this";

    @TempDir
    Path folder;

    private RunningServer server(Prosody prosody, Path trusted) throws IOException {
        List<String> options = new ArrayList<>(List.of("--http 0 --ws off --mqtt off --stomp off --cwmp 0".split(" ")));
        options.addAll(List.of("--xmpp", "acs@" + Prosody.DOMAIN, "--xmpp-server", "127.0.0.1:" + prosody.port()));
        options.addAll(List.of("--xmpp-ca", trusted.toString(), "--xmpp-password-file"));
        options.add(Files.writeString(folder.resolve("word"), "acs-word\n").toString());
        return RunningServer.here(folder.resolve("server"), options.toArray(String[]::new));
    }

    private JavaProgram device(RunningServer server, Path trusted, String listen) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("agent", "--acs", server.address("cwmp")));
        arguments.addAll(List.of("--endpoint-id", ID, "--device", "simulated", "--acs-listen", listen));
        arguments.addAll(List.of("--data", folder.resolve("device").toString(), "--ca", trusted.toString()));
        return JavaProgram.start("dev.pharos.cli.Pharos", Map.of(), arguments);
    }

    private static void becomes(RestApi rest, String path, String begin) {
        await(path)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> rest.value(ID, path).startsWith(begin));
    }

    private static void add(RestApi rest, String table, Map<String, String> values) throws Exception {
        StringBuilder settings = new StringBuilder();
        values.forEach((name, value) -> settings.append(settings.isEmpty() ? "" : ",")
                .append("{\"param\": \"%s\", \"value\": \"%s\", \"required\": true}".formatted(name, value)));
        assertThat(rest.post(
                                RestApi.device(ID) + "/usp/add",
                                "{\"allowPartial\": false, \"createObjects\": [{\"objPath\": \"%s\", \"paramSettings\": [%s]}]}"
                                        .formatted(table, settings))
                        .findValue("operSuccess"))
                .as(table)
                .isNotNull();
    }

    private void isToldWhereTheServerIs(RestApi rest, Prosody prosody) throws Exception {
        add(
                rest,
                "Device.XMPP.Connection.",
                Map.of(
                        "Username", "device",
                        "Password", PASSWORD,
                        "Domain", Prosody.DOMAIN,
                        "Resource", "gateway",
                        "UseTLS", "true",
                        "ServerConnectAlgorithm", "ServerTable",
                        "ServerRetryInitialInterval", "1",
                        "Enable", "true"));
        add(
                rest,
                ROW + "Server.",
                Map.of("ServerAddress", "127.0.0.1", "Port", Integer.toString(prosody.port()), "Enable", "true"));
        rest.set(ID, SERVER + "ConnReqXMPPConnection", "Device.XMPP.Connection.1");
    }

    /// By itself it comes once a day.
    @Test
    void it_is_told_where_the_server_is_and_called_over_that_when_nothing_else_reaches_it() throws Exception {
        assumeTrue(
                Prosody.binary().isPresent(),
                "Prosody is not installed: its tests are skipped (apt-get install prosody)");
        TestAuthority authority = new TestAuthority(folder);
        Path trusted = authority.trusted();
        try (Prosody prosody = new Prosody(folder, authority, Map.of("acs", "acs-word", "device", PASSWORD));
                RunningServer server = server(prosody, trusted)) {
            RestApi rest = server.rest();
            try (JavaProgram first = device(server, trusted, "127.0.0.1:0")) {
                rest.awaitStatus(ID, "online");
                becomes(rest, SERVER + "ConnectionRequestUsername", "pharos-");
                isToldWhereTheServerIs(rest, prosody);
                becomes(rest, SERVER + "ConnReqJabberID", "device@xmpp.test/gateway");
                becomes(rest, SERVER + "ConnReqAllowedJabberIDs", "acs@xmpp.test");
                first.terminate();
                first.awaitExit(PATIENCE);
            }
            try (JavaProgram again = device(server, trusted, "off")) {
                await("it has no door of its own")
                        .atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(IOException.class)
                        .until(() ->
                                rest.value(ID, SERVER + "ConnectionRequestURL").isEmpty());
                becomes(rest, SERVER + "ConnReqJabberID", "device@xmpp.test/gateway");
                rest.set(ID, "Device.WiFi.SSID.1.SSID", "Chatted");
                assertThat(rest.value(ID, "Device.WiFi.SSID.1.SSID")).isEqualTo("Chatted");
                assertThat(rest.value(ID, ROW + "Password")).isNotEqualTo(PASSWORD);
                again.terminate();
                again.awaitExit(PATIENCE);
            }
        }
    }
}
