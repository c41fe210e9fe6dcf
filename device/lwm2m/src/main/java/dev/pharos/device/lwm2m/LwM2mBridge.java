// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.device.lwm2m.ObjectKind.ResourceKind;
import dev.pharos.device.proxied.Bridge;
import dev.pharos.device.proxied.ThingFailedException;
import dev.pharos.device.proxied.ThingFailedException.Reason;
import dev.pharos.device.proxied.ThingFeed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.leshan.core.ResponseCode;
import org.eclipse.leshan.core.endpoint.Protocol;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.request.ExecuteRequest;
import org.eclipse.leshan.core.request.exception.InvalidRequestException;
import org.eclipse.leshan.core.response.LwM2mResponse;
import org.eclipse.leshan.server.LeshanServer;
import org.eclipse.leshan.server.LeshanServerBuilder;
import org.eclipse.leshan.server.californium.endpoint.CaliforniumServerEndpointsProvider;
import org.eclipse.leshan.server.californium.endpoint.ServerProtocolProvider;
import org.eclipse.leshan.server.californium.endpoint.coap.CoapServerProtocolProvider;
import org.eclipse.leshan.server.californium.endpoint.coaps.CoapsServerProtocolProvider;
import org.eclipse.leshan.server.model.StaticModelProvider;
import org.eclipse.leshan.server.queue.StaticClientAwakeTimeProvider;
import org.eclipse.leshan.server.security.InMemorySecurityStore;
import org.eclipse.leshan.server.security.NonUniqueSecurityInfoException;
import org.eclipse.leshan.server.security.SecurityInfo;
import org.jspecify.annotations.Nullable;

/// A server of LwM2M for the things of one house: they register here, without a bootstrap server, and are read,
/// written, executed and observed.
public final class LwM2mBridge implements Bridge {
    private static final String PROTOCOL = "X_PHAROS-DEV_LwM2M";

    private static final String NOT_OPENED = "LwM2M: an address is in use, or is none of this host";

    private final LwM2mConfig config;
    private final Duration awake;
    private final Map<Integer, ObjectKind> kinds = MappingReader.shipped();
    private @Nullable LeshanServer server;
    private @Nullable CaliforniumServerEndpointsProvider endpoints;
    private @Nullable Line line;

    public LwM2mBridge(LwM2mConfig config) {
        this(config, Limits.AWAKE);
    }

    /// @param awake how long a thing in queue mode listens after each of its messages
    LwM2mBridge(LwM2mConfig config, Duration awake) {
        this.config = config;
        this.awake = awake;
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public void start(ThingFeed feed) throws IOException {
        InMemorySecurityStore keys = keys();
        CaliforniumServerEndpointsProvider sockets = sockets();
        LeshanServerBuilder builder = new LeshanServerBuilder();
        config.certificates()
                .ifPresent(ours -> builder.setPrivateKey(ours.key())
                        .setCertificateChain(ours.chain().toArray(X509Certificate[]::new))
                        .setTrustedCertificates(ours.trusted().toArray(X509Certificate[]::new)));
        LeshanServer made = builder.setSecurityStore(keys)
                .setAuthorizer(new Door(keys, feed))
                .setClientAwakeTimeProvider(new StaticClientAwakeTimeProvider(Math.toIntExact(awake.toMillis())))
                .setObjectModelProvider(new StaticModelProvider(
                        kinds.values().stream().map(ObjectKind::model).toList()))
                .setEndpointsProviders(sockets)
                .build();
        Line toThings = new Line(made);
        Attendance attendance = new Attendance(new Learner(kinds, toThings, feed), feed, toThings);
        made.getRegistrationService().addListener(attendance);
        made.getObservationService().addListener(attendance);
        line = toThings;
        server = made;
        endpoints = sockets;
        start(made, sockets);
    }

    /// The library goes on with those of its sockets that could be opened.
    private static void start(LeshanServer server, CaliforniumServerEndpointsProvider sockets) throws IOException {
        try {
            server.start();
        } catch (RuntimeException failed) {
            server.destroy();
            throw new IOException(NOT_OPENED, failed);
        }
        boolean all = sockets.getCoapServer().getEndpoints().stream().allMatch(socket -> socket.isStarted());
        if (!all) {
            server.destroy();
            throw new IOException(NOT_OPENED);
        }
    }

    private InMemorySecurityStore keys() throws IOException {
        InMemorySecurityStore store = new InMemorySecurityStore();
        for (KeyFile.Key key : config.keys()) {
            try {
                store.add(SecurityInfo.newPreSharedKeyInfo(
                        key.endpoint(), key.identity(), key.secret().toByteArray()));
            } catch (NonUniqueSecurityInfoException twice) {
                throw new IOException("LwM2M: two things have the identity " + key.identity(), twice);
            }
        }
        return store;
    }

    private CaliforniumServerEndpointsProvider sockets() {
        List<ServerProtocolProvider> protocols = new ArrayList<>();
        config.plain().ifPresent(_ -> protocols.add(new CoapServerProtocolProvider()));
        config.secure().ifPresent(_ -> protocols.add(new CoapsServerProtocolProvider()));
        CaliforniumServerEndpointsProvider.Builder builder =
                new CaliforniumServerEndpointsProvider.Builder(protocols.toArray(ServerProtocolProvider[]::new));
        Configuration bounds = builder.createDefaultConfiguration();
        bounds.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, Limits.BODY_BYTES);
        bounds.set(CoapConfig.MAX_ACTIVE_PEERS, Limits.PEERS);
        if (config.secure().isPresent()) {
            bounds.set(DtlsConfig.DTLS_MAX_CONNECTIONS, Limits.PEERS);
        }
        builder.setConfiguration(bounds);
        config.plain().ifPresent(address -> builder.addEndpoint(address, Protocol.COAP));
        config.secure().ifPresent(address -> builder.addEndpoint(address, Protocol.COAPS));
        return builder.build();
    }

    /// Where it listens, in the order plain, secure of those that were wanted.
    List<InetSocketAddress> addresses() {
        return Objects.requireNonNull(endpoints).getCoapServer().getEndpoints().stream()
                .map(socket -> socket.getAddress())
                .toList();
    }

    @Override
    public void write(String thing, String point, String value) throws ThingFailedException {
        LwM2mPath path = new LwM2mPath(point);
        ObjectKind kind = kinds.get(path.getObjectId());
        ResourceKind resource = kind == null ? null : kind.resources().get(path.getResourceId());
        if (resource == null || !resource.writable()) {
            throw new ThingFailedException(Reason.REFUSED, "it cannot be written");
        }
        Line toThings = Objects.requireNonNull(line);
        must(toThings.ask(toThings.of(thing), Values.write(path, resource, value), Limits.ANSWER));
    }

    @Override
    public void execute(String thing, String point, String arguments) throws ThingFailedException {
        Line toThings = Objects.requireNonNull(line);
        ExecuteRequest request;
        try {
            request = arguments.isEmpty() ? new ExecuteRequest(point) : new ExecuteRequest(point, arguments);
        } catch (InvalidRequestException wrong) {
            throw new ThingFailedException(
                    Reason.WRONG_VALUE, "not the arguments of an Execute: " + wrong.getMessage());
        }
        must(toThings.ask(toThings.of(thing), request, Limits.ANSWER));
    }

    private static void must(LwM2mResponse answer) throws ThingFailedException {
        if (!answer.isSuccess()) {
            throw new ThingFailedException(
                    answer.getCode().equals(ResponseCode.BAD_REQUEST) ? Reason.WRONG_VALUE : Reason.REFUSED,
                    "it answered " + answer.getCode());
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.destroy();
        }
    }
}
