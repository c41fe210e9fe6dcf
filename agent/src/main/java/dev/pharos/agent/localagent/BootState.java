// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.BootCause;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Remembers why the next start will happen, and which software ran last, in `boot.properties`.
public final class BootState {
    private static final String FILE = "boot.properties";

    private final @Nullable Path directory;
    private final String softwareVersion;
    private final String controllers;
    private final String roles;
    private Properties next = new Properties();

    /// @param config without a data directory it is remembered only as long as the process lives
    public BootState(AgentConfig config) {
        this.directory = config.dataDirectory().orElse(null);
        this.softwareVersion = config.softwareVersion();
        this.controllers = config.controllers().stream()
                .map(controller -> controller.endpointId().toString())
                .collect(Collectors.joining(" "));
        this.roles = config.controllers().stream()
                .map(controller -> controller.role().name())
                .collect(Collectors.joining(" "));
    }

    /// The Endpoint IDs of the controllers of the last start, each with the role that the configuration gave
    /// it then, empty where that was not kept. Asked before [#begin].
    public synchronized Map<String, String> knownControllers() throws IOException {
        Properties last = load();
        String[] ids = last.getProperty("controllers", "").split(" ");
        String[] given = last.getProperty("roles", "").split(" ");
        Map<String, String> known = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            known.put(ids[i], i < given.length ? given[i] : "");
        }
        return known;
    }

    /// Says what this start is, and makes an unannounced next one a LocalReboot.
    public synchronized Boot begin() throws IOException {
        Properties last = load();
        Boot boot = new Boot(
                BootCause.of(last.getProperty("cause", ""), firstCause()),
                last.getProperty("commandKey", ""),
                last.getProperty("reason", ""),
                !last.getProperty("softwareVersion", softwareVersion).equals(softwareVersion));
        announce(BootCause.LOCAL_REBOOT, "", "");
        return boot;
    }

    /// Without memory of an earlier start the device is as it left the factory; one that never remembers was
    /// simply started.
    private BootCause firstCause() {
        return directory == null ? BootCause.LOCAL_REBOOT : BootCause.FACTORY_RESET;
    }

    /// Keeps what the next start is; returns after that is safe.
    public synchronized void announce(BootCause cause, String commandKey, String reason) throws IOException {
        Properties announced = new Properties();
        announced.setProperty("cause", cause.text());
        announced.setProperty("commandKey", commandKey);
        announced.setProperty("reason", reason);
        announced.setProperty("softwareVersion", softwareVersion);
        announced.setProperty("controllers", controllers);
        announced.setProperty("roles", roles);
        next = announced;
        if (directory == null) {
            return;
        }
        Files.createDirectories(directory);
        Path written = directory.resolve(FILE + ".new");
        try (FileChannel channel = FileChannel.open(
                        written,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                OutputStreamWriter writer =
                        new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8)) {
            announced.store(writer, "why the next start happens");
            writer.flush();
            channel.force(true);
        }
        Files.move(
                written, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Properties load() throws IOException {
        if (directory == null || !Files.exists(directory.resolve(FILE))) {
            return next;
        }
        Properties loaded = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve(FILE))) {
            loaded.load(reader);
        } catch (IllegalArgumentException broken) {
            throw new IOException("cannot be read, delete it to go on: " + directory.resolve(FILE), broken);
        }
        return loaded;
    }
}
