// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `pharos demo`: one command, and a living gateway behind each transport; with `--prplos` one with files.
class DemoTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String OVER_TR069 = "os::0200F0-DEMOCWMP";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before the first test
    Path folder;

    @Test
    void the_demo_runs_a_gateway_on_each_transport_and_one_with_open_wrt_and_one_of_tr_069_until_it_is_stopped()
            throws Exception {
        Path data = folder.resolve("data");
        List<String> arguments = List.of(
                "demo",
                "--prplos",
                "--data",
                data.toString(),
                "--http",
                "0",
                "--ws",
                "0",
                "--mqtt",
                "0",
                "--stomp",
                "0",
                "--cwmp",
                "0");
        // as the launcher leaves it: where the demo finds its server
        Path build = Files.createDirectory(folder.resolve(".pharos-build"));
        Files.writeString(build.resolve("server.cp"), JavaProgram.classPath("dev.pharos.server.PharosServer"));
        Map<String, String> home = Map.of("JDK_JAVA_OPTIONS", "-Dpharos.home=" + folder);
        try (JavaProgram demo = JavaProgram.start("dev.pharos.cli.Pharos", home, arguments)) {
            demo.awaitLine(line -> line.startsWith("ready "), PATIENCE);
            demo.awaitLine(line -> line.startsWith("Ctrl-C ends it"), PATIENCE);
            RestApi rest = RestApi.of(data);
            for (String transport : List.of("WS", "MQTT", "STOMP")) {
                String id = "os::0200F0-DEMO" + transport;
                rest.awaitStatus(id, "online");
                rest.set(id, "Device.WiFi.SSID.1.SSID", "Net-" + transport);
                assertThat(rest.value(id, "Device.WiFi.SSID.1.SSID")).isEqualTo("Net-" + transport);
            }
            rest.awaitStatus(OVER_TR069, "online");
            String id = "os::0200F0-DEMOprplos";
            rest.awaitStatus(id, "online");
            rest.set(id, "Device.WiFi.SSID.1.SSID", "MyNetwork");
            demo.awaitLine(line -> line.equals("ubus: network reload"), PATIENCE);
            assertThat(rest.value(id, "Device.WiFi.SSID.1.SSID")).isEqualTo("MyNetwork");
            assertThat(rest.value(id, "Device.WiFi.SSID.1.Status")).isEqualTo("Up");
            assertThat(data.resolve("demo/prplos/etc/config/wireless"))
                    .content()
                    .containsOnlyOnce("option ssid 'MyNetwork'");
            one_job_concerns_both_protocols(rest);
            one_image_is_for_both_protocols(data, rest);
            the_gateway_of_tr_069_moves_to_usp_while_one_watches(data, rest);
            demo.terminate();
            demo.awaitExit(Duration.ofSeconds(30));
            assertThat(demo.err()).noneMatch(line -> line.contains("Exception"));
        }
    }

    private static void one_job_concerns_both_protocols(RestApi rest) throws Exception {
        await("our login for calls")
                .atMost(PATIENCE)
                .until(() -> rest.value(OVER_TR069, "Device.ManagementServer.ConnectionRequestUsername")
                        .startsWith("pharos-"));
        String set = "{\"query\":\"\",\"steps\":[{\"set\":{\"updateObjects\":[{\"objPath\":\"Device.WiFi.SSID.1.\","
                + "\"paramSettings\":[{\"param\":\"SSID\",\"value\":\"OneJob\"}]}]}}]}";
        String job = "/jobs/" + rest.post("/jobs", set).get("id").asString();
        await(job)
                .atMost(PATIENCE)
                .until(() -> rest.get(job).get("state").stringValue().equals("done"));
        assertThat(rest.get(job).get("progress").get("done").intValue()).isEqualTo(5);
        for (String id : List.of("os::0200F0-DEMOWS", OVER_TR069)) {
            assertThat(rest.value(id, "Device.WiFi.SSID.1.SSID")).isEqualTo("OneJob");
        }
    }

    private static void one_image_is_for_both_protocols(Path data, RestApi rest) throws Exception {
        Map<String, String> place = Map.of("PHAROS_DATA", data.toString());
        Path image = Files.writeString(data.resolve("box-7.1.0.img"), "as good as any image");
        run(place, "firmware", "upload", image.toString(), "--version", "7.1.0");
        String devices = "{\"devices\":[\"os::0200F0-DEMOWS\",\"" + OVER_TR069 + "\"],\"firmware\":1}";
        String job = "/jobs/" + rest.post("/jobs", devices).get("id").asString();
        await(job)
                .atMost(PATIENCE)
                .until(() -> rest.get(job).get("state").stringValue().equals("done"));
        assertThat(rest.get(job).get("progress").get("done").intValue())
                .as(rest.get(job + "/targets").toString())
                .isEqualTo(2);
        for (String id : List.of("os::0200F0-DEMOWS", OVER_TR069)) {
            assertThat(rest.get(RestApi.device(id)).get("softwareVersion").stringValue())
                    .isEqualTo("7.1.0");
        }
    }

    private static void run(Map<String, String> place, String... arguments) throws Exception {
        try (JavaProgram program = JavaProgram.start("dev.pharos.cli.Pharos", place, List.of(arguments))) {
            assertThat(program.awaitExit(PATIENCE)).as(program.output()).isZero();
        }
    }

    private static void the_gateway_of_tr_069_moves_to_usp_while_one_watches(Path data, RestApi rest) throws Exception {
        Map<String, String> place = Map.of("PHAROS_DATA", data.toString());
        String pharos = "dev.pharos.cli.Pharos";
        try (JavaProgram watch = JavaProgram.start(pharos, place, List.of("watch", OVER_TR069))) {
            watch.awaitErrorLine(line -> line.startsWith("watching "), PATIENCE);
            try (JavaProgram migrate =
                    JavaProgram.start(pharos, place, List.of("migrate", OVER_TR069, "--settle", "1", "--wait"))) {
                assertThat(migrate.awaitExit(PATIENCE)).as(migrate.output()).isZero();
                assertThat(migrate.out())
                        .extracting(line -> line.split(" +")[1])
                        .containsExactly("eligible", "configured", "connected", "verified", "stood-by", "done");
            }
            watch.awaitLine(line -> line.contains("migration  eligible: "), PATIENCE);
            watch.awaitLine(line -> line.contains("migration  done: "), PATIENCE);
        }
        assertThat(rest.get(RestApi.device(OVER_TR069)).get("transport").stringValue())
                .isEqualTo("websocket");
        assertThat(rest.value(OVER_TR069, "Device.WiFi.SSID.1.SSID")).isEqualTo("OneJob");
        assertThat(rest.value(OVER_TR069, "Device.ManagementServer.EnableCWMP")).isEqualTo("false");
    }
}
