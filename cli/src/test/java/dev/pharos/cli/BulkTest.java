// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `pharos bulk`, with a server that says what each test wants.
final class BulkTest {
    private static final String PROFILE = """
            {"number": 3, "enabled": true, "name": "", "protocol": "USPEventNotif", "encoding": "JSON",
             "interval": 60, "retained": 0, "destination": "",
             "parameters": [{"path": "Device.WiFi.Radio.*.Stats.", "name": "", "excluded": false}]}
            """;
    private static final String KNOWN = """
            {"asked": true, "enabled": true, "status": "Error", "protocols": ["USPEventNotif"], "encodings": ["JSON"],
             "minInterval": 5, "maxProfiles": 16, "topic": "usp/bulk/proto::x", "profiles": [%s],
             "received": {"deliveries": 7, "reports": 7, "kept": 70, "unknown": 2, "refused": 1,
              "last": "2026-01-01T00:00:00Z", "way": "event", "lastRefused": "2026-01-01T00:00:00Z"},
             "refusals": [{"time": "2026-01-01T00:00:00Z", "device": "proto::x", "said": "proto::x",
              "address": "192.0.2.1", "way": "http", "status": 400, "reason": "it is no JSON \\u001b[31m"}]}
            """.formatted(PROFILE);

    private final Typed typed;

    @AutoClose
    private final ServerStub server;

    BulkTest(@TempDir Path folder) throws IOException {
        typed = new Typed(folder);
        server = new ServerStub(folder);
    }

    private int bulk(String line) {
        return typed.run("bulk proto::x " + line);
    }

    private List<String> asked(String method) {
        return server.requests().stream()
                .filter(request -> request.startsWith(method + " "))
                .toList();
    }

    private void answersOfProfiles() {
        server.answers("/bulk/profiles", 201, "application/json", PROFILE)
                .answers("/bulk/profiles/3", 200, "application/json", PROFILE)
                .answers("/bulk/profiles/3/report", 204, "application/json", "");
    }

    @Test
    void what_was_refused_is_told_before_what_is_reported_and_came() {
        server.answers("/devices/proto::x/bulk", 200, "application/json", KNOWN);

        assertThat(bulk("")).isZero();

        assertThat(typed.out().lines())
                .containsExactly(
                        "1 deliveries were refused",
                        "  2026-01-01T00:00:00Z  http  it is no JSON \uFFFD[31m",
                        "reports of this device are Error",
                        "  3  on   every 60 s  event  Device.WiFi.Radio.*.Stats.",
                        "7 deliveries were taken, 70 values kept, 2 under names that are no parameters, the last"
                                + " 2026-01-01T00:00:00Z");
    }

    @Test
    void without_a_device_it_is_told_what_came_of_all_and_of_strangers() {
        server.answers("/api/v1/bulk", 200, "application/json", """
                {"devices": 2, "received": {"deliveries": 9, "reports": 9, "kept": 90, "unknown": 0, "refused": 0},
                 "outcomes": [{"outcome": "refused.401", "number": 4, "last": "2026-01-01T00:00:00Z"}],
                 "refusals": [{"time": "2026-01-01T00:00:00Z", "said": "proto::who", "address": "192.0.2.9",
                  "way": "http", "status": 401, "reason": "No device has this login."}]}
                """);

        assertThat(typed.run("bulk")).isZero();

        assertThat(typed.out().lines())
                .containsExactly(
                        "  2026-01-01T00:00:00Z  nobody of ours, proto::who at 192.0.2.9  http  No device has this login.",
                        "        4  refused.401, the last 2026-01-01T00:00:00Z",
                        "2 devices have reported",
                        "9 deliveries were taken, 90 values kept");
    }

    @Test
    void a_report_is_added_and_what_comes_is_kept_where_that_is_said() {
        answersOfProfiles();
        server.answers("/series/Device.DeviceInfo.UpTime", 200, "application/json", "{}");

        assertThat(bulk("add Device.DeviceInfo.UpTime --every 1m --retain 4 --name x --keep"))
                .isZero();

        assertThat(typed.out().strip()).isEqualTo("report 3, every 60 s; what comes is kept");
        assertThat(asked("POST"))
                .singleElement()
                .asString()
                .contains("\"event\"", "\"interval\":60", "\"retained\":4", "\"x\"", "Device.DeviceInfo.UpTime");
        assertThat(asked("PUT")).singleElement().asString().contains("/api/v1/series/");
    }

    @Test
    void it_goes_over_http_or_mqtt_where_that_is_said() {
        answersOfProfiles();

        assertThat(bulk("add Device.IP. --url https://acs.example:8443/bulk")).isZero();
        assertThat(bulk("add Device.IP. --mqtt --csv")).isZero();

        assertThat(asked("POST"))
                .satisfiesExactly(
                        http -> assertThat(http).contains("\"http\"", "https://acs.example:8443/bulk"),
                        over -> assertThat(over).contains("\"mqtt\"", "\"CSV\""));
    }

    @Test
    void one_is_changed_switched_made_now_and_removed() {
        answersOfProfiles();

        for (String line : List.of("change 3 Device.IP. --every 2m", "off 3", "on 3", "now 3", "remove 3")) {
            assertThat(bulk(line)).as(line + typed.err()).isZero();
        }

        assertThat(asked("PUT"))
                .satisfiesExactly(
                        changed -> assertThat(changed).contains("profiles/3", "\"interval\":120", "Device.IP."),
                        off -> assertThat(off).contains("\"enabled\":false"),
                        on -> assertThat(on).contains("\"enabled\":true"));
        assertThat(asked("POST")).singleElement().asString().contains("profiles/3/report");
        assertThat(asked("DELETE")).singleElement().asString().contains("profiles/3");
    }

    @Test
    void what_the_device_refuses_is_told() {
        server.answers(
                "/bulk/profiles", 422, "application/problem+json", "{\"detail\": \"The device refused: 7012 not so\"}");

        assertThat(bulk("add Device.IP.")).isEqualTo(1);
        assertThat(typed.err()).contains("7012 not so");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add",
                "now",
                "now x",
                "remove 1 2",
                "list 1",
                "fly",
                "now 1 --keep",
                "add Device.IP. --keep",
                "add Device.IP. --mqtt --url https://a/",
                "change 1",
                "on 1 --every 5m"
            })
    void wrong_usage_ends_with_2_and_asks_nobody(String line) {
        assertThat(bulk(line)).isEqualTo(2);
        assertThat(server.requests()).isEmpty();
    }
}
