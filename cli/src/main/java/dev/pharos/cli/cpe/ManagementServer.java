// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.mtp.RetryBackoff;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What `Device.ManagementServer.` says at one moment.
record ManagementServer(Snapshot snapshot) {
    private String value(String name) {
        return snapshot.value(ManagementServerElement.OBJECT + name).orElse("");
    }

    boolean isEnabled() {
        return value("EnableCWMP").equals("true");
    }

    String url() {
        return value("URL");
    }

    String username() {
        return value("Username");
    }

    /// Empty where management has written none.
    String password() {
        return value("Password");
    }

    /// What an ACS shows that calls the device; empty where management has written none.
    Optional<CallListener.Login> callLogin() {
        String name = value("ConnectionRequestUsername");
        String secret = value("ConnectionRequestPassword");
        return name.isEmpty() || secret.isEmpty()
                ? Optional.empty()
                : Optional.of(new CallListener.Login(name, secret));
    }

    /// Where the device asks for its address outside; empty where it does not.
    Optional<StunBinding.Settings> stun() {
        if (!value("STUNEnable").equals("true") || !isEnabled() || url().isEmpty()) {
            return Optional.empty();
        }
        String host = value("STUNServerAddress");
        return Optional.of(new StunBinding.Settings(
                // TR-069: that of the ACS where no other is said
                host.isEmpty() ? String.valueOf(URI.create(url()).getHost()) : host,
                Integer.parseInt(value("STUNServerPort")),
                Duration.ofSeconds(Long.parseLong(value("STUNMinimumKeepAlivePeriod")))));
    }

    /// How long it is waited before an ACS that did not answer is tried again.
    RetryBackoff backoff() {
        return new RetryBackoff(
                Duration.ofSeconds(Long.parseLong(value("CWMPRetryMinimumWaitInterval"))),
                Integer.parseInt(value("CWMPRetryIntervalMultiplier")));
    }

    /// When the next periodic Inform is due, in step with `PeriodicInformTime` where that is known.
    ///
    /// @param last when the one before was, or the device has started
    Optional<Instant> nextPeriodic(Instant last) {
        if (!value("PeriodicInformEnable").equals("true")) {
            return Optional.empty();
        }
        long interval = Long.parseLong(value("PeriodicInformInterval"));
        Optional<Instant> reference = new CwmpTime(value("PeriodicInformTime")).instant();
        if (reference.isEmpty()) {
            return Optional.of(last.plusSeconds(interval));
        }
        long since = Duration.between(reference.get(), last).toSeconds();
        return Optional.of(reference.get().plusSeconds((Math.floorDiv(since, interval) + 1) * interval));
    }
}
