// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the server is.
///
/// @param troubles what somebody should see to, as sentences; none where all is well
/// @param server what tells this server from others over the same database
/// @param java the runtime that it runs on
/// @param openStreams of events and of the wire
/// @param openSessions of the page, on this server
/// @param lastBackup left out where none was made
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SystemState(
        List<String> troubles,
        String version,
        String java,
        String server,
        String endpointId,
        Instant started,
        SystemMemory memory,
        SystemDisk disk,
        SystemDatabase database,
        List<SystemListener> listeners,
        List<SystemBroker> brokers,
        List<SystemQueue> queues,
        List<SystemProvider> providers,
        SystemRates rates,
        List<SystemLimited> limited,
        int openStreams,
        int openSessions,
        @Nullable Instant lastBackup) {

    /// Of the Java heap.
    ///
    /// @param used bytes
    /// @param most bytes that it may grow to
    public record SystemMemory(long used, long most) {}

    /// Where the data folder is.
    ///
    /// @param free bytes that may still be written
    /// @param size bytes
    public record SystemDisk(String folder, long free, long size) {}

    /// @param up whether it answers; what else is said of it is left out where it does not
    /// @param own whether the server runs it itself
    /// @param schema the last migration
    /// @param bytes of the whole database
    /// @param connections in use, of as many as there may be
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SystemDatabase(
            boolean up,
            boolean own,
            @Nullable String version,
            @Nullable String schema,
            @Nullable Long bytes,
            int connections,
            int mostConnections) {}

    /// Where devices or people connect.
    ///
    /// @param certificate what it shows; left out without TLS
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SystemListener(
            String name, String address, @Nullable SystemCertificate certificate) {}

    /// @param until when it ends
    public record SystemCertificate(String subject, String issuer, Instant until) {}

    /// A broker that devices are reached through.
    ///
    /// @param up whether our session there stands
    public record SystemBroker(String name, boolean up) {}

    /// What waits to be done.
    ///
    /// @param name `jobs` (devices of jobs), `errands` (of devices of TR-069), `webhooks` (deliveries),
    ///     `undelivered` (those that were given up) or `approvals`
    /// @param oldest since when the first of them waits
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SystemQueue(
            String name, long waiting, @Nullable Instant oldest) {}

    /// An OpenID provider.
    ///
    /// @param trouble why nobody can sign in there now; left out where they can
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SystemProvider(
            String label, String issuer, @Nullable String trouble) {}

    /// How often one may ask, such as `100/s:1000`; left out where nothing limits it.
    ///
    /// @param requests of one person or token
    /// @param heavy exports, previews and requests for many devices among them
    /// @param unknown of one address that is not signed in
    /// @param streams that one person or token may have open
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SystemRates(
            @Nullable String requests,
            @Nullable String heavy,
            @Nullable String unknown,
            int streams) {}

    /// Somebody who asked too often.
    ///
    /// @param of `requests`, `heavy`, `unknown` or `streams`
    /// @param who a person, a token, or where they came from
    /// @param count how often they were refused since `first`
    public record SystemLimited(String of, String who, long count, Instant first, Instant last) {}
}
