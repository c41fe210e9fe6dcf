// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.server.rate.Rate;
import dev.pharos.usp.EndpointId;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// Two tenants on one server, tried against each other on every operation of the REST interface.
final class TenantsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final EndpointId ID = EndpointId.of("proto::zebra");
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    /// They go on until the reader goes, and have tests of their own.
    private static final List<String> STREAMS = List.of("get /api/v1/events/stream", "get /api/v1/wire");

    /// They make what is not there, for which another's name is not free.
    private static final List<String> MAKING =
            List.of("put /api/v1/devices/{id}/address", "post /api/v1/devices/{id}/login");

    @TempDir
    static Path folder;

    private static TestServer server;
    private static HomeGateway gateway;
    private static Rest main;
    private static Rest brand;

    /// What main has, by the beginning of the address, and what is like it and is not there.
    private static final Map<String, List<String>> OWNED = new LinkedHashMap<>();

    @BeforeAll
    static void two_tenants() throws Exception {
        ServerOptions options = TestServer.options(folder);
        options.bbfApi = true;
        // which does not fill again while this runs
        options.rates.requests = new RateOptions.Choice(Optional.of(Rate.parse("1/h:100000")));
        server = TestServer.with(options);
        main = server.rest();
        gateway = new HomeGateway(ID, server.ws());
        String device = "/api/v1/devices/" + Rest.segment(ID);
        await().atMost(PATIENCE)
                .until(() -> main.get(device + "/events").response().body().contains("onboarded"));
        made(main.send("PUT", "/api/v1/groups/zebra", "{\"query\":\"tag:zebra\"}"));
        made(main.send(
                "PUT",
                "/api/v1/alarm-rules/zebra",
                "{\"severity\":\"minor\",\"query\":\"\",\"when\":\"online:false\"}"));
        made(main.post("/api/v1/webhooks", "{\"name\":\"zebra\",\"url\":\"https://zebra.example/\"}"));
        made(main.post("/api/v1/users", "{\"name\":\"zebra-anna\",\"role\":\"viewer\"}"));
        made(main.post("/api/v1/bootstraps", "{\"name\":\"zebra\",\"devices\":\"os::zebra*\",\"most\":1}"));
        made(main.send("PUT", "/api/v1/series/Device.DeviceInfo.UpTime", null));
        made(main.send("PUT", device + "/attributes", "{\"attributes\":{\"zebra\":\"striped\"}}"));
        JsonNode token = made(main.post("/api/v1/tokens", "{\"name\":\"zebra-token\",\"role\":\"viewer\"}"));
        JsonNode job = made(
                main.post(
                        "/api/v1/jobs",
                        "{\"name\":\"zebra\",\"query\":\"\",\"steps\":[{\"get\":{\"paths\":[\"Device.DeviceInfo.UpTime\"]}}]}"));
        OWNED.put("/api/v1/devices/", List.of(Rest.segment(ID), "proto%3A%3Anobody"));
        OWNED.put("/api/v1/bbf/v2/agents/", List.of(Rest.segment(ID), "proto%3A%3Anobody"));
        for (String named : List.of("groups", "alarm-rules", "webhooks", "bootstraps", "profiles")) {
            OWNED.put("/api/v1/" + named + "/", List.of("zebra", "nobody"));
        }
        OWNED.put("/api/v1/users/", List.of("zebra-anna", "nobody"));
        OWNED.put("/api/v1/tokens/", List.of(token.get("id").stringValue(), "AAAAAAAAAAAA"));
        OWNED.put("/api/v1/jobs/", List.of(job.get("id").toString(), "4711"));
        OWNED.put("/api/v1/series/", List.of("Device.DeviceInfo.UpTime", "Device.DeviceInfo.Other"));
        OWNED.put("/api/v1/sessions/", List.of("0000000000000000", "1111111111111111"));
        OWNED.put("/api/v1/tenants/", List.of("main", "nobody"));
        brand = TenantAdministrator.make(main, "brand", "bea").token();
    }

    @AfterAll
    static void end() {
        gateway.close();
        server.close();
    }

    private static JsonNode made(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isBetween(200, 204);
        return answer.status() == 204 ? NullNode.getInstance() : answer.json();
    }

    private static String detail(Answer answer) {
        return answer.json().get("detail").stringValue();
    }

    private static Answer state(String tenant, String state) {
        return main.send("PUT", "/api/v1/tenants/" + tenant, "{\"state\":\"" + state + "\"}");
    }

    private static List<String> operations() {
        List<String> operations = new ArrayList<>();
        main.get("/api/openapi.json")
                .json()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(method.getKey() + " " + path.getKey())));
        return operations;
    }

    /// @param which 0 for what main has, 1 for what is not there
    private static String address(String path, int which) {
        String value = OWNED.entrySet().stream()
                .filter(each -> path.startsWith(each.getKey()))
                .map(each -> each.getValue().get(which))
                .findFirst()
                .orElse(which == 0 ? "1" : "4711");
        Matcher first = VARIABLE.matcher(path);
        return VARIABLE.matcher(first.replaceFirst(Matcher.quoteReplacement(value)))
                .replaceAll("1");
    }

    private static String compared(Answer answer, String path, int which) {
        String place = address(path, which).substring(path.indexOf('{'));
        String named = URLDecoder.decode(place.split("/")[0], StandardCharsets.UTF_8);
        return answer.status() + " "
                + answer.response()
                        .body()
                        .replaceAll("(?<![A-Za-z0-9])" + Pattern.quote(named) + "(?![A-Za-z0-9])", "ID")
                        .replaceAll("[0-9-]{10}T[0-9:.]+Z", "TIME");
    }

    @Test
    void what_one_tenant_has_is_for_another_as_what_is_not_there_on_every_operation() {
        List<String> tried = new ArrayList<>();
        for (String operation : operations()) {
            String method = operation.split(" ")[0].toUpperCase(Locale.ROOT);
            String path = operation.split(" ")[1];
            if (path.contains("{") && !path.startsWith("/api/v1/tenants/")) {
                String body = method.equals("GET") || method.equals("DELETE") ? null : "{}";
                Answer theirs = brand.send(method, address(path, 0), body);
                if (MAKING.contains(operation)) {
                    assertThat(theirs.status()).as(operation).isEqualTo(409);
                    assertThat(detail(theirs))
                            .isEqualTo("The Endpoint ID " + ID + " is in use on this server already.");
                    continue;
                }
                Answer nobodys = brand.send(method, address(path, 1), body);
                assertThat(compared(theirs, path, 0)).as(operation).isEqualTo(compared(nobodys, path, 1));
                assertThat(theirs.response().body()).as(operation).doesNotContain("striped", "tag:zebra");
                tried.add(operation);
            }
        }
        assertThat(tried).hasSizeGreaterThan(100).anyMatch(operation -> operation.contains("/agents/{id}"));
        for (Map.Entry<String, List<String>> owned : OWNED.entrySet()) {
            String address = owned.getKey() + owned.getValue().getFirst();
            if (!List.of(
                            "/api/v1/tokens/",
                            "/api/v1/sessions/",
                            "/api/v1/series/",
                            "/api/v1/bootstraps/",
                            "/api/v1/profiles/",
                            "/api/v1/tenants/",
                            "/api/v1/bbf/v2/agents/")
                    .contains(owned.getKey())) {
                assertThat(main.get(address).status()).as(address).isEqualTo(200);
            }
        }
        assertThat(main.get("/api/v1/tokens").response().body()).contains("zebra-token");
        assertThat(main.get("/api/v1/series").response().body()).contains("Device.DeviceInfo.UpTime");
        assertThat(main.get("/api/v1/bootstraps").response().body()).contains("zebra");
    }

    @Test
    void no_list_of_one_tenant_has_anything_of_another() {
        for (String operation : operations()) {
            String path = operation.split(" ")[1];
            boolean list = operation.startsWith("get ") && !path.contains("{") && !STREAMS.contains(operation);
            if (list && !path.equals("/api/v1/audit")) {
                Answer answer = brand.get(path);
                assertThat(answer.response().body().toLowerCase(Locale.ROOT))
                        .as(operation + " " + answer.status())
                        .doesNotContain("zebra-", "proto::zebra", "\"zebra\"", "zebra.example");
            }
        }
        // what they tried themselves names what they tried
        brand.get("/api/v1/audit")
                .json()
                .get("items")
                .forEach(entry -> assertThat(entry.get("user").stringValue())
                        .as("who made the tenant stands in its log too")
                        .matches("bea.*|admin of main"));
        assertThat(brand.get("/api/v1/summary").json().get("devices").longValue())
                .isZero();
        assertThat(brand.get("/metrics").status()).isEqualTo(403);
        assertThat(brand.get("/api/v1/wire").status()).isEqualTo(403);
        assertThat(brand.get("/api/v1/backup").status()).isEqualTo(403);
        assertThat(brand.get("/api/v1/system").status()).isEqualTo(403);
        assertThat(brand.get("/api/v1/refused").status()).isEqualTo(403);
        assertThat(brand.get("/api/v1/tenants").status()).isEqualTo(403);
        assertThat(detail(brand.get("/api/v1/tenants")))
                .isEqualTo("This is about the whole server, which administrators of the tenant main look after.");
        for (String whole : List.of("/metrics", "/api/v1/system", "/api/v1/refused", "/api/v1/tenants")) {
            assertThat(main.get(whole).status()).as(whole).isEqualTo(200);
        }
    }

    @Test
    void the_stream_of_one_tenant_tells_nothing_of_another() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (Stream<String> lines = brand.lines("/api/v1/events/stream")) {
            Thread.ofVirtual().start(() -> told(lines, told));
            made(main.send("PATCH", "/api/v1/devices/" + Rest.segment(ID), "{\"tags\":[\"zebra-tag\"]}"));
            made(
                    main.post(
                            "/api/v1/jobs",
                            "{\"name\":\"zebra\",\"query\":\"\",\"steps\":[{\"get\":{\"paths\":[\"Device.DeviceInfo.UpTime\"]}}]}"));
            made(brand.post(
                    "/api/v1/jobs",
                    "{\"name\":\"ours\",\"query\":\"\",\"allowEmpty\":true,"
                            + "\"steps\":[{\"get\":{\"paths\":[\"Device.DeviceInfo.UpTime\"]}}]}"));
            String first = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(first).contains("ours");
        }
    }

    private static void told(Stream<String> lines, BlockingQueue<String> told) {
        try {
            lines.filter(line -> line.startsWith("data:")).forEach(told::add);
        } catch (UncheckedIOException closed) {
            // the test has heard enough
        }
    }

    @Test
    void a_device_is_another_tenants_from_when_it_is_given_with_an_entry_in_the_log_of_each() {
        EndpointId given = EndpointId.of("proto::okapi");
        String device = "/api/v1/devices/" + Rest.segment(given);
        String give = "/api/v1/tenants/brand/devices/" + Rest.segment(given);
        assertThat(main.send("PUT", give, "{}").status()).isEqualTo(404);
        made(main.post(device + "/login", "{}"));
        assertThat(brand.get(device).status()).isEqualTo(404);
        made(main.send("PUT", give, "{}"));
        assertThat(brand.get(device).status()).isEqualTo(200);
        assertThat(main.get(device).status()).isEqualTo(404);
        assertThat(main.post(device + "/login", "{}").status()).as("not free").isEqualTo(409);
        assertThat(main.post("/api/v1/bbf/v2/agents", "{\"agentID\":\"proto::okapi\"}")
                        .status())
                .isEqualTo(400);
        assertThat(main.get("/api/v1/audit?action=give%20to%20tenant")
                        .response()
                        .body())
                .contains("proto::okapi", "\"brand\"");
        JsonNode entry = brand.get("/api/v1/audit?action=give%20to%20tenant")
                .json()
                .get("items")
                .get(0);
        assertThat(entry.get("user").stringValue()).endsWith(" of main");
        assertThat(entry.get("detail").stringValue()).isEqualTo("is of this tenant now");
        assertThat(main.send("PUT", "/api/v1/tenants/nobody/devices/" + Rest.segment(given), "{}")
                        .status())
                .isEqualTo(404);
        made(brand.send("DELETE", device, null));
        assertThat(main.post(device + "/login", "{}").status()).isEqualTo(200);
        made(main.send("DELETE", device, null));
    }

    @Test
    void what_a_body_names_of_another_tenant_is_what_is_not_there() {
        String own = "proto::gnu";
        String device = "/api/v1/devices/" + Rest.segment(own);
        made(brand.post(device + "/login", "{}"));
        for (List<String> named : List.of(
                List.of(device + "/identity", "{\"sameAs\":\"%s\"}"),
                List.of(device + "/swap-plan?from=%s", "{}"),
                List.of(device + "/swap?from=%s", "{}"),
                List.of(
                        "/api/v1/jobs/preview",
                        "{\"devices\":[\"%s\"],\"steps\":[{\"get\":{\"paths\":[\"Device.DeviceInfo.UpTime\"]}}]}"))) {
            String theirs = answered(named, ID.toString());
            assertThat(theirs.replace(ID.toString(), "ID"))
                    .as(named.getFirst())
                    .isEqualTo(answered(named, "proto::nobody").replace("proto::nobody", "ID"));
        }
        made(brand.send("DELETE", device, null));
    }

    private static String answered(List<String> named, String device) {
        Answer answer = brand.post(
                named.getFirst().replace("%s", Rest.segment(device)),
                named.getLast().replace("%s", device));
        return answer.status() + " " + answer.response().body();
    }

    @Test
    void nobody_of_a_suspended_tenant_is_let_in_until_it_is_active_again() {
        TenantAdministrator lea = TenantAdministrator.make(main, "lab", "lea");
        Rest nobody = main.without("Authorization");
        assertThat(lea.page().get("/api/v1/session").json().get("rights").toString())
                .contains("people")
                .doesNotContain("platform");
        assertThat(state("lab", "closed").status()).isEqualTo(400);
        assertThat(state("lab", "suspended").json().get("state").stringValue()).isEqualTo("suspended");
        assertThat(lea.token().get("/api/v1/devices").status()).isEqualTo(401);
        assertThat(detail(lea.token().get("/api/v1/devices"))).isEqualTo("The tenant of this token is suspended.");
        assertThat(lea.page().get("/api/v1/devices").status()).isEqualTo(401);
        Answer refused = TenantAdministrator.signIn(nobody, "lab", "lea", TenantAdministrator.PASSWORD);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(detail(refused))
                .isEqualTo(detail(TenantAdministrator.signIn(nobody, "nowhere", "lea", TenantAdministrator.PASSWORD)));
        assertThat(main.get("/api/v1/audit?action=sign-in%20refused&user=lea")
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(2);
        assertThat(brand.get("/api/v1/devices").status()).isEqualTo(200);
        made(state("lab", "active"));
        assertThat(lea.token().get("/api/v1/devices").status()).isEqualTo(200);
        assertThat(TenantAdministrator.signIn(nobody, "lab", "lea", TenantAdministrator.PASSWORD)
                        .status())
                .isEqualTo(200);
        assertThat(state("main", "suspended").status()).as("the first one").isEqualTo(409);
        assertThat(state("nobody", "suspended").status()).isEqualTo(404);
    }

    @Test
    void a_tenant_is_removed_when_it_is_suspended_has_no_devices_and_its_name_is_said_once_more() {
        TenantAdministrator pia = TenantAdministrator.make(main, "shop", "pia");
        String device = "/api/v1/devices/proto%3A%3Atapir";
        made(pia.token().post(device + "/login", "{}"));
        String shop = "/api/v1/tenants/shop";
        assertThat(detail(main.send("DELETE", shop + "?confirm=shop", null))).contains("Suspend shop first");
        made(state("shop", "suspended"));
        assertThat(detail(main.send("DELETE", shop + "?confirm=shop", null))).contains("shop has 1 devices");
        made(main.send("PUT", "/api/v1/tenants/main/devices/proto%3A%3Atapir", "{}"));
        assertThat(main.send("DELETE", shop, null).status()).isEqualTo(400);
        assertThat(main.send("DELETE", shop + "?confirm=main", null).status()).isEqualTo(400);
        made(main.send("DELETE", shop + "?confirm=shop", null));
        assertThat(main.send("DELETE", shop + "?confirm=shop", null).status()).isEqualTo(404);
        assertThat(detail(pia.token().get("/api/v1/devices"))).contains("not known here");
        assertThat(pia.page().get("/api/v1/devices").status()).isEqualTo(401);
        assertThat(main.get("/api/v1/tenants").response().body()).doesNotContain("shop");
        assertThat(main.get(device).status()).isEqualTo(200);
        made(main.send("DELETE", device, null));
        assertThat(main.send("DELETE", "/api/v1/tenants/main?confirm=main", null)
                        .status())
                .isEqualTo(409);
        TenantAdministrator again = TenantAdministrator.make(main, "shop", "pia");
        assertThat(again.token().get("/api/v1/users").json().get("items").size())
                .isEqualTo(1);
    }

    @Test
    void a_name_that_is_taken_or_none_is_refused_with_what_is_allowed() {
        for (String wrong : List.of("A", "x", "-brand", "brand-", "two words", "a".repeat(41), "../etc")) {
            Answer refused = main.post("/api/v1/tenants", "{\"name\":\"" + wrong + "\",\"administrator\":\"bea\"}");
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(detail(refused)).contains("2 to 40 small letters or digits");
        }
        assertThat(main.post("/api/v1/tenants", "{\"name\":\"other\",\"administrator\":\"\"}")
                        .status())
                .isEqualTo(400);
        assertThat(main.post("/api/v1/tenants", "{\"name\":\"other\"}").status())
                .isEqualTo(400);
        assertThat(detail(main.post("/api/v1/tenants", "{\"name\":\"brand\",\"administrator\":\"bea\"}")))
                .contains("A tenant is called brand");
        assertThat(main.get("/api/v1/tenants").response().body()).doesNotContain("other");
    }

    @Test
    void tokens_of_one_name_in_two_tenants_are_counted_apart() {
        long left = Long.parseLong(brand.get("/api/v1/session").header("RateLimit-Remaining"));
        JsonNode twin = made(main.post("/api/v1/tokens", "{\"name\":\"bea-token\",\"role\":\"viewer\"}"));
        Rest same = main.with("Authorization", "Bearer " + twin.get("token").stringValue());
        for (int i = 0; i < 5; i++) {
            same.get("/api/v1/summary");
        }
        assertThat(Long.parseLong(brand.get("/api/v1/session").header("RateLimit-Remaining")))
                .isEqualTo(left - 1);
    }
}
