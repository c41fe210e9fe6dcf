// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.config.EndToEnd;
import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.BrokerProtocol;
import dev.pharos.testkit.UnreliableBroker;
import dev.pharos.testkit.Weather;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.session.SessionMode;
import dev.pharos.usp.session.SessionPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A whole agent and a whole controller, with a broker between them that loses, repeats and reorders what it delivers
/// to either.
class UnreliableBrokerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(100);
    private static final SetRequest PATIENT_SESSIONS = new SetRequest(
            false,
            List.of(new SetRequest.UpdateObject(
                    "Device.LocalAgent.Controller.1.E2ESession.",
                    List.of(
                            new ParameterSetting("MaxRetransmitTries", "-1", true),
                            new ParameterSetting("SessionRetryMinimumWaitInterval", "1", true)))));

    private static final int AT_ONCE = 8;
    private static final int BASE = 100_000;
    private static final String ROWS = "Device.LocalAgent.Subscription.";

    @TempDir
    static Path folder = Path.of("unused");

    private static @Nullable MatrixBed bed;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<UnreliableBroker> brokers = new ArrayList<>();
    private final Set<Integer> confirmed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unanswered = new AtomicInteger();

    record Case(MatrixBed.Way way, boolean session) {
        EndpointId device() {
            return EndpointId.of("os::0200F0-" + way.name().replace('_', '-') + (session ? "-S" : "-N"));
        }

        /// Who asks for what was lost does so once in two seconds.
        int changes() {
            return session ? 10 : 40;
        }

        Weather weather() {
            return session ? new Weather(15, 15, 10) : new Weather(8, 15, 10);
        }

        Duration givenUp() {
            return session ? PATIENCE : SOON.multipliedBy(7);
        }

        BrokerProtocol protocol() {
            return way == MatrixBed.Way.STOMP ? BrokerProtocol.STOMP : BrokerProtocol.MQTT;
        }

        @Override
        public String toString() {
            return way + (session ? " within a session" : "");
        }
    }

    static List<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (MatrixBed.Way way : List.of(MatrixBed.Way.MQTT, MatrixBed.Way.MQTT_3, MatrixBed.Way.STOMP)) {
            all.add(new Case(way, false));
        }
        // a Session Context knows nothing of what carries it
        all.add(new Case(MatrixBed.Way.STOMP, true));
        return all;
    }

    @BeforeAll
    static void open_a_broker() throws IOException {
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

    private int through(Case wanted, int port) throws IOException {
        UnreliableBroker broker = new UnreliableBroker(wanted.protocol(), port, Weather.FAIR);
        brokers.add(broker);
        opened.push(broker);
        return broker.port();
    }

    private UspController start(Case wanted) throws IOException, CallException {
        MatrixBed.Ends ends =
                Objects.requireNonNull(bed).ends(wanted.way(), false, wanted.device(), port -> through(wanted, port));
        ControllerSettings settings = ControllerSettings.of(InMemoryStores.create());
        settings = settings.withAdmission(MatrixPair.knowing(settings, proof -> {}))
                .withSessions(SessionPolicy.of(attempt -> SOON)
                        .withMode(wanted.session() ? SessionMode.REQUIRE : SessionMode.FORBID)
                        .withMaxRetransmitTries(-1));
        MatrixPair pair = MatrixPair.of(settings);
        opened.push(pair);
        UspController controller = pair.join(ends, wanted.device(), false, EndToEnd.LABORATORY);
        awaitAnswer(controller, wanted.device());
        controller.call(wanted.device(), PATIENT_SESSIONS, PATIENCE);
        return controller;
    }

    private static void awaitAnswer(UspController controller, EndpointId device) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> controller
                        .call(
                                device,
                                new GetRequest(List.of("Device.DeviceInfo.SerialNumber"), 0),
                                SOON.multipliedBy(7))
                        .toString()
                        .contains(device.instanceId().substring(7)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @Requirement({"R-MQTT.20", "R-E2E.16", "R-E2E.20"})
    void nothing_is_done_twice_nothing_that_was_confirmed_is_missing_and_each_answer_is_to_its_own_question(Case wanted)
            throws Exception {
        UspController controller = start(wanted);
        brokers.forEach(broker -> broker.weather(wanted.weather()));

        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            for (int number = BASE; number < BASE + wanted.changes(); number++) {
                int own = number;
                all.add(workers.submit(() -> {
                    change(controller, wanted, own);
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }

        brokers.forEach(broker -> broker.weather(Weather.FAIR));
        awaitAnswer(controller, wanted.device());
        List<Integer> rows = rows(controller, wanted.device());
        assertThat(rows).as("done twice").doesNotHaveDuplicates();
        assertThat(rows).as("confirmed").containsAll(confirmed);
        if (wanted.session()) {
            assertThat(unanswered).as("within a session").hasValue(0);
        }
        assertThat(confirmed).hasSizeGreaterThan(wanted.changes() / 4);
        assertThat(rows).allMatch(number -> number >= BASE && number < BASE + wanted.changes());
        Weather.Toll toll = brokers.stream()
                .map(UnreliableBroker::toll)
                .reduce(Weather.Toll::and)
                .orElseThrow();
        assertThat(toll.lost()).isPositive();
        assertThat(toll.repeated()).isPositive();
        assertThat(toll.reordered()).isPositive();
        assertThat(brokers).as("nobody lost its session for it").allMatch(broker -> broker.sessions() == 1);
    }

    /// Makes a row with a key of its own, and asks for it: where the device did it twice, the second answer would be
    /// that there is one already.
    private void change(UspController controller, Case wanted, int number) throws CallException {
        String path;
        try {
            AddResponse added = controller.call(
                    wanted.device(),
                    new AddRequest(
                            false,
                            List.of(new AddRequest.CreateObject(
                                    ROWS,
                                    List.of(
                                            new ParameterSetting("NotifType", "ValueChange", true),
                                            new ParameterSetting("ID", Integer.toString(number), true))))),
                    wanted.givenUp());
            path = added.createdObjectResults().stream()
                    .map(AddResponse.CreatedObjectResult::operationStatus)
                    .map(AddResponse.OperationSuccess.class::cast)
                    .map(AddResponse.OperationSuccess::instantiatedPath)
                    .findFirst()
                    .orElseThrow();
        } catch (CallTimedOutException | DeviceUnreachableException lost) {
            unanswered.incrementAndGet();
            return;
        }
        confirmed.add(number);
        try {
            GetResponse got =
                    controller.call(wanted.device(), new GetRequest(List.of(path + "ID"), 0), wanted.givenUp());
            assertThat(got.toString()).contains(path).contains(Integer.toString(number));
        } catch (CallTimedOutException | DeviceUnreachableException lost) {
            unanswered.incrementAndGet();
        }
    }

    private static List<Integer> rows(UspController controller, EndpointId device) throws CallException {
        GetResponse got = controller.call(device, new GetRequest(List.of(ROWS + "*.ID"), 0), PATIENCE);
        return Pattern.compile("\\WID\\W+(\\d+)")
                .matcher(got.toString())
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .toList();
    }
}
