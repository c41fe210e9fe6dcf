// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.BootCause;
import dev.pharos.agent.config.Introductions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers why the next start will happen, and which software ran last, in `boot.properties`.
public final class BootState {
    private static final Logger LOG = LoggerFactory.getLogger(BootState.class);
    private static final String FILE = "boot.properties";
    private static final String COMMENT = "why the next start happens";

    private final KeptProperties kept;
    private final String softwareVersion;
    private final String controllers;
    private final String roles;
    private final String addresses;
    private String introductions = "";

    /// @param config without a data directory it is remembered only as long as the process lives
    public BootState(AgentConfig config) {
        this.kept = new KeptProperties(config.dataDirectory(), FILE);
        this.softwareVersion = config.softwareVersion();
        this.controllers = config.controllers().stream()
                .map(controller -> controller.endpointId().toString())
                .collect(Collectors.joining(" "));
        this.roles = config.controllers().stream()
                .map(controller -> controller.role().name())
                .collect(Collectors.joining(" "));
        this.addresses = config.controllers().stream()
                .map(controller -> controller.endpointId() + " " + controller.mtps())
                .collect(Collectors.joining("; "));
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

    /// Whether the configuration says other ways to controllers than at the last start. Asked before [#begin].
    public synchronized boolean addressesAreNew() throws IOException {
        return !addresses.equals(load().getProperty("addresses", ""));
    }

    /// Whether the configuration says something else on who may become known than at the last start. Asked before
    /// [#begin].
    public synchronized boolean introductionsAreNew(Optional<Introductions> said) throws IOException {
        introductions = said.map(Introductions::toString).orElse("");
        return !introductions.equals(load().getProperty("introductions", ""));
    }

    /// Says what this start is, and makes an unannounced next one a LocalReboot. Where the disk is full, an agent that
    /// starts is worth more than that: then the next start may tell the cause of this one again.
    public synchronized Boot begin() throws IOException {
        Properties last = load();
        Boot boot = new Boot(
                BootCause.of(last.getProperty("cause", ""), firstCause()),
                last.getProperty("commandKey", ""),
                last.getProperty("reason", ""),
                !last.getProperty("softwareVersion", softwareVersion).equals(softwareVersion));
        Properties next = announced(BootCause.LOCAL_REBOOT, "", "");
        if (!next.equals(last)) {
            try {
                kept.store(next, COMMENT);
            } catch (IOException full) {
                LOG.error("why the next start happens could not be written: {}", full.getMessage());
            }
        }
        return boot;
    }

    /// Without memory of an earlier start the device is as it left the factory; one that never remembers was
    /// simply started.
    private BootCause firstCause() {
        return !kept.isDurable() ? BootCause.LOCAL_REBOOT : BootCause.FACTORY_RESET;
    }

    /// Keeps what the next start is; returns after that is safe. After a factory reset all controllers are new.
    public synchronized void announce(BootCause cause, String commandKey, String reason) throws IOException {
        kept.store(announced(cause, commandKey, reason), COMMENT);
    }

    private Properties announced(BootCause cause, String commandKey, String reason) {
        Properties announced = new Properties();
        announced.setProperty("cause", cause.text());
        announced.setProperty("commandKey", commandKey);
        announced.setProperty("reason", reason);
        announced.setProperty("softwareVersion", softwareVersion);
        if (!cause.isFactoryReset()) {
            announced.setProperty("controllers", controllers);
            announced.setProperty("roles", roles);
            announced.setProperty("addresses", addresses);
            announced.setProperty("introductions", introductions);
        }
        return announced;
    }

    private Properties load() throws IOException {
        return kept.load();
    }
}
