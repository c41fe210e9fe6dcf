// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ambiorix;

import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.device.prplos.ubus.News;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The objects that plug-ins of prplOS offer on ubus, under `Device.`, with their parameters, rows and commands. They
/// are asked again when they tell of a change, and every half minute.
public final class AmbiorixElement implements ServiceElement {
    private static final Logger LOG = LoggerFactory.getLogger(AmbiorixElement.class);

    private final Plugins plugins;
    private final Set<String> roots;
    private final SupportedDataModel supported;
    private final PluginRows rows;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> due = new HashMap<>();
    private final Map<String, Long> looked = new HashMap<>();
    private Optional<PluginWrites> last = Optional.empty();
    private @Nullable DeviceContext mounted;
    private final News news = new News();
    private volatile boolean open = true;
    private volatile @Nullable Thread look;

    private AmbiorixElement(Plugins plugins, Map<String, UbusTable> found) {
        this.plugins = plugins;
        this.roots = Set.copyOf(found.keySet());
        this.supported = PluginModel.of(found);
        this.rows = new PluginRows(supported);
    }

    /// The plug-ins that are on the bus now; empty where there is none.
    ///
    /// @param others the names beneath `Device.` that somebody else answers for
    public static Optional<AmbiorixElement> find(UbusClient ubus, Set<String> others) {
        Plugins plugins = new Plugins(ubus);
        try {
            Map<String, UbusTable> found = plugins.find(others);
            return found.isEmpty() ? Optional.empty() : Optional.of(new AmbiorixElement(plugins, found));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// The objects that plug-ins have: `Device.Time.` and so on.
    public Set<String> objects() {
        Set<String> objects = new HashSet<>();
        roots.forEach(root -> objects.add(PluginModel.DEVICE + root + "."));
        return Set.copyOf(objects);
    }

    @Override
    public SupportedDataModel supported() {
        return supported;
    }

    @Override
    public void start(DeviceContext context) {
        mounted = context;
        roots.forEach(root -> due.put(root, System.nanoTime()));
        Thread watching = Thread.ofVirtual().name("plug-ins").unstarted(this::watch);
        look = watching;
        watching.start();
    }

    private DeviceContext context() {
        return Objects.requireNonNull(mounted, "not started");
    }

    private void watch() {
        try {
            for (String root : roots) {
                follow(root);
            }
            while (open) {
                for (String root : roots) {
                    if (isDue(root)) {
                        changed.remove(root);
                        lookAt(root);
                        looked.put(root, System.nanoTime());
                    }
                }
                Thread.sleep(Limits.BREATH);
                if (changed.isEmpty()) {
                    news.await(rest());
                }
            }
        } catch (InterruptedException closed) {
            // nobody wants to see more
        }
    }

    private boolean isDue(String root) {
        long now = System.nanoTime();
        boolean told = changed.contains(root)
                && now - looked.getOrDefault(root, now - Limits.PAUSE.toNanos()) >= Limits.PAUSE.toNanos();
        return told || now - due.getOrDefault(root, now) >= 0;
    }

    private Duration rest() {
        long now = System.nanoTime();
        return Duration.ofNanos(due.values().stream()
                .mapToLong(time -> Math.max(1, time - now))
                .min()
                .orElse(Limits.LOOK.toNanos()));
    }

    private void follow(String root) throws InterruptedException {
        try {
            plugins.follow(root, () -> {
                changed.add(root);
                news.give();
            });
        } catch (UbusException refused) {
            LOG.debug("the plug-in {} tells no news: {}", root, refused.getMessage());
        }
    }

    private void lookAt(String root) throws InterruptedException {
        try {
            UbusTable answer = plugins.get(root);
            context().update(transaction -> {
                rows.publish(transaction, root, answer);
                return root;
            });
            due.put(root, System.nanoTime() + Limits.LOOK.toNanos());
        } catch (UspException silent) {
            if (open) {
                LOG.warn("the plug-in {} is shown as it was: {}", root, silent.fault());
            }
            due.put(root, System.nanoTime() + Limits.PENALTY.toNanos());
        } catch (RuntimeException defect) {
            // a defect must not end the watch, which would leave the model as it is for ever
            LOG.error("what the plug-in {} says could not be published", root, defect);
            due.put(root, System.nanoTime() + Limits.PENALTY.toNanos());
        }
    }

    @Override
    public void apply(ChangeSet changes) {
        PluginWrites writes = new PluginWrites(plugins, supported);
        Set<String> concerned = writes.apply(changes);
        last = Optional.of(writes);
        // what it made of what it was told shows a moment later
        changed.addAll(concerned);
        news.give();
    }

    @Override
    public void undo(ChangeSet changes) {
        last.ifPresent(PluginWrites::undo);
        last = Optional.empty();
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        String path = call.object().path().substring(PluginModel.DEVICE.length());
        int dot = path.indexOf('.') + 1;
        UbusTable arguments = UbusTable.EMPTY;
        for (Map.Entry<String, String> input : call.inputs().entrySet()) {
            arguments = arguments.with(input.getKey(), input.getValue());
        }
        String name = call.command().name();
        Plugins.Reply reply;
        try {
            reply = plugins.run(
                    path.substring(0, dot - 1), path.substring(dot), name.substring(0, name.length() - 2), arguments);
        } catch (UspException failed) {
            throw new UspException(
                    StandardErrorCode.COMMAND_FAILURE, failed.fault().errMsg());
        }
        Map<String, String> outputs = new LinkedHashMap<>();
        for (ArgumentDefinition output : call.command().outputs()) {
            Stream.of(reply.out(), reply.result())
                    .flatMap(table -> Stream.ofNullable(table.members().get(output.name())))
                    .flatMap(value -> PluginValues.text(value).stream())
                    .findFirst()
                    .ifPresent(text -> outputs.put(output.name(), text));
        }
        return outputs;
    }

    @Override
    public void close() {
        open = false;
        Thread running = look;
        if (running != null) {
            running.interrupt();
        }
    }
}
