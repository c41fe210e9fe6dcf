// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import dev.pharos.device.prplos.mapping.Daemons;
import dev.pharos.device.prplos.mapping.LeaseFile;
import dev.pharos.device.prplos.mapping.LightFolder;
import dev.pharos.device.prplos.mapping.Mapping;
import dev.pharos.device.prplos.mapping.State;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The daemons on ubus. Where their configuration has changed, the one that must accept it is told by its
/// own method, and procd for whoever else has a trigger for the package, as rpcd does after a commit.
final class UbusDaemons implements Daemons {
    private static final Logger LOG = LoggerFactory.getLogger(UbusDaemons.class);
    /// netifd answers in milliseconds.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// What netifd tells of itself, and who comes and goes on the bus.
    private static final List<String> NEWS = List.of("network.*", "ubus.object.*");

    /// A radio listens to some dozens of channels for a tenth of a second each, to some of them twice.
    private static final Duration PATIENCE_FOR_FINDING = Duration.ofSeconds(30);

    /// State is asked for again soon.
    private static final Duration PATIENCE_FOR_STATE = Duration.ofSeconds(1);

    /// In place of an object on ubus: a file of leases.
    private static final String LEASES = "leases";

    /// In place of an object on ubus: the lights that the kernel knows.
    private static final String LIGHTS = "leds";

    private final UbusClient ubus;
    private final Path leases;
    private final Path lights;
    private final Map<String, Closeable> followed = new HashMap<>();
    private volatile Runnable told = () -> {};

    /// @param leases where files of leases are
    /// @param lights where the kernel has a folder for each light
    UbusDaemons(UbusClient ubus, Path leases, Path lights) {
        this.ubus = ubus;
        this.leases = leases;
        this.lights = lights;
    }

    @Override
    public void reload(String packageName, Mapping.Reload reload) {
        String what = "the reload of " + packageName;
        if (reload.isByProcd()) {
            done(what, () -> ubus.invoke(reload.object(), reload.method(), changed(packageName), PATIENCE));
        } else {
            done(what, () -> {
                ubus.invoke(reload.object(), reload.method(), UbusTable.EMPTY, PATIENCE);
                tellProcd(packageName);
            });
        }
    }

    @Override
    public void call(String object, String method, UbusTable arguments) {
        done("the call " + object + " " + method, () -> ubus.invoke(object, method, arguments, PATIENCE));
    }

    /// What daemons must accept.
    private interface Wish {
        void make() throws UbusException, IOException, InterruptedException;
    }

    private static void done(String what, Wish wish) {
        try {
            wish.make();
        } catch (UbusException | IOException refused) {
            throw new UspException(StandardErrorCode.INTERNAL_ERROR, what + " was refused: " + refused.getMessage());
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new UspException(StandardErrorCode.INTERNAL_ERROR, "interrupted in " + what);
        }
    }

    private static UbusTable changed(String packageName) {
        return UbusTable.EMPTY.with("type", "config.change").with("data", UbusTable.EMPTY.with("package", packageName));
    }

    /// The package is in force already, so that nothing fails where procd does not answer.
    private void tellProcd(String packageName) throws InterruptedException {
        Mapping.Reload procd = Mapping.Reload.BY_PROCD;
        try {
            ubus.invoke(procd.object(), procd.method(), changed(packageName), PATIENCE);
        } catch (UbusException refused) {
            if (refused.status() != UbusStatus.NOT_FOUND) {
                LOG.warn("procd was not told of the change of {}: {}", packageName, refused.getMessage());
            }
        } catch (IOException broken) {
            LOG.warn("procd was not told of the change of {}: {}", packageName, broken.getMessage());
        }
    }

    @Override
    public List<UbusTable> find(String object, String method, UbusTable arguments) throws InterruptedException {
        try {
            return ubus.invoke(object, method, arguments, PATIENCE_FOR_FINDING);
        } catch (UbusException | IOException refused) {
            LOG.warn("{} {} found nothing: {}", object, method, refused.getMessage());
            return List.of();
        }
    }

    @Override
    public Optional<UbusTable> ask(State.Question question) throws InterruptedException {
        try {
            if (question.object().equals(LEASES)) {
                return Optional.of(LeaseFile.read(leases.resolve(question.method())));
            }
            if (question.object().equals(LIGHTS)) {
                return Optional.of(LightFolder.read(lights));
            }
            return ubus.invoke(question.object(), question.method(), UbusTable.EMPTY, PATIENCE_FOR_STATE).stream()
                    .findFirst();
        } catch (UbusException | IOException silent) {
            LOG.debug("{} {} does not answer: {}", question.object(), question.method(), silent.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public synchronized void follow(Map<String, Set<String>> names) throws InterruptedException {
        for (String gone : Set.copyOf(followed.keySet())) {
            if (!names.containsKey(gone)) {
                end(followed.remove(gone));
            }
        }
        for (Map.Entry<String, Set<String>> object : names.entrySet()) {
            if (!followed.containsKey(object.getKey())) {
                try {
                    followed.put(object.getKey(), ubus.subscribe(object.getKey(), event -> {
                        if (object.getValue().contains(event.name())) {
                            told.run();
                        }
                    }));
                } catch (UbusException refused) {
                    LOG.debug("{} tells no news: {}", object.getKey(), refused.getMessage());
                }
            }
        }
    }

    private static void end(@Nullable Closeable subscription) {
        try {
            if (subscription != null) {
                subscription.close();
            }
        } catch (IOException gone) {
            LOG.debug("the subscription had ended: {}", gone.getMessage());
        }
    }

    @Override
    public void takenBack(List<String> packages, String why) {
        tell(
                "usp.taken-back",
                UbusTable.EMPTY
                        .with(
                                "packages",
                                new UbusValue.Array(packages.stream()
                                        .<UbusValue>map(UbusValue.Text::new)
                                        .toList()))
                        .with("reason", why));
    }

    /// Sends an event to whoever listens; waits for ubusd for a short while. Nothing fails where nobody
    /// hears it.
    void tell(String event, UbusTable data) {
        try {
            ubus.send(event, data, PATIENCE_FOR_STATE);
        } catch (UbusException | IOException unheard) {
            LOG.debug("nobody was told of {}: {}", event, unheard.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onNews(Runnable news) {
        told = news;
        try {
            for (String pattern : NEWS) {
                ubus.listen(pattern, event -> news.run());
            }
        } catch (UbusException refused) {
            LOG.warn("ubus tells no news, so state shows later: {}", refused.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
