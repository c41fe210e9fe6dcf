// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.cwmp.model.ModelDevice;
import dev.pharos.cwmp.rpc.ParameterValue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// When changed values are told by lightweight notifications: at once what the ACS wants so, with what waits,
/// and what waits as often as the ACS has said. Thread-safe.
final class LightNews implements AutoCloseable {
    private final ModelDevice device;
    private final Supplier<Optional<LightSender.Settings>> settings;
    private final AgentRuntime runtime;
    private final Consumer<String> said;
    private Optional<Rhythm> rhythm = Optional.empty();
    private Instant quietUntil = Instant.MIN;
    private AgentTimer.@Nullable Entry soon;
    private AgentTimer.@Nullable Entry later;
    private String lastFailure = "";
    private boolean closed;

    /// @param said is told what goes wrong, once
    LightNews(
            ModelDevice device,
            Supplier<Optional<LightSender.Settings>> settings,
            AgentRuntime runtime,
            Consumer<String> said) {
        this.device = device;
        this.settings = settings;
        this.runtime = runtime;
        this.said = said;
    }

    /// From now on what may wait is told so often.
    synchronized void settle(Optional<Rhythm> wanted) {
        if (closed || wanted.equals(rhythm)) {
            return;
        }
        rhythm = wanted;
        if (later != null) {
            later.cancel();
            later = null;
        }
        wait(runtime.clock().instant());
    }

    private void wait(Instant now) {
        rhythm.ifPresent(each -> later = runtime.timer().schedule(Duration.between(now, each.next(now)), this::waited));
    }

    private void waited() {
        synchronized (this) {
            if (closed) {
                return;
            }
            wait(runtime.clock().instant());
        }
        send();
    }

    /// Something is to be told at once: now, or when the last is a while ago.
    synchronized void hurry() {
        if (closed || soon != null) {
            return;
        }
        Instant now = runtime.clock().instant();
        Duration wait = now.isBefore(quietUntil) ? Duration.between(now, quietUntil) : Duration.ZERO;
        quietUntil = now.plus(wait).plus(Limits.PAUSE);
        soon = runtime.timer().schedule(wait, () -> {
            synchronized (this) {
                soon = null;
            }
            send();
        });
    }

    private void send() {
        Optional<LightSender.Settings> to = settings.get();
        List<ParameterValue> news = device.lightNews();
        if (to.isEmpty() || news.isEmpty()) {
            return;
        }
        try {
            if (to.get().password().isEmpty()) {
                throw new IOException("there is no password of the device at its ACS to sign them with");
            }
            List<ParameterValue> tooLong = LightSender.send(
                    to.get(), device.deviceId(), news, runtime.clock().instant());
            if (!tooLong.isEmpty()) {
                throw new IOException(tooLong.getFirst().name() + " is too long for a datagram");
            }
            fails("");
        } catch (IOException failed) {
            fails(String.valueOf(failed.getMessage()));
        }
    }

    private synchronized void fails(String why) {
        if (!why.isEmpty() && !why.equals(lastFailure)) {
            said.accept("no lightweight notification: " + why);
        }
        lastFailure = why;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (soon != null) {
            soon.cancel();
        }
        if (later != null) {
            later.cancel();
        }
    }
}
