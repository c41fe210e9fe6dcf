// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.Issued;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.integrity.RecordGuard;
import dev.pharos.usp.integrity.Secrecy;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an agent takes from a controller, and sends to it, by the way that leads there. The first controller is on
/// this host and manages; the other comes by the way that a test gives it.
final class RecordProtectionTest {
    private static final String AGENT = "Device.LocalAgent.";
    private static final String TRUST = AGENT + "ControllerTrust.";
    private static final String OTHERS_ROW = AGENT + "Controller.2.";
    private static final String FULL = TRUST + "Role.1";
    private static final EndpointId BROKER = EndpointId.of("proto::broker");
    private static final GetRequest NAME = new GetRequest(List.of("Device.Home.Name"), 0);

    private final Validity today =
            new Validity(Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofHours(1)));
    private final Authority authority = Authority.create("authority", KeyKind.EC, today);
    private Stage stage = open(EndToEnd.NONE, ControllerRole.FULL);

    private static Stage open(EndToEnd security, ControllerRole others) {
        ManualClock clock = ManualClock.standing();
        clock.set(Instant.now());
        return Stage.open(
                Stage.config(List.of(
                        ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
                        ControllerConfig.of(Stage.OTHER, others))),
                clock,
                security);
    }

    private void restage(EndToEnd security, ControllerRole others) {
        stage.close();
        stage = open(security, others);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Issued issued(EndpointId id) {
        return authority.issue(
                new CertificateOrder("one", List.of(SubjectName.of(id)), Set.of(Use.CLIENT, Use.SERVER), today),
                KeyKind.EC);
    }

    private SecureIdentity identity(EndpointId id) {
        Issued own = issued(id);
        return new SecureIdentity(List.of(own.certificate()), own.key(), (peer, chain) -> Optional.empty());
    }

    /// Has the other controller come anew, this way.
    private void comes(LinkSecurity way) {
        stage.wire(1).firstSees(way);
        stage.wire(1).cut("test");
        stage.wire(1).reconnect();
        Eventually.holds(stage.controller(1)::isConnected);
    }

    private static LinkSecurity encrypted(X509Certificate... chain) {
        return new LinkSecurity(true, false, List.of(chain));
    }

    private boolean hears() {
        stage.controller(1).send(new MessageId("unheard"), NAME);
        return !stage.controller(1).noAnswer();
    }

    private boolean reads() {
        return stage.controller(1)
                .ask(NAME)
                .requestedPathResults()
                .getFirst()
                .fault()
                .isEmpty();
    }

    private String add(X509Certificate certificate, String alias) {
        Bytes pem = new SecureIdentity(
                        List.of(certificate),
                        authority
                                .issue(new CertificateOrder("unused", List.of(), Set.of(Use.CLIENT), today), KeyKind.EC)
                                .key(),
                        (peer, chain) -> Optional.empty())
                .senderCertificate();
        stage.controller()
                .ask(new OperateRequest(
                        AGENT + "AddCertificate()",
                        "",
                        true,
                        Map.of("Certificate", String.valueOf(pem.utf8(0, pem.size())), "Alias", alias)));
        return AGENT + "Certificate." + stage.value(AGENT + "CertificateNumberOfEntries");
    }

    private String trust(X509Certificate certificate, String role, String uses) {
        return stage.add(
                TRUST + "Credential.",
                Map.of(
                        "Enable",
                        "true",
                        "Credential",
                        add(certificate, "a" + System.identityHashCode(certificate)),
                        "Role",
                        role,
                        "AllowedUses",
                        uses));
    }

    private void set(String object, String parameter, String value) {
        stage.controller()
                .ask(new SetRequest(
                        false, List.of(new UpdateObject(object, Stage.settings(Map.of(parameter, value))))));
    }

    @Test
    @Requirement({"R-SEC.0", "R-SEC.22"})
    void nothing_is_taken_that_is_encrypted_nowhere_whatever_role_the_controller_has() {
        comes(LinkSecurity.NONE);

        assertThat(hears()).isFalse();
        assertThat(stage.agent().model().snapshot().value(OTHERS_ROW + "AssignedRole"))
                .hasValue(FULL);
    }

    @Test
    void in_a_laboratory_it_is_where_that_is_said() {
        restage(EndToEnd.LABORATORY, ControllerRole.FULL);
        comes(LinkSecurity.NONE);

        assertThat(reads()).isTrue();
    }

    @Test
    @Requirement({"R-SEC.3", "R-SEC.22"})
    void an_authority_that_is_trusted_helps_no_certificate_that_does_not_name_the_controller() {
        trust(authority.certificate(), FULL, "MTP-and-USP");
        comes(encrypted(issued(BROKER).certificate(), authority.certificate()));
        assertThat(hears()).isFalse();

        comes(encrypted(issued(Stage.OTHER).certificate(), authority.certificate()));
        assertThat(reads()).isTrue();
    }

    @Test
    @Requirement({"R-E2E.28", "R-SEC.22"})
    void a_certificate_that_is_stored_as_the_controllers_own_proves_it_without_naming_it() {
        X509Certificate own = issued(BROKER).certificate();
        comes(encrypted(own));
        assertThat(hears()).isFalse();

        set(OTHERS_ROW, "Credential", add(own, "own"));
        comes(encrypted(own));
        assertThat(reads()).isTrue();
    }

    @Test
    @Requirement({"R-SEC.0", "R-SEC.4a", "R-SEC.26", "R-SEC.26a", "R-E2E.28"})
    void a_trusted_broker_vouches_for_a_controller_and_gives_it_the_role_of_its_credential() {
        restage(EndToEnd.NONE, ControllerRole.UNTRUSTED);
        X509Certificate broker = issued(BROKER).certificate();
        String credential = trust(broker, FULL, "MTP-and-broker");
        comes(encrypted(broker, authority.certificate()));

        assertThat(reads()).isTrue();
        assertThat(stage.value(OTHERS_ROW + "InheritedRole")).isEqualTo(FULL);

        // What was decided counts for as long as the connection stands.
        set(credential, "Role", "");
        assertThat(reads()).isTrue();
        set(credential, "Role", FULL);

        // Roles of connections that have ended count no more, nor does a broker that is not trusted any more.
        comes(LinkSecurity.ON_THIS_HOST);
        assertThat(reads()).isFalse();
        assertThat(stage.value(OTHERS_ROW + "InheritedRole")).isEmpty();
        set(credential, "Enable", "false");
        comes(encrypted(broker, authority.certificate()));
        assertThat(hears()).isFalse();
    }

    @Test
    @Requirement("R-SEC.4a")
    void a_broker_is_known_by_its_certificate_itself_and_not_by_who_signed_it() {
        trust(issued(BROKER).certificate(), FULL, "MTP-and-broker");
        trust(authority.certificate(), "", "MTP-and-broker");
        comes(encrypted(issued(BROKER).certificate(), authority.certificate()));

        assertThat(hears()).isFalse();
    }

    @Test
    @Requirement("R-SEC.26")
    void a_signature_that_comes_through_a_trusted_broker_must_be_right() {
        SecureIdentity agent = identity(Stage.AGENT);
        restage(new EndToEnd(() -> Optional.of(agent), false), ControllerRole.UNTRUSTED);
        X509Certificate broker = issued(BROKER).certificate();
        trust(broker, FULL, "MTP-and-broker");
        comes(encrypted(broker));
        SecureIdentity other = identity(Stage.OTHER);
        UspRecord signed = new RecordGuard(Stage.AGENT, () -> Optional.of(other))
                .protect(
                        UspRecord.plain(
                                Stage.AGENT,
                                Stage.OTHER,
                                new RecordType.NoSessionContext(
                                        MessageCodec.encode(new UspMessage(new MessageId("signed"), NAME)))),
                        Carrier.OPEN);

        stage.controller(1)
                .sendRecord(new UspRecord("1.3", signed.to(), signed.from(), signed.protection(), signed.type()));
        stage.controller(1).sendRecord(signed);

        assertThat(stage.controller(1).nextAnswer().body()).isInstanceOf(GetResponse.class);
        assertThat(stage.controller(1).noAnswer()).isTrue();
    }

    @Test
    @Requirement("R-SEC.23")
    void no_message_leaves_for_where_it_would_be_encrypted_nowhere_and_it_waits_for_a_better_way() {
        Stage.add(
                stage.controller(),
                AGENT + "Subscription.",
                Map.of(
                        "ID",
                        "mine",
                        "Enable",
                        "true",
                        "NotifType",
                        "ValueChange",
                        "ReferenceList",
                        "Device.Home.Name"));
        subscribeForOther();
        set("Device.Home.", "Name", "changed");
        stage.controller().nextNotify();
        assertThat(stage.controller(1).noNotification()).isTrue();

        comes(encrypted(issued(Stage.OTHER).certificate()));
        assertThat(stage.controller(1).nextNotify().subscriptionId()).isEqualTo("others");
    }

    /// While it could still be heard.
    private void subscribeForOther() {
        comes(LinkSecurity.ON_THIS_HOST);
        Stage.add(
                stage.controller(1),
                AGENT + "Subscription.",
                Map.of(
                        "ID",
                        "others",
                        "Enable",
                        "true",
                        "NotifType",
                        "ValueChange",
                        "ReferenceList",
                        "Device.Home.Name",
                        "NotifRetry",
                        "true"));
        comes(LinkSecurity.NONE);
    }

    @Test
    @Requirement("R-SEC.23")
    void with_certificates_of_its_own_it_opens_tls_inside_a_session_there() {
        SecureIdentity agent = identity(Stage.AGENT);
        restage(new EndToEnd(() -> Optional.of(agent), false), ControllerRole.FULL);
        comes(LinkSecurity.NONE);
        assertThat(hears()).isFalse();

        UspRecord next;
        do {
            next = stage.controller(1).nextRecord();
        } while (!(next.type() instanceof RecordType.SessionContext));
        assertThat(next.protection().payloadSecurity()).isEqualTo(PayloadSecurity.TLS12);
        assertThat(next.protection().macSignature()).isNotEqualTo(Bytes.EMPTY);
    }

    @Test
    void within_this_host_it_needs_no_encryption_unless_that_is_demanded() {
        assertThat(reads()).isTrue();

        restage(EndToEnd.NONE.demanding(Secrecy.ALWAYS), ControllerRole.FULL);
        assertThat(hears()).isFalse();
    }
}
