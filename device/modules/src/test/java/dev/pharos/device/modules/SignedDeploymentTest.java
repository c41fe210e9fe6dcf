// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.software.ModuleSigners;
import dev.pharos.pki.Authority;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.Validity;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.FileServer;
import dev.pharos.testkit.FileServer.Mood;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deployment units that somebody must have signed, with real archives and keys.
final class SignedDeploymentTest {
    private static final String STAYING = "exec sleep 3600\n";
    private static final String ARCHIVE = "hello.tar.gz";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private FileServer server;

    private final Validity always = Validity.days(Instant.now(), 10);
    private final Authority maker = Authority.create("Maker", KeyKind.EC, always);
    private final Authority other = Authority.create("Other", KeyKind.EC, always);

    /// That of version 1.0.0, with the time at which it was made.
    private byte[] first = {};

    @BeforeEach
    void serve() throws Exception {
        first = UnitArchive.of("1.0.0", STAYING).bytes();
        server = FileServer.of(first);
        signed(signature(maker, first));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static byte[] signature(Authority by, byte[] archive) throws Exception {
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(by.key());
        signing.update(archive);
        return signing.sign();
    }

    private void signed(byte[] signature) {
        server.beside(ARCHIVE + ".sig", signature);
    }

    private ModulesHost host(ModuleSigners signers) throws IOException, InterruptedException {
        return new ModulesHost(
                folder.resolve("modules"), ModulesHost.CGROUPS, Duration.ofHours(23), Duration.ofMillis(500), signers);
    }

    private ModulesHost host() throws IOException, InterruptedException {
        return host(new ModuleSigners(List.of(maker.certificate())));
    }

    private static void refused(int code, String why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        UspException.class,
                        failure -> assertThat(failure.code().code()).isEqualTo(code));
    }

    private List<Path> releases() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("modules/units"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /// How an update to a version is spoilt.
    @FunctionalInterface
    private interface Spoiling {
        void with(byte[] signature) throws Exception;
    }

    @Test
    @Requirement("R-SMM.1")
    void an_update_that_none_of_them_has_signed_leaves_the_old_version_running_and_says_why() throws Exception {
        byte[] next = UnitArchive.of("1.1.0", STAYING).bytes();
        byte[] good = signature(maker, next);
        byte[] before = signature(maker, first);
        record Case(String what, Spoiling spoiling, int code, String why) {}
        List<Case> cases = List.of(
                new Case("none", _ -> server.will(new Mood.Refusing(404, "", "")), 7036, "status 404"),
                new Case("by somebody else", _ -> signed(signature(other, next)), 7036, "by nobody"),
                new Case("of the old version", _ -> signed(before), 7036, "by nobody"),
                new Case("cut", real -> signed(Arrays.copyOf(real, real.length - 3)), 7036, "by nobody"),
                new Case("empty", _ -> signed(new byte[0]), 7036, "by nobody"),
                new Case("huge", _ -> signed(new byte[3_000_000]), 7036, "more than 2048 bytes"),
                new Case("stalls", _ -> server.will(new Mood.Stalling(0), new Mood.Stalling(0)), 7033, "stalls"),
                new Case("half", _ -> server.will(new Mood.Stalling(9), new Mood.Stalling(0)), 7033, "signature"));
        try (ModulesHost host = host()) {
            host.install(server.url(ARCHIVE));
            host.told();
            String unit = host.unit();
            Map<String, String> _ = host.request(host.execution(), "Active");
            List<Path> files = releases();
            server.becomes(next, "\"2\"");
            for (Case one : cases) {
                signed(good);
                one.spoiling().with(good);
                refused(one.code(), one.why(), () -> host.model.operate(unit + "Update()", Map.of()));
                assertThat(host.told())
                        .as(one.what())
                        .containsEntry("OperationPerformed", "Update")
                        .containsEntry("CurrentState", "Installed")
                        .containsEntry("Version", "1.0.0")
                        .containsEntry("Fault.FaultCode", Integer.toString(one.code()));
            }
            assertThat(host.value(unit + "Version")).isEqualTo("1.0.0");
            assertThat(host.value(host.execution() + "Status")).isEqualTo("Active");
            assertThat(releases()).containsExactlyInAnyOrderElementsOf(files);
            signed(good);
            assertThat(host.model.operate(unit + "Update()", Map.of())).isEmpty();
            assertThat(host.value(unit + "Version")).isEqualTo("1.1.0");
        }
    }

    @Test
    void of_an_archive_without_a_signature_nothing_but_that_is_fetched_and_nothing_is_installed() throws Exception {
        try (ModulesHost host = host()) {
            server.will(new Mood.Refusing(404, "", ""));
            refused(7036, "signature", () -> host.install(server.url(ARCHIVE)));
            assertThat(server.ranges()).hasSize(1);
            assertThat(host.told()).containsEntry("CurrentState", "Failed").containsEntry("Fault.FaultCode", "7036");
            assertThat(host.rows("DeploymentUnit")).isEmpty();
        }
    }

    @Test
    void the_command_may_say_that_the_signature_is_elsewhere() throws Exception {
        server.beside("signatures/hello", signature(maker, first));
        signed(new byte[] {1});
        String elsewhere = server.url("signatures/hello").toString();
        try (ModulesHost host = host()) {
            refused(7036, "by nobody", () -> host.install(server.url(ARCHIVE)));
            refused(7004, "Signature", () -> host.install(server.url(ARCHIVE), "Signature", "ftp://127.0.0.1/x"));
            assertThat(host.install(server.url(ARCHIVE), "Signature", elsewhere))
                    .containsEntry("Version", "1.0.0");
        }
        try (ModulesHost host = host(ModuleSigners.NONE)) {
            refused(7036, "not told whose", () -> host.install(server.url(ARCHIVE), "Signature", elsewhere));
            signed(new byte[] {1});
            server.becomes(UnitArchive.of("2.0.0", STAYING).bytes(), "\"2\"");
            assertThat(host.install(server.url(ARCHIVE)))
                    .as("where nobody is named, no signature is looked for")
                    .containsEntry("Version", "2.0.0");
        }
    }
}
