// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.config.EndToEnd;
import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.observe.WireRecord;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.policy.PeerPolicy;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.tls.EndToEndIdentity;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.Secrecy;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.session.SessionMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A whole agent and a whole controller over each transport, plain and in TLS, without and within a Session Context,
/// and
/// with TLS inside of that: a value is read and written, its change is notified, and a command completes.
class TransportMatrixTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROW = "Device.LocalAgent.Controller.1.";
    private static final String INTERVAL = "PeriodicNotifInterval";

    @TempDir
    static Path folder = Path.of("unused");

    private static @Nullable MatrixBed bed;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Set<String> recordTypes = ConcurrentHashMap.newKeySet();
    private final Set<String> texts = ConcurrentHashMap.newKeySet();
    private final Set<Proof> proofs = ConcurrentHashMap.newKeySet();

    /// What Messages travel in.
    enum Session {
        NONE(SessionMode.FORBID, PayloadSecurity.PLAINTEXT, ""),
        SESSION(SessionMode.REQUIRE, PayloadSecurity.PLAINTEXT, " within a session"),
        /// What `--e2e require-tls` asks for.
        SESSION_IN_TLS(SessionMode.REQUIRE, PayloadSecurity.TLS12, " within a session with TLS inside");

        private final SessionMode mode;
        private final PayloadSecurity security;
        private final String words;

        Session(SessionMode mode, PayloadSecurity security, String words) {
            this.mode = mode;
            this.security = security;
            this.words = words;
        }
    }

    record Case(MatrixBed.Way way, boolean secure, Session session) {
        EndpointId device() {
            return EndpointId.of("os::0200F0-" + way.name().replace('_', '-') + (secure ? "T" : "P")
                    + session.name().replace("SESSION", "S").replace('_', '-'));
        }

        boolean endToEnd() {
            return session == Session.SESSION_IN_TLS;
        }

        @Override
        public String toString() {
            return way.name().toLowerCase(Locale.ROOT).replace('_', ' ') + (secure ? " in TLS" : "") + session.words;
        }
    }

    static List<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (MatrixBed.Way way : MatrixBed.Way.values()) {
            for (boolean secure : new boolean[] {false, true}) {
                for (Session session : Session.values()) {
                    all.add(new Case(way, secure, session));
                }
            }
        }
        return all;
    }

    @BeforeAll
    static void open_what_all_share() throws IOException {
        bed = MatrixBed.open(folder);
    }

    @AfterAll
    static void close_it() {
        if (bed != null) {
            bed.close();
        }
    }

    @AfterEach
    void close_all() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private EndToEndIdentity identity(EndpointId endpoint) throws IOException {
        EndToEndIdentity identity = Objects.requireNonNull(bed).identity(endpoint);
        opened.push(identity);
        return identity;
    }

    private UspController start(Case wanted) throws IOException {
        MatrixBed.Ends ends = Objects.requireNonNull(bed).ends(wanted.way(), wanted.secure(), wanted.device());
        ControllerSettings settings = ControllerSettings.of(InMemoryStores.create());
        settings = settings.withAdmission(MatrixPair.knowing(settings, proofs::add))
                .withSessions(PeerPolicy.DEFAULT
                        .sessions()
                        .withMode(wanted.session().mode)
                        .withSecurity(wanted.session().security));
        EndToEnd secured = EndToEnd.LABORATORY;
        if (wanted.endToEnd()) {
            settings = settings.withIdentity(identity(MatrixBed.CONTROLLER));
            secured = new EndToEnd(identity(wanted.device()), true, Secrecy.NOT_DEMANDED);
        }
        MatrixPair pair = MatrixPair.of(settings);
        opened.push(pair);
        opened.push(pair.controller().observe(new ControllerObserver() {
            @Override
            public void wire(WireRecord record) {
                recordTypes.add(record.recordType());
                texts.add(record.text());
            }

            @Override
            public boolean wantsWire() {
                return true;
            }
        }));
        return pair.join(ends, wanted.device(), wanted.way() == MatrixBed.Way.WEBSOCKET_DIALLED, secured);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void values_are_read_and_written_changes_are_notified_and_commands_complete(Case wanted) throws Exception {
        UspController controller = start(wanted);
        EndpointId device = wanted.device();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> controller.device(device).isPresent());

        GetResponse read = call(controller, device, new GetRequest(List.of("Device.DeviceInfo.SerialNumber"), 0));
        assertThat(read.toString()).contains(device.instanceId().substring(7));

        assertThat(call(
                                controller,
                                device,
                                new AddRequest(
                                        false,
                                        List.of(
                                                subscription("values", "ValueChange", ROW + INTERVAL),
                                                subscription("done", "OperationComplete", "Device."))))
                        .createdObjectResults())
                .allSatisfy(row -> assertThat(row.operationStatus()).isInstanceOf(AddResponse.OperationSuccess.class));

        SetResponse written = call(
                controller,
                device,
                new SetRequest(
                        false,
                        List.of(new SetRequest.UpdateObject(
                                ROW, List.of(new ParameterSetting(INTERVAL, "4321", true))))));
        assertThat(written.updatedObjectResults())
                .allSatisfy(row -> assertThat(row.operationStatus()).isInstanceOf(SetResponse.OperationSuccess.class));
        DeviceEvent change = event(controller, device, EventKind.VALUE_CHANGE);
        assertThat(change.path()).isEqualTo(ROW + INTERVAL);
        assertThat(change.value()).isEqualTo("4321");

        OperateResponse began = call(
                controller,
                device,
                new OperateRequest(
                        "Device.IP.Diagnostics.IPPing()",
                        "key",
                        true,
                        Map.of(
                                "Host", "192.0.2.1",
                                "ProtocolVersion", "IPv4",
                                "NumberOfRepetitions", "1",
                                "Timeout", "1000",
                                "DataBlockSize", "64",
                                "DSCP", "0")));
        assertThat(began.operationResults())
                .allSatisfy(result -> assertThat(result.outcome()).isInstanceOf(OperateResponse.RequestObject.class));
        assertThat(event(controller, device, EventKind.OPERATION_COMPLETE).name())
                .isEqualTo("IPPing()");

        await().atMost(PATIENCE).until(() -> !recordTypes.isEmpty());
        assertThat(recordTypes.contains("SessionContext")).isEqualTo(wanted.session() != Session.NONE);
        assertThat(texts.stream().anyMatch(text -> text.contains("TLS12"))).isEqualTo(wanted.endToEnd());
        if (wanted.secure()) {
            assertThat(proofs).contains(Proof.CERTIFICATE);
        }
    }

    private static AddRequest.CreateObject subscription(String id, String type, String reference) {
        return new AddRequest.CreateObject(
                "Device.LocalAgent.Subscription.",
                List.of(
                        new ParameterSetting("Enable", "true", true),
                        new ParameterSetting("ID", id, true),
                        new ParameterSetting("NotifType", type, true),
                        new ParameterSetting("ReferenceList", reference, true)));
    }

    private static <R extends Response> R call(UspController controller, EndpointId device, Request<R> request)
            throws CallException {
        return controller.call(device, request, PATIENCE);
    }

    private static DeviceEvent event(UspController controller, EndpointId device, EventKind kind) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> controller.stores().events().newest(Optional.of(device), Long.MAX_VALUE, 100).stream()
                                .map(StoredEvent::event)
                                .filter(event -> event.kind() == kind)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
