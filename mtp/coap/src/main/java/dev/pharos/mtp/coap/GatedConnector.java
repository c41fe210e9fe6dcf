// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;

/// The library's socket, plain or with DTLS, behind a [DatagramGate]: what does not pass is not even parsed.
final class GatedConnector implements Connector {
    private final Connector socket;
    private final DatagramGate gate;

    GatedConnector(Connector socket, DatagramGate gate) {
        this.socket = socket;
        this.gate = gate;
    }

    @Override
    public void setRawDataReceiver(RawDataChannel receiver) {
        socket.setRawDataReceiver(data -> {
            if (!data.isMulticast() && gate.admits(data.getInetSocketAddress(), System.nanoTime())) {
                receiver.receiveData(data);
            }
        });
    }

    @Override
    public void start() throws IOException {
        socket.start();
    }

    @Override
    public void stop() {
        socket.stop();
    }

    @Override
    public void destroy() {
        socket.destroy();
    }

    @Override
    public void send(RawData message) {
        socket.send(message);
    }

    @Override
    public void setEndpointContextMatcher(EndpointContextMatcher matcher) {
        socket.setEndpointContextMatcher(matcher);
    }

    @Override
    public InetSocketAddress getAddress() {
        return socket.getAddress();
    }

    @Override
    public String getProtocol() {
        return socket.getProtocol();
    }

    @Override
    public boolean isRunning() {
        return socket.isRunning();
    }

    @Override
    public void processDatagram(DatagramPacket datagram) {
        socket.processDatagram(datagram);
    }
}
