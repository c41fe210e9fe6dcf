// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware.files;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.firmware.FileProblem;
import dev.pharos.device.firmware.FileUpload;
import dev.pharos.device.firmware.ImageFetch;
import dev.pharos.device.firmware.ImageOrder;
import dev.pharos.device.firmware.Outgoing;
import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Backs `Device.DeviceInfo.VendorConfigFile.` and `VendorLogFile.` with the files that a device has. Which they are is
/// said by who made the device: no path comes from a controller.
public final class FilesElement implements ServiceElement {
    private static final String INFO = "Device.DeviceInfo.";
    private static final String CONFIGS = INFO + "VendorConfigFile.";
    private static final String LOGS = INFO + "VendorLogFile.";
    private static final Instant UNKNOWN = Instant.parse("0001-01-01T00:00:00Z");
    private static final Set<String> COUNTS = Set.of("VendorConfigFileNumberOfEntries", "VendorLogFileNumberOfEntries");
    private static final SupportedDataModel SUPPORTED = GatewayModel.load().restrictedTo(FilesElement::backs);

    private final List<? extends ConfigFile> configs;
    private final List<? extends LogFile> logs;
    private final ServerTrust trust;
    private final Patience patience;
    /// Rows of which a command is under way.
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /// @param trust who vouches for the servers that files go to and come from
    public FilesElement(
            List<? extends ConfigFile> configs, List<? extends LogFile> logs, ServerTrust trust, Patience patience) {
        this.configs = List.copyOf(configs);
        this.logs = List.copyOf(logs);
        this.trust = trust;
        this.patience = patience;
    }

    /// Whether an element of the gateway model is one of these.
    public static boolean backs(String supportedObjectPath, String element) {
        return supportedObjectPath.startsWith(CONFIGS)
                || supportedObjectPath.startsWith(LOGS)
                || (supportedObjectPath.equals(INFO) && COUNTS.contains(element));
    }

    @Override
    public SupportedDataModel supported() {
        return SUPPORTED;
    }

    @Override
    public void start(DeviceContext context) {
        configs.forEach(ConfigFile::resume);
        context.update(transaction -> {
            rows(transaction, CONFIGS, configs.size());
            rows(transaction, LOGS, logs.size());
            for (int i = 0; i < configs.size(); i++) {
                ConfigFile file = configs.get(i);
                transaction.set(row(CONFIGS, i) + "Name", bounded(file.name(), Limits.NAME));
                transaction.set(row(CONFIGS, i) + "Description", bounded(file.description(), Limits.DESCRIPTION));
                transaction.set(row(CONFIGS, i) + "UseForBackupRestore", "true");
            }
            for (int i = 0; i < logs.size(); i++) {
                LogFile file = logs.get(i);
                transaction.set(row(LOGS, i) + "Name", bounded(file.name(), Limits.NAME));
                transaction.set(row(LOGS, i) + "MaximumSize", Long.toString(file.maximumSize()));
                transaction.set(row(LOGS, i) + "Persistent", Boolean.toString(file.isPersistent()));
            }
            return transaction;
        });
    }

    /// Also removes those of files that there were at an earlier start.
    private static void rows(Transaction transaction, String table, int count) {
        String name = table.substring(INFO.length(), table.length() - 1);
        List<ObjectInstance> there =
                transaction.snapshot().object(INFO).map(info -> info.rows(name)).orElse(List.of());
        there.stream()
                .filter(row -> row.instanceNumber().orElse(0) > count)
                .forEach(row -> transaction.delete(row.path()));
        for (int i = 0; i < count; i++) {
            if (transaction.snapshot().object(row(table, i)).isEmpty()) {
                transaction.add(table, i + 1L);
            }
        }
    }

    private static String row(String table, int index) {
        return table + (index + 1) + ".";
    }

    private static String bounded(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return supportedParameterPath.equals(CONFIGS + "{i}.Date");
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        return Instant.ofEpochSecond(config(object).date().orElse(UNKNOWN).getEpochSecond())
                .toString();
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        String row = call.object().path();
        if (!busy.add(row)) {
            throw failure("another transfer of this file is under way");
        }
        try {
            run(call);
            return Map.of();
        } catch (IOException failed) {
            throw failure("the device does not do it: " + failed.getMessage());
        } finally {
            busy.remove(row);
        }
    }

    private void run(CommandCall call) throws IOException, InterruptedException {
        ImageOrder order = ImageOrder.of(call);
        switch (call.command().name()) {
            case "Backup()" -> send(order, Outgoing.of(config(call.object()).content()));
            case "Upload()" -> send(order, log(call.object()).content());
            default -> restore(order, config(call.object()));
        }
    }

    private void send(ImageOrder order, Outgoing file) throws InterruptedException {
        new FileUpload(order, trust, patience).send(file);
    }

    private void restore(ImageOrder order, ConfigFile file) throws IOException, InterruptedException {
        if (order.fileSize() > Limits.CONFIG_BYTES) {
            throw FileProblem.NO_ROOM.because("a configuration has at most " + Limits.CONFIG_BYTES + " bytes");
        }
        MemorySink sink = new MemorySink();
        ImageFetch.Fetched fetched = new ImageFetch(order, sink, trust, patience).fetch();
        fetched.mustBe(order);
        if (order.fileSize() > 0 && order.fileSize() != fetched.size()) {
            throw FileProblem.UNUSABLE.because("it has " + fetched.size() + " bytes and not " + order.fileSize());
        }
        try {
            file.restore(sink.content());
        } catch (UspException refused) {
            throw FileProblem.UNUSABLE.beneath(refused);
        }
    }

    private ConfigFile config(ObjectInstance row) {
        return configs.get(index(row));
    }

    private LogFile log(ObjectInstance row) {
        return logs.get(index(row));
    }

    private static int index(ObjectInstance row) {
        return (int) row.instanceNumber().orElseThrow() - 1;
    }

    private static UspException failure(String why) {
        return new UspException(StandardErrorCode.COMMAND_FAILURE, why);
    }
}
