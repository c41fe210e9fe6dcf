// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent does over TR-069 beside the usual, with the server as its ACS, in processes of their own.
class WholeCpeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ID = "os::0200F0-WHOLE";
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String COMPRESSION = "Device.ManagementServer.HTTPCompression";
    private static final String PAGE = "page for the people at home at ";

    @TempDir
    Path folder;

    private JavaProgram device(RunningServer server) throws IOException {
        return JavaProgram.start(
                "dev.pharos.cli.Pharos",
                Map.of(),
                List.of(
                        "agent",
                        "--acs",
                        "http://127.0.0.1:" + URI.create(server.address("cwmp")).getPort() + "/cwmp",
                        "--lan-page",
                        "127.0.0.1:0",
                        "--endpoint-id",
                        ID,
                        "--device",
                        "simulated",
                        "--data",
                        folder.resolve("device").toString()));
    }

    private static void set(RestApi rest, String path, String value) throws Exception {
        rest.set(ID, path, value);
        await(path + " is " + value)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> rest.value(ID, path).equals(value));
    }

    @Test
    void it_is_managed_with_compressed_messages_and_people_at_home_ask_it_for_firmware() throws Exception {
        try (RunningServer server = RunningServer.here(
                        folder.resolve("server"), "--http 0 --ws off --mqtt off --stomp off --cwmp 0".split(" "));
                JavaProgram device = device(server);
                HttpClient browser = HttpClient.newHttpClient()) {
            String page = device.awaitErrorLine(line -> line.startsWith(PAGE), PATIENCE)
                    .substring(PAGE.length());
            RestApi rest = server.rest();
            rest.awaitStatus(ID, "online");
            for (String coding : List.of("GZIP", "Deflate", "Disabled")) {
                set(rest, COMPRESSION, coding);
                set(rest, SSID, "by " + coding);
            }
            HttpResponse<String> asked = browser.send(
                    HttpRequest.newBuilder(URI.create(page).resolve("/request"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Origin", page.replaceFirst("/$", ""))
                            .POST(HttpRequest.BodyPublishers.ofString("file=firmware"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(asked.statusCode()).isEqualTo(200);
            assertThat(asked.body()).contains("The provider is asked.");
            // the session in which it was told left nothing behind that hinders the next
            set(rest, SSID, "afterwards");
        }
    }
}
