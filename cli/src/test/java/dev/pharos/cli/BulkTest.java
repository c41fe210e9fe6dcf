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
    private static final String ROW = """
            {"createdObjectResults": [{"requestedPath": "x", "operStatus":
             {"operSuccess": {"instantiatedPath": "Device.BulkData.Profile.3.", "paramErrs": [], "uniqueKeys": {}}}}]}
            """;
    private static final String KNOWN = """
            {"requestedPathResults": [{"requestedPath": "Device.BulkData.", "errCode": 0, "errMsg": "",
             "resolvedPathResults": [
              {"resolvedPath": "Device.BulkData.", "resultParams": {"Enable": "true", "Status": "Error"}},
              {"resolvedPath": "Device.BulkData.Profile.3.",
               "resultParams": {"Enable": "true", "ReportingInterval": "60", "Protocol": "USPEventNotif"}},
              {"resolvedPath": "Device.BulkData.Profile.3.Parameter.1.",
               "resultParams": {"Reference": "Device.WiFi.Radio.*.Stats."}},
              {"resolvedPath": "Device.BulkData.Profile.3.HTTP.", "resultParams": {"URL": ""}}]}]}
            """;

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

    private void answers(String verb, String body) {
        server.answers("/usp/" + verb, 200, "application/json", body);
    }

    private void isAgreeable() {
        answers("set", "{\"updatedObjectResults\": []}");
        answers("add", ROW);
        answers("get", KNOWN);
        answers("delete", "{\"deletedObjectResults\": [{\"operStatus\": {\"operSuccess\": {}}}]}");
    }

    private List<String> asked(String verb) {
        return server.requests().stream()
                .filter(request -> request.contains("/usp/" + verb + " "))
                .toList();
    }

    @Test
    void reports_are_listed_with_what_is_in_them() {
        isAgreeable();

        assertThat(bulk("")).isZero();

        assertThat(typed.out().lines())
                .containsExactly(
                        "reports of this device are Error", "  3  on   every 60 s  event  Device.WiFi.Radio.*.Stats.");
    }

    @Test
    void a_report_is_begun_when_all_of_it_is_there_and_is_switched_on_last() {
        isAgreeable();
        server.answers("/series/Device.DeviceInfo.UpTime", 200, "application/json", "{}");

        assertThat(bulk("add Device.DeviceInfo.UpTime --every 1m --keep")).isZero();

        assertThat(typed.out().strip()).isEqualTo("report 3, every 60 s; what comes is kept");
        assertThat(asked("add"))
                .satisfiesExactly(
                        profile -> assertThat(profile).contains("USPEventNotif", "\"60\""),
                        parameter ->
                                assertThat(parameter).contains("Profile.3.Parameter.", "Device.DeviceInfo.UpTime"));
        assertThat(asked("set").getLast()).contains("Device.BulkData.Profile.3.", "Enable");
        assertThat(server.requests()).anyMatch(request -> request.startsWith("PUT /api/v1/series/"));
        assertThat(asked("delete")).isEmpty();
    }

    @Test
    void over_http_the_device_gets_a_login_of_its_own() {
        isAgreeable();
        server.answers(
                "/collector-login",
                200,
                "application/json",
                "{\"username\": \"proto::x\", \"password\": \"only-once\"}");

        assertThat(bulk("add Device.IP. --url https://acs.example:8443/bulk")).isZero();

        assertThat(asked("set"))
                .anySatisfy(request ->
                        assertThat(request).contains("Profile.3.HTTP.", "https://acs.example:8443/bulk", "only-once"));
        assertThat(typed.out()).doesNotContain("only-once");
    }

    @Test
    void what_the_device_refuses_leaves_no_half_of_a_report() {
        isAgreeable();
        answers("set", """
                {"updatedObjectResults": [{"operStatus": {"operFailure":
                 {"errCode": 7012, "errMsg": "not so", "updatedInstanceFailures": []}}}]}
                """);
        assertThat(bulk("add Device.IP.")).isEqualTo(1);
        assertThat(typed.err()).contains("7012 not so");
        assertThat(asked("add")).as("nothing was begun").isEmpty();

        answers("set", "{\"updatedObjectResults\": []}");
        server.answers("/collector-login", 200, "application/json", "{}");
        server.answersNext("/usp/add", 1, """
                {"createdObjectResults": [{"operStatus": {"operFailure": {"errCode": 7026, "errMsg": "no such path"}}}]}
                """);
        assertThat(bulk("add Device.Nowhere.")).isEqualTo(1);
        assertThat(typed.err()).contains("7026 no such path");
        assertThat(asked("delete")).singleElement().asString().contains("Device.BulkData.Profile.3.");
    }

    @Test
    void one_is_made_now_and_removed() {
        isAgreeable();
        answers("operate", "{\"operationResults\": [{\"executedCommand\": \"x\", \"reqOutputArgs\": {}}]}");

        assertThat(bulk("now 3")).isZero();
        assertThat(bulk("remove 3")).isZero();

        assertThat(asked("operate").getFirst()).contains("Device.BulkData.Profile.3.ForceCollection()");
        assertThat(asked("delete")).as("another one needs the subscription").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"add", "now", "now x", "remove 1 2", "list 1", "fly", "now 1 --keep", "add Device.IP. --keep"})
    void wrong_usage_ends_with_2_and_asks_nobody(String line) {
        assertThat(bulk(line)).isEqualTo(2);
        assertThat(server.requests()).isEmpty();
    }
}
