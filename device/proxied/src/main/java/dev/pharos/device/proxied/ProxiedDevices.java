// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `Device.ProxiedDevice.`, backed by the things of one bridge: each thing is a row, of which the objects are mounted
/// that it has (TR-369, Device Proxy and IoT data model).
///
/// Values are as the thing last said them. A Set returns once the thing has taken the value.
public final class ProxiedDevices implements ServiceElement {
    private final Bridge bridge;
    private final Clock clock;
    private @Nullable ThingTable table;
    private @Nullable ThingFeed feed;

    public ProxiedDevices(Bridge bridge, Clock clock) {
        this.bridge = bridge;
        this.clock = clock;
    }

    /// A protocol's name without what says whose name it is.
    static String word(String protocol) {
        return protocol.substring(protocol.lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
    }

    @Override
    public SupportedDataModel supported() {
        return ProxiedModel.SUPPORTED;
    }

    /// @throws UncheckedIOException where the bridge cannot listen
    @Override
    public void start(DeviceContext context) {
        ThingTable things = new ThingTable(context, bridge.protocol(), clock);
        ThingFeed news = new ThingFeed(things, clock);
        table = things;
        feed = news;
        news.start();
        try {
            bridge.start(news);
        } catch (IOException failed) {
            news.close();
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
    }

    @Override
    public void validate(ChangeSet proposed) {
        for (Change change : proposed.changes()) {
            if (change instanceof Change.ValueChanged changed && isValue(changed.path())) {
                ObjectInstance object = Controls.object(proposed.after(), changed.path());
                Controls.check(object, changed.path(), changed.after());
            }
        }
    }

    private static boolean isValue(String path) {
        return path.endsWith("." + ProxiedModel.VALUE);
    }

    @Override
    public void apply(ChangeSet changes) {
        Deque<Change.ValueChanged> done = new ArrayDeque<>();
        for (Change change : changes.changes()) {
            if (change instanceof Change.ValueChanged changed && isValue(changed.path())) {
                try {
                    write(changed.path(), changed.after());
                    done.push(changed);
                } catch (UspException failed) {
                    done.forEach(this::takeBack);
                    throw failed;
                }
            }
        }
    }

    @Override
    public void undo(ChangeSet changes) {
        for (Change change : changes.changes().reversed()) {
            if (change instanceof Change.ValueChanged changed && isValue(changed.path())) {
                takeBack(changed);
            }
        }
    }

    /// A thing that cannot be told either says itself what it has.
    private void takeBack(Change.ValueChanged changed) {
        try {
            write(changed.path(), changed.before());
        } catch (UspException failed) {
            System.getLogger(ProxiedDevices.class.getName())
                    .log(System.Logger.Level.WARNING, "could not be taken back: " + failed.getMessage());
        }
    }

    private void write(String path, String value) {
        ThingRow row = row(path);
        String point = row.point(path);
        try {
            bridge.write(row.thing().id(), point, value);
        } catch (ThingFailedException failed) {
            throw new UspException(code(failed), path + ": " + failed.getMessage());
        }
        Objects.requireNonNull(feed).values(row.thing().id(), Map.of(point, value));
    }

    private static StandardErrorCode code(ThingFailedException failed) {
        return switch (failed.reason()) {
            case WRONG_VALUE -> StandardErrorCode.INVALID_VALUE;
            case UNREACHABLE, REFUSED -> StandardErrorCode.OBJECT_COULD_NOT_BE_UPDATED;
        };
    }

    private ThingRow row(String path) {
        return Objects.requireNonNull(table)
                .holding(path)
                .orElseThrow(() -> new UspException(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "it has gone: " + path));
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        ObjectInstance object = call.object();
        ThingRow row = row(object.path());
        String point = row.point(object.path() + ProxiedModel.VALUE);
        String thing = row.thing().id();
        try {
            if (call.command().name().equals("Execute()")) {
                if (!object.value("Operations").orElse("").contains("Execute")) {
                    throw new UspException(StandardErrorCode.COMMAND_FAILURE, "it is no command of the thing");
                }
                bridge.execute(thing, point, call.input("Arguments", ""));
            } else {
                String value = Controls.next(object, call.command().name());
                bridge.write(thing, point, value);
                Objects.requireNonNull(feed).values(thing, Map.of(point, value));
            }
        } catch (ThingFailedException failed) {
            throw new UspException(StandardErrorCode.COMMAND_FAILURE, String.valueOf(failed.getMessage()));
        }
        return Map.of();
    }

    @Override
    public void close() {
        bridge.close();
        if (feed != null) {
            feed.close();
        }
    }
}
