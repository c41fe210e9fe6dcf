// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.prplos.mapping.Mapping;
import dev.pharos.device.prplos.mapping.Way;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.testkit.ubus.UbusDaemon;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A gateway with configuration files in a folder and a bus of its own, on which netifd and procd answer.
final class TestGateway implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> OF_NETIFD = Set.of("wireless", "network");
    private static final Pattern NAMELESS =
            Pattern.compile("^config (wifi-iface|wifi-device|interface|device|route6?)\\s*$", Pattern.MULTILINE);

    final UbusDaemon daemon;
    /// Whoever else is on the bus.
    final UbusClient system;
    /// What procd was told.
    final List<UbusTable> told = new CopyOnWriteArrayList<>();
    /// What netifd answers to a reload.
    volatile UbusStatus netifd = UbusStatus.OK;

    /// What else happens at a reload of netifd.
    volatile Runnable reloaded = () -> {};

    /// What procd answers to an event.
    volatile UbusStatus procd = UbusStatus.OK;

    /// Whether the controller is reached.
    volatile boolean open;

    private final Path root;
    private int begun;
    private PrplosDevice device;
    private InstantiatedDataModel model;

    /// @param files by package
    static TestGateway with(Path root, Map<String, String> files) throws Exception {
        return with(root, files, List.of());
    }

    /// @param others who are on the bus too when the agent starts
    static TestGateway with(Path root, Map<String, String> files, List<UbusObject> others) throws Exception {
        Path config = UciFolders.beneath(root).config();
        Files.createDirectories(config);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(config.resolve(file.getKey()), file.getValue());
        }
        TestGateway gateway = new TestGateway(root, others);
        gateway.awaitNames(files);
        return gateway;
    }

    private TestGateway(Path root, List<UbusObject> others) throws Exception {
        this.root = root;
        this.daemon = UbusDaemon.at(root.resolve("ubus.sock"));
        this.system = UbusClient.open(UbusConfig.at(daemon.socket()));
        system.serve(new UbusObject("network", Map.of("reload", UbusMethod.of(call -> {
            if (netifd != UbusStatus.OK) {
                throw new UbusException(netifd, "the test's own netifd");
            }
            reloaded.run();
            return List.of();
        }))));
        system.serve(new UbusObject("service", Map.of("event", UbusMethod.of(call -> {
            if (procd != UbusStatus.OK) {
                throw new UbusException(procd, "the test's own procd");
            }
            told.add(call.arguments());
            return List.of();
        }))));
        for (UbusObject other : others) {
            system.serve(other);
        }
        assertThat(system.awaitConnected(PATIENCE)).isTrue();
        this.device = open();
        this.model = InstantiatedDataModel.start(device.elements(), ChangeJournal.none());
    }

    /// Until netifd was told that sections have names now which had none.
    private void awaitNames(Map<String, String> files) {
        long nameless = files.entrySet().stream()
                .filter(file -> OF_NETIFD.contains(file.getKey())
                        && NAMELESS.matcher(file.getValue()).find())
                .count();
        await().atMost(PATIENCE).until(() -> told.size() >= nameless);
        told.clear();
        begun = daemon.invoked().size();
    }

    /// What was called of daemons since the agent had begun.
    List<String> called() {
        List<String> all = daemon.invoked();
        return all.subList(begun, all.size());
    }

    private PrplosDevice open() {
        Duration soon = Duration.ofMillis(100);
        return PrplosDevice.open(
                UciFolders.beneath(root),
                UbusConfig.at(daemon.socket()),
                Mapping.ofOpenWrt(),
                new Way.Guarding(() -> open, soon, Duration.ofSeconds(1), soon));
    }

    /// Ends the agent and starts it again, with what a journal tells.
    void restart(ChangeJournal journal) throws IOException {
        model.close();
        device.close();
        device = open();
        model = InstantiatedDataModel.start(device.elements(), journal);
    }

    /// Starts the agent again, with another element beside what is here.
    void beside(ServiceElement other) throws IOException {
        model.close();
        device.close();
        device = open();
        model = InstantiatedDataModel.start(
                Stream.concat(Stream.of(other), device.elements().stream()).toList(), ChangeJournal.none());
    }

    PrplosDevice device() {
        return device;
    }

    InstantiatedDataModel model() {
        return model;
    }

    Path file(String packageName) {
        return UciFolders.beneath(root).config().resolve(packageName);
    }

    String text(String packageName) throws IOException {
        return Files.readString(file(packageName));
    }

    String value(String path) {
        return model.snapshot().value(path).orElse("no " + path);
    }

    /// The row of a table of which a parameter has a value.
    String row(String table, String parameter, String value) {
        int dot = table.lastIndexOf('.', table.length() - 2) + 1;
        return model
                .snapshot()
                .object(table.substring(0, dot))
                .orElseThrow()
                .rows(table.substring(dot, table.length() - 1))
                .stream()
                .filter(row -> row.value(parameter).orElse("").equals(value))
                .map(ObjectInstance::path)
                .findFirst()
                .orElse("no " + parameter + " " + value);
    }

    void manage(Consumer<Transaction> writes) {
        model.write(Origin.MANAGEMENT, transaction -> {
            writes.accept(transaction);
            return transaction;
        });
    }

    void set(String... pathsAndValues) {
        manage(transaction -> {
            for (int index = 0; index < pathsAndValues.length; index += 2) {
                transaction.set(pathsAndValues[index], pathsAndValues[index + 1]);
            }
        });
    }

    /// Adds a row with these values, as one message does.
    String add(String table, String... namesAndValues) {
        return model.write(Origin.MANAGEMENT, transaction -> add(transaction, table, namesAndValues));
    }

    static String add(Transaction transaction, String table, String... namesAndValues) {
        String row = transaction.add(table);
        for (int index = 0; index < namesAndValues.length; index += 2) {
            transaction.set(row + namesAndValues[index], namesAndValues[index + 1]);
        }
        return row;
    }

    void delete(String... rows) {
        manage(transaction -> List.of(rows).forEach(transaction::delete));
    }

    /// That this is refused, and leaves the package as it was.
    void assertRefused(StandardErrorCode code, String why, String packageName, Runnable writes) throws IOException {
        String before = text(packageName);
        assertThatExceptionOfType(UspException.class)
                .isThrownBy(writes::run)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code))
                .withMessageContaining(why);
        assertThat(text(packageName)).isEqualTo(before);
    }

    @Override
    public void close() throws IOException {
        model.close();
        device.close();
        system.close();
        daemon.close();
    }
}
