// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/// A device as the inventory knows it.
///
/// @param approved whether it may talk to us
/// @param verified whether it proved its Endpoint ID, by a certificate or credentials of its own
/// @param status the state in one word, `statusReason` the same as a sentence, empty where there is nothing
///     to say
/// @param transport of the present or last connection: `websocket`, `mqtt` …; empty where it never had one
/// @param lastSeen the last proof of life, as of the last write; the Controller knows it more precisely
/// @param protocolVersions as the device says them, `1.3,1.4`; empty where not asked yet
/// @param modelHash which supported data model it has, empty where it is not known
/// @param parameterCount how many parameters that model has
/// @param onboarded whether every step of onboarding was done for the present software, by the protocol over which it
///     came last: over USP it was learnt and has our subscriptions; over TR-069 it was read whole, and was told
///     who calls it and of what it shall tell
/// @param health 0 to 100, as of the last look at the fleet; empty where it was not read yet. Whoever writes the
///     record leaves it as it is
public record DeviceRecord(
        EndpointId id,
        boolean approved,
        boolean verified,
        DeviceStatus status,
        String statusReason,
        String transport,
        String address,
        DeviceIdentity identity,
        Instant firstSeen,
        Instant lastSeen,
        String protocolVersions,
        String modelHash,
        int parameterCount,
        boolean onboarded,
        List<String> tags,
        OptionalInt health) {

    /// The transport of devices that hold no connection while they are online: over TR-069 they come by themselves, or
    /// when they are called.
    public static final String IN_SESSIONS = "cwmp";

    /// Tags that a device may have: more than people tell apart.
    public static final int TAGS = 50;

    public DeviceRecord {
        tags = Frozen.list(tags);
    }

    /// A device that was never seen before now.
    public static DeviceRecord unseen(EndpointId id, boolean approved, boolean verified, Instant now) {
        return new DeviceRecord(
                id,
                approved,
                verified,
                DeviceStatus.OFFLINE,
                "",
                "",
                "",
                DeviceIdentity.UNKNOWN,
                now,
                now,
                "",
                "",
                0,
                false,
                List.of(),
                OptionalInt.empty());
    }

    public boolean online() {
        return status != DeviceStatus.OFFLINE;
    }

    /// Whether it is there in sessions alone, and connected to nobody between them.
    public boolean inSessions() {
        return transport.equals(IN_SESSIONS);
    }

    /// Whether TR-369 lists the authority scheme of the device's Endpoint ID.
    public boolean schemeListed() {
        return id.authorityScheme().isPresent();
    }

    /// The same device, known by another name.
    public DeviceRecord withId(EndpointId newId) {
        return new DeviceRecord(
                newId,
                approved,
                verified,
                status,
                statusReason,
                transport,
                address,
                identity,
                firstSeen,
                lastSeen,
                protocolVersions,
                modelHash,
                parameterCount,
                onboarded,
                tags,
                health);
    }

    public DeviceRecord withStatus(DeviceStatus newStatus, String reason) {
        return new DeviceRecord(
                id,
                approved,
                verified,
                newStatus,
                reason,
                transport,
                address,
                identity,
                firstSeen,
                lastSeen,
                protocolVersions,
                modelHash,
                parameterCount,
                onboarded,
                tags,
                health);
    }

    public DeviceRecord withApproved(boolean newApproved) {
        return new DeviceRecord(
                id,
                newApproved,
                verified,
                status,
                statusReason,
                transport,
                address,
                identity,
                firstSeen,
                lastSeen,
                protocolVersions,
                modelHash,
                parameterCount,
                onboarded,
                tags,
                health);
    }

    /// The device as it connected: where from, by what, and whether it proved who it is.
    public DeviceRecord withConnection(String newTransport, String newAddress, boolean newVerified) {
        return new DeviceRecord(
                id,
                approved,
                newVerified,
                status,
                statusReason,
                newTransport,
                newAddress,
                identity,
                firstSeen,
                lastSeen,
                protocolVersions,
                modelHash,
                parameterCount,
                onboarded,
                tags,
                health);
    }

    public DeviceRecord withIdentity(DeviceIdentity newIdentity) {
        return new DeviceRecord(
                id,
                approved,
                verified,
                status,
                statusReason,
                transport,
                address,
                newIdentity,
                firstSeen,
                lastSeen,
                protocolVersions,
                modelHash,
                parameterCount,
                onboarded,
                tags,
                health);
    }

    public DeviceRecord withLastSeen(Instant newLastSeen) {
        return new DeviceRecord(
                id,
                approved,
                verified,
                status,
                statusReason,
                transport,
                address,
                identity,
                firstSeen,
                newLastSeen.isAfter(lastSeen) ? newLastSeen : lastSeen,
                protocolVersions,
                modelHash,
                parameterCount,
                onboarded,
                tags,
                health);
    }

    public DeviceRecord withProtocolVersions(String newVersions) {
        return new DeviceRecord(
                id,
                approved,
                verified,
                status,
                statusReason,
                transport,
                address,
                identity,
                firstSeen,
                lastSeen,
                newVersions,
                modelHash,
                parameterCount,
                onboarded,
                tags,
                health);
    }

    public DeviceRecord withModel(String newHash, int newParameterCount) {
        return new DeviceRecord(
                id,
                approved,
                verified,
                status,
                statusReason,
                transport,
                address,
                identity,
                firstSeen,
                lastSeen,
                protocolVersions,
                newHash,
                newParameterCount,
                onboarded,
                tags,
                health);
    }

    public DeviceRecord withOnboarded(boolean newOnboarded) {
        return new DeviceRecord(
                id,
                approved,
                verified,
                status,
                statusReason,
                transport,
                address,
                identity,
                firstSeen,
                lastSeen,
                protocolVersions,
                modelHash,
                parameterCount,
                newOnboarded,
                tags,
                health);
    }

    public DeviceRecord withTags(List<String> newTags) {
        return new DeviceRecord(
                id,
                approved,
                verified,
                status,
                statusReason,
                transport,
                address,
                identity,
                firstSeen,
                lastSeen,
                protocolVersions,
                modelHash,
                parameterCount,
                onboarded,
                newTags,
                health);
    }
}
