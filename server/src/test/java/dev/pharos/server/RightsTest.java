// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.Rest.Answer;
import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every operation of the REST interface, tried by every role.
final class RightsTest {
    private static final Rest ADMIN = TestServer.shared().rest();
    private static final String DEVICE = "/api/v1/devices/proto%3A%3Anobody-of-rights";
    private static final Map<Role, Rest> BY_ROLE = new EnumMap<>(Role.class);

    /// Asked by whoever is not signed in yet.
    private static final List<String> SIGNING_IN = List.of(
            "post /api/v1/session",
            "get /api/v1/session/ways",
            "post /api/v1/session/passkey/question",
            "post /api/v1/session/passkey");

    /// What each operation must need. It is written down once more, so that nothing is opened by mistake.
    private static final Map<Right, List<String>> NEEDED = Map.of(
            Right.SELF,
            List.of(
                    "post /api/v1/session",
                    "get /api/v1/session",
                    "delete /api/v1/session",
                    "get /api/v1/session/ways",
                    "put /api/v1/session/password",
                    "get /api/v1/session/passkeys",
                    "post /api/v1/session/passkeys",
                    "post /api/v1/session/passkeys/options",
                    "put /api/v1/session/passkeys/{passkey}",
                    "delete /api/v1/session/passkeys/{passkey}",
                    "get /api/v1/session/views",
                    "put /api/v1/session/views/{name}",
                    "delete /api/v1/session/views/{name}",
                    "get /api/v1/session/time-zone",
                    "put /api/v1/session/time-zone",
                    "post /api/v1/session/passkey/question",
                    "post /api/v1/session/passkey"),
            Right.LOOK,
            List.of(
                    "get /api/v1/bbf/v2/agents/{id}",
                    "get /api/v1/bbf/v2/agents/{id}/status",
                    "get /api/v1/bbf/v2/agents/{id}/associatedAgents",
                    "get /api/v1/bbf/v2/agents/{id}/serviceElements/{name}",
                    "get /api/v1/bbf/v2/agents/{id}/commands/{asyncRequestID}",
                    "get /api/v1/summary",
                    "get /api/v1/fleet/attention",
                    "get /api/v1/fleet/history",
                    "get /api/v1/devices",
                    "get /api/v1/devices/facets",
                    "get /api/v1/devices/{id}",
                    "get /api/v1/devices/{id}/health",
                    "get /api/v1/devices/{id}/schema",
                    "get /api/v1/devices/{id}/twin",
                    "get /api/v1/devices/{id}/subscriptions",
                    "get /api/v1/devices/{id}/events",
                    "get /api/v1/devices/{id}/timeline",
                    "get /api/v1/devices/{id}/wire",
                    "get /api/v1/devices/{id}/enrolment",
                    "get /api/v1/devices/{id}/address",
                    "get /api/v1/devices/{id}/transfers",
                    "get /api/v1/devices/{id}/options",
                    "get /api/v1/devices/{id}/cwmp-proof",
                    "get /api/v1/devices/{id}/identity",
                    "get /api/v1/devices/{id}/migration",
                    "get /api/v1/migrations",
                    "get /api/v1/migrations/candidates",
                    "get /api/v1/kinds",
                    "post /api/v1/imports/genieacs",
                    "get /api/v1/devices/{id}/kinds",
                    "post /api/v1/devices/{id}/usp/get",
                    "post /api/v1/devices/{id}/usp/instances",
                    "post /api/v1/devices/{id}/usp/schema",
                    "post /api/v1/devices/{id}/usp/protocols",
                    "get /api/v1/events",
                    "get /api/v1/events/stream",
                    "get /api/v1/wire",
                    "get /api/v1/refused",
                    "get /api/v1/groups",
                    "get /api/v1/groups/{name}",
                    "get /api/v1/firmware",
                    "get /api/v1/firmware/{id}",
                    "get /api/v1/modules",
                    "get /api/v1/modules/{id}",
                    "get /api/v1/campaigns",
                    "get /api/v1/campaigns/{id}",
                    "get /api/v1/campaigns/{id}/funnel",
                    "get /api/v1/campaigns/{id}/health",
                    "get /api/v1/campaigns/{id}/preview",
                    "get /api/v1/campaigns/{id}/report",
                    "get /api/v1/campaigns/{id}/report.csv",
                    "get /api/v1/jobs",
                    "get /api/v1/jobs/{id}",
                    "get /api/v1/jobs/{id}/targets",
                    "get /api/v1/jobs/{id}/results.csv",
                    "get /api/v1/profiles",
                    "get /api/v1/profiles/{name}",
                    "get /api/v1/profiles/{name}/versions",
                    "get /api/v1/devices/{id}/attributes",
                    "get /api/v1/devices/{id}/profile",
                    "get /api/v1/devices/{id}/diagnostics",
                    "get /api/v1/devices/{id}/diagnostics/{run}",
                    "get /api/v1/devices/{id}/files",
                    "get /api/v1/devices/{id}/files/requests/{request}",
                    "get /api/v1/alarms",
                    "get /api/v1/alarms/{id}",
                    "get /api/v1/alarm-rules",
                    "get /api/v1/alarm-rules/{name}",
                    "get /api/v1/series",
                    "get /api/v1/devices/{id}/series",
                    "get /api/v1/bulk",
                    "get /api/v1/devices/{id}/bulk"),
            Right.CHANGE,
            List.of(
                    "post /api/v1/bbf/v2/agents/{id}/serviceElements",
                    "patch /api/v1/bbf/v2/agents/{id}/serviceElements/{name}",
                    "delete /api/v1/bbf/v2/agents/{id}/serviceElements/{name}",
                    "post /api/v1/bbf/v2/agents/{id}/commands",
                    "post /api/v1/devices/{id}/swap-plan",
                    "post /api/v1/devices/{id}/swap",
                    "post /api/v1/devices/{id}/swap-undo",
                    "post /api/v1/devices/{id}/usp/set",
                    "post /api/v1/devices/{id}/usp/add",
                    "post /api/v1/devices/{id}/usp/delete",
                    "post /api/v1/devices/{id}/usp/operate",
                    "post /api/v1/devices/{id}/diagnostics",
                    "delete /api/v1/devices/{id}/diagnostics/{run}",
                    "post /api/v1/devices/{id}/files/requests",
                    "get /api/v1/devices/{id}/files/{file}",
                    "delete /api/v1/devices/{id}/files/{file}",
                    "post /api/v1/alarms/{id}/assign",
                    "post /api/v1/alarms/{id}/mute",
                    "post /api/v1/alarms/{id}/clear",
                    "post /api/v1/alarms/{id}/note"),
            Right.FLEET,
            List.of(
                    "post /api/v1/bbf/v2/agents",
                    "put /api/v1/bbf/v2/agents/{id}",
                    "delete /api/v1/bbf/v2/agents/{id}",
                    "patch /api/v1/devices/{id}",
                    "delete /api/v1/devices/{id}",
                    "post /api/v1/devices/{id}/files",
                    "put /api/v1/devices/{id}/address",
                    "delete /api/v1/devices/{id}/address",
                    "post /api/v1/devices/{id}/migration",
                    "delete /api/v1/devices/{id}/migration",
                    "post /api/v1/kinds/reading",
                    "post /api/v1/devices/{id}/enrolment",
                    "post /api/v1/devices/{id}/collector-login",
                    "post /api/v1/devices/{id}/identity",
                    "delete /api/v1/devices/{id}/identity",
                    "delete /api/v1/devices/{id}/transfers/{key}",
                    "post /api/v1/devices/{id}/options",
                    "post /api/v1/devices/{id}/bulk/profiles",
                    "put /api/v1/devices/{id}/bulk/profiles/{profile}",
                    "delete /api/v1/devices/{id}/bulk/profiles/{profile}",
                    "post /api/v1/devices/{id}/bulk/profiles/{profile}/report",
                    "post /api/v1/devices/{id}/cwmp-login",
                    "put /api/v1/devices/{id}/cwmp-proof",
                    "post /api/v1/devices/{id}/login",
                    "get /api/v1/bootstraps",
                    "post /api/v1/bootstraps",
                    "delete /api/v1/bootstraps/{name}",
                    "put /api/v1/groups/{name}",
                    "delete /api/v1/groups/{name}",
                    "post /api/v1/firmware",
                    "delete /api/v1/firmware/{id}",
                    "post /api/v1/firmware/{id}/link",
                    "post /api/v1/modules",
                    "delete /api/v1/modules/{id}",
                    "post /api/v1/modules/{id}/link",
                    "post /api/v1/alarm-rules/preview",
                    "post /api/v1/campaigns",
                    "post /api/v1/campaigns/preview",
                    "post /api/v1/campaigns/{id}/approve",
                    "post /api/v1/campaigns/{id}/start",
                    "post /api/v1/campaigns/{id}/pause",
                    "post /api/v1/campaigns/{id}/resume",
                    "post /api/v1/campaigns/{id}/stop",
                    "post /api/v1/campaigns/{id}/rollback",
                    "delete /api/v1/campaigns/{id}",
                    "post /api/v1/jobs",
                    "post /api/v1/jobs/preview",
                    "post /api/v1/jobs/{id}/pause",
                    "post /api/v1/jobs/{id}/resume",
                    "post /api/v1/jobs/{id}/cancel",
                    "get /api/v1/approvals",
                    "get /api/v1/approvals/{id}",
                    "post /api/v1/approvals/{id}/approve",
                    "post /api/v1/approvals/{id}/refuse",
                    "get /api/v1/approval-rules",
                    "post /api/v1/profiles/plan",
                    "post /api/v1/profiles/apply",
                    "post /api/v1/profiles/undo",
                    "put /api/v1/profiles/{name}",
                    "delete /api/v1/profiles/{name}",
                    "put /api/v1/devices/{id}/attributes",
                    "put /api/v1/alarm-rules/{name}",
                    "delete /api/v1/alarm-rules/{name}",
                    "put /api/v1/series/{path}",
                    "delete /api/v1/series/{path}",
                    "get /api/v1/webhooks",
                    "get /api/v1/webhooks/{name}",
                    "get /api/v1/webhooks/{name}/deliveries",
                    "post /api/v1/webhooks/{name}/test",
                    "post /api/v1/webhooks/{name}/pause",
                    "post /api/v1/webhooks/{name}/resume",
                    "post /api/v1/webhooks/{name}/replay"),
            Right.SYSTEMS,
            List.of("post /api/v1/webhooks", "delete /api/v1/webhooks/{name}", "post /api/v1/webhooks/{name}/rotate"),
            Right.AUDIT,
            List.of("get /api/v1/audit"),
            Right.PLATFORM,
            List.of(
                    "get /api/v1/tenants",
                    "post /api/v1/tenants",
                    "put /api/v1/tenants/{name}",
                    "delete /api/v1/tenants/{name}",
                    "put /api/v1/tenants/{name}/devices/{device}"),
            Right.PEOPLE,
            List.of(
                    "get /api/v1/tokens",
                    "post /api/v1/tokens",
                    "delete /api/v1/tokens/{tokenId}",
                    "get /api/v1/users",
                    "post /api/v1/users",
                    "get /api/v1/users/{name}",
                    "put /api/v1/users/{name}",
                    "delete /api/v1/users/{name}",
                    "post /api/v1/users/{name}/password",
                    "delete /api/v1/users/{name}/passkeys",
                    "get /api/v1/sessions",
                    "get /api/v1/backup",
                    "get /api/v1/system",
                    "put /api/v1/approval-rules",
                    "delete /api/v1/sessions/{session}"));

    @BeforeAll
    static void make_tokens() {
        for (Role role : Role.values()) {
            String secret = ADMIN.post("/api/v1/tokens", "{\"name\":\"rights\",\"role\":\"" + role.text() + "\"}")
                    .json()
                    .get("token")
                    .stringValue();
            BY_ROLE.put(role, ADMIN.with("Authorization", "Bearer " + secret));
        }
    }

    private static Rest as(Role role) {
        Rest rest = BY_ROLE.get(role);
        assertThat(rest).isNotNull();
        return rest;
    }

    private static Map<String, Right> needed() {
        Map<String, Right> byOperation = new TreeMap<>();
        NEEDED.forEach((right, operations) -> operations.forEach(operation -> byOperation.put(operation, right)));
        return byOperation;
    }

    @Test
    void every_operation_is_written_down_here_with_the_right_that_it_needs() {
        List<String> there = new ArrayList<>();
        ADMIN.get("/api/openapi.json")
                .json()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> there.add(operation.getKey() + " " + path.getKey())));
        assertThat(there).containsExactlyInAnyOrderElementsOf(needed().keySet());
    }

    @Test
    void a_role_that_lacks_the_right_is_refused_and_told_who_has_it() {
        needed().forEach((operation, right) -> {
            for (Role role : Role.values()) {
                if (!role.may(right)) {
                    Answer answer = tried(as(role), operation);
                    assertThat(answer.status()).as(role + " " + operation).isEqualTo(403);
                    assertThat(answer.json().get("detail").stringValue())
                            .as(role + " " + operation)
                            .contains(role.text(), right.words(), Role.names(right));
                }
            }
        });
    }

    @Test
    void a_role_that_has_the_right_is_not_refused() {
        needed().forEach((operation, right) -> {
            boolean streams = operation.endsWith("/stream") || operation.endsWith("/wire");
            for (Role role : Role.values()) {
                if (role.may(right) && !streams && right != Right.SELF) {
                    assertThat(tried(as(role), operation).status())
                            .as(role + " " + operation)
                            .isNotIn(401, 403);
                }
            }
        });
    }

    @Test
    void without_a_token_nothing_is_answered() {
        needed().keySet().stream()
                .filter(operation -> !SIGNING_IN.contains(operation))
                .forEach(operation -> assertThat(
                                tried(ADMIN.without("Authorization"), operation).status())
                        .as(operation)
                        .isEqualTo(401));
    }

    /// With nothing in the body that would do anything.
    private static Answer tried(Rest rest, String operation) {
        String method = operation.substring(0, operation.indexOf(' ')).toUpperCase(java.util.Locale.ROOT);
        String path = operation
                .substring(operation.indexOf(' ') + 1)
                .replace("/api/v1/devices/{id}", DEVICE)
                .replace("/agents/{id}", DEVICE.replace("/api/v1/devices", "/agents"))
                .replace("{id}", "999999")
                .replaceAll("\\{\\w+}", "none-of-rights");
        // images and modules are bytes, which are not said to be JSON
        boolean bare = method.equals("GET")
                || method.equals("DELETE")
                || List.of("/api/v1/firmware", "/api/v1/modules").contains(path);
        return rest.send(method, path, bare ? null : "{}");
    }

    @Test
    void support_changes_a_device_but_not_who_manages_it_its_firmware_nor_that_it_forgets_all() {
        for (String body : List.of(
                "{\"command\":\"Device.FactoryReset()\"}",
                "{\"command\":\"Device.DeviceInfo.FirmwareImage.1.Download()\"}",
                "{\"command\":\"Device.Security.Certificate.1.Delete()\"}")) {
            assertThat(as(Role.SUPPORT).post(DEVICE + "/usp/operate", body).status())
                    .as(body)
                    .isEqualTo(403);
            assertThat(as(Role.ENGINEER).post(DEVICE + "/usp/operate", body).status())
                    .as(body)
                    .isNotEqualTo(403);
        }
        assertThat(as(Role.SUPPORT)
                        .post(DEVICE + "/usp/operate", "{\"command\":\"Device.Reboot()\"}")
                        .status())
                .isNotEqualTo(403);
        String set =
                "{\"updateObjects\":[{\"objPath\":\"%s\",\"paramSettings\":[{\"param\":\"%s\",\"value\":\"x\"}]}]}";
        assertThat(as(Role.SUPPORT)
                        .post(DEVICE + "/usp/set", set.formatted("Device.WiFi.SSID.1.", "SSID"))
                        .status())
                .isNotEqualTo(403);
        for (String[] path : new String[][] {
            {"Device.LocalAgent.Controller.*.", "Enable"},
            {"Device.LocalAgent.Controller.[Alias==\"a\"].", "Enable"},
            {"Device.ManagementServer.", "URL"},
            {"InternetGatewayDevice.ManagementServer.", "URL"},
            {"Device.DeviceInfo.", "BootFirmwareImage"}
        }) {
            Answer answer =
                    as(Role.SUPPORT).post(DEVICE + "/usp/set", set.formatted(path[0].replace("\"", "\\\""), path[1]));
            assertThat(answer.status()).as(path[0]).isEqualTo(403);
            assertThat(answer.json().get("detail").stringValue()).contains(path[1], "engineer, admin");
        }
        assertThat(as(Role.SUPPORT)
                        .post(
                                DEVICE + "/usp/add",
                                "{\"createObjects\":[{\"objPath\":\"Device.LocalAgent.Controller.\"}]}")
                        .status())
                .isEqualTo(403);
        assertThat(as(Role.SUPPORT)
                        .post(DEVICE + "/usp/delete", "{\"objPaths\":[\"Device.LocalAgent.Controller.1.\"]}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void what_was_refused_stands_in_the_audit_log() {
        as(Role.VIEWER).post("/api/v1/jobs", "{}");
        JsonNode newest = ADMIN.get("/api/v1/audit?action=refused&user=rights&text=%2Fapi%2Fv1%2Fjobs&limit=1")
                .json();
        assertThat(newest.get("items").get(0).get("detail").stringValue()).startsWith("POST /api/v1/jobs");
    }
}
