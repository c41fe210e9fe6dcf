// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A DNS server on a free loopback port that knows the records it is given, and remembers what it was asked.
public final class DnsServer implements AutoCloseable {
    private static final long TTL_SECONDS = 60;

    private final DatagramSocket socket;
    private final InetSocketAddress address;
    private final List<Record> records = new CopyOnWriteArrayList<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();

    private DnsServer(DatagramSocket socket) {
        this.socket = socket;
        this.address = new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    public static DnsServer start() throws IOException {
        DnsServer server =
                new DnsServer(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        Thread.ofVirtual().name("dns-server").start(server::serve);
        return server;
    }

    public InetSocketAddress address() {
        return address;
    }

    /// Adds a record as a zone file writes it: `put("host.example.com", "A", "127.0.0.1")`.
    public DnsServer put(String name, String type, String content) {
        try {
            records.add(Record.fromString(
                    Name.fromString(name, Name.root), Type.value(type), DClass.IN, TTL_SECONDS, content, Name.root));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        return this;
    }

    /// Takes everything back that it knew.
    public void forget() {
        records.clear();
    }

    /// What it was asked, as `A host.example.com`.
    public List<String> questions() {
        return List.copyOf(questions);
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] answer = answer(new Message(Arrays.copyOf(buffer, packet.getLength())))
                        .toWire();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException failed) {
                if (!socket.isClosed()) {
                    questions.add("not understood: " + failed.getMessage());
                }
            }
        }
    }

    private Message answer(Message question) {
        Record asked = question.getQuestion();
        questions.add(Type.string(asked.getType()) + " " + asked.getName().toString(true));
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(asked, Section.QUESTION);
        List<Record> found = new ArrayList<>();
        boolean known = false;
        for (Record record : records) {
            if (record.getName().equals(asked.getName())) {
                known = true;
                if (record.getType() == asked.getType()) {
                    found.add(record);
                }
            }
        }
        found.forEach(record -> answer.addRecord(record, Section.ANSWER));
        if (!known) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
