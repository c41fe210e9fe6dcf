// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.pki.Issued;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.leshan.client.LeshanClient;
import org.eclipse.leshan.client.LeshanClientBuilder;
import org.eclipse.leshan.client.californium.endpoint.CaliforniumClientEndpointsProvider;
import org.eclipse.leshan.client.californium.endpoint.coap.CoapClientProtocolProvider;
import org.eclipse.leshan.client.californium.endpoint.coaps.CoapsClientProtocolProvider;
import org.eclipse.leshan.client.engine.DefaultRegistrationEngineFactory;
import org.eclipse.leshan.client.object.Security;
import org.eclipse.leshan.client.object.Server;
import org.eclipse.leshan.client.resource.BaseInstanceEnabler;
import org.eclipse.leshan.client.resource.ObjectsInitializer;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.core.LwM2mId;
import org.eclipse.leshan.core.model.LwM2mModel;
import org.eclipse.leshan.core.model.ObjectLoader;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.ResourceModel;
import org.eclipse.leshan.core.model.StaticModel;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.request.argument.Arguments;
import org.eclipse.leshan.core.response.ExecuteResponse;
import org.eclipse.leshan.core.response.ReadResponse;
import org.eclipse.leshan.core.response.WriteResponse;
import org.jspecify.annotations.Nullable;

/// A thing that speaks LwM2M by the library's own client.
final class SmallThing implements AutoCloseable {
    private static final int SERVER = 123;
    private static final long LIFETIME = 300;

    private final String name;
    private final LwM2mModel model;
    private final ObjectsInitializer objects;
    private final List<Integer> ids = new ArrayList<>(List.of(LwM2mId.SECURITY, LwM2mId.SERVER));
    private long lifetime = LIFETIME;
    private boolean sleeps;
    private @Nullable LeshanClient client;

    /// An instance whose values the test sets.
    static final class Instance extends BaseInstanceEnabler {
        private final Map<Integer, Object> values = new ConcurrentHashMap<>();
        final List<String> executed = new CopyOnWriteArrayList<>();
        volatile boolean refuses;

        Instance with(int resource, Object value) {
            values.put(resource, value);
            return this;
        }

        /// Changes a value, and tells whoever observes.
        void now(int resource, Object value) {
            values.put(resource, value);
            fireResourceChange(resource);
        }

        Object at(int resource) {
            return values.getOrDefault(resource, "");
        }

        @Override
        public List<Integer> getAvailableResourceIds(ObjectModel known) {
            return known.resources.values().stream()
                    .filter(one -> one.operations.isExecutable() || values.containsKey(one.id))
                    .map(one -> one.id)
                    .sorted()
                    .toList();
        }

        @Override
        public ReadResponse read(LwM2mServer server, int resource) {
            return switch (values.get(resource)) {
                case String text -> ReadResponse.success(resource, text);
                case Double number -> ReadResponse.success(resource, number);
                case Long number -> ReadResponse.success(resource, number);
                case Boolean flag -> ReadResponse.success(resource, flag);
                case Map<?, ?> several -> ReadResponse.success(resource, numbers(several), ResourceModel.Type.INTEGER);
                case null, default -> ReadResponse.notFound();
            };
        }

        private static Map<Integer, Long> numbers(Map<?, ?> several) {
            Map<Integer, Long> numbers = new TreeMap<>();
            several.forEach((number, value) -> numbers.put((Integer) number, (Long) value));
            return numbers;
        }

        @Override
        public WriteResponse write(LwM2mServer server, boolean replace, int resource, LwM2mResource value) {
            if (refuses) {
                return WriteResponse.badRequest("not that");
            }
            now(resource, value.getValue());
            return WriteResponse.success();
        }

        @Override
        public ExecuteResponse execute(LwM2mServer server, int resource, Arguments arguments) {
            executed.add(resource + " " + (arguments == null ? "" : arguments.serialize()));
            return ExecuteResponse.success();
        }
    }

    SmallThing(String name) {
        this.name = name;
        List<ObjectModel> known = new ArrayList<>(ObjectLoader.loadDefault());
        Map<Integer, ObjectKind> kinds = new TreeMap<>(MappingReader.shipped());
        kinds.values().stream().filter(kind -> kind.id() > 1_000).forEach(kind -> known.add(kind.model()));
        this.model = new StaticModel(known);
        this.objects = new ObjectsInitializer(model);
        with(
                LwM2mId.DEVICE,
                new Instance()
                        .with(0, "Small Things")
                        .with(1, "S-1")
                        .with(2, "4711")
                        .with(3, "2.0")
                        .with(11, Map.of(0, 0L))
                        .with(16, "U"));
    }

    SmallThing with(int object, Instance... instances) {
        objects.setFactoryForObject(object, (_, id, _) -> {
            throw new IllegalStateException("nobody creates an instance here: " + id);
        });
        objects.setInstancesForObject(object, instances);
        ids.add(object);
        return this;
    }

    SmallThing living(long seconds) {
        lifetime = seconds;
        return this;
    }

    SmallThing over(InetSocketAddress address) {
        return start(Security.noSec("coap://" + text(address), SERVER));
    }

    SmallThing over(InetSocketAddress address, String identity, byte[] key) {
        return start(Security.psk("coaps://" + text(address), SERVER, identity.getBytes(StandardCharsets.UTF_8), key));
    }

    /// Over DTLS, with a certificate.
    SmallThing over(InetSocketAddress address, Issued own) throws CertificateEncodingException {
        return start(Security.x509(
                "coaps://" + text(address),
                SERVER,
                own.certificate().getEncoded(),
                own.key().getEncoded(),
                House.OURS.certificate().getEncoded()));
    }

    /// Sleeps between its messages, as it says when it registers.
    SmallThing sleeping() {
        sleeps = true;
        return this;
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private SmallThing start(Security security) {
        objects.setInstancesForObject(LwM2mId.SECURITY, security);
        objects.setInstancesForObject(LwM2mId.SERVER, new Server(SERVER, lifetime));
        LeshanClientBuilder builder = new LeshanClientBuilder(name);
        builder.setObjects(
                objects.create(ids.stream().mapToInt(Integer::intValue).toArray()));
        builder.setRegistrationEngineFactory(new DefaultRegistrationEngineFactory()
                .setRequestTimeoutInMs(3_000)
                .setQueueMode(sleeps));
        builder.setEndpointsProviders(new CaliforniumClientEndpointsProvider.Builder(
                        new CoapClientProtocolProvider(), new CoapsClientProtocolProvider())
                .build());
        LeshanClient made = builder.build();
        client = made;
        made.start();
        return this;
    }

    /// As if it lost its power: nobody is told.
    void vanish() {
        end(false);
    }

    /// Leaves as it should.
    void leave() {
        end(true);
    }

    @Override
    public void close() {
        end(false);
    }

    private void end(boolean deregister) {
        if (client != null) {
            client.destroy(deregister);
        }
    }
}
