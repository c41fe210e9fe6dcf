// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cli.terminal.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the verbs say that are about devices of TR-069, to a person.
final class Tr069VerbsTest {
    private static final String JSON = "application/json";

    private final Path data;
    private final Typed typed;

    Tr069VerbsTest(@TempDir Path data) {
        this.data = data;
        typed = new Typed(data);
    }

    private int run(String line) {
        return typed.run(line);
    }

    @Test
    void how_a_device_is_treated_is_said_with_the_reason_and_the_file() throws IOException {
        try (ServerStub server = new ServerStub(data)) {
            server.answers(
                    "/devices/proto::x/kinds",
                    200,
                    JSON,
                    "{\"quirks\":[{\"quirk\":\"quiet-changes\",\"values\":[\"Device.A\",\"Device.B\"],\"kind\":\"box\","
                            + "\"because\":\"seen\",\"origin\":\"a.yaml:2\"}]}");
            assertThat(run("kinds proto::x")).as(typed.err()).isZero();
            assertThat(typed.out().strip()).isEqualTo("quiet-changes: Device.A, Device.B  as box (a.yaml:2): seen");
        }
        assertThat(run("kinds proto::x --read")).isEqualTo(ExitStatus.USAGE);
        assertThat(run("kinds --names")).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void what_a_device_of_tr069_has_to_show_is_said_in_words() throws IOException {
        try (ServerStub server = new ServerStub(data)) {
            server.answers("/devices/proto::x/cwmp-proof", 200, JSON, "{\"wanted\":\"either\"}");
            assertThat(run("proof proto::x")).as(typed.err()).isZero();
            server.answers("/devices/proto::x/cwmp-proof", 200, JSON, "{\"wanted\":\"both\",\"login\":\"L-1\"}");
            assertThat(run("proof proto::x --want BOTH")).as(typed.err()).isZero();
            assertThat(typed.out().lines())
                    .containsExactly(
                            "has to show  nothing, until it has shown a certificate that names it, or has a login",
                            "login        none (--login makes one)",
                            "has to show  a certificate that names it, and its login",
                            "login        L-1");
        }
        try (ServerStub server = new ServerStub(data)) {
            server.answers("/devices/ops::x/identity", 200, JSON, "{\"id\":\"proto::x\"}");
            typed.anew();
            assertThat(run("proof ops::x --same-as proto::x")).as(typed.err()).isZero();
            assertThat(typed.out().strip()).isEqualTo("ops::x is proto::x from now on");
            server.answers(
                    "/devices/proto::x/identity",
                    200,
                    JSON,
                    "{\"id\":\"proto::x\",\"former\":[{\"id\":\"ops::x\",\"since\":\"2026-05-01T10:00:00Z\","
                            + "\"undoable\":true}]}");
            typed.anew();
            assertThat(run("proof proto::x --names")).as(typed.err()).isZero();
            assertThat(typed.out().lines())
                    .containsExactly(
                            "now      proto::x",
                            "before   ops::x   until 2026-05-01T10:00:00Z   (--apart makes it one of its own again)");
            server.answers("/devices/proto::x/identity", 200, JSON, "{\"id\":\"ops::x\"}");
            typed.anew();
            assertThat(run("proof proto::x --apart ops::x")).as(typed.err()).isZero();
            assertThat(typed.out().strip()).isEqualTo("ops::x is a device of its own again");
        }
        assertThat(run("proof proto::x --apart ops::x --same-as os::y")).isEqualTo(ExitStatus.USAGE);
        assertThat(run("proof proto::x --same-as ops::x --login")).isEqualTo(ExitStatus.USAGE);
        assertThat(run("proof proto::x --want faith")).isEqualTo(ExitStatus.USAGE);
        assertThat(run("proof proto::x --want both --login")).isEqualTo(ExitStatus.USAGE);
        assertThat(run("proof")).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void who_can_be_moved_is_said_with_the_reason() throws IOException {
        try (ServerStub server = new ServerStub(data)) {
            server.answers(
                    "/migrations/candidates",
                    200,
                    JSON,
                    "{\"items\":[{\"device\":\"os::1\",\"state\":\"able\",\"text\":\"It can be moved to ws://x/usp.\"},"
                            + "{\"device\":\"os::2\",\"state\":\"unable\",\"text\":\"It cannot be moved: it is away.\"}],"
                            + "\"nextCursor\":null,\"total\":2}");
            assertThat(run("migrate --candidates")).as(typed.err()).isZero();
            assertThat(typed.out().lines())
                    .containsExactly(
                            "able     os::1  It can be moved to ws://x/usp.",
                            "unable   os::2  It cannot be moved: it is away.");
            assertThat(run("migrate --candidates gateway --to mqtt --json")).isZero();
            assertThat(typed.out()).contains("\"total\": 2".replace(" ", ""));
        }
        assertThat(run("migrate os::1 --candidates x")).isEqualTo(ExitStatus.USAGE);
        assertThat(run("migrate --candidates --back")).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void what_a_device_tells_of_is_said_beside_what_is_wanted() throws IOException {
        try (ServerStub server = new ServerStub(data)) {
            server.answers(
                    "/devices/proto::x/subscriptions",
                    200,
                    JSON,
                    "{\"items\":[{\"notifType\":\"ValueChange\",\"referenceList\":\"Device.A,Device.B\",\"wanted\":true,"
                            + "\"present\":false,\"told\":\"not\",\"refusal\":\"9009 no\"},{\"id\":\"boot\","
                            + "\"notifType\":\"Event\",\"referenceList\":\"Device.Boot!\",\"wanted\":true,"
                            + "\"present\":false,\"told\":\"\",\"refusal\":\"\"}]}");
            assertThat(run("subscriptions proto::x")).as(typed.err()).isEqualTo(ExitStatus.DENIED);
            assertThat(typed.out().lines())
                    .containsExactly(
                            "not as wanted  ValueChange  not told; the device refuses what is wanted: 9009 no",
                            "  Device.A",
                            "  Device.B",
                            "missing  Event  boot",
                            "  Device.Boot!");
        }
        assertThat(run("subscriptions")).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void by_which_names_a_device_is_known_is_said_with_its_own() throws IOException {
        try (ServerStub server = new ServerStub(data)) {
            server.answers(
                    "/devices/proto::x/twin",
                    200,
                    JSON,
                    "{\"items\":[{\"path\":\"Device.A\",\"value\":\"1\",\"from\":\"InternetGatewayDevice.B\"},"
                            + "{\"path\":\"Device.C\",\"value\":\"2\"}]}");
            assertThat(run("kinds proto::x --names")).as(typed.err()).isZero();
            assertThat(typed.out().strip()).isEqualTo("Device.A  InternetGatewayDevice.B");
        }
    }
}
