// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cli.enrol.EnrolmentPlan.Shipped;
import dev.pharos.cli.enrol.EstStub.Asked;
import dev.pharos.cli.enrol.EstStub.Reply;
import dev.pharos.mtp.tls.PemFiles;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.Validity;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {
    private static final EndpointId OWN = EndpointId.of("os::00256D-1");
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("batch:pass:word".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private EstStub stub;

    @BeforeEach
    void start() throws IOException {
        stub = new EstStub(folder);
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private Path own() {
        return folder.resolve("own");
    }

    private Enrolment enrolment() {
        return new EnrolmentPlan(stub.url(), stub.trusting(), Optional.of(new Shipped("batch", "pass:word")))
                .into(own(), OWN, said::add);
    }

    private boolean holds() throws IOException {
        return new OwnCertificate(own(), OWN).holds(Instant.now());
    }

    @Test
    @Requirement("R-SEC.10")
    void the_device_makes_its_key_asks_with_its_bootstrap_and_keeps_what_it_gets_for_itself() throws Exception {
        try (Enrolment enrolment = enrolment()) {
            enrolment.begin();
            assertThat(stub.asked).containsExactly(new Asked("simpleenroll", LOGIN, Optional.empty()));
            assertThat(PemFiles.certificates(enrolment.certificate())).hasSize(2);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(enrolment.key())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own())))
                    .isEqualTo("rwx------");
            assertThat(said).singleElement().asString().startsWith("the device has a certificate until ");
        }
        try (Enrolment next = enrolment()) {
            next.begin();
        }
        assertThat(stub.asked).hasSize(1);
    }

    @Test
    void it_waits_as_long_as_the_server_wants_says_why_once_and_never_gives_up() throws Exception {
        Enrolment enrolment = enrolment();
        stub.answer(request -> Reply.of(202, "it waits for an operator's approval\u001b[31m\n"));
        assertThat(enrolment.attend(Instant.now())).isEqualTo(Duration.ofSeconds(7));
        assertThat(enrolment.attend(Instant.now())).isEqualTo(Duration.ofSeconds(7));
        assertThat(said).containsExactly("no certificate yet: it waits for an operator's approval [31m");
        stub.answer(request -> Reply.of(403, "not for you\n"));
        for (int i = 0; i < 5; i++) {
            assertThat(enrolment.attend(Instant.now())).isBetween(Limits.SOONEST, Limits.LATEST);
        }
        assertThat(said).hasSize(2).last().isEqualTo("no certificate: not for you");
        assertThat(holds()).isFalse();
    }

    @Test
    void after_two_thirds_of_its_time_the_certificate_is_renewed_by_showing_it_for_the_same_key() throws Exception {
        Enrolment enrolment = enrolment();
        Duration untilDue = enrolment.attend(Instant.now());
        assertThat(untilDue).isBetween(Duration.ofHours(3), Duration.ofHours(5));
        PrivateKey key = PemFiles.privateKey(enrolment.key());
        stub.asked.clear();
        assertThat(enrolment.attend(Instant.now())).isPositive();
        assertThat(stub.asked).isEmpty();
        Instant later = Instant.now().plus(Duration.ofHours(6));
        stub.answer(request -> stub.signed(
                request.key(),
                request.endpoint(),
                new Validity(later.minusSeconds(60), later.plus(Duration.ofDays(3)))));
        assertThat(enrolment.attend(later)).isGreaterThan(Duration.ofHours(47));
        Asked renewal = stub.asked.getFirst();
        assertThat(renewal.operation()).isEqualTo("simplereenroll");
        assertThat(renewal.authorization()).isEmpty();
        assertThat(renewal.shown()).hasValueSatisfying(name -> assertThat(name).contains("CN=device"));
        assertThat(PemFiles.privateKey(enrolment.key())).isEqualTo(key);
    }

    @Test
    void a_certificate_that_has_expired_is_asked_for_as_the_first_time() throws Exception {
        Enrolment enrolment = enrolment();
        enrolment.attend(Instant.now());
        stub.asked.clear();
        enrolment.attend(Instant.now().plus(Duration.ofDays(2)));
        assertThat(stub.asked).containsExactly(new Asked("simpleenroll", LOGIN, Optional.empty()));
    }

    @Test
    void what_is_not_for_its_key_and_its_id_is_not_kept() throws Exception {
        Enrolment enrolment = enrolment();
        stub.answer(request -> stub.signed(KeyKind.EC.generate().getPublic(), OWN, EstStub.now()));
        enrolment.attend(Instant.now());
        stub.answer(request -> stub.signed(request.key(), EndpointId.of("os::00256D-2"), EstStub.now()));
        enrolment.attend(Instant.now());
        assertThat(said).singleElement().asString().contains("no certificate for our key and Endpoint ID");
        assertThat(holds()).isFalse();
    }

    @Test
    void nonsense_and_floods_for_an_answer_harm_nothing() throws Exception {
        Enrolment enrolment = enrolment();
        Random random = new Random(7);
        byte[] garbage = new byte[500];
        random.nextBytes(garbage);
        Bytes flood = Bytes.adopt(new byte[Limits.ANSWER_BYTES + 1]);
        for (Reply reply : List.of(
                new Reply(200, "", Bytes.adopt(garbage)),
                Reply.of(200, "AAAA"),
                new Reply(200, "", Bytes.EMPTY),
                new Reply(200, "", flood),
                new Reply(301, "", Bytes.EMPTY),
                new Reply(202, "-1", Bytes.adopt(garbage)),
                new Reply(500, "", flood))) {
            stub.answer(request -> reply);
            assertThat(enrolment.attend(Instant.now())).isBetween(Limits.SOONEST, Limits.LATEST);
            assertThat(holds()).isFalse();
        }
        stub.answer(request -> stub.signed(request.key(), request.endpoint(), EstStub.now()));
        enrolment.attend(Instant.now());
        assertThat(holds()).isTrue();
    }

    @Test
    void a_server_that_nobody_vouches_for_gets_no_login() throws Exception {
        try (EstStub stranger = new EstStub(Files.createDirectory(folder.resolve("stranger")))) {
            Enrolment enrolment = new EnrolmentPlan(
                            stranger.url(), stub.trusting(), Optional.of(new Shipped("batch", "secret")))
                    .into(own(), OWN, said::add);
            enrolment.attend(Instant.now());
            assertThat(stranger.asked).isEmpty();
            assertThat(said).singleElement().asString().startsWith("cannot ask for the device's certificate: ");
        }
    }

    @Test
    void a_plan_is_one_https_address_and_one_bootstrap() {
        Optional<Shipped> login = Optional.of(new Shipped("batch", "secret"));
        TlsSettings tls = TlsSettings.trustingTheRuntime();
        for (String wrong : List.of(
                "http://host", "https://host/path", "https://me@host", "https://host?x", "https://host#x", "host")) {
            assertThatThrownBy(() -> new EnrolmentPlan(URI.create(wrong), tls, login))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("https://HOST");
        }
        assertThatThrownBy(() -> new EnrolmentPlan(URI.create("https://host"), tls, Optional.empty()))
                .hasMessageContaining("a login or a certificate");
        TlsSettings certified = tls.withCertificate(Path.of("cert"), Path.of("key"));
        assertThatThrownBy(() -> new EnrolmentPlan(URI.create("https://host"), certified, login))
                .hasMessageContaining("a login or a certificate");
        assertThatThrownBy(
                        () -> new EnrolmentPlan(URI.create("https://host"), tls, Optional.of(new Shipped("a:b", ""))))
                .hasMessageContaining("no colon");
        assertThat(login.orElseThrow().toString()).doesNotContain("secret");
    }
}
