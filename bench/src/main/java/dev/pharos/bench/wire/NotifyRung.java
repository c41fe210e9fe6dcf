// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.controller.policy.OnboardingPlan;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.Stores;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/// One rung of the ladder of [E2eNotify]: what takes notifications, and the devices that send them.
final class NotifyRung implements AutoCloseable {
    static final int CONNECTIONS = 64;
    static final int IN_FLIGHT = 8;

    private static final int FRAMES = 20_000;

    /// The devices answer no request: one is asked at a time, and not for long.
    private static final OnboardingPlan NOTHING_TO_LEARN =
            new OnboardingPlan(List.of(), List.of(), 1, Duration.ofSeconds(1), RetryBackoff.DEFAULT);

    private final Runnable stop;
    private final LongSupplier taken;
    private final WebSocketLoad load = new WebSocketLoad();
    private final NotifyTraffic traffic = new NotifyTraffic(ControllerSettings.DEFAULT_ID, CONNECTIONS);

    /// @param stop ends what takes them
    /// @param taken how many notifications it says that it has taken so far
    private NotifyRung(Runnable stop, int port, LongSupplier taken) throws InterruptedException {
        this.stop = stop;
        this.taken = taken;
        load.connect(port, CONNECTIONS);
    }

    /// A WebSocket MTP that makes an answer of each Record at once.
    static NotifyRung answering(UnaryOperator<Bytes> answer) throws IOException, InterruptedException {
        LongAdder count = new LongAdder();
        OurEchoServer server = new OurEchoServer(Optional.empty(), record -> {
            count.increment();
            return answer.apply(record);
        });
        return new NotifyRung(server::close, server.port(), count::sum);
    }

    /// A controller that knows all of the devices.
    static NotifyRung controller(Stores stores) throws IOException, InterruptedException {
        for (int i = 0; i < CONNECTIONS; i++) {
            stores.devices()
                    .create(DeviceRecord.unseen(WebSocketLoad.peer(i), true, false, Instant.now())
                            .withOnboarded(true));
        }
        UspController controller =
                new UspController(ControllerSettings.of(stores).withPlan(NOTHING_TO_LEARN));
        WebSocketServerMtp mtp =
                new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, ControllerSettings.DEFAULT_ID));
        controller.start();
        controller.attach(mtp);
        return new NotifyRung(
                controller::close,
                mtp.port(),
                () -> controller.counters().value(Counter.NOTIFICATIONS)
                        - controller.counters().value(Counter.NOTIFICATIONS_NOT_STORED)
                        - controller.counters().value(Counter.NOTIFICATIONS_REPEATED));
    }

    /// @return notifications a second
    double measure() throws InterruptedException {
        long before = taken.getAsLong();
        double rate = load.run(traffic, IN_FLIGHT, FRAMES);
        long now = taken.getAsLong() - before;
        if (now != FRAMES) {
            throw new IllegalStateException("of " + FRAMES + " notifications " + now + " were taken");
        }
        return rate;
    }

    @Override
    public void close() {
        load.close();
        stop.run();
    }
}
