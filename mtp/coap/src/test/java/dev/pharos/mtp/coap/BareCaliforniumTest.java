// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.WebLink;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.config.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Both roles against a peer that is nothing but the library, with its own blocks.
class BareCaliforniumTest {
    private static final int LARGE = 200 * 1024;

    private final RecordingReceiver receiver = new RecordingReceiver();
    private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
    private final CoapEndpoint endpoint = endpoint(512);
    private final CoapServer bare = new CoapServer(endpoint.getConfig());

    private record Post(String query, int format, Bytes payload) {}

    private static CoapEndpoint endpoint(int blockBytes) {
        CoapConfig.register();
        Configuration settings = Configuration.createStandardWithoutFile();
        settings.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, 1024 * 1024);
        settings.set(CoapConfig.PREFERRED_BLOCK_SIZE, blockBytes);
        settings.set(CoapConfig.MAX_MESSAGE_SIZE, blockBytes);
        return CoapEndpoint.builder()
                .setConfiguration(settings)
                .setInetSocketAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build();
    }

    @BeforeEach
    void start_the_bare_peer() {
        bare.addEndpoint(endpoint);
        bare.add(new CoapResource("peer") {
            @Override
            public void handlePOST(CoapExchange exchange) {
                posts.add(new Post(
                        exchange.getRequestOptions().getUriQueryString(),
                        exchange.getRequestOptions().getContentFormat(),
                        Bytes.copyOf(exchange.getRequestPayload())));
                exchange.respond(ResponseCode.CHANGED);
            }
        });
        bare.start();
    }

    @AfterEach
    void stop_it() {
        bare.destroy();
    }

    private String bareUri() {
        return "coap://127.0.0.1:" + endpoint.getAddress().getPort() + "/peer";
    }

    private Post nextPost() throws InterruptedException {
        Post post = posts.poll(60, TimeUnit.SECONDS);
        if (post == null) {
            throw new AssertionError("no post came");
        }
        return post;
    }

    private CoapResponse post(String uri, Bytes record) throws Exception {
        CoapClient client = new CoapClient(uri + "?reply-to=" + bareUri());
        client.setEndpoint(endpoint);
        client.setTimeout(60_000L);
        return client.post(record.toByteArray(), MediaTypeRegistry.APPLICATION_OCTET_STREAM);
    }

    @Test
    void a_bare_agent_and_our_controller_exchange_large_records() throws Exception {
        try (CoapServerMtp server = Peers.server(Peers.terms())) {
            server.start(receiver);
            Bytes up = Peers.large(Peers.AGENT, LARGE);
            assertThat(post(server.description(), up).getCode()).isEqualTo(ResponseCode.CHANGED);
            MtpConnection connection = receiver.nextConnected();
            assertThat(receiver.nextRecord()).isEqualTo(up);
            Bytes down = Peers.large(Peers.CONTROLLER, LARGE);
            connection.send(down);
            Post got = nextPost();
            assertThat(got.payload()).isEqualTo(down);
            assertThat(got.format()).isEqualTo(42);
            assertThat(got.query()).isEqualTo("reply-to=" + server.description());
        }
    }

    @Test
    void our_agent_and_a_bare_controller_exchange_large_records() throws Exception {
        try (CoapClientMtp client = Peers.client(bareUri(), Peers.terms())) {
            client.start(receiver);
            Bytes up = Peers.large(Peers.AGENT, LARGE);
            receiver.nextConnected().send(up);
            Post got = nextPost();
            assertThat(got.payload()).isEqualTo(up);
            String replyTo = got.query().substring("reply-to=".length());
            Bytes down = Peers.large(Peers.CONTROLLER, LARGE);
            assertThat(post(replyTo, down).getCode()).isEqualTo(ResponseCode.CHANGED);
            assertThat(receiver.next(Event.Received.class).record()).isEqualTo(down);
        }
    }

    @Test
    void a_bare_peer_finds_out_what_our_resources_are() throws Exception {
        try (CoapServerMtp server = Peers.server(Peers.terms())) {
            server.start(receiver);
            CoapClient client = new CoapClient("coap://127.0.0.1:" + server.port());
            client.setEndpoint(endpoint);
            WebLink link = client.discover().iterator().next();
            assertThat(link.getURI()).isEqualTo("/usp");
            assertThat(link.getAttributes().getResourceTypes()).containsExactly("bbf.usp.endpoint");
            assertThat(link.getAttributes().getInterfaceDescriptions()).containsExactly("bbf.usp.c");
            assertThat(link.getAttributes().getContentTypes()).containsExactly("42");
        }
    }
}
