// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.device.diagnostics.DiagnosticsElement;
import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.firmware.files.FilesElement;
import java.util.List;
import java.util.Optional;

/// A home gateway made of nothing but this class: it has radios, ports, clients, counters and firmware, and
/// answers for them. Its diagnostics are real: they measure from the host that it runs on; so are its files, which say
/// how it is set and what happened to it.
///
/// Thread-safe. What it keeps over a restart of its data model is what flash memory would: its firmware
/// images and its log.
public final class SimulatedGateway {
    private final Identity identity;
    private final WorldClock world;
    private final FirmwareBank bank;
    private final GatewayLog log = new GatewayLog();
    private volatile Optional<GatewayElement> mounted = Optional.empty();
    private volatile FirmwareCommands.Source source = FirmwareCommands.Source.USUAL;
    private volatile Runnable restart = this::reboot;

    /// A gateway in the world of this process.
    public SimulatedGateway(SimulatedGatewayConfig config) {
        this(config, WorldClock.shared());
    }

    /// @param world shared by all gateways of the process
    public SimulatedGateway(SimulatedGatewayConfig config, WorldClock world) {
        this.identity = Identity.of(config);
        this.world = world;
        this.bank = new FirmwareBank(config.softwareVersion());
    }

    /// How it fetches firmware images, and what its diagnostics transfer; the runtime's trust and usual patience where
    /// this is not said.
    ///
    /// @param trust who vouches for servers
    public SimulatedGateway fetching(ServerTrust trust, Patience patience) {
        source = new FirmwareCommands.Source(trust, patience);
        return this;
    }

    /// Everything of the gateway model that is the device's and not the agent's, ready to be mounted in one
    /// data model.
    public List<ServiceElement> elements() {
        GatewayElement element = new GatewayElement(identity, world, bank, source, () -> restart.run(), log);
        mounted = Optional.of(element);
        return List.of(
                element,
                DiagnosticsElement.ofThisHost(source.trust()),
                new FilesElement(
                        List.of(new GatewaySettings(element)), List.of(log), source.trust(), source.patience()));
    }

    /// The version of the firmware that runs.
    public String softwareVersion() {
        return bank.activeVersion();
    }

    /// What [#elements] make up: all of the device's but its diagnostics and files.
    public static SupportedDataModel supported() {
        return BackedModel.SUPPORTED;
    }

    /// Says what happens when the device itself wants to restart, after Activate(): the agent says goodbye,
    /// calls [#reboot] and raises `Boot!`. Without it the gateway reboots by itself, unseen.
    public void onRestartWanted(Runnable action) {
        restart = action;
    }

    /// Restarts the device: up-time and counters begin anew, and the firmware image chosen becomes the
    /// running one.
    ///
    /// @return whether the firmware was updated
    public boolean reboot() {
        return mounted.map(GatewayElement::reboot).orElseGet(bank::reboot);
    }

    /// Takes back all configuration and every later firmware image.
    public void factoryReset() {
        bank.reset(identity.config().softwareVersion());
        mounted.ifPresent(GatewayElement::factoryReset);
    }
}
