// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.config.Configuration;
import org.jspecify.annotations.Nullable;

/// Something that speaks CoAP byte by byte, and need not be what it says.
final class StrangeThing implements AutoCloseable, MessageDeliverer {
    static {
        CoapConfig.register();
    }

    private static final int TLV = 11542;

    private final CoapEndpoint endpoint;
    private final InetSocketAddress server;
    private final String links;
    private final byte[] values;
    private final int format;

    /// @param links what it says it has where it is asked
    /// @param values what it answers where it is read
    StrangeThing(InetSocketAddress server, String links, byte[] values, int format) throws Exception {
        this.server = server;
        this.links = links;
        this.values = values.clone();
        this.format = format;
        Configuration config = Configuration.createStandardWithoutFile();
        config.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, 1_000_000);
        endpoint = CoapEndpoint.builder()
                .setConfiguration(config)
                .setInetSocketAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build();
        endpoint.setMessageDeliverer(this);
        endpoint.start();
    }

    static StrangeThing silent(InetSocketAddress server) throws Exception {
        return new StrangeThing(server, "", new byte[0], TLV);
    }

    static StrangeThing saying(InetSocketAddress server, byte[] tlv) throws Exception {
        return new StrangeThing(server, "</3303/0>,</3303/0/5700>,</3303/0/5701>", tlv, TLV);
    }

    /// Registers with these parameters and links.
    ///
    /// @return what the server answered; null where it did not
    @Nullable
    ResponseCode register(String query, String payload) throws InterruptedException {
        Request request = new Request(Code.POST);
        request.setDestinationContext(new AddressEndpointContext(server));
        request.getOptions().setUriPath("rd").setContentFormat(MediaTypeRegistry.APPLICATION_LINK_FORMAT);
        for (String part : (query + "&lwm2m=1.0&b=U").split("&", -1)) {
            request.getOptions().addUriQuery(part);
        }
        request.setPayload(payload.getBytes(StandardCharsets.UTF_8));
        endpoint.sendRequest(request);
        Response response = request.waitForResponse(5_000);
        return response == null ? null : response.getCode();
    }

    @Override
    public void deliverRequest(Exchange exchange) {
        boolean discovered =
                exchange.getRequest().getOptions().getAccept() == MediaTypeRegistry.APPLICATION_LINK_FORMAT;
        Response response = new Response(ResponseCode.CONTENT);
        response.getOptions().setContentFormat(discovered ? MediaTypeRegistry.APPLICATION_LINK_FORMAT : format);
        response.setPayload(discovered ? links.getBytes(StandardCharsets.UTF_8) : values);
        exchange.sendResponse(response);
    }

    @Override
    public void deliverResponse(Exchange exchange, Response response) {
        exchange.getRequest().setResponse(response);
    }

    @Override
    public void close() {
        endpoint.destroy();
    }
}
