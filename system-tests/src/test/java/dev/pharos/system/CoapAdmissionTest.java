// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.observe.WireRecord;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.coap.CoapClientConfig;
import dev.pharos.mtp.coap.CoapClientMtp;
import dev.pharos.mtp.coap.CoapServerConfig;
import dev.pharos.mtp.coap.CoapServerMtp;
import dev.pharos.mtp.coap.CoapTerms;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who comes over CoAP is let in by the rules of all transports, and who is not is seen with the reason.
class CoapAdmissionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EndpointId DEVICE = EndpointId.of("os::0200F0-1");
    private static final EndpointId CONTROLLER = ControllerSettings.DEFAULT_ID;
    private static final CoapTerms TERMS =
            CoapTerms.with(record -> RecordCodec.decode(record).from());

    @TempDir
    Path folder;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Queue<WireRecord> wire = new ConcurrentLinkedQueue<>();
    private final UspController controller = new UspController(ControllerSettings.of(InMemoryStores.create()));
    private TestAuthority authority = new TestAuthority(Path.of("unused"));

    @BeforeEach
    void start() throws Exception {
        authority = new TestAuthority(folder);
        opened.push(controller);
        controller.start();
        opened.push(controller.observe(new ControllerObserver() {
            @Override
            public void wire(WireRecord record) {
                wire.add(record);
            }

            @Override
            public boolean wantsWire() {
                return true;
            }
        }));
    }

    @AfterEach
    void close_all() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private TlsSettings tls(EndpointId id) throws IOException {
        TestAuthority.Files own = authority.issue(SubjectName.of(id));
        return TlsSettings.server(own.chain(), own.key()).withTrusted(authority.trusted());
    }

    private CoapServerMtp listen(CoapTerms terms) throws IOException {
        CoapServerMtp server = new CoapServerMtp(CoapServerConfig.at("127.0.0.1", 0, terms));
        controller.attach(server);
        return server;
    }

    private MtpConnection dial(CoapServerMtp server, CoapTerms terms) throws IOException {
        CoapClientMtp client = new CoapClientMtp(CoapClientConfig.to(server.description(), terms));
        opened.push(client);
        RecordingReceiver receiver = new RecordingReceiver();
        client.start(receiver);
        return receiver.nextConnected();
    }

    /// The first word of a device.
    private static Bytes hello(EndpointId to) {
        NotifyRequest hello =
                new NotifyRequest("", false, new Notification.OnBoardRequest("0200F0", "Gateway", "1", "1.2"));
        return RecordCodec.encode(UspRecord.plain(
                to,
                DEVICE,
                new RecordType.NoSessionContext(MessageCodec.encode(new UspMessage(new MessageId("1"), hello)))));
    }

    private WireRecord refused(String reason) {
        return await().atMost(PATIENCE)
                .until(
                        () -> wire.stream()
                                .filter(record -> record.refused()
                                        .filter(text -> text.contains(reason))
                                        .isPresent())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void awaitDevice(boolean verified) {
        await().atMost(PATIENCE)
                .until(() -> controller
                        .device(DEVICE)
                        .filter(DeviceRecord::online)
                        .filter(device -> device.verified() == verified)
                        .isPresent());
    }

    @Test
    void on_this_host_a_device_is_let_in_and_proves_nothing() throws Exception {
        dial(listen(TERMS), TERMS).send(hello(CONTROLLER));
        awaitDevice(false);
        assertThat(controller.device(DEVICE).orElseThrow().transport()).isEqualTo("coap");
        assertThat(controller.device(DEVICE).orElseThrow().address()).startsWith("coap://127.0.0.1:");
    }

    @Test
    void who_has_proved_its_id_over_dtls_must_go_on_proving_it() throws Exception {
        CoapServerMtp secure = listen(TERMS.withTls(tls(CONTROLLER)));
        dial(secure, TERMS.withTls(tls(DEVICE).withPeer(CONTROLLER))).send(hello(CONTROLLER));
        awaitDevice(true);
        dial(listen(TERMS), TERMS).send(hello(CONTROLLER));
        WireRecord refused = refused("it proved its Endpoint ID before and does not now");
        assertThat(refused.transport()).isEqualTo("coap");
        assertThat(refused.address()).startsWith("coap://127.0.0.1:");
    }

    @Test
    void a_record_for_somebody_else_is_seen_and_not_answered() throws Exception {
        dial(listen(TERMS), TERMS).send(hello(EndpointId.of("self::another")));
        assertThat(refused("addressed to self::another").device()).hasValue(DEVICE);
        assertThat(controller.device(DEVICE)).isEmpty();
    }

    @Test
    void what_is_no_record_is_seen_with_the_code_that_its_sender_got() throws Exception {
        dial(listen(TERMS), TERMS).send(Bytes.ofUtf8("nonsense"));
        WireRecord refused = refused("4.00 Bad Request: not a Record");
        assertThat(refused.kind()).isEqualTo(WireRecord.Kind.REFUSED);
        assertThat(refused.transport()).isEqualTo("coap");
        assertThat(refused.address()).startsWith("127.0.0.1:");
    }

    @Test
    void who_shows_anothers_certificate_is_seen_with_both_names() throws Exception {
        CoapServerMtp secure = listen(TERMS.withTls(tls(CONTROLLER)));
        dial(secure, TERMS.withTls(tls(EndpointId.of("os::0200F0-9")).withPeer(CONTROLLER)))
                .send(hello(CONTROLLER));
        WireRecord refused = refused("the certificate belongs to os::0200F0-9, not to " + DEVICE);
        assertThat(refused.device()).hasValue(DEVICE);
        assertThat(controller.device(DEVICE)).isEmpty();
    }
}
