// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.udp.LightweightNotification;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What devices of TR-069 tell in datagrams, which nobody answers.
final class LightNotificationTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LEVEL = "Device.X_ACME.Level";

    /// One that has come once, and has a login.
    private record Sender(String serial, String username, String password) {
        static Sender of(String serial) throws Exception {
            new VisitingDevice(SERVER.acs(), serial, new TreeMap<>(Map.of(LEVEL, "0"))).visits();
            return new Sender(serial, "", "").withLogin();
        }

        Sender withLogin() {
            JsonNode login = REST.post(path() + "/cwmp-login", "{}").json();
            return new Sender(
                    serial,
                    login.get("username").stringValue(),
                    login.get("password").stringValue());
        }

        String path() {
            return "/api/v1/devices/" + Rest.segment("os::00256D-" + serial);
        }

        void sends(Instant at, String nonce, String value) throws IOException {
            sendsFor(serial, at, nonce, value);
        }

        void sendsFor(String other, Instant at, String nonce, String value) throws IOException {
            LightweightNotification notification = new LightweightNotification(
                    at.getEpochSecond(),
                    username,
                    nonce,
                    new DeviceId("", "00256D", "", other),
                    List.of(new ParameterValue(LEVEL, PrimitiveType.STRING, value)));
            send(notification.encode("acs", password).toByteArray());
        }

        String events() {
            return REST.get(path() + "/events").response().body();
        }

        String level() {
            return REST.get(path() + "/twin?path=" + LEVEL).response().body();
        }

        void isAt(String value) {
            await(value).atMost(PATIENCE).until(() -> level().contains("\"" + value + "\""));
        }
    }

    private static void send(byte[] bytes) throws IOException {
        URI to = SERVER.notifications();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(to.getHost()), to.getPort()));
        }
    }

    private static void isRefused(String why) {
        await(why)
                .atMost(PATIENCE)
                .until(() -> REST.get("/api/v1/refused").response().body().contains(why));
    }

    @Test
    void what_is_signed_with_the_login_of_the_device_is_kept_and_told_once() throws Exception {
        Sender device = Sender.of("LIGHT1");
        Instant now = Instant.now();
        device.sends(now, "a", "one");
        device.isAt("one");
        device.sends(now, "b", "two");
        device.isAt("two");
        assertThat(device.events()).contains(LEVEL + " is one", LEVEL + " is two");

        // whoever has listened sends them again
        device.sends(now, "a", "one");
        isRefused("it has come already, or is older than another");
        device.sends(now.minusSeconds(1), "c", "one");
        device.sends(now.plusSeconds(1), "d", "three");
        device.isAt("three");
        assertThat(device.events().split(LEVEL + " is one", -1)).hasSize(2);
    }

    @Test
    void what_others_send_is_not_taken_and_is_seen_among_the_refused() throws Exception {
        Sender device = Sender.of("LIGHT2");
        Instant now = Instant.now();
        new Sender(device.serial(), device.username(), "guessed").sends(now, "x", "forged");
        isRefused("it is not signed with the password of a login that was made here");
        device.sendsFor("LIGHT1", now, "y", "forged");
        isRefused("it names a device whose login it is not");
        device.sends(now.minus(Duration.ofHours(1)), "z", "forged");
        isRefused("minutes from ours");
        send("no notification".getBytes(StandardCharsets.UTF_8));
        isRefused("no notification of TR-069");
        assertThat(device.level()).doesNotContain("forged");
    }

    @Test
    void a_login_that_is_made_anew_ends_the_one_before() throws Exception {
        Sender before = Sender.of("LIGHT3");
        Sender now = before.withLogin();
        assertThat(now.password()).isNotEqualTo(before.password());
        before.sends(Instant.now(), "e", "old");
        now.sends(Instant.now(), "f", "new");
        now.isAt("new");
        assertThat(now.events()).doesNotContain(LEVEL + " is old");
    }
}
