// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.mtp.RetryBackoff;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What `Device.ManagementServer.` says at one moment.
record ManagementServer(Snapshot snapshot) {
    private static final String HEARTBEAT = "HeartbeatPolicy.";

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
                host.isEmpty() ? acsHost() : host,
                Integer.parseInt(value("STUNServerPort")),
                keepAlive(),
                new CallListener.Login(value("STUNUsername"), value("STUNPassword"))));
    }

    /// As seldom as is allowed keeps no way open that is forgotten sooner, so that it is asked as often as is
    /// allowed.
    private Duration keepAlive() {
        long least = Long.parseLong(value("STUNMinimumKeepAlivePeriod"));
        long most = Long.parseLong(value("STUNMaximumKeepAlivePeriod"));
        return Duration.ofSeconds(most > 0 ? Math.min(least, most) : least);
    }

    /// Whether the ACS may call over HTTP.
    boolean takesHttpCalls() {
        return value("HTTPConnectionRequestEnable").equals("true");
    }

    /// How messages to the ACS are compressed.
    Compression compression() {
        return Compression.of(value("HTTPCompression"));
    }

    /// How long after a session none is opened for changed values alone.
    Duration throttle() {
        return Duration.ofSeconds(Long.parseLong(value("DefaultActiveNotificationThrottle")));
    }

    /// How long after the ACS was told of it the number of devices at home begins no other session.
    Duration deviceLimit() {
        String limit = "ManageableDeviceNotificationLimit";
        return Duration.ofSeconds(snapshot.value(ManagementServerElement.OBJECT + limit)
                .map(Long::parseLong)
                .orElse(0L));
    }

    /// Where lightweight notifications go; empty where none are wanted.
    Optional<LightSender.Settings> light() {
        if (!List.of(value("LightweightNotificationProtocolsUsed").split(",")).contains("UDP")
                || !isEnabled()
                || url().isEmpty()) {
            return Optional.empty();
        }
        String host = value("UDPLightweightNotificationHost");
        return Optional.of(new LightSender.Settings(
                // TR-181: that of the ACS where no other is said
                host.isEmpty() ? acsHost() : host,
                Integer.parseInt(value("UDPLightweightNotificationPort")),
                username(),
                password()));
    }

    private String acsHost() {
        return String.valueOf(URI.create(url()).getHost());
    }

    /// How often what may wait is told by a lightweight notification; empty where only with what may not.
    Optional<Rhythm> lightRhythm() {
        return rhythm(
                light().isPresent(), "LightweightNotificationTriggerInterval", "LightweightNotificationTriggerTime");
    }

    /// How often the device comes of itself.
    Optional<Rhythm> periodic() {
        return rhythm(value("PeriodicInformEnable").equals("true"), "PeriodicInformInterval", "PeriodicInformTime");
    }

    /// How often it says that it lives.
    Optional<Rhythm> heartbeat() {
        return rhythm(
                value(HEARTBEAT + "Enable").equals("true"),
                HEARTBEAT + "ReportingInterval",
                HEARTBEAT + "InitiationTime");
    }

    private Optional<Rhythm> rhythm(boolean enabled, String interval, String reference) {
        long seconds = Long.parseLong(value(interval));
        return enabled && seconds > 0
                ? Optional.of(new Rhythm(Duration.ofSeconds(seconds), new CwmpTime(value(reference)).instant()))
                : Optional.empty();
    }

    /// When it is to restart, at most once; empty where at no time.
    Optional<Instant> restart() {
        return new CwmpTime(value("ScheduleReboot")).instant();
    }

    /// Seconds after which it is to restart; negative for not at all.
    long restartDelay() {
        return Long.parseLong(value("DelayReboot"));
    }

    /// How long it is waited before an ACS that did not answer is tried again.
    RetryBackoff backoff() {
        return new RetryBackoff(
                Duration.ofSeconds(Long.parseLong(value("CWMPRetryMinimumWaitInterval"))),
                Integer.parseInt(value("CWMPRetryIntervalMultiplier")));
    }
}
