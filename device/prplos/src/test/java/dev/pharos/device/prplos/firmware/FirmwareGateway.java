// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.firmware;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.linux.firmware.FirmwareElement;
import dev.pharos.device.linux.firmware.FirmwareInstaller;
import dev.pharos.device.linux.firmware.ImageSource;
import dev.pharos.device.prplos.ubus.UbusCall;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.testkit.FileServer;
import dev.pharos.testkit.ubus.UbusDaemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A gateway with firmware: procd's object `system` on a real bus, which looks at images as OpenWrt's scripts do,
/// and a `sysupgrade` that takes what OpenWrt's takes. What the one is to do wrong stands in files beside it.
final class FirmwareGateway implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Where it succeeds it never ends, since procd ends it with everything else.
    private static final String SCRIPT = """
            #!/bin/sh
            here=$(dirname "$0")/..
            printf '%s\\n' "$*" >>"$here/calls"
            for image; do :; done
            [ -f "$image" ] || { echo "Image file not found." >&2; exit 1; }
            if [ -f "$here/bad" ]; then echo "Image check failed." >&2; exit 1; fi
            [ "$1" != -T ] || exit 0
            rm -f "$here/restored"
            if [ "$1" = -f ]; then tar -tvzf "$2" >"$here/restored" || exit 1; fi
            echo "Saving config files..."
            if [ -f "$here/killed" ]; then kill -9 $$; fi
            if [ -f "$here/hangs" ]; then exec sleep 600; fi
            echo "Commencing upgrade. Closing all shell sessions."
            sed -n 's/.*"version": "\\([^"]*\\)".*/\\1/p' "$image" | tail -n 1 >"$here/running.new"
            mv "$here/running.new" "$here/running"
            exec sleep 600
            """;

    final UbusDaemon daemon;
    final UbusClient system;
    volatile boolean allowsBackup = true;
    volatile boolean validates = true;

    private final Path root;
    private final FileServer server;
    private final UbusClient ubus;
    private @Nullable FirmwareElement element;
    private @Nullable InstantiatedDataModel model;

    FirmwareGateway(Path root) throws Exception {
        this.root = root;
        Path script = Files.createDirectories(root.resolve("sbin")).resolve("sysupgrade");
        Files.writeString(script, SCRIPT);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        this.server = FileServer.of(new byte[0]);
        this.daemon = UbusDaemon.at(root.resolve("ubus.sock"));
        this.system = UbusClient.open(UbusConfig.at(daemon.socket()));
        system.serve(new UbusObject(
                "system",
                Map.of(
                        "board",
                        UbusMethod.of(_ -> List.of(board())),
                        "validate_firmware_image",
                        UbusMethod.of(this::validation),
                        "reboot",
                        UbusMethod.of(_ -> List.of()))));
        this.ubus = UbusClient.open(UbusConfig.at(daemon.socket()));
        if (!system.awaitConnected(PATIENCE) || !ubus.awaitConnected(PATIENCE)) {
            throw new AssertionError("no bus");
        }
    }

    private UbusTable board() {
        return UbusTable.EMPTY
                .with("kernel", "6.6.93")
                .with(
                        "release",
                        UbusTable.EMPTY
                                .with("distribution", "OpenWrt")
                                .with("version", running())
                                .with("revision", "r28427-6df0e3d02a"));
    }

    /// As `/usr/libexec/validate_firmware_image` on a board `generic` that wants images signed.
    private List<UbusTable> validation(UbusCall call) throws UbusException {
        if (!validates) {
            throw new UbusException(UbusStatus.METHOD_NOT_FOUND, "system validate_firmware_image");
        }
        String image = image(Path.of(call.arguments().text("path").orElseThrow()));
        boolean signature = image.contains("untrusted comment");
        boolean match = image.contains("\"supported_devices\":[\"generic\"]");
        return List.of(UbusTable.EMPTY
                .with(
                        "tests",
                        UbusTable.EMPTY.with("fwtool_signature", signature).with("fwtool_device_match", match))
                .with("valid", signature && match)
                .with("forceable", true)
                .with("allow_backup", allowsBackup));
    }

    private static String image(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    /// The gateway starts, or the agent alone where it is the same start.
    void boot(String bootId, String version) throws IOException {
        boot(new Sysupgrade(ubus, root, root.resolve("memory")), bootId, version);
    }

    void boot(FirmwareInstaller installer, String bootId, String version) throws IOException {
        shut();
        Files.writeString(root.resolve("running"), version + "\n");
        FirmwareElement fresh = FirmwareElement.open(
                installer,
                new ImageSource(
                        root.resolve("kept"),
                        ServerTrust.OF_THE_RUNTIME,
                        new Patience(Duration.ofSeconds(5), 2, Duration.ofMillis(10))),
                installer.version().orElse("?"),
                bootId);
        element = fresh;
        model = InstantiatedDataModel.start(List.of(fresh), ChangeJournal.none());
    }

    private void shut() {
        if (model != null) {
            model.close();
        }
    }

    /// The client that the agent has.
    UbusClient ubus() {
        return ubus;
    }

    FirmwareElement element() {
        return Objects.requireNonNull(element);
    }

    /// What the flash holds.
    String running() {
        return image(root.resolve("running")).strip();
    }

    Path waiting() {
        return root.resolve("memory/firmware.img").toAbsolutePath();
    }

    /// As a restart does.
    void emptyMemory() throws IOException {
        Files.deleteIfExists(waiting());
    }

    /// How sysupgrade was run.
    List<String> sysupgrades() throws IOException {
        Path calls = root.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    Map<String, String> order(String version, boolean activate) throws Exception {
        return order(Images.of("generic", version), activate);
    }

    Map<String, String> order(byte[] image, boolean activate) throws Exception {
        server.becomes(image, "\"" + image.length + "\"");
        return new HashMap<>(Map.of(
                "URL",
                server.url("openwrt.img").toString(),
                "AutoActivate",
                Boolean.toString(activate),
                "CheckSumAlgorithm",
                "SHA-256",
                "CheckSum",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image))));
    }

    Map<String, String> operate(String command, Map<String, String> inputs) throws InterruptedException {
        return Objects.requireNonNull(model).operate(command, inputs);
    }

    String value(String path) {
        return Objects.requireNonNull(model).snapshot().value(path).orElse("no " + path);
    }

    void set(String path, String value) {
        Objects.requireNonNull(model).write(Origin.MANAGEMENT, transaction -> {
            transaction.set(path, value);
            return path;
        });
    }

    @Override
    public void close() throws IOException {
        shut();
        ubus.close();
        system.close();
        daemon.close();
        server.close();
        // what would have ended with the gateway
        try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
            all.filter(process -> process.info().command().orElse("").endsWith("sleep"))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }
}
